"""Forms as they reach the reader: escaped, described, linked from the summary, never checked by the browser."""

import datetime as dt

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template import engines

from lib.govuk import (
    Button,
    Buttons,
    Choice,
    DayField,
    Field,
    GovukForm,
    Include,
    Link,
    Row,
    Wrap,
    error_links,
)


class Sheet(GovukForm, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open the page again"})
    number = forms.CharField(
        label="How many <reports>?",
        help_text="1 <b>January</b>",
        error_messages={"required": "Enter the number of reports"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "9"}),
    )
    count = forms.IntegerField(label="Count", required=False)
    kind = forms.ChoiceField(
        label="Is it final?",
        choices=[Choice("final", "Final"), Choice("provisional", "Provisional", hint="It may change", divider="or")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is final"},
    )
    several = forms.MultipleChoiceField(
        label="Which?",
        choices=[("a", "Burglary"), ("b", "Robbery")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one"},
    )
    received_on = DayField(label="When did it reach you?", what="the day it reached you", required=False)
    why = forms.CharField(label="Why?", required=False, widget=forms.Textarea)
    sheet = forms.FileField(label="The sheet", required=False)
    route = forms.ChoiceField(label="How?", choices=[("mail", "By mail")], required=False)
    checked = forms.BooleanField(label="I have <checked> it", required=False)
    submit = "Submit figure"


def rendered(form, template="{% error_summary form %}{% crispy form %}"):
    html = engines["django"].from_string(template).render({"form": form, "csrf_token": "token"})
    return " ".join(html.split())


def typed(**fields):
    return QueryDict("&".join(f"{name}={value}" for name, value in fields.items()))


def test_a_form_brings_its_tag_token_hidden_fields_and_button():
    html = rendered(Sheet(initial={"version": 3}))
    assert '<form novalidate method="post" enctype="multipart/form-data">' in html
    assert 'name="csrfmiddlewaretoken" value="token"' in html
    assert '<input type="hidden" name="version" value="3" id="id_version">' in html
    assert (
        'class="govuk-button" data-module="govuk-button" data-prevent-double-click="true">Submit figure</button>'
        in html
    )
    assert " required" not in html


def test_labels_and_hints_are_escaped():
    html = rendered(Sheet())
    assert "How many &lt;reports&gt;?" in html
    assert "1 &lt;b&gt;January&lt;/b&gt;" in html
    assert "I have &lt;checked&gt; it" in html


@pytest.mark.parametrize(
    ("name", "block"),
    [
        ("number", "govuk-input"),
        ("count", "govuk-input"),
        ("why", "govuk-textarea"),
        ("sheet", "govuk-file-upload"),
        ("route", "govuk-select"),
        ("checked", "govuk-checkboxes__input"),
    ],
)
def test_every_kind_of_box_has_its_class(name, block):
    html = rendered(Sheet(), "{% field form." + name + " %}")
    assert f'class="{block}"' in html


def test_a_placeholder_is_left_out():
    assert "placeholder" not in rendered(Sheet())


def test_radios_and_checkboxes_have_their_own_blocks_hints_and_dividers():
    html = rendered(Sheet())
    assert '<input type="radio" name="kind" value="final" id="id_kind_0" class="govuk-radios__input">' in html
    assert 'aria-describedby="id_kind_1_hint"' in html
    assert '<div id="id_kind_1_hint" class="govuk-hint govuk-radios__hint">It may change</div>' in html
    assert '<div class="govuk-radios__divider">or</div>' in html
    assert '<input type="checkbox" name="several" value="a" id="id_several_0" class="govuk-checkboxes__input">' in html


def test_inline_and_small_radios_keep_their_base_class():
    class Inline(Sheet):
        def layout(self):
            return [Field.radios("kind", legend_size="s", small=True, inline=True)]

    html = rendered(Inline())
    assert 'class="govuk-radios govuk-radios--inline govuk-radios--small"' in html
    assert "govuk-fieldset__legend--s" in html


def test_the_summary_links_to_the_box_the_first_choice_and_the_faulty_part():
    form = Sheet(typed(version=1, received_on_day=31, received_on_month=4, received_on_year=2018))
    assert list(error_links(form)) == [
        ("id_number", "Enter the number of reports"),
        ("id_kind_0", "Say whether it is final"),
        ("id_several_0", "Tick at least one"),
        ("id_received_on_day", "The day it reached you must be between 1 and 30: April has 30 days"),
    ]
    html = rendered(form)
    for target, _ in error_links(form):
        assert f'id="{target}"' in html
        assert f'href="#{target}"' in html


def test_what_has_no_box_links_to_the_first_field():
    class Refused(Sheet):
        def clean(self):
            raise ValidationError("The quarter is closed")

    form = Refused(typed(number=5, kind="final", several="a"))
    assert list(error_links(form)) == [("id_number", "The quarter is closed"), ("id_number", "Open the page again")]


def test_a_form_with_nothing_to_see_still_says_what_is_wrong():
    class OnlyVersion(GovukForm, forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open the page again"})

    html = rendered(OnlyVersion(typed(other=1)))
    assert "<li> Open the page again </li>" in html
    assert "#" not in html.partition("</ul>")[0]


def test_hint_and_error_describe_the_box_and_typing_is_kept():
    form = Sheet(typed(number="", why="<script>"))
    html = rendered(form)
    assert 'aria-describedby="id_number_hint id_number_error_1"' in html
    assert 'class="govuk-input govuk-input--error"' in html
    assert "&lt;script&gt;" in html


def test_an_open_form_has_no_summary():
    assert "There is a problem" not in rendered(Sheet())


def test_counted_text_points_to_its_count():
    html = rendered(Sheet(), "{% field form.why max_characters=2000 rows=4 %}")
    assert 'data-module="govuk-character-count" data-maxlength="2000"' in html
    assert 'rows="4"' in html
    assert 'aria-describedby="id_why-info"' in html
    assert "You can enter up to 2,000 characters" in html


def test_buttons_links_and_parts_of_a_layout():
    class Laid(Sheet):
        def layout(self):
            return [
                Wrap("csp-entry", "number", Include("_sample.html")),
                Buttons(
                    Button("Submit"),
                    Button("Save draft", name="do", value="draft", kind="secondary"),
                    Link("No <figure>", "/x/"),
                ),
            ]

    html = rendered(Laid())
    assert '<div class="csp-entry">' in html
    assert (
        'govuk-button--secondary" data-module="govuk-button" data-prevent-double-click="true" name="do" value="draft"'
        in html
    )
    assert '<a class="govuk-link" href="/x/">No &lt;figure&gt;</a>' in html
    assert "Submit figure" not in html


def test_a_form_may_leave_tag_and_button_to_the_page():
    class Bare(Sheet):
        form_tag = False
        submit = ""

    html = rendered(Bare())
    assert "<form" not in html
    assert "<button" not in html
    assert "csrfmiddlewaretoken" not in html


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("day", "month", "year", "cleaned"),
    [
        ("26", "4", "2018", dt.date(2018, 4, 26)),
        (" 1", "04 ", "2018", dt.date(2018, 4, 1)),
        ("29", "2", "2016", dt.date(2016, 2, 29)),
        ("31", "March", "2018", dt.date(2018, 3, 31)),
        ("1", "apr", "2018", dt.date(2018, 4, 1)),
        ("", "", "", None),
    ],
)
def test_a_day_is_read(day, month, year, cleaned):
    assert DayField(required=False).clean([day, month, year]) == cleaned


@pytest.mark.parametrize(
    ("day", "month", "year", "part", "sentence"),
    [
        ("31", "4", "2018", "day", "The day it reached you must be between 1 and 30: April has 30 days"),
        ("29", "2", "2018", "day", "The day it reached you must be between 1 and 28: February 2018 has 28 days"),
        ("0", "4", "2018", "day", "The day it reached you must be between 1 and 30: April has 30 days"),
        ("x", "4", "2018", "day", "The day it reached you must be between 1 and 30: April has 30 days"),
        ("1", "13", "2018", "month", "The day it reached you must have a month between 1 and 12"),
        ("1", "Smarch", "2018", "month", "The day it reached you must have a month between 1 and 12"),
        ("1", "4", "18", "year", "The day it reached you must have a year in four figures, like 2018"),
        ("1", "4", "", "year", "The day it reached you must include a year"),
        ("", "", "2018", "day", "The day it reached you must include a day and a month"),
        ("١", "4", "2018", "day", "The day it reached you must be between 1 and 30: April has 30 days"),
    ],
)
def test_a_day_that_is_none_is_refused_at_its_part(day, month, year, part, sentence):
    with pytest.raises(ValidationError) as refused:
        DayField(what="the day it reached you").clean([day, month, year])
    assert refused.value.messages == [sentence]
    assert refused.value.code == part


def test_a_day_that_is_needed_is_asked_for_by_name():
    with pytest.raises(ValidationError, match="Enter the day it reached you"):
        DayField(what="the day it reached you").clean(["", "", ""])


def test_a_known_day_fills_its_boxes():
    html = rendered(Sheet(initial={"received_on": dt.date(2018, 4, 26)}))
    assert 'id="id_received_on_day" name="received_on_day" type="text" inputmode="numeric" value="26"' in html
    assert 'id="id_received_on_year" name="received_on_year" type="text" inputmode="numeric" value="2018"' in html


def test_only_the_faulty_part_of_a_day_is_marked():
    html = rendered(Sheet(typed(received_on_day=1, received_on_month=13, received_on_year=2018)))
    assert 'govuk-input--width-2 govuk-input--error" id="id_received_on_month"' in html
    assert 'govuk-input--width-2" id="id_received_on_day"' in html


def test_a_row_holds_one_value_or_several():
    assert Row("Roles", ["Data lead", "Coordinator"]).values == ["Data lead", "Coordinator"]
    assert Row("Post", "Analyst").values == ["Analyst"]
