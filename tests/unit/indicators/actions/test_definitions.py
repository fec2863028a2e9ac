"""Definitions from a quarter on, and where the usual range starts afresh. Today is 10 May 2018, in 2018-19 Q1, unless said otherwise."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from indicators import actions, starting
from indicators.models import Definition, Indicator, Rebase
from lib.editing import Stale
from lib.quarters import Quarter
from tests.factories import UserFactory
from tests.factories.indicators import (
    DefinitionFactory,
    IndicatorFactory,
    RebaseFactory,
    ReturnFactory,
    RoundFactory,
    sent,
    verified,
)
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2018, 5, 10)


def q(text: str) -> Quarter:
    return Quarter.parse(text)


@pytest.fixture
def indicator():
    return IndicatorFactory()


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def refused(act, *, version=1, **said) -> dict[str, list[str]] | list[str]:
    """What the action refuses, by field where it names them; and that it left no trace."""
    with pytest.raises(ValidationError) as refusal:
        act(**said)
    assert not AuditEvent.objects.exists()
    assert Indicator.objects.get().version == version
    return refusal.value.message_dict if hasattr(refusal.value, "error_dict") else refusal.value.messages


class TestDefinitions:
    @pytest.fixture
    def held(self, indicator):
        return DefinitionFactory(indicator=indicator, starts=q("2015-16 Q1"), text="Every report.", source="CRIS")

    @pytest.fixture
    def define(self, indicator, sam):
        def act(**said):
            usual = {"starts": q("2017-18 Q1"), "text": "Every report of a crime.", "source": "CRIS"}
            return actions.add_definition(indicator, **usual | {"today": TODAY, "version": 1, "by": sam} | said)

        return act

    def test_a_later_one_stands_beside_the_first(self, define, indicator, held, sam):
        definition = define(areas=" Brick Lane\r\nRoman Road ", known_limits="Late reports.")
        assert (definition.starts, definition.areas, definition.made_by) == (
            q("2017-18 Q1"),
            "Brick Lane\nRoman Road",
            sam,
        )
        assert not definition.breaks_series
        assert Definition.objects.get(pk=held.pk).text == "Every report."
        assert Indicator.objects.get().version == 2
        event = AuditEvent.objects.get()
        assert (event.kind, event.subject_id, event.actor) == ("definition_added", str(indicator.pk), sam)
        assert event.changes == [
            {"what": "Holds from", "was": "nothing", "now": "2017-18 Q1"},
            {"what": "What is counted", "was": "Every report.", "now": "Every report of a crime."},
            {"what": "Areas", "was": "nothing", "now": "Brick Lane\nRoman Road"},
            {"what": "Known limits", "was": "nothing", "now": "Late reports."},
        ]

    def test_the_first_of_all(self, define):
        assert define().text == "Every report of a crime."
        assert [line["what"] for line in AuditEvent.objects.get().changes] == [
            "Holds from",
            "What is counted",
            "Source",
        ]

    def test_before_the_first_that_is_held(self, define, held):
        assert define(starts=q("2013-14 Q2"), text="Every report.")
        assert AuditEvent.objects.get().changes[1]["was"] == "nothing"

    def test_in_the_future_when_it_does_not_break_the_series(self, define, held):
        assert define(starts=q("2019-20 Q1"))

    def test_a_break_says_why(self, define, held):
        define(text="Every report.", breaks_series=True, break_reason="A new recording system")
        event = AuditEvent.objects.get()
        assert {"what": "Breaks the series", "was": "nothing", "now": "yes"} in event.changes
        assert event.comment == "A new recording system"

    @pytest.mark.parametrize(("today", "begun"), [(dt.date(2018, 3, 31), False), (dt.date(2018, 4, 1), True)])
    def test_a_break_can_be_entered_from_the_first_day_of_its_quarter(self, define, held, today, begun):
        said = {"starts": q("2018-19 Q1"), "breaks_series": True, "break_reason": "New system", "today": today}
        if begun:
            assert define(**said)
        else:
            assert refused(define, **said) == {
                "starts": ["2018-19 Q1 has not begun: a break can only be entered once it has"]
            }

    @pytest.mark.parametrize(
        ("said", "field", "sentence"),
        [
            ({"starts": q("2015-16 Q1")}, "starts", "A definition starts in 2015-16 Q1 already. What is held is never edited: choose another quarter"),
            ({"text": " \r\n "}, "text", "Say what is counted"),
            ({"breaks_series": True}, "break_reason", "Say why figures before and after can’t be compared"),
            ({"breaks_series": True, "break_reason": "  "}, "break_reason", "Say why figures before and after can’t be compared"),
            ({"break_reason": "A new system"}, "breaks_series", "You said why the series breaks, and not that it does: say that it breaks, or empty the reason"),
        ],
    )  # fmt: skip
    def test_what_is_refused(self, define, held, said, field, sentence):
        assert refused(define, **said) == {field: [sentence]}

    def test_all_that_is_wrong_is_said_at_once(self, define, held):
        said = refused(define, starts=held.starts, text="", break_reason="New")
        assert list(said) == ["starts", "text", "breaks_series"]

    def test_the_same_words_are_no_new_definition(self, define, held):
        assert refused(define, text="Every report.\r\n") == [
            "Nothing differs from what holds since 2015-16 Q1. Change the words, or leave it as it is."
        ]

    def test_a_newer_version_is_not_built_upon(self, define, indicator, held):
        define()
        with pytest.raises(Stale):
            define(starts=q("2017-18 Q2"), text="Else.")
        other = Indicator.objects.get()
        other.version = 1  # read before the first was written
        with pytest.raises(Stale):
            actions.add_definition(other, starts=q("2017-18 Q2"), text="Else.", today=TODAY, version=1, by=None)
        assert Definition.objects.count() == 2


class TestRebases:
    """Figures of 2016-17 Q1 to 2017-18 Q4, without 2017-18 Q2."""

    @pytest.fixture
    def indicator(self):
        made = IndicatorFactory()
        for quarter in q("2017-18 Q4").back_to(8):
            if quarter != q("2017-18 Q2"):
                verified(ReturnFactory(indicator=made, round=RoundFactory(quarter=quarter)), 100)
        return made

    @pytest.fixture
    def rebase(self, indicator, sam):
        def act(**said):
            usual = {
                "starts": q("2017-18 Q1"),
                "reason": "Weekend patrols began",
                "approved_by": "CSP Executive, 24 May 2018",
            }
            return actions.add_rebase(indicator, **usual | {"today": TODAY, "version": 1, "by": sam} | said)

        return act

    def test_it_stands_and_is_in_the_trail(self, rebase, indicator, sam):
        made = rebase()
        assert list(Rebase.objects.standing()) == [made]
        assert (made.made_by, made.approved_by) == (sam, "CSP Executive, 24 May 2018")
        event = AuditEvent.objects.get()
        assert (event.kind, event.comment, event.subject_version) == ("rebase_added", "Weekend patrols began", 2)
        assert event.changes[0] == {"what": "Usual range afresh from", "was": "nothing", "now": "2017-18 Q1"}

    @pytest.mark.parametrize(
        ("said", "field", "sentence"),
        [
            ({"reason": " "}, "reason", "Say what changed for good"),
            ({"approved_by": ""}, "approved_by", "Say who approved it"),
            ({"starts": q("2018-19 Q2")}, "starts", "2018-19 Q2 has not begun: choose a quarter that has a figure"),
            ({"starts": q("2017-18 Q2")}, "starts", "2017-18 Q2 has no verified figure. The nearest that have one: 2017-18 Q1 and 2017-18 Q3"),
            ({"starts": q("2018-19 Q1")}, "starts", "2018-19 Q1 has no verified figure. The nearest that has one: 2017-18 Q4"),
            ({"starts": q("2010-11 Q1")}, "starts", "2010-11 Q1 has no verified figure. The nearest that has one: 2016-17 Q1"),
            ({"starts": q("2016-17 Q1")}, "starts", "2016-17 Q1 is the first quarter with a figure: the usual range starts there anyway"),
        ],
    )  # fmt: skip
    def test_what_is_refused(self, rebase, said, field, sentence):
        assert refused(rebase, **said) == {field: [sentence]}

    def test_without_any_figure(self, rebase, indicator):
        bare = IndicatorFactory()
        with pytest.raises(ValidationError, match="No figure is verified yet"):
            actions.add_rebase(
                bare, starts=q("2017-18 Q1"), reason="x", approved_by="x", today=TODAY, version=1, by=None
            )

    @pytest.mark.parametrize(
        ("broken", "starts", "refusal"),
        [
            ("2016-17 Q3", "2016-17 Q3", True),  # the break itself
            ("2017-18 Q2", "2017-18 Q3", True),  # the first figure after a break that fell into the gap
            ("2016-17 Q3", "2016-17 Q4", False),
            ("2017-18 Q1", "2016-17 Q4", False),  # before the break
        ],
    )
    def test_where_a_series_break_starts_it_afresh_anyway(self, rebase, indicator, broken, starts, refusal):
        DefinitionFactory(indicator=indicator, starts=q(broken), breaks_series=True, break_reason="New system")
        DefinitionFactory(indicator=indicator, starts=q("2015-16 Q1"))
        if not refusal:
            assert rebase(starts=q(starts))
            return
        sentence = (
            f"A new series starts in {broken}, and the usual range afresh with it: nothing has to be said for {starts}"
        )
        assert refused(rebase, starts=q(starts)) == {"starts": [sentence]}

    def test_a_figure_that_is_not_verified_is_none(self, indicator):
        sent(ReturnFactory(indicator=indicator, round=RoundFactory(quarter=q("2018-19 Q1"))), 5)
        assert starting.with_figures(indicator)[-1] == q("2017-18 Q4")

    def test_twice_is_refused_until_the_first_is_taken_back(self, rebase, indicator, sam):
        made = rebase()
        with pytest.raises(ValidationError, match="The usual range starts afresh in 2017-18 Q1 already"):
            rebase(version=2)
        actions.withdraw_rebase(made, version=2, by=sam)
        indicator.refresh_from_db()
        assert rebase(version=3)
        assert (Rebase.objects.count(), Rebase.objects.standing().count()) == (2, 1)

    def test_taken_back_it_stays_with_who_and_when(self, rebase, sam):
        made = rebase()
        lena = UserFactory(roles=["coordinator"])
        withdrawn = actions.withdraw_rebase(made, version=2, by=lena)
        assert Rebase.objects.get() == withdrawn
        assert (withdrawn.made_by, withdrawn.withdrawn_by) == (sam, lena)
        assert withdrawn.withdrawn_at is not None
        assert list(Rebase.objects.withdrawn()) == [made]
        event = AuditEvent.objects.get(kind="rebase_withdrawn")
        assert event.changes == [{"what": "Usual range afresh from", "was": "2017-18 Q1", "now": "nothing"}]

    def test_taking_back_twice_or_unseen_is_refused(self, sam):
        made = RebaseFactory()
        with pytest.raises(Stale):
            actions.withdraw_rebase(made, version=2, by=sam)
        actions.withdraw_rebase(made, version=1, by=sam)
        with pytest.raises(ValidationError, match="has been taken back already"):
            actions.withdraw_rebase(Rebase.objects.get(), version=2, by=sam)
        assert Indicator.objects.get().version == 2

    def test_a_newer_version_is_not_built_upon(self, rebase):
        rebase()
        with pytest.raises(Stale):
            rebase(starts=q("2017-18 Q3"))


class TestQuartersToChooseFrom:
    def test_for_a_definition_from_before_anything_held_to_the_end_of_the_plan(self, indicator):
        PlanFactory()
        DefinitionFactory(indicator=indicator, starts=q("2015-16 Q1"))
        quarters = starting.of_definitions(indicator, TODAY)
        assert (quarters[0], quarters[-1]) == (q("2013-14 Q1"), q("2020-21 Q4"))

    def test_for_a_definition_without_a_plan_around_this_year(self, indicator):
        quarters = starting.of_definitions(indicator, TODAY)
        assert (quarters[0], quarters[-1]) == (q("2016-17 Q1"), q("2018-19 Q4"))

    def test_for_a_fresh_start_from_the_first_figure_to_the_last_with_the_gaps(self, indicator):
        assert starting.of_rebases(indicator) == ()
        for quarter in ("2017-18 Q1", "2017-18 Q3"):
            verified(ReturnFactory(indicator=indicator, round=RoundFactory(quarter=q(quarter))), 5)
        assert [str(one) for one in starting.of_rebases(indicator)] == ["2017-18 Q1", "2017-18 Q2", "2017-18 Q3"]

    def test_for_an_annual_measure_the_fourth_quarters(self):
        annual = IndicatorFactory(frequency=Indicator.Frequency.ANNUAL)
        for quarter in ("2016-17 Q4", "2018-19 Q4"):
            verified(ReturnFactory(indicator=annual, round=RoundFactory(quarter=q(quarter))), 5)
        assert [str(one) for one in starting.of_rebases(annual)] == ["2016-17 Q4", "2017-18 Q4", "2018-19 Q4"]

    def test_a_quarter_in_which_nobody_had_the_need_is_none_to_start_from(self):
        pair = IndicatorFactory(need_met=True)
        return_ = ReturnFactory(indicator=pair)
        verified(return_, 1, 2)
        assert starting.with_figures(pair) == (q("2017-18 Q4"),)
        verified(return_, 0, 0, restates="correction", restated_because="Nobody was in need.")
        assert starting.with_figures(pair) == ()
