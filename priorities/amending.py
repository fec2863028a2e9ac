"""Changing the words of a priority: the order of its parts, and what an amendment says in readable lines.

Pure: takes words and gives words; knows neither models nor Django.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

# The lists of a priority, by the name of their field, with what one entry is called.
KINDS = {
    "themes": "Sub-heading",
    "focus_points": "Focus point",
    "commitments": "Commitment",
    "outcomes": "Outcome",
}
NOTHING = "nothing"
QUOTED = 50  # characters of an entry that are enough to know it again

Line = dict[str, str]  # {"what", "was", "now"}


@dataclass(frozen=True)
class Item:
    """One entry of a list. `token` names it: its id as text, or anything else for an entry that is not in the plan yet.

    `theme` is the token of its sub-heading, or "". What an entry of its kind doesn't have stays empty.
    """

    token: str
    text: str
    theme: str = ""
    year: str = ""
    number: int | None = None
    unit: str = ""
    known_by: str = ""

    @property
    def amount(self) -> str:
        """ "20 Criminal Behaviour Orders", or "" without a number."""
        return "" if self.number is None else f"{self.number:,} {self.unit}"


@dataclass(frozen=True)
class Wording:
    """All that a priority says: its own words and its lists, each in its order."""

    title: str
    short_title: str
    why: str
    themes: tuple[Item, ...] = ()
    focus_points: tuple[Item, ...] = ()
    commitments: tuple[Item, ...] = ()
    outcomes: tuple[Item, ...] = ()

    def entries(self, kind: str) -> tuple[Item, ...]:
        """One of its lists, by the name of its field."""
        entries: tuple[Item, ...] = getattr(self, kind)
        return entries

    def in_order_of_years(self) -> "Wording":
        """Commitments of an earlier year stand before those of a later one, otherwise as they are."""
        return replace(self, commitments=tuple(sorted(self.commitments, key=lambda item: item.year)))


# ---------------------------------------------------------------- the order of a list


@dataclass(frozen=True)
class Place:
    """Where an entry stood when the page was shown, and what was typed into its box. None: it is new; the box is empty or unreadable."""

    shown: int | None
    typed: int | None

    @property
    def claimed(self) -> int | None:
        """The place it is to move to; None when it just goes along."""
        return self.typed if self.typed != self.shown else None


def arranged(places: Sequence[Place]) -> list[int]:
    """The indexes of the entries in their new order: who was given another place has it, the rest make room in their old order.

    A place behind the last one means the end.
    """
    claims = sorted((place.claimed, index) for index, place in enumerate(places) if place.claimed is not None)
    rest = [index for index, place in enumerate(places) if place.claimed is None]
    order: list[int] = []
    for place in range(1, len(places) + 1):
        wanted = claims and (claims[0][0] <= place or not rest)
        order.append(claims.pop(0)[1] if wanted else rest.pop(0))
    return order


def clashing(places: Sequence[Place]) -> list[int]:
    """The indexes of entries that were moved to a place which an earlier one was moved to as well."""
    claimed: set[int] = set()
    clashes = []
    for index, place in enumerate(places):
        if place.claimed is not None and place.claimed in claimed:
            clashes.append(index)
        elif place.claimed is not None:
            claimed.add(place.claimed)
    return clashes


def swapped(order: Sequence[int], index: int, step: int) -> list[int]:
    """The order after the entry `index` went one place up (-1) or down (1); at the end of the list nothing happens."""
    moved = list(order)
    here = moved.index(index)
    there = here + step
    if 0 <= there < len(moved):
        moved[here], moved[there] = moved[there], moved[here]
    return moved


# ---------------------------------------------------------------- what changed, in words


def changes(before: Wording, after: Wording) -> list[Line]:
    """From what to what, one line for each thing that changed. Numbers are those before the change; empty reads as "nothing"."""
    lines = [
        _line(what, was, now)
        for what, was, now in (
            ("Title", before.title, after.title),
            ("Short title", before.short_title, after.short_title),
            ("Why it is a priority", before.why, after.why),
        )
        if was != now
    ]
    themes_before = {theme.token: theme.text for theme in before.themes}
    themes_after = {theme.token: theme.text for theme in after.themes}
    for kind, name in KINDS.items():
        lines += _of_list(name, before.entries(kind), after.entries(kind), themes_before, themes_after)
    return lines


def _of_list(
    name: str,
    before: Sequence[Item],
    after: Sequence[Item],
    themes_before: dict[str, str],
    themes_after: dict[str, str],
) -> Iterator[Line]:
    were = {item.token: (number, item) for number, item in enumerate(before, start=1)}
    are = {item.token: (number, item) for number, item in enumerate(after, start=1)}
    moved = _moved([token for token in were if token in are], [token for token in are if token in were])
    for token, (number, was) in were.items():
        if token not in are:
            yield _line(f"{name} {number}, removed", _in_full(was, themes_before), "")
            continue
        now = are[token][1]
        if was.text != now.text:
            yield _line(f"{name} {number}", was.text, now.text)
        called = f"{name} {number} ({_quoted(now.text)})"
        details = (
            ("sub-heading", was.theme, now.theme, themes_before.get(was.theme, ""), themes_after.get(now.theme, "")),
            ("year", was.year, now.year, was.year, now.year),
            ("number", was.amount, now.amount, was.amount, now.amount),
            ("how it will be known", was.known_by, now.known_by, was.known_by, now.known_by),
        )
        for what, one, other, was_words, now_words in details:
            if one != other:
                yield _line(f"{called}, {what}", was_words, now_words)
        if token in moved:
            yield _line(f"{called}, place", str(number), str(are[token][0]))
    for token, (number, item) in are.items():
        if token not in were:
            yield _line(f"{name} {number}, added", "", _in_full(item, themes_after))


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest entries that must have moved to turn one order into the other: all but a longest run that kept its order."""
    place = {token: number for number, token in enumerate(before)}
    tails: list[int] = []  # the smallest last place of a run, by the run's length
    runs: list[list[str]] = []
    for token in after:
        length = bisect_left(tails, place[token])
        run = [*(runs[length - 1] if length else []), token]
        if length == len(tails):
            tails.append(place[token])
            runs.append(run)
        else:
            tails[length], runs[length] = place[token], run
    kept = set(runs[-1]) if runs else set()
    return {token for token in after if token not in kept}


def _in_full(item: Item, themes: dict[str, str]) -> str:
    details = [
        themes.get(item.theme, ""),
        item.year,
        item.amount,
        f"known by: {item.known_by}" if item.known_by else "",
    ]
    some = "; ".join(detail for detail in details if detail)
    return f"{item.text} ({some})" if some else item.text


def _quoted(text: str) -> str:
    return text if len(text) <= QUOTED else text[:QUOTED].rsplit(" ", 1)[0].rstrip(",;:") + "..."


def _line(what: str, was: str, now: str) -> Line:
    return {"what": what, "was": was or NOTHING, "now": now or NOTHING}
