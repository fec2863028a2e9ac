"""The form for one figure."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from accounts.models import User
from indicators.aggregate import Numbers
from indicators.entry import Entry
from indicators.forms.supplying import ON_BEHALF, SupplierMixin
from indicators.forms.typed import plain, typed
from indicators.models import Figure
from indicators.numbers import Unreadable, check_share, parse_amount, parse_count, parse_percentage
from indicators.plausible import value
from lib.editing import VersionMixin
from lib.govuk import Button, Buttons, Choice, DayField, Field, GovukForm, Include, Link, Size, Wrap
from lib.written import capitalised


def _box(label: str, *, hint: str = "", mode: str = "numeric") -> forms.CharField:
    """A box for a number; what is in it is read in `clean`, with sentences of our own."""
    widget = forms.TextInput(
        attrs={"inputmode": mode, "autocomplete": "off", "class": "govuk-input--extra-letter-spacing"}
    )
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


class ReturnForm(GovukForm, SupplierMixin, VersionMixin):
    """The figure for a return. Which boxes there are follows from how the indicator is measured.

    `as_draft` takes everything as typed and looks only at the version. `likely` is who gives this figure as a rule: already chosen where
    somebody enters it for them; a figure that is changed and came from somebody comes from them again. `unsent` is what this person typed and didn't send the last time.
    """

    BOXES = ("base", "number", "stated")  # by how the indicator is measured

    restates = forms.ChoiceField(
        label="Why does the verified figure change?",
        choices=[
            Choice(
                Figure.Restates.REVISION,
                "The source has new figures",
                hint="A revision: late reports, a year-end check",
            ),
            Choice(
                Figure.Restates.CORRECTION, "The figure was wrong", hint="A correction: it is listed in the next pack"
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the source has new figures or the figure was wrong"},
    )
    restated_because = forms.CharField(
        label="What happened?",
        help_text="One sentence. It is printed in the next pack beside both figures",
        max_length=300,
        error_messages={
            "required": "Say why the figure changes",
            "max_length": "Why the figure changes must be said in 300 characters or fewer",
        },
    )
    kind = forms.ChoiceField(
        label="Is it final?",
        choices=[Choice("final", "Final"), Choice("provisional", "Provisional, it may change")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the figure is final or provisional"},
    )
    source = forms.CharField(
        label="Where is it from?",
        help_text="The system or report, so that anyone could find it again",
        required=False,
        max_length=200,
        error_messages={"max_length": "Where it is from must be said in 200 characters or fewer"},
    )
    extracted_on = DayField(
        label="When was it taken from there? (optional)",
        help_text="For example, 25 4 2018",
        what="the day it was taken from its source",
        required=False,
    )
    field_order = ["restates", "restated_because", "kind", "source", "extracted_on", "behalf", *ON_BEHALF]

    def __init__(
        self,
        data: Any = None,
        *,
        entry: Entry,
        user: User,
        suppliers: Sequence[User],
        own: bool,
        today: dt.date,
        likely: User | None = None,
        no_figure_url: str = "",
        as_draft: bool = False,
        unsent: Mapping[str, Any] | None = None,
    ) -> None:
        self.entry, self.user, self.suppliers, self.today = entry, user, suppliers, today
        self.likely = "" if own or likely is None else str(likely.pk)
        self.no_figure_url, self.as_draft = no_figure_url, as_draft
        begun = self.begun_with(entry.latest)
        super().__init__(data, initial={"supplier": self.likely} | _initial(entry, user, own, unsent, begun))
        indicator = entry.indicator
        boxes = {"base": _box(indicator.question_of_base, hint=entry.period)} if indicator.is_share else {}
        mode = "decimal" if indicator.is_amount else "numeric"
        boxes["number"] = _box(indicator.question, hint="" if indicator.is_share else entry.period, mode=mode)
        if indicator.measure == indicator.Measure.PERCENTAGE:
            hint = "Leave it empty when you gave both numbers. Without them it can’t be added to other quarters"
            boxes["stated"] = _box("Or the percentage, if the numbers are not known", hint=hint, mode="decimal")
        self.fields = {**boxes, **self.fields}
        if not entry.is_restating:
            del self.fields["restates"], self.fields["restated_because"]
        self.offer_suppliers()

    def layout(self) -> list[Any]:
        counted = [name for name in ("base", "number") if name in self.fields]
        boxes = [Field.text(name, label_size=Size.MEDIUM, field_width=10) for name in counted]
        if self.entry.indicator.is_amount:
            boxes[0].context["input_prefix"] = "£"
        stated = [Field.text("stated", label_size=Size.SMALL, field_width=10)] if "stated" in self.fields else []
        restating = self.entry.is_restating
        why = [
            Field.radios("restates", legend_size=Size.SMALL, small=True),
            Field.text("restated_because", label_size=Size.SMALL),
        ]
        buttons = [
            Button("Submit restated figure" if restating else "Submit figure", name="do", value="submit"),
            Button("Save draft", name="do", value="draft", kind="secondary"),
        ]
        if self.no_figure_url:
            buttons.append(Link("There is no figure this quarter", self.no_figure_url))
        legend = {"legend_size": Size.for_legend(Size.SMALL)}
        return [
            Wrap("csp-entry", *boxes, Include("indicators/_neighbours.html")),
            *stated,
            Include("indicators/_question.html"),
            *(why if restating else []),
            Field.radios("kind", legend_size=Size.SMALL, small=True, inline=True),
            Field.text("source", label_size=Size.SMALL),
            Field("extracted_on", context=legend),
            Field.radios("behalf", legend_size=Size.SMALL, small=True),
            self.supplier_boxes(),
            Include(
                "indicators/_spent_so_far.html" if self.entry.indicator.is_spend else "indicators/_definition.html"
            ),
            Buttons(*buttons),
            Include("indicators/_unsaved.html"),
            Include("indicators/_keeping.html"),
        ]

    @property
    def said_right(self) -> str:
        """The unusual value that was said to be right: by the answer beside it, or by the button that sends it where "No" was not chosen."""
        return self.data.get("unusual", self.data.get("send", ""))

    @classmethod
    def typed_in(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """What somebody is typing, without making the form."""
        boxes = {name: forms.CharField() for name in cls.BOXES}
        return typed(data, boxes | {name: one for name, one in cls.base_fields.items() if name != "version"})

    def typed(self) -> dict[str, Any]:
        """What stands in the boxes, for a draft."""
        return plain({field.name: field.data for field in self.visible_fields()})

    def figure(self) -> dict[str, Any]:
        """What `actions.submit` takes, from a form without errors."""
        cleaned = self.cleaned_data
        return {
            "version": cleaned["version"],
            "numerator": cleaned.get("numerator"),
            "denominator": cleaned.get("denominator"),
            "stated_percentage": cleaned.get("stated_percentage"),
            "is_provisional": cleaned["kind"] == "provisional",
            "source": cleaned["source"],
            "extracted_on": cleaned["extracted_on"],
            **self.supplied(),
            "restates": cleaned.get("restates", ""),
            "restated_because": cleaned.get("restated_because", ""),
        }

    def figure_or_none(self) -> dict[str, Any] | None:
        return None if self.as_draft else self.figure()

    def _clean_fields(self) -> None:
        if not self.as_draft:
            super()._clean_fields()
            return
        try:
            self.cleaned_data["version"] = self.fields["version"].clean(self["version"].data)
        except forms.ValidationError as error:
            self.add_error("version", error)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.as_draft:
            return cleaned
        self._clean_numbers()
        if cleaned.get("extracted_on") and cleaned["extracted_on"] > self.today:
            self.add_error("extracted_on", "The day it was taken from its source can’t be in the future")
        self.clean_supplied()
        self._clean_sent()
        return cleaned

    def _clean_sent(self) -> None:
        """The button beside a question names what it sends, and the box may say something else by now."""
        sent = self.data.get("send")
        numbers = (self.cleaned_data.get(name) for name in ("numerator", "denominator", "stated_percentage"))
        if sent and not self.errors and sent != value(Numbers(*numbers), is_amount=self.entry.indicator.is_amount):
            self.add_error(None, "The figure is not the one on the button any more: send it with “Submit figure”")

    def _clean_numbers(self) -> None:
        indicator, thing, like = self.entry.indicator, self.entry.thing, self.entry.like
        stated = self.cleaned_data.get("stated")
        if stated:
            if self.cleaned_data.get("number") or self.cleaned_data.get("base"):
                self.add_error("stated", "Give either the two numbers or the percentage, not both")
            else:
                self._read("stated", "stated_percentage", lambda typed: parse_percentage(typed, thing="The percentage"))
            return
        base_name = capitalised(indicator.unit_of_base)
        if indicator.is_amount:
            self._read("number", "numerator", lambda typed: parse_amount(typed, thing=thing, like=like))
            return
        if indicator.is_share:
            self._read("base", "denominator", lambda typed: parse_count(typed, thing=base_name, like=like))
        self._read("number", "numerator", lambda typed: parse_count(typed, thing=thing, like=like))
        part, base = self.cleaned_data.get("numerator"), self.cleaned_data.get("denominator")
        if part is not None and base is not None:
            try:
                check_share(part, base, part_name=thing, base_name=base_name, may_be_none=indicator.is_need_met)
            except Unreadable as unreadable:
                self.add_error("base" if unreadable.box == "base" else "number", str(unreadable))

    def _read(self, box: str, name: str, parse: Callable[[str], Decimal]) -> None:
        if box not in self.cleaned_data:  # refused already
            return
        try:
            self.cleaned_data[name] = parse(self.cleaned_data[box])
        except Unreadable as unreadable:
            self.add_error(box, str(unreadable))


def _initial(
    entry: Entry, user: User, own: bool, unsent: Mapping[str, Any] | None, begun: Mapping[str, Any]
) -> dict[str, Any]:
    """What this person left, or a saved draft, as it was typed; otherwise the figure to be changed; otherwise what is likely."""
    fresh = {
        "version": entry.return_.version,
        "kind": "final",
        "behalf": "own" if own else "behalf",
        "source": entry.definition.source if entry.definition else "",
    }
    if unsent:
        return fresh | dict(unsent)
    if draft := dict(entry.return_.draft):
        if entry.return_.draft_saved_by_id != user.pk:
            draft.pop("behalf", None)  # whose figure it is was said by somebody else
        return fresh | draft
    figure = entry.latest
    if figure is None:
        return fresh
    return fresh | {
        "number": _shown(figure.numerator, pence=figure.is_amount),
        "base": _shown(figure.denominator),
        "stated": _shown(figure.stated_percentage),
        "kind": "provisional" if figure.is_provisional else "final",
        "source": figure.source,
        **begun,
    }


def _shown(number: Decimal | None, *, pence: bool = False) -> str:
    if number is None:
        return ""
    if pence:
        return f"{number:,.2f}"
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number.normalize():f}"
