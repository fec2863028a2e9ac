"""What the pages of removals show."""

from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from accounts.erasing import fields, places, spans
from accounts.erasing.places import Place
from accounts.models import ErasedPlace, Erasure, User
from lib.govuk import Row
from lib.written import moment
from reporting.erasing import choosing

State = Erasure.State
ONCE = "Once"


@dataclass(frozen=True)
class Found:
    """A place to choose: `times` says how often the words stand there, or that it is a file."""

    key: str
    label: str
    times: str


def found(listed: list[Place]) -> list[Found]:
    named = choosing.labels(listed)
    return [Found(one.key, named[one.key], times(len(one.spans))) for one in listed]


def times(count: int) -> str:
    if not count:
        return "The whole file"
    return ONCE if count == 1 else f"{count} times"


def counted(listed: list[Place]) -> str:
    """ "12 places: 8 audit events, 4 packs"; what there are most of first."""
    kinds = Counter(one.model for one in listed).most_common()
    words = [f"{count} in {fields.called(model, many=True)}" for model, count in kinds]
    return f"{len(listed)} place{'' if len(listed) == 1 else 's'}: {', '.join(words)}."


@dataclass(frozen=True)
class Line:
    """`around`: each piece with what stands before and after it; empty for who may not read the record, and once it is gone."""

    label: str
    times: str
    checksum: str
    around: tuple[tuple[str, str, str], ...]
    note: str


@dataclass(frozen=True)
class ErasurePage:
    said: str
    facts: tuple[Row, ...]
    lines: tuple[Line, ...]
    elsewhere: tuple[Found, ...]
    may_decide: bool
    why_not: str  # for who asked it
    shows_checksums: bool


def erasure_page(erasure: Erasure, reader: User) -> ErasurePage:
    is_open = erasure.state == State.ASKED
    is_own = erasure.asked_by_id == reader.pk
    decides = is_open and not is_own and reader.has_perm("accounts.decide_erasure", erasure)
    reads = is_open and reader.has_perm("accounts.read_around_erasure", erasure)
    return ErasurePage(
        said=_said(erasure),
        facts=tuple(_facts(erasure)),
        lines=tuple(_line(place, reads, is_open, erasure) for place in erasure.places.all()),
        elsewhere=tuple(found(_elsewhere(erasure))) if decides else (),
        may_decide=decides,
        why_not="You asked for this, so another administrator or a coordinator decides." if is_open and is_own else "",
        shows_checksums=not is_open,
    )


def _elsewhere(erasure: Erasure) -> list[Place]:
    try:
        return choosing.elsewhere(erasure)
    except ValidationError:
        return []  # in more places than can be shown


def _said(erasure: Erasure) -> str:
    if erasure.state == State.DONE:
        return f"Removed on {moment(erasure.decided_at)}. What remains is this page."
    if erasure.state == State.REFUSED:
        return f"Not removed: {erasure.refused_because}"
    return "To be decided by another person than who asked. Until then no file that it concerns is handed out."


def _facts(erasure: Erasure) -> list[Row]:
    rows = [
        Row("What it is", erasure.what),
        Row("Ground", str(erasure.get_ground_display())),
        Row("Why", erasure.why),
        Row("Asked for", f"{moment(erasure.asked_at)}, by {_who(erasure.asked_by)}"),
    ]
    if erasure.state != State.ASKED:
        rows.append(Row("Decided", f"{moment(erasure.decided_at)}, by {_who(erasure.decided_by)}"))
    return rows


def _who(person: User | None) -> str:
    return person.label if person else "somebody whom the backup did not know"


def _line(place: ErasedPlace, reads: bool, is_open: bool, erasure: Erasure) -> Line:
    told = places.text_of(place.model, place.row, place.field) if reads and not place.file else None
    stands = told is not None and fields.matches(told, place.checksum)
    return Line(
        label=place.label,
        times=times(0 if place.file else len(place.spans)),
        checksum=" ".join(place.checksum[start : start + 4] for start in range(0, 64, 4)),
        around=tuple(spans.around(told, place.spans)) if told is not None and stands else (),
        note=_note(place, is_open, erasure, changed=told is not None and not stands),
    )


def _note(place: ErasedPlace, is_open: bool, erasure: Erasure, *, changed: bool) -> str:
    if changed and is_open:
        return "Changed since this was asked for"
    if erasure.state == State.DONE and place.file and default_storage.exists(place.file):
        return "Still stored: it is tried again every hour"
    return ""
