"""What the first page tells the coordinator of quarters that are closed, or should be, and of revisions."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from indicators.models import Return, Revision, Round
from lib.quarters import Quarter
from tests.factories import reporting as data

pytestmark = pytest.mark.django_db

HOME = reverse("reporting:home")
MAY = dt.datetime(2018, 5, 2, 9, tzinfo=dt.UTC)
Q3, Q4 = Quarter.parse("2017-18-q3"), Quarter.parse("2017-18-q4")


@pytest.fixture(autouse=True)
def in_may():
    with time_machine.travel(MAY, tick=True):
        yield


@pytest.fixture
def sam():
    return data.person("Sam Carrick", "coordinator", last_login=MAY)


@pytest.fixture
def farida():
    return data.person()


@pytest.fixture
def plan():
    return data.plan()


def home(client, user):
    client.force_login(user)
    return " ".join(client.get(HOME).content.decode().split())


def close(quarter, on=dt.datetime(2018, 5, 1, 9, tzinfo=dt.UTC)):
    Round.objects.filter(quarter=quarter).update(closed_at=on, closed_by=User.objects.get(name="Sam Carrick"))


def send_back(figure, sam, quarter=Q4):
    data.send_back(figure, by=sam, sent=data.at(1))
    assert figure.for_return.round.quarter == quarter


def test_what_waits_to_be_verified_when_the_quarter_is_closed_still_waits(client, plan, sam, farida):
    for reference in ("A1", "A2", "A3", "A4"):
        data.figure(data.return_(data.indicator(plan, reference), Q3), 5, by=farida)
    close(Q3)
    page = home(client, sam)
    assert "Four returns of the closed 2017-18 Q3 wait to be verified." in page
    assert f'href="{reverse("indicators:round-detail", args=[Q3])}#to-verify"' in page


def test_of_one_it_is_said_in_the_singular(client, plan, sam, farida):
    data.figure(data.return_(data.indicator(plan), Q3), 5, by=farida)
    close(Q3)
    assert "One return of the closed 2017-18 Q3 waits to be verified." in home(client, sam)


def test_what_was_sent_back_and_can_not_be_sent_any_more_leads_to_more_time(client, plan, sam, farida):
    send_back(data.figure(data.return_(data.indicator(plan), words=True), 5, by=farida), sam)
    assert "was sent back and is still out" not in home(client, sam)  # it can be sent while the quarter is open
    close(Q4)
    Return.objects.update(due_again_on=dt.date(2018, 5, 2))
    assert "was sent back and is still out" not in home(client, sam)  # until today it is taken all the same
    Return.objects.update(due_again_on=dt.date(2018, 5, 1))
    page = home(client, sam)
    assert "One return of the closed 2017-18 Q4 was sent back and is still out." in page
    assert f'href="{reverse("indicators:round-exceptions", args=[Q4])}"' in page
    Return.objects.update(extended_to=dt.date(2018, 5, 2))
    assert "was sent back and is still out" not in home(client, sam)  # its owner has until today
    Return.objects.update(extended_to=dt.date(2018, 5, 1))
    assert "was sent back and is still out" in home(client, sam)


def test_what_was_never_given_is_nothing_to_do(client, plan, sam):
    data.return_(data.indicator(plan), Q3)
    close(Q3)
    page = home(client, sam)
    assert "of the closed" not in page


def test_only_coordinators_are_asked(client, plan, sam, farida):
    data.figure(data.return_(data.indicator(plan), Q3), 5, by=farida)
    close(Q3)
    assert "of the closed" not in home(client, data.person("Lena Fox", "executive", "data_lead", last_login=MAY))


def revise(of, farida, sam, *quarters):
    revision = Revision.objects.create(indicator=of, reason="The source was checked.", made_by=sam)
    for quarter in quarters:
        return_ = data.return_(of, quarter)
        data.figure(return_, 5, by=farida, verified=data.at(1))
        data.figure(return_, 6, by=farida, revision=revision, restates="revision", restated_because="Checked.")
        close(quarter)
    return revision


def test_a_revision_that_waits_is_told_once_and_not_with_its_quarters(client, plan, sam, farida):
    quarters = [Quarter.parse(f"2017-18-q{number}") for number in (1, 2, 3)]
    of = data.indicator(plan, "B2")
    revise(of, farida, sam, *quarters)
    page = home(client, sam)
    assert "One revision waits to be verified: B2" in page
    assert "three quarters, 2017-18 Q1 to 2017-18 Q3." in page
    assert f'href="{reverse("indicators:revision-list")}"' in page
    assert "of the closed" not in page


def test_of_many_revisions_three_are_named(client, plan, sam, farida):
    for number in range(1, 6):
        revise(data.indicator(plan, f"B{number}"), farida, sam, Q3)
    page = home(client, sam)
    assert "Five revisions wait to be verified: B1" in page
    assert "; and two more." in page


@pytest.mark.parametrize(("day", "asked"), [(10, False), (11, True)])
def test_a_quarter_past_its_last_day_is_to_be_closed(client, plan, sam, day, asked):
    """It is to close on 10 May, 40 days after the quarter's end."""
    data.commentary(data.return_(data.indicator(plan)))
    with time_machine.travel(dt.datetime(2018, 5, day, 9, tzinfo=dt.UTC)):
        page = home(client, sam)
    assert ("2017-18 Q4 was to close on Thursday 10 May 2018." in page) is asked
    assert (f'href="{reverse("indicators:round-close", args=[Q4])}"' in page) is asked


def test_it_costs_the_same_for_few_and_for_many(client, plan, sam, farida):
    def cost(quarters, count):
        for quarter in quarters:
            for _ in range(count):
                data.figure(data.return_(data.indicator(plan, ""), quarter), 5, by=farida)
                send_back(data.figure(data.return_(data.indicator(plan, ""), quarter), 5, by=farida), sam, quarter)
                revise(data.indicator(plan, ""), farida, sam, quarter)
            close(quarter)
        home(client, sam)
        with CaptureQueriesContext(connection) as queries:
            client.get(HOME)
        return len(queries)

    few = cost([Q4], 1)
    assert cost([Q3.previous, Q3.year_ago, Q3], 4) == few
