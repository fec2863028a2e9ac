"""What is withheld while a removal from it is decided, and what was removed."""

from typing import Any

from accounts.models import ErasedPlace, Erasure

WITHHELD, ERASED = "withheld", "erased"


def of_file(model: str, row: Any) -> str:
    """Whether a file of this row is WITHHELD, ERASED, or neither ("")."""
    places = ErasedPlace.objects.filter(model=model, row=str(row)).exclude(file="")
    states = set(places.values_list("erasure__state", flat=True))
    if Erasure.State.DONE in states:
        return ERASED
    return WITHHELD if Erasure.State.ASKED in states else ""


def erased_files() -> set[str]:
    """Names in storage of every file that went with a removal; rows of packs and papers go on naming them."""
    gone = ErasedPlace.objects.filter(erasure__state=Erasure.State.DONE).exclude(file="")
    return set(gone.values_list("file", flat=True))
