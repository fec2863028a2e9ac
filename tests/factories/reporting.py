"""A small partnership for the tests of reporting: the plan as it ships, people, and quarters with returns in every state."""

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

from accounts.models import Organisation, OrganisationName, RoleGrant, User
from indicators.models import (
    Commentary,
    Figure,
    Indicator,
    Lead,
    Placement,
    Return,
    Round,
    SendBack,
    Target,
    Verification,
)
from lib.quarters import Quarter, Year
from priorities.models import Plan, Priority

NUMBERS = count(1)
Q4 = Quarter.parse("2017-18-q4")


def at(day: int, month: int = 5, year: int = 2018, hour: int = 10) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


def organisation(name: str = "Metropolitan Police") -> Organisation:
    body = Organisation.objects.create(slug=f"body-{next(NUMBERS)}")
    OrganisationName.objects.create(organisation=body, name=name)
    return body


def person(name: str = "Farida Begum", *roles: str, post: str = "Performance analyst", **fields: Any) -> User:
    someone = User.objects.create(email=f"person{next(NUMBERS)}@example.org", name=name, post=post, **fields)
    for role in roles:
        RoleGrant.objects.create(user=someone, role=role, starts_on=dt.date(2017, 1, 1))
    return someone


def plan() -> Plan:
    """A plan of four years with priorities A and B."""
    made = Plan.objects.create(
        slug="2017-21", title="Plan 2017-21", starts_on=dt.date(2017, 4, 1), ends_on=dt.date(2021, 3, 31)
    )
    for letter, title in (("A", "Antisocial behaviour"), ("B", "Violence")):
        Priority.objects.create(plan=made, letter=letter, title=title, short_title=title, why=f"Why {letter}")
    return made


def indicator(of: Plan, reference: str = "A1", *, owner: Organisation | None = None, **fields: Any) -> Indicator:
    """An indicator of the plan's first monitoring set; without a reference it stands beside the set."""
    number = next(NUMBERS)
    made = Indicator.objects.create(
        **{
            "slug": f"indicator-{number}",
            "name": f"Number of things {number}",
            "measure": "count",
            "polarity": "lower",
            "year_to_date": "sum",
            "unit": "things",
            "question": "How many things?",
            "owner": owner or organisation(),
            **fields,
        }
    )
    priority = of.priorities.get(letter=reference[:1] or "A")
    Placement.objects.create(
        plan=of,
        priority=priority,
        indicator=made,
        reference=reference,
        order=number,
        short_name=f"Things {number}",
        from_year=Year.of(of.starts_on),
    )
    if reference:
        Target.objects.create(indicator=made, year=Year.of(of.starts_on), reason="In the plan", set_at=at(1, 3, 2017))
    return made


def lead(of: Indicator, user: User, duty: str = "data") -> Lead:
    return Lead.objects.create(indicator=of, user=user, duty=duty, starts_on=dt.date(2017, 4, 1))


def round_(quarter: Quarter = Q4, **fields: Any) -> Round:
    made, _ = Round.objects.get_or_create(
        quarter=quarter,
        defaults={
            "opens_on": quarter.end + dt.timedelta(days=1),
            "due_on": quarter.end + dt.timedelta(days=27),
            "commentary_due_on": quarter.end + dt.timedelta(days=30),
            "verify_by": quarter.end + dt.timedelta(days=34),
            "closes_on": quarter.end + dt.timedelta(days=40),
            "executive_meets_on": quarter.end + dt.timedelta(days=54),
            **fields,
        },
    )
    return made


def return_(of: Indicator, quarter: Quarter = Q4, *, words: bool = False, **fields: Any) -> Return:
    """A return; with `words` its commentary is due as well, as it is for every return that the site asks for."""
    made = Return.objects.create(indicator=of, round=round_(quarter), **fields)
    if words:
        commentary(made)
    return made


def figure(
    of: Return,
    numerator: int | None = None,
    denominator: int | None = None,
    *,
    by: User,
    recorded: dt.datetime | None = None,
    verified: dt.datetime | None = None,
    **fields: Any,
) -> Figure:
    """A figure for a return, and its verification when `verified` is given; the return's state follows."""
    recorded = recorded or at(1)
    made = Figure.objects.create(
        for_return=of,
        numerator=None if numerator is None else Decimal(numerator),
        denominator=None if denominator is None else Decimal(denominator),
        supplied_by=by,
        supplied_by_name=by.name,
        recorded_by=by,
        recorded_at=recorded,
        **fields,
    )
    if verified:
        Verification.objects.create(figure=made, verified_by=by, verified_at=verified)
    state = Return.Status.VERIFIED if verified else Return.Status.SUBMITTED
    Return.objects.filter(pk=of.pk).update(status=state, submitted_at=recorded, submitted_by=by)
    of.refresh_from_db()
    return made


def missing(of: Return, *, said: dt.datetime, reason: str = Return.MissingReason.SOURCE_LAG, **fields: Any) -> Return:
    """Settle a return without a figure."""
    state = Return.Status.MISSING
    Return.objects.filter(pk=of.pk).update(status=state, missing_reason=reason, missing_at=said, **fields)
    of.refresh_from_db()
    return of


def send_back(of: Figure, *, by: User, sent: dt.datetime, comment: str = "Is this right?") -> SendBack:
    made = SendBack.objects.create(
        figure=of, comment=comment, due_again_on=dt.date(2018, 5, 4), sent_by=by, sent_at=sent
    )
    Return.objects.filter(pk=of.for_return_id).update(status=Return.Status.SENT_BACK, due_again_on=made.due_again_on)
    return made


def commentary(of: Return, **fields: Any) -> Commentary:
    return Commentary.objects.create(for_return=of, **{"due_on": dt.date(2018, 4, 30), **fields})


def sent_commentary(of: Return, *, by: User, sent: dt.datetime) -> Commentary:
    return commentary(
        of,
        status="sent",
        what_happened="Calls fell.",
        why="Patrols.",
        what_next="Keep going.",
        written_by=by,
        sent_by=by,
        sent_at=sent,
    )
