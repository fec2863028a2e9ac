"""Who owes what of a quarter's updates: drafts after its end, then the chair's agreement."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from governance import reporting_dates
from governance.models import Body, Membership
from governance.owing import updates as owing
from lib.owed import NOBODY
from lib.quarters import Quarter, Year
from tests.factories.accounts import UserFactory
from tests.factories.governance import (
    Q3,
    Q4,
    ActionFactory,
    BodyFactory,
    DateMoveFactory,
    DelegationFactory,
    DeliveryPlanFactory,
    MembershipFactory,
    UpdateFactory,
    agreed,
    place,
)
from tests.factories.indicators import RoundFactory

pytestmark = pytest.mark.django_db

D = dt.date
# 31 March 2018 is a Saturday; Good Friday is 30 March, Easter Monday 2 April.
APRIL = D(2018, 4, 10)


class TestTheDays:
    @pytest.mark.parametrize(
        "quarter, drafted_by, agreed_by",
        [
            # 3 to 6 April are four working days after Easter Monday, 9 to 13 five more, 16 April the tenth.
            ("2017-18-q4", D(2018, 4, 16), D(2018, 4, 23)),
            # From Saturday 30 June: 2 to 6 and 9 to 13 July.
            ("2018-19-q1", D(2018, 7, 13), D(2018, 7, 20)),
            # From Sunday 31 December: New Year's Day is none; 2 to 5, 8 to 12, then 15 January.
            ("2017-18-q3", D(2018, 1, 15), D(2018, 1, 22)),
        ],
    )
    def test_so_many_working_days_after_its_end(self, quarter, drafted_by, agreed_by):
        dates = reporting_dates.for_quarter(Quarter.parse(quarter))
        assert (dates.drafted_by, dates.agreed_by) == (drafted_by, agreed_by)

    def round(self, **days):
        told = {"due_on": D(2018, 4, 25), "verify_by": D(2018, 5, 3), "closes_on": D(2018, 5, 10)}
        return RoundFactory(quarter=Q4, **{"opens_on": D(2018, 4, 2)} | told | days)

    def test_with_the_figures_where_the_quarter_is_collected(self):
        self.round(commentary_due_on=None)
        assert reporting_dates.for_quarter(Q4) == reporting_dates.ReportingDates(D(2018, 4, 25), D(2018, 5, 3))

    def test_words_that_are_due_after_the_figures_are_verified_are_agreed_until_it_closes(self):
        self.round(commentary_due_on=D(2018, 5, 8))
        assert reporting_dates.for_quarter(Q4) == reporting_dates.ReportingDates(D(2018, 5, 8), D(2018, 5, 10))


@pytest.fixture
def body():
    return BodyFactory(short_name="ASB", code="ASB", slug="asb")


@pytest.fixture
def plan(body):
    return DeliveryPlanFactory(running=True, body=body, agreed_on=D(2018, 1, 8), delivery_from=D(2018, 1, 8))


@pytest.fixture
def lena(body):
    return place(UserFactory(), body, Membership.Role.SUPPORT).user


@pytest.fixture
def chair(body):
    return place(UserFactory(), body, Membership.Role.CHAIR).user


def told(on=APRIL, person=None):
    return [(one.person_id, one.stage, one.what, one.due_on) for one in owing.owed(on, person)]


@pytest.mark.parametrize("on, asked", [(D(2018, 3, 31), False), (D(2018, 4, 1), True)])
def test_a_quarter_is_asked_for_once_it_is_over(plan, lena, chair, on, asked):
    ActionFactory(delivery_plan=plan)
    assert bool(owing.owed(on)) == asked


def test_drafts_are_owed_by_the_support_officers_in_one_entry(plan, lena, chair):
    for action in ActionFactory.create_batch(3, delivery_plan=plan)[:1]:
        agreed(UpdateFactory(action=action), by=chair)
    assert told() == [(lena.pk, "due", "2 updates to draft: ASB, 2017-18 Q4", D(2018, 4, 16))]
    entry = owing.owed(APRIL)[0]
    assert entry.thing == f"governance.deliveryplan:{plan.pk}:2017-18-q4:drafts"
    assert entry.url == "/delivery-plans/asb/2017-18/updates/2017-18-q4/"


def test_without_a_support_officer_by_the_chair_and_without_either_by_nobody(plan, body):
    ActionFactory(delivery_plan=plan)
    assert [one.person_id for one in owing.owed(APRIL)] == [NOBODY]
    chair = place(UserFactory(), body, Membership.Role.CHAIR).user
    assert [one.person_id for one in owing.owed(APRIL)] == [chair.pk]


@pytest.mark.parametrize("on, stage", [(D(2018, 4, 16), "due"), (D(2018, 4, 17), "overdue")])
def test_overdue_from_the_day_after(plan, lena, on, stage):
    ActionFactory(delivery_plan=plan)
    assert owing.owed(on, lena)[0].stage == stage


def test_what_was_sent_back_is_due_again(plan, lena, chair):
    update = UpdateFactory(action__delivery_plan=plan, sent_back_because="Which courses?")
    one = owing.owed(APRIL)[0]
    assert (one.person_id, one.stage, one.started) == (lena.pk, "sent_back", f"sent_back:{update.pk}")


def test_agreement_is_owed_by_the_chair_once_anything_waits(plan, lena, chair):
    UpdateFactory(action__delivery_plan=plan)
    assert told() == [(chair.pk, "due", "One update to agree: ASB, 2017-18 Q4", D(2018, 4, 23))]
    assert owing.owed(APRIL)[0].url == "/delivery-plans/asb/2017-18/updates/2017-18-q4/agree/"


@pytest.mark.parametrize("on, owes", [(D(2018, 4, 22), False), (D(2018, 4, 23), True)])
def test_and_when_its_day_has_come_though_nothing_is_drafted(plan, lena, chair, on, owes):
    ActionFactory(delivery_plan=plan)
    assert bool(owing.owed(on, chair)) == owes


@pytest.mark.parametrize("on, acts", [(D(2018, 4, 16), True), (D(2018, 4, 27), True), (D(2018, 4, 28), False)])
def test_by_the_deputy_as_well_while_that_is_delegated(plan, lena, chair, body, on, acts):
    deputy = MembershipFactory(body=body, role=Membership.Role.DEPUTY)
    DelegationFactory(deputy=deputy, starts_on=D(2018, 4, 16), ends_on=D(2018, 4, 27))
    UpdateFactory(action__delivery_plan=plan)
    assert bool(owing.owed(on, deputy.user)) == acts
    assert owing.owed(on, chair)


def test_a_date_that_waits_is_the_chairs(plan, lena, chair):
    update = agreed(UpdateFactory(action__delivery_plan=plan), by=chair)
    DateMoveFactory(action=update.action, proposed_at=dt.datetime(2018, 5, 1, 9, tzinfo=dt.UTC))
    # Ten working days from 1 May: 7 May is a bank holiday.
    assert told(D(2018, 5, 2)) == [(chair.pk, "due", "One new date to agree: ASB, 2017-18 Q4", D(2018, 5, 16))]


def test_nothing_is_asked_of_a_quarter_that_a_later_one_has_overtaken(body, lena, chair):
    plan = DeliveryPlanFactory(running=True, body=body)  # in delivery since May 2017
    action = ActionFactory(delivery_plan=plan)
    assert len(owing.owed(APRIL, lena)) == 4
    agreed(UpdateFactory(action=action, quarter=Q3), by=chair)
    assert [one.url_args[2] for one in owing.owed(APRIL, lena)] == [Q4]


@pytest.mark.parametrize("kind", [{}, {"submitted": True}, {"closed": True}])
def test_only_of_plans_that_run(body, lena, chair, kind):
    ActionFactory(delivery_plan=DeliveryPlanFactory(body=body, **kind))
    assert owing.owed(APRIL) == []


def test_an_action_that_starts_later_or_has_ended_owes_nothing(plan, lena, chair):
    ActionFactory(delivery_plan=plan, starts_on=D(2018, 4, 1), due_on=D(2018, 4, 30))
    ActionFactory(delivery_plan=plan, ending="complete", ended_on=D(2018, 3, 1), ended_by=chair)
    assert owing.owed(APRIL) == []


def test_whoever_has_left_is_not_asked(plan, lena, chair):
    UpdateFactory(action__delivery_plan=plan)
    User.objects.filter(pk=chair.pk).update(is_active=False, left_at=timezone.now())
    assert [one.person_id for one in owing.owed(APRIL)] == [NOBODY]


def test_queries_are_as_many_for_fifty_bodies(lena):
    counts = []
    for many in (5, 45):
        for _ in range(many):
            place(
                UserFactory(), (plan := DeliveryPlanFactory(running=True, year=Year(2017))).body, Membership.Role.CHAIR
            )
            UpdateFactory(action__delivery_plan=plan)
        with CaptureQueriesContext(connection) as asked:
            owing.owed(APRIL)
        counts.append(len(asked))
    assert Body.objects.count() > 50
    assert counts == [6, 6]
    with CaptureQueriesContext(connection) as asked:
        assert owing.owed(APRIL, lena) == []
    assert len(asked) == 2
