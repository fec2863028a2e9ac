"""Snapshots made by hand: the fifteen as printed, in every state a pack has to show. All figures are invented.

`sample()` is 2017-18 Q4: C1 and D4 missing, C2 sent back, C4 not yet verified, B3 restated, A1 provisional, an explanation owed for D2.
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

from lib.quarters import Quarter
from reporting.snapshots.shape import (
    SCHEMA,
    Cell,
    CommitmentPart,
    IndicatorPart,
    PriorityPart,
    Restatement,
    Snapshot,
    ToDate,
    Value,
    Words,
)

ROOT = Path(__file__).resolve().parents[2]
Q4 = Quarter.parse("2017-18 Q4")
LONDON = ZoneInfo("Europe/London")
POLARITY = {"higher": "Good is higher", "lower": "Good is lower", "none": "No good direction is set"}

# Eight quarters, 2016-17 Q1 to 2017-18 Q4; a pair is need and met or a base; None: nothing.
SERIES: dict[str, Sequence[Any]] = {
    "asb-calls": (4870, 5190, 4251, 3978, 5122, 5404, 4398, 4104),
    "asb-repeat-callers": (50, 49, 45, 42, 47, 44, 42, 38),
    "ordered-into-treatment": (48, 52, 51, 54, 55, 58, 58, 61),
    "vawg-champions": (118, 131, 148, 163, 176, 190, 203, 214),
    "domestic-abuse-reports": (1398, 1452, 1411, 1379, 1476, 1521, 1465, 1412),
    "violence-with-injury-hotspots": (737, 783, 685, 658, 767, 743, 703, 629),
    "serious-youth-violence": (76, 79, 70, 66, 74, 71, 62, 61),
    "victim-satisfaction": ((92, 119), (96, 121), (98, 122), (99, 124), (101, 125), (104, 125), (103, 126), None),
    "hate-incidents": (198, 221, 214, 213, 226, 241, 221, None),
    "hate-offences": (166, 186, 179, 177, 183, 201, 185, 172),
    "prevent-sessions": (20, 24, 22, 22, 21, 25, 23, 27),
    "mappa-level-3": (1, 0, 0, 1, 0, 1, 0, 1),
    "substance-misuse-need-met": ((6, 13), (7, 14), (6, 12), (5, 13), (6, 12), (5, 11), (6, 14), (4, 12)),
    "ete-need-met": ((15, 29), (16, 30), (17, 29), (18, 30), (17, 30), (18, 29), (20, 31), (19, 31)),
    "first-time-entrants": (27, 29, 24, 25, 25, 24, 22, None),
    "violence-with-injury-borough": (838, 858, 797, 782, 879, 861, 846, 803),
    "yot-reoffending": ((34, 81), (36, 84), (33, 80), (35, 82), (34, 82), None, None, None),
    "sanction-detection-violence": (
        (180, 838),
        (176, 858),
        (171, 797),
        (168, 782),
        (186, 879),
        (180, 861),
        (178, 846),
        (172, 803),
    ),
}
SENT_BACK = {"hate-incidents": dt.date(2018, 5, 14)}
MISSING = {
    "victim-satisfaction": ("Awaiting partner", "The survey closes on 18 May.", dt.date(2018, 5, 31)),
    "first-time-entrants": ("Source lag", "The national figures come one quarter late.", dt.date(2018, 7, 31)),
    "yot-reoffending": ("Source lag", "A cohort is followed for a year.", None),
}
UNVERIFIED = {"prevent-sessions"}
PROVISIONAL = {"asb-calls"}
LEADS = {
    "metropolitan-police": "Dana Whitlock",
    "council": "Idris Calloway",
    "victim-support": "Maud Penhale",
    "probation": "Bryn Tolliver",
    "london-crc": "Signe Marlowe",
}
SAID = {
    "asb-calls": (
        "Calls fell by 294 on the quarter, as they do each winter, and stand a little above last year.",
        "Weekend patrols drew fewer repeat calls from Shadwell and Whitechapel. A new online form took about 150 reports that would have been calls.",
        "Count online reports beside calls from April, and agree whether the indicator should hold both.",
    ),
    "asb-repeat-callers": (
        "38 people called more than once, four fewer than last quarter.",
        "Six long-running cases were closed at the Community (ASB) MARAC.",
        "Offer every repeat caller a visit within ten working days.",
    ),
    "ordered-into-treatment": (
        "61 orders were made, the most in two years.",
        "The court team now screens everyone charged with drug-related ASB.",
        "Keep the screening, and follow how many complete treatment.",
    ),
    "vawg-champions": (
        "Eleven champions joined, from schools and housing.",
        "Two training days were held instead of one.",
        "Invite GP surgeries, which have none yet.",
    ),
    "domestic-abuse-reports": (
        "1,412 reports, 33 more than a year ago.",
        "The winter campaign named the One Stop Shop, and referrals from hospitals rose.",
        "Run the campaign again before the summer holidays.",
    ),
    "violence-with-injury-hotspots": (
        "Offences fell three quarters running. The first half, 1,510, made most of the year; the second, 1,332, was 11 below last year’s.",
        "Two night-time economy areas made up 41% of first-quarter offences. Weekend patrols paid for by the Late Night Levy began in June 2017.",
        "Patrols move to the four streets with most repeat offences. Venues with two or more incidents get a joint visit.",
    ),
    "serious-youth-violence": (
        "61 young victims, one fewer than last quarter and five fewer than a year ago. Most were hurt between three and six in the afternoon, on the way home from "
        "school, near three bus stops and one park that has been named in every quarter of the last two years. Nine were hurt twice in the year, and the analyst has "
        "followed each of them through the records of school, hospital and police to see who knew what, and when.",
        "School patrols at the three bus stops kept the busiest hour quieter.",
        "The youth violence service keeps its programme for 2018-19 as planned.",
    ),
    "hate-offences": ("Offences fell by 13.", "No single event stands out.", "Ask the No Place For Hate Forum about under-reporting in Bow."),
    "prevent-sessions": ("27 sessions were held, four of them in colleges.", "Two sessions of last quarter moved into January.", "Plan the summer with the colleges."),
    "mappa-level-3": ("One person committed a serious offence.", "A review is under way.", "Bring the review to the CSP Executive."),
    "ete-need-met": ("19 of 31 were in training or work.", "The hub opened in February with four advisers.", "Open it one evening a week."),
}  # fmt: skip


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


def indicator(entry: Mapping[str, Any], quarter: Quarter = Q4, series: Sequence[Any] | None = None) -> IndicatorPart:
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
        rule="none",
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
    if slug in SAID:
        happened, why, next_ = SAID[slug]
        return Words(
            "sent", happened, why, next_, "Oona Harcastle, superintendent", dt.date(2018, 5, 2), dt.date(2018, 5, 4), ""
        )
    if slug == "substance-misuse-need-met":
        return Words("owed", "", "", "", "", None, dt.date(2018, 5, 4), "Signe Marlowe, IOM Co-ordinator")
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
        priorities=priorities(),
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
            ),
        ),
    )
    return replace(made, **changes)


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


def priorities(quarter: Quarter = Q4, series: Mapping[str, Sequence[Any]] | None = None) -> tuple[PriorityPart, ...]:
    """The four priorities of the plan with their indicators, the measures beside them and the first year's commitments."""
    series = SERIES if series is None else series
    catalogue = _read("indicators/data/indicators.json")
    made = []
    for letter in "ABCD":
        printed = _read(f"priorities/data/priority-{letter.lower()}.json")
        own = [entry for entry in catalogue if entry["priority"] == letter]
        parts = [(entry, indicator(entry, quarter, series.get(entry["slug"], [None] * 8))) for entry in own]
        made.append(
            PriorityPart(
                letter=letter,
                title=printed["title"],
                short_title=printed["short_title"],
                why="\n\n".join(printed["why"]),
                indicators=tuple(part for entry, part in parts if entry["reference"]),
                context=tuple(part for entry, part in parts if not entry["reference"]),
                commitments=tuple(
                    CommitmentPart(one.get("theme", ""), one["text"], one.get("number"), one.get("unit", ""))
                    for one in printed["commitments"]
                ),
            )
        )
    return tuple(made)


def _bare(quarter: Quarter, state: str) -> tuple[PriorityPart, ...]:
    """The priorities without a single figure, this quarter in the given state."""

    def emptied(part: IndicatorPart) -> IndicatorPart:
        history = tuple(replace(one, state=state if one.quarter == quarter else one.state) for one in part.history)
        this = history[[one.quarter for one in history].index(quarter)]
        return replace(part, history=history, this=this, words=None)

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
