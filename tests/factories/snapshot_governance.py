"""What a snapshot made by hand holds of who governs and delivers: the delivery page of the pictures, in smaller numbers. All of it is invented.

`governed()` is the sample of `snapshots` with it; `nothing()` is of bodies alone; `crowded(bodies, actions)` is a much larger one.
"""

import datetime as dt
from dataclasses import replace
from typing import Any

from governance import lateness
from lib.quarters import Quarter
from reporting.snapshots.governed import (
    ActionPart,
    BodyPart,
    DecisionPart,
    DeliveryPart,
    Governance,
    LinkPart,
    OutcomePart,
    RecommendationPart,
    RiskPart,
    UndertakingPart,
    UpdatePart,
)
from reporting.snapshots.shape import Snapshot
from tests.factories import snapshots

Q3, Q4 = Quarter.parse("2017-18 Q3"), Quarter.parse("2017-18 Q4")
LAST_DAY = dt.date(2018, 3, 31)
COLOURS = {
    lateness.LATE: "red",
    lateness.AT_RISK: "amber",
    lateness.ON_TRACK: "green",
    lateness.COMPLETE: "blue",
}


def update(colour: str, reason: str = "", **changes: Any) -> UpdatePart:
    """Agreed on 20 April 2018, of 2017-18 Q4."""
    made = UpdatePart(
        Q4, colour, reason, "Two of six sessions were held.", "Hold the third", False, dt.date(2018, 4, 20)
    )
    return replace(made, **changes)


def action(reference: str, state: str = lateness.ON_TRACK, **changes: Any) -> ActionPart:
    """Due on 29 June 2018, with the update that its state goes with; none where there was no update."""
    colour = COLOURS.get(state, "")
    made = ActionPart(
        reference=reference,
        title=f"What {reference} is about",
        lead="ASB team manager (Priya Nair)",
        starts_on=dt.date(2017, 4, 1),
        first_due_on=dt.date(2018, 6, 29),
        due_on=dt.date(2018, 6, 29),
        moves=0,
        slip=0,
        proposed_on=None,
        state=state,
        days_late=0,
        note="",
        update=update(colour, "Waits for the budget" if colour in ("red", "amber") else "") if colour else None,
        milestones=(),
        commitment="",
        indicators=(),
        ending="",
        ended_on=None,
        ended_because="",
    )
    return replace(made, **changes)


def late(reference: str, first: dt.date, due: dt.date, moves: int = 0, **changes: Any) -> ActionPart:
    """Past its date on the last day of the quarter."""
    dates = {"first_due_on": first, "due_on": due, "moves": moves, "slip": (due - first).days}
    return action(reference, lateness.LATE, days_late=(LAST_DAY - due).days, **dates, **changes)


def delivery(code: str, name: str, *actions: ActionPart, **changes: Any) -> DeliveryPart:
    made = DeliveryPart(
        slug=code.lower(),
        code=code,
        body=name,
        name=name,
        state="in_delivery",
        agreed_on=dt.date(2017, 5, 25),
        resources="Two officers for a day a week.",
        conditions=(),
        actions=actions,
    )
    return replace(made, **changes)


def body(code: str, name: str, kind: str = "subgroup", under: str = "", **changes: Any) -> BodyPart:
    made = BodyPart(
        slug=code.lower(),
        code=code,
        name=name,
        short_name=name,
        kind=kind,
        kind_words=kind.capitalize(),
        chairs=("Priya Nair, ASB team manager",),
        letters=(),
        letters_are_sample=False,
        links=(LinkPart(under, "parent", False),) if under else (),
    )
    return replace(made, **changes)


def undertaking(text: str, **changes: Any) -> UndertakingPart:
    made = UndertakingPart(
        "arising", "CSP Executive", text, "Partnership coordinator (Sam Carrick)", dt.date(2018, 4, 13), 25, "Meeting of 22 February 2018"
    )  # fmt: skip
    return replace(made, **changes)


WITHIN = tuple(
    RiskPart(f"ASB R{number}", "ASB Operations Group", "Because income varies, patrols may be cut, and calls rise.", 9, 3, 3, None, 4, 9, "Licensing manager", dt.date(2018, 6, 29), False)
    for number in (3, 4)
)  # fmt: skip
BODIES = (
    body("CSPE", "CSP Executive", "executive", chairs=("Jo Mercer, Divisional Director", "Owen Tranter, Superintendent")),
    body("CSP", "Community Safety Partnership", "partnership", "cspe", chairs=()),
    body("ASB", "ASB Operations Group", under="csp", letters=("A",), letters_are_sample=True),
    body("NPFH", "No Place For Hate Forum", under="csp", letters=("C",)),
    body("TMG", "Tension Monitoring Group", under="csp"),
    body("PREV", "Prevent Board", under="csp"),
    body("OSC", "Overview and Scrutiny Committee", "scrutiny"),
)  # fmt: skip
DELIVERY = (
    delivery(
        "ASB",
        "ASB Operations Group",
        late("ASB 2", dt.date(2017, 9, 29), dt.date(2018, 2, 28), 2, proposed_on=dt.date(2018, 6, 29), title="Employ an Adult Mental Health Practitioner in the ASB team"),
        late("ASB 5", dt.date(2018, 1, 31), dt.date(2018, 1, 31), note="Said green, 59 days late", title="Campaign on how to report ASB", update=update("green")),
        action("ASB 7", lateness.LATE, title="Open the treatment pathway", update=update("red", "No court has asked for it")),
        action("ASB 8", lateness.AT_RISK, first_due_on=dt.date(2018, 3, 30), due_on=dt.date(2018, 5, 31), moves=1, slip=62),
        action("ASB 9", lateness.NO_UPDATE, update=update("green", quarter=Q3)),
        *(action(f"ASB {number}") for number in (1, 3, 10)),
        action("ASB 4", lateness.COMPLETE, ending="complete", ended_on=dt.date(2017, 12, 11)),
        action("ASB 11", lateness.ENDED, ending="merged", ended_on=dt.date(2018, 2, 1), ended_because="The same as ASB 1"),
        conditions=(undertaking("Say which wards come first", kind="condition", source="Delivery plan 2017-18", due_on=dt.date(2018, 6, 1), days_late=0),),
    ),
    delivery("NPFH", "No Place For Hate Forum", action("NPFH 1", lateness.COMPLETE), action("NPFH 2")),
    delivery("TMG", "Tension Monitoring Group", state="none", agreed_on=None),
    delivery("PREV", "Prevent Board", state="submitted", agreed_on=None),
)  # fmt: skip


def governance(**changes: Any) -> Governance:
    made = Governance(
        judged_on=LAST_DAY,
        bodies=BODIES,
        delivery=DELIVERY,
        decided_since=dt.date(2018, 2, 8),
        decisions=(
            DecisionPart("CSPE D3", "CSP Executive", "Two patrols more on Friday nights from March to June.", "Half of the calls come on Fridays.", dt.date(2018, 2, 22), "In a meeting", "Licensing manager", dt.date(2018, 3, 9), dt.date(2018, 3, 8), 0, ""),
            DecisionPart("CSPE D4", "CSP Executive", "Housing providers are asked for figures on repeat victims.", "Only police figures are held.", dt.date(2018, 2, 22), "In a meeting", "Partnership coordinator", dt.date(2018, 5, 4), None, 4, ""),
            DecisionPart("CSPE D5", "CSP Executive", "The MARAC’s coordinator is kept on until June 2018.", "The post would have lapsed on 31 March.", dt.date(2018, 3, 20), "Between meetings, by delegation", "", None, None, 0, ""),
        ),
        undertakings=(undertaking("Ask the fire service for its figures on bin fires"),),
        recommendations=(
            RecommendationPart("OSC 1", "Overview and Scrutiny", "Recommendation", "Report ASB by ward every quarter.", "Partnership coordinator", dt.date(2018, 1, 24), dt.date(2018, 1, 26), dt.date(2018, 2, 23), None, "Calls to police will be shown by ward, where numbers allow.", "Accepted in part", dt.date(2018, 2, 20), "CSP Executive", dt.date(2018, 6, 29), False),
            RecommendationPart("OSC 3", "Overview and Scrutiny", "Recommendation", "Set a target for VAWG champions outside the council.", "VAWG Strategy Manager", dt.date(2018, 4, 18), dt.date(2018, 4, 20), dt.date(2018, 5, 18), 10, "", "", None, "", None, False),
        ),
        risks=(
            RiskPart("ASB R2", "ASB Operations Group", "Because orders depend on prosecutors, fewer people may be required to engage, and the number of 90 is missed.", 16, 4, 4, 9, 8, 9, "Drug and Alcohol Action Team manager", dt.date(2018, 5, 31), False),
            RiskPart("NPFH R1", "No Place For Hate Forum", "Because hosts are volunteers, centres may close, and victims have nowhere near to go.", 12, 4, 3, None, 4, 9, "Hate crime policy officer", dt.date(2018, 4, 30), True),
            *WITHIN,
        ),
        executive_meets_next_on=dt.date(2018, 5, 22),
    )  # fmt: skip
    return replace(made, **changes)


def nothing() -> Governance:
    """Bodies that owe nothing, and no word of anything else."""
    return governance(
        bodies=BODIES[:2], delivery=(), decisions=(), undertakings=(), recommendations=(), risks=(),
        executive_meets_next_on=None,
    )  # fmt: skip


def crowded(bodies: int = 50, actions: int = 200) -> Governance:
    """So many bodies with so many actions each, in every state in turn."""
    turn = (
        lateness.ON_TRACK,
        lateness.COMPLETE,
        lateness.LATE,
        lateness.AT_RISK,
        lateness.NO_UPDATE,
        *[lateness.ON_TRACK] * 5,
    )

    def one(code: str, number: int) -> ActionPart:
        reference, state = f"{code} {number + 1}", turn[number % len(turn)]
        if state == lateness.LATE:
            return late(reference, dt.date(2017, 12, 29), dt.date(2018, 2, 28), 1)
        return action(reference, state)

    codes = [f"B{number}" for number in range(1, bodies + 1)]
    return governance(
        bodies=(*BODIES[:2], *(body(code, f"Subgroup number {code[1:]}", under="csp") for code in codes)),
        delivery=tuple(
            delivery(code, f"Subgroup number {code[1:]}", *(one(code, number) for number in range(actions)))
            for code in codes
        ),
    )


def governed(made: Governance | None = None, **changes: Any) -> Snapshot:
    """The sample with what it holds of governance; in priority A commitments with a state, and outcomes."""
    sample = snapshots.sample(governance=made or governance())
    first = sample.priorities[0]
    stated = (
        {"lead": "ASB Operations Group", "state": lateness.LATE, "actions": ("ASB 2", "ASB 5")},
        {"lead": "ASB Operations Group", "state": lateness.AT_RISK, "said": "13 won, 4 before the court", "said_in": Q4, "reached": 13, "number": 20, "unit": "orders"},
        {"lead": "ASB Operations Group", "state": lateness.COMPLETE, "actions": ("ASB 4",)},
        {"lead": "", "state": lateness.NO_UPDATE, "said": "Both meetings run", "said_in": Q3},
    )  # fmt: skip
    rest = {"state": lateness.NO_UPDATE}
    commitments = tuple(
        replace(one, **(stated[place] if place < len(stated) else rest)) for place, one in enumerate(first.commitments)
    )
    outcomes = (
        OutcomePart("a-outcome-1", "People here feel safer.", "survey", "Annual Residents Survey", "Nearer than a year ago", "2017-18", "61% against 58%"),
        OutcomePart("a-outcome-2", "People know how to report.", "", "", "", "", ""),
    )  # fmt: skip
    own = replace(first, commitments=commitments, outcomes=outcomes)
    others = tuple(
        replace(one, commitments=tuple(replace(each, **rest) for each in one.commitments))
        for one in sample.priorities[1:]
    )
    return replace(sample, **{"priorities": (own, *others), **changes})
