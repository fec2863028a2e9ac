"""Passages: sentence by sentence, what the coordinator must decide, and what is left out. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from reporting.disclosure.naming import Naming, has_a_number
from reporting.disclosure.people import Names
from reporting.disclosure.words import Text, rewritten
from reporting.snapshots.shape import Snapshot

SMALL, RESTRICTED, NAME = "small", "restricted", "name"
BECAUSE = {
    SMALL: "It has a number in it and is about a figure that is hidden.",
    RESTRICTED: "It is about a restricted indicator.",
    NAME: "It may name somebody.",
}
_MARK = "[Left out of the public edition{}]"
_GROUNDS = {SMALL: ": small numbers", NAME: ": tells who somebody is"}
# A paragraph ends with its line; a sentence with a full stop before a capital, a figure or a bracket.
_BETWEEN = re.compile(
    r"(\n+\s*|(?<=[.!?])[ \t\N{NO-BREAK SPACE}]+(?=[\"‘“(\[A-Z0-9])|(?<=[.!?][\"’”)])\s+(?=[\"‘“(\[A-Z0-9]))"
)
_PARAGRAPH = re.compile(r"(\n+\s*)")


class Decided(Protocol):
    """What was decided of a passage; `Redaction` rows are that. The last one of a passage counts."""

    place: str
    passage: str
    is_left_out: bool
    ground: str


@dataclass(frozen=True)
class Passage:
    """A sentence, word for word. `ground`: why it is asked about, one of SMALL, RESTRICTED, NAME; empty for one that stays unless somebody objects."""

    place: str
    passage: str
    ground: str = ""

    @property
    def because(self) -> str:
        return BECAUSE.get(self.ground, "")


@dataclass(frozen=True)
class Asking:
    """What a sentence is asked about for: it may tell of a hidden figure, of a restricted indicator, or of a person."""

    naming: Naming
    names: Names
    hidden: frozenset[str]
    restricted: frozenset[str]

    def ground(self, text: Text, sentence: str) -> str:
        field, own = self.naming.named_in(text.words) | text.about, self.naming.named_in(sentence)
        counts = has_a_number(sentence)
        if own & self.restricted or (counts and not text.is_standing and field & self.restricted):
            return RESTRICTED
        if counts and not text.is_standing and field & self.hidden:
            return SMALL
        return NAME if self.names.may_name(sentence) else ""


def mark(ground: str) -> str:
    """What stands where a passage was: "[Left out of the public edition: exempt, paragraph 3 of Schedule 12A]"."""
    if ground.startswith("exempt_"):
        return _MARK.format(f": exempt, paragraph {ground.removeprefix('exempt_')} of Schedule 12A")
    return _MARK.format(_GROUNDS.get(ground, ""))


def sentences(words: str) -> list[str]:
    return [piece.strip() for piece in _BETWEEN.split(words)[::2] if piece.strip()]


def passages(snapshot: Snapshot, asking: Asking) -> tuple[Passage, ...]:
    """Every sentence, in the order of the snapshot, each once. Those on restricted indicators themselves are not: they are out whatever they say."""
    found: dict[tuple[str, str], Passage] = {}

    def collect(text: Text) -> str:
        if not text.place.startswith(tuple(f"{kind}/{slug}/" for kind in _OWN for slug in asking.restricted)):
            for sentence in sentences(text.words):
                found.setdefault((text.place, sentence), Passage(text.place, sentence, asking.ground(text, sentence)))
        return text.words

    rewritten(snapshot, collect)
    return tuple(found.values())


_OWN = ("indicators", "restatements")


def without(snapshot: Snapshot, asking: Asking, redactions: Iterable[Decided]) -> Snapshot:
    """The snapshot with what was decided to be left out, and what nobody has decided on, marked as left out."""
    decided = latest(redactions)
    return rewritten(snapshot, lambda text: cut(text, asking, decided))


def latest(redactions: Iterable[Decided]) -> dict[tuple[str, str], Decided]:
    return {(one.place, one.passage.strip()): one for one in redactions}


def cut(text: Text, asking: Asking, decided: Mapping[tuple[str, str], Decided]) -> str:
    """One text. What was decided of a whole text or paragraph counts for its sentences."""
    if whole := decided.get((text.place, text.words.strip())):
        return mark(whole.ground) if whole.is_left_out else text.words
    return "".join(
        piece if index % 2 else _paragraph(text, piece, asking, decided)
        for index, piece in enumerate(_PARAGRAPH.split(text.words))
    )


def _paragraph(text: Text, words: str, asking: Asking, decided: Mapping[tuple[str, str], Decided]) -> str:
    if whole := decided.get((text.place, words.strip())):
        return mark(whole.ground) if whole.is_left_out else words
    pieces = _BETWEEN.split(words)
    told = [_sentence(text, piece, asking, decided) if index % 2 == 0 else piece for index, piece in enumerate(pieces)]
    return "".join(_once(told))


def _sentence(text: Text, sentence: str, asking: Asking, decided: Mapping[tuple[str, str], Decided]) -> str:
    if not sentence.strip():
        return sentence
    if one := decided.get((text.place, sentence.strip())):
        return mark(one.ground) if one.is_left_out else sentence
    ground = asking.ground(text, sentence)
    return mark(ground) if ground else sentence


def _once(pieces: Sequence[str]) -> list[str]:
    """Sentences and what is between them, with one mark for several that are left out in a row."""
    kept: list[str] = []
    for index in range(0, len(pieces), 2):
        between = list(pieces[index - 1 : index]) if index else []
        if kept and pieces[index] == kept[-1] and pieces[index].startswith("[Left out"):
            continue
        kept += [*between, pieces[index]]
    return kept
