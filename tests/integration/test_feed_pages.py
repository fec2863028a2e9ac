"""The pages about published files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from indicators.models import Indicator, Upload
from tests.factories.collecting import FeedFactory, FeedSeriesFactory
from tests.factories.indicators import DefinitionFactory, IndicatorFactory
from tests.integration.feed_world import World, injury
from tests.unit.indicators.feeds.files import INJURY, content, wide

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def sam(world, client: Client) -> Client:
    client.force_login(world.sam)
    return client


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_list_says_what_each_fills_and_when_it_was_last_taken(world, sam):
    assert "Violence, borough" in words(sam.get("/feeds/"))
    assert "Never" in words(sam.get("/feeds/"))
    world.record(world.upload(wide(injury(*INJURY))))
    assert "Never" not in words(sam.get("/feeds/"))


def test_the_number_of_queries_does_not_grow_with_feeds_and_series(
    world, sam, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(12) as first:
        sam.get("/feeds/")
    for _ in range(3):
        FeedSeriesFactory.create_batch(4, feed=FeedFactory())
    with django_assert_num_queries(len(first.captured_queries)):
        sam.get("/feeds/")


def test_a_file_is_uploaded_and_its_preview_shown(world, sam, django_capture_on_commit_callbacks):
    file = SimpleUploadedFile("crime.csv", content(wide(injury(*INJURY))))
    day = {"published_on_day": "3", "published_on_month": "5", "published_on_year": "2018"}
    with django_capture_on_commit_callbacks(execute=True):
        response = sam.post("/feeds/crime/", {"file": file, **day})
    page = words(sam.get(response.url))
    assert "4 new." in page and "Record the 4 figures" in page
    assert "April 229, May 251, June 287" in page
    assert "Sample Police, from a published file, 3 May 2018" in page
    assert "crime.csv" in words(sam.get("/feeds/crime/"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose the publisher’s file"),
        ({}, "Enter the day it was published"),
        (
            {"published_on_day": "3", "published_on_month": "5", "published_on_year": "2999"},
            "The day it was published must be today or earlier",
        ),
    ],
)
def test_what_is_missing_is_said_at_its_box(world, sam, data, sentence):
    page = words(sam.post("/feeds/crime/", data))
    assert page.count(sentence) >= 2  # in the summary and at the box
    assert not Upload.objects.exists()


def test_a_series_is_added_a_category_a_line(world, sam):
    burglary = IndicatorFactory(family=Indicator.Family.CONTEXT, name="Burglary")
    said = {"indicator": burglary.pk, "area": "Tower Hamlets", "categories": "Burglary > Homes\n\n Burglary>Shops "}
    page = words(sam.post("/feeds/crime/series/add/", said, follow=True))
    assert "From the next file on it fills Burglary" in page
    assert burglary.feed_series.get().categories == [["Burglary", "Homes"], ["Burglary", "Shops"]]


def test_one_that_is_refused_keeps_the_typing(world, sam):
    rated = IndicatorFactory(name="Number of calls")
    said = {"indicator": rated.pk, "area": "Here", "categories": "Burglary"}
    page = words(sam.post("/feeds/crime/series/add/", said))
    assert "its definition in force says so" in page
    assert "“Burglary” must have two parts, like Group &gt; Offence" in page
    assert 'value="Here"' in page


def test_the_area_of_the_others_is_suggested_and_only_what_months_make_up_is_offered(world, sam):
    IndicatorFactory(name="A share", percentage=True)
    page = words(sam.get("/feeds/crime/series/add/"))
    assert 'value="Tower Hamlets"' in page
    assert "A share" not in page and "Violence with Injury" not in page  # the latter is filled already


def test_a_series_is_taken_out(world, sam):
    page = words(sam.post(f"/feeds/crime/series/{world.series.pk}/remove/", follow=True))
    assert "It no longer fills Violence with Injury. Figures that it brought stay" in page
    assert "Say first what it fills, then a file can be uploaded." in page
    assert sam.post(f"/feeds/crime/series/{world.series.pk}/remove/").status_code == 404


def test_a_definition_names_the_file(world, sam):
    rated = IndicatorFactory(slug="calls", name="Number of calls")
    DefinitionFactory(indicator=rated)
    assert "Is it filled from a published file?" in words(sam.get("/indicators/calls/definitions/add/"))
    said = {"starts": "2017-18-q4", "text": "Calls", "breaks_series": "no", "feed": world.feed.pk, "version": 1}
    sam.post("/indicators/calls/definitions/add/", said)
    assert rated.definitions.order_by("starts").last().feed == world.feed


def test_a_context_measure_is_not_asked_that(world, sam):
    page = words(sam.get(f"/indicators/{world.indicator.slug}/definitions/add/"))
    assert "Is it filled from a published file?" not in page
