"""What the figures say in one quarter, as sentences for the top of a page."""

from dataclasses import dataclass
from itertools import groupby

from indicators import over_time, wording
from indicators.assessment import AWAITED, Assessment
from indicators.profile.seen import Seen
from indicators.rating import Verdict
from indicators.trend import Comparison, Trend
from lib import written
from lib.quarters import Quarter
from lib.written import capitalised, day_year

MEETS = {
    "will_meet": "Will meet the target.",
    "will_miss": "Won’t meet the target.",
    "may": "May meet or miss the target.",
}


@dataclass(frozen=True)
class Saying:
    """One of the sentences: `strong` begins it, then comes a rating as mark and word, then the rest."""

    words: str
    strong: str = ""
    rating: Verdict | None = None


@dataclass(frozen=True)
class Told:
    """What is said of the latest quarter with a verified figure, `quarter`; None without any.

    `headline` tells of the latest quarter of all; where that has no verified figure, it is followed by its `mark` and `rest`.
    """

    headline: str
    mark: Verdict | None
    rest: str
    quarter: Quarter | None
    is_earlier: bool  # than the quarter of the headline
    name: str  # of the quarter: "2017-18 Q3", or "2017-18" where it is measured once a year
    sayings: tuple[Saying, ...]


def tell(seen: Seen) -> Told:
    latest, known = seen.latest, seen.latest_verified
    if latest is None:
        return Told("No quarter has asked for this indicator yet.", None, "", None, False, "", ())
    is_awaited = seen.state(latest) == AWAITED and not seen.is_missing(latest)
    is_plain = seen.shown(latest) is not None or is_awaited
    return Told(
        headline=_headline(seen, latest) if is_plain else f"{seen.name(latest)}:",
        mark=None if is_plain else seen.ratings()[latest],
        rest="" if is_plain else _rest(seen, latest),
        quarter=known,
        is_earlier=known is not None and known < latest,
        name=seen.name(known) if known else "",
        sayings=tuple(_sayings(seen, known)) if known else (),
    )


def _headline(seen: Seen, latest: Quarter) -> str:
    """ "1,604 in 2017-18 Q4, provisional.", "2017-18 Q4 has not been sent."."""
    when, shown = seen.name(latest), seen.shown(latest)
    if shown is None:
        return f"{when} {'was sent back and is awaited again' if seen.held(latest).figures else 'has not been sent'}."
    provisional = ", provisional" if shown.is_provisional else ""
    newer = ". A newer figure is not yet verified" if seen.sent(latest) else ""
    return f"{capitalised(wording.value(shown))} in {when}{provisional}{newer}."


def _rest(seen: Seen, latest: Quarter) -> str:
    """What is known of a quarter without a verified figure: "1,604.", "awaiting partner, expected 31 May 2018."; empty for who is told no more."""
    if seen.is_hidden(latest):
        return ""
    if sent := seen.sent(latest):
        return f"{wording.value(sent)}."
    held = seen.held(latest)
    expected = f", expected {day_year(held.expected_on)}" if held.expected_on else ""
    return f"{over_time.why(held.state, held.reason)}{expected}."


def _sayings(seen: Seen, quarter: Quarter) -> list[Saying]:
    found = seen.assess(quarter)
    usual = found.usual
    said = [Saying(found.verdict.because, rating=found.verdict)]
    if usual.sentence:
        said.append(Saying(usual.sentence, strong=f"{usual.word}." if usual.word else ""))
    if usual.meets:
        said.append(Saying(usual.meets_sentence, strong=MEETS["may" if usual.is_trial else usual.meets]))
    return [*said, *trends(found, is_annual=seen.is_annual), *_forecast(found)]


def trends(found: Assessment, *, is_annual: bool) -> list[Saying]:
    """How the quarter compares with the last one and with the same one last year; an annual measure with the year before."""
    compared = [] if is_annual else [(found.short, "last quarter")]
    compared.append((found.long, "the year before" if is_annual else "the same quarter last year"))
    return _trends(compared)


def _trends(compared: list[tuple[Comparison, str]]) -> list[Saying]:
    """ "Better than last quarter (+43) and than the same quarter last year (+128)."; what can't be compared says why."""
    sayings: list[Saying] = []
    for (trend, _), same in groupby(compared, key=lambda one: (one[0].trend, one[0].why)):
        words = " and ".join(_to(one, what) for one, what in same)
        sayings.append(Saying(f"{words}.", strong=trend.word))
    return sayings


def _to(one: Comparison, what: str) -> str:
    if one.trend == Trend.NOT_COMPARABLE:
        return f"with {what}: {one.why}"
    return f"{'to' if one.trend == Trend.SIMILAR else 'than'} {what} ({one.words})"


def _forecast(found: Assessment) -> list[Saying]:
    ahead, none = found.forecast, "No forecast: "
    if ahead.number is None:
        why = ahead.basis.removeprefix(none)
        return [Saying(f"{capitalised(why)}.", strong="No forecast.")] if ahead.basis.startswith(none) else []
    if found.ahead is not None:
        return [Saying(f"{found.ahead.because} {ahead.basis}.", strong="Forecast:", rating=found.ahead)]
    whole = written.figure(ahead.number, 0)
    return [Saying(f"{whole} by the end of the year. {ahead.basis}.", strong="Forecast:")]
