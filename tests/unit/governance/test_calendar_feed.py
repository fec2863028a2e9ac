"""The calendar that programs read: its address ends with a person's sessions, and it says no more than when which body meets."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from governance import calendar_feed
from governance.models import Body, Meeting, Membership
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory, place
from tests.factories.governing import AgendaItemFactory, MeetingFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2018, 5, 14, 10, 31, tzinfo=dt.UTC)


def token(user):
    return calendar_feed.address(user).rpartition("/")[2].removesuffix(".ics")


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


def events(content):
    calendar = Calendar.from_ical(content)
    return {str(event["UID"]).partition("@")[0]: event for event in calendar.walk("VEVENT")}


def written(*some):
    return events(calendar_feed.written(some, name="Meetings", at=NOW))


# ---------------------------------------------------------------- the address


def test_the_address_says_whose_it_is(sam):
    assert calendar_feed.whose(token(sam)) == sam
    assert calendar_feed.address(sam) == calendar_feed.address(sam), "the same as long as it holds"


@pytest.mark.parametrize("change", ["left", "signed out", "password"])
def test_the_address_ends_with_the_sessions(sam, change):
    before = token(sam)
    if change == "left":
        sam.is_active, sam.left_at = False, NOW
    elif change == "signed out":
        sam.signed_out_at = timezone.now()
    else:
        sam.set_password("another long pass phrase")
    sam.save()
    assert calendar_feed.whose(before) is None
    if change != "left":
        assert calendar_feed.whose(token(sam)) == sam


def test_what_we_did_not_sign(sam):
    good = token(sam)
    other = UserFactory()
    forged = good.replace(f"{sam.pk}-", f"{other.pk}-", 1)
    assert forged != good
    for wrong in (forged, good[:-1], f"{good}x", "", "1-2.3", "…", "1"):
        assert calendar_feed.whose(wrong) is None


def test_an_address_signed_with_a_former_key_holds_while_the_key_is_listed(sam, settings):
    before, former = token(sam), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "x" * 50, [former]
    fresh = type(sam).objects.get(pk=sam.pk)
    assert calendar_feed.whose(before) == fresh
    settings.SECRET_KEY_FALLBACKS = []
    assert calendar_feed.whose(before) is None


def test_the_address_gives_nothing_of_a_session_away(sam):
    assert sam.get_session_auth_hash()[:12] not in token(sam)


# ---------------------------------------------------------------- what is in it


def test_a_meeting_and_the_deadline_of_its_papers():
    body = BodyFactory(short_name="ASB", version=3)
    meeting = MeetingFactory(
        body=body,
        starts_at=dt.datetime(2018, 5, 24, 9, 0, tzinfo=dt.UTC),
        ends_at=dt.datetime(2018, 5, 24, 11, 0, tzinfo=dt.UTC),
        place="Town Hall, room 2; ground floor",
        version=4,
    )
    AgendaItemFactory(meeting=meeting, title="A restricted matter")
    content = calendar_feed.written([meeting], name="Meetings", at=NOW)
    assert b"restricted" not in content
    found = events(content)
    event, papers = found[f"meeting-{meeting.pk}"], found[f"papers-{meeting.pk}"]
    assert event.decoded("DTSTART") == dt.datetime(2018, 5, 24, 9, 0, tzinfo=dt.UTC)
    assert event.decoded("DTEND") == dt.datetime(2018, 5, 24, 11, 0, tzinfo=dt.UTC)
    assert (event["SUMMARY"], event["STATUS"], event["SEQUENCE"]) == ("ASB: ordinary meeting", "CONFIRMED", 7)
    assert str(event["LOCATION"]) == "Town Hall, room 2; ground floor"
    assert papers.decoded("DTSTART") == dt.date(2018, 5, 16)
    assert papers.decoded("DTEND") == dt.date(2018, 5, 17), "the first day after it"
    assert papers["SUMMARY"] == "Papers due: ASB, 24 May"


def test_a_meeting_late_in_the_evening_is_on_its_london_day():
    meeting = MeetingFactory(starts_at=dt.datetime(2018, 5, 23, 23, 30, tzinfo=dt.UTC))  # 00:30 on the 24th
    assert written(meeting)[f"papers-{meeting.pk}"].decoded("DTSTART") == dt.date(2018, 5, 16)


def test_one_that_is_called_off_stays_and_says_so():
    meeting = MeetingFactory(state=Meeting.State.CANCELLED, cancelled_because="The chair is away")
    found = written(meeting)
    assert {event["STATUS"] for event in found.values()} == {"CANCELLED"}
    assert len(found) == 2


def test_a_held_one_waits_for_no_papers():
    meeting = MeetingFactory(held=True)
    assert set(written(meeting)) == {f"meeting-{meeting.pk}"}


# ---------------------------------------------------------------- the view


def seen(client, user):
    response = client.get(reverse("governance:meeting-feed", args=[token(user)]))
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    return {uid for uid in events(response.content) if uid.startswith("meeting")}


def test_everyone_sees_their_own(client, sam):
    """Nobody is signed in here."""
    body, committee = BodyFactory(), BodyFactory(kind=Body.Kind.SCRUTINY)
    soon = timezone.now() + dt.timedelta(days=9)
    own, other, public, theirs = (
        MeetingFactory(body=body, starts_at=soon),
        MeetingFactory(starts_at=soon),
        MeetingFactory(starts_at=soon, kind=Meeting.Kind.PUBLIC),
        MeetingFactory(body=committee, starts_at=soon),
    )
    chair, nell = UserFactory(roles=["member"]), UserFactory(roles=["scrutiny"])
    place(chair, body, Membership.Role.CHAIR)
    named = {one: f"meeting-{one.pk}" for one in (own, other, public, theirs)}
    assert seen(client, sam) == set(named.values())
    assert seen(client, chair) == {named[own], named[public]}
    assert seen(client, nell) == {named[public], named[theirs]}


def test_a_meeting_of_more_than_a_year_ago_is_left_out(client, sam):
    MeetingFactory(starts_at=timezone.now() - dt.timedelta(days=400))
    recent = MeetingFactory(starts_at=timezone.now() - dt.timedelta(days=300), held=True)
    assert seen(client, sam) == {f"meeting-{recent.pk}"}


@pytest.mark.parametrize("roles", [[], ["data_lead"], ["administrator"]])
def test_who_may_see_no_meetings_has_no_calendar(client, roles):
    user = UserFactory(roles=roles)
    assert client.get(reverse("governance:meeting-feed", args=[token(user)])).status_code == 404


def test_a_wrong_address_is_not_found(client, sam):
    sam.signed_out_at = timezone.now()
    old = token(type(sam).objects.get(pk=sam.pk))
    sam.save()
    for wrong in (old, "nonsense"):
        assert client.get(reverse("governance:meeting-feed", args=[wrong])).status_code == 404


def test_its_queries_do_not_grow(client, sam, django_assert_max_num_queries):
    for _ in range(30):
        MeetingFactory(starts_at=timezone.now() + dt.timedelta(days=9))
    with django_assert_max_num_queries(3):  # the person, their roles, the meetings with their bodies
        assert len(seen(client, sam)) == 30
