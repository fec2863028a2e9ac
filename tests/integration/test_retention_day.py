"""The day on which single answers are removed: who may move it where, and who is told what is in the way."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts import audit
from accounts.models import User
from consultation import retention
from consultation.actions import purging
from lib.editing import Stale
from lib.owed import NOBODY
from tests.factories.accounts import UserFactory
from tests.factories.consultations import whole
from tests.integration.test_purging import AT, DAY, ready

pytestmark = pytest.mark.django_db


def changed(consultation, day, reason="", version=None, on=dt.date(2018, 9, 1)):
    by = consultation.opened_by
    return purging.change_day(consultation, purge_on=day, reason=reason, version=version or consultation.version, on=on, by=by)  # fmt: skip


def test_an_earlier_day_needs_no_reason_and_a_later_one_does():
    consultation = whole(state="closed")
    changed(consultation, dt.date(2018, 12, 31))
    with pytest.raises(ValidationError, match="longer than people were told"):
        changed(consultation, dt.date(2019, 1, 1), reason=" ")
    changed(consultation, dt.date(2019, 1, 1), reason="The analysis takes longer")
    later, earlier = audit.history(consultation)
    assert (earlier.comment, later.comment) == ("", "The analysis takes longer")
    assert later.changes == [
        {"what": "Single answers are removed on", "was": "31 December 2018", "now": "1 January 2019"}
    ]


@pytest.mark.parametrize(
    ("day", "on", "sentence"),
    [
        (dt.date(2018, 8, 12), dt.date(2018, 8, 1), "after 12 August 2018"),
        (dt.date(2018, 8, 13), dt.date(2018, 8, 14), "today or later"),
    ],
)
def test_days_that_can_not_be(day, on, sentence):
    with pytest.raises(ValidationError, match=sentence):
        changed(whole(state="closed"), day, on=on)


def test_the_day_after_the_last_and_today_can_be():
    assert changed(whole(state="closed"), dt.date(2018, 8, 13), on=dt.date(2018, 8, 13)).purge_on == dt.date(
        2018, 8, 13
    )


def test_the_same_day_changes_nothing():
    consultation = whole(state="closed")
    changed(consultation, DAY)
    assert not audit.history(consultation).exists()


def test_no_day_is_changed_once_the_removal_has_begun(monkeypatch):
    analysed = ready()
    monkeypatch.setattr(purging, "CHUNK", 1)
    opened = analysed.version
    purging.purge_some(analysed, on=DAY, at=AT, by=None)
    with pytest.raises(Stale):  # a page that was opened before
        changed(analysed, DAY + dt.timedelta(days=9), reason="Longer", version=opened, on=DAY)
    analysed.refresh_from_db()
    with pytest.raises(ValidationError, match="being removed already"):
        changed(analysed, DAY + dt.timedelta(days=9), reason="Longer", on=DAY)


def test_of_drafts_and_totals_no_day_is_changed_here():
    with pytest.raises(ValidationError, match="draft"):
        changed(whole(draft=True), DAY + dt.timedelta(days=1), reason="Longer")


# ---------------------------------------------------------------- who is told


def test_whoever_opened_it_owes_what_keeps_it_from_being_removed():
    consultation = whole(state="closed")
    assert retention.owed(DAY - dt.timedelta(days=29)) == []
    [item] = retention.owed(DAY - dt.timedelta(days=28))
    assert (item.due_on, item.person_id, item.stage) == (DAY, consultation.opened_by.pk, "due")
    assert retention.owed(DAY, UserFactory()) == []
    assert retention.owed(DAY + dt.timedelta(days=1), consultation.opened_by)[0].stage == "overdue"


def test_of_somebody_who_left_the_whole_team_is_told():
    consultation = whole(state="closed", triage_owner=None)
    User.objects.filter(pk=consultation.opened_by.pk).update(is_active=False, left_at=AT)
    assert retention.owed(DAY)[0].person_id == NOBODY
    team = {UserFactory(roles=["coordinator"]).pk for _ in range(2)}
    assert {item.person_id for item in retention.owed(DAY)} == team


def test_of_somebody_who_is_no_coordinator_any_more_too():
    consultation = whole(state="closed", triage_owner=None, opened_by=UserFactory(roles=["executive"]))
    sam = UserFactory(roles=["coordinator"])
    assert [item.person_id for item in retention.owed(DAY)] == [sam.pk]
    assert retention.owed(DAY, consultation.opened_by) == []


def test_nothing_is_owed_of_what_goes_by_itself():
    ready()
    assert retention.owed(DAY) == []
