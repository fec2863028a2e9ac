"""Indicators in a trail that people read who may not see all of them: a restricted one is never named there."""

from collections.abc import Collection

from indicators.models import Indicator
from lib.numerals import in_words


def told(indicators: Collection[Indicator]) -> str:
    """ "999 calls; Burglary; a restricted indicator"."""
    names = sorted(one.name for one in indicators if not one.is_restricted)
    hidden = sum(one.is_restricted for one in indicators)
    if hidden:
        names.append("a restricted indicator" if hidden == 1 else f"{in_words(hidden)} restricted indicators")
    return "; ".join(names)


def told_after(indicators: Collection[Indicator], before: Collection[Indicator]) -> str:
    """The same of what comes in place of `before`: it reads otherwise where it is something else, also where one restricted indicator
    was exchanged for another."""
    said = told(indicators)
    is_same = {one.pk for one in indicators} == {one.pk for one in before}
    return said if is_same or said != told(before) else f"{said}, not the same as before"
