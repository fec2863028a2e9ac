"""The life of a consultation: what it lacks before it opens, its last day, closing by hand and by midnight, and again."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts import audit
from consultation import interface, paper, scheduled
from consultation.actions import running
from consultation.models import Channel, Concern, Consultation, Option, Question
from lib.editing import Stale
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    CLOSES_ON,
    NOON,
    PURGE_ON,
    ConsultationFactory,
    LanguageFactory,
    TranslationFactory,
    whole,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 7, 2)
DAY = dt.timedelta(days=1)
State = Consultation.State


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def draft(**told) -> Consultation:
    return whole(draft=True, **told)


def opened(consultation, sam, on=TODAY, **told):
    return running.open_(consultation, version=consultation.version, at=NOON, on=on, by=sam, **told)


def refusals(call) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        call()
    return refused.value.messages


def last_event(consultation):
    return audit.lines(audit.history(consultation)[:1])[0]


def test_a_draft_with_all_it_needs_opens(sam):
    consultation = opened(draft(), sam)
    consultation.refresh_from_db()
    assert (consultation.state, consultation.opened_at, consultation.opened_by) == ("open", NOON, sam)
    assert consultation.takes_answers(TODAY)
    line = last_event(consultation)
    assert line.words == "Consultation opened"
    assert line.changes == ["First day: 10 June 2018", "Last day: 12 August 2018"]


def test_all_that_is_missing_is_told_at_once(sam):
    bare = ConsultationFactory(
        draft=True,
        purpose="",
        privacy=" ",
        opens_on=None,
        closes_on=None,
        purge_on=None,
        triage_owner=None,
        panel="12 calls",
    )
    assert refusals(lambda: opened(bare, sam)) == [
        "Say what it is for",
        "Enter its first day",
        "Enter its last day",
        "Enter the day on which single answers are removed",
        "Enter the privacy notice: who holds the answers, why, and for how long",
        "Say from which public report the figures beside the questions are",
        "Add a question",
        "Add a way to answer",
    ]
    bare.refresh_from_db()
    assert bare.state == State.DRAFT and bare.version == 1


def test_questions_that_nobody_could_answer_are_missing_something(sam):
    consultation = draft(triage_owner=None)
    Concern.objects.filter(consultation=consultation).exclude(key__in=["concern-1", "other"]).delete()
    Option.objects.filter(question__key="trust", question__consultation=consultation).exclude(text="1").delete()
    assert refusals(lambda: opened(consultation, sam)) == [
        "Give “How far do you trust us?” at least two answers",
        "List at least 2 concerns to choose from",
        "Name who sees to it when somebody writes of harm: people can write in their own words",
    ]


def test_somebody_who_left_sees_to_nothing(sam):
    consultation = draft(triage_owner=UserFactory(is_active=False, left_at=NOON))
    assert refusals(lambda: opened(consultation, sam)) == [
        "Name who sees to it when somebody writes of harm: people can write in their own words"
    ]


def test_without_room_for_words_nobody_has_to_see_to_them(sam):
    consultation = draft(triage_owner=None)
    Question.objects.filter(consultation=consultation, kind="text").delete()
    Concern.objects.filter(consultation=consultation, is_other=True).delete()
    assert opened(consultation, sam).state == State.OPEN


def test_concerns_that_no_question_asks_for(sam):
    consultation = draft()
    Question.objects.filter(consultation=consultation, kind="ranked").delete()
    assert refusals(lambda: opened(consultation, sam)) == [
        "Ask which of the concerns matter most, or take them off the list"
    ]


@pytest.mark.parametrize(
    ("on", "sentences"),
    [
        (CLOSES_ON, []),  # its very last day: until midnight
        (CLOSES_ON + DAY, ["Enter a last day that is still to come: 12 August 2018 is over"]),
        (dt.date(2018, 5, 1), []),  # long before its first day
    ],
)
def test_a_last_day_that_is_over_opens_nothing(sam, on, sentences):
    consultation = draft()
    if sentences:
        assert refusals(lambda: opened(consultation, sam, on=on)) == sentences
    else:
        assert opened(consultation, sam, on=on).state == State.OPEN


@pytest.mark.parametrize(("purge_on", "is_fine"), [(CLOSES_ON, False), (CLOSES_ON + DAY, True)])
def test_answers_are_removed_after_the_last_day(sam, purge_on, is_fine):
    consultation = draft(purge_on=purge_on)
    if is_fine:
        assert opened(consultation, sam).state == State.OPEN
    else:
        assert refusals(lambda: opened(consultation, sam)) == [
            "Enter a day after the last day, 12 August 2018, on which single answers are removed"
        ]


def test_a_language_is_translated_whole_or_marked(sam):
    consultation = draft(panel="")
    # Title, purpose, privacy; 7 questions; 6 concerns; answers: 3 on safety, 4, 3, 5 and 3; and the words of both forms.
    texts = 3 + 7 + 6 + 3 + 4 + 3 + 5 + 3 + len(interface.WORDS.keys() | paper.WORDS.keys())
    bengali = LanguageFactory(consultation=consultation)
    TranslationFactory(language=bengali, of="title")
    TranslationFactory(language=bengali, of="question.asked-no-more")
    assert refusals(lambda: opened(consultation, sam)) == [
        f"Translate {texts - 1} texts into বাংলা, or mark its words as there to try it with"
    ]
    bengali.is_sample = True
    bengali.save()
    assert opened(consultation, sam).state == State.OPEN


def test_it_opens_once_and_a_late_comer_is_told(sam):
    mine, theirs = (Consultation.objects.get(pk=pk) for pk in [draft().pk] * 2)
    opened(mine, sam)
    with pytest.raises(Stale):
        running.open_(theirs, version=1, at=NOON, on=TODAY, by=sam)
    assert refusals(lambda: opened(mine, sam)) == [f"“{mine}” was opened already"]


def test_published_totals_are_not_opened(sam):
    totals = ConsultationFactory(draft=True, holds_responses=False)
    assert refusals(lambda: opened(totals, sam)) == [
        "It holds totals that were published elsewhere, so nobody can answer it"
    ]


def extended(consultation, sam, closes_on, reason="Few came from Bow", on=TODAY):
    return running.extend(consultation, closes_on=closes_on, reason=reason, version=consultation.version, on=on, by=sam)


def test_people_get_longer(sam):
    consultation = extended(ConsultationFactory(), sam, CLOSES_ON + DAY)
    assert consultation.closes_on == dt.date(2018, 8, 13)
    line = last_event(consultation)
    assert line.changes == ["Last day: 12 August 2018 → 13 August 2018"] and line.comment == "Few came from Bow"


@pytest.mark.parametrize(
    ("closes_on", "reason", "sentences"),
    [
        (CLOSES_ON, "So", ["Enter a day after 12 August 2018. To end it sooner, close it"]),
        (TODAY - DAY, "So", ["Enter today or a day to come"]),
        (
            PURGE_ON,
            "So",
            ["Enter a day before 12 February 2019: people were told that single answers are removed on that day"],
        ),
        (CLOSES_ON + DAY, " ", ["Say why people get longer"]),
        (CLOSES_ON + DAY, "x" * 301, ["The reason must be 300 characters or fewer"]),
    ],
)
def test_days_that_give_nobody_longer(sam, closes_on, reason, sentences):
    assert refusals(lambda: extended(ConsultationFactory(), sam, closes_on, reason)) == sentences


def test_the_day_before_the_removal_may_be_the_last(sam):
    assert extended(ConsultationFactory(), sam, PURGE_ON - DAY).closes_on == PURGE_ON - DAY


def closed(consultation, sam, on=TODAY, reason="Enough came"):
    return running.close(consultation, reason=reason, version=consultation.version, at=NOON, on=on, by=sam)


@pytest.mark.parametrize(
    ("on", "last"),
    [
        (TODAY, TODAY),
        (CLOSES_ON, CLOSES_ON),
        (dt.date(2018, 6, 9), CLOSES_ON),  # before its first day: called off, it never had another last day
    ],
)
def test_closed_early_that_day_is_its_last(sam, on, last):
    consultation = closed(ConsultationFactory(), sam, on=on)
    consultation.refresh_from_db()
    assert (consultation.state, consultation.closes_on, consultation.closed_by) == ("closed", last, sam)
    assert not consultation.takes_answers(on) and consultation.takes_papers
    assert last_event(consultation).comment == "Enough came"


def test_closing_says_why(sam):
    assert refusals(lambda: closed(ConsultationFactory(), sam, reason=" ")) == ["Say why it closes early"]


def reopened(consultation, sam, closes_on=CLOSES_ON, reason="The web form was down", on=TODAY):
    return running.reopen(consultation, closes_on=closes_on, reason=reason, version=consultation.version, on=on, by=sam)


def test_open_again_until_another_day(sam):
    consultation = reopened(closed(ConsultationFactory(), sam), sam)
    consultation.refresh_from_db()
    assert (consultation.state, consultation.closed_at, consultation.closed_by) == ("open", None, None)
    assert consultation.takes_answers(CLOSES_ON) and not consultation.takes_answers(CLOSES_ON + DAY)


@pytest.mark.parametrize("state", ["analysed", "published"])
def test_what_was_counted_stays_closed(sam, state):
    told = {"published_at": NOON, "published_by": sam} if state == "published" else {}
    consultation = ConsultationFactory(state=state, **told)
    assert refusals(lambda: reopened(consultation, sam)) == [
        "Its answers have been counted, so it stays closed. Ask anew in a consultation of its own"
    ]
    assert refusals(lambda: closed(consultation, sam)) == ["It isn’t open, so there is nothing to close"]
    assert refusals(lambda: extended(consultation, sam, CLOSES_ON + DAY)) == [
        "It isn’t open, so it has no last day to move"
    ]


def test_a_draft_is_neither_closed_nor_opened_again(sam):
    consultation = ConsultationFactory(draft=True)
    assert refusals(lambda: closed(consultation, sam)) == ["It isn’t open, so there is nothing to close"]
    assert refusals(lambda: reopened(consultation, sam)) == ["It isn’t closed, so there is nothing to open again"]


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2018-08-12T22:59:59+00:00", "open"),  # a second to midnight in London
        ("2018-08-12T23:00:00+00:00", "closed"),  # midnight there, still the 12th in Greenwich time
    ],
)
def test_midnight_in_london_closes_it(now, state):
    consultation = ConsultationFactory()
    with time_machine.travel(dt.datetime.fromisoformat(now), tick=False):
        scheduled.close_those_over()
        scheduled.close_those_over()
    consultation.refresh_from_db()
    assert consultation.state == state
    if state == "closed":
        assert consultation.closed_by is None and consultation.closed_at == dt.datetime.fromisoformat(now)
        (line,) = audit.lines(audit.history(consultation))
        assert (line.who, line.comment) == ("The system", "Its last day was over")


def test_only_what_is_open_and_over_is_closed_by_the_schedule(sam):
    for told in ({"draft": True}, {"state": "closed"}, {"totals_only": True}, {"closes_on": dt.date(2018, 9, 1)}):
        ConsultationFactory(**told)
    assert running.close_those_over(at=NOON, on=CLOSES_ON + DAY, by=None) == 0


def test_a_channel_is_needed(sam):
    consultation = draft()
    Channel.objects.filter(consultation=consultation).delete()
    assert refusals(lambda: opened(consultation, sam)) == ["Add a way to answer"]
