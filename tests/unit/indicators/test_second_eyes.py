"""Where nobody could verify, and what to do about it."""

import datetime as dt

import pytest
from django.utils import timezone

from indicators import placing, second_eyes
from lib.quarters import Year
from tests.factories import RoleGrantFactory, UserFactory
from tests.factories.collecting import AbsenceFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory, PlacementFactory
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return PlanFactory()


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator", "data_lead"])


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", roles=["data_lead"])


@pytest.fixture
def make(plan):
    priority = PriorityFactory(plan=plan, letter="B")

    def make(reference, *leads):
        indicator = IndicatorFactory(name="Reports")
        PlacementFactory(plan=plan, priority=priority, indicator=indicator, reference=reference)
        for user in leads:
            LeadFactory(indicator=indicator, user=user)
        return indicator

    return make


def lacking(*indicators, on=None):
    return second_eyes.lacking(indicators, placing.in_year(Year(2017)), on or timezone.localdate())


def test_two_coordinators_verify_for_each_other(make, sam):
    UserFactory(name="Lena Fox", roles=["coordinator"])
    assert lacking(make("B1", sam), make("B2")) is None


def test_one_coordinator_verifies_what_others_give(make, sam, farida):
    found = lacking(make("B1", farida), make("B2", farida, sam))
    assert found.indicators == ()
    assert (
        found.because
        == "Sam Carrick is the only coordinator: nobody else could verify what Sam Carrick keys for somebody."
    )


def test_what_the_only_coordinator_gives_or_keys_alone_is_named(make, sam, farida):
    UserFactory(name="Alex Rowe", roles=["administrator"])
    others, own, nobodys = make("B1", farida), make("B2", sam), make("B3")
    found = lacking(nobodys, others, own)
    assert found.indicators == ("B2 Reports", "B3 Reports")
    assert found.because.startswith("Sam Carrick is the only coordinator, and gives or keys the figures of these alone")
    assert found.do == (
        "Ask an administrator, Alex Rowe, to make somebody else a coordinator as well.",
        "Or name a data lead who gives the figure.",
        "Or have suppliers confirm what you key for them, by the link that they are mailed.",
    )


def test_a_coordinator_whose_role_is_over_does_not_count(make, sam):
    today = timezone.localdate()
    lena = UserFactory(name="Lena Fox")
    RoleGrantFactory(user=lena, role="coordinator", starts_on=today - dt.timedelta(9), ends_on=today)
    indicator = make("B1", sam)
    assert lacking(indicator) is None
    assert lacking(indicator, on=today + dt.timedelta(1)).indicators == ("B1 Reports",)


def test_a_lead_who_is_away_and_whose_deputy_is_the_coordinator(make, sam, farida):
    indicator = make("B1", farida)
    today = timezone.localdate()
    AbsenceFactory(person=farida, deputy=sam, starts_on=today, ends_on=today)
    assert lacking(indicator).indicators == ("B1 Reports",)
    assert lacking(indicator, on=today + dt.timedelta(1)).indicators == ()


def test_without_any_coordinator_nobody_verifies_anything(make, farida):
    found = lacking(make("B1", farida))
    assert (found.because, found.indicators) == (
        "Nobody is a coordinator, so nobody could verify a figure.",
        ("B1 Reports",),
    )


def test_it_costs_the_same_for_any_number(make, sam, farida, django_assert_num_queries):
    many = [make(f"B{number}", farida, sam) for number in range(1, 20)]
    places, on = placing.in_year(Year(2017)), timezone.localdate()
    for some in (many[:1], many):
        with django_assert_num_queries(4):
            second_eyes.lacking(some, places, on)
