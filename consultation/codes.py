"""One-time codes as they are printed on paper forms: eight letters and figures that can't be mistaken for each other, the last of them a check. Pure.

The letters are numbered 0 to 30, and in a code of places 1 to 8 the sum of place times number is divisible by 31. As 31 is a prime, one wrong
letter always breaks that, and so do two that have changed places.
"""

import secrets
from collections.abc import Callable, Collection, Sequence

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 and O, 1, I and L
LENGTH = 8
MOST = 5_000  # in one series
GROUP = 4  # as printed: "AB12-CD34"


def make(
    count: int, *, taken: Collection[str] = (), draw: Callable[[Sequence[str]], str] = secrets.choice
) -> list[str]:
    """So many codes that nobody can guess, none of them twice and none that is `taken`. `draw` picks one letter."""
    known = set(taken)
    made: list[str] = []
    while len(made) < count:
        code = complete("".join(draw(LETTERS) for _ in range(LENGTH - 1)))
        if code not in known:
            known.add(code)
            made.append(code)
    return made


def complete(letters: str) -> str:
    """The first seven with their check letter."""
    rest = sum(place * LETTERS.index(letter) for place, letter in enumerate(letters, start=1))
    check = -rest * pow(LENGTH, -1, len(LETTERS)) % len(LETTERS)
    return letters + LETTERS[check]


def normalise(typed: str) -> str:
    """As it is kept: "ab12-cd34 " is "AB12CD34"."""
    return "".join(typed.upper().replace("-", " ").replace("–", " ").split())


def printed(code: str) -> str:
    """In two groups, for whoever reads it off a form."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def fault(typed: str) -> str:
    """What is wrong with a code as it was typed, in a sentence; "" for one that could have been printed, and for none."""
    code = normalise(typed)
    if not code:
        return ""
    strange = next((letter for letter in code if letter not in LETTERS), "")
    if strange:
        return f"No code has {strange} in it: 0, 1, I, L and O are never used. Look at the form again."
    if len(code) != LENGTH:
        return f"A code has {LENGTH} letters and figures, and this has {len(code)}. Look at the form again."
    if complete(code[:-1]) != code:
        return "One letter of this code is wrong, or two have changed places. Look at the form again."
    return ""
