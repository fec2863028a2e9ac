"""How much room words take. An estimate: the fonts are the reader's, so each letter counts as the wider of Arial's and Inter's."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from indicators.charts.points import Place, Text

# Hundredths of the type size.
_WIDTHS = {
    **dict.fromkeys("ijlI.,:;!'’| ", 28),
    **dict.fromkeys("frt()“”/", 38),
    "-": 47,
    **dict.fromkeys("cksvxyzJ–", 56),
    **dict.fromkeys("CDGHNOQRU", 76),
    "w": 82,
    **dict.fromkeys("mM%W", 93),
}
_USUAL = 64
_FOREIGN = 100  # outside the Latin alphabets
_BOLD = Decimal("1.06")

ASCENT, DESCENT = Decimal("0.76"), Decimal("0.22")


@dataclass(frozen=True)
class Box:
    left: Decimal
    top: Decimal
    right: Decimal
    bottom: Decimal

    @property
    def wide(self) -> Decimal:
        return self.right - self.left

    @property
    def high(self) -> Decimal:
        return self.bottom - self.top

    def meets(self, other: "Box", gap: Decimal = Decimal(0)) -> bool:
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def is_inside(self, other: "Box") -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@lru_cache(maxsize=1024)
def width(words: str, font: Decimal, *, is_strong: bool = False) -> Decimal:
    """In units of the picture, at the type size `font`."""
    hundredths = sum(_WIDTHS.get(letter, _USUAL if ord(letter) < 0x250 else _FOREIGN) for letter in words)
    return Decimal(hundredths) * font / 100 * (_BOLD if is_strong else 1)


def box(text: Text, font: Decimal) -> Box:
    """What a text covers."""
    wide = width(text.words, font, is_strong=text.is_strong)
    left = text.place.x - {"start": Decimal(0), "middle": wide / 2, "end": wide}[text.anchor]
    return Box(left, text.place.y - ASCENT * font, left + wide, text.place.y + DESCENT * font)


def shorten(words: str, most: Decimal, font: Decimal, *, is_strong: bool = False) -> str:
    """`words`, or as many of them as go into `most` units with "…" at the end; a first word that is too long is cut."""
    if width(words, font, is_strong=is_strong) <= most:
        return words
    kept = words
    while kept and width(f"{kept}…", font, is_strong=is_strong) > most:
        kept = kept[:-1]
    whole = kept if words[len(kept)] == " " else kept.rpartition(" ")[0]
    return f"{(whole or kept).rstrip(' ,.;:')}…"


def wrap(words: str, most: Decimal, font: Decimal, *, lines: int = 2) -> tuple[str, ...]:
    """Broken between words into at most so many lines, the last one shortened if it must be."""
    wrapped: list[str] = []
    left = words.split()
    while left:
        if len(wrapped) == lines - 1:
            return (*wrapped, shorten(" ".join(left), most, font))
        count = 1
        while count < len(left) and width(" ".join(left[: count + 1]), font) <= most:
            count += 1
        wrapped.append(shorten(" ".join(left[:count]), most, font))
        left = left[count:]
    return tuple(wrapped)


def widest(texts: Sequence[str], font: Decimal) -> Decimal:
    return max((width(words, font) for words in texts), default=Decimal(0))


def moved(text: Text, *, x: Decimal | None = None, y: Decimal | None = None) -> Text:
    place = Place(text.place.x if x is None else x, text.place.y if y is None else y)
    return Text(place, text.words, text.anchor, text.fill, text.is_strong)


def kept_inside(text: Text, font: Decimal, left: Decimal, right: Decimal) -> Text:
    """The text pushed sideways until it lies between `left` and `right`; too long a one starts at `left`."""
    covers = box(text, font)
    push = min(Decimal(0), right - covers.right)
    push = max(push, left - covers.left)
    return moved(text, x=text.place.x + push) if push else text
