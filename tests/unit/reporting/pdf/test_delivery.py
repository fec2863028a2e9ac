"""The delivery page: counts for what goes well, a row for what does not, and a sentence where there is nothing to say."""

import datetime as dt
from dataclasses import replace

import pytest

from governance import lateness
from lib.typesetting import gate
from reporting import pdf
from reporting.imprint import Imprint
from reporting.pdf.parts import cover, delivery, priority, quarter, slip
from tests.factories import snapshot_governance as made
from tests.factories import snapshots

MARCH_31 = dt.date(2018, 3, 31)


def page(*parts, **changes):
    governance = made.governance(delivery=parts, **changes)
    return delivery.build(made.governed(governance), governance)


def of(*actions):
    return page(made.delivery("ASB", "ASB Operations Group", *actions))


def late(number=1, **changes):
    january = dt.date(2018, 1, 31)
    return made.late(f"ASB {number}", january, january, **changes)


# ---------------------------------------------------------------- counts


def test_each_body_has_its_counts_late_first_on_one_scale():
    governance = made.governance()
    built = delivery.build(made.governed(governance), governance)
    assert [head.word for head in built.heads] == ["Late", "At risk", "No update", "On track", "Complete"]
    assert [(row.name, row.counts, row.total) for row in built.rows] == [
        ("ASB Operations Group", (3, 1, 1, 3, 1), 9),
        ("No Place For Hate Forum", (0, 0, 0, 1, 1), 2),
    ]
    assert (built.total.name, built.total.counts, built.total.total) == ("Both bodies", (3, 1, 1, 4, 2), 11)
    asb, hate = (row.bar for row in built.rows)
    assert asb.width == 132
    assert float(hate.width) == pytest.approx(29.33, abs=0.01)  # 132 × 2 / 9
    assert asb.title == "ASB Operations Group, 9 in all: 3 late, 1 at risk, 1 no update, 3 on track, 1 complete"
    assert built.ended == "One action was closed, merged or carried forward, and was not counted."


def test_a_single_body_needs_no_sum():
    assert of(late()).total is None


@pytest.mark.parametrize(
    ("actions", "lede"),
    [
        ([late(number) for number in (1, 2)], "0 of two actions are complete. Two are late, in one body; none of them has a new date."),
        ([late()], "0 of one action are complete. One is late, in one body; it has no new date."),
        ([late(1), late(2, proposed_on=dt.date(2018, 6, 1))], "0 of two actions are complete. Two are late, in one body; one of them has no new date."),
        ([late(1, proposed_on=dt.date(2018, 6, 1))], "0 of one action are complete. One is late, in one body."),
        ([made.action("ASB 1", lateness.COMPLETE)], "1 of one action is complete. None is late."),
        ([made.action("ASB 1", lateness.NO_UPDATE)], "0 of one action are complete. None is late. One has no update."),
        ([made.action("ASB 1", lateness.NO_UPDATE), made.action("ASB 2", lateness.NO_UPDATE), late(3, update=None)], "0 of three actions are complete. One is late, in one body; it has no new date. Two have no update, and of those late one has none either."),
        ([late(number, update=None) for number in (1, 2)], "0 of two actions are complete. Two are late, in one body; none of them has a new date. Of those late, two have no update."),
    ],
)  # fmt: skip
def test_the_page_begins_with_what_is_late_and_what_it_lacks(actions, lede):
    assert of(*actions).lede == lede


def test_without_agreed_plans_it_says_so():
    assert page().lede == "No body owes a delivery plan."
    draft = page(made.delivery("TMG", "Tension Monitoring Group", state="draft"))
    assert draft.lede == "No delivery plan for 2017-18 is agreed, so there are no actions to tell of."
    assert draft.without_plan == (("Tension Monitoring Group", "has not submitted its delivery plan for 2017-18 yet"),)


# ---------------------------------------------------------------- exceptions


def row(action):
    built = of(action)
    (found,) = (built.late or built.at_risk).rows
    return found


def test_late_without_a_revised_date_says_none_given_and_has_an_open_line():
    found = row(late(note="Said green, 59 days late", update=made.update("green")))
    assert (found.first, found.revised, found.none_given, found.slip.is_open) == ("31 Jan 2018", "", True, True)
    assert (found.note, found.why, found.next) == ("Said green, 59 days late.", "", "Next: hold the third")
    assert found.slip.title == "ASB 1: first due 31 January 2018, no revised date"


def test_late_after_it_was_moved_names_the_date_that_passed():
    found = row(made.late("ASB 1", dt.date(2017, 9, 29), dt.date(2018, 2, 28), 2))
    assert (found.none_given, found.revised, found.revised_note) == (
        False,
        "28 Feb 2018",
        "passed, no new date; moved twice",
    )
    assert found.slip.is_open


def test_a_proposed_date_is_shown_as_one_that_is_not_accepted():
    found = row(made.late("ASB 1", dt.date(2017, 9, 29), dt.date(2018, 2, 28), 1, proposed_on=dt.date(2018, 6, 29)))
    assert (found.none_given, found.revised, found.revised_note) == (
        False,
        "29 Jun 2018",
        "proposed; moved once before",
    )
    assert found.slip.title.endswith("now 28 February 2018, 29 June 2018 is proposed")


def test_said_red_with_an_accepted_date_ahead_has_one():
    found = row(made.action("ASB 1", lateness.LATE, moves=3, first_due_on=dt.date(2018, 3, 30), slip=91))
    assert (found.none_given, found.revised, found.revised_note) == (False, "29 Jun 2018", "moved 3 times")


def test_at_risk_lacks_no_date():
    found = row(made.action("ASB 1", lateness.AT_RISK))
    assert (found.none_given, found.revised_note, found.why) == (False, "not moved", "Waits for the budget")


def test_words_of_an_earlier_quarter_say_so():
    assert row(late(update=made.update("amber", "Ill", quarter=made.Q3))).said_in == "Last update: Q3"
    older = made.update("amber", "Ill", quarter=made.Q3.year_ago)
    assert row(late(update=older)).said_in == "Last update: 2016-17 Q3"
    assert row(late(update=None)).said_in == "No update yet"


def test_what_ended_after_the_quarter_lacks_nothing_any_more():
    found = row(late(ending="complete", ended_on=dt.date(2018, 4, 10)))
    assert (found.none_given, found.note, found.next) == (False, "Completed on 10 Apr 2018, after the quarter.", "")


def test_long_plans_are_cut_at_a_word_and_reasons_are_whole():
    reason = "word " * 60
    found = row(late(update=made.update("red", reason, next="more and " * 40)))
    assert found.why == reason
    assert found.next.endswith("more …") or found.next.endswith("and …")
    assert len(found.next) < 180


def test_of_too_many_the_longest_late_are_told_and_the_rest_counted():
    actions = [replace(late(number), days_late=number) for number in range(1, 61)]
    built = of(*actions)
    assert [row.reference for row in built.late.rows] == [f"ASB {number}" for number in range(21, 61)]
    assert (
        built.late.rest == "These are the 40 that are longest late. 20 more are counted above, and stand on the boards."
    )
    assert built.at_risk is None


def test_what_had_no_update_is_named_late_ones_among_it():
    quiet = made.action("ASB 2", lateness.NO_UPDATE, update=made.update("green", quarter=made.Q3))
    told = late(1, update=made.update("amber", "Ill", quarter=made.Q3))
    assert of(told, quiet, late(3)).no_update == (
        ("ASB Operations Group", "ASB 1 and ASB 2; the last update is of 2017-18 Q3."),
    )


# ---------------------------------------------------------------- slips


def test_a_slip_is_drawn_between_its_dates_on_one_axis():
    axis = slip.axis([dt.date(2017, 10, 1), dt.date(2018, 6, 30)], MARCH_31)
    assert (axis.first, axis.last) == (dt.date(2017, 10, 1), dt.date(2018, 8, 1))
    assert axis.x(axis.first) == 4 and axis.x(axis.last) == 100
    assert [tick.words for tick in axis.ticks] == ["Jan", "Apr", "Jul"]
    drawn = slip.slip("A", axis, first=axis.first, due=dt.date(2018, 6, 30), proposed=None, is_open=False)
    assert drawn.line == (4, drawn.due) and drawn.dashes is None
    # 272 of 304 days, of 96 points, after the first 4
    assert float(drawn.due) == pytest.approx(89.9, abs=0.05)


def test_a_time_line_of_many_years_counts_in_years_and_of_one_day_is_no_fault():
    years = slip.axis([dt.date(2014, 1, 1), dt.date(2018, 3, 30)], MARCH_31)
    assert [tick.words for tick in years.ticks] == ["2015", "2016", "2017", "2018"]
    assert slip.axis([], MARCH_31).first == dt.date(2018, 3, 1)
    assert slip.axis([dt.date(2017, 12, 31)], dt.date(2017, 12, 31)).last == dt.date(2018, 2, 1)


# ---------------------------------------------------------------- elsewhere in the pack


def test_the_quarter_on_a_page_gains_one_line():
    assert delivery.in_a_line(made.governed()) == "Three of 11 actions are late, one is at risk and one has no update."
    assert quarter.build(snapshots.sample()).delivery == ""
    assert delivery.in_a_line(made.governed(made.nothing())) == "No delivery plan is agreed."


@pytest.mark.parametrize(
    ("actions", "line"),
    [
        ([made.action("ASB 1")], "None of one action is late."),
        ([late(1)], "One of one action is late."),
        ([late(1), late(2), made.action("ASB 3", lateness.AT_RISK), made.action("ASB 4", lateness.AT_RISK)], "Two of four actions are late and two are at risk."),
    ],
)  # fmt: skip
def test_the_line_tells_only_what_is_out_of_the_ordinary(actions, line):
    governance = made.governance(delivery=(made.delivery("ASB", "ASB", *actions),))
    assert delivery.in_a_line(made.governed(governance)) == line


def test_the_line_never_takes_two_however_many_actions():
    crowd = made.governed(made.crowded(50, 200))
    assert delivery.in_a_line(crowd) == "1,000 of 10,000 actions are late, 1,000 are at risk and 1,000 have no update."
    assert len(delivery.in_a_line(crowd)) < 90  # about 110 letters take the width of the page


def test_commitments_say_how_they_stand_and_from_what():
    first, second, third, fourth, fifth, *_ = [
        item
        for group in priority.build(made.governed(), made.governed().priorities[0]).promises
        for item in group.items
    ]
    assert (first.state.word, first.basis, first.lead) == ("Late", "from ASB 2 and ASB 5", "ASB Operations Group")
    assert (second.state.word, second.basis, second.target) == ("At risk", "said for 2017-18 Q4", "13 of 20 orders")
    assert (third.state.word, fourth.basis, fifth.state.word) == ("Complete", "said for 2017-18 Q3", "No update")


def test_packs_of_earlier_schemas_say_nothing_of_commitments_but_what_the_plan_does():
    built = priority.build(snapshots.sample(), snapshots.sample().priorities[0])
    assert not built.promises_have_states
    assert built.promises[0].items[0].state is None


def test_outcomes_without_a_measure_are_gaps():
    governance = made.governance()
    built = delivery.build(made.governed(governance), governance)
    assert built.outcomes.lede == "One of two outcomes has no measure yet."
    (group,) = built.outcomes.groups
    assert [(one.text, one.verdict) for one in group.outcomes] == [
        ("People here feel safer.", "Nearer than a year ago, 2017-18")
    ]
    assert built.outcomes.gaps == (("A Anti-social behaviour, drugs and alcohol", "People know how to report."),)


def test_an_outcome_known_by_the_plans_words_alone_is_no_gap_and_counted_apart():
    snapshot = made.governed()
    first = snapshot.priorities[0]
    told = replace(first.outcomes[1], kind="plan", known_by="Annual survey", verdict="")
    judged = replace(told, verdict="Nearer than a year ago", year="2017-18")
    own = replace(first, outcomes=(told, judged))
    built = delivery.build(replace(snapshot, priorities=(own, *snapshot.priorities[1:])), snapshot.governance)
    assert (
        built.outcomes.lede
        == "Of each outcome it is said how it will be known. Of two only the plan says how they will be known."
    )
    assert built.outcomes.gaps == ()
    assert built.outcomes.planned == (
        ("A Anti-social behaviour, drugs and alcohol", "People know how to report. (Annual survey)"),
    )
    assert [one.known_by for one in built.outcomes.groups[0].outcomes] == ["As the plan says: Annual survey"]


def test_an_indicator_by_which_an_outcome_is_known_has_its_name():
    snapshot = made.governed()
    first = snapshot.priorities[0]
    known = replace(first.outcomes[0], kind="indicator", known_by="A3", verdict="", year="", evidence="")
    own = replace(first, outcomes=(known,))
    built = delivery.build(replace(snapshot, priorities=(own, *snapshot.priorities[1:])), snapshot.governance)
    assert built.outcomes.groups[0].outcomes[0].known_by == "A3 Ordered into treatment"
    assert built.outcomes.lede == "Of each outcome it is said how it will be known." and built.outcomes.gaps == ()


def test_risks_make_a_pack_restricted():
    bare = tuple(replace(one, indicators=(), context=(), commitments=()) for one in snapshots.sample().priorities)
    quiet = made.governed(made.governance(risks=()), priorities=bare)
    assert cover.marking(quiet).classification == "Unrestricted"
    marked = cover.marking(made.governed(priorities=bare))
    assert (marked.classification, marked.why) == ("Restricted", "Risks are shown")


# ---------------------------------------------------------------- as a PDF


def bare(governance):
    """What is set in a moment: no indicators, the pages of governance alone."""
    return made.governed(
        governance, priorities=tuple(replace(one, indicators=(), context=()) for one in made.governed().priorities)
    )


def test_with_nothing_to_say_every_section_says_so(read):
    rendered = pdf.render(bare(made.nothing()), imprint=Imprint("executive", 1))
    assert gate.problems(rendered.pdf) == [] and rendered.warnings == ()
    text = read(rendered)
    for words in (
        "No body owes a delivery plan.",
        "No action is late.",
        "No action is at risk.",
        "No decision has been recorded since 8 February 2018.",
        "Nothing is outstanding from a meeting or a decision.",
        "Scrutiny waits for no answer, and none was given this quarter.",
        "No risk is open.",
    ):
        assert words in text


def test_200_actions_in_each_of_50_bodies_take_few_pages(read):
    rendered = pdf.render(bare(made.crowded(50, 200)), imprint=Imprint("executive", 1))
    assert gate.problems(rendered.pdf) == [] and rendered.warnings == ()
    text = read(rendered)
    assert "1,000 of 10,000 actions are complete. 1,000 are late, in 50 bodies" in text
    assert text.count("passed, no new date") == delivery.MOST
    assert rendered.pages <= 24


def test_every_late_action_stands_in_the_pack_with_both_dates(pack, read):
    text = read(pack)
    assert "Employ an Adult Mental Health Practitioner in the ASB team" in text
    for words in ("29 Sep 2017", "29 Jun 2018 proposed; moved twice before", "none given", "Said green, 59 days late."):
        assert words in text
