"""The figures that wait to be verified, each with its neighbours and what makes one look twice."""

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace

from accounts.models import User
from indicators import eyes, placing, wording
from indicators.models import Figure, Indicator, Return
from lib.quarters import Quarter


@dataclass(frozen=True)
class ToVerify:
    """A figure that waits, with its neighbours. `refusal` says who may verify it when the reader may not."""

    return_: Return
    label: str
    reference: str
    figure: str
    last: str
    last_difference: str
    year_ago: str
    year_ago_difference: str
    worth_a_look: str
    sent_by: str
    sent_on: dt.datetime
    refusal: str
    box: str = ""  # the id of its checkbox; the first on the page is where an error leads


def row(
    return_: Return,
    places: placing.Places,
    figure: Figure,
    earlier: dict[Quarter, Figure],
    verifiers: eyes.Verifiers,
    user: User,
) -> ToVerify:
    quarter = return_.round.quarter
    last, year_ago = earlier.get(quarter.previous), earlier.get(quarter.year_ago)
    return ToVerify(
        return_=return_,
        label=places.label(return_.indicator),
        reference=places.reference(return_.indicator) or return_.indicator.name,
        figure=wording.value(figure),
        last=wording.value(last),
        last_difference=wording.difference(figure, last),
        year_ago=wording.value(year_ago),
        year_ago_difference=wording.difference(figure, year_ago),
        worth_a_look=worth_a_look(figure, earlier, return_.indicator),
        sent_by=_sent_by(figure, user),
        sent_on=figure.recorded_at,
        refusal=verifiers.refusal(figure, user),
    )


def with_boxes(rows: Iterable[ToVerify]) -> tuple[ToVerify, ...]:
    """With the ids of their checkboxes, counted over those the reader may tick: an error leads to number 0."""
    numbers = itertools.count()
    return tuple(row if row.refusal else replace(row, box=f"id_verify_{next(numbers)}") for row in rows)


def worth_a_look(figure: Figure, earlier: dict[Quarter, Figure], indicator: Indicator) -> str:
    """Plain facts that make one look twice: provisional, restated, or beyond everything held before."""
    facts = []
    if figure.restates:
        facts.append(str(figure.get_restates_display()).split(":")[0])
    if figure.is_provisional:
        facts.append("Provisional")
    now = figure.numerator if indicator.is_count else wording.share(figure)
    known = [was.numerator if indicator.is_count else wording.share(was) for was in earlier.values()]
    before = [number for number in known if number is not None]
    if now is not None and len(before) >= 4:  # fewer say little
        if now < min(before):
            facts.append(f"Lowest since {min(earlier)}")
        elif now > max(before):
            facts.append(f"Highest since {min(earlier)}")
    return ". ".join(facts)


def _sent_by(figure: Figure, user: User) -> str:
    """ "Farida Begum", "You, for Tom Okafor"."""
    keyed = "You" if figure.recorded_by_id == user.pk else figure.recorded_by.name
    if figure.supplied_by_id == figure.recorded_by_id:
        return keyed
    return f"{keyed}, for {figure.supplied_by_name.split(',')[0]}"
