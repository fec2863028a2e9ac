"""Reads the numbers that people type. Pure; Decimal in and out.

What can't be read is refused with a sentence that names the thing and says how to put it right; nothing is guessed.
"""

import re
from decimal import Decimal

MOST_FIGURES = 9  # a quarter's count in one area; longer is a slip of the finger
MOST_PLACES = 4  # as the column holds
PENCE = 2
HIDDEN = "Type the exact {}: small numbers are hidden in public reports, not here"

# Thousands may be set apart by commas, or by a space of any kind.
_COUNT = re.compile(r"\d+|\d{1,3}(,\d{3})+|\d{1,3}( \d{3})+", re.ASCII)
_PERCENTAGE = re.compile(r"(\d*)(?:\.(\d+))?", re.ASCII)
_WITH_COMMA = re.compile(r"\d*,\d+", re.ASCII)
_NEGATIVE = re.compile(r"[-\N{MINUS SIGN}\N{EN DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}]\s*[\d.]")
_ROUGH = re.compile(
    r"[<>\N{LESS-THAN OR EQUAL TO}\N{GREATER-THAN OR EQUAL TO}~\N{ALMOST EQUAL TO}*]"
    r"|^(less than|fewer than|under|below|up to|at most|at least|more than|over|about|around|approx\w*\.?|circa|c\.?)\s*\d"
    r"|^\d+\s*[-\N{EN DASH}]\s*\d+$",
    re.IGNORECASE,
)
# Pounds as a count is written, and pence.
_AMOUNT = re.compile(r"(\d*|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.(\d*))?", re.ASCII)
_SHORT = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?) ?(k|thousand|m|mn|million|bn|billion)\.?", re.ASCII | re.IGNORECASE)
_TIMES = {"k": Decimal(1000), "t": Decimal(1000), "m": Decimal(1000000), "b": Decimal(1000000000)}
_EXPONENT = re.compile(r"\d(\.\d+)?e[+-]?\d+", re.IGNORECASE | re.ASCII)


class Unreadable(ValueError):
    """What was typed is not the number asked for; its text is the sentence for the person.

    `box` says which of two boxes it is about: "part" or "base"; empty where there is one.
    """

    def __init__(self, sentence: str, box: str = "") -> None:
        super().__init__(sentence)
        self.box = box


def parse_count(typed: str, *, thing: str, like: str = "1,234", exact: str = "") -> Decimal:
    """A whole number from 0 up: "1,389", "1 389" and " 1389 " are 1389. Raises Unreadable.

    `thing` begins the sentence ("Domestic abuse reports"); `like` is a number such as one would expect here; `exact` answers "about 1,400"
    where the number is no figure that might be hidden in public.
    """
    text = _tidied(typed)
    if not text:
        raise Unreadable(f"Enter the number of {_inside(thing).removeprefix('the number of ')}")
    if _COUNT.fullmatch(text):
        digits = text.replace(",", "").replace(" ", "")
        if len(digits) > MOST_FIGURES:
            raise Unreadable(f"{thing} must have at most {MOST_FIGURES} figures: check what you typed")
        return Decimal(digits)
    _refuse_negative_rough_or_foreign(text, thing=thing, like=like, exact=exact or HIDDEN.format("number"))
    if text.endswith("%"):
        raise Unreadable(f"{thing} must be a whole number without a % sign, like {like}")
    if _EXPONENT.fullmatch(text):
        raise Unreadable(f"{thing} must be a whole number written out in figures, like {like}")
    raise Unreadable(f"{thing} must be a whole number, like {like}")


def parse_percentage(
    typed: str, *, thing: str, like: str = "67.4", exact: str = "", places: int = MOST_PLACES
) -> Decimal:
    """A percentage from 0 to 100 with at most so many places, with or without its sign: "67.4%" is 67.4. Raises Unreadable."""
    text = _tidied(typed)
    if not text:
        raise Unreadable(f"Enter {_inside(thing)}")
    bare = text.removesuffix("%").rstrip()
    match = _PERCENTAGE.fullmatch(bare)
    if not match or not (match[1] or match[2]):
        _refuse_negative_rough_or_foreign(text, thing=thing, like=like, exact=exact or HIDDEN.format("percentage"))
        if _WITH_COMMA.fullmatch(bare):
            raise Unreadable(f"{thing} must be typed with a point, like {like}: a comma only sets thousands apart")
        raise Unreadable(f"{thing} must be a number from 0 to 100, like {like}")
    if len(match[1].lstrip("0")) > 3:
        raise Unreadable(f"{thing} can’t be more than 100")
    if len(match[2] or "") > places:
        raise Unreadable(f"{thing} must have at most {places} figures after the point")
    number = Decimal(bare)
    if number > 100:
        raise Unreadable(f"{thing} can’t be more than 100")
    return number


def parse_amount(
    typed: str, *, thing: str, like: str = "12,345.67", exact: str = "Type the exact amount, in pounds and pence"
) -> Decimal:
    """An amount of money from 0 up, in pounds and pence, with or without its sign: "£12,345.67" is 12345.67. Raises Unreadable.

    What is written short, "£1.6m" or "480k", is refused with what to type instead.
    """
    text = _tidied(typed)
    if not text:
        raise Unreadable(f"Enter {_inside(thing)}")
    bare = text.removeprefix("£").lstrip()
    too_much = f"{thing} must be less than £{Decimal(10**MOST_FIGURES):,f}: check what you typed"
    match = _AMOUNT.fullmatch(bare)
    if match and (match[1] or match[2]):
        pounds, pence = match[1].replace(",", "").replace(" ", ""), match[2] or ""
        if len(pounds.lstrip("0")) > MOST_FIGURES:
            raise Unreadable(too_much)
        if len(pence) > PENCE:
            raise Unreadable(f"{thing} must have at most two figures after the point: pounds and pence, like {like}")
        return Decimal(f"{pounds or '0'}.{pence or '0'}").quantize(Decimal("0.01"))
    if short := _SHORT.fullmatch(bare):
        in_full = Decimal(short[1].replace(",", "")) * _TIMES[short[2][0].casefold()]
        if in_full >= 10**MOST_FIGURES:
            raise Unreadable(too_much)
        whole = in_full == in_full.to_integral_value()
        raise Unreadable(f"{thing} must be written out in full: type {in_full:,.{0 if whole else 2}f}")
    signless = " ".join(text.replace("£", "").split())
    _refuse_negative_rough_or_foreign(signless, thing=thing, like=like, exact=exact)
    if text.endswith("p") and _COUNT.fullmatch(text.removesuffix("p").rstrip()):
        raise Unreadable(f"{thing} must be in pounds and pence, like {like}")
    if _WITH_COMMA.fullmatch(bare):
        raise Unreadable(f"{thing} must be typed with a point before the pence, like {like}")
    raise Unreadable(f"{thing} must be an amount in pounds and pence, like {like}")


def check_share(part: Decimal, base: Decimal, *, part_name: str, base_name: str, may_be_none: bool = False) -> None:
    """Refuse a share of nothing, and a part that is more than its whole. Raises Unreadable with the box it is about.

    `may_be_none` takes 0 of 0: of need and met it says that nobody had the need; a survey that nobody answered says nothing.
    """
    if base == 0 and not may_be_none:
        raise Unreadable(
            f"{base_name} must be more than 0. If there were none, say that there is no figure this quarter", box="base"
        )
    if part > base:
        raise Unreadable(f"{part_name} can’t be more than the {base:,f} {_inside(base_name)}", box="part")


def _tidied(typed: str) -> str:
    """Without white space around it; inside, every run of it as one plain space."""
    return " ".join(typed.split())


def _inside(thing: str) -> str:
    """ "Domestic abuse reports" inside a sentence; "CBOs" stays as it is."""
    first = thing.split(" ")[0]
    return thing if first[1:] != first[1:].lower() else thing[:1].lower() + thing[1:]


def _refuse_negative_rough_or_foreign(text: str, *, thing: str, like: str, exact: str) -> None:
    if _ROUGH.search(text):
        raise Unreadable(exact)
    if _NEGATIVE.match(text):
        raise Unreadable(f"{thing} can’t be less than 0")
    if any(letter.isdigit() and not letter.isascii() for letter in text):
        raise Unreadable(f"{thing} must be typed with the figures 0 to 9, like {like}")
