"""The control chart in sentences. Limits are worked out by hand: mean ± 2.66 × mean moving range."""

from decimal import Decimal

import pytest

from indicators import usual

# Twelve values, mean 100; eleven steps of 2, so limits at 100 ± 5.32.
STEADY = [99, 101] * 6


def numbers(*given: float | None) -> list[Decimal | None]:
    return [None if one is None else Decimal(str(one)) for one in given]


def read(given, *, breaks=(), polarity="lower", is_share=False, target=None, is_latest_known=True, period="quarter"):
    return usual.read(
        numbers(*given),
        breaks=breaks,
        polarity=polarity,
        is_share=is_share,
        target=None if target is None else Decimal(target),
        is_latest_known=is_latest_known,
        period=period,
    )


def test_a_figure_inside_is_usual_and_told_with_its_range():
    found = read(STEADY)
    assert (found.state, found.word, found.is_trial, found.asks_for_words) == ("usual", "Usual", False, False)
    assert found.sentence == "101 is inside the usual range of 95 to 105."
    assert (found.mean, found.lower, found.upper) == (100, Decimal("94.68"), Decimal("105.32"))


def test_eleven_figures_are_trial_limits_and_say_so():
    # mean 99.9, ten steps of 2: 99.909 ± 5.32
    found = read(STEADY[:11])
    assert found.is_trial
    assert found.sentence == "99 is inside the usual range of 95 to 105. These are trial limits, from 11 quarters."


@pytest.mark.parametrize(("polarity", "state"), [("lower", "worsening"), ("higher", "improving"), ("none", "changed")])
def test_a_figure_outside_is_unusual_in_the_good_or_bad_direction(polarity, state):
    # mean (1200 + 130) / 13 = 102.3; steps 11 × 2 and 29: 51 / 12 = 4.25; limits 91.0 and 113.6
    found = read([*STEADY, 130], polarity=polarity)
    assert (found.state, found.asks_for_words) == (state, True)
    assert found.sentence == "130 is above the usual range of 91 to 114."


def test_a_figure_below_is_said_to_be_below():
    # mean (1200 + 70) / 13 = 97.7; steps 22 + 31 = 53, 53 / 12 = 4.417; limits 85.9 and 109.4
    assert read([*STEADY, 70]).sentence == "70 is below the usual range of 86 to 109."


def test_a_run_on_one_side_is_counted_as_long_as_it_is():
    # mean 1,246 / 13 = 95.8; steps 5 × 24 + 4 + 6 × 2 = 136, 136 / 12 = 11.3; limits 95.8 ± 30.1, two thirds of that 20.1
    found = read([80, 104, 80, 104, 80, 104, 100, 98, 100, 98, 100, 98, 100])
    assert found.sentence == "The last eight quarters are all above the average of 96."
    assert found.state == "worsening"


def test_two_of_three_near_the_limit_are_told_by_its_edge():
    # mean 1,309 / 13 = 100.7; steps 5 × 2 + 18 + 6 × 2 = 40, 40 / 12 = 3.33; limits 91.8 and 109.6, near from 106.6
    found = read([89, 91, 89, 91, 89, 91, 109, 111, 109, 111, 109, 111, 109])
    assert found.sentence == "Two of the last three quarters are near the top of the usual range of 92 to 110."


def test_seven_rising_are_a_trend():
    # mean 112.9 of 120 110 120 110 120 110 112 113 114 115 116 117: seven rise from 110 to 117, all inside
    found = read([120, 110, 120, 110, 120, 110, 112, 113, 114, 115, 116, 117])
    assert found.sentence == "It has risen over seven quarters in a row, to 117."
    assert found.state == "worsening"


def test_a_range_that_can_t_go_below_zero_has_no_lower_limit():
    # mean 1, steps of 2: 1 ± 5.32
    found = read([0, 2] * 6)
    assert (found.lower, found.upper) == (None, Decimal("6.32"))
    assert found.sentence == "2 is inside the usual range of up to 6.3."


def test_a_share_can_t_pass_a_hundred():
    # mean 97, steps of 2: 91.68 to 102.32
    found = read([96, 98] * 6, is_share=True, polarity="higher", target=95)
    assert (found.lower, found.upper) == (Decimal("91.68"), None)
    assert found.sentence == "98.0% is inside the usual range of 91.7% or more."


@pytest.mark.parametrize(
    ("target", "meets", "sentence"),
    [
        (100, "may", "The target of 100 for a quarter lies inside the usual range, so it can be met or missed without anything having changed."),
        (106, "will_meet", "The target of 106 for a quarter lies beyond the usual range on the safe side, so it will be met unless something changes."),
        (90, "will_miss", "The target of 90 for a quarter lies beyond the usual range on the far side, so it will be missed unless something changes."),
    ],
)  # fmt: skip
def test_whether_the_target_can_be_met_is_told_by_the_range(target, meets, sentence):
    found = read(STEADY, target=target)  # good is lower, 94.68 to 105.32
    assert (found.meets, found.meets_sentence) == (meets, sentence)


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        (106, "The target of 106 for a quarter lies beyond the trial limits on the safe side; so few quarters can’t tell that it will be met."),
        (90, "The target of 90 for a quarter lies beyond the trial limits on the far side; so few quarters can’t tell that it will be missed."),
    ],
)  # fmt: skip
def test_trial_limits_promise_nothing(target, sentence):
    assert read(STEADY[:11], target=target).meets_sentence == sentence  # 94.6 to 105.2


def test_without_a_good_direction_no_target_is_met_or_missed():
    assert read(STEADY, polarity="none", target=100).meets == ""


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([], "There is no figure yet."),
        ([5], "There is no usual range yet: one quarter is too few to tell one."),
        ([5, 6, 5, 6], "There is no usual range yet: four quarters are too few to tell one."),
        ([5, 6, 5, None, 6], "There is no usual range yet: four quarters are too few to tell one."),
    ],
)
def test_too_few_figures_tell_no_range(given, sentence):
    found = read(given)
    assert (found.state, found.sentence, found.lower, found.upper) == ("unknown", sentence, None, None)


def test_after_a_break_only_what_came_since_is_told():
    found = read([*STEADY, 50, 51, 52], breaks=[12])
    assert (
        found.sentence == "There is no usual range yet: three quarters since it started afresh are too few to tell one."
    )


def test_all_equal_is_usual_with_a_range_of_one_value():
    assert read([7] * 12).sentence == "7 is inside the usual range of 7 to 7."


def test_figures_that_never_follow_on_each_other_have_no_range():
    assert read([5, None, 6, None, 5, None, 6, None, 5]).sentence.startswith("There is no usual range: ")


def test_a_latest_quarter_that_is_not_known_says_nothing():
    assert read([*STEADY, None]).state == "unknown"
    assert read(STEADY, is_latest_known=False).sentence == ""


def test_months_are_called_months():
    assert read(STEADY[:11], period="month").sentence.endswith("These are trial limits, from 11 months.")


def test_what_is_drawn_has_one_range_after_each_break_and_none_for_too_few():
    drawn = usual.stretches(numbers(*STEADY, 50, 51, 52), breaks=[12], is_share=False)
    assert [(one.start, one.end, one.is_trial) for one in drawn] == [(0, 12, False), (12, 15, True)]
    assert (drawn[0].lower, drawn[0].mean, drawn[0].upper) == (Decimal("94.68"), 100, Decimal("105.32"))
    assert (drawn[1].lower, drawn[1].mean, drawn[1].upper) == (None, None, None)
