"""What a priority says at this moment: as a `Wording` for comparing, and as the boxes of its page for typing."""

from priorities.amending import KINDS, Item, Wording
from priorities.merging import Row
from priorities.models import Commitment, FocusPoint, Outcome, Priority

# The boxes of an entry, by list. Every entry has a token and a tick for taking it out besides.
BOXES = {
    "themes": ("text",),
    "focus_points": ("text", "theme"),
    "commitments": ("text", "theme", "year", "number", "unit"),
    "outcomes": ("text", "theme", "known_by"),
}
WORDS = "words"  # the priority's own boxes, as a list of one entry
OWN_BOXES = ("title", "short_title", "why")

State = dict[str, list[Row]]  # the boxes of the whole page: its own words, then each list


def wording_of(priority: Priority) -> Wording:
    """What the priority says. `priority` comes from `with_parts`; its parts are not read again."""
    return Wording(
        title=priority.title,
        short_title=priority.short_title,
        why=priority.why,
        themes=tuple(Item(token=str(theme.pk), text=theme.title) for theme in priority.themes.all()),
        focus_points=tuple(_item(part) for part in priority.focus_points.all()),
        commitments=tuple(_commitment(part) for part in priority.commitments.all()),
        outcomes=tuple(_outcome(part) for part in priority.outcomes.all()),
    )


def state_of(priority: Priority) -> State:
    """What stands in the boxes when the page is opened."""
    wording = wording_of(priority)
    own = {"token": WORDS} | {name: str(getattr(wording, name)) for name in OWN_BOXES}
    return {WORDS: [own]} | {kind: [_row(kind, item) for item in wording.entries(kind)] for kind in KINDS}


def _item(part: FocusPoint | Commitment | Outcome) -> Item:
    return Item(token=str(part.pk), text=part.text, theme=str(part.theme_id) if part.theme_id else "")


def _commitment(part: Commitment) -> Item:
    item = _item(part)
    return Item(item.token, item.text, item.theme, year=str(part.year), number=part.number, unit=part.unit)


def _outcome(part: Outcome) -> Item:
    item = _item(part)
    return Item(item.token, item.text, item.theme, known_by=part.known_by)


def _row(kind: str, item: Item) -> Row:
    boxes = {name: getattr(item, name) for name in BOXES[kind]}
    text = {name: "" if value is None else str(value) for name, value in boxes.items()}
    return {"token": item.token, **text, "remove": ""}
