"""Components of the pages: tags and filters that every template has without loading them.

Tags: `error_summary`, `field`, `crispy`, `back_link`, `tag`, `rating`, `trend`, `stage_icon`, `job_progress`,
`summary_list`, `post_button`, `pagination`. Filters: `figure`, `percentage`, `pounds`, `pence`, `change`, `day`, `day_short`, `day_year`, `weekday`, `moment`, `clock`, `file_size`, `in_words`,
`has_errors`. Each says in its docstring what it takes (those for figures and
dates in `lib.written`). None of them decides anything about the business: words and codes come in.
"""

from typing import Any

from django import forms, template
from django.core.paginator import Page

from lib import govuk
from lib.written import (
    change,
    clock,
    day,
    day_short,
    day_year,
    figure,
    file_size,
    in_words,
    moment,
    pence,
    percentage,
    pounds,
    weekday,
)

register = template.Library()
register.tag("crispy", govuk.crispy_tag)


# ---------------------------------------------------------------- forms


@register.inclusion_tag("govuk/error_summary.html")
def error_summary(*some_forms: forms.BaseForm | None) -> dict[str, Any]:
    """`{% error_summary form %}`, first thing in the content: every error, linked to its box. Nothing while there are none.

    Takes several forms when a page has several; None and unbound forms add nothing.
    """
    return {"links": [link for form in some_forms if form for link in govuk.error_links(form)]}


@register.inclusion_tag("gds/field.html")
def field(bound: forms.BoundField, **options: Any) -> dict[str, Any]:
    """`{% field form.number label_size="m" width=10 %}`: one field with its label, hint, error and box, outside any layout.

    Options: `label_size` and `legend_size` ("s", "m", "l", "xl"), `label_tag` and `legend_tag` ("h1": the label is the page's heading),
    `label` and `hint` (words in place of the form's own), `width` (2, 3, 4, 5, 10, 20 characters), `rows`,
    `inline` and `small` (radios, checkboxes), `max_characters`.
    """
    if "label" in options:
        bound.label = options.pop("label")
    if "hint" in options:
        bound.help_text = options.pop("hint")
    for size in ("label", "legend"):
        if value := options.get(f"{size}_size"):
            options[f"{size}_size"] = f"govuk-label--{value}" if size == "label" else f"govuk-fieldset__legend--{value}"
    for both in ("inline", "small"):
        if options.pop(both, False):
            options |= {f"radios_{both}": True, f"checkboxes_{both}": True}
    return {
        "field": bound,
        "form_show_errors": True,
        "form_show_labels": True,
        **options,
    }


@register.simple_tag(takes_context=True)
def widget(context: template.Context, bound: forms.BoundField) -> str:
    """The box of a field with the class for its kind and its descriptions. Used by `gds/field.html` only."""
    kind = bound.field.widget
    attrs: dict[str, Any] = {}
    kind.attrs.pop("placeholder", None)  # the label says it, and stays while one types
    if isinstance(kind, forms.MultiWidget):
        attrs["at_fault"] = govuk.parts_at_fault(bound)
        return bound.as_widget(attrs=attrs)
    block = _block(kind)
    classes = [*kind.attrs.get("class", "").split(), block]
    if bound.errors and block != "govuk-checkboxes__input":
        classes.append(f"{block}--error")
    if width := context.get("width"):
        classes.append(f"govuk-input--width-{width}")
    if context.get("max_characters") or context.get("max_words"):
        classes.append("govuk-js-character-count")
    if rows := context.get("rows"):
        attrs["rows"] = rows
    if described := described_by(bound, counted="govuk-js-character-count" in classes):
        attrs["aria-describedby"] = described
    attrs["class"] = " ".join(dict.fromkeys(classes))
    return bound.as_widget(attrs=attrs)


def _block(kind: forms.Widget) -> str:
    if isinstance(kind, forms.Textarea):
        return "govuk-textarea"
    if isinstance(kind, forms.Select):
        return "govuk-select"
    if isinstance(kind, forms.FileInput):
        return "govuk-file-upload"
    if isinstance(kind, forms.CheckboxInput):
        return "govuk-checkboxes__input"
    return "govuk-input"


@register.filter
def described_by(bound: forms.BoundField, counted: bool = False) -> str:
    """The ids of a field's hint and errors, in reading order; empty when it has neither."""
    ids = [f"{bound.auto_id}_hint"] if bound.help_text else []
    ids += [f"{bound.auto_id}_error_{number}" for number, _ in enumerate(bound.errors, start=1)]
    ids += [f"{bound.auto_id}-info"] if counted else []
    return " ".join(ids)


@register.filter
def shape(bound: forms.BoundField) -> str:
    """How a field is laid out: "hidden", "radios", "checkboxes", "checkbox", "group" (several boxes) or "box"."""
    kind = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(kind, forms.CheckboxSelectMultiple):  # which Django derives from RadioSelect
        return "checkboxes"
    if isinstance(kind, forms.RadioSelect):
        return "radios"
    if isinstance(kind, forms.CheckboxInput):
        return "checkbox"
    return "group" if isinstance(kind, forms.MultiWidget) else "box"


@register.filter
def choices_of(bound: forms.BoundField) -> list[dict[str, Any]]:
    """The radios or checkboxes of a field, each with its input tag, id, label, hint and divider (from `Choice`)."""
    block = f"govuk-{shape(bound)}"
    extras = {str(choice[0]): choice for choice in getattr(bound.field, "choices", ())}
    shown = []
    for box in bound.subwidgets:
        choice = extras.get(str(box.data["value"]))
        hint = getattr(choice, "hint", "")
        box.data["attrs"]["class"] = f"{block}__input"
        box.data["attrs"].pop("aria-invalid", None)  # it is the group that is at fault
        if hint:
            box.data["attrs"]["aria-describedby"] = f"{box.id_for_label}_hint"
        shown.append({"box": box, "hint": hint, "divider": getattr(choice, "divider", "")})
    return shown


@register.filter
def has_errors(form: Any) -> bool:
    """Whether a form (or formset) on the page was refused; False for a page without a form."""
    if not getattr(form, "is_bound", False):
        return False
    return not form.is_valid()


# ---------------------------------------------------------------- page parts


@register.inclusion_tag("govuk/back_link.html")
def back_link(url: str, words: str = "Back") -> dict[str, str]:
    """`{% url "reporting:home" as home %}{% back_link home "Back to what needs you now" %}`, inside `{% block before %}`."""
    return {"url": url, "words": words}


# States that want something from somebody have a colour; settled states are plain text (look of the application, "Words").
TAG_COLOURS = {
    "Overdue": "red",
    "Failed": "red",
    "Sent back": "orange",
    "Explanation outstanding": "orange",
    "Due": "blue",
    "Due again": "blue",
    "Ready to approve": "blue",
    "Building": "blue",
    "Waiting": "blue",
    "Invited": "blue",
    "Draft": "grey",
    "Missing": "grey",
    "No longer here": "grey",
}


@register.inclusion_tag("govuk/tag.html")
def tag(words: str, colour: str = "") -> dict[str, str]:
    """`{% tag return_.state_words %}`: a state as a tag in its colour, or as plain text when it is settled ("Verified")."""
    return {"words": str(words), "colour": colour or TAG_COLOURS.get(str(words), "")}


RATING_WORDS = {
    "red": "Red",
    "amber": "Amber",
    "green": "Green",
    "blue": "Complete",
    "data_only": "Data only",
    "unrated": "Unrated",
    "not_shown": "Not shown",
    "not_yet_verified": "Not yet verified",
    "missing": "Missing",
    "no_return": "No return",
}


@register.inclusion_tag("govuk/rating.html")
def rating(code: str, words: str = "", quiet: bool = False) -> dict[str, Any]:
    """`{% rating "amber" %}`: shape and word. Codes: red, amber, green, blue (an action that is complete), data_only, unrated, not_shown, not_yet_verified, missing, no_return.

    `quiet=True` hides the word from the eye, not from a screen reader (a strip of shapes with the reference beside each).
    """
    code = str(code)
    return {
        "shape": code,
        "tone": code if code in {"red", "amber", "green", "blue"} else "none",
        "words": words or RATING_WORDS.get(code, code),
        "quiet": quiet,
    }


@register.inclusion_tag("govuk/trend.html")
def trend(direction: str, words: str) -> dict[str, str]:
    """`{% trend "down" "Worse" %}`: the arrow is the way the figure went, the word whether that is good.

    `direction`: "up", "down", "none" (it is what it was: two strokes), or empty for no arrow at all.
    """
    return {"direction": str(direction), "words": str(words)}


@register.inclusion_tag("govuk/stage_icon.html")
def stage_icon(state: str) -> dict[str, str]:
    """The mark before a named stage of a job. States: "done", "now", "later", "failed"."""
    return {"state": str(state)}


@register.inclusion_tag("govuk/job_progress.html")
def job_progress(url: str, label: str, percent: int, stages: list[Any]) -> dict[str, Any]:
    """`{% job_progress progress_url label percent stages %}`: bar and named stages of a job, brought up to date in place by script.

    `stages`: objects or dicts with `title`, `state` ("done", "now", "later" or "failed") and `note` ("Done, 2 seconds", "9 of 15",
    "To do"). `url` answers GET with JSON `{"label": str, "percent": int, "finished": bool, "stages": [{"state": str, "note": str}]}`, the
    stages in the same order; when `finished` is true the page reloads itself and shows the result. One per page. Beside it stands a plain
    "Look again" link to the page's own address, for readers without script.
    """
    return {"url": url, "label": label, "percent": percent, "stages": stages}


@register.inclusion_tag("govuk/summary_list.html")
def summary_list(rows: list[Any]) -> dict[str, Any]:
    """`{% summary_list rows %}` with `Row`s or (key, value) pairs: the facts about one thing."""
    rows = [row if isinstance(row, govuk.Row) else govuk.Row(*row) for row in rows]
    return {"rows": rows, "any_link": any(row.url for row in rows)}


@register.inclusion_tag("govuk/post_button.html", takes_context=True)
def post_button(
    context: template.Context,
    url: str,
    words: str,
    hidden: str = "",
    kind: str = "link",
    **values: Any,
) -> dict[str, Any]:
    """`{% post_button url "Remind" hidden=" Farida Begum" version=return_.version %}`: one act as a small POST form.

    `kind`: "link" (looks like a link, for tables), "primary", "secondary" or "warning". Further names become hidden inputs.
    """
    return {
        "url": url,
        "words": words,
        "hidden": hidden,
        "kind": kind,
        "values": values.items(),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("govuk/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page, what: str = "Pages") -> dict[str, Any]:
    """`{% pagination page "Pages of the audit trail" %}`: earlier and later pages, keeping the other parts of the address."""
    request = context["request"]

    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = [
        {"number": number, "url": address(number), "current": number == page.number}
        if isinstance(number, int)
        else None
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page,
        "what": what,
        "numbers": numbers,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


# ---------------------------------------------------------------- figures and dates as people read them

for _written in (
    change,
    clock,
    day,
    day_short,
    day_year,
    figure,
    file_size,
    in_words,
    moment,
    pence,
    percentage,
    pounds,
    weekday,
):
    register.filter(_written.__name__, _written)
