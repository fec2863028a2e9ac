"""Lists whose entries keep their keys while their words change: concerns, and the answers of a question. Translations go by those keys."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ProtectedError
from django.utils.text import slugify

from consultation.models import Consultation, Translation

Entry = TypeVar("Entry", bound=models.Model)


def free_key(text: str, held: Iterable[str], *, longest: int, otherwise: str) -> str:
    """A key for a new entry: its words as an address has them, numbered where they are taken; `otherwise` where nothing of them is left."""
    taken = set(held)
    stem = slugify(text.replace("’", ""))[: longest - 4].strip("-") or otherwise
    if stem not in taken:
        return stem
    return next(key for number in range(2, len(taken) + 3) if (key := f"{stem}-{number}") not in taken)


def write_entries(kept: Sequence[Any], removed: Iterable[Any], added: Sequence[Any], *, names: Sequence[str]) -> None:
    """Bring a list to what it is now. Words may change places: each is put aside first, so that no two are ever the same."""
    for entry in removed:
        try:
            entry.delete()
        except ProtectedError:
            raise ValidationError(f"“{entry}” has been counted, so it stays on the list") from None
    for entry in kept:
        type(entry)._default_manager.filter(pk=entry.pk).update(text=f"({entry.pk})")
    for entry in kept:
        type(entry)._default_manager.filter(pk=entry.pk).update(**{name: getattr(entry, name) for name in names})
    if added:
        type(added[0])._default_manager.bulk_create(added)


def forget_translations(consultation: Consultation, of: Iterable[str]) -> None:
    """Of texts that are asked no more, so that a later text of the same key is not said in their words."""
    Translation.objects.filter(language__consultation=consultation, of__in=list(of)).delete()
