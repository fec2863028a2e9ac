"""Names that Excel takes for a sheet."""

import re
from collections.abc import Sequence

MOST = 31
_FORBIDDEN = re.compile(r"[\\/*?:\[\]\x00-\x1f]")


def sheet_names(*groups: Sequence[str]) -> list[str]:
    """The names in order, each fit for a sheet and different from the rest: "Round: Q4" -> "Round Q4"; twice -> "Round Q4 (2)"."""
    made: list[str] = []
    for wanted in (name for group in groups for name in group):
        name = " ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("' ")[:MOST].strip("' ") or "Sheet"
        if name.lower() == "history":  # Excel keeps that one for itself
            name = "History of figures"
        number = 1
        fit = name
        while fit.lower() in {other.lower() for other in made}:
            number += 1
            ending = f" ({number})"
            fit = name[: MOST - len(ending)] + ending
        made.append(fit)
    return made
