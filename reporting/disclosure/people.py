"""Names out, posts in. Pure."""

import re
from collections.abc import Iterable, Sequence
from functools import partial

from reporting.snapshots.shape import PersonPart

NOBODY = "a named officer"
RANKS = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame|Lord|Lady|Rev|Revd|Reverend|Imam|Rabbi|Judge|Mayor|Constable|"
    "PC|PCSO|WPC|PS|PSgt|DC|DS|DI|DCI|DSupt|DCS|CI|Sgt|Sergeant|Insp|Inspector|Supt|Superintendent|Commander|Officer|"
    "Detective|Chief|Ch"
)  # fmt: skip
GAP = r"[\s\N{NO-BREAK SPACE}]+"
TITLES = rf"(?:(?:{RANKS})\.?{GAP})"


class Names:
    """Of everybody whose name may stand in the words."""

    def __init__(self, people: Iterable[PersonPart]) -> None:
        self.people = sorted((one for one in people if one.name.strip()), key=lambda one: (-len(one.name), one.name))
        self._last_words = frozenset(one.name.split()[-1].casefold() for one in self.people)
        self._written = [(re.compile(_whole(one)), one) for one in self.people]
        self._titled = [
            (re.compile(rf"\b{TITLES}+{re.escape(surname)}\b"), one)
            for one in self.people
            if (surname := _surname(one.name))
        ]
        self._surnames = {surname for one in self.people if (surname := _surname(one.name))}

    def out_of(self, text: str) -> str:
        """The text with "[post]" where a name stood; one that stands with its post leaves the post alone."""
        folded = text.casefold()
        if not any(last in folded for last in self._last_words):
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
        """Whether a surname stands alone in it, as a name would: with a capital, inside a sentence, and part of no longer name."""
        words = re.findall(r"[\w’'-]+|[.!?:]", self.out_of(text))
        around = zip(["."] + words, words, [*words[1:], "."], strict=False)
        return any(
            re.sub("’s$|'s$", "", word) in self._surnames and not _begins_a_name(after) and not _stands_first(before)
            for before, word, after in around
        )


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


def _surname(name: str) -> str:
    words = name.split()
    return words[-1] if len(words) > 1 else ""


def _whole(one: PersonPart) -> str:
    """ "Owen Tranter", "OWEN TRANTER", "Owen J. Tranter", "O. Tranter", each with or without a title before it and its post around it."""
    words = one.name.split()
    first, rest = words[0], [re.escape(word) for word in words[1:]]
    post = re.escape(one.post) if one.post else r"(?!)"
    if rest:
        begin = rf"(?:{re.escape(first)}|{re.escape(first[0])}\.?)"
        name = begin + rf"(?:{GAP}\w\.)?" + GAP + GAP.join(rest)
    else:
        name = re.escape(first)
    before = rf"(?P<before>(?i:{post})(?:,?{GAP}|\s*\())?"
    after = rf"(?P<after>,?{GAP}(?i:{post})|\s*\((?i:{post})\)|\))?"
    return rf"{before}\b{TITLES}*(?i:{name})\b{after}"


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
