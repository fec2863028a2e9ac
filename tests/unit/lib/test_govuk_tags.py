"""Components of the pages."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from lib import govuk_tags


def rendered(template, request=None, **context):
    return " ".join(engines["django"].from_string(template).render(context, request).split())


def test_a_state_that_wants_something_is_a_tag_and_a_settled_one_is_text():
    assert rendered('{% tag "Overdue" %}') == '<strong class="govuk-tag govuk-tag--red">Overdue</strong>'
    assert rendered('{% tag "Verified" %}') == "Verified"
    assert rendered("{% tag words %}", words="<b>") == "&lt;b&gt;"


@pytest.mark.parametrize("code", list(govuk_tags.RATING_WORDS))
def test_a_rating_is_a_shape_of_its_own_and_a_word(code):
    others = {other: rendered('{% rating "' + other + '" %}') for other in govuk_tags.RATING_WORDS}
    html = others.pop(code)
    drawing = html[html.index("<svg") : html.index("</svg>")]
    assert all(drawing not in other for other in others.values())
    assert f"<span>{govuk_tags.RATING_WORDS[code]}</span>" in html


def test_a_quiet_rating_still_speaks():
    assert '<span class="govuk-visually-hidden">Red</span>' in rendered('{% rating "red" quiet=True %}')


def test_worse_is_bold_and_the_arrow_is_the_way_it_went():
    assert "<strong> Worse</strong>" in rendered('{% trend "down" "Worse" %}')
    assert "<svg" not in rendered('{% trend "" "Not comparable" %}')


def test_a_figure_that_is_what_it_was_has_a_mark_of_its_own():
    marks = {rendered("{% trend way words %}", way=way, words="Similar") for way in ("up", "down", "none", "")}
    assert len(marks) == 4


def test_a_summary_list_takes_pairs_and_escapes_them():
    html = rendered("{% summary_list rows %}", rows=[("Post", "<b>"), ("Roles", ["One", "Two"])])
    assert "&lt;b&gt;" in html
    assert '<p class="govuk-body">Two</p>' in html


def test_a_small_post_carries_token_values_and_hidden_words():
    html = rendered('{% post_button "/x/" "Remind" hidden="Farida" version=3 %}', csrf_token="token")
    assert '<form method="post" action="/x/"' in html
    assert 'name="csrfmiddlewaretoken" value="token"' in html
    assert '<input type="hidden" name="version" value="3">' in html
    assert '<span class="govuk-visually-hidden"> Farida</span>' in html


def test_pages_keep_the_rest_of_the_address():
    request = RequestFactory().get("/audit/?who=3&page=2")
    html = rendered("{% pagination page %}", request, page=Paginator(range(100), 10).page(2))
    assert 'href="?who=3&amp;page=1" rel="prev"' in html
    assert 'href="?who=3&amp;page=3" rel="next"' in html
    assert 'aria-label="Page 2" aria-current="page"' in html


def test_one_page_needs_no_links():
    request = RequestFactory().get("/audit/")
    assert rendered("{% pagination page %}", request, page=Paginator(range(5), 10).page(1)) == ""


def test_a_job_is_drawn_complete_without_script():
    stages = [
        {"title": "Gather the figures", "state": "done", "note": "Done, 2 seconds"},
        {"title": "Draw the charts", "state": "now", "note": "9 of 15"},
        {"title": "Set the pages", "state": "later", "note": "Not begun"},
    ]
    html = rendered('{% job_progress "/p.json" "Building: stage 2 of 3" 52 stages %}', stages=stages)
    assert '<progress class="csp-progress__bar" id="progress" max="100" value="52">52%</progress>' in html
    assert '<li data-stage="now" class="csp-stages__now" aria-current="step">' in html
    assert html.count('role="status"') == 1


def test_a_refused_form_is_known_to_the_title():
    class Asked(forms.Form):
        name = forms.CharField()

    assert govuk_tags.has_errors(Asked({}))
    assert not govuk_tags.has_errors(Asked({"name": "x"}))
    assert not govuk_tags.has_errors(Asked())
    assert not govuk_tags.has_errors("")
    Sheets = forms.formset_factory(Asked)
    assert not govuk_tags.has_errors(Sheets({"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-name": "x"}))
