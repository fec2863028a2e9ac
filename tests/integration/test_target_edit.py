"""The page of one target: what it proposes, what people type into it, and who was quicker."""

import datetime as dt
import html
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from indicators import actions
from indicators.models import Indicator, Return, Target
from lib.quarters import Quarter, Year
from tests.factories import UserFactory
from tests.factories.indicators import (
    DefinitionFactory,
    IndicatorFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
    verified,
)
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db

LAST, THIS = Year(2016), Year(2017)
SHARES = ("profile_0", "profile_1", "profile_2", "profile_3")
EVEN = dict.fromkeys(("share_q1", "share_q2", "share_q3", "share_q4"), Decimal(25))
TERMS = {"rule": "minimum_and_target", "basis": "year_to_date", "value": Decimal(900), "minimum": Decimal(950)} | EVEN


@pytest.fixture
def plan():
    return PlanFactory()


@pytest.fixture(autouse=True)
def sam(client, plan):
    person = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(person)
    return person


@pytest.fixture
def calls(plan):
    """A count, good is lower, added up."""
    made = IndicatorFactory(slug="calls", name="Number of calls", unit="calls")
    PlacementFactory(plan=plan, indicator=made, reference="A1")
    return made


@pytest.fixture
def satisfied(plan):
    return IndicatorFactory(slug="satisfied", percentage=True, polarity="higher")


def address(indicator, year=THIS):
    return reverse("indicators:target-edit", args=[indicator.slug, year])


def page(response):
    """The words of the page, one space between."""
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(response.content.decode())))


def opened(client, indicator, year=THIS):
    """The form as the browser would send it back untouched."""
    form = client.get(address(indicator, year)).context["form"]
    said = {}
    for name in form.fields:
        bound = form[name]
        if name == "profile":
            said |= dict(zip(SHARES, bound.field.widget.decompress(bound.value()), strict=True))
        elif name == "agreed_on":
            said |= dict.fromkeys(("agreed_on_day", "agreed_on_month", "agreed_on_year"), "")
        else:
            said[name] = bound.value() or ""
    return said


def holding(indicator, year=THIS):
    return Target.objects.filter(indicator=indicator, year=year).latest_each().get()


def give(indicator, numbers, year=LAST):
    for quarter, number in zip(year.quarters, numbers, strict=True):
        verified(ReturnFactory(indicator=indicator, round__quarter=quarter), number)


class TestWhatItProposes:
    def test_last_years_result_and_seasons(self, client, calls):
        give(calls, (200, 300, 300, 200))
        said = opened(client, calls)
        assert [said[share] for share in SHARES] == ["20", "30", "30", "20"]
        assert (said["baseline"], said["basis"], said["rule"]) == ("1,000", "year_to_date", "")
        assert "2016-17 fell into 20, 30, 30 and 20" in page(client.get(address(calls)))

    def test_even_shares_where_last_year_is_not_known(self, client, calls):
        said = opened(client, calls)
        assert ([said[share] for share in SHARES], said["baseline"]) == (["25"] * 4, "")

    def test_last_years_target_as_this_years_minimum_expectation(self, client, calls):
        TargetFactory(indicator=calls, year=LAST, **TERMS)
        said = opened(client, calls)
        assert (said["minimum"], said["value"], said["rule"]) == ("900", "", "minimum_and_target")
        assert "Last year’s target, 900, is proposed as this year’s minimum expectation" in page(
            client.get(address(calls))
        )

    def test_what_holds_stays_as_it_is(self, client, calls):
        give(calls, (200, 300, 300, 200))
        TargetFactory(indicator=calls, **TERMS | {"baseline": Decimal(990)})
        said = opened(client, calls)
        assert (said["value"], said["minimum"], said["baseline"], said[SHARES[0]]) == ("900", "950", "990", "25")
        TargetFactory(indicator=calls, year=LAST, **TERMS | {"value": Decimal(870)})
        assert "Last year’s target was 870" in page(client.get(address(calls)))
        assert said["agreed_by"] == ""

    def test_what_helps_to_decide_stands_beside_it(self, client, calls):
        give(calls, (200, 300, 300, 1200))
        verified(ReturnFactory(indicator=calls, round__quarter=Quarter(2017, 1)), 210)
        TargetFactory(indicator=calls, year=LAST, agreed_by="CSP Executive", agreed_on=dt.date(2016, 5, 20), **TERMS)
        said = page(client.get(address(calls)))
        assert "2016-17 2017-18 Q1 200 210 Q2 300 – Q3 300 – Q4 1,200 – Year 2,000 210 so far" in said
        assert (
            "Target for 2016-17 Target 900, minimum expectation 950, for the year to date Agreed by CSP Executive, 20 May 2016"
            in said
        )

    def test_a_new_series_is_named_and_nothing_before_it_is_proposed(self, client, calls):
        give(calls, (200, 300, 300, 200))
        DefinitionFactory(indicator=calls, starts=Quarter(2017, 1), breaks_series=True, break_reason="New system")
        said = opened(client, calls)
        assert (said["baseline"], said[SHARES[1]]) == ("", "25")
        assert "A new series starts with 2017-18 Q1: New system." in page(client.get(address(calls)))

    def test_a_share_has_no_profile_and_a_latest_figure_no_choice_of_basis(self, client, satisfied):
        assert "profile" not in client.get(address(satisfied)).context["form"].fields
        latest = IndicatorFactory(slug="latest", year_to_date="latest")
        assert not {"profile", "basis"} & set(client.get(address(latest)).context["form"].fields)

    def test_without_a_good_direction_it_says_that_only_data_only_makes_sense(self, client, plan):
        undirected = IndicatorFactory(slug="undirected", polarity="none")
        assert "No good direction is set for it" in page(client.get(address(undirected)))
        context = IndicatorFactory(slug="beside", family="context")
        assert "never rated, so only “None, data only” makes sense" in page(client.get(address(context)))

    def test_the_history_is_below_newest_first(self, client, calls, sam):
        TargetFactory(indicator=calls, reason="Named in the plan")
        TargetFactory(indicator=calls, set_by=sam, reason="Asked for by the board", **TERMS)
        said = page(client.get(address(calls)))
        assert "Packs already built keep the target they were built with." in said
        new, old = said.index("Asked for by the board"), said.index("Named in the plan")
        assert said.index("History of the target") < said.index("Sam Carrick, Officer Minimum") < new < old


class TestSaving:
    def test_numbers_are_taken_as_people_type_them(self, client, calls):
        said = opened(client, calls) | {
            "rule": "minimum_and_target",
            "value": " 1 389 ",
            "minimum": "1,450",
            "profile_0": "24.5%",
            "profile_1": " 25.5 ",
            "baseline": "1500",
            "agreed_by": "CSP Executive",
            "agreed_on_day": "25",
            "agreed_on_month": "May",
            "agreed_on_year": "2017",
            "reason": "Set in May",
        }
        answer = client.post(address(calls), said, follow=True)
        assert "Saved: target of A1 Number of calls for 2017-18" in page(answer)
        target = holding(calls)
        assert (target.value, target.minimum, target.baseline) == (1389, 1450, 1500)
        assert target.profile == (Decimal("24.5"), Decimal("25.5"), Decimal(25), Decimal(25))
        assert (target.agreed_by, target.agreed_on) == ("CSP Executive", dt.date(2017, 5, 25))

    def test_a_percentage_with_its_sign(self, client, satisfied):
        said = opened(client, satisfied) | {"rule": "points", "value": "62.5%", "tolerance": "2.5", "reason": "x"}
        client.post(address(satisfied), said)
        assert (holding(satisfied).value, holding(satisfied).tolerance) == (Decimal("62.5"), Decimal("2.5"))

    def test_what_was_filled_in_and_does_not_apply_is_left_out(self, client, calls):
        TargetFactory(indicator=calls, year=LAST, **TERMS)
        said = opened(client, calls) | {"rule": "tolerance", "basis": "quarter", "value": "80", "tolerance": "5"}
        assert said["minimum"] == "900"
        client.post(address(calls), said | {"reason": "By quarter"})
        assert (holding(calls).minimum, holding(calls).profile, holding(calls).tolerance) == (None, None, 5)

    def test_a_target_becomes_data_only_without_emptying_the_boxes(self, client, calls):
        TargetFactory(indicator=calls, **TERMS)
        client.post(address(calls), opened(client, calls) | {"rule": "none", "reason": "No longer aimed at"})
        assert (holding(calls).rule, holding(calls).value, holding(calls).profile) == ("none", None, None)

    def test_shares_that_end_in_a_zero_come_back_untouched(self, client, calls):
        shares = dict(zip(EVEN, map(Decimal, ("26.10", "28.02", "24.18", "21.70")), strict=True))
        TargetFactory(indicator=calls, **TERMS | shares)
        answered = client.get(address(calls)).content.decode()
        boxes = [re.search(rf'name="{share}"[^>]* value="([^"]*)"', answered)[1] for share in SHARES]
        assert boxes == ["26.1", "28.02", "24.18", "21.7"]
        said = opened(client, calls) | dict(zip(SHARES, boxes, strict=True)) | {"rule": "none", "reason": "Shown only"}
        client.post(address(calls), said)
        assert (holding(calls).rule, holding(calls).profile) == ("none", None)

    def test_against_last_year_needs_no_target_and_no_profile(self, client, calls):
        client.post(address(calls), opened(client, calls) | {"rule": "last_year", "tolerance": "10", "reason": "x"})
        assert (holding(calls).value, holding(calls).profile, holding(calls).tolerance) == (None, None, 10)

    def test_the_first_target_makes_open_quarters_ask(self, client, calls):
        RoundFactory()
        client.post(address(calls), opened(client, calls) | {"rule": "none", "reason": "Asked for"})
        assert Return.objects.filter(indicator=calls).count() == 1

    def test_an_agreed_target_that_is_changed_is_a_proposal_again(self, client, calls):
        TargetFactory(indicator=calls, agreed_by="CSP Executive", agreed_on=dt.date(2017, 5, 25), **TERMS)
        assert "Changed, it is a proposal until you say who agreed the change" in page(client.get(address(calls)))
        client.post(address(calls), opened(client, calls) | {"value": "880", "reason": "Stretched"})
        assert holding(calls).is_proposed

    def test_a_year_that_no_plan_speaks_of_is_refused_and_nothing_is_lost(self, client, calls):
        said = opened(client, calls, Year(2022)) | {"rule": "none", "reason": "Ahead of time"}
        refused = client.post(address(calls, Year(2022)), said)
        assert "2022-23 lies outside the plan. Figures are taken for the years 2016-17 to 2020-21." in page(refused)
        assert refused.context["form"]["reason"].value() == "Ahead of time"


class TestBadInput:
    """Each is refused with its sentence in summary and field, the typing stays, and nothing is written."""

    COUNT = {
        "rule": "minimum_and_target",
        "basis": "year_to_date",
        "value": "900",
        "minimum": "950",
        "tolerance": "",
        "baseline": "",
        "agreed_by": "",
        "reason": "Set in May",
        "version": "1",
    } | dict.fromkeys(SHARES, "25")

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"rule": ""}, "Choose how it is rated, or that it is data only"),
            ({"rule": "guess"}, "Choose one of the options"),
            ({"basis": "latest"}, "Choose one of the options"),
            ({"rule": "points", "minimum": "", "tolerance": "2"}, "Percentage points are for percentages."),
            ({"value": ""}, "Enter the target"),
            ({"value": "12.5"}, "The target must be a whole number, like 1,450"),
            ({"value": "12.5%"}, "The target must be a whole number"),
            ({"value": "about 900"}, "The target must be one number, like 1,450"),
            ({"value": "<5"}, "The target must be one number, like 1,450"),
            ({"value": "-900"}, "The target can’t be less than 0"),
            ({"value": "9" * 30}, "The target must have at most 9 figures: check what you typed"),
            ({"value": "９００"}, "The target must be typed with the figures 0 to 9, like 1,450"),
            ({"value": "9\x0000"}, "has a hidden character in it"),
            ({"minimum": ""}, "Enter the minimum expectation"),
            ({"minimum": "x"}, "The minimum expectation must be a whole number"),
            ({"minimum": "800"}, "The minimum expectation can’t be better than the target. Good is lower"),
            ({"tolerance": "5"}, "This rule has no tolerance: leave it empty"),
            ({"rule": "tolerance", "minimum": "", "tolerance": ""}, "Enter the tolerance"),
            ({"rule": "tolerance", "minimum": "", "tolerance": "101"}, "The tolerance can’t be more than 100"),
            (
                {"rule": "tolerance", "minimum": "", "tolerance": "2,5"},
                "The tolerance must be typed with a point, like 2.5: a comma only sets thousands apart",
            ),
            ({"rule": "tolerance", "tolerance": "5"}, "This rule has no minimum expectation: leave it empty"),
            ({"rule": "none"}, "This rule has no target: leave it empty"),
            ({"profile_0": "26"}, "The shares must add up to 100. They come to 101"),
            ({"profile_1": ""}, "Enter the share of Q2, 0 if nothing falls into it"),
            (dict.fromkeys(SHARES, ""), "Say which share of the year’s target falls into each quarter"),
            ({"profile_2": "25,0"}, "The share of Q3 must be typed with a point, like 24.5"),
            ({"profile_3": "25.005"}, "The share of Q4 must have at most 2 figures after the point"),
            ({"profile_3": "-1"}, "The share of Q4 can’t be less than 0"),
            ({"basis": "quarter", "profile_0": "26"}, "Only a yearly target for what is added up is spread"),
            ({"baseline": "a lot"}, "The baseline must be a whole number"),
            ({"agreed_by": "CSP Executive"}, "Enter the day it was agreed, or leave both empty for a proposal"),
            (
                {"agreed_on_day": "25", "agreed_on_month": "5", "agreed_on_year": "2017"},
                "Enter who agreed it, or leave both empty for a proposal",
            ),
            (
                {
                    "agreed_by": "CSP Executive",
                    "agreed_on_day": "1",
                    "agreed_on_month": "1",
                    "agreed_on_year": "2999",
                },
                "The day it was agreed can’t be in the future",
            ),
            ({"agreed_on_day": "31", "agreed_on_month": "4", "agreed_on_year": "2017"}, "April has 30 days"),
            ({"agreed_by": "x" * 121}, "Who agreed it must be said in 120 characters or fewer"),
            ({"reason": " "}, "Say why"),
            ({"reason": "x" * 301}, "The reason must be 300 characters or fewer"),
            ({"version": ""}, "Open this page again"),
            ({"version": "x"}, "Open this page again"),
        ],
    )
    def test_of_a_count(self, client, calls, typed, sentence):
        sent = self.COUNT | typed
        refused = client.post(address(calls), sent)
        assert page(refused).count(sentence) >= (1 if "version" in typed else 2)
        assert "<title>Error: " in refused.content.decode()
        form = refused.context["form"]
        for name in ("value", "minimum", "tolerance", "baseline", "reason"):
            assert form[name].value() == sent[name]
        assert form["profile"].value() == [sent[share] for share in SHARES]
        assert not Target.objects.exists() and not AuditEvent.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"value": "101"}, "The target can’t be more than 100"),
            ({"value": "62,5"}, "The target must be typed with a point, like 62.5"),
            ({"value": "62.55555"}, "The target must have at most 4 figures after the point"),
            ({"minimum": "70"}, "Good is higher, so it must be 62.5% or less"),
        ],
    )
    def test_of_a_percentage(self, client, satisfied, typed, sentence):
        sent = {
            "rule": "minimum_and_target",
            "basis": "year_to_date",
            "value": "62.5",
            "minimum": "60",
            "reason": "x",
            "version": "1",
        }
        assert sentence in page(client.post(address(satisfied), sent | typed))
        assert not Target.objects.exists()

    def test_an_error_leads_to_its_box(self, client, calls):
        refused = client.post(address(calls), self.COUNT | {"profile_2": "x", "minimum": "x"}).content.decode()
        assert 'href="#id_profile_2"' in refused and 'href="#id_minimum"' in refused
        at_fault = re.findall(r'<input class="[^"]*govuk-input--error[^"]*" id="(id_profile_\d)"', refused)
        assert at_fault == ["id_profile_2"]

    def test_what_does_not_add_up_leads_to_the_first_box(self, client, calls):
        refused = client.post(address(calls), self.COUNT | {"profile_2": "26"}).content.decode()
        assert 'href="#id_profile_0"' in refused


class TestWhoWasQuicker:
    def test_the_second_keeps_the_typing_and_reads_who_changed_what(self, client, calls, sam):
        said = opened(client, calls) | {
            "rule": "minimum_and_target",
            "value": "900",
            "minimum": "950",
            "reason": "Mine",
        }
        lena = UserFactory(name="Lena Fox", roles=["coordinator"])
        actions.set_target(calls, year=THIS, rule="none", reason="Theirs", version=1, by=lena)
        refused = client.post(address(calls), said)
        words = page(refused)
        assert "This indicator has been changed since you opened it. What you have just sent is not saved" in words
        assert "Lena Fox" in words and "Target set" in words and "Rule: None, data only" in words
        form = refused.context["form"]
        assert (form["value"].value(), form["version"].value()) == ("900", 2)
        assert holding(calls).reason == "Theirs"
        client.post(address(calls), said | {"version": 2})
        assert (holding(calls).reason, Indicator.objects.get().version) == ("Mine", 3)

    def test_a_lead_named_meanwhile_is_told_too(self, client, calls):
        said = opened(client, calls) | {"rule": "none", "reason": "Mine"}
        data_lead = UserFactory(name="Farida Begum", roles=["data_lead"])
        day = dt.date(2030, 1, 1)
        actions.set_lead(calls, duty="data", user=data_lead, starts_on=day, version=1, by=None)
        assert "Lead named" in page(client.post(address(calls), said))

    def test_what_holds_already_is_said_and_not_written(self, client, calls):
        TargetFactory(indicator=calls, **TERMS)
        words = page(client.post(address(calls), opened(client, calls) | {"reason": "Again"}))
        assert "This is what holds for 2017-18 already: nothing has been changed." in words
        assert Target.objects.count() == 1
