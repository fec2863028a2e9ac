from consultation.counts import ConcernCount
from reporting.told import compared
from tests.unit.reporting.told.conftest import counts, question


def lines(one):
    return [(line.text, line.now, line.then, line.difference) for line in one.lines]


def test_concerns_match_by_key_or_by_their_words():
    now = counts(("Drugs", 4, 0, 0), ("Gangs", 6, 0, 0))
    then = counts(("Gangs", 30, 0, 0), responses=100)
    renamed = ConcernCount("d-1", "DRUGS!", 70, 0, 0)
    [one] = compared.compare(now, type(then)(**{**vars(then), "concerns": (*then.concerns, renamed)}), year=2016)
    # 4 of 10 now, 70 of 100 then; 6 of 10 and 30 of 100. Most first choices now come first.
    assert lines(one) == [("Gangs", "60.0%", "30.0%", "+30.0"), ("Drugs", "40.0%", "70.0%", "−30.0")]
    assert (one.of_now, one.of_then, one.reworded, one.apart) == ("of 10", "of 100", "", ())


def test_something_else_is_another_thing_beside_another_list():
    other = ConcernCount("other", "Something else", 6, 0, 0, is_other=True)
    then = counts(("Drugs", 4, 0, 0))
    then = type(then)(**{**vars(then), "concerns": (*then.concerns, other)})
    [one] = compared.compare(then, then, year=2016)
    assert ([line.text for line in one.lines], one.apart) == (["Drugs"], ())


def test_what_was_not_asked_both_times_is_named():
    now, then = counts(("Drugs", 4, 0, 0), ("Knives", 6, 0, 0)), counts(("Drugs", 4, 0, 0), ("Dogs", 6, 0, 0))
    [one] = compared.compare(now, then, year=2016)
    assert one.apart == ("Not asked in 2016: Knives.", "Asked in 2016 and not now: Dogs.")


def test_where_some_were_counted_together_then_nobody_says_they_were_not_asked():
    group = ConcernCount("together-1", "The other options", 6, None, None, is_group=True)
    then = counts(("Drugs", 4, None, None))
    then = type(then)(**{**vars(then), "concerns": (*then.concerns, group)})
    [one] = compared.compare(counts(("Drugs", 4, 0, 0), ("Knives", 6, 0, 0)), then, year=2016)
    assert one.apart == ("Not counted by themselves in 2016: Knives.",)


def test_feeling_safe_is_compared_in_whatever_words_and_says_so():
    now = counts(
        questions=(question("safe", "Do you feel safe in your area?", [("Agree", 6), ("Disagree", 4)], role="safe"),)
    )
    then = counts(questions=(question("felt", "Safe in the borough?", [("Agree", 7), ("Disagree", 3)], role="safe"),))
    [one] = compared.compare(now, then, year=2016)
    assert lines(one) == [("Agree", "60.0%", "70.0%", "−10.0"), ("Disagree", "40.0%", "30.0%", "+10.0")]
    assert one.reworded == (
        "The question was put in other words in 2016: “Safe in the borough?”. Now: “Do you feel safe in your area?”. A difference may come from that alone."
    )


def test_a_question_that_was_not_asked_then_is_left_out_and_so_is_one_of_which_no_answer_matches():
    now = counts(questions=(question("new", "New?", [("Yes", 1)]), question("old", "Old?", [("Yes", 1)])))
    then = counts(questions=(question("old", "Old?", [("Blue", 1)]),))
    assert compared.compare(now, then, year=2016) == ()


def test_what_is_not_shown_has_no_difference():
    now = counts(questions=(question("old", "Old?", [("Yes", None), ("No", 8)], answered=10),))
    then = counts(questions=(question("old", "Old?", [("Yes", 5), ("No", 5)]),))
    [one] = compared.compare(now, then, year=2016)
    assert lines(one) == [("Yes", "not shown", "50.0%", ""), ("No", "80.0%", "50.0%", "+30.0")]


def test_where_it_is_not_known_how_many_answered_there_is_nothing_to_compare_by():
    now = counts(questions=(question("old", "Old?", [("Yes", 5), ("No", 5)], answered=10),))
    [one] = compared.compare(now, _printed_in_part(), year=2016)
    assert (one.of_now, one.of_then) == ("of 10", "")
    assert lines(one) == [("Yes", "50.0%", "not shown", "")]


def _printed_in_part():
    asked = question("old", "Old?", [("Yes", 5)], several=True)  # so that none is summed
    return counts(questions=(asked,))


def test_how_far_chance_could_move_a_difference():
    """R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10: 56 of 70 and 48 of 80; nobody of 10, twice."""
    now = counts(
        questions=(
            question("a", "A?", [("Yes", 56), ("No", 14)], answered=70),
            question("b", "B?", [("Yes", 0)], answered=10),
        )
    )
    then = counts(
        questions=(
            question("a", "A?", [("Yes", 48), ("No", 32)], answered=80),
            question("b", "B?", [("Yes", 0)], answered=10),
        )
    )
    one, other = compared.compare(now, then, year=2016)
    assert [(line.difference, line.interval, line.may_be_chance) for line in one.lines] == [
        ("+20.0", "+5.2 to +33.4", False),
        ("−20.0", "−33.4 to −5.2", False),
    ]
    assert [(line.difference, line.interval, line.may_be_chance) for line in other.lines] == [
        ("0.0", "−27.8 to +27.8", True)
    ]


def test_as_much_as_before_has_no_sign():
    now, then = counts(("Drugs", 1, 0, 0), ("Gangs", 9999, 0, 0)), counts(("Drugs", 1, 0, 0), ("Gangs", 9998, 0, 0))
    [one] = compared.compare(now, then, year=2016)
    assert [line.difference for line in one.lines] == ["0.0", "0.0"]
