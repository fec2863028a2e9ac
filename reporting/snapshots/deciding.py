"""What was decided, what is to be done because of it, what scrutiny asked and what is at risk, as known at the moment of a snapshot.

Answers to scrutiny hold when they were recorded. Decisions that are seen to and undertakings that have ended hold their day alone: one
recorded later with an earlier day counts from that day.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from governance.models import Decision, Recommendation, Risk, RiskScore, Undertaking
from lib.written import day_year
from reporting.snapshots.asked import Asked, by
from reporting.snapshots.governed import DecisionPart, RecommendationPart, RiskPart, UndertakingPart


@dataclass(frozen=True)
class Decided:
    decisions: tuple[DecisionPart, ...]
    undertakings: tuple[UndertakingPart, ...]
    recommendations: tuple[RecommendationPart, ...]
    risks: tuple[RiskPart, ...]
    is_sample: bool


def read(asked: Asked, since: dt.date, plans: frozenset[int]) -> Decided:
    """`plans` are the delivery plans whose conditions stand with them, and not here; those on money stand with the money."""
    decisions, undertakings = _decisions(asked, since), _undertakings(asked, plans)
    recommendations, risks = _recommendations(asked), _risks(asked)
    rows: list[Any] = [*decisions, *undertakings, *recommendations, *(risk for risk, _ in risks)]
    return Decided(
        decisions=tuple(_decision(asked, one) for one in decisions),
        undertakings=tuple(_undertaking(asked, one) for one in undertakings),
        recommendations=tuple(_recommendation(asked, one) for one in recommendations),
        risks=tuple(sorted((_risk(asked, *each) for each in risks), key=lambda one: -one.now)),
        is_sample=any(row.is_sample for row in rows),
    )


# ---------------------------------------------------------------- decisions and what arises from them


def _decisions(asked: Asked, since: dt.date) -> list[Decision]:
    rows = Decision.objects.filter(decided_on__gt=since, decided_on__lte=asked.today, recorded_at__lte=asked.as_at)
    rows = rows.select_related("body", "owner", "replaced_by__body")
    return list(rows.order_by("body__order", "body__name", "decided_on", "number"))


def _decision(asked: Asked, one: Decision) -> DecisionPart:
    done_on = one.done_on if one.done_on and one.done_on <= asked.today else None
    later: Decision | None = getattr(one, "replaced_by", None)
    replaced = later.reference if later and later.recorded_at <= asked.as_at else ""
    return DecisionPart(
        reference=one.reference,
        body=one.body.short_name,
        text=one.text,
        reason=one.reason,
        decided_on=one.decided_on,
        how=one.get_route_display(),
        owner=one.owner_label if one.due_on else "",
        due_on=one.due_on,
        done_on=done_on,
        days_late=0 if done_on or replaced else asked.days_late(one.due_on),
        replaced_by=replaced,
    )


def _undertakings(asked: Asked, plans: frozenset[int]) -> list[Undertaking]:
    open_then = Q(ended_on__isnull=True) | Q(ended_on__gt=asked.today)
    elsewhere = Q(delivery_plan__in=plans) | Q(approval__application__isnull=False)
    rows = Undertaking.objects.filter(open_then, recorded_at__lte=asked.as_at)
    rows = rows.exclude(elsewhere, kind=Undertaking.Kind.CONDITION)
    return list(
        rows.select_related("body", "owner", "meeting", "decision__body", "delivery_plan").order_by("due_on", "pk")
    )


def _undertaking(asked: Asked, one: Undertaking) -> UndertakingPart:
    return UndertakingPart(
        kind=str(one.kind),
        body=one.body.short_name,
        text=one.text,
        owner=one.owner_label,
        due_on=one.due_on,
        days_late=asked.days_late(one.due_on),
        source=_source(one),
    )


def _source(one: Undertaking) -> str:
    if one.decision:
        return one.decision.reference
    if one.delivery_plan:
        return f"Delivery plan {one.delivery_plan.year}"
    return f"Meeting of {day_year(one.meeting.day)}" if one.meeting else "Approval of the plan"


# ---------------------------------------------------------------- scrutiny


def _recommendations(asked: Asked) -> list[Recommendation]:
    """Those that nobody had closed then, and those answered or closed since the quarter began."""
    late = Q(answered_on__gte=asked.quarter.start) | Q(closed_on__gte=asked.quarter.start)
    late |= Q(answer_recorded_at__gt=asked.as_at)  # not answered yet, as far as anybody knew
    rows = Recommendation.objects.filter(
        Q(closed_on__isnull=True) | late, made_on__lte=asked.today, recorded_at__lte=asked.as_at
    )
    return list(rows.select_related("committee", "owner").order_by("due_on", "committee__order", "number"))


def _recommendation(asked: Asked, one: Recommendation) -> RecommendationPart:
    is_answered = one.answered_on is not None and one.answered_on <= asked.today
    if one.answer_recorded_at and one.answer_recorded_at > asked.as_at:
        is_answered = False
    return RecommendationPart(
        reference=one.reference,
        committee=one.committee.short_name,
        kind=one.get_kind_display(),
        text=one.text,
        owner=one.owner_label,
        made_on=one.made_on,
        sent_on=one.sent_on,
        due_on=one.due_on,
        days_left=None if is_answered else (one.due_on - asked.today).days,
        answer=one.answer if is_answered else "",
        outcome=one.get_outcome_display() if is_answered else "",
        answered_on=one.answered_on if is_answered else None,
        answered_by=one.answered_by if is_answered else "",
        follow_up_on=one.follow_up_on if is_answered else None,
        is_closed=is_answered and one.closed_on is not None and one.closed_on <= asked.today,
    )


# ---------------------------------------------------------------- risks


def _risks(asked: Asked) -> list[tuple[Risk, list[RiskScore]]]:
    """Open risks with their scores of then, oldest first. One that was first scored later was not known then."""
    rows = Risk.objects.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=asked.as_at))
    scores = by(RiskScore.objects.order_by("scored_at", "pk"), "risk_id")
    found = []
    for risk in rows.select_related("body", "owner").order_by("body__order", "body__name", "number"):
        then = [score for score in scores[risk.pk] if score.scored_at <= asked.as_at]
        if then or not scores[risk.pk]:
            found.append((risk, then))
    return found


def _risk(asked: Asked, risk: Risk, scores: Sequence[RiskScore]) -> RiskPart:
    now = scores[-1] if scores else None  # never scored: it stands as it would without controls
    return RiskPart(
        reference=risk.reference,
        body=risk.body.short_name,
        sentence=f"{risk.cause.rstrip('.,')}, {risk.event.rstrip('.,')}, {risk.effect.rstrip('.')}.",
        before=risk.before,
        likelihood=now.likelihood if now else risk.before_likelihood,
        impact=now.impact if now else risk.before_impact,
        previous=scores[-2].score if len(scores) > 1 else None,
        target=risk.target,
        appetite=risk.body.risk_appetite,
        owner=risk.owner_label,
        review_on=risk.review_on,
        is_review_late=risk.review_on < asked.today,
    )
