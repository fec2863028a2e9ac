"""One chair at a time, or two co-chairs: by a table of who is there in 2018 and who comes."""

import datetime as dt

import pytest

from governance.chairing import Place, in_the_way


def day(text):
    if text is None:
        return None
    number, month = text.split(".")
    return dt.date(2018, int(month), int(number))


def place(role, first, last, label=""):
    return Place(role, day(first), day(last), label)


CASES = [
    # who is there, who comes, who is in the way
    ([], ("chair", "1.4", None), []),
    ([("chair", "1.1", "31.3", "a")], ("chair", "1.4", None), []),  # the day after
    ([("chair", "1.1", "1.4", "a")], ("chair", "1.4", None), ["a"]),  # one day is both
    ([("chair", "1.1", None, "a")], ("chair", "1.4", None), ["a"]),
    ([("chair", "1.6", None, "a")], ("chair", "1.4", None), ["a"]),
    ([("chair", "1.6", None, "a")], ("chair", "1.4", "31.5"), []),
    ([("chair", "1.1", None, "a")], ("co_chair", "1.4", None), ["a"]),
    ([("co_chair", "1.1", None, "a")], ("chair", "1.4", None), ["a"]),
    ([("co_chair", "1.1", None, "a")], ("co_chair", "1.4", None), []),
    ([("co_chair", "1.1", None, "a"), ("co_chair", "1.2", None, "b")], ("co_chair", "1.4", None), ["a", "b"]),
    ([("co_chair", "1.1", "31.3", "a"), ("co_chair", "1.2", None, "b")], ("co_chair", "1.4", None), []),
    # Two that follow each other are never there on one day, so a third place stands beside either.
    ([("co_chair", "1.1", "31.5", "a"), ("co_chair", "1.6", None, "b")], ("co_chair", "1.4", None), []),
    ([("co_chair", "1.1", "1.6", "a"), ("co_chair", "1.6", None, "b")], ("co_chair", "1.4", None), ["a", "b"]),
    ([("co_chair", "1.5", None, "a"), ("co_chair", "1.6", None, "b")], ("co_chair", "1.4", "31.5"), []),
    ([("chair", "1.1", None, "a")], ("deputy", "1.4", None), []),
    ([("deputy", "1.1", None, "a"), ("member", "1.1", None, "b")], ("chair", "1.4", None), []),
]


@pytest.mark.parametrize(("there", "new", "found"), CASES)
def test_who_is_in_the_way(there, new, found):
    assert [one.label for one in in_the_way(place(*new), [place(*one) for one in there])] == found
