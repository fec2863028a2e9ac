"""Removing personal data: an administrator asks, another person decides, and what remains is a tombstone."""

import datetime as dt
import logging
from collections.abc import Sequence
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts import actions, audit
from accounts.erasing import cutting, files, ledger, spans
from accounts.erasing.cutting import Cut
from accounts.models import ErasedPlace, Erasure, Installation, RoleGrant, User
from lib.append_only import rewrite
from lib.editing import Stale, write
from lib.kept_ready import cache
from priorities.models import Plan
from reporting.erasing import choosing
from reporting.models import Pack

audit.kinds(
    {
        "erasure_asked": "Removal of personal data asked for",
        "erasure_done": "Personal data removed",
        "erasure_refused": "Personal data not removed",
        "erasure_replayed": "Personal data removed again after a restore",
    }
)

log = logging.getLogger("job")

KEPT_READY = dt.timedelta(hours=25)  # no page is kept ready for longer than a day
THIS = "This removal"
NONE_CHOSEN = "Choose at least one place"
NOT_THERE = "Something has changed since you searched. Search again, then choose."
NOT_THE_WORDS = "Leave the words themselves out: this stays on the record for good"
NOT_KEPT = (
    "Nothing was removed: the ledger of removals could not be written, so a restored backup would bring the data back. "
    "Tell whoever looks after this service that the folder in ERASURES_DIR refuses files."
)
# The ledger was written, and then the database failed: after a restore it would be removed all the same.
WAS_DECIDED = (
    "It was decided to remove this, and the database failed while it was done. Press “Remove it for good” again"
)


@transaction.atomic
def ask(
    *, words: Sequence[str], places: Sequence[str], what: str, ground: str, why: str, of: str = "", by: User
) -> Erasure:
    """Ask for the removal of these places (keys of what `choosing.found` found). From now on nobody is handed a file of them."""
    if not places:
        raise ValidationError({"places": NONE_CHOSEN})
    if told := {name: NOT_THE_WORDS for name, said in {"what": what, "why": why}.items() if _tells(words, said)}:
        raise ValidationError(told)
    found = {place.key: place for place in choosing.found(list(words), of)}
    if set(places) - found.keys():
        raise ValidationError(NOT_THERE)
    Installation.hold()  # of two who ask for the same place at once, one is told
    chosen = choosing.with_what_goes_along([found[key] for key in dict.fromkeys(places)])
    labels = choosing.labels(chosen)
    for place in chosen:
        if ErasedPlace.objects.filter(
            model=place.model, row=place.row, field=place.field, erasure__state=Erasure.State.ASKED
        ).exists():
            raise ValidationError(f"A removal from this is being decided already: {labels[place.key]}.")
    erasure = Erasure.objects.create(what=what.strip(), ground=ground, why=why.strip(), asked_by=by)
    ErasedPlace.objects.bulk_create(
        ErasedPlace(
            erasure=erasure,
            model=place.model,
            row=place.row,
            field=place.field,
            label=labels[place.key],
            spans=[list(span) for span in place.spans],
            file=place.file,
            checksum=place.checksum,
            checksum_after=place.checksum_after,
        )
        for place in chosen
    )
    choosing.packs(erasure).filter(removal="").update(removal=Pack.Removal.WITHHELD, version=F("version") + 1)
    changes = [audit.change("Places", "", len(chosen))]
    audit.record("erasure_asked", erasure, by=by, changes=changes, comment=str(erasure.get_ground_display()))
    for person in _deciders(by):
        actions.owe_mail(person, stage="erasure_asked", about=erasure, cycle=1, by=by)
    return erasure


def _deciders(asking: User) -> list[User]:
    """Who may decide what this person asks for."""
    roles = (RoleGrant.Role.COORDINATOR, RoleGrant.Role.ADMINISTRATOR)
    held = RoleGrant.objects.in_force(timezone.localdate()).filter(role__in=roles)
    return list(User.objects.active().filter(pk__in=held.values("user")).exclude(pk=asking.pk))


def _tells(words: Sequence[str], said: str) -> bool:
    return bool(words) and bool(spans.in_text(spans.pattern(words), said))


@transaction.atomic
def refuse(erasure: Erasure, *, because: str, version: int, by: User) -> Erasure:
    """Leave everything as it is, and hand it out again."""
    held = _hold(erasure, version, by)
    because = because.strip()
    if not because:
        raise ValidationError({"because": "Say why nothing is removed"})
    if _tells(choosing.words_of(held), because):
        raise ValidationError({"because": NOT_THE_WORDS})
    if ledger.holds(held):
        raise ValidationError(WAS_DECIDED)
    write(
        held,
        version=version,
        what=THIS,
        state=Erasure.State.REFUSED,
        refused_because=because,
        decided_by=by,
        decided_at=timezone.now(),
    )
    others = Erasure.objects.asked().exclude(pk=held.pk)
    still = choosing.packs_of(ErasedPlace.objects.filter(erasure__in=others))
    withheld = choosing.packs(held).filter(removal=Pack.Removal.WITHHELD).exclude(pk__in=still)
    withheld.update(removal="", version=F("version") + 1)
    audit.record("erasure_refused", held, by=by, comment=because)
    return held


@transaction.atomic
def carry_out(erasure: Erasure, *, version: int, by: User) -> Erasure:
    """Remove what was asked for, all of it or nothing. Refused where a text has changed since, or a pack that holds the words is new or being built."""
    held = _hold(erasure, version, by)
    _refuse_while_building()
    _refuse_new_packs(held)
    try:
        with transaction.atomic():
            cutting.apply(held.places.filter(file=""), erasing=held.key, otherwise=_refuse_changed)
    except IntegrityError as error:
        raise ValidationError("The database refuses to hold what would remain. Nothing was removed.") from error
    now = timezone.now()
    write(held, version=version, what=THIS, state=Erasure.State.DONE, decided_by=by, decided_at=now)
    _mark_erased(held, now)
    changes = [audit.change("Places", "", held.places.count())]
    audit.record("erasure_done", held, by=by, changes=changes, comment=str(held.get_ground_display()))
    transaction.on_commit(partial(_after, held.pk))
    # Last of all: what stands in the ledger has been removed, and nothing is removed that does not stand there.
    try:
        ledger.write(ledger.entry(held))
    except ledger.NotWritten as error:
        raise ValidationError(NOT_KEPT) from error
    return held


def _hold(erasure: Erasure, version: int, by: User) -> Erasure:
    held = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if held.state != Erasure.State.ASKED:
        raise ValidationError("Somebody else has decided on this removal already.")
    if held.asked_by_id == by.pk:
        raise ValidationError("You asked for this removal, so somebody else decides on it.")
    if held.version != version:
        raise Stale(THIS)
    return held


def _refuse_while_building() -> None:
    """A build that has read the words would bring them back: none is under way, and with the plans held none is begun. See also `builds.packs`."""
    list(Plan.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    for pack in Pack.objects.unfinished().select_for_update(no_key=True).defer("snapshot", "imprint"):
        raise ValidationError(f"{pack} is being built and may hold the words. Decide when it has ended.")


def _refuse_new_packs(held: Erasure) -> None:
    new = Pack.objects.filter(ended_at__gte=held.asked_at, job_state=Pack.JobState.READY)
    known = choosing.packs_of(held.places.all())
    rows = {str(pk) for pk in new.exclude(pk__in=known).values_list("pk", flat=True)}
    if rows and any(place.model == choosing.PACK and place.row in rows for place in choosing.elsewhere(held)):
        raise ValidationError(
            "A pack that was built since this was asked holds the same words. Refuse this removal, and have it asked for anew."
        )


def _refuse_changed(place: Cut, standing: str) -> None:
    raise ValidationError(
        f"{place.label} has changed since this was asked for. Refuse this removal, and have it asked for anew."
    )


def _mark_erased(erasure: Erasure, at: dt.datetime) -> None:
    choosing.packs(erasure).update(
        removal=Pack.Removal.ERASED, removed_at=at, removed_on_ground=erasure.ground, version=F("version") + 1
    )
    _forget_names_of_files(erasure)


def _forget_names_of_files(erasure: Erasure) -> None:
    """Uploads and batches say by an empty name that their file is gone; packs and papers keep the name of what they were."""
    for place in erasure.places.exclude(file=""):
        field = files.file_field(place.model, place.field)
        if field.blank and place.model != choosing.PACK:
            rewrite(field.model, place.row, erasing=str(erasure.key), **{place.field: ""})


def _after(pk: int) -> None:
    """Once it is certain: the bytes go, and so does every page that was kept ready. What is out of reach now is swept later."""
    remove_files(Erasure.objects.get(pk=pk))
    cache.clear()


def remove_files(erasure: Erasure) -> list[str]:
    """Remove the stored files of a removal that was carried out, where they are still there; labels of those that could not be."""
    return [place.label for place in erasure.places.exclude(file="") if not files.remove(place.file, place.checksum)]


@transaction.atomic
def sweep_files(*, by: User | None) -> int:
    """Try again what the storage did not give up, and what came back with a restored folder. How many are still there.

    For a day the pages that are kept ready are forgotten as well: none is kept for longer, and the cache may have been away.
    """
    if Erasure.objects.done().filter(decided_at__gte=timezone.now() - KEPT_READY).exists():
        cache.clear()
    return sum(len(remove_files(erasure)) for erasure in Erasure.objects.done())


@transaction.atomic
def replay(entry: ledger.Entry, *, by: User | None) -> list[str]:
    """Carry a removal out again in a database that comes from before it. Labels of texts that it does not know as they were: somebody must look at those.

    In a database that knows it as carried out nothing is cut again; its files go where they are back.
    """
    erasure = Erasure.objects.select_for_update().filter(key=entry.key).first()
    if erasure is not None and erasure.state == Erasure.State.DONE:
        transaction.on_commit(partial(_after, erasure.pk))
        return []
    erasure = _brought_back(erasure, entry)
    unknown: list[str] = []
    texts = [place for place in entry.places if not place.file]

    def otherwise(place: Cut, standing: str) -> None:
        if standing != cutting.GONE:
            unknown.append(place.label)

    cutting.apply(texts, erasing=entry.key, otherwise=otherwise)
    _mark_erased(erasure, entry.decided_at)
    changes = [
        audit.change("Places", "", len(entry.places)),
        audit.change("To look at by hand", "", "; ".join(unknown)),
    ]
    audit.record("erasure_replayed", erasure, by=by, changes=changes, comment=str(erasure.get_ground_display()))
    transaction.on_commit(partial(_after, erasure.pk))
    return unknown


def _brought_back(erasure: Erasure | None, entry: ledger.Entry) -> Erasure:
    """The tombstone as the ledger tells it. People whom the backup does not know are left out."""
    known = set(User.objects.filter(pk__in=[entry.asked_by, entry.decided_by]).values_list("pk", flat=True))
    told = {
        "what": entry.what,
        "ground": entry.ground,
        "why": entry.why,
        "asked_by_id": entry.asked_by if entry.asked_by in known else None,
        "asked_at": entry.asked_at,
        "state": Erasure.State.DONE,
        "decided_by_id": entry.decided_by if entry.decided_by in known else None,
        "decided_at": entry.decided_at,
        "refused_because": "",
    }
    if erasure is None:
        erasure = Erasure.objects.create(key=entry.key, **told)
        ErasedPlace.objects.bulk_create(
            ErasedPlace(
                erasure=erasure, **{name: getattr(one, name) for name in ledger.EntryPlace.__dataclass_fields__}
            )
            for one in entry.places
        )
        return erasure
    Erasure.objects.filter(pk=erasure.pk).update(**told, version=F("version") + 1)
    erasure.refresh_from_db()
    return erasure
