"""What "within 12 months" means: from one day to the same day of the next year, both included. Pure."""

import datetime as dt


def until(on: dt.date) -> dt.date:
    """The last day of the twelve months that begin on `on`: the same day a year later; of 29 February the 28th."""
    try:
        return on.replace(year=on.year + 1)
    except ValueError:  # 29 February, which the next year never has
        return on.replace(year=on.year + 1, day=28)


def holds(on: dt.date, day: dt.date | None) -> bool:
    """Whether a last day lies in them. One that is not known doesn't; nor does one that is past."""
    return day is not None and on <= day <= until(on)
