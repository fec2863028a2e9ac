"""What a scrutiny committee asks of the partnership, and the answer: recorded by either side, answered by the partnership, never deleted."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.models import Organisation, RoleGrant, User
from governance import clock
from governance.models import Body, Meeting, Recommendation, RecommendationRecipient
from governance.scrutiny import ANSWERING, OUTCOMES
from lib.editing import write
from lib.written import day_year

THIS = "This request"
LONGEST_NAME = 120  # of somebody who was sent a copy
ANSWERED = "It has been answered: what was asked, and when, can’t be changed any more"

audit.kinds(
    {
        "recommendation_recorded": "Request of scrutiny recorded",
        "recommendation_corrected": "Request of scrutiny corrected",
        "recommendation_owner_changed": "Somebody else sees to the answer",
        "recommendation_copied": "Sent to more of the partnership",
        "recommendation_answered": "Request of scrutiny answered",
        "recommendation_followed_up": "Request of scrutiny followed up",
    }
)


@transaction.atomic
def record(
    committee: Body,
    *,
    kind: str,
    text: str,
    made_on: dt.date | None,
    sent_on: dt.date,
    meeting: Meeting | None,
    owner: User | None,
    owner_post: str,
    sent_to: Sequence[Organisation],
    others: Sequence[str] = (),
    by: User,
) -> Recommendation:
    """Record what the committee asked; its number is the next one of the committee's. `made_on` None: on the day of the meeting.

    `sent_to` are named as they were called on the day of sending, `others` by what is typed.
    """
    committee = Body.objects.select_for_update().get(pk=committee.pk)  # one number at a time
    made_on = made_on or _day_of(meeting)
    today = timezone.localdate()
    errors = _refusals(committee, text, made_on, sent_on, meeting, today) | _owner_refusals(owner, owner_post, today)
    if kind not in OUTCOMES:
        errors["kind"] = "Say what was asked for"
    if committee.kind != Body.Kind.SCRUTINY:
        errors["committee"] = f"{committee} is no scrutiny committee"
    if errors:
        raise ValidationError(errors)
    assert made_on is not None
    last = Recommendation.objects.filter(committee=committee).aggregate(last=Max("number"))["last"] or 0
    made = Recommendation.objects.create(
        committee=committee,
        number=last + 1,
        kind=kind,
        text=text.strip(),
        meeting=meeting,
        made_on=made_on,
        sent_on=sent_on,
        due_on=clock.due_on(sent_on),
        owner=owner,
        owner_post=owner_post.strip(),
        recorded_by=by,
    )
    names = _send(made, sent_to, others, sent_on)
    changes = audit.changes(
        {}, {**_facts(made), "Who sees to the answer": made.owner_label, "Sent to": ", ".join(names)}
    )
    audit.record("recommendation_recorded", made, by=by, changes=changes)
    return made


@transaction.atomic
def correct(
    recommendation: Recommendation,
    *,
    kind: str,
    text: str,
    made_on: dt.date | None,
    sent_on: dt.date,
    meeting: Meeting | None,
    reason: str,
    version: int,
    by: User,
) -> Recommendation:
    """Put right what was recorded, until it is answered; the 28 days are counted anew. The list of who was sent it stays as it is.

    Saying what is said already changes nothing and leaves no trace.
    """
    made_on = made_on or _day_of(meeting)
    errors = _refusals(recommendation.committee, text, made_on, sent_on, meeting, timezone.localdate())
    if kind not in OUTCOMES:
        errors["kind"] = "Say what was asked for"
    now = {"kind": kind, "text": text.strip(), "meeting": meeting, "made_on": made_on, "sent_on": sent_on}
    before = _facts(recommendation)
    meant = Recommendation(due_on=clock.due_on(sent_on), **now)
    changes = audit.changes(before, _facts(meant))
    if changes and not reason.strip():
        errors["reason"] = "Say why it changes"
    if recommendation.answered_on is not None and changes:
        raise ValidationError(ANSWERED)
    if errors:
        raise ValidationError(errors)
    if not changes:
        return recommendation
    write(recommendation, version=version, what=THIS, due_on=meant.due_on, **now)
    audit.record("recommendation_corrected", recommendation, by=by, changes=changes, comment=reason.strip())
    return recommendation


@transaction.atomic
def give_to(
    recommendation: Recommendation, *, owner: User | None, owner_post: str, version: int, by: User
) -> Recommendation:
    """Say who sees to the answer from now on, and to what follows it."""
    if errors := _owner_refusals(owner, owner_post, timezone.localdate()):
        raise ValidationError(errors)
    was, owner_post = recommendation.owner_label, owner_post.strip()
    if (owner, owner_post) == (recommendation.owner, recommendation.owner_post):
        return recommendation
    write(recommendation, version=version, what=THIS, owner=owner, owner_post=owner_post)
    told = audit.changes({"Who sees to it": was}, {"Who sees to it": recommendation.owner_label})
    audit.record("recommendation_owner_changed", recommendation, by=by, changes=told)
    return recommendation


@transaction.atomic
def send_copies(
    recommendation: Recommendation,
    *,
    sent_to: Sequence[Organisation],
    others: Sequence[str],
    sent_on: dt.date,
    by: User,
) -> list[str]:
    """Record that more were sent a copy; their names. Nobody is taken off the list."""
    held = Recommendation.objects.select_for_update().get(pk=recommendation.pk)  # one list at a time
    errors = {}
    if not sent_to and not others:
        errors["others"] = "Tick or enter who was sent it"
    if not held.made_on <= sent_on <= timezone.localdate():
        errors["sent_on"] = f"The day must be from {day_year(held.made_on)}, when it was made, to today"
    if errors:
        raise ValidationError(errors)
    names = _send(held, sent_to, others, sent_on)
    told = audit.changes({}, {"Sent to": ", ".join(names), "On": day_year(sent_on)})
    audit.record("recommendation_copied", held, by=by, changes=told)
    return names


@transaction.atomic
def answer(
    recommendation: Recommendation,
    *,
    answer: str,
    outcome: str,
    answered_by: str,
    answered_on: dt.date,
    follow_up_on: dt.date | None,
    closes: bool,
    version: int,
    by: User,
) -> Recommendation:
    """Record the partnership's answer. It never changes: what is said later is a follow-up. `answered_by` is whose answer it is, `by` who
    typed it: the two are often not the same."""
    if recommendation.answered_on is not None:
        raise ValidationError("It is answered already. Record what else there is to say as a follow-up")
    errors = _next_refusals(follow_up_on, closes)
    if not answer.strip():
        errors["answer"] = "Enter the answer"
    if outcome not in OUTCOMES[recommendation.kind]:
        errors["outcome"] = "Choose the outcome"
    if not answered_by.strip():
        errors["answered_by"] = "Enter whose answer it is"
    if not recommendation.sent_on <= answered_on <= timezone.localdate():
        errors["answered_on"] = (
            f"The day of the answer must be from {day_year(recommendation.sent_on)}, when it was sent, to today"
        )
    if errors:
        raise ValidationError(errors)
    write(
        recommendation,
        version=version,
        what=THIS,
        answer=answer.strip(),
        outcome=outcome,
        answered_by=answered_by.strip(),
        answered_on=answered_on,
        answer_recorded_by=by,
        answer_recorded_at=timezone.now(),
        follow_up_on=follow_up_on,
        closed_on=timezone.localdate() if closes else None,
    )
    told = {
        "Outcome": recommendation.get_outcome_display(),
        "Answered by": recommendation.answered_by,
        "Answered on": day_year(answered_on),
        **_next(recommendation),
    }
    audit.record(
        "recommendation_answered", recommendation, by=by, changes=audit.changes({}, told), comment=recommendation.answer
    )
    return recommendation


@transaction.atomic
def follow_up(
    recommendation: Recommendation,
    *,
    said: str,
    follow_up_on: dt.date | None,
    closes: bool,
    version: int,
    by: User,
) -> Recommendation:
    """Add what came of it, or what else there is to say, under what was said before; then look at it again on a day, or close it.

    What is closed opens again, unless `closes` is given once more.
    """
    if recommendation.answered_on is None:
        raise ValidationError("It is not answered yet. Record the answer first")
    errors = _next_refusals(follow_up_on, closes)
    if not said.strip():
        errors["said"] = "Say what came of it"
    if errors:
        raise ValidationError(errors)
    today = timezone.localdate()
    entry = f"{day_year(today)}, {by.label}:\n{said.strip()}"
    before = _next(recommendation)
    write(
        recommendation,
        version=version,
        what=THIS,
        follow_up="\n\n".join(filter(None, [recommendation.follow_up, entry])),
        follow_up_on=follow_up_on,
        closed_on=today if closes else None,
    )
    changes = audit.changes(before, _next(recommendation))
    audit.record("recommendation_followed_up", recommendation, by=by, changes=changes, comment=said.strip())
    return recommendation


# ---------------------------------------------------------------- what all of them ask


def _day_of(meeting: Meeting | None) -> dt.date | None:
    return timezone.localdate(meeting.starts_at) if meeting else None


def _refusals(
    committee: Body,
    text: str,
    made_on: dt.date | None,
    sent_on: dt.date,
    meeting: Meeting | None,
    today: dt.date,
) -> dict[str, str]:
    errors = {}
    if not text.strip():
        errors["text"] = "Enter what was asked, in the committee’s own words"
    if meeting and meeting.body_id != committee.pk:
        errors["meeting"] = f"That meeting is not one of the {committee}"
    if made_on is None:
        errors["made_on"] = "Enter the day it was made, or choose the meeting"
    elif made_on > today:
        errors["made_on"] = "The day it was made must be today or in the past"
    if sent_on > today:
        errors["sent_on"] = "The day it was sent must be today or in the past: the 28 days are counted from it"
    elif made_on and sent_on < made_on <= today:
        errors["sent_on"] = f"It can’t have been sent before it was made, on {day_year(made_on)}"
    return errors


def _owner_refusals(owner: User | None, owner_post: str, today: dt.date) -> dict[str, str]:
    if owner is None:
        return {} if owner_post.strip() else {"owner_post": "Say who sees to the answer: a post, a person or both"}
    holds = RoleGrant.objects.in_force(today).filter(user=owner, role__in=ANSWERING).exists()
    if not owner.is_active or not holds:
        return {"owner": f"{owner.name} can’t open this page. Choose somebody of the partnership, or give a post"}
    return {}


def _next_refusals(follow_up_on: dt.date | None, closes: bool) -> dict[str, str]:
    if follow_up_on is None:
        return {}
    if closes:
        return {"follow_up_on": "Either look at it again on a day, or close it: not both"}
    if follow_up_on <= timezone.localdate():
        return {"follow_up_on": "The day to look at it again must be in the future"}
    return {}


def _next(recommendation: Recommendation) -> dict[str, object]:
    closed = recommendation.closed_on
    return {"Looked at again on": day_year(recommendation.follow_up_on), "Closed on": day_year(closed)}


def _facts(recommendation: Recommendation) -> dict[str, object]:
    meeting = recommendation.meeting
    return {
        "Asked for": recommendation.get_kind_display(),
        "Text": recommendation.text,
        "Meeting": day_year(_day_of(meeting)) if meeting else "",
        "Made on": day_year(recommendation.made_on),
        "Sent on": day_year(recommendation.sent_on),
        "Answer due": day_year(recommendation.due_on),
    }


def _send(
    recommendation: Recommendation, sent_to: Iterable[Organisation], others: Iterable[str], sent_on: dt.date
) -> list[str]:
    """Put them on the list. Whoever is on it already, under any name, is refused by name."""
    listed = list(recommendation.recipients.all())
    known, organisations = {one.name.casefold() for one in listed}, {one.organisation_id for one in listed}
    named: list[tuple[Organisation | None, str]] = [(one, one.name_on(sent_on)) for one in sent_to]
    named += [(None, other.strip()) for other in others]
    if long := [name for _, name in named if len(name) > LONGEST_NAME]:
        raise ValidationError({"others": f"A name must be {LONGEST_NAME} characters or fewer: {long[0][:40]}…"})
    rows, again = [], []
    for organisation, name in named:
        if name.casefold() in known or (organisation and organisation.pk in organisations):
            again.append(name)
        known.add(name.casefold())
        row = {"organisation": organisation, "name": name, "sent_on": sent_on}
        rows.append(RecommendationRecipient(recommendation=recommendation, **row))
    if again:
        raise ValidationError({"others": f"On the list already: {', '.join(again)}"})
    RecommendationRecipient.objects.bulk_create(rows)
    return [row.name for row in rows]
