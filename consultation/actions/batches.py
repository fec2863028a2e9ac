"""Piles of papers and imported files: begun, entered, undone as a whole. What came in one is counted until it is undone, and nothing of it is lost then."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from consultation.actions import quotes
from consultation.models import Batch, Channel, Code, Consultation, MonitoringCount, Response
from lib.editing import Stale, write
from lib.locks import hold_still

THIS = "This batch"
LONGEST_REASON = 200  # characters
TAKES_NONE = (
    "Papers and files are entered while the consultation is open or closed. This one is {}: nothing was added to it."
)
GONE = "The single responses of this consultation have been removed, so nothing can be added to them."
ENTERED = "{} said that all of “{}” is entered. Begin another pile for what is left."
UNDONE = "“{}” was undone by {}: {}. Begin another pile to enter it again."

audit.kinds({"batch_begun": "Batch begun", "batch_entered": "Batch entered", "batch_undone": "Batch undone"})
State = Batch.State


@transaction.atomic
def begin(
    consultation: Consultation,
    *,
    channel: Channel,
    label: str,
    kind: str = Batch.Kind.PAPER,
    expected: int | None = None,
    by: User,
) -> Batch:
    """Open a batch for answers that came by this channel. `expected` is how many there are, where somebody has counted."""
    held = holding(consultation)
    errors = {}
    if channel.consultation_id != held.pk:
        errors["channel"] = "Choose a channel of this consultation."
    if not label.strip():
        errors["label"] = "Say what it is: “Whitechapel library, 4 to 11 July”."
    if errors:
        raise ValidationError(errors)
    batch = Batch.objects.create(
        consultation=held,
        channel=channel,
        kind=kind,
        label=label.strip(),
        expected=expected,
        made_by=by,
        made_at=timezone.now(),
    )
    audit.record("batch_begun", batch, by=by, changes=audit.changes({}, _facts(batch)))
    return batch


@transaction.atomic
def finish(batch: Batch, *, version: int, by: User, counted: bool = False) -> Batch:
    """Say that all of it is entered. Where it holds another number than was expected, only with `counted`: somebody has looked."""
    if batch.state != State.OPEN:
        raise Stale(THIS)
    holding(batch.consultation)
    write(batch, version=version, what=THIS, state=State.DONE, done_by=by, done_at=timezone.now())
    held = entered(batch)  # after the write: whoever was still entering has done so, and nobody can any more
    if batch.expected is not None and held != batch.expected and not counted:
        raise ValidationError({"counted": differs(batch.expected, held)})
    audit.record("batch_entered", batch, by=by, changes=[audit.change("Counted", None, f"{held:,}")])
    return batch


@transaction.atomic
def undo(batch: Batch, *, because: str, version: int, by: User) -> Batch:
    """Take all of it out of the figures. Its codes are free again, what it counted of who people are is taken off, quotes of it are passed anew.

    It may be undone after the analysis too, as long as single responses are held: then the results are to be counted again.
    """
    if batch.state == State.UNDONE:
        raise Stale(THIS)
    because = because.strip()
    if not because:
        raise ValidationError({"because": "Say why it is undone."})
    if len(because) > LONGEST_REASON:
        raise ValidationError({"because": f"Why it is undone must be said in {LONGEST_REASON} characters or fewer."})
    hold_still(Consultation, batch.consultation_id)
    if Consultation.objects.filter(pk=batch.consultation_id, purge_begun_at__isnull=False).exists():
        raise ValidationError(
            "Its single responses have been removed, so it can’t be taken out of the figures any more."
        )
    told = {"undone_by": by, "undone_at": timezone.now(), "undone_because": because}
    write(batch, version=version, what=THIS, state=State.UNDONE, **told)
    held = entered(batch)
    Response.objects.filter(batch=batch).update(standing=Response.Standing.UNDONE, set_aside_because="")
    quotes.take_back(Response.objects.filter(batch=batch), by=by)
    Code.objects.filter(batch=batch).update(used_on=None, batch=None)
    MonitoringCount.objects.filter(batch=batch).delete()
    audit.record("batch_undone", batch, by=by, changes=[audit.change("Counted", f"{held:,}", "none")], comment=because)
    return batch


def why_none(consultation: Consultation) -> str:
    """Why nothing can be entered now; "" where it can."""
    if not consultation.takes_papers or not consultation.holds_responses:
        state = (
            consultation.get_state_display().lower() if consultation.holds_responses else "of published totals alone"
        )
        return TAKES_NONE.format(state)
    return GONE if consultation.purge_begun_at else ""


def holding(consultation: Consultation) -> Consultation:
    """Keep it from being analysed until the transaction ends, and refuse what can't be counted in it any more. Inside a transaction."""
    hold_still(Consultation, consultation.pk)
    held = Consultation.objects.get(pk=consultation.pk)
    if refusal := why_none(held):
        raise ValidationError(refusal)
    return held


def holding_open(batch: Batch) -> Batch:
    """Keep it from being finished or undone until the transaction ends, and refuse when it has been. Any number of people hold it at once."""
    holding(batch.consultation)
    hold_still(Batch, batch.pk)
    held = Batch.objects.select_related("consultation", "channel", "done_by", "undone_by").get(pk=batch.pk)
    if held.state == State.DONE:
        raise ValidationError(ENTERED.format(held.done_by, held.label))
    if held.state == State.UNDONE:
        raise ValidationError(UNDONE.format(held.label, held.undone_by, held.undone_because.rstrip(".")))
    return held


def entered(batch: Batch) -> int:
    """How many it holds: what was taken out is none of them."""
    return Response.objects.filter(batch=batch).exclude(standing=Response.Standing.UNDONE).count()


def differs(expected: int, held: int) -> str:
    """The sentence for a pile that was counted otherwise."""
    few = held < expected
    return (
        f"{held:,} {'is' if held == 1 else 'are'} entered and {expected:,} {'was' if expected == 1 else 'were'} counted: "
        f"{abs(expected - held):,} too {'few' if few else 'many'}. Look again, or tick that {held:,} is right."
    )


def _facts(batch: Batch) -> dict[str, object]:
    return {"Channel": batch.channel, "Expected": batch.expected}
