"""What happened at a meeting: who was there, and what the minutes record. The meeting is on 24 May 2018."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent, Organisation
from governance import attendance, decisions
from governance.actions import minutes as actions
from governance.minuting import GuestHere, MemberHere, Minutes, NewArising, NewDecision, NewInterest
from governance.models import Attendance, Decision, Interest, Membership, Undertaking
from lib.editing import Stale
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.governance import BodyFactory, MembershipFactory
from tests.factories.governing import AgendaItemFactory, MeetingFactory

pytestmark = pytest.mark.django_db
D = dt.date
DAY, DUE = D(2018, 5, 24), D(2018, 6, 14)
Kind = Organisation.Kind


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


@pytest.fixture
def body():
    return BodyFactory(code="ASB")


@pytest.fixture
def meeting(body):
    return MeetingFactory(body=body)


def member(body, kind, name="Dana Reid", role=Membership.Role.MEMBER, **more):
    return MembershipFactory(
        body=body, user=None, name=name, organisation=OrganisationFactory(kind=kind), role=role, **more
    )


def take(meeting, by, *members, guests=(), on=DAY, version=None):
    version = meeting.version if version is None else version
    return actions.take_attendance(meeting, members=members, guests=guests, version=version, on=on, by=by)


def save(meeting, by, on=DAY, version=None, **told):
    minutes = Minutes(**{"items": {}, **told})
    return actions.write_up(
        meeting, minutes=minutes, version=meeting.version if version is None else version, on=on, by=by
    )


def there(meeting):
    return attendance.represented(attendance.rows_of(meeting))


# ---------------------------------------------------------------- who was there


def test_attendance_makes_the_meeting_a_held_one(meeting, body, sam):
    place = member(body, Kind.POLICE)
    take(meeting, sam, MemberHere(place.pk, "present"))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.version) == ("held", 2)
    row = meeting.attendances.get()
    assert (row.name, row.post, row.presence, row.organisation) == (
        "Dana Reid",
        place.post,
        "present",
        place.organisation,
    )


def test_the_authorities_that_had_somebody_there(meeting, body, sam):
    police, fire, health, other = (
        member(body, kind, name) for kind, name in (("police", "P"), ("fire", "F"), ("health", "H"), ("other", "O"))
    )
    officer = member(body, Kind.COUNCIL, "S", role=Membership.Role.SUPPORT)
    probation = OrganisationFactory(kind=Kind.PROBATION)
    take(
        meeting,
        sam,
        MemberHere(police.pk, "present"),
        MemberHere(fire.pk, "", "Rosa Field"),  # she came instead
        MemberHere(health.pk, "apologies"),
        MemberHere(other.pk, "present"),
        MemberHere(officer.pk, "present"),  # speaks for nobody
        guests=[GuestHere("Ada Gray", "Head of service", probation.pk)],
    )
    assert there(meeting).words == (
        "Three of the five responsible authorities were represented: the police, probation and the fire and rescue authority. "
        "Nobody came from the council or health."
    )
    assert meeting.attendances.get(membership=fire).presence == "apologies"
    assert meeting.attendances.get(name="Rosa Field").stands_in_for == "F"


def test_all_five_and_none(meeting, body, sam):
    places = [member(body, kind, str(kind)) for kind in attendance.AUTHORITIES]
    take(meeting, sam, *(MemberHere(place.pk, "absent") for place in places))
    assert there(meeting).words == "None of the five responsible authorities was represented."
    take(meeting, sam, *(MemberHere(place.pk, "present") for place in places))
    assert there(meeting).words == "All five responsible authorities were represented."
    assert meeting.attendances.count() == 5, "the second time takes the place of the first"


def test_the_organisation_of_the_person_counts_where_the_place_names_none(meeting, body, sam):
    user = UserFactory(organisation=OrganisationFactory(kind=Kind.HEALTH))
    place = MembershipFactory(body=body, user=user, organisation=None)
    take(meeting, sam, MemberHere(place.pk, "present"))
    assert there(meeting).there == ("health",)


def test_the_members_are_those_of_the_day(meeting, body):
    before, on_the_day, after = (
        member(body, Kind.POLICE, name, starts_on=starts, ends_on=ends)
        for name, starts, ends in (
            ("Before", D(2017, 1, 1), D(2018, 5, 23)),
            ("On the day", D(2017, 1, 1), DAY),
            ("After", D(2018, 5, 25), None),
        )
    )
    assert attendance.members_on(meeting) == [on_the_day]


def test_somebody_present_whom_somebody_stood_in_for(meeting, body, sam):
    place = member(body, Kind.POLICE)
    with pytest.raises(ValidationError, match="was present, so nobody came instead"):
        take(meeting, sam, MemberHere(place.pk, "present", "Rosa Field"))
    assert not Attendance.objects.exists()


def test_one_guest_twice(meeting, sam):
    with pytest.raises(ValidationError, match="Ada Gray is on the list twice"):
        take(meeting, sam, guests=[GuestHere("Ada Gray"), GuestHere("Ada Gray")])


def test_the_trail_says_what_was_changed_of_who_was_there(meeting, body, sam):
    place = member(body, Kind.POLICE)
    take(meeting, sam, MemberHere(place.pk, "present"), guests=[GuestHere("Ada Gray")])
    take(meeting, sam, MemberHere(place.pk, "apologies"))
    event = AuditEvent.objects.filter(kind="attendance_taken").latest("pk")
    assert event.changes == [
        {"what": "Dana Reid", "was": "Present", "now": "Apologies"},
        {"what": "Ada Gray", "was": "Present", "now": "nothing"},
    ]


@pytest.mark.parametrize("on", [D(2018, 5, 23), D(2018, 4, 1)])
def test_nothing_is_recorded_before_the_day(meeting, sam, on):
    for act in (lambda: take(meeting, sam, on=on), lambda: save(meeting, sam, on=on, beyond="x")):
        with pytest.raises(ValidationError, match="on that day or later"):
            act()


def test_nor_of_a_meeting_that_was_called_off(sam):
    meeting = MeetingFactory(state="cancelled", cancelled_because="x")
    for act in (lambda: take(meeting, sam), lambda: save(meeting, sam, beyond="x")):
        with pytest.raises(ValidationError, match="called off"):
            act()


# ---------------------------------------------------------------- minutes


def test_one_press_saves_words_decisions_actions_and_interests(meeting, sam):
    first, second = AgendaItemFactory(meeting=meeting), AgendaItemFactory(meeting=meeting, title="Patrols")
    save(
        meeting,
        sam,
        items={first.pk: " Reports are falling ", second.pk: ""},
        beyond="The chair thanked everyone",
        another_item="A date for June",
        decisions=[NewDecision(second.pk, "Two patrols more", "Fridays", None, "Superintendent", DUE)],
        arising=[NewArising("Ask for figures", sam, sam.post, DUE)],
        interests=[NewInterest(second.pk, "Dana Reid", "Trustee", True)],
    )
    meeting.refresh_from_db()
    first.refresh_from_db()
    assert (meeting.state, meeting.minutes, first.minute) == (
        "held",
        "The chair thanked everyone",
        "Reports are falling",
    )
    assert [item.title for item in meeting.items.order_by("order")][-1] == "A date for June"
    decision, arising = Decision.objects.get(), Undertaking.objects.get()
    assert (decision.reference, decision.decided_on, decision.item) == ("ASB D1", DAY, second)
    assert (arising.kind, arising.owner, arising.meeting, arising.due_on) == ("arising", sam, meeting, DUE)
    assert Interest.objects.get().took_no_part


def test_saving_again_doubles_nothing(meeting, sam):
    told = {"decisions": [NewDecision(None, "Two patrols more", "Fridays")]}
    save(meeting, sam, **told)
    with pytest.raises(Stale):
        save(meeting, sam, version=1, **told)
    assert Decision.objects.count() == 1


def test_saving_what_is_saved_leaves_no_trace(meeting, sam):
    item = AgendaItemFactory(meeting=meeting)
    save(meeting, sam, items={item.pk: "Said"}, beyond="More")
    save(meeting, sam, items={item.pk: "Said"}, beyond="More")
    assert meeting.version == 2
    assert AuditEvent.objects.filter(kind="minutes_saved").count() == 1


def test_an_item_of_another_meeting(meeting, sam):
    other = AgendaItemFactory()
    with pytest.raises(Stale):
        save(meeting, sam, items={other.pk: "x"})


def test_a_decision_that_is_refused_saves_nothing_of_the_page(meeting, sam):
    item = AgendaItemFactory(meeting=meeting)
    with pytest.raises(ValidationError, match="can’t be before the decision"):
        save(meeting, sam, items={item.pk: "x"}, decisions=[NewDecision(item.pk, "a", "b", sam, "", D(2018, 5, 23))])
    item.refresh_from_db()
    assert item.minute == "" and not Decision.objects.exists()


def test_who_took_no_part_and_is_to_see_to_it(meeting, sam):
    item, other = AgendaItemFactory(meeting=meeting), AgendaItemFactory(meeting=meeting)
    save(
        meeting,
        sam,
        interests=[NewInterest(item.pk, sam.name, "Trustee", True)],
        decisions=[
            NewDecision(item.pk, "Grant it", "It helps", sam, sam.post, DUE),
            NewDecision(other.pk, "And this", "It helps", sam, sam.post, DUE),
        ],
    )
    (warning,) = decisions.took_no_part(Decision.objects.select_related("body", "owner").order_by("number"))
    assert warning.startswith(f"{sam.name} declared an interest and took no part, but is to see to ASB D1.")
    assert decisions.took_no_part_in(item) == {sam.name}
    assert decisions.took_no_part_in(other) == frozenset()
