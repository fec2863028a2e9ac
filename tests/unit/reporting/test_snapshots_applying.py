"""What a snapshot holds of applications for money: those that wait, and what became of others, by when it was recorded."""

import datetime as dt
from decimal import Decimal

import pytest

from governance.models import FundingApplication
from lib.quarters import Quarter
from reporting import snapshots
from tests.factories import funding as made
from tests.factories import reporting as data
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory
from tests.factories.governing import ApprovalFactory, UndertakingFactory

pytestmark = pytest.mark.django_db

Q3, Q4 = Quarter.parse("2017-18-q3"), Quarter.parse("2017-18-q4")
MAY_8 = dt.datetime(2018, 5, 8, 16, tzinfo=dt.UTC)
D = Decimal


def on(month: int, day: int, hour: int = 9) -> dt.datetime:
    return dt.datetime(2018, month, day, hour, tzinfo=dt.UTC)


@pytest.fixture
def plan():
    return data.plan()


def taken(plan, moment=MAY_8):
    return snapshots.take(plan, Q4, moment).funding


def applied(**fields):
    body = fields.pop("body", None) or BodyFactory(code="ASB", short_name="ASB group")
    return made.FundingApplicationFactory(body=body, number=2, **fields)


def test_an_application_waits_from_its_submission(plan):
    applied(submitted=True, submitted_at=on(5, 2))
    assert taken(plan, on(5, 2, hour=8)).applications == ()
    (one,) = taken(plan).waiting
    assert (one.reference, one.body, one.state, one.asked) == ("ASB F2", "ASB group", "submitted", D("12000.00"))
    assert (one.agreed, one.ended_on, one.verdict, one.submitted_on) == (None, None, "", dt.date(2018, 5, 2))


def test_a_draft_is_not_told(plan):
    applied()
    assert taken(plan).applications == ()


def decided(verdict="subject", recorded=None, **fields):
    """Agreed on 22 February 2018, typed on the 26th unless said otherwise."""
    application = applied(agreed=True, submitted_at=on(1, 22), decided_on=dt.date(2018, 2, 22), **fields)
    return application, approved(application, verdict, recorded or on(2, 26))


def approved(application, verdict, recorded):
    return ApprovalFactory(
        delivery_plan=None,
        application=application,
        verdict=verdict,
        given_on=dt.date(2018, 2, 22),
        recorded_at=recorded,
    )


def test_a_decision_counts_from_its_recording(plan):
    application, _ = decided()
    made.FundingInterestFactory(
        application=application, name="Dana Reid", nature="Sits on the group", recorded_at=on(2, 22)
    )
    (before,), (after,) = taken(plan, on(2, 26, hour=8)).applications, taken(plan).applications
    assert (before.state, before.agreed, before.verdict, before.conditions) == ("submitted", None, "", 0)
    assert (after.state, after.asked, after.agreed) == ("agreed", D("12000.00"), D("12000.00"))
    assert (after.verdict, after.ended_on) == ("Agreed subject to conditions", dt.date(2018, 2, 22))
    assert after.interests == ("Dana Reid: Sits on the group",)
    assert taken(plan).decided == (after,)


def test_a_decision_that_was_withdrawn_never_was(plan):
    application, approval = decided()
    type(approval).objects.update(withdrawn_at=on(3, 1), withdrawn_by=UserFactory(), withdrawn_because="Of another")
    FundingApplication.objects.update(state="submitted", decided_on=None)
    assert [one.state for one in taken(plan).applications] == ["submitted"]
    assert [one.state for one in taken(plan, on(2, 28)).applications] == ["agreed"]


def test_decisions_of_earlier_quarters_are_not_told_again(plan):
    data.round_(Q3, closes_on=dt.date(2018, 2, 22))
    decided()
    assert taken(plan).applications == ()
    assert [one.state for one in taken(plan, on(2, 25)).applications] == ["submitted"]  # it was not recorded yet


def test_a_refusal_and_a_withdrawal_are_told_once(plan):
    decided("refused")
    FundingApplication.objects.update(state="declined")
    made.FundingApplicationFactory(
        submitted=True, submitted_at=on(1, 22), state="withdrawn", withdrawn_at=on(4, 3), withdrawn_by=UserFactory(),
        withdrawn_because="Paid for otherwise", body=BodyFactory(code="NPF"),
    )  # fmt: skip
    assert sorted((one.state, one.verdict, one.agreed) for one in taken(plan).applications) == [
        ("declined", "Not agreed", None),
        ("withdrawn", "", None),
    ]
    assert sorted(one.state for one in taken(plan, on(4, 2)).applications) == ["declined", "submitted"]


def test_open_conditions_stand_with_the_money_and_nowhere_else(plan):
    _, approval = decided()
    given = {"kind": "condition", "meeting": None, "approval": approval, "recorded_at": on(2, 26)}
    UndertakingFactory(text="Open", due_on=dt.date(2018, 5, 1), **given)
    UndertakingFactory(text="Met", ending="done", ended_on=dt.date(2018, 5, 8), ended_by=UserFactory(), **given)
    snapshot = snapshots.take(plan, Q4, MAY_8)
    assert [(one.text, one.days_late, one.source) for one in snapshot.funding.conditions] == [("Open", 7, "ASB F2")]
    assert snapshot.funding.applications[0].conditions == 2
    assert snapshot.governance.undertakings == ()


def test_a_condition_of_the_plan_stands_where_it_stood(plan):
    UndertakingFactory(kind="condition", recorded_at=on(2, 26))
    assert len(snapshots.take(plan, Q4, MAY_8).governance.undertakings) == 1


def test_text_gives_the_same_back(plan):
    decided()
    snapshot = snapshots.take(plan, Q4, MAY_8)
    assert snapshots.from_json(snapshots.to_json(snapshot)) == snapshot
