"""What meetings want of whom. The meeting is on 24 May 2018: its papers are due by 16 May, and asked for from 9 May on."""

import datetime as dt

import pytest

from governance.models import AgendaItem, Membership
from governance.owing.meetings import owed
from lib.owed import NOBODY
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory, MembershipFactory, place
from tests.factories.governing import (
    AgendaItemFactory,
    DecisionFactory,
    MeetingFactory,
    PaperFactory,
    UndertakingFactory,
)

pytestmark = pytest.mark.django_db
D = dt.date
DECIDE = AgendaItem.Purpose.DECIDE
GONE = {"is_active": False, "left_at": dt.datetime(2018, 5, 1, tzinfo=dt.UTC)}


def told(on, person=None):
    return [(one.thing, one.person_id, one.stage, one.due_on) for one in owed(on, person)]


def test_what_arose_is_owed_by_its_owner():
    owner = UserFactory()
    one = UndertakingFactory(owner=owner, due_on=D(2018, 6, 14))
    thing = f"governance.undertaking:{one.pk}"
    assert told(D(2018, 6, 14)) == [(thing, owner.pk, "due", D(2018, 6, 14))]
    assert told(D(2018, 6, 15)) == [(thing, owner.pk, "overdue", D(2018, 6, 14))]
    assert told(D(2018, 6, 14), owner) and not told(D(2018, 6, 14), UserFactory())


def test_what_is_ended_or_a_condition_is_not_told_here():
    UndertakingFactory(ending="done", ended_on=D(2018, 6, 1), ended_by=UserFactory())
    UndertakingFactory(kind="condition")
    assert told(D(2018, 6, 14)) == []


@pytest.mark.parametrize("owner", [None, GONE])
def test_what_nobody_here_owns_is_nobodys(owner):
    UndertakingFactory(owner=UserFactory(**owner) if owner else None)
    assert [who for _, who, _, _ in told(D(2018, 6, 1))] == [NOBODY]


def test_a_decision_until_it_is_seen_to_or_replaced():
    owner = UserFactory()
    one = DecisionFactory(owner=owner, due_on=D(2018, 6, 14))
    DecisionFactory()  # nothing follows from it
    DecisionFactory(owner=owner, due_on=D(2018, 6, 14), done_on=D(2018, 6, 1), done_by=owner)
    assert told(D(2018, 6, 15), owner) == [(f"governance.decision:{one.pk}", owner.pk, "overdue", D(2018, 6, 14))]
    DecisionFactory(body=one.body, meeting=one.meeting, replaces=one)
    assert told(D(2018, 6, 15)) == []


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        (D(2018, 5, 8), None),  # a week and a day before the deadline
        (D(2018, 5, 9), "due"),
        (D(2018, 5, 16), "due"),
        (D(2018, 5, 17), "overdue"),
        (D(2018, 5, 24), "overdue"),
        (D(2018, 5, 25), None),  # the meeting is over
    ],
)
def test_papers_for_what_is_to_be_decided(on, stage):
    item = AgendaItemFactory(purpose=DECIDE)
    officer = UserFactory()
    place(officer, item.meeting.body, Membership.Role.SUPPORT)
    thing = f"governance.meeting:{item.meeting_id}:papers"
    expected = [(thing, officer.pk, stage, D(2018, 5, 16))] if stage else []
    assert told(on) == told(on, officer) == expected
    assert told(on, UserFactory()) == []


def test_papers_of_a_body_without_support_are_nobodys():
    AgendaItemFactory(purpose=DECIDE)
    assert [who for _, who, _, _ in told(D(2018, 5, 10))] == [NOBODY]


@pytest.mark.parametrize("because", ["discussed", "has a paper", "called off", "held"])
def test_no_papers_are_owed(because):
    state = {"called off": "cancelled", "held": "held"}.get(because, "planned")
    meeting = MeetingFactory(state=state, cancelled_because="x" if state == "cancelled" else "")
    item = AgendaItemFactory(meeting=meeting, purpose="discuss" if because == "discussed" else DECIDE)
    if because == "has a paper":
        PaperFactory(item=item)
    assert told(D(2018, 5, 10)) == []


def test_its_queries_do_not_grow(django_assert_max_num_queries):
    for _ in range(20):
        item = AgendaItemFactory(meeting__body=BodyFactory(), purpose=DECIDE)
        MembershipFactory(body=item.meeting.body, role=Membership.Role.SUPPORT)
        UndertakingFactory(owner=UserFactory(), due_on=D(2018, 5, 20))
        DecisionFactory(owner=UserFactory(), due_on=D(2018, 5, 20))
    with django_assert_max_num_queries(6):
        assert len(owed(D(2018, 5, 10))) == 60
