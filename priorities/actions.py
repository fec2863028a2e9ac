"""Changing the plan. An adopted plan changes only by amendment, with a reason that stays beside the change."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, ProtectedError

from accounts import audit
from accounts.models import User
from lib.editing import Stale, write
from priorities import amending
from priorities.amending import Item, Line, Wording
from priorities.models import Amendment, Commitment, FocusPoint, Outcome, Priority, Theme
from priorities.wording import wording_of

audit.kinds(
    {
        "plan_loaded": "Plan and catalogue loaded",
        "priority_amended": "Adopted plan amended",
        "priority_changed": "Draft plan changed",
    }
)

# The model of each list, and the word for it in the keys of its entries.
PARTS: dict[str, tuple[type[FocusPoint | Commitment | Outcome], str]] = {
    "focus_points": (FocusPoint, "focus"),
    "commitments": (Commitment, "commitment"),
    "outcomes": (Outcome, "outcome"),
}


@transaction.atomic
def amend_priority(priority: Priority, *, version: int, wording: Wording, reason: str, by: User) -> list[Line]:
    """Let a priority say `wording`, all of it or nothing. Returns what changed, from what to what; empty when nothing did.

    `priority` comes from `with_parts`; entries of `wording` whose token is the id of a part are that part, others are new, and parts
    without an entry are taken out. In an adopted plan a change needs a reason and is kept as an Amendment. Raises `Stale` when the priority
    has moved on from `version`.
    """
    if priority.version != version:
        raise Stale("This priority")
    _refuse_incomplete(wording)
    lines = amending.changes(wording_of(priority), wording)
    if not lines:
        return []
    plan = priority.plan
    if plan.is_adopted and not reason.strip():
        raise ValidationError({"reason": "Say why this is changing: the plan has been adopted"})
    own = {"title": wording.title, "short_title": wording.short_title, "why": wording.why}
    write(priority, version=version, what="This priority", **own)
    _write_parts(priority, wording)
    if plan.is_adopted:
        Amendment.objects.create(plan=plan, priority=priority, reason=reason, changes=lines, made_by=by)
    kind = "priority_amended" if plan.is_adopted else "priority_changed"
    audit.record(kind, priority, by=by, changes=lines, comment=reason)
    priority.refresh_from_db()  # forgets the parts read before
    return lines


def _refuse_incomplete(wording: Wording) -> None:
    """What the form says at its boxes, once more for every other caller."""
    themes = {theme.token for theme in wording.themes}
    titles = [theme.text.casefold() for theme in wording.themes]
    parts = [*wording.focus_points, *wording.commitments, *wording.outcomes]
    if not all(words.strip() for words in (wording.title, wording.short_title)):
        raise ValidationError("Enter the title and the short title of the priority.")
    if not all(item.text.strip() for item in (*wording.themes, *parts)):
        raise ValidationError("Enter the words of every entry, or take it out.")
    if any((item.number is None) != (not item.unit) for item in parts):
        raise ValidationError("Give a number together with what it counts.")
    if any(item.theme and item.theme not in themes for item in parts):
        raise ValidationError("Choose a sub-heading that is on the page for every entry.")
    if len(set(titles)) < len(titles):
        raise ValidationError("Give every sub-heading words of its own.")


def _write_parts(priority: Priority, wording: Wording) -> None:
    """Sub-headings first, then what stands under them; a sub-heading goes when nothing is left under it."""
    kept = {theme.token for theme in wording.themes}
    gone = [theme.pk for theme in Theme.objects.filter(priority=priority) if str(theme.pk) not in kept]
    themes = _write_themes(priority, wording.themes)
    for kind, (model, word) in PARTS.items():
        _write_list(priority, model, word, wording.entries(kind), themes)
    _take_out(priority, Theme, gone)


def _write_themes(priority: Priority, entries: Sequence[Item]) -> dict[str, Theme]:
    """The sub-headings by token. Titles may change places: each is unique, so those that change step aside first."""
    there = {str(theme.pk): theme for theme in Theme.objects.filter(priority=priority)}
    titles = {item.token: item.text for item in entries}
    changing = [theme for token, theme in there.items() if theme.title != titles.get(token)]
    for theme in changing:
        theme.title = f"#{theme.pk}"
    Theme.objects.bulk_update(changing, ["title"])
    by_token = {}
    for order, item in enumerate(entries, start=1):
        theme = there.get(item.token) or Theme(priority=priority)
        theme.title, theme.order = item.text, order
        theme.save()
        by_token[item.token] = theme
    return by_token


def _write_list(
    priority: Priority,
    model: type[FocusPoint | Commitment | Outcome],
    word: str,
    entries: Sequence[Item],
    themes: dict[str, Theme],
) -> None:
    manager: Any = model._default_manager
    there = {str(part.pk): part for part in manager.filter(priority=priority)}
    fields = ["order", "text", "theme"]
    fields += {Commitment: ["year", "number", "unit"], Outcome: ["known_by"]}.get(model, [])
    kept: list[FocusPoint | Commitment | Outcome] = []
    new: list[FocusPoint | Commitment | Outcome] = []
    for order, item in enumerate(entries, start=1):
        part = there.get(item.token)
        if part is None:
            # The version makes the key one that no other entry ever had, not even one taken out since.
            key = f"{priority.letter.lower()}-{word}-v{priority.version}-{len(new) + 1}"
            part = model(priority=priority, key=key)
            new.append(part)
        else:
            kept.append(part)
        values = {"order": order, "theme": themes.get(item.theme)}
        for field in fields:
            setattr(part, field, values.get(field) if field in values else getattr(item, field))
    _take_out(priority, model, [part.pk for part in there.values() if part not in kept])
    manager.bulk_update(kept, fields)
    manager.bulk_create(new)


def _take_out(priority: Priority, model: type[Model], ids: Sequence[int]) -> None:
    try:
        model._default_manager.filter(priority=priority, pk__in=ids).delete()
    except ProtectedError:
        raise ValidationError("Something you are taking out is in use elsewhere, so it has to stay.") from None
