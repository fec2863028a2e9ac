"""What matters of a quarter: at most three true findings. Expected words worked out by hand."""

import datetime as dt
from dataclasses import replace

import pytest

from indicators.rating import WORDS
from lib.quarters import Quarter
from reporting.pdf.parts import matters, quarter, said
from reporting.snapshots.shape import UsualPart, VerdictPart, Words
from tests.factories import snapshots
from tests.factories.snapshot_parts import alone, part, this_year_alone, with_cells


def test_what_matters_is_true_and_at_most_three():
    made = quarter.build(snapshots.sample()).matters
    assert [matter.heading for matter in made] == [
        "Substance misuse need met is worsening",  # 33.3 is worse than 42.9 and than 38.5
        "Three other indicators are worse than last quarter",  # and none but D2 than a year ago
        "Four figures are not ready",
    ]
    assert made[0].text == (
        "33.3%: −9.5 points on last quarter, −5.1 points on a year ago. Explanation owed by Signe Marlowe, IOM Co-ordinator."
    )
    assert made[1].text == "Domestic abuse reports, MAPPA L3 serious offences and ETE need met."
    assert made[1].references == "B2, D1 and D3"
    assert made[2].text == "Three are missing and one is not yet verified. 11 of 15 are verified."
    assert made[2].references == "C1, C2, D4 and C4"


def test_a_single_figure_is_verified():
    own = snapshots.sample().priorities[2]
    two = replace(own, indicators=tuple(one for one in own.indicators if one.reference in {"C1", "C3"}))
    told = [matter.text for matter in quarter.build(snapshots.sample(priorities=(two,), restatements=())).matters]
    assert "One is missing. 1 of 2 is verified." in told


def test_without_anything_worse_the_largest_move_is_told():
    first = snapshots.sample().priorities[1]
    own = tuple(replace(one, short=one.long) for one in first.indicators)  # only B2 is worse, and on last quarter alone
    made = quarter.build(snapshots.sample(priorities=(replace(first, indicators=own),))).matters
    assert [matter.heading for matter in made] == [
        "One verified figure has changed",
        "VAWG champions rose most on a year ago",  # 163 to 214 is 31.3%, more than any other count of 20 or more
        "All 4 figures are verified",
    ]
    assert made[1].text == "214 champions, up 51 (31.3%) on the same quarter of 2016-17, which had 163."


def test_reds_come_first_with_the_gist_of_their_sentence():
    made = quarter.build(snapshots.rated()).matters
    assert [(matter.heading, matter.text, matter.references) for matter in made] == [
        (
            "Violence with injury, hotspots is red, but improving",
            "2,842 for the year to date is above the minimum expectation of 2,800.",
            "B3",
        ),
        (
            "Substance misuse need met is red and worsening",
            "42.9% for the year to date is more than 5 percentage points below the target of 50%. "
            "Explanation owed by Signe Marlowe, IOM Co-ordinator.",
            "D2",
        ),
        (
            "Four figures are not ready",
            "Three are missing and one is not yet verified. 11 of 15 are verified.",
            "C1, C2, D4 and C4",
        ),
    ]


def reds(how_many: int):
    red = part("violence-with-injury-hotspots", snapshots.rated())
    return [replace(red, reference=f"B{number}", slug=f"red-{number}") for number in range(1, how_many + 1)]


def test_three_reds_take_all_three():
    assert [matter.references for matter in matters.build(alone(*reds(3)))] == ["B1", "B2", "B3"]


def test_what_is_told_as_red_is_not_told_again_as_the_largest_move():
    told = [matter.heading for matter in matters.build(alone(reds(1)[0]))]
    assert told == ["Violence with injury, hotspots is red, but improving", "The one figure is verified"]


@pytest.mark.parametrize("which", ["short", "long"])
def test_a_red_that_is_better_on_one_comparison_alone_is_not_improving(which):
    red = reds(1)[0]
    red = replace(red, **{which: replace(getattr(red, which), trend="similar")})
    assert matters.build(alone(red))[0].heading == "Violence with injury, hotspots is red"


def test_more_than_three_reds_are_counted_and_leave_room_for_the_rest():
    owed = part("substance-misuse-need-met", snapshots.rated())  # red too, worse than a year ago, unexplained
    made = matters.build(alone(*reds(4), owed))
    assert made[0] == matters.Matter(
        "Five indicators are red",
        "One is worse than a year ago and one explanation is outstanding.",
        "B1, B2, B3, B4 and D2",
    )
    assert made[1].heading == "One explanation is outstanding"


def test_a_red_with_half_an_explanation_says_what_is_not_yet_said():
    red = reds(1)[0]
    lacking = replace(red.words, state="incomplete", lacking=("why", "by_when"), owed_by="Uma Rees")
    made = matters.build(alone(replace(red, words=lacking)))
    assert made[0].text.endswith("of 2,800. Not yet said: why and by when, owed by Uma Rees.")
    assert "outstanding" not in " ".join(matter.heading for matter in made)


WORSE = (1398, 1452, 1411, 1412, 1476, 1521, 1412, 1379)  # 1,379 is down 33 on the quarter and on a year ago: 2.3% each
WORSENING = UsualPart("worsening", "1,379 is below the usual range of 1,390 to 1,600.", False, True, "", "")


def worse(**changes):
    one = part("domestic-abuse-reports")
    cells = [snapshots.cell(cell.quarter, number) for cell, number in zip(one.history, WORSE, strict=True)]
    return replace(with_cells(one, cells), **changes)


@pytest.mark.parametrize(
    ("code", "heading"),
    [
        ("data_only", "Domestic abuse reports is worsening"),
        ("green", "Domestic abuse reports is green, but worsening"),
        ("amber", "Domestic abuse reports is amber and worsening"),
    ],
)
def test_worse_on_both_is_worsening(code, heading):
    one = worse(verdict=VerdictPart(code, f"{WORDS[code]}: 1,379."))
    first = matters.build(alone(one))[0]
    assert (first.heading, first.text) == (heading, "1,379 reports: −33 on last quarter, −33 on a year ago.")


def test_unusually_bad_is_worsening_in_the_words_of_the_chart():
    one = replace(part("domestic-abuse-reports"), usual=WORSENING, is_worsening=True)
    first = matters.build(alone(one))[0]
    assert (first.heading, first.text) == ("Domestic abuse reports is worsening", WORSENING.sentence)


@pytest.mark.parametrize(("state", "how"), [("improving", "improved"), ("changed", "changed")])
def test_an_unusual_change_is_told_in_the_words_of_the_chart(state, how):
    usual = replace(WORSENING, state=state, sentence="214 is above the usual range of 131 to 204.")
    first = matters.build(alone(replace(part("vawg-champions"), usual=usual)))[0]
    assert (first.heading, first.text) == (f"VAWG champions {how} by more than usual", usual.sentence)


def test_several_that_worsen_are_one_finding():
    made = matters.build(alone(worse(), worse(reference="B9", slug="other", short_name="Other reports")))
    assert made[0] == matters.Matter(
        "Two indicators are worsening", "Domestic abuse reports and Other reports.", "B2 and B9"
    )


def test_an_explanation_that_is_not_complete_is_outstanding():
    words = replace(part("asb-calls").words, state="incomplete", lacking=("why", "what_next"), owed_by="Uma Rees")
    made = matters.build(alone(replace(part("asb-calls"), words=words)))
    assert (made[0].heading, made[0].text) == (
        "One explanation is outstanding",
        "ASB calls to police: why and what next, owed by Uma Rees.",
    )


def test_an_explanation_owed_by_nobody_in_particular_says_so():
    words = Words("owed", "", "", "", "", None, ("what_happened",), "", None, None, "")
    made = matters.build(alone(replace(part("asb-calls"), words=words)))
    assert made[0].text == "ASB calls to police: owed, and nobody is named."


def test_findings_may_be_cut_to_their_headings():
    made = quarter.build(snapshots.rated(), quarter.MATTERS_AS_HEADINGS).matters
    assert [matter.text for matter in made] == ["", "", ""]
    assert made[0].references == "B3"


def test_years_to_date_of_different_quarters_are_not_compared():
    one = part("domestic-abuse-reports")
    assert "The year to date" in quarter.build(alone(one)).matters[1].text
    gap = replace(one, last_year_to_date=replace(one.last_year_to_date, missing=(Quarter.parse("2016-17 Q1"),)))
    assert "The year to date" not in quarter.build(alone(gap)).matters[1].text


def test_fewer_true_things_are_not_padded():
    one = part("mappa-level-3")
    made = quarter.build(alone(replace(one, short=one.long)))
    assert [matter.heading for matter in made.matters] == ["The one figure is verified"]
    assert made.matters_heading == "What matters"


def test_without_ratings_what_got_worse_is_told_first():
    """As in the first year: there is only last quarter to compare with."""
    parts = [this_year_alone(slug) for slug in ("domestic-abuse-reports", "mappa-level-3", "vawg-champions")]
    made = matters.build(alone(*parts))
    assert made[0] == matters.Matter(
        "Two indicators are worse than last quarter",
        "Domestic abuse reports and MAPPA L3 serious offences.",
        "B2 and D1",
    )
    assert made[1].heading == "All 3 figures are verified"


def test_the_one_that_got_worse_is_told_with_its_figures():
    first = matters.build(alone(this_year_alone("domestic-abuse-reports"), this_year_alone("vawg-champions")))[0]
    assert (first.heading, first.text, first.references) == (
        "Domestic abuse reports is worse than last quarter",
        "1,412 against 1,465, down 53 (3.6%).",  # 53 / 1,465 = 3.62
        "B2",
    )


def test_with_ratings_the_colours_say_it():
    told = [matter.heading for matter in matters.build(snapshots.rated())]
    assert not [heading for heading in told if "worse than" in heading]


@pytest.mark.parametrize(("how", "than"), [("long", "a year ago"), ("both", "last quarter or a year ago")])
def test_what_it_is_worse_than_is_said(how, than):
    one, other = part("domestic-abuse-reports"), part("vawg-champions")
    one = replace(one, long=one.short, short=one.long) if how == "long" else one
    parts = [one] if how == "long" else [one, replace(other, long=one.short)]
    assert matters.build(alone(*parts))[0].heading.endswith(f" worse than {than}")


NOT_DUE = dt.datetime(2018, 5, 4, 23, tzinfo=snapshots.LONDON)  # still the day on which it is due, in London


def test_an_explanation_that_is_not_due_is_not_outstanding():
    headings = [matter.heading for matter in matters.build(snapshots.rated(as_at=NOT_DUE))]
    assert headings[1] == "Substance misuse need met is red and worsening"
    assert matters.build(snapshots.rated(as_at=NOT_DUE))[1].text.endswith(
        "the target of 50%. Explanation due 4 May 2018 from Signe Marlowe, IOM Co-ordinator."
    )
    owed = part("substance-misuse-need-met", snapshots.rated())
    assert matters.build(alone(*reds(4), owed, as_at=NOT_DUE))[0].text == (
        "One is worse than a year ago and one explanation is not yet due."
    )
    asked = replace(part("asb-calls"), words=owed.words)
    assert "outstanding" not in " ".join(matter.heading for matter in matters.build(alone(asked, as_at=NOT_DUE)))


@pytest.mark.parametrize(
    ("state", "due_on", "is_outstanding"),
    [
        ("owed", None, True),
        ("owed", dt.date(2018, 5, 3), True),
        ("owed", dt.date(2018, 5, 4), False),
        ("owed", dt.date(2018, 5, 5), False),
        ("incomplete", dt.date(2018, 5, 5), True),
        ("sent", dt.date(2018, 5, 3), False),
    ],
)
def test_an_explanation_is_outstanding_from_the_day_after_it_was_due_in_london(state, due_on, is_outstanding):
    words = replace(part("asb-calls").words, state=state, due_on=due_on)
    snapshot = alone(replace(part("asb-calls"), words=words), as_at=NOT_DUE)
    assert said.is_outstanding(words, said.day_of(snapshot)) is is_outstanding
