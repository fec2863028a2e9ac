"""Whether what was counted is still so: responses can be set aside, counted and undone afterwards, and the kept results stay as they are."""

from dataclasses import replace

from accounts.models import AuditEvent
from consultation import gathering
from consultation.counts import Counts
from consultation.models import Batch, Consultation, Result
from lib.numerals import figure

MOVES = ("responses_set_aside", "responses_counted")
AGAIN = "What is below is out of date until the answers are counted again."
STAYS = "They are too few for another count to be published: it would show how they answered. What is below stays."


def since(consultation: Consultation, kept: Result) -> str:
    """That the figures are others by now; "" while they are not, and once single responses are removed, for then nobody can tell.

    Everything is counted again only where something was moved since these were kept.
    """
    if consultation.purge_begun_at or not _moved(consultation, kept):
        return ""
    was, now = (_figures(one) for one in (Counts.from_json(kept.counts), gathering.gather(consultation)))
    if was == now:
        return ""
    is_too_few = consultation.is_published and abs(was.responses - now.responses) < consultation.threshold
    what_now = STAYS if is_too_few else AGAIN
    if was.responses == now.responses:
        return f"Responses have been set aside, counted or undone since then. {what_now}"
    are = "is" if now.responses == 1 else "are"
    return (
        f"Responses have been set aside, counted or undone since then: {figure(now.responses)} {are} counted now, "
        f"not {figure(was.responses)}. {what_now}"
    )


def _moved(consultation: Consultation, kept: Result) -> bool:
    events = AuditEvent.objects.about(consultation._meta.label_lower, consultation.pk)
    return (
        events.filter(kind__in=MOVES, at__gte=kept.taken_at).exists()
        or Batch.objects.filter(consultation=consultation, undone_at__gte=kept.taken_at).exists()
    )


def _figures(counts: Counts) -> Counts:
    """Without what is read and tagged in the meantime, which needs no new count."""
    return replace(counts, comments=0, read=0, tags=())
