import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation import codes

CODES = st.text(alphabet=codes.LETTERS, min_size=7, max_size=7).map(codes.complete)


def test_the_check_letter_worked_out_by_hand():
    # A is number 8, B 9, 2 is 0: 1×8 + 2×9 = 26, and 8 × 4 = 32 makes 58, no multiple; 8 × n + 26 is one with n = 20:
    # 186 = 6 × 31. Number 20 is P.
    assert codes.complete("AB22222") == "AB22222" + codes.LETTERS[20] == "AB22222P"


@given(CODES, st.integers(0, 7), st.sampled_from(codes.LETTERS))
def test_one_wrong_letter_is_told(code, place, letter):
    wrong = code[:place] + letter + code[place + 1 :]
    assert bool(codes.fault(wrong)) == (wrong != code)


@given(CODES)
def test_two_letters_that_changed_places_are_told_wherever_they_stand(code):
    for one, other in combinations(range(8), 2):
        swapped = list(code)
        swapped[one], swapped[other] = code[other], code[one]
        wrong = "".join(swapped)
        assert bool(codes.fault(wrong)) == (wrong != code)


@pytest.mark.parametrize("typed", ["AB22-222P", "ab22-222p", " ab22 222p ", "A B 2 2 2 2 2 P", "ab22–222p"])
def test_however_it_is_typed(typed):
    assert codes.normalise(typed) == "AB22222P"
    assert codes.fault(typed) == ""


def test_as_printed():
    assert codes.printed("AB22222P") == "AB22-222P"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("AB22-2220", "No code has 0 in it: 0, 1, I, L and O are never used. Look at the form again."),
        ("ab22-222l", "No code has L in it: 0, 1, I, L and O are never used. Look at the form again."),
        ("AB22-222😀", "No code has 😀 in it: 0, 1, I, L and O are never used. Look at the form again."),
        ("AB22-222", "A code has 8 letters and figures, and this has 7. Look at the form again."),
        ("AB22-2223", "One letter of this code is wrong, or two have changed places. Look at the form again."),
        ("", ""),
        (" - ", ""),
    ],
)
def test_what_is_wrong_with_it(typed, said):
    assert codes.fault(typed) == said


def test_five_thousand_differ_from_each_other_and_from_those_that_are_there():
    draw = random.Random(1).choice
    first = codes.make(5_000, draw=draw)
    assert len(set(first)) == 5_000
    assert not any(map(codes.fault, first))
    again = codes.make(
        3, taken=first, draw=random.Random(1).choice
    )  # draws what was drawn before, and is told that it is taken
    assert not set(again) & set(first)


def test_no_letters_look_alike():
    assert len(codes.LETTERS) == 31
    assert not set(codes.LETTERS) & set("01OIL")
