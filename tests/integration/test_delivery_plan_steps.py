"""What leads a delivery plan's page from its agreement on, and the next step for whoever looks at it."""

import datetime as dt
import html

import pytest
import time_machine

from governance.models import DeliveryPlan, Membership
from tests.factories import UserFactory
from tests.factories.governance import (
    Q3,
    ActionFactory,
    BodyFactory,
    DeliveryPlanFactory,
    UpdateFactory,
    agreed,
    place,
)
from tests.factories.governing import UndertakingFactory

pytestmark = pytest.mark.django_db

Role = Membership.Role
PLAN = "/delivery-plans/asb/2017-18/"
D = dt.date


@pytest.fixture
def body():
    return BodyFactory(slug="asb", code="ASB", name="ASB Operations Group")


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def member(body, role):
    return place(UserFactory(roles=["member"]), body, role).user


def on(day, client, person):
    """The page on that day: its first line and its next step."""
    with time_machine.travel(dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC), tick=False):
        client.force_login(person)
        response = client.get(PLAN)
    page = response.context["page"]
    assert f"<strong>{page.headline}.</strong>" in " ".join(html.unescape(response.content.decode()).split())
    return page


def test_an_agreed_plan_says_so_and_that_delivery_has_not_begun(client, body, sam):
    plan = DeliveryPlanFactory(running=True, body=body, state="agreed", delivery_from=None)
    ActionFactory(delivery_plan=plan, number=1, starts_on=D(2017, 6, 1))
    page = on(D(2017, 5, 30), client, sam)
    assert page.headline == "Agreed on 25 May 2017. Delivery has not begun"
    assert (page.step.words, page.step.button) == ("", "Begin delivery")
    for number in (1, 2):
        UndertakingFactory(
            delivery_plan=plan, body=body, kind="condition", meeting=None, owner=sam, due_on=D(2017, 7, number)
        )
    headline = on(D(2017, 5, 30), client, sam).headline
    assert headline == "Agreed on 25 May 2017, subject to two conditions. Delivery has not begun"


@pytest.mark.parametrize(
    ("agreed_on", "day", "headline"),
    [
        (D(2017, 5, 25), D(2017, 6, 30), "In delivery since 25 May 2017; its first updates are asked for after 30 June 2017"),
        (D(2017, 5, 25), D(2017, 7, 1), "The one action has no update"),
        (D(2017, 3, 1), D(2017, 4, 10), "In delivery since 1 March 2017; its first updates are asked for after 30 June 2017"),
        (D(2017, 7, 3), D(2017, 7, 4), "In delivery since 3 July 2017; its first updates are asked for after 30 September 2017"),
        (D(2018, 4, 3), D(2018, 4, 4), "The one action is late"),
    ],
)  # fmt: skip
def test_no_alarm_before_the_first_updates_are_asked_for(client, body, sam, agreed_on, day, headline):
    plan = DeliveryPlanFactory(running=True, body=body, agreed_on=agreed_on, delivery_from=agreed_on)
    ActionFactory(delivery_plan=plan, due_on=D(2018, 3, 31), first_due_on=D(2018, 3, 31))
    page = on(day, client, sam)
    assert page.headline == headline
    if headline.startswith("In delivery"):
        assert page.step.words == page.step.button == ""


def test_but_what_is_late_is_said_at_once(client, body, sam):
    plan = DeliveryPlanFactory(running=True, body=body)
    ActionFactory(delivery_plan=plan, number=1, starts_on=D(2017, 5, 1), due_on=D(2017, 6, 1))
    headline = on(D(2017, 6, 20), client, sam).headline
    assert headline.endswith("after 30 June 2017. The one action is late")


class TestTheNextStepInDelivery:
    """In January 2018, when the updates of the third quarter are wanted."""

    DAY = D(2018, 1, 10)
    SINCE = "In delivery since 25 May 2017."

    @pytest.fixture
    def plan(self, body):
        return DeliveryPlanFactory(running=True, body=body)

    def told(self, client, person, day=DAY):
        step = on(day, client, person).step
        return step.words, step.button

    def actions(self, plan, *states):
        """One for each: "missing", "waits", "sent back", "agreed"."""
        for number, state in enumerate(states, start=1):
            action = ActionFactory(delivery_plan=plan, number=number, due_on=D(2018, 3, 31))
            if state != "missing":
                because = "Say more" if state == "sent back" else ""
                update = UpdateFactory(action=action, quarter=Q3, sent_back_because=because)
                if state == "agreed":
                    agreed(update, by=UserFactory())

    @pytest.mark.parametrize("states", [("missing", "waits"), ("sent back", "agreed")])
    def test_while_some_are_to_be_given(self, client, plan, body, states):
        self.actions(plan, *states)
        words = f"{self.SINCE} Give and agree the updates of 2017-18 Q3."
        assert self.told(client, member(body, Role.SUPPORT)) == (words, "Give the updates of 2017-18 Q3")
        assert self.told(client, member(body, Role.CHAIR)) == (words, "Agree the updates of 2017-18 Q3")

    def test_once_all_are_with_the_chair(self, client, plan, body):
        self.actions(plan, "waits", "agreed")
        words = f"{self.SINCE} Every update of 2017-18 Q3 is given; the chair agrees them."
        assert self.told(client, member(body, Role.SUPPORT)) == (words, "")
        assert self.told(client, member(body, Role.CHAIR)) == (words, "Agree the updates of 2017-18 Q3")

    def test_once_all_are_agreed(self, client, plan, body):
        self.actions(plan, "agreed", "agreed")
        for role in (Role.SUPPORT, Role.CHAIR):
            assert self.told(client, member(body, role)) == (f"{self.SINCE} The updates of 2017-18 Q3 are agreed.", "")

    def test_after_the_year_what_waits_comes_before_its_end(self, client, plan, body, sam):
        self.actions(plan, "missing")
        update = UpdateFactory(action=plan.actions.get())  # of the fourth quarter
        day, chair, support = D(2018, 4, 10), member(body, Role.CHAIR), member(body, Role.SUPPORT)
        words = f"{self.SINCE} Every update of 2017-18 Q4 is given; the chair agrees them."
        assert self.told(client, support, day) == (words, "")
        assert self.told(client, chair, day) == (words, "Agree the updates of 2017-18 Q4")
        assert self.told(client, sam, day) == (words, "Close the year")
        agreed(update, by=chair)
        words = f"{self.SINCE} Close the year: carry forward, merge or close what is open."
        assert self.told(client, chair, day) == (words, "Close the year")
        assert self.told(client, support, day) == (words, "")


def test_an_empty_draft_names_all_that_is_wanted(client, body, sam):
    DeliveryPlan.objects.filter(pk=DeliveryPlanFactory(body=body).pk).update(resources="")
    page = on(D(2017, 5, 1), client, sam)
    assert page.headline == "Three things are missing before it can be submitted"
    assert page.lacks.missing == [
        "Add at least one action",
        "Complete the equalities analysis: nothing has been screened",
        "Write the resources statement",
    ]
    assert (page.step.words, page.step.button) == ("It is being drafted.", "Add the first action")
