"""What a delivery plan's timeline shows: gathered from its board and milestones, wide and narrow."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from governance import board
from governance import timeline as charts
from governance.models import DeliveryPlan, Milestone


@dataclass(frozen=True)
class Drawn:
    """The same rows twice drawn, and as they stand in the table below. `marks`: what the key tells of beside what is always there."""

    rows: tuple[charts.Row, ...]
    wide: charts.Timeline
    narrow: charts.Timeline
    lede: str
    marks: frozenset[str]


def timeline(plan: DeliveryPlan, on: dt.date) -> Drawn:
    """Four queries, however many actions there are. Needs the plan's body loaded."""
    told = board.gather([plan], board.quarter_on(plan.year, on), on=on)[plan.pk]
    steps: dict[int, list[charts.Step]] = defaultdict(list)
    for step in Milestone.objects.filter(action__delivery_plan=plan).order_by("due_on", "pk"):
        steps[step.action_id].append(charts.Step(step.text, step.due_on, step.done_on))
    rows = tuple(_row(line, steps[line.action.pk]) for line in told.lines)
    title = f"Actions of {plan.body.name} in {plan.year}"
    draw = {"title": title, "year": plan.year, "on": on}
    wide, narrow = charts.draw(rows, **draw), charts.draw(rows, **draw, is_narrow=True)
    marks = {bar.kind for bar in wide.bars} | {"proposed" for bar in wide.bars if bar.proposed is not None}
    return Drawn(rows, wide, narrow, told.headline, frozenset(marks))


def _row(line: board.Line, steps: list[charts.Step]) -> charts.Row:
    action = line.action
    return charts.Row(
        reference=action.reference,
        title=action.title,
        url=action.get_absolute_url(),
        state=line.state,
        words=line.words,
        starts_on=action.starts_on,
        due_on=line.due_on,
        first_due_on=action.first_due_on,
        ended_on=action.ended_on,
        proposed=line.waiting.proposed if line.waiting else None,
        steps=tuple(steps),
    )
