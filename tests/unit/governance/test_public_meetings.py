"""Each year of the plan has its public meeting, or says that it has none."""

import datetime as dt

import pytest

from accounts.models import Organisation
from governance import public_meetings
from governance.models import Meeting
from tests.factories.accounts import OrganisationFactory
from tests.factories.governing import AttendanceFactory, MeetingFactory
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db
D = dt.date
PUBLIC = Meeting.Kind.PUBLIC


@pytest.fixture
def plan():
    return PlanFactory(starts_on=D(2017, 4, 1), ends_on=D(2021, 3, 31))


def told(plan, on):
    meetings = Meeting.objects.filter(kind=PUBLIC).order_by("starts_at")
    return [(str(one.year), one.words) for one in public_meetings.by_year(plan, meetings, on)]


def public(*moment, **more):
    return MeetingFactory(kind=PUBLIC, starts_at=dt.datetime(*moment, tzinfo=dt.UTC), **more)


def test_the_year_turns_with_31_march_by_london(plan):
    """23:30 by the clock of Greenwich on 31 March 2018 is 00:30 on 1 April in London, where the summer time has begun."""
    public(2018, 3, 31, 23, 30, held=True)
    assert told(plan, D(2018, 5, 1)) == [("2018-19", "One held."), ("2017-18", "None was held.")]
    Meeting.objects.update(starts_at=dt.datetime(2018, 3, 31, 22, 30, tzinfo=dt.UTC))
    assert told(plan, D(2018, 5, 1)) == [("2018-19", "None is planned yet."), ("2017-18", "One held.")]


def test_a_year_that_runs_one_that_is_over_and_one_to_come(plan):
    public(2018, 6, 14, 17, 30)
    public(2019, 6, 13, 17, 30)
    public(2017, 10, 18, 17, 30, state="cancelled", cancelled_because="Snow")
    assert told(plan, D(2018, 3, 31)) == [
        ("2019-20", "Planned for Thursday 13 June 2019."),
        ("2018-19", "Planned for Thursday 14 June 2018."),
        ("2017-18", "None is planned yet."),
    ]
    assert told(plan, D(2018, 4, 1))[-1] == ("2017-18", "None was held.")


def test_who_was_there_for_the_authorities_and_how_it_was_made_known(plan):
    meeting = public(2017, 10, 18, 17, 30, held=True, made_known="On the council’s website")
    police = OrganisationFactory(kind=Organisation.Kind.POLICE)
    AttendanceFactory(
        meeting=meeting, membership=None, name="Victoria Crane", post="Borough Commander", organisation=police
    )
    AttendanceFactory(meeting=meeting, membership=None, name="Dana Reid", post="", organisation=police)
    AttendanceFactory(meeting=meeting, membership=None, name="Ada Gray", organisation=police, presence="apologies")
    AttendanceFactory(meeting=meeting, membership=None, name="A resident")
    (year,) = public_meetings.by_year(plan, [meeting], D(2018, 3, 31))
    (one,) = year.held
    assert one.who == ("The police: Victoria Crane, Borough Commander; Dana Reid",)
    assert one.represented.there == ("the police",)
    assert one.meeting.made_known == "On the council’s website"
