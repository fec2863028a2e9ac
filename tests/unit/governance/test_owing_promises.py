"""Who owes a quarter's statuses of commitments, and by when: worked out by hand."""

import datetime as dt

import pytest

from governance.owing import promises
from lib.owed import NOBODY
from lib.quarters import Quarter, Year
from tests.factories.accounts import UserFactory
from tests.factories.governance import ActionFactory, BodyFactory, place
from tests.factories.governing import CommitmentLeadFactory, CommitmentStatusFactory
from tests.factories.priorities import CommitmentFactory, PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db
D = dt.date
Q3, Q4 = Quarter.parse("2017-18-q3"), Quarter.parse("2017-18-q4")
# Ten working days after 31 March 2018; 2 April was Easter Monday.
DUE = D(2018, 4, 16)


@pytest.fixture
def priority():
    return PriorityFactory(plan=PlanFactory())


@pytest.fixture
def body():
    return BodyFactory(short_name="ASB group")


def led(priority, body, **told):
    return CommitmentLeadFactory(commitment__priority=priority, body=body, **told).commitment


def test_the_support_officer_owes_it_from_the_day_after_the_quarter(priority, body):
    chair, support = UserFactory(), UserFactory()
    place(chair, body, "chair")
    place(support, body, "support")
    commitment = led(priority, body)
    led(priority, body)
    (owed,) = promises.owed(D(2018, 4, 1))
    assert (owed.person_id, owed.due_on, owed.stage, owed.url) == (support.pk, DUE, "due", "/promises/2017-18-q4/")
    assert owed.what == "Statuses of 2 commitments, ASB group, 2017-18 Q4"
    assert owed.thing == f"governance.commitments:{body.pk}:2017-18-q4"
    assert promises.owed(D(2018, 4, 1), chair) == []
    CommitmentStatusFactory(commitment=commitment, quarter=Q4)
    assert promises.owed(D(2018, 4, 1), support)[0].what == "Status of one commitment, ASB group, 2017-18 Q4"


@pytest.mark.parametrize(
    ("on", "stage"), [(D(2018, 4, 1), "due"), (DUE, "due"), (D(2018, 4, 17), "overdue"), (D(2018, 6, 30), "overdue")]
)
def test_due_with_the_updates_and_overdue_after_it(priority, body, on, stage):
    led(priority, body)
    assert [one.stage for one in promises.owed(on)] == [stage]


def test_the_chair_without_a_support_officer_and_nobody_without_an_account(priority, body):
    led(priority, body)
    assert [one.person_id for one in promises.owed(DUE)] == [NOBODY]
    chair = UserFactory()
    place(chair, body, "chair")
    assert [one.person_id for one in promises.owed(DUE)] == [chair.pk]


def test_nothing_where_an_action_tells_it_or_it_was_complete_before(priority, body):
    ActionFactory(commitment=led(priority, body))
    CommitmentStatusFactory(commitment=led(priority, body), quarter=Q3, brag="blue")
    assert promises.owed(DUE) == []


def test_nothing_before_the_commitment_s_year_or_for_a_draft_plan(body):
    led(PriorityFactory(plan=PlanFactory()), body, commitment__year=Year(2018))
    assert promises.owed(DUE) == []


def test_nothing_of_a_draft(body):
    led(PriorityFactory(plan=PlanFactory(adopted_on=None)), body)
    assert promises.owed(DUE) == []


@pytest.mark.parametrize("count", [1, 10])
def test_as_few_queries_for_many_bodies(priority, count, django_assert_num_queries):
    for _ in range(count):
        led(priority, BodyFactory())
    assert CommitmentFactory(priority=priority)
    with django_assert_num_queries(6):
        assert len(promises.owed(DUE)) == count
