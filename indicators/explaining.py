"""What the words for a return are asked to say, by the figure that was sent, verified or not: which parts, and why."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators import assessment, explanation, over_time
from indicators.assessment import MISSING, Series
from indicators.models import Commentary
from indicators.rating import Rating, Verdict, Why
from indicators.usual import Usual
from lib.numerals import listed
from lib.quarters import Quarter
from lib.written import capitalised, day_year

OUTSTANDING = "Explanation outstanding"  # the state of words that were sent and say less than is asked for
WELCOME = "Say what happened; the rest is welcome."
# How a refusal begins where a part is missing.
SAY = {
    "what_happened": "Say what happened",
    "why": "Say why",
    "what_next": "Say what happens next",
    "who": "Say who sees to it",
    "by_when": "Say by when",
}


@dataclass(frozen=True)
class Asked:
    """What is asked of one commentary.

    `because`: why more than what happened is asked for, "the figure is red"; empty where no more is. `verdict` is the rating of the figure,
    None where there is none or no words are asked for; `sentence` says the rest.
    """

    parts: tuple[str, ...]
    because: str
    verdict: Verdict | None
    sentence: str

    @property
    def is_in_full(self) -> bool:
        return self.parts == explanation.IN_FULL

    @property
    def told(self) -> str:
        """Rating and all in one: "Red: 170 in the quarter is above the minimum expectation of 160; good is lower. So say ..."."""
        return f"{self.verdict.sentence} {self.sentence}" if self.verdict else self.sentence

    def refusals(self, given: Mapping[str, object]) -> dict[str, str]:
        """A sentence for each part that is asked for and not given, by its box."""
        return {part: self._refusal(part) for part in explanation.lacking(self.parts, given)}

    def _refusal(self, part: str) -> str:
        if part == "what_happened":
            return "Say what happened in the quarter"
        return f"{SAY[part]}: {self.because}"

    def still(self, commentary: Commentary) -> str:
        """What words that were sent leave out: "why, what next and who sees to it"; empty when they say all that is asked for."""
        if commentary.status != Commentary.Status.SENT:
            return ""
        given = {part: getattr(commentary, part) for part in explanation.IN_FULL}
        return listed(explanation.WORDS[part] for part in explanation.lacking(self.parts, given))

    def more(self, commentary: Commentary) -> str:
        """The same as a sentence: "The figure is red, so say why and by when as well."; empty when nothing is left out."""
        left_out = self.still(commentary)
        return f"{capitalised(self.because)}, so say {left_out} as well." if left_out else ""


def of(commentary: Commentary) -> Asked:
    """What this commentary is asked to say. Six queries; none where no words are asked for."""
    if commentary.due_on is None:
        return _NOT_ASKED
    quarter = commentary.for_return.round.quarter
    held = over_time.gather(commentary.for_return.indicator)
    asked, this = _asked(held.series(quarter, counting_sent=True), quarter), held.quarters.get(quarter)
    if asked.verdict and asked.verdict.why is Why.MISSING and (this is None or this.state != MISSING):
        return _before_the_figure(asked, was_sent_back=this is not None and bool(this.figures))
    return asked


def outstanding(commentaries: Iterable[Commentary]) -> dict[int, Asked]:
    """Those that were sent, say less than is asked for and still take words, by id. Five queries at most.

    Each comes with its return, indicator and round loaded.
    """
    some = [one for one in commentaries if _may_lack(one)]
    if not some:
        return {}
    indicators = list({one.for_return.indicator_id: one.for_return.indicator for one in some}.values())
    figures, bases = over_time.sent(indicators), over_time.bases(indicators)
    found = {}
    for one in some:
        indicator, quarter = one.for_return.indicator, one.for_return.round.quarter
        # Why other quarters have no figure changes no colour.
        known = over_time.series(indicator, bases[indicator.pk], quarter, figures=figures[indicator.pk], states={})
        found[one.pk] = _asked(known, quarter)
    return {one.pk: found[one.pk] for one in some if found[one.pk].still(one)}


def more(commentary: Commentary) -> str:
    """What words that were sent still leave out and can be given, as a sentence; empty when nothing."""
    asked = outstanding([commentary]).get(commentary.pk)
    return asked.more(commentary) if asked else ""


def too_early(by_when: dt.date | None, quarter: Quarter) -> str:
    """Why a day can't be the one by which what comes next is done; empty when it can."""
    if by_when is None or by_when >= quarter.end:
        return ""
    return f"By when must be {day_year(quarter.end)}, the last day of the quarter, or later"


def _may_lack(commentary: Commentary) -> bool:
    is_sent = commentary.status == Commentary.Status.SENT and commentary.due_on is not None
    return is_sent and commentary.takes_words and not all(getattr(commentary, part) for part in explanation.IN_FULL)


_NOT_ASKED = Asked(
    explanation.IN_SHORT, "", None, "Commentary is not asked for in this quarter. Words are welcome: say what happened."
)


def _asked(series: Series, quarter: Quarter) -> Asked:
    verdict, usual = assessment.rated(series, quarter), assessment.usual_in(series, quarter)
    parts = explanation.asked(verdict.rating, is_unusual=usual.asks_for_words)
    if parts != explanation.IN_FULL:
        return Asked(parts, "", verdict, WELCOME)
    unusual = f"{usual.word}: {usual.sentence} " if usual.asks_for_words else ""
    every = listed(explanation.WORDS[part] for part in parts)
    return Asked(parts, _because(verdict, usual, series.number(quarter)), verdict, f"{unusual}So say {every}.")


def _before_the_figure(asked: Asked, *, was_sent_back: bool) -> Asked:
    came = "The figure was sent back and is awaited again" if was_sent_back else "No figure has been sent yet"
    later = "If the figure turns out red, amber or unusual, it asks for more."
    return replace(asked, verdict=None, sentence=f"{came}. {WELCOME} {later}")


def _because(verdict: Verdict, usual: Usual, number: Decimal | None) -> str:
    if verdict.rating in (Rating.RED, Rating.AMBER):
        return f"the figure is {verdict.rating}"
    lower, upper = usual.lower, usual.upper
    if number is not None and ((lower is not None and number < lower) or (upper is not None and number > upper)):
        return "the figure is outside its usual range"
    return "the change is unusual"
