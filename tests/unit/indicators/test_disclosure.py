"""When a figure is small, and how closely sums tell one. Expected values worked out by hand."""

from decimal import Decimal

import pytest

from indicators.disclosure import FEWER, WITHHELD, Rules, Total, intervals, is_given_back

UNDER_5 = Rules(5, hides_zero=True)
UNDER_5_BUT_ZERO = Rules(5, hides_zero=False)


def number(told):
    return None if told is None else Decimal(told)


class TestSmall:
    @pytest.mark.parametrize(
        ("rules", "met", "base", "why"),
        [
            (UNDER_5, 4, None, FEWER),
            (UNDER_5, 5, None, ""),
            (UNDER_5, 0, None, FEWER),
            (UNDER_5_BUT_ZERO, 0, None, ""),
            (UNDER_5_BUT_ZERO, 1, None, FEWER),
            (Rules(10, True), 9, None, FEWER),
            (UNDER_5, 5, 12, ""),
            (UNDER_5, 4, 12, WITHHELD),  # few met
            (UNDER_5, 8, 12, WITHHELD),  # four unmet
            (UNDER_5, 7, 12, ""),
            (UNDER_5, 12, 12, WITHHELD),  # nobody unmet
            (UNDER_5_BUT_ZERO, 12, 12, ""),
            (UNDER_5_BUT_ZERO, 0, 0, ""),
            (UNDER_5, 0, 0, WITHHELD),
            (UNDER_5, None, None, ""),  # a stated percentage counts nobody
        ],
    )  # fmt: skip
    def test_count_or_pair(self, rules, met, base, why):
        assert rules.hides(number(met), number(base)) == why

    @pytest.mark.parametrize(("count", "to"), [(12, 10), (13, 15), (0, 0), (Decimal("12.5"), 15)])
    def test_rounding_goes_to_the_nearest_multiple_half_up(self, count, to):
        assert Rules(5, True, 5).rounded(Decimal(count)) == to

    def test_a_hidden_number_can_be_as_many_as_the_threshold(self):
        assert (UNDER_5.told, UNDER_5.room) == ((0, 4), 5)
        assert (UNDER_5_BUT_ZERO.told, UNDER_5_BUT_ZERO.room) == ((1, 4), 4)

    def test_few_by_other_rules_may_tell_more(self):
        assert Rules(10, True).tells_no_more_than(UNDER_5)
        assert not UNDER_5.tells_no_more_than(Rules(10, True))
        assert not UNDER_5_BUT_ZERO.tells_no_more_than(UNDER_5)  # it would say that it is not zero


def told(parts, total):
    return Total({key: 1 for key in parts}, Decimal(total))


FEW = (Decimal(0), Decimal(4))


class TestIntervals:
    def test_a_total_gives_the_one_quarter_that_is_hidden(self):
        known = {"q1": Decimal(10), "q2": Decimal(12), "q3": Decimal(15)}
        found = intervals(["q4"], known, {"q4": FEW}, [told(["q1", "q2", "q3", "q4"], 40)])
        assert found == {"q4": (3, 3)}

    def test_two_hidden_quarters_share_what_the_total_leaves(self):
        found = intervals(
            ["q3", "q4"], {"q1": Decimal(10), "q2": Decimal(12)}, {"q4": FEW}, [told(["q1", "q2", "q3", "q4"], 40)]
        )
        assert found == {"q3": (14, 18), "q4": (0, 4)}

    def test_the_year_less_its_first_half_gives_the_second(self):
        sums = [told(["q1", "q2", "q3"], 20), told(["q1", "q2"], 17)]
        assert intervals(["q3"], {}, {}, sums)["q3"] == (3, 3)

    def test_labels_alone_give_a_total_that_is_as_high_as_they_can_be(self):
        few = dict.fromkeys(["q1", "q2", "q3", "q4"], FEW)
        assert intervals(few, {}, few, [told(few, 16)])["q1"] == (4, 4)

    def test_a_difference_gives_the_figure_beside_a_known_one(self):
        found = intervals(["q2"], {"q1": Decimal(11)}, {}, [Total({"q2": 1, "q1": -1}, Decimal(-8))])
        assert found == {"q2": (3, 3)}

    def test_without_sums_a_hidden_number_has_no_end(self):
        assert intervals(["q1"], {}, {}, []) == {"q1": (0, None)}

    @pytest.mark.parametrize(
        ("interval", "is_given"),
        [((0, 4), False), ((0, 3), True), ((14, 18), False), ((3, 3), True), ((3, None), False)],
    )
    def test_fewer_numbers_than_the_threshold_are_too_few(self, interval, is_given):
        assert is_given_back(interval, UNDER_5.room) is is_given
