"""Counting a consultation that is over, counting it again, and publishing what was counted."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from consultation import gathering, safe, waiting
from consultation.counts import Counts
from consultation.models import Consultation, Response, Result
from lib.editing import Stale, write

State = Consultation.State
THIS = "This consultation"

NOT_CLOSED = "Only a closed consultation is analysed. Close it first: until then answers may come."
REMOVED = "The single responses have been removed, so nothing can be counted again. The results stay as they are."
NO_REASON = "Say why the results are counted again. The reason stands beside them."
NOT_ANALYSED = "Only an analysed consultation is published. Analyse it first."

audit.kinds(
    {
        "consultation_analysed": "Results counted",
        "consultation_analysed_again": "Results counted again",
        "consultation_published": "Results published",
    }
)


@transaction.atomic
def analyse(consultation: Consultation, *, version: int, by: User, reason: str = "") -> Result:
    """Count what was answered and keep it for good, complete and as it may be published. Again with a reason: the new one is shown then.

    What tells the people of an imported file apart is emptied: it was there so that nobody counts twice.
    """
    _hold(consultation, version)
    if consultation.state not in (State.CLOSED, State.ANALYSED, State.PUBLISHED):
        raise ValidationError(NOT_CLOSED)
    if consultation.purge_begun_at:
        raise ValidationError(REMOVED)
    if open_ends := waiting.for_analysis(consultation):
        raise ValidationError(open_ends)
    last = gathering.latest(consultation)
    if last and not reason.strip():
        raise ValidationError({"reason": NO_REASON})
    counts = gathering.gather(consultation)
    seen = _seen_by_the_public(consultation)
    for was, _ in seen:
        _refuse_to_tell_the_difference(was, counts, consultation.threshold)
    result = Result.objects.create(
        consultation=consultation,
        number=last.number + 1 if last else 1,
        counts=counts.to_json(),
        safe=_safe(counts, consultation.threshold, seen).to_json(),
        taken_at=timezone.now(),
        taken_by=by,
        reason=reason.strip() if last else "",
    )
    Response.objects.filter(consultation=consultation).exclude(respondent="").update(respondent="")
    state = State.ANALYSED if consultation.state == State.CLOSED else consultation.state
    write(consultation, version=version, what=THIS, state=state)
    told = [
        audit.change("Responses counted", Counts.from_json(last.counts).responses if last else None, counts.responses)
    ]
    kind = "consultation_analysed_again" if last else "consultation_analysed"
    audit.record(kind, consultation, by=by, changes=told, comment=result.reason)
    return result


@transaction.atomic
def publish(consultation: Consultation, *, version: int, by: User) -> Consultation:
    """Show the public what may be published of the latest results."""
    _hold(consultation, version)
    if consultation.state != State.ANALYSED:
        raise ValidationError(NOT_ANALYSED)
    if open_ends := waiting.for_publication(consultation):
        raise ValidationError(open_ends)
    write(
        consultation,
        version=version,
        what=THIS,
        state=State.PUBLISHED,
        published_at=timezone.now(),
        published_by=by,
    )
    audit.record("consultation_published", consultation, by=by)
    return consultation


def _hold(consultation: Consultation, version: int) -> None:
    """Keep everybody else from changing it, or from taking in answers for it, until this is done."""
    held = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    if held.version != version:
        raise Stale(THIS)
    for name in ("state", "version", "threshold", "published_at", "purge_begun_at"):
        setattr(consultation, name, getattr(held, name))


def _seen_by_the_public(consultation: Consultation) -> list[tuple[Counts, Counts]]:
    """Complete and public counts of all results that were published, newest first: anyone may have kept any of them."""
    published_at = consultation.published_at
    if published_at is None:
        return []
    results = list(Result.objects.filter(consultation=consultation).order_by("-number"))
    since = sum(one.taken_at > published_at for one in results)
    return [(Counts.from_json(one.counts), Counts.from_json(one.safe)) for one in results[: since + 1]]


def _safe(counts: Counts, threshold: int, seen: list[tuple[Counts, Counts]]) -> Counts:
    return safe.publish_again(counts, threshold, seen) if seen else safe.publish(counts, threshold)


def _refuse_to_tell_the_difference(was: Counts, now: Counts, threshold: int) -> None:
    """Both editions can be downloaded: what is different between them would be what a few people answered."""
    changed = abs(now.responses - was.responses)
    is_other = (was.concerns, was.questions, was.tables, was.monitoring) != (
        now.concerns,
        now.questions,
        now.tables,
        now.monitoring,
    )
    if is_other and changed < threshold:
        raise ValidationError(
            f"Fewer than {threshold} responses are different from what is published, and the difference would show how they answered. "
            "What is published stays."
        )
