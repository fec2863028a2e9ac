"""The page of money on 26 April 2018, as each reader meets it, and as fast with 300 projects as with ten."""

import datetime as dt
import time
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Installation
from governance.models import Undertaking
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.funding import (
    Y1,
    AllocationFactory,
    BudgetChangeFactory,
    ForecastFactory,
    FundedPostsFactory,
    FundingApplicationFactory,
    FundingStreamFactory,
    OutputFactory,
    ProjectFactory,
    ProjectYearFactory,
    spent,
)
from tests.factories.governance import ActionFactory, BodyFactory
from tests.factories.governing import ApprovalFactory, UndertakingFactory
from tests.factories.indicators import IndicatorFactory, ReturnFactory, RoundFactory
from tests.factories.priorities import CommitmentFactory, PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("governance:funding")
FILE = reverse("governance:funding-workbook")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2018, 4, 26, 9, 0, tzinfo=dt.UTC), tick=True):
        yield


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def plan():
    return PlanFactory()


def page(client, user, query=""):
    client.force_login(user)
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_an_empty_page_says_so_and_offers_the_first_stream(client, sam, plan):
    html = page(client, sam)
    assert "No funding stream is entered yet." in html
    assert reverse("governance:funding-stream-add") in html
    assert "£0" not in html


def test_the_year_of_today_is_shown_and_the_plan_s_others_lead_on(client, sam, plan):
    html = page(client, sam)
    assert '<h1 class="govuk-heading-l">Money, 2018-19</h1>' in html
    assert '<strong aria-current="true">2018-19</strong>' in html
    for year in ("2017-18", "2019-20", "2020-21"):
        assert f'href="?year={year}"' in html
    assert "Money, 2017-18" in page(client, sam, "?year=2017-18")
    assert "Money, 2018-19" in page(client, sam, "?year=%00")


def test_it_is_midnight_in_london_that_begins_the_year(client, sam, plan):
    with time_machine.travel(dt.datetime(2018, 3, 31, 22, 59, tzinfo=dt.UTC), tick=False):
        assert "Money, 2017-18" in page(client, sam)
    with time_machine.travel(dt.datetime(2018, 3, 31, 23, 0, tzinfo=dt.UTC), tick=False):
        assert "Money, 2018-19" in page(client, sam)


def test_a_stream_opens_its_projects_with_sub_totals_by_theme(client, sam, plan):
    stream = FundingStreamFactory(name="Crime Fund", amount=Decimal(1610109), terms="No carry-forward")
    AllocationFactory(stream=stream, year=Y1, team="Drug and Alcohol Action Team", amount=Decimal(578000))
    for name, theme, amount in (("One", "VAWG", 74000), ("Two", "VAWG", 74459), ("Three", "Wider CJS", 200000)):
        ProjectFactory(stream=stream, name=name, theme=theme, amount=Decimal(amount))
    html = page(client, sam, "?year=2017-18")
    for words in (
        "Mayor’s Office. No carry-forward",
        "of it £578,000 for the Drug and Alcohol Action Team",
        "Its three projects",
        "£148,459",  # of VAWG
        "£1,261,650 not given yet",
    ):
        assert words in html
    assert html.index("VAWG</th>") < html.index(">One</a>") < html.index("Wider CJS</th>")


def test_a_closed_project_s_money_is_not_dropped(client, sam, plan):
    spent(ProjectFactory(name="Patrols", spending=True, closed=True), "2018-19-q1", "4000.25")
    html = page(client, sam)
    assert "£15,999.75 not spent by closed projects" in html
    assert "closed, £15,999.75 not spent" in html
    assert "A closed project counts with all that was given to it." in html


def test_left_is_of_the_year_s_money_and_at_most_where_not_all_spend_is_known(client, sam, plan):
    """As the pack has it: £100,000 less £5,463.85."""
    stream = FundingStreamFactory(name="Prevent", amount=None)
    AllocationFactory(stream=stream, year=Y1, amount=Decimal(100000))
    spent(ProjectFactory(stream=stream, spending=True, amount=Decimal(5500)), "2017-18-q1", "5463.85")
    html = page(client, sam, "?year=2017-18")
    left = 'data-label="Left of 2017-18"><span>£94,536.15'
    assert f"{left}</span>" in html
    assert 'data-label="Whole amount"><span>£100,000 <span class="csp-sub">in 2017-18</span>' in html
    ProjectFactory(stream=stream)
    assert f'{left} <span class="csp-sub">at most</span>' in page(client, sam, "?year=2017-18")
    assert "Left: of the year’s money, after what is verified as spent in the year; at most, where not all" in html


def test_more_spent_than_there_was_in_the_year(client, sam, plan):
    stream = FundingStreamFactory()
    AllocationFactory(stream=stream, year=Y1, amount=Decimal(100))
    spent(ProjectFactory(stream=stream, spending=True), "2017-18-q1", "100.10")
    assert '<span>−£0.10 <span class="csp-sub">overspent</span>' in page(client, sam, "?year=2017-18")


def test_indicators_stand_as_now_until_the_year_is_over(client, sam, plan):
    assert "meant to move, as they stood at the end of 2017-18." in page(client, sam, "?year=2017-18")
    assert "meant to move, as they stand now." in page(client, sam, "?year=2018-19")
    with time_machine.travel(dt.datetime(2018, 3, 31, 12, 0, tzinfo=dt.UTC), tick=False):
        assert "meant to move, as they stand now." in page(client, sam, "?year=2017-18")


def test_what_was_made_up_is_marked_wherever_it_is_named(client, sam, plan):
    stream = FundingStreamFactory(name="Night Levy", is_sample=True)
    ProjectFactory(name="Outreach", stream=stream, is_sample=True, priority=PriorityFactory(plan=plan))
    FundedPostsFactory(name="Wardens", is_sample=True, stream=stream, ends_on=dt.date(2018, 12, 31))
    BudgetChangeFactory(what_for="Fewer patrols", is_sample=True)
    FundingStreamFactory(name="Old Levy (sample)", is_sample=True)  # says so itself
    html = page(client, sam)
    assert "Old Levy (sample)</a>" in html and "(sample)</a> (sample)" not in html
    assert html.count("Outreach</a> (sample)") == 3  # by stream, by priority, what ends
    assert html.count("Night Levy</a> (sample)") == 3  # by stream, by year, what ends
    assert html.count("Wardens (sample)") == 2 and "Fewer patrols (sample)" in html
    client.force_login(sam)
    assert "sample-money-2018-19.xlsx" in client.get(FILE)["Content-Disposition"]


def test_growth_savings_and_net_by_year(client, sam, plan):
    BudgetChangeFactory(amount=Decimal(150000))
    BudgetChangeFactory(kind="saving", amount=Decimal(400000), what_for="Street enforcement")
    html = page(client, sam)
    for words in ("+£150,000", "−£400,000", "−£250,000", "Street enforcement"):
        assert words in html


def test_posts_stand_beside_the_money_with_their_total(client, sam, plan):
    for number in (6, 14, 18, 1):
        FundedPostsFactory(number=number)
    FundedPostsFactory(number=100, ends_on=dt.date(2018, 3, 31))
    assert "<strong>39</strong> posts are paid for in 2018-19" in page(client, sam)
    FundedPostsFactory(number=1, posts="analysts")
    assert 'data-label="Who they are"><span>analysts</span>' in page(client, sam)
    assert "<strong>140</strong> posts are paid for in 2017-18" in page(client, sam, "?year=2017-18")


def test_applications_that_wait_and_conditions_that_are_open(client, sam, plan):
    FundingApplicationFactory.create_batch(2, submitted=True)
    FundingApplicationFactory()  # a draft
    agreed = ApprovalFactory(application=FundingApplicationFactory(agreed=True), delivery_plan=None)
    UndertakingFactory(kind=Undertaking.Kind.CONDITION, approval=agreed)
    UndertakingFactory(kind=Undertaking.Kind.CONDITION, approval=ApprovalFactory())  # of a delivery plan
    html = page(client, sam)
    assert "Two applications for money wait for a decision." in html
    assert "One condition on agreed money is open." in html


def test_a_lead_reads_it_without_applications_and_changes_nothing(client, plan):
    FundingApplicationFactory(submitted=True)
    ProjectFactory(name="Patrols")
    html = page(client, UserFactory(roles=["data_lead"]))
    assert "Patrols" in html
    for hidden in ("a decision", "Add a stream", "Add a project", reverse("governance:funding-application-list")):
        assert hidden not in html


def test_a_member_sees_applications_and_adds_nothing(client, plan):
    html = page(client, UserFactory(roles=["member"]))
    assert "No application for money waits for a decision." in html
    assert "Add a stream" not in html


@pytest.mark.parametrize(("role", "is_named"), [("executive", True), ("commentary_lead", False)])
def test_a_restricted_indicator_is_nowhere_on_the_page_for_who_may_not_see_it(client, plan, role, is_named):
    project = ProjectFactory(priority=PriorityFactory(plan=plan))
    project.indicators.add(IndicatorFactory(name="MAPPA level 3", slug="mappa", is_restricted=True))
    html = page(client, UserFactory(roles=[role]))
    assert ("MAPPA" in html) is is_named
    assert ("/mappa/" in html) is is_named


@pytest.mark.parametrize("url", [PAGE, FILE])
@pytest.mark.parametrize("role", ["scrutiny", "administrator"])
def test_others_are_told_whose_it_is(client, url, role):
    client.force_login(UserFactory(roles=[role]))
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("where", ["nowhere", "a row", "the installation"])
def test_sample_says_so(client, sam, plan, where):
    ProjectFactory(is_sample=where == "a row")
    if where == "the installation":
        Installation.objects.create(pk=1, holds_sample=True)
    assert ("Sample figures." in page(client, sam)) is (where != "nowhere")


# ---------------------------------------------------------------- many


def many(plan, number):
    """Projects with everything that a project can have."""
    priority = PriorityFactory(plan=plan)
    by, owner, body = UserFactory(), OrganisationFactory(), BodyFactory()
    rounds = [RoundFactory(quarter=quarter) for quarter in Y1.quarters]
    indicators, commitment, action = IndicatorFactory.create_batch(3), CommitmentFactory(), ActionFactory()
    streams = FundingStreamFactory.create_batch(4)
    for place in range(number):
        project = ProjectFactory(
            stream=streams[place % 4],
            theme=f"Theme {place % 7}",
            priority=priority,
            spending=True,
            organisation=owner,
            spend__owner=owner,
            lead_body=body,
            amount=Decimal("300.00"),
            application=FundingApplicationFactory(agreed=True, body=body, stream=streams[0], drafted_by=by),
        )
        project.indicators.set(indicators)
        project.commitments.add(commitment)
        project.application.actions.add(action)
        ProjectYearFactory(project=project, amount=Decimal("100.10"))
        ForecastFactory(project=project, amount=Decimal("120.00"), made_by=by)
        OutputFactory(project=project)
        spent(project, "2017-18-q1", "10.10")
        ReturnFactory(indicator=project.spend, round=rounds[3])
        if place % 10 == 0:
            AllocationFactory(stream=FundingStreamFactory(), year=Y1)
            FundedPostsFactory(stream=streams[0], ends_on=dt.date(2018, 12, 31), organisation=owner)
            BudgetChangeFactory()


@pytest.mark.once
@pytest.mark.parametrize("number", [10, 300])
def test_it_asks_the_database_as_often_for_ten_projects_as_for_300(client, sam, plan, number):
    many(plan, number)
    client.force_login(sam)
    client.get(PAGE + "?year=2017-18")
    with CaptureQueriesContext(
        connection,
    ) as of_page:
        start = time.process_time()
        response = client.get(PAGE + "?year=2017-18")
        took = time.process_time() - start
    assert f"{Decimal('10.10') * number:,}" in response.content.decode()
    with CaptureQueriesContext(connection) as of_file:
        client.get(FILE + "?year=2017-18")
    assert (len(of_page), len(of_file)) == (31, 25)
    assert took < 2  # of this process alone; about half a second where nothing else runs
