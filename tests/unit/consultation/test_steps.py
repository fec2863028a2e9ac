"""The pages of the form in their order, and which follows which."""

import pytest

from consultation import steps
from consultation.asked import AskedOption, AskedQuestion
from consultation.filling import Filling


def question(key: str, kind: str = "single", role: str = "further", options: int = 5) -> AskedQuestion:
    every = tuple(AskedOption(pk, f"option-{pk}", str(pk), pk) for pk in range(1, options + 1))
    return AskedQuestion(1, key, kind, role, f"{key}?", "", every)


class Form:
    def __init__(self, *asked_of_all: AskedQuestion, monitoring: tuple[AskedQuestion, ...] = ()) -> None:
        self.asked_of_all, self.monitoring = asked_of_all, monitoring


WHOLE = steps.of(
    Form(question("concerns", "ranked"), question("safe"), monitoring=(question("age", role="monitoring"),))
)


def test_the_concerns_take_three_pages_and_are_one_question():
    assert [(step.name, step.place, step.number, step.of) for step in WHOLE] == [
        ("concerns", 1, 1, 2),
        ("concerns.second", 2, 1, 2),
        ("concerns.third", 3, 1, 2),
        ("safe", 0, 2, 2),
        ("age", 0, 1, 1),
    ]


@pytest.mark.parametrize(("listed", "pages"), [(0, 0), (1, 1), (2, 2), (3, 3), (40, 3)])
def test_there_are_no_more_places_than_concerns(listed: int, pages: int):
    assert len(steps.of(Form(question("concerns", "ranked", options=listed)))) == pages


@pytest.mark.parametrize(
    ("name", "chosen", "following", "preceding"),
    [
        ("concerns", 0, "safe", None),
        ("concerns", 1, "concerns.second", None),
        ("concerns.second", 1, "safe", "concerns"),
        ("concerns.second", 2, "concerns.third", "concerns"),
        ("concerns.third", 3, "safe", "concerns.second"),
        ("safe", 0, "age", "concerns"),
        ("safe", 1, "age", "concerns.second"),
        ("safe", 3, "age", "concerns.third"),
        ("age", 3, None, "safe"),
    ],
)
def test_a_place_is_asked_for_once_the_one_before_is_filled(
    name: str, chosen: int, following: str | None, preceding: str | None
):
    step = steps.named(WHOLE, name)
    after, before = steps.after(WHOLE, step, chosen), steps.before(WHOLE, step, chosen)
    assert (after and after.name, before and before.name) == (following, preceding)


def test_a_name_that_no_page_has():
    assert steps.named(WHOLE, "concerns.fourth") is None


# ---------------------------------------------------------------- what is put in a place


@pytest.mark.parametrize(
    ("held", "place", "concern", "then"),
    [
        ([], 1, 7, [7]),
        ([7, 8, 9], 1, 6, [6, 8, 9]),
        ([7, 8, 9], 1, 8, [8, 9]),  # what stood second is first now, and the third moves up
        ([7, 8, 9], 2, 9, [7, 9]),
        ([7, 8, 9], 2, None, [7]),
        ([7, 8, 9], 3, None, [7, 8]),
        ([7, 8, 9], 1, None, []),
        ([7, 8, 9], 2, 8, [7, 8, 9]),
    ],
)
def test_no_concern_stands_in_two_places(held: list[int], place: int, concern: int | None, then: list[int]):
    filling = Filling(channel="web", language="en", token="", began="", touched="", choices=held)
    filling.choose(place, concern)
    assert filling.choices == then
