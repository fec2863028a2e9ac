"""Who asked for money, and what became of it, as it was known at the moment of a snapshot.

An application waits from when it was submitted until its decision was recorded. A decision that was withdrawn by then never was.
"""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone

from governance.funding import sums
from governance.models import (
    Approval,
    FundingApplication,
    FundingApplicationYear,
    FundingInterest,
    Undertaking,
)
from reporting.snapshots.asked import Asked, by
from reporting.snapshots.funded import ApplicationPart

State = FundingApplication.State
DECIDING = (*Approval.AGREEING, Approval.Verdict.REFUSED)


def read(asked: Asked, since: dt.date) -> tuple[ApplicationPart, ...]:
    """Those that waited, and those decided or withdrawn after the day `since`; in the order of their bodies."""
    rows = FundingApplication.objects.filter(submitted_at__lte=asked.as_at)
    rows = rows.filter(Q(decided_on__isnull=True) | Q(decided_on__gt=since) | Q(approvals__recorded_at__gt=asked.as_at))
    rows = rows.select_related("body", "stream", "priority").order_by("body__order", "body__name", "number").distinct()
    found = list(rows)
    told = _Told(asked, [one.pk for one in found])
    parts = [_part(asked, one, told) for one in found]
    return tuple(part for part in parts if part.ended_on is None or part.ended_on > since)


class _Told:
    """What was said of them by the moment, by their ids; each kind by one query."""

    def __init__(self, asked: Asked, ids: Sequence[int]) -> None:
        words = Approval.objects.filter(application__in=ids, verdict__in=DECIDING).order_by("recorded_at", "pk")
        self.words = by(words, "application_id")
        conditions = Undertaking.objects.filter(
            kind=Undertaking.Kind.CONDITION, approval__application__in=ids, recorded_at__lte=asked.as_at
        )
        self.conditions = by(conditions, "approval_id")
        interests = FundingInterest.objects.filter(application__in=ids, recorded_at__lte=asked.as_at)
        self.interests = by(interests.order_by("declared_on", "pk"), "application_id")
        self.years = by(FundingApplicationYear.objects.filter(application__in=ids), "application_id")

    def word(self, one: FundingApplication, as_at: dt.datetime) -> Approval | None:
        """The decision that stood."""
        stood = [
            word
            for word in self.words[one.pk]
            if word.recorded_at <= as_at and not (word.withdrawn_at and word.withdrawn_at <= as_at)
        ]
        return stood[-1] if stood else None


def _part(asked: Asked, one: FundingApplication, told: _Told) -> ApplicationPart:
    word, years = told.word(one, asked.as_at), told.years[one.pk]
    state, ended_on = _state_then(asked, one, word, is_recorded=bool(told.words[one.pk]))
    assert one.submitted_at is not None, "those that were submitted by then"
    return ApplicationPart(
        pk=one.pk,
        reference=one.reference,
        body=one.body.short_name,
        title=one.title,
        stream=one.stream.name if one.stream else "",
        letter=one.priority.letter if one.priority and one.priority.plan_id == asked.plan.pk else "",
        state=state,
        asked=sums.add(row.amount for row in years).known,
        agreed=sums.add(row.agreed for row in years).amount if state == State.AGREED else None,
        submitted_on=timezone.localdate(one.submitted_at),
        ended_on=ended_on,
        verdict=word.get_verdict_display() if word and ended_on else "",
        conditions=len(told.conditions[word.pk]) if word else 0,
        interests=tuple(str(interest) for interest in told.interests[one.pk]),
        is_sample=one.is_sample,
    )


def _state_then(
    asked: Asked, one: FundingApplication, word: Approval | None, *, is_recorded: bool
) -> tuple[str, dt.date | None]:
    """What had become of it, and on which day. `is_recorded`: a decision was ever recorded; without one its own day counts."""
    if one.withdrawn_at and one.withdrawn_at <= asked.as_at:
        return State.WITHDRAWN.value, timezone.localdate(one.withdrawn_at)
    if word:
        return (State.AGREED if word.verdict in Approval.AGREEING else State.DECLINED).value, word.given_on
    if not is_recorded and one.decided_on and one.decided_on <= asked.today:
        return str(one.state), one.decided_on
    return State.SUBMITTED.value, None
