"""Names out, posts in. Pure.

A name is found however it is written: with or without title, middle names and letters after it, with an initial, the surname first, and
whichever apostrophe, hyphen or accent was typed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from reporting.snapshots.shape import PersonPart

NOBODY = "a named officer"
RANKS = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Ald|Alderman|Sir|Dame|Lord|Lady|Baron|Baroness|Rev|Revd|Reverend|Canon|"
    "Father|Fr|Sister|Pastor|Imam|Sheikh|Maulana|Rabbi|Judge|Mayor|Constable|PC|PCSO|WPC|PS|PSgt|DC|DS|DI|DCI|DSupt|DCS|CI|Sgt|"
    "Sergeant|Insp|Inspector|Supt|Superintendent|Commander|Cdr|ACC|DCC|DAC|Officer|Detective|Chief|Ch|Acting|Temporary|Deputy|Assistant"
)  # fmt: skip
AFTER = "OBE|MBE|CBE|BEM|QPM|KPM|JP|DL|KC|QC|MP|PhD|MSc|BSc|MA|BA|LLB|FRCP|MRCGP|Esq|Jr|Sr"  # letters after a name
PARTICLES = frozenset("van von der den de del della di da du la le ter ten al el bin ibn bint st st. mac".split())
GAP = r"[\s\N{NO-BREAK SPACE}]+"
TITLES = rf"(?:(?:{RANKS})\.?{GAP})"
APOSTROPHES, HYPHENS = "'’‘ʼ`´", "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}–—"
SPEAKS = frozenset(
    "said says agreed agrees leads led chairs chaired reported reports told asked confirmed explained wrote thinks".split()
)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w")


class Names:
    """Of everybody whose name may stand in the words."""

    def __init__(self, people: Iterable[PersonPart]) -> None:
        self.people = sorted((one for one in people if one.name.strip()), key=lambda one: (-len(one.name), one.name))
        named = [(_Name.of(one.name), one) for one in self.people]
        self._hints = frozenset(hint for name, _ in named for hint in name.hints)
        self._written = [(re.compile(_whole(name, one.post)), one) for name, one in named]
        self._titled = [
            (re.compile(rf"\b{TITLES}+(?:{'|'.join(map(_letters, name.surnames))})(?!\w)"), one)
            for name, one in named
            if name.surnames
        ]
        self._surnames = {_folded(surname) for name, _ in named for surname in name.surnames}

    def out_of(self, text: str) -> str:
        """The text with "[post]" where a name stood; one that stands with its post leaves the post alone."""
        folded = _folded(text)
        if not any(hint in folded for hint in self._hints):
            return text
        for pattern, one in self._written:
            text = pattern.sub(partial(_instead, one), text)
        for pattern, one in self._titled:
            text = pattern.sub(f"[{one.post or NOBODY}]".replace("\\", r"\\"), text)
        return text

    def post(self, label: str) -> str:
        """What stands in a field for a person: "Owen Tranter, Superintendent" and "Superintendent (Owen Tranter)" are "Superintendent"."""
        bracketed = re.fullmatch(r"(.+?)\s*\(([^()]*)\)", label)
        if bracketed and (self.known(bracketed[2]) or _looks_like_a_name(bracketed[2])):
            return self.out_of(bracketed[1])
        name, comma, post = label.partition(", ")
        if comma and self.out_of(name).startswith("["):
            return self.out_of(post)
        return re.sub(r"\[([^\]]+)\]", r"\1", self.out_of(label))

    def known(self, label: str) -> bool:
        return self.out_of(label) != label

    def may_name(self, text: str) -> bool:
        """Whether a surname stands alone in it, as a name would: with a capital, inside a sentence or before a word of speaking, and part of no
        longer name. An e-mail address names somebody too."""
        words = re.findall(rf"[\w{APOSTROPHES}{HYPHENS}]+|[.!?:]", self.out_of(text))
        around = zip(["."] + words, words, [*words[1:], "."], strict=False)
        return bool(ADDRESS.search(text)) or any(
            self._is_a_surname(word)
            and not _begins_a_name(after)
            and (not _stands_first(before) or (before in ".!?:" and after in SPEAKS))
            for before, word, after in around
        )

    def _is_a_surname(self, word: str) -> bool:
        return _begins_a_name(word) and _folded(re.sub("’s$|'s$", "", word)) in self._surnames


def _begins_a_name(word: str) -> bool:
    return word[:1].isupper()


def _stands_first(word: str) -> bool:
    """After a full stop any word has a capital, and after a word with one it is part of a name: "Town Hall"."""
    return word in ".!?:" or word[:1].isupper()


def by_label(label: str, names: Names, owners: Sequence[str] = ()) -> str:
    """Who gave a figure or wrote something, by post alone. What is no name that is known is a name all the same, unless it is one of `owners`."""
    if not label or label in owners:
        return label
    if names.known(label):
        return names.post(label)
    _, comma, post = label.partition(", ")
    return post if comma else NOBODY


def _looks_like_a_name(words: str) -> bool:
    return len(words.split()) > 1 and all(word[:1].isupper() for word in words.split())


@dataclass(frozen=True)
class _Name:
    """A name in its parts. `surnames`: the surname, and each half of a double one; empty where there is but one word."""

    first: str
    middle: tuple[str, ...]
    surname: tuple[str, ...]

    @classmethod
    def of(cls, written: str) -> "_Name":
        words = re.sub(r"\([^()]*\)", " ", written).replace(",", " ").split() or written.split()
        while len(words) > 1 and re.fullmatch(rf"(?:{RANKS})\.?", words[0]):
            words = words[1:]
        while len(words) > 1 and re.fullmatch(rf"(?:{AFTER})\.?", words[-1]):
            words = words[:-1]
        last = len(words) - 1
        while last > 1 and words[last - 1].casefold() in PARTICLES:
            last -= 1
        return cls(words[0], tuple(words[1:last]), tuple(words[max(last, 1) :]))

    @property
    def surnames(self) -> tuple[str, ...]:
        if not self.surname:
            return ()
        whole, last = " ".join(self.surname), self.surname[-1]
        halves = [half for half in re.split(f"[{HYPHENS}]", last) if len(half) > 2]
        return tuple(dict.fromkeys((whole, last, *halves)))

    @property
    def hints(self) -> tuple[str, ...]:
        """Without any of these in a text the name does not stand in it."""
        return tuple(map(_folded, self.surnames or (self.first,)))


def _folded(text: str) -> str:
    """Without case, accents, apostrophes and hyphens, so that the same name is the same whoever typed it."""
    plain = text if text.isascii() else unicodedata.normalize("NFD", text)
    return re.sub(rf"[\u0300-\u036f{APOSTROPHES}{HYPHENS}\s]+", "", plain).casefold()


def _letters(written: str) -> str:
    """A pattern for a name of any apostrophe, hyphen, gap and accent."""
    return "".join(_letter(one) for one in re.sub(r"\s+", " ", unicodedata.normalize("NFC", written)))


def _letter(one: str) -> str:
    if one in APOSTROPHES:
        return f"[{APOSTROPHES}]?"
    if one in HYPHENS:
        return rf"(?:[{HYPHENS}]|{GAP})?"
    if one == " ":
        return GAP
    base = unicodedata.normalize("NFD", one)
    return rf"(?:{one}|{base[0]}[\u0300-\u036f]*)" if len(base) > 1 else re.escape(one)


def _whole(name: _Name, post_of: str) -> str:
    """ "Owen Tranter", "OWEN TRANTER", "Owen J. Tranter", "O. Tranter", "Tranter, Owen", each with or without a title before it and its post around it."""
    first, post = _letters(name.first), re.escape(post_of) if post_of else r"(?!)"
    found = f"(?-i:{first}|{_letters(name.first.upper())})"  # one word alone may be any word: then only as a name is written
    if name.surname:
        surname = _letters(" ".join(name.surname))
        begin = rf"(?:{first}|{_letter(name.first[0])}\.?)"
        middle = "|".join([r"\w\.?", *map(_letters, name.middle)])
        found = rf"(?:{begin}(?:(?:{GAP}|(?<=\.))(?:{middle})){{0,4}}(?:{GAP}|(?<=\.)){surname}|{surname},{GAP}{first})"
    before = rf"(?P<before>(?<!\w)(?i:{post})(?:,?{GAP}|\s*\())?"
    after = rf"(?P<after>,?{GAP}(?i:{post})(?!\w)|\s*\((?i:{post})\)|\))?"
    letters = rf"(?:,?{GAP}(?:{AFTER})\b)*"
    return rf"{before}\b{TITLES}*(?i:{found})(?!\w){letters}{after}"


def _instead(one: PersonPart, found: re.Match[str]) -> str:
    """ "Owen Tranter, Superintendent" and "Superintendent (Owen Tranter)" leave "Superintendent"; a name alone "[Superintendent]"."""
    before, after = found["before"] or "", found["after"] or ""
    said = one.post or NOBODY
    if before.endswith("(") and after == ")":
        return before.rstrip("( \t\n")
    if len(after) > 1:
        return (before if before.endswith("(") else "") + said
    if before and not before.endswith("("):
        return before.rstrip(", ") + after
    return f"{before}[{said}]{after}"
