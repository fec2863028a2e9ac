"""Control charts that others printed: their figures, their limits, their signals. Each names where it was printed.

Where the source takes 3 sigma with sigma = mean moving range / 1.128, its limits are 3/1.128 = 2.6596 mean ranges from the mean and ours
2.66: the distance is brought to their constant before it is compared.
"""

from decimal import Decimal

import pytest

from indicators.spc import LIMIT_FACTOR, Rule, xmr

# NHSRplotthedots, vignettes/deviations.Rmd: eighteen days, one of them a 10.
ONE_OUTLIER = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]

# Wheeler, Making Sense of Data, page 382: the data set for verifying software.
RESISTANCES = [5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200]

# Wheeler, Making Sense of Data, table 9.1: accident rates in two groups of twelve.
ACCIDENTS_A = [43, 40, 37, 33, 30, 33, 34, 35, 29, 33, 31, 39]
ACCIDENTS_B = [35, 37, 33, 32, 27, 29, 31, 22, 25, 30, 24, 19]

# Wheeler, Making Sense of Data, table 8.1: percentage of high school seniors who smoke daily.
SMOKING = [21.3, 20.2, 20.9, 21.0, 18.8, 19.6, 18.7, 18.6, 18.1, 18.9, 19.2, 18.2, 17.3, 19.0]

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rate of ten batches.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]

# SAS/QC user's guide, MACONTROL procedure, example 9.4: diameters of thirty tyres.
TYRES = (
    "24.05 23.99 23.95 23.93 23.97 24.02 24.06 24.10 23.98 24.03 23.91 24.06 24.06 23.96 23.98 "
    "24.06 24.01 24.00 23.93 23.92 24.09 24.11 24.05 23.98 23.98 24.06 24.02 24.06 23.97 23.96"
)

# NHSRplotthedots, tests/testthat (test-ptd_spc.R and its snapshot): twenty values of R's rnorm with seed 123.
NORMAL = (
    "-0.56047565 -0.23017749 1.55870831 0.07050839 0.12928774 1.71506499 0.46091621 -1.26506123 -0.68685285 -0.44566197 "
    "1.22408180 0.35981383 0.40077145 0.11068272 -0.55584113 1.78691314 0.49785048 -1.96661716 0.70135590 -0.47279141"
)


def decimals(text: str) -> list[Decimal]:
    return [Decimal(one) for one in text.split()]


def shown(segment, places: int) -> tuple[str, ...]:
    """Lower limit, mean and upper limit, to the precision they were printed in."""
    return tuple(f"{value:.{places}f}" for value in (segment.lower, segment.mean, segment.upper))


# ---------------------------------------------------------------- printed with 2.66


@pytest.mark.parametrize(("screen", "printed"), [(False, ("-3.06", "1.94", "6.95")), (True, ("-0.72", "1.94", "4.60"))])
def test_nhsrplotthedots_with_and_without_an_outlier_screened(screen, printed):
    (segment,) = xmr(ONE_OUTLIER, screen=screen)
    assert shown(segment, 2) == printed
    assert [(signal.index, signal.rule, signal.direction) for signal in segment.signals] == [(4, Rule.OUTSIDE, 1)]


def test_nhsrplotthedots_twenty_values():
    (segment,) = xmr(decimals(NORMAL))
    assert shown(segment, 2) == ("-3.01", "0.14", "3.29")  # printed -3.01, 0.142, 3.29
    assert f"{segment.mean:.3f}" == "0.142"
    assert segment.signals == ()  # twenty common cause


def test_nhsrplotthedots_rebased_after_ten():
    first, second = xmr(decimals(NORMAL), breaks=[10])  # there: two facets of ten
    assert (*shown(first, 2), f"{first.mean:.4f}") == ("-2.60", "0.07", "2.75", "0.0746")
    assert (*shown(second, 2), f"{second.mean:.3f}") == ("-3.28", "0.21", "3.70", "0.209")
    assert first.signals == second.signals == ()


def test_nhsrplotthedots_near_the_limit_on_opposite_sides_is_no_signal():
    # test-ptd_spc_standard.R: the last two of sixteen are near a limit, one above and one below.
    values = [1, -1] * 7 + [5.5, -5.5]
    assert xmr(values, screen=True)[0].signals == ()


def test_wheelers_data_for_verifying_software():
    (segment,) = xmr(RESISTANCES)
    assert shown(segment, 2) == ("3188.72", "4135.50", "5082.28")


def test_wheelers_accident_rates_in_two_groups():
    first, second = xmr(ACCIDENTS_A + ACCIDENTS_B, breaks=[12])
    lower, _, upper = shown(first, 1)
    assert (lower, upper) == ("25.6", "43.9")
    lower, _, upper = shown(second, 1)
    assert (lower, upper) == ("18.0", "39.3")
    assert not first.provisional and not second.provisional


def test_wheelers_smokers_are_a_run_of_eight_below_the_mean():
    (segment,) = xmr(SMOKING)
    shift = [(signal.index, signal.direction) for signal in segment.signals if signal.rule is Rule.SHIFT]
    assert shift == [(index, -1) for index in range(6, 14)]


# ---------------------------------------------------------------- printed with 3 / 1.128


@pytest.mark.parametrize(
    ("values", "d2", "places", "printed"),
    [
        (FLOW, "1.128", 4, ("45.8159", "50.8100", "55.8041")),
        (decimals(TYRES), "1.128379", 4, ("23.8571", "24.0083", "24.1596")),
    ],
)
def test_limits_printed_with_three_sigma_of_the_mean_range(values, d2, places, printed):
    (segment,) = xmr(values)
    assert segment.mean is not None and segment.upper is not None
    theirs = (segment.upper - segment.mean) / LIMIT_FACTOR * 3 / Decimal(d2)
    lines = (segment.mean - theirs, segment.mean, segment.mean + theirs)
    assert tuple(f"{line:.{places}f}" for line in lines) == printed
    assert segment.signals == ()


def test_the_flow_rates_as_we_draw_them():
    (segment,) = xmr(FLOW)  # mean range 16.9 / 9; 2.66 × 1.8778 = 4.99489
    assert shown(segment, 4) == ("45.8151", "50.8100", "55.8049")
    assert segment.provisional  # ten values
