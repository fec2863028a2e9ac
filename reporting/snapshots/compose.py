"""From what was read to what is shown: cells, words, years to date. No queries here."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from indicators import explanation, over_time
from indicators.aggregate import due, year_to_date
from indicators.models import Baseline, Commentary, Definition, Figure, Lead, Placement, Return, SendBack
from indicators.over_time import Basis
from indicators.restating import steps
from lib.quarters import Quarter
from reporting.snapshots.assessing import assessed, nothing, numbers, of_numbers
from reporting.snapshots.restated import Given, known
from reporting.snapshots.shape import Cell, IndicatorPart, ToDate, Value, Words


@dataclass(frozen=True)
class Known:
    """A figure as the moment of the snapshot knows it: verified by then, or sent back by then (the last comment), or neither."""

    figure: Figure
    is_verified: bool
    sent_back: SendBack | None


@dataclass(frozen=True)
class Gathered:
    """A return with what belongs to it: its figures, oldest first, and its commentary."""

    return_: Return
    figures: tuple[Known, ...]
    commentary: Commentary | None
    is_missing: bool  # said by the moment of the snapshot

    @property
    def verified(self) -> list[Figure]:
        return [known.figure for known in self.figures if known.is_verified]


@dataclass(frozen=True)
class Sources:
    """What one indicator's part is made from."""

    placement: Placement
    returns: Mapping[Quarter, Gathered]
    older: Mapping[Quarter, Cell]  # quarters before those shown in full
    definition: Definition | None
    basis: Basis
    baselines: Sequence[Baseline]
    leads: Sequence[Lead]


def part(sources: Sources, quarter: Quarter, as_at: dt.datetime) -> IndicatorPart:
    """One indicator in this quarter. Its returns hold no later quarters."""
    placement, indicator = sources.placement, sources.placement.indicator
    definition = sources.definition
    last_year, this_year = quarter.year.previous.quarters, quarter.year.quarters
    cells = {shown: cell(shown, sources.returns.get(shown)) for shown in (*last_year, *this_year)}
    owner = indicator.owner.name_on(quarter.end)
    found, said = assessed(indicator, {**sources.older, **cells}, sources.basis, quarter)
    frequency = str(indicator.frequency)
    so_far = due(frequency, [shown for shown in this_year if shown <= quarter])
    compared = [shown.year_ago for shown in so_far if cells[shown].state == "verified"]
    mode = str(indicator.year_to_date)
    return IndicatorPart(
        slug=indicator.slug,
        reference=placement.reference,
        name=indicator.name,
        short_name=placement.short_name,
        family=str(indicator.family),
        frequency=frequency,
        measure=str(indicator.measure),
        polarity=str(indicator.polarity),
        polarity_words=indicator.get_polarity_display(),
        unit=indicator.unit,
        unit_of_base=indicator.unit_of_base,
        owner=owner,
        data_leads=tuple(lead.user.name for lead in _with(sources.leads, Lead.Duty.DATA)),
        is_restricted=indicator.is_restricted,
        has_small_numbers=indicator.has_small_numbers,
        definition=definition.text if definition else "",
        source=definition.source if definition else "",
        method=definition.method if definition else "",
        known_limits=definition.known_limits if definition else "",
        areas=definition.areas if definition else "",
        this=cells[quarter],
        last=cells[quarter.previous],
        year_ago=cells[quarter.year_ago],
        history=tuple(cells.values()),
        year_to_date=to_date(mode, so_far, cells, until=quarter),
        last_year_to_date=to_date(
            mode, compared or [shown.year_ago for shown in so_far], cells, until=quarter.year_ago
        ),
        last_year=to_date(mode, due(frequency, last_year), cells, until=last_year[-1]),
        baselines=tuple((str(baseline.year), baseline.number, baseline.source) for baseline in sources.baselines),
        words=words(
            sources.returns.get(quarter), _with(sources.leads, Lead.Duty.COMMENTARY), owner, as_at, asks=found.asks
        ),
        **said,
    )


def _with(leads: Iterable[Lead], duty: str) -> list[Lead]:
    return [lead for lead in leads if lead.duty == duty]


# ---------------------------------------------------------------- figures


def value(figure: Figure) -> Value:
    return of_numbers(over_time.numbers(figure))


def cell(quarter: Quarter, gathered: Gathered | None) -> Cell:
    """One quarter of one indicator; None when no return was asked for."""
    if gathered is None:
        return _cell(quarter, "not_collected")
    return_, verified = gathered.return_, gathered.verified
    latest = gathered.figures[-1] if gathered.figures else None
    if verified:
        replaced = steps([known(quarter, figure) for figure in verified])
        newer = latest is not None and not latest.is_verified and latest.sent_back is None
        return _cell(
            quarter,
            "verified",
            figure=verified[-1],
            was=of_numbers(replaced[-1][0].numbers) if replaced else None,
            note="A newer figure is not yet verified" if newer else "",
        )
    if gathered.is_missing:
        return _cell(
            quarter,
            "missing",
            reason=return_.get_missing_reason_display(),
            note=return_.missing_note,
            expected_on=return_.expected_on,
        )
    if latest is None:
        return _cell(quarter, "awaited")
    if latest.sent_back is None:
        return _cell(quarter, "unverified", figure=latest.figure)
    return _cell(quarter, "awaited", reason="Sent back", expected_on=latest.sent_back.due_again_on)


def older_cell(quarter: Quarter, given: Sequence[Given]) -> Cell:
    """A quarter before those shown in full, from its verified figures in the order of their recording; missing without any."""
    if not given:
        return nothing(quarter, "missing")
    replaced = steps(given)
    was = of_numbers(replaced[-1][0].numbers) if replaced else None
    return Cell(quarter, "verified", of_numbers(given[-1].numbers), given[-1].is_provisional, was, "", "", None)


def _cell(
    quarter: Quarter,
    state: str,
    *,
    figure: Figure | None = None,
    was: Value | None = None,
    reason: str = "",
    note: str = "",
    expected_on: dt.date | None = None,
) -> Cell:
    return Cell(
        quarter=quarter,
        state=state,
        value=value(figure) if figure else None,
        is_provisional=figure.is_provisional if figure else False,
        was=was,
        reason=reason,
        note=note,
        expected_on=expected_on,
    )


# ---------------------------------------------------------------- the year


def to_date(mode: str, quarters: Sequence[Quarter], cells: Mapping[Quarter, Cell], *, until: Quarter) -> ToDate:
    """Verified figures of `quarters` as one; `through` is said when that is not `until`."""
    figures = {quarter: numbers(cells[quarter].value) for quarter in quarters if cells[quarter].state == "verified"}
    so_far = year_to_date(mode, quarters, {quarter: known for quarter, known in figures.items() if known})
    whole = so_far.numbers
    return ToDate(
        mode=mode,
        value=of_numbers(whole) if whole else None,
        through=None if so_far.through == until else so_far.through,
        is_complete=so_far.is_complete,
        missing=so_far.missing,
    )


# ---------------------------------------------------------------- words


def words(
    gathered: Gathered | None, leads: Sequence[Lead], owner: str, as_at: dt.datetime, *, asks: tuple[str, ...]
) -> Words | None:
    """The commentary as sent by `as_at`, or who owes it, or more of it than was sent; None when none was asked for."""
    commentary = gathered.commentary if gathered else None
    if commentary is None:
        return None
    author: User | None = commentary.written_by  # credited, whoever keyed it
    owed_by = " and ".join(lead.user.label for lead in leads) or owner
    is_sent = commentary.status == Commentary.Status.SENT and commentary.sent_at and commentary.sent_at <= as_at
    if not is_sent or author is None:
        if commentary.due_on is None:
            return None
        return Words("owed", "", "", "", "", None, asks, "", None, commentary.due_on, owed_by)
    said = {name: getattr(commentary, name) for name in explanation.IN_FULL}
    missing = explanation.lacking(asks, said) if commentary.due_on else ()
    return Words(
        state="incomplete" if missing else "sent",
        **said,
        lacking=missing,
        by=author.label,
        sent_on=timezone.localdate(commentary.sent_at),
        due_on=commentary.due_on,
        owed_by=owed_by if missing else "",
    )
