"""What makes sense as a target. Every sentence, and what must be let through."""

from decimal import Decimal

import pytest

from indicators.aims import Aim, problems

EVEN = ("25", "25", "25", "25")


def numbers(*given: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(one) for one in given)


def aim(rule, basis="year_to_date", value=None, minimum=None, tolerance=None, profile=None) -> Aim:
    value, minimum, tolerance = (None if one is None else Decimal(one) for one in (value, minimum, tolerance))
    return Aim(rule, basis, value, minimum, tolerance, None if profile is None else numbers(*profile))


def wrong(given: Aim, polarity="lower", mode="sum", is_share=False, is_rated=True) -> dict[str, str]:
    return problems(given, polarity=polarity, mode=mode, is_share=is_share, is_rated=is_rated)


def wrong_share(given: Aim, polarity="higher", mode="pooled") -> dict[str, str]:
    return wrong(given, polarity=polarity, mode=mode, is_share=True)


# ---------------------------------------------------------------- nothing wrong


@pytest.mark.parametrize(
    ("polarity", "given"),
    [
        ("lower", aim("minimum_and_target", value="2600", minimum="2800", profile=EVEN)),
        ("higher", aim("minimum_and_target", value="2800", minimum="2600", profile=EVEN)),
        ("lower", aim("minimum_and_target", value="2600", minimum="2600", profile=EVEN)),
        ("higher", aim("minimum_and_target", value="2600", minimum="2600", profile=EVEN)),
        ("lower", aim("minimum_and_target", "quarter", "650", "700")),
        ("lower", aim("minimum_and_target", "rolling_year", "2600", "2800")),
        ("lower", aim("minimum_and_target", "quarter", "0", "0")),
        ("lower", aim("minimum_and_target", "quarter", "-20", "-10")),
        ("lower", aim("tolerance", value="2600", tolerance="5", profile=EVEN)),
        ("higher", aim("tolerance", "quarter", "650", tolerance="0")),
        ("higher", aim("tolerance", "quarter", "650", tolerance="100")),
        ("lower", aim("last_year", value="2600", tolerance="10", profile=EVEN)),
        ("lower", aim("last_year", tolerance="10")),
        ("lower", aim("last_year", "quarter", tolerance="10")),
        ("lower", aim("last_year", "rolling_year", "2600", tolerance="10")),
    ],
)
def test_counts_that_make_sense(polarity, given):
    assert wrong(given, polarity) == {}


@pytest.mark.parametrize(
    ("mode", "given"),
    [
        ("pooled", aim("minimum_and_target", value="70", minimum="62.5")),
        ("pooled", aim("minimum_and_target", value="100", minimum="0")),
        ("pooled", aim("tolerance", "quarter", "70", tolerance="5")),
        ("pooled", aim("points", "rolling_year", "70", tolerance="3")),
        ("pooled", aim("last_year", tolerance="5")),
        ("latest", aim("points", "latest", "70", tolerance="0")),
        ("latest", aim("last_year", "latest", "70", tolerance="100")),
    ],
)
def test_shares_that_make_sense(mode, given):
    assert wrong_share(given, mode=mode) == {}


@pytest.mark.parametrize("basis", ["quarter", "year_to_date", "latest", "rolling_year", ""])
@pytest.mark.parametrize("polarity", ["higher", "lower", "none"])
@pytest.mark.parametrize("mode", ["sum", "pooled", "latest"])
@pytest.mark.parametrize("is_rated", [True, False])
def test_data_only_is_for_everything(basis, polarity, mode, is_rated):
    assert wrong(aim("none", basis), polarity, mode, is_rated=is_rated) == {}


# ---------------------------------------------------------------- the rule


def test_what_is_never_rated():
    assert wrong(aim("tolerance", "quarter", "650", tolerance="5"), is_rated=False) == {
        "rule": "This is shown beside the indicators and never rated: choose “None, data only”"
    }


def test_what_has_no_good_direction():
    assert wrong(aim("tolerance", "quarter", "650", tolerance="5"), "none") == {
        "rule": "No good direction is set, so nothing can be better or worse: choose “None, data only”"
    }


def test_points_are_for_percentages():
    assert wrong(aim("points", "quarter", "650", tolerance="3")) == {
        "rule": "Percentage points are for percentages. This is a count: choose a tolerance in per cent"
    }


# ---------------------------------------------------------------- the basis

OF_LATEST = "The latest quarter stands for its year, so it is rated by the latest figure"
OF_A_YEAR = "Its quarters make up the year: rate the quarter, the year to date or the last four quarters"


@pytest.mark.parametrize("basis", ["quarter", "year_to_date", "rolling_year"])
def test_the_latest_is_rated_by_the_latest(basis):
    assert wrong(aim("tolerance", basis, "350", tolerance="5"), mode="latest") == {"basis": OF_LATEST}


@pytest.mark.parametrize("mode", ["sum", "pooled"])
def test_what_makes_up_a_year_is_not_rated_by_the_latest(mode):
    assert wrong(aim("tolerance", "latest", "350", tolerance="5"), mode=mode) == {"basis": OF_A_YEAR}


def test_a_basis_that_is_not_said_is_the_way_the_year_to_date_is_made():
    assert wrong(aim("tolerance", "", "350", tolerance="5"), mode="latest") == {}
    assert wrong(aim("tolerance", "", "70", tolerance="5"), mode="pooled") == {}
    assert wrong(aim("tolerance", "", "2600", tolerance="5", profile=EVEN)) == {}
    assert wrong(aim("tolerance", "", "2600", tolerance="5")) == {
        "profile": "Say which share of the year’s target falls into each quarter"
    }


# ---------------------------------------------------------------- the numbers


@pytest.mark.parametrize(
    ("rule", "lacking"),
    [
        ("minimum_and_target", {"value": "Enter the target", "minimum": "Enter the minimum expectation"}),
        ("tolerance", {"value": "Enter the target", "tolerance": "Enter the tolerance"}),
        ("points", {"value": "Enter the target", "tolerance": "Enter the tolerance"}),
        ("last_year", {"tolerance": "Enter the tolerance"}),
    ],
)
def test_numbers_that_a_rule_needs(rule, lacking):
    assert wrong_share(aim(rule)) == lacking


@pytest.mark.parametrize(
    ("given", "too_many"),
    [
        (
            aim("minimum_and_target", value="70", minimum="60", tolerance="5"),
            {"tolerance": "This rule has no tolerance: leave it empty"},
        ),
        (
            aim("tolerance", value="70", minimum="60", tolerance="5"),
            {"minimum": "This rule has no minimum expectation: leave it empty"},
        ),
        (
            aim("points", value="70", minimum="60", tolerance="5"),
            {"minimum": "This rule has no minimum expectation: leave it empty"},
        ),
        (
            aim("last_year", value="70", minimum="60", tolerance="5"),
            {"minimum": "This rule has no minimum expectation: leave it empty"},
        ),
        (
            aim("none", value="70", minimum="0", tolerance="5"),
            {
                "value": "This rule has no target: leave it empty",
                "minimum": "This rule has no minimum expectation: leave it empty",
                "tolerance": "This rule has no tolerance: leave it empty",
            },
        ),
    ],
)
def test_numbers_that_a_rule_has_no_use_for(given, too_many):
    assert wrong_share(given) == too_many


@pytest.mark.parametrize("rule", ["tolerance", "points", "last_year"])
@pytest.mark.parametrize("tolerance", ["-0.01", "100.01"])
def test_a_tolerance_is_from_0_to_100(rule, tolerance):
    assert wrong_share(aim(rule, value="70", tolerance=tolerance)) == {
        "tolerance": "The tolerance must be a number from 0 to 100"
    }


@pytest.mark.parametrize("outside", ["-0.01", "100.01"])
def test_a_percentage_is_from_0_to_100(outside):
    assert wrong_share(aim("tolerance", value=outside, tolerance="5")) == {
        "value": "The target is a percentage: it must be from 0 to 100"
    }
    assert wrong_share(aim("minimum_and_target", value="70", minimum=outside)) == {
        "minimum": "The minimum expectation is a percentage: it must be from 0 to 100"
    }


def test_a_minimum_is_not_measured_against_a_target_that_is_none():
    assert wrong_share(aim("minimum_and_target", value="-5", minimum="0")) == {
        "value": "The target is a percentage: it must be from 0 to 100"
    }


def test_a_count_may_be_more_than_100_or_less_than_0():
    assert wrong(aim("tolerance", "quarter", "101", tolerance="5")) == {}
    assert wrong(aim("tolerance", "quarter", "-1", tolerance="5")) == {}


@pytest.mark.parametrize(
    ("polarity", "value", "minimum", "says"),
    [
        ("higher", "2600", "2600.01", "Good is higher, so it must be 2,600 or less"),
        ("lower", "2600", "2599.99", "Good is lower, so it must be 2,600 or more"),
    ],
)
def test_a_minimum_is_never_better_than_the_target(polarity, value, minimum, says):
    assert wrong(aim("minimum_and_target", "quarter", value, minimum), polarity) == {
        "minimum": f"The minimum expectation can’t be better than the target. {says}"
    }


def test_a_minimum_percentage_that_is_better_than_the_target():
    assert wrong_share(aim("minimum_and_target", value="62.5", minimum="70")) == {
        "minimum": "The minimum expectation can’t be better than the target. Good is higher, so it must be 62.5% or less"
    }


def test_everything_that_is_wrong_is_said_at_once():
    assert wrong(aim("minimum_and_target", "latest", "2600", "2500", profile=EVEN)) == {
        "basis": OF_A_YEAR,
        "minimum": "The minimum expectation can’t be better than the target. Good is lower, so it must be 2,600 or more",
        "profile": UNUSED,
    }


# ---------------------------------------------------------------- the profile

UNUSED = "Only a yearly target for what is added up is spread over the quarters: leave the shares empty"


def spread(*shares: str) -> Aim:
    return aim("minimum_and_target", value="2600", minimum="2800", profile=shares)


@pytest.mark.parametrize(
    "shares",
    [
        ("25", "25", "25", "25"),
        ("33.33", "33.33", "33.34", "0"),
        ("0", "0", "0", "100"),
        ("25.74", "27.35", "23.93", "22.98"),  # 25.74 + 27.35 = 53.09; + 23.93 = 77.02; + 22.98 = 100
    ],
)
def test_shares_that_add_up(shares):
    assert wrong(spread(*shares)) == {}


@pytest.mark.parametrize(
    ("shares", "says"),
    [
        (("33.33", "33.33", "33.33", "0"), "The shares must add up to 100. They come to 99.99"),
        (("33.34", "33.34", "33.33", "0"), "The shares must add up to 100. They come to 100.01"),
        (("25", "25", "25", "30"), "The shares must add up to 100. They come to 105"),
        (("0", "0", "0", "0"), "The shares must add up to 100. They come to 0"),
        (("50", "50", "10", "-10"), "A share can’t be less than 0"),
        (("50", "50", "0.01", "-0.01"), "A share can’t be less than 0"),
        (("33.33", "33.33", "33.34"), "Enter a share for each of the four quarters"),
        (("20", "20", "20", "20", "20"), "Enter a share for each of the four quarters"),
        ((), "Enter a share for each of the four quarters"),
    ],
)
def test_shares_that_do_not(shares, says):
    assert wrong(spread(*shares)) == {"profile": says}


@pytest.mark.parametrize(
    "given",
    [
        aim("minimum_and_target", value="2600", minimum="2800"),
        aim("tolerance", value="2600", tolerance="5"),
        aim("last_year", value="2600", tolerance="5"),
    ],
)
def test_a_yearly_target_of_what_is_added_up_needs_shares(given):
    assert wrong(given) == {"profile": "Say which share of the year’s target falls into each quarter"}


@pytest.mark.parametrize(
    ("mode", "given"),
    [
        ("sum", aim("tolerance", "quarter", "650", tolerance="5", profile=EVEN)),
        ("sum", aim("tolerance", "rolling_year", "2600", tolerance="5", profile=EVEN)),
        ("sum", aim("last_year", tolerance="5", profile=EVEN)),
        ("pooled", aim("tolerance", value="70", tolerance="5", profile=EVEN)),
        ("latest", aim("tolerance", "latest", "70", tolerance="5", profile=EVEN)),
        ("sum", aim("none", profile=EVEN)),
    ],
)
def test_other_targets_are_not_spread(mode, given):
    assert wrong(given, mode=mode) == {"profile": UNUSED}


# ---------------------------------------------------------------- a part of the year


def test_a_part_of_the_year_is_its_share_of_target_and_minimum():
    year = Aim("minimum_and_target", "year_to_date", *numbers("2600", "2800"), None, numbers(*EVEN), False)
    # 2,600 × 12.5 / 100 = 325; 2,800 × 12.5 / 100 = 350
    assert year.part(Decimal("12.5")) == Aim(
        "minimum_and_target", "year_to_date", Decimal(325), Decimal(350), None, None, False
    )


def test_the_tolerance_of_a_part_is_that_of_the_year():
    # 130 × 72.31 / 100 = 94.003
    part = aim("last_year", value="130", tolerance="10", profile=EVEN).part(Decimal("72.31"))
    assert (part.value, part.minimum, part.tolerance) == (Decimal(94), None, Decimal(10))
    assert part.is_agreed


@pytest.mark.parametrize(
    ("share", "value"),
    [
        ("50", "33"),
        ("49", "32"),
        ("1", "1"),
        ("0.5", "0"),
        ("100", "65"),
    ],  # 65 × 50% = 32.5, 49% = 31.85, 1% = 0.65, 0.5% = 0.325
)
def test_a_part_is_to_the_nearest_whole_number_half_up(share, value):
    assert aim("tolerance", value="65", tolerance="5", profile=EVEN).part(Decimal(share)).value == Decimal(value)


def test_the_whole_year_is_the_aim_itself():
    year = aim("tolerance", value="65.5", tolerance="5")
    assert year.part(Decimal(100)) is year


def test_a_part_of_no_target_is_none_and_a_part_of_zero_is_zero():
    assert aim("last_year", tolerance="10").part(Decimal(50)).value is None
    assert aim("tolerance", value="0", tolerance="10").part(Decimal(50)).value == 0
