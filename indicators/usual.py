"""What the control chart says of the latest figure, in sentences: usual or not, and whether the target can be met by it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, takewhile

from indicators.spc import Rule, Segment, xmr
from indicators.variation import Variation, assurance, drawn_limits, variation
from lib.numerals import figure, in_words, percentage

LEAST_POINTS = 5  # "useful from five or six" (Making Data Count); with fewer no range is told or drawn


@dataclass(frozen=True)
class Usual:
    """`state`: "usual", "improving", "worsening", "changed", or "unknown" when nothing can be said; `sentence` says it.

    `lower`, `upper`, `mean`: of the last stretch, what may be drawn; None where not known, or where the figure can't reach it. `is_trial`: from
    fewer than twelve points. `asks_for_words`: unusual by more than trial limits. `meets`: "will_meet", "will_miss", "may" or empty.
    """

    state: str
    sentence: str
    is_trial: bool
    asks_for_words: bool
    points: int
    mean: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    meets: str
    meets_sentence: str

    @property
    def word(self) -> str:
        return "" if self.state == "unknown" else self.state.capitalize()


@dataclass(frozen=True)
class Stretch:
    """A part of the chart with one usual range: half open places, and what may be drawn. Without limits: too few points to tell."""

    start: int
    end: int
    mean: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    is_trial: bool


def stretches(values: Sequence[Decimal | None], *, breaks: Sequence[int], is_share: bool) -> list[Stretch]:
    """The usual ranges to draw, one after each break."""
    ceiling = Decimal(100) if is_share else None
    return [
        Stretch(one.start, one.end, one.mean, *drawn_limits(one, floor=Decimal(0), ceiling=ceiling), one.provisional)
        if one.points >= LEAST_POINTS
        else Stretch(one.start, one.end, None, None, None, True)
        for one in xmr(values, breaks=breaks)
    ]


def read(
    values: Sequence[Decimal | None],
    *,
    breaks: Sequence[int],
    polarity: str,
    is_share: bool,
    target: Decimal | None,
    is_latest_known: bool,
    period: str = "quarter",
) -> Usual:
    """`values` oldest first, the last one being the latest; `target` is that of the latest quarter alone."""
    charted = xmr(values, breaks=breaks)
    if not charted or not is_latest_known or values[-1] is None:
        return _nothing("" if values else "There is no figure yet.")
    latest, last = values[-1], charted[-1]
    if last.points < LEAST_POINTS or last.mean is None:
        have = f"{in_words(last.points)} {period}{'' if last.points == 1 else 's'}"
        since = " since it started afresh" if last.start else ""
        return _nothing(
            f"There is no usual range yet: {have}{since} {'is' if last.points == 1 else 'are'} too few to tell one.",
            last.points,
        )
    floor, ceiling = Decimal(0), Decimal(100) if is_share else None
    told = variation(charted, values, polarity=polarity, floor=floor, ceiling=ceiling)
    if told.state == Variation.UNKNOWN:
        return _nothing(
            "There is no usual range: the figures don’t move enough, or don’t follow on each other, to tell one.",
            last.points,
        )
    say = _Words(is_share, period, told.lower, told.upper, last.mean)
    if told.state == Variation.USUAL:
        sentence = f"{say.number(latest)} is inside the usual range{say.span()}."
    else:
        sentence = say.unusual(latest, told.rule, told.direction, values[last.start :], last)
    if told.is_trial:
        sentence += f" These are trial limits, from {last.points} {period}s."
    meets = assurance(charted, target=target, polarity=polarity, floor=floor, ceiling=ceiling)
    return Usual(
        state=str(told.state),
        sentence=sentence,
        is_trial=told.is_trial,
        asks_for_words=told.asks_for_words,
        points=last.points,
        mean=told.mean,
        lower=told.lower,
        upper=told.upper,
        meets=str(meets) if meets else "",
        meets_sentence=say.meeting(str(meets), target, told.is_trial) if meets and target is not None else "",
    )


def _nothing(sentence: str, points: int = 0) -> Usual:
    return Usual("unknown", sentence, False, False, points, None, None, None, "", "")


def in_range(number: Decimal, *, is_share: bool) -> str:
    """Limits, and what stands beside them, are no sharper than the figures they come from: counts whole, shares with one decimal."""
    if is_share:
        return percentage(number)
    return figure(number, 0 if abs(number) >= 10 else None if number == number.to_integral_value() else 1)


def aimed_at(target: Decimal, *, is_share: bool) -> str:
    """The target of one quarter: a share as it was set, a part of a yearly count like a limit."""
    return f"{figure(target)}%" if is_share and target == round(target, 1) else in_range(target, is_share=is_share)


@dataclass(frozen=True)
class _Words:
    is_share: bool
    period: str
    lower: Decimal | None
    upper: Decimal | None
    mean: Decimal

    def number(self, number: Decimal) -> str:
        return in_range(number, is_share=self.is_share)

    def span(self) -> str:
        """ " of 1,391 to 1,610", " of up to 4.2"; empty when neither limit is one."""
        if self.lower is not None and self.upper is not None:
            return f" of {self.number(self.lower)} to {self.number(self.upper)}"
        if self.upper is not None:
            return f" of up to {self.number(self.upper)}"
        return f" of {self.number(self.lower)} or more" if self.lower is not None else ""

    def unusual(
        self, latest: Decimal, rule: Rule | None, direction: int, values: Sequence[Decimal | None], last: Segment
    ) -> str:
        up = direction > 0
        above = "above" if up else "below"
        if rule == Rule.OUTSIDE:
            return f"{self.number(latest)} is {above} the usual range{self.span()}."
        if rule == Rule.TREND:
            how_many = _in_one_direction(values, up=up)
            return f"It has {'risen' if up else 'fallen'} over {in_words(how_many)} {self.period}s in a row, to {self.number(latest)}."
        if rule == Rule.NEAR_LIMIT:
            edge = "top" if up else "bottom"
            return f"Two of the last three {self.period}s are near the {edge} of the usual range{self.span()}."
        how_many = _on_one_side(values, self.mean, up=up)
        return f"The last {in_words(how_many)} {self.period}s are all {above} the average of {self.number(self.mean)}."

    def meeting(self, meets: str, target: Decimal, is_trial: bool) -> str:
        aim = f"The target of {aimed_at(target, is_share=self.is_share)} for a {self.period}"
        if meets == "may":
            return f"{aim} lies inside the usual range, so it can be met or missed without anything having changed."
        side, end = ("safe", "met") if meets == "will_meet" else ("far", "missed")
        if is_trial:
            return f"{aim} lies beyond the trial limits on the {side} side; so few {self.period}s can’t tell that it will be {end}."
        return f"{aim} lies beyond the usual range on the {side} side, so it will be {end} unless something changes."


def _on_one_side(values: Sequence[Decimal | None], mean: Decimal, *, up: bool) -> int:
    """How many of the last values lie above the mean, or below it."""
    signs = [value is not None and ((value > mean) if up else (value < mean)) for value in reversed(values)]
    return len(list(takewhile(bool, signs)))


def _in_one_direction(values: Sequence[Decimal | None], *, up: bool) -> int:
    """How many of the last values rise, or fall, one after the other; the first of them included."""
    steps = [
        then is not None and now is not None and ((now > then) if up else (now < then))
        for then, now in pairwise(values)
    ]
    return len(list(takewhile(bool, reversed(steps)))) + 1
