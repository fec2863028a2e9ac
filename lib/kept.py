"""What is kept how long, and on what ground: a row for each model, offered by the app that knows it, in the same shape from every app."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

# Why something may be kept, as people read it.
TASK = "Task in the public interest, UK GDPR Article 6(1)(e): the plan and its figures under the Crime and Disorder Act 1998"
ACCOUNTABLE = "Task in the public interest, Article 6(1)(e): who gave, checked and decided must be known as long as the record stands"
DUTY = "Legal duty, Article 6(1)(c): the Equality Act 2010 (reasonable adjustments, public sector equality duty)"
SAFE = "Task in the public interest, Article 6(1)(e), and security of processing, Article 32"
NOT_PERSONAL = "Not about people"

FOR_GOOD = "For as long as the partnership keeps its record"


@dataclass(frozen=True)
class Purge:
    """What removes it when its time is over. `due` counts what would go and writes nothing; `do` removes it, and says how many went.

    Both take the moment. `schedule` is the task of beat that does it already; with "" the nightly purge does it.
    """

    due: Callable[[dt.datetime], int]
    do: Callable[[dt.datetime], int]
    schedule: str = ""


@dataclass(frozen=True)
class Kept:
    """`models` as labels in lower case ("accounts.user"); several where the same is to be said of all of them."""

    what: str  # "Mails: to whom, about what, whether it went"
    models: tuple[str, ...]
    is_personal: bool
    how_long: str
    ground: str
    removed_by: str  # "Nothing: it is on the record", "Removed by itself every night"
    purge: Purge | None = None
    in_notice: str = ""  # how the public privacy notice says it, in a sentence of its own; empty: nothing about people


def of(app: str, *names: str) -> tuple[str, ...]:
    """Labels of models: of("accounts", "user") is ("accounts.user",)."""
    return tuple(f"{app}.{name}" for name in names)


def days(number: int) -> str:
    """As people say it: 30 -> "30 days", 730 -> "2 years", 1 -> "1 day"."""
    if number % 365 == 0:
        years = number // 365
        return f"{years} year{'' if years == 1 else 's'}"
    return f"{number} day{'' if number == 1 else 's'}"
