"""A publisher's file, from its upload to verified figures, and what a later one changes."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import AuditEvent
from indicators import actions
from indicators.models import Commentary, Figure, Indicator, MonthlyFigure, Return, Upload
from indicators.uploads import keeping, recording, working
from lib.quarters import Quarter
from tests.factories.collecting import FeedFactory, FeedSeriesFactory
from tests.factories.indicators import DefinitionFactory, IndicatorFactory, ReturnFactory, RoundFactory, verified
from tests.integration.feed_world import ALL, INJURIES, PUBLISHED, World, injury
from tests.unit.indicators.feeds.files import INJURY, YEAR, content, wide

pytestmark = pytest.mark.django_db
TRAFFICKING = ("Drugs", "Trafficking")


@pytest.fixture
def world() -> World:
    return World()


def with_month(month: str, number: int) -> list[object]:
    return injury(*(number if name == month else held for name, held in zip(YEAR, INJURY, strict=True)))


def lines(upload: Upload) -> list[tuple[str, str, str]]:
    return [
        (line.kind, line.label, line.why)
        for line in keeping.from_json(upload.preview).comparison.lines
        if line.kind != "same"
    ]


class TestTheFirstFile:
    def test_it_fills_every_quarter_that_was_opened_closed_ones_too_as_nobody_owes_a_context_figure(self, world):
        upload = world.upload(wide(injury(*INJURY)))
        assert [line[:2] for line in lines(upload)] == [("new", f"Violence, borough, {quarter}") for quarter in ALL]
        assert not Return.objects.exists()  # looking at it asks for nothing
        world.record(upload)
        assert world.held() == {}
        world.verify()
        assert world.held() == {"2017-18 Q1": 767, "2017-18 Q2": 743, "2017-18 Q3": 703, "2017-18 Q4": 629}

    def test_whose_figures_they_are_how_they_came_and_where_they_can_be_found_again(self, world):
        world.record(world.upload(wide(injury(*INJURY))))
        figure = Figure.objects.get(for_return__round__quarter=ALL[0])
        assert (figure.supplied_by, figure.supplied_by_name, figure.recorded_by) == (None, "Sample Police", world.sam)
        assert (figure.route, figure.source) == (Figure.Route.FEED, "Recorded crime, OGL v3")
        assert (figure.extracted_on, figure.received_on) == (PUBLISHED, PUBLISHED)
        assert list(figure.months.values_list("month", "number")) == [
            (dt.date(2017, 4, 1), Decimal(229)),
            (dt.date(2017, 5, 1), Decimal(251)),
            (dt.date(2017, 6, 1), Decimal(287)),
        ]
        assert MonthlyFigure.objects.count() == 12

    def test_no_words_are_asked_for(self, world):
        world.record(world.upload(wide(injury(*INJURY))))
        assert Commentary.objects.count() == 4
        assert not Commentary.objects.awaited().exists()

    def test_who_keyed_it_does_not_verify_it(self, world):
        world.record(world.upload(wide(injury(*INJURY))))
        return_ = Return.objects.select_related("round", "indicator").first()
        assert not world.sam.has_perm("indicators.verify_return", return_)
        assert world.lena.has_perm("indicators.verify_return", return_)

    def test_undone_it_leaves_nothing_that_anybody_owes(self, world):
        upload = world.record(world.upload(wide(injury(*INJURY))))
        actions.undo_upload(upload, reason="The wrong year", by=world.sam)
        assert not Figure.objects.standing().exists()
        assert not Return.objects.awaited().exists()
        assert set(Return.objects.values_list("status", "missing_reason", "missing_note")) == {
            ("missing", "not_collected", "It is filled from a published file.")
        }
        world.record(world.upload(wide(injury(*INJURY))))  # and can be taken again
        assert Figure.objects.standing().count() == 4

    def test_the_trail_tells_of_file_and_figures(self, world):
        world.record(world.upload(wide(injury(*INJURY))))
        assert (
            list(AuditEvent.objects.filter(kind="return_submitted").values_list("actor", flat=True))
            == [world.sam.pk] * 4
        )
        assert AuditEvent.objects.filter(kind="upload_recorded").count() == 1

    def test_a_return_that_comes_meanwhile_is_noticed_and_not_doubled(self, world):
        upload = world.upload(wide(injury(*INJURY)))
        verified(ReturnFactory(indicator=world.indicator, round=world.rounds[0]), 700)
        world.record(upload)
        assert upload.is_previewed and not upload.is_recorded
        assert "Nothing has been recorded" in keeping.from_json(upload.preview).notice
        assert Return.objects.count() == 1


class TestTheSameAgain:
    @pytest.mark.parametrize("is_verified", [True, False])
    def test_it_changes_nothing_whatever_day_is_said(self, world, is_verified):
        world.record(world.upload(wide(injury(*INJURY))))
        if is_verified:
            world.verify()
        again = world.upload(wide(injury(*INJURY)), PUBLISHED + dt.timedelta(days=30))
        assert lines(again) == []
        with pytest.raises(ValidationError, match="There is nothing to record"):
            world.record(again)
        assert Figure.objects.count() == 4

    def test_the_page_says_so_and_has_no_button(self, world, client):
        world.record(world.upload(wide(injury(*INJURY))))
        client.force_login(world.sam)
        page = client.get(world.upload(wide(injury(*INJURY))).get_absolute_url()).content.decode()
        assert "Nothing new: 4 the same." in page
        assert "Record the" not in page


class TestALaterFile:
    @pytest.fixture
    def filled(self, world):
        world.record(world.upload(wide(injury(*INJURY))))
        world.verify()
        return world

    def test_it_shows_each_month_that_was_restated(self, filled):
        upload = filled.upload(wide(with_month("201707", 314)), dt.date(2018, 8, 2))
        ((kind, label, why),) = lines(upload)
        assert (kind, label) == ("changed", "Violence, borough, 2017-18 Q2")
        assert why.endswith("July 2017: was 312, now 314.")

    def test_months_that_even_out_are_noticed_too(self, filled):
        moved = [*INJURY[:3], 313, 208, *INJURY[5:]]
        ((_, _, why),) = lines(filled.upload(wide(injury(*moved)), dt.date(2018, 8, 2)))
        assert "The quarter is the same, its months are not." in why
        assert why.endswith("July 2017: was 312, now 313. August 2017: was 209, now 208.")

    def test_it_is_one_revision_of_the_series_with_one_reason_and_stands_once_a_second_person_verified_it(self, filled):
        row = with_month("201707", 314)
        row[3] = 230
        filled.record(filled.upload(wide(row), dt.date(2018, 8, 2)), "The publisher’s file of 2 August 2018")
        assert filled.held()["2017-18 Q2"] == 743
        figures = Figure.objects.filter(restates="revision")
        assert {figure.restated_because for figure in figures} == {"The publisher’s file of 2 August 2018"}
        assert len({figure.revision_id for figure in figures}) == 1
        assert {int(figure.numerator) for figure in figures} == {745, 768}

    def test_the_reason_is_suggested(self, filled, client):
        client.force_login(filled.sam)
        upload = filled.upload(wide(with_month("201707", 314)), PUBLISHED)
        assert "The publisher’s file of 3 May 2018" in client.get(upload.get_absolute_url()).content.decode()

    def test_drug_trafficking_of_spring_2020_from_99_to_140(self, filled):
        """Published as 99, and two years later as 140: the months of the later file are 38, 66 and 36."""
        months = ("202004", "202005", "202006")
        indicator = IndicatorFactory(family=Indicator.Family.CONTEXT)
        FeedSeriesFactory(feed=filled.feed, indicator=indicator, categories=[list(TRAFFICKING)])
        spring = RoundFactory(quarter=Quarter.parse("2020-21-q1"))
        verified(ReturnFactory(indicator=indicator, round=spring), 99, supplied_by=filled.lena)
        rows = wide(injury(0, 0, 0), injury(38, 66, 36, kind=TRAFFICKING), months=months)
        upload = filled.upload(rows, dt.date(2022, 2, 10))
        line = next(line for line in keeping.from_json(upload.preview).comparison.lines if line.restates)
        assert (line.was, line.now) == ("99, verified", "140")
        filled.record(upload, "The publisher’s file of 10 February 2022")
        figure = Figure.objects.get(restates="revision")
        assert (figure.numerator, figure.for_return.round, figure.for_return.indicator) == (140, spring, indicator)

    def test_what_is_refused_is_left_out_only_when_that_is_said(self, filled):
        row = with_month("201707", 314)
        months = tuple("2018O1" if month == "201801" else month for month in YEAR)
        upload = filled.upload(wide(row, months=months), dt.date(2018, 8, 2))
        assert [line[0] for line in lines(upload)] == ["refused", "changed"]
        with pytest.raises(ValidationError, match="may be left out"):
            filled.record(upload, "New file")
        filled.record(upload, "New file", leave_out=True)
        assert Figure.objects.filter(restates="revision").count() == 1


class TestAnIndicatorThatIsRated:
    def test_only_the_quarters_whose_definition_names_the_file_are_taken(self, world):
        rated = IndicatorFactory(name="Number of injuries")
        FeedSeriesFactory(feed=world.feed, indicator=rated, categories=[list(INJURIES)])
        world.series.delete()
        DefinitionFactory(indicator=rated)
        DefinitionFactory(indicator=rated, starts=ALL[3], feed=world.feed)
        for round_ in world.rounds:
            ReturnFactory(indicator=rated, round=round_)
        found = lines(world.upload(wide(injury(*INJURY))))
        why = "The definition that holds in {} doesn’t say that this file fills it."
        assert [line[2] for line in found] == [*(why.format(quarter) for quarter in ALL[:3]), ""]
        assert [line[0] for line in found] == ["refused", "refused", "refused", "new"]

    def test_it_is_not_asked_for_where_the_quarter_did_not_ask(self, world):
        rated = IndicatorFactory()
        FeedSeriesFactory(feed=world.feed, indicator=rated, categories=[list(INJURIES)])
        world.series.delete()
        DefinitionFactory(indicator=rated, feed=world.feed)
        assert {line[2] for line in lines(world.upload(wide(injury(*INJURY))))} == {
            f"It is not asked for in {quarter}." for quarter in ALL
        }


def test_a_second_layout_needs_no_code(world):
    """Semicolons, a line a month, months in words, area codes and other headings."""
    feed = FeedFactory(
        slug="second",
        layout={
            "levels": ["Crime type"],
            "area": "Area code",
            "months": {"column": "Period", "written": "%B %Y", "numbers": "Count"},
        },
    )
    indicator = IndicatorFactory(family=Indicator.Family.CONTEXT)
    FeedSeriesFactory(feed=feed, indicator=indicator, area="E09000030", categories=[["Robbery"]])
    rows = [["Area code", "Crime type", "Period", "Count"]]
    rows += [
        ["E09000030", "Robbery", f"{month} 2017", n] for month, n in (("April", 10), ("May", 20), ("June", "1,030"))
    ]
    upload = actions.add_file(feed, content=content(rows, ";"), name="a.csv", published_on=PUBLISHED, by=world.sam)
    world.record(world.worked(upload))
    figure = Figure.objects.get()
    assert (figure.numerator, figure.for_return.indicator, figure.for_return.round.quarter) == (1060, indicator, ALL[0])


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["Name", "Address"], ["x", "y"]], "This is not the file that is looked for"),
        ([["Group", "Offence", "Borough", "Total"], ["a", "b", "c", 1]], "No column of this file is headed by a month"),
    ],
)
def test_a_file_that_is_another_one_says_so_and_leaves_everything(world, rows, sentence):
    upload = actions.add_file(world.feed, content=content(rows), name="x.csv", published_on=PUBLISHED, by=world.sam)
    working.work(upload.pk)
    upload.refresh_from_db()
    assert upload.is_failed and upload.failure.startswith(sentence)
    assert not Return.objects.exists()


def test_a_return_that_is_asked_for_at_the_very_moment_stops_the_recording(world):
    """The quarter asked for it after the last comparison: nothing is written, and it is compared anew."""
    ReturnFactory(indicator=world.indicator, round=world.rounds[0])
    with pytest.raises(recording.Moved), transaction.atomic():
        recording._ask([Return(indicator=world.indicator, round=round_) for round_ in world.rounds], timezone.now())
    assert Return.objects.count() == 1
