"""The page of what is kept of single people's answers, and until when; and the command that removes them by hand."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultation.actions import purging
from consultation.models import Consultation
from reporting import home_consulting
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ConsultationFactory, ResponseFactory, ResultFactory, whole
from tests.integration.test_purging import DAY, answered

pytestmark = pytest.mark.django_db
WINTER = dt.datetime(2019, 2, 13, 9, 0, tzinfo=dt.UTC)  # the day after that of removal


AUTUMN = dt.datetime(2018, 9, 1, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def sam(client, time_machine):
    time_machine.move_to(AUTUMN, tick=False)
    person = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(person)
    return person


def address(consultation):
    return reverse("consultation:consultation-retention", args=[consultation.slug])


def page(client, consultation):
    response = client.get(address(consultation))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def day(value, **fields):
    return {"purge_on_day": value.day, "purge_on_month": value.month, "purge_on_year": value.year, **fields}


def test_it_says_what_is_held_and_until_when(client, sam):
    consultation = whole(state="closed")
    answered(consultation)
    text = page(client, consultation)
    assert "3 single answers are held, until 12 February 2019." in text
    assert "Results: none yet. Nothing is removed before the answers are analysed" in text
    assert "1 quote that somebody passed" in text


@pytest.mark.parametrize(
    ("state", "with_result", "sentence"),
    [
        ("closed", False, "1 single answer is still held. They were due to be removed on 12 February 2019. The answers have not been"),
        ("analysed", True, "1 single answer is held. They are removed tonight."),
    ],
)  # fmt: skip
def test_past_its_day_it_says_what_is_in_the_way(client, time_machine, state, with_result, sentence, sam):
    consultation = ConsultationFactory(state=state)
    ResponseFactory(channel__consultation=consultation)
    if with_result:
        ResultFactory(consultation=consultation)
    time_machine.move_to(WINTER, tick=False)
    client.force_login(sam)
    assert sentence in page(client, consultation)


def test_afterwards_it_says_that_all_is_gone_and_asks_nothing(client, sam):
    consultation = whole(state="analysed")
    answered(consultation)
    ResultFactory(consultation=consultation)
    purging.purge_due(on=DAY, at=WINTER)
    text = page(client, consultation)
    assert "All single answers were removed on 13 February 2019." in text
    assert "Move the day" not in text and "What goes" not in text
    assert "1 set of results: complete counts" in text
    assert "Removal of single answers begun" in text


def test_of_published_totals_there_is_nothing_to_remove(client, sam):
    text = page(client, ConsultationFactory(totals_only=True))
    assert "No single answers are held: only totals that were published elsewhere." in text
    assert "What goes" not in text


def test_the_day_is_moved_and_a_later_one_asks_why(client, sam):
    consultation = whole(state="closed")
    later = client.post(address(consultation), day(dt.date(2019, 3, 1), version=1))
    assert "Say why they are kept longer than people were told" in later.content.decode()
    earlier = client.post(address(consultation), day(dt.date(2018, 12, 31), version=1), follow=True)
    assert "Saved: the day of removal" in earlier.content.decode()
    consultation.refresh_from_db()
    assert consultation.purge_on == dt.date(2018, 12, 31)


def test_who_comes_second_is_told_and_loses_no_typing(client, sam):
    consultation = whole(state="closed")
    lena = UserFactory(name="Lena Fox", roles=["coordinator"])
    purging.change_day(
        Consultation.objects.get(pk=consultation.pk), purge_on=dt.date(2018, 12, 1), reason="", version=1, on=dt.date(2018, 9, 1), by=lena
    )  # fmt: skip
    sent = day(dt.date(2018, 11, 30), version=1, reason="As we said")
    text = client.post(address(consultation), sent).content.decode()
    assert "has been changed since you opened it" in text
    assert "Lena Fox" in text and "As we said" in text
    assert 'name="version" value="2"' in text


@pytest.mark.parametrize("typed", ["", "x\x00", "99999999999999999999", "९"])
def test_bad_days_are_a_sentence(client, sam, typed):
    consultation = whole(state="closed")
    sent = {"purge_on_day": typed, "purge_on_month": "2", "purge_on_year": "2019", "version": 1}
    response = client.post(address(consultation), sent)
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()


def test_as_many_queries_with_three_answers_as_with_sixty(client, sam):
    counts = []
    for number in (3, 60):
        consultation = whole(state="closed")
        answered(consultation, count=number)
        with CaptureQueriesContext(connection) as queries:
            page(client, consultation)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30


def test_the_first_page_of_whoever_opened_it_leads_here_while_something_is_in_the_way(sam):
    consultation = whole(state="closed", title="Safer parks", opened_by=sam, triage_owner=sam)
    count, item = home_consulting.items(sam, DAY)
    assert count.name == "Count the answers to “Safer parks”"  # which is what is in the way
    assert (item.name, item.do) == (
        "What is to be done before single answers of “Safer parks” can be removed",
        "See what is in the way",
    )
    assert item.url == address(consultation)
    assert list(home_consulting.items(UserFactory(roles=["executive"]), DAY)) == []


# ---------------------------------------------------------------- manage.py purge_responses


def ran(*arguments):
    out = io.StringIO()
    call_command("purge_responses", *arguments, stdout=out)
    return out.getvalue().splitlines()


def two(time_machine):
    time_machine.move_to(WINTER, tick=False)
    ready, waiting = whole(state="analysed", title="Safer parks"), whole(state="closed", title="Safer roads")
    answered(ready)
    ResultFactory(consultation=ready)
    return ready, waiting


def test_the_command_shows_what_would_go_and_writes_nothing(time_machine):
    ready, _ = two(time_machine)
    assert ran("--dry-run") == [
        "Safer roads: nothing would be removed. The answers have not been analysed. Nothing is removed before their counts are kept.",
        "Safer parks: 3 single answers would be removed. Their day was 12 February 2019.",
        "Nothing was written.",
    ]
    assert ready.responses.count() == 3


def test_the_command_removes_what_is_due(time_machine):
    ready, _ = two(time_machine)
    assert ran() == [
        "Safer roads: nothing removed. The answers have not been analysed. Nothing is removed before their counts are kept.",
        "Safer parks: 3 single answers removed. All are gone.",
    ]
    assert ready.responses.count() == 0
    assert ran("--dry-run")[0].startswith("Safer roads: nothing would be removed.")


def test_the_command_says_when_nothing_is_due(time_machine):
    time_machine.move_to(AUTUMN, tick=False)
    whole(state="closed")
    assert ran() == ["No single answers are due to be removed."]


def test_another_day_is_only_looked_at(time_machine):
    two(time_machine)
    assert ran("--dry-run", "--on", "2019-02-11") == ["No single answers are due to be removed."]
    with pytest.raises(CommandError, match="together with --dry-run"):
        ran("--on", "2019-02-11")
    with pytest.raises(CommandError, match="not a day"):
        ran("--dry-run", "--on", "tomorrow")
