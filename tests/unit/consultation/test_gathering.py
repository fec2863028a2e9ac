"""Counting from responses and from printed totals: every number below is worked out by hand from the rows the test makes."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultation import gathering
from consultation.counts import Counts, Table
from consultation.models import Consultation, Question, Tally
from consultation.shipped import load
from tests.factories.consultations import (
    AnswerFactory,
    CommentFactory,
    MonitoringCountFactory,
    ResponseFactory,
    TagFactory,
    whole,
)
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db


class Asking:
    """A consultation that asks everything, and people who answer it."""

    def __init__(self) -> None:
        self.consultation: Consultation = whole()
        self.concerns = {concern.key: concern for concern in self.consultation.concerns.all()}
        self.options = {
            option.key: option for question in self.consultation.questions.all() for option in question.options.all()
        }
        self.channels = {channel.key: channel for channel in self.consultation.channels.all()}

    def answer(self, channel: str = "web", choices: str = "", options: str = "", **fields: Any) -> Any:
        """`choices` "1 3 other", `options` "safe-1 trust-4"."""
        named = [self.concerns["other" if one == "other" else f"concern-{one}"] for one in choices.split()]
        ranks = dict(zip(("first", "second", "third"), named, strict=False))
        response = ResponseFactory(channel=self.channels[channel], **ranks, **fields)
        for key in options.split():
            AnswerFactory(response=response, option=self.options[key])
        return response

    def gather(self) -> Counts:
        return gathering.gather(self.consultation)


def table(counts: Counts, question: str, by: str) -> Table:
    return next(one for one in counts.tables if (one.question, one.by) == (question, by))


def cells(told: Table) -> dict[str, tuple[int | None, ...]]:
    return {line.text: line.cells for line in told.lines}


@pytest.fixture
def asking() -> Asking:
    return Asking()


@pytest.fixture
def four(asking: Asking) -> Asking:
    asking.answer("web", "1 2 3", "safe-1 connection-1 connection-2 lighting-1 lighting-2 trust-5")
    asking.answer("web", "1", "safe-dk connection-2 trust-3")
    asking.answer("paper", "2 other", "safe-2 connection-4 lighting-1")
    asking.answer("paper")
    return asking


def test_choices_are_counted_by_rank_and_nobody_is_lost(four: Asking) -> None:
    counts = four.gather()
    assert counts.responses == 4
    told = {one.text: (one.first, one.second, one.third) for one in counts.concerns}
    assert told == {
        "Drugs": (2, 0, 0),
        "Anti-social behaviour": (1, 1, 0),
        "Gangs": (0, 0, 1),
        "Road safety": (0, 0, 0),
        "Burglary": (0, 0, 0),
        "Something else": (0, 1, 0),
    }
    assert [one.is_other for one in counts.concerns] == [False] * 5 + [True]


def test_each_question_says_how_many_answered_it(four: Asking) -> None:
    told = {one.key: (one.answered, [option.count for option in one.options]) for one in four.gather().questions}
    assert told == {
        "safe": (3, [1, 1, 1]),
        "connection": (3, [1, 2, 0, 1]),
        "lighting": (2, [2, 1, 0]),  # one of the two ticked both
        "trust": (2, [0, 0, 1, 0, 1]),
    }


def test_tables_by_channel_hold_each_response_once(four: Asking) -> None:
    counts = four.gather()
    concerns = table(counts, "concerns", "channel")
    assert [(group.text, group.responses) for group in concerns.groups] == [
        ("Web", 2),
        ("Kiosk", 0),
        ("Paper", 2),
        ("Imported", 0),
    ]
    assert cells(concerns)["Drugs"] == (2, 0, 0, 0)
    assert cells(concerns)["Named no concern"] == (0, 0, 1, 0)
    assert cells(table(counts, "safe", "channel")) == {
        "Agree": (1, 0, 0, 0),
        "Disagree": (0, 0, 1, 0),
        "Don’t know": (1, 0, 0, 0),
        "Didn’t answer": (0, 0, 1, 0),
    }
    assert {one.question for one in counts.tables} == {"concerns", "safe", "trust"}  # none where people tick several


def test_connection_is_the_closest_that_was_ticked(four: Asking) -> None:
    concerns = table(four.gather(), "concerns", "connection")
    assert [(group.text, group.responses) for group in concerns.groups] == [
        ("Live here", 1),
        ("Work or study here and don’t live here", 1),
        ("Only visit", 1),
        ("Didn’t say", 1),
    ]
    assert cells(concerns)["Drugs"] == (1, 1, 0, 0)
    assert cells(concerns)["Anti-social behaviour"] == (0, 0, 1, 0)
    assert cells(table(four.gather(), "trust", "connection"))["Didn’t answer"] == (0, 0, 1, 1)


@pytest.mark.parametrize("standing", ["held", "late", "undone"])
def test_only_counted_responses_make_figures(four: Asking, standing: str) -> None:
    before = four.gather()
    four.answer("web", "1 2 3", "safe-1 connection-1 lighting-1 trust-1", standing=standing)
    after = four.gather()
    assert (after.held, after.late, after.set_aside) == (int(standing == "held"), int(standing == "late"), 0)
    assert (after.concerns, after.questions, after.tables, after.responses) == (
        before.concerns,
        before.questions,
        before.tables,
        4,
    )


def test_what_was_set_aside_is_told_as_such(asking: Asking) -> None:
    asking.answer("web", "1", standing="set_aside", set_aside_because="A test.")
    assert (asking.gather().responses, asking.gather().set_aside) == (0, 1)


def test_another_consultation_s_answers_are_not_counted(four: Asking) -> None:
    before = four.gather()
    other = Asking()
    other.answer("web", "1", "safe-1 connection-1")
    assert four.gather() == before


def test_monitoring_is_summed_over_the_web_form_and_batches(asking: Asking) -> None:
    from tests.factories.consultations import BatchFactory

    young = asking.options["age-1"]
    batch = BatchFactory(channel=asking.channels["paper"])
    MonitoringCountFactory(option=young, count=3)
    MonitoringCountFactory(option=young, count=4, batch=batch)
    MonitoringCountFactory(option=None, question=young.question, count=9)
    age = asking.gather().monitoring[0]
    assert (age.answered, [option.count for option in age.options]) == (9, [7, 0, 0])


def test_comments_tags_and_languages(asking: Asking) -> None:
    words = asking.consultation.questions.get(key="words")
    light, noise = (TagFactory(consultation=asking.consultation, name=name) for name in ("light", "noise"))
    for number in range(3):
        comment = CommentFactory(response=asking.answer(language="bn" if number else "en"), question=words)
        comment.tags.add(light)
    comment.tags.add(noise)
    held = CommentFactory(response=asking.answer(standing="held"), question=words)
    held.tags.add(noise)
    counts = asking.gather()
    assert [(tag.text, tag.count) for tag in counts.tags] == [("light", 3), ("noise", 1)]
    assert (counts.comments, counts.read) == (3, 0)
    assert [(one.key, one.count) for one in counts.languages] == [("en", 1), ("bn", 2)]


def test_nobody_answered() -> None:
    counts = Asking().gather()
    assert (counts.responses, counts.tables, counts.languages) == (0, (), ())
    assert [question.answered for question in counts.questions] == [0, 0, 0, 0]


def test_the_number_of_queries_does_not_grow(four: Asking) -> None:
    with CaptureQueriesContext(connection) as few:
        four.gather()
    for _ in range(40):
        four.answer("imported", "3 4", "safe-1 trust-2 connection-3")
    with CaptureQueriesContext(connection) as many:
        four.gather()
    assert len(few) == len(many) <= 18


def test_what_was_counted_comes_back_from_json(four: Asking) -> None:
    import json

    counts = four.gather()
    assert Counts.from_json(json.loads(json.dumps(counts.to_json()))) == counts


def test_the_printed_totals_of_2016_are_as_printed() -> None:
    load(PlanFactory())
    counts = gathering.gather(Consultation.objects.get(holds_responses=False))
    assert (counts.responses, counts.holds_responses) == (1389, False)
    first = [one.first for one in counts.concerns]
    assert first[:2] == [339, 311]
    assert (first[-1], counts.concerns[-1].is_group) == (420, True)
    assert {one.second for one in counts.concerns} == {None}
    safe = counts.questions[0]
    assert (safe.answered, [option.count for option in safe.options]) == (1389, [998, 391])
    assert (counts.tables, counts.monitoring) == ((), ())
    assert {channel.count for channel in counts.channels} == {None}


def test_of_a_question_that_is_printed_in_part_nobody_knows_how_many_answered() -> None:
    """998 agreed, and it is not in print how many did not: 998 of 998 would be 100%."""
    load(PlanFactory())
    Tally.objects.get(option__text="Disagree").delete()
    safe = gathering.gather(Consultation.objects.get(holds_responses=False)).questions[0]
    assert (safe.answered, [option.count for option in safe.options]) == (None, [998])
    Tally.objects.create(
        consultation=Consultation.objects.get(),
        question=Question.objects.get(key=safe.key),
        together="All others",
        count=391,
        order=9,
    )
    assert gathering.gather(Consultation.objects.get()).questions[0].answered == 1389
