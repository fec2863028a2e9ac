"""What the public reads of a consultation: which results, who sees them before, and that nothing but the safe counts is anywhere."""

import datetime as dt
import io
from dataclasses import replace

import pikepdf
import pytest
from django.urls import reverse

from consultation.counts import ConcernCount, Counts, Named
from lib.kept_ready import cache
from lib.typesetting import Rendered, gate
from priorities.models import Plan
from reporting.told import document
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    ConcernFactory,
    ConsultationFactory,
    DisclosureFactory,
    QuoteFactory,
    ResultFactory,
    TallyFactory,
)
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db
KEPT_BACK = 4321  # stands in the complete counts, and in nothing that may be published
PAGES = ("told-detail", "told-done", "told-pdf", "told-csv")


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.fixture
def told():
    return ConsultationFactory(
        state="published", published_at=_at(9), published_by=UserFactory(), slug="told", title="Told"
    )


@pytest.fixture
def result(told):
    safe = _counts(4)
    whole = replace(safe, tags=(Named("1", "Dogs", KEPT_BACK),))
    return ResultFactory(consultation=told, counts=whole.to_json(), safe=safe.to_json(), taken_at=_at(3))


def _at(day):
    return dt.datetime(2018, 9, day, 9, 0, tzinfo=dt.UTC)


def _counts(first):
    concerns = (ConcernCount("drugs", "Drugs", first, 0, 0), ConcernCount("gangs", "Gangs", 3, 5, 0))
    return Counts(10, concerns, "What matters most?", "", (), tags=(Named("1", "Dogs", None),))


def page(client, name, slug="told", query=""):
    return client.get(reverse(f"reporting:{name}", args=[slug]) + query)


def words(response):
    return " ".join(response.content.decode().split())


def test_anyone_reads_the_results_of_a_published_consultation(client, told, result):
    shown = words(page(client, "told-detail"))
    assert "Drugs came first: 4 of 7 (57.1%) named it first." in shown
    assert "Preview" not in shown
    assert "10 people answered from 10 June to 12 August 2018." in shown


@pytest.mark.parametrize("state", ["draft", "open", "closed", "analysed"])
@pytest.mark.parametrize("query", ["", "?preview"])
def test_nobody_else_reads_anything_before_it_is_published(client, result, told, state, query):
    type(told).objects.filter(pk=told.pk).update(state=state, published_at=None, published_by=None)
    assert {page(client, name, query=query).status_code for name in PAGES} == {404}
    client.force_login(UserFactory(roles=["member"]))
    assert {page(client, name, query=query).status_code for name in PAGES} == {404}


@pytest.mark.parametrize("role", ["coordinator", "executive"])
def test_who_publishes_sees_it_before_as_it_will_be(client, told, result, role):
    type(told).objects.filter(pk=told.pk).update(state="analysed", published_at=None, published_by=None)
    client.force_login(UserFactory(roles=[role]))
    assert {page(client, name, query="?preview").status_code for name in PAGES} == {200}
    assert {page(client, name).status_code for name in PAGES} == {404}
    shown = words(page(client, "told-detail", query="?preview"))
    assert "<strong>Preview.</strong> These results are not published." in shown
    assert 'href="/what-you-told-us/told/done/?preview"' in shown


def test_before_anything_is_counted_there_is_nothing_to_preview(client, told):
    client.force_login(UserFactory(roles=["coordinator"]))
    assert {page(client, name, query="?preview").status_code for name in PAGES} == {404}


def test_what_may_not_be_published_is_on_no_page_and_in_no_file(client, told, result, monkeypatch):
    of_pdf = []
    monkeypatch.setattr(document.typesetting, "typeset", lambda html: of_pdf.append(html) or Rendered(b"%PDF", 1, html))
    every = [words(page(client, name)) for name in PAGES if name != "told-pdf"]
    page(client, "told-pdf")
    assert len(of_pdf) == 1 and "What matters most?" in of_pdf[0]
    assert all(number not in text for number in (str(KEPT_BACK), f"{KEPT_BACK:,}") for text in (*every, *of_pdf))


def test_the_latest_results_are_shown_with_why_they_replace_the_others(client, told, result):
    ResultFactory(consultation=told, number=2, safe=_counts(5).to_json(), reason="Twice counted.", taken_at=_at(9))
    shown = words(page(client, "told-detail"))
    assert "Drugs came first: 5 of 8 (62.5%) named it first." in shown
    assert "Why: Twice counted." in shown
    assert page(client, "told-csv")["Content-Disposition"] == 'attachment; filename="told-results-2.csv"'


def test_results_outlive_the_responses(client, told, result):
    type(told).objects.filter(pk=told.pk).update(purge_begun_at=_at(20), purged_at=_at(20))
    assert "The single responses have been removed. These counts stay." in words(page(client, "told-detail"))


def test_only_quotes_that_somebody_else_passed_are_told(client, told, result):
    response = {"comment__response__channel__consultation": told}
    QuoteFactory(text="More light, please.", passed_by=UserFactory(), passed_at=_at(4), **response)
    QuoteFactory(text="Nobody passed this.", **response)
    shown = words(page(client, "told-detail"))
    assert "More light, please." in shown
    assert "Nobody passed this." not in shown


def test_a_quote_of_words_that_somebody_has_to_see_to_is_told_nowhere(client, told, result):
    """What was settled can be taken up again after its quote was passed."""
    response = {"comment__response__channel__consultation": told}
    quote = QuoteFactory(text="More light, please.", passed_by=UserFactory(), passed_at=_at(4), **response)
    disclosure = DisclosureFactory(comment=quote.comment, consultation=told)
    assert "More light, please." not in words(page(client, "told-detail"))
    type(disclosure).objects.update(settled_at=_at(5), settled_by=UserFactory(), outcome="Nothing was needed.")
    assert "More light, please." in words(page(client, "told-detail"))


def test_of_very_few_people_only_their_number_is_on_any_page(client, told):
    ResultFactory(
        consultation=told, counts=_counts(2).to_json(), safe=Counts(3, (), "", "", ()).to_json(), taken_at=_at(3)
    )
    shown = words(page(client, "told-detail"))
    assert "3 people answered." in shown
    assert "Fewer than 5 people answered. What they said is not shown" in shown
    assert all(page(client, name).status_code == 200 for name in PAGES)
    assert "skipped" not in page(client, "told-csv").content.decode()


def test_what_people_wrote_is_never_markup(client, told, result):
    QuoteFactory(
        text="<b>Light</b>\nfor all",
        passed_by=UserFactory(),
        passed_at=_at(4),
        comment__response__channel__consultation=told,
    )
    assert "&lt;b&gt;Light&lt;/b&gt;<br>for all" in words(page(client, "told-detail"))


def test_the_pdf_is_for_everyone_and_the_same_each_time(client, told, result):
    first = page(client, "told-pdf")
    cache.clear()
    assert page(client, "told-pdf").content == first.content
    assert gate.problems(first.content) == []
    assert first["Content-Disposition"] == 'attachment; filename="told-results.pdf"'
    with pikepdf.open(io.BytesIO(first.content)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20180903")


def test_the_pdf_is_set_once_for_the_same_words(client, told, result, monkeypatch):
    page(client, "told-pdf")
    monkeypatch.setattr(document.typesetting, "typeset", lambda html: pytest.fail("set again"))
    assert page(client, "told-pdf").status_code == 200
    ResultFactory(consultation=told, number=2, safe=_counts(5).to_json(), reason="Twice counted.")
    with pytest.raises(pytest.fail.Exception, match="set again"):
        page(client, "told-pdf")


def test_printed_totals_are_compared_only_when_published(client, told, result):
    earlier = ConsultationFactory(totals_only=True, stated_responses=100, title="Before", slug="before")
    drugs = ConcernFactory(consultation=earlier, key="drugs", text="Drugs")
    TallyFactory(concern=drugs, count=40)
    type(told).objects.filter(pk=told.pk).update(earlier=earlier)
    shown = words(page(client, "told-detail"))
    assert "Compared with 2018" in shown
    assert '<td class="csp-num">57.1%</td><td class="csp-num">40.0%</td><td class="csp-num">+17.1<span' in shown
    type(told).objects.filter(pk=earlier.pk).update(state="open", published_at=None, published_by=None)
    assert "Compared with" not in words(page(client, "told-detail"))


def test_the_list_names_what_is_published_newest_first_in_as_many_queries(
    client, told, result, django_assert_num_queries
):
    def shown():
        with django_assert_num_queries(3):  # the consultations, their results, their totals
            return words(client.get(reverse("reporting:told-list")))

    assert "Drugs: 4 of 7 (57.1%)" in shown()
    for number in range(3):
        made = ConsultationFactory(
            totals_only=True, stated_responses=100, title=f"Year {number}", opens_on=dt.date(2015, 1, 1)
        )
        TallyFactory(concern__consultation=made, count=number + 1)
    ConsultationFactory(title="Still open")
    several = shown()
    assert several.index("Told") < several.index("Year 0")
    assert "Still open" not in several


def test_while_nothing_is_published_the_list_says_so(client):
    shown = words(client.get(reverse("reporting:told-list")))
    assert "No results have been published yet." in shown
    assert reverse("consultation:asking-list") in shown


def test_a_sample_says_so_on_each_page(client, told, result):
    assert "Sample figures." not in words(page(client, "told-detail"))
    type(told).objects.filter(pk=told.pk).update(is_sample=True)
    for name in ("told-detail", "told-done"):
        assert "Sample figures." in words(page(client, name))
    assert "Sample figures." in words(client.get(reverse("reporting:told-list")))
    assert "sample-told-results.csv" in page(client, "told-csv")["Content-Disposition"]


def test_the_plan_leads_to_the_results(client, told, result):
    plan = PlanFactory()
    plan.sections.create(key="consultation", title="What people told us", order=1)
    type(told).objects.filter(pk=told.pk).update(plan=plan)
    assert Plan.objects.count() == 1
    assert 'href="/what-you-told-us/told/"' in words(client.get(reverse("reporting:plan-sections")))
