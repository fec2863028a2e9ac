"""Finding exact words in a text, and cutting them out. Pure: knows neither models nor Django.

A text may be JSON: then only what stands in its strings is looked at, and what is cut leaves it JSON.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence

REMOVED = "[removed]"
SHORTEST = 3  # characters of words to look for: shorter ones are everywhere

Span = tuple[int, int]  # start and length

_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
# Keys of fields, codes of states, days and numbers: what programs read. Cutting there would break the text.
_CODE = re.compile(r"[a-z0-9_.:+/-]*")


# What people and their programs write for one another: "O'Neil" and "O’Neil", "Jane-Roe" and "Jane‑Roe".
_APOSTROPHES, _DASHES = "'’‘ʼ`´′", "-‐‑‒–—−"
_INVISIBLE = "[\u00ad\u200b-\u200d\u2060\ufeff]*"  # soft hyphens and joins, wherever they stand


def pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Matches each of these words (a name, an address, a sentence) as a whole, in any capitals, however its parts are spaced, and with any apostrophe and hyphen."""
    wanted = {
        (rf"{_INVISIBLE}(?:[{_DASHES}\s]{_INVISIBLE})+").join(
            _alike(part) for part in unicodedata.normalize(form, one).split()
        )
        for one in words
        for form in ("NFC", "NFD")
    }
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(sorted(wanted, key=len, reverse=True))})(?!\w)", re.IGNORECASE
    )  # the longest first: a surname alone must not end the match of a full name


def _alike(part: str) -> str:
    """One word, letter by letter."""
    kinds = {letter: f"[{kind}]" for kind in (_APOSTROPHES, _DASHES) for letter in kind}
    return _INVISIBLE.join(kinds.get(letter) or re.escape(letter) for letter in part)


def in_text(words: re.Pattern[str], text: str) -> list[Span]:
    return [(match.start(), match.end() - match.start()) for match in words.finditer(text)]


def in_json(words: re.Pattern[str], text: str, *, of_programs: bool = False) -> list[Span]:
    """Where they stand in strings of this JSON. Keys that are codes are passed over; `of_programs` so are all strings that look like one."""
    found: list[Span] = []
    for literal in _LITERAL.finditer(text):
        inner = literal.group()[1:-1]
        told = json.loads(literal.group()) if "\\" in inner else inner
        if not words.search(told):
            continue
        is_key = text[literal.end() :].lstrip()[:1] == ":"
        if (is_key or of_programs) and _CODE.fullmatch(told):
            continue
        found += _raw(in_text(words, told), inner, literal.start() + 1)
    return found


def _raw(spans: list[Span], inner: str, offset: int) -> Iterator[Span]:
    """The same spans in the text as it is written, where a character may be written as several."""
    if "\\" not in inner:
        yield from ((offset + start, length) for start, length in spans)
        return
    written = list(_CHARACTER.finditer(inner))
    for start, length in spans:
        first, last = written[start].start(), written[start + length - 1].end()
        yield offset + first, last - first


def is_json(text: str) -> bool:
    """Whether a text is an object or a list written as JSON."""
    if not text.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def cut(text: str, spans: Sequence[Sequence[int]]) -> str:
    """The text with `REMOVED` in the place of each span."""
    kept, at = [], 0
    for start, length in sorted((span[0], span[1]) for span in spans):
        kept += [text[at:start], REMOVED]
        at = start + length
    return "".join([*kept, text[at:]])


def around(text: str, spans: Sequence[Sequence[int]], reach: int = 60) -> list[tuple[str, str, str]]:
    """Each span with some of what stands before and after it."""
    told = []
    for start, length in spans:
        before, after = text[max(0, start - reach) : start], text[start + length : start + length + reach]
        told.append((before, text[start : start + length], after))
    return told
