"""The terms of a target: held against the rules of what makes sense, and in the words people read."""

from decimal import Decimal

from indicators import aims
from indicators.aggregate import EVEN
from indicators.aims import BASES, Aim
from indicators.models import Indicator, Target
from lib import written
from lib.written import figure, percentage

DATA_ONLY, PROPOSED = "Data only", "Proposed"


def problems(aim: Aim, indicator: Indicator) -> dict[str, str]:
    """What is wrong with an aim for this indicator, a sentence for each field; see `aims.problems`."""
    return aims.problems(
        aim,
        polarity=indicator.polarity,
        mode=indicator.year_to_date,
        is_share=indicator.is_share,
        is_rated=indicator.family != Indicator.Family.CONTEXT,
    )


def basis(target: Target, indicator: Indicator) -> str:
    """The code of what is rated: as it was said, or as its year to date is made."""
    return target.basis or str(BASES[indicator.year_to_date][0])


def as_set(number: Decimal | None, indicator: Indicator) -> str:
    """ "1,450", "62.5%": a target as it was typed. None -> ""."""
    return "" if number is None else f"{figure(number)}{'' if indicator.is_count else '%'}"


def as_measured(number: Decimal | None, indicator: Indicator) -> str:
    """ "1,389", "66.7%": what figures came to, rounded as everywhere. None -> ""."""
    return figure(number) if indicator.is_count else percentage(number)


def tolerance(target: Target) -> str:
    """ "5%", "2.5 points"; empty where the rule has none."""
    if target.tolerance is None:
        return ""
    if target.rule != Target.Rule.POINTS:
        return f"{figure(target.tolerance)}%"
    return f"{figure(target.tolerance)} point{'' if target.tolerance == 1 else 's'}"


def profile(target: Target) -> str:
    """ "24.5, 25, 25.5 and 25%", "25% each"; empty where the target isn't spread over the quarters."""
    if target.profile == EVEN:
        return f"{figure(EVEN[0])}% each"
    return f"{written.listed(map(figure, target.profile))}%" if target.profile else ""


def agreement(target: Target) -> str:
    """ "CSP Executive, 25 May 2017"; empty for what nobody has agreed."""
    return f"{target.agreed_by}, {written.day_year(target.agreed_on)}" if target.agreed_on else ""


def state(target: Target) -> str:
    """ "Agreed by CSP Executive, 25 May 2017", "Proposed" or "Data only"."""
    if target.rule == Target.Rule.NONE:
        return DATA_ONLY
    return f"Agreed by {agreement(target)}" if target.agreed_on else PROPOSED


def told(target: Target, indicator: Indicator) -> dict[str, str]:
    """All of it, by the words for each part; what it doesn't have is empty."""
    is_rated = target.rule != Target.Rule.NONE
    return {
        "Rule": str(target.get_rule_display()),
        "Rated on": str(Target.Basis(basis(target, indicator)).label) if is_rated else "",
        "Target": as_set(target.value, indicator),
        "Minimum expectation": as_set(target.minimum, indicator),
        "Tolerance": tolerance(target),
        "Quarters": profile(target),
        "Baseline": as_measured(target.baseline, indicator),
        "Agreed by": agreement(target),
    }


def brief(target: Target, indicator: Indicator) -> str:
    """What is aimed at, in a line: "Target 1,450, minimum expectation 1,389, for the year to date"."""
    parts = [
        f"Target {as_set(target.value, indicator)}" if target.value is not None else "As last year",
        f"minimum expectation {as_set(target.minimum, indicator)}" if target.minimum is not None else "",
        f"tolerance {tolerance(target)}" if target.tolerance is not None else "",
        f"for {written.in_sentence(Target.Basis(basis(target, indicator)).label)}",
    ]
    return ", ".join(part for part in parts if part)
