"""The golden thread: what each kind of page shows of the chain, to whom, and what it costs."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import RoleGrant
from governance.models import Brag
from lib.quarters import Quarter
from reporting import ratings
from reporting.ratings import Rated, Ratings
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ConcernFactory, ConsultationFactory
from tests.factories.funding import ProjectFactory
from tests.factories.governance import ActionFactory, BodyFactory, DeliveryPlanFactory, UpdateFactory, agreed
from tests.factories.governing import CommitmentLeadFactory, DecisionFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory, PlacementFactory
from tests.factories.priorities import (
    CommitmentFactory,
    PlanFactory,
    PriorityFactory,
)

pytestmark = pytest.mark.django_db
Q4 = Quarter.parse("2017-18-q4")
START, GAPS = reverse("reporting:thread"), reverse("reporting:gap-list")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2018, 3, 16, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def jo():
    return UserFactory(name="Jo Mercer", roles=["executive"])


@pytest.fixture
def member():
    return UserFactory(name="Owen Tranter", roles=["member"])


class World:
    """Burglary was told; a commitment is carried out by one action, due on 31 January 2018 and said to be green; C1 should move."""

    def __init__(self):
        self.plan = PlanFactory()
        self.priority = PriorityFactory(plan=self.plan, letter="D", short_title="Burglary")
        told = ConsultationFactory(plan=self.plan, totals_only=True)
        self.burglary = ConcernFactory(consultation=told, text="Burglary")
        self.roads = ConcernFactory(consultation=told, text="Road Safety")
        self.promise = CommitmentFactory(priority=self.priority, text="Mark the property of 300 homes")
        self.empty = CommitmentFactory(priority=self.priority, text="Light the underpass")
        self.body = BodyFactory(name="ASB Operations Group", short_name="ASB group", code="ASB")
        self.delivery = DeliveryPlanFactory(body=self.body, running=True)
        self.action = self.act(3, title="Hold marking days", commitment=self.promise)
        agreed(UpdateFactory(action=self.action, brag=Brag.GREEN), by=UserFactory())
        self.homes = self.measure("D1", "Homes burgled")
        self.action.indicators.add(self.homes)
        self.action.concerns.add(self.burglary)
        self.decision = DecisionFactory(number=12, text="More marking days", body=BodyFactory(code="CSPE"))
        self.decision.actions.add(self.action)

    def act(self, number, **fields):
        return ActionFactory(delivery_plan=self.delivery, number=number, **fields)

    def measure(self, reference, name, **fields):
        made = IndicatorFactory(name=name, **fields)
        PlacementFactory(plan=self.plan, priority=self.priority, indicator=made, reference=reference)
        return made


@pytest.fixture
def world(monkeypatch):
    made = World()
    red = Ratings(Q4, {made.homes.slug: Rated("red", "Red", "Red: 41, aimed at 30 or fewer.")})
    monkeypatch.setattr(ratings, "latest", lambda on: red)
    return made


def page(client, user, url=START):
    client.force_login(user)
    return " ".join(client.get(url).content.decode().split())


def commitment(world, one=None):
    return reverse("reporting:thread-commitment", args=[(one or world.promise).pk])


class TestStart:
    def test_the_whole_chain_stands_under_the_commitment(self, client, member, world):
        shown = page(client, member)
        assert "1 of 2 commitments for 2017-18 has an action in an agreed delivery plan." in shown
        chain = [
            "Mark the property of 300 homes",
            "ASB 3 Hold marking days",
            "44 days late",
            "D1 Homes burgled",
            "Red",
            "CSPE D12",
        ]
        places = [shown.index(words, shown.index("Priority D: Burglary")) for words in chain]
        assert places == sorted(places)
        assert "Late, said green" in shown

    def test_what_people_said_comes_with_how_it_is_answered(self, client, member, world):
        shown = page(client, member)
        assert "1 action: late" in shown
        assert shown.index("Road Safety") < shown.index("No action")

    def test_one_priority_alone(self, client, member, world):
        other = PriorityFactory(plan=world.plan, letter="A", short_title="Noise")
        CommitmentFactory(priority=other, text="Quiet nights")
        shown = page(client, member, f"{START}?priority=d")
        assert "Mark the property" in shown
        assert "Quiet nights" not in shown
        assert "What people told us" not in shown

    @pytest.mark.parametrize(
        "asked", ["priority=Z", "priority=%00", "year=soon", "year=1999-00", "year=2017-18&priority="]
    )
    def test_an_address_typed_wrong_shows_all_of_the_running_year(self, client, member, world, asked):
        assert "1 of 2 commitments for 2017-18" in page(client, member, f"{START}?{asked}")

    def test_another_year_is_told_to_be_empty(self, client, member, world):
        assert "There are no commitments for 2018-19 yet." in page(client, member, f"{START}?year=2018-19")

    def test_without_a_plan_it_says_so(self, client, member):
        assert "There is no plan yet." in page(client, member)
        assert client.get(reverse("reporting:thread-commitment", args=[1])).status_code == 404
        assert "There is no plan yet." in page(client, member, GAPS)

    def test_what_is_only_drafted_serves_nothing_yet(self, client, jo, world):
        draft = DeliveryPlanFactory(body=BodyFactory())
        ActionFactory(delivery_plan=draft, title="Wire the lamps", commitment=world.empty)
        assert "Wire the lamps" not in page(client, jo)

    @pytest.mark.once
    def test_it_costs_the_same_with_10_and_with_200_actions_and_projects(self, client, jo, world):
        counts = []
        for many in (9, 190):
            for _ in range(many):
                ProjectFactory(priority=world.priority)
                ProjectFactory(priority=world.priority).commitments.add(world.promise)
            start = world.delivery.actions.count() + 10
            for number in range(start, start + many):
                made = world.act(number, commitment=world.promise)
                made.indicators.add(world.homes)
                made.concerns.add(world.burglary)
                world.decision.actions.add(made)
            counts.append([cost(client, jo, url) for url in (START, commitment(world), indicator(world), GAPS)])
        assert counts[0] == counts[1]


def indicator(world):
    return reverse("reporting:thread-indicator", args=[world.homes.slug])


def cost(client, user, url):
    page(client, user, url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


@pytest.mark.parametrize(
    ("endings", "words"),
    [
        ([""], "1 action serves it: late."),
        (["", ""], "2 actions serve it: both late."),
        (["", "", ""], "3 actions serve it: all late."),
        (["", "complete", "complete"], "3 actions serve it: 1 late and 2 complete."),
        (["closed"], "1 action serves it: ended otherwise."),
    ],
)
def test_how_the_actions_of_a_commitment_stand_in_a_sentence(client, member, world, endings, words):
    for number, ending in enumerate(endings, start=20):
        ended = {"ended_on": dt.date(2018, 3, 1), "ended_by": member, "ended_because": "As agreed"} if ending else {}
        world.act(number, commitment=world.empty, ending=ending, **ended)
    assert words in page(client, member, commitment(world, world.empty))


class TestACommitment:
    def test_it_is_told_as_a_chain(self, client, member, world):
        CommitmentLeadFactory(commitment=world.promise, body=world.body)
        shown = page(client, member, commitment(world))
        assert "ASB Operations Group</a> leads it. 1 action serves it: late." in shown
        chain = ["Burglary</a>", "ASB 3 Hold marking days", "D1 Homes burgled", "CSPE D12 More marking days"]
        places = [shown.rindex(words) for words in chain]
        assert places == sorted(places)

    def test_with_nothing_it_says_so_link_by_link(self, client, member, world):
        shown = page(client, member, commitment(world, world.empty))
        told = [
            "No body leads it yet.",
            "No action of an agreed delivery plan serves it.",
            "No indicator is named for it.",
        ]
        assert [words for words in [*told, "No decision names it."] if words not in shown] == []

    def test_what_helps_to_know_about_it_stands_there_without_an_action(self, client, member, world):
        lamps = world.measure("D2", "Lamps lit")
        lamps.placements.get().commitments.add(world.empty)
        assert "D2 Lamps lit" in page(client, member, commitment(world, world.empty))

    def test_a_decision_that_names_it_stands_there(self, client, member, world):
        world.decision.commitments.add(world.empty)
        assert "CSPE D12" in page(client, member, commitment(world, world.empty))

    def test_one_of_another_plan_is_not_found(self, client, member, world):
        other = CommitmentFactory(
            priority=PriorityFactory(plan=PlanFactory(starts_on=dt.date(2013, 4, 1), ends_on=dt.date(2017, 3, 31)))
        )
        client.force_login(member)
        assert client.get(commitment(world, other)).status_code == 404


class TestMoney:
    """The projects that pay for a commitment, with amount and last day."""

    def test_a_commitment_shows_who_pays_for_it_until_when(self, client, member, world):
        project = ProjectFactory(name="Marking kits", amount=Decimal("1234.50"))
        project.commitments.add(world.promise)
        assert "Paid for by" in page(client, member)
        shown = page(client, member, commitment(world))
        assert 'Marking kits</a> <span class="csp-set-apart">£1,234.50 until 31 March 2019</span>' in shown
        assert "No project is named that pays for it." in page(client, member, commitment(world, world.empty))

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"ends_on": None}, "£20,000, last day not known"),
            ({"closed": True}, "£20,000, closed on 30 June 2018"),
        ],
    )
    def test_a_last_day_that_is_not_known_or_came_early_says_so(self, client, member, world, fields, words):
        ProjectFactory(**fields).commitments.add(world.empty)
        assert words in page(client, member, commitment(world, world.empty))

    def test_money_of_a_priority_without_a_commitment_stands_under_it(self, client, member, world):
        ProjectFactory(name="Lighting", priority=world.priority)
        named = ProjectFactory(name="Kits", priority=world.priority)
        named.commitments.add(world.promise)
        shown = page(client, member)
        apart = shown.partition("Money for this priority that names no commitment")[2]
        assert "Lighting" in apart and "Kits" not in apart

    @pytest.mark.parametrize(
        ("days", "shown"),
        [
            ({"starts_on": dt.date(2018, 4, 1)}, False),
            ({"starts_on": dt.date(2018, 3, 31)}, True),
            ({"ends_on": dt.date(2017, 4, 1)}, True),
            ({"starts_on": dt.date(2017, 3, 1), "ends_on": dt.date(2017, 3, 31)}, False),
            ({"starts_on": None, "ends_on": None}, True),
        ],
    )
    def test_only_where_a_day_of_it_lies_in_the_year(self, client, member, world, days, shown):
        ProjectFactory(name="Lighting", priority=world.priority, **days)
        assert ("Lighting" in page(client, member)) == shown


class TestAConcern:
    def test_back_from_what_people_said_to_what_is_promised(self, client, member, world):
        shown = page(client, member, reverse("reporting:thread-concern", args=[world.burglary.pk]))
        assert "Mark the property of 300 homes" in shown
        assert "D1 Homes burgled" in shown

    def test_one_that_nothing_answers(self, client, member, world):
        shown = page(client, member, reverse("reporting:thread-concern", args=[world.roads.pk]))
        assert "No action of an agreed delivery plan answers it." in shown

    def test_one_that_is_still_asked_about_was_not_told(self, client, member, world):
        other = ConcernFactory(consultation__plan=world.plan)
        client.force_login(member)
        assert client.get(reverse("reporting:thread-concern", args=[other.pk])).status_code == 404


class TestAnIndicator:
    def test_back_from_a_figure_to_what_moves_it(self, client, member, world):
        shown = page(client, member, indicator(world))
        assert "in 2017-18 Q4. 41, aimed at 30 or fewer." in shown
        told = ["Mark the property of 300 homes", "ASB 3 Hold marking days", "CSPE D12 More marking days", "Burglary"]
        assert [words for words in told if words not in shown] == []

    def test_one_that_nothing_moves(self, client, member, world):
        lamps = world.measure("D2", "Lamps lit")
        shown = page(client, member, reverse("reporting:thread-indicator", args=[lamps.slug]))
        assert "No action of an agreed delivery plan is expected to move it." in shown


class TestRestricted:
    """A restricted indicator is nowhere for a member, and nothing says that it is there."""

    @pytest.fixture(autouse=True)
    def restricted(self, world):
        type(world.homes).objects.filter(pk=world.homes.pk).update(is_restricted=True)

    def test_a_member_meets_it_on_no_page(self, client, member, world):
        urls = [START, commitment(world), reverse("reporting:thread-concern", args=[world.burglary.pk]), GAPS]
        for url in urls:
            shown = page(client, member, url)
            assert "Homes burgled" not in shown, url
            assert world.homes.slug not in shown, url
        assert client.get(indicator(world)).status_code == 404

    def test_a_member_is_not_told_that_the_action_names_none(self, client, member, world):
        assert "It names no indicator" not in page(client, member)

    def test_the_executive_and_its_lead_see_it(self, client, jo, member, world):
        assert "Homes burgled" in page(client, jo, indicator(world))
        RoleGrant.objects.create(user=member, role="data_lead", starts_on=dt.date(2017, 4, 1))
        LeadFactory(indicator=world.homes, user=member)
        assert "Homes burgled" in page(client, member, indicator(world))
