"""Published totals: what can't be right, and where a printed percentage differs from its count. Pure."""

import pytest

from consultation.totals import Answers, Chosen, Ranked, Totals, differences, faults


def concerns(*rows: tuple, responses: int | None = 1389, questions: tuple = ()) -> Totals:
    made = [
        Ranked(number or None, f"Concern {number}", (*counts, *(None,) * (3 - len(counts))), printed)
        for number, counts, printed in rows
    ]
    return Totals(responses, tuple(made), questions)


def answers(*counts: int | None, several: bool = False, printed: tuple = ()) -> Answers:
    shown = (*printed, *("",) * (len(counts) - len(printed)))
    options = [
        Chosen(number, f"Answer {number}", count, shown[number - 1], number == 3)
        for number, count in enumerate(counts, 1)
    ]
    return Answers(7, "Do you feel safe?", several, tuple(options))


def test_what_is_printed_of_2016_is_right():
    rows = [
        (1, (339,), "24.4%"),
        (2, (311,), "22.4%"),
        (3, (130,), "9.4%"),
        (4, (101,), "7.3%"),
        (5, (88,), ""),
        (0, (420,), ""),
    ]
    totals = concerns(*rows, questions=(answers(998, 391),))
    assert faults(totals) == {} and differences(totals) == []


@pytest.mark.parametrize(
    ("rows", "responses", "box", "said"),
    [
        ([(1, (900,), ""), (2, (490,), "")], 1389, "first-1", "The first choices add up to 1,390, and 1,389 answered"),
        ([(1, (900,), ""), (0, (490,), "")], 1389, "first-1", "The first choices add up to 1,390"),
        ([(1, (10, 8), ""), (2, (5, 8), "")], 100, "second-1", "The second choices add up to 16, more than the 15 first choices"),
        ([(1, (10, 4, 3), ""), (2, (5, 1, 3), "")], 100, "third-1", "The third choices add up to 6, more than the 5 second"),
        ([(1, (5, 5, 1), ""), (2, (5, 5, 9), "")], 10, "first-1", "“Concern 1” was named 11 times, and 10 answered"),
        ([(1, (None, 5), "")], 10, "first-1", "Enter how many named “Concern 1” first, 0 if nobody did"),
        ([(1, (), "24.4%")], 10, "first-1", "Enter how many named “Concern 1” first"),
        ([(1, (24,), ""), (2, (22,), ""), (3, (54,), "")], 1389, "first-1", "The first choices add up to 100, and 1,389 answered: they look like percentages"),
        ([(1, (24,), ""), (2, (75,), "")], 1389, "first-1", "The first choices add up to 99"),
        ([(1, (24,), ""), (2, (77,), "")], 1389, "first-1", "The first choices add up to 101"),
    ],
)  # fmt: skip
def test_concerns_that_cannot_be_right(rows, responses, box, said):
    assert faults(concerns(*rows, responses=responses))[box].startswith(said)


@pytest.mark.parametrize(
    ("rows", "responses"),
    [
        ([(1, (900,), ""), (2, (489,), "")], 1389),  # everybody named one
        ([(1, (15, 0, 0), ""), (2, (0, 15, 0), ""), (3, (0, 0, 15), "")], 15),
        ([(1, (24,), ""), (2, (74,), "")], 1389),  # 98 are people
        ([(1, (24,), ""), (2, (78,), "")], 1389),
        ([(1, (100,), "")], 1389),  # one alone says nothing
        ([(1, (40,), ""), (2, (60,), "")], 100),  # a hundred answered
        ([], 1389),
        ([(1, (0,), ""), (2, (0,), "")], 0),
    ],
)
def test_concerns_that_can_be_right(rows, responses):
    assert faults(concerns(*rows, responses=responses)) == {}


def test_numbers_that_add_up_to_a_hundred_may_be_people():
    totals = concerns((1, (24,), ""), (2, (76,), ""), questions=(answers(72, 28),))
    assert set(faults(totals)) == {"first-1", "count-1"}
    assert faults(totals, are_counts=True) == {}


@pytest.mark.parametrize(
    ("question", "box", "said"),
    [
        (answers(1000, 390), "count-1", "The answers to “Do you feel safe?” add up to 1,390, and 1,389 answered"),
        (answers(1390, several=True), "count-1", "“Answer 1” has 1,390, and 1,389 answered at all"),
        (answers(None, 5, printed=("71.8%",)), "count-1", "Enter how many answered “Answer 1”, beside its percentage"),
    ],
)
def test_answers_that_cannot_be_right(question, box, said):
    assert faults(Totals(1389, (), (question,)))[box].startswith(said)


def test_of_several_answers_each_may_be_everybodys():
    assert faults(Totals(1389, (), (answers(1389, 1389, several=True),))) == {}


@pytest.mark.parametrize(
    ("count", "printed", "said"),
    [
        (339, "24.4%", None),
        (339, "24.4", None),
        (339, "24%", None),
        (339, "24.41%", None),  # 24.406
        (339, "24.40%", "Concern 1: 24.40% is printed, and 339 of 1,389 is 24.41%."),
        (339, "25%", "Concern 1: 25% is printed, and 339 of 1,389 is 24%."),
        (130, "9.3%", "Concern 1: 9.3% is printed, and 130 of 1,389 is 9.4%."),
        (5, "under 1%", "Concern 1: “under 1%” is no number, so it can’t be checked against 5."),
        (5, "", None),
    ],
)
def test_a_percentage_is_checked_at_its_printed_decimals(count, printed, said):
    assert differences(concerns((1, (count,), printed))) == ([said] if said else [])


@pytest.mark.parametrize(
    ("printed", "agrees"),
    [
        ("60%", True),  # 60 of the 100 who answered the question
        ("30%", True),  # of the 200 who answered at all
        ("75%", True),  # of the 80 who had an opinion
        ("66%", False),
    ],
)
def test_a_percentage_may_be_of_any_base_that_is_known(printed, agrees):
    totals = Totals(200, (), (answers(60, 20, 20, printed=(printed,)),))
    assert (differences(totals) == []) is agrees


def test_half_is_rounded_up_as_print_does():
    assert differences(concerns((1, (1,), "12.5%"), responses=8)) == []
    assert differences(concerns((1, (1,), "13%"), responses=8)) == []
    assert differences(concerns((1, (0,), "0%"), responses=0)) == []
