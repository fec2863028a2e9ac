"""The form for the new figures of a series: a row for each quarter, and what is said of all of them once."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from accounts.models import User
from indicators.forms.checking import GIVEN_BACK_FOR
from indicators.forms.supplying import ON_BEHALF, SupplierMixin
from indicators.models import Indicator
from indicators.numbers import Unreadable, check_share, parse_amount, parse_count, parse_percentage
from indicators.revisable import Open, Revisable, Revised
from lib import working_days
from lib.govuk import Button, Buttons, Choice, DayField, Field, GovukForm, Include, Link, Size
from lib.refusals import LOST
from lib.written import capitalised, figure

ON_BEHALF_OF = "I am entering them on behalf of someone else"
EXACT = "{}: type the exact figure, small numbers are hidden in public reports and not here"
NUMBERS = {"base": "denominator", "number": "numerator", "stated": "stated_percentage"}  # of a figure, by box


@dataclass(frozen=True)
class Row:
    open: Open
    seen: forms.BoundField
    boxes: tuple[tuple[str, forms.BoundField], ...]  # each with the head of its column


class ReviseForm(GovukForm, SupplierMixin):
    """The version of each return travels along, so that a new figure counts only for the quarter as it was seen."""

    reason = forms.CharField(
        label="Why do the figures change?",
        help_text="One sentence for all of them. It is printed in the next pack beside the figures",
        max_length=300,
        error_messages={
            "required": "Say why the figures change",
            "max_length": "Why the figures change must be said in 300 characters or fewer",
        },
    )
    kind = forms.ChoiceField(
        label="Are they final?",
        choices=[Choice("final", "Final"), Choice("provisional", "Provisional, they may change")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the figures are final or provisional"},
    )
    source = forms.CharField(
        label="Where are they from?",
        help_text="The system or report, so that anyone could find it again",
        required=False,
        max_length=200,
        error_messages={"max_length": "Where they are from must be said in 200 characters or fewer"},
    )
    extracted_on = DayField(
        label="When were they taken from there? (optional)",
        help_text="For example, 25 4 2018",
        what="the day they were taken from their source",
        required=False,
    )
    field_order = ["reason", "kind", "source", "extracted_on", "behalf", *ON_BEHALF]

    def __init__(
        self,
        data: Any = None,
        *,
        revisable: Revisable,
        user: User,
        suppliers: Sequence[User],
        own: bool,
        likely: User | None,
        today: dt.date,
    ) -> None:
        self.revisable, self.user, self.suppliers, self.today = revisable, user, suppliers, today
        self.likely = "" if own or likely is None else str(likely.pk)
        self.cancel_url = revisable.indicator.get_absolute_url()
        started = {
            "kind": "final",
            "reason": revisable.reason,
            "source": revisable.source,
            "behalf": "own" if own else "behalf",
            "supplier": self.likely,
        }
        super().__init__(data, initial=started)
        self.heads = _heads(revisable.indicator)
        boxes: dict[str, forms.Field] = {}
        for one in revisable.quarters:
            boxes[_name("seen", one)] = forms.IntegerField(
                widget=forms.HiddenInput,
                initial=one.return_.version,
                min_value=1,
                error_messages=dict.fromkeys(("required", "invalid", "min_value"), LOST),
            )
            for box, head in self.heads.items():
                boxes[_name(box, one)] = _box(box, head, one)
        self.fields = {**boxes, **self.fields}
        self.offer_suppliers()
        behalf = self.fields["behalf"]
        behalf.label, behalf.choices = "Whose figures are they?", [behalf.choices[0], ("behalf", ON_BEHALF_OF)]
        self.fields["supplier"].label = "Who gave them to you?"
        self.fields["received_on"].label = "When did they reach you?"

    def layout(self) -> list[Any]:
        legend = {"legend_size": Size.for_legend(Size.SMALL)}
        return [
            Include("indicators/_revise_rows.html"),
            Field.text("reason", label_size=Size.SMALL),
            Field.radios("kind", legend_size=Size.SMALL, small=True, inline=True),
            Field.text("source", label_size=Size.SMALL),
            Field("extracted_on", context=legend),
            Field.radios("behalf", legend_size=Size.SMALL, small=True),
            self.supplier_boxes(),
            Buttons(Button("Send the new figures"), Link("Cancel", self.cancel_url)),
        ]

    def rows(self) -> Iterator[Row]:
        """For the table, latest quarter first."""
        for one in self.revisable.quarters:
            boxes = tuple((head, self[_name(box, one)]) for box, head in self.heads.items())
            yield Row(one, self[_name("seen", one)], boxes)

    # ------------------------------------------------------------ what was typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.found: list[Revised] = []
        for one in self.revisable.quarters:
            self._clean_row(one)
        if not self.found and not self.errors:
            self.add_error(None, "Give a new figure for at least one quarter: each is as it was")
        if cleaned.get("extracted_on") and cleaned["extracted_on"] > self.today:
            self.add_error("extracted_on", "The day they were taken from their source can’t be in the future")
        self.clean_supplied()
        return cleaned

    def _clean_row(self, one: Open) -> None:
        """The new figure of one quarter; empty boxes leave it as it is, and so does the figure that stands."""
        typed = {box: self.cleaned_data.get(_name(box, one), "") for box in self.heads}
        if not any(typed.values()) or _name("seen", one) not in self.cleaned_data:
            return
        numbers = self._read(one, {box: text for box, text in typed.items() if text})
        if numbers and any(getattr(one.shown, name) != number for name, number in numbers.items()):
            self.found.append(Revised(one.return_, self.cleaned_data[_name("seen", one)], **numbers))

    def _read(self, one: Open, typed: dict[str, str]) -> dict[str, Decimal | None]:
        """The numbers as a figure holds them; empty when something is wrong with them, which is then said at its box."""
        both = [box for box in self.heads if box != "stated"]
        if "stated" in typed and len(typed) > 1:
            return self._wrong("stated", one, f"{one.quarter}: give either the two numbers or the percentage, not both")
        if "stated" not in typed:
            for box in both:
                if box not in typed:
                    return self._wrong(box, one, f"{one.quarter}: give both numbers, or leave both boxes empty")
        numbers: dict[str, Decimal | None] = dict.fromkeys(NUMBERS.values())
        is_wrong = False
        for box, text in typed.items():
            try:
                numbers[NUMBERS[box]] = self._parsed(box, text, one)
            except Unreadable as unreadable:
                self._wrong(box, one, str(unreadable))
                is_wrong = True
        return {} if is_wrong or not self._is_share(one, numbers) else numbers

    def _parsed(self, box: str, text: str, one: Open) -> Decimal:
        thing = self._thing(box, one)
        if self.revisable.indicator.is_amount:
            return parse_amount(text, thing=thing)
        parse = parse_percentage if box == "stated" else parse_count
        return parse(text, thing=thing, exact=EXACT.format(one.quarter))

    def _is_share(self, one: Open, numbers: dict[str, Decimal | None]) -> bool:
        """Whether the part goes into its base, where there are both."""
        part, base = numbers["numerator"], numbers["denominator"]
        if part is None or base is None:
            return True
        base_name = self.revisable.indicator.unit_of_base if base else self._thing("base", one)
        names = {"part_name": self._thing("number", one), "base_name": base_name}
        try:
            check_share(part, base, **names, may_be_none=self.revisable.indicator.is_need_met)
        except Unreadable as unreadable:
            self._wrong("base" if unreadable.box == "base" else "number", one, str(unreadable))
            return False
        return True

    def _thing(self, box: str, one: Open) -> str:
        """How a sentence about a box begins: "2017-18 Q4", "2017-18 Q4, offenders with the need"."""
        indicator = self.revisable.indicator
        of = {"base": indicator.unit_of_base, "number": indicator.unit if indicator.is_share else ""}
        return ", ".join(filter(None, (str(one.quarter), of.get(box, ""))))

    def _wrong(self, box: str, one: Open, sentence: str) -> dict[str, Decimal | None]:
        if _name(box, one) not in self.errors:
            self.add_error(_name(box, one), sentence)
        return {}

    def revision(self) -> dict[str, Any]:
        """What `actions.revise` takes, from a form without errors."""
        cleaned = self.cleaned_data
        return {
            "changes": self.found,
            "reason": cleaned["reason"],
            "is_provisional": cleaned["kind"] == "provisional",
            "source": cleaned["source"],
            "extracted_on": cleaned["extracted_on"],
            **self.supplied(),
        }

    # ------------------------------------------------------------ when somebody was quicker

    def opened_at(self) -> dict[int, int]:
        """The versions of the returns when the page was opened, of the quarters that it would change."""
        return {change.return_.pk: change.version for change in self.found}

    def take_up(self, now: Revisable) -> None:
        """Keep what was typed, and let it count for the quarters as they are now."""
        self.revisable = now
        data = self.data.copy()
        for one in now.quarters:
            data[_name("seen", one)] = one.return_.version
        self.data = data


def _heads(indicator: Indicator) -> dict[str, str]:
    """The boxes of a row, each with the head of its column."""
    if indicator.is_amount:
        return {"number": "New amount, £"}
    if indicator.is_count:
        return {"number": "New figure"}
    heads = {"base": capitalised(indicator.unit_of_base), "number": capitalised(indicator.unit)}
    return heads if indicator.is_need_met else {**heads, "stated": "Or per cent"}


def _box(box: str, head: str, one: Open) -> forms.CharField:
    mode = "decimal" if box == "stated" or one.shown.is_amount else "numeric"
    came_back = getattr(one.latest, NUMBERS[box]) if one.came_back else None
    widget = forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})
    return forms.CharField(
        label=f"{head}, {one.quarter}",
        required=False,
        widget=widget,
        initial=figure(came_back, 2 if one.shown.is_amount else None),
    )


def _name(box: str, one: Open) -> str:
    return f"{box}_{one.return_.pk}"


class RevisionBackForm(GovukForm, forms.Form):
    submit = "Send all of it back with this comment"

    comment = forms.CharField(
        label="What should be looked at again?",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        error_messages={
            "required": "Say what should be looked at again",
            "max_length": "The comment must be 2,000 characters or fewer",
        },
    )
    due_again_on = DayField(label="When is it due again?", what="the day it is due again")

    def __init__(self, data: Any = None, *, indicator: Indicator, today: dt.date, cancel_url: str) -> None:
        self.today, self.cancel_url = today, cancel_url
        super().__init__(data, initial={"due_again_on": working_days.add(today, GIVEN_BACK_FOR)})
        mailed = "It is mailed once to the data leads and stays with every quarter"
        stays = "It stays with every quarter: mail only says that there is a question"
        self.fields["comment"].help_text = stays if indicator.is_restricted else mailed
        self.fields["due_again_on"].help_text = f"{GIVEN_BACK_FOR} working days from today unless you change it"

    def layout(self) -> list[Any]:
        legend = {"legend_size": Size.for_legend(Size.SMALL)}
        return [Field.textarea("comment", label_size=Size.SMALL, rows=5), Field("due_again_on", context=legend)]

    def clean_due_again_on(self) -> dt.date:
        day = self.cleaned_data["due_again_on"]
        if day < self.today:
            raise forms.ValidationError("The day it is due again must be today or later", code="day")
        return day
