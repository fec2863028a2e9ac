"""What ends within twelve months of a day, what stops with it, and who sees what of it."""

import datetime as dt
from decimal import Decimal

import pytest

from governance.funding import ending, held, results
from governance.models import Membership
from lib.quarters import Quarter, Year
from tests.factories.accounts import UserFactory
from tests.factories.funding import (
    AllocationFactory,
    FundedPostsFactory,
    FundingApplicationFactory,
    FundingStreamFactory,
    OutputFactory,
    ProjectFactory,
    spent,
)
from tests.factories.governance import ActionFactory, BodyFactory, DeliveryPlanFactory, place
from tests.factories.indicators import IndicatorFactory, PlacementFactory, ReturnFactory, RoundFactory
from tests.factories.priorities import CommitmentFactory

pytestmark = pytest.mark.django_db
LAST = dt.date(2018, 3, 31)  # of 2017-18
OPEN = {"starts_on": None, "ends_on": None}


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


def found(user, on=LAST) -> ending.Endings:
    money = held.gather(user, on)
    moved = [one for line in money.projects.lines for one in line.project.indicators.all()]
    return ending.find(money, results.gather(moved, Year.of(on)))


def names(endings: ending.Endings) -> list[str]:
    return [one.name for day in endings.days for one in day.endings]


def one_of(endings: ending.Endings, kind: str = "project") -> ending.Ending:
    (one,) = endings.of(kind)
    return one


def told(one: ending.Ending) -> dict[str, list[str]]:
    return {stops.heading: [thing.words for thing in stops.things] for stops in one.stops}


def test_exactly_twelve_months_is_within_and_the_day_after_is_not(sam):
    stream = FundingStreamFactory(**OPEN)
    for name, last in (
        ("Over", dt.date(2018, 3, 30)),
        ("Today", dt.date(2018, 3, 31)),
        ("In a year", dt.date(2019, 3, 31)),
        ("Later", dt.date(2019, 4, 1)),
        ("Not known", None),
    ):
        ProjectFactory(stream=stream, name=name, ends_on=last)
    endings = found(sam)
    assert names(endings) == ["Today", "In a year"]
    assert (endings.until, endings.unknown) == (dt.date(2019, 3, 31), 2)  # the stream's last day and one project's
    assert names(found(sam, dt.date(2018, 4, 1))) == ["In a year", "Later"]


def test_a_closed_project_is_over_when_it_was_closed(sam):
    ProjectFactory(stream=FundingStreamFactory(**OPEN), closed=True)  # on 30 June 2018, before its last day
    assert names(found(sam, dt.date(2018, 7, 1))) == []


def test_streams_stand_before_projects_before_posts_of_the_same_day(sam):
    FundedPostsFactory(name="Officers", number=18, ends_on=dt.date(2019, 3, 31))
    ProjectFactory(name="Patrols", stream=FundingStreamFactory(name="Crime Fund"))
    ProjectFactory(name="First", stream=FundingStreamFactory(**OPEN), ends_on=dt.date(2018, 12, 31))
    FundedPostsFactory(name="Analyst", number=1, posts="analysts", ends_on=dt.date(2019, 3, 31), is_sample=True)
    endings = found(sam)
    analyst, officers = endings.of("posts")  # by their names
    assert (officers.money, told(officers)) == ("18 posts", {"Who they are": ["police officers"]})
    assert (analyst.money, analyst.is_sample, officers.is_sample) == ("1 post", True, False)
    assert names(endings) == ["First", "Crime Fund", "Patrols", "Analyst", "Officers"]
    assert [day.day for day in endings.days] == [dt.date(2018, 12, 31), dt.date(2019, 3, 31)]
    assert endings.counts == "one stream, two projects and 19 funded posts"


def test_with_a_stream_its_projects_and_posts_stop(sam):
    stream = FundingStreamFactory(name="Crime Fund", amount=Decimal("1610109.00"))
    ProjectFactory(stream=stream, name="Patrols", ends_on=None)
    ProjectFactory(stream=stream, name="Long over", ends_on=dt.date(2017, 12, 31))
    FundedPostsFactory(stream=stream, name="Officers", number=6)
    one = one_of(found(sam), "stream")
    assert (one.name, one.money) == ("Crime Fund", "£1,610,109")
    assert told(one) == {"Projects": ["Patrols"], "Funded posts": ["Officers: 6 posts"]}


def test_with_a_project_stop_its_outputs_actions_and_what_it_serves(sam):
    plan = DeliveryPlanFactory(body=BodyFactory(code="ASB"), running=True)
    application = FundingApplicationFactory(agreed=True, body=plan.body)
    application.actions.add(
        ActionFactory(delivery_plan=plan, number=3, title="Walk the market at night"),
        ActionFactory(
            delivery_plan=plan,
            number=4,
            title="Done with",
            ending="complete",
            ended_on=LAST,
            ended_by=UserFactory(),
        ),
    )
    project = ProjectFactory(stream=FundingStreamFactory(**OPEN), spending=True, application=application)
    OutputFactory(project=project, text="Nights on patrol", promised=Decimal(120))
    OutputFactory(project=project, text="Shops visited", promised=None)
    OutputFactory(project=project, text="Leaflets", ended_because="The funder no longer wants them.")
    project.commitments.add(CommitmentFactory(text="More officers at night"))
    indicator = IndicatorFactory(name="999 calls")
    PlacementFactory(indicator=indicator, reference="A1", short_name="Calls")
    project.indicators.add(indicator)
    spent(project, "2017-18-q1", "4999.75")
    one = one_of(found(sam))
    assert one.money == "£20,000, £15,000.25 of it not spent yet"
    assert told(one) == {
        "Outputs": ["Nights on patrol: 120 promised", "Shops visited"],
        "Actions": ["ASB 3 Walk the market at night"],
        "Commitments": ["More officers at night"],
        "Indicators": ["A1 Calls"],
    }
    assert one.afterwards == "The market's traders take the patrols over."


@pytest.mark.parametrize(
    ("amount", "is_awaited", "words"),
    [
        ("4999.75", True, "£20,000, at most £15,000.25 of it not spent yet"),
        ("20000.00", False, "£20,000, all of it is spent"),
        ("20000.10", True, "£20,000, £0.10 more is spent"),
        (None, True, "£20,000, nothing is verified as spent yet"),
    ],
)
def test_what_is_not_spent_of_it_is_at_most_while_an_amount_is_awaited(sam, amount, is_awaited, words):
    project = ProjectFactory(stream=FundingStreamFactory(**OPEN), spending=True)
    if amount:
        spent(project, "2017-18-q1", amount)
    if is_awaited:
        ReturnFactory(indicator=project.spend, round=RoundFactory(quarter=Quarter.parse("2017-18-q2")))
    assert one_of(found(sam)).money == words


def test_a_grant_that_is_known_for_one_year_says_of_which(sam):
    stream = FundingStreamFactory(amount=None)
    AllocationFactory(stream=stream, amount=Decimal(7335876))
    assert one_of(found(sam), "stream").money == "£7,335,876 in 2017-18"


@pytest.mark.parametrize("is_agreed", [True, False])
def test_that_no_exit_plan_is_held_is_said(sam, is_agreed):
    application = FundingApplicationFactory(agreed=True, exit_plan="") if is_agreed else None
    ProjectFactory(stream=FundingStreamFactory(**OPEN), application=application)
    one = one_of(found(sam))
    assert (one.afterwards, one.money) == ("No exit plan is held.", "£20,000, nobody is asked what it spends")


def test_a_lead_sees_no_restricted_indicator_and_no_application():
    lead = UserFactory(roles=["data_lead"])
    application = FundingApplicationFactory(agreed=True)
    application.actions.add(ActionFactory())
    project = ProjectFactory(stream=FundingStreamFactory(**OPEN), application=application)
    project.indicators.add(IndicatorFactory(name="Open one"), IndicatorFactory(name="Hidden one", is_restricted=True))
    one = one_of(found(lead))
    assert told(one) == {"Indicators": ["Open one"]}
    assert one.afterwards == "It stands in the application, which members of the bodies see."


def test_a_member_of_the_applying_body_sees_its_exit_plan():
    chair, body = UserFactory(roles=["member"]), BodyFactory()
    place(chair, body, Membership.Role.CHAIR)
    ProjectFactory(stream=FundingStreamFactory(**OPEN), application=FundingApplicationFactory(agreed=True, body=body))
    assert one_of(found(chair)).afterwards == "The market's traders take the patrols over."
