"""Whom a body's work is asked of: its support officers, else whoever acts as its chair on that day."""

import datetime as dt

import pytest
from django.utils import timezone

from governance import asking
from governance.models import Membership
from governance.owing import drafting, meetings, risks, updates
from lib.owed import NOBODY, stage
from tests.factories import UserFactory
from tests.factories.governance import (
    BodyFactory,
    DelegationFactory,
    DeliveryPlanFactory,
    MembershipFactory,
    RiskFactory,
    UpdateFactory,
)
from tests.factories.governing import AgendaItemFactory, MeetingFactory
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db

D = dt.date
DAY = D(2018, 4, 20)
Role = Membership.Role


@pytest.fixture
def body():
    return BodyFactory()


@pytest.fixture
def deputy(body):
    """Of a vacant chair, who acts for it in April 2018."""
    held = MembershipFactory(body=body, role=Role.DEPUTY, name="Dana Reid")
    DelegationFactory(deputy=held, starts_on=D(2018, 4, 1), ends_on=D(2018, 4, 30))
    return held.user


@pytest.mark.parametrize(
    ("day", "acts"), [(D(2018, 3, 31), False), (D(2018, 4, 1), True), (D(2018, 4, 30), True), (D(2018, 5, 1), False)]
)
def test_a_deputy_is_asked_while_it_is_delegated(body, deputy, day, acts):
    found = asking.people([body.pk], day)
    assert found.drafting(body.pk) == found.agreeing(body.pk) == [deputy.pk if acts else NOBODY]
    assert asking.names_drafting([body.pk], day) == ({body.pk: ["Dana Reid"]} if acts else {})


def test_not_before_they_are_the_deputy(body):
    held = MembershipFactory(body=body, role=Role.DEPUTY, starts_on=D(2018, 5, 1))
    DelegationFactory(deputy=held, starts_on=D(2018, 4, 1), ends_on=D(2018, 6, 30))
    assert asking.people([body.pk], DAY).agreeing(body.pk) == [NOBODY]
    assert asking.people([body.pk], D(2018, 5, 1)).agreeing(body.pk) == [held.user_id]


def test_support_officers_come_first_and_the_chair_agrees(body, deputy):
    support = [MembershipFactory(body=body, role=Role.SUPPORT, name=name).user.pk for name in ("Lena Holt", "Adam Rye")]
    chair = MembershipFactory(body=body, role=Role.CHAIR).user
    MembershipFactory(body=body, user=chair, role=Role.CO_CHAIR)
    found = asking.people([body.pk], DAY)
    assert found.drafting(body.pk) == support
    assert sorted(found.agreeing(body.pk)) == sorted([deputy.pk, chair.pk]), "once each"
    assert asking.names_drafting([body.pk], DAY) == {body.pk: ["Adam Rye", "Lena Holt"]}


def test_who_has_left_or_has_no_account_is_named_at_most(body):
    gone = UserFactory(name="Priya Nair", is_active=False, left_at=timezone.now())
    MembershipFactory(body=body, user=gone, name="Priya Nair", role=Role.CHAIR)
    MembershipFactory(body=body, user=None, name="Leon Marsh", role=Role.CO_CHAIR)
    assert asking.people([body.pk], DAY).drafting(body.pk) == [NOBODY]
    assert asking.names_drafting([body.pk], DAY) == {body.pk: ["Leon Marsh"]}
    assert (asking.holder(gone), asking.holder(None)) == (NOBODY, NOBODY)


def test_every_subject_asks_the_deputy_who_acts_for_a_vacant_chair(body, deputy):
    PlanFactory(adopted_on=D(2017, 6, 22))
    update = UpdateFactory(action__delivery_plan=DeliveryPlanFactory(body=body, running=True))
    AgendaItemFactory(
        meeting=MeetingFactory(body=body, starts_at=dt.datetime(2018, 4, 27, 9, 0, tzinfo=dt.UTC)), purpose="decide"
    )
    RiskFactory(body=body, owner=None, owner_post="Chair", review_on=DAY)
    assert update.quarter.end < DAY
    for subject in (drafting, updates, meetings, risks):
        assert {one.person_id for one in subject.owed(DAY)} == {deputy.pk}, subject
        assert subject.owed(DAY, deputy) == subject.owed(DAY), subject


@pytest.mark.parametrize(("on", "stands"), [(D(2018, 3, 31), "due"), (D(2018, 4, 1), "overdue")])
def test_what_is_due_on_31_march_is_late_on_1_april(on, stands):
    assert stage(D(2018, 3, 31), on) == stands
