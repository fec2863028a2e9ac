"""A file of figures: take it in, record what it offers, take it back; and forget the file when its time is over."""

import datetime as dt
import hashlib
import logging
from collections import defaultdict
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts import audit
from accounts.actions import owe_mail
from accounts.models import RoleGrant, User
from indicators import giving, tasks
from indicators.models import Feed, Figure, Return, Round, Upload, Withdrawal
from indicators.placing import in_years
from indicators.uploads import comparing, keeping, recording, working
from lib import file_names, jobs, written
from lib.uploads.kinds import CSV, XLSX

audit.kinds(
    {
        "upload_added": "File of figures uploaded",
        "upload_asked": "File of figures to be recorded",
        "upload_thrown_away": "File of figures thrown away",
        "upload_undone": "File of figures taken back",
        "upload_file_removed": "Uploaded file removed",
        "return_taken_back": "Figure taken back",
    }
)

log = logging.getLogger("job")

MOST_IN_AN_HOUR = 30  # files of one person
ENDINGS = (XLSX.ending, *CSV.endings)
NAMED = 5  # of those that stand in the way
TOO_LATE = "This is no longer as you saw it. Nothing was recorded: look at it again."


@transaction.atomic
def add_upload(
    content: bytes,
    *,
    name: str,
    by: User,
    supplied_by: User | None = None,
    supplied_by_name: str = "",
    route: str = "",
    received_on: dt.date | None = None,
    feed: Feed | None = None,
) -> Upload:
    """Take a file in; a worker reads it and compares it with what is held. Nothing of it counts until it is recorded.

    For a supplier: who they are, by what route it came and when. Without, the figures are `by`'s own.
    """
    now = timezone.now()
    lately = Upload.objects.filter(uploaded_by=by, uploaded_at__gt=now - dt.timedelta(hours=1))
    if lately.count() >= MOST_IN_AN_HOUR:
        raise ValidationError(
            f"You have uploaded {MOST_IN_AN_HOUR} files within an hour. Wait a while, then upload the next."
        )
    if not content:
        raise ValidationError({"file": "The file is empty"})
    if received_on and received_on > timezone.localdate():
        raise ValidationError({"received_on": "The day it reached you can’t be in the future"})
    shown = file_names.shown(name, "figures")
    stored = default_storage.save(f"uploads/{get_random_string(32)}{_ending(shown)}", ContentFile(content))
    try:
        with transaction.atomic():
            upload = Upload.objects.create(
                file=stored,
                file_name=shown,
                file_bytes=len(content),
                file_sha256=hashlib.sha256(content).hexdigest(),
                feed=feed,
                uploaded_by=by,
                uploaded_at=now,
                supplied_by=supplied_by,
                supplied_by_name=supplied_by.name if supplied_by else supplied_by_name.strip(),
                route=route,
                received_on=received_on,
            )
            audit.record("upload_added", upload, by=by, changes=audit.changes({}, _whose(upload)))
    except BaseException:
        default_storage.delete(stored)
        raise
    transaction.on_commit(partial(tasks.work_on_upload.delay, upload.pk))
    return upload


@transaction.atomic
def record_upload(
    upload: Upload,
    *,
    fingerprint: str,
    leave_out_refused: bool = False,
    worth_is_right: bool = False,
    restated_because: str = "",
    by: User,
) -> Upload:
    """Have the previewed figures recorded by a worker, all of them or none, if they are still what was looked at.

    `fingerprint` is that of the preview that was looked at. Unusual figures are recorded only when somebody says that they are right. Cells that can't be taken are left out only when that is said, and where
    verified figures are replaced one reason is given for all of them.
    """
    if not upload.is_previewed or upload.fingerprint != fingerprint:
        raise ValidationError(TOO_LATE)
    lines = keeping.from_json(upload.preview).comparison
    because = restated_because.strip()
    errors = {}
    refused = len(lines.of(comparing.REFUSED))
    if not lines.changing:
        raise ValidationError("There is nothing to record: this file would change no figure.")
    if refused and not leave_out_refused:
        errors["leave_out_refused"] = (
            f"Tick that the refused cell{'' if refused == 1 else 's'} may be left out, or put the file right and upload it again"
        )
    worth = sum(bool(line.worth) for line in lines.changing)
    if worth and not worth_is_right:
        errors["worth_is_right"] = (
            "Tick that the figures worth a look are right, or put the file right and upload it again"
        )
    if any(line.restates for line in lines.changing) and not because:
        errors["restated_because"] = "Say why the verified figures change"
    if errors:
        raise ValidationError(errors)
    waiting = Upload.objects.filter(
        pk=upload.pk, phase=Upload.Phase.READING, job_state=Upload.JobState.READY, fingerprint=fingerprint
    )
    asked = {
        "phase": Upload.Phase.RECORDING,
        "job_state": Upload.JobState.REQUESTED,
        "queued_at": timezone.now(),
        "attempts": 0,
        "stage": 0,
        "stage_log": [],
        "started_at": None,
        "ended_at": None,
        "recorded_by": by,
        "restated_because": because,
        "leaves_out_refused": leave_out_refused,
    }
    if not waiting.update(**asked):
        raise ValidationError(TOO_LATE)
    upload.refresh_from_db()
    right = [audit.change("Unusual figures said to be right", None, worth)] if worth else []
    audit.record("upload_asked", upload, by=by, changes=right, comment=because)
    transaction.on_commit(partial(tasks.work_on_upload.delay, upload.pk))
    return upload


@transaction.atomic
def throw_away(upload: Upload, *, by: User) -> Upload:
    """Remove an upload of which nothing has been recorded, its file with it."""
    unwanted = Upload.objects.filter(pk=upload.pk, phase=Upload.Phase.READING, job_state__in=Upload.ENDED)
    held = unwanted.select_for_update().first()
    if held is None:
        raise ValidationError("It can’t be thrown away: it is being worked on, or has been recorded. Look at it again.")
    audit.record("upload_thrown_away", held, by=by)
    stored = str(held.file.name or "")
    held.delete()
    if stored:
        transaction.on_commit(partial(default_storage.delete, str(stored)))
    return upload


@transaction.atomic
def undo_upload(upload: Upload, *, reason: str, by: User) -> Upload:
    """Take back all that an upload recorded: its figures are kept as taken back, the returns are as they were before.

    Only while nobody has changed any of them since and none is verified; otherwise nothing is taken back, and those are named.
    Whoever uploaded it is told by mail when somebody else takes it back.
    """
    because = reason.strip()
    if not because:
        raise ValidationError({"reason": "Say why the figures are taken back"})
    held = Upload.objects.select_for_update().get(pk=upload.pk)
    if not held.is_recorded:
        raise ValidationError("There is nothing to take back: it has been taken back already, or was never recorded.")
    returns, states = _returns(held), recording.former_states(held)
    _refuse_not_theirs(returns, by)
    recorded = {int(pk): tuple(kept) for pk, kept in held.before["returns"].items()}
    _refuse_moved([return_ for return_ in returns if return_.version != recorded[return_.pk][0]])
    _refuse_unanswerable([(return_, states[recorded[return_.pk][1]]) for return_ in returns])
    alike: dict[tuple[int, int], list[Return]] = defaultdict(list)
    for return_ in returns:
        alike[recorded[return_.pk]].append(return_)
    now, was = timezone.now(), {return_.pk: return_.get_status_display() for return_ in returns}
    try:
        for (version, state), some in alike.items():
            recording.move_on(some, version, states[state])
    except recording.Moved:
        raise ValidationError(
            "Nothing was taken back: some of it is being changed at this moment. Look again."
        ) from None
    figures = Figure.objects.filter(upload=held).values_list("pk", flat=True)
    for pks in recording.in_batches(figures):
        Withdrawal.objects.bulk_create([Withdrawal(figure_id=pk, withdrawn_by=by, withdrawn_at=now) for pk in pks])
    audit.record_several((_taken_back(return_, was[return_.pk], because) for return_ in returns), by=by)
    Upload.objects.filter(pk=held.pk).update(undone_by=by, undone_at=now, undone_because=because)
    upload.refresh_from_db()
    audit.record("upload_undone", upload, by=by, comment=because)
    if held.uploaded_by != by:
        owe_mail(held.uploaded_by, stage="taken_back", about=upload, cycle="undone", by=by)
    return upload


@transaction.atomic
def sweep_uploads(*, at: dt.datetime, by: User | None) -> int:
    """Queue again the uploads that nobody works on although somebody should; give up on those tried too often. How many were touched."""
    return jobs.sweep(
        Upload.objects.all(), at, queue=tasks.work_on_upload.delay, give_up=partial(working.give_up, at=at)
    )


@transaction.atomic
def forget_files(*, at: dt.datetime, by: User | None) -> int:
    """Remove the files that were uploaded more than 30 days ago. What was read and recorded stays. How many were removed.

    One that the storage does not give up is tried again the next time, and holds up none of the others.
    """
    old = Upload.objects.with_old_files(at)
    removed = 0
    for upload in list(old.defer("preview", "before")):
        # First: a row that points to nothing does no harm, a file that nothing points to stays for good.
        try:
            default_storage.delete(str(upload.file.name))
        except Exception:
            log.exception("upload=%s state=file-not-removed", upload.pk)
            continue
        Upload.objects.filter(pk=upload.pk).update(file="")
        audit.record("upload_file_removed", upload, by=by)
        removed += 1
    return removed


def _ending(name: str) -> str:
    """Nothing of the name but a known ending goes into the storage."""
    ending = file_names.ending(name)
    return ending if ending in ENDINGS else ""


def _whose(upload: Upload) -> dict[str, object]:
    return {
        "Whose figures": upload.supplied_by_name or None,
        "Route": upload.route and Figure.Route(upload.route).label,
        "Reached us on": upload.received_on and written.day_year(upload.received_on),
    }


def _returns(upload: Upload) -> list[Return]:
    """Those an upload changed, held until the transaction ends, with their quarters, which can't close meanwhile."""
    pks = [int(pk) for pk in upload.before["returns"]]
    found: list[Return] = []
    ids = {pk for some in recording.in_batches(pks) for pk in _rounds_of(some)}
    rounds = {round_.pk: round_ for round_ in Round.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    for some in recording.in_batches(sorted(pks)):
        found += (
            Return.objects.select_for_update(of=("self",))
            .filter(pk__in=some)
            .select_related("indicator")
            .order_by("pk")
        )
    for return_ in found:
        return_.round = rounds[return_.round_id]
    return found


def _rounds_of(pks: list[int]) -> set[int]:
    return set(Return.objects.filter(pk__in=pks).values_list("round", flat=True))


def _refuse_moved(moved: list[Return]) -> None:
    if moved:
        many = len(moved) != 1
        raise ValidationError(
            f"Nothing was taken back: {_named(moved)} {'have' if many else 'has'} been changed or verified since. "
            "Put right by hand what is wrong: what was recorded stands."
        )


def _refuse_unanswerable(returns: list[tuple[Return, dict[str, object]]]) -> None:
    """A quarter that was closed meanwhile takes no first figures, so nobody could give what would be due again."""
    on = timezone.localdate()
    due = [return_ for return_, state in returns if return_.round.is_closed and state["status"] in Return.AWAITED]
    shown = {pk for some in recording.in_batches([return_.pk for return_ in due]) for pk in _shown(some)}
    shut = [
        return_ for return_ in due if not giving.is_answerable(return_, return_.round, on, is_shown=return_.pk in shown)
    ]
    if shut:
        raise ValidationError(
            f"Nothing was taken back: {written.listed(sorted({str(return_.round) for return_ in shut}))} has been closed since, "
            "so nobody could give the figures again. Open the quarter again first."
        )


def _shown(pks: list[int]) -> set[int]:
    """Those of them with a verified figure: a restatement is taken in a closed quarter too."""
    return set(Figure.objects.verified().filter(for_return__in=pks).values_list("for_return", flat=True))


def _refuse_not_theirs(returns: list[Return], by: User) -> None:
    """Whoever no longer gives these figures takes none of them back either; the partnership team does."""
    if by.has_role(RoleGrant.Role.COORDINATOR):
        return
    on, theirs = timezone.localdate(), set[int]()
    for some in recording.in_batches([return_.pk for return_ in returns]):
        theirs |= set(Return.objects.filter(pk__in=some).giveable_by(by, on).values_list("pk", flat=True))
    if len(theirs) < len(returns):
        raise ValidationError(
            "Nothing was taken back: some of these figures are no longer yours to give. Ask the partnership team to take them back."
        )


def _named(returns: list[Return]) -> str:
    """ "B2 Domestic abuse reports, 2017-18 Q4" of the first few, and how many more."""
    places = in_years(sorted({return_.round.quarter.year for return_ in returns}))
    names = [
        f"{places[return_.round.quarter.year].brief(return_.indicator)}, {return_.round}" for return_ in returns[:NAMED]
    ]
    more = len(returns) - len(names)
    return "; ".join(names) + (f"; and {more:,} more" if more else "")


def _taken_back(return_: Return, was: str, because: str) -> audit.Entry:
    state = audit.change("State", was, return_.get_status_display())
    return audit.Entry("return_taken_back", return_, [state], because)
