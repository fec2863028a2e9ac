"""The parts of a pack that are words: decisions asked for, what changed, consultations, covering note, erratum, and that a draft is one."""

import datetime as dt
from dataclasses import replace

import pytest

from governance import lateness
from lib.typesetting import gate
from reporting import pdf
from reporting.imprint import Erratum, Imprint, SinceIssue
from reporting.pdf import document, sections
from reporting.pdf.parts import asked_for, changed, changes, cover, heard
from reporting.snapshots.shape import ConsultedPart, SmallNumbers, ToDecidePart, VerdictPart
from tests.factories import snapshot_governance
from tests.factories.snapshot_parts import alone, part

ISSUED = Imprint("executive", 1)
ASKED = (
    ToDecidePart("Agree the budget", "Agenda item 3", "", "Head of service"),
    ToDecidePart("Lights: £12,000", "Application for money", "ASB F2", "ASB group"),
    ToDecidePart("Delivery plan 2018-19 of ASB group", "Delivery plan", "ASB", "ASB group"),
    ToDecidePart("Target proposed for 2017-18: A1", "Proposed targets", "A1", "Partnership team"),
)


def bare(**changes):
    """What is set in a moment."""
    return alone(part("domestic-abuse-reports"), **changes)


# ---------------------------------------------------------------- decisions asked for


def test_each_says_where_it_comes_from_and_where_to_read_on():
    made = asked_for.build(bare(to_decide=ASKED), {"money", "definitions"})
    assert [(row.source, row.who, row.anchor, row.on) for row in made.rows] == [
        ("Agenda item 3", "Head of service", "", "The meeting’s papers"),
        ("Application for money ASB F2", "ASB group", "money", "Money"),
        ("Delivery plan", "ASB group", "", ""),  # this pack has no such section
        ("Proposed targets", "Partnership team", "definitions", "Definitions"),
    ]
    assert "meeting on 22 May 2018" in made.lede


def test_nothing_asked_is_said():
    assert asked_for.build(bare(), ()).nothing == "Nothing is asked to be decided."
    assert asked_for.in_a_line(bare()) == ""


@pytest.mark.parametrize(
    ("how_many", "line"), [(1, "One decision is asked for."), (4, "Four decisions are asked for.")]
)
def test_the_quarter_counts_them_in_a_line(how_many, line):
    snapshot = bare(to_decide=ASKED[:how_many])
    assert asked_for.in_a_line(snapshot) == line
    assert line in document.html(snapshot, ISSUED)


# ---------------------------------------------------------------- what changed


def test_figures_delivery_and_the_issue_before_stand_apart():
    one = replace(part("domestic-abuse-reports"), verdict=VerdictPart("red", ""), last_verdict=VerdictPart("amber", ""))
    told = replace(ISSUED, since_issue=SinceIssue("issue 1", ("B2 was green and is red.",)))
    made = changes.build(alone(one), told)
    assert [(group.heading, group.lines) for group in made.groups] == [
        ("Figures since Q3", ("B2 was amber and is red.",)),
        ("Since issue 1", ("B2 was green and is red.",)),
    ]


def test_where_nothing_changed_or_nothing_was_issued_it_says_so():
    (_, first) = changes.build(bare(), ISSUED).groups
    assert (first.heading, first.nothing) == ("Since the last issue", changes.NEVER_ISSUED)
    (_, same) = changes.build(bare(), replace(ISSUED, since_issue=SinceIssue("issue 1", ()))).groups
    assert (same.heading, same.nothing) == ("Since issue 1", changes.SAME)


def delivering(*actions):
    held = snapshot_governance.governance()
    return bare(governance=replace(held, delivery=(snapshot_governance.delivery("ASB", "ASB group", *actions),)))


def late(reference, due):
    return snapshot_governance.action(reference, lateness.LATE, due_on=due, days_late=1)


def test_what_is_late_says_how_much_of_it_was_when_last_quarter_ended():
    """Q3 ended on 31 December: what was due on that day was not late on it."""
    two = delivering(late("ASB 1", dt.date(2017, 12, 30)), late("ASB 2", dt.date(2017, 12, 31)))
    assert changed.delivered(two) == (
        "Two actions are late; one of them was when Q3 ended: ASB 1.",
        "No action was completed in the quarter.",
    )
    assert changed.delivered(delivering(late("ASB 1", dt.date(2017, 12, 30))))[0] == (
        "One action is late, and was when Q3 ended: ASB 1."
    )
    assert changed.delivered(delivering(late("ASB 2", dt.date(2017, 12, 31))))[0] == (
        "One action is late; none of them was when Q3 ended."
    )


def test_what_was_completed_in_the_quarter_is_named():
    def done(reference, day):
        return snapshot_governance.action(reference, lateness.COMPLETE, ending="complete", ended_on=day)

    made = delivering(
        done("ASB 1", dt.date(2017, 12, 31)), done("ASB 2", dt.date(2018, 1, 1)), done("ASB 3", dt.date(2018, 3, 31))
    )
    assert changed.delivered(made) == (
        "No action is late.",
        "Two actions were completed in the quarter: ASB 2 and ASB 3.",
    )


def test_without_actions_nothing_is_said_of_delivery():
    assert changed.delivered(bare()) == changed.delivered(delivering()) == ()


# ---------------------------------------------------------------- consultations


def test_new_results_are_told_with_their_days_and_findings():
    one = ConsultedPart(
        "safety", "What matters", dt.date(2018, 1, 8), dt.date(2018, 2, 9), dt.date(2018, 4, 3), 1389,
        ("Gangs came first.",), True,
    )  # fmt: skip
    (told,) = heard.build(bare(consulted=(one,))).consultations
    assert told.title == "What matters (sample)"
    assert told.answered == (
        "1,389 answered from 8 January 2018 to 9 February 2018. Results published on 3 April 2018."
    )
    assert told.findings == ("Gangs came first.",)


def test_no_new_results_are_said():
    assert heard.build(bare()).nothing == "No consultation’s results are new."


# ---------------------------------------------------------------- cover, note and erratum

DRAFT = replace(ISSUED, issue=2, draft=3)


def test_a_draft_says_so_large_and_on_every_page(read):
    made = pdf.render(bare(), DRAFT)
    first = read(made, 1, 1)
    assert first.count("Draft 3 of issue 2, not approved") == 2  # large, and among the facts
    for page in range(1, made.pages + 1):
        assert "Executive edition, draft 3 of issue 2, not approved, 2017-18 Q4" in read(made, page, page)


def test_what_may_be_issued_says_nothing_of_a_draft():
    assert cover.build(bare(), ISSUED, ()).draft == ""


@pytest.mark.parametrize(
    ("imprint", "small", "words"),
    [
        (ISSUED, None, "Executive, complete"),
        (Imprint("public", 1), SmallNumbers(5, False, 0), "Public, small numbers hidden"),
        (Imprint("public", 1), SmallNumbers(0, False, 0), "Public"),
    ],
)
def test_the_cover_says_which_edition_it_is(imprint, small, words):
    facts = dict((name, value) for name, value, _ in cover.build(bare(small_numbers=small), imprint, ()).facts)
    assert facts["Edition"] == words


NOTE = "\n\n".join(
    f"Paragraph {number}: {'the figures of two partners are late, and why. ' * 12}" for number in range(20)
)
REISSUE = replace(
    ISSUED, issue=2, note=NOTE, note_by="Partnership team",
    erratum=Erratum(1, dt.date(2018, 5, 10), "B3 counted 28 offences twice."),
)  # fmt: skip


def test_a_reissue_begins_with_its_erratum_and_the_whole_covering_note(read):
    """Twenty paragraphs take several pages; none is cut, and the quarter still has its page."""
    made = pdf.render(bare(), REISSUE)
    assert gate.problems(made.pdf) == [] and made.warnings == ()
    assert "Replaces Issue 1 of 10 May 2018" in read(made, 1, 1)
    second = read(made, 2, 2)
    assert "Erratum to issue 1" in second and "B3 counted 28 offences twice." in second
    text = read(made)
    assert all(f"Paragraph {number}:" in text for number in range(20))
    anchors = [made.html.index(f'id="{name}"') for name in ("erratum", "note", "quarter")]
    assert anchors == sorted(anchors)


# ---------------------------------------------------------------- sections


def test_only_chosen_sections_stand_in_it_in_their_order_and_no_link_leads_nowhere():
    chosen = replace(ISSUED, sections=("definitions", "year"))
    made = pdf.render(bare(governance=snapshot_governance.governance(), to_decide=ASKED), chosen)
    assert made.warnings == ()
    ids = [key for key in sections.BY_KEY if f'id="{key}"' in made.html]
    assert ids == ["quarter", "year", "definitions"]
    assert made.html.index('id="definitions"') < made.html.index('id="year"')
    assert 'href="#delivery"' not in made.html and 'href="#to_decide"' not in made.html


def test_the_quarter_may_stand_alone():
    """An old key that is no section any more leaves nothing but what is always there."""
    made = pdf.render(bare(), replace(ISSUED, sections=("quarter",)))
    assert made.pages == 2
