"""How many of a project's outputs are counted and of its reports are sent, in words."""

import pytest

from governance.funding.reporting import how_many


@pytest.mark.parametrize(
    ("there", "every", "words"),
    [
        (0, 1, "The one report is not sent"),
        (1, 1, "The one report is sent"),
        (0, 2, "None of two reports is sent"),
        (1, 2, "One of two reports is sent"),
        (2, 2, "Both reports are sent"),
        (2, 3, "Two of three reports are sent"),
        (12, 12, "All 12 reports are sent"),
    ],
)
def test_how_many_are_done(there, every, words):
    assert how_many(there, every, "report", "sent") == words
