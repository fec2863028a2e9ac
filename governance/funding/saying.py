"""Amounts of money in words, where some are not known: never "£0" for what nobody knows. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from governance.funding.sums import Total
from lib.numerals import in_words, pence, pounds

NOT_KNOWN, NOT_SPLIT = "Not known", "Not split by year"
NONE_VERIFIED, NOT_ASKED = "None verified", "Nobody is asked"
NOTHING = "–"  # there is none, and nothing is unknown


@dataclass(frozen=True)
class Said:
    """What stands in a cell: an amount, or the words in its place, and a note under it."""

    words: str
    note: str = ""

    @property
    def is_nothing(self) -> bool:
        return self.words in ("", NOTHING)


def total(
    of: Total, *, nothing: str = NOTHING, unknown: str = "not known", none: str = "", to_the_penny: bool = False
) -> Said:
    """ "£12,000", with "one not known" under it (`unknown`). Where no part is known `none`, or else `unknown` as a word of its own; where
    there are no parts at all `nothing`."""
    if not of.parts:
        return Said((none or unknown[:1].upper() + unknown[1:]) if of.unknown else nothing)
    return Said(
        (pence if to_the_penny else pounds)(of.known), f"{in_words(of.unknown)} {unknown}" if of.unknown else ""
    )


def amount(value: Decimal | None, *, unknown: str = NOT_KNOWN) -> Said:
    return Said(unknown if value is None else pounds(value))


def exact(value: Decimal | None, *, unknown: str = NOT_KNOWN) -> Said:
    """To the penny."""
    return Said(unknown if value is None else pence(value))


def count(number: int, one: str, many: str = "") -> str:
    """ "one project", "three projects"."""
    return f"{in_words(number)} {one if number == 1 else many or one + 's'}"


def awaited(number: int, oldest: str) -> str:
    """ "Two amounts are awaited, the oldest for 2017-18 Q3."; empty where none is."""
    if not number:
        return ""
    return (
        f"One amount is awaited, for {oldest}."
        if number == 1
        else f"{in_words(number).capitalize()} amounts are awaited, the oldest for {oldest}."
    )


def unasked(number: int) -> str:
    """ "Nobody is asked what two projects spend."; empty for none."""
    return f"Nobody is asked what {count(number, 'project')} {'spends' if number == 1 else 'spend'}." if number else ""


def made_up(number: int) -> str:
    """What the sample years added to projects of which the amount alone was printed; empty for none."""
    if not number:
        return ""
    if number == 1:
        return (
            "The amount of one project is real. How it is split by year, who delivers the project and what it serves, spends "
            "and promises were made up."
        )
    return (
        f"The amounts of {count(number, 'project')} are real. How they are split by year, who delivers the projects and what "
        "they serve, spend and promise were made up."
    )
