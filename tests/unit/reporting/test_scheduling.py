"""Drafts by the calendar: from the day after verify-by, once, and not for ever."""

import datetime as dt

import pytest

from reporting.actions import building, scheduling
from reporting.models import Pack
from tests.factories import reporting as data
from tests.factories.accounts import UserFactory
from tests.factories.indicators import RoundFactory

pytestmark = pytest.mark.django_db
VERIFY_BY = dt.date(2018, 5, 4)


@pytest.fixture
def plan(monkeypatch):
    monkeypatch.setattr("reporting.tasks.build_pack.delay", lambda pk: None)
    made = data.plan()
    RoundFactory(
        quarter=data.Q4, opens_on=dt.date(2018, 4, 3), due_on=dt.date(2018, 4, 27), verify_by=VERIFY_BY,
        closes_on=dt.date(2018, 5, 10),
    )  # fmt: skip
    return made


def drafts(on):
    return [(pack.quarter, pack.standing) for pack in scheduling.request_drafts(on=on, by=None)]


def test_a_draft_is_asked_for_on_the_day_after_and_once(plan):
    assert drafts(VERIFY_BY) == []
    assert drafts(VERIFY_BY + dt.timedelta(days=1)) == [(data.Q4, "draft")]
    assert drafts(VERIFY_BY + dt.timedelta(days=1)) == []
    assert Pack.objects.get().requested_by is None


@pytest.mark.parametrize(("days", "asked"), [(30, True), (31, False)])
def test_a_server_that_was_out_catches_up_for_a_month(plan, days, asked):
    assert bool(drafts(VERIFY_BY + dt.timedelta(days=days))) is asked


def test_a_pack_built_since_makes_a_draft_needless(plan):
    building.request_pack(plan, data.Q4, by=UserFactory())  # today, long after verify-by
    assert drafts(VERIFY_BY + dt.timedelta(days=3)) == []


def test_what_was_built_before_the_day_is_built_again(plan):
    pack = building.request_pack(plan, data.Q4, is_draft=True, by=UserFactory())
    early = dt.datetime(2018, 5, 4, 22, tzinfo=dt.UTC)  # eleven at night in London, still the day itself
    Pack.objects.filter(pk=pack.pk).update(requested_at=early, job_state="failed", failure="No.")
    assert drafts(VERIFY_BY + dt.timedelta(days=1)) == [(data.Q4, "draft")]
