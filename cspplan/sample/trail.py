"""The audit trail of the sample years, written after the rows it tells of, with the moments at which they were made."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models

from accounts import audit
from accounts.models import AuditEvent, User
from indicators import (
    actions,  # noqa: F401  makes the codes of its events known
    wording,
)
from indicators.models import Commentary, Figure, Lead, Return, Round, SendBack, Target
from lib import written

Status = Return.Status


def load() -> None:
    """Add one event for each thing that happened to a round, a return or a commentary."""
    events = sorted([*_of_targets(), *_of_rounds(), *_of_returns(), *_of_commentary()], key=lambda event: event.at)
    unknown = {event.kind for event in events} - audit.KINDS.keys()
    assert not unknown, unknown
    AuditEvent.objects.bulk_create(events)


def event(kind: str, subject: models.Model, by: User | None, at: dt.datetime, version: int, **more: Any) -> AuditEvent:
    return AuditEvent(
        at=at,
        actor=by,
        actor_label=by.label if by else "The system",
        scheduled=by is None,
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=str(subject)[:250],
        subject_version=version,
        **more,
    )


def _of_targets() -> Iterator[AuditEvent]:
    for target in Target.objects.exclude(rule=Target.Rule.NONE).select_related("indicator", "set_by"):
        agreed = f"{target.agreed_by}, {written.day_year(target.agreed_on)}" if target.agreed_on else ""
        changes = [
            audit.change(f"Target for {target.year}", None, written.figure(target.value)),
            audit.change("Rule", Target.Rule.NONE.label, target.get_rule_display()),
            audit.change("Agreed by", None, agreed),
        ]
        more = {"changes": changes, "comment": target.reason}
        yield event("target_set", target.indicator, target.set_by, target.set_at, 2, **more)


def _of_rounds() -> Iterator[AuditEvent]:
    for round_ in Round.objects.select_related("opened_by", "closed_by"):
        opened_at = dt.datetime.combine(round_.opens_on, dt.time(8, 30), tzinfo=dt.UTC)
        due = audit.change("Figures due on", None, written.day_year(round_.due_on))
        yield event("round_opened", round_, round_.opened_by, opened_at, 1, changes=[due])
        if round_.closed_at:
            closed = [audit.change("State", "open", "closed")]
            yield event("round_closed", round_, round_.closed_by, round_.closed_at, 2, changes=closed)


def _of_returns() -> Iterator[AuditEvent]:
    figures: dict[int, list[Figure]] = defaultdict(list)
    for figure in Figure.objects.select_related("recorded_by", "verification__verified_by").in_order():
        figures[figure.for_return_id].append(figure)
    back = {sent.figure_id: sent for sent in SendBack.objects.select_related("sent_by")}
    leads = _data_leads()
    for return_ in Return.objects.select_related("indicator", "round"):
        if return_.status == Status.MISSING:
            yield _missing(return_, leads[return_.indicator_id])
        version, before = 1, None
        for figure in figures[return_.pk]:
            version += 1
            yield _given(return_, figure, before, version)
            if hasattr(figure, "verification"):
                version += 1
                yield _verified(return_, figure, before, version)
            elif figure.pk in back:
                version += 1
                yield _sent_back(return_, back[figure.pk], version)
            before = figure


def _given(return_: Return, figure: Figure, before: Figure | None, version: int) -> AuditEvent:
    changes = [
        audit.change("State", (Status.VERIFIED if before else Status.DUE).label, Status.SUBMITTED.label),
        audit.change("Figure", wording.value(before), wording.value(figure)),
        audit.change("Whose figure", None, figure.supplied_by_name),
        audit.change("Route", None, figure.get_route_display()),
    ]
    kind = "return_restated" if before else "return_submitted"
    more = {"changes": changes, "comment": figure.restated_because}
    return event(kind, return_, figure.recorded_by, figure.recorded_at, version, **more)


def _verified(return_: Return, figure: Figure, before: Figure | None, version: int) -> AuditEvent:
    changes = [
        audit.change("State", Status.SUBMITTED.label, Status.VERIFIED.label),
        audit.change("Figure shown", wording.value(before), wording.value(figure)),
    ]
    done = figure.verification
    return event("return_verified", return_, done.verified_by, done.verified_at, version, changes=changes)


def _sent_back(return_: Return, back: SendBack, version: int) -> AuditEvent:
    changes = [
        audit.change("State", Status.SUBMITTED.label, Status.SENT_BACK.label),
        audit.change("Due again on", None, written.day_year(back.due_again_on)),
    ]
    more = {"changes": changes, "comment": back.comment}
    return event("return_sent_back", return_, back.sent_by, back.sent_at, version, **more)


def _missing(return_: Return, by: User) -> AuditEvent:
    at = dt.datetime.combine(return_.round.due_on, dt.time(13), tzinfo=dt.UTC)
    changes = [
        audit.change("State", Status.DUE.label, Status.MISSING.label),
        audit.change("Why there is no figure", None, return_.get_missing_reason_display()),
        audit.change("Note", None, return_.missing_note),
    ]
    return event("return_missing", return_, by, at, return_.version, changes=changes)


def _of_commentary() -> Iterator[AuditEvent]:
    sent = Commentary.objects.filter(status=Commentary.Status.SENT)
    for commentary in sent.select_related("for_return__indicator", "for_return__round", "sent_by", "written_by"):
        words = [audit.change("What happened", None, commentary.what_happened)]
        if commentary.is_on_behalf:
            words.append(audit.change("Whose words", None, commentary.written_by.label))
        yield event(
            "commentary_sent", commentary, commentary.sent_by, commentary.sent_at, commentary.version, changes=words
        )


def _data_leads() -> dict[int, User]:
    leads = Lead.objects.filter(duty=Lead.Duty.DATA).select_related("user")
    return {lead.indicator_id: lead.user for lead in leads}
