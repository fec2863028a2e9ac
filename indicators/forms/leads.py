"""The form for the leads of every indicator, a row for each."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from indicators.leading import DUTIES, Leading, Led, Named
from indicators.models import Lead

QUESTIONS = {Lead.Duty.DATA: "Who gives the figures of {}?", Lead.Duty.COMMENTARY: "Who writes the commentary on {}?"}
LOST = "Open this page again: it lost track of what you were changing"


@dataclass(frozen=True)
class Cell:
    """Who leads one duty: a select, or, where one select can't say it, the names and why not."""

    words: str  # the head of its column
    box: forms.BoundField | None
    people: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True)
class Row:
    led: Led
    seen: forms.BoundField
    cells: tuple[Cell, ...]


class LeadsForm(forms.Form):
    """Two selects a row. What stood there when the page was opened travels along, so that only what somebody changed is written."""

    def __init__(self, data: Any = None, *, leading: Leading, on: dt.date) -> None:
        self.leading, self.on = leading, on
        super().__init__(data)
        for led in leading.rows:
            self.fields[f"seen_{led.indicator.pk}"] = forms.CharField(
                widget=forms.HiddenInput, initial=_seen(led), error_messages={"required": LOST}
            )
            for duty in DUTIES:
                if led.asks_for(duty) and led.is_simple(duty, on):
                    self.fields[_name(duty, led)] = self._box(duty, led)

    def _box(self, duty: str, led: Led) -> forms.ChoiceField:
        people = {str(person.pk): person.label for person in _people(self.leading, duty, led)}
        who = led.one(duty)
        return forms.ChoiceField(
            label=QUESTIONS[Lead.Duty(duty)].format(led.reference),
            choices=[("", "Nobody yet"), *people.items()],
            initial=str(who.pk) if who else "",
            required=False,
            error_messages={"invalid_choice": "Choose a person from the list"},
        )

    def rows(self) -> Iterator[Row]:
        """For the table, in its order."""
        for led in self.leading.rows:
            if f"seen_{led.indicator.pk}" not in self.fields:
                continue
            heads = ((Lead.Duty.DATA, "Gives the figures"), (Lead.Duty.COMMENTARY, "Writes the commentary"))
            cells = tuple(self._cell(duty, words, led) for duty, words in heads)
            yield Row(led, self[f"seen_{led.indicator.pk}"], cells)

    def _cell(self, duty: str, words: str, led: Led) -> Cell:
        if _name(duty, led) in self.fields:
            return Cell(words, self[_name(duty, led)], ())
        why = "Changed on its own page" if led.asks_for(duty) else "Not asked for"
        return Cell(words, None, tuple(lead.user.label for lead in led.leads[duty]), why)

    def named(self) -> list[Named]:
        """What `actions.name_leads` takes, from a form without errors: the rows that somebody changed."""
        found = []
        for led in self.leading.rows:
            version, *seen = self.cleaned_data[f"seen_{led.indicator.pk}"]
            who: dict[str, User | None] = {}
            for duty, was in zip(DUTIES, seen, strict=True):
                chosen = self.cleaned_data.get(_name(duty, led), was)
                if chosen != was:
                    people = {str(person.pk): person for person in _people(self.leading, duty, led)}
                    who[str(duty)] = people[chosen] if chosen else None
            if who:
                found.append(Named(led.indicator, int(version), who))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for led in self.leading.rows:
            name = f"seen_{led.indicator.pk}"
            parts = str(cleaned.get(name, "")).split(":")
            if (
                len(parts) != 3
                or not parts[0]
                or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts if part)
            ):
                self.errors.pop(name, None)
                raise ValidationError(LOST)
            cleaned[name] = parts
        return cleaned

    def refuse(self, rows: Mapping[int, ValidationError], now: Leading) -> None:
        """Say at each row what is wrong with it, keep what was chosen, and take up what others have changed in the rows left alone."""
        self.leading = now
        data = self.data.copy()
        for led in self.leading.rows:
            if f"seen_{led.indicator.pk}" not in self.cleaned_data:  # it came into the set meanwhile
                continue
            _, *seen = self.cleaned_data[f"seen_{led.indicator.pk}"]
            data[f"seen_{led.indicator.pk}"] = _seen(led)
            for duty, was in zip(DUTIES, seen, strict=True):
                name = _name(duty, led)
                if name in self.fields and self.cleaned_data.get(name) == was:
                    who = led.one(duty)
                    data[name] = str(who.pk) if who else ""
            if refusal := rows.get(led.indicator.pk):
                boxes = [_name(duty, led) for duty in DUTIES if _name(duty, led) in self.fields]
                self.add_error(boxes[0] if boxes else None, refusal.messages)
        self.data = data


def _people(leading: Leading, duty: str, led: Led) -> list[User]:
    """Who can be chosen: whoever holds the role, and whoever leads now."""
    who, holding = led.one(duty), list(leading.people[duty])
    return holding if who is None or who in holding else [who, *holding]


def _name(duty: str, led: Led) -> str:
    return f"{duty}_{led.indicator.pk}"


def _seen(led: Led) -> str:
    """The version, and who led: "3:12:", where nobody writes the commentary."""
    people = (led.one(duty) for duty in DUTIES)
    return ":".join([str(led.indicator.version), *(str(person.pk) if person else "" for person in people)])
