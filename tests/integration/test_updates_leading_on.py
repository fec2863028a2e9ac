"""What the button of the chair's page promises, and where the page leads once nothing waits on it."""

import datetime as dt

import pytest
import time_machine

from governance.models import Action, Membership
from tests.factories.accounts import UserFactory
from tests.factories.governance import (
    Q3,
    Q4,
    ActionFactory,
    BodyFactory,
    DeliveryPlanFactory,
    UpdateFactory,
    agreed,
    place,
)

pytestmark = pytest.mark.django_db

D = dt.date
PAGE = "/delivery-plans/asb/2017-18/updates/2017-18-q4/agree/"
YEAR_END = "Say what becomes of the open actions"


@pytest.fixture(autouse=True)
def _april():
    with time_machine.travel(dt.datetime(2018, 4, 20, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def plan():
    return DeliveryPlanFactory(running=True, body=BodyFactory(slug="asb", code="ASB"))


@pytest.fixture
def owen(plan, client):
    person = place(UserFactory(name="Owen Tranter", roles=["member"]), plan.body, Membership.Role.CHAIR).user
    client.force_login(person)
    return person


def drafted(plan, owen, number, brag="green", **fields):
    """Green was agreed for the third quarter; the fourth quarter's update waits."""
    action = ActionFactory(delivery_plan=plan, number=number, due_on=D(2018, 4, 30), **fields)
    agreed(UpdateFactory(action=action, quarter=Q3, brag="green"), by=owen)
    return UpdateFactory(action=action, quarter=Q4, brag=brag, brag_reason="Ill" if brag == "red" else "")


@pytest.mark.parametrize(
    ("colours", "button"),
    [
        (["green"], "Agree the update"),
        (["green", "green"], "Agree all 2 updates"),
        (["red"], "Record what you say of the update"),  # it can be sent back
        (["red", "green", "green"], "Record what you say of the 3 updates"),
    ],
)
def test_the_button_is_true_of_whatever_is_chosen(client, plan, owen, colours, button):
    for number, brag in enumerate(colours, start=1):
        drafted(plan, owen, number, brag)
    page = client.get(PAGE).content.decode()
    assert f">{button}</button>" in page
    assert "See how the actions stand now" not in page


@pytest.mark.parametrize(("ended", "asks"), [(False, True), (True, False)])
def test_it_leads_on_to_the_board_and_where_something_is_open_to_the_years_end(client, plan, owen, ended, asks):
    action = agreed(drafted(plan, owen, 1), by=owen).action
    if ended:
        Action.objects.filter(pk=action.pk).update(ending="complete", ended_on=D(2018, 3, 28), ended_by=owen)
    page = client.get(PAGE).content.decode()
    assert 'href="/delivery-plans/asb/2017-18/">See how the actions stand now' in page
    assert (f'href="/delivery-plans/asb/2017-18/year-end/">{YEAR_END}' in page) == asks


def test_not_to_the_years_end_from_an_earlier_quarter_nor_while_an_update_is_missing(client, plan, owen):
    action = ActionFactory(delivery_plan=plan, number=1)
    agreed(UpdateFactory(action=action, quarter=Q3, brag="green"), by=owen)
    for page in (PAGE.replace("q4", "q3"), PAGE):
        shown = client.get(page).content.decode()
        assert "See how the actions stand now" in shown and YEAR_END not in shown
