"""What each cell of somebody's sheet means; the table of decision 25, line by line."""

import datetime as dt
from decimal import Decimal

import pytest

from indicators.uploads.offers import Offer
from tests.factories.accounts import UserFactory
from tests.unit.indicators.uploads.world import Q3, Q4, World, read

pytestmark = pytest.mark.django_db
HEAD = "Reference,Quarter,Figure\n"


@pytest.fixture
def world() -> World:
    return World()


def one(world, text) -> Offer:
    found = read(text, world.sam)
    assert found.refusals == ()
    assert len(found.offers) == 1
    return found.offers[0]


def refused(world, text) -> str:
    found = read(text, world.sam)
    assert found.offers == ()
    assert len(found.refusals) == 1
    return found.refusals[0].why


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1389", 1389),
        ('"1,389"', 1389),
        ("1 389", 1389),
        ("1\N{NO-BREAK SPACE}389", 1389),
        (" 1389 ", 1389),
        ("0", 0),
        ('"1,389,204"', 1389204),
    ],
)
def test_a_count(world, cell, number):
    offer = one(world, f"{HEAD}B2,2017-18 Q4,{cell}\n")
    assert offer == Offer(world.reports.pk, Q4, offer.place, offer.typed, numerator=Decimal(number))
    assert offer.place.name == "C2"


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("1.389", "The number of reports must be a whole number, like 1,234."),
        ("1389.0", "The number of reports must be a whole number, like 1,234."),
        ("12.5%", "The number of reports must be a whole number without a % sign, like 1,234."),
        ("<5", "Type the exact number: small numbers are hidden in public reports, not here."),
        ("1389*", "Type the exact number: small numbers are hidden in public reports, not here."),
        ("about 1400", "The number of reports must be a whole number, like 197: “about 1400” can’t be read."),
        ("-3", "The number of reports can’t be less than 0."),
        ("ten", "The number of reports must be a whole number, like 1,234."),
        ("1e3", "The number of reports must be a whole number written out in figures, like 1,234."),
        ("12345678901", "The number of reports must have at most 9 figures: check what you typed."),
        ("nil", "The number of reports must be a whole number, like 1,234."),
    ],
)
def test_what_is_no_count(world, cell, why):
    assert refused(world, f"{HEAD}B2,2017-18 Q4,{cell}\n") == why


@pytest.mark.parametrize("cell", ["n/a", "N/A", "-", "..", "...", "\N{EN DASH}", "\N{EM DASH}", "not available"])
def test_no_figure_without_a_reason_changes_nothing_and_is_told(world, cell):
    found = read(f"{HEAD}B2,2017-18 Q4,{cell}\n", world.sam)
    assert (found.offers, found.refusals) == ((), ())
    assert found.notes == (
        "C2 is taken as no figure, and changes nothing: give the reason in a column “No figure because” to say that there is none.",
    )


def test_an_empty_cell_changes_nothing_and_nothing_is_said(world):
    assert read(f"{HEAD}B2,2017-18 Q4,\n", world.sam) == read(f"{HEAD}\n", world.sam)
    assert read(f"{HEAD}B2,2017-18 Q4,\n", world.sam).notes == ()


@pytest.mark.parametrize(("cell", "reason"), [("", "source_lag"), ("n/a", "source_lag"), ("-", "source_lag")])
def test_no_figure_with_a_reason_is_a_missing_one(world, cell, reason):
    text = f"Reference,Quarter,Figure,No figure because,Note,Expected on\nB2,2017-18 Q4,{cell},Source lag,Late at source,31/05/2018\n"
    offer = one(world, text)
    assert (offer.missing_reason, offer.missing_note, offer.expected_on) == (
        reason,
        "Late at source",
        dt.date(2018, 5, 31),
    )
    assert offer.numerator is None


@pytest.mark.parametrize("said", ["Awaiting partner", "awaiting a partner", "AWAITING PARTNER", "awaiting_partner"])
def test_a_reason_in_its_several_words(world, said):
    assert one(world, f"Reference,Quarter,Figure,Reason\nB2,2017-18 Q4,,{said}\n").missing_reason == "awaiting_partner"


def test_a_reason_that_is_none(world):
    why = refused(world, "Reference,Quarter,Figure,Reason\nB2,2017-18 Q4,n/a,Holidays\n")
    assert why == "“Holidays” is not one of the reasons: Awaiting partner, Source lag, Not collected, Annual measure."


def test_a_figure_and_a_reason_for_having_none(world):
    why = refused(world, "Reference,Quarter,Figure,Reason\nB2,2017-18 Q4,5,Source lag\n")
    assert why == "There is a figure, and a reason for having none: leave one of them."


# ---------------------------------------------------------------- shares


def test_need_and_met(world):
    offer = one(world, "Reference,Quarter,Out of,Met\nD2,2017-18 Q4,44,31\n")
    assert (offer.numerator, offer.denominator, offer.stated_percentage) == (31, 44, None)


def test_nobody_had_the_need(world):
    offer = one(world, "Reference,Quarter,Need,Met\nD2,2017-18 Q4,0,0\n")
    assert (offer.numerator, offer.denominator) == (0, 0)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",31", "Give both numbers: offenders whose need was met, and out of how many offenders with the need."),
        ("44,", "Enter the number of offenders whose need was met."),
        ("44,<5", "Type the exact number: small numbers are hidden in public reports, not here."),
        ("4.4,3", "Offenders with the need must be a whole number, like 1,234."),
    ],
)
def test_half_a_need(world, row, why):
    assert refused(world, f"Reference,Quarter,Need,Met\nD2,2017-18 Q4,{row}\n") == why


@pytest.mark.parametrize("said", ["70.5%", "70.5", "70.50 %", "70%"])
def test_a_percentage_beside_both_numbers_is_only_looked_at(world, said):
    """31 of 44 is 70.4545...: 70.5 with one figure after the point, 70 with none."""
    offer = one(world, f"Reference,Quarter,Need,Met,Percentage\nD2,2017-18 Q4,44,31,{said}\n")
    assert (offer.numerator, offer.denominator, offer.stated_percentage) == (31, 44, None)


def test_a_percentage_that_is_another_than_its_numbers_make(world):
    why = refused(world, "Reference,Quarter,Need,Met,Percentage\nD2,2017-18 Q4,44,31,71.5%\n")
    assert why == "31 of 44 is 70.5%, not 71.5%: leave the percentage out, or put the numbers right."


@pytest.mark.parametrize("said", ["82.7%", "82.7", " 82.7 % "])
def test_a_percentage_alone_is_stated(world, said):
    offer = one(world, f"Reference,Quarter,Figure,Out of,Percentage\nC1,2017-18 Q4,,,{said}\n")
    assert (offer.numerator, offer.denominator, offer.stated_percentage) == (None, None, Decimal("82.7"))
    assert offer.place.name == "E2"


def test_need_and_met_is_never_a_percentage_alone(world):
    why = refused(world, "Reference,Quarter,Percentage\nD2,2017-18 Q4,70.5%\n")
    assert why.startswith("This needs two numbers, need and met")


def test_a_percentage_with_a_comma_for_its_point(world):
    why = refused(world, "Reference;Quarter;Percentage\nC1;2017-18 Q4;82,7\n")
    assert why == "The percentage must be typed with a point, like 67.4: a comma only sets thousands apart."


def test_a_count_has_nothing_it_is_out_of(world):
    assert (
        refused(world, "Reference,Quarter,Figure,Out of\nB2,2017-18 Q4,5,10\n")
        == "This is a count: it has no number that it is out of."
    )


# ---------------------------------------------------------------- which one


@pytest.mark.parametrize(
    "named",
    [
        "B2",
        "b2",
        "domestic-abuse-reports",
        "Number of reports of domestic abuse",
        "DOMESTIC  ABUSE reports",
        "B2 Domestic abuse reports",
        "B2: Domestic abuse reports",
    ],
)
def test_an_indicator_by_any_of_its_names(world, named):
    assert one(world, f"Indicator,Quarter,Figure\n{named},2017-18 Q4,5\n").indicator_id == world.reports.pk


def test_an_indicator_nobody_knows(world):
    assert (
        refused(world, f"{HEAD}Z9,2017-18 Q4,5\n") == "“Z9” is not the reference or name of an indicator you can see."
    )


def test_a_restricted_indicator_is_as_unknown_to_others(world):
    type(world.reports).objects.filter(pk=world.reports.pk).update(is_restricted=True)
    stranger = UserFactory(roles=["data_lead"])
    found = read(f"{HEAD}B2,2017-18 Q4,5\n", stranger)
    assert found.refusals[0].why == "“B2” is not the reference or name of an indicator you can see."
    assert read(f"{HEAD}B2,2017-18 Q4,5\n", world.farida).refusals == ()


def test_a_name_that_two_share(world):
    world.arrests.placements.update(short_name="Domestic abuse reports")
    why = refused(world, "Indicator,Quarter,Figure\nDomestic abuse reports,2017-18 Q4,5\n")
    assert why == "“Domestic abuse reports” names more than one indicator: give its reference."


def test_a_reference_and_a_name_that_disagree(world):
    why = refused(world, "Reference,Indicator,Quarter,Figure\nB2,Arrests,2017-18 Q4,5\n")
    assert why == "“Arrests” is another indicator than the reference beside it."


def test_a_row_without_an_indicator(world):
    assert refused(world, f"{HEAD},2017-18 Q4,5\n") == "Say which indicator it is."


def test_headings_and_footers_between_rows_are_passed_over(world):
    assert one(world, f"{HEAD}Priority B,,\nB2,2017-18 Q4,5\nSource: CRIS,,\n").numerator == 5


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "Say which quarter or month it is for."),
        ("Q4 2018", "“Q4 2018” is not a quarter like 2017-18 Q4, nor a month like Jan 2018."),
    ],
)
def test_a_quarter_that_cannot_be_told(world, said, why):
    assert refused(world, f"{HEAD}B2,{said},5\n") == why


def test_year_and_quarter_in_columns_of_their_own(world):
    assert one(world, "Ref,Year,Quarter,Figure\nB2,2017-18,Q3,5\n").quarter == Q3


# ---------------------------------------------------------------- beside the figure


def test_final_or_provisional_source_and_day(world):
    offer = one(
        world,
        "Ref,Quarter,Figure,Final or provisional,Source,Taken on\nB2,2017-18 Q4,5,Provisional,CRIS,25 April 2018\n",
    )
    assert (offer.is_provisional, offer.source, offer.extracted_on) == (True, "CRIS", dt.date(2018, 4, 25))


def test_dates_in_american_order_are_refused(world):
    why = refused(world, "Ref,Quarter,Figure,Taken on\nB2,2017-18 Q4,5,04/25/2018\n")
    assert why == "“04/25/2018” is not a day like 25/04/2018, day first: when it was taken from its source."


def test_neither_final_nor_provisional(world):
    assert (
        refused(world, "Ref,Quarter,Figure,Provisional\nB2,2017-18 Q4,5,maybe\n")
        == "“maybe” is neither “Final” nor “Provisional”."
    )


def test_a_source_that_is_too_long(world):
    assert (
        refused(world, f"Ref,Quarter,Figure,Source\nB2,2017-18 Q4,5,{'x' * 201}\n")
        == "Where it is from must be 200 characters or fewer."
    )
