"""Snapshots made by hand: the fifteen as printed, in every state a pack has to show. All figures are invented.

`sample()` is 2017-18 Q4: C1 and D4 missing, C2 sent back, C4 not yet verified, B3 restated, A1 provisional, an explanation owed for D2. It holds
nothing of delivery or money, as packs of earlier schemas: for that see `snapshot_governance` and `snapshot_funding`.
`first_quarter()` has no history, `nothing_asked()` and `nothing_sent()` no figures, `many(150)` is a much larger set.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from indicators import assessment
from indicators.aims import Aim
from lib.quarters import Quarter
from reporting.snapshots import assessing
from reporting.snapshots.shape import (
    SCHEMA,
    Cell,
    CommitmentPart,
    IndicatorPart,
    PersonPart,
    PriorityPart,
    Restatement,
    Snapshot,
    TargetPart,
    ToDate,
    Value,
    Words,
)
from tests.factories.snapshot_data import (
    AIMS,
    LEADS,
    MISSING,
    PROVISIONAL,
    SAID,
    SENT_BACK,
    SERIES,
    UNVERIFIED,
)

ROOT = Path(__file__).resolve().parents[2]
Q4 = Quarter.parse("2017-18 Q4")
LONDON = ZoneInfo("Europe/London")
POLARITY = {"higher": "Good is higher", "lower": "Good is lower", "none": "No good direction is set"}


def value(given: Any) -> Value | None:
    """629 -> a count; (31, 44) -> need and met, or a percentage with its base; None -> None."""
    if given is None:
        return None
    if isinstance(given, tuple):
        met, need = (Decimal(number) for number in given)
        return Value(met, need, 100 * met / need if need else None)
    return Value(Decimal(given), None, None)


def cell(quarter: Quarter, given: Any = None, *, state: str = "", **changes: Any) -> Cell:
    """A quarter's figure: verified when something is given, otherwise not collected; anything can be said otherwise."""
    known = value(given)
    made = Cell(
        quarter=quarter,
        state=state or ("verified" if known else "not_collected"),
        value=known,
        is_provisional=False,
        was=None,
        reason="",
        note="",
        expected_on=None,
    )
    return replace(made, **changes)


def to_date(cells: Sequence[Cell], mode: str, measured: str, quarter: Quarter) -> ToDate:
    """The year so far from its verified cells, up to the quarter in question."""
    due = [one for one in cells if one.quarter.number <= quarter.number]
    held = [one for one in due if one.state == "verified" and one.value]
    missing = tuple(one.quarter for one in due if one not in held)
    if not held:
        return ToDate(mode, None, None, False, missing)
    through = held[-1].quarter
    if mode == "latest":
        shown = held[-1].value
    else:
        numerator = sum((one.value.numerator for one in held), Decimal(0))
        base = None if measured == "count" else sum((one.value.denominator for one in held), Decimal(0))
        shown = Value(numerator, base, None if not base else 100 * numerator / base)
    return ToDate(
        mode=mode,
        value=shown,
        through=None if through.number == quarter.number else through,
        is_complete=all(one in held for one in due if one.quarter <= through),
        missing=missing,
    )


def assessed(entry: Mapping[str, Any], history: Sequence[Cell], quarter: Quarter, aim: Aim | None) -> dict[str, Any]:
    """What the figures say, worked out as ever: an aim rates this year's quarters."""
    cells = {one.quarter: one for one in history}

    def series(until: Quarter) -> assessment.Series:
        known = {
            when: found
            for when, one in cells.items()
            if when <= until and one.state == "verified" and (found := assessing.numbers(one.value))
        }
        this = cells[until]
        return assessment.Series(
            measure=entry["measure"],
            polarity=entry["polarity"],
            mode=entry["year_to_date"],
            frequency=entry["frequency"],
            figures=known,
            states={when: one.state for when, one in cells.items() if when <= until and when not in known},
            aims={quarter.year: aim} if aim else {},
            reason=this.reason[:1].lower() + this.reason[1:] or ("not sent" if this.state == "awaited" else ""),
        )  # fmt: skip

    over_time, last = series(quarter), cells[quarter.previous]
    before = assessment.assess(series(quarter.previous), quarter.previous).verdict
    found = assessment.assess(over_time, quarter)
    return assessing.parts(found, over_time, cells, before if last.state != "not_collected" else None) | {
        "target": _target(aim),
        "breaks": (),
        "notes": (),
    }


def _target(aim: Aim | None) -> TargetPart | None:
    if aim is None:
        return TargetPart("none", "None, data only", "", None, None, None, (), None, True, "")
    return TargetPart(
        aim.rule, aim.rule.replace("_", " "), aim.basis, aim.value, aim.minimum, aim.tolerance, aim.profile or (), None, True,
        "CSP Executive, 25 May 2017",
    )  # fmt: skip


def indicator(
    entry: Mapping[str, Any], quarter: Quarter = Q4, series: Sequence[Any] | None = None, aim: Aim | None = None
) -> IndicatorPart:
    """One entry of the catalogue with two years of figures; what is not in SERIES was not collected."""
    slug, measured = entry["slug"], entry["measure"]
    given = list(SERIES.get(slug, [None] * 8) if series is None else series)
    quarters = (*quarter.year.previous.quarters, *quarter.year.quarters)
    history = [cell(when, number if when <= quarter else None) for when, number in zip(quarters, given, strict=True)]
    this = quarters.index(quarter)
    if slug in MISSING:
        reason, note, expected_on = MISSING[slug]
        history = [
            replace(one, state="missing", reason=reason, note=note, expected_on=expected_on)
            if one.state == "not_collected"
            and one.quarter <= quarter
            and any(before is not None for before in given[:index])
            else one
            for index, one in enumerate(history)
        ]
    if slug in SENT_BACK and any(given[:this]) and not history[this].value:
        history[this] = replace(history[this], state="awaited", reason="Sent back", expected_on=SENT_BACK[slug])
    if slug in UNVERIFIED and history[this].value:
        history[this] = replace(history[this], state="unverified")
    if slug in PROVISIONAL and history[this].value:
        history[this] = replace(history[this], is_provisional=True)
    if slug == "violence-with-injury-hotspots":
        history[5] = replace(history[5], was=value(771)) if history[5].value else history[5]
    mode = entry["year_to_date"]
    verified = {one.quarter.number for one in history[4:] if one.state == "verified"}
    compared = verified or {number for number in range(1, quarter.number + 1)}
    return IndicatorPart(
        slug=slug,
        reference=entry["reference"],
        name=entry["name"],
        short_name=entry["short_name"],
        family=entry["family"],
        frequency=entry["frequency"],
        measure=measured,
        polarity=entry["polarity"],
        polarity_words=POLARITY[entry["polarity"]],
        unit=entry["unit"],
        unit_of_base=entry["unit_of_base"],
        owner=_owner(entry["owner"]),
        data_leads=(LEADS[entry["owner"]],),
        is_restricted=entry["is_restricted"],
        has_small_numbers=entry["has_small_numbers"],
        definition=entry["definition"],
        source=entry["source"],
        method="",
        known_limits="",
        areas="",
        **assessed(entry, history, quarter, aim),
        this=history[this],
        last=history[this - 1],
        year_ago=history[this - 4],
        history=tuple(history),
        year_to_date=to_date(history[4:], mode, measured, quarter),
        last_year_to_date=to_date(
            [one for one in history[:4] if one.quarter.number in compared], mode, measured, quarter
        ),
        last_year=to_date(history[:4], mode, measured, quarters[3]),
        baselines=tuple((one["year"], Decimal(one["number"]), one["source"]) for one in entry.get("baselines", ())),
        words=words(slug),
    )


def words(slug: str) -> Words | None:
    due = dt.date(2018, 5, 4)
    if slug in SAID:
        by, sent = "Oona Harcastle, superintendent", dt.date(2018, 5, 2)
        return Words("sent", *SAID[slug], "Superintendent, partnerships", dt.date(2018, 7, 31), (), by, sent, due, "")
    if slug == "substance-misuse-need-met":
        lacking = ("what_happened", "why", "what_next", "who", "by_when")
        return Words("owed", "", "", "", "", None, lacking, "", None, due, "Signe Marlowe, IOM Co-ordinator")
    return None


def sample(**changes: Any) -> Snapshot:
    """2017-18 Q4 as known on Tuesday 8 May 2018 at 17:00."""
    made = Snapshot(
        schema=SCHEMA,
        partnership="Tower Hamlets Community Safety Partnership",
        plan="Community Safety Partnership Plan 2017-21",
        plan_slug="2017-21",
        quarter=Q4,
        as_at=dt.datetime(2018, 5, 8, 17, tzinfo=LONDON),
        is_sample=True,
        round_exists=True,
        executive_meets_on=dt.date(2018, 5, 22),
        due_on=dt.date(2018, 4, 27),
        last_closed_on=dt.date(2018, 2, 8),
        priorities=priorities(),
        governance=None,
        funding=None,
        edition="executive",
        small_numbers=None,
        people=(PersonPart("Oona Harcastle", "superintendent"), PersonPart("Dana Whitlock", "performance analyst")),
        to_decide=(),
        consulted=(),
        restatements=(
            Restatement(
                reference="B3",
                short_name="Violence with injury, hotspots",
                slug="violence-with-injury-hotspots",
                quarter=Quarter.parse("2017-18 Q2"),
                was=value(771),
                now=value(743),
                kind="correction",
                why="28 offences lay outside the hotspot areas.",
                verified_on=dt.date(2018, 4, 26),
                by="Dana Whitlock, performance analyst",
                materiality=None,
                changes_rating=False,
                is_listed=True,
            ),
        ),
    )
    return replace(made, **changes)


def rated(**changes: Any) -> Snapshot:
    """The sample with targets: most of it is red, amber or green."""
    return sample(**{"priorities": priorities(aims=AIMS), **changes})


def first_quarter() -> Snapshot:
    """2017-18 Q1 with figures and nothing before it: no trend, no last year."""
    quarter = Quarter.parse("2017-18 Q1")
    series = {slug: [None, None, None, None, given[4], None, None, None] for slug, given in SERIES.items()}
    return sample(
        quarter=quarter,
        as_at=dt.datetime(2017, 8, 1, 9, tzinfo=LONDON),
        executive_meets_on=None,
        priorities=priorities(quarter, series),
        restatements=(),
    )


def nothing_asked() -> Snapshot:
    """A quarter for which no returns were ever asked."""
    quarter = Quarter.parse("2018-19 Q1")
    return sample(quarter=quarter, round_exists=False, executive_meets_on=None, due_on=None,
                  priorities=_bare(quarter, "not_collected"), restatements=())  # fmt: skip


def nothing_sent() -> Snapshot:
    """A quarter that is open, in which nothing has been sent yet."""
    quarter = Quarter.parse("2018-19 Q1")
    return sample(quarter=quarter, priorities=_bare(quarter, "awaited"), restatements=())


def many(how_many: int) -> Snapshot:
    """The sample with so many indicators, shared out over the four priorities and numbered on."""
    parts = []
    for index, priority in enumerate(priorities()):
        share = how_many // 4 + (index < how_many % 4)
        own = [priority.indicators[number % len(priority.indicators)] for number in range(share)]
        numbered = [
            replace(part, reference=f"{priority.letter}{number}", slug=f"{part.slug}-{number}")
            for number, part in enumerate(own, start=1)
        ]
        parts.append(replace(priority, indicators=tuple(numbered)))
    return sample(priorities=tuple(parts))


def priorities(
    quarter: Quarter = Q4,
    series: Mapping[str, Sequence[Any]] | None = None,
    aims: Mapping[str, Aim] | None = None,
) -> tuple[PriorityPart, ...]:
    """The four priorities of the plan with their indicators, the measures beside them and the first year's commitments."""
    series = SERIES if series is None else series
    catalogue = _read("indicators/data/indicators.json")
    made = []
    for letter in "ABCD":
        printed = _read(f"priorities/data/priority-{letter.lower()}.json")
        own = [entry for entry in catalogue if entry["priority"] == letter]
        parts = [
            (entry, indicator(entry, quarter, series.get(entry["slug"], [None] * 8), (aims or {}).get(entry["slug"])))
            for entry in own
        ]
        made.append(
            PriorityPart(
                letter=letter,
                title=printed["title"],
                short_title=printed["short_title"],
                why="\n\n".join(printed["why"]),
                indicators=tuple(part for entry, part in parts if entry["reference"]),
                context=tuple(part for entry, part in parts if not entry["reference"]),
                commitments=tuple(
                    commitment(
                        one.get("theme", ""),
                        one["text"],
                        one.get("number"),
                        one.get("unit", ""),
                        f"{letter.lower()}-commitment-{number}",
                    )
                    for number, one in enumerate(printed["commitments"], start=1)
                ),
                outcomes=(),
            )
        )
    return tuple(made)


def commitment(theme: str, text: str, number: int | None, unit: str, key: str, **changes: Any) -> CommitmentPart:
    """One of which nothing more is known than the plan says."""
    made = CommitmentPart(theme, text, number, unit, key, "", "", "", None, None, ())
    return replace(made, **changes)


def _bare(quarter: Quarter, state: str) -> tuple[PriorityPart, ...]:
    """The priorities without a single figure, this quarter in the given state."""

    def emptied(part: IndicatorPart) -> IndicatorPart:
        history = tuple(replace(one, state=state if one.quarter == quarter else one.state) for one in part.history)
        this = history[[one.quarter for one in history].index(quarter)]
        entry = next(one for one in _read("indicators/data/indicators.json") if one["slug"] == part.slug)
        return replace(part, history=history, this=this, words=None, **assessed(entry, history, quarter, None))

    return tuple(
        replace(
            priority,
            indicators=tuple(emptied(part) for part in priority.indicators),
            context=tuple(emptied(part) for part in priority.context),
            commitments=(),
        )
        for priority in priorities(quarter, {})
    )


def _owner(slug: str) -> str:
    organisations = _read("indicators/data/organisations.json")
    return next(one["names"][0]["name"] for one in organisations if one["slug"] == slug)


def _read(path: str) -> Any:
    return json.loads((ROOT / path).read_text(encoding="utf-8"))
