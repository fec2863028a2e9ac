"""What a snapshot holds of consultations whose results are new: only what was published, by the moment it came out."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultation.counts import ConcernCount, Counts, OptionCount, QuestionCounts
from lib.quarters import Quarter
from reporting import snapshots
from reporting.snapshots.consulting import findings
from reporting.told.shape import Found
from tests.factories import reporting as data
from tests.factories.consultations import ConcernFactory, ConsultationFactory, QuestionFactory, TallyFactory
from tests.factories.indicators import RoundFactory

pytestmark = pytest.mark.django_db

Q3, Q4 = Quarter.parse("2017-18-q3"), Quarter.parse("2017-18-q4")
MAY_8 = dt.datetime(2018, 5, 8, 16, tzinfo=dt.UTC)


def on(month: int, day: int, hour: int = 9, year: int = 2018) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


@pytest.fixture
def plan():
    return data.plan()


def published(at, **fields):
    """Printed totals: 30 of 40 named gangs first, ten named noise."""
    made = ConsultationFactory(
        totals_only=True, state="published", published_at=at, stated_responses=40, opens_on=dt.date(2018, 1, 8),
        closes_on=dt.date(2018, 2, 9), **fields,
    )  # fmt: skip
    asked = QuestionFactory(consultation=made, kind="ranked", role="concerns")
    for order, (text, count) in enumerate((("Gangs", 30), ("Noise", 10)), 1):
        concern = ConcernFactory(consultation=made, text=text, order=order)
        TallyFactory(concern=concern, question=asked, count=count, order=order)
    return made


def taken(plan, moment=MAY_8):
    return snapshots.take(plan, Q4, moment).consulted


def test_nothing_is_told_where_nothing_was_published(plan):
    assert taken(plan) == ()


def test_results_that_came_out_since_the_quarter_before_are_told_in_words(plan):
    made = published(on(4, 3), title="What matters to you")
    (one,) = taken(plan)
    assert (one.slug, one.title, one.responses, one.is_sample) == (made.slug, "What matters to you", 40, made.is_sample)
    assert (one.opened_on, one.closed_on) == (dt.date(2018, 1, 8), dt.date(2018, 2, 9))
    assert one.published_on == dt.date(2018, 4, 3)
    assert one.said == ("Gangs came first: 30 of 40 (75.0%) named it first.",)


def test_they_are_new_after_the_day_on_which_the_last_collection_closed(plan):
    RoundFactory(quarter=Q3, closes_on=dt.date(2018, 2, 8))
    published(on(2, 8, 23))
    assert taken(plan) == ()
    published(on(2, 9, 0))
    assert len(taken(plan)) == 1


def test_where_that_day_is_not_known_they_are_new_since_the_quarter_began(plan):
    """31 December in London is the last day of the quarter before."""
    published(dt.datetime(2017, 12, 31, 23, 59, tzinfo=dt.UTC))
    assert taken(plan) == ()
    published(dt.datetime(2018, 1, 1, 0, 0, tzinfo=dt.UTC))
    assert len(taken(plan)) == 1


def test_what_came_out_after_the_moment_is_not_known(plan):
    published(on(5, 8, 17))
    assert taken(plan) == ()
    assert len(taken(plan, on(5, 8, 17))) == 1


def test_what_was_analysed_and_not_published_is_not_told(plan):
    ConsultationFactory(state="analysed", opens_on=dt.date(2018, 1, 8), closes_on=dt.date(2018, 2, 9))
    assert taken(plan) == ()


def test_the_newest_come_first_and_the_number_of_queries_stays(plan, django_assert_num_queries):
    published(on(4, 3), title="First")
    with CaptureQueriesContext(connection) as one:
        taken(plan)
    published(on(4, 5), title="Third")
    published(on(4, 4), title="Second")
    with django_assert_num_queries(len(one)):
        assert [each.title for each in taken(plan)] == ["Third", "Second", "First"]


def test_the_first_three_findings_are_what_came_first_and_what_the_questions_were_answered():
    """Of 40, 30 named gangs first; 24 agreed, 26 want light in parks, and a third question is one too many."""
    asked = tuple(
        QuestionCounts(
            key, text, "", role, False, False, 40, (OptionCount("a", most, count), OptionCount("b", "Else", 40 - count))
        )
        for key, text, role, most, count in (
            ("light", "Where is light missing?", "further", "Parks", 26),
            ("dogs", "Are there too many dogs?", "further", "Yes", 21),
            ("safe", "Do you feel safe?", "safe", "Agree", 24),
        )
    )
    concerns = (ConcernCount("gangs", "Gangs", 30, 0, 0), ConcernCount("noise", "Noise", 10, 0, 0))
    found = Found(
        "s", "T", "", dt.date(2018, 1, 8), dt.date(2018, 2, 9), Counts(40, concerns, "What matters?", "", asked), 5, 1,
        dt.date(2018, 3, 1), "", "", "", False, True,
    )  # fmt: skip
    assert findings(found) == (
        "Gangs came first: 30 of 40 (75.0%) named it first.",
        "Do you feel safe? Agree: 24 of 40 (60.0%).",
        "Where is light missing? Parks: 26 of 40 (65.0%).",
    )
