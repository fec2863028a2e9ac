"""Whether a figure is so unlike what is held that whoever gives it is asked whether it is right. Pure.

Asked, never refused: an unusual figure may be right, and a question at every turn would be answered unread. So it is held against one
earlier figure: the verified one that it replaces, otherwise last quarter's, otherwise that of a year ago. Where it is like another of
these, that explains it: a summer like the last one, a correction back to what is usual. Differences that chance alone would make are none:
2 and then 4 is nothing.

Money is asked about for slips alone: a grant is paid at once and salaries by the month, so that twice or half of last quarter's spend is
nothing, and chance has no part in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from indicators import usual
from indicators.aggregate import Numbers
from indicators.assessment import Series, starts
from lib.numerals import figure, in_words, pence, percentage
from lib.quarters import Quarter

TIMES = Fraction(2)  # twice, or half: what "unusual" means to those who give figures
LIKE = Fraction(3, 2)  # less than half as much again, or more than two thirds: like it
# Three sigma, squared. A count varies by chance by its square root, the difference of two by the root of their sum.
CHANCE = 9
POINTS = Decimal(20)  # a fifth of all there could be
LIKE_POINTS = Decimal(10)
BEYOND_POINTS = Decimal(10)  # from the mean, for a share outside its usual range: a narrow range is soon left
SLIPPED = (Fraction(9), Fraction(11))  # about ten times, or a tenth: a digit too many, or one too few
# Of money: so many times, or a part as small, and by so many pounds at least. A point left out makes it a hundred times, a digit too many ten.
TIMES_OF_MONEY, LEAST_OF_MONEY = Fraction(8), Decimal(1000)
POINT_SLIPPED = (Fraction(90), Fraction(110))  # about a hundred times
NEARLY = Fraction(1, 10)  # 2.9 is almost three times

FRACTIONS = {2: "half", 3: "a third", 4: "a quarter", 5: "a fifth", 6: "a sixth", 7: "a seventh", 8: "an eighth", 9: "a ninth"}  # fmt: skip
TENTH = "a tenth"


@dataclass(frozen=True)
class Doubt:
    """What makes one look twice: `number` `said`, of `subject`: "1,920" "is three times last quarter’s 640".

    `value` is all that was given ("31 of 44"): an answer counts for that very value. `hint` may help to see what is wrong; empty when nothing does.
    """

    value: str
    number: str
    said: str
    subject: str = ""
    hint: str = ""

    @property
    def question(self) -> str:
        return f"{self._about}{self.number} {self.said}. Is that right?"

    @property
    def remark(self) -> str:
        """For whoever verifies it: "Three times last quarter’s 640"."""
        if not self.said.startswith("is "):
            return f"{self._about}{self.number} {self.said}"
        said = self.said.removeprefix("is ")
        return f"{self._about}{said}" if self.subject else f"{said[:1].upper()}{said[1:]}"

    @property
    def _about(self) -> str:
        return f"{self.subject}: " if self.subject else ""


@dataclass(frozen=True)
class _Held:
    """An earlier figure, and how it is named around its number."""

    numbers: Numbers
    name: str  # "last quarter’s {}"
    verb: str  # of a nought, or after one


def doubt(
    series: Series, quarter: Quarter, now: Numbers, *, replaced: Numbers | None = None, base_name: str = "The base"
) -> Doubt | None:
    """None where nothing is unusual. `series`: the verified figures; of the quarter itself and later ones nothing is read.

    `replaced`: the verified figure that this one would replace. `base_name`: what a share is out of, to begin a sentence ("Offenders with
    the need").
    """
    held = _held(series, quarter, replaced)
    if series.is_amount:
        return _of_amount(now, held)
    stretch = None if _goes_unasked(series, quarter, now, held) else _usual(series, quarter)
    if not series.is_share:
        return _of_count(now, held, stretch)
    return _of_base(now, held, base_name) or _of_share(now, held, stretch)


def remark(
    series: Series, quarter: Quarter, now: Numbers, *, replaced: Numbers | None = None, base_name: str = "The base"
) -> str:
    """The same for whoever verifies it, as a fact: "Three times last quarter’s 640"; empty where nothing is unusual."""
    found = doubt(series, quarter, now, replaced=replaced, base_name=base_name)
    return found.remark if found else ""


def value(numbers: Numbers, *, is_amount: bool = False) -> str:
    """What was given, in words that no other value has: "1,920", "31 of 44", "67.4%", "£12,345.67"."""
    if is_amount:
        return pence(numbers.numerator)
    if numbers.stated is not None:
        return f"{figure(numbers.stated)}%"
    if numbers.denominator is None:
        return figure(numbers.numerator)
    return f"{figure(numbers.numerator)} of {figure(numbers.denominator)}"


# ---------------------------------------------------------------- what it is held against


def _held(series: Series, quarter: Quarter, replaced: Numbers | None) -> list[_Held]:
    """The first is the one it is held against, the others may explain it. Not across the start of a new series."""
    annual = series.frequency == "annual"
    earlier = [(quarter.year_ago, "last year’s {}" if annual else "the {} of the same quarter last year")]
    if not annual:
        earlier.insert(0, (quarter.previous, "last quarter’s {}"))
    found = [] if replaced is None else [_Held(replaced, "the verified {}", "replaces")]
    for when, name in earlier:
        if when in series.figures and not series.broken_between(when, quarter):
            found.append(_Held(series.figures[when], name, "follows"))
    return found


def _usual(series: Series, quarter: Quarter) -> usual.Stretch | None:
    """The usual range by what was before; None where there is none yet, or it starts afresh with this quarter."""
    before = [one for one in series.span(quarter) if one < quarter]
    breaks = starts(series, quarter)
    if not before or len(before) in breaks:
        return None
    return usual.stretches([series.number(one) for one in before], breaks=breaks, is_share=series.is_share)[-1]


def _goes_unasked(series: Series, quarter: Quarter, now: Numbers, held: Sequence[_Held]) -> bool:
    """Whether a count is so near the mean and what it is held against that its usual range, which takes long to work out, would ask nothing.

    Ten thousand figures of a file are looked at in seconds only because most are.
    """
    number = now.numerator
    if (
        series.is_share
        or number is None
        or any(_differs(number, was.numbers.numerator or Decimal(0), TIMES) for was in held[:1])
    ):
        return False
    breaks = starts(series, quarter)
    since = [one for one in series.span(quarter) if one < quarter][breaks[-1] if breaks else 0 :]
    known = [was for one in since if (was := series.number(one)) is not None]
    if not known:
        return True
    mean = Fraction(sum(known, Decimal(0))) / len(known)
    return (Fraction(number) - mean) ** 2 < CHANCE * (Fraction(number) + mean) * Fraction(
        9999, 10000
    )  # the mean that is told is rounded


# ---------------------------------------------------------------- counts


def _of_count(now: Numbers, held: Sequence[_Held], stretch: usual.Stretch | None) -> Doubt | None:
    number = now.numerator
    if number is None:
        return None
    known = [(one, one.numbers.numerator) for one in held if one.numbers.numerator is not None]
    said = _moved(number, known, figure(number), value(now))
    if said is None:
        return _outside(now, number, [was for _, was in known], stretch)
    if said.hint or stretch is None or not (span := _span(stretch, is_share=False)):
        return said
    return Doubt(said.value, said.number, said.said, hint=f"The usual range is {span}.")


def _of_base(now: Numbers, held: Sequence[_Held], name: str) -> Doubt | None:
    if now.denominator is None:
        return None
    known = [(one, one.numbers.denominator) for one in held if one.numbers.denominator is not None]
    return _moved(now.denominator, known, figure(now.denominator), value(now), name)


def _moved(
    number: Decimal, known: Sequence[tuple[_Held, Decimal]], words: str, whole: str, subject: str = ""
) -> Doubt | None:
    """Whether a count is twice or half of what it is held against, and nothing explains it."""
    if not known or not _differs(number, known[0][1], TIMES):
        return None
    if not all(_differs(number, was, LIKE) for _, was in known[1:]):
        return None
    one, was = known[0]
    name = one.name.format(figure(was))
    if number == 0:
        unknown = "If the number is not known, say that there is no figure this quarter instead."
        return Doubt(whole, words, f"{one.verb} {name}", subject, unknown)
    if was == 0:
        return Doubt(whole, words, f"{one.verb} {name}", subject)
    rises = number > was
    times = Fraction(max(number, was)) / Fraction(min(number, was))
    slip = ""
    if SLIPPED[0] <= times <= SLIPPED[1]:
        slip = f"Check that no digit {'has slipped in' if rises else 'was left out'}."
    return Doubt(whole, words, f"is {_times(times) if rises else _part(times)} {name}", subject, slip)


def _differs(number: Decimal, was: Decimal, times: Fraction) -> bool:
    """By that many times at least, up or down, and by more than chance."""
    if (number - was) ** 2 < CHANCE * (number + was) or number == was:
        return False
    least, most = sorted((Fraction(number), Fraction(was)))
    return most >= times * least


def _times(times: Fraction) -> str:
    """2 -> "twice", 2.95 -> "almost three times", 3.4 -> "more than three times"."""
    whole = int(times)
    if times == whole:
        return _so_often(whole)
    nearly = whole + 1 - times <= NEARLY
    return f"almost {_so_often(whole + 1)}" if nearly else f"more than {_so_often(whole)}"


def _so_often(times: int) -> str:
    return "twice" if times == 2 else f"{in_words(times)} times"


def _part(times: Fraction) -> str:
    """The other way round: 2 -> "half of", 2.95 -> "little more than a third of", 3.4 -> "less than a third of"."""
    whole = int(times)
    if times > 10:
        return f"less than {TENTH} of"
    if times == whole:
        return f"{FRACTIONS.get(whole, TENTH)} of"
    nearly = whole + 1 - times <= NEARLY
    part = FRACTIONS.get(whole + 1 if nearly else whole, TENTH)
    return f"{'little more' if nearly else 'less'} than {part} of"


# ---------------------------------------------------------------- money


def _of_amount(now: Numbers, held: Sequence[_Held]) -> Doubt | None:
    """Whether an amount looks like a slip beside what it is held against, and nothing explains it; nought after money was spent is asked about."""
    number = now.numerator
    known = [(one, one.numbers.numerator) for one in held if one.numbers.numerator is not None]
    if number is None or not known or not _is_slip(number, known[0][1]):
        return None
    if not all(_is_slip(number, was) for _, was in known[1:]):
        return None
    one, was = known[0]
    words, name = pence(number), one.name.format(pence(was))
    if number == 0:
        unknown = "If the amount is not known, say that there is no figure this quarter instead."
        return Doubt(words, words, f"{one.verb} {name}", hint=unknown)
    times = Fraction(max(number, was)) / Fraction(min(number, was))
    slip = ""
    if SLIPPED[0] <= times <= SLIPPED[1]:
        slip = f"Check that no digit {'has slipped in' if number > was else 'was left out'}."
    elif POINT_SLIPPED[0] <= times <= POINT_SLIPPED[1]:
        slip = "Check where the point before the pence is."
    return Doubt(words, words, f"is {_times(times) if number > was else _part(times)} {name}", hint=slip)


def _is_slip(number: Decimal, was: Decimal) -> bool:
    """Nothing after something, or so many times it or as small a part. Something after nothing is how a project begins."""
    if was == 0 or number == 0:
        return was > 0 == number
    least, most = sorted((Fraction(number), Fraction(was)))
    return abs(number - was) >= LEAST_OF_MONEY and most >= TIMES_OF_MONEY * least


# ---------------------------------------------------------------- shares


def _of_share(now: Numbers, held: Sequence[_Held], stretch: usual.Stretch | None) -> Doubt | None:
    share = now.percentage
    if share is None:
        return None
    known = [(one, was) for one in held if (was := one.numbers.percentage) is not None]
    if not known or not _is_apart(now, known[0][0].numbers, POINTS):
        return _outside(now, share, [was for _, was in known], stretch)
    if not all(_is_apart(now, one.numbers, LIKE_POINTS) for one, _ in known[1:]):
        return None
    one, was = known[0]
    points = figure(abs(share - was), 1)
    said = f"is {points} points {'above' if share > was else 'below'} {one.name.format(percentage(was))}"
    span = _span(stretch, is_share=True) if stretch else ""
    return Doubt(value(now), _share_words(now, share), said, hint=f"The usual range is {span}." if span else "")


def _share_words(now: Numbers, share: Decimal) -> str:
    """ "67.4%", "31 of 44 (70.5%)"."""
    return percentage(share) if now.stated is not None else f"{value(now)} ({percentage(share)})"


def _is_apart(now: Numbers, was: Numbers, points: Decimal) -> bool:
    """By so many points at least, and, where both say what they are out of, by more than chance."""
    shares = now.percentage, was.percentage
    if shares[0] is None or shares[1] is None or abs(shares[0] - shares[1]) < points:
        return False
    pairs = [(one.numerator, one.denominator) for one in (now, was)]
    (part, base), (part_was, base_was) = pairs
    if part is None or part_was is None or not base or not base_was:
        return True
    # The variance of the difference of two shares, if both came from one: p (1 - p) (1/n + 1/m).
    both = Fraction(part + part_was) / Fraction(base + base_was)
    variance = both * (1 - both) * (1 / Fraction(base) + 1 / Fraction(base_was))
    moved = Fraction(part) / Fraction(base) - Fraction(part_was) / Fraction(base_was)
    return moved**2 >= CHANCE * variance


# ---------------------------------------------------------------- the usual range


def _outside(now: Numbers, number: Decimal, known: Sequence[Decimal], stretch: usual.Stretch | None) -> Doubt | None:
    """Whether it lies outside the usual range, well so, and no earlier figure it is held against did. Trial limits ask nothing."""
    if stretch is None or stretch.is_trial or stretch.mean is None:
        return None
    is_share = now.denominator is not None or now.stated is not None
    is_above = stretch.upper is not None and number > stretch.upper
    is_below = stretch.lower is not None and number < stretch.lower
    if not (is_above or is_below):
        return None
    if is_share:
        is_far = abs(number - stretch.mean) >= BEYOND_POINTS
    else:
        is_far = (number - stretch.mean) ** 2 >= CHANCE * (number + stretch.mean)
    was_there = any(_is_beyond(was, stretch, is_above=is_above) for was in known)
    if not is_far or was_there:
        return None
    words = _share_words(now, number) if is_share else figure(number)
    said = f"is {'above' if is_above else 'below'} the usual range of {_span(stretch, is_share=is_share)}"
    return Doubt(value(now), words, said)


def _is_beyond(was: Decimal, stretch: usual.Stretch, *, is_above: bool) -> bool:
    limit = stretch.upper if is_above else stretch.lower
    return limit is not None and (was > limit if is_above else was < limit)


def _span(stretch: usual.Stretch, *, is_share: bool) -> str:
    """ "1,391 to 1,610", "up to 12", "55.1% or more"; empty where there is no range."""
    lower, upper = (
        None if end is None else usual.in_range(end, is_share=is_share) for end in (stretch.lower, stretch.upper)
    )
    if lower and upper:
        return f"{lower} to {upper}"
    return f"up to {upper}" if upper else f"{lower} or more" if lower else ""
