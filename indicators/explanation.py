"""Which words a figure asks for. Pure.

Red, amber and an unusual change ask what happened, why, what next, who sees to it and by when; anything else asks what happened. It holds
up commentary, never figures. A change against trial limits asks for nothing more: they are not sure enough.
"""

from collections.abc import Mapping

from indicators.rating import Rating

IN_FULL = ("what_happened", "why", "what_next", "who", "by_when")
IN_SHORT = ("what_happened",)

WORDS = {
    "what_happened": "what happened",
    "why": "why",
    "what_next": "what next",
    "who": "who sees to it",
    "by_when": "by when",
}


def asked(rating: Rating, *, is_unusual: bool) -> tuple[str, ...]:
    """The parts that are asked for, in the order in which they are said."""
    return IN_FULL if is_unusual or rating in (Rating.RED, Rating.AMBER) else IN_SHORT


def lacking(asks: tuple[str, ...], given: Mapping[str, object]) -> tuple[str, ...]:
    """Those of `asks` that `given` leaves empty."""
    return tuple(part for part in asks if not str(given.get(part) or "").strip())
