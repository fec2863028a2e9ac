"""What in somebody's words may tell who they are, and whether a quote only leaves words out. Pure.

It finds what has a shape: addresses, numbers, a name after "my" or a title. It can't know that there is one baker in the street, and finds
little in words that are not English: two people read each quote all the same.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LEFT_OUT = "[…]"  # what stands where something was taken out

_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*"
_STREETS = (
    "road|rd|street|st|lane|ln|avenue|ave|close|court|house|place|square|gardens|grove|drive|way|terrace|mews|row|walk|crescent|estate|"
    "buildings|mansions|tower|point|wharf|hill|green"
)
# What is found, by what it is. What comes first is not found again by what comes later.
SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an email address", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("a web address", re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)),
    ("a name on a network", re.compile(r"(?<![\w@])@\w{2,}")),
    ("a phone number", re.compile(r"(?<![\w+])(?:\+|\(?0)\d(?:[ ()./-]{0,2}\d){8,13}(?!\d)")),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)),
    ("a car’s number plate", re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b", re.IGNORECASE)),
    (
        "an address",
        re.compile(
            rf"\b\d{{1,4}}[a-z]?,? (?:[A-Z][\w’'-]+ ){{1,3}}(?:{_STREETS})\b|\b(?:flat|number|no\.?|apartment|apt|room|house) \d{{1,4}}[a-z]?\b",
            re.IGNORECASE,
        ),
    ),
    ("a date", re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b")),
    (
        "an age",
        re.compile(r"\b(?:aged? \d{1,3}|\d{1,3}[- ]years?[- ]old|i am \d{1,3}|i[’']m \d{1,3})\b", re.IGNORECASE),
    ),
    ("a name", re.compile(rf"\b(?:[Mm]y|[Oo]ur)(?: [a-z’'-]+){{0,3}},? {_NAME}")),
    (
        "a name",
        re.compile(
            rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|PC|PCSO|Sgt|Cllr|Councillor|Imam|Father|Sister|Uncle|Aunt|Auntie)\.? {_NAME}"
        ),
    ),
    ("a name", re.compile(rf"\b(?:called|named|name is|name’s|name's|I am|I’m|I'm) {_NAME}")),
)
_CUT = re.compile(r"\[[^\[\]]*\]")
_DOTS = re.compile(r"\[\s*(?:…|\.{2,})\s*\]")


@dataclass(frozen=True)
class Found:
    """One thing that may tell who somebody is: "a phone number", and the words themselves."""

    what: str
    words: str

    def __str__(self) -> str:
        return f"{self.what}: “{self.words}”"


def telling(text: str) -> tuple[Found, ...]:
    """What in it may tell who somebody is, in the order of the text, each once."""
    held: list[tuple[int, int, Found]] = []
    for what, shape in SHAPES:
        for match in shape.finditer(text):
            start, end = match.span()
            if not any(start < other_end and other_start < end for other_start, other_end, _ in held):
                held.append((start, end, Found(what, " ".join(match[0].split()))))
    return tuple(dict.fromkeys(found for _, _, found in sorted(held, key=lambda one: one[0])))


def tidy(text: str) -> str:
    """With "[…]" however the dots were typed, and without spaces and empty lines around."""
    return _DOTS.sub(LEFT_OUT, text.replace("\r\n", "\n")).strip()


def not_in(quote: str, words: str) -> str:
    """The first piece of a quote that is not in the words, or not in their order; empty when it only leaves out.

    What stands in square brackets stands for something that was taken out. Spaces and kinds of apostrophes don't matter.
    """
    left = _plain(words)
    for piece in _pieces(quote):
        found = re.search(rf"(?<!\w){re.escape(_plain(piece))}(?!\w)", left)
        if not found:
            return piece
        left = left[found.end() :]
    return ""


def _pieces(quote: str) -> Iterable[str]:
    return (piece for part in _CUT.split(quote) if (piece := " ".join(part.split())))


def _plain(text: str) -> str:
    alike = text.translate(str.maketrans("’‘“”", "''\"\""))
    return " ".join(alike.split()).casefold()
