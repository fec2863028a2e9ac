"""Files of answers at the same moment, each on a connection of its own: one person counts once, a file counts once."""

import threading
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from consultation import asked
from consultation.actions import imports, receiving
from consultation.answers import Given
from consultation.models import Batch, Response
from tests.factories.accounts import UserFactory
from tests.factories.consultations import NOON
from tests.integration.test_returns_race import at_once
from tests.unit.consultation.imports.survey import ON, Survey

# On SQLite writers queue one after the other; what a late one meets there is in the tests of the actions.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 4
LONG = 5  # seconds


def record(batch: Batch, by, leave_out: int = 0) -> Batch:
    held = Batch.objects.select_related("consultation", "source").get(pk=batch.pk)
    return imports.record(held, leave_out=leave_out, version=batch.version, on=ON, by=by)


def test_one_file_recorded_by_two_people():
    lena = UserFactory(roles=["coordinator"])
    for _ in range(ROUNDS):
        survey = Survey()
        batch = survey.told("Who,1\nan,Gangs\nbo,Drugs\n", "person", "first")
        outcomes = at_once(lambda one=batch, by=survey.sam: record(one, by), lambda one=batch: record(one, lena))
        assert sorted(isinstance(one, ValidationError) for one in outcomes) == [False, True]
        assert Response.objects.filter(consultation=survey.consultation).count() == 2


def test_one_person_in_two_files_counts_once():
    for _ in range(ROUNDS):
        survey = Survey()
        one = survey.told("Who,1\nan,Gangs\nbo,Drugs\n", "person", "first", name="one.csv")
        two = survey.told("Who,1\nan,Burglary\ncy,Drugs\n", "person", "first", name="two.csv")
        outcomes = at_once(lambda a=one, by=survey.sam: record(a, by), lambda b=two, by=survey.sam: record(b, by))
        refused = [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]
        assert [outcome.messages[0].split(".")[0] for outcome in refused] == ["1 row can’t be counted"]
        assert Response.objects.filter(consultation=survey.consultation).count() == 2


def test_the_same_file_uploaded_twice_counts_once():
    for _ in range(ROUNDS):
        survey = Survey()
        one, two = (survey.told("1\nGangs\n", "first", name=name) for name in ("one.csv", "two.csv"))
        outcomes = at_once(lambda a=one, by=survey.sam: record(a, by), lambda b=two, by=survey.sam: record(b, by))
        assert sorted(isinstance(one, ValidationError) for one in outcomes) == [False, True]
        assert Response.objects.filter(consultation=survey.consultation).count() == 1


def test_while_a_file_is_recorded_the_public_is_taken_in(monkeypatch):
    """A file of 50,000 rows takes longer than anybody's form may wait: their answers don't stand behind it."""
    survey, answered = Survey(), threading.Event()
    batch = survey.told("1\nGangs\n", "first")
    web, form = survey.consultation.channels.get(key="web"), asked.read(survey.consultation)
    given = Given(choices=(form.ranked.options[0].pk,))
    recording, written = threading.Event(), receiving.receive_many

    def slowly(*args: Any, **kwargs: Any) -> int:
        recording.set()
        assert answered.wait(LONG), "the public waits for the file"
        return written(*args, **kwargs)

    def answer() -> Response:
        assert recording.wait(LONG)
        response = receiving.receive(form, given=given, channel=web, token=uuid.uuid4(), at=NOON, on=ON, by=None)
        answered.set()
        return response

    monkeypatch.setattr(receiving, "receive_many", slowly)
    outcomes = at_once(lambda: record(batch, survey.sam), answer)
    assert not any(isinstance(outcome, BaseException) for outcome in outcomes), outcomes
    assert Response.objects.filter(consultation=survey.consultation).count() == 2
