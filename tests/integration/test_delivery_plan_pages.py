"""The pages of delivery plans: the list, the board, the words; what they say, what they keep, what they cost."""

import datetime as dt
import html

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance import plan_list
from governance.models import Body, DeliveryPlan, Membership
from lib.quarters import Year
from tests.factories import UserFactory
from tests.factories.governance import (
    Q4,
    ActionFactory,
    BodyFactory,
    DateMoveFactory,
    DelegationFactory,
    DeliveryPlanFactory,
    EqualityAnalysisFactory,
    MembershipFactory,
    UpdateFactory,
    agreed,
    place,
)
from tests.factories.governing import ApprovalFactory, UndertakingFactory
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db

Role = Membership.Role
LIST = "/delivery-plans/"
BOARD = "/delivery-plans/asb/2017-18/"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(dt.datetime(2018, 2, 1, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def partnership():
    return PlanFactory()


@pytest.fixture
def body():
    return BodyFactory(slug="asb", code="ASB", name="ASB Operations Group")


@pytest.fixture
def sam(client):
    person = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(person)
    return person


def member(body, role, name):
    person = UserFactory(name=name, roles=["member"])
    place(person, body, role)
    return person


def text(response) -> str:
    return " ".join(html.unescape(response.content.decode()).split())


def queries(client, address) -> int:
    client.get(address)  # what is read once for a process
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# ---------------------------------------------------------------- the list


def test_the_list_names_who_has_not_begun_and_whom_to_ask(client, body):
    client.force_login(UserFactory(roles=["executive"]))
    other = BodyFactory(name="Prevent Board")
    member(body, Role.CHAIR, "Priya Nair")
    member(body, Role.SUPPORT, "Callum Reed")
    member(other, Role.CHAIR, "Daniel Frost")
    BodyFactory(name="Tension Monitoring Group")
    BodyFactory(name="A board that owes none", kind=Body.Kind.LINKED)
    page = text(client.get(LIST))
    assert "Delivery plans for 2017-18" in page
    assert "None of 3 delivery plans for 2017-18 is agreed" in page
    assert "Begin it: ask Callum Reed" in page
    assert "Begin it: ask Daniel Frost" in page
    assert "Begin it: name a support officer or a chair first" in page
    assert "A board that owes none" not in page


def test_the_list_counts_how_actions_stand(client, body, sam):
    plan = DeliveryPlanFactory(body=body, running=True)
    DeliveryPlanFactory(running=True)
    for due, brag in ((dt.date(2018, 1, 31), "green"), (dt.date(2018, 2, 1), "amber"), (dt.date(2018, 3, 31), "blue")):
        action = ActionFactory(delivery_plan=plan, due_on=due)
        agreed(UpdateFactory(action=action, brag=brag, brag_reason="X"), by=sam)
    found = client.get(LIST).context["list"]
    assert found.headline == "2 of 2 delivery plans for 2017-18 are agreed. 1 of 3 actions is late"
    assert found.rows[0].board.counts == {"late": 1, "at_risk": 1, "no_update": 0, "on_track": 0, "complete": 1}


@pytest.mark.parametrize(
    ("day", "year"), [("2018-03-31", "2017-18"), ("2018-04-01", "2018-19"), ("2026-11-26", "2019-20")]
)
def test_the_current_year_comes_first_or_the_nearest_that_has_plans(sam, day, year):
    DeliveryPlanFactory(running=True, year=Year(2016))
    DeliveryPlanFactory(running=True, year=Year(2019))
    assert str(plan_list.gather(sam, None, dt.date.fromisoformat(day)).year) == year


def test_another_year_can_be_asked_for(client, sam):
    assert str(client.get(f"{LIST}?year=2016-17").context["list"].year) == "2016-17"
    assert str(client.get(f"{LIST}?year=soon").context["list"].year) == "2017-18"


def test_a_draft_of_another_body_is_not_in_the_list(client, body):
    client.force_login(member(BodyFactory(name="Prevent Board"), Role.CHAIR, "Daniel Frost"))
    DeliveryPlanFactory(body=body)
    page = text(client.get(LIST))
    assert "ASB Operations Group" not in page
    assert "Prevent Board" in page
    assert client.get(BOARD).status_code == 404


def test_the_list_costs_the_same_for_5_and_50_bodies(client, sam):
    def add(count):
        for _ in range(count):
            plan = DeliveryPlanFactory(running=True)
            agreed(UpdateFactory(action=ActionFactory(delivery_plan=plan)), by=sam)
            MembershipFactory(body=BodyFactory(), role=Role.SUPPORT)

    add(5)
    few = queries(client, LIST)
    add(45)
    assert queries(client, LIST) == few


# ---------------------------------------------------------------- the board


def test_the_board_says_late_first_and_shows_a_self_given_green_as_such(client, body, sam):
    plan = DeliveryPlanFactory(body=body, running=True, summary="Fewer repeat victims")
    late = ActionFactory(delivery_plan=plan, number=1, title="Train teams", due_on=dt.date(2018, 1, 30))
    agreed(UpdateFactory(action=late, brag="green"), by=sam)
    fine = ActionFactory(delivery_plan=plan, number=2, due_on=dt.date(2018, 3, 30), first_due_on=dt.date(2017, 9, 29))
    DateMoveFactory(action=fine, state="accepted", decided_by=sam, decided_at=dt.datetime(2018, 1, 1, tzinfo=dt.UTC))
    page = text(client.get(BOARD))
    assert "1 of 2 actions is late and 1 has no update" in page
    assert page.index("Late, said green") < page.index("No update")
    assert "2 days late" in page
    assert "was 29 September 2017, moved once" in page
    assert "Fewer repeat victims" in page


def test_the_board_can_be_read_as_it_stood_at_a_quarters_end(client, body, sam):
    plan = DeliveryPlanFactory(body=body, running=True)
    ActionFactory(delivery_plan=plan, due_on=dt.date(2017, 12, 31))
    assert client.get(BOARD).context["page"].headline == "The one action is late"
    then = client.get(f"{BOARD}?quarter=2017-18-q3").context["page"]
    assert (str(then.shown), then.headline) == ("2017-18 Q3", "The one action has no update")
    assert client.get(f"{BOARD}?quarter=2017-18-q4").context["page"].shown is None, "it has not ended"
    assert client.get(f"{BOARD}?quarter=soon").context["page"].shown is None


def test_the_board_costs_the_same_for_10_and_200_actions(client, body, sam):
    plan = DeliveryPlanFactory(body=body, running=True)
    EqualityAnalysisFactory(delivery_plan=plan)
    ApprovalFactory(delivery_plan=plan)
    UndertakingFactory(kind="condition", delivery_plan=plan, meeting=None)

    def add(first, last):
        for number in range(first, last + 1):
            action = ActionFactory(delivery_plan=plan, number=number, owner=sam)
            agreed(UpdateFactory(action=action, quarter=Q4, drafted_by=sam), by=sam)

    add(1, 10)
    few = queries(client, BOARD)
    add(11, 200)
    assert queries(client, BOARD) == few


@pytest.mark.parametrize(
    ("role", "button"),
    [(Role.CHAIR, "Submit the plan"), (Role.SUPPORT, ""), (Role.MEMBER, "")],
)
def test_a_draft_that_is_ready_has_one_button_for_who_may_submit(client, body, role, button):
    plan = DeliveryPlanFactory(body=body, resources="Two officers")
    ActionFactory(delivery_plan=plan, success_measure="12 courses")
    EqualityAnalysisFactory(delivery_plan=plan)
    if role != Role.CHAIR:
        member(body, Role.CHAIR, "Priya Nair")
    client.force_login(member(body, role, "Callum Reed"))
    step = client.get(BOARD).context["page"].step
    assert step.button == button
    if role == Role.SUPPORT:
        assert step.words == "It is ready to be submitted. The chair submits it: ask Priya Nair."


def test_whoever_acts_as_chair_is_named_too(client, body):
    plan = DeliveryPlanFactory(body=body, resources="Two officers")
    ActionFactory(delivery_plan=plan, success_measure="12 courses")
    EqualityAnalysisFactory(delivery_plan=plan)
    member(body, Role.CHAIR, "Priya Nair")
    deputy = Membership.objects.get(user=member(body, Role.DEPUTY, "Daniel Frost"))
    client.force_login(member(body, Role.SUPPORT, "Callum Reed"))
    asked = "It is ready to be submitted. The chair submits it: ask {}."
    assert client.get(BOARD).context["page"].step.words == asked.format("Priya Nair")
    today = timezone.localdate()
    DelegationFactory(deputy=deputy, starts_on=today, ends_on=today)
    assert client.get(BOARD).context["page"].step.words == asked.format("Daniel Frost or Priya Nair")


def test_the_board_of_a_submitted_plan_says_whom_to_ask_to_whoever_chairs_it(client, body):
    DeliveryPlanFactory(body=body, submitted=True)
    chair = UserFactory(name="Jo Mercer", roles=["executive", "member"])
    place(chair, body, Role.CHAIR)
    UserFactory(name="Ada Okoro", roles=["executive"])
    client.force_login(chair)
    step = client.get(BOARD).context["page"].step
    assert step.button == ""
    assert step.words.endswith("You chair this body, so somebody else on the CSP Executive agrees it: ask Ada Okoro.")


def test_what_a_draft_lacks_stands_on_its_page(client, body, sam):
    plan = DeliveryPlanFactory(body=body, sent_back_because="Name who leads")
    ActionFactory(delivery_plan=plan, number=1)
    page = text(client.get(BOARD))
    assert "1 action, and three things are missing before it can be submitted" in page
    assert "Say how success is measured for ASB 1" in page
    assert "Sent back: Name who leads" in page.replace("<strong>", "").replace("</strong>", "")


# ---------------------------------------------------------------- words


def test_a_second_plan_is_refused_at_its_box(client, body, sam):
    address = reverse("governance:delivery-plan-add")
    assert client.post(address, {"body": "asb", "year": "2018-19"}).status_code == 302
    page = text(client.post(address, {"body": "asb", "year": "2018-19"}))
    assert "ASB Operations Group has a delivery plan for 2018-19 already" in page
    assert DeliveryPlan.objects.count() == 1


def test_a_chair_starts_plans_of_their_own_body_only(client, body):
    client.force_login(member(body, Role.CHAIR, "Priya Nair"))
    BodyFactory(slug="prevent")
    address = reverse("governance:delivery-plan-add")
    assert client.post(address, {"body": "prevent", "year": "2018-19"}).status_code == 200
    assert not DeliveryPlan.objects.exists()
    assert client.get(f"{address}?year=2018-19").context["form"]["year"].value() == "2018-19"


def test_two_people_at_the_plans_words(client, body, sam):
    plan = DeliveryPlanFactory(body=body)
    address = reverse("governance:delivery-plan-edit", args=["asb", plan.year])
    client.post(address, {"version": "1", "summary": "Sam’s words", "resources": ""})
    client.force_login(member(body, Role.CHAIR, "Priya Nair"))
    page = text(client.post(address, {"version": "1", "summary": "Priya’s words", "resources": ""}))
    assert "has been changed since you opened it" in page
    assert "Sam Carrick" in page
    assert "Priya’s words" in page
    plan.refresh_from_db()
    assert plan.summary == "Sam’s words"
    assert client.post(address, {"version": "2", "summary": "Priya’s words", "resources": ""}).status_code == 302
