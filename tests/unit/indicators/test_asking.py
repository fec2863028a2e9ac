"""What is owed, in the words of a mail."""

import datetime as dt

import pytest

from indicators import asking
from lib.owed import Owed

ON = dt.date(2018, 4, 24)  # a Tuesday
FRIDAY, MONDAY = dt.date(2018, 4, 27), dt.date(2018, 4, 23)
FIGURE, WORDS, UPDATE = "indicators.return", "indicators.commentary", "governance.update"


def owed(kind, due_on, number=1, stage="due"):
    return Owed(due_on, 1, f"{kind}:{number}", stage, "Something", "indicators:return-list")


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([owed(FIGURE, FRIDAY)], "1 figure due on Friday 27 April 2018"),
        ([owed(FIGURE, FRIDAY), owed(FIGURE, FRIDAY, 2)], "2 figures due on Friday 27 April 2018"),
        (
            [owed(WORDS, FRIDAY), owed(FIGURE, FRIDAY), owed(FIGURE, dt.date(2018, 4, 30), 2)],
            "2 figures and 1 commentary due by Monday 30 April 2018",
        ),
        ([owed(FIGURE, ON), owed(WORDS, ON), owed(WORDS, ON, 2)], "1 figure and 2 commentaries due today"),
        ([owed(FIGURE, MONDAY, 2, "overdue")], "1 figure late"),
        (
            [owed(FIGURE, FRIDAY, 3), owed(FIGURE, ON, 2), owed(FIGURE, MONDAY, 1, "overdue")],
            "1 figure late, 1 figure due today, 1 figure due on Friday 27 April 2018",
        ),
        ([owed(UPDATE, FRIDAY), owed(FIGURE, FRIDAY)], "1 figure and 1 thing to do due on Friday 27 April 2018"),
        ([owed(WORDS, MONDAY, 1, "incomplete"), owed(WORDS, MONDAY, 2, "incomplete")], "2 commentaries to complete"),
    ],
)
def test_the_subject(items, said):
    assert asking.subject(items, ON) == said


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (owed(FIGURE, FRIDAY), "It is due on Friday 27 April 2018."),
        (owed(FIGURE, ON), "It is due today, Tuesday 24 April 2018."),
        (owed(FIGURE, MONDAY, 1, "overdue"), "It was due on Monday 23 April 2018, 1 working day ago."),
        (owed(FIGURE, FRIDAY, 1, "sent_back"), "It is due again on Friday 27 April 2018."),
        (owed(FIGURE, MONDAY, 1, "sent_back"), "It was due again on Monday 23 April 2018, 1 working day ago."),
        (
            owed(WORDS, MONDAY, 1, "incomplete"),
            "It was sent, and its figure asks for more by now. The page says what.",
        ),
    ],
)
def test_when_it_is_due(item, said):
    assert asking.line(item, ON).when == said
