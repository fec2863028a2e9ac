"""What of a file is worth a look: figures so unlike what is held that whoever gave them on the form would have been asked about them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from indicators import over_time, plausible
from indicators.aggregate import Numbers
from indicators.models import Indicator
from indicators.uploads.comparing import ORDER, Comparison, Line
from lib.quarters import Quarter
from lib.written import capitalised


def questioned(comparison: Comparison) -> Comparison:
    """The same, with a remark on each line whose figure is unlike what is held; these first among their like. Five queries at most."""
    asked = [line for line in comparison.changing if line.offer and line.held and not line.offer.missing_reason]
    remarks = _remarks(asked)
    if not remarks:
        return comparison
    lines = [replace(line, worth=remarks[id(line)]) if id(line) in remarks else line for line in comparison.lines]
    lines.sort(key=lambda line: (ORDER.index(line.kind), not line.worth))
    return Comparison(tuple(lines))


def _remarks(lines: Sequence[Line]) -> dict[int, str]:
    """By the identity of the line."""
    indicators = _indicators(lines)
    if not indicators:
        return {}
    figures, bases = over_time.verified(list(indicators.values())), over_time.bases(list(indicators.values()))
    # Of the quarter asked about and later ones nothing is read, so that one series does for all quarters of an indicator.
    last = _last(lines)
    series = {
        pk: over_time.series(indicator, bases[pk], last[pk], figures=figures.get(pk, {}), states={})
        for pk, indicator in indicators.items()
    }
    found = {}
    for line in lines:
        offer, held = line.offer, line.held
        assert offer and held
        said = plausible.remark(
            series[offer.indicator_id],
            offer.quarter,
            Numbers(offer.numerator, offer.denominator, offer.stated_percentage),
            replaced=over_time.numbers(held.shown) if held.shown else None,
            base_name=capitalised(indicators[offer.indicator_id].unit_of_base),
        )
        if said:
            found[id(line)] = said
    return found


def _indicators(lines: Iterable[Line]) -> Mapping[int, Indicator]:
    return {line.offer.indicator_id: line.held.return_.indicator for line in lines if line.offer and line.held}


def _last(lines: Iterable[Line]) -> dict[int, Quarter]:
    last: dict[int, Quarter] = {}
    for line in lines:
        if line.offer:
            pk, quarter = line.offer.indicator_id, line.offer.quarter
            last[pk] = max(quarter, last.get(pk, quarter))
    return last
