"""What several parts say, the cover, promises, the year and its quality, from snapshots made by hand."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.aims import Aim
from indicators.rating import WORDS
from lib.quarters import Quarter
from lib.typesetting import fetching
from reporting.imprint import Imprint
from reporting.pdf.parts import cover, priority, quality, said, year
from reporting.snapshots.shape import ForecastPart, Restatement, ToDate, VerdictPart
from tests.factories import snapshots
from tests.factories.snapshot_parts import alone, in_state, long_run, part
from tests.factories.snapshot_parts import target as aimed

Q4 = snapshots.Q4


def q(text: str) -> Quarter:
    return Quarter.parse(text)


# ---------------------------------------------------------------- said in several places


@pytest.mark.parametrize(
    ("mode", "through", "missing", "words"),
    [
        ("sum", None, (), ""),
        ("sum", "2017-18 Q3", ("2017-18 Q4",), "to Q3"),
        ("sum", "2016-17 Q3", (), "to Q3"),  # the same quarters of last year
        ("sum", None, ("2017-18 Q2",), "without Q2"),
        ("sum", "2017-18 Q3", ("2017-18 Q1", "2017-18 Q4"), "to Q3, without Q1"),
        ("sum", None, ("2017-18 Q1", "2017-18 Q2"), "without Q1 and Q2"),
        ("latest", "2017-18 Q2", ("2017-18 Q3", "2017-18 Q4"), "at Q2"),
        ("latest", None, ("2017-18 Q1",), ""),
    ],
)
def test_what_a_year_to_date_leaves_out(mode, through, missing, words):
    to_date = ToDate(mode, snapshots.value(5), q(through) if through else None, not missing, tuple(map(q, missing)))
    assert said.left_out(to_date) == words


def test_a_year_of_which_nothing_is_known_says_so():
    assert said.over_time(ToDate("sum", None, None, False, ())).words == "not known"


@pytest.mark.parametrize(
    ("state", "reason", "word", "detail"),
    [
        ("verified", "", "Data only", ""),
        ("unverified", "", "Not yet verified", ""),
        ("missing", "Awaiting partner", "Missing", "awaiting partner"),
        ("awaited", "", "Missing", "not sent"),
        ("awaited", "Sent back", "Missing", "sent back"),
        ("not_collected", "", "No return", ""),
    ],
)
def test_states_in_words(state, reason, word, detail):
    one = in_state(part("asb-calls"), state, reason=reason)
    assert (said.state(one).word, said.state(one).detail) == (word, detail)


def test_a_cell_marks_what_was_restated_or_is_provisional():
    cell = snapshots.cell(Q4, (31, 44), was=snapshots.value((30, 44)), is_provisional=True)
    assert said.in_cell(cell, strong=True, base=True) == said.Figure("70.5", "%rp", "31 of 44", "", "", True)


def test_what_is_not_verified_is_never_strong():
    assert said.in_cell(snapshots.cell(Q4, 27, state="unverified"), strong=True).is_strong is False


@pytest.mark.parametrize(
    ("words", "printed"), [([], ""), (["A1"], "A1"), (["A1", "B2"], "A1 and B2"), (["A1", "B2", "C3"], "A1, B2 and C3")]
)
def test_lists_are_sentences(words, printed):
    assert said.listed(words) == printed


def test_a_long_list_says_how_many_more():
    assert said.some_of([f"A{number}" for number in range(1, 11)], 3) == "A1, A2, A3 and 7 more"


# ---------------------------------------------------------------- the cover


def test_marking_restricted_with_the_reasons():
    marking = cover.marking(snapshots.sample())
    assert (marking.classification, marking.protective) == ("Restricted", "OFFICIAL-SENSITIVE")
    assert marking.why == "Holds indicator D1; small numbers are shown; not every figure is verified"


def test_a_restricted_measure_beside_the_set_marks_the_pack_as_well():
    first = snapshots.sample().priorities[0]
    beside = replace(part("domestic-abuse-reports"), is_restricted=True, reference="")
    marking = cover.marking(snapshots.sample(priorities=(replace(first, indicators=(), context=(beside,)),)))
    assert marking.protective == "OFFICIAL-SENSITIVE"
    assert marking.why == "Holds indicator Domestic abuse reports"


def test_marking_without_a_restricted_indicator():
    marking = cover.marking(alone(part("serious-youth-violence")))
    assert (marking.classification, marking.protective, marking.why) == (
        "Restricted",
        "OFFICIAL",
        "Small numbers are shown",
    )


def test_marking_of_what_anyone_may_see():
    marking = cover.marking(alone(part("domestic-abuse-reports")))
    assert (marking.classification, marking.protective, marking.why) == ("Unrestricted", "OFFICIAL", "")


def test_over_fifteen_marks_the_cover_counts_by_priority():
    made = cover.build(snapshots.many(16), Imprint("executive", 1), ())
    assert made.is_strip is False
    assert made.groups[2].counts == "1 data only, 1 not yet verified, 2 missing"


# ---------------------------------------------------------------- promises


def test_commitments_are_numbered_through_and_keep_their_numbers():
    made = priority.build(snapshots.sample(), snapshots.sample().priorities[3])
    assert [group.theme for group in made.promises] == [
        "Integrated Offender Management (IOM)",
        "Gangs, Guns and Knife Crime",
        "Young People",
        "Burglary",
    ]
    burglary = made.promises[3].items
    assert (burglary[0].number, burglary[0].target) == (21, "Number to reach: 20 Criminal Behaviour Orders")
    assert made.how_many_promises == "29 commitments in the plan."


# ---------------------------------------------------------------- the year, and its quality


def test_the_year_says_not_yet_verified_in_words_and_what_is_to_come():
    rows = {row.named.reference: row for group in year.build(snapshots.sample()).groups for row in group.rows}
    assert rows["C4"].this.cells[3].sub == "not yet verified"
    assert rows["B3"].this.cells[1].unit == "r"
    first = {row.named.reference: row for group in year.build(snapshots.first_quarter()).groups for row in group.rows}
    assert [cell.words for cell in first["A1"].this.cells] == ["", "to come", "to come", "to come"]


def test_quality_counts_in_its_first_sentence():
    assert quality.build(snapshots.sample()).lede == (
        "11 of 15 figures are verified. Three are missing, one is not yet verified and one explanation is outstanding. "
        "One verified figure has changed."
    )


def test_quality_with_nothing_to_say_is_empty_everywhere():
    made = quality.build(alone(part("domestic-abuse-reports")))
    assert made.lede == "1 of 1 figures is verified."
    assert (made.missing, made.unverified, made.owed, made.provisional, made.restated) == ((), (), (), (), ())


def test_one_reason_for_a_series_is_printed_once():
    def revised(number: int, was: int, now: int) -> Restatement:
        return Restatement(
            "A1", "ASB calls to police", "asb-calls", Quarter(2017, number), snapshots.value(was), snapshots.value(now),
            "revision", "Source refreshed.", dt.date(2018, 4, 24), "Dana Whitlock", None, False, True,
        )  # fmt: skip

    series = (revised(1, 5098, 5122), revised(2, 5391, 5404), revised(3, 4377, 4398))
    rows = quality.build(snapshots.sample(restatements=series)).restated
    assert [row.spans for row in rows] == [3, 0, 0]
    assert [row.change for row in rows] == ["+24", "+13", "+21"]


@pytest.mark.parametrize(
    ("was", "now", "change"),
    [
        (771, 743, "−28"),
        ((17, 31), (17, 30), "+1.8 points"),
        ((1, 2), (50, 100), "no change"),
        (5, (1, 2), "not comparable"),
    ],
)
def test_changes_of_restated_figures(was, now, change):
    one = replace(snapshots.sample().restatements[0], was=snapshots.value(was), now=snapshots.value(now))
    assert quality.build(snapshots.sample(restatements=(one,))).restated[0].change == change


def test_stated_percentages_without_a_base_are_shown_alone():
    cell = replace(
        snapshots.cell(Q4),
        state="verified",
        value=replace(snapshots.value(1), numerator=None, percentage=Decimal("70")),
    )
    assert said.in_cell(cell, base=True) == said.Figure("70.0", "%")


# ---------------------------------------------------------------- targets, forecasts, what is owed, where series start


def year_rows(snapshot):
    return {row.named.reference: row for group in year.build(snapshot).groups for row in group.rows}


def test_the_year_shows_targets_as_they_were_set():
    made, rows = year.build(snapshots.rated()), year_rows(snapshots.rated())
    assert (made.has_targets, made.has_forecasts, made.columns) == (
        True,
        False,
        9,
    )  # a year that is over has no forecast
    assert rows["B3"].target == said.Figure("2,700")
    assert rows["D2"].target == said.Figure("50", "%")
    assert rows["A1"].target == said.Figure(words="data only")
    assert year.build(snapshots.sample()).columns == 8


@pytest.mark.parametrize(
    ("aim", "target"),
    [
        (Aim("minimum_and_target", "quarter", Decimal(700), Decimal(720)), said.Figure("700", sub="a quarter")),
        (
            Aim("last_year", "rolling_year", None, None, Decimal(5)),
            said.Figure(words="last year’s", sub="four quarters"),
        ),
        (
            Aim("tolerance", "year_to_date", Decimal(2700), None, Decimal(5), is_agreed=False),
            said.Figure("2,700", sub="proposed"),
        ),
        (Aim("none", ""), said.Figure(words="data only")),
        (None, said.Figure(words="none set")),
    ],
)
def test_targets_say_what_they_are_for(aim, target):
    assert year_rows(alone(replace(part("hate-offences"), target=aimed(aim))))["C3"].target == target


def test_the_year_shows_its_forecast_with_the_word_of_its_rating():
    one = part("violence-with-injury-hotspots", snapshots.rated())
    ahead = ForecastPart(Decimal("2842.4"), "", VerdictPart("red", "Red: 2,842."))
    snapshot = alone(replace(one, forecast=ahead), part("hate-offences"))
    assert year.build(snapshot).has_forecasts
    assert year_rows(snapshot)["B3"].forecast == said.Figure("2,842", sub="red")
    assert year_rows(snapshot)["C3"].forecast == said.Figure(words="–")


def test_the_year_says_why_a_forecast_is_missing():
    one = part("violence-with-injury-hotspots", snapshots.rated())
    few = "No forecast: 14 in the same quarter of last year is too few to go by"
    parts = [
        replace(one, forecast=ForecastPart(Decimal("2842.4"), "", None)),
        replace(one, reference="C4", forecast=ForecastPart(None, few, None)),
        replace(one, reference="D1", forecast=ForecastPart(None, few, None)),
        replace(one, reference="D2", forecast=ForecastPart(None, "Only what is added up has a forecast", None)),
    ]
    notes = year.build(alone(*parts)).notes
    assert (
        "–: no forecast. C4 and D1: 14 in the same quarter of last year is too few to go by; "
        "D2: only what is added up has a forecast."
    ) in notes
    assert "forecast" not in year.build(alone(*parts[1:])).notes


def test_a_printed_total_of_last_year_stands_in_the_years_table_with_its_source():
    first = snapshots.first_quarter()
    assert year_rows(first)["A1"].last.total == said.Figure("18,289", sub="printed")
    assert "printed: A1, 2016-17: Community Safety Partnership Plan 2017-21, page 9." in year.build(first).notes
    assert year_rows(snapshots.sample())["A1"].last.total == said.Figure("18,289")
    assert "printed" not in year.build(snapshots.sample()).notes


def test_a_year_before_of_which_nothing_is_known_says_so():
    first = snapshots.first_quarter()
    snapshot = alone(part("vawg-champions", first), quarter=first.quarter)
    (row,) = year_rows(snapshot).values()
    assert [cell.words for cell in row.last.cells] == ["none"] * 4
    assert row.last.total == said.Figure(words="not known")


def test_all_figures_hold_eight_quarters_and_both_years_of_everything_that_is_shown():
    """What stands beside the indicators too, without a target."""
    snapshot = snapshots.sample()
    groups = year.build(snapshot).groups
    rows = [row for group in groups for row in (*group.rows, *group.beside)]
    shown = [one for each in snapshot.priorities for one in (*each.indicators, *each.context)]
    assert [row.named.name for row in rows] == [one.short_name for one in shown]
    assert all(len(row.this.cells) == len(row.last.cells) == 4 for row in rows)
    b3 = next(row for row in rows if row.named.reference == "B3")
    assert (b3.this.year, b3.last.year) == ("2017-18", "2016-17")
    assert [cell.text for cell in (*b3.last.cells, b3.last.total)] == ["737", "783", "685", "658", "2,863"]
    assert [cell.text for cell in (*b3.this.cells, b3.this.total)] == ["767", "743", "703", "629", "2,842"]
    assert all(row.target == said.Figure() for group in groups for row in group.beside)


def test_quality_lists_what_is_owed_and_what_is_not_complete():
    one = part("asb-calls")
    words = replace(one.words, state="incomplete", lacking=("why", "by_when"), owed_by="Uma Rees")
    made = quality.build(alone(replace(one, words=words), part("substance-misuse-need-met", snapshots.rated())))
    assert [(row.state.word, row.what, row.by, row.due) for row in made.owed] == [
        ("Data only", "Why and by when", "Uma Rees", "4 May 2018"),
        (
            "Red",
            "What happened, why, what next, who sees to it and by when",
            "Signe Marlowe, IOM Co-ordinator",
            "4 May 2018",
        ),
    ]
    assert "Two explanations are outstanding" in made.lede


def test_quality_lists_apart_what_is_not_due_yet():
    """On the day itself it is not late, though in London that day ends an hour after it does in UTC."""
    on_the_day = dt.datetime(2018, 5, 4, 23, 30, tzinfo=snapshots.LONDON)
    owed = part("substance-misuse-need-met", snapshots.rated())
    made = quality.build(alone(owed, as_at=on_the_day))
    assert made.owed == () and made.lede == "1 of 1 figures is verified."
    assert [(row.named.reference, row.by, row.due) for row in made.not_due] == [
        ("D2", "Signe Marlowe, IOM Co-ordinator", "4 May 2018")
    ]
    late = quality.build(alone(owed, as_at=on_the_day + dt.timedelta(hours=1)))
    assert (len(late.owed), late.not_due) == (1, ())


def test_quality_lists_series_breaks_with_their_reason():
    made = quality.build(long_run())
    assert made.breaks_heading == "Series breaks"
    assert [(row.named.reference, row.when, row.what) for row in made.breaks] == [
        (
            "B3",
            "2015-16 Q1",
            "Hotspot areas redrawn. Figures before are not comparable; trends and the usual range start here.",
        )
    ]
    assert quality.build(snapshots.rated()).breaks == ()


def test_quality_lists_where_the_usual_range_starts_afresh():
    one = long_run().indicators[0]
    made = quality.build(alone(replace(one, breaks=())))  # the stretch is left: a rebase, no break
    assert made.breaks_heading == "Series breaks and fresh starts of the usual range"
    assert made.breaks[0].what == "The usual range is worked out afresh from here. Figures stay comparable."


def test_every_code_has_a_mark_and_a_word():
    folder = fetching.folder()
    css = (folder / "pack.css").read_text()
    for code in WORDS:
        mark = said.State(code, WORDS[code]).mark
        assert (folder / "marks" / f"{mark}.svg").is_file()
        assert f".{mark} " in css and f"marks/{mark}.svg" in css
