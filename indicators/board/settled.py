"""What is verified, with how its words stand."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from indicators import explaining, placing, wording
from indicators.doing import Doer
from indicators.explaining import Asked
from indicators.models import Figure, Return
from lib import written


@dataclass(frozen=True)
class Settled:
    return_: Return
    label: str
    reference: str
    figure: str
    verified_by: str
    verified_on: dt.datetime
    words: str


def row(
    return_: Return,
    places: placing.Places,
    figures: list[Figure],
    writers: list[Doer],
    outstanding: Mapping[int, Asked],
    on: dt.date,
) -> Settled:
    figure = next(figure for figure in reversed(figures) if hasattr(figure, "verification"))
    commentary = return_.commentary
    if commentary.pk in outstanding:
        words = explaining.OUTSTANDING
    elif not commentary.is_awaited:
        words = wording.words_state(commentary, on)
    else:
        owed_by = f" from {', '.join(person.name for person in writers)}" if writers else ", nobody leads it"
        words = f"Due {written.day_year(commentary.due_on)}{owed_by}"
    verification = figure.verification
    return Settled(
        return_=return_,
        label=places.label(return_.indicator),
        reference=places.reference(return_.indicator) or return_.indicator.name,
        figure=wording.value(figure),
        verified_by=verification.verified_by.name,
        verified_on=verification.verified_at,
        words=words,
    )
