"""Where words stand on the whole record, as places that can be chosen one by one: texts of fields, and stored files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from accounts.erasing import fields, files, spans
from accounts.erasing.spans import Span

MOST = 2_000  # places that can be chosen at once


class TooMany(Exception):
    """The words stand in more places than anybody can look through."""


@dataclass(frozen=True)
class Place:
    """`model`, `row` and `field` say where; `spans` are empty of a file, whose name in the storage is `file`."""

    model: str
    row: str
    field: str
    spans: tuple[Span, ...] = ()
    file: str = ""
    checksum: str = ""
    checksum_after: str = ""

    @property
    def key(self) -> str:
        """The value of its box in a form."""
        return f"{self.model}:{self.row}:{self.field}"

    @property
    def is_file(self) -> bool:
        return bool(self.file)

    @property
    def kind(self) -> str:
        """ "Audit event", "Account": what the row is."""
        words = fields.called(self.model)
        return words[:1].upper() + words[1:]

    @property
    def label(self) -> str:
        """ "Audit event 12, comment". It holds nothing that somebody typed."""
        name = apps.get_model(self.model)._meta.get_field(self.field).verbose_name
        return f"{self.kind} {self.row}, {name}"


def search(words: list[str]) -> list[Place]:
    """Every place in which one of the words stands, in the order of the models. Raises TooMany."""
    wanted, found = spans.pattern(words), []
    for place in _every(wanted):
        found.append(place)
        if len(found) > MOST:
            raise TooMany
    return found


def _every(wanted: Any) -> Iterator[Place]:
    for model, some in fields.texts().items():
        rows = models.QuerySet(model).order_by("pk").values_list("pk", *(field.name for field in some))
        for pk, *held in rows.iterator(chunk_size=500):
            for field, value in zip(some, held, strict=True):
                told = fields.text(field, value)
                if cut := fields.find(field, wanted, told):
                    yield in_text(field, pk, told, cut)
    for field in files.all_files():
        yield from (place for place in of_files(field) if holds(place, wanted))


def in_text(field: models.Field, pk: Any, told: str, cut: Iterable[Iterable[int]]) -> Place:
    """A place in a field whose text is `told`."""
    listed = [list(one) for one in cut]
    return Place(
        model=field.model._meta.label_lower,
        row=str(pk),
        field=field.name,
        spans=tuple((one[0], one[1]) for one in listed),
        checksum=fields.checksum(told),
        checksum_after=fields.checksum(fields.rest(field, pk, told, listed)),
    )


def whole(label: str, pk: Any, name: str) -> Place | None:
    """All of one field of one row; None where it is empty."""
    field = fields.text_field(label, name)
    told = fields.text(field, models.QuerySet(field.model).values_list(name, flat=True).get(pk=pk))
    return in_text(field, pk, told, [(0, len(told))]) if told else None


def of_files(field: models.FileField, **of: Any) -> Iterator[Place]:
    """The files that this field names and that are there."""
    rows = models.QuerySet(field.model).filter(**of).exclude(**{field.name: ""}).order_by("pk")
    for pk, name in rows.values_list("pk", field.name):
        content = files.read(name)
        if content is not None:
            yield Place(field.model._meta.label_lower, str(pk), field.name, file=name, checksum=files.sha256(content))


def holds(place: Place, wanted: Any) -> bool:
    """Whether the words stand in a stored file. Not known of a PDF: those are chosen by what they are drawn from."""
    content = files.read(place.file)
    if content is None:
        return False
    try:
        return any(wanted.search(told) for told in files.texts(content))
    except files.Unreadable:
        return False


def text_of(model: str, row: str, name: str) -> str | None:
    """The present text of a place; None where its row, or the field, is no longer there."""
    try:
        field = fields.text_field(model, name)
        held = models.QuerySet(field.model).filter(pk=row).values_list(name, flat=True).first()
    except (LookupError, StopIteration, ValueError):
        return None
    return None if held is None else fields.text(field, held)
