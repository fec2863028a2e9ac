"""When a disclosure is due and whose it is; what is left to do."""

import datetime as dt

import pytest

from accounts.models import User
from consultation import owing
from lib.owed import NOBODY
from tests.factories.accounts import UserFactory
from tests.factories.collecting import AbsenceFactory
from tests.factories.consultations import (
    NOON,
    DisclosureFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2018, 7, 2)


@pytest.mark.parametrize(
    ("raised", "due"),
    [
        (dt.datetime(2018, 7, 2, 11, 0, tzinfo=dt.UTC), dt.date(2018, 7, 2)),
        (dt.datetime(2018, 7, 2, 22, 59, tzinfo=dt.UTC), dt.date(2018, 7, 2)),  # 23:59 in London
        (dt.datetime(2018, 7, 2, 23, 0, tzinfo=dt.UTC), dt.date(2018, 7, 3)),
        (dt.datetime(2018, 7, 6, 23, 0, tzinfo=dt.UTC), dt.date(2018, 7, 9)),  # midnight before Saturday
        (dt.datetime(2018, 7, 8, 12, 0, tzinfo=dt.UTC), dt.date(2018, 7, 9)),
        (dt.datetime(2018, 8, 25, 12, 0, tzinfo=dt.UTC), dt.date(2018, 8, 28)),  # a Saturday before a bank holiday
    ],
)
def test_due_the_same_working_day(raised, due):
    assert owing.due_on(raised) == due


def test_owed_by_its_owner_until_it_is_settled(django_assert_num_queries):
    one = DisclosureFactory()
    DisclosureFactory(settled_at=NOON, settled_by=UserFactory(), outcome="Nothing needed")
    with django_assert_num_queries(3):
        (owed,) = owing.owed(MONDAY)
    assert (owed.person_id, owed.due_on, owed.stage) == (one.owner_id, MONDAY, "due")
    assert owed.thing == f"consultation.disclosure:{one.pk}"
    assert owed.url == f"/consultations/disclosures/{one.pk}/"
    assert owing.owed(MONDAY + dt.timedelta(days=1))[0].stage == "overdue"
    assert owing.owed(MONDAY, one.owner) == [owed]
    assert owing.owed(MONDAY, UserFactory()) == []


@pytest.mark.parametrize("why", ["away", "gone"])
def test_while_its_owner_is_not_here_it_is_the_whole_teams(why):
    one = DisclosureFactory(owner__roles=[])
    if why == "away":
        AbsenceFactory(person=one.owner, deputy=UserFactory(), starts_on=MONDAY, ends_on=MONDAY)
    else:
        User.objects.filter(pk=one.owner_id).update(is_active=False, left_at=NOON)
    team = User.objects.filter(role_grants__role="coordinator")
    assert sorted(owed.person_id for owed in owing.owed(MONDAY)) == sorted(team.values_list("pk", flat=True))
    team.update(is_active=False, left_at=NOON)
    assert [owed.person_id for owed in owing.owed(MONDAY)] == [NOBODY]


def test_queries_do_not_grow(django_assert_num_queries):
    for _ in range(30):
        DisclosureFactory()
    with django_assert_num_queries(3):
        assert len(owing.owed(MONDAY)) == 30
