"""What was left in a pack by whoever wrote it, and must not go out: a note to fill in later, an empty link or diagram, the clearance page.

Pure: takes texts, and pages as HTML.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from html.parser import HTMLParser
from typing import Any

LONGEST = 60  # characters told around what was found

# Whole words in capitals: "insert" and "Insert the key" are English, "INSERT" is a note to oneself. XX is twenty as a
# numeral, but "XXI" and "MMXX" are no leftovers: only the letters alone are.
NOTES = (
    (re.compile(r"\bINSERT\b"), "INSERT"),
    (re.compile(r"\b(?:TBC|TBA|TBD)\b"), "something to be confirmed"),
    (re.compile(r"(?<![\w])X{2,}(?![\w])"), "XX"),
    (re.compile(r"\blorem ipsum\b", re.IGNORECASE), "filler text"),
    (
        re.compile(
            r"\[\s*(?:insert|name|names|date|number|figure|title|post|text|add|to follow|tbc)\b[^\]\n]{0,60}\]", re.I
        ),
        "a gap in brackets",
    ),
    (re.compile(r"\?{2,}"), "question marks in place of words"),
)
# What heads the page on which a paper's clearance is kept, which is for the office alone.
CLEARANCE = re.compile(
    r"\b(?:version control|version history|document control|clearance (?:page|sheet|table|route|record))\b"
    r"|\A\s*cleared by\b|\bcleared by:",
    re.IGNORECASE,
)
CLEARED = frozenset({"cleared", "cleared by", "clearance", "author", "amended by", "signed off", "signed off by"})


@dataclass(frozen=True)
class Leftover:
    """`where`: "covering note", "indicators › D3 › words › why", "page". `what` says it in words, with what stands around it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def in_text(text: str, where: str) -> list[Leftover]:
    """What one text holds, in the order of `NOTES`."""
    found = [
        Leftover(where, f"{what}, in {_around(text, match)}")
        for pattern, what in NOTES
        if (match := pattern.search(text))
    ]
    if match := CLEARANCE.search(text):
        found.append(Leftover(where, f"the clearance page, which is for the office alone, in {_around(text, match)}"))
    return found


def _around(text: str, match: re.Match[str]) -> str:
    room = max(LONGEST - len(match.group()), 0) // 2
    start, end = max(match.start() - room, 0), min(match.end() + room, len(text))
    words = " ".join(text[start:end].split())
    return f"“{'…' if start else ''}{words}{'…' if end < len(text) else ''}”"


def in_words(value: Any, where: str = "") -> list[Leftover]:
    """What the texts in a snapshot or an imprint hold: every text in it, by the names of its parts."""
    return [one for place, text in _texts(value, where) for one in in_text(text, place)]


def _texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif is_dataclass(value) and not isinstance(value, type):
        if type(value).__name__ == "Quarter":
            return
        for field in fields(value):
            yield from _texts(getattr(value, field.name), _beneath(where, field.name.replace("_", " ")))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _texts(item, _beneath(where, _name(item)))


def _name(item: Any) -> str:
    """What people call a part of a list: its reference or title; nothing for a text."""
    names = (getattr(item, name, "") for name in ("reference", "short_name", "letter", "title", "heading", "name"))
    return next((name for name in names if isinstance(name, str) and name), "")


def _beneath(where: str, name: str) -> str:
    return " › ".join(part for part in (where, name) if part)


def in_page(html: str, where: str = "page") -> list[Leftover]:
    """What a page holds: its words, links without words or target, drawings without anything in them, the clearance table."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found = [one for text in reader.texts for one in in_text(text, where)]
    return _once([*found, *(Leftover(where, what) for what in reader.found)])


def _once(found: Iterable[Leftover]) -> list[Leftover]:
    return list(dict.fromkeys(found))


HOLD_NO_WORDS = frozenset({"style", "script", "title", "desc"})
DRAWN = frozenset({"path", "line", "polyline", "polygon", "rect", "circle", "ellipse", "text", "use", "image"})
PICTURES = frozenset({"img", "svg", "object", "table", "canvas"})
BLOCKS = frozenset(
    {
        "p",
        "li",
        "td",
        "th",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "div",
        "section",
        "figcaption",
        "caption",
        "body",
    }
)


@dataclass
class _Open:
    """A link or drawing that is being read."""

    tag: str
    name: str  # its label where it has one for who can't see it
    target: str
    is_anchor: bool
    words: str = ""
    holds: bool = False


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.found: list[str] = []
        self._open: list[_Open] = []
        self._mute = 0
        self._text: list[str] = []
        self._heads: list[str] | None = None
        self._in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in BLOCKS:
            self._end_block()
        if tag in HOLD_NO_WORDS:
            self._mute += 1
        if tag in DRAWN or tag in PICTURES:
            for one in self._open:
                one.holds = True
        if tag in {"a", "svg", "figure"}:
            is_anchor = tag == "a" and "href" not in told and bool(told.get("id") or told.get("name"))
            self._open.append(_Open(tag, told.get("aria-label", ""), told.get("href", ""), is_anchor))
        if tag == "img":
            if not told.get("src", "").strip():
                self.found.append("a picture without a file")
            for one in self._open:
                one.words += told.get("alt", "")
        if tag == "table":
            self._heads = []
        self._in_head = tag == "th" or (self._in_head and tag not in {"td", "tr"})
        if tag == "th" and self._heads is not None:
            self._heads.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self._mute:
            for one in self._open:
                one.name += data.strip()  # the title of a drawing is the name of a link around it
            return
        self._text.append(data)
        for one in self._open:
            one.words += data
        if self._in_head and self._heads:
            self._heads[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_block()
        if tag in HOLD_NO_WORDS:
            self._mute = max(self._mute - 1, 0)
        if tag == "th":
            self._in_head = False
        if tag == "table" and self._heads is not None:
            heads = {" ".join(head.split()).casefold() for head in self._heads}
            if any(head.startswith("version") for head in heads) and not heads.isdisjoint(CLEARED):
                self.found.append("the table of versions and clearance, which is for the office alone")
            self._heads = None
        if tag in {"a", "svg", "figure"} and any(one.tag == tag for one in self._open):
            while self._open:
                one = self._open.pop()
                self._judge(one)
                if one.tag == tag:
                    break

    def close(self) -> None:
        super().close()
        self._end_block()

    def _judge(self, one: _Open) -> None:
        words = " ".join(one.words.split())
        if one.tag == "a" and not one.is_anchor:
            if not one.target.strip() or one.target.strip() == "#":
                self.found.append(f"a link that leads nowhere, “{words or one.name}”")
            elif not words and not one.name.strip():
                self.found.append(f"a link without words, to {one.target}")
        elif one.tag == "svg" and not one.holds:
            self.found.append("a diagram without anything in it")
        elif one.tag == "figure" and not one.holds:
            self.found.append("a figure without a picture")

    def _end_block(self) -> None:
        text = " ".join("".join(self._text).split())
        if text:
            self.texts.append(text)
        self._text = []
