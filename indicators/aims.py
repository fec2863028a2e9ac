"""What is aimed at in a year: the terms of a target, and which of them make sense. Pure."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from lib.numerals import figure

HUNDRED = Decimal(100)


class Rule(StrEnum):
    NONE = "none"
    MINIMUM_AND_TARGET = "minimum_and_target"
    TOLERANCE = "tolerance"
    POINTS = "points"
    LAST_YEAR = "last_year"


class Basis(StrEnum):
    QUARTER = "quarter"
    YEAR_TO_DATE = "year_to_date"
    LATEST = "latest"
    ROLLING_YEAR = "rolling_year"


@dataclass(frozen=True)
class Aim:
    """What is aimed at in a year. `value`, `minimum`: counts, or per cent for shares; None where the rule has none.

    `tolerance` is in per cent of the target, or in percentage points for that rule. `profile`: the quarters' shares of a yearly target in
    per cent, adding up to 100; None where the target isn't spread over quarters. An empty `basis` is the first of `BASES`.
    """

    rule: str
    basis: str
    value: Decimal | None = None
    minimum: Decimal | None = None
    tolerance: Decimal | None = None
    profile: tuple[Decimal, ...] | None = None
    is_agreed: bool = True

    def part(self, share: Decimal) -> "Aim":
        """The same aim for `share` per cent of the year, to the nearest whole number, half up.

        Only what is counted is spread over quarters, and shares are hundredths: 72.31% of 130 is 94, as last year's 94 was, not 94.003.
        """
        if share == HUNDRED:
            return self

        def of(number: Decimal | None) -> Decimal | None:
            return None if number is None else (number * share / HUNDRED).quantize(Decimal(1), rounding=ROUND_HALF_UP)

        return replace(self, value=of(self.value), minimum=of(self.minimum), profile=None)


# Which bases a year to date of each mode can be rated on; the first is what is meant when nothing is said.
BASES: dict[str, tuple[Basis, ...]] = {
    "sum": (Basis.YEAR_TO_DATE, Basis.QUARTER, Basis.ROLLING_YEAR),
    "pooled": (Basis.YEAR_TO_DATE, Basis.QUARTER, Basis.ROLLING_YEAR),
    "latest": (Basis.LATEST,),
}
# Which numbers a rule takes: True must be given, False may be; the others must not.
TAKES: dict[str, dict[str, bool]] = {
    Rule.NONE: {},
    Rule.MINIMUM_AND_TARGET: {"value": True, "minimum": True},
    Rule.TOLERANCE: {"value": True, "tolerance": True},
    Rule.POINTS: {"value": True, "tolerance": True},
    Rule.LAST_YEAR: {"value": False, "tolerance": True},
}
NAMES = {"value": "target", "minimum": "minimum expectation", "tolerance": "tolerance"}
PROFILE_UNUSED = "Only a yearly target for what is added up is spread over the quarters: leave the shares empty"


def problems(aim: Aim, *, polarity: str, mode: str, is_share: bool, is_rated: bool) -> dict[str, str]:
    """What is wrong with an aim, a sentence for each field: "rule", "basis", "value", "minimum", "tolerance", "profile". Empty when nothing is.

    `mode` is how the year to date is made; `is_share` says that the figures are per cent; `is_rated` is False for what is only shown.
    """
    if aim.rule == Rule.NONE:
        return _number_problems(aim, is_share) | ({"profile": PROFILE_UNUSED} if aim.profile is not None else {})
    if not is_rated:
        return {"rule": "This is shown beside the indicators and never rated: choose “None, data only”"}
    if polarity not in ("higher", "lower"):
        return {"rule": "No good direction is set, so nothing can be better or worse: choose “None, data only”"}
    if aim.rule == Rule.POINTS and not is_share:
        return {"rule": "Percentage points are for percentages. This is a count: choose a tolerance in per cent"}
    found: dict[str, str] = {}
    if aim.basis and aim.basis not in BASES[mode]:
        found["basis"] = _no_such_basis(mode)
    found |= _number_problems(aim, is_share)
    if not found.keys() & {"value", "minimum"} and aim.value is not None and aim.minimum is not None:
        if (aim.minimum > aim.value) if polarity == "higher" else (aim.minimum < aim.value):
            bound = "less" if polarity == "higher" else "more"
            found["minimum"] = (
                f"The minimum expectation can’t be better than the target. Good is {polarity}, "
                f"so it must be {figure(aim.value)}{'%' if is_share else ''} or {bound}"
            )
    if problem := _profile_problem(aim, mode):
        found["profile"] = problem
    return found


def _number_problems(aim: Aim, is_share: bool) -> dict[str, str]:
    """Of each number by itself."""
    found: dict[str, str] = {}
    for name, words in NAMES.items():
        given, takes = getattr(aim, name), TAKES[aim.rule]
        if given is None and takes.get(name):
            found[name] = f"Enter the {words}"
        elif given is not None and name not in takes:
            found[name] = f"This rule has no {words}: leave it empty"
        elif given is not None and name == "tolerance" and not 0 <= given <= HUNDRED:
            found[name] = "The tolerance must be a number from 0 to 100"
        elif given is not None and is_share and name != "tolerance" and not 0 <= given <= HUNDRED:
            found[name] = f"The {words} is a percentage: it must be from 0 to 100"
    return found


def _no_such_basis(mode: str) -> str:
    if mode == "latest":
        return "The latest quarter stands for its year, so it is rated by the latest figure"
    return "Its quarters make up the year: rate the quarter, the year to date or the last four quarters"


def _profile_problem(aim: Aim, mode: str) -> str:
    basis = aim.basis or BASES[mode][0]
    is_spread = mode == "sum" and basis == Basis.YEAR_TO_DATE and aim.value is not None
    if aim.profile is None:
        return "Say which share of the year’s target falls into each quarter" if is_spread else ""
    if not is_spread:
        return PROFILE_UNUSED
    if len(aim.profile) != 4:
        return "Enter a share for each of the four quarters"
    if any(share < 0 for share in aim.profile):
        return "A share can’t be less than 0"
    total = sum(aim.profile, Decimal(0))
    if total != HUNDRED:
        return f"The shares must add up to 100. They come to {figure(total)}"
    return ""
