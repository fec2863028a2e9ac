"""The two pages of a meeting that takes place: who is there, and the minutes with all that is decided and arises."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Organisation, User
from governance import naming
from governance.minuting import GuestHere, MemberHere, Minutes, NewArising, NewDecision, NewInterest
from governance.models import AgendaItem, Attendance, Meeting, Membership
from lib.editing import VersionMixin
from lib.govuk import DayField, GovukForm

NEW_GUESTS, NEW_INTERESTS = 3, 2
BEYOND = 0  # in place of an item's id: what was said, decided and arose beyond the items


def line(label: str, most: int, **attrs: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, widget=forms.TextInput(attrs=attrs))


def words(label: str, rows: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}))


# ---------------------------------------------------------------- who is there


@dataclass(frozen=True)
class Member:
    place: Membership
    presence: forms.BoundField
    stand_in: forms.BoundField


@dataclass(frozen=True)
class Guest:
    name: forms.BoundField
    post: forms.BoundField
    organisation: forms.BoundField


class AttendanceForm(GovukForm, VersionMixin):
    """All members in one table, guests below. `everybody`: start with everyone present, where nothing was recorded yet."""

    def __init__(
        self,
        data: Any = None,
        *,
        meeting: Meeting,
        members: Sequence[Membership],
        rows: Sequence[Attendance],
        organisations: Sequence[Organisation],
        everybody: bool = False,
    ) -> None:
        super().__init__(data, initial={"version": meeting.version})
        self.places = list(members)
        self.everybody = everybody
        self.names = [(str(one.pk), one.name_on(meeting.day)) for one in organisations]
        known = {row.membership_id: row.presence for row in rows if row.membership_id}
        instead = {row.stands_in_for: row.name for row in rows if row.stands_in_for}
        guests = [row for row in rows if row.membership_id is None and not row.stands_in_for]
        for place in self.places:
            self._add_member(place, known.get(place.pk, ""), instead.get(place.name or place.post, ""))
        self.guest_count = len(guests) + NEW_GUESTS
        for number in range(self.guest_count):
            self._add_guest(number, guests[number] if number < len(guests) else None)

    def _add_member(self, place: Membership, presence: str, stand_in: str) -> None:
        if not presence and self.everybody and place.name:
            presence = Attendance.Presence.PRESENT
        self.fields[f"presence_{place.pk}"] = forms.ChoiceField(
            label=f"Was {place.name or place.post} there?",
            choices=Attendance.Presence.choices,
            initial=presence,
            required=False,
            widget=forms.RadioSelect,
        )
        stand = line(f"Who came instead of {place.name or place.post}?", 120, autocomplete="off")
        stand.initial = stand_in
        self.fields[f"instead_{place.pk}"] = stand

    def _add_guest(self, number: int, row: Attendance | None) -> None:
        what = f"guest {number + 1}"
        for name, most in (("name", 120), ("post", 120)):
            box = line(f"{name.capitalize()} of {what}", most, autocomplete="off")
            box.initial = getattr(row, name) if row else ""
            self.fields[f"guest_{number}_{name}"] = box
        self.fields[f"guest_{number}_organisation"] = forms.ChoiceField(
            label=f"Organisation of {what}",
            choices=[("", "None of these"), *self.names],
            initial=str(row.organisation_id) if row and row.organisation_id else "",
            required=False,
        )

    def rows(self) -> Iterator[Member]:
        for place in self.places:
            yield Member(place, self[f"presence_{place.pk}"], self[f"instead_{place.pk}"])

    def guests(self) -> Iterator[Guest]:
        for number in range(self.guest_count):
            name, post, organisation = (self[f"guest_{number}_{name}"] for name in ("name", "post", "organisation"))
            yield Guest(name, post, organisation)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number in range(self.guest_count):
            if cleaned.get(f"guest_{number}_post") and not cleaned.get(f"guest_{number}_name"):
                self.add_error(f"guest_{number}_name", "Enter the name of the guest")
        for place in self.places:
            present = cleaned.get(f"presence_{place.pk}") == Attendance.Presence.PRESENT
            if present and cleaned.get(f"instead_{place.pk}"):
                who = place.name or place.post
                self.add_error(f"instead_{place.pk}", f"{who} was present, so nobody came instead")
        return cleaned

    def told(self) -> dict[str, Any]:
        """What `actions.minutes.take_attendance` takes, from a form without errors."""
        asked = self.cleaned_data
        guests = (
            GuestHere(asked[f"{key}_name"], asked[f"{key}_post"], int(asked[f"{key}_organisation"] or 0) or None)
            for key in (f"guest_{number}" for number in range(self.guest_count))
        )
        return {
            "members": [
                MemberHere(place.pk, asked[f"presence_{place.pk}"], asked[f"instead_{place.pk}"])
                for place in self.places
            ],
            "guests": [guest for guest in guests if guest.name],
            "version": asked["version"],
        }


# ---------------------------------------------------------------- minutes


@dataclass(frozen=True)
class Boxes:
    """The boxes for one decision, or for one action arising (which has no reason)."""

    text: forms.BoundField
    who: forms.BoundField
    due: forms.BoundField
    reason: forms.BoundField | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is typed there, or wrong, so that the page shows it unfolded."""
        boxes = [box for box in (self.text, self.who, self.due, self.reason) if box is not None]
        return any(box.errors or any(_typed(box.value())) for box in boxes)


@dataclass(frozen=True)
class Spot:
    """An item with its boxes; `item` is None for what goes beyond the items."""

    key: int
    item: AgendaItem | None
    minute: forms.BoundField
    decision: Boxes
    arising: Boxes


@dataclass(frozen=True)
class InterestBoxes:
    name: forms.BoundField
    item: forms.BoundField
    nature: forms.BoundField
    no_part: forms.BoundField


class MinutesForm(GovukForm, VersionMixin):
    """Every item on one page: its short minute, and below it boxes for one decision and one action arising. Saving makes new boxes."""

    def __init__(
        self, data: Any = None, *, meeting: Meeting, items: Sequence[AgendaItem], people: Sequence[User]
    ) -> None:
        super().__init__(data, initial={"version": meeting.version})
        self.meeting, self.items, self.people = meeting, list(items), people
        for number in range(NEW_INTERESTS):
            self._add_interest(number)
        for number, item in enumerate(self.items, start=1):
            self._add_spot(item.pk, f"item {number}", words(f"What was said on {item.title}", 4), item.minute)
        self.fields["another_item"] = line("Another item was taken (optional)", 200)
        self._add_spot(BEYOND, "the meeting", words("Anything beyond the items (optional)", 4), meeting.minutes)
        if meeting.kind == Meeting.Kind.PUBLIC:
            self.fields["made_known"] = words("How was what was discussed made known?", 3)
            self.fields["made_known"].initial = meeting.made_known

    def _add_spot(self, key: int, where: str, minute: forms.CharField, said: str) -> None:
        minute.initial = said
        self.fields[f"minute_{key}"] = minute
        self.fields[f"decision_{key}_text"] = words(f"What was decided on {where}?", 2)
        self.fields[f"decision_{key}_reason"] = words("Why?", 2)
        self._add_who(f"decision_{key}", "Who sees to it? (optional)", "By when? (optional)")
        self.fields[f"arising_{key}_text"] = line(f"What is to be done after {where}?", 300)
        self._add_who(f"arising_{key}", "Who does it?", "By when?")

    def _add_who(self, key: str, label: str, by_when: str) -> None:
        self.fields[f"{key}_who"] = line(label, 240, list="people", autocomplete="off")
        self.fields[f"{key}_due"] = DayField(label=by_when, what="the day by which it is done", required=False)

    def _add_interest(self, number: int) -> None:
        key, which = f"interest_{number}", f"declaration {number + 1}"
        about = [(str(item.pk), item.title) for item in self.items]
        self.fields[f"{key}_name"] = line(f"Who, {which}", 120, list="names", autocomplete="off")
        self.fields[f"{key}_item"] = forms.ChoiceField(
            label=f"In what, {which}", choices=[("", "The whole meeting"), *about], required=False
        )
        self.fields[f"{key}_nature"] = line(f"What interest, {which}", 300)
        self.fields[f"{key}_no_part"] = forms.BooleanField(label="Took no part", required=False)

    # ------------------------------------------------------------ for the page

    def spots(self) -> Iterator[Spot]:
        for item in self.items:
            yield self._spot(item.pk, item)

    def beyond(self) -> Spot:
        return self._spot(BEYOND, None)

    def _spot(self, key: int, item: AgendaItem | None) -> Spot:
        return Spot(
            key,
            item,
            self[f"minute_{key}"],
            self._boxes(f"decision_{key}", self[f"decision_{key}_reason"]),
            self._boxes(f"arising_{key}"),
        )

    def _boxes(self, key: str, reason: forms.BoundField | None = None) -> Boxes:
        return Boxes(self[f"{key}_text"], self[f"{key}_who"], self[f"{key}_due"], reason)

    def interests(self) -> Iterator[InterestBoxes]:
        for number in range(NEW_INTERESTS):
            yield InterestBoxes(*(self[f"interest_{number}_{name}"] for name in ("name", "item", "nature", "no_part")))

    # ------------------------------------------------------------ what was typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for key in [*(item.pk for item in self.items), BEYOND]:
            self._clean_decision(cleaned, f"decision_{key}")
            self._clean_arising(cleaned, f"arising_{key}")
        for number in range(NEW_INTERESTS):
            self._clean_interest(cleaned, f"interest_{number}")
        return cleaned

    def _clean_decision(self, cleaned: dict[str, Any], key: str) -> None:
        if not self._is_used(key, "text", "reason", "who", "due"):
            return
        self._ask(cleaned, f"{key}_text", "Say what was decided")
        self._ask(cleaned, f"{key}_reason", "Say why it was decided")
        who = self._clean_who(cleaned, key)
        if who and not self._has_errors(f"{key}_due"):
            self._ask(cleaned, f"{key}_due", "Enter the day by which it is seen to")
        if cleaned.get(f"{key}_due") and not who and not self._has_errors(f"{key}_who"):
            self.add_error(f"{key}_who", "Enter who sees to it")
        self._refuse_early(cleaned, f"{key}_due")

    def _clean_arising(self, cleaned: dict[str, Any], key: str) -> None:
        if not self._is_used(key, "text", "who", "due"):
            return
        self._ask(cleaned, f"{key}_text", "Say what is to be done")
        if not self._clean_who(cleaned, key) and not self._has_errors(f"{key}_who"):
            self.add_error(f"{key}_who", "Enter who does it: a person or a post")
        if not self._has_errors(f"{key}_due"):
            self._ask(cleaned, f"{key}_due", "Enter the day by which it is done")
        self._refuse_early(cleaned, f"{key}_due")

    def _clean_interest(self, cleaned: dict[str, Any], key: str) -> None:
        if self._is_used(key, "name", "nature", "no_part", "item"):
            self._ask(cleaned, f"{key}_name", "Enter who declared the interest")
            self._ask(cleaned, f"{key}_nature", "Say what the interest is")

    def _clean_who(self, cleaned: dict[str, Any], key: str) -> bool:
        """Whether somebody is named; what was typed becomes (person, post)."""
        name = f"{key}_who"
        try:
            cleaned[name] = naming.who(cleaned.get(name, "") or "", self.people)
        except ValidationError as error:
            self.add_error(name, error)
            return True
        _, post = cleaned[name]
        if len(post) > 120:
            self.add_error(name, "Who it is must be said in 120 characters or fewer")
        return any(cleaned.get(name, (None, "")))

    def _is_used(self, key: str, *names: str) -> bool:
        return any(any(_typed(self[f"{key}_{name}"].value())) for name in names)

    def _ask(self, cleaned: dict[str, Any], name: str, sentence: str) -> None:
        if not cleaned.get(name) and not self._has_errors(name):
            self.add_error(name, sentence)

    def _has_errors(self, name: str) -> bool:
        return name in self.errors

    def _refuse_early(self, cleaned: dict[str, Any], name: str) -> None:
        due: dt.date | None = cleaned.get(name)
        if due and due < self.meeting.day:
            self.add_error(name, "The day by which it is done can’t be before the meeting")

    def told(self) -> Minutes:
        """What `actions.minutes.write_up` takes, from a form without errors."""
        asked = self.cleaned_data
        keys = [*(item.pk for item in self.items), BEYOND]
        return Minutes(
            items={item.pk: asked[f"minute_{item.pk}"] for item in self.items},
            beyond=asked[f"minute_{BEYOND}"],
            made_known=asked.get("made_known", ""),
            another_item=asked["another_item"],
            decisions=[self._decision(asked, key) for key in keys if asked[f"decision_{key}_text"]],
            arising=[self._arising(asked, key) for key in keys if asked[f"arising_{key}_text"]],
            interests=[
                self._interest(asked, f"interest_{number}")
                for number in range(NEW_INTERESTS)
                if asked[f"interest_{number}_name"]
            ],
        )

    def _decision(self, asked: dict[str, Any], key: int) -> NewDecision:
        name = f"decision_{key}"
        owner, post = asked[f"{name}_who"]
        return NewDecision(
            key or None, asked[f"{name}_text"], asked[f"{name}_reason"], owner, post, asked[f"{name}_due"]
        )

    def _arising(self, asked: dict[str, Any], key: int) -> NewArising:
        name = f"arising_{key}"
        owner, post = asked[f"{name}_who"]
        return NewArising(asked[f"{name}_text"], owner, post, asked[f"{name}_due"])

    def _interest(self, asked: dict[str, Any], key: str) -> NewInterest:
        item = int(asked[f"{key}_item"] or 0) or None
        return NewInterest(item, asked[f"{key}_name"], asked[f"{key}_nature"], asked[f"{key}_no_part"])


def _typed(value: Any) -> list[str]:
    """What stands in a box, or in the three of a date."""
    parts = value if isinstance(value, list | tuple) else [value]
    return [str(part).strip() for part in parts if part not in (None, False) and str(part).strip()]
