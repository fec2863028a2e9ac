"""The figures that wait to be verified, each with its neighbours and what makes one look twice."""

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from accounts.models import User
from indicators import eyes, over_time, placing, plausible, wording
from indicators.models import Figure, Indicator, Return, Revision
from indicators.over_time import Basis
from lib.quarters import Quarter
from lib.written import capitalised


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
    revision: Revision | None  # with which it is verified as a whole, so not here
    confirmation: str  # what its supplier said of it, or was asked; empty when nobody was asked
    box: str = ""  # the id of its checkbox; the first on the page is where an error leads

    @property
    def is_tickable(self) -> bool:
        return not self.refusal and self.revision is None


def row(
    return_: Return,
    places: placing.Places,
    figures: Sequence[Figure],
    earlier: Mapping[Quarter, Figure],
    basis: Basis,
    verifiers: eyes.Verifiers,
    confirmations: Mapping[int, str],
    user: User,
    revisions: Mapping[int, Revision],
) -> ToVerify:
    """`figures`: those of the return, oldest first; the last one waits. `earlier`: the verified ones of earlier quarters. `revisions`: those
    that are verified as a whole, by id."""
    quarter, figure = return_.round.quarter, figures[-1]
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
        worth_a_look=worth_a_look(figure, earlier, return_.indicator, _unlike(return_, figures, earlier, basis)),
        sent_by=_sent_by(figure, user),
        sent_on=figure.recorded_at,
        refusal=verifiers.refusal(figure, user),
        revision=revisions.get(figure.revision_id) if figure.revision_id else None,
        confirmation=confirmations.get(figure.pk, ""),
    )


def _unlike(return_: Return, figures: Sequence[Figure], earlier: Mapping[Quarter, Figure], basis: Basis) -> str:
    """ "Three times last quarter’s 640": what its sender was asked about it; empty where it is like what is held."""
    quarter, indicator = return_.round.quarter, return_.indicator
    held = {of: over_time.numbers(figure) for of, figure in earlier.items()}
    shown = [figure for figure in figures if hasattr(figure, "verification")]
    return plausible.remark(
        over_time.series(indicator, basis, quarter, figures=held, states={}),
        quarter,
        over_time.numbers(figures[-1]),
        replaced=over_time.numbers(shown[-1]) if shown else None,
        base_name=capitalised(indicator.unit_of_base),
    )


def with_boxes(rows: Iterable[ToVerify]) -> tuple[ToVerify, ...]:
    """With the ids of their checkboxes, counted over those the reader may tick: an error leads to number 0."""
    numbers = itertools.count()
    return tuple(replace(row, box=f"id_verify_{next(numbers)}") if row.is_tickable else row for row in rows)


def worth_a_look(figure: Figure, earlier: Mapping[Quarter, Figure], indicator: Indicator, unlike: str = "") -> str:
    """Plain facts that make one look twice: restated, provisional, `unlike` what is held, or beyond everything held before."""
    facts = []
    if figure.restates:
        facts.append(str(figure.get_restates_display()).split(":")[0])
    if figure.is_provisional:
        facts.append("Provisional")
    if unlike:
        facts.append(unlike)
    now = wording.share(figure) if indicator.is_share else figure.numerator
    known = [wording.share(was) if indicator.is_share else was.numerator for was in earlier.values()]
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
