"""The pages on which a coordinator keeps what is needed to read a series: what they say, refuse and keep."""

import html
import re

import pytest
from django.urls import reverse

from indicators.models import DatedNote, Definition, Indicator, Rebase, Return
from lib.quarters import Quarter
from tests.factories import UserFactory
from tests.factories.indicators import (
    Q4,
    DatedNoteFactory,
    DefinitionFactory,
    IndicatorFactory,
    PlacementFactory,
    RebaseFactory,
    ReturnFactory,
    RoundFactory,
    verified,
)
from tests.factories.priorities import CommitmentFactory, OutcomeFactory, PlanFactory, PriorityFactory, ThemeFactory

pytestmark = pytest.mark.django_db

FUTURE = "2999"


@pytest.fixture
def sam(client):
    user = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(user)
    return user


@pytest.fixture
def indicator(sam):
    """Defined since 2015-16, with figures for the last two quarters of 2017-18."""
    made = IndicatorFactory(slug="hotspots")
    DefinitionFactory(indicator=made, text="Violence in hotspots.", areas="Brick Lane", source="CRIS")
    for quarter in Q4.back_to(2):
        verified(ReturnFactory(indicator=made, round=RoundFactory(quarter=quarter)), 100)
    return made


def url(name: str, *more: object) -> str:
    return reverse(f"indicators:{name}", args=["hotspots", *more])


def words_of(response) -> str:
    """The words of the page in one line."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def says(response, sentence: str, field: str) -> None:
    """The refusal stands in the title, in the summary with its link, and at the field; what was typed is kept."""
    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: " in page
    assert f'href="#{field}"' in page
    assert html.unescape(page).count(sentence) == 2, words_of(response)


class TestDefinition:
    TYPED = {
        "version": "1",
        "starts": "2017-18-q3",
        "text": "Violence with injury in hotspots.",
        "areas": "Brick Lane",
        "source": "CRIS",
        "method": "",
        "known_limits": "",
        "breaks_series": "no",
        "break_reason": "",
    }

    def test_the_boxes_hold_what_holds_today(self, client, indicator):
        page = client.get(url("definition-add")).content.decode()
        assert "Violence in hotspots.</textarea>" in page
        assert "filled in with what holds since 2015-16 Q1" in page
        assert not re.search(r'name="breaks_series"[^>]*checked', page)

    def test_whoever_gives_the_figure_reads_all_of_it(self, client, indicator):
        return_ = Return.objects.get(round__quarter=Q4)
        typed = self.TYPED | {"method": "By date of report", "known_limits": "Late reports"}
        client.post(url("definition-add"), typed)
        words = words_of(client.get(reverse("indicators:return-edit", args=[return_.pk])))
        assert "Violence with injury in hotspots. Areas: Brick Lane" in words
        assert "How it is drawn: By date of report What it can’t tell: Late reports" in words

    def test_without_a_definition_nothing_is_filled_in(self, client, sam):
        IndicatorFactory(slug="hotspots")
        words = words_of(client.get(url("definition-add")))
        assert "No definition is held." in words and "filled in" not in words

    def test_it_is_added(self, client, indicator):
        response = client.post(url("definition-add"), self.TYPED, follow=True)
        assert response.redirect_chain == [(indicator.get_absolute_url(), 302)]
        assert "The definition holds from 2017-18 Q3 on" in words_of(response)
        assert Definition.objects.count() == 2

    @pytest.mark.parametrize(
        ("typed", "sentence", "field"),
        [
            ({"starts": ""}, "Choose a quarter", "id_starts"),
            ({"starts": "1900-01-q1"}, "Choose a quarter from the list", "id_starts"),
            ({"starts": "2015-16-q1"}, "A definition starts in 2015-16 Q1 already", "id_starts"),
            ({"text": " "}, "Say what is counted", "id_text"),
            ({"text": "x" * 2001}, "The answer to “What is counted?” must be 2,000 characters or fewer", "id_text"),
            ({"areas": "x" * 2001}, "The answer to “Which areas?” must be 2,000 characters or fewer", "id_areas"),
            ({"source": "x" * 201}, "Where it is from must be said in 200 characters or fewer", "id_source"),
            ({"breaks_series": ""}, "Say whether its figures can be compared with those before", "id_breaks_series_0"),
            ({"breaks_series": "yes"}, "Say why figures before and after can’t be compared", "id_break_reason"),
            ({"break_reason": "New"}, "You said why the series breaks, and not that it does", "id_breaks_series_0"),
            ({"text": "Violence in hotspots."}, "Nothing differs from what holds since 2015-16 Q1", "id_starts"),
        ],
    )
    def test_what_is_refused(self, client, indicator, typed, sentence, field):
        response = client.post(url("definition-add"), self.TYPED | typed)
        if "Nothing differs" in sentence:  # about the whole form: in the summary alone
            assert sentence in words_of(response)
        else:
            says(response, sentence, field)
        assert Definition.objects.count() == 1

    def test_whoever_comes_late_sees_what_changed_and_keeps_what_was_typed(self, client, indicator):
        client.post(url("definition-add"), self.TYPED)
        late = self.TYPED | {"starts": "2017-18-q4", "text": "My own words."}
        response = client.post(url("definition-add"), late)
        words = words_of(response)
        assert "This indicator has been changed since you opened it" in words
        assert "Definition added" in words and "Holds from: 2017-18 Q3" in words
        assert "My own words.</textarea>" in response.content.decode()
        assert 'name="version" value="2"' in response.content.decode()


class TestRebase:
    TYPED = {
        "version": "1",
        "starts": "2017-18-q4",
        "reason": "Weekend patrols began",
        "approved_by": "CSP Executive, 24 May 2018",
    }

    def test_it_is_added_and_listed(self, client, indicator):
        response = client.post(url("rebase-add"), self.TYPED, follow=True)
        words = words_of(response)
        assert "The usual range starts afresh in 2017-18 Q4" in words
        assert "Weekend patrols began CSP Executive, 24 May 2018 Take back" in words

    @pytest.mark.parametrize(
        ("typed", "sentence", "field"),
        [
            ({"starts": ""}, "Choose a quarter", "id_starts"),
            ({"starts": "2018-19-q1"}, "Choose a quarter from the list", "id_starts"),
            ({"starts": "2017-18-q3"}, "2017-18 Q3 is the first quarter with a figure: the usual range starts there anyway", "id_starts"),
            ({"reason": ""}, "Say what changed for good", "id_reason"),
            ({"reason": "x" * 201}, "What changed must be said in 200 characters or fewer", "id_reason"),
            ({"approved_by": " "}, "Say who approved it", "id_approved_by"),
            ({"approved_by": "x" * 121}, "Who approved it must be said in 120 characters or fewer", "id_approved_by"),
        ],
    )  # fmt: skip
    def test_what_is_refused(self, client, indicator, typed, sentence, field):
        says(client.post(url("rebase-add"), self.TYPED | typed), sentence, field)
        assert not Rebase.objects.exists()

    def test_it_is_taken_back_at_once_and_stays_to_be_read(self, client, indicator):
        rebase = RebaseFactory(indicator=indicator, starts=Q4)
        response = client.post(url("rebase-withdraw", rebase.pk), {"version": 1}, follow=True)
        words = words_of(response)
        assert "Taken back: the usual range no longer starts afresh in 2017-18 Q4" in words
        assert "No fresh start stands" in words
        assert "2017-18 Q4: Weekend patrols began. Taken back by Sam Carrick" in words
        assert Rebase.objects.get().withdrawn_at is not None

    @pytest.mark.parametrize(
        ("version", "sentence"),
        [("7", "This indicator has been changed since you opened it"), ("", "Open this page again"), ("x", "Open this page again")],
    )  # fmt: skip
    def test_it_stays_where_the_page_was_old(self, client, indicator, version, sentence):
        rebase = RebaseFactory(indicator=indicator, starts=Q4)
        response = client.post(url("rebase-withdraw", rebase.pk), {"version": version}, follow=True)
        assert sentence in words_of(response)
        assert Rebase.objects.standing().exists()

    def test_one_of_another_indicator_is_not_found(self, client, indicator):
        assert client.post(url("rebase-withdraw", RebaseFactory().pk), {"version": 1}).status_code == 404

    def test_without_a_figure_a_sentence_stands_in_place_of_the_form(self, client, sam):
        IndicatorFactory(slug="hotspots")
        response = client.get(url("rebase-add"))
        assert "No figure is verified yet, so there is no usual range to work out afresh." in words_of(response)
        assert 'name="reason"' not in response.content.decode()
        assert client.post(url("rebase-add"), self.TYPED).status_code == 200
        assert not Rebase.objects.exists()

    def test_a_series_break_is_named_as_a_start_of_its_own(self, client, indicator):
        starts = Quarter.parse("2017-18 Q4")
        DefinitionFactory(indicator=indicator, starts=starts, breaks_series=True, break_reason="New system")
        assert "2017-18 Q4, a new series: New system" in words_of(client.get(url("rebase-add")))


class TestNote:
    TYPED = {"version": "1", "on_day": "1", "on_month": "6", "on_year": "2017", "words": "Late Night Levy began"}

    def test_it_is_added_and_listed(self, client, indicator):
        words = words_of(client.post(url("note-add"), self.TYPED, follow=True))
        assert "Added: Late Night Levy began, 1 June 2017" in words
        assert "Late Night Levy began 1 June 2017 Take back" in words

    @pytest.mark.parametrize(
        ("typed", "sentence", "field"),
        [
            ({"on_year": FUTURE}, "A note tells what has happened: the day must be today or earlier", "id_on_day"),
            ({"on_day": "31"}, "The day it happened must be between 1 and 30: June has 30 days", "id_on_day"),
            ({"words": ""}, "Say what happened", "id_words"),
            ({"words": "x" * 41}, "The note must be 40 characters or fewer", "id_words"),
        ],
    )
    def test_what_is_refused(self, client, indicator, typed, sentence, field):
        says(client.post(url("note-add"), self.TYPED | typed), sentence, field)
        assert not DatedNote.objects.exists()

    def test_the_page_counts_the_characters(self, client, indicator):
        assert 'data-maxlength="40"' in client.get(url("note-add")).content.decode()

    def test_it_is_taken_back_at_once_and_stays_to_be_read(self, client, indicator):
        note = DatedNoteFactory(indicator=indicator)
        words = words_of(client.post(url("note-withdraw", note.pk), {"version": 1}, follow=True))
        assert "Taken back: Late Night Levy began" in words
        assert "1 June 2017: Late Night Levy began. Taken back by Sam Carrick" in words
        assert client.post(url("note-withdraw", DatedNoteFactory().pk), {"version": 2}).status_code == 404


class TestServes:
    @pytest.fixture
    def placement(self, indicator):
        plan = PlanFactory()
        return PlacementFactory(plan=plan, priority=PriorityFactory(plan=plan, letter="B"), indicator=indicator)

    @pytest.fixture
    def entries(self, placement):
        theme = ThemeFactory(priority=placement.priority, title="Burglary")
        return (
            CommitmentFactory(priority=placement.priority, text="Light the lanes"),
            CommitmentFactory(priority=placement.priority, text="Mark bicycles", theme=theme),
            OutcomeFactory(priority=placement.priority, text="Less of it"),
        )

    def typed(self, entries) -> dict[str, str]:
        under_none, under_theme, outcome = (str(entry.pk) for entry in entries)
        return {
            "version": "1",
            "commitments_0_0": under_none,
            "commitments_0_1": under_theme,
            "outcomes_1_0": outcome,
        }

    def test_boxes_stand_under_the_headings_of_the_plan_and_what_is_served_is_ticked(self, client, placement, entries):
        placement.commitments.set(entries[:1])
        response = client.get(url("serves-edit"))
        assert (
            "What we will do in the first 12 months Without a sub-heading Light the lanes Burglary Mark bicycles "
            "What will have changed Less of it"
        ) in words_of(response)
        assert response.content.decode().count(" checked") == 1

    def test_what_is_ticked_is_saved(self, client, placement, entries):
        response = client.post(url("serves-edit"), self.typed(entries), follow=True)
        assert "Saved: what it serves" in words_of(response)
        assert set(placement.commitments.all()) == set(entries[:2])
        assert list(placement.outcomes.all()) == [entries[2]]

    def test_all_may_be_unticked(self, client, placement, entries):
        placement.commitments.set(entries[:2])
        client.post(url("serves-edit"), {"version": "1"})
        assert not placement.commitments.exists()

    def test_the_page_as_opened_and_saved_changes_nothing(self, client, placement, entries):
        placement.commitments.set(entries[:1])
        typed = {"version": "1", "commitments_0_0": str(entries[0].pk)}
        assert "Nothing was changed" in words_of(client.post(url("serves-edit"), typed, follow=True))
        assert Indicator.objects.get().version == 1

    def test_an_entry_that_has_left_the_plan_is_refused(self, client, placement, entries):
        typed = self.typed(entries)
        entries[0].delete()
        CommitmentFactory(priority=placement.priority)
        response = client.post(url("serves-edit"), typed)
        says(response, "The plan has changed meanwhile: choose from what it holds now", "id_commitments_0_0_0")
        assert not placement.commitments.exists()

    def test_whoever_comes_late_sees_what_changed_and_keeps_what_was_ticked(self, client, placement, entries):
        client.post(url("serves-edit"), self.typed(entries))
        response = client.post(url("serves-edit"), {"version": "1", "commitments_0_1": str(entries[1].pk)})
        words = words_of(response)
        assert "This indicator has been changed since you opened it" in words
        assert "Serves the commitment: Light the lanes" in words
        assert response.content.decode().count(" checked") == 1

    def test_what_the_plan_does_not_place_gets_a_sentence(self, client, indicator):
        for response in (client.get(url("serves-edit")), client.post(url("serves-edit"), {"version": "1"})):
            assert "The latest plan does not place this indicator under a priority" in words_of(response)

    def test_a_priority_without_entries_gets_a_sentence(self, client, placement):
        assert "Priority B has no commitments and no outcomes yet" in words_of(client.get(url("serves-edit")))
