"""Who is reminded of what on which day: once per stage, until it is done, from the start again when it is due anew.

All about figures of 2017-18 Q4, due on Friday 27 April 2018, with their words due on Wednesday 2 May. 7 May is a bank holiday.
"""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import audit
from accounts.models import AuditEvent, Mail, Reminder, User
from indicators import actions
from indicators.models import Commentary, Return, Round, SendBack
from lib.working_days import is_working_day
from reporting import digests
from tests.factories import UserFactory
from tests.factories.collecting import AbsenceFactory
from tests.factories.indicators import (
    IndicatorFactory,
    LeadFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
    sent,
)

pytestmark = pytest.mark.django_db
DUE = dt.date(2018, 4, 27)


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", email="farida@example.org", roles=["data_lead"])


@pytest.fixture
def return_(farida):
    """B2, which Farida leads; nobody is asked for words."""
    placement = PlacementFactory(reference="B2")
    LeadFactory(indicator=placement.indicator, user=farida)
    return asked(placement.indicator)


def asked(indicator, words_due=None):
    made = ReturnFactory(indicator=indicator, round=Round.objects.first() or RoundFactory())
    Commentary.objects.filter(for_return=made).update(due_on=words_due)
    return made


@pytest.fixture
def morning(django_capture_on_commit_callbacks):
    """Runs the schedule on the morning of a day and gives what it sent, as (address, subject)."""

    def run(*day: int, on: dt.date | None = None, times: int = 2):
        before = len(mail.outbox)
        day_ = on or dt.date(*day)
        with time_machine.travel(dt.datetime.combine(day_, dt.time(6, 30), dt.UTC), tick=False):
            for _ in range(times):  # always twice: the second time says nothing
                with django_capture_on_commit_callbacks(execute=True):
                    digests.send(on=day_, by=None)
        return [(message.to[0], message.subject) for message in mail.outbox[before:]]

    return run


def season(morning, first, last):
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    return {day: found for day in days if (found := morning(on=day))}


def test_a_figure_that_never_comes_is_asked_for_four_times_and_then_told_to_the_team(morning, return_):
    UserFactory(name="Sam Carrick", email="sam@example.org", roles=["coordinator"])
    UserFactory(name="Lena Fox", email="lena@example.org", roles=["coordinator"])
    to = "farida@example.org"
    assert season(morning, dt.date(2018, 4, 9), dt.date(2018, 6, 29)) == {
        dt.date(2018, 4, 20): [(to, "1 figure due on Friday 27 April 2018")],
        dt.date(2018, 4, 27): [(to, "1 figure due today")],
        dt.date(2018, 4, 30): [(to, "1 figure late")],
        dt.date(2018, 5, 4): [(to, "1 figure late")],
        # the 8th day is Saturday 5 May, and the Monday after it a bank holiday
        dt.date(2018, 5, 8): [
            ("lena@example.org", "1 figure late for more than a week"),
            ("sam@example.org", "1 figure late for more than a week"),
        ],
    }
    assert list(
        Reminder.objects.filter(person__email=to).order_by("pk").values_list("stage", "cycle", "what", "mail__state")
    ) == [
        (stage, "2018-04-27", "Figure for B2 Domestic abuse reports, 2017-18 Q4", "sent")
        for stage in ("week_before", "on_the_day", "three_after", "seven_after")
    ]
    team = Reminder.objects.filter(stage="coordinator")
    assert {one.what for one in team} == {"Figure for B2 Domestic abuse reports, 2017-18 Q4 (Farida Begum)"}
    assert team.count() == 2


def test_reminders_stop_when_it_is_done(morning, return_):
    assert morning(2018, 4, 20)
    sent(return_)
    assert season(morning, dt.date(2018, 4, 21), dt.date(2018, 5, 31)) == {}


def test_one_digest_a_day_holds_all_that_has_reached_a_stage(morning, return_, farida):
    other = IndicatorFactory()
    LeadFactory(indicator=other, user=farida)
    LeadFactory(indicator=other, user=farida, duty="commentary")
    asked(other, dt.date(2018, 4, 27))
    assert morning(2018, 4, 20) == [("farida@example.org", "2 figures and 1 commentary due on Friday 27 April 2018")]
    assert Reminder.objects.count() == 3
    assert Mail.objects.filter(stage="digest").count() == 1
    event = AuditEvent.objects.get(kind="reminded")
    assert (event.actor, event.scheduled, len(event.changes)) == (None, True, 3)
    administrator = UserFactory(roles=["administrator"])
    assert not audit.history(farida).visible_to(administrator).filter(kind="reminded").exists()
    assert not AuditEvent.objects.visible_to(administrator).filter(kind="reminded").exists()  # it names figures


def test_what_falls_on_a_weekend_goes_on_monday(morning, return_):
    Return.objects.update(extended_to=dt.date(2018, 4, 28))  # a Saturday
    assert morning(2018, 4, 28) == []
    assert morning(2018, 4, 29) == []
    assert morning(2018, 4, 30) == [("farida@example.org", "1 figure late")]
    assert Reminder.objects.get().stage == "on_the_day"


def test_days_that_nothing_ran_are_made_good_by_the_latest_stage_alone(morning, return_):
    assert morning(2018, 5, 1) == [("farida@example.org", "1 figure late")]
    assert Reminder.objects.get().stage == "three_after"
    assert morning(2018, 5, 2) == []
    assert morning(2018, 5, 4) == [("farida@example.org", "1 figure late")]
    assert set(Reminder.objects.values_list("stage", flat=True)) == {"three_after", "seven_after"}


def test_sent_back_begins_again_without_the_week_before(morning, return_, farida):
    coordinator = UserFactory(roles=["coordinator"])
    assert morning(2018, 4, 20)
    sent(return_, supplied_by=farida)
    assert morning(2018, 4, 27) == []
    with time_machine.travel(dt.datetime(2018, 4, 30, 10, tzinfo=dt.UTC), tick=False):
        actions.send_back(
            return_, comment="Is it whole?", due_again_on=dt.date(2018, 5, 4), version=return_.version, by=coordinator
        )
    to = "farida@example.org"
    found = season(morning, dt.date(2018, 5, 1), dt.date(2018, 5, 14))
    found = {day: [one for one in sent if one[0] == to] for day, sent in found.items()}
    assert found == {
        dt.date(2018, 5, 4): [(to, "1 figure due today")],
        dt.date(2018, 5, 8): [(to, "1 figure late")],  # the 3rd day after is the bank holiday
        dt.date(2018, 5, 11): [(to, "1 figure late")],
        dt.date(2018, 5, 14): [],
    }
    cycles = set(Reminder.objects.of_the_owner().values_list("cycle", flat=True))
    assert cycles == {"2018-04-27", f"2018-05-04 sent_back:{SendBack.objects.get().pk}"}


def test_another_day_begins_again(morning, return_):
    assert morning(2018, 4, 20)
    Return.objects.update(extended_to=dt.date(2018, 5, 3))
    assert morning(2018, 4, 26) == [("farida@example.org", "1 figure due on Thursday 3 May 2018")]
    assert morning(2018, 4, 27) == []
    assert morning(2018, 5, 3) == [("farida@example.org", "1 figure due today")]
    assert list(Reminder.objects.order_by("pk").values_list("stage", "cycle")) == [
        ("week_before", "2018-04-27"),
        ("week_before", "2018-05-03"),
        ("on_the_day", "2018-05-03"),
    ]


def test_the_team_is_told_once_of_what_two_people_owe_and_nobody_of_what_they_owe_themselves(morning, return_):
    sam = UserFactory(name="Sam Carrick", roles=["coordinator", "data_lead"])
    lena = UserFactory(name="Lena Fox", roles=["coordinator"])
    LeadFactory(indicator=return_.indicator, user=sam)
    morning(2018, 5, 8)
    told = Reminder.objects.filter(stage="coordinator")
    assert [(one.person, one.what) for one in told] == [
        (lena, "Figure for B2 Domestic abuse reports, 2017-18 Q4 (Farida Begum, Sam Carrick)")
    ]
    assert Reminder.objects.get(person=sam).stage == "seven_after"
    body = next(message for message in mail.outbox if message.to == [lena.email]).body
    assert "Figure for B2 Domestic abuse reports, 2017-18 Q4, from Farida Begum, Sam Carrick\n" in body


def test_a_deputy_is_reminded_in_place_of_who_is_away(morning, return_, farida):
    deputy = UserFactory(name="Tom Okafor", email="tom@example.org", roles=["data_lead"])
    AbsenceFactory(person=farida, deputy=deputy, starts_on=dt.date(2018, 4, 16), ends_on=dt.date(2018, 4, 25))
    assert morning(2018, 4, 20) == [("tom@example.org", "1 figure due on Friday 27 April 2018")]
    assert (
        "You stand in for Farida Begum until Wednesday 25 April 2018, so what they owe is here too."
        in mail.outbox[-1].body
    )
    assert morning(2018, 4, 25) == []
    # back the day after: what was said to the deputy is said to her once
    assert morning(2018, 4, 26) == [("farida@example.org", "1 figure due on Friday 27 April 2018")]
    assert morning(2018, 4, 27) == [("farida@example.org", "1 figure due today")]


def test_nobody_who_has_left_is_reminded(morning, return_, farida):
    User.objects.filter(pk=farida.pk).update(is_active=False, left_at=dt.datetime(2018, 4, 1, tzinfo=dt.UTC))
    assert morning(2018, 4, 27) == []
    assert not Reminder.objects.exists()


def test_what_nobody_leads_any_more_is_told_to_the_team(morning, return_, farida):
    UserFactory(email="sam@example.org", roles=["coordinator"])
    User.objects.filter(pk=farida.pk).update(is_active=False, left_at=dt.datetime(2018, 4, 1, tzinfo=dt.UTC))
    found = season(morning, dt.date(2018, 4, 9), dt.date(2018, 6, 29))
    assert found == {dt.date(2018, 5, 8): [("sam@example.org", "1 figure late for more than a week")]}
    said = "Figure for B2 Domestic abuse reports, 2017-18 Q4, from nobody yet: name its lead"
    assert said in mail.outbox[-1].body


def test_a_quarter_opened_during_the_day_waits_for_the_next_digest(morning, return_, farida):
    assert morning(2018, 4, 20)
    late = IndicatorFactory()
    LeadFactory(indicator=late, user=farida)
    asked(late)
    assert morning(2018, 4, 20) == []  # one digest a day
    assert Reminder.objects.count() == 1
    assert morning(2018, 4, 23) == [("farida@example.org", "1 figure due on Friday 27 April 2018")]
    assert Reminder.objects.count() == 2


def test_one_that_fails_holds_up_none_of_the_others(morning, return_, farida, monkeypatch, caplog):
    first = UserFactory(name="Ann Able", email="ann@example.org", roles=["data_lead"])
    LeadFactory(indicator=return_.indicator, user=first)
    remind = digests.actions.remind

    def failing(person, items, **how):
        if person == first:
            raise RuntimeError("a bug")
        return remind(person, items, **how)

    monkeypatch.setattr(digests.actions, "remind", failing)
    assert morning(2018, 4, 20) == [("farida@example.org", "1 figure due on Friday 27 April 2018")]
    assert f"The reminder of person={first.pk} was not made" in caplog.text
    monkeypatch.setattr(digests.actions, "remind", remind)
    assert morning(2018, 4, 23) == [("ann@example.org", "1 figure due on Friday 27 April 2018")]


def test_who_is_due_costs_the_same_for_any_number(return_, farida):
    UserFactory(roles=["coordinator"])
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert digests.due(dt.date(2018, 5, 8))
        counts.append(len(captured))
        for _ in range(12):
            lead = LeadFactory()
            asked(lead.indicator)
    assert counts[0] == counts[1]
    assert counts[0] <= 36  # what indicators and governance want, and who was told


def test_every_day_of_the_season_is_a_working_day(morning, return_):
    UserFactory(roles=["coordinator"])
    assert all(is_working_day(day) for day in season(morning, dt.date(2018, 3, 26), dt.date(2018, 5, 31)))


def test_words_owed_anew_are_reminded_of_anew_at_once_and_after_every_sending(morning, return_, monkeypatch):
    """Sent in time, and short of what their figure asks for since it was restated on 10 May."""
    anna = UserFactory(name="Anna Cole", email="anna@example.org", roles=["commentary_lead"])
    LeadFactory(indicator=return_.indicator, user=anna, duty="commentary")
    sent(return_)
    words = Commentary.objects.all()
    words.update(
        due_on=dt.date(2018, 5, 2),
        status="sent",
        what_happened="It rose.",
        sent_by=anna,
        written_by=anna,
        sent_at=dt.datetime(2018, 5, 1, tzinfo=dt.UTC),
    )
    assert morning(2018, 5, 9) == []
    monkeypatch.setattr("indicators.work.explaining.outstanding", lambda some: {one.pk: object() for one in some})
    assert morning(2018, 5, 10) == [("anna@example.org", "1 commentary to complete")]
    assert morning(2018, 5, 11) == []
    words.update(version=2)
    assert morning(2018, 5, 14) == [("anna@example.org", "1 commentary to complete")]
    assert list(Reminder.objects.order_by("pk").values_list("stage", "cycle")) == [
        ("seven_after", "2018-05-02 incomplete:1"),
        ("seven_after", "2018-05-02 incomplete:2"),
    ]


def test_a_figure_sent_back_is_told_to_the_deputy_of_who_is_away(return_, farida, django_capture_on_commit_callbacks):
    deputy = UserFactory(name="Tom Okafor", email="tom@example.org", roles=["data_lead"])
    AbsenceFactory(person=farida, deputy=deputy, starts_on=dt.date(2018, 4, 30), ends_on=dt.date(2018, 5, 4))
    sent(return_, supplied_by=UserFactory())
    with time_machine.travel(dt.datetime(2018, 4, 30, 10, tzinfo=dt.UTC), tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            by = UserFactory(roles=["coordinator"])
            asked = {"comment": "Is it whole?", "due_again_on": dt.date(2018, 5, 4)}
            actions.send_back(return_, **asked, version=return_.version, by=by)
    assert [message.to for message in mail.outbox] == [["tom@example.org"]]
