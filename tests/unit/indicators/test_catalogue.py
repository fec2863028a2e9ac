"""The list of indicators: in words, narrowed to what somebody looks for, with the rating of the latest verified quarter."""

import datetime as dt
import html
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators import catalogue
from indicators.catalogue import Sought
from indicators.models import Indicator
from indicators.rating import Rating, Verdict, Why
from lib.quarters import Quarter, Year
from priorities.models import Priority
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.indicators import (
    DefinitionFactory,
    IndicatorFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
    sent,
    verified,
)
from tests.factories.priorities import PlanFactory, PriorityFactory

RED, DATA = Verdict(Rating.RED, "Red: 9."), Verdict(Rating.UNRATED, "Data only.", Why.DATA_ONLY)


def listed(reference, name="Name", family="performance", rating=None):
    told = f"{reference} {name}".casefold()
    return catalogue.Listed(
        Indicator(family=family), reference, f"{reference} {name}", "Police", "", None, rating, told
    )


def group(*references):
    return catalogue.Group(None, tuple(listed(each) for each in references))


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([], ""),
        ([group("B2")], "1 indicator of the plan."),
        ([group("A1", ""), group("B2"), group("")], "2 indicators of the plan and 2 measures beside them."),
        ([group("A1"), group("")], "1 indicator of the plan and 1 measure beside it."),
        ([group("", "")], "2 measures."),
    ],
)
def test_how_many_there_are(groups, said):
    assert catalogue.lede(groups) == said


EVERY = [
    catalogue.Group(
        Priority(letter="A", title="ASB and drugs"),
        (listed("A1", "Calls about ASB", rating=DATA), listed("A2", "Burglary, sanctioned", rating=RED)),
    ),
    catalogue.Group(Priority(letter="B", title="Violence"), (listed("B2", "Domestic abuse reports", rating=RED),)),
    catalogue.Group(None, (listed("", "Burglary in London", family="context"),)),
]


@pytest.mark.parametrize(
    ("sought", "references"),
    [
        (Sought(), ["A1", "A2", "B2", ""]),
        (Sought(q="burglary"), ["A2", ""]),
        (Sought(q="BURGLARY sanction"), ["A2"]),  # every word, in any order, parts of words too
        (Sought(q="london burglary"), [""]),
        (Sought(q="b2"), ["B2"]),
        (Sought(q="arson"), []),
        (Sought(priority="A"), ["A1", "A2"]),
        (Sought(priority="none"), [""]),
        (Sought(family="context"), [""]),
        (Sought(rating="red"), ["A2", "B2"]),
        (Sought(rating="data_only"), ["A1"]),  # what is never rated has no rating
        (Sought(q="a", priority="A", rating="red"), ["A2"]),
    ],
)
def test_what_is_found(sought, references):
    some = sought.narrow(EVERY)
    assert [row.reference for group in some for row in group.rows] == references
    assert all(group.rows for group in some)  # no heading over nothing


@pytest.mark.parametrize(
    ("sought", "said"),
    [
        (Sought(priority="A"), "2 of 4 match."),
        (Sought(q="b2"), "1 of 4 matches."),
        (Sought(q="arson"), "None of 4 matches."),
    ],
)
def test_how_many_are_found(sought, said):
    assert catalogue.found(sought.narrow(EVERY), EVERY) == said


def test_what_can_be_chosen():
    assert catalogue.priorities(EVERY) == [("A", "A ASB and drugs"), ("B", "B Violence"), ("none", "In no plan")]
    assert catalogue.ratings(EVERY) == [("red", "Red"), ("data_only", "Data only")]


@pytest.mark.django_db
class TestRows:
    ON = dt.date(2018, 5, 1)

    def rows(self, user):
        return [row for group in catalogue.groups(user, self.ON) for row in group.rows]

    def test_the_rating_is_that_of_the_quarter_whose_figure_is_shown(self):
        indicator = IndicatorFactory()
        terms = {"rule": "tolerance", "basis": "quarter", "value": Decimal(150), "tolerance": Decimal(10)}
        agreed = {"agreed_by": "CSP Executive", "agreed_on": dt.date(2017, 5, 25)}
        TargetFactory(indicator=indicator, year=Year(2017), **terms, **agreed)
        verified(ReturnFactory(indicator=indicator, round=RoundFactory(quarter=Quarter(2017, 2))), 100)
        verified(ReturnFactory(indicator=indicator, round=RoundFactory(quarter=Quarter(2017, 3))), 166)
        sent(ReturnFactory(indicator=indicator, round=RoundFactory(quarter=Quarter(2017, 4))), 100)
        [row] = self.rows(UserFactory(roles=["coordinator"]))
        assert (row.figure, row.quarter, row.rating.word) == ("166", Quarter(2017, 3), "Red")

    def test_context_and_what_has_no_figure_have_none(self):
        verified(ReturnFactory(indicator=IndicatorFactory(family="context"), round=RoundFactory()), 5)
        IndicatorFactory()
        assert [row.rating for row in self.rows(UserFactory(roles=["coordinator"]))] == [None, None]

    def test_it_is_found_by_definition_owner_and_short_name(self):
        placement = PlacementFactory(short_name="Domestic abuse reports")
        placement.indicator.owner.names.update(name="Metropolitan Police")
        DefinitionFactory(indicator=placement.indicator, text="Every report with a flag.")
        every = catalogue.groups(UserFactory(roles=["coordinator"]), self.ON)
        for words in ("flag", "metropolitan", "domestic abuse"):
            assert Sought(q=words).narrow(every), words
        assert not Sought(q="burglary").narrow(every)

    def test_a_restricted_one_is_not_found_by_whom_it_is_hidden_from(self):
        IndicatorFactory(is_restricted=True, name="Repeat offenders")
        every = catalogue.groups(UserFactory(roles=["data_lead"]), self.ON)
        assert Sought(q="repeat").narrow(every) == []


@pytest.mark.django_db
class TestPage:
    @pytest.fixture(autouse=True)
    def catalogue_of_three(self, client):
        client.force_login(UserFactory(roles=["coordinator"]))
        plan = PlanFactory()
        priority = PriorityFactory(plan=plan, letter="A", title="ASB")
        for number, name in enumerate(("Calls about noise", "Burglary", "Fires")):
            PlacementFactory(
                plan=plan,
                priority=priority,
                reference=f"A{number}",
                indicator__name=name,
                short_name=name,
                order=number,
            )

    def shown(self, client, **sought):
        return html.unescape(client.get(reverse("indicators:indicator-list"), sought).content.decode())

    def test_unsought_it_shows_all(self, client):
        shown = self.shown(client)
        assert "3 indicators of the plan." in shown
        assert "Burglary" in shown and "Fires" in shown

    def test_words_narrow_it_and_stay_in_their_box(self, client):
        shown = self.shown(client, q="burg")
        assert "1 of 3 matches." in shown
        assert 'value="burg"' in shown
        assert "Fires" not in shown

    def test_nothing_found_is_a_sentence_with_the_way_back(self, client):
        shown = self.shown(client, q="zebra")
        assert "None of 3 matches." in shown
        assert "No indicator matches what you look for." in shown
        assert "<table" not in shown

    def test_what_can_not_be_chosen_is_told_and_hides_nothing(self, client):
        shown = self.shown(client, priority="Z")
        assert "Choose one of the options" in shown
        assert "Fires" in shown

    def test_without_any_indicator_there_is_nothing_to_look_for(self, client):
        client.force_login(UserFactory(roles=["data_lead"]))
        Indicator.objects.update(is_restricted=True)
        shown = self.shown(client)
        assert "There is no indicator yet." in shown
        assert "csp-filter" not in shown


@pytest.mark.django_db
def test_the_list_costs_the_same_at_8_and_at_80_quarters_narrowed_or_not(client):
    client.force_login(UserFactory(roles=["coordinator"]))
    police, costs = OrganisationFactory(), set()
    indicator = IndicatorFactory(owner=police)
    for quarters in (Quarter(2017, 4).back_to(8), Quarter(2015, 4).back_to(72)):
        for quarter in quarters:
            verified(ReturnFactory(indicator=indicator, round=RoundFactory(quarter=quarter)), 100)
        IndicatorFactory(owner=police)
        client.get("/")  # what is read once per process
        for sought in ({}, {"q": "number"}):
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse("indicators:indicator-list"), sought)
            costs.add(len(captured))
    assert len(costs) == 1
