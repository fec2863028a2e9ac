"""Forms about a meeting: when and where it is, calling it off, its agenda."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from governance.actions.meetings import MOST_ITEMS, NO_SUCH_TIME
from governance.minuting import ItemRow
from governance.models import AgendaItem, Body, Meeting
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, GovukForm, Size
from lib.quarters import Quarter

NEW_ROWS = 3
CLOCK = re.compile(r"(\d{1,2})(?:[.:]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE | re.ASCII)


def clock(typed: str, what: str) -> dt.time:
    """10:00, 10.00, 1000, 10am, 2.30pm; a number up to 23 alone is an hour. Refuses anything else with a sentence about `what`."""
    match = CLOCK.fullmatch(typed.strip())
    hour, minute, half = match.groups() if match else ("", "", "")
    if match and hour:
        number, past = int(hour), int(minute or 0)
        if half and 1 <= number <= 12:
            number = number % 12 + (12 if half.lower() == "pm" else 0)
        elif half:
            number = 24
        if number < 24 and past < 60:
            return dt.time(number, past)
    raise ValidationError(f"{what} must be a time, like 10:00 or 2.30pm")


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    """That time on that day in London, by the clock on the wall. Refuses an hour that is left out in spring; of two in autumn it takes the first."""
    at = timezone.make_aware(dt.datetime.combine(day, time), timezone.get_default_timezone())
    if at.astimezone(dt.UTC).astimezone(timezone.get_default_timezone()).time() != time:
        raise ValidationError(NO_SUCH_TIME)
    return at


class MeetingForm(GovukForm, forms.Form):
    """A new meeting, or with `meeting` one that is moved or changed. A quarter is asked for where a CSP Executive is among the bodies."""

    body = forms.ModelChoiceField(
        label="Which body meets?",
        queryset=Body.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose the body that meets", "invalid_choice": "Choose a body from the list"},
    )
    kind = forms.ChoiceField(
        label="What kind of meeting is it?",
        choices=Meeting.Kind.choices,
        initial=Meeting.Kind.ORDINARY,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of meeting"},
    )
    meets_on = DayField(label="On what day?", what="the day of the meeting")
    starts = forms.CharField(
        label="When does it start?",
        help_text="London time, like 10:00",
        max_length=10,
        error_messages={"required": "Enter the time at which it starts"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    ends = forms.CharField(
        label="When does it end? (optional)",
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    place = forms.CharField(label="Where? (optional)", max_length=200, required=False)
    quarter = forms.ChoiceField(
        label="Which quarter’s figures come to it? (optional)",
        help_text="For a meeting of the CSP Executive. The dates of that quarter are worked out back from the meeting and move with it",
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        bodies: Any,
        quarters: Sequence[Quarter],
        meeting: Meeting | None = None,
        cancel_url: str,
        **kwargs: Any,
    ) -> None:
        self.meeting, self.cancel_url = meeting, cancel_url
        self.submit = "Save the meeting" if meeting else "Add the meeting"
        super().__init__(data, initial=_initial(meeting) if meeting else kwargs.pop("initial", None), **kwargs)
        self.fields["body"].queryset = bodies
        self.fields["quarter"].choices = [("", "None"), *((one.slug, str(one)) for one in quarters)]
        takes_figures = (
            meeting.body.kind == Body.Kind.EXECUTIVE
            if meeting
            else any(body.kind == Body.Kind.EXECUTIVE for body in bodies)
        )
        if meeting:
            del self.fields["body"]
            self.fields["version"].required = True
        if not takes_figures:
            del self.fields["quarter"]

    def layout(self) -> list[Any]:
        label = {"label_size": Size.for_label(Size.SMALL)}
        sizes = {
            "body": Field("body", context=label),
            "kind": Field.radios("kind", legend_size=Size.SMALL, small=True, inline=True),
            "meets_on": Field("meets_on", context={"legend_size": Size.for_legend(Size.SMALL)}),
            "starts": Field.text("starts", label_size=Size.SMALL, field_width=5),
            "ends": Field.text("ends", label_size=Size.SMALL, field_width=5),
            "place": Field.text("place", label_size=Size.SMALL),
            "quarter": Field("quarter", context=label),
        }
        return [shown for name, shown in sizes.items() if name in self.fields]

    def clean_starts(self) -> dt.time:
        return clock(self.cleaned_data["starts"], "The time at which it starts")

    def clean_ends(self) -> dt.time | None:
        typed = self.cleaned_data["ends"].strip()
        return clock(typed, "The time at which it ends") if typed else None

    def clean_quarter(self) -> Quarter | None:
        chosen = self.cleaned_data["quarter"]
        return Quarter.parse(chosen) if chosen else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day = cleaned.get("meets_on")
        for name in ("starts", "ends"):
            time = cleaned.get(name)
            if day and time:
                try:
                    cleaned[f"{name}_at"] = moment(day, time)
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned

    def told(self) -> dict[str, Any]:
        """What `actions.meetings.add` and `change` take, from a form without errors."""
        asked = self.cleaned_data
        return {
            "kind": asked["kind"],
            "starts_at": asked["starts_at"],
            "ends_at": asked.get("ends_at"),
            "place": asked["place"],
            "quarter": asked.get("quarter"),
        }


def _initial(meeting: Meeting) -> dict[str, Any]:
    starts = timezone.localtime(meeting.starts_at)
    return {
        "kind": meeting.kind,
        "meets_on": starts.date(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{timezone.localtime(meeting.ends_at):%H:%M}" if meeting.ends_at else "",
        "place": meeting.place,
        "quarter": meeting.quarter.slug if meeting.quarter else "",
        "version": meeting.version,
    }


class CallOffForm(GovukForm, VersionMixin):
    submit = "Call the meeting off"

    reason = forms.CharField(
        label="Why is it called off?",
        help_text="It is shown with the meeting",
        max_length=300,
        error_messages={"required": "Say why the meeting is called off"},
    )

    def __init__(self, data: Any = None, *, meeting: Meeting, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": meeting.version})

    def layout(self) -> list[Any]:
        return [Field.text("reason", label_size=Size.SMALL)]


# ---------------------------------------------------------------- agenda


@dataclass(frozen=True)
class Row:
    """A row of the agenda as the page shows it; `item` is None for one of the empty rows at its end."""

    item: AgendaItem | None
    place: forms.BoundField
    title: forms.BoundField
    purpose: forms.BoundField
    presenter: forms.BoundField
    remove: forms.BoundField | None


class AgendaForm(GovukForm, VersionMixin):
    """Every item in one table. An item is moved by its number, taken off by a tick, and added in one of the empty rows."""

    def __init__(self, data: Any = None, *, meeting: Meeting, items: Sequence[AgendaItem]) -> None:
        super().__init__(data, initial={"version": meeting.version})
        self.items = list(items)
        self.keys = [str(item.pk) for item in self.items] + [f"new{number}" for number in range(NEW_ROWS)]
        for place, (key, item) in enumerate(zip(self.keys, [*self.items, *[None] * NEW_ROWS], strict=True), start=1):
            self._add_row(key, item, place)

    def _add_row(self, key: str, item: AgendaItem | None, place: int) -> None:
        what = f"item {place}" if item else f"new item {place}"
        self.fields[f"place_{key}"] = forms.IntegerField(
            label=f"Place of {what}",
            initial=place,
            min_value=0,
            max_value=999,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )
        self.fields[f"title_{key}"] = forms.CharField(
            label=f"Title of {what}", initial=item.title if item else "", max_length=200, required=False
        )
        self.fields[f"purpose_{key}"] = forms.ChoiceField(
            label=f"Purpose of {what}",
            choices=AgendaItem.Purpose.choices,
            initial=item.purpose if item else AgendaItem.Purpose.DISCUSS,
        )
        self.fields[f"presenter_{key}"] = forms.CharField(
            label=f"Who presents {what}", initial=item.presenter if item else "", max_length=120, required=False
        )
        if item:
            self.fields[f"remove_{key}"] = forms.BooleanField(label="Take off", required=False)

    def rows(self) -> Iterator[Row]:
        held: dict[str, AgendaItem] = {str(item.pk): item for item in self.items}
        for key in self.keys:
            names = ("place", "title", "purpose", "presenter")
            place, title, purpose, presenter = (self[f"{name}_{key}"] for name in names)
            remove = self[f"remove_{key}"] if key in held else None
            yield Row(held.get(key), place, title, purpose, presenter, remove)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for item in self.items:
            if not cleaned.get(f"remove_{item.pk}") and not cleaned.get(f"title_{item.pk}", "x").strip():
                self.add_error(f"title_{item.pk}", "Enter what the item is about, or tick “Take off”")
        if len(self.told_rows(cleaned)) > MOST_ITEMS:
            raise ValidationError(f"An agenda holds at most {MOST_ITEMS} items")
        return cleaned

    def told_rows(self, cleaned: dict[str, Any]) -> list[ItemRow]:
        """What `actions.meetings.set_agenda` takes: in the order of the places typed; of two with one place the one that was moved comes first."""
        held = {str(item.pk): (place, item) for place, item in enumerate(self.items, start=1)}
        found = []
        for number, key in enumerate(self.keys, start=1):
            title = str(cleaned.get(f"title_{key}", "")).strip()
            if not title or cleaned.get(f"remove_{key}"):
                continue
            place = cleaned.get(f"place_{key}")
            place = number if place is None else place
            stayed = key in held and held[key][0] == place
            pk = held[key][1].pk if key in held else None
            row = ItemRow(pk, title, cleaned[f"purpose_{key}"], str(cleaned.get(f"presenter_{key}", "")).strip())
            # Moved down to a place: after the one that stands there now; moved up: before it.
            found.append(((place, 0 if stayed else (1 if number < place else -1), number), row))
        return [row for _, row in sorted(found, key=lambda pair: pair[0])]
