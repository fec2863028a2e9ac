"""Forms of a year's targets: one target, and what was agreed."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from indicators import terms
from indicators.aiming import Aimed
from indicators.aims import TAKES
from indicators.deciding import Deciding
from indicators.models import Indicator, Target
from indicators.numbers import MOST_PLACES, Unreadable, parse_count, parse_percentage
from lib import refusals, written
from lib.editing import VersionMixin
from lib.govuk import Choice, DayField, Field, GovukForm, Size, Wrap
from lib.written import figure

QUARTERS = ("Q1", "Q2", "Q3", "Q4")
RULES = [
    Choice(
        Target.Rule.MINIMUM_AND_TARGET,
        "Minimum expectation and target",
        hint="Green at the target or better, amber between it and the minimum expectation, red if worse than that",
    ),
    Choice(
        Target.Rule.TOLERANCE,
        "Tolerance in per cent of the target",
        hint="Green at the target or better, amber if short of it by no more than that per cent of it, red beyond",
    ),
    Choice(
        Target.Rule.POINTS,
        "Tolerance in percentage points",
        hint="For percentages. Green at the target or better, amber if short of it by no more than so many points, red beyond",
    ),
    Choice(
        Target.Rule.LAST_YEAR,
        "Against last year",
        hint="Green at the target or within the tolerance, amber beyond it but no worse than last year, red if worse. "
        "Without a target last year’s figure stands for it, and there is no amber",
        divider="or",
    ),
    Choice(
        Target.Rule.NONE,
        "None, data only",
        hint="The figure is shown without a colour. Nobody has to agree it",
    ),
]
BASES = {
    Target.Basis.QUARTER: "Each quarter is held against the target by itself",
    Target.Basis.YEAR_TO_DATE: "All quarters so far together",
    Target.Basis.ROLLING_YEAR: "The last four quarters together, whichever year they belong to",
}


class SharesWidget(forms.MultiWidget):
    """Four boxes in a row, one for each quarter."""

    template_name = "indicators/_shares.html"
    use_fieldset = True

    def __init__(self) -> None:
        super().__init__([forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}) for _ in QUARTERS])

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        return render_to_string(template_name, context)  # Django's own form renderer doesn't look into our templates

    def decompress(self, value: Any) -> list[str]:
        return [figure(share) for share in value] if value else [""] * 4

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        at_fault = (attrs or {}).pop("at_fault", ())
        if isinstance(value, tuple):
            # As `has_changed` compares them, so that what comes back untouched counts as untouched.
            value = self.decompress(value)
        context = super().get_context(name, value, attrs)
        for place, box in enumerate(context["widget"]["subwidgets"]):
            box["quarter"], box["at_fault"] = QUARTERS[place], str(place) in at_fault
        return context


class SharesField(forms.MultiValueField):
    """The quarters' shares as they were typed, four texts; they are read once it is known that they are needed."""

    widget = SharesWidget

    def __init__(self, **kwargs: Any) -> None:
        boxes = tuple(forms.CharField(required=False) for _ in QUARTERS)
        super().__init__(fields=boxes, require_all_fields=False, required=False, **kwargs)

    def clean(self, value: Any) -> list[str]:
        return [str(part or "").strip() for part in value or [""] * 4]


def _box(label: str, hint: str, *, mode: str) -> forms.CharField:
    """A box for a number; what is in it is read in `clean`, with sentences of our own."""
    widget = forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


class TargetForm(GovukForm, VersionMixin):
    """The target of one indicator for a year.

    What the chosen rule doesn't take is left out as long as nobody touched it: it was filled in beforehand. What somebody typed there
    is refused by the action with a sentence at the box.
    """

    rule = forms.ChoiceField(
        label="How is it rated?",
        choices=RULES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is rated, or that it is data only"},
    )
    basis = forms.ChoiceField(
        label="Which figure is held against the target?",
        widget=forms.RadioSelect,
        required=False,
    )
    profile = SharesField(label="How does the year’s target fall into its quarters?")
    agreed_by = forms.CharField(
        label="Who agreed it? (optional)",
        help_text="For example, CSP Executive. Leave this and the day empty for a proposal",
        required=False,
        max_length=120,
        error_messages={"max_length": "Who agreed it must be said in 120 characters or fewer"},
    )
    agreed_on = DayField(
        label="On which day? (optional)",
        help_text="For example, 25 5 2017",
        what="the day it was agreed",
        required=False,
    )
    reason = forms.CharField(
        label="Why?",
        help_text="For example, what the target rests on. It stays in the record",
        max_length=300,
        error_messages={"required": "Say why", "max_length": "The reason must be 300 characters or fewer"},
    )

    def __init__(self, data: Any = None, *, deciding: Deciding, cancel_url: str) -> None:
        self.deciding, self.cancel_url = deciding, cancel_url
        self.submit = f"Save the target for {deciding.year}"
        super().__init__(data, initial=_initial(deciding))
        indicator, is_count = deciding.indicator, deciding.indicator.is_count
        mode = "numeric" if is_count else "decimal"
        like = f"A number of {indicator.unit}, like 1,450" if is_count else "A percentage, like 62.5"
        boxes = {
            "value": _box("Target", like, mode=mode),
            "minimum": _box("Minimum expectation", _hint_of_minimum(deciding, like), mode=mode),
            "tolerance": _box("Tolerance", "From 0 to 100, like 5 or 2.5", mode="decimal"),
            "baseline": _box("Baseline (optional)", _hint_of_baseline(deciding), mode=mode),
        }
        order = ("version", "rule", "basis", "value", "minimum", "tolerance", "profile", "baseline")
        self.fields |= boxes
        self.order_fields(order)
        self.fields["rule"].help_text = _hint_of_rule(indicator)
        self.fields["profile"].help_text = _hint_of_profile(deciding)
        self.fields["basis"].choices = [
            Choice(basis, Target.Basis(basis).label, hint=BASES.get(Target.Basis(basis), ""))
            for basis in deciding.bases
        ]
        if len(deciding.bases) == 1:
            del self.fields["basis"]
        if not deciding.is_spread:
            del self.fields["profile"]

    def layout(self) -> list[Any]:
        def box(name: str) -> Field:
            return Field.text(name, label_size=Size.SMALL, field_width=10)

        legend = {"legend_size": Size.for_legend(Size.SMALL)}
        basis = [Wrap("csp-if-rated", Field.radios("basis", legend_size=Size.SMALL))]
        profile = [Wrap("csp-if-rated csp-if-spread", Field("profile", context=legend))]
        return [
            Field.radios("rule", legend_size=Size.SMALL),
            *(basis if "basis" in self.fields else []),
            Wrap("csp-if-rated", box("value")),
            Wrap("csp-if-minimum", box("minimum")),
            Wrap("csp-if-tolerance", box("tolerance")),
            *(profile if "profile" in self.fields else []),
            box("baseline"),
            Wrap("csp-if-rated", Field.text("agreed_by", label_size=Size.SMALL), Field("agreed_on", context=legend)),
            Field.text("reason", label_size=Size.SMALL),
        ]

    def as_said(self) -> dict[str, Any]:
        """What `actions.set_target` takes, from a form without errors."""
        said = {"basis": "", "profile": None} | self.cleaned_data
        if said["rule"] == Target.Rule.NONE:
            said["basis"] = ""
        return said

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("value", "minimum", "baseline"):
            self._read(name, self._number)
        self._read("tolerance", lambda typed, thing: _decimal(typed, thing, like="2.5"))
        if "profile" in self.fields:
            cleaned["profile"] = self._shares(cleaned.get("profile", [""] * 4))
        return cleaned

    def _number(self, typed: str, thing: str) -> Decimal:
        if self.deciding.indicator.is_count:
            return parse_count(typed, thing=thing, like="1,450", exact=f"{thing} must be one number, like 1,450")
        return _decimal(typed, thing, like="62.5")

    def _takes(self, name: str) -> bool:
        """Whether the chosen rule takes this number; while none is chosen, all are read."""
        rule = self.cleaned_data.get("rule")
        return rule is None or name in TAKES[rule]

    def _read(self, name: str, parse: Callable[[str, str], Decimal]) -> None:
        if name not in self.cleaned_data:  # refused already
            return
        typed = self.cleaned_data[name]
        is_left_alone = name not in self.changed_data and name != "baseline" and not self._takes(name)
        self.cleaned_data[name] = None
        if not typed or is_left_alone:
            return
        try:
            self.cleaned_data[name] = parse(typed, f"The {_plain(self.fields[name].label)}")
        except Unreadable as unreadable:
            self.add_error(name, str(unreadable))

    def _shares(self, typed: Sequence[str]) -> tuple[Decimal, ...] | None:
        cleaned = self.cleaned_data
        is_given = cleaned.get("value") is not None or "value" in self.errors
        is_needed = cleaned.get("basis") == Target.Basis.YEAR_TO_DATE and self._takes("value") and is_given
        if not any(typed) or not (is_needed or "profile" in self.changed_data):
            return None
        shares: list[Decimal] = []
        for place, (quarter, share) in enumerate(zip(QUARTERS, typed, strict=True)):
            try:
                if not share:
                    raise Unreadable(f"Enter the share of {quarter}, 0 if nothing falls into it")
                shares.append(_decimal(share, f"The share of {quarter}", like="24.5", places=2))
            except Unreadable as unreadable:
                self.add_error("profile", forms.ValidationError(str(unreadable), code=str(place)))
        return tuple(shares)


def _decimal(typed: str, thing: str, *, like: str, places: int = MOST_PLACES) -> Decimal:
    """From 0 to 100."""
    return parse_percentage(
        typed, thing=thing, like=like, exact=f"{thing} must be one number, like {like}", places=places
    )


def _plain(label: Any) -> str:
    return str(label).removesuffix(" (optional)").lower()


def _initial(deciding: Deciding) -> dict[str, Any]:
    """What holds; where nothing but data only does, what is likely."""
    target, before, figures = deciding.target, deciding.before, deciding.figures
    indicator = deciding.indicator
    is_new = target is None or target.rule == Target.Rule.NONE
    from_ = before if target is None or (target.rule == Target.Rule.NONE and before) else target
    said: dict[str, Any] = {
        "version": indicator.version,
        "rule": (target or before).rule if target or before else "",
        "basis": from_.basis if from_ and from_.basis in deciding.bases else deciding.bases[0],
        "tolerance": figure(from_.tolerance) if from_ else "",
        "minimum": figure(deciding.last_value if is_new else target.minimum),
        "profile": (None if is_new else target.profile) or figures.profile,
        "value": "" if is_new else figure(target.value),
    }
    baseline = target.baseline if target else None
    if baseline is not None:
        said["baseline"] = figure(baseline)
    elif is_new:
        said["baseline"] = _measured(figures.baseline, indicator)
    return said


def _measured(number: Decimal | None, indicator: Indicator) -> str:
    return terms.as_measured(number, indicator).removesuffix("%")


def _hint_of_rule(indicator: Indicator) -> str:
    if indicator.family == Indicator.Family.CONTEXT:
        return "It is shown beside the indicators and never rated, so only “None, data only” makes sense"
    if indicator.polarity == Indicator.Polarity.NONE:
        return "No good direction is set for it, so only “None, data only” makes sense"
    return f"{indicator.get_polarity_display()}"


def _hint_of_minimum(deciding: Deciding, like: str) -> str:
    if deciding.last_value is None:
        return like
    was, target = terms.as_set(deciding.last_value, deciding.indicator), deciding.target
    if target is None or target.rule == Target.Rule.NONE or target.minimum == deciding.last_value:
        return f"Last year’s target, {was}, is proposed as this year’s minimum expectation"
    return f"Last year’s target was {was}"


def _hint_of_baseline(deciding: Deciding) -> str:
    result = terms.as_measured(deciding.figures.baseline, deciding.indicator)
    last = deciding.year.previous
    if result:
        return f"What the target is set against. {last} came to {result}"
    why = "can’t be compared with this year" if deciding.figures.new_series else "is not known in full"
    return f"What the target is set against, as a rule last year’s result. {last} {why}"


def _hint_of_profile(deciding: Deciding) -> str:
    add_up = "In per cent; the four must add up to 100"
    shares = deciding.figures.last.shares
    if shares and not deciding.figures.new_series:
        return f"{add_up}. {deciding.year.previous} fell into {written.listed(map(figure, shares))}"
    return add_up


class Ticks(forms.MultipleChoiceField):
    """Rows that were seen as proposals. One that no longer holds is for the action to name, so every id is taken."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        return str(value).isascii() and str(value).isdigit() and len(str(value)) < 19


class AgreementForm(GovukForm, forms.Form):
    submit = "Record the agreement"

    ticked = Ticks(
        label="Which proposals were agreed?",
        error_messages={"required": "Tick the proposals that were agreed", "invalid_choice": refusals.LOST},
    )
    agreed_by = forms.CharField(
        label="Who agreed them?",
        max_length=120,
        error_messages={
            "required": "Enter who agreed them",
            "max_length": "Who agreed them must be said in 120 characters or fewer",
        },
    )
    agreed_on = DayField(
        label="On which day?",
        help_text="The day of the meeting or of the mail, for example 25 5 2017",
        what="the day they were agreed",
    )

    def __init__(self, data: Any = None, *, proposals: Sequence[Aimed], today: dt.date, action: str) -> None:
        self.action, self.today = action, today
        super().__init__(data, initial={"agreed_by": "CSP Executive"})
        self.fields["ticked"].choices = [Choice(str(row.target.pk), row.label, hint=row.brief) for row in proposals]

    def layout(self) -> list[Any]:
        return [
            Field.checkboxes("ticked", legend_size=Size.SMALL, small=True),
            Field.text("agreed_by", label_size=Size.SMALL, field_width=20),
            Field("agreed_on", context={"legend_size": Size.for_legend(Size.SMALL)}),
        ]

    def clean_ticked(self) -> list[int]:
        return [int(value) for value in self.cleaned_data["ticked"]]

    def clean_agreed_on(self) -> dt.date:
        day = self.cleaned_data["agreed_on"]
        if day > self.today:
            raise forms.ValidationError("The day they were agreed can’t be in the future", code="day")
        return day
