"""The first lines: how the quarter stands, in words, and what a rating and an arrow mean."""

from dataclasses import dataclass

from indicators.trend import Trend
from lib.numerals import listed
from lib.written import day_year, moment
from reporting.dashboard import naming
from reporting.dashboard.leading import COLOURS, Leading, compared, few_are_rated, is_comparable, is_rated
from reporting.pdf.parts import cover, said
from reporting.snapshots.shape import IndicatorPart, Snapshot

ARROWS = "An arrow says which way the figure went, the word says whether that is good."
RATINGS = "A rating compares a figure with its agreed target, and a sentence says how."
AGO = {Leading.YEAR_AGO: "On a year ago", Leading.LAST_QUARTER: "On last quarter"}


@dataclass(frozen=True)
class Headline:
    """`strong` says it in one line, `rest` what is not in it; `meta` what has to be known to read the page."""

    strong: str
    rest: str
    meta: tuple[str, ...]


def build(snapshot: Snapshot, lead: Leading) -> Headline:
    strong, rest = _said(snapshot, lead)
    return Headline(strong, rest, _meta(snapshot, lead))


def _said(snapshot: Snapshot, lead: Leading) -> tuple[str, str]:
    parts = snapshot.indicators
    if not snapshot.round_exists:
        return (
            f"Nothing was asked for in {snapshot.quarter}.",
            "Its collection was not opened, so there are no figures.",
        )
    if not parts:
        return "No indicator is in this quarter’s monitoring.", ""
    if not snapshot.in_state("verified", "unverified"):
        return f"No figure for {snapshot.quarter} has been sent.", _due(snapshot)
    if lead != Leading.RATINGS:
        return _moved(parts, lead)
    others = naming.sentence(naming.counted(parts, set(naming.STATES)))
    if not any(map(is_rated, parts)):
        return "No indicator is rated.", others
    codes = [part.verdict.code for part in parts]
    colours = [f"{codes.count(colour) or 'no'} {colour}" for colour in COLOURS]
    return naming.sentence(", ".join(colours)), others


def _due(snapshot: Snapshot) -> str:
    missing = naming.sentence(
        naming.counted([p for p in snapshot.indicators if p.this.state == "missing"], {"missing"})
    )
    if snapshot.due_on is None:
        return missing
    verb = "were" if snapshot.due_on < said.day_of(snapshot) else "are"
    return f"Figures {verb} due on {day_year(snapshot.due_on)}. {missing}".strip()


def _moved(parts: tuple[IndicatorPart, ...], lead: Leading) -> tuple[str, str]:
    """ "On a year ago: 8 better, 3 worse, 2 similar." and what is red or amber all the same, and what is neither."""
    trends = [compared(part, lead).trend for part in parts]
    judged = [f"{trends.count(way) or 'none'} {way}" for way in (Trend.BETTER, Trend.WORSE, Trend.SIMILAR)]
    undirected = [
        _are([part for part in parts if compared(part, lead).trend == way], f"is {way}", f"are {way}")
        for way in (Trend.HIGHER, Trend.LOWER)
    ]
    codes = ("red", "amber")
    coloured = listed(filter(None, (_are(_rated(parts, code), f"is {code}", f"are {code}") for code in codes)))
    said = listed(filter(None, undirected))
    rest = [coloured] if coloured else []
    rest += [f"{said}, which is neither good nor bad"] if said else []
    rest += _not_compared([part for part in parts if not is_comparable(compared(part, lead))])
    return f"{AGO[lead]}: {', '.join(judged)}.", naming.sentence("; ".join(rest))


def _rated(parts: tuple[IndicatorPart, ...], code: str) -> list[IndicatorPart]:
    return [part for part in parts if part.verdict.code == code]


def _not_compared(parts: list[IndicatorPart]) -> list[str]:
    """Why the rest has no arrow: by their state, or because there is nothing to compare with."""
    said = []
    for code in ("not_yet_verified", "missing", "no_return"):
        own = [part for part in parts if part.verdict.code == code]
        said.append(_are(own, *naming.STATES[code]))
    known = [part for part in parts if part.this.state == "verified"]
    said.append(_are(known, "can’t be compared", "can’t be compared"))
    return list(filter(None, said))


def _are(parts: list[IndicatorPart], one: str, more: str) -> str:
    return f"{naming.named(parts)} {one if len(parts) == 1 else more}" if parts else ""


def _meta(snapshot: Snapshot, lead: Leading) -> tuple[str, ...]:
    said = [_marking(snapshot), f"Figures as at {moment(snapshot.as_at)}."]
    if snapshot.round_exists and snapshot.in_state("verified", "unverified"):
        said += [_why_few(snapshot, lead) if few_are_rated(snapshot) else RATINGS, _apart(snapshot)]
        if any(is_comparable(trend) for part in snapshot.indicators for trend in (part.short, part.long)):
            said.append(ARROWS)
    return tuple(filter(None, said))


def _marking(snapshot: Snapshot) -> str:
    """ "OFFICIAL-SENSITIVE: holds restricted indicator D1."; empty where nothing restricted is shown."""
    if not snapshot.round_exists or not snapshot.restricted:
        return ""
    many = "" if len(snapshot.restricted) == 1 else "s"
    held = listed(map(naming.short, snapshot.restricted))
    return f"{cover.marking(snapshot).protective}: holds restricted indicator{many} {held}."


def _why_few(snapshot: Snapshot, lead: Leading) -> str:
    """ "Only B1 and D4 have an agreed target, so 12 of 15 are data only: shown and compared, not rated." """
    parts = snapshot.indicators
    only = sum(part.verdict.code == "data_only" for part in parts)
    if not only:
        return RATINGS
    agreed = [part for part in parts if part.target and part.target.is_agreed and part.target.rule != "none"]
    start = f"No target is agreed for {snapshot.quarter.year}"
    if agreed:
        verb = "has" if len(agreed) == 1 else "have"
        start = f"Only {naming.named(agreed)} of {len(parts)} {verb} an agreed target"
        if len(agreed) <= naming.MOST_NAMED:
            start = f"Only {naming.named(agreed)} {verb} an agreed target"
    how_many = naming.every(only).lower() if only == len(parts) > 1 else f"{only} of {len(parts)}"
    is_are = "is" if only == 1 else "are"
    shown = "shown" if lead == Leading.RATINGS else "shown and compared"
    return f"{start}, so {how_many} {is_are} data only: {shown}, not rated."


def _apart(snapshot: Snapshot) -> str:
    """Said once where no figure can be compared, all for the same reason: "Nothing can be compared with a year ago (why)." """
    reasons = {"last quarter": common_reason(snapshot, "short"), "a year ago": common_reason(snapshot, "long")}
    said = [f"with {ago} ({why})" for ago, why in reasons.items() if why]
    return f"Nothing can be compared {' or '.join(said)}." if said else ""


def common_reason(snapshot: Snapshot, which: str) -> str:
    """Why none of the verified figures can be compared, when there are several and it is one reason; otherwise empty."""
    trends = [getattr(part, which) for part in snapshot.in_state("verified")]
    reasons = {trend.why for trend in trends}
    return reasons.pop() if len(trends) > 1 and len(reasons) == 1 else ""
