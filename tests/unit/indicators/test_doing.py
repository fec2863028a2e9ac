"""Who does what an indicator wants on a day, where somebody stands in: only as far as they can."""

import datetime as dt

import pytest

from accounts.models import RoleGrant, User
from indicators.doing import doing
from indicators.models import Lead
from tests.factories.accounts import UserFactory
from tests.factories.collecting import AbsenceFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2018, 4, 16), dt.date(2018, 4, 27)
LEFT = dt.datetime(2018, 4, 1, 9, tzinfo=dt.UTC)
DATA, COMMENTARY = Lead.Duty.DATA, Lead.Duty.COMMENTARY


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", roles=["data_lead", "commentary_lead"])


@pytest.fixture
def owen():
    return UserFactory(name="Owen Tranter", roles=["data_lead", "commentary_lead"])


@pytest.fixture
def indicator(farida, owen):
    made = IndicatorFactory()
    for duty in (DATA, COMMENTARY):
        LeadFactory(indicator=made, user=farida, duty=duty)
    AbsenceFactory(person=farida, deputy=owen, starts_on=FIRST, ends_on=LAST)
    return made


def names(indicator, on):
    found = doing(on)
    return [[(doer.name, doer.note) for doer in found[indicator.pk, duty]] for duty in (DATA, COMMENTARY)]


THEIRS = [("Owen Tranter", "for Farida Begum, away until 27 April 2018")]
HERS = [("Farida Begum", "")]


def test_a_deputy_does_both(indicator):
    assert names(indicator, FIRST) == [THEIRS, THEIRS]


def test_without_a_role_what_goes_with_it_stays_the_lead_s(indicator, owen):
    owen.role_grants.filter(role="commentary_lead").delete()
    assert names(indicator, FIRST) == [THEIRS, HERS]
    owen.role_grants.all().delete()
    assert names(indicator, FIRST) == [HERS, HERS]


@pytest.mark.parametrize(
    ("starts", "ends", "on", "whose"),
    [
        ("2018-04-18", None, "2018-04-17", HERS),
        ("2018-04-18", None, "2018-04-18", THEIRS),
        ("2018-01-01", "2018-04-20", "2018-04-20", THEIRS),
        ("2018-01-01", "2018-04-20", "2018-04-21", HERS),
    ],
)
def test_the_role_counts_from_its_first_day_to_its_last(indicator, owen, starts, ends, on, whose):
    RoleGrant.objects.filter(user=owen, role="data_lead").update(starts_on=starts, ends_on=ends)
    assert names(indicator, dt.date.fromisoformat(on)) == [whose, THEIRS]


def test_another_role_is_of_no_use(indicator, owen):
    RoleGrant.objects.filter(user=owen, role="data_lead").update(role="executive")
    assert names(indicator, FIRST)[0] == HERS


def test_a_deputy_who_has_left_does_nothing(indicator, owen):
    User.objects.filter(pk=owen.pk).update(is_active=False, left_at=LEFT)
    assert names(indicator, FIRST) == [HERS, HERS]


def test_where_neither_can_nobody_does_it(indicator, farida, owen):
    User.objects.filter(pk=farida.pk).update(is_active=False, left_at=LEFT)
    assert names(indicator, FIRST)[0] == [("Owen Tranter", "for Farida Begum, who has left")]
    owen.role_grants.filter(role="data_lead").delete()
    assert names(indicator, FIRST)[0] == []


def test_it_costs_three_queries_for_few_and_for_many(indicator, django_assert_num_queries):
    for _ in range(5):
        absence = AbsenceFactory(starts_on=FIRST, ends_on=LAST)
        LeadFactory(user=absence.person)
    with django_assert_num_queries(3):
        doing(FIRST)
