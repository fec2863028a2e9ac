"""What is said of each action of a plan for one quarter: one form for the page, with the boxes of each action side by side."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts import lost_edits
from governance.actions.updates import LONGEST_REASON, RowsRefused, Words
from governance.models import Action, Brag
from governance.quarter_lines import Line
from lib.editing import Stale, VersionMixin
from lib.govuk import DayField, GovukForm
from lib.written import day_year

ASKED = ("done", "next", "brag", "brag_reason", "move_to", "move_because")
BOXES = ("done", "next", "brag", "brag_reason", "move_to_day", "move_to_month", "move_to_year", "move_because")


class UpdateForm(GovukForm, VersionMixin):
    """One action's boxes. Left as they were, nothing is saved of it."""

    # What stood in the boxes when the page was opened: others may have changed it since, and then it was not this person.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    done = forms.CharField(label="Done since the last update", required=False, widget=forms.Textarea)
    next = forms.CharField(label="What is next", required=False, widget=forms.Textarea)
    brag = forms.ChoiceField(label="How does it go?", choices=Brag.choices, required=False, widget=forms.RadioSelect)
    brag_reason = forms.CharField(
        label="Why that colour?", help_text="Needed for red and amber", required=False, max_length=LONGEST_REASON
    )
    move_to = DayField(
        label="New date (optional)",
        what="the new date",
        required=False,
    )
    move_because = forms.CharField(label="Why does the date move?", required=False, max_length=LONGEST_REASON)

    def __init__(self, data: Any = None, *, line: Line, typed: Mapping[str, Any] | None = None) -> None:
        self.line = line
        update = line.update
        initial: dict[str, Any] = {"version": line.version}
        if update and not update.is_no_change:
            initial |= {name: getattr(update, name) for name in ("done", "next", "brag", "brag_reason")}
        initial["seen"] = _digest(initial)
        self.changed: list[Any] = []  # what others did meanwhile
        super().__init__(data, initial=initial | _restored(typed or {}), prefix=f"a{line.action.pk}")
        self.is_restored = bool(typed)
        reference = line.action.reference
        self.fields["move_to"].help_text = f"On or before {day_year(line.action.delivery_plan.year.end)}"
        self.fields["move_to"].what = f"the new date for {reference}"
        self.fields["brag_reason"].error_messages["max_length"] = (
            f"The reason for the colour of {reference} must be {LONGEST_REASON} characters or fewer"
        )
        self.fields["move_because"].error_messages["max_length"] = (
            f"Why the date of {reference} moves must be said in {LONGEST_REASON} characters or fewer"
        )
        if line.move:
            del self.fields["move_to"], self.fields["move_because"]

    @property
    def is_touched(self) -> bool:
        """Whether whoever sent it changed what they saw. A row that was not on their page is none of theirs."""
        sent = {name: self.data.get(f"{self.prefix}-{name}", "") for name in ("seen", *BOXES)}
        return self.is_bound and bool(sent["seen"]) and _digest(sent) != sent["seen"]

    @property
    def is_open(self) -> bool:
        """Whether its boxes are shown at once."""
        return self.is_restored or self.line.is_sent_back or self.is_bound

    def words(self) -> Words:
        """What `actions.updates.draft` takes, from a form without errors."""
        said = self.cleaned_data
        return Words(**{"version": said["version"]} | {name: said.get(name) or _nothing(name) for name in ASKED})


class UpdatesForm:
    """All rows of the page. Answers as one form where the page asks for errors."""

    def __init__(
        self, data: Any, *, lines: Iterable[Line], plan_version: int, typed: Mapping[str, Any] | None = None
    ) -> None:
        self.is_bound = data is not None
        self.plan_version = plan_version
        left = _by_row(typed or {})
        self.rows = []
        for line in lines:
            row = UpdateForm(data, line=line, typed=left.get(line.action.pk))
            # What was left alone is shown as it is by now.
            self.rows.append(row if row.is_touched or not self.is_bound else UpdateForm(line=line))

    @property
    def is_restored(self) -> bool:
        """Whether what was typed before and not sent stands in any row."""
        return any(row.is_restored for row in self.rows)

    @property
    def touched(self) -> list[UpdateForm]:
        return [row for row in self.rows if row.is_bound]

    def is_valid(self) -> bool:
        """Whether nothing is wrong with what was filled in. What was left alone is not asked."""
        return self.is_bound and not any([row.errors for row in self.touched])

    def words(self) -> dict[Action, Words]:
        return {row.line.action: row.words() for row in self.touched}

    def refused(self, refusal: ValidationError) -> None:
        """Put the refusal of each row at its boxes; a row that others changed gets its present version, and says what they did."""
        rows = refusal.rows if isinstance(refusal, RowsRefused) else {}
        for row in self.touched:
            if own := rows.get(row.line.action.pk):
                put(row, own, first="done")
        if not rows and self.touched:
            put(self.touched[0], refusal, first="done")

    # as `error_summary` and the page's title ask of a form

    def non_field_errors(self) -> list[str]:
        return []

    def hidden_fields(self) -> list[Any]:
        return []

    def visible_fields(self) -> list[Any]:
        return [field for row in self.touched for field in row.visible_fields()]


def put(row: Any, refusal: ValidationError, *, first: str) -> None:
    """At the boxes that the refusal names, or at the first one of the row."""
    if isinstance(refusal, Stale) and row.line.update:
        row.changed = lost_edits.refused(row, refusal, row.line.update)
        row.line = replace(row.line, update=row.line.update)
    else:
        lost_edits.add(row, refusal)
    sentences = row.errors.pop("__all__", [])
    for sentence in sentences:
        row.add_error(first, sentence)


def typed_in(data: Mapping[str, Any], rows: Iterable[UpdateForm]) -> dict[str, Any]:
    """Of what is on the page, what somebody changed: to be kept while they type."""
    return {
        f"{row.prefix}-{name}": value
        for row in rows
        if row.is_bound
        for name in ("version", *BOXES)
        if (value := data.get(f"{row.prefix}-{name}"))
    }


def _by_row(typed: Mapping[str, Any]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for name, value in typed.items():
        prefix, _, box = name.partition("-")
        if prefix[:1] == "a" and prefix[1:].isdigit() and box:
            found.setdefault(int(prefix[1:]), {})[box] = value
    return found


def _restored(typed: Mapping[str, Any]) -> dict[str, Any]:
    plain = {name: typed[name] for name in ("version", *ASKED) if name in typed}
    parts = [typed.get(f"move_to_{part}", "") for part in ("day", "month", "year")]
    return plain | ({"move_to": parts} if any(parts) else {})


def _digest(boxes: Mapping[str, Any]) -> str:
    """Of what stands in the boxes, however a browser breaks the lines."""
    said = [" ".join(str(boxes.get(name, "")).split()) for name in BOXES]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def _nothing(name: str) -> Any:
    return None if name == "move_to" else ""
