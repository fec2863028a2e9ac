"""What the golden file of snapshot schema 4 holds of governance: written once, and never changed."""

import dataclasses
import datetime as dt

from lib.quarters import Quarter
from reporting.snapshots.governed import (
    ActionPart,
    BodyPart,
    DecisionPart,
    DeliveryPart,
    Governance,
    LinkPart,
    MilestonePart,
    RecommendationPart,
    RiskPart,
    UndertakingPart,
    UpdatePart,
)

Q4 = Quarter.parse("2017-18-q4")


def governance() -> Governance:
    """One body with a plan that has a condition, one without; an action late with a colour of last quarter, one that ended since."""
    condition = UndertakingPart("condition", "CSP Executive", "Name the trainer", "René O’Hara, Manager", dt.date(2018, 5, 4), 10, "Delivery plan 2017-18")  # fmt: skip
    late = ActionPart(
        reference="PREV 1",
        title="Hold 30 workshops a quarter",
        lead="Prevent lead",
        starts_on=dt.date(2017, 4, 1),
        first_due_on=dt.date(2018, 1, 31),
        due_on=dt.date(2018, 3, 16),
        moves=1,
        slip=44,
        proposed_on=dt.date(2018, 6, 29),
        state="late",
        days_late=15,
        note="",
        update=UpdatePart(Q4.previous, "amber", "A trainer left", "12 were held", "Find another", False, dt.date(2018, 1, 22)),
        milestones=(MilestonePart("The first is held", dt.date(2017, 6, 30), dt.date(2017, 6, 28)), MilestonePart("All are held", dt.date(2018, 3, 16), None)),
        commitment="c-commitment-2",
        indicators=("C1", "C4"),
        ending="",
        ended_on=None,
        ended_because="",
    )  # fmt: skip
    ended = dataclasses.replace(late, reference="PREV 3", proposed_on=None, state="no_update", update=None, milestones=(), indicators=(), ending="closed", ended_on=dt.date(2018, 4, 9), ended_because="No money")  # fmt: skip
    return Governance(
        judged_on=dt.date(2018, 3, 31),
        bodies=(
            BodyPart("csp", "CSP", "Community Safety Partnership", "CSP", "partnership", "Community Safety Partnership", (), (), False, ()),
            BodyPart("prevent-board", "PREV", "Prevent Board", "Prevent Board", "subgroup", "Subgroup", ("Maud Penhale, Manager",), ("C",), True, (LinkPart("csp", "parent", False), LinkPart("csp", "works_with", True))),
        ),
        delivery=(
            DeliveryPart("prevent-board", "PREV", "Prevent Board", "Prevent Board", "in_delivery", dt.date(2017, 5, 25), "One trainer", (condition,), (late, ended)),
            DeliveryPart("tension-monitoring-group", "TMG", "Tension Monitoring", "Tension Monitoring Group", "none", None, "", (), ()),
        ),
        decided_since=dt.date(2018, 2, 8),
        decisions=(
            DecisionPart("CSPE D3", "CSP Executive", "Two patrols more", "Half of the calls come on Fridays", dt.date(2018, 2, 22), "In a meeting", "Licensing manager", dt.date(2018, 3, 9), dt.date(2018, 3, 8), 0, ""),
            DecisionPart("CSPE D4", "CSP Executive", "None", "No money", dt.date(2018, 3, 20), "Between meetings, by delegation", "", None, None, 0, "CSPE D5"),
        ),
        undertakings=(dataclasses.replace(condition, kind="arising", days_late=0, source="CSPE D3"),),
        recommendations=(
            RecommendationPart("OSC 1", "Scrutiny", "Recommendation", "Report by ward", "Coordinator", dt.date(2018, 1, 24), dt.date(2018, 1, 26), dt.date(2018, 2, 23), None, "From Q4", "Accepted in part", dt.date(2018, 2, 20), "CSP Executive", dt.date(2018, 6, 29), False),
            RecommendationPart("OSC 2", "Scrutiny", "Request for information", "How many?", "Coordinator", dt.date(2018, 4, 2), dt.date(2018, 4, 3), dt.date(2018, 5, 1), -13, "", "", None, "", None, False),
        ),
        risks=(RiskPart("PREV R1", "Prevent Board", "Because of one, another, and a third.", 20, 4, 4, 12, 6, 9, "Prevent lead", dt.date(2018, 4, 30), True),),
        executive_meets_next_on=None,
    )  # fmt: skip
