"""The dashboard as a table: the same figures, words and sentences, one row an indicator."""

import datetime as dt
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from django.utils.text import slugify

from indicators.rating import WORDS
from indicators.trend import Trend
from lib.sheets import csv_of
from lib.written import day_year, moment
from reporting.dashboard import explanations, naming
from reporting.pdf import figures
from reporting.pdf.parts import changed, cover, said
from reporting.snapshots.shape import ForecastPart, IndicatorPart, PriorityPart, Snapshot, ToDate, Value, Words

NO_WORDS = Words("", "", "", "", "", None, (), "", None, None, "")
STATES = {
    "verified": "Verified",
    "unverified": "Not yet verified",
    "awaited": "Not sent",
    "missing": "Missing",
    "not_collected": "No return",
}

Read = Callable[[Snapshot, PriorityPart, IndicatorPart], object]
COLUMNS: dict[str, Read] = {
    "Quarter": lambda snapshot, priority, part: snapshot.quarter,
    "Figures as at": lambda snapshot, priority, part: moment(snapshot.as_at),
    "Sample": lambda snapshot, priority, part: _yes(snapshot.is_sample),
    "Marking": lambda snapshot, priority, part: cover.marking(snapshot).protective,
    "Priority": lambda snapshot, priority, part: f"{priority.letter} {priority.title}",
    "Reference": lambda snapshot, priority, part: part.reference,
    "Indicator": lambda snapshot, priority, part: part.name,
    "Short name": lambda snapshot, priority, part: part.short_name,
    "Counted in the set": lambda snapshot, priority, part: _yes(part in priority.indicators),
    "Good direction": lambda snapshot, priority, part: part.polarity_words,
    "Restricted": lambda snapshot, priority, part: _yes(part.is_restricted),
    "Rating": lambda snapshot, priority, part: WORDS[part.verdict.code],
    "Why": lambda snapshot, priority, part: part.verdict.sentence,
    "Rating last quarter": lambda snapshot, priority, part: WORDS[part.last_verdict.code] if part.last_verdict else "",
    "State": lambda snapshot, priority, part: _state(part),
    "Figure": lambda snapshot, priority, part: _number(part.this.value),
    "Met or part": lambda snapshot, priority, part: _pair(part.this.value, "numerator"),
    "Need or base": lambda snapshot, priority, part: _pair(part.this.value, "denominator"),
    "Unit": lambda snapshot, priority, part: "per cent" if part.measure != "count" else part.unit,
    "Provisional": lambda snapshot, priority, part: _yes(part.this.is_provisional),
    "Note": lambda snapshot, priority, part: part.this.note,
    "Expected": lambda snapshot, priority, part: day_year(part.this.expected_on),
    "On last quarter": lambda snapshot, priority, part: Trend(part.short.trend).word,
    "Change on last quarter": lambda snapshot, priority, part: part.short.words or part.short.why,
    "On a year ago": lambda snapshot, priority, part: Trend(part.long.trend).word,
    "Change on a year ago": lambda snapshot, priority, part: part.long.words or part.long.why,
    "Getting worse": lambda snapshot, priority, part: _yes(part.is_worsening),
    "Usual range": lambda snapshot, priority, part: part.usual.sentence,
    "Year to date": lambda snapshot, priority, part: _number(part.year_to_date.value),
    "Year to date holds": lambda snapshot, priority, part: _holds(part.year_to_date),
    "Same period last year": lambda snapshot, priority, part: _number(part.last_year_to_date.value),
    "Same period holds": lambda snapshot, priority, part: _holds(part.last_year_to_date),
    "Year-end forecast": lambda snapshot, priority, part: _forecast(part.forecast),
    "Forecast is based on": lambda snapshot, priority, part: part.forecast.basis,
    "Forecast rating": lambda snapshot, priority, part: _ahead(part.forecast, word=True),
    "Why the forecast": lambda snapshot, priority, part: _ahead(part.forecast, word=False),
    "Restated": lambda snapshot, priority, part: changed.restated_of(part, snapshot),
    "What happened": lambda snapshot, priority, part: (part.words or NO_WORDS).what_happened,
    "Why it happened": lambda snapshot, priority, part: (part.words or NO_WORDS).why,
    "What next": lambda snapshot, priority, part: (part.words or NO_WORDS).what_next,
    "Who": lambda snapshot, priority, part: (part.words or NO_WORDS).who,
    "By when": lambda snapshot, priority, part: day_year((part.words or NO_WORDS).by_when),
    "Explanation": lambda snapshot, priority, part: _explanation(part, snapshot),
}


def csv_file(snapshot: Snapshot) -> bytes:
    """A line of headings, the set by priority, then what is shown beside it. Where nothing was asked for, the headings alone."""
    priorities = snapshot.priorities if snapshot.round_exists else ()
    counted = [(priority, part) for priority in priorities for part in priority.indicators]
    beside = [(priority, part) for priority in priorities for part in priority.context]
    rows = [[read(snapshot, priority, part) for read in COLUMNS.values()] for priority, part in (*counted, *beside)]
    return csv_of([list(COLUMNS), *rows])


def file_name(snapshot: Snapshot, area: str, known_on: dt.date | None = None) -> str:
    """ "tower-hamlets-csp-dashboard-2017-18-q4.csv"; a sample says so, and a day: "...-q4-as-known-on-2018-05-01.csv"."""
    sample = "sample-" if snapshot.is_sample else ""
    then = f"-as-known-on-{known_on}" if known_on else ""
    return f"{sample}{slugify(area)}-csp-dashboard-{snapshot.quarter.slug}{then}.csv"


# ---------------------------------------------------------------- cells


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _state(part: IndicatorPart) -> str:
    """ "Missing: awaiting partner"."""
    reason = said.reason(part.this)
    return f"{STATES[part.this.state]}: {reason}" if part.this.reason else STATES[part.this.state]


def _plain(number: Decimal | None) -> str:
    """Digits alone, for a sheet to work with: "4207", "70.5"; "" where it is not known."""
    if number is None:
        return ""
    whole = number == number.to_integral_value()
    return f"{number.quantize(Decimal(1)) if whole else number.normalize():f}"


def _number(value: Value | None) -> str:
    """A count, or a share to one decimal as it is shown; words where nobody had the need."""
    if value is None:
        return ""
    if value.percentage is not None:
        return _plain(figures.rounded(value.percentage))
    return naming.brief(value) if figures.is_of_nobody(value) else _plain(value.numerator)


def _pair(value: Value | None, name: str) -> str:
    return "" if value is None or value.denominator is None else _plain(getattr(value, name))


def _holds(to_date: ToDate) -> str:
    if to_date.value is None:
        return "not known"
    return said.left_out(to_date) or ("the latest figure" if to_date.mode == "latest" else "all quarters so far")


def _forecast(forecast: ForecastPart) -> str:
    return "" if forecast.number is None else _plain(forecast.number.quantize(Decimal(1), ROUND_HALF_UP))


def _ahead(forecast: ForecastPart, *, word: bool) -> str:
    if forecast.verdict is None:
        return ""
    return WORDS[forecast.verdict.code] if word else forecast.verdict.sentence


def _explanation(part: IndicatorPart, snapshot: Snapshot) -> str:
    if part.words is None:
        return "Not asked for"
    return explanations.owed(part.words, snapshot) if said.is_owed(part.words) else f"Sent by {part.words.by}"
