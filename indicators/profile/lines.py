"""The figures of one indicator quarter by quarter, in words: for the table of its page and for its download."""

from dataclasses import dataclass
from itertools import pairwise

from django.utils import timezone

from indicators import over_time, usual, wording
from indicators.aims import Aim, Rule
from indicators.assessment import Series
from indicators.models import Figure, Return
from indicators.over_time import Held
from indicators.profile.seen import Seen
from indicators.rating import Verdict
from lib import written
from lib.quarters import Quarter


@dataclass(frozen=True)
class Line:
    """One quarter: its figure as far as the reader may see it, and what there is to say about it. `target` is that of the quarter alone."""

    quarter: Quarter
    name: str  # "2017-18 Q4", or "2017-18" where it is measured once a year
    figure: str
    target: str
    year_before: str
    rating: Verdict
    notes: tuple[str, ...]
    url: str  # the return, when it is in the reader's sight

    @property
    def note(self) -> str:
        return ". ".join(self.notes)


def lines(seen: Seen) -> tuple[Line, ...]:
    """Newest first."""
    if seen.latest is None:
        return ()
    whole, ratings = seen.series(seen.latest), seen.ratings()
    return tuple(
        Line(
            quarter=quarter,
            name=seen.name(quarter),
            figure=wording.value(seen.shown(quarter)),
            target=target_words(whole, quarter),
            year_before=wording.value(seen.shown(quarter.year_ago)),
            rating=ratings[quarter],
            notes=tuple(notes(seen, quarter)),
            url=seen.held(quarter).return_.get_absolute_url() if seen.may_see(quarter) else "",
        )
        for quarter in reversed(seen.quarters)
    )


def target_words(series: Series, quarter: Quarter) -> str:
    """ "1,580", "62.5%", "proposed", "as last year", "none set", "6,300 in four quarters"."""
    aim = series.aims.get(quarter.year)
    if aim is None or aim.rule == Rule.NONE:
        return "none set"
    if not aim.is_agreed:
        return "proposed"
    of_the_quarter = series.target_in(quarter)
    if of_the_quarter is not None:
        return usual.aimed_at(of_the_quarter, is_share=series.is_share)
    return _of_no_quarter(aim, series)


def _of_no_quarter(aim: Aim, series: Series) -> str:
    if aim.value is None:
        return "as last year"
    return f"{usual.aimed_at(aim.value, is_share=series.is_share)} in four quarters"


def replaced(held: Held) -> list[tuple[Figure, Figure]]:
    """The restatements of a quarter, oldest first: what was, and what took its place. A figure confirmed as it was replaces nothing."""
    verified = held.verified
    return [(was, now) for was, now in pairwise(verified) if over_time.numbers(was) != over_time.numbers(now)]


def notes(seen: Seen, quarter: Quarter) -> list[str]:
    held, shown = seen.held(quarter), seen.shown(quarter)
    return [*_restated(held), *_provisional(shown), *_state(seen, quarter)]


def _restated(held: Held) -> list[str]:
    """ "Restated 24 January 2018: was 1,547. Revision: late reports were added. Verified by Lena Fox"."""
    told = []
    for was, now in replaced(held):
        on = written.day_year(timezone.localdate(now.verification.verified_at))
        kind = str(now.get_restates_display()).split(":")[0] or "Revision"
        why = f"{kind}: {now.restated_because.rstrip('.')}" if now.restated_because else kind
        by = now.verification.verified_by.name
        told.append(f"Restated {on}: was {wording.value(was)}. {why}. Verified by {by}")
    return told


def _provisional(shown: Figure | None) -> list[str]:
    if shown is None or not shown.is_provisional:
        return []
    return [f"Provisional{f', extracted {written.day_year(shown.extracted_on)}' if shown.extracted_on else ''}"]


def _state(seen: Seen, quarter: Quarter) -> list[str]:
    held = seen.held(quarter)
    if held.status == Return.Status.VERIFIED:
        return []
    if held.status == Return.Status.MISSING:
        told = held.return_.missing_note if seen.may_see(quarter) else ""  # in somebody's own words, like commentary
        note = f". {told.rstrip('.')}" if told else ""
        expected = f". Expected {written.day_year(held.expected_on)}" if held.expected_on else ""
        return [f"Missing: {written.in_sentence(held.reason)}{note}{expected}"]
    if not seen.may_see(quarter):
        return ["Not yet verified"]
    waiting = seen.waiting(quarter)
    return [f"{held.status_words}{f', {wording.value(waiting)}' if waiting else ''}"]
