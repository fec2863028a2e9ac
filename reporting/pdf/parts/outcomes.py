"""What will have changed at the end of the plan: how each outcome will be known, what was said of it last, and those nobody can know of yet."""

from dataclasses import dataclass

from lib.numerals import in_words
from reporting.pdf.parts import said
from reporting.snapshots.governed import OutcomePart
from reporting.snapshots.shape import PriorityPart, Snapshot


@dataclass(frozen=True)
class Outcome:
    text: str
    known_by: str
    verdict: str
    evidence: str


@dataclass(frozen=True)
class Group:
    name: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Outcomes:
    """`planned` and `gaps` are a priority and, in a few sentences, its outcomes known by the plan's words alone, and those without a measure."""

    lede: str
    groups: tuple[Group, ...]
    planned: tuple[tuple[str, str], ...]
    gaps: tuple[tuple[str, str], ...]


def build(snapshot: Snapshot) -> Outcomes:
    return Outcomes(
        lede=_lede(snapshot),
        groups=tuple(group for one in snapshot.priorities if (group := _group(one, snapshot)).outcomes),
        planned=tuple((name(one), planned) for one in snapshot.priorities if (planned := _planned(one))),
        gaps=tuple((name(one), gaps) for one in snapshot.priorities if (gaps := _gaps(one))),
    )


def name(priority: PriorityPart) -> str:
    return f"{priority.letter} {priority.short_title}"


def _group(priority: PriorityPart, snapshot: Snapshot) -> Group:
    """Those of which it is said how they will be known; by the plan's words alone only with what a year said of them."""
    names = {part.reference: part.short_name for part in snapshot.indicators}
    return Group(
        name(priority), tuple(_outcome(one, names) for one in priority.outcomes if one.kind and not _is_bare(one))
    )


def _outcome(one: OutcomePart, names: dict[str, str]) -> Outcome:
    """An indicator by its reference and name."""
    verdict = f"{one.verdict}, {one.year}" if one.verdict else ""
    if one.is_as_planned:
        return Outcome(one.text, f"As the plan says: {one.known_by}", verdict, one.evidence)
    return Outcome(one.text, f"{one.known_by} {names.get(one.known_by, '')}".strip(), verdict, one.evidence)


def _is_bare(one: OutcomePart) -> bool:
    return one.is_as_planned and not one.verdict


def _planned(priority: PriorityPart) -> str:
    return " ".join(f"{one.text} ({one.known_by})" for one in priority.outcomes if _is_bare(one))


def _gaps(priority: PriorityPart) -> str:
    return " ".join(one.text for one in priority.outcomes if not one.kind)


def _lede(snapshot: Snapshot) -> str:
    every = [one for priority in snapshot.priorities for one in priority.outcomes]
    gaps, planned = sum(not one.kind for one in every), sum(one.is_as_planned for one in every)
    if not every:
        return "The plan has no outcomes."
    told = "Of each outcome it is said how it will be known."
    if gaps:
        told = f"{said.capital(in_words(gaps))} of {said.many(len(every), 'outcome', 'outcomes')} {'has' if gaps == 1 else 'have'} no measure yet."
    if planned:
        told += f" Of {in_words(planned)} only the plan says how {'it' if planned == 1 else 'they'} will be known."
    return told
