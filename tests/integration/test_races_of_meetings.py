"""Meetings and decisions over two connections: no number twice, no meeting twice, no minute lost."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from governance.actions import decisions, meetings, minutes, papers, undertakings
from governance.minuting import Minutes, NewDecision
from governance.models import Body, Decision, Meeting, Paper, Undertaking
from lib.editing import Stale
from lib.quarters import Quarter
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory
from tests.factories.governing import AgendaItemFactory, MeetingFactory, PaperFactory, UndertakingFactory
from tests.factories.indicators import RoundFactory
from tests.integration.test_returns_race import ROUNDS, at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
DAY = dt.date(2018, 5, 24)
MOMENT = dt.datetime(2018, 5, 24, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


def refused(outcomes, kind=ValidationError):
    found = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(outcome, kind) for outcome in found), found
    return len(found)


def record(body, by):
    given = {"text": "Yes", "reason": "So", "decided_on": DAY, "delegate": "Jo Mercer", "authority": "D1"}
    return decisions.record(body, **given, by=by)


def test_no_number_is_given_twice(sam):
    body = BodyFactory()
    outcomes = at_once(*(lambda: record(body, sam) for _ in range(12)))
    assert refused(outcomes) == 0
    assert sorted(Decision.objects.values_list("number", flat=True)) == list(range(1, 13))


def test_one_decision_is_replaced_once(sam):
    for _ in range(ROUNDS):
        body = BodyFactory()
        first = record(body, sam)

        def replace(first=first, body=body):
            given = {"text": "No", "reason": "So", "decided_on": DAY, "delegate": "Jo Mercer", "authority": "D1"}
            return decisions.record(body, **given, replaces=Decision.objects.get(pk=first.pk), by=sam)

        assert refused(at_once(replace, replace)) == 1
        assert Decision.objects.filter(replaces=first).count() == 1


def test_minutes_and_a_decision_between_meetings_do_not_lock_each_other_out(sam):
    for _ in range(ROUNDS):
        meeting = MeetingFactory(starts_at=MOMENT)
        told = Minutes(items={}, decisions=[NewDecision(None, "Yes", "So"), NewDecision(None, "No", "So")])
        outcomes = at_once(
            lambda meeting=meeting, told=told: minutes.write_up(meeting, minutes=told, version=1, on=DAY, by=sam),
            lambda meeting=meeting: record(meeting.body, sam),
        )
        assert refused(outcomes) == 0, outcomes
        assert sorted(meeting.body.decisions.values_list("number", flat=True)) == [1, 2, 3]


def test_two_save_the_minutes_and_one_is_told(sam):
    for _ in range(ROUNDS):
        meeting = MeetingFactory(starts_at=MOMENT)
        told = Minutes(items={}, decisions=[NewDecision(None, "Yes", "So")])
        pair = [Meeting.objects.select_related("body").get(pk=meeting.pk) for _ in range(2)]
        outcomes = at_once(
            *(lambda one=one, told=told: minutes.write_up(one, minutes=told, version=1, on=DAY, by=sam) for one in pair)
        )
        assert refused(outcomes, Stale) == 1
        assert meeting.decisions.count() == 1


def test_one_meeting_at_one_time_and_one_for_a_quarter(sam):
    executive = BodyFactory(kind=Body.Kind.EXECUTIVE)
    RoundFactory(quarter=Quarter.parse("2017-18-q4"))
    given = {"kind": "ordinary", "ends_at": None, "place": "", "by": sam}
    for number in range(ROUNDS):
        at = MOMENT + dt.timedelta(days=number)
        outcomes = at_once(
            *(lambda at=at: meetings.add(executive, starts_at=at, quarter=None, **given) for _ in range(2))
        )
        assert refused(outcomes) == 1
    quarter = Quarter.parse("2017-18-q4")
    outcomes = at_once(
        *(
            lambda hour=hour: meetings.add(
                executive, starts_at=MOMENT + dt.timedelta(hours=hour), quarter=quarter, **given
            )
            for hour in (1, 2)
        )
    )
    assert refused(outcomes) == 1


def test_one_paper_is_replaced_once(sam):
    for _ in range(ROUNDS):
        item = AgendaItemFactory(meeting=MeetingFactory(starts_at=MOMENT))
        first = PaperFactory(item=item)

        def replace(item=item, first=first):
            given = {"title": "New", "content": b"%PDF-1", "name": "a.pdf", "urgent_because": "x", "on": DAY}
            return papers.publish(item, **given, replaces=first, by=sam)

        assert refused(at_once(replace, replace)) == 1
        assert Paper.objects.filter(replaces=first).count() == 1


def test_a_paper_and_the_end_of_the_agenda_item_it_is_for(sam):
    for _ in range(ROUNDS):
        item = AgendaItemFactory(meeting=MeetingFactory(starts_at=MOMENT))
        given = {"title": "New", "content": b"%PDF-1", "name": "a.pdf", "urgent_because": "x", "on": DAY}
        outcomes = at_once(
            lambda item=item, given=given: papers.publish(item, **given, by=sam),
            lambda item=item: meetings.set_agenda(item.meeting, rows=[], version=1, by=sam),
        )
        assert refused(outcomes) == 1, outcomes


def test_what_arose_is_ended_once(sam):
    for _ in range(ROUNDS):
        pk = UndertakingFactory().pk
        both = [(Undertaking.objects.get(pk=pk), ending) for ending in ("done", "dropped")]
        outcomes = at_once(
            *(
                lambda one=one, ending=ending: undertakings.end(one, ending=ending, note="x", on=DAY, version=1, by=sam)
                for one, ending in both
            )
        )
        assert refused(outcomes) == 1
