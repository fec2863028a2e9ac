"""Opening a quarter whose meeting is over or too early, and a year that has no monitoring set."""

import datetime as dt
import html

import pytest
import time_machine
from django.urls import reverse

from indicators.models import Round, Target
from lib.quarters import Quarter, Year
from tests.factories import UserFactory
from tests.factories.indicators import IndicatorFactory, TargetFactory
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db

JUNE = dt.datetime(2018, 6, 1, 11, 0, tzinfo=dt.UTC)  # Friday
MET_ON = dt.date(2018, 5, 24)
# 20, 25, 25 and 29 working days from 1 June 2018, on which no bank holiday follows before August.
USUAL = {
    "opens_on": dt.date(2018, 6, 1),
    "due_on": dt.date(2018, 6, 29),
    "commentary_due_on": dt.date(2018, 7, 6),
    "verify_by": dt.date(2018, 7, 6),
    "closes_on": dt.date(2018, 7, 12),
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(JUNE, tick=True):
        yield


@pytest.fixture(autouse=True)
def sam(client):
    sam = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(sam)
    PlanFactory()
    return sam


def page(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def boxes(**dates):
    return {f"{name}_{part}": getattr(day, part) for name, day in dates.items() for part in ("day", "month", "year")}


def address(meets_on=None, quarter="2017-18-q4"):
    said = boxes(executive_meets_on=meets_on) if meets_on else {}
    return reverse("indicators:round-open") + f"?quarter={quarter}&" + "&".join(f"{k}={v}" for k, v in said.items())


def test_a_meeting_that_has_been_is_kept_with_the_usual_dates(client):
    TargetFactory()
    response = client.get(address(MET_ON))
    shown = page(response)
    assert "meeting on <strong>Thursday 24 May 2018</strong> has already been" in shown
    assert "Its papers go out" not in shown and "before the meeting is usual" not in shown
    assert {name: response.context["form"][name].value() for name in USUAL} == USUAL
    assert client.post(address(MET_ON), boxes(**USUAL)).status_code == 302
    round_ = Round.objects.get()
    assert (round_.executive_meets_on, round_.set_by_hand, round_.due_on) == (MET_ON, [], dt.date(2018, 6, 29))


@pytest.mark.parametrize(
    "meets_on",
    [
        dt.date(2018, 6, 1),  # today: to come
        dt.date(2018, 6, 20),  # to come, with no time to give figures
        dt.date(2018, 3, 31),  # not of this quarter's pack: it had not ended
        dt.date(2017, 5, 24),  # the wrong year
    ],
)
def test_a_meeting_to_come_that_is_too_early_or_one_before_the_quarters_end_is_refused(client, meets_on):
    TargetFactory()
    shown = page(client.get(address(meets_on)))
    assert "That is too early for 2017-18 Q4" in shown and "Leave it empty to go on" in shown
    assert "When is what due?" not in shown


def test_the_day_after_the_quarters_end_is_kept(client):
    TargetFactory()
    assert "has already been" in page(client.get(address(dt.date(2018, 4, 1))))


def test_the_set_to_take_over_comes_first_with_how_many(client):
    for _ in range(3):
        TargetFactory(year=Year(2017))
    TargetFactory(year=Year(2017), indicator=IndicatorFactory(family="context"))
    shown = page(client.get(address(quarter="2018-19-q1")))
    assert shown.index("Take over the 3 indicators of 2017-18, as data only") < shown.index("Opens")
    assert "The measure beside them comes along" in shown
    days = {name: day + dt.timedelta(days=60) for name, day in USUAL.items()}
    assert client.post(address(quarter="2018-19-q1"), boxes(**days) | {"take_over_set": "on"}).status_code == 302
    assert Target.objects.filter(year=Year(2018)).count() == 4
    assert Round.objects.get().quarter == Quarter.parse("2018-19-q1")


def test_a_year_with_its_own_set_takes_over_nothing(client):
    TargetFactory()
    assert "Take over the" not in page(client.get(address()))
