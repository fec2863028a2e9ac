"""What is held of single people's answers, until when, and what keeps it from being removed on its day."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import RoleGrant, User
from consultation.models import AddressSeen, Code, Comment, Consultation, Disclosure, Quote
from lib import written
from lib.owed import NOBODY, Owed, stage

State = Consultation.State
TOLD_BEFORE = dt.timedelta(days=28)  # an analysis takes a while: so long before the day its owner is told

NOT_ANALYSED = "The answers have not been analysed. Nothing is removed before their counts are kept."
UNSETTLED = "{count} told of harm to somebody and {wait} for a person to see to {it}."
NONE_HELD = "No single answers are held: only totals that were published elsewhere."
NO_DAY = "No day is set on which single answers are removed."
TOO_EARLY = "Single answers are kept until {day}."


def hindrance(consultation: Consultation) -> str:
    """Why single responses can't be removed although their day may have come, as a sentence; empty when nothing is in the way. Two queries."""
    if consultation.state not in (State.ANALYSED, State.PUBLISHED) or not consultation.results.exists():
        return NOT_ANALYSED
    if waiting := consultation.disclosures.waiting().count():
        one = waiting == 1
        count = "One comment" if one else f"{waiting:,} comments"
        return UNSETTLED.format(count=count, wait="waits" if one else "wait", it="it" if one else "them")
    return ""


def refusal(consultation: Consultation, on: dt.date) -> str:
    """The same, and whether the day has come at all."""
    if not consultation.holds_responses:
        return NONE_HELD
    if consultation.purge_on is None:
        return NO_DAY
    if on < consultation.purge_on:
        return TOO_EARLY.format(day=written.day_year(consultation.purge_on))
    return hindrance(consultation)


def headline(consultation: Consultation, responses: int, on: dt.date) -> str:
    """The one sentence that says how it stands with them on that day. `responses` is how many are left."""
    number = f"{responses:,} single {'answer is' if responses == 1 else 'answers are'}"
    day = written.day_year(consultation.purge_on)
    if not consultation.holds_responses:
        return NONE_HELD
    if consultation.purged_at:
        return f"All single answers were removed on {written.day_year(consultation.purged_at)}."
    if consultation.purge_begun_at:
        return f"Single answers are being removed: {responses:,} {'is' if responses == 1 else 'are'} left."
    if consultation.is_draft:
        return f"Nobody has answered yet. {f'Single answers will be removed on {day}.' if day else NO_DAY}"
    if consultation.purge_on is not None and consultation.purge_on <= on:
        if because := hindrance(consultation):
            return f"{number} still held. They were due to be removed on {day}. {because}"
        return f"{number} held. They are removed tonight."
    return f"{number} held, until {day}."


@dataclass(frozen=True)
class Held:
    """How many of each are there at this moment."""

    responses: int
    comments: int
    addresses: int
    files: int
    codes: int
    unpassed_quotes: int
    unsettled: int  # disclosures
    # what stays
    results: int
    passed_quotes: int
    settled: int


def held(consultation: Consultation) -> Held:
    """A fixed number of queries."""
    quotes = Quote.objects.filter(consultation=consultation)
    disclosures = Disclosure.objects.filter(consultation=consultation)
    return Held(
        responses=consultation.responses.count(),
        comments=Comment.objects.filter(response__consultation=consultation).count(),
        addresses=AddressSeen.objects.filter(consultation=consultation).count(),
        files=consultation.batches.exclude(file="").count(),
        codes=Code.objects.filter(consultation=consultation).count(),
        unpassed_quotes=quotes.filter(passed_at__isnull=True).count(),
        unsettled=disclosures.waiting().count(),
        results=consultation.results.count(),
        passed_quotes=quotes.filter(passed_at__isnull=False).count(),
        settled=disclosures.filter(settled_at__isnull=False).count(),
    )


def owed(on: dt.date, person: User | None = None) -> list[Owed]:
    """What has to be done before single answers can be removed on their day: of the coordinator who opened it, or of all of them where that
    one is none any more; NOBODY's where there is none. With `person` only theirs. Two queries, and two for each whose day is near: seldom one.
    """
    waiting = [one for one in Consultation.objects.to_purge(on + TOLD_BEFORE) if hindrance(one)]
    if not waiting:
        return []
    team = list(User.objects.holding(RoleGrant.Role.COORDINATOR, on).values_list("pk", flat=True))
    found = [
        _owed(one, who, on)
        for one in waiting
        for who in ([one.opened_by_id] if one.opened_by_id in team else team or [NOBODY])
    ]
    return sorted(one for one in found if person is None or one.person_id == person.pk)


def _owed(consultation: Consultation, who: int, on: dt.date) -> Owed:
    due_on = consultation.purge_on
    assert due_on is not None  # `to_purge` compares it
    return Owed(
        due_on=due_on,
        person_id=who,
        thing=f"consultation.purge:{consultation.pk}",
        stage=stage(due_on, on),
        what=f"What is to be done before single answers of “{consultation}” can be removed",
        url_name="consultation:consultation-retention",
        url_args=(consultation.slug,),
    )
