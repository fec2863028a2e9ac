"""Quarters that follow one another, each with its executive snapshot as it was known then: what editions for the public are made from.

Every derived field is worked out by the real assessment. A figure's `versions` say at which step it became known and what it was.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any

from indicators.aims import Aim
from lib.quarters import Quarter, Year
from reporting.snapshots.shape import IndicatorPart, Restatement, Snapshot, Value
from tests.factories import snapshots
from tests.factories.snapshots import LONDON, assessed, cell, indicator, to_date, value

FIRST = Year(2016)
QUARTERS = (*FIRST.quarters, *FIRST.next.quarters)
ENTRIES = {entry["slug"]: entry for entry in snapshots._read("indicators/data/indicators.json")}
COUNT, SHARE, LATEST = "hate-incidents", "ete-need-met", "asb-repeat-callers"
Versions = Mapping[Quarter, Sequence[tuple[int, Any]]]


@dataclass(frozen=True)
class Story:
    """One indicator over time: `versions` by quarter are (step, figure), the figure a count or a pair."""

    slug: str
    versions: Versions
    aim: Aim | None = None
    baselines: tuple[tuple[str, Decimal, str], ...] = ()
    target_baseline: Decimal | None = None
    has_small_numbers: bool = False
    is_restricted: bool = False
    missing: Mapping[Quarter, str] = field(default_factory=dict)

    def chain(self, quarter: Quarter, step: int) -> list[Value]:
        """What it was taken to be, one after the other, up to this step."""
        found: list[Value] = []
        for when, given in self.versions.get(quarter, ()):
            made = value(given)
            assert made is not None
            if when <= step and (not found or found[-1] != made):
                found.append(made)
        return found


def quarter_of(step: int) -> Quarter:
    """Four quarters, one after the other; what follows is issued for the last of them again."""
    return QUARTERS[min(4 + step, 7)]


def moment(step: int) -> dt.datetime:
    return dt.datetime(2017, 8, 1, 9, tzinfo=LONDON) + dt.timedelta(days=91 * step)


def part(story: Story, step: int) -> IndicatorPart:
    entry, quarter = ENTRIES[story.slug], quarter_of(step)
    made = _plain(story.slug)
    history = [_cell(story, when, quarter, step) for when in QUARTERS]
    at = QUARTERS.index(quarter)
    mode, measured = entry["year_to_date"], entry["measure"]
    verified = [one.quarter.number for one in history[4 : at + 1] if one.state == "verified"]
    said = assessed(entry, history, quarter, story.aim)
    target = said["target"]
    return replace(
        made,
        **said | {"target": replace(target, baseline=story.target_baseline)},
        has_small_numbers=story.has_small_numbers,
        is_restricted=story.is_restricted,
        this=history[at],
        last=history[at - 1],
        year_ago=history[at - 4],
        history=tuple(history),
        year_to_date=to_date(history[4:], mode, measured, quarter),
        last_year_to_date=to_date(
            [one for one in history[:4] if not verified or one.quarter.number in verified], mode, measured, quarter
        ),
        last_year=to_date(history[:4], mode, measured, QUARTERS[3]),
        baselines=story.baselines,
        words=None,
    )


def _cell(story: Story, when: Quarter, until: Quarter, step: int) -> Any:
    chain = story.chain(when, step) if when <= until else []
    if chain:
        return replace(cell(when, 0), value=chain[-1], was=chain[-2] if len(chain) > 1 else None)
    return cell(when, state="not_collected" if when > until else story.missing.get(when, "missing"))


def restatements(story: Story, step: int) -> list[Restatement]:
    entry = ENTRIES[story.slug]
    found = []
    for quarter in (one for one in QUARTERS if one <= quarter_of(step)):
        chain = story.chain(quarter, step)
        for was, now in zip(chain, chain[1:], strict=False):
            found.append(
                Restatement(
                    entry["reference"],
                    entry["short_name"],
                    story.slug,
                    quarter,
                    was,
                    now,
                    "revision",
                    "The source was refreshed.",
                    moment(step).date(),
                    "Dana Whitlock",
                    Decimal(5),
                    True,
                    True,
                )  # fmt: skip
            )
    return found


@cache
def _sample() -> Snapshot:
    return snapshots.sample()


@cache
def _plain(slug: str) -> IndicatorPart:
    return indicator(ENTRIES[slug], QUARTERS[7], [None] * 8)


def executive(stories: Sequence[Story], step: int) -> Snapshot:
    """The snapshot of that step, with these indicators in its first priority."""
    made = replace(_sample(), quarter=quarter_of(step), as_at=moment(step))
    first = replace(made.priorities[0], indicators=tuple(part(one, step) for one in stories), context=())
    return replace(
        made,
        priorities=(first,),
        restatements=tuple(one for story in stories for one in restatements(story, step)),
    )
