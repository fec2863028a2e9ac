"""In which order bodies speak: sentences worked out by hand, the real ones of 2016-17 first."""

import datetime as dt

import pytest

from governance import ordering
from governance.ordering import CABINET, COUNCIL, EXECUTIVE, PARTNERSHIP, SCRUTINY, Sent, Step


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def step(stage: str, on: str, verdict: str = "agreed", version: str = "", version_on: str | None = None) -> Step:
    return Step(stage, verdict, day(on), version, day(version_on) if version_on else None)


CSP, EXEC = step(PARTNERSHIP, "2017-05-16"), step(EXECUTIVE, "2017-07-18")
OSC, CAB = step(SCRUTINY, "2017-10-25", "noted"), step(CABINET, "2017-10-31")
FULL = step(COUNCIL, "2017-11-22")
CSP_IN_ORDER = step(PARTNERSHIP, "2017-07-18")


def test_the_road_of_the_first_plan():
    assert ordering.warnings([CSP, EXEC, OSC, CAB], consulted_until=day("2016-08-12")) == [
        "The CSP approved on 16 May 2017, before the CSP Executive, which holds the duty in law, on 18 July 2017.",
        "Full Council has not adopted it yet.",
    ]


def test_the_other_reading_of_the_csp_s_day_lies_before_the_consultation():
    csp = step(PARTNERSHIP, "2016-05-16")
    assert "The CSP approved on 16 May 2016; the consultation ran until 12 August 2016." in ordering.warnings(
        [csp, EXEC, OSC, CAB, FULL], consulted_until=day("2016-08-12")
    )


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([CSP_IN_ORDER, EXEC, OSC, CAB, FULL], []),  # the CSP and the CSP Executive on one day
        (
            [step(PARTNERSHIP, "2017-07-17"), EXEC, OSC, CAB, FULL],
            [
                "The CSP approved on 17 July 2017, before the CSP Executive, which holds the duty in law, on 18 July 2017."
            ],
        ),
        ([CSP_IN_ORDER, EXEC, step(SCRUTINY, "2017-10-31", "noted"), CAB, FULL], []),
        (
            [CSP_IN_ORDER, EXEC, step(SCRUTINY, "2017-11-01", "noted"), CAB, FULL],
            [
                "The Mayor in Cabinet recommended it on 31 October 2017, before the Overview and Scrutiny Committee on 1 November 2017."
            ],
        ),
        (
            [CSP_IN_ORDER, EXEC, CAB, FULL],
            [
                "The Mayor in Cabinet recommended it on 31 October 2017; no word of the Overview and Scrutiny Committee is recorded.",
                "The Overview and Scrutiny Committee has not noted it yet.",
            ],
        ),
        (
            [CSP_IN_ORDER, EXEC, OSC, CAB, step(COUNCIL, "2017-10-30")],
            ["Full Council adopted it on 30 October 2017, before the Mayor in Cabinet on 31 October 2017."],
        ),
        (
            [CSP_IN_ORDER, EXEC, OSC, step(CABINET, "2017-10-31", "refused"), FULL],
            ["The Mayor in Cabinet did not agree to it on 31 October 2017."],
        ),
        (
            [],
            [
                "The CSP has not approved it yet.",
                "The CSP Executive has not approved it yet.",
                "The Overview and Scrutiny Committee has not noted it yet.",
                "The Mayor in Cabinet has not recommended it yet.",
                "Full Council has not adopted it yet.",
            ],
        ),
    ],
)
def test_what_is_out_of_order(steps, expected):
    assert ordering.warnings(steps) == expected


def test_the_last_word_of_a_body_counts_whatever_the_order_it_is_told_in():
    refused, agreed = step(EXECUTIVE, "2017-07-10", "refused"), EXEC
    for steps in ([refused, agreed], [agreed, refused]):
        assert ordering.last_words(steps)[EXECUTIVE] is agreed


@pytest.mark.parametrize(("on", "warned"), [("2016-08-11", True), ("2016-08-12", True), ("2016-08-13", False)])
def test_nobody_approves_while_the_public_is_asked(on, warned):
    """12 August 2016 was the last day of the consultation, so it was not over on that day."""
    told = ordering.warnings([step(EXECUTIVE, on)], consulted_until=day("2016-08-12"))
    assert any("consultation" in sentence for sentence in told) is warned


@pytest.mark.parametrize(("on", "warned"), [("2017-07-24", True), ("2017-07-25", False), ("2017-07-26", False)])
def test_a_version_is_dated_when_it_is_approved(on, warned):
    told = ordering.warnings([step(EXECUTIVE, on, version="1.4", version_on="2017-07-25")])
    expected = f"The CSP Executive approved on {on[-2:]} July 2017; version 1.4 is dated 25 July 2017."
    assert (expected in told) is warned


def sent(number: str, dated_on: str | None, *days: str) -> Sent:
    return Sent(number, day(dated_on) if dated_on else None, tuple(map(day, days)))


REAL = (
    sent("1.1", None, "2017-07-24"),
    sent("1.2", None, "2017-07-28", "2017-07-31", "2017-08-08"),
    sent("1.3", None, "2017-08-16"),
)


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (
            (*REAL, sent("1.4", "2017-07-25", "2017-10-02")),
            [
                "Version 1.4 is dated 25 July 2017 but was sent for comment on 2 October 2017, after versions 1.2 and 1.3."
            ],
        ),
        ((*REAL, sent("1.4", "2017-08-16", "2017-10-02")), []),  # the day on which 1.3 was sent
        (
            (*REAL, sent("1.4", "2017-08-15", "2017-10-02")),
            ["Version 1.4 is dated 15 August 2017 but was sent for comment on 2 October 2017, after version 1.3."],
        ),
        ((sent("1.1", "2017-07-24", "2017-07-24"),), []),
        (
            (sent("1.1", "2017-07-25", "2017-07-24"),),
            ["Version 1.1 was sent for comment on 24 July 2017, before its date, 25 July 2017."],
        ),
        ((sent("1.1", None, "2017-07-24"), sent("1.2", "2017-07-25")), []),
    ],
)
def test_versions_whose_dates_do_not_fit(versions, expected):
    assert ordering.version_warnings(versions) == expected


@pytest.mark.parametrize(
    ("steps", "on", "expected"),
    [
        ([CSP, EXEC], "2017-07-18", []),
        (
            [CSP, EXEC],
            "2017-07-17",
            ["The CSP Executive approved on 18 July 2017, after the day of adoption."],
        ),
        ([CSP], "2017-07-18", ["The CSP Executive has not approved it yet."]),
        (
            [CSP, EXEC, step(EXECUTIVE, "2017-07-20", "refused")],
            "2017-07-21",
            ["The CSP Executive did not agree to it on 20 July 2017."],
        ),
        (
            [CSP, step(EXECUTIVE, "2017-07-18", "noted")],
            "2017-07-18",
            ["The CSP Executive noted it on 18 July 2017."],
        ),
        ([CSP, step(EXECUTIVE, "2017-07-18", "subject")], "2017-07-18", []),
    ],
)
def test_what_keeps_a_plan_from_being_adopted(steps, on, expected):
    assert ordering.lacking(steps, day(on)) == expected
