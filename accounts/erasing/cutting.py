"""Changing the rows of a removal. The one place that goes through the door in `lib.append_only`."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.db import connection, models
from django.db.models import F

from accounts.erasing import fields
from accounts.models import Session
from lib.append_only import rewrite
from lib.editing import Versioned


class Cut(Protocol):
    """An `ErasedPlace`, or a row of the ledger."""

    @property
    def model(self) -> str: ...
    @property
    def row(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def spans(self) -> Any: ...
    @property
    def checksum(self) -> str: ...
    @property
    def checksum_after(self) -> str: ...


GONE, CHANGED, AS_BEFORE, DONE = "gone", "changed", "as before", "done"


def standing(place: Cut) -> str:
    """What became of a text since its removal was asked for: AS_BEFORE, CHANGED, DONE (it reads as it does after the removal) or GONE. Its row is held."""
    told = _held(place)
    if told is None:
        return GONE
    if fields.matches(told, place.checksum_after):
        return DONE
    # Of a person everything goes, whatever stands there.
    return AS_BEFORE if fields.matches(told, place.checksum) or _is_of_person(place) else CHANGED


def cut(place: Cut, *, erasing: uuid.UUID) -> None:
    """Take the spans out of a text that stands as before."""
    field = fields.text_field(place.model, place.field)
    told = _held(place) or ""
    values: dict[str, Any] = {
        place.field: fields.value(field, fields.rest(field, place.row, told, [list(one) for one in place.spans]))
    }
    if issubclass(field.model, Versioned):
        values["version"] = F("version") + 1  # whoever has it open is told that it moved on
    rewrite(field.model, place.row, erasing=str(erasing), **values)


def _held(place: Cut) -> str | None:
    try:
        field = fields.text_field(place.model, place.field)
    except (LookupError, StopIteration):
        return None
    rows = models.QuerySet(field.model).filter(pk=place.row)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    held = rows.values_list(place.field).first()
    return None if held is None else fields.text(field, held[0])


def _is_of_person(place: Cut) -> bool:
    return place.model == fields.PERSON and place.field in fields.OF_PERSON


def forget_sessions(people: Iterable[str]) -> None:
    """End the sessions of these people (ids): they hold the address that was signed in with."""
    Session.objects.filter(person__in=set(people)).delete()


def apply(places: Iterable[Cut], *, erasing: uuid.UUID, otherwise: Callable[[Cut, str], None]) -> None:
    """Cut every text that stands as before; `otherwise(place, standing)` is told of each that does not."""
    people = set()
    for place in places:
        found = standing(place)
        if found == AS_BEFORE:
            cut(place, erasing=erasing)
        elif found != DONE:
            otherwise(place, found)
        if _is_of_person(place):
            people.add(place.row)
    forget_sessions(people)
