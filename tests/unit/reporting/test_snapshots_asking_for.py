"""What a snapshot holds of what the CSP Executive is asked to decide, by when that was known."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Body
from lib.quarters import Quarter, Year
from reporting import snapshots
from reporting.snapshots.shape import ToDecidePart
from tests.factories import funding as money
from tests.factories import governance as made
from tests.factories import governing
from tests.factories import reporting as data
from tests.factories.indicators import TargetFactory

pytestmark = pytest.mark.django_db

Q4 = Quarter.parse("2017-18-q4")
MAY_8 = dt.datetime(2018, 5, 8, 16, tzinfo=dt.UTC)
MAY_22 = dt.datetime(2018, 5, 22, 9, tzinfo=dt.UTC)


def on(month: int, day: int, hour: int = 9, year: int = 2018) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


@pytest.fixture
def plan():
    return data.plan()


@pytest.fixture
def executive():
    return made.BodyFactory(code="CSPE", kind=Body.Kind.EXECUTIVE)


def taken(plan, moment=MAY_8):
    return snapshots.take(plan, Q4, moment).to_decide


def item(meeting, order, title, purpose="decide", presenter=""):
    return governing.AgendaItemFactory(meeting=meeting, order=order, title=title, purpose=purpose, presenter=presenter)


def test_nothing_is_asked_where_nothing_waits(plan):
    assert taken(plan) == ()


def test_of_the_agenda_what_is_to_be_decided_stands_in_its_order(plan, executive):
    meeting = governing.MeetingFactory(body=executive, quarter=Q4, starts_at=MAY_22)
    item(meeting, 3, "Agree the budget", presenter="Head of service")
    item(meeting, 2, "Note the figures", purpose="note")
    item(meeting, 1, "Agree the delivery plans")
    other = governing.MeetingFactory(body=executive, starts_at=on(7, 3))
    item(other, 1, "Of another meeting")
    assert taken(plan) == (
        ToDecidePart("Agree the delivery plans", "Agenda item 1", "", ""),
        ToDecidePart("Agree the budget", "Agenda item 3", "", "Head of service"),
    )


def test_an_item_is_asked_for_until_its_decision_was_recorded(plan, executive):
    meeting = governing.MeetingFactory(body=executive, quarter=Q4, starts_at=MAY_22)
    one = item(meeting, 1, "Agree the budget")
    governing.DecisionFactory(
        body=executive, number=1, meeting=meeting, item=one, decided_on=dt.date(2018, 5, 22), recorded_at=on(5, 22, 12)
    )
    assert [each.text for each in taken(plan, on(5, 22, 11))] == ["Agree the budget"]
    assert taken(plan, on(5, 22, 12)) == ()


def test_a_meeting_that_was_called_off_asks_for_nothing(plan, executive):
    meeting = governing.MeetingFactory(
        body=executive, quarter=Q4, starts_at=MAY_22, state="cancelled", cancelled_because="No quorum"
    )
    item(meeting, 1, "Agree the budget")
    assert taken(plan) == ()


def test_an_application_for_money_that_waits_is_asked_for(plan):
    body = made.BodyFactory(code="ASB", short_name="ASB group")
    application = money.FundingApplicationFactory(
        body=body, number=2, title="Lights in the park", submitted=True, submitted_at=on(5, 2)
    )
    (one,) = taken(plan)
    amount = "£12,000"
    stream = f" from {application.stream.name}" if application.stream else ""
    assert one == ToDecidePart(f"Lights in the park: {amount}{stream}", "Application for money", "ASB F2", "ASB group")
    assert taken(plan, on(5, 2, 8)) == ()


def test_a_delivery_plan_waits_from_its_submission_until_it_was_agreed(plan):
    body = made.BodyFactory(code="ASB", name="ASB Operations Group", short_name="ASB group")
    later = made.DeliveryPlanFactory(body=body, year=Year(2018), submitted=True, submitted_at=on(5, 2))
    assert taken(plan, on(5, 2, 8)) == ()
    assert taken(plan) == (
        ToDecidePart("Delivery plan 2018-19 of ASB Operations Group", "Delivery plan", "ASB", "ASB group"),
    )
    governing.ApprovalFactory(
        delivery_plan=later, given_on=dt.date(2018, 5, 3), recorded_at=on(5, 10), verdict="agreed"
    )
    assert len(taken(plan)) == 1
    assert taken(plan, on(5, 10, 10)) == ()


def test_targets_that_are_proposed_stand_together_by_year(plan):
    for reference, year in (("A1", 2017), ("A2", 2018), ("A3", 2018)):
        proposed(data.indicator(plan, reference), year)
    assert [one.text for one in taken(plan)] == [
        "Target proposed for 2017-18: A1",
        "2 targets proposed for 2018-19: A2 and A3",
    ]
    assert [(one.source, one.reference, one.who) for one in taken(plan)] == [
        ("Proposed targets", "A1", "Partnership team"),
        ("Proposed targets", "", "Partnership team"),
    ]


def test_a_target_that_is_agreed_since_was_asked_for_then(plan):
    indicator = data.indicator(plan, "A1")
    proposed(indicator, 2018)
    TargetFactory(
        indicator=indicator, year=Year(2018), rule="tolerance", value=100, tolerance=5, agreed_by="CSP Executive",
        agreed_on=dt.date(2018, 5, 22), set_at=on(5, 22),
    )  # fmt: skip
    assert [one.text for one in taken(plan)] == ["Target proposed for 2018-19: A1"]
    assert taken(plan, on(5, 23)) == ()


def proposed(indicator, year):
    TargetFactory(
        indicator=indicator, year=Year(year), rule="tolerance", value=100, tolerance=5, agreed_by="", agreed_on=None,
        set_at=on(4, 20),
    )  # fmt: skip


def test_the_number_of_queries_does_not_grow_with_what_is_asked(plan, executive, django_assert_num_queries):
    meeting = governing.MeetingFactory(body=executive, quarter=Q4, starts_at=MAY_22)
    item(meeting, 1, "Agree the first")
    made.DeliveryPlanFactory(body=made.BodyFactory(), year=Year(2018), submitted=True, submitted_at=on(5, 2))
    with CaptureQueriesContext(connection) as few:
        snapshots.take(plan, Q4, MAY_8)
    for number in range(2, 12):
        item(meeting, number, f"Agree number {number}")
        made.DeliveryPlanFactory(body=made.BodyFactory(), year=Year(2018), submitted=True, submitted_at=on(5, 2))
    with django_assert_num_queries(len(few)):
        assert len(taken(plan)) == 22
