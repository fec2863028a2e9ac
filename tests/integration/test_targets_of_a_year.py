"""A year's targets in one table: who reads what, last year's set proposed anew, and what was agreed."""

import datetime as dt
import html
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from indicators import actions
from indicators.models import Indicator, Target
from lib.quarters import Year
from tests.factories import UserFactory
from tests.factories.indicators import IndicatorFactory, PlacementFactory, TargetFactory
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db

LAST, THIS = Year(2016), Year(2017)
ADDRESS, COPY, AGREE = (reverse(f"indicators:target-{name}", args=[THIS]) for name in ("list", "copy", "agree"))
MAY = dt.date(2017, 5, 25)
EVEN = dict.fromkeys(("share_q1", "share_q2", "share_q3", "share_q4"), Decimal(25))
TERMS = {
    "rule": "minimum_and_target",
    "basis": "year_to_date",
    "value": Decimal(1450),
    "minimum": Decimal(1500),
    "baseline": Decimal(1520),
} | EVEN
AGREED = {"agreed_by": "CSP Executive", "agreed_on": MAY}
SAID = {"agreed_by": "CSP Executive", "agreed_on_day": "25", "agreed_on_month": "5", "agreed_on_year": "2017"}


@pytest.fixture
def plan():
    return PlanFactory()


@pytest.fixture(autouse=True)
def sam(client, plan):
    person = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(person)
    return person


def indicator(plan, reference, **fields):
    made = IndicatorFactory(name=f"Number of {reference}", **fields)
    letter = reference[0]
    priority = plan.priorities.filter(letter=letter).first() or PriorityFactory(plan=plan, letter=letter)
    PlacementFactory(plan=plan, priority=priority, indicator=made, reference=reference, short_name=f"Short {reference}")
    return made


def page(response):
    """The words of the page, one space between."""
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(response.content.decode())))


def holding(indicator):
    return Target.objects.filter(indicator=indicator, year=THIS).latest_each().get()


class TestReading:
    def test_the_first_line_says_how_many_are_agreed(self, client, plan):
        for reference in ("A1", "A2"):
            TargetFactory(indicator=indicator(plan, reference), **TERMS, **AGREED)
        TargetFactory(indicator=indicator(plan, "B1"), **TERMS)
        TargetFactory(indicator=indicator(plan, "B2"))
        assert "2 of 4 have an agreed target, 1 is proposed, 1 is data only." in page(client.get(ADDRESS))

    def test_a_row_says_the_target_in_words(self, client, plan):
        TargetFactory(indicator=indicator(plan, "B2"), **TERMS, **AGREED)
        said = page(client.get(ADDRESS))
        row = "B2 Short B2 Minimum expectation and target On the year to date, quarters 25% each 1,450 1,500 1,520 Agreed by CSP Executive, 25 May 2017 Change"
        assert row in said

    def test_only_the_row_that_holds_is_shown(self, client, plan):
        made = indicator(plan, "B2")
        TargetFactory(indicator=made, **TERMS)
        TargetFactory(indicator=made, **TERMS | {"value": Decimal(1400)})
        said = page(client.get(ADDRESS))
        assert "1,400" in said and "1,450" not in said

    def test_priorities_come_in_order_and_what_no_plan_places_last(self, client, plan):
        for made in (IndicatorFactory(name="Unplaced"), indicator(plan, "B1"), indicator(plan, "A1")):
            TargetFactory(indicator=made)
        said = page(client.get(ADDRESS))
        assert said.index("Short A1") < said.index("Short B1") < said.index("In no plan") < said.index("Unplaced")

    def test_an_empty_year_says_so_and_offers_last_years_set(self, client, plan):
        TargetFactory(indicator=indicator(plan, "A1"), year=LAST)
        said = page(client.get(ADDRESS))
        assert "No indicator is in the monitoring set of 2017-18 yet." in said
        assert "Copy the set of 2016-17" in said and "Short A1" in said

    def test_what_only_last_years_set_had_is_named(self, client, plan):
        both = indicator(plan, "A1")
        for year in (LAST, THIS):
            TargetFactory(indicator=both, year=year)
        TargetFactory(indicator=indicator(plan, "A2"), year=LAST)
        left_out = client.get(ADDRESS).context["aiming"].left_out
        assert [label for _, label in left_out] == ["A2 Short A2"]

    def test_the_years_of_the_plan_and_those_with_a_set_can_be_reached(self, client, plan):
        TargetFactory(indicator=indicator(plan, "A1"), year=Year(2014))
        years = client.get(ADDRESS).context["aiming"].years
        assert [str(year) for year in years] == ["2014-15", "2016-17", "2017-18", "2018-19", "2019-20", "2020-21"]

    @pytest.mark.parametrize("role", ["executive", "data_lead", "commentary_lead"])
    def test_who_does_not_change_targets_reads_them_all_the_same(self, client, plan, role):
        TargetFactory(indicator=indicator(plan, "B2"), **TERMS)
        TargetFactory(indicator=indicator(plan, "A1"), year=LAST)
        client.force_login(UserFactory(roles=[role]))
        said = page(client.get(ADDRESS))
        assert "None of 1 has an agreed target yet, 1 is proposed." in said
        for act in ("Change", "Copy the set", "Record the agreement"):
            assert act not in said

    def test_restricted_ones_count_only_for_those_who_see_them(self, client, plan):
        TargetFactory(indicator=indicator(plan, "A1"), **TERMS, **AGREED)
        TargetFactory(indicator=indicator(plan, "D1", is_restricted=True), **TERMS, **AGREED)
        TargetFactory(indicator=indicator(plan, "D2", is_restricted=True), year=LAST)
        assert "2 of 2 have an agreed target." in page(client.get(ADDRESS))
        client.force_login(UserFactory(roles=["data_lead"]))
        said = page(client.get(ADDRESS))
        assert "1 of 1 has an agreed target." in said
        assert "D1" not in said and "D2" not in said

    def test_a_year_that_does_not_exist_is_not_found(self, client):
        assert client.get("/indicators/targets/2017-19/").status_code == 404

    @pytest.mark.once
    def test_it_costs_no_more_with_150_indicators_than_with_15(self, client, plan, sam):
        def fill(numbers):
            for number in numbers:
                made = indicator(plan, f"{'ABCD'[number % 4]}{number}")
                TargetFactory(indicator=made, **TERMS | (AGREED if number % 3 else {}))
                TargetFactory(indicator=made, year=LAST)
                TargetFactory(indicator=indicator(plan, f"{'EFGH'[number % 4]}{number}"), year=LAST)

        def cost():
            with CaptureQueriesContext(connection) as queries:
                page(client.get(ADDRESS))
            return len(queries)

        fill(range(15))
        before = cost()
        fill(range(15, 150))
        assert len(client.get(ADDRESS).context["aiming"].rows) == 150
        assert cost() == before


class TestCopying:
    def test_one_button_proposes_last_years_set(self, client, plan):
        made = indicator(plan, "B2")
        TargetFactory(indicator=made, year=LAST, **TERMS, **AGREED)
        TargetFactory(indicator=indicator(plan, "A1"), year=LAST)
        said = page(client.post(COPY, follow=True))
        assert "Copied from 2016-17: 2 indicators. No target among them is agreed yet" in said
        assert (holding(made).minimum, holding(made).is_proposed) == (Decimal(1450), True)
        assert "Copy the set" not in said

    def test_a_second_time_is_told(self, client, plan):
        TargetFactory(indicator=indicator(plan, "A1"), year=LAST)
        client.post(COPY)
        said = page(client.post(COPY, follow=True))
        assert "Every indicator of 2016-17 is in the set of 2017-18 already" in said

    def test_a_year_that_no_plan_speaks_of_is_refused(self, client, plan):
        TargetFactory(indicator=indicator(plan, "A1"), year=Year(2021))
        address = reverse("indicators:target-copy", args=[Year(2022)])
        assert "2022-23 lies outside the plan" in page(client.post(address, follow=True))
        assert not Target.objects.filter(year=Year(2022)).exists()


class TestAgreeing:
    @pytest.fixture
    def proposals(self, plan):
        return [TargetFactory(indicator=indicator(plan, reference), **TERMS) for reference in ("A1", "B2", "C3")]

    def test_nothing_is_ticked_beforehand(self, client, proposals):
        form = client.get(ADDRESS).context["form"]
        assert form["ticked"].value() is None
        assert [str(target.pk) for target in proposals] == [value for value, _ in form.fields["ticked"].choices]

    def test_what_is_ticked_is_agreed_and_named(self, client, proposals):
        ticked = [target.pk for target in proposals[:2]]
        said = page(client.post(AGREE, SAID | {"ticked": ticked}, follow=True))
        assert "Recorded as agreed by CSP Executive: A1 Short A1, B2 Short B2" in said
        assert "2 of 3 have an agreed target, 1 is proposed." in said
        assert holding(proposals[0].indicator).agreed_on == MAY
        assert holding(proposals[2].indicator).is_proposed

    def test_one_changed_since_is_named_with_a_sentence_and_the_others_go_through(self, client, proposals, sam):
        changed = proposals[1].indicator
        actions.set_target(
            changed, year=THIS, rule="none", reason="No longer aimed at", version=changed.version, by=sam
        )
        ticked = [target.pk for target in proposals]
        said = page(client.post(AGREE, SAID | {"ticked": ticked}, follow=True))
        assert "Recorded as agreed by CSP Executive: A1 Short A1, C3 Short C3" in said
        assert "Not recorded: B2 Short B2. Its target has been changed since you opened this page" in said
        assert "what holds now is “Data only”" in said

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"ticked": []}, "Tick the proposals that were agreed"),
            ({"ticked": ["x"]}, "Open this page again: it lost track of what you were changing"),
            ({"ticked": ["9" * 30]}, "Open this page again: it lost track of what you were changing"),
            ({"ticked": ["²"]}, "Open this page again: it lost track of what you were changing"),
            ({"agreed_by": " "}, "Enter who agreed them"),
            ({"agreed_by": "x" * 121}, "Who agreed them must be said in 120 characters or fewer"),
            ({"agreed_by": "CSP\x00"}, "has a hidden character in it"),
            ({"agreed_on_day": ""}, "The day they were agreed must include a day"),
            ({"agreed_on_year": "2999"}, "The day they were agreed can’t be in the future"),
            ({"agreed_on_day": "", "agreed_on_month": "", "agreed_on_year": ""}, "Enter the day they were agreed"),
        ],
    )
    def test_what_is_missing_or_wrong_is_said_and_what_was_ticked_stays(self, client, proposals, said, sentence):
        sent = SAID | {"ticked": [str(proposals[0].pk)]} | said
        refused = client.post(AGREE, sent)
        assert sentence in page(refused)
        assert "Error: Targets for 2017-18" in refused.content.decode()
        assert refused.context["form"]["ticked"].value() == sent["ticked"]
        assert Target.objects.count() == 3 and not AuditEvent.objects.exists()

    def test_a_day_of_today_is_taken(self, client, proposals):
        today = timezone.localdate()
        said = SAID | {"agreed_on_day": today.day, "agreed_on_month": today.month, "agreed_on_year": today.year}
        client.post(AGREE, said | {"ticked": [proposals[0].pk]})
        assert holding(proposals[0].indicator).agreed_on == today

    def test_a_target_of_another_year_can_not_be_slipped_in(self, client, proposals, plan):
        other = TargetFactory(indicator=indicator(plan, "D1"), year=LAST, **TERMS)
        client.post(AGREE, SAID | {"ticked": [other.pk, proposals[0].pk]})
        assert Target.objects.filter(agreed_on__isnull=False).count() == 1


def test_the_list_of_indicators_leads_to_the_targets_of_the_latest_year(client, plan):
    TargetFactory(indicator=indicator(plan, "A1"), year=LAST)
    TargetFactory(indicator=Indicator.objects.get())
    assert f'href="{ADDRESS}"' in client.get(reverse("indicators:indicator-list")).content.decode()


def test_without_any_plan_or_set_there_is_no_link_to_targets(client, plan):
    plan.delete()
    said = page(client.get(reverse("indicators:indicator-list")))
    assert "Targets for" not in said
