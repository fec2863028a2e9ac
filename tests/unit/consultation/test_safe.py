"""What is hidden of which numbers, worked out by hand; that it can't be undone is in `test_safe_properties`."""

from dataclasses import replace

import pytest

from consultation import safe
from consultation.counts import ConcernCount, Counts, Group, Line, Named, OptionCount, QuestionCounts, Table

NOTHING = Counts(0, (), "", "", ())


def table(sizes: dict[str, list[int]], by: str = "channel", skipped: str = "none") -> Table:
    columns = range(len(next(iter(sizes.values()))))
    groups = tuple(Group(f"g{at}", f"Group {at}", sum(cells[at] for cells in sizes.values())) for at in columns)
    lines = tuple(Line(name, name, tuple(cells), name == skipped) for name, cells in sizes.items())
    return Table("safe", by, groups, lines)


def published(told: Table, threshold: int = 5) -> dict[str, tuple[int | None, ...]]:
    (shown,) = safe.publish(replace(NOTHING, tables=(told,)), threshold).tables
    return {line.text: line.cells for line in shown.lines}


def test_large_numbers_stay_as_they_are() -> None:
    told = table({"yes": [40, 20], "no": [15, 5]})
    assert published(told) == {"yes": (40, 20), "no": (15, 5)}


def test_small_lines_are_shown_as_one() -> None:
    told = table({"yes": [40, 20], "no": [15, 9], "maybe": [6, 3], "unsure": [4, 4], "none": [30, 30]})
    assert published(told) == {
        "yes": (40, 20),
        "no": (15, 9),
        safe.POOLED_LINES: (10, 7),
        "none": (30, 30),
    }


def test_a_lone_small_group_takes_the_next_along() -> None:
    told = table({"yes": [100, 30, 2], "no": [90, 20, 2]})
    assert published(told) == {"yes": (100, 32), "no": (90, 22)}


def test_columns_are_hidden_in_twos_at_least() -> None:
    # Hidden are the two smallest: their rests are 35 and 15 of 50, and the columns 22 and 28, so each cell is open by 15 or more.
    told = table({"yes": [100, 14, 21], "no": [90, 8, 7]}, by="channel")
    assert published(told, 8) == {"yes": (100, None, None), "no": (90, None, None)}


def test_where_nothing_is_safe_the_table_is_left_out() -> None:
    assert published(table({"yes": [40, 30], "no": [40, 4]})) == {}


def test_the_way_that_says_most_of_what_people_answered_is_taken() -> None:
    """All four groups could be shown if yes and no were one; what people said is worth more than who said nothing."""
    cells = {"yes": [40, 12, 4, 4], "no": [30, 3, 12, 12], "nobody": [0, 0, 0, 0], "none": [40, 40, 40, 40]}
    assert published(table(cells, skipped="none")) == {
        "yes": (40, None, None, None),
        "no": (30, None, None, None),
        "nobody": (0, 0, 0, 0),
        "none": (40, None, None, None),
    }


def test_a_table_that_would_only_say_who_answered_is_left_out() -> None:
    told = table({"yes": [9, 3], "no": [3, 9], "none": [9, 9]}, skipped="none")
    assert published(told) == {}


def test_a_line_of_nobody_stays_nought() -> None:
    told = table({"yes": [40, 20], "no": [15, 5], "none": [0, 0]})
    assert published(told)["none"] == (0, 0)


def test_an_empty_group_has_no_column() -> None:
    (shown,) = safe.publish(replace(NOTHING, tables=(table({"yes": [40, 0, 20], "no": [15, 0, 5]}),)), 5).tables
    assert [group.text for group in shown.groups] == ["Group 0", "Group 2"]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([200, 40, 30], [200, 40, 30]),
        ([200, 40, 3], [200, None, None]),
        ([200, 6, 3], [200, None, None]),  # 9 together: either can be anything from 0 to 9
        (
            [6, 6, 3],
            [None, None, None],
        ),  # 6 and 3 are 9, and neither is over the 6 that is shown: that would say 3 to 6
        ([200, 0, 0], [None, None, None]),  # nought is small, and two noughts make nobody to hide among
        ([4, 4], [None, None]),
    ],
)
def test_single_answers_about_who_people_are(counts: list[int], shown: list[int | None]) -> None:
    assert monitoring(counts, sum(counts), several=False) == (sum(counts), shown)


def test_too_few_answered_about_who_they_are() -> None:
    assert monitoring([3, 1], 4, several=False) == (None, [None, None])


def test_several_answers_overlap_and_are_hidden_alone() -> None:
    assert monitoring([30, 20, 4], 40, several=True) == (40, [30, 20, None])


def test_those_whom_the_shown_answers_do_not_account_for_are_not_given_away() -> None:
    # 30 and 6 of 39: at least 3 must have given the hidden answer, and at most 4.
    assert monitoring([30, 6, 4], 39, several=True) == (None, [30, 6, None])


def monitoring(counts: list[int], answered: int, *, several: bool) -> tuple[int | None, list[int | None]]:
    options = tuple(OptionCount(str(at), str(at), count) for at, count in enumerate(counts))
    question = QuestionCounts("age", "Age?", "", "monitoring", several, False, answered, options)
    (told,) = safe.publish(replace(NOTHING, monitoring=(question,)), 5).monitoring
    return told.answered, [option.count for option in told.options]


def names(*counts: int) -> tuple[Named, ...]:
    return tuple(Named(str(at), str(at), count) for at, count in enumerate(counts))


def test_small_channels_and_languages_are_shown_as_one() -> None:
    shown = safe.publish(replace(NOTHING, channels=names(200, 60, 3, 9), languages=names(268, 4)), 5)
    assert [(one.text, one.count) for one in shown.channels] == [("0", 200), ("1", 60), ("Other ways together", 12)]
    assert shown.languages == ()  # two would be one: there is nothing left to tell


def test_a_channel_that_nobody_used_says_so() -> None:
    shown = safe.publish(replace(NOTHING, channels=names(200, 0, 60)), 5)
    assert [one.count for one in shown.channels] == [200, 0, 60]


def test_a_small_tag_is_not_told() -> None:
    shown = safe.publish(replace(NOTHING, tags=names(5, 4)), 5)
    assert [tag.count for tag in shown.tags] == [5, None]


def test_what_is_in_print_already_stays_as_it_is_printed() -> None:
    told = replace(NOTHING, channels=names(3, 1), holds_responses=False)
    assert safe.publish(told, 5) == told


# ---------------------------------------------------------------- very few, and results that replace others


def test_of_fewer_people_than_the_threshold_only_their_number_is_told() -> None:
    """One person's counts, side by side, are the whole of what that person answered."""
    question = QuestionCounts("safe", "Safe?", "", "safe", False, False, 1, (OptionCount("no", "No", 1),))
    asked = replace(question, key="age", role="monitoring")
    counts = replace(
        NOTHING,
        responses=1,
        concerns=(ConcernCount("drugs", "Drugs", 1, 0, 0),),
        concerns_text="Which?",
        questions=(question,),
        monitoring=(asked,),
        channels=names(1),
        tags=names(1),
        comments=1,
    )
    told = safe.publish(counts, 5)
    assert told == replace(NOTHING, responses=1, monitoring=(safe.not_told(asked),))
    assert safe.publish(replace(counts, responses=5), 5).questions == (question,)


def corrected(now: Counts, *before: Counts) -> Counts:
    return safe.publish_again(now, 5, [(one, safe.publish(one, 5)) for one in before])


def test_a_table_that_has_changed_is_not_published_again() -> None:
    """Each is safe by itself, and they hide other columns: what one hides and the other shows would be known of those who stayed."""
    was = table({"yes": [6, 20, 4, 8], "no": [6, 0, 2, 6], "maybe": [6, 3, 6, 30]})
    now = table({"yes": [6, 20, 3, 6], "no": [6, 0, 0, 3], "maybe": [6, 3, 6, 30]})
    first, second = replace(NOTHING, tables=(was,)), replace(NOTHING, tables=(now,))
    assert safe.publish(first, 5).tables[0].lines
    assert safe.publish(second, 5).tables[0].lines
    assert corrected(second, first).tables == (replace(now, lines=()),)


def test_what_has_not_changed_is_shown_as_it_was_shown() -> None:
    told = replace(NOTHING, tables=(table({"yes": [100, 30, 2], "no": [90, 20, 2]}),), channels=names(190, 50, 4, 0))
    other = replace(told, tables=(table({"yes": [100, 30, 9], "no": [90, 20, 9]}),), channels=names(190, 50, 18, 0))
    assert corrected(told, other, told) == safe.publish(told, 5)
    assert corrected(other, told).channels == ()
    assert corrected(other, told).tables[0].lines == ()


def test_who_people_are_is_not_told_again_when_it_has_changed() -> None:
    def of(*counts: int) -> QuestionCounts:
        options = tuple(OptionCount(str(at), str(at), count) for at, count in enumerate(counts))
        return QuestionCounts("age", "Age?", "", "monitoring", False, False, sum(counts), options)

    was, now = replace(NOTHING, monitoring=(of(40, 30),)), replace(NOTHING, monitoring=(of(40, 29),))
    assert corrected(now, was).monitoring == (safe.not_told(of(40, 29)),)
    assert corrected(was, was).monitoring == was.monitoring
