"""What a snapshot holds of money, and when it came to know it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Project
from indicators.models import Indicator
from lib.quarters import Quarter, Year
from reporting import snapshots
from tests.factories import funding as made
from tests.factories import reporting as data
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.governance import BodyFactory
from tests.factories.governing import ApprovalFactory

pytestmark = pytest.mark.django_db

Q1, Q2, Q3, Q4 = (Quarter.parse(f"2017-18-q{number}") for number in (1, 2, 3, 4))
MAY_8 = dt.datetime(2018, 5, 8, 16, tzinfo=dt.UTC)
D = Decimal


def on(month: int, day: int, hour: int = 9, year: int = 2018) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


@pytest.fixture
def plan():
    return data.plan()


@pytest.fixture
def someone():
    return UserFactory(name="Farida Begum")


@pytest.fixture
def stream():
    return made.FundingStreamFactory(slug="fund", name="Fund")


@pytest.fixture
def project(stream):
    """£20,000 from 1 April 2017 to 31 March 2019, £10,000 of it in 2017-18."""
    project = made.ProjectFactory(stream=stream, slug="patrols", name="Patrols", spending=True)
    made.ProjectYearFactory(project=project, year=Year(2017), amount=D("10000.00"))
    return project


def taken(plan, moment=MAY_8, quarter=Q4):
    return snapshots.take(plan, quarter, moment).funding


def only(plan, moment=MAY_8, quarter=Q4):
    (one,) = taken(plan, moment, quarter).projects
    return one


def asked(project, quarter):
    return data.return_(project.spend, quarter)


def gave(return_, amount, by, *, recorded, verified=None, **fields):
    """An amount to the penny for a return."""
    return data.figure(return_, amount, by=by, recorded=recorded, verified=verified, is_amount=True, **fields)


# ---------------------------------------------------------------- spend, by its verification


def test_spend_is_not_known_before_its_verification_and_known_to_the_penny_after(plan, project, someone):
    gave(asked(project, Q4), "1234.56", someone, recorded=on(4, 20), verified=on(5, 3))
    before, after = only(plan, on(5, 3, hour=8)), only(plan, on(5, 3))
    assert (before.this.state, before.this.amount, before.this.verified) == ("unverified", D("1234.56"), None)
    assert (before.spent_in_year, before.spent_so_far, before.awaited) == (None, None, (Q4,))
    assert (after.this.state, after.this.verified) == ("verified", D("1234.56"))
    assert (after.spent_in_year, after.spent_so_far, after.awaited) == (D("1234.56"), D("1234.56"), ())


def test_restated_spend_shows_the_later_amount_after_its_verification_and_the_earlier_one_before(
    plan, project, someone
):
    return_ = asked(project, Q4)
    gave(return_, "1234.56", someone, recorded=on(4, 20), verified=on(4, 23))
    gave(
        return_, "1200.06", someone, recorded=on(4, 30), verified=on(5, 4), restates="correction",
        restated_because="An invoice was counted twice.",
    )  # fmt: skip
    before, after = taken(plan, on(5, 4, hour=8)), taken(plan, on(5, 4))
    assert (before.projects[0].this.verified, before.restated) == (D("1234.56"), ())
    assert (after.projects[0].this.verified, after.projects[0].this.was) == (D("1200.06"), D("1234.56"))
    (restated,) = after.restated
    assert (restated.project, restated.quarter, restated.was, restated.now) == ("patrols", Q4, D("1234.56"), D("1200.06"))  # fmt: skip
    assert (restated.kind, restated.why) == ("correction", "An invoice was counted twice.")
    assert (restated.verified_on, restated.by) == (dt.date(2018, 5, 4), "Farida Begum")


def test_what_was_restated_since_last_quarters_collection_closed_is_new(plan, project, someone):
    data.round_(Q3, closes_on=dt.date(2018, 2, 8))
    for quarter, day in ((Q1, 8), (Q2, 9)):
        return_ = asked(project, quarter)
        gave(return_, "10.00", someone, recorded=on(1, 3), verified=on(1, 4))
        gave(return_, "11.00", someone, recorded=on(2, day), verified=on(2, day), restates="revision", restated_because="Late invoices")  # fmt: skip
    funding = taken(plan)
    assert [one.quarter for one in funding.restated] == [Q1, Q2]
    assert [one.quarter for one in funding.newly_restated] == [Q2]


def test_each_quarter_of_the_year_stands_for_itself(plan, project, someone):
    gave(asked(project, Q1), "100.10", someone, recorded=on(1, 3), verified=on(1, 4))
    data.missing(asked(project, Q2), said=on(1, 5), reason="awaiting_partner", expected_on=dt.date(2018, 6, 1))
    data.missing(asked(project, Q3), said=on(1, 5), reason="not_collected")
    asked(project, Q4)
    one = only(plan)
    assert [(part.quarter, part.state, part.verified) for part in one.quarters] == [
        (Q1, "verified", D("100.10")),
        (Q2, "missing", None),
        (Q3, "not_collected", None),
        (Q4, "awaited", None),
    ]
    assert (one.quarters[1].reason, one.quarters[1].expected_on) == ("Awaiting partner", dt.date(2018, 6, 1))
    assert (one.spent_in_year, one.awaited) == (D("100.10"), (Q2, Q4))
    assert taken(plan).spent_in_year.unknown == 2  # what was never asked for is not missed


def test_later_quarters_are_left_out(plan, project, someone):
    gave(asked(project, Q3), "1.00", someone, recorded=on(1, 20), verified=on(1, 21))
    gave(asked(project, Q4), "2.00", someone, recorded=on(4, 20), verified=on(4, 21))
    one = only(plan, quarter=Q3)
    assert (one.this.quarter, one.this.verified, one.spent_so_far) == (Q3, D("1.00"), D("1.00"))
    assert one.quarters[3].state == "not_collected"


def test_the_first_quarter_of_the_second_year_begins_anew_and_counts_all_so_far(plan, project, someone):
    first = Quarter.parse("2018-19-q1")
    gave(asked(project, Q4), "1000.01", someone, recorded=on(4, 20), verified=on(4, 21))
    gave(asked(project, first), "0.99", someone, recorded=on(7, 20), verified=on(7, 21))
    one = only(plan, on(8, 1), first)
    assert (one.this.verified, one.spent_in_year, one.spent_so_far) == (D("0.99"), D("0.99"), D("1001.00"))
    assert (one.year_amount, one.left) == (None, D("18999.00"))  # half of its money is for no year yet


def test_the_first_quarter_of_the_first_year_has_nothing_behind_it(plan, project):
    asked(project, Q1)
    one = only(plan, dt.datetime(2017, 7, 20, 9, tzinfo=dt.UTC), Q1)
    assert (one.this.state, one.spent_in_year, one.spent_so_far, one.left) == ("awaited", None, None, None)
    assert [part.state for part in one.quarters] == ["awaited", *["not_collected"] * 3]


def test_nothing_spent_is_an_amount(plan, project, someone):
    gave(asked(project, Q4), "0", someone, recorded=on(4, 20), verified=on(4, 21))
    one = only(plan)
    assert (one.this.verified, one.spent_in_year, one.left) == (D("0.00"), D("0.00"), D("20000.00"))


def test_more_than_the_whole_is_overspent(plan, project, someone):
    gave(asked(project, Q4), "20000.01", someone, recorded=on(4, 20), verified=on(4, 21))
    assert only(plan).is_overspent and taken(plan).overspent[0].left == D("-0.01")


def test_a_project_whose_spend_nobody_is_asked_for_says_so(plan, stream):
    made.ProjectFactory(stream=stream)
    one = only(plan)
    assert (one.is_collected, one.this.state, one.spent_in_year, one.awaited) == (False, "not_collected", None, ())
    assert (taken(plan).spent_in_year.amount, taken(plan).spent_in_year.unknown) == (None, 0)


# ---------------------------------------------------------------- forecasts


def test_a_forecast_counts_from_when_it_was_made_and_the_latest_holds(plan, project):
    made.ForecastFactory(project=project, amount=D("9500.00"), reason="A post was vacant.", made_at=on(2, 12))
    made.ForecastFactory(project=project, amount=D("10250.50"), reason="Two vans.", made_at=on(4, 12))
    none, first, second = (only(plan, moment) for moment in (on(2, 12, hour=8), on(2, 12), on(4, 12)))
    assert (none.forecast, none.variance, none.reason) == (None, None, "")
    assert (first.forecast, first.variance, first.reason) == (D("9500.00"), D("-500.00"), "A post was vacant.")
    assert (second.forecast, second.variance, second.reason) == (D("10250.50"), D("250.50"), "Two vans.")
    assert [one.slug for one in taken(plan).varying] == ["patrols"]


def test_a_project_that_is_not_split_by_year_has_no_variance(plan, stream):
    project = made.ProjectFactory(stream=stream, spending=True)
    made.ForecastFactory(project=project, made_at=on(2, 12))
    one = only(plan)
    assert (one.amount, one.year_amount, one.forecast, one.variance) == (D("20000.00"), None, D("9500.00"), None)


# ---------------------------------------------------------------- which streams and projects


def test_streams_and_projects_are_those_of_the_year(plan):
    last = made.FundingStreamFactory(name="Over", starts_on=dt.date(2016, 4, 1), ends_on=dt.date(2017, 3, 31))
    made.ProjectFactory(stream=last, starts_on=dt.date(2016, 4, 1), ends_on=dt.date(2017, 3, 31))
    to_come = made.FundingStreamFactory(name="To come", starts_on=dt.date(2018, 4, 1), ends_on=dt.date(2019, 3, 31))
    made.ProjectFactory(stream=to_come, starts_on=None, ends_on=None)
    first_day = made.FundingStreamFactory(name="A", starts_on=dt.date(2016, 4, 1), ends_on=dt.date(2017, 4, 1))
    last_day = made.FundingStreamFactory(name="B", starts_on=dt.date(2018, 3, 31), ends_on=dt.date(2019, 3, 31))
    unknown = made.FundingStreamFactory(name="C", starts_on=None, ends_on=None, amount=None)
    funding = taken(plan)
    assert [one.name for one in funding.streams] == [first_day.name, last_day.name, unknown.name]
    assert funding.projects == ()
    assert (funding.streams[2].whole, funding.streams[2].year_amount, funding.streams[2].left) == (None, None, None)


def test_a_stream_whose_days_are_not_known_is_told_of_from_the_first_year_with_money(plan):
    stream = made.FundingStreamFactory(starts_on=None, ends_on=None, amount=None)
    made.AllocationFactory(stream=stream, year=Year(2017), amount=D("10.00"))
    money = {
        quarter: [one.year_amount for one in taken(plan, quarter=Quarter.parse(quarter)).streams]
        for quarter in ("2016-17-q4", "2017-18-q1", "2018-19-q1")
    }
    assert money == {"2016-17-q4": [], "2017-18-q1": [D("10.00")], "2018-19-q1": [None]}


def test_a_streams_money_is_its_years_and_what_no_project_has_is_left(plan, stream):
    made.AllocationFactory(stream=stream, year=Year(2017), amount=D("60000.00"))
    made.AllocationFactory(stream=stream, year=Year(2017), team="DAAT", amount=D("5000.00"))
    made.ProjectFactory(stream=stream, amount=D("20000.00"))
    made.ProjectFactory(stream=stream, amount=D("30000.05"))
    (one,) = taken(plan).streams
    assert (one.whole, one.year_amount, one.given, one.left) == (D("100000.00"), D("60000.00"), D("50000.05"), D("49999.95"))  # fmt: skip


def test_the_years_total_counts_streams_of_which_it_is_not_known(plan, stream):
    made.FundingStreamFactory(name="Known", starts_on=dt.date(2017, 4, 1), ends_on=dt.date(2018, 3, 31), amount=D("10.50"))  # fmt: skip
    total = taken(plan).year_total
    assert (total.known, total.unknown) == (D("10.50"), 1)


def test_what_a_project_serves_is_named_by_this_plan(plan, project):
    a1, elsewhere = data.indicator(plan, "A1", slug="calls"), Indicator.objects.get(pk=project.spend_id)
    project.indicators.add(a1, elsewhere)
    Project.objects.update(priority=plan.priorities.get(letter="B"), lead_body=BodyFactory(short_name="ASB group"))
    one = only(plan)
    assert (one.indicators, one.letter, one.body) == ((a1.slug,), "B", "ASB group")
    assert one.organisation == project.organisation.name_on(Q4.end)


def test_a_project_is_closed_from_its_day_on(plan, stream):
    made.ProjectFactory(stream=stream, closed=True, closed_on=dt.date(2018, 5, 8))
    before, after = only(plan, on(5, 7)), only(plan)
    assert (before.closed_on, before.closed_because, before.last_day) == (None, "", dt.date(2019, 3, 31))
    assert (after.closed_on, after.closed_because) == (dt.date(2018, 5, 8), "The provider left.")
    assert after.last_day == dt.date(2018, 5, 8)


def test_posts_are_those_of_the_day_by_which_the_quarter_is_judged(plan):
    made.FundedPostsFactory(name="There", number=14, ends_on=dt.date(2018, 3, 31))
    made.FundedPostsFactory(name="From April", number=99, starts_on=dt.date(2018, 4, 1))
    made.FundedPostsFactory(name="Analyst", number=1, posts="analysts")
    funding = taken(plan)
    assert [one.name for one in funding.posts] == ["Analyst", "There"]
    assert funding.posts_totals == {"analysts": 1, "police officers": 14}


def test_growth_and_savings_are_those_of_the_year(plan, stream):
    made.BudgetChangeFactory(stream=stream, amount=D("284000.00"), kind="saving")
    made.BudgetChangeFactory(year=Year(2018))
    (one,) = taken(plan).budget_changes
    assert (one.kind, one.amount, one.stream) == ("saving", D("284000.00"), "Fund")


# ---------------------------------------------------------------- as a whole


def test_it_is_sample_once_anything_of_it_is(plan, project):
    assert not snapshots.take(plan, Q4, MAY_8).is_sample
    Project.objects.update(has_sample_parts=True)
    assert snapshots.take(plan, Q4, MAY_8).is_sample


def test_text_gives_the_same_back(plan, project, someone):
    gave(asked(project, Q4), "1234.50", someone, recorded=on(4, 20), verified=on(4, 21))
    snapshot = snapshots.take(plan, Q4, MAY_8)
    assert snapshots.from_json(snapshots.to_json(snapshot)) == snapshot


def test_without_money_there_is_nothing_to_tell(plan):
    assert taken(plan).is_empty


# ---------------------------------------------------------------- costs


def grow(streams: int, projects: int) -> None:
    """So many more streams, each with so many projects that have all that a project has, and a decided and a waiting application."""
    someone = UserFactory()
    for stream in made.FundingStreamFactory.create_batch(streams, amount=D("1000000.00")):
        made.AllocationFactory(stream=stream)
        made.BudgetChangeFactory(stream=stream)
        made.FundedPostsFactory(stream=stream, organisation=OrganisationFactory())
        application = made.FundingApplicationFactory(stream=stream, agreed=True, submitted_at=on(1, 22), decided_on=dt.date(2018, 2, 22))  # fmt: skip
        ApprovalFactory(
            delivery_plan=None, application=application, given_on=dt.date(2018, 2, 22), recorded_at=on(2, 26)
        )
        made.FundingInterestFactory(application=application, recorded_at=on(1, 23))
        made.FundingApplicationFactory(submitted=True, stream=stream)
        for project in made.ProjectFactory.create_batch(projects, stream=stream, spending=True):
            made.ProjectYearFactory(project=project)
            made.ForecastFactory(project=project, made_at=on(2, 12))
            gave(asked(project, Q3), "1.00", someone, recorded=on(1, 20), verified=on(1, 21))
            data.send_back(gave(asked(project, Q4), "2.00", someone, recorded=on(4, 20)), by=someone, sent=on(4, 21))


def queries(plan) -> int:
    with CaptureQueriesContext(connection) as captured:
        taken(plan)
    return len(captured)


@pytest.mark.once
def test_300_projects_cost_as_many_queries_as_10(plan):
    grow(2, 5)
    small = queries(plan)
    grow(10, 29)
    funding = taken(plan)
    assert (len(funding.streams), len(funding.projects)) == (12, 300)
    assert (funding.spent_in_year.known, funding.spent_in_year.unknown) == (D("300.00"), 300)
    assert queries(plan) == small
    assert small <= 65


def test_what_is_printed_of_an_amount_of_a_year_is_told_with_its_stream(plan, stream):
    type(stream).objects.filter(pk=stream.pk).update(note="Printed twice.")
    made.AllocationFactory(stream=stream, year=Year(2018), amount=D("662986.00"), note="30% is not £150,000")
    made.AllocationFactory(stream=stream, year=Year(2018), amount=D("5.00"), team="A team", note="Theirs")
    made.AllocationFactory(stream=stream, year=Year(2019), amount=D("1.00"))
    (part,) = taken(plan).streams
    assert part.note == "Printed twice. 2018-19: 30% is not £150,000."
