"""The page of gaps: each kind with one that has it, one that doesn't, and the day on which it changes."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from governance.models import DeliveryPlan, OutcomeMeasure
from lib.quarters import Quarter, Year
from priorities.models import Plan
from reporting import gaps, ratings
from reporting.ratings import Rated, Ratings
from reporting.thread import Thread
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ConcernFactory, ConsultationFactory, TallyFactory
from tests.factories.funding import ProjectFactory
from tests.factories.governance import ActionFactory, BodyFactory, DeliveryPlanFactory
from tests.factories.governing import CommitmentLeadFactory, OutcomeMeasureFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory, PlacementFactory, TargetFactory
from tests.factories.priorities import (
    CommitmentFactory,
    LinkedStrategyFactory,
    OutcomeFactory,
    PlanFactory,
    PriorityFactory,
)

pytestmark = pytest.mark.django_db
TODAY, YEAR, Q4 = dt.date(2018, 3, 16), Year(2017), Quarter.parse("2017-18-q4")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2018, 3, 16, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def priority():
    return PriorityFactory(plan=PlanFactory(), letter="D")


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


@pytest.fixture
def member():
    return UserFactory(roles=["member"])


def found(key, user, on=TODAY, year=YEAR):
    thread = Thread(Plan.objects.get(), user, on)
    return next(gap for gap in gaps.gather(thread, year) if gap.key == key)


def words(key, user, **at):
    return [item.words for item in found(key, user, **at).items]


def placed(priority, reference, **fields):
    made = IndicatorFactory(**fields)
    PlacementFactory(plan=priority.plan, priority=priority, indicator=made, reference=reference)
    return made


def test_without_anything_every_kind_says_none(client, sam, priority):
    client.force_login(sam)
    shown = client.get(reverse("reporting:gap-list")).content.decode()
    assert shown.count('<p class="govuk-body">None</p>') == 14
    assert "1 year of the plan has no commitments yet" in shown
    assert gaps.lede(()) == "Nothing is missing."


@pytest.mark.parametrize(("year", "unwritten"), [(Year(2017), []), (Year(2018), ["2018-19"])])
def test_a_year_without_commitments_is_missing_itself(sam, member, priority, year, unwritten):
    CommitmentFactory(priority=priority)  # of 2017-18
    assert words("years", sam, year=year) == unwritten
    assert words("commitments", sam, year=Year(2018)) == []
    assert found("years", sam).close_url == reverse("priorities:plan-detail")
    assert found("years", member).close_url == ""


def test_a_long_list_is_folded_below_its_number(client, sam, priority):
    for _ in range(13):
        CommitmentLeadFactory(commitment=CommitmentFactory(priority=priority))
    client.force_login(sam)
    shown = client.get(reverse("reporting:gap-list")).content.decode()
    assert (
        "Something is missing in 3 of 15 respects." in shown
    )  # the leading bodies owe delivery plans, and have nobody
    assert shown.index("13 commitments for 2017-18 have no action") < shown.index("Show all 13")


def test_a_commitment_needs_an_action_of_an_agreed_plan(member, priority):
    alone, drafted, served, later = (CommitmentFactory(priority=priority, text=text) for text in "ABCD")
    type(later).objects.filter(pk=later.pk).update(year=Year(2018))
    ActionFactory(commitment=served)
    ActionFactory(commitment=drafted, delivery_plan=DeliveryPlanFactory(submitted=True))
    gap = found("commitments", member)
    assert [item.words for item in gap.items] == ["A", "B"]
    assert gap.words == "2 commitments for 2017-18 have no action in an agreed delivery plan"
    assert words("commitments", member, year=Year(2018)) == ["D"]


def test_one_alone_is_told_in_the_singular(member, priority):
    CommitmentFactory(priority=priority)
    assert found("commitments", member).words == "1 commitment for 2017-18 has no action in an agreed delivery plan"


def test_a_commitment_without_a_lead_body(member, sam, priority):
    CommitmentLeadFactory(commitment=CommitmentFactory(priority=priority, text="Led"))
    CommitmentFactory(priority=priority, text="Not led")
    assert words("leads", member) == ["Not led"]
    assert found("leads", sam).close_url == reverse("governance:commitment-leads", args=[YEAR])
    assert found("leads", member).close_url == reverse("governance:commitment-list")


class TestRed:
    @pytest.fixture
    def red(self, priority, monkeypatch):
        one, moved, green = (placed(priority, f"D{n}", name=f"Figure {n}") for n in (1, 2, 3))
        rated = {pair.slug: Rated("red", "Red", "Red.") for pair in (one, moved)}
        rated[green.slug] = Rated("green", "Green", "Green.")
        monkeypatch.setattr(ratings, "latest", lambda on: Ratings(Q4, rated))
        ActionFactory().indicators.add(moved)
        return one

    def test_one_that_no_action_moves(self, member, red):
        gap = found("red", member)
        assert [item.words for item in gap.items] == ["D1 Figure 1"]
        assert gap.words == "1 indicator is red in 2017-18 Q4, and no open action is expected to move it"

    @pytest.mark.parametrize(("ending", "because"), [("complete", ""), ("closed", "No money")])
    def test_an_action_that_has_ended_moves_nothing(self, member, red, ending, because):
        fields = {"ended_on": TODAY, "ended_by": member, "ended_because": because}
        ActionFactory(ending=ending, **fields).indicators.add(red)
        assert words("red", member) == ["D1 Figure 1"]

    def test_an_open_one_closes_the_gap(self, member, red):
        ActionFactory().indicators.add(red)
        assert words("red", member) == []

    def test_a_restricted_one_is_counted_for_whoever_may_see_it(self, member, sam, red):
        type(red).objects.filter(pk=red.pk).update(is_restricted=True)
        executive = UserFactory(roles=["executive"])
        assert [found("red", user).words.split()[0] for user in (sam, executive, member)] == ["1", "1", "None"]


def test_an_action_that_names_no_indicator(member, priority):
    one = ActionFactory(title="Meet", number=1)
    ActionFactory().indicators.add(IndicatorFactory(is_restricted=True))
    ActionFactory(ending="complete", ended_on=TODAY, ended_by=member)
    ActionFactory(delivery_plan=DeliveryPlanFactory(running=True, year=Year(2016)))
    assert words("actions", member) == [str(one)]


class TestPlans:
    def test_a_subgroup_that_has_none(self, member, priority):
        BodyFactory(name="Has none")
        DeliveryPlanFactory()
        BodyFactory(kind="linked")
        assert words("plans", member) == ["Has none"]

    @pytest.mark.parametrize(
        ("started_on", "ended_on", "owes"),
        [
            (None, dt.date(2017, 3, 31), False),  # it had ended the day before the year
            (None, dt.date(2017, 4, 1), True),
            (dt.date(2018, 3, 31), None, True),
            (dt.date(2018, 4, 1), None, False),  # it starts with the next year
        ],
    )
    def test_only_for_years_in_which_it_stands(self, member, priority, started_on, ended_on, owes):
        BodyFactory(started_on=started_on, ended_on=ended_on)
        assert bool(words("plans", member)) == owes

    def test_a_draft_is_on_its_way(self, member, priority):
        assert DeliveryPlanFactory().state == DeliveryPlan.State.DRAFT
        assert words("plans", member) == []


class TestUnowned:
    @pytest.fixture
    def indicator(self, priority):
        made = placed(priority, "D1", name="Homes burgled")
        TargetFactory(indicator=made, year=YEAR)
        return made

    @pytest.mark.parametrize(
        ("starts_on", "ends_on", "owned"),
        [
            (dt.date(2017, 4, 1), None, True),
            (dt.date(2017, 4, 1), dt.date(2018, 3, 16), True),  # until the end of today
            (dt.date(2017, 4, 1), dt.date(2018, 3, 15), False),
            (dt.date(2018, 3, 17), None, False),
        ],
    )
    def test_by_the_day(self, sam, indicator, starts_on, ends_on, owned):
        LeadFactory(indicator=indicator, starts_on=starts_on, ends_on=ends_on)
        assert words("indicators", sam) == ([] if owned else ["D1 Homes burgled"])

    def test_who_writes_the_words_does_not_own_the_figure(self, sam, indicator):
        LeadFactory(indicator=indicator, duty="commentary")
        assert words("indicators", sam) == ["D1 Homes burgled"]

    def test_whoever_has_left_owns_nothing(self, sam, indicator):
        gone = UserFactory(is_active=False, left_at=dt.datetime(2018, 3, 1, tzinfo=dt.UTC))
        LeadFactory(indicator=indicator, user=gone)
        assert words("indicators", sam) == ["D1 Homes burgled"]

    def test_outside_the_years_set_nobody_has_to(self, sam, indicator):
        assert words("indicators", sam, year=Year(2018)) == []

    def test_where_it_is_closed_is_a_link_for_the_team_alone(self, sam, member, indicator):
        assert found("indicators", sam).close_url == reverse("indicators:lead-list")
        assert found("indicators", member).close_url == ""


def test_an_outcome_without_a_measure(member, priority):
    OutcomeFactory(priority=priority, text="Said in the plan", known_by="Survey")
    OutcomeMeasureFactory(outcome=OutcomeFactory(priority=priority), kind=OutcomeMeasure.Kind.JUDGEMENT)
    OutcomeFactory(priority=priority, text="Unknown")
    assert words("outcomes", member) == ["Unknown"]


def test_a_concern_that_no_action_answers(member, priority):
    told = ConsultationFactory(plan=priority.plan, totals_only=True)
    burglary, _ = (ConcernFactory(consultation=told, text=text) for text in ("Burglary", "Road Safety"))
    ConcernFactory(consultation__plan=priority.plan, text="Still asked about")
    ActionFactory().concerns.add(burglary)
    assert words("concerns", member) == ["Road Safety"]


class TestMoney:
    def test_a_project_that_runs_and_serves_no_priority(self, sam, member, priority):
        ProjectFactory(name="For nobody")
        ProjectFactory(priority=priority)
        ProjectFactory(closed=True)
        ProjectFactory(ends_on=dt.date(2018, 3, 15))  # the day before
        ProjectFactory(starts_on=dt.date(2018, 3, 17))  # the day after
        ProjectFactory(name="Until today", ends_on=TODAY)
        assert words("projects", member) == ["For nobody", "Until today"]
        assert found("projects", sam).close_words == "Open the project, and say which priority it serves"
        assert found("projects", member).close_words == "See the money and what it is for"

    def test_a_project_whose_spend_nobody_is_asked_for(self, member, priority):
        ProjectFactory(name="Asked", spending=True)
        ProjectFactory(name="Not asked")
        assert words("spend", member) == ["Not asked"]
        assert found("spend", member).words == "1 project runs, and nobody is asked what it spends"

    @pytest.mark.parametrize(
        ("ends_on", "is_gap"),
        [
            (dt.date(2018, 3, 15), False),  # over: it pays for nothing any more
            (TODAY, True),
            (dt.date(2019, 3, 16), True),
            (dt.date(2019, 3, 17), False),
            (None, False),
        ],
    )
    def test_a_commitment_whose_only_money_ends_within_12_months(self, member, priority, ends_on, is_gap):
        ProjectFactory(ends_on=ends_on).commitments.add(CommitmentFactory(priority=priority, text="Light it"))
        assert words("money", member) == (["Light it"] if is_gap else [])

    def test_money_that_goes_on_keeps_it_off_the_list(self, member, priority):
        promise, other = (CommitmentFactory(priority=priority, text=text) for text in ("A", "B"))
        ends = ProjectFactory(name="Kits", ends_on=dt.date(2018, 6, 30))
        for one in (ends, ProjectFactory(name="Lamps", ends_on=dt.date(2018, 9, 30))):
            one.commitments.add(other)
        ends.commitments.add(promise)
        ProjectFactory(ends_on=dt.date(2020, 3, 31)).commitments.add(promise)
        (item,) = found("money", member).items
        assert (item.words, item.note) == ("B", "Priority D. Kits and Lamps: until 30 September 2018")


@pytest.mark.parametrize(("ends_in", "ends_before"), [(2020, True), (2021, False), (None, False)])
def test_a_strategy_that_ends_before_the_plan(member, priority, ends_in, ends_before):
    LinkedStrategyFactory(plan=priority.plan, title="VAWG Strategy", ends_in=ends_in)
    assert words("strategies", member) == (["VAWG Strategy"] if ends_before else [])


def test_a_concern_among_the_first_five_that_no_priority_covers(member, priority):
    told = ConsultationFactory(totals_only=True, plan=priority.plan)
    for number, text in enumerate(("Drugs", "ASB", "Gangs", "Road Safety", "Burglary", "Dogs")):
        covered = None if text in ("Road Safety", "Dogs") else priority
        concern = ConcernFactory(consultation=told, text=text, priority=covered)
        question = told.questions.first()
        TallyFactory(concern=concern, count=60 - number, **({"question": question} if question else {}))
    [road] = found("uncovered", member).items  # dogs came sixth
    assert (road.words, road.note) == ("Road Safety", "It came fourth.")
