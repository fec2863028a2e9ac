"""How indicators, quarters and states are called on the dashboard."""

from collections.abc import Iterable, Sequence

from indicators.rating import WORDS
from lib.numerals import listed
from reporting.pdf import figures
from reporting.pdf.parts.naming import before as before
from reporting.pdf.parts.naming import seen_from as seen_from
from reporting.pdf.parts.naming import sentence as sentence
from reporting.pdf.parts.naming import short as short
from reporting.snapshots.shape import IndicatorPart, Value

MOST_NAMED = 4  # references in the headline; more are counted
UNUSUAL = ("improving", "worsening", "changed")
# What is said of those without a colour: of one, of several.
STATES = {
    "data_only": ("is data only", "are data only"),
    "unrated": ("is unrated", "are unrated"),
    "not_yet_verified": ("is not yet verified", "are not yet verified"),
    "missing": ("is missing", "are missing"),
    "no_return": ("was not asked for", "were not asked for"),
}


def label(part: IndicatorPart) -> str:
    """ "A3 Ordered into treatment"."""
    return f"{part.reference} {part.short_name}".strip()


def named(parts: Sequence[IndicatorPart], most: int = MOST_NAMED) -> str:
    """ "A1 and C3"; too many to be named are counted: "12"."""
    return listed(map(short, parts)) if len(parts) <= most else str(len(parts))


def counted(parts: Iterable[IndicatorPart], codes: Iterable[str]) -> str:
    """ "3 are data only, 1 is not yet verified and 1 is missing", in the order in which verdicts are counted; empty for none."""
    found = [part.verdict.code for part in parts]
    some = [(code, found.count(code)) for code in WORDS if code in set(codes) & set(found)]
    if len(some) == 1 and some[0][1] == len(found) > 1:
        return f"{every(len(found))} {STATES[some[0][0]][1]}"
    return listed(f"{number} {STATES[code][number > 1]}" for code, number in some)


def every(how_many: int) -> str:
    """ "All 15", "Both"."""
    return "Both" if how_many == 2 else f"All {how_many}"


def brief(value: Value) -> str:
    """A figure in a cell: "1,561", "70.5%", "none in need"."""
    return "none in need" if figures.is_of_nobody(value) else figures.brief(value)


def usual(part: IndicatorPart) -> str:
    """ "Worsening. 38 is above the usual range of 20 to 30."; the sentence alone where nothing can be told, empty without a known figure."""
    if part.this.state != "verified" or not part.usual.sentence:
        return ""
    word = "" if part.usual.state == "unknown" else f"{part.usual.state.capitalize()}. "
    return f"{word}{part.usual.sentence}"


def is_unusual(part: IndicatorPart) -> bool:
    return part.usual.state in UNUSUAL and bool(usual(part))
