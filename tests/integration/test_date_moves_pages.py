"""A date asked for from the action's page, and what becomes of it; the timeline."""

import datetime as dt
import html
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.actions import date_moves
from governance.models import DateMove, Membership
from tests.factories.accounts import UserFactory
from tests.factories.governance import (
    ActionFactory,
    BodyFactory,
    DateMoveFactory,
    DeliveryPlanFactory,
    MilestoneFactory,
    place,
)

pytestmark = pytest.mark.django_db

D = dt.date


@pytest.fixture(autouse=True)
def _january():
    with time_machine.travel(dt.datetime(2018, 1, 12, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def plan():
    return DeliveryPlanFactory(running=True, body=BodyFactory(slug="asb", code="ASB"))


@pytest.fixture
def action(plan):
    """Due on 31 January."""
    return ActionFactory(delivery_plan=plan, number=3, title="Train champions")


@pytest.fixture
def lena(plan, client):
    person = place(UserFactory(name="Lena Fox", roles=["member"]), plan.body, Membership.Role.SUPPORT).user
    client.force_login(person)
    return person


@pytest.fixture
def owen(plan):
    return place(UserFactory(name="Owen Tranter", roles=["member"]), plan.body, Membership.Role.CHAIR).user


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(response.content.decode())))


def asking(day=16, month=3, year=2018, reason="The trainer was ill"):
    return {"proposed_day": day, "proposed_month": month, "proposed_year": year, "reason": reason}


def url(action, rest):
    return f"/actions/{action.pk}/dates/{rest}/"


class TestAsking:
    def test_it_waits_and_the_old_date_counts(self, client, action, lena):
        said = text(client.post(url(action, "add"), asking(), follow=True))
        assert "Asked for 16 March 2018. 31 January 2018 counts until it is accepted" in said
        action.refresh_from_db()
        assert (action.due_on, DateMove.objects.get().proposed_by) == (D(2018, 1, 31), lena)

    @pytest.mark.parametrize(
        "typed, sentence",
        [
            (asking(1, 4), "The new date must be on or before 31 March 2018"),
            (asking(31, 3, 2017), "The new date must be on or after 1 April 2017"),
            (asking(31, 1), "The new date must be another one than 31 January 2018"),
            (asking(29, 2), "must be between 1 and 28"),
            (asking(reason=" "), "Say why the date moves"),
            (asking(reason="x" * 301), "must be said in 300 characters or fewer"),
            (asking("", "", ""), "Enter the new date"),
        ],
    )
    def test_bad_input(self, client, action, lena, typed, sentence):
        assert sentence in text(client.post(url(action, "add"), typed))
        assert not DateMove.objects.exists()

    def test_one_waits_at_a_time(self, client, action, lena):
        DateMoveFactory(action=action)
        assert "waits to be accepted already" in text(client.post(url(action, "add"), asking(30)))

    def test_a_day_before_milestones_still_to_be_done_is_refused(self, client, action, lena):
        step = MilestoneFactory(action=action, text="The last course", due_on=D(2018, 1, 26))
        said = text(client.post(url(action, "add"), asking(19, 1)))
        assert "After 19 January 2018 there would still be to do: “The last course” by 26 January 2018" in said
        assert not DateMove.objects.exists()
        type(step).objects.update(done_on=D(2018, 1, 11))
        client.post(url(action, "add"), asking(19, 1))
        assert DateMove.objects.get().proposed == D(2018, 1, 19)

    def test_an_ended_action_moves_no_more(self, client, plan, lena):
        ended = ActionFactory(delivery_plan=plan, ending="complete", ended_on=D(2018, 1, 31), ended_by=lena)
        assert "This action has ended" in text(client.post(url(ended, "add"), asking()))

    @pytest.mark.parametrize("kind", [{}, {"submitted": True}, {"closed": True}])
    def test_only_while_the_plan_runs(self, client, lena, plan, kind):
        other = ActionFactory(
            delivery_plan=DeliveryPlanFactory(body=plan.body, year="2018-19", **kind), due_on=D(2018, 6, 1)
        )
        assert "once the plan is agreed, and until it is closed" in text(client.post(url(other, "add"), asking()))

    def test_taking_it_back(self, client, action, lena):
        move = DateMoveFactory(action=action)
        client.post(url(action, f"{move.pk}/take-back"))
        move.refresh_from_db()
        assert (move.state, move.decided_by) == ("withdrawn", lena)
        assert "decided on or taken back" in text(client.post(url(action, f"{move.pk}/take-back"), follow=True))


class TestDeciding:
    @pytest.fixture
    def move(self, action, client, owen):
        client.force_login(owen)
        return DateMoveFactory(action=action)

    def test_accepting_moves_the_date_and_keeps_the_first(self, client, action, move, owen):
        said = text(client.post(url(action, f"{move.pk}/accept"), follow=True))
        assert f"Accepted: {action.reference} is due on 16 March 2018" in said
        action.refresh_from_db()
        assert (action.due_on, action.first_due_on, action.version) == (D(2018, 3, 16), D(2018, 1, 31), 2)

    def test_keeping_needs_a_reason(self, client, action, move):
        assert "Say why 31 January 2018 stays" in text(client.post(url(action, f"{move.pk}/refuse"), {"because": " "}))
        client.post(url(action, f"{move.pk}/refuse"), {"because": "It is nearly done"})
        move.refresh_from_db()
        assert (move.state, move.decided_because) == ("refused", "It is nearly done")

    def test_a_date_that_was_proposed_against_another_is_not_accepted(self, client, action, move):
        action.__class__.objects.filter(pk=action.pk).update(due_on=D(2018, 2, 28))
        said = text(client.post(url(action, f"{move.pk}/accept"), follow=True))
        assert "The date that counts has become 28 February 2018 since this one was proposed" in said
        move.refresh_from_db()
        assert move.state == "proposed"

    def test_a_milestone_that_is_open_again_holds_up_an_earlier_date(self, client, action, move):
        DateMove.objects.update(proposed=D(2018, 1, 19))
        MilestoneFactory(action=action, text="The last course", due_on=D(2018, 1, 26))
        said = text(client.post(url(action, f"{move.pk}/accept"), follow=True))
        assert "After 19 January 2018 there would still be to do: “The last course” by 26 January 2018" in said
        action.refresh_from_db()
        assert action.due_on == D(2018, 1, 31)

    def test_several_moves_keep_their_dates(self, action, owen):
        for day in (D(2018, 2, 28), D(2018, 3, 31)):
            move = date_moves.propose(action, proposed=day, reason="Again", by=owen)
            action = date_moves.accept(move, by=owen)
        assert (action.first_due_on, action.due_on) == (D(2018, 1, 31), D(2018, 3, 31))
        assert [(move.was, move.proposed) for move in DateMove.objects.order_by("pk")] == [
            (D(2018, 1, 31), D(2018, 2, 28)),
            (D(2018, 2, 28), D(2018, 3, 31)),
        ]

    def test_of_another_action_it_is_not_found(self, client, plan, move):
        other = ActionFactory(delivery_plan=plan)
        assert client.post(url(other, f"{move.pk}/accept")).status_code == 404

    def test_the_actions_page_offers_it(self, client, action, move):
        said = text(client.get(action.get_absolute_url()))
        assert "Accept the new date" in said and "Keep 31 January 2018" in said and "waits for the chair" in said


class TestTimeline:
    PAGE = "/delivery-plans/asb/2017-18/timeline/"

    def test_the_drawing_and_the_same_as_a_table(self, client, action, lena):
        MilestoneFactory(action=action, text="The first course is held", done_on=D(2017, 9, 20))
        DateMoveFactory(action=action)
        response = client.get(self.PAGE)
        said = text(response)
        assert response.content.decode().count('<svg role="img"') == 2
        assert "Today, 12 January" in said and "16 March 2018 waits to be accepted" in said
        assert "The first course is held: done on 20 September 2017" in said

    def test_without_actions(self, client, plan, lena):
        assert "Actions are drawn here once the plan has some." in text(client.get(self.PAGE))

    def test_queries_are_as_many_for_200_actions_as_for_10(self, client, plan, lena):
        counts = []
        for first, last in ((1, 10), (11, 200)):
            for number in range(first, last + 1):
                MilestoneFactory(action=ActionFactory(delivery_plan=plan, number=number))
            with CaptureQueriesContext(connection) as asked:
                client.get(self.PAGE)
            counts.append(len(asked))
        assert counts[0] == counts[1] < 25
