"""What consultations want of a person now: what may tell of harm, quotes that wait for a second person, the next step of each, and answers
that can't be removed.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Count
from django.urls import reverse

from accounts.models import RoleGrant, User
from consultation import owing, retention
from consultation.models import Consultation, Quote, Response
from indicators.wording import due
from lib.owed import Owed
from lib.written import day_year
from reporting.home_item import OVERDUE, WAITING, WANTED, Item

MOST = 3  # told one by one
HARM, TOLD = "Somebody may need help.", "People were told the day."
SOON = dt.timedelta(days=7)  # before its first day a draft stands here
State = Consultation.State


def items(user: User, on: dt.date) -> Iterable[Item]:
    """Six queries where nothing waits; two more for each consultation whose single answers are soon to go."""
    found = owing.owed(on, user)
    yield from _together(found, on) if len(found) > MOST else (_item(owed, on, HARM, "See to it") for owed in found)
    if user.has_role(RoleGrant.Role.COORDINATOR, RoleGrant.Role.EXECUTIVE):
        yield from _quotes(user, on)
    if user.has_role(RoleGrant.Role.COORDINATOR):
        yield from _flagged(user, on)
        yield from (_step(one, on) for one in _to_bring_on(user, on))
        yield from (_item(owed, on, TOLD, "See what is in the way") for owed in retention.owed(on, user))


def _to_bring_on(user: User, on: dt.date) -> Iterable[Consultation]:
    """Drafts whose first day is near or past, what has closed and is not counted, what is counted and not published."""
    seen = Consultation.objects.visible_to(user)
    drafts = seen.filter(state=State.DRAFT, holds_responses=True, opens_on__lte=on + SOON)
    return (drafts | seen.filter(state__in=(State.CLOSED, State.ANALYSED))).order_by("pk")


def _step(consultation: Consultation, on: dt.date) -> Item:
    if consultation.state == State.DRAFT:
        assert consultation.opens_on  # it was compared
        late = consultation.opens_on < on
        name, do, page = f"Open “{consultation}”", "See what it lacks", "consultation-detail"
        why = f"Its first day {'was' if late else 'is'} {day_year(consultation.opens_on)}, and it is a draft."
    elif consultation.state == State.CLOSED:
        late, page = False, "result-detail"
        name, do = f"Count the answers to “{consultation}”", "Go and count"
        why = "It has closed, and its results have not been counted yet."
    else:
        late, page = False, "result-detail"
        name, do = f"Publish the results of “{consultation}”", "See the results"
        why = "They are counted, and not published yet."
    return Item(
        urgency=OVERDUE if late else WAITING,
        due_on=consultation.opens_on if consultation.state == State.DRAFT and consultation.opens_on else on,
        reference="",
        name=name,
        state="Overdue" if late else "",
        why=why,
        do=do,
        url=reverse(f"consultation:{page}", args=[consultation.slug]),
        hidden=f": {name}",
    )


def _flagged(user: User, on: dt.date) -> Iterable[Item]:
    """One line for each consultation with responses that are held back until somebody has looked."""
    held = Response.objects.to_look_at().order_by().values_list("consultation").annotate(number=Count("pk"))
    numbers = dict(held)
    for consultation in Consultation.objects.visible_to(user).filter(pk__in=numbers) if numbers else ():
        number = numbers[consultation.pk]
        yield Item(
            urgency=WAITING,
            due_on=on,
            reference="",
            name=f"{number} flagged response{'' if number == 1 else 's'}, in “{consultation}”",
            state="",
            why="What is held back is in no figure until somebody has looked.",
            do="Look at it" if number == 1 else "Look at them",
            url=reverse("consultation:response-list", args=[consultation.slug]),
            hidden=f": flagged responses in {consultation}",
        )


def _item(owed: Owed, on: dt.date, why: str, do: str) -> Item:
    late = owed.due_on < on
    return Item(
        urgency=OVERDUE if late else WANTED,
        due_on=owed.due_on,
        reference="",
        name=owed.what,
        state="Overdue" if late else "",
        why=f"{why} {due(owed.due_on, on)}",
        do=do,
        url=owed.url,
        hidden=f": {owed.what}",
    )


def _together(found: Sequence[Owed], on: dt.date) -> Iterable[Item]:
    first = min(found)
    yield Item(
        urgency=OVERDUE if first.due_on < on else WANTED,
        due_on=first.due_on,
        reference="",
        name=f"{len(found)} comments that may tell of harm",
        state="Overdue" if first.due_on < on else "",
        why=f"{HARM} {due(first.due_on, on)}",
        do="See to them",
        url=reverse("consultation:disclosure-list"),
        hidden=": comments that may tell of harm",
    )


def _quotes(user: User, on: dt.date) -> Iterable[Item]:
    """One line for each consultation with quotes that somebody else chose."""
    quotes = Quote.objects.waiting().exclude(chosen_by=user)
    seen = Consultation.objects.visible_to(user).filter(pk__in=quotes.values("consultation"))
    numbers = dict(quotes.order_by().values_list("consultation").annotate(number=Count("pk")))
    for consultation in seen:
        number = numbers[consultation.pk]
        yield Item(
            urgency=WAITING,
            due_on=on,
            reference="",
            name=f"{number} quote{'' if number == 1 else 's'} to pass, from “{consultation}”",
            state="",
            why="A quote is published when somebody else than who chose it has read it.",
            do="Read the quotes",
            url=reverse("consultation:quote-list", args=[consultation.slug]),
            hidden=f"from {consultation}",
        )
