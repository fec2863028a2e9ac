"""Rankings and answers as bars, for the page and for paper. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from consultation.results import ALL_POINTS, Placed, Way
from indicators import charts
from indicators.charts import NARROW, PACK, WIDE, Bar, BarChart, Size
from lib.numerals import figure
from reporting.told import wording
from reporting.told.answers import Answer, Asked
from reporting.told.ranking import Ranking

MOST = 10  # bars of a ranking; its table has them all
ON_PAPER = Decimal(510)  # points: the width of the text
IN_THIRDS = Decimal(159)


@dataclass(frozen=True)
class Drawn:
    """One ranking or question. `wide` is the page's, `narrow` a phone's."""

    title: str
    wide: BarChart
    narrow: BarChart


def rankings(ranking: Ranking) -> tuple[Drawn, ...]:
    """One chart for each way; where there are three they stand side by side, each as wide as a phone."""
    alone = len(ranking.ways) == 1
    return tuple(
        Drawn(
            way.title,
            _ranking(ranking, way, order, WIDE if alone else NARROW, f"told-{way.key}"),
            _ranking(ranking, way, order, NARROW, f"told-{way.key}-narrow"),
        )
        for way, order in zip(ranking.ways, ranking.orders, strict=True)
    )


def rankings_on_paper(ranking: Ranking) -> tuple[tuple[str, BarChart], ...]:
    width = ON_PAPER if len(ranking.ways) == 1 else IN_THIRDS
    return tuple(
        (way.title, _ranking(ranking, way, order, PACK, f"told-{way.key}", width))
        for way, order in zip(ranking.ways, ranking.orders, strict=True)
    )


def answers(asked: Asked) -> Drawn:
    return Drawn(
        asked.text, _answers(asked, WIDE, f"told-{asked.key}"), _answers(asked, NARROW, f"told-{asked.key}-narrow")
    )


def answers_on_paper(asked: Asked) -> BarChart:
    return _answers(asked, PACK, f"told-{asked.key}", ON_PAPER)


def _ranking(
    ranking: Ranking, way: Way, order: tuple[Placed, ...], size: Size, id: str, width: Decimal | None = None
) -> BarChart:
    shown = order[:MOST]
    most = f", the first {MOST}" if len(order) > MOST else ""
    bars = [
        Bar(
            label=one.concern.text,
            value=Decimal(one.count),
            words=_number(one.count, ranking.base, way),
            is_strong=one.place == 1,
        )
        for one in shown
    ]
    return charts.bars(f"{way.title}{most}", bars, size=size, id=id, width=width, has_names_above=_is_slim(size, width))


def _number(count: int, base: int, way: Way) -> str:
    return figure(count) if way is ALL_POINTS else f"{figure(count)} ({wording.share(count, base)})"


def _answers(asked: Asked, size: Size, id: str, width: Decimal | None = None) -> BarChart:
    most = max((one.count or 0 for one in asked.answers if not one.is_dont_know), default=0)
    bars = [
        Bar(
            label=one.text,
            value=None if one.count is None else Decimal(one.count),
            words=_said(one),
            is_strong=bool(one.count) and one.count == most and not one.is_dont_know,
        )
        for one in asked.answers
    ]
    return charts.bars(asked.text, bars, size=size, id=id, width=width, has_names_above=_is_slim(size, width))


def _is_slim(size: Size, width: Decimal | None) -> bool:
    """Whether names of concerns have no room beside their bars."""
    return size is NARROW or width == IN_THIRDS


def _said(one: Answer) -> str:
    return f"{one.number} ({one.share})" if one.share else one.number
