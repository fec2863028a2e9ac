"""What the golden file of snapshot schema 5 holds of money: written once, and never changed."""

import datetime as dt
from decimal import Decimal

from lib.quarters import Quarter
from reporting.snapshots.funded import (
    ApplicationPart,
    BudgetChangePart,
    Funding,
    PostsPart,
    ProjectPart,
    SpendPart,
    SpendRestated,
    StreamPart,
)
from reporting.snapshots.governed import UndertakingPart

Q4 = Quarter.parse("2017-18-q4")
Q1, Q2, Q3 = Q4.plus(-3), Q4.plus(-2), Q4.plus(-1)


def funding() -> Funding:
    """A stream with two projects, one collected and closed, one not split; a stream of which nothing but its name is known."""
    this = SpendPart(Q4, "unverified", Decimal("1000.50"), None, "", None)
    collected = ProjectPart(
        slug="night-patrols",
        name="Night patrols",
        stream="London Crime Prevention Fund",
        theme="Neighbourhood policing",
        letter="C",
        body="Prevent Board",
        organisation="Victim Support",
        team="Drug and Alcohol Action Team",
        amount=Decimal("105650.00"),
        year_amount=Decimal("52825.00"),
        is_collected=True,
        this=this,
        quarters=(
            SpendPart(Q1, "not_collected", None, None, "", None),
            SpendPart(Q2, "verified", Decimal("12345.60"), Decimal("12345.06"), "", None),
            SpendPart(Q3, "missing", None, None, "Awaiting partner", dt.date(2018, 6, 1)),
            this,
        ),
        spent_so_far=Decimal("20000.01"),
        awaited=(Q3, Q4),
        forecast=Decimal("50000"),
        reason="René’s post was vacant.",
        starts_on=dt.date(2016, 4, 1),
        ends_on=dt.date(2019, 3, 31),
        closed_on=dt.date(2018, 3, 29),
        closed_because="The provider left.",
        indicators=("victim-satisfaction",),
        is_sample=False,
        has_sample_parts=True,
    )
    nothing = SpendPart(Q4, "not_collected", None, None, "", None)
    unsplit = ProjectPart(
        slug="not-split",
        name="Not split",
        stream="London Crime Prevention Fund",
        theme="",
        letter="",
        body="",
        organisation="",
        team="",
        amount=Decimal("75000.00"),
        year_amount=None,
        is_collected=False,
        this=nothing,
        quarters=tuple(SpendPart(one, "not_collected", None, None, "", None) for one in Q4.year.quarters),
        spent_so_far=None,
        awaited=(),
        forecast=None,
        reason="",
        starts_on=None,
        ends_on=None,
        closed_on=None,
        closed_because="",
        indicators=(),
        is_sample=True,
        has_sample_parts=False,
    )
    return Funding(
        quarter=Q4,
        judged_on=dt.date(2018, 3, 31),
        since=dt.date(2018, 2, 8),
        streams=(
            StreamPart(
                "lcpf",
                "London Crime Prevention Fund",
                "Mayor’s Office",
                "LCPF",
                "No carry-forward",
                Decimal("1610109.00"),
                Decimal("805054.50"),
                Decimal("180650.00"),
                dt.date(2017, 4, 1),
                dt.date(2019, 3, 31),
                "",
                False,
            ),
            StreamPart(
                "unknown", "Unknown", "Home Office", "", "", None, None, Decimal(0), None, None, "As printed.", True
            ),
        ),
        projects=(collected, unsplit),
        restated=(
            SpendRestated(
                "night-patrols",
                "Night patrols",
                Q2,
                Decimal("12345.06"),
                Decimal("12345.60"),
                "correction",
                "A typing error",
                dt.date(2018, 5, 8),
                "Maud Penhale",
            ),
        ),
        budget_changes=(
            BudgetChangePart(
                "growth", "Officers", Decimal("150000.00"), "London Crime Prevention Fund", "A", "30%", False
            ),
            BudgetChangePart("saving", "Posts", Decimal("0.01"), "", "", "", True),
        ),
        posts=(
            PostsPart(
                "Taskforce",
                6,
                "police officers",
                "Patrols",
                "",
                "Prevent Board",
                "Police",
                "A",
                None,
                dt.date(2019, 3, 31),
                "",
                False,
            ),
        ),
        applications=(
            ApplicationPart(
                3,
                "PREV F1",
                "Prevent Board",
                "Late-night patrols",
                "",
                "C",
                "agreed",
                Decimal("12000.00"),
                Decimal("9000.00"),
                dt.date(2018, 1, 22),
                dt.date(2018, 2, 22),
                "Agreed subject to conditions",
                1,
                ("Maud Penhale: sits on the applying group",),
                False,
            ),
            ApplicationPart(
                4,
                "PREV F2",
                "Prevent Board",
                "A van",
                "Unknown",
                "",
                "submitted",
                Decimal("500.00"),
                None,
                dt.date(2018, 5, 2),
                None,
                "",
                0,
                (),
                True,
            ),
        ),
        conditions=(
            UndertakingPart(
                "condition",
                "CSP Executive",
                "Name the provider",
                "René O’Hara, Manager",
                dt.date(2018, 5, 4),
                10,
                "PREV F1",
            ),
        ),
    )
