"""Periods for the tests of line charts, and what a chart covers."""

from collections.abc import Sequence
from decimal import Decimal

from indicators.charts import BLANK, KNOWN, MISSING, UNVERIFIED, LineChart, Period
from indicators.charts.lettering import Box, box
from indicators.charts.points import Place, Text


def quarters(values: Sequence, *, start: int = 2016, targets: Sequence = (), **more: dict) -> list[Period]:
    """Numbers are known, ("?", 5) is not yet verified, None is missing, "" is blank. `q3={"was": ...}` adds to the period of index 3."""
    made = []
    for index, one in enumerate(values):
        year, number = start + index // 4, index % 4 + 1
        group = f"{year}-{(year + 1) % 100:02d}"
        given = {"label": f"{group} Q{number}", "tick": f"Q{number}", "group": group}
        if index < len(targets) and targets[index] is not None:
            given["target"] = Decimal(str(targets[index]))
        if one is None:
            given["state"] = MISSING
        elif one == "":
            given["state"] = BLANK
        elif isinstance(one, tuple):
            given |= {"state": UNVERIFIED, "value": Decimal(str(one[1]))}
        else:
            given |= {"state": KNOWN, "value": Decimal(str(one))}
        made.append(Period(**(given | more.get(f"q{index}", {}))))
    return made


def place(x: float | str, y: float | str) -> Place:
    return Place(Decimal(str(x)), Decimal(str(y)))


def boxes(chart: LineChart) -> list[Box]:
    return [box(text, chart.font) for text in chart.texts]


def collisions(chart: LineChart) -> list[tuple[str, str]]:
    """Texts that cover each other."""
    covers = list(zip(chart.texts, boxes(chart), strict=True))
    return [
        (one.words, other.words)
        for index, (one, here) in enumerate(covers)
        for other, there in covers[index + 1 :]
        if here.meets(there)
    ]


def run_through(chart: LineChart) -> list[Text]:
    """Texts that the upright of a break or a note runs through."""
    return [
        text
        for text, covers in zip(chart.texts, boxes(chart), strict=True)
        for upright in (*chart.breaks, *chart.note_uprights)
        if covers.left < upright.x < covers.right and covers.top < upright.bottom and covers.bottom > upright.top
    ]


def outside(chart: LineChart) -> list[object]:
    """What lies outside the picture. A tenth is the rounding of places."""
    picture = Box(Decimal("-0.1"), Decimal("-0.1"), chart.width + Decimal("0.1"), chart.height + Decimal("0.1"))
    places = [*chart.marks.all_places()]
    places += [at for run in (*chart.marks.lines, *chart.marks.before, *chart.targets) for at in run.places]
    for upright in (*chart.breaks, *chart.note_uprights, *chart.missing, *chart.dividers):
        places += [Place(upright.x, upright.top), Place(upright.x, upright.bottom)]
    for area in chart.ranges:
        places += [Place(area.left, area.top), Place(area.right, area.bottom)]
        places += [at for rule in area.rules for at in rule]
    found: list[object] = [at for at in places if not Box(at.x, at.y, at.x, at.y).is_inside(picture)]
    found += [text for text, covers in zip(chart.texts, boxes(chart), strict=True) if not covers.is_inside(picture)]
    return found
