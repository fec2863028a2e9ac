"""Notes on the chart, and what an indicator serves in the plan. Today is 10 May 2018."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from indicators import actions, serving
from indicators.models import DatedNote, Indicator
from lib.editing import Stale
from lib.quarters import Year
from tests.factories import UserFactory
from tests.factories.indicators import DatedNoteFactory, IndicatorFactory, PlacementFactory
from tests.factories.priorities import CommitmentFactory, OutcomeFactory, PlanFactory, PriorityFactory, ThemeFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2018, 5, 10)
JUNE = dt.date(2017, 6, 1)


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


class TestNotes:
    @pytest.fixture
    def note(self, sam):
        indicator = IndicatorFactory()

        def act(**said):
            usual = {"on": JUNE, "words": "Late Night Levy began", "today": TODAY, "version": 1, "by": sam}
            return actions.add_note(indicator, **usual | said)

        return act

    def test_it_stands_and_is_in_the_trail(self, note, sam):
        made = note(words="  Late  Night Levy began ")
        assert (made.on, made.words, made.made_by) == (JUNE, "Late Night Levy began", sam)
        event = AuditEvent.objects.get()
        assert (event.kind, event.subject_version) == ("note_added", 2)
        assert event.changes == [{"what": "1 June 2017", "was": "nothing", "now": "Late Night Levy began"}]

    @pytest.mark.parametrize(
        ("said", "field", "sentence"),
        [
            ({"words": " "}, "words", "Say what happened"),
            ({"words": "x" * 41}, "words", "The note must be 40 characters or fewer"),
            ({"on": dt.date(2018, 5, 11)}, "on", "A note tells what has happened: the day must be today or earlier"),
        ],
    )
    def test_what_is_refused(self, note, said, field, sentence):
        with pytest.raises(ValidationError) as refusal:
            note(**said)
        assert refusal.value.message_dict == {field: [sentence]}
        assert not DatedNote.objects.exists()
        assert Indicator.objects.get().version == 1

    def test_today_and_forty_characters_are_taken(self, note):
        assert note(on=TODAY, words="x" * 40)

    def test_the_same_note_twice_is_refused_until_the_first_is_taken_back(self, note, sam):
        made = note()
        with pytest.raises(ValidationError, match="This note stands on 1 June 2017 already"):
            note(version=2)
        actions.withdraw_note(made, version=2, by=sam)
        made.indicator.refresh_from_db()
        assert note(version=3)

    def test_taken_back_it_stays_with_who_and_when(self, sam):
        made = DatedNoteFactory()
        actions.withdraw_note(made, version=1, by=sam)
        saved = DatedNote.objects.get()
        assert (saved.withdrawn_by, saved.withdrawn_at is None) == (sam, False)
        assert not DatedNote.objects.standing().exists()
        event = AuditEvent.objects.get()
        assert event.kind == "note_withdrawn"
        assert event.changes == [{"what": "1 June 2017", "was": "Late Night Levy began", "now": "nothing"}]

    def test_taking_back_twice_or_unseen_is_refused(self, sam):
        made = DatedNoteFactory()
        with pytest.raises(Stale):
            actions.withdraw_note(made, version=7, by=sam)
        actions.withdraw_note(made, version=1, by=sam)
        with pytest.raises(ValidationError, match="has been taken back already"):
            actions.withdraw_note(DatedNote.objects.get(), version=2, by=sam)

    def test_a_newer_version_is_not_built_upon(self, note):
        note()
        with pytest.raises(Stale):
            note(words="Something else")


class TestServing:
    @pytest.fixture
    def placement(self):
        plan = PlanFactory()
        return PlacementFactory(plan=plan, priority=PriorityFactory(plan=plan, letter="B"))

    @pytest.fixture
    def three(self, placement):
        return [CommitmentFactory(priority=placement.priority, text=f"Do {number}") for number in (1, 2, 3)]

    def served(self, placement) -> list[str]:
        return [*map(str, placement.commitments.all()), *map(str, placement.outcomes.all())]

    def test_what_is_named_replaces_what_was_and_the_trail_tells_the_difference(self, placement, three, sam):
        outcome = OutcomeFactory(priority=placement.priority, text="Less of it")
        actions.name_served(placement, commitments=three[:2], outcomes=[], version=1, by=sam)
        actions.name_served(placement, commitments=three[1:], outcomes=[outcome], version=2, by=sam)
        assert self.served(placement) == ["Do 2", "Do 3", "Less of it"]
        event = AuditEvent.objects.order_by("-pk").first()
        assert (event.kind, event.subject_version) == ("serves_changed", 3)
        assert event.changes == [
            {"what": "Serves the commitment", "was": "Do 1", "now": "nothing"},
            {"what": "Serves the commitment", "was": "nothing", "now": "Do 3"},
            {"what": "Serves the outcome", "was": "nothing", "now": "Less of it"},
        ]

    def test_saying_the_same_again_leaves_no_trace(self, placement, three, sam):
        placement.commitments.set(three)
        actions.name_served(placement, commitments=three, outcomes=[], version=1, by=sam)
        assert not AuditEvent.objects.exists()
        assert Indicator.objects.get().version == 1

    @pytest.mark.parametrize("kind", ["commitments", "outcomes"])
    def test_entries_of_another_priority_are_refused(self, placement, sam, kind):
        made = {"commitments": CommitmentFactory, "outcomes": OutcomeFactory}[kind]()
        said = {"commitments": [], "outcomes": [], kind: [made]}
        with pytest.raises(ValidationError, match="Choose from the commitments and outcomes of priority B"):
            actions.name_served(placement, **said, version=1, by=sam)
        assert self.served(placement) == []

    def test_a_newer_version_is_not_overwritten(self, placement, three, sam):
        actions.name_served(placement, commitments=three[:1], outcomes=[], version=1, by=sam)
        with pytest.raises(Stale):
            actions.name_served(placement, commitments=three[1:], outcomes=[], version=1, by=sam)
        assert self.served(placement) == ["Do 1"]

    def test_an_entry_that_leaves_the_plan_is_served_no_more(self, placement, three, sam):
        placement.commitments.set(three)
        three[0].delete()
        assert self.served(placement) == ["Do 2", "Do 3"]

    def test_it_is_gathered_by_year_and_sub_heading_in_the_order_of_the_plan(self, placement):
        priority = placement.priority
        theme = ThemeFactory(priority=priority, title="Burglary")
        CommitmentFactory(priority=priority, text="Under it", theme=theme)
        CommitmentFactory(priority=priority, text="Under none")
        CommitmentFactory(priority=priority, text="Later", year=Year(2018))
        OutcomeFactory(priority=priority, text="Less of it", theme=theme)
        said = [
            (part.heading, [(group.title, [entry.text for entry in group.entries]) for group in part.groups])
            for part in serving.gather(placement.indicator).parts
        ]
        assert said == [
            ("What we will do in the first 12 months", [("", ["Under none"]), ("Burglary", ["Under it"])]),
            ("What we will do in 2018-19", [("", ["Later"])]),
            ("What will have changed", [("Burglary", ["Less of it"])]),
        ]

    def test_what_the_latest_plan_does_not_place_serves_nothing(self, placement):
        assert serving.gather(IndicatorFactory()) is None

    def test_the_plan_may_grow_without_more_queries(self, placement, three, django_assert_num_queries):
        placement.commitments.set(three)
        CommitmentFactory.create_batch(20, priority=placement.priority)
        with django_assert_num_queries(8):
            serving.gather(placement.indicator)
