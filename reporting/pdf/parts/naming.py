"""How indicators and quarters are called inside sentences, and how a sentence starts and ends. Pure; the dashboard calls them the same."""

from lib.quarters import Quarter
from reporting.snapshots.shape import IndicatorPart


def short(part: IndicatorPart) -> str:
    """ "A3"; what has no reference goes by its short name."""
    return part.reference or part.short_name


def before(quarter: Quarter) -> str:
    """The quarter before, as this one calls it: "Q2", or "2016-17 Q4" across the year."""
    return seen_from(quarter.previous, quarter)


def seen_from(other: Quarter, quarter: Quarter) -> str:
    """ "Q2" in the same year, "2016-17 Q2" from another."""
    return f"Q{other.number}" if other.year == quarter.year else str(other)


def sentence(words: str) -> str:
    """Starts large, ends with one full stop; "" stays empty."""
    words = words.strip()
    return f"{words[:1].upper()}{words[1:].rstrip('.')}." if words else ""
