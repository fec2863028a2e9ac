"""Two people at one delivery plan at the same moment, each on a connection of their own."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from governance.actions import agreeing, equality, plan_actions, plans
from governance.actions.plan_actions import Content
from governance.models import Action, Body, DeliveryPlan
from lib.quarters import Year
from tests.factories import UserFactory
from tests.factories.governance import ActionFactory, BodyFactory, DeliveryPlanFactory, EqualityAnalysisFactory
from tests.integration.test_returns_race import at_once

# On SQLite writers queue one after the other; what a late one meets there is in the tests of the actions.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 8
FIRST, LAST = dt.date(2017, 4, 1), dt.date(2018, 3, 31)
CONTENT = Content(title="Train teams", starts_on=FIRST, due_on=LAST, owner_post="Manager", success_measure="12 courses")
BARE = replace(CONTENT, success_measure="")


@pytest.fixture(autouse=True)
def executive():
    return BodyFactory(kind=Body.Kind.EXECUTIVE)


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def jo():
    return UserFactory(name="Jo Mercer", roles=["executive"])


def again(row):
    """The row as another person has read it."""
    return type(row).objects.get(pk=row.pk)


def copies(row, count):
    return [again(row) for _ in range(count)]


def refusals(outcomes):
    return [one for one in outcomes if isinstance(one, ValidationError)]


def draft():
    plan = DeliveryPlanFactory(resources="Two officers")
    EqualityAnalysisFactory(delivery_plan=plan)
    return plan, ActionFactory(delivery_plan=plan, title="Old", success_measure="12")


def test_two_start_a_plan_for_one_body_and_year(sam):
    for _ in range(ROUNDS):
        body = BodyFactory()
        outcomes = at_once(*(lambda body=body: plans.start(body, year=Year(2018), by=sam) for _ in range(2)))
        (refused,) = refusals(outcomes)
        assert "has a delivery plan for 2018-19 already" in str(refused)
        assert DeliveryPlan.objects.filter(body=body).count() == 1


def test_two_agree_one_plan(jo, sam):
    minute = {"route": "meeting", "evidence": "Minute 4.2", "given_on": dt.date(2017, 5, 25)}
    for _ in range(ROUNDS):
        plan = DeliveryPlanFactory(submitted=True)
        here, elsewhere = again(plan), again(plan)
        outcomes = at_once(
            lambda plan=here: agreeing.agree(plan, verdict="agreed", version=1, by=jo),
            lambda plan=elsewhere: agreeing.record(plan, verdict="agreed", version=1, by=sam, **minute),
        )
        assert len(refusals(outcomes)) == 1, outcomes
        assert plan.approvals.count() == 1
        plan.refresh_from_db()
        assert (plan.state, plan.version) == ("agreed", 2)


def test_agreeing_against_sending_back(jo, sam):
    for _ in range(ROUNDS):
        plan = DeliveryPlanFactory(submitted=True)
        here, there = again(plan), again(plan)
        outcomes = at_once(
            lambda plan=here: agreeing.agree(plan, verdict="agreed", version=1, by=jo),
            lambda plan=there: plans.send_back(plan, comment="Fewer", version=1, by=sam),
        )
        assert len(refusals(outcomes)) == 1, outcomes
        plan.refresh_from_db()
        assert (plan.state, plan.approvals.count()) in (("agreed", 1), ("draft", 0))


def test_submitting_while_an_action_loses_its_measure(sam):
    """Either the change came first and the plan is not submitted, or the plan was and nothing changes any more."""
    for _ in range(ROUNDS):
        plan, action = draft()
        other = Action.objects.select_related("delivery_plan").get(pk=action.pk)
        submitted, edited = at_once(
            lambda plan=plan: plans.submit(plan, version=1, by=sam),
            lambda action=other: plan_actions.edit(action, content=BARE, version=1, by=sam),
        )
        stands, measure = again(plan).state, again(action).success_measure
        if isinstance(submitted, ValidationError):
            assert "Say how success is measured" in str(submitted)
            assert (stands, measure) == ("draft", "")
        else:
            assert "sent back" in str(edited)
            assert (stands, measure) == ("submitted", "12")


def test_two_change_one_action(sam):
    for _ in range(ROUNDS):
        _, action = draft()
        mine, theirs = (Action.objects.select_related("delivery_plan").get(pk=action.pk) for _ in range(2))
        outcomes = at_once(
            *(
                lambda one=one, title=title: plan_actions.edit(
                    one, content=replace(CONTENT, title=title), version=1, by=sam
                )
                for one, title in ((mine, "Mine"), (theirs, "Theirs"))
            )
        )
        assert len(refusals(outcomes)) == 1, outcomes
        action.refresh_from_db()
        assert (action.title in ("Mine", "Theirs"), action.version) == (True, 2)


def test_two_add_an_action_each_gets_a_number_of_its_own(sam):
    for _ in range(ROUNDS):
        plan = DeliveryPlanFactory()
        outcomes = at_once(
            *(lambda plan=one: plan_actions.add(plan, content=CONTENT, by=sam) for one in copies(plan, 3))
        )
        assert refusals(outcomes) == []
        assert sorted(action.number for action in outcomes) == [1, 2, 3]


def test_taking_an_action_out_while_the_plan_is_submitted(sam):
    """What is submitted has an action."""
    for _ in range(ROUNDS):
        plan, action = draft()
        other = Action.objects.select_related("delivery_plan").get(pk=action.pk)
        outcomes = at_once(
            lambda plan=plan: plans.submit(plan, version=1, by=sam),
            lambda action=other: plan_actions.take_out(action, version=1, by=sam),
        )
        assert len(refusals(outcomes)) == 1, outcomes
        there = Action.objects.filter(pk=action.pk).exists()
        assert (again(plan).state, there) in (("submitted", True), ("draft", False))


def test_two_write_the_first_equalities_analysis(sam):
    said = {"screening": "none", "because": "Nobody is treated otherwise", "review_on": LAST, "version": 0}
    for _ in range(ROUNDS):
        plan = DeliveryPlanFactory()
        outcomes = at_once(*(lambda plan=one: equality.analyse(plan, **said, by=sam) for one in copies(plan, 2)))
        assert len(refusals(outcomes)) == 1, outcomes
        assert type(outcomes[0]).__name__ in ("EqualityAnalysis", "Stale")


def test_two_begin_delivery(sam):
    for _ in range(ROUNDS):
        plan = DeliveryPlanFactory(running=True, state="agreed", delivery_from=None)
        outcomes = at_once(*(lambda plan=one: plans.begin(plan, version=1, by=sam) for one in copies(plan, 2)))
        assert len(refusals(outcomes)) == 1, outcomes
