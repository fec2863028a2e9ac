"""What needs attention: each indicator once, for the first of the reasons in their order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indicators.rating import WORDS
from lib.written import day_year
from reporting.dashboard import explanations, naming
from reporting.dashboard.leading import is_comparable
from reporting.pdf.parts import said
from reporting.snapshots.shape import IndicatorPart, Snapshot


@dataclass(frozen=True)
class Item:
    """`word` is the rating's, with what makes it one ("Green, getting worse"); `sentences` explain it; `said` is the commentary."""

    anchor: str
    label: str
    code: str
    word: str
    sentences: tuple[str, ...]
    said: tuple[tuple[str, str], ...]
    owed: str  # what is lacking and who owes it; empty when nothing is


@dataclass(frozen=True)
class Attention:
    items: tuple[Item, ...]
    nothing: str  # in their place, when there are none


def build(snapshot: Snapshot) -> Attention:
    found = parts(snapshot)
    return Attention(tuple(_item(part, snapshot) for part in found), "" if found else _nothing(snapshot))


def parts(snapshot: Snapshot) -> list[IndicatorPart]:
    """Red; amber without its explanation; getting worse; missing; any other without its explanation. In plan order within each."""
    if not snapshot.in_state("verified", "unverified"):
        return []  # that nothing has been sent is said once, at the top

    def is_without_words(part: IndicatorPart) -> bool:
        return said.is_outstanding(part.words, said.day_of(snapshot))

    reasons: Sequence[Callable[[IndicatorPart], bool]] = (
        lambda part: part.verdict.code == "red",
        lambda part: part.verdict.code == "amber" and is_without_words(part),
        lambda part: part.is_worsening,
        lambda part: part.verdict.code == "missing" and _is_late(part, snapshot),
        is_without_words,
    )
    found: dict[str, IndicatorPart] = {}
    for applies in reasons:
        for part in snapshot.indicators:
            if applies(part):
                found.setdefault(part.slug, part)
    return list(found.values())


def _is_late(part: IndicatorPart, snapshot: Snapshot) -> bool:
    """A figure that nobody has sent yet is worth a word once it is late; before, it is only still out."""
    if part.this.state != "awaited" or part.this.reason or snapshot.due_on is None:
        return True
    return snapshot.due_on < said.day_of(snapshot)


def _item(part: IndicatorPart, snapshot: Snapshot) -> Item:
    word = WORDS[part.verdict.code]
    owed = part.words if said.is_outstanding(part.words, said.day_of(snapshot)) else None
    return Item(
        anchor=f"attention-{part.slug}",
        label=naming.label(part),
        code=part.verdict.code,
        word=f"{word}, getting worse" if part.is_worsening else word,
        sentences=tuple(_sentences(part)),
        said=explanations.said(part.words),
        owed=explanations.owed(owed, snapshot) if owed else "",
    )


def _sentences(part: IndicatorPart) -> list[str]:
    """The rating's; for a missing one when it comes; how it moved; whether that is unusual; the forecast where it is worse."""
    sentences = [part.verdict.sentence]
    if part.verdict.code == "missing":
        sentences += [naming.sentence(part.this.note), _expected(part)]
    if part.is_worsening and is_comparable(part.short) and is_comparable(part.long):
        sentences.append(f"{said.capital(part.short.words)} on last quarter, {part.long.words} on a year ago.")
    sentences.append(naming.usual(part))
    ahead = part.forecast.verdict
    if ahead and ahead.code in ("red", "amber") and ahead.code != part.verdict.code:
        sentences.append(f"At the year’s end: {ahead.sentence}")
    return [sentence for sentence in sentences if sentence]


def _expected(part: IndicatorPart) -> str:
    """ "To come from Victim Support (Maud Penhale) by 31 May 2018." """
    start = f"To come from {said.owner(part)}"
    if part.this.expected_on is None:
        return f"{start}; no date is given." if part.this.state == "missing" else f"{start}."
    return f"{start} by {day_year(part.this.expected_on)}."


def _nothing(snapshot: Snapshot) -> str:
    if not snapshot.in_state("verified", "unverified"):
        return "No figure has been sent, so there is nothing to look at yet."
    worse, words = "none is worse both on last quarter and on a year ago", "no explanation is outstanding"
    if any(part.verdict.code == "missing" for part in snapshot.indicators):  # not sent, and not late
        return f"Nothing: no indicator is red, {worse}, no figure is late, and {words}."
    return f"Nothing: no indicator is red or missing, {worse}, and {words}."
