"""The whole page of one priority: its words, its lists, and the buttons that change the page without saving it."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lib.editing import VersionMixin
from lib.govuk import GovukForm
from priorities.amending import KINDS, Item, Place, Wording, arranged, clashing, swapped
from priorities.forms.fields import LineField, ParagraphsField, whole
from priorities.forms.parts import CHOSEN, LISTS, PartFormSet
from priorities.merging import NEW, Row, merged_rows
from priorities.models import Priority
from priorities.wording import BOXES, OWN_BOXES, WORDS, State, state_of, wording_of

_BUTTON = re.compile(r"(add|arrange|up|down)-([a-z_]+?)(?:-(\d{1,3}))?")


class WordsForm(GovukForm, VersionMixin):
    """The priority's own words, the reason for changing them, and how the page was opened."""

    # What stood in the boxes when the page was opened, as JSON: tells what was touched when somebody else has saved since.
    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    title = LineField(
        label="Title",
        help_text="As it is printed.",
        max_length=200,
        error_messages={
            "required": "Enter the title of the priority",
            "max_length": "The title must be 200 characters or fewer",
        },
    )
    short_title = LineField(
        label="Short title",
        help_text="For tables and charts.",
        max_length=60,
        error_messages={
            "required": "Enter a short title",
            "max_length": "The short title must be 60 characters or fewer",
        },
    )
    why = ParagraphsField(
        label="Why is it a priority?",
        help_text="Leave an empty line between paragraphs.",
        max_length=5000,
        error_messages={
            "required": "Say why it is a priority",
            "max_length": "Why it is a priority must be said in 5,000 characters or fewer",
        },
    )
    reason = LineField(
        label="Why is this changing?",
        help_text="It stands beside the change for as long as the plan is kept.",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"max_length": "The reason must be 1,000 characters or fewer"},
    )

    def __init__(self, *args: Any, asks_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_reason:
            del self.fields["reason"]


class PriorityPage:
    """Everything on the page of a priority. To the error summary and the base template it looks like one form.

    `data` is what was posted; without it the page shows `state`, or else the priority as it is. `problem` is said on top of a page that is
    shown again although nothing in its boxes is wrong.
    """

    def __init__(
        self,
        priority: Priority,
        data: Mapping[str, Any] | None = None,
        *,
        state: State | None = None,
        words: Mapping[str, str] | None = None,
        problem: str = "",
    ) -> None:
        self.priority = priority
        self.data = data
        self.problem = problem
        now = state_of(priority)
        state = typed_state(data) if data is not None else state or now
        initial = {"version": priority.version, "opened": json.dumps(now), **state[WORDS][0], **(words or {})}
        self.words = WordsForm(data, initial=initial, asks_reason=priority.plan.is_adopted)
        themes = [(row["token"], row["text"]) for row in state["themes"] if row["text"].strip()]
        years = [(str(year), str(year)) for year in priority.plan.years]
        self.lists = [self._list(kind, state[kind], {"themes": themes, "years": years}) for kind in KINDS]

    def _list(self, kind: str, rows: list[Row], choices: dict[str, Any]) -> PartFormSet:
        initial = [row | {"shown": str(place), "place": str(place)} for place, row in enumerate(rows, start=1)]
        return LISTS[kind](
            self.data, prefix=kind, initial=None if self.data is not None else initial, form_kwargs=choices
        )

    # ------------------------------------------------------------ as a form

    @property
    def is_bound(self) -> bool:
        return self.data is not None or bool(self.problem)

    def is_valid(self) -> bool:
        """Whether every box is right and the lists fit together. Messages then stand at the boxes."""
        if self.problem or self.data is None:
            return False
        valid = all([self.words.is_valid(), *(one.is_valid() for one in self.lists)])
        return self._themes_fit and valid

    @cached_property
    def _themes_fit(self) -> bool:
        """No sub-heading goes while something stands under it, and none is there twice."""
        fits, seen = True, set()
        themes, *others = self.lists
        parts = [form for one in others for form in one.forms if not form.cleaned_data.get("remove")]
        for form in themes.forms:
            used = sum(1 for part in parts if part.cleaned_data.get("theme") == form.cleaned_data.get("token"))
            text = form.cleaned_data.get("text", "").casefold()
            if form.cleaned_data.get("remove"):
                if used:
                    form.add_error("remove", f"Choose another sub-heading for the {used} under this one before it goes")
                    fits = False
                continue
            if text and text in seen:
                form.add_error("text", f"Give {form.called} words of its own: another one has the same")
                fits = False
            seen.add(text)
        return fits

    def add_error(self, error: ValidationError) -> None:
        """Put a refusal where it belongs: at its box, or on top of the page."""
        self.words.add_error(None, error)

    def non_field_errors(self) -> list[str]:
        said = [self.problem] if self.problem else []
        if self.data is None:
            return said
        lists = [str(error) for one in self.lists for error in one.non_form_errors()]
        return list(dict.fromkeys([*said, *map(str, self.words.non_field_errors()), *lists]))

    def visible_fields(self) -> list[forms.BoundField]:
        """In the order of the page, which the error summary follows: the reason comes last."""
        shown = [bound for form in self._forms() for bound in form.visible_fields()]
        return sorted(shown, key=lambda bound: bound.name == "reason")

    def hidden_fields(self) -> list[forms.BoundField]:
        return [bound for form in self._forms() for bound in form.hidden_fields()]

    def _forms(self) -> Iterator[forms.BaseForm]:
        yield self.words
        for one in self.lists:
            yield from one.forms

    # ------------------------------------------------------------ what was typed

    @property
    def version(self) -> int:
        """The version the page was opened at. Call on a valid page only."""
        return int(self.words.cleaned_data["version"])

    @property
    def reason(self) -> str:
        """Why it changes; "" where the plan is a draft. Call on a valid page only."""
        return str(self.words.cleaned_data.get("reason", ""))

    def wording(self) -> Wording:
        """What the priority is to say. Entries that the page didn't send at all stay. Call on a valid page only."""
        now = wording_of(self.priority)
        lists: dict[str, tuple[Item, ...]] = {}
        for one in self.lists:
            sent = {form.cleaned_data["token"] for form in one.forms}
            kept = [item for item in now.entries(one.kind) if item.token not in sent]
            lists[one.kind] = (*one.items(), *kept)
        own = {name: self.words.cleaned_data[name] for name in OWN_BOXES}
        return Wording(**own, **lists).in_order_of_years()

    # ------------------------------------------------------------ the page again, nothing saved

    def pressed(self) -> re.Match[str] | None:
        """The button that changes the page without saving it, if one of them was pressed."""
        match = _BUTTON.fullmatch(str((self.data or {}).get("do", "")))
        return match if match and match[2] in KINDS else None

    def rearranged(self) -> "PriorityPage":
        """The page after the button: an empty entry more, or a list in its new order. All typing is kept, nothing is checked."""
        button = self.pressed()
        assert self.data is not None and button is not None
        act, kind, index = button[1], button[2], int(button[3] or 0)
        state = typed_state(self.data)
        rows = state[kind]
        order = arranged(_readable([_place(self.data, kind, number) for number in range(len(rows))]))
        if act in ("up", "down") and index < len(rows):
            order = swapped(order, index, -1 if act == "up" else 1)
        state[kind] = [rows[number] for number in order]
        if act == "add":
            state[kind].append(self._empty(kind, rows))
        return PriorityPage(self.priority, state=state, words=self._kept())

    def brought_up_to(self, priority: Priority, problem: str) -> "PriorityPage":
        """The page on top of what somebody else has saved: their words where nothing was typed here, the typing everywhere else."""
        assert self.data is not None
        opened, typed, saved = read_state(self.data.get("opened", "")), typed_state(self.data), state_of(priority)
        for kind in KINDS:
            rows = typed[kind]
            order = arranged(_readable([_place(self.data, kind, number) for number in range(len(rows))]))
            typed[kind] = [rows[number] for number in order]
        together = {part: merged_rows(opened[part], typed[part], saved[part]) for part in saved}
        words = {"reason": str(self.data.get("reason", ""))}
        return PriorityPage(priority, state=together, words=words, problem=problem)

    def _kept(self) -> dict[str, str]:
        assert self.data is not None
        return {name: str(self.data.get(name, "")) for name in ("version", "opened", "reason")}

    def _empty(self, kind: str, rows: list[Row]) -> Row:
        taken = {row["token"] for row in rows}
        token = next(name for name in (f"{NEW}{number}" for number in range(1, len(rows) + 2)) if name not in taken)
        empty = {"token": token, **dict.fromkeys(BOXES[kind], ""), "remove": ""}
        if "year" in empty:
            empty["year"] = str(self.priority.plan.years[0])
        return empty | {name: rows[-1][name] for name in CHOSEN if rows and name in empty}


def typed_state(data: Mapping[str, Any]) -> State:
    """What stood in the boxes when the page was sent, unchecked, in the order of the page."""

    def typed(name: str) -> str:
        return str(data.get(name, "")).replace("\r\n", "\n").strip()

    state: State = {WORDS: [{"token": WORDS} | {name: typed(name) for name in OWN_BOXES}]}
    for kind, boxes in BOXES.items():
        count = min(whole(typed(f"{kind}-TOTAL_FORMS")) or 0, LISTS[kind].absolute_max)
        state[kind] = [
            {name: typed(f"{kind}-{number}-{name}") for name in ("token", *boxes, "remove")} for number in range(count)
        ]
    return state


def read_state(text: object) -> State:
    """The state that a page carried from its opening; empty lists where it can't be read, so that all typing counts as touched."""
    try:
        read = json.loads(str(text))
    except ValueError:
        read = {}
    state: State = {}
    for part in (WORDS, *BOXES):
        rows = read.get(part) if isinstance(read, dict) else None
        rows = rows if isinstance(rows, list) else []
        state[part] = [row for row in rows if isinstance(row, dict) and isinstance(row.get("token"), str)]
    return state


def _place(data: Mapping[str, Any], kind: str, number: int) -> Place:
    shown, typed = (whole(str(data.get(f"{kind}-{number}-{name}", "")).strip()) for name in ("shown", "place"))
    return Place(shown, typed or shown)


def _readable(places: list[Place]) -> list[Place]:
    """Places that can be arranged: of two entries moved to one place, the later stays where it was."""
    clashes = set(clashing(places))
    return [Place(place.shown, place.shown) if index in clashes else place for index, place in enumerate(places)]
