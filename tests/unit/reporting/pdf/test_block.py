"""One indicator on its priority's page: sentence, line, table, findings. Expected words worked out by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.aims import Aim
from lib.quarters import Quarter
from reporting.pdf.parts import block, findings, said, table
from reporting.snapshots.shape import ForecastPart, TrendPart, UsualPart, VerdictPart
from tests.factories import snapshots
from tests.factories.snapshot_parts import in_state, long_run, part, with_cells, with_this

Q4 = snapshots.Q4
TRIAL = "Inside the usual range, by trial limits."


def rated(slug: str):
    return part(slug, snapshots.rated())


# ---------------------------------------------------------------- the rating's sentence


def test_the_sentence_is_the_snapshots_own_with_its_word_set_apart():
    for one in snapshots.rated().indicators:
        verdict = said.verdict(one)
        assert " ".join(filter(None, (verdict.word, verdict.rest, verdict.good))) == one.verdict.sentence
        assert verdict.word.rstrip(":.") == verdict.state.word


def test_a_sentence_without_its_word_gets_it():
    verdict = said.verdict(replace(part("asb-calls"), verdict=VerdictPart("data_only", "Packs did not say.")))
    assert (verdict.word, verdict.rest) == ("Data only:", "Packs did not say.")


def test_a_sentence_of_one_word_stands_alone():
    verdict = said.verdict(replace(part("asb-calls"), verdict=VerdictPart("missing", "Missing.")))
    assert (verdict.word, verdict.rest) == ("Missing.", "")


def test_attention_is_owed_to_red_and_what_worsens():
    full = [one.reference for one in snapshots.rated().indicators if block.asks_attention(one)]
    assert full == ["B3", "D2"]  # B1, B2 and D3 are amber, and explained
    assert [one.reference for one in snapshots.sample().indicators if block.asks_attention(one)] == [
        "D2"
    ]  # worse twice


@pytest.mark.parametrize("lacking", [("why",), None])
def test_attention_is_owed_to_an_amber_that_is_not_explained(lacking):
    one = rated("vawg-champions")
    words = replace(one.words, state="incomplete", lacking=lacking) if lacking else None
    assert one.verdict.code == "amber"
    assert block.asks_attention(replace(one, words=words))


def test_attention_is_owed_to_a_green_that_is_unusual():
    one = rated("asb-repeat-callers")
    usual = UsualPart("improving", "38 is below the usual range of 40 to 53.", False, True, "", "")
    assert not block.asks_attention(one)
    assert block.asks_attention(replace(one, usual=usual))


# ---------------------------------------------------------------- in one line


@pytest.mark.parametrize(
    ("slug", "line"),
    [
        (
            "violence-with-injury-hotspots",
            "Offences in January to March 2018: ↓ better than last quarter, down 74 (10.5%); ↓ better than a year ago, "
            f"down 29 (4.4%). {TRIAL} Good is lower.",
        ),
        (
            "asb-calls",
            "Calls in January to March 2018: ↓ lower than last quarter, down 294 (6.7%); ↑ higher than a year ago, "
            f"up 126 (3.2%). It is provisional. {TRIAL} No good direction is set.",
        ),
        (
            "ete-need-met",
            "19 of 31 offenders with the need in January to March 2018: ↓ worse than last quarter, down 3.2 percentage "
            f"points; → similar to a year ago, up 1.3 percentage points. {TRIAL} Good is higher.",
        ),
        (
            "victim-satisfaction",
            "No figure for January to March 2018. The survey closes on 18 May. Owner: Victim Support "
            "(Maud Penhale). It is expected on 31 May 2018. Good is higher.",
        ),
        (
            "prevent-sessions",
            "27 sessions in January to March 2018; compared once it is verified. Good is higher.",
        ),
        (
            "mappa-level-3",
            "Offenders in January to March 2018: ↑ worse than last quarter, up 1; → no change on a year ago. "
            f"{TRIAL} Good is lower.",
        ),
        (
            "ordered-into-treatment",
            "People in January to March 2018: ↑ better than last quarter, up 3 (5.2%); ↑ better than a year ago, "
            "up 7 (13.0%). 61 is above the usual range of 49 to 60. These are trial limits, from 8 quarters. Good is higher.",
        ),
    ],
)
def test_the_line_of_an_indicator(slug, line):
    assert block.line(part(slug), Q4) == line


def test_the_line_of_a_green_does_not_say_again_which_way_is_good():
    assert block.line(rated("serious-youth-violence"), Q4) == (
        "61 victims in January to March 2018: → similar to last quarter, down 1 (1.6%); ↓ better than a year ago, "
        f"down 5 (7.6%). {TRIAL}"
    )


def test_the_line_says_why_two_figures_can_not_be_compared():
    one = part("hate-offences")
    broken = TrendPart("not_comparable", "", "", "", "what is counted changed in 2017-18 Q2")
    words = block.line(replace(one, long=broken), Q4)
    assert (
        "↓ lower than last quarter, down 13 (7.0%). Not comparable with a year ago: what is counted changed in" in words
    )


def test_a_first_quarter_has_nothing_to_be_compared_with():
    one = part("asb-calls", snapshots.first_quarter())
    assert block.line(one, Quarter.parse("2017-18 Q1")) == (
        "Calls in April to June 2017. It is provisional. There is no verified figure for last quarter or a year ago to "
        "compare with. No good direction is set."
    )


def test_that_nobody_had_the_need_is_said_and_never_drawn_as_zero():
    one = with_this(part("ete-need-met"), (0, 0))
    spark = said.spark(one, Q4)
    assert spark.title.endswith("64.5%, nobody had the need.")
    assert len(spark.uprights) == 1 and spark.dots == ()
    assert block.line(one, Q4) == "Nobody had the need in January to March 2018. Good is higher."
    chart = said.chart(one, Q4, Decimal(231))
    assert [label.words for label in chart.labels][-1] == "none"
    assert said.in_cell(one.this, base=True) == said.Figure(words="none in need")
    assert said.in_cell(replace(one.this, is_provisional=True)).unit == "p"


def test_a_figure_after_a_quarter_in_which_nobody_had_the_need_says_so():
    one = part("ete-need-met")
    cells = (*one.history[:-2], snapshots.cell(Q4.previous, (0, 0)), one.history[-1])
    words = block.line(with_cells(one, cells), Q4)
    assert "while nobody had the need last quarter" in words
    assert "no verified figure for last quarter" not in words


# ---------------------------------------------------------------- the table


def test_a_baseline_stands_in_the_table_with_its_source():
    shown = table.build(part("asb-calls"), Q4, is_full=False)
    assert [(row.year, row.year_cell.text) for row in shown.rows] == [
        ("2017-18", "19,028"),
        ("2016-17", "18,289"),
        ("2015-16", "16,320"),
    ]
    assert "2015-16: Community Safety Partnership Plan 2017-21, page 9." in shown.notes


def test_a_year_whose_quarters_are_not_known_shows_the_total_that_was_printed():
    one = part("asb-calls", snapshots.first_quarter())
    shown = table.build(one, Quarter.parse("2017-18 Q1"), is_full=False)
    assert one.last_year.value is None
    assert [(row.year, row.year_cell.text) for row in shown.rows] == [
        ("2017-18", "5,122"),
        ("2016-17", "18,289"),
        ("2015-16", "16,320"),
    ]
    assert len([note for note in shown.notes if "page 9" in note]) == 2


def test_a_year_in_which_nothing_was_asked_for_has_no_row():
    one = part("vawg-champions", snapshots.first_quarter())
    shown = table.build(one, Quarter.parse("2017-18 Q1"), is_full=False)
    assert [row.year for row in shown.rows] == ["2017-18"]
    assert not [note for note in shown.notes if note.startswith("none")]
    gap = snapshots.cell(Quarter.parse("2016-17 Q4"), state="missing", reason="Source lag")
    history = (*one.history[:3], gap, *one.history[4:])
    shown = table.build(replace(one, history=history), Quarter.parse("2017-18 Q1"), is_full=False)
    assert [row.year for row in shown.rows] == ["2017-18", "2016-17"]


@pytest.mark.parametrize(("pair", "is_wide"), [((74, 121), False), ((115, 172), True)])
def test_a_long_pair_of_the_year_makes_the_table_wide(pair, is_wide):
    """Those of the quarters are short: "19 of 31"."""
    one = part("ete-need-met")
    whole = replace(one.year_to_date, value=snapshots.value(pair))
    assert table.build(replace(one, year_to_date=whole), Q4, is_full=False).is_wide is is_wide


def test_the_full_table_holds_every_year_its_targets_and_its_marks():
    shown = table.build(long_run().indicators[0], Q4, is_full=True)
    rows = [(row.year, *(f"{cell.text}{cell.unit}" for cell in (*row.cells, row.year_cell))) for row in shown.rows]
    assert rows == [
        ("2017-18", "767", "743r", "703", "629p", "2,842"),
        ("Target", "702", "729", "648", "621", "2,700"),  # 26, 27, 24 and 23% of 2,700
        ("2016-17", "737", "783", "685", "658", "2,863"),
        ("Target", "744", "772", "686", "658", ""),  # of 2,860: 743.6, 772.2, 686.4, 657.8; the year's own is not held
        ("2015-16", "771", "729", "764", "678", "2,942"),
        ("2014-15", "610b", "724b", "773b", "643b", "2,750b"),
    ]
    assert shown.notes == (
        "Year: its quarters added up.", "r: restated.", "p: provisional.", "b: before the series break, not comparable.",
    )  # fmt: skip


def test_the_short_table_holds_two_years_and_no_targets():
    shown = table.build(long_run().indicators[0], Q4, is_full=False)
    assert [row.year for row in shown.rows] == ["2017-18", "2016-17"]


def test_a_target_for_each_quarter_is_known_for_those_to_come():
    one, q2 = rated("asb-repeat-callers"), Quarter.parse("2017-18 Q2")
    aim = Aim("minimum_and_target", "latest", Decimal(40), Decimal(45))
    shown = table.build(with_cells(one, one.history[:6], q2, aims={2017: aim}), q2, is_full=True)
    assert [cell.text for cell in (*shown.rows[1].cells, shown.rows[1].year_cell)] == ["40"] * 5


def test_targets_of_quarters_to_come_are_known_from_the_profile():
    one = rated("domestic-abuse-reports")
    q2 = Quarter.parse("2017-18 Q2")
    aim = Aim(
        "minimum_and_target", "year_to_date", Decimal(6000), Decimal(5640), None, tuple(map(Decimal, (25, 26, 25, 24)))
    )
    shown = table.build(with_cells(one, one.history[:6], q2, aims={2017: aim}), q2, is_full=True)
    assert [cell.text for cell in shown.rows[1].cells] == ["1,500", "1,560", "1,500", "1,440"]
    assert [cell.words for cell in shown.rows[0].cells] == ["", "", "to come", "to come"]


def test_targets_of_shares_are_to_one_decimal_as_the_figures_above_them():
    shown = table.build(rated("substance-misuse-need-met"), Q4, is_full=True)
    assert [(cell.text, cell.unit) for cell in shown.rows[1].cells] == [("50.0", "%")] * 4


# ---------------------------------------------------------------- what the figures say


def starts(one, quarter=Q4):
    return {finding.start: finding.text for finding in findings.build(one, quarter)}


def test_what_the_figures_say_of_a_red():
    assert starts(rated("violence-with-injury-hotspots")) == {
        "On last quarter: ↓ better.": "629 against 703, down 74 (10.5%). It was red as well.",
        "On a year ago: ↓ better.": "629 against 658, down 29 (4.4%).",
        "Usual range: nothing unusual.": "629 is inside the usual range of 554 to 872. These are trial limits, from 8 quarters.",
        "Target: may be met or missed.": "The target of 621 for a quarter lies inside the usual range, so it can be met or missed "
        "without anything having changed.",
        "Year end: 2,842.": "142 (5.3%) above the target of 2,700.",  # 142 / 2700 = 5.26
    }


def test_what_the_figures_say_of_a_share():
    made = starts(rated("substance-misuse-need-met"))
    assert made["On last quarter: ↓ worse."] == "33.3% against 42.9%, down 9.5 percentage points. It was amber."
    assert made["Year end: 42.9%."] == "7.1 percentage points below the target of 50%."  # 21 of 49 is 42.857


def test_what_can_not_be_compared_says_why():
    one = in_state(rated("hate-incidents"), "awaited", reason="Sent back")
    assert starts(one)["On a year ago: not comparable."] == "2017-18 Q4 is missing."


@pytest.mark.parametrize(
    ("number", "words"),
    [(2842, "2,842."), (2700, "2,700.")],
)
def test_at_the_years_end_the_target_itself_is_reached(number, words):
    one = rated("violence-with-injury-hotspots")
    whole = replace(one.year_to_date, value=snapshots.value(number))
    said_of = starts(replace(one, year_to_date=whole))[f"Year end: {words}"]
    assert said_of == ("On the target of 2,700." if number == 2700 else "142 (5.3%) above the target of 2,700.")


def test_a_hair_beside_the_target_is_not_on_it():
    one = rated("ete-need-met")
    whole = replace(one.year_to_date, value=snapshots.value((Decimal("61.97"), 100)))
    assert starts(replace(one, year_to_date=whole))["Year end: 62.0%."] == (
        "Less than 0.1 percentage points below the target of 62%."
    )


@pytest.mark.parametrize(
    ("change", "said_of"),
    [
        ({"missing": (Quarter.parse("2017-18 Q2"),)}, {"Year end: not known.": "2017-18 Q2 is not known."}),
        (
            {"missing": (Quarter.parse("2017-18 Q2"), Quarter.parse("2017-18 Q4"))},
            {"Year end: not known.": "2017-18 Q2 and 2017-18 Q4 are not known."},
        ),
        ({"value": None}, {}),
    ],
)
def test_a_year_with_a_gap_is_not_held_against_its_target(change, said_of):
    one = rated("violence-with-injury-hotspots")
    made = starts(replace(one, year_to_date=replace(one.year_to_date, **change)))
    assert {start: text for start, text in made.items() if start.startswith("Year end")} == said_of


def test_in_short_too_a_missing_forecast_says_why_where_forecasts_are_shown():
    third = Quarter.parse("2017-18 Q3")
    snapshot = snapshots.rated(quarter=third, priorities=snapshots.priorities(third, aims=snapshots.AIMS))
    basis = "No forecast: 14 in the same quarters of last year is too few to go by"
    one = replace(part("serious-youth-violence", snapshot), forecast=ForecastPart(None, basis, None))
    assert not block.asks_attention(one)
    assert block.build(snapshot, one).line.endswith(f" {basis}.")
    unrated = replace(snapshot, priorities=snapshots.priorities(third))
    assert "forecast" not in block.build(unrated, replace(one, target=None)).line


def test_a_forecast_says_what_it_rests_on_and_how_it_is_rated():
    forecast = ForecastPart(
        Decimal("2842.4"),
        "If the rest of the year goes as in 2016-17, when Q1 to Q3 were 77.0% of the year",
        VerdictPart(
            "red", "Red: 2,842 forecast for the year is above the minimum expectation of 2,800; good is lower."
        ),
    )
    made = starts(replace(rated("violence-with-injury-hotspots"), forecast=forecast), Quarter.parse("2017-18 Q3"))
    assert made["Forecast for the year: 2,842."] == (
        "If the rest of the year goes as in 2016-17, when Q1 to Q3 were 77.0% of the year. Red: 2,842 forecast for the year "
        "is above the minimum expectation of 2,800; good is lower."
    )


@pytest.mark.parametrize(
    ("basis", "said_of"),
    [
        ("No forecast: 2017-18 Q2 is not known", {"Forecast for the year: none.": "2017-18 Q2 is not known."}),
        ("Only what is added up over the year has a forecast", {}),
    ],
)
def test_no_forecast_says_why_where_there_could_be_one(basis, said_of):
    one = replace(rated("violence-with-injury-hotspots"), forecast=ForecastPart(None, basis, None))
    made = starts(one, Quarter.parse("2017-18 Q3"))
    assert {start: text for start, text in made.items() if "orecast" in start or "Year end" in start} == said_of
