"""One press on the board: who is reminded, who is not again that day, and what the page says. Figures were due on Friday 27 April 2018."""

import datetime as dt
import html

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import tasks
from accounts.models import AuditEvent, Mail, Reminder
from indicators import actions, asking, board
from indicators.models import Commentary, Return, Round
from reporting import digests
from tests.factories import UserFactory
from tests.factories.collecting import AbsenceFactory
from tests.factories.indicators import (
    Q4,
    IndicatorFactory,
    LeadFactory,
    PlacementFactory,
    ReturnFactory,
    sent,
    verified,
)

pytestmark = pytest.mark.django_db
ON = dt.date(2018, 5, 2)  # a Wednesday


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(dt.datetime(2018, 5, 2, 9, 12, tzinfo=dt.UTC), tick=False) as clock:  # 10:12 in London
        yield clock


@pytest.fixture
def return_():
    placement = PlacementFactory(indicator=IndicatorFactory(name="Reports of domestic abuse"), reference="B2")
    made = ReturnFactory(indicator=placement.indicator)
    Commentary.objects.update(due_on=None)
    return made


@pytest.fixture
def farida(return_):
    person = UserFactory(name="Farida Begum", email="farida@example.org", roles=["data_lead"])
    return LeadFactory(indicator=return_.indicator, user=person).user


@pytest.fixture
def sam(client):
    sam = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(sam)
    return sam


@pytest.fixture
def press(client, django_capture_on_commit_callbacks):
    """Presses the button and gives the page that follows."""

    def press(**data):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(reverse("indicators:round-remind", args=[Q4]), data)
        assert response.url == f"/quarters/{Q4.slug}/#who-owes"
        return shown(client)

    return press


def shown(client):
    response = client.get(reverse("indicators:round-detail", args=[Q4]))
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def owing(on=ON):
    return {one.person.name: one for one in board.gather(Round.objects.get(), UserFactory(), on).people.owing}


def another(lead, due=None, **fields):
    indicator = IndicatorFactory()
    LeadFactory(indicator=indicator, user=lead)
    made = ReturnFactory(indicator=indicator, round=Round.objects.get(), extended_to=due, **fields)
    Commentary.objects.update(due_on=None)
    return made


def test_one_press_reminds_all_who_are_late(client, return_, farida, sam, press):
    tom = UserFactory(name="Tom Okafor", email="tom@example.org", roles=["data_lead"])
    another(tom)
    another(tom, dt.date(2018, 5, 9))
    ann = UserFactory(name="Ann Able", roles=["data_lead"])
    another(ann, dt.date(2018, 5, 9))
    page = shown(client)
    assert "Who owes something: 3 people, 2 of them late" in page
    assert "Remind the 2 who are late" in page
    assert 'href="mailto:?bcc=farida@example.org,tom@example.org&subject=2017-18%20Q4"' in page
    page = press()
    assert "Reminded: Farida Begum and Tom Okafor" in page
    assert "Farida Begum was reminded today at 10:12" in page
    assert "All who are late were reminded today." in page
    assert "Remind Farida Begum" not in page and "Remind Ann Able" in page
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["farida@example.org"], "1 figure late, 2017-18 Q4"),
        (["tom@example.org"], "1 figure late, 1 figure due on Wednesday 9 May 2018, 2017-18 Q4"),
    ]
    assert "The partnership team asks you for what is still out for 2017-18 Q4 (January to March 2018):" in (
        mail.outbox[0].body
    )
    assert f"/returns/{return_.pk}/edit/" in mail.outbox[0].body
    assert list(Reminder.objects.order_by("pk").values_list("person__name", "stage", "cycle")) == [
        ("Farida Begum", "by_hand", "2018-04-27 by_hand:2018-05-02"),
        ("Tom Okafor", "by_hand", "2018-04-27 by_hand:2018-05-02"),
        ("Tom Okafor", "by_hand", "2018-05-09 by_hand:2018-05-02"),
    ]
    first, second = AuditEvent.objects.filter(kind="reminded").order_by("pk")
    assert (first.actor, first.subject_label) == (sam, "2017-18 Q4")
    assert first.changes == [
        {
            "what": "Farida Begum, by the partnership team",
            "was": "nothing",
            "now": "Figure for B2 Domestic abuse reports, 2017-18 Q4",
        }
    ]
    assert len(second.changes) == 2


def test_nobody_is_reminded_twice_on_one_day(client, return_, farida, sam, press, clock):
    assert "Reminded: Farida Begum" in press(person=farida.pk)
    assert "Farida Begum was reminded today already. A mail of your own can still be sent." in press(person=farida.pk)
    assert "All who are late for 2017-18 Q4 were reminded today. A mail of your own can still be sent." in press()
    assert len(mail.outbox) == 1
    clock.move_to(dt.datetime(2018, 5, 3, 9, 0, tzinfo=dt.UTC))
    client.force_login(sam)  # the session of the day before has run out
    assert "<span>2 May 2018, 10:12</span>" in shown(client)
    press(person=farida.pk)
    assert len(mail.outbox) == 2


def test_the_days_digest_counts_as_a_reminder(
    client, return_, farida, sam, press, clock, django_capture_on_commit_callbacks
):
    clock.move_to(dt.datetime(2018, 5, 2, 6, 30, tzinfo=dt.UTC))
    with django_capture_on_commit_callbacks(execute=True):
        digests.send(on=ON, by=None)
    page = shown(client)
    assert "Farida Begum was reminded today at 07:30" in page
    assert "Remind Farida Begum" not in page
    assert "was reminded today already" in press(person=farida.pk)
    assert len(mail.outbox) == 1


def test_a_reminder_by_hand_takes_nothing_from_the_schedule(return_, farida, sam, press):
    press()
    assert [item.stage for digest in digests.due(dt.date(2018, 5, 4)) for item in digest.items] == ["seven_after"]


def test_what_came_meanwhile_is_refused_in_words(client, return_, farida, sam, press):
    sent(return_)
    assert "Farida Begum owes nothing for 2017-18 Q4 any more, so no mail was sent." in press(person=farida.pk)
    assert "Nobody is late for 2017-18 Q4 any more, so nobody was reminded." in press()
    assert not Mail.objects.exists()
    assert "Who owes something" not in shown(client)


def test_a_figure_given_before_the_mail_goes_drops_it(return_, farida, sam):
    actions.remind_late(return_.round, on=ON, by=sam)
    sent(return_)
    tasks.send_mail(Mail.objects.get().pk)
    assert mail.outbox == []
    assert Mail.objects.get().state == "dropped"


def test_a_mail_that_could_not_be_sent_says_so_and_is_not_asked_for_again_that_day(client, return_, farida, sam):
    actions.remind_late(return_.round, on=ON, by=sam)
    Mail.objects.update(state="failed", failure="the mail server refused the address")
    page = shown(client)
    assert "The mail to Farida Begum could not be sent: the mail server refused the address" in page
    assert "Remind Farida Begum" not in page


@pytest.mark.parametrize("named", ["0", "x", "9" * 30, "²"])
def test_nobody_of_that_number(client, return_, sam, named):
    assert client.post(reverse("indicators:round-remind", args=[Q4]), {"person": named}).status_code == 404


def test_who_is_away_is_not_reminded_but_their_deputy_and_the_board_says_so(client, return_, farida, sam, press):
    tom = UserFactory(name="Tom Okafor", email="tom@example.org", roles=["data_lead"])
    AbsenceFactory(person=farida, deputy=tom, starts_on=dt.date(2018, 4, 30), ends_on=dt.date(2018, 5, 4))
    page = shown(client)
    assert "for Farida Begum, away until 4 May 2018" in page
    assert "Remind Farida Begum" not in page
    press()
    assert [message.to for message in mail.outbox] == [["tom@example.org"]]
    assert "You stand in for Farida Begum until Friday 4 May 2018, so what they owe is here too." in mail.outbox[0].body


def test_a_closed_quarter_asks_only_who_was_given_longer(client, return_, farida, sam):
    tom = UserFactory(name="Tom Okafor", roles=["data_lead"])
    longer = another(tom, dt.date(2018, 5, 25))
    ann = UserFactory(name="Ann Able", roles=["data_lead"])
    restating = another(ann)
    verified(restating, 12)
    Return.objects.filter(pk=restating.pk).update(status="draft")
    LeadFactory(indicator=return_.indicator, duty="commentary")
    Commentary.objects.filter(for_return=return_).update(due_on=dt.date(2018, 5, 1))
    Round.objects.update(closed_at=dt.datetime(2018, 5, 2, tzinfo=dt.UTC))
    found = owing()
    assert {name: (one.late, one.is_late) for name, one in found.items()} == {
        "Ann Able": ("3 working days late", True),
        "Tom Okafor": ("Due 25 May 2018", False),
    }
    rows = {row.return_.pk: row for row in board.gather(return_.round, sam, ON).out}
    assert (rows[return_.pk].state, rows[return_.pk].late, rows[return_.pk].can_be_given) == (
        "Not given", "The quarter closed without it", False,
    )  # fmt: skip
    assert (rows[longer.pk].late, rows[longer.pk].own_day) == (
        "Due 25 May 2018",
        "More time was given: it was first due on 27 April 2018.",
    )
    page = shown(client)
    assert "The quarter closed without it" in page
    assert page.count("Enter for them") == 2


def test_a_source_that_is_later_has_a_day_of_its_own(return_, farida, sam):
    """45 working days after Saturday 31 March 2018: Good Friday is before it, 2 April, 7 May and 28 May are bank holidays."""
    return_.indicator.source_lag = 45
    return_.indicator.save()
    [row] = board.gather(Round.objects.get(), sam, ON).out
    assert (row.state, row.late) == ("Due", "Due 6 June 2018")
    assert row.own_day == "Its source has the figure from 6 June 2018."


def test_the_board_reminds_whom_the_schedule_would(return_, farida, sam):
    tom = UserFactory(name="Tom Okafor", roles=["data_lead", "commentary_lead"])
    AbsenceFactory(person=farida, deputy=tom, starts_on=ON, ends_on=ON)
    LeadFactory(indicator=return_.indicator, duty="commentary", user=tom)
    another(UserFactory(name="Ann Able"))
    another(UserFactory(name="Gone Away", is_active=False, left_at=dt.datetime(2018, 4, 1, tzinfo=dt.UTC)))
    Commentary.objects.filter(for_return=return_).update(due_on=dt.date(2018, 5, 8))
    round_ = Round.objects.get()
    assert {one.person.pk for one in board.gather(round_, sam, ON).people.owing} == {
        item.person_id for item in asking.owed_in(round_, ON)
    }
    assert owing()["Tom Okafor"].what == "1 figure and 1 commentary"


def test_the_board_costs_the_same_for_any_number_of_people(client, return_, farida, sam):
    def count():
        shown(client)
        with CaptureQueriesContext(connection) as captured:
            shown(client)
        return len(captured)

    few = count()
    for _ in range(12):
        another(UserFactory(roles=["data_lead"]))
    actions.remind_late(return_.round, on=ON, by=sam)
    assert count() == few
