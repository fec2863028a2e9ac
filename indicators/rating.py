"""Red, amber, green or unrated, with the sentence that explains it. Pure: numbers and words in, a verdict out.

Source of the rules: Tower Hamlets' minimum expectation and target; Havering's tolerance and comparison with last year; percentage
points for shares. On the line is always the better colour. "Better" follows the good direction.

| rule                       | green                               | amber                                  | red                         |
|----------------------------|-------------------------------------|----------------------------------------|-----------------------------|
| minimum and target         | at the target or better             | short of it, at the minimum or better  | worse than the minimum      |
| tolerance (per cent)       | at the target or better             | short of it by at most the tolerance   | further off                 |
| points (percentage points) | at the target or better             | short of it by at most the points      | further off                 |
| last year                  | at the target, or within tolerance  | beyond it, no worse than last year     | beyond it, worse than last  |
| none                       | never rated                         |                                        |                             |

| what may happen            | what it means                                                                                     |
|----------------------------|---------------------------------------------------------------------------------------------------|
| target of zero             | a tolerance in per cent of 0 is 0: there is no amber; points and a minimum work as ever           |
| negative target            | the tolerance is per cent of its size: 5% of −200 is 10, on the worse side                        |
| last year without a target | last year's figure is the target: green within tolerance of it, red beyond; never amber           |
| last year not known        | green stays green; beyond the tolerance it can't be told amber from red: unrated, naming the gap  |
| a missing quarter in a sum | unrated, naming it: a sum without one of its parts is another figure                              |
| nobody had the need        | a share of nothing is no figure: unrated, said so; other quarters of a pooled year still count    |
| not yet agreed             | unrated as data only, saying what is proposed                                                     |
| no good direction          | unrated: neither more nor less is better                                                          |
| a new definition inside it | unrated: figures on both sides of a series break are never put together                           |
| a hair beside the line     | it counts; the sentence takes as many decimals as tell figure and line apart                      |
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from indicators.aims import HUNDRED, Aim, Rule
from lib.numerals import figure, percentage


class Rating(StrEnum):
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    UNRATED = "unrated"


class Why(StrEnum):
    """Why there is no colour."""

    DATA_ONLY = "data_only"  # nothing is aimed at, or nothing agreed
    UNVERIFIED = "not_yet_verified"
    MISSING = "missing"
    NOT_ASKED = "no_return"
    NOT_KNOWN = "unrated"  # there is a figure and a target, and still they can't be compared
    NOT_SHOWN = "not_shown"  # in a public edition: it would give a small number back


# The word that stands for a verdict everywhere, by colour or by the reason for none; also the order in which they are counted.
WORDS: dict[str, str] = {
    "red": "Red",
    "amber": "Amber",
    "green": "Green",
    "data_only": "Data only",
    "unrated": "Unrated",
    "not_shown": "Not shown",
    "not_yet_verified": "Not yet verified",
    "missing": "Missing",
    "no_return": "No return",
}


@dataclass(frozen=True)
class Measured:
    """A figure on its basis: the number to compare (a count, or per cent), and when it was ("for the year to date").

    `number` is None when it is not known; `why_not` then says so in a main clause: "Q2 is missing, so the year to date is not known".
    """

    number: Decimal | None
    when: str
    is_share: bool = False
    why_not: str = ""


@dataclass(frozen=True)
class Verdict:
    """A rating and the sentence that explains it. `why` is None when there is a colour."""

    rating: Rating
    sentence: str
    why: Why | None = None

    @property
    def code(self) -> str:
        """Colour, or why there is none: the key into `WORDS`."""
        return str(self.rating if self.why is None else self.why)

    @property
    def word(self) -> str:
        return WORDS[self.code]

    @property
    def because(self) -> str:
        """The sentence where its word stands before it as a mark: "Awaiting partner." of "Missing: awaiting partner."; empty for the word alone."""
        rest = self.sentence.removeprefix(self.word).removeprefix(":").strip().removeprefix(".")
        return rest[:1].upper() + rest[1:]


def unrated(why: Why, because: str) -> Verdict:
    """ "Missing: awaiting partner."; without a reason the word alone: "Missing." """
    return Verdict(Rating.UNRATED, ": ".join(filter(None, (WORDS[why], because.rstrip(".")))) + ".", why)


def rate(
    aim: Aim | None,
    polarity: str,
    measured: Measured,
    *,
    to_date: bool = False,
    last_year: Measured | None = None,
) -> Verdict:
    """The verdict on a figure by an aim for the same stretch of time (see `Aim.part`).

    `polarity`: "higher", "lower" or "none". `to_date` says "target to date", for a part of a yearly target. `last_year` is the same basis
    over the same quarters of last year, for the rule that compares with it.
    """
    if aim is None or aim.rule == Rule.NONE:
        return unrated(Why.DATA_ONLY, _only(measured, "no target is set"))
    if not aim.is_agreed:
        said = "a comparison with last year"
        if aim.value is not None:
            said = f"a target{' to date' if to_date else ''} of {_as_set(aim.value, measured)}"
        return unrated(Why.DATA_ONLY, _only(measured, f"{said} is proposed and not yet agreed"))
    if polarity not in ("higher", "lower"):
        return unrated(Why.NOT_KNOWN, "no good direction is set, so neither more nor less is better")
    if measured.number is None:
        return unrated(Why.NOT_KNOWN, measured.why_not or "the figure is not known")
    return _Line(aim, polarity, measured, measured.number, " to date" if to_date else "", last_year).verdict()


def _only(measured: Measured, because: str) -> str:
    """ "4,207 in the quarter; no target is set"; without a figure the reason alone."""
    if measured.number is None:
        return because
    return f"{_words(measured.number, measured)} {measured.when}; {because}"


def _words(number: Decimal, measured: Measured, places: int = 1) -> str:
    """A count whole where it is whole; a share, and what isn't whole, with so many decimals."""
    if measured.is_share:
        return percentage(number, places)
    return figure(number) if number == number.to_integral_value() else figure(number, places)


def _as_set(line: Decimal, measured: Measured) -> str:
    """ "65%", "62.25%", "2,800": whoever set it finds it again."""
    return f"{figure(line)}%" if measured.is_share else figure(line)


PLACES = range(1, 9)  # as many decimals as are tried to set two numbers apart


def _to(places: int, number: Decimal) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _are_told(one: Decimal, other: Decimal, places: int) -> bool:
    """Whether so many decimals show that two numbers differ; of one and the same number, whether they show all of it, if four can."""
    if one != other:
        return _to(places, one) != _to(places, other)
    return _to(places, one) == one or _to(4, one) != one


@dataclass(frozen=True)
class _Line:
    """One comparison. Distances are positive on the better side of a line."""

    aim: Aim
    polarity: str
    measured: Measured
    number: Decimal
    to_date: str
    last_year: Measured | None

    def verdict(self) -> Verdict:
        if self.aim.rule == Rule.MINIMUM_AND_TARGET:
            return self._minimum_and_target()
        if self.aim.rule == Rule.LAST_YEAR:
            return self._last_year()
        if self.aim.rule in (Rule.TOLERANCE, Rule.POINTS):
            return self._within_tolerance()
        raise ValueError(f"There is no rule called {self.aim.rule!r}")

    # ------------------------------------------------------------ rules

    def _minimum_and_target(self) -> Verdict:
        target, minimum = self._needed("value"), self._needed("minimum")
        if self._better_by(target) >= 0:
            return self._reached(target)
        if self._better_by(minimum) < 0:
            return self._say(Rating.RED, f"is {self._side(minimum)} {self._minimum(minimum)}", minimum)
        if self.number == minimum:
            said = f"is on {self._minimum(minimum)} and short of {self._target(target)}"
            return self._say(Rating.AMBER, said, target)
        said = f"is between {self._minimum(minimum)} and {self._target(target)}"
        return self._say(Rating.AMBER, said, target, minimum)

    def _within_tolerance(self) -> Verdict:
        target = self._needed("value")
        limit = self._limit(target)
        if self._better_by(target) >= 0:
            return self._reached(target)
        if self._better_by(limit) >= 0:
            return self._say(Rating.AMBER, self._inside(self._target(target), target, limit), target)
        return self._say(Rating.RED, self._beyond(self._target(target), target, limit), target, limit)

    def _last_year(self) -> Verdict:
        before = self.last_year.number if self.last_year else None
        target = before if self.aim.value is None else self.aim.value
        if target is None:
            return self._not_compared("", f"{self._number()} {self.measured.when}")
        named = f"{self._line(target)} {self._then()}" if self.aim.value is None else self._target(target)
        limit = self._limit(target)
        if self._better_by(target) >= 0:
            where = "on" if self.aim.value is not None else "the same as"
            return self._say(
                Rating.GREEN, f"is {where if self.number == target else self._side(target)} {named}", target
            )
        if self._better_by(limit) >= 0:
            return self._say(Rating.GREEN, self._inside(named, target, limit), target)
        beyond = self._beyond(named, target, limit)
        if self.aim.value is None:
            return self._say(Rating.RED, beyond, target, limit)
        if before is None:
            return self._not_compared(f"{self._number(target, limit)} {self.measured.when} {beyond}, and", "it")
        if self._better_by(before) >= 0:
            said = f"{beyond}, but no worse than {self._line(before)} {self._then()}"
            return self._say(Rating.AMBER, said, target, limit, before)
        said = f"{beyond} and worse than {self._line(before)} {self._then()}"
        return self._say(Rating.RED, said, target, limit, before)

    # ------------------------------------------------------------ lines

    def _needed(self, name: str) -> Decimal:
        number: Decimal | None = getattr(self.aim, name)
        if number is None:
            raise ValueError(f"The rule {self.aim.rule} needs a {name}")
        return number

    def _better_by(self, line: Decimal) -> Decimal:
        return self.number - line if self.polarity == "higher" else line - self.number

    def _limit(self, target: Decimal) -> Decimal:
        """The furthest that is still within tolerance, on the worse side of the target."""
        tolerance = self.aim.tolerance or Decimal(0)
        room = tolerance if self.aim.rule == Rule.POINTS else abs(target) * tolerance / HUNDRED
        return target - room if self.polarity == "higher" else target + room

    # ------------------------------------------------------------ words

    def _side(self, line: Decimal) -> str:
        return "above" if self.number > line else "below"

    def _target(self, target: Decimal) -> str:
        return f"the target{self.to_date} of {self._aimed_at(target)}"

    def _minimum(self, minimum: Decimal) -> str:
        return f"the minimum expectation{self.to_date} of {self._aimed_at(minimum)}"

    def _aimed_at(self, line: Decimal) -> str:
        """A part of a yearly target is worked out; the rest is as it was set."""
        return self._line(line) if self.to_date else _as_set(line, self.measured)

    def _then(self) -> str:
        return self.last_year.when if self.last_year else "a year ago"

    def _tolerance(self) -> str:
        tolerance = figure(self.aim.tolerance or Decimal(0))
        if self.aim.rule != Rule.POINTS:
            return f"{tolerance}%"
        return f"{tolerance} percentage point{'' if tolerance == '1' else 's'}"

    def _reached(self, target: Decimal) -> Verdict:
        where = "on" if self.number == target else self._side(target)
        return self._say(Rating.GREEN, f"is {where} {self._target(target)}", target)

    def _inside(self, named: str, target: Decimal, limit: Decimal) -> str:
        to, rounding = ("down to", ROUND_CEILING) if self.polarity == "higher" else ("up to", ROUND_FLOOR)
        # The last whole count that is still within: nobody counts to 208.95.
        is_whole = not self.measured.is_share and self.number == self.number.to_integral_value()
        last = limit.to_integral_value(rounding) if is_whole else limit
        return f"is {self._side(target)} {named}, but within {self._tolerance()} of it, {to} {self._line(last)}"

    def _beyond(self, named: str, target: Decimal, limit: Decimal) -> str:
        if limit == target:  # no tolerance, or per cent of zero
            return f"is {self._side(target)} {named}"
        return f"is more than {self._tolerance()} {self._side(target)} {named}"

    def _not_compared(self, start: str, what: str) -> Verdict:
        why = (self.last_year.why_not if self.last_year else "") or "last year’s figure is not known"
        return unrated(Why.NOT_KNOWN, f"{start} {why}, so {what} can’t be compared with last year".strip())

    def _number(self, *lines: Decimal) -> str:
        """The figure, with more decimals where one would make it look like a line that it is not on."""
        told = (places for places in PLACES if all(_are_told(self.number, line, places) for line in lines))
        return _words(self.number, self.measured, next(told, PLACES[-1]))

    def _line(self, line: Decimal) -> str:
        """What was worked out: to one decimal, or as many as set it apart from the figure; whole where it is whole."""
        places = next((places for places in PLACES if _are_told(self.number, line, places)), PLACES[-1])
        said = figure(line) if _to(places, line) == line else figure(line, places)
        return f"{said}%" if self.measured.is_share else said

    def _say(self, rating: Rating, said: str, *lines: Decimal) -> Verdict:
        good = "good is higher" if self.polarity == "higher" else "good is lower"
        sentence = f"{WORDS[rating]}: {self._number(*lines)} {self.measured.when} {said}; {good}."
        return Verdict(rating, sentence)
