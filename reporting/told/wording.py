"""Counts of people as the public reads them. Pure.

What is not published is one phrase, whether it is a small number or one that would give a small number away: two phrases would tell which.
"""

from decimal import Decimal

from consultation import results
from lib.numerals import figure, percentage

NOT_SHOWN = "not shown"


def count(number: int | None) -> str:
    return NOT_SHOWN if number is None else figure(number)


def share(number: int | None, of: int | None) -> str:
    """ "24.4%"; "" where it is not published, or of nobody."""
    hundredths = share_number(number, of)
    return percentage(hundredths)


def share_number(number: int | None, of: int | None) -> Decimal | None:
    """Out of a hundred, unrounded."""
    part = None if number is None or of is None else results.share(number, of)
    return None if part is None else part * 100


def of_all(number: int, of: int) -> str:
    """ "339 of 1,389 (24.4%)"; of nobody "0"."""
    return f"{figure(number)} of {figure(of)} ({share(number, of)})" if of else figure(number)


def interval(number: int | None, of: int | None) -> str:
    """ "22.2% to 26.7%"; "" where there is none."""
    range_ = None if number is None or of is None else results.wilson(number, of)
    return "" if range_ is None else f"{percentage(range_.low * 100)} to {percentage(range_.high * 100)}"


def key(threshold: int) -> str:
    """What "not shown" stands for, beside every table that has it."""
    return (
        f"“Not shown” is a number of fewer than {threshold} people, or one from which such a small number could be "
        "worked out. It keeps people from being recognised."
    )


def people(number: int) -> str:
    """ "Nobody", "1 person", "1,389 people": at the start of a sentence."""
    if not number:
        return "Nobody"
    return "1 person" if number == 1 else f"{figure(number)} people"
