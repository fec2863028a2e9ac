"""The chair's one screen: two exceptions among ten actions, and one button for all of it."""

import datetime as dt
import html
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.actions import date_moves, updates
from governance.actions.updates import Words
from governance.models import Action, DateMove, Membership, Update
from lib.quarters import Quarter
from tests.factories.accounts import UserFactory
from tests.factories.governance import (
    Q3,
    ActionFactory,
    BodyFactory,
    DateMoveFactory,
    DeliveryPlanFactory,
    MilestoneFactory,
    UpdateFactory,
    agreed,
    place,
)

pytestmark = pytest.mark.django_db

D = dt.date
Q2 = Quarter(2017, 2)
PAGE = "/delivery-plans/asb/2017-18/updates/2017-18-q3/agree/"


@pytest.fixture(autouse=True)
def _january():
    with time_machine.travel(dt.datetime(2018, 1, 20, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def plan():
    return DeliveryPlanFactory(running=True, body=BodyFactory(slug="asb", code="ASB", name="ASB Operations Group"))


@pytest.fixture
def owen(plan, client):
    person = place(UserFactory(name="Owen Tranter", roles=["member"]), plan.body, Membership.Role.CHAIR).user
    client.force_login(person)
    return person


@pytest.fixture
def lena():
    return UserFactory(name="Lena Fox")


def drafted(plan, owen, lena, number, *, before="green", brag="green", **fields):
    """An action of which green was agreed for the second quarter, with its update for the third."""
    action = ActionFactory(
        delivery_plan=plan, number=number, title=f"Thing {number}", **{"due_on": D(2018, 1, 30)} | fields
    )
    reason = "One trainer" if before in ("red", "amber") else ""
    agreed(UpdateFactory(action=action, quarter=Q2, brag=before, brag_reason=reason), by=owen)
    reason = "One trainer" if brag in ("red", "amber") else ""
    return UpdateFactory(action=action, quarter=Q3, brag=brag, brag_reason=reason, drafted_by=lena)


@pytest.fixture
def ten(plan, owen, lena):
    """ASB 1 is late and said to be green, ASB 2 asks for another date, the other eight are as before."""
    made = [drafted(plan, owen, lena, 1, due_on=D(2017, 12, 6))]
    made.append(drafted(plan, owen, lena, 2, due_on=D(2018, 1, 25)))
    DateMoveFactory(action=made[1].action, was=D(2018, 1, 25), proposed=D(2018, 3, 30), proposed_by=lena)
    return made + [drafted(plan, owen, lena, number) for number in range(3, 11)]


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.unescape(response.content.decode())))


def sent(client):
    """What a browser would send of the page as it stands: hidden boxes, and what is chosen beforehand."""
    page = client.get(PAGE).content.decode()
    found = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page))
    found |= dict(re.findall(r'<input type="radio" name="([\w-]+)" value="(\w+)"[^>]*checked', page))
    return found


def of(one, /, **said):
    return {f"a{one.action_id}-{name}": value for name, value in said.items()}


class TestWhatIsShown:
    def test_two_exceptions_and_one_line_for_the_rest(self, client, ten):
        said = text(client.get(PAGE))
        assert "2 actions need a look: late, another colour, or a new date." in said
        assert "8 other actions: no change or as before" in said
        assert "Record what you say of the 10 updates" in said  # true of what is sent back, too

    def test_a_green_on_an_overdue_action_stands_out(self, client, ten):
        assert "Said green, 45 days late" in text(client.get(PAGE))

    def test_a_date_is_not_decided_beforehand_and_words_are_agreed(self, client, ten):
        chosen = sent(client)
        assert chosen[f"a{ten[0].action_id}-verdict"] == chosen[f"a{ten[1].action_id}-verdict"] == "agree"
        assert f"a{ten[1].action_id}-accept" not in chosen
        assert "Accept 30 March 2018" in text(client.get(PAGE))

    @pytest.mark.parametrize(
        "before, brag, shown",
        [
            ("green", "green", False),
            ("green", "amber", True),
            ("amber", "amber", False),
            ("red", "red", True),
            ("amber", "blue", True),
        ],
    )
    def test_another_colour(self, client, plan, owen, lena, before, brag, shown):
        drafted(plan, owen, lena, 1, before=before, brag=brag)
        assert (f'id="action-{Action.objects.get().pk}"' in client.get(PAGE).content.decode()) == shown

    def test_an_action_without_an_update_is_named_below(self, client, plan, owen):
        ActionFactory(delivery_plan=plan, number=1, title="Thing 1", due_on=D(2017, 12, 6))
        said = text(client.get(PAGE))
        assert "Nothing waits to be agreed." in said and "One still to be drafted" in said and "45 days late" in said

    def test_a_milestone_after_an_earlier_date_is_told(self, client, ten):
        MilestoneFactory(action=ten[1].action, text="The last course", due_on=D(2018, 4, 12))
        assert "A milestone would fall after it: The last course, 12 April 2018" in text(client.get(PAGE))

    def test_the_colours_before_are_there(self, client, ten):
        assert "Colours agreed quarter by quarter" in text(client.get(PAGE))


class TestAgreeing:
    def test_the_whole_quarter_in_one_post(self, client, ten, owen):
        """The chair looks at two, chooses for the date, and presses one button: nothing else is asked."""
        response = client.post(PAGE, sent(client) | of(ten[1], accept="accept"), follow=True)
        assert "10 updates are agreed and one new date is accepted" in text(response)
        assert "All 10 updates are agreed." in text(response)
        assert Update.objects.agreed().filter(quarter=Q3, agreed_by=owen).count() == 10
        moved = Action.objects.get(pk=ten[1].action_id)
        assert (moved.due_on, moved.first_due_on) == (D(2018, 3, 30), D(2018, 1, 25))

    def test_a_date_must_be_decided(self, client, ten):
        response = client.post(PAGE, sent(client))
        said = text(response)
        assert said.count("Choose whether the new date of ASB 2 counts") == 2 and "Error:" in said
        assert f'href="#id_a{ten[1].action_id}-accept_0"' in response.content.decode()
        assert not Update.objects.agreed().filter(quarter=Q3).exists()

    def test_a_date_is_kept_for_a_reason(self, client, ten):
        keep = of(ten[1], accept="keep")
        assert "Say why the date of ASB 2 stays" in text(client.post(PAGE, sent(client) | keep))
        client.post(PAGE, sent(client) | keep | of(ten[1], keep_because="It is nearly done"))
        assert DateMove.objects.get().decided_because == "It is nearly done"

    def test_one_is_sent_back_with_a_comment_and_the_others_go_through(self, client, ten):
        said = of(ten[0], verdict="send_back") | of(ten[1], accept="accept")
        assert "Say what should be put right in ASB 1" in text(client.post(PAGE, sent(client) | said))
        said |= of(ten[0], comment="45 days late is not green")
        assert "one update is sent back" in text(client.post(PAGE, sent(client) | said, follow=True))
        assert Update.objects.agreed().filter(quarter=Q3).count() == 9
        assert Update.objects.get(pk=ten[0].pk).sent_back_because == "45 days late is not green"

    def test_with_words_sent_back_a_date_can_wait(self, client, ten):
        said = of(ten[1], verdict="send_back", comment="Why March?")
        assert client.post(PAGE, sent(client) | said).status_code == 302
        assert DateMove.objects.get().state == "proposed"

    def test_what_changed_meanwhile_is_told_and_nothing_is_lost(self, client, ten, plan, lena):
        opened = sent(client) | of(ten[1], accept="keep", keep_because="It is nearly done")
        again = Words(1, "Written anew", "", "green")
        updates.draft(plan, quarter=Q3, words={ten[1].action: again}, by=lena)
        response = client.post(PAGE, opened)
        said, page = text(response), response.content.decode()
        assert "The update of ASB 2 has been changed since you opened it" in said
        assert "Lena Fox" in said and "Written anew" in said
        assert "It is nearly done" in page
        assert not Update.objects.agreed().filter(quarter=Q3).exists()
        client.post(PAGE, sent(client) | of(ten[1], accept="keep", keep_because="It is nearly done"))
        assert Update.objects.agreed().filter(quarter=Q3).count() == 10

    def test_one_of_the_line_that_changed_meanwhile_becomes_an_exception(self, client, ten, plan, lena):
        opened = sent(client) | of(ten[1], accept="accept")
        changed = Words(1, "Stuck", "", "red", "No trainer")
        updates.draft(plan, quarter=Q3, words={ten[5].action: changed}, by=lena)
        said = text(client.post(PAGE, opened))
        assert "The update of ASB 6 has been changed since you opened it" in said
        assert "3 actions need a look" in said
        assert not Update.objects.agreed().filter(quarter=Q3).exists()

    def test_a_date_taken_back_meanwhile_is_told(self, client, ten, lena):
        opened = sent(client) | of(ten[1], accept="accept")
        date_moves.take_back(DateMove.objects.get(), by=lena)
        assert "ASB 2 has been changed since you opened this page" in text(client.post(PAGE, opened))
        assert not Update.objects.agreed().filter(quarter=Q3).exists()

    def test_a_late_one_is_agreed_later_by_itself(self, client, ten, plan, owen, lena):
        client.post(PAGE, sent(client) | of(ten[1], accept="accept"))
        late = ActionFactory(delivery_plan=plan, number=11, due_on=D(2018, 1, 30))
        UpdateFactory(action=late, quarter=Q3, drafted_by=lena)
        assert "Agree the update" in text(client.get(PAGE))
        assert "One update is agreed" in text(client.post(PAGE, sent(client), follow=True))

    def test_a_date_on_its_own_is_decided_here_too(self, client, plan, owen, lena):
        update = agreed(drafted(plan, owen, lena, 1, due_on=D(2018, 1, 25)), by=owen)
        DateMoveFactory(action=update.action, was=D(2018, 1, 25))
        said = text(client.get(PAGE))
        assert "Decide the dates" in said and "One action needs a look" in said
        client.post(PAGE, sent(client) | of(update, accept="accept"))
        assert Action.objects.get().due_on == D(2018, 3, 16)

    def test_before_the_quarter_is_over_dates_can_be_decided_and_words_not(self, client, plan, owen, lena):
        update = drafted(plan, owen, lena, 1, due_on=D(2018, 1, 31))
        DateMoveFactory(action=update.action)
        with time_machine.travel(dt.datetime(2017, 12, 20, 9), tick=False):
            client.force_login(owen)
            assert "Updates are agreed once the quarter is over" in text(client.get(PAGE))
            client.post(PAGE, sent(client) | of(update, accept="accept", update=update.pk, version=1, verdict="agree"))
        update.refresh_from_db()
        assert (update.is_agreed, Action.objects.get().due_on) == (False, D(2018, 3, 16))

    def test_blue_completes(self, client, plan, owen, lena):
        update = drafted(plan, owen, lena, 1, brag="blue")
        assert "Agreeing completes the action." in text(client.get(PAGE))
        client.post(PAGE, sent(client))
        update.action.refresh_from_db()
        assert (update.action.ending, update.action.ended_on) == ("complete", D(2018, 1, 20))

    @pytest.mark.parametrize("others", ["", "x:y:z", "1:2", "999999:1:1", "²:1:1", "1:1:99999999999999999999"])
    def test_what_no_page_says_changes_nothing(self, client, ten, others):
        assert client.post(PAGE, {"others": others}).status_code == 302
        assert not Update.objects.agreed().filter(quarter=Q3).exists()


@pytest.mark.once
def test_queries_are_as_many_for_200_actions_as_for_10(client, plan, owen, lena):
    counts = []
    for first, last in ((1, 10), (11, 200)):
        for number in range(first, last + 1):
            update = drafted(plan, owen, lena, number, brag="amber")
            MilestoneFactory(action=update.action)
            DateMoveFactory(action=update.action)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        counts.append(len(asked))
    assert Action.objects.count() == 200
    assert counts[0] == counts[1] < 30
