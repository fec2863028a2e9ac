"""How likely and how bad a risk is, in words and as a square of five by five. Pure: takes numbers and dates, knows no records and no clock."""

import datetime as dt
from dataclasses import dataclass

LIKELIHOOD = {1: "Rare", 2: "Unlikely", 3: "Possible", 4: "Likely", 5: "Almost certain"}
IMPACT = {1: "Negligible", 2: "Minor", 3: "Moderate", 4: "Major", 5: "Severe"}
FIVE = (1, 2, 3, 4, 5)
BEFORE, NOW, TARGET = "Before", "Now", "Target"
HIGHER, LOWER, SAME = "higher", "lower", "the same"

Position = tuple[int, int]  # likelihood, impact


@dataclass(frozen=True)
class Cell:
    """One place of the square: its score, whether that is over the appetite, and which of the three positions stand there."""

    score: int
    is_over: bool
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    likelihood: int
    words: str
    cells: tuple[Cell, ...]  # by impact, 1 to 5


def square(before: Position, now: Position | None, target: Position, *, appetite: int) -> tuple[Row, ...]:
    """Most likely first. `now` is None while nothing has been scored."""
    places = [(BEFORE, before), (NOW, now), (TARGET, target)]
    return tuple(
        Row(
            likelihood,
            LIKELIHOOD[likelihood],
            tuple(
                Cell(
                    likelihood * impact,
                    likelihood * impact > appetite,
                    tuple(mark for mark, place in places if place == (likelihood, impact)),
                )
                for impact in FIVE
            ),
        )
        for likelihood in reversed(FIVE)
    )


def is_score(*numbers: int) -> bool:
    """Whether each is one of the five."""
    return all(number in FIVE for number in numbers)


def trend(was: int | None, now: int) -> str:
    """Against the score before: HIGHER, LOWER or SAME; "" where there was none."""
    if was is None:
        return ""
    return HIGHER if now > was else LOWER if now < was else SAME


def review_words(review_on: dt.date, on: dt.date) -> str:
    """ "Review due today", "Review 12 days overdue"; "" while it is not due."""
    late = (on - review_on).days
    if late < 0:
        return ""
    return f"Review {late:,} day{'' if late == 1 else 's'} overdue" if late else "Review due today"


def sentence(cause: str, event: str, effect: str) -> str:
    """The three parts as one: "Because one trainer holds all the courses, courses may be called off, and fewer champions are trained." """
    parts = [part.strip().rstrip(".,;") for part in (cause, event, effect)]
    said = ", ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}." if said else ""
