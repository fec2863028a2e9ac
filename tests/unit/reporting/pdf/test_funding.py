"""The pack's part on money: to the penny, what is not known in words, a reason under what varies, and nothing rounded away."""

import datetime as dt
import html
from dataclasses import replace
from decimal import Decimal

import pytest

from lib.typesetting import gate
from reporting import pdf
from reporting.imprint import Imprint
from reporting.pdf import document
from reporting.pdf.parts import cover, funding
from tests.factories import snapshot_funding as made
from tests.factories import snapshot_governance, snapshots
from tests.factories.snapshot_funding import Q1, Q2, Q3, Q4, application, awaited, project, spend, stream

JUNE_30 = dt.date(2018, 6, 30)


def page(**changes):
    held = made.funding(**changes)
    return funding.build(made.funded(held), held)


def spending(*projects, **changes):
    return page(projects=projects, **changes)


def cells(line):
    return [cell.text or cell.words for cell in line.cells]


def under(line):
    return " ".join(f"{one.before}{one.strong}{one.after}" for one in line.sayings)


def line(*quarters, amount="2000.00", year="1000.00", **changes):
    (group,) = spending(project("Patrols", amount, year, *quarters, **changes)).groups
    return group.themes[0].lines[0]


# ---------------------------------------------------------------- the first lines


@pytest.mark.parametrize(
    ("changes", "lede"),
    [
        ({}, "There is £7,335,876 for 2017-18, all of it in a stream without projects; of two more streams the year’s amount is not known. £112,825.01 is verified as spent, £14,479.41 of it in Q4; two amounts are awaited. Nobody is asked what one project spends. One stream and its two projects end by 31 March 2019; so do 18 paid posts. One application for £12,000 waits for a decision."),
        ({"streams": made.STREAMS[1:2], "projects": made.PROJECTS[:2], "applications": (), "posts": ()}, "There is £7,335,876 for 2017-18, all of it in a stream without projects. £112,825.01 is verified as spent, £14,479.41 of it in Q4; two amounts are awaited. Two projects end by 31 March 2019."),
        ({"streams": made.STREAMS[:1], "projects": made.PROJECTS[2:], "applications": ()}, "How much there is for 2017-18 is not known. Nobody is asked what projects spend. One stream ends by 31 March 2019; so do 18 paid posts."),
        ({"streams": (), "projects": (), "applications": (), "posts": ()}, "No stream of money runs in 2017-18."),
        ({"streams": (), "projects": (project("P", "9.00", "9.00", spend(Q1), spend(Q2), spend(Q3), awaited(Q4)),), "applications": ()}, "No stream of money runs in 2017-18. No spend is known yet: one amount is awaited. One project ends by 31 March 2019; so do 18 paid posts."),
        ({"streams": (), "projects": (project("P", "0.20", "0.20", spend(Q1, "0.10"), spend(Q2, "0.10"), spend(Q3, "0.10"), spend(Q4)),), "applications": (application(1, "A"), application(2, "B", asked=Decimal("0.10")))}, "No stream of money runs in 2017-18. £0.30 is verified as spent. One project ends by 31 March 2019; so do 18 paid posts. One project has spent more than was given. Two applications for £12,000.10 in all wait for a decision."),
    ],
)  # fmt: skip
def test_the_page_begins_with_what_there_is_and_what_is_spent(changes, lede):
    assert page(**changes).lede == lede


# ---------------------------------------------------------------- streams


def test_each_stream_has_its_year_what_is_given_spent_and_left():
    built = page(streams=(*made.STREAMS[:2], stream("Levy", "500.00", "100000.00", "405650.00")))
    fund, health, levy = built.streams
    assert cells(fund) == ["not known", "£405,650.00", "£14,479.41", "£112,825.01", "not known"]
    assert [cell.sub or cell.pair for cell in fund.cells] == ["", "of £1,610,109.00", "without one", "without two", ""]
    assert fund.detail == "Mayor’s Office for Policing and Crime (MOPAC). Two-year allocations, no carry-forward into years 3 and 4"  # fmt: skip
    assert cells(health) == ["£7,335,876.00", "no projects", "no projects", "no projects", "not known"]
    assert cells(levy)[0] == "£100,000.00"
    assert built.streams_total.name == "All three streams"
    assert cells(built.streams_total) == ["£7,435,876.00", "£811,300.00", "£14,479.41", "£112,825.01", "not known"]
    assert built.streams_total.cells[0].sub == "without one"


def test_what_is_overspent_has_a_minus_sign_and_the_word():
    own = project("Patrols", "200.00", "100.00", spend(Q1, "100.10"), spend(Q2), spend(Q3), spend(Q4))
    (row,) = spending(own, streams=(stream(made.LCPF, "200.00", "100.00", "200.00"),)).streams
    left = row.cells[-1]
    assert (left.text, left.sub, left.is_strong) == ("−£0.10", "overspent", True)


@pytest.mark.parametrize(
    ("last", "words"),
    [(spend(Q4, "10.00"), ""), (spend(Q4), ""), (awaited(Q4), "at most"), (None, "at most")],
)
def test_what_is_left_is_at_most_that_where_spend_is_not_known(last, words):
    first = [spend(Q1, "10.00"), spend(Q2), spend(Q3)]
    projects = (project("P", "90.00", "90.00", *first, last or spend(Q4)), *(() if last else (project("Q", "5.00", "5.00"),)))  # fmt: skip
    (row,) = spending(*projects, streams=(stream(made.LCPF, "100.00", "100.00", "95.00"),)).streams
    assert row.cells[-1].sub == words


def test_a_single_stream_needs_no_sum():
    assert page(streams=made.STREAMS[:1]).streams_total is None


# ---------------------------------------------------------------- projects


def test_projects_stand_under_the_funders_headings_with_sub_totals():
    two = project("Advocacy", "1000.00", "500.00", *(spend(one, "0.10") for one in (Q1, Q2, Q3, Q4)), forecast=Decimal("500.00"))  # fmt: skip
    fund, prevent = spending(*made.PROJECTS[:2], two, made.PROJECTS[2]).groups
    women, gangs = fund.themes
    assert [one.name for one in women.lines] == ["Violence against women and girls", "Advocacy"]
    assert cells(women.lines[0]) == [
        "£52,825.00", "£12,345.60", "£13,000.00", "£13,000.00", "£14,479.41", "£52,825.01", "£52,825.01",
    ]  # fmt: skip
    assert women.total.name == "Sub-total: Violence against women and girls"
    assert cells(women.total) == [
        "£53,325.00", "£12,345.70", "£13,000.10", "£13,000.10", "£14,479.51", "£52,825.41", "£53,325.01",
    ]  # fmt: skip
    assert gangs.total is None
    assert cells(gangs.lines[0])[3:6] == ["awaited", "awaited", "£60,000.00"]
    assert gangs.lines[0].cells[5].sub == "without Q3 and Q4"
    assert fund.total.name == "All of London Crime Prevention Fund"
    assert cells(fund.total)[1:6] == ["£42,345.70", "£43,000.10", "£13,000.10", "£14,479.51", "£112,825.41"]
    assert [cell.sub for cell in fund.total.cells] == ["", "", "", "without one", "without one", "without two", ""]
    assert cells(prevent.themes[0].lines[0]) == ["not split", *["not asked"] * 5, "not made"]
    assert (prevent.themes[0].name, prevent.total) == ("", None)


def test_tenths_of_a_pound_add_up_to_the_penny():
    quarters = [spend(one, "0.10") for one in (Q1, Q2, Q3)]
    assert cells(line(*quarters, spend(Q4, "0.20")))[1:6] == ["£0.10", "£0.10", "£0.10", "£0.20", "£0.50"]


def test_a_project_that_spent_nothing_says_so_in_figures():
    assert cells(line(*(spend(one, "0.00") for one in (Q1, Q2, Q3, Q4))))[1:6] == ["£0.00"] * 5


def test_an_amount_that_is_not_yet_verified_is_shown_and_added_up_nowhere():
    own = line(spend(Q1, "10.00"), spend(Q2), spend(Q3), spend(Q4, "5.00", state="unverified"))
    assert (own.cells[4].text, own.cells[4].sub) == ("£5.00", "not yet verified")
    assert (own.cells[5].text, own.cells[5].sub) == ("£10.00", "without Q4")


def test_a_missing_amount_gives_its_reason_and_day_under_the_row():
    told = spend(Q4, state="missing", reason="Awaiting partner", expected_on=dt.date(2018, 5, 31))
    own = line(spend(Q1), spend(Q2), spend(Q3), told)
    assert cells(own)[4:6] == ["missing", "awaited"]
    assert "Q4: awaiting partner, expected 31 May 2018." in under(own)


def test_quarters_to_come_are_to_come_unless_the_project_ends_before():
    def at_half_year(**changes):
        own = project("P", "9.00", "9.00", spend(Q1, "1.00"), spend(Q2, "1.00"), spend(Q3), spend(Q4), **changes)
        held = made.funding(quarter=Q2, projects=(replace(own, this=own.quarters[1]),))
        built = funding.build(made.funded(held), held)
        assert (built.year_head, built.to_date_head, built.quarter_head) == ("Year to date", "Year to date", "Spent in Q2")  # fmt: skip
        return cells(built.groups[0].themes[0].lines[0])[3:5]

    assert at_half_year() == ["to come", "to come"]
    assert at_half_year(closed_on=dt.date(2017, 10, 1)) == ["to come", "not asked"]
    assert at_half_year(ends_on=dt.date(2017, 9, 30)) == ["not asked", "not asked"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"forecast": Decimal("1000.01"), "reason": "Dearer."}, "Forecast £0.01 over this year’s money. Dearer."),
        ({"forecast": Decimal("0.00"), "reason": "Not begun"}, "Forecast £1,000 under this year’s money. Not begun."),
        ({"forecast": Decimal("900.50")}, "Forecast £99.50 under this year’s money. No reason is given."),
        ({"forecast": Decimal("1000.00"), "reason": "As planned"}, "Forecast: As planned."),
        ({"forecast": Decimal("7.00"), "year": None, "reason": "A guess"}, "Forecast: A guess."),
        ({}, ""),
    ],
)
def test_a_variance_has_its_reason_in_words(changes, words):
    own = line(spend(Q1, "1.00"), spend(Q2), spend(Q3), spend(Q4), **changes)
    assert under(own) == f"{words} So far £1 of £2,000; it ends on 31 March 2019.".strip()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"spent_so_far": None}, "None of its £2,000 is known to be spent yet; it ends on 31 March 2019."),
        ({"is_collected": False, "ends_on": None}, "Nobody is asked what of its £2,000 is spent; its last day is not known."),
        ({"spent_so_far": Decimal("2000.10")}, "So far £2,000.10, £0.10 more than it was given (£2,000); it ends on 31 March 2019."),
        ({"closed_on": JUNE_30, "closed_because": "The provider left."}, "So far £1 of £2,000. Closed on 30 June 2018: The provider left."),
        ({"awaited": (Q4.year_ago, Q4)}, "So far £1 of £2,000; it ends on 31 March 2019. Awaited of earlier years: 2016-17 Q4."),
    ],
)  # fmt: skip
def test_all_of_its_life_is_told_under_the_row(changes, words):
    assert under(line(spend(Q1, "1.00"), spend(Q2), spend(Q3), spend(Q4), **changes)) == words


def test_an_amount_too_long_for_its_column_may_be_broken_and_loses_nothing():
    long = line(spend(Q1, "999999999.99"), spend(Q2), spend(Q3), spend(Q4)).cells[1].text
    assert long.replace("\N{ZERO WIDTH SPACE}", "") == "£999,999,999.99" != long


# ---------------------------------------------------------------- the rest


def test_restated_spend_says_what_it_was_is_now_and_why():
    (row,) = page().restated
    told = (row.quarter, row.was, row.now, row.change, row.kind, row.why, row.verified)
    assert told == (
        "2017-18 Q2", "£13,900.00", "£13,000.00", "−£900.00", "Correction", "An invoice was counted twice.", "6 Mar 2018",
    )  # fmt: skip
    older = replace(made.funding().restated[0], quarter=Q4.year_ago)
    assert len(page(restated=(older,)).restated) == 1
    assert page(restated=(older,), since=dt.date(2018, 3, 6)).restated == ()  # told in the pack before
    assert len(page(since=dt.date(2018, 3, 6)).restated) == 1  # still marked in the table of the year


def test_what_ends_says_what_stops_with_it_or_what_it_serves():
    first = snapshots.sample().priorities[2].indicators[0]
    soon = replace(made.PROJECTS[2], ends_on=JUNE_30, indicators=(first.slug, "not-in-the-set"))
    held = made.funding(projects=(*made.PROJECTS[:2], soon))
    built = funding.build(made.funded(held), held)
    assert [(row.day, row.name, row.kind, row.amount, row.stops) for row in built.ending] == [
        ("30 Jun 2018", "Prevent training", "Project", "£132,000.00", "Priority C Hate crime, cohesion and extremism; meant to move C1."),
        ("31 Mar 2019", "London Crime Prevention Fund", "Stream", "£1,610,109.00", "With it stop Violence against women and girls (to move B2) and Gang intervention (to move B4)."),
        ("31 Mar 2019", "Neighbourhood officers", "People paid for", "18 police officers", "Priority A Anti-social behaviour, drugs and alcohol."),
        ("31 Mar 2018", "Public Health grant", "Stream, ended", "£7,335,876.00", "No project or post hangs on it."),
    ]  # fmt: skip
    assert built.ends_by == "31 March 2019"


def test_growth_and_savings_come_with_their_net():
    built = page()
    assert [(row.what_for, row.growth, row.saving) for row in built.changes] == [
        ("Enforcement officers", "£150,000.00", ""),
        ("Substance misuse contracts", "", "£284,000.00"),
    ]
    assert (built.growth, built.saving, built.net) == ("£150,000.00", "£284,000.00", "−£134,000.00")
    assert page(budget_changes=made.funding().budget_changes[:1]).net == "+£150,000.00"


def test_people_are_counted_kind_by_kind():
    police = made.funding().posts
    wardens = replace(police[0], number=2, posts="wardens", stream=made.HEALTH)
    built = page(posts=(*police, wardens))
    assert built.posts_totals == ((24, "police officers"), (2, "wardens"))
    assert [row.paid_from for row in built.posts] == ["not known", "not known", "Public Health grant"]


def test_applications_stand_by_whether_they_wait():
    withdrawn = application(4, "A drone", "withdrawn", ended_on=dt.date(2018, 3, 1))
    built = page(applications=(*made.funding().applications, withdrawn))
    (waits,) = built.waiting
    assert (waits.reference, waits.asked, waits.day) == ("ASB F2", "£12,000.00", "20 Apr 2018")
    assert [(row.reference, row.verdict, row.agreed, row.asked, row.day) for row in built.decided] == [
        ("ASB F1", "Agreed subject to conditions, one condition", "£9,000.00", "£12,000.00", "22 Feb 2018"),
        ("ASB F3", "Not agreed", "nothing", "£12,000.00", "22 Feb 2018"),
        ("ASB F4", "Withdrawn", "", "£12,000.00", "1 Mar 2018"),
    ]
    assert built.decided[0].interests == "Interest declared: Priya Nair: chairs the applying group."
    assert [(row.source, row.text, row.late) for row in built.conditions] == [("ASB F1", "Name the provider", "")]


def test_what_was_made_up_says_so():
    built = page()
    assert built.waiting[0].title == "Lighting in three parks (sample)"
    assert built.made_up == (
        "Names and whole amounts of projects are real unless marked as sample; who leads and delivers them, whom they serve, how they "
        "are split by year, what they spent and expect to spend and what they promise was made up."
    )
    assert page(projects=(replace(made.PROJECTS[0], has_sample_parts=False),)).made_up == ""


def test_what_is_printed_and_does_not_fit_is_told_beside_the_name():
    odd = replace(made.STREAMS[0], note="A 30% cut of £150,000 to £662,986.")
    assert page(streams=(odd,)).notes == ((made.LCPF, "A 30% cut of £150,000 to £662,986."),)


# ---------------------------------------------------------------- as a part of the pack


def bare(held):
    """What is set in a moment: no indicators."""
    own = (replace(one, indicators=(), context=(), commitments=(), outcomes=()) for one in snapshots.sample().priorities)  # fmt: skip
    return made.funded(held, governance=snapshot_governance.nothing(), priorities=tuple(own))


def test_a_pack_of_an_older_schema_has_no_such_part():
    old = replace(bare(made.funding()), funding=None)
    assert "money" not in [entry.anchor for entry in document._told(old, Imprint("executive", 1), "").contents]
    assert 'id="money"' not in document.html(old, imprint=Imprint("executive", 1))
    assert cover.marking(old).classification == "Unrestricted"


def test_money_marks_the_pack_restricted():
    marked = cover.marking(bare(made.funding()))
    assert (marked.classification, marked.why) == ("Restricted", "Money is shown")
    assert cover.marking(bare(made.nothing())).why == ""


def test_where_nothing_is_held_the_part_is_one_sentence(read):
    rendered = pdf.render(bare(made.nothing()), imprint=Imprint("executive", 1))
    assert gate.problems(rendered.pdf) == [] and rendered.warnings == ()
    text = read(rendered)
    assert "No money is held for 2017-18." in text
    assert "What there is, by stream" not in text


def test_where_little_is_held_every_section_says_what_there_is_not(read):
    held = made.nothing(budget_changes=made.funding().budget_changes)
    rendered = pdf.render(bare(held), imprint=Imprint("executive", 1))
    assert gate.problems(rendered.pdf) == [] and rendered.warnings == ()
    text = read(rendered)
    for words in (
        "No stream of money runs in 2017-18.",
        "No application waits for a decision.",
        "No project runs in 2017-18.",
        "No spend of 2017-18 was restated.",
        "Nothing is known to end by then.",
        "None was decided or withdrawn.",
        "Nobody is known to be paid for.",
    ):
        assert words in text


def test_every_amount_stands_in_the_pack_to_the_penny(pack, read):
    text = read(pack)
    wanted = ["£12,345.60", "£14,479.41", "£52,825.01", "£112,825.01", "£7,335,876.00", "£1,610,109.00", "£0.01 over"]
    assert [words for words in wanted if words not in text] == []
    part = pack.html.partition('id="money"')[2].partition("</section>")[0]
    assert part.count(">awaited<") == 2


def test_300_projects_are_all_there_and_their_head_on_every_page(read):
    rendered = pdf.render(bare(made.crowded(300)), imprint=Imprint("executive", 1))
    assert gate.problems(rendered.pdf) == [] and rendered.warnings == ()
    assert rendered.pages <= 32
    pages = [read(rendered, number, number) for number in range(1, rendered.pages + 1)]
    holding = [text for text in pages if "So far £1,001 of £2,000" in text]
    assert len(holding) > 10
    assert [text for text in holding if "For 2017-18" not in text or "Forecast" not in text] == []
    assert [number for number in range(1, 301) if f"Project number {number} " not in " ".join(holding)] == []
    # 300 × (100.10 + 200.20 + 300.30), and 240 × 400.40
    assert "£276,276.00" in html.unescape(rendered.html)


def test_long_words_and_large_amounts_break_nothing():
    long = project("Verylongname" * 13, "999999999.99", "999999999.99", spend(Q1, "999999999.99"), spend(Q2), spend(Q3), spend(Q4), theme="T" * 120)  # fmt: skip
    wide = stream("S" * 120, "999999999.99", "999999999.99", "999999999.99", terms="W" * 300)
    rendered = pdf.render(bare(made.funding(streams=(wide,), projects=(long,))), imprint=Imprint("executive", 1))
    assert gate.problems(rendered.pdf) == [] and rendered.warnings == ()
