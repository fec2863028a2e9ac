"""Whose word counts for a delivery plan: nobody agrees their own."""

import datetime as dt

import pytest

from governance import approving
from governance.models import Membership
from tests.factories import UserFactory
from tests.factories.governance import DelegationFactory, DeliveryPlanFactory, MembershipFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2018, 4, 20)
Role = Membership.Role


@pytest.fixture
def plan():
    return DeliveryPlanFactory(submitted=True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dana Reid", "dana  REID", True),
        ("Cllr Dana Reid", "Dana Reid", True),
        ("Dr. Dana Reid", "Mrs Dana Reid", True),
        ("Reid, Dana", "Dana Reid", True),
        ("Dana Reid (ASB chair)", "Dana Reid", True),
        ("Dana Reid OBE", "Dana Reid", True),
        ("Dana O’Connor", "Dana O'Connor", True),
        ("Zo\u00eb Smith-Jones", "Zoe\u0308 Smith Jones", True),
        ("Dana Reid", "Dan Reid", False),
        ("Dana Reid", "Reid", False),
        ("", "", False),
        ("Mr", "Mrs", False),
    ],
)
def test_when_two_names_are_one(one, other, same):
    assert approving.same_name(one, other) is same


@pytest.mark.parametrize(
    ("role", "clause"),
    [
        (Role.CHAIR, "You chair this body"),
        (Role.CO_CHAIR, "You chair this body"),
        (Role.DEPUTY, ""),
        (Role.MEMBER, ""),
        (Role.SUPPORT, "You support this body"),
    ],
)
def test_whoever_works_for_the_body_has_its_plan_for_their_own(plan, role, clause):
    jo = UserFactory(name="Jo Mercer")
    MembershipFactory(body=plan.body, user=jo, role=role)
    assert approving.own(plan, jo, DAY) == clause


@pytest.mark.parametrize(
    ("day", "clause"),
    [
        ("2018-03-31", ""),
        ("2018-04-01", "You act as chair of this body"),
        ("2018-04-30", "You act as chair of this body"),
        ("2018-05-01", ""),
    ],
)
def test_a_deputy_has_it_while_the_chair_is_delegated_to_them(plan, day, clause):
    jo = UserFactory()
    deputy = MembershipFactory(body=plan.body, user=jo, role=Role.DEPUTY)
    DelegationFactory(deputy=deputy, starts_on=dt.date(2018, 4, 1), ends_on=dt.date(2018, 4, 30))
    assert approving.own(plan, jo, dt.date.fromisoformat(day)) == clause


@pytest.mark.parametrize(("day", "clause"), [("2018-03-31", "You chair this body"), ("2018-04-01", "")])
def test_who_was_chair_until_31_march_may_agree_on_1_april(plan, day, clause):
    jo = UserFactory()
    MembershipFactory(body=plan.body, user=jo, role=Role.CHAIR, ends_on=dt.date(2018, 3, 31))
    assert approving.own(plan, jo, dt.date.fromisoformat(day)) == clause


def test_a_chair_without_an_account_is_known_by_name(plan):
    MembershipFactory(body=plan.body, user=None, name="Jo Mercer", role=Role.CHAIR)
    assert approving.own(plan, UserFactory(name="jo mercer"), DAY) == "You chair this body"
    assert approving.own_by_name(plan, "Cllr Jo Mercer", DAY) == "Cllr Jo Mercer chairs this body"
    assert approving.own_by_name(plan, "Victoria Crane", DAY) == ""


@pytest.mark.parametrize(("day", "own"), [("2018-03-31", True), ("2018-04-01", False)])
def test_a_support_officer_on_the_csp_executive_is_not_asked_until_they_leave(plan, day, own):
    jo, on = UserFactory(name="Jo Mercer", roles=["executive"]), dt.date.fromisoformat(day)
    MembershipFactory(body=plan.body, user=jo, role=Role.SUPPORT, ends_on=dt.date(2018, 3, 31))
    assert approving.own_by_name(plan, "Jo Mercer", on) == ("Jo Mercer supports this body" if own else "")
    assert approving.whom_to_ask(plan, on).startswith("ask the partnership team" if own else "ask Jo Mercer")


def test_whoever_drafted_or_submitted_it_is_known_too(plan):
    assert approving.own(plan, plan.submitted_by, DAY) == "You submitted this plan"
    assert approving.own(plan, plan.drafted_by, DAY) == "You drafted this plan"
    assert approving.own_by_name(plan, plan.drafted_by.name, DAY) == f"{plan.drafted_by.name} drafted this plan"


def test_whom_to_ask_names_those_whose_own_it_is_not(plan):
    assert approving.whom_to_ask(plan, DAY).startswith("ask the partnership team to record")
    jo = UserFactory(name="Jo Mercer", roles=["executive"])
    UserFactory(name="Ada Okoro", roles=["executive"])
    UserFactory(name="Bea Lind", roles=["executive"])
    assert approving.whom_to_ask(plan, DAY) == "ask Ada Okoro, Bea Lind or Jo Mercer"
    MembershipFactory(body=plan.body, user=jo, role=Role.CHAIR)
    assert approving.whom_to_ask(plan, DAY) == "ask Ada Okoro or Bea Lind"
