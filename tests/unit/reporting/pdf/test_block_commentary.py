"""The words beside one indicator: what was said, what is lacking, who owes it. Expected words worked out by hand."""

import datetime as dt
from dataclasses import replace

import pytest

from reporting.pdf.parts import block, commentary, priority
from reporting.snapshots.shape import Words
from tests.factories import snapshots
from tests.factories.snapshot_parts import part

DAY, DUE = dt.date(2018, 5, 8), dt.date(2018, 5, 4)  # of the sample


def test_a_missing_explanation_names_what_is_missing_and_who_owes_it():
    made = priority.build(snapshots.sample(), snapshots.sample().priorities[3])
    owed = next(one for one in made.blocks if one.named.reference == "D2").commentary
    assert owed.missing == (
        "The explanation is missing: what happened, why, what next, who sees to it and by when are owed by "
        "Signe Marlowe, IOM Co-ordinator, due 4\xa0May\xa02018."
    )
    assert owed.is_owed and owed.sayings == ()


@pytest.mark.parametrize(
    ("day", "said_of"),
    [
        (dt.date(2018, 5, 3), "The explanation is not yet due. It is expected by 4\xa0May\xa02018 from Uma Rees."),
        (dt.date(2018, 5, 4), "The explanation is not yet due. It is expected by 4\xa0May\xa02018 from Uma Rees."),
        (dt.date(2018, 5, 5), "The explanation is missing: why is owed by Uma Rees, due 4\xa0May\xa02018."),
    ],
)
def test_an_explanation_is_owed_only_after_its_day(day, said_of):
    made = commentary.build(Words("owed", "", "", "", "", None, ("why",), "", None, DUE, "Uma Rees"), day)
    assert made.missing == said_of
    assert made.is_owed is (day > DUE)


def test_an_explanation_asked_of_nobody_in_particular_says_so_before_it_is_due():
    made = commentary.build(Words("owed", "", "", "", "", None, ("why",), "", None, DUE, ""), DUE)
    assert made.missing == ("The explanation is not yet due. It is expected by 4\xa0May\xa02018, and nobody is named.")


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        (("why", "what_next", "by_when"), "why, what next and by when are owed by Uma Rees, due 4\xa0May\xa02018."),
        (("by_when",), "by when is owed by Uma Rees, due 4\xa0May\xa02018."),
    ],
)
def test_an_incomplete_explanation_says_what_it_lacks(lacking, words):
    made = commentary.build(
        Words("incomplete", "It rose.", "", "", "", None, lacking, "Uma Rees", None, dt.date(2018, 5, 4), "Uma Rees"),
        DAY,
    )
    assert made.missing == f"The explanation is incomplete: {words}"
    assert made.is_owed and [saying.heading for saying in made.sayings] == ["What happened"]


def test_an_explanation_owed_in_an_old_pack_does_not_say_what_it_lacks():
    made = commentary.build(Words("owed", "", "", "", "", None, (), "", None, None, ""), DAY)
    assert made.missing == "The explanation is missing. It is owed, and nobody is named."


@pytest.mark.parametrize(
    ("who", "by_when", "said_of"),
    [
        ("Superintendent.", dt.date(2018, 7, 31), "Superintendent, by\xa031\xa0July\xa02018"),
        ("", dt.date(2018, 7, 31), "By\xa031\xa0July\xa02018"),
        ("superintendent", None, "Superintendent"),
        ("", None, ""),
    ],
)
def test_who_sees_to_it_and_by_when_stand_under_what_next(who, by_when, said_of):
    made = commentary.build(Words("sent", "It fell.", "", "More.", who, by_when, (), "", None, None, ""), DAY)
    assert made.sayings[-1] == commentary.Saying("What next", "More.", said_of)


def test_commentary_over_sixty_words_moves_below_whole():
    made = priority.build(snapshots.sample(), snapshots.sample().priorities[1])
    long = {one.named.reference: one.commentary.is_long for one in made.blocks}
    assert long == {"B1": False, "B2": False, "B3": False, "B4": True}


@pytest.mark.parametrize(("how_many", "is_long"), [(60, False), (61, True)])
def test_sixty_words_fit_beside(how_many, is_long):
    words = Words("sent", "word " * how_many, "", "", "", None, (), "", None, None, "")
    made = block.build(snapshots.sample(), replace(part("asb-calls"), words=words))
    assert made.commentary.is_long is is_long
    assert made.chart_is_beside is is_long
    assert [saying.heading for saying in made.commentary.sayings] == ["What happened"]
