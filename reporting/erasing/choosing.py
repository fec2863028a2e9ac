"""What can be chosen for a removal, and what goes with what was chosen: the files of a pack with its texts, all of a person with their name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import Resolver404, resolve

from accounts.erasing import fields, files, places, spans
from accounts.erasing.places import Place
from accounts.models import ErasedPlace, Erasure, User
from reporting.models import Companion, Pack

PACK, COMPANION, PAPER = "reporting.pack", "reporting.companion", "governance.paper"
# Pages of records with files: the name of the address, what it is, and which part of the address is its number.
WITH_FILES = {
    "governance:paper-download": (PAPER, "paper"),
    "indicators:upload-detail": ("indicators.upload", "pk"),
    "reporting:pack-detail": (PACK, "pk"),
}
NO_ADDRESS = "This is no address of a meeting paper, an upload or a pack"
DRAWN_FROM = ("snapshot", "imprint")  # a pack's files are drawn from these
TOO_SHORT = f"Give words of at least {spans.SHORTEST} characters: shorter ones are everywhere"
TOO_MANY = f"These words stand in more than {places.MOST:,} places. Give longer ones"


def words(typed: str) -> list[str]:
    """One name, address or sentence per line. Raises ValidationError."""
    found = [" ".join(line.split()) for line in typed.splitlines() if line.strip()]
    if not found or any(len(re.sub(r"\W", "", one)) < spans.SHORTEST for one in found):
        raise ValidationError(TOO_SHORT)
    return list(dict.fromkeys(found))


def of_address(typed: str) -> str:
    """ "governance.paper:1" for the address of its download, as whoever sees it may have copied it. Raises ValidationError."""
    try:
        found = resolve(urlsplit(typed.strip()).path)
        model, number = WITH_FILES[found.view_name]
    except (Resolver404, KeyError, ValueError):
        raise ValidationError(NO_ADDRESS) from None
    return f"{model}:{found.kwargs[number]}"


@dataclass(frozen=True)
class Subject:
    """The one record whose file is to go: a pack, an upload, a paper. `of` is "reporting.pack:3"."""

    of: str

    @property
    def files(self) -> list[Place]:
        """Raises ValidationError where there is no such record, or none of its files is left."""
        found = self.there()
        if not found:
            raise ValidationError("There is no such file, or it is gone already.")
        return found

    def there(self) -> list[Place]:
        """The same, or nothing."""
        model, _, row = self.of.partition(":")
        held = [one for one in files.all_files() if one.model._meta.label_lower == model and row.isdecimal()]
        return [place for field in held for place in places.of_files(field, pk=row)]


def found(wanted: list[str], of: str = "") -> list[Place]:
    """Every place that may be chosen: the files of a record, and where the words stand. What a pack is drawn from stands for its files."""
    named = Subject(of).files if of else []
    try:
        hits = places.search(wanted) if wanted else []
    except places.TooMany:
        raise ValidationError(TOO_MANY) from None
    papers = {row for model, row, field in map(_where, hits) if model == PAPER}
    # Whose title or name holds the words, most likely holds them inside, where a PDF is not searched.
    named += [one for row in sorted(papers, key=int) for one in Subject(f"{PAPER}:{row}").there()]
    drawn = {row for model, row, field in map(_where, hits) if model == PACK and field in DRAWN_FROM}
    drawn |= {place.row for place in named if place.model == PACK}
    beside = set(Companion.objects.filter(pack__in=drawn).values_list("pk", flat=True))
    hits = [one for one in hits if not (one.model == COMPANION and int(one.row) in beside)]
    return list({place.key: place for place in [*named, *hits]}.values())


def _where(place: Place) -> tuple[str, str, str]:
    return place.model, place.row, place.field


def with_what_goes_along(chosen: list[Place]) -> list[Place]:
    """The chosen places with those that go with them. Raises ValidationError where somebody is still here."""
    known = {place.key: place for place in chosen}
    for place in [*_of_people(chosen), *_of_packs(chosen)]:
        known.setdefault(place.key, place)
    return list(known.values())


def _of_people(chosen: list[Place]) -> Iterator[Place]:
    rows = {place.row for place in chosen if place.model == fields.PERSON and place.field in fields.OF_PERSON}
    if here := User.objects.filter(pk__in=rows, is_active=True).first():
        raise ValidationError(
            f"Account {here.pk} is still open. Close it first, or leave it out: who works here is named on the record."
        )
    for row in sorted(rows, key=int):
        yield from filter(None, (places.whole(fields.PERSON, row, name) for name in fields.OF_PERSON))
        yield from _addresses(row)


def _addresses(row: str) -> Iterator[Place]:
    field = fields.text_field("account.emailaddress", "email")
    for pk in field.model._base_manager.filter(user_id=row).values_list("pk", flat=True):
        if place := places.whole("account.emailaddress", pk, "email"):
            yield place


def _of_packs(chosen: list[Place]) -> Iterator[Place]:
    """All files of a pack that a chosen text or file belongs to: none of them is the pack without the others."""
    rows = packs_of(chosen)
    yield from places.of_files(files.file_field(PACK, "pdf"), pk__in=rows)
    yield from places.of_files(files.file_field(COMPANION, "file"), pack__in=rows)


def packs_of(chosen: Iterable[Place | ErasedPlace]) -> set[int]:
    """The packs of which texts that are drawn, or files, are among these."""
    listed = list(chosen)
    own = {int(one.row) for one in listed if one.model == PACK and (one.file or one.field in DRAWN_FROM)}
    beside = [int(one.row) for one in listed if one.model == COMPANION]
    return own | set(Companion.objects.filter(pk__in=beside).values_list("pack", flat=True))


def packs(erasure: Erasure) -> QuerySet[Pack]:
    return Pack.objects.filter(pk__in=packs_of(erasure.places.all()))


def label(place: Place, named: dict[int, str], beside: dict[int, int]) -> str:
    """What people call a place. Of packs and their files the pack."""
    pack = int(place.row) if place.model == PACK else beside.get(int(place.row)) if place.model == COMPANION else None
    if pack is None or pack not in named:
        return place.label
    part = str(Pack._meta.get_field(place.field).verbose_name) if place.model == PACK else "file beside the PDF"
    return f"{named[pack]}: {'PDF' if part == 'pdf' else part}"[:250]


def labels(chosen: list[Place]) -> dict[str, str]:
    """The label of each place, by its key."""
    of_companions = [int(one.row) for one in chosen if one.model == COMPANION]
    beside = dict(Companion.objects.filter(pk__in=of_companions).values_list("pk", "pack"))
    rows = {int(one.row) for one in chosen if one.model == PACK} | set(beside.values())
    named = {pack.pk: str(pack) for pack in Pack.objects.filter(pk__in=rows).without_texts()}
    return {place.key: label(place, named, beside) for place in chosen}


# ---------------------------------------------------------------- the words of a removal, read again from where they still stand


def words_of(erasure: Erasure) -> list[str]:
    """What is to be cut, as it still stands: nowhere else is it kept. Empty once it is cut."""
    told: dict[str, None] = {}
    for place in erasure.places.filter(file="").exclude(model=fields.PERSON):
        text = places.text_of(place.model, place.row, place.field)
        if text is not None and fields.matches(text, place.checksum):
            told |= {_read(text[start : start + length]): None for start, length in place.spans}
    return [one for one in told if len(one) >= spans.SHORTEST]


def _read(written: str) -> str:
    """A piece of text that may be a piece of JSON."""
    return " ".join(re.sub(r"\\[nrt]", " ", written).split())


def elsewhere(erasure: Erasure) -> list[Place]:
    """Where the same words stand beside the places that were chosen, as it is now."""
    wanted = words_of(erasure)
    if not wanted:
        return []
    chosen = {f"{one.model}:{one.row}:{one.field}" for one in erasure.places.all()}
    return [place for place in found(wanted) if place.key not in chosen]
