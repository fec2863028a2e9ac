"""The pages of meetings: the list stays quick, moving one says what moves with it, nobody loses typing."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags

from governance.models import AgendaItem, Body, Decision, Meeting, Membership, Undertaking
from lib.quarters import Quarter
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory, MembershipFactory, place
from tests.factories.governing import (
    AgendaItemFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    PaperFactory,
    UndertakingFactory,
)
from tests.factories.indicators import RoundFactory
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db
D, UTC = dt.date, dt.UTC
NOW = dt.datetime(2018, 4, 5, 9, 0, tzinfo=UTC)
LIST = reverse("governance:meeting-list")


@pytest.fixture(autouse=True)
def _in_april():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def executive():
    return BodyFactory(kind=Body.Kind.EXECUTIVE, code="CSPE", name="CSP Executive", slug="csp-executive")


@pytest.fixture
def sam(client):
    user = UserFactory(roles=["coordinator"])
    client.force_login(user)
    return user


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


def url(name, *args):
    return reverse(f"governance:{name}", args=args)


def some_meetings(bodies, each):
    for number in range(bodies):
        body = BodyFactory()
        for month in range(each):
            meeting = MeetingFactory(
                body=body, starts_at=dt.datetime(2018, 3 + month, 1 + number % 25, 9, 0, tzinfo=UTC)
            )
            item = AgendaItemFactory(meeting=meeting, purpose=AgendaItem.Purpose.DECIDE)
            PaperFactory(item=item)


# ---------------------------------------------------------------- the list


def test_the_lists_queries_are_as_many_with_50_bodies_as_with_5(client, sam, django_assert_num_queries):
    PlanFactory()
    counts = []
    for bodies in (5, 45):
        some_meetings(bodies, 4)
        MeetingFactory(kind="public", held=True)
        client.get(LIST)
        with CountQueries() as counted:
            response = client.get(LIST)
        assert response.status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 22
    assert Meeting.objects.count() == 202


class CountQueries:
    def __enter__(self):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.context = CaptureQueriesContext(connection)
        return self.context.__enter__()

    def __exit__(self, *given):
        return self.context.__exit__(*given)


def test_the_list_says_what_is_missing_and_what_is_late(client, sam, executive):
    MeetingFactory(body=executive, starts_at=dt.datetime(2018, 5, 24, 9, 0, tzinfo=UTC))
    soon = MeetingFactory(body=executive, starts_at=dt.datetime(2018, 4, 10, 9, 0, tzinfo=UTC))
    AgendaItemFactory(meeting=soon, purpose="decide")
    MeetingFactory(body=executive, starts_at=dt.datetime(2018, 4, 4, 9, 0, tzinfo=UTC))
    said = words(client.get(LIST))
    assert "The next meeting is on Tuesday 10 April 2018" in said
    assert "Papers for one meeting are late." in said
    too_late = "That day has passed: a paper needs reasons for its urgency"
    assert f"29 March 2018 Overdue A paper for one item to decide. {too_late}" in said
    late = "One item to decide has no paper, which was due on Thursday 29 March 2018."
    assert f"{late} {too_late}." in words(client.get(soon.get_absolute_url()))
    soon.items.all().delete()
    late = "There is no agenda yet. Papers were due on Thursday 29 March 2018."
    assert f"{late} {too_late}." in words(client.get(soon.get_absolute_url()))
    assert "16 May 2018 The agenda" in said
    assert "Not recorded yet Who was there, and the minutes" in said


def test_an_empty_list(client, sam):
    said = words(client.get(LIST))
    assert "No meeting is planned." in said and "None is on record yet." in said


def test_whoever_sees_few_meetings_is_not_told_that_none_is_planned(client, executive):
    client.force_login(UserFactory(roles=["scrutiny"]))
    MeetingFactory(body=executive)
    assert "No meeting that is open to you is planned." in words(client.get(LIST))


def test_the_list_of_one_body(client, sam, executive):
    MeetingFactory(body=executive, place="Here")
    MeetingFactory(place="There")
    assert "There" not in words(client.get(LIST, {"body": "csp-executive"})).replace("There is", "")
    assert "There" in words(client.get(LIST, {"body": "nonsense"}))


def test_scrutiny_sees_the_public_ones_and_its_own_and_no_decisions(client):
    client.force_login(UserFactory(roles=["scrutiny"]))
    MeetingFactory(place="Room of a subgroup")
    public = MeetingFactory(place="Idea Store", kind="public", held=True)
    DecisionFactory(body=public.body, meeting=public, text="A decision of the partnership")
    said = words(client.get(LIST))
    assert "Idea Store" in said and "Room of a subgroup" not in said
    response = client.get(public.get_absolute_url())
    assert response.status_code == 200 and "A decision of the partnership" not in words(response)


# ---------------------------------------------------------------- called, moved, called off


def typed(day, month, year=2018, **more):
    return {
        "kind": "ordinary",
        "meets_on_day": day,
        "meets_on_month": month,
        "meets_on_year": year,
        "starts": "10:00",
        "ends": "12:00",
        "place": "Town Hall",
        **more,
    }


def test_a_support_officer_calls_a_meeting_of_their_own_body_only(client, executive):
    body, officer = BodyFactory(), UserFactory(roles=["member"])
    place(officer, body, Membership.Role.SUPPORT)
    client.force_login(officer)
    add = url("meeting-add")
    assert "Choose a body from the list" in words(client.post(add, typed(24, 5, body=executive.pk)))
    response = client.post(add, typed(24, 5, body=body.pk))
    meeting = Meeting.objects.get()
    assert response.url == meeting.get_absolute_url()
    assert (meeting.body, meeting.starts_at) == (body, dt.datetime(2018, 5, 24, 9, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"meets_on_day": "31", "meets_on_month": "4"}, "must be between 1 and 30"),
        ({"starts": "late"}, "The time at which it starts must be a time"),
        ({"ends": "09:00"}, "The meeting must end after it starts"),
        (
            {"meets_on_day": "31", "meets_on_month": "3", "meets_on_year": "2019", "starts": "01:30", "ends": ""},
            "There is no such time",
        ),
        ({"kind": "party"}, "Choose one of the options"),
        ({"quarter": "2050-51-q1"}, "Choose one of the options"),
        ({"body": "x"}, "Choose a body from the list"),
    ],
)
def test_bad_input_is_told_at_its_box_and_kept(client, sam, executive, more, sentence):
    response = client.post(url("meeting-add"), typed(24, 5, body=executive.pk) | more)
    assert response.status_code == 200
    assert sentence in words(response) and "Error:" in response.content.decode()
    assert not Meeting.objects.exists()


def test_moving_the_meeting_of_a_quarter_says_which_dates_move(client, sam, executive):
    RoundFactory(
        quarter=Quarter.parse("2017-18-q4"),
        due_on=D(2018, 4, 26),
        verify_by=D(2018, 5, 3),
        commentary_due_on=D(2018, 5, 8),
        closes_on=D(2018, 5, 10),
        executive_meets_on=D(2018, 5, 24),
    )
    client.post(url("meeting-add"), typed(24, 5, body=executive.pk, quarter="2017-18-q4"))
    meeting = Meeting.objects.get()
    edit = url("meeting-edit", meeting.pk)
    assert "Figures due on 26 April 2018" in words(client.get(edit))
    response = client.post(edit, typed(31, 5, quarter="2017-18-q4", version=1), follow=True)
    assert "figures due on 2 May 2018 (was 26 April 2018)" in words(response)
    response = client.post(url("meeting-call-off", meeting.pk), {"reason": "No quorum", "version": 2}, follow=True)
    said = words(response)
    assert "Called off: No quorum" in said and "figures due on 30 April 2018 (was 2 May 2018)" in said


def test_who_moves_a_meeting_that_somebody_else_has_changed_keeps_the_typing(client, sam, executive):
    meeting = MeetingFactory(body=executive)
    edit = url("meeting-edit", meeting.pk)
    client.post(edit, typed(24, 5, version=1, place="Idea Store"))
    response = client.post(edit, typed(31, 5, version=1, place="Depot"))
    said = words(response)
    assert "has been changed since you opened it" in said and "Place: Idea Store" in said
    assert 'value="Depot"' in response.content.decode()
    response = client.post(edit, typed(31, 5, version=2, place="Depot"))
    meeting.refresh_from_db()
    assert response.status_code == 302 and meeting.place == "Depot"


@pytest.mark.parametrize("name", ["meeting-edit", "meeting-call-off", "agenda-edit"])
def test_what_was_held_is_not_offered_to_be_changed(client, sam, name):
    meeting = MeetingFactory(held=True)
    response = client.get(url(name, meeting.pk), follow=True)
    assert "The meeting was held, so this stays as it is." in words(response)


# ---------------------------------------------------------------- the agenda


def agenda(meeting, **more):
    data = {"version": meeting.version}
    for place_, item in enumerate(meeting.items.order_by("order"), start=1):
        data |= {f"place_{item.pk}": place_, f"title_{item.pk}": item.title, f"purpose_{item.pk}": "discuss"}
    data |= {f"purpose_new{number}": "discuss" for number in range(3)}
    return data | more


@pytest.fixture
def three():
    meeting = MeetingFactory()
    for order, title in enumerate(("One", "Two", "Three"), start=1):
        AgendaItemFactory(meeting=meeting, title=title, order=order)
    return meeting


def order_of(meeting):
    return [item.title for item in meeting.items.order_by("order")]


@pytest.mark.parametrize(
    ("moved", "to", "expected"),
    [
        ("Three", 1, ["Three", "One", "Two"]),
        ("Three", 2, ["One", "Three", "Two"]),
        ("One", 2, ["Two", "One", "Three"]),
        ("One", 3, ["Two", "Three", "One"]),
        ("One", 99, ["Two", "Three", "One"]),
        ("Two", 0, ["Two", "One", "Three"]),
        ("Two", "", ["One", "Two", "Three"]),
    ],
)
def test_an_item_moves_to_the_place_that_was_typed(client, sam, three, moved, to, expected):
    item = three.items.get(title=moved)
    response = client.post(url("agenda-edit", three.pk), agenda(three, **{f"place_{item.pk}": to}))
    assert response.status_code == 302
    assert order_of(three) == expected


def test_items_are_added_at_their_place_and_taken_off(client, sam, three):
    two = three.items.get(title="Two")
    more = {f"remove_{two.pk}": "on", "title_new0": "Four", "place_new0": 4, "title_new1": "First", "place_new1": 1}
    client.post(url("agenda-edit", three.pk), agenda(three, **more))
    assert order_of(three) == ["First", "One", "Three", "Four"]


def test_an_item_without_a_title(client, sam, three):
    two = three.items.get(title="Two")
    said = words(client.post(url("agenda-edit", three.pk), agenda(three, **{f"title_{two.pk}": " "})))
    assert "Enter what the item is about, or tick “Take off”" in said
    assert order_of(three) == ["One", "Two", "Three"]


# ---------------------------------------------------------------- one meeting


def test_its_page_costs_as_many_queries_with_forty_items_as_with_four(client, sam):
    counts = []
    for items in (4, 40):
        meeting = MeetingFactory(held=True)
        for _ in range(items):
            item = AgendaItemFactory(meeting=meeting)
            PaperFactory(item=item)
            DecisionFactory(body=meeting.body, meeting=meeting, item=item)
            UndertakingFactory(body=meeting.body, meeting=meeting)
            AttendanceFactory(meeting=meeting, name=f"Somebody {item.pk}")
        with CountQueries() as counted:
            assert client.get(meeting.get_absolute_url()).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 18


# ---------------------------------------------------------------- decisions and what arose


def test_the_lists_of_decisions_and_of_what_arose_cost_as_many_queries_with_more(client, sam):
    for name in ("decision-list", "undertaking-list"):
        counts = []
        for count in (3, 40):
            body = BodyFactory()
            meeting = MeetingFactory(body=body)
            for _ in range(count):
                owner = MembershipFactory().user
                made = DecisionFactory(body=body, meeting=meeting, owner=owner, due_on=D(2018, 6, 1))
                UndertakingFactory(body=body, meeting=meeting, decision=made, owner=owner)
            with CountQueries() as counted:
                assert client.get(url(name)).status_code == 200
            counts.append(len(counted))
        assert counts[0] == counts[1] <= 12, name


def test_the_list_of_open_decisions_of_one_body(client, sam, executive):
    first = DecisionFactory(body=executive, text="See to this", owner_post="Superintendent", due_on=D(2018, 6, 1))
    DecisionFactory(body=executive, text="Nothing follows", meeting=first.meeting)
    DecisionFactory(text="Elsewhere")
    said = words(client.get(url("decision-list"), {"body": "csp-executive", "show": "open"}))
    assert "See to this" in said and "Nothing follows" not in said and "Elsewhere" not in said


def test_done_and_no_longer_needed_are_one_press_each(client, sam):
    done, dropped = UndertakingFactory(text="Ask the fire service"), UndertakingFactory(text="Ask again")
    response = client.post(url("undertaking-end", done.pk), {"ending": "done", "version": 1}, follow=True)
    assert "Done: Ask the fire service" in words(response)
    response = client.post(url("undertaking-end", dropped.pk), {"ending": "dropped", "version": 1})
    assert "Say why it is no longer needed: Ask again" in words(response)
    response = client.post(url("undertaking-end", dropped.pk), {"ending": "dropped", "note": "Closed", "version": 1})
    assert response.status_code == 302
    assert not Undertaking.objects.open().exists()
    for data in ({}, {"ending": "eaten", "version": 2}, {"ending": "done", "version": "x"}):
        assert client.post(url("undertaking-end", done.pk), data).status_code == 200


def test_the_owner_sees_to_a_decision_and_nobody_elses(client):
    owner = UserFactory(roles=["member"])
    client.force_login(owner)
    mine, other = (DecisionFactory(owner=one, due_on=D(2018, 6, 1)) for one in (owner, UserFactory()))
    response = client.post(url("decision-done", mine.pk), {"note": "Rota changed", "version": 1}, follow=True)
    assert "Seen to on 5 April 2018: Rota changed." in words(response)
    assert client.post(url("decision-done", other.pk), {"version": 1}).status_code == 403


def test_a_decision_between_meetings(client, sam, executive):
    data = {
        "body": executive.pk,
        "text": "Pay for the course",
        "reason": "It begins on Monday",
        "delegate": "Jo Mercer, Corporate director",
        "authority": "CSPE D4; mail of 3 April 2018",
        "decided_on_day": 3,
        "decided_on_month": 4,
        "decided_on_year": 2018,
        "who": sam.name,
        "due_on_day": 20,
        "due_on_month": 4,
        "due_on_year": 2018,
    }
    add = url("decision-add")
    for missing, sentence in (
        ("delegate", "Enter who decided"),
        ("authority", "Say what gave them the power"),
        ("decided_on_day", "must include a day"),
        ("who", "Enter who sees to it"),
        ("reason", "Say why it was decided"),
    ):
        assert sentence in words(client.post(add, {**data, missing: ""}))
    assert "can’t be in the future" in words(client.post(add, {**data, "decided_on_day": 6}))
    assert not Decision.objects.exists()
    said = words(client.post(add, data, follow=True))
    assert "CSPE D1" in said and "Decided between meetings by Jo Mercer, Corporate director" in said
    decision = Decision.objects.get()
    assert (decision.owner, decision.due_on) == (sam, D(2018, 4, 20))


def test_a_decision_is_replaced_at_a_meeting(client, sam, executive):
    first = DecisionFactory(body=executive, number=1, text="Two patrols more", owner=sam, due_on=D(2018, 6, 1))
    held = MeetingFactory(body=executive, held=True, starts_at=dt.datetime(2018, 3, 22, 10, 0, tzinfo=UTC))
    data = {"text": "One patrol more", "reason": "Money", "route": "meeting", "meeting": held.pk}
    replace = url("decision-replace", first.pk)
    assert "Choose the meeting at which it was decided" in words(client.post(replace, {**data, "meeting": ""}))
    said = words(client.post(replace, data, follow=True))
    assert "CSPE D2, which replaces CSPE D1" in said
    assert "Replaced by CSPE D2. Open CSPE D2" in words(client.get(first.get_absolute_url()))
