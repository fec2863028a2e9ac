"""Forms in the GOV.UK style: the one module through which crispy-forms-gds is imported.

A form says what it asks and in which words; its page says where it stands::

    from django import forms
    from lib.govuk import Button, Buttons, Choice, DayField, Field, GovukForm, Include, Link

    class ReturnForm(GovukForm, forms.Form):          # the mixin comes first
        version = forms.IntegerField(widget=forms.HiddenInput)
        number = forms.CharField(
            label="How many reports?",
            help_text="1 January to 31 March 2018",
            error_messages={"required": "Enter the number of reports"},
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )
        kind = forms.ChoiceField(
            label="Is it final?",
            choices=[Choice("final", "Final"), Choice("provisional", "Provisional", hint="It may change")],
            widget=forms.RadioSelect,
        )
        received_on = DayField(label="When did it reach you?", what="the day it reached you", required=False)

        submit = "Submit figure"                      # all that a plain form needs: the words on its button

        def layout(self):                             # only where order, size or buttons differ
            return [
                Field.text("number", label_size="m", field_width=10),
                Field.radios("kind", legend_size="s", small=True, inline=True),
                Include("indicators/_definition.html"),
                "received_on",
                Buttons(
                    Button("Submit figure", name="do", value="submit"),
                    Button("Save draft", name="do", value="draft", kind="secondary"),
                    Link("There is no figure this quarter", self.no_figure_url),
                ),
            ]

and its template::

    {% extends "base.html" %}
    {% block title %}{{ return_ }}{% endblock %}      {# base adds "Error: " while `form` has errors #}
    {% block content %}
      {% error_summary form %}
      <h1 class="govuk-heading-l">{{ return_ }}</h1>
      {% crispy form %}
    {% endblock %}

`{% crispy form %}` writes the whole `<form method="post" novalidate>` with its CSRF token, hidden fields and buttons. A page that wants to
write the `<form>` tag and its buttons itself sets `form_tag = False` and `submit = ""` on the form. A field can also be placed by hand,
without any layout: `{% field form.number label_size="m" width=10 %}`. No `{% load %}` is needed: `lib.govuk_tags` is a builtin library.

What the templates in `templates/gds/` put right in the dormant package: labels, hints and button words are escaped, number, file and all
other inputs get their class, error links reach the first radio or the faulty part of a date, nothing is validated by the browser.
"""

from __future__ import annotations

from calendar import month_name, monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crispy_forms.templatetags.crispy_forms_tags import do_uni_form as crispy_tag
from crispy_forms.utils import render_field
from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper as CrispyFormHelper
from crispy_forms_gds.layout import Div, Field, Fieldset, Fixed, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from lib import refusals

__all__ = [
    "Button",
    "Buttons",
    "Choice",
    "DayField",
    "DayWidget",
    "Div",
    "Field",
    "Fieldset",
    "Fixed",
    "Fluid",
    "FormHelper",
    "GovukForm",
    "Include",
    "Layout",
    "Link",
    "Row",
    "Size",
    "Wrap",
    "crispy_tag",
    "error_links",
    "helper",
    "parts_at_fault",
]


# ---------------------------------------------------------------- layout


@dataclass(frozen=True)
class Button:
    """A submit button in a layout. `kind`: "" (mulberry, the one thing to do), "secondary" or "warning"."""

    words: str
    name: str = ""
    value: str = ""
    kind: str = ""
    template = "govuk/button.html"

    def render(self, form: forms.BaseForm, context: Any, template_pack: str = "gds", **kwargs: Any) -> SafeString:
        return render_to_string(self.template, {"button": self})


@dataclass(frozen=True)
class Link:
    """A plain link beside the buttons, such as "Cancel"."""

    words: str
    url: str
    template = "govuk/button_link.html"

    def render(self, form: forms.BaseForm, context: Any, template_pack: str = "gds", **kwargs: Any) -> SafeString:
        return render_to_string(self.template, {"link": self})


class Buttons:
    """Buttons and links in one row (on a phone one below the other)."""

    def __init__(self, *items: Button | Link) -> None:
        self.items = items

    def render(self, form: forms.BaseForm, context: Any, template_pack: str = "gds", **kwargs: Any) -> SafeString:
        return render_to_string(
            "govuk/buttons.html",
            {"items": [item.render(form, context) for item in self.items]},
        )


class Include:
    """A partial template between the fields, rendered with the page's context: `Include("indicators/_definition.html")`."""

    def __init__(self, template_name: str) -> None:
        self.template_name = template_name

    def render(self, form: forms.BaseForm, context: Any, template_pack: str = "gds", **kwargs: Any) -> SafeString:
        return render_to_string(self.template_name, {**context.flatten(), "form": form}, context.get("request"))


class Wrap:
    """Fields inside a `<div class="...">`, for instance `Wrap("csp-entry", "number", Include("_neighbours.html"))`."""

    def __init__(self, css_class: str, *fields: Any) -> None:
        self.css_class = css_class
        self.fields = fields

    def render(self, form: forms.BaseForm, context: Any, template_pack: str = "gds", **kwargs: Any) -> SafeString:
        parts = [render_field(field, form, context, template_pack=template_pack) for field in self.fields]
        return render_to_string("govuk/wrap.html", {"css_class": self.css_class, "parts": parts})


class FormHelper(CrispyFormHelper):
    """Crispy's helper without its search for a view named like the form's action, which costs every form a failed look-up."""

    form_action = ""


def helper(*layout: Any, form_tag: bool = True, action: str = "") -> FormHelper:
    """A FormHelper that writes `<form method="post" novalidate>` and the hidden fields that the layout leaves out.

    Args:
        *layout: field names and layout objects, in order.
        form_tag: False where the page writes the form tag and the CSRF token itself.
        action: where to post; empty for the page's own address.
    """
    made = FormHelper()
    made.layout = Layout(*layout)
    made.attrs = {"novalidate": True, "action": action} if action else {"novalidate": True}
    made.form_tag = form_tag
    made.disable_csrf = not form_tag
    made.render_hidden_fields = True
    made.include_media = False
    return made


class GovukForm:
    """Mixin for every form of ours; comes before `forms.Form` or `forms.ModelForm`.

    `submit` is the words on the button (the act and its object: "Verify the ticked returns"), or "" for none. `cancel_url` adds a
    "Cancel" link beside it. `layout()` may be overridden; a layout that holds `Buttons` of its own sets `submit = ""` or simply
    includes them: then no second button is added.
    """

    use_required_attribute = False  # the browser's own messages would come before ours
    submit: str = "Save"
    cancel_url: str = ""
    form_tag: bool = True
    action: str = ""

    fields: dict[str, forms.Field]

    def full_clean(self) -> None:
        # Here, not in `__init__`: forms add boxes after calling that.
        refusals.speak(self.fields)
        super().full_clean()  # type: ignore[misc]  # of the form that this is mixed into

    def layout(self) -> Sequence[Any]:
        """What is shown, in order: names of fields and layout objects. All visible fields unless overridden."""
        return [name for name, field in self.fields.items() if not field.widget.is_hidden]

    @cached_property
    def helper(self) -> FormHelper:
        parts = list(self.layout())
        if self.submit and not any(isinstance(part, Buttons) for part in parts):
            beside = [Link("Cancel", self.cancel_url)] if self.cancel_url else []
            parts.append(Buttons(Button(self.submit), *beside))
        return helper(*parts, form_tag=self.form_tag, action=self.action)


# ---------------------------------------------------------------- facts


@dataclass(frozen=True)
class Row:
    """A row of a summary list. `value` may be text or a list of texts; the link at its right is optional.

    `hidden` completes the link for who hears it alone: "Change" + " email address".
    """

    key: str
    value: Any
    url: str = ""
    words: str = "Change"
    hidden: str = ""

    @property
    def values(self) -> list[Any]:
        return list(self.value) if isinstance(self.value, list | tuple) else [self.value]


# ---------------------------------------------------------------- dates

PARTS = ("day", "month", "year")
MONTHS = {name.lower()[:3]: number for number, name in enumerate(month_name) if name}


class DayWidget(forms.MultiWidget):
    """Three text boxes: day, month, year. Their names end in `_day`, `_month`, `_year`, and so do their ids."""

    template_name = "govuk/day_widget.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput(attrs={"inputmode": "numeric"}) for part in PARTS
        }
        super().__init__(widgets=boxes, attrs=attrs)

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> SafeString:
        return render_to_string(template_name, context)  # Django's own form renderer doesn't look into our templates

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        at_fault = (attrs or {}).pop("at_fault", ())
        context = super().get_context(name, value, attrs)
        for part, box in zip(PARTS, context["widget"]["subwidgets"], strict=True):
            box["attrs"] = {
                "id": f"{context['widget']['attrs'].get('id', name)}_{part}",
                "inputmode": "numeric",
                "class": f"govuk-input govuk-date-input__input govuk-input--width-{4 if part == 'year' else 2}"
                + (" govuk-input--error" if part in at_fault else ""),
            }
            box["part"] = part
        return context


class DayField(forms.MultiValueField):
    """A date typed as day, month and year; cleans to a `date`, or None when optional and empty.

    Every refusal names the day by `what` ("the day it reached you") and carries the faulty part as its code ("day", "month" or "year"),
    by which the error summary links to that box. The month may be typed as a word.
    """

    widget = DayWidget

    def __init__(self, *, what: str = "the date", **kwargs: Any) -> None:
        self.what = what
        boxes = tuple(forms.CharField(required=False) for _ in PARTS)
        kwargs.setdefault("error_messages", {}).setdefault("required", f"Enter {what}")
        super().__init__(fields=boxes, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> date | None:
        if self.disabled and not isinstance(value, list):
            value = DayWidget().decompress(value)
        typed = ["" if part is None else str(part).strip() for part in (value or ["", "", ""])]
        if not any(typed):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        day = self.compress(typed)
        self.run_validators(day)
        return day

    def compress(self, data_list: Sequence[str]) -> date:
        what = self.what[:1].upper() + self.what[1:]
        missing = [part for part, typed in zip(PARTS, data_list, strict=True) if not typed]
        if missing:
            names = " and ".join(f"a {part}" for part in missing)
            raise ValidationError(f"{what} must include {names}", code=missing[0])
        day_typed, month_typed, year_typed = data_list
        month = MONTHS.get(month_typed.lower()[:3]) or _whole(month_typed)
        if not month or month > 12:
            raise ValidationError(f"{what} must have a month between 1 and 12", code="month")
        year = _whole(year_typed)
        if not year or not 1901 <= year <= 2999:  # whose financial year begins in 1900 at the earliest
            raise ValidationError(f"{what} must have a year in four figures, like 2018", code="year")
        day, last = _whole(day_typed), monthrange(year, month)[1]
        if not day or day > last:
            raise ValidationError(
                f"{what} must be between 1 and {last}: {month_name[month]} {f'{year} ' if month == 2 else ''}has {last} days",
                code="day",
            )
        return date(year, month, day)


def _whole(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 4 else None


# ---------------------------------------------------------------- errors


def parts_at_fault(field: forms.BoundField) -> tuple[str, ...]:
    """The boxes of a field with several that its errors name by their code; all of them when an error names none.

    Those of a date are "day", "month" and "year", others are counted from "0".
    """
    widget = field.field.widget
    parts = PARTS if isinstance(widget, DayWidget) else tuple(map(str, range(len(widget.widgets))))
    codes = {error.code for error in field.errors.as_data()}
    return tuple(part for part in parts if part in codes) or (parts if field.errors else ())


def error_target(field: forms.BoundField) -> str:
    """The id that an error about this field links to: the box itself, the first choice, or the faulty one of several boxes."""
    if isinstance(field.field.widget, forms.MultiWidget):
        return f"{field.auto_id}_{parts_at_fault(field)[0]}"
    if isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return str(field.auto_id)


def error_links(form: forms.BaseForm) -> Iterable[tuple[str, str]]:
    """The errors of a form for its summary, as (id to link to, sentence), in the order of the fields.

    An error of the whole form, or of a hidden field (a version, say), links to the first field that can be seen; a form without one gives
    an empty id, and the sentence stands without a link.
    """
    shown = form.visible_fields()
    first = error_target_unmarked(shown[0]) if shown else ""
    for sentence in form.non_field_errors():
        yield first, str(sentence)
    for field in form.hidden_fields():
        for sentence in field.errors:
            yield first, str(sentence)
    for field in shown:
        for sentence in field.errors:
            yield error_target(field), str(sentence)


def error_target_unmarked(field: forms.BoundField) -> str:
    """Where the first field begins, whether or not it is at fault itself."""
    if isinstance(field.field.widget, forms.MultiWidget) and not field.errors:
        return f"{field.auto_id}_{PARTS[0] if isinstance(field.field.widget, DayWidget) else 0}"
    return error_target(field)
