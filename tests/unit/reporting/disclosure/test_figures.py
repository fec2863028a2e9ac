"""What is hidden of an indicator's figures, and what goes with it. Expected values worked out by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.aims import Aim
from lib.quarters import Quarter
from reporting import disclosure
from reporting.disclosure import GivesBack
from reporting.snapshots.shape import SmallNumbers, Value
from tests.factories.public_snapshots import COUNT, LATEST, QUARTERS, SHARE, Story, executive
from tests.factories.snapshots import value

SMALL = SmallNumbers(5, True, 0)
FEWER, WITHHELD = Value(None, None, None, "fewer"), Value(None, None, None, "withheld")
PLENTY = (21, 22, 23, 24, 25, 26, 27, 28)


def story(*numbers, slug=COUNT, **fields):
    """Each quarter's figure known in time; a list is (step, figure) after (step, figure)."""
    given = zip(QUARTERS, numbers, strict=False)
    versions = {quarter: one if isinstance(one, list) else [(0, one)] for quarter, one in given if one is not None}
    return Story(slug, versions, **fields)


def published(told, step=3, before=(), small=SMALL):
    public = disclosure.publish(executive([told], step), before, small_numbers=small)
    return public, public.indicators[0]


def in_turn(told, rules):
    """Each step's public edition, checked against those before; what it says of the indicator."""
    public = []
    for step, small in enumerate(rules):
        public.append(published(told, step, public, small)[0])
    return [one.indicators[0] for one in public]


def at(part, quarter):
    return next(cell.value for cell in part.history if cell.quarter == quarter)


def with_one(place, number, plenty=PLENTY):
    return [*plenty[:place], number, *plenty[place + 1 :]]


class TestOneIssue:
    def test_without_small_numbers_nothing_is_hidden(self):
        full = executive([story(*PLENTY)], 3).indicators[0]
        part = published(story(*PLENTY))[1]
        assert replace(part, data_leads=()) == replace(full, data_leads=())

    def test_small_count_takes_all_that_rests_on_it_along(self):
        aim = Aim("tolerance", "year_to_date", Decimal(100), None, Decimal(5), (Decimal(25),) * 4)
        part = published(story(*with_one(7, 3), aim=aim))[1]
        assert (part.this.state, part.this.value) == ("verified", FEWER)
        assert part.year_to_date.value == WITHHELD
        assert part.last_year.value == value(21 + 22 + 23 + 24)
        assert [one.code for one in (part.verdict, part.last_verdict)] == ["not_shown", "green"]
        assert "small number" in part.verdict.sentence
        assert [one.trend for one in (part.short, part.long)] == ["not_shown", "not_shown"]
        assert (part.short.signed, part.short.words, part.short.direction) == ("", "", "")
        assert part.usual.state == "not_shown"
        assert {(one.mean, one.lower, one.upper) for one in part.stretches} == {(None, None, None)}
        assert part.forecast.number is None

    def test_forecast_and_its_basis_rest_on_last_year_too(self):
        part = published(story(*with_one(0, 2)), step=2)[1]
        assert (part.forecast.number, part.forecast.verdict) == (None, None)
        assert part.forecast.basis.startswith("Not shown")

    def test_missing_figure_says_so_whatever_is_hidden_beside_it(self):
        part = published(story(*with_one(6, 3)[:7], None))[1]
        assert (part.this.state, part.verdict.code) == ("missing", "missing")
        assert part.forecast.basis == "The year has ended"

    def test_trend_between_two_that_are_shown_stays(self):
        part = published(story(*with_one(5, 3)))[1]
        assert (part.short.signed, part.long.signed, part.usual.state) == ("+1", "+4", "not_shown")

    def test_of_a_year_with_one_quarter_the_total_is_shown_as_that_quarter_is(self):
        part = published(story(*with_one(4, 3)), step=0)[1]
        assert part.year_to_date.value == FEWER

    def test_latest_quarter_stands_for_its_year_hidden_or_shown(self):
        assert published(story(*with_one(7, 3), slug=LATEST))[1].year_to_date.value == FEWER
        assert published(story(*with_one(6, 3), slug=LATEST))[1].year_to_date.value == value(28)

    def test_pair_with_few_unmet_is_not_shown_at_all(self):
        pairs = [(20, 40)] * 7 + [(37, 40)]
        part = published(story(*pairs, slug=SHARE))[1]
        assert (part.this.value, part.year_to_date.value) == (WITHHELD, WITHHELD)
        assert part.last.value == value((20, 40))

    def test_zero_is_shown_where_it_is_not_hidden(self):
        part = published(story(*with_one(7, 0)), small=SmallNumbers(5, False, 0))[1]
        assert (part.this.value, part.year_to_date.value) == (value(0), value(25 + 26 + 27))

    def test_rating_against_last_year_is_out_with_last_years_figure(self):
        aim = Aim("last_year", "quarter", None, None, Decimal(5))
        part = published(story(*with_one(3, 2), aim=aim))[1]
        assert part.verdict.code == "not_shown"
        assert (part.target.value, part.target.tolerance, part.quarter_targets) == (None, None, ())

    def test_shares_of_a_year_with_a_hidden_quarter_are_out_with_what_they_aim_at(self):
        """A target spread 30, 20, 40, 10 like last year's 30, 20, 40 and 10: the shares give the 3 beside 9, 6 and 12."""
        shares = tuple(Decimal(one) for one in (30, 20, 40, 10))
        aim = Aim("minimum_and_target", "year_to_date", Decimal(100), Decimal(110), None, shares)
        part = published(story(9, 6, 12, 3, *PLENTY[4:], aim=aim, target_baseline=Decimal(30)))[1]
        assert (part.target.profile, part.target.baseline, part.quarter_targets) == ((), None, ())
        assert part.verdict.code == "not_shown"  # its sentence would say which part of the target counts

    def test_rounded_counts_have_no_totals_ratings_or_trends(self):
        part = published(story(*with_one(6, 3), has_small_numbers=True), small=SmallNumbers(5, True, 5))[1]
        assert [at(part, one) for one in QUARTERS[4:]] == [value(25), value(25), FEWER, value(30)]
        assert (part.year_to_date.value, part.last_year.value) == (WITHHELD, WITHHELD)
        assert (part.verdict.code, part.short.trend, part.usual.state) == ("not_shown",) * 3

    def test_what_is_not_verified_is_missing_with_everything_said_of_it(self):
        made = executive([story(*PLENTY)], 3)
        (part,) = made.indicators
        sent = replace(part.this, state="unverified", note="", is_provisional=True)
        told = replace(
            part, this=sent, history=(*part.history[:-1], sent), series=(*part.series[:-1], sent),
            verdict=replace(part.verdict, code="not_yet_verified", sentence="Not yet verified: 28."),
        )  # fmt: skip
        first = replace(made.priorities[0], indicators=(told,))
        public = disclosure.publish(replace(made, priorities=(first,)), [], small_numbers=SMALL).indicators[0]
        assert {(one.state, one.value) for one in (public.this, public.history[-1], public.series[-1])} == {
            ("missing", None)
        }
        assert (public.verdict.code, public.verdict.sentence) == ("missing", "Missing: there is no verified figure.")


class TestKnownTotals:
    PLAN = (("2016-17", Decimal(40), "The plan"),)

    def test_a_total_in_print_takes_the_other_quarters_of_its_year_along(self):
        part = published(story(10, 12, 15, 3, *PLENTY[4:], baselines=self.PLAN))[1]
        assert [at(part, one) for one in QUARTERS[:4]] == [WITHHELD] * 4
        assert [at(part, one) for one in QUARTERS[4:]] == [value(one) for one in PLENTY[4:]]
        assert part.baselines == ()

    def test_a_total_that_leaves_few_for_a_quarter_yet_to_come_hides_the_year_at_once(self):
        late = [(1, 3)]
        first, second = in_turn(story(10, 12, 15, late, *PLENTY[4:], baselines=self.PLAN), [SMALL] * 2)
        assert [at(first, one) for one in QUARTERS[:3]] == [WITHHELD] * 3
        assert [at(second, one) for one in QUARTERS[:4]] == [WITHHELD] * 4

    def test_the_total_was_added_up_of_figures_restated_since(self):
        """122 less 46, 49 and 26 leaves 1 for the quarter to come, though 46 has become 7."""
        told = story(
            [(2, 1)], [(0, 46), (1, 7)], 49, [(1, 26)], *PLENTY[4:], baselines=(("2016-17", Decimal(122), ""),)
        )
        second = in_turn(told, [SMALL] * 2)[1]
        assert at(second, QUARTERS[3]) == WITHHELD

    def test_a_year_without_hidden_quarters_stays_with_its_total(self):
        part = published(story(10, 12, 10, 8, *PLENTY[4:], baselines=self.PLAN))[1]
        assert part.baselines == self.PLAN
        assert at(part, QUARTERS[3]) == value(8)


class TestAcrossIssues:
    def test_a_lower_threshold_shows_nothing_that_a_higher_one_hid(self):
        first, second = in_turn(story(*with_one(4, 7)), [SmallNumbers(10, True, 0), SMALL])
        assert (at(first, QUARTERS[4]), at(second, QUARTERS[4])) == (FEWER, WITHHELD)
        assert second.year_to_date.value == WITHHELD

    def test_a_lower_threshold_does_not_call_fewer_what_was_under_ten(self):
        second = in_turn(story(*with_one(4, 3)), [SmallNumbers(10, True, 0), SMALL])[1]
        assert at(second, QUARTERS[4]) == WITHHELD

    def test_a_zero_rule_that_changes_does_not_tell_zero_from_few(self):
        for number in (0, 3):
            second = in_turn(story(*with_one(4, number)), [SMALL, SmallNumbers(5, False, 0)])[1]
            assert at(second, QUARTERS[4]) == WITHHELD

    def test_a_higher_threshold_may_still_say_fewer(self):
        second = in_turn(story(*with_one(4, 3)), [SMALL, SmallNumbers(10, True, 0)])[1]
        assert at(second, QUARTERS[4]) == FEWER

    def test_a_hidden_figure_that_is_put_right_is_shown_and_what_it_was_is_not(self):
        told = story(*with_one(4, [(0, 3), (1, 12)]))
        public, part = published(told, 1, [published(told, 0)[0]])
        assert (at(part, QUARTERS[4]), part.last.was) == (value(12), FEWER)
        assert part.year_to_date.value == value(12 + 26)
        (one,) = public.restatements
        assert (one.was, one.now, one.changes_rating, one.is_listed) == (FEWER, value(12), None, True)

    def test_what_a_target_took_from_a_hidden_figure_stays_out_when_it_is_put_right(self):
        shares = tuple(Decimal(one) for one in (30, 20, 40, 10))
        aim = Aim("minimum_and_target", "year_to_date", Decimal(100), Decimal(110), None, shares)
        part = published(story(9, 6, 12, [(0, 3), (1, 12)], *PLENTY[4:], aim=aim), 1)[1]
        assert (part.target.profile, part.last_year.value) == ((), value(9 + 6 + 12 + 12))

    def test_a_figure_known_late_is_hidden_when_it_comes(self):
        first, second = in_turn(story(*with_one(4, [(1, 3)])), [SMALL] * 2)
        assert (at(first, QUARTERS[4]), at(second, QUARTERS[4])) == (None, FEWER)
        assert (first.year_to_date.value, second.year_to_date.value) == (None, WITHHELD)

    def test_what_was_rounded_once_is_never_shown_exactly(self):
        rounding = SmallNumbers(5, True, 5)
        second = in_turn(story(*PLENTY, has_small_numbers=True), [rounding, SMALL])[1]
        assert at(second, QUARTERS[3]) == value(25)  # 24
        assert second.year_to_date.value == WITHHELD

    def test_an_older_snapshot_published_later_shows_nothing_that_is_hidden_since(self):
        told = story(*with_one(4, 7))
        later = published(told, 1, (), SmallNumbers(10, True, 0))[0]
        assert at(published(told, 0, [later])[1], QUARTERS[4]) == WITHHELD

    def test_a_snapshot_of_another_plan_counts_for_the_same_indicator(self):
        told = story(*with_one(4, 7))
        other = replace(published(told, 0, (), SmallNumbers(10, True, 0))[0], plan_slug="2013-17")
        assert at(published(told, 1, [other])[1], QUARTERS[4]) == WITHHELD

    def test_what_can_no_longer_be_hidden_is_refused_in_a_sentence(self):
        """Its plan printed 40, three quarters and 40 were published; then the fourth becomes the 3 that is left."""
        told = story(10, 12, 15, [(0, 8), (1, 3)], *PLENTY[4:])
        first = published(told, 0)[0]
        part = replace(first.indicators[0], baselines=(("2016-17", Decimal(40), "The plan"),))
        printed = replace(first, priorities=(replace(first.priorities[0], indicators=(part,)),))
        issued_then = replace(printed, restatements=published(told, 1)[0].restatements)
        with pytest.raises(GivesBack, match="2016-17 Q4.*could be worked out"):
            published(told, 1, [issued_then])


def test_public_edition_is_made_once():
    public = published(story(*PLENTY))[0]
    with pytest.raises(ValueError, match="from an executive one"):
        disclosure.publish(public, [], small_numbers=SMALL)


def test_quarter_of_a_plan_that_begins_has_no_year_before():
    quarter = Quarter.parse("2017-18 Q1")
    part = published(Story(COUNT, {quarter: [(0, 3)]}), 0)[1]
    assert (part.this.value, part.long.trend, part.last_year.value) == (FEWER, "not_comparable", None)
