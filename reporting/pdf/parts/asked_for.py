"""What the CSP Executive is asked to decide: what, where it comes from, who asks, and where to read on."""

from collections.abc import Collection
from dataclasses import dataclass

from lib.written import day_year
from reporting.pdf.parts import said
from reporting.snapshots.shape import APPLICATION, DELIVERY_PLAN, TARGETS, Snapshot, ToDecidePart

# The section of the pack that tells of it, and what that is called; agenda items are told of in the papers.
SECTIONS = {
    APPLICATION: ("money", "Money"),
    DELIVERY_PLAN: ("delivery", "Delivery"),
    TARGETS: ("definitions", "Definitions"),
}
PAPERS = "The meeting’s papers"


@dataclass(frozen=True)
class Row:
    """`anchor` is where in the pack to read on, `on` what it is called; without an anchor it is elsewhere."""

    text: str
    source: str
    who: str
    anchor: str
    on: str


@dataclass(frozen=True)
class AskedFor:
    lede: str
    rows: tuple[Row, ...]
    nothing: str  # in place of the rows


def build(snapshot: Snapshot, anchors: Collection[str]) -> AskedFor:
    """`anchors` are the sections that this pack holds."""
    rows = tuple(_row(one, anchors) for one in snapshot.to_decide)
    return AskedFor(_lede(snapshot), rows, "" if rows else "Nothing is asked to be decided.")


def in_a_line(snapshot: Snapshot) -> str:
    """ "Three decisions are asked for: …", on the quarter page; empty where none is: a public edition asks for none."""
    asked = snapshot.to_decide
    if not asked:
        return ""
    return f"{said.capital(said.many(len(asked), 'decision is', 'decisions are'))} asked for."


def _lede(snapshot: Snapshot) -> str:
    meets = snapshot.executive_meets_on
    when = f" on {day_year(meets)}" if meets else ", whose day is not given"
    return f"For the CSP Executive’s meeting{when}: what waits for its word, as known when this pack was built."


def _row(one: ToDecidePart, anchors: Collection[str]) -> Row:
    anchor, on = SECTIONS.get(one.source, ("", PAPERS))
    source = f"{one.source} {one.reference}" if one.source == APPLICATION else one.source
    if anchor and anchor not in anchors:
        anchor, on = "", ""
    return Row(one.text, source, one.who, anchor, on)
