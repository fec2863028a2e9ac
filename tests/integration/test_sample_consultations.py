"""The two consultations of the sample: one that was published and whose single responses are gone, one that is open on any day.

188 + 64 + 57 + 3 = 312 responses each (`cspplan/sample/data/asking.json`).
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultation.counts import Counts
from consultation.models import Consultation, MonitoringCount, Quote, Response
from cspplan.sample import loader

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample():
    assert loader.load_sample()


def test_both_say_that_they_are_sample(sample):
    own = Consultation.objects.filter(holds_responses=True)
    assert [(each.slug, each.state) for each in own] == [
        ("what-comes-first-sample", "open"),
        ("safer-estates-sample", "published"),
    ]
    assert all(each.is_sample and each.title.endswith("(sample)") for each in own)
    assert [each.earlier.slug for each in own] == ["safer-estates-sample", "crime-and-disorder-2016"]


def test_the_open_one_takes_answers_today(sample):
    consultation = Consultation.objects.get(slug="what-comes-first-sample")
    assert consultation.takes_answers(timezone.localdate())
    assert Response.objects.filter(consultation=consultation).counted().count() == 312


def test_of_the_published_one_results_and_quotes_are_left(sample):
    consultation = Consultation.objects.get(slug="safer-estates-sample")
    assert consultation.purged_at and not Response.objects.filter(consultation=consultation).exists()
    assert not MonitoringCount.objects.filter(question__consultation=consultation).exists()
    result = consultation.results.get()
    counts, safe = Counts.from_json(result.counts), Counts.from_json(result.safe)
    assert counts.responses == safe.responses == 312
    assert sum(concern.first for concern in counts.concerns) <= 312
    assert {named.count for named in counts.channels} == {188, 64, 57, 3}
    assert 3 not in {named.count for named in safe.channels}  # three letters: fewer than five people
    quotes = Quote.objects.filter(consultation=consultation)
    assert quotes.count() == 3 and not quotes.filter(passed_at__isnull=True).exists()


def test_answers_are_written_many_at_once():
    """624 responses by eight channels: not one statement each, which dozens of tests and every first start would wait for."""
    with CaptureQueriesContext(connection) as queries:
        assert loader.load_sample()
    written = [
        each for each in queries.captured_queries if each["sql"].startswith('INSERT INTO "consultation_response"')
    ]
    assert 8 <= len(written) <= 12  # SQLite takes 71 rows of 14 columns at once, so three for 188 and for 168
