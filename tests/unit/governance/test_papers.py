"""Papers come out in time or with reasons, and none is ever taken away. The meeting is on 24 May 2018: the last day is 16 May."""

import datetime as dt
import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from accounts.models import AuditEvent
from governance import meetings
from governance.actions import papers as actions
from governance.models import Meeting, Paper
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory
from tests.factories.governing import AgendaItemFactory, MeetingFactory

pytestmark = pytest.mark.django_db
D = dt.date
IN_TIME = D(2018, 5, 16)
CONTENT = b"%PDF-1.7 burglary in the north"


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


@pytest.fixture
def item():
    return AgendaItemFactory()


def publish(item, by, on=IN_TIME, **told):
    given = {"title": "Burglary", "content": CONTENT, "name": "burglary.pdf", "urgent_because": ""}
    return actions.publish(item, **{**given, **told}, on=on, by=by)


def stored():
    try:
        return default_storage.listdir("papers")[1]
    except FileNotFoundError:
        return []


@pytest.mark.parametrize("on", [D(2018, 4, 3), D(2018, 5, 15), D(2018, 5, 16)])
def test_a_paper_in_time_needs_no_reasons(item, sam, on):
    paper = publish(item, sam, on=on, urgent_because="Not asked for")
    assert (paper.published_on, paper.deadline_on, paper.is_late, paper.urgent_because) == (
        on,
        D(2018, 5, 16),
        False,
        "",
    )


@pytest.mark.parametrize("on", [D(2018, 5, 17), D(2018, 5, 23), D(2018, 5, 24)])
def test_after_the_deadline_the_reasons_are_demanded(item, sam, on):
    with pytest.raises(ValidationError) as refused:
        publish(item, sam, on=on, urgent_because="  ")
    assert refused.value.message_dict == {"urgent_because": ["Give the reasons for urgency: the deadline has passed"]}
    assert stored() == []
    paper = publish(item, sam, on=on, urgent_because="The figures came on Monday")
    assert paper.is_late and paper.urgent_because == "The figures came on Monday"


def test_the_deadline_is_that_of_the_body(sam):
    item = AgendaItemFactory(meeting__body=BodyFactory(paper_days=3))
    assert publish(item, sam, on=D(2018, 5, 18)).deadline_on == D(2018, 5, 18)  # 21, 22, 23 May


def test_it_is_stored_as_it_came_under_a_name_that_nobody_guesses(item, sam):
    paper = publish(item, sam, name="..\\secret plans.pdf")
    assert paper.file.name.startswith("papers/") and "secret" not in paper.file.name
    assert paper.file_name == "secret plans.pdf"
    with default_storage.open(paper.file.name) as file:
        assert file.read() == CONTENT
    assert (paper.file_bytes, paper.file_sha256) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    event = AuditEvent.objects.get(kind="paper_published")
    assert {"what": "Deadline", "was": "nothing", "now": "16 May 2018"} in event.changes


def test_what_is_no_paper_is_neither_stored_nor_recorded(item, sam):
    with pytest.raises(ValidationError) as refused:
        publish(item, sam, content=b"MZ")
    assert "file" in refused.value.message_dict
    assert stored() == [] and not Paper.objects.exists()


def test_a_replaced_paper_stays_and_only_the_latest_can_be_replaced(item, sam):
    first = publish(item, sam)
    second = publish(item, sam, replaces=first)
    assert meetings.papers_in_force(item) == [second]
    assert set(item.papers.all()) == {first, second}
    with pytest.raises(ValidationError, match="Somebody has replaced this paper"):
        publish(item, sam, replaces=first)
    with pytest.raises(ValidationError, match="Somebody has replaced this paper"):
        publish(AgendaItemFactory(), sam, replaces=second)  # another item's
    assert len(stored()) == 2


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_nothing_comes_to_a_meeting_that_is_over_or_called_off(sam, state):
    because = "x" if state == "cancelled" else ""
    item = AgendaItemFactory(meeting=MeetingFactory(state=state, cancelled_because=because))
    with pytest.raises(ValidationError, match="no paper can come to it"):
        publish(item, sam)


def test_the_deadline_moves_with_the_meeting_but_not_for_a_paper_that_is_out(item, sam):
    paper = publish(item, sam)
    moved = dt.datetime(2018, 5, 31, 9, 0, tzinfo=dt.UTC)
    Meeting.objects.update(starts_at=moved)
    item.refresh_from_db()
    assert publish(item, sam, on=D(2018, 5, 22)).deadline_on == D(2018, 5, 22)  # 23, 24, 25, 29, 30 May
    paper.refresh_from_db()
    assert paper.deadline_on == D(2018, 5, 16)
