"""The page of one indicator and its download, through the test client: what it shows to whom, and what it costs."""

import datetime as dt
import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from indicators.models import Commentary, Indicator
from lib.quarters import Quarter, Year
from tests.factories import UserFactory
from tests.factories.indicators import (
    DatedNoteFactory,
    DefinitionFactory,
    IndicatorFactory,
    LeadFactory,
    MonthlyFigureFactory,
    PlacementFactory,
    RebaseFactory,
    TargetFactory,
    sent,
    verified,
)
from tests.factories.priorities import CommitmentFactory, OutcomeFactory
from tests.unit.indicators.profile.world import Q1, Q2, Q4, aimed, asked, known, missing

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator():
    return PlacementFactory(reference="B2", indicator__slug="reports").indicator


@pytest.fixture
def coordinator(client):
    user = UserFactory(roles=["coordinator"])
    client.force_login(user)
    return user


@pytest.fixture
def elsewhere(client):
    """A data lead of another organisation."""
    user = UserFactory(roles=["data_lead"])
    client.force_login(user)
    return user


def shown(client, indicator):
    response = client.get(indicator.get_absolute_url())
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def said(return_, **words):
    usual = {"status": "sent", "written_by": UserFactory(name="Anita Cole", post="Manager"), "sent_by": UserFactory()}
    Commentary.objects.filter(for_return=return_).update(**usual | {"sent_at": timezone.now()} | words)


class TestPage:
    def test_verdicts_charts_and_table_of_a_long_series(self, client, indicator, coordinator):
        known(indicator, Q4, *range(1400, 1420))
        aimed(indicator)
        DatedNoteFactory(indicator=indicator, on=dt.date(2017, 7, 3), words="First campaign")
        page = shown(client, indicator)
        assert "<strong>1,419 in 2017-18 Q4.</strong>" in page
        assert "Every quarter since 2013-14" in page
        assert page.count('role="img"') == 4  # quarters and years, each wide and narrow
        assert "First campaign" in page
        assert "The 12 quarters before" in page
        assert "Download all 20 quarters (CSV, " in page
        assert "Year by year" in page

    def test_months_have_a_chart_and_a_table_of_their_own(self, client, indicator, coordinator):
        return_ = asked(indicator, Q4)
        old = verified(return_, 90)
        for month in (1, 2, 3):
            MonthlyFigureFactory(figure=old, month=dt.date(2018, month, 1), number=30)
        figure = verified(return_, 93, restates="revision", restated_because="Late.")
        waits = sent(asked(indicator, Quarter(2018, 1)), 99)
        MonthlyFigureFactory(figure=waits, month=dt.date(2018, 4, 1), number=99)
        for month in (1, 2, 3):
            MonthlyFigureFactory(figure=figure, month=dt.date(2018, month, 1), number=30 + month)
        page = shown(client, indicator)
        assert "Month by month" in page
        table = page[page.index("The months as a table") :]
        rows = table[: table.index("</table>")]
        assert "January 2018" in rows and ">31<" in rows
        assert "April 2018" not in rows  # its figure is not verified
        assert ">30<" not in rows  # nor those of a figure that was replaced

    def test_no_quarter_one_and_none_known_read_well(self, client, indicator, coordinator):
        assert "No quarter has asked for this indicator yet." in shown(client, indicator)
        missing(indicator, Q1)
        page = shown(client, indicator)
        assert "source lag." in page and "csp-chart" not in page
        known(indicator, Q2, 5)
        page = shown(client, indicator)
        assert "<strong>5 in 2017-18 Q2.</strong>" in page and "csp-chart" not in page

    def test_without_any_target_there_is_no_column_for_it(self, client, indicator, coordinator):
        known(indicator, Q1, 5, 6)
        TargetFactory(indicator=indicator)
        assert "Target of the quarter</th>" not in shown(client, indicator)
        aimed(indicator, 2018)
        assert "Target of the quarter</th>" in shown(client, indicator)

    @pytest.mark.parametrize(("basis", "head"), [("year_to_date", "Rating, year to date"), ("quarter", "Rating")])
    def test_a_rating_that_is_the_years_so_far_says_so_beside_the_quarters_target(
        self, client, indicator, coordinator, basis, head
    ):
        known(indicator, Q1, 5, 6)
        spread = {f"share_q{number}": 25 for number in range(1, 5)} if basis == "year_to_date" else {}
        TargetFactory(
            indicator=indicator, year=Year(2018), rule="minimum_and_target", basis=basis, value=20, minimum=24, **spread
        )
        assert f'<th scope="col">{head}</th>' in shown(client, indicator)

    def test_definitions_with_all_that_is_known_of_them(self, client, indicator, coordinator):
        DefinitionFactory(indicator=indicator, starts=Quarter(2013, 1), text="Offences only.")
        DefinitionFactory(
            indicator=indicator,
            text="Every report.",
            method="By date.",
            known_limits="Late reports.",
            areas="All wards.",
            breaks_series=True,
            break_reason="Incidents are counted too",
        )
        RebaseFactory(indicator=indicator, reason="Weekend patrols began", approved_by="CSP Executive, 25 May 2017")
        page = shown(client, indicator)
        for words in ("From 2013-14 Q1", "By date.", "Late reports.", "All wards.", "Incidents are counted too"):
            assert words in page
        assert "Approved by CSP Executive, 25 May 2017" in page

    @pytest.mark.parametrize(("reader", "is_shown"), [("coordinator", True), ("elsewhere", False)])
    def test_words_about_a_figure_that_is_not_verified_are_for_who_may_see_it(
        self, client, request, indicator, reader, is_shown
    ):
        return_ = asked(indicator, Q4)
        sent(return_, 166)
        said(return_, what_happened="It rose to 166.")
        request.getfixturevalue(reader)
        assert ("It rose to 166." in shown(client, indicator)) is is_shown

    def test_leads_who_left_are_not_named(self, client, indicator, coordinator):
        LeadFactory(indicator=indicator, user=UserFactory(name="Dev Malhotra", is_active=False, left_at=timezone.now()))
        LeadFactory(indicator=indicator, user=UserFactory(name="Maud Penhale"))
        page = shown(client, indicator)
        assert "Maud Penhale" in page
        assert "Dev Malhotra" not in page

    def test_commentary_newest_open_and_older_folded_with_who_and_by_when(self, client, indicator, coordinator):
        for quarter, words in ((Q1, "It fell."), (Q2, "It rose.")):
            known(indicator, quarter, 5)
            return_ = indicator.returns.get(round__quarter=quarter)
            said(return_, what_happened=words, who="Head of Safety", by_when=dt.date(2018, 6, 30))
        page = shown(client, indicator)
        assert page.index("It rose.") < page.index("Commentary on earlier quarters (1)") < page.index("It fell.")
        assert page.count("<strong>Head of Safety</strong> sees to it by <strong>30 June 2018</strong>") == 2
        assert "Anita Cole, Manager" in page


class TestWhatItServes:
    def test_nobody_has_named_it_yet(self, client, indicator, coordinator):
        page = shown(client, indicator)
        assert "Nobody has named what it serves yet." in page
        assert "Name what it serves" in page

    def test_commitments_and_outcomes(self, client, indicator, coordinator):
        placement = indicator.placements.get()
        placement.commitments.add(CommitmentFactory(priority=placement.priority, text="More reach support"))
        placement.outcomes.add(OutcomeFactory(priority=placement.priority, text="Victims know where to go"))
        page = shown(client, indicator)
        assert "Commitment: More reach support" in page
        assert "Outcome: Victims know where to go" in page

    def test_what_no_plan_places(self, client, coordinator):
        assert "The latest plan does not place it." in shown(client, IndicatorFactory())


CHANGES = ("note-add", "rebase-add", "definition-add", "serves-edit", "lead-edit", "target-add")


class TestWhoMayChangeIt:
    @pytest.fixture(autouse=True)
    def figures(self, indicator):
        known(indicator, Q4, 10, 20, 30)
        aimed(indicator)

    def links(self, indicator):
        every = [reverse(f"indicators:{name}", args=[indicator.slug]) for name in CHANGES]
        return [*every, reverse("indicators:target-edit", args=[indicator.slug, Q4.year])]

    def test_the_coordinator_finds_every_way(self, client, indicator, coordinator):
        page = shown(client, indicator)
        assert [link for link in self.links(indicator) if f'href="{link}"' not in page] == []

    @pytest.mark.parametrize("role", ["data_lead", "commentary_lead", "executive"])
    def test_others_find_none(self, client, indicator, role):
        client.force_login(UserFactory(roles=[role]))
        page = shown(client, indicator)
        assert [link for link in self.links(indicator) if f'href="{link}"' in page] == []


class TestDownload:
    def get(self, client, indicator):
        return client.get(reverse("indicators:indicator-csv", args=[indicator.slug]))

    def test_it_is_a_file_with_a_name(self, client, indicator, coordinator):
        known(indicator, Q4, 10, 20)
        response = self.get(client, indicator)
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="reports-figures.csv"'
        assert response.content.startswith(b"\xef\xbb\xbfQuarter,Figure,Numerator")

    def test_a_sample_says_so(self, client, indicator, coordinator):
        verified(asked(indicator, Q4), 5, is_sample=True)
        assert "sample-reports" in self.get(client, indicator)["Content-Disposition"]

    def test_it_tells_no_more_than_the_page(self, client, indicator, elsewhere):
        sent(asked(indicator, Q4), 1604)
        assert b"1604" not in self.get(client, indicator).content
        Indicator.objects.update(is_restricted=True)
        assert self.get(client, indicator).status_code == 404


@pytest.mark.once
@pytest.mark.parametrize("name", ["indicator-detail", "indicator-csv"])
def test_eighty_quarters_cost_no_more_queries_than_eight(client, indicator, coordinator, name):
    address, costs = reverse(f"indicators:{name}", args=[indicator.slug]), []
    known(indicator, Q4, *range(100, 108))
    asked(indicator, Quarter(2018, 1))
    for more in ([], range(100, 172)):
        known(indicator, Quarter(2015, 4), *more)
        client.get(address)  # what is read once per process
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1] < 30
