"""What a snapshot made by hand holds of money: three streams of 2017-18 in round and in odd numbers. All spend of it is invented.

`funded()` is the sample of `snapshot_governance` with it; `nothing()` holds none; `crowded(projects)` is a much larger one.
"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

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
from reporting.snapshots.shape import Snapshot
from tests.factories import snapshot_governance

Q1, Q2, Q3, Q4 = (Quarter.parse(f"2017-18 Q{number}") for number in (1, 2, 3, 4))
LCPF, HEALTH, PREVENT = "London Crime Prevention Fund", "Public Health grant", "Home Office Prevent"


def pounds(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def spend(quarter: Quarter, text: str | None = None, **changes: Any) -> SpendPart:
    """Verified when an amount is given, otherwise not collected; anything can be said otherwise."""
    made = SpendPart(quarter, "not_collected" if text is None else "verified", pounds(text), None, "", None)
    return replace(made, **changes)


def awaited(quarter: Quarter) -> SpendPart:
    return spend(quarter, state="awaited")


def stream(name: str, whole: str | None, year: str | None, given: str, **changes: Any) -> StreamPart:
    made = StreamPart(
        slug=name.lower().replace(" ", "-"),
        name=name,
        funder="Mayor’s Office for Policing and Crime (MOPAC)",
        programme="",
        terms="",
        whole=pounds(whole),
        year_amount=pounds(year),
        given=Decimal(given),
        starts_on=dt.date(2017, 4, 1),
        ends_on=dt.date(2019, 3, 31),
        note="",
        is_sample=False,
    )
    return replace(made, **changes)


def project(name: str, amount: str, year: str | None, *quarters: SpendPart, **changes: Any) -> ProjectPart:
    """Of the London Crime Prevention Fund; nobody is asked what it spends, where no quarters are given."""
    cells = quarters or tuple(spend(one) for one in (Q1, Q2, Q3, Q4))
    known = [one.amount for one in cells if one.state == "verified" and one.amount is not None]
    made = ProjectPart(
        slug=name.lower().replace(" ", "-"),
        name=name,
        stream=LCPF,
        theme="Violence against women and girls",
        letter="B",
        body="Community Safety Partnership",
        organisation="London Borough of Tower Hamlets",
        team="",
        amount=Decimal(amount),
        year_amount=pounds(year),
        is_collected=bool(quarters),
        this=cells[3],
        quarters=cells,
        spent_so_far=sum(known, Decimal(0)) if known else None,
        awaited=tuple(one.quarter for one in cells if one.state in ("awaited", "unverified", "missing")),
        forecast=None,
        reason="",
        starts_on=dt.date(2017, 4, 1),
        ends_on=dt.date(2019, 3, 31),
        closed_on=None,
        closed_because="",
        indicators=(),
        is_sample=False,
        has_sample_parts=True,
    )
    return replace(made, **changes)


def application(number: int, title: str, state: str = "submitted", **changes: Any) -> ApplicationPart:
    made = ApplicationPart(
        pk=number,
        reference=f"ASB F{number}",
        body="ASB Operations Group",
        title=title,
        stream=LCPF,
        letter="A",
        state=state,
        asked=Decimal("12000.00"),
        agreed=None,
        submitted_on=dt.date(2018, 4, 20),
        ended_on=None,
        verdict="",
        conditions=0,
        interests=(),
        is_sample=True,
    )
    return replace(made, **changes)


STREAMS = (
    stream(LCPF, "1610109.00", None, "405650.00", terms="Two-year allocations, no carry-forward into years 3 and 4"),
    stream(HEALTH, "7335876.00", "7335876.00", "0", funder="Public Health", ends_on=dt.date(2018, 3, 31)),
    stream(PREVENT, None, None, "132000.00", funder="Home Office", starts_on=None, ends_on=None),
)
PROJECTS = (
    project(
        "Violence against women and girls", "105650.00", "52825.00",
        spend(Q1, "12345.60"), spend(Q2, "13000.00", was=Decimal("13900.00")), spend(Q3, "13000.00"), spend(Q4, "14479.41"),
        forecast=Decimal("52825.01"), reason="One translation was dearer.", indicators=("domestic-abuse-reports",),
    ),
    project(
        "Gang intervention", "300000.00", "150000.00", spend(Q1, "30000.00"), spend(Q2, "30000.00"), awaited(Q3), awaited(Q4),
        forecast=Decimal("118000.00"), reason="Two posts were vacant until October.", theme="Gangs",
        indicators=("serious-youth-violence",),
    ),
    project("Prevent training", "132000.00", None, stream=PREVENT, theme="", letter="C", starts_on=None, ends_on=None),
)  # fmt: skip


def funding(**changes: Any) -> Funding:
    made = Funding(
        quarter=Q4,
        judged_on=dt.date(2018, 3, 31),
        since=dt.date(2018, 2, 8),
        streams=STREAMS,
        projects=PROJECTS,
        restated=(
            SpendRestated(PROJECTS[0].slug, PROJECTS[0].name, Q2, Decimal("13900.00"), Decimal("13000.00"), "correction", "An invoice was counted twice.", dt.date(2018, 3, 6), "Farida Begum"),
        ),
        budget_changes=(
            BudgetChangePart("growth", "Enforcement officers", Decimal("150000.00"), "", "A", "", False),
            BudgetChangePart("saving", "Substance misuse contracts", Decimal("284000.00"), HEALTH, "A", "", False),
        ),
        posts=(
            PostsPart("Police Partnership Taskforce", 6, "police officers", "", "", "", "Metropolitan Police", "A", None, None, "", False),
            PostsPart("Neighbourhood officers", 18, "police officers", "", "", "", "Metropolitan Police", "A", None, dt.date(2019, 3, 31), "", False),
        ),
        applications=(
            application(1, "Late-night patrols", "agreed", agreed=Decimal("9000.00"), ended_on=dt.date(2018, 2, 22), verdict="Agreed subject to conditions", conditions=1, interests=("Priya Nair: chairs the applying group",)),
            application(2, "Lighting in three parks"),
            application(3, "A second van", "declined", ended_on=dt.date(2018, 2, 22), verdict="Not agreed"),
        ),
        conditions=(
            snapshot_governance.undertaking("Name the provider", kind="condition", source="ASB F1", due_on=dt.date(2018, 6, 1), days_late=0),
        ),
    )  # fmt: skip
    return replace(made, **changes)


def nothing(**changes: Any) -> Funding:
    """A year without any money that is known of."""
    none: dict[str, Any] = {
        name: ()
        for name in ("streams", "projects", "restated", "budget_changes", "posts", "applications", "conditions")
    }
    return funding(**{**none, **changes})


def crowded(projects: int = 300) -> Funding:
    """So many projects of one stream, one in five late with its spend."""

    def one(number: int) -> ProjectPart:
        quarters = (spend(Q1, "100.10"), spend(Q2, "200.20"), spend(Q3, "300.30"))
        last = awaited(Q4) if number % 5 == 0 else spend(Q4, "400.40")
        return project(f"Project number {number}", "2000.00", "1000.00", *quarters, last)

    given = str(2000 * projects)
    return funding(
        streams=(stream(LCPF, given, None, given),), projects=tuple(one(number) for number in range(1, projects + 1))
    )


def funded(made: Funding | None = None, **changes: Any) -> Snapshot:
    """The governed sample with what it holds of money."""
    return replace(snapshot_governance.governed(), **{"funding": made or funding(), **changes})
