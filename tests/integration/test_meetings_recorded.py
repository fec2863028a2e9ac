"""The pages used in the room: who is there, and the minutes; and papers going up and coming down. Today is the day of the meeting."""

import datetime as dt

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.models import Organisation
from governance.models import Decision, Interest, Meeting, Paper, Undertaking
from lib import too_large
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.governance import BodyFactory, MembershipFactory
from tests.factories.governing import AgendaItemFactory, AttendanceFactory, MeetingFactory

pytestmark = pytest.mark.django_db
D = dt.date
CONTENT = b"%PDF-1.7 burglary in the north"


@pytest.fixture(autouse=True)
def _on_the_day():
    with time_machine.travel(dt.datetime(2018, 5, 24, 9, 30, tzinfo=dt.UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def sam(client):
    user = UserFactory(name="Sam Carrick", post="Partnership coordinator", roles=["coordinator"])
    client.force_login(user)
    return user


@pytest.fixture
def meeting():
    return MeetingFactory(body=BodyFactory(code="ASB"))


@pytest.fixture
def item(meeting):
    return AgendaItemFactory(meeting=meeting, title="Patrols", purpose="decide")


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


def url(name, *args):
    return reverse(f"governance:{name}", args=args)


# ---------------------------------------------------------------- who is there


def test_everybody_present_but_one_and_a_guest(client, sam, meeting):
    police = OrganisationFactory(kind=Organisation.Kind.POLICE)
    one, two = (MembershipFactory(body=meeting.body, user=None, name=name, organisation=police) for name in ("A", "B"))
    edit = url("attendance-edit", meeting.pk)
    assert client.get(edit).content.decode().count(" checked") == 0, "nothing is said beforehand"
    assert client.get(f"{edit}?everybody=yes").content.decode().count(" checked") == 2
    data = {
        "version": 1,
        f"presence_{one.pk}": "present",
        f"presence_{two.pk}": "apologies",
        f"instead_{two.pk}": "Cal Moss",
        "guest_0_name": "Ada Gray",
        "guest_0_post": "Nurse",
    }
    response = client.post(edit, data, follow=True)
    assert response.redirect_chain[-1][0] == url("minutes-edit", meeting.pk)
    assert "One of the five responsible authorities was represented: the police." in words(response)
    said = words(client.get(meeting.get_absolute_url()))
    assert "Held on Thursday 24 May 2018." in said and "Cal Moss" in said and "for B" in said
    again = client.get(edit).content.decode()
    assert again.count(" checked") == 2 and 'value="Cal Moss"' in again and 'value="Ada Gray"' in again


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"guest_0_post": "Nurse"}, "Enter the name of the guest"),
        ({"presence": "asleep"}, "Choose one of the options"),
        ({"presence": "present", "instead": "Cal Moss"}, "A was present, so nobody came instead"),
        ({"guest_0_name": "Ada", "guest_0_organisation": "999"}, "Choose one of the options"),
        ({"guest_0_name": "Ada", "guest_1_name": "Ada"}, "Ada is on the list twice"),
        ({"version": ""}, "Open this page again"),
    ],
)
def test_what_is_wrong_with_attendance(client, sam, meeting, more, sentence):
    place = MembershipFactory(body=meeting.body, user=None, name="A")
    named = {f"{name}_{place.pk}" if name in ("presence", "instead") else name: value for name, value in more.items()}
    response = client.post(url("attendance-edit", meeting.pk), {"version": 1} | named)
    assert response.status_code == 200 and sentence in words(response)


def test_the_days_before_there_is_nothing_to_record(client, sam, meeting, _on_the_day):
    _on_the_day.move_to(dt.datetime(2018, 5, 23, 22, 59, tzinfo=dt.UTC))  # 23:59 in London
    for name in ("attendance-edit", "minutes-edit"):
        response = client.get(url(name, meeting.pk), follow=True)
        assert "is recorded on Thursday 24 May 2018 or later" in words(response)
    _on_the_day.move_to(dt.datetime(2018, 5, 23, 23, 0, tzinfo=dt.UTC))  # midnight in London
    assert client.get(url("minutes-edit", meeting.pk)).status_code == 200


# ---------------------------------------------------------------- minutes


def day(name, number, month, year=2018):
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


def decided(key, **more):
    name = f"decision_{key}"
    return {f"{name}_text": "Two patrols more", f"{name}_reason": "Fridays"} | {
        f"{name}_{k}": v for k, v in more.items()
    }


def test_one_press_and_it_comes_back_to_where_it_was_made(client, sam, meeting, item):
    edit = url("minutes-edit", meeting.pk)
    data = {
        "version": 1,
        f"minute_{item.pk}": "Reports come on Fridays",
        **decided(item.pk, who="Licensing manager"),
        **day(f"decision_{item.pk}_due", 14, 6),
        "arising_0_text": "Ask for figures",
        "arising_0_who": "sam carrick",
        **day("arising_0_due", 1, "June"),
        "interest_0_name": "Dana Reid",
        "interest_0_item": item.pk,
        "interest_0_nature": "Trustee",
        "interest_0_no_part": "on",
        "at": item.pk,
    }
    response = client.post(edit, data)
    assert response.url == f"{edit}#at-{item.pk}"
    decision, arising = Decision.objects.get(), Undertaking.objects.get()
    assert (decision.reference, decision.owner_post, decision.due_on) == ("ASB D1", "Licensing manager", D(2018, 6, 14))
    assert (arising.owner, arising.owner_post, arising.due_on) == (sam, "Partnership coordinator", D(2018, 6, 1))
    assert Interest.objects.get().item == item
    page = client.get(edit)
    assert "Saved the minutes. Recorded: ASB D1" in words(page)
    assert "Two patrols more" in words(page) and 'name="decision_0_text"' in page.content.decode()
    response = client.post(edit, {"version": 2, f"minute_{item.pk}": "Reports come on Fridays", "finish": "1"})
    assert response.url == meeting.get_absolute_url()
    assert Decision.objects.count() == 1


def test_a_warning_where_who_took_no_part_is_to_see_to_it(client, sam, meeting, item):
    data = {
        "version": 1,
        **decided(item.pk, who=sam.label),
        **day(f"decision_{item.pk}_due", 14, 6),
        "interest_0_name": sam.name,
        "interest_0_nature": "Trustee",
        "interest_0_no_part": "on",
    }
    said = words(client.post(url("minutes-edit", meeting.pk), data, follow=True))
    assert "Sam Carrick declared an interest and took no part, but is to see to ASB D1." in said


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"decision_0_text": "Yes"}, "Say why it was decided"),
        ({"decision_0_reason": "Because"}, "Say what was decided"),
        (decided(0, who="Somebody"), "Enter the day by which it is seen to"),
        (decided(0) | day("decision_0_due", 14, 6), "Enter who sees to it"),
        (decided(0, who="x") | day("decision_0_due", 23, 5), "can’t be before the meeting"),
        (decided(0, who="x") | day("decision_0_due", 31, 6), "must be between 1 and 30"),
        (decided(0, who="x" * 130) | day("decision_0_due", 14, 6), "in 120 characters or fewer"),
        ({"arising_0_text": "Ask"}, "Enter who does it"),
        ({"arising_0_who": "Sam"}, "Say what is to be done"),
        ({"arising_0_text": "x" * 301}, "must be 300 characters or fewer"),
        ({"interest_1_nature": "Trustee"}, "Enter who declared the interest"),
        ({"interest_1_name": "Dana Reid"}, "Say what the interest is"),
    ],
)
def test_what_is_wrong_is_said_and_all_typing_is_kept(client, sam, meeting, item, more, sentence):
    data = {"version": 1, f"minute_{item.pk}": "A long minute"} | more
    response = client.post(url("minutes-edit", meeting.pk), data)
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in words(response) and "A long minute" in page
    if "interest" not in str(more):
        assert "<details" in page and " open>" in page, "what is wrong is unfolded"
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.PLANNED and not Decision.objects.exists()


def test_two_take_the_minutes_and_nobody_loses_a_word(client, sam, meeting, item):
    edit = url("minutes-edit", meeting.pk)
    client.post(edit, {"version": 1, f"minute_{item.pk}": "By the first"})
    response = client.post(edit, {"version": 1, f"minute_{item.pk}": "By the second", **decided(item.pk)})
    said = words(response)
    assert "has been changed since you opened it" in said and "Patrols: By the first" in said
    assert "By the second" in said and "Two patrols more" in said
    assert not Decision.objects.exists()
    response = client.post(edit, {"version": 2, f"minute_{item.pk}": "By both", **decided(item.pk)})
    item.refresh_from_db()
    assert item.minute == "By both" and Decision.objects.count() == 1


def test_a_public_meeting_asks_how_it_was_made_known(client, sam):
    meeting = MeetingFactory(kind="public", held=True)
    said = words(client.get(meeting.get_absolute_url()))
    assert "Nobody has recorded yet how what was discussed was made known." in said
    client.post(url("minutes-edit", meeting.pk), {"version": 1, "made_known": "On the council’s website"})
    assert "On the council’s website" in words(client.get(meeting.get_absolute_url()))


def test_the_minutes_page_costs_as_many_queries_with_thirty_items(client, sam, django_assert_max_num_queries):
    for items in (3, 30):
        meeting = MeetingFactory()
        for _ in range(items):
            AgendaItemFactory(meeting=meeting)
            AttendanceFactory(meeting=meeting, name=f"Somebody {_}")
        with django_assert_max_num_queries(20):
            client.get(url("minutes-edit", meeting.pk))


# ---------------------------------------------------------------- papers


def file(content=CONTENT, name="burglary.pdf"):
    return SimpleUploadedFile(name, content)


def test_a_late_paper_asks_for_reasons_and_says_how_the_deadline_was_counted(client, sam, item):
    add = url("paper-add", item.meeting_id, item.pk)
    said = words(client.get(add))
    assert "out by Wednesday 16 May 2018, so that 5 clear working days lie between that day and the meeting" in said
    assert "The deadline was Wednesday 16 May 2018." in said
    said = words(client.post(add, {"title": "Burglary", "file": file()}))
    assert "Give the reasons for urgency: the deadline has passed" in said
    assert "Choose the file again" in said  # the browser has forgotten it
    said = words(client.post(add, {"title": "Burglary", "urgent_because": "New figures"}))
    assert "Choose the file" in said and "Choose the file again" not in said
    client.post(add, {"title": "Burglary", "file": file(), "urgent_because": "New figures"})
    said = words(client.get(item.meeting.get_absolute_url()))
    assert "after the deadline of 16 May 2018. Urgent because: New figures" in said


def test_in_time_no_reasons_are_asked_for(client, sam, item, _on_the_day):
    _on_the_day.move_to(dt.datetime(2018, 5, 16, 22, 59, tzinfo=dt.UTC))  # 23:59 in London
    add = url("paper-add", item.meeting_id, item.pk)
    assert "Why is it urgent?" not in words(client.get(add))
    assert client.post(add, {"title": "Burglary", "file": file()}).status_code == 302
    _on_the_day.move_to(dt.datetime(2018, 5, 16, 23, 0, tzinfo=dt.UTC))
    assert "Why is it urgent?" in words(client.get(add))


def publish(client, item, **more):
    data = {"title": "Burglary", "file": file(), "urgent_because": "New figures"} | more
    return client.post(url("paper-add", item.meeting_id, item.pk), data)


def test_it_comes_down_as_it_went_up_and_always_as_a_file(client, sam, item):
    publish(client, item, file=file(name="Bürglary “north”.pdf"))
    paper = Paper.objects.get()
    response = client.get(url("paper-download", item.meeting_id, paper.pk))
    assert response.content == CONTENT
    assert response["Content-Disposition"].startswith("attachment;")
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    other = MeetingFactory()
    assert client.get(url("paper-download", other.pk, paper.pk)).status_code == 404


@pytest.mark.parametrize("harm", ["changed", "lost"])
def test_a_damaged_file_is_not_handed_out(client, sam, item, harm):
    publish(client, item)
    paper = Paper.objects.get()
    default_storage.delete(paper.file.name)
    if harm == "changed":
        with default_storage.open(paper.file.name, "wb") as stored:
            stored.write(b"something else")
    response = client.get(url("paper-download", item.meeting_id, paper.pk), follow=True)
    assert "burglary.pdf is damaged or lost" in words(response)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"title": " "}, "Enter what the paper is called"),
        ({"file": ""}, "Choose the file"),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "The file is empty"),
        ({"file": SimpleUploadedFile("a.pdf", b"<html>")}, "it isn’t a PDF file"),
        ({"file": SimpleUploadedFile("a.html", CONTENT)}, "can’t be a file of this kind"),
    ],
)
def test_what_is_wrong_with_a_paper(client, sam, item, more, sentence):
    response = publish(client, item, **more)
    assert response.status_code == 200 and sentence in words(response)
    assert not Paper.objects.exists()


def test_a_paper_may_be_twice_as_large_as_other_files_and_no_larger(client, sam, item):
    large = b"%PDF-" + b"x" * (too_large.MOST_BYTES + 1)
    assert publish(client, item, file=file(large)).status_code == 302
    assert "must be 20 MB or smaller" in words(publish(client, item, file=file(large * 2)))
    assert Paper.objects.count() == 1


def test_a_replaced_paper_stays_to_be_read(client, sam, item):
    publish(client, item)
    first = Paper.objects.get()
    replace = url("paper-replace", item.meeting_id, first.pk)
    assert "stays on the record, marked as replaced" in words(client.get(replace))
    data = {"title": "Burglary, put right", "file": file(b"%PDF-1.7 right"), "urgent_because": "A table was wrong"}
    client.post(replace, data)
    said = words(client.get(item.meeting.get_absolute_url()))
    assert "Burglary, put right" in said and "Replaced: Burglary" in said
    assert client.get(url("paper-download", item.meeting_id, first.pk)).content == CONTENT
    assert "Somebody has replaced this paper" in words(client.post(replace, data | {"file": file()}))
