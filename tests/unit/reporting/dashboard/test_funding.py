"""Money on the dashboard: what is said first, what needs a look, and a row for each stream."""

import datetime as dt
from decimal import Decimal

from reporting import dashboard
from reporting.dashboard import funding
from tests.factories import snapshot_funding as made
from tests.factories import snapshot_governance, snapshots
from tests.factories.snapshot_funding import Q1, Q2, Q3, Q4, awaited, project, spend

LONG_AGO = dt.date(2018, 2, 8)


def built(**changes):
    return funding.build(made.funded(made.funding(**changes)))


def looks(*projects):
    return [(line.name, line.words) for line in built(projects=projects).projects]


def cells(row):
    return [(cell.said.words, cell.said.note) for cell in row.cells]


# ---------------------------------------------------------------- the first lines


def test_the_first_lines_say_what_there_is_what_is_spent_to_the_penny_and_what_is_awaited():
    # 12,345.60 + 13,000 + 13,000 + 14,479.41 + 30,000 + 30,000; 14,479.41 alone in Q4
    assert built().lede == (
        "There is £7,335,876 for 2017-18, all of it in a stream without projects; of two more streams the year’s amount is not known. "
        "£112,825.01 is verified as spent, £14,479.41 of it in Q4; two amounts are awaited. "
        "Nobody is asked what one project spends. "
        "One stream and its two projects end by 31 March 2019; so do 18 paid posts. "
        "One application for £12,000 waits for a decision."
    )


def test_what_is_not_known_is_no_zero():
    stream = made.stream("Fund", None, None, "0")
    none = project("None", "10.00", None, *map(awaited, (Q1, Q2, Q3, Q4)))
    assert built(streams=(stream,), projects=(none,), applications=(), posts=()).lede == (
        "How much there is for 2017-18 is not known. No spend is known yet: four amounts are awaited. "
        "One stream ends by 31 March 2019; so does one project."
    )


def test_in_the_first_quarter_the_year_has_just_begun():
    parts = [spend(Q1, "12.34"), *(spend(quarter) for quarter in (Q2, Q3, Q4))]
    one = project("P", "20.00", "20.00", *parts, this=parts[0])
    page = funding.build(made.funded(made.funding(quarter=Q1, projects=(one,), applications=(), posts=())))
    assert page.lede.endswith("£12.34 is verified as spent. One stream and its project end by 31 March 2019.")
    assert page.heads == ("For 2017-18", "Spent in Q1", "Spent this year so far", "Left of the year")


# ---------------------------------------------------------------- what needs a look


def test_applications_that_wait_lead_to_their_pages():
    (line,) = built().waiting
    assert (line.address, line.key, line.name) == (
        "governance:funding-application-detail",
        "2",
        "ASB F2 Lighting in three parks (sample)",
    )
    assert line.words == "ASB Operations Group asks for £12,000. Submitted on 20 April 2018."


def test_of_many_applications_five_are_named():
    page = built(applications=tuple(made.application(number, f"Thing {number}") for number in range(1, 9)))
    assert [line.key for line in page.waiting] == ["1", "2", "3", "4", "5"]
    assert page.more_waiting == 3


def test_overspent_projects_come_first_then_the_largest_variances_with_their_reasons():
    under = project("Under", "100.00", "100.00", forecast=Decimal("40"), reason="Two posts were vacant")
    over = project("Over", "100.00", "100.00", forecast=Decimal("100.01"))
    spent = project("Overspent", "10.00", None, spend(Q1, "10.01"), spend(Q2), spend(Q3), spend(Q4))
    fine = project("Fine", "100.00", "100.00", spend(Q1, "1"), spend(Q2), spend(Q3), spend(Q4))
    assert looks(fine, over, under, spent) == [
        ("Overspent", "£0.01 more is spent than its £10."),
        ("Under", "Expected to spend £60 less than the year’s money. Two posts were vacant."),
        ("Over", "Expected to spend £0.01 more than the year’s money. No reason is given."),
    ]


def test_a_forecast_of_just_the_years_money_needs_no_look():
    assert looks(project("Fine", "100.00", "100.00", forecast=Decimal("100.00"))) == []


def test_each_quarter_that_is_out_says_how_it_stands():
    one = project(
        "Late", "100.00", None, awaited(Q1), awaited(Q2), spend(Q3, "1000.50", state="unverified"),
        spend(Q4, state="missing", reason="Awaiting partner", expected_on=dt.date(2018, 6, 1)),
        awaited=(Q1.previous, Q1, Q2, Q3, Q4),
    )  # fmt: skip
    assert looks(one) == [
        (
            "Late",
            "Spend of 2016-17 Q4, Q1 and Q2 is awaited. Q3: £1,000.50, not yet verified. "
            "Q4: awaiting partner, expected by 1 June 2018.",
        )
    ]


def test_a_project_that_was_closed_of_late_says_why():
    closed = {"closed_on": dt.date(2018, 2, 9), "closed_because": "The provider left."}
    assert looks(project("Closed", "100.00", None, **closed)) == [
        ("Closed", "Closed on 9 February 2018: the provider left.")
    ]
    assert looks(project("Closed", "100.00", None, **{**closed, "closed_on": LONG_AGO})) == []


def endings(**changes):
    return [(day.day, [(line.name, line.words) for line in day.lines], day.more) for day in built(**changes).ending]


def test_what_ends_within_12_months_says_what_stops_with_it():
    page = built(streams=made.STREAMS[:1])
    assert page.ends_by == "31 March 2019"
    (day,) = page.ending
    assert (day.day, day.more) == ("31 March 2019", 0)
    assert [(line.address, line.name, line.words) for line in day.lines] == [
        (
            "governance:funding-stream-detail",
            "London Crime Prevention Fund",
            "£1,610,109, with it Violence against women and girls and 1 more",
        ),
        ("", "Neighbourhood officers", ""),
    ]


def test_what_ends_stands_by_its_day_and_of_many_the_largest_three_are_named():
    soon, late = dt.date(2018, 6, 30), dt.date(2018, 12, 31)
    small = [project(f"P{number}", f"{number}.00", None, ends_on=late) for number in (1, 2, 3, 4, 5)]
    first = project("First", "1.00", None, ends_on=soon)
    assert endings(streams=(), posts=(), applications=made.funding().applications, projects=(*small, first)) == [
        ("30 June 2018", [("First", "£1")], 0),
        ("31 December 2018", [("P5", "£5"), ("P4", "£4"), ("P3", "£3")], 2),
    ]


# ---------------------------------------------------------------- streams


def test_each_stream_has_a_row_and_all_of_them_one():
    fund, health, prevent, every = built().rows
    assert (fund.slug, fund.name) == ("london-crime-prevention-fund", "London Crime Prevention Fund")
    assert cells(fund) == [
        ("Not split by year", ""),
        ("£14,479.41", "one awaited"),
        ("£112,825.01", "two awaited"),
        ("Not known", ""),
    ]
    assert cells(health) == [("£7,335,876", ""), ("No projects", ""), ("No projects", ""), ("Not known", "")]
    assert cells(prevent) == [("Not known", ""), ("Nobody is asked", ""), ("Nobody is asked", ""), ("Not known", "")]
    assert (every.slug, every.name) == ("", "All three streams")
    assert cells(every) == [
        ("£7,335,876", "two not known"),
        ("£14,479.41", "one awaited; nobody is asked about one"),
        ("£112,825.01", "two awaited; nobody is asked about one"),
        ("Not known", ""),
    ]


def test_what_is_left_of_the_year_is_to_the_penny():
    stream = made.stream("Fund", "100.00", "100.00", "100.00")
    one = project("P", "100.00", None, spend(Q1, "0.01"), spend(Q2), spend(Q3), spend(Q4), stream="Fund")
    (row,) = built(streams=(stream,), projects=(one,)).rows  # one stream needs no sum
    assert cells(row)[3] == ("£99.99", "")
    out = project("P", "100.00", None, spend(Q1, "0.01"), awaited(Q2), spend(Q3), spend(Q4), stream="Fund")
    (row,) = built(streams=(stream,), projects=(out,)).rows
    assert cells(row)[3] == ("£99.99", "at most")


def test_what_all_streams_have_left_is_not_known_unless_it_is_known_of_every_one():
    whole = project("P", "100.00", None, *(spend(one, "1.10") for one in (Q1, Q2, Q3, Q4)), stream="One")
    streams = (made.stream("One", "10.00", "10.00", "10.00"), made.stream("Two", "20.00", "20.00", "20.00"))
    *_, every = built(streams=streams, projects=(whole,)).rows
    assert cells(every)[3] == ("Not known", "")
    other = project("Q", "100.00", None, *(spend(one, "0.10") for one in (Q1, Q2, Q3, Q4)), stream="Two")
    *_, every = built(streams=streams, projects=(whole, other)).rows
    assert cells(every)[3] == ("£25.20", "")  # 10 − 4.40, and 20 − 0.40
    *_, every = built(streams=streams, projects=(whole, other, project("R", "9.00", None, stream="Two"))).rows
    assert cells(every)[2:] == [("£4.80", "nobody is asked about one"), ("£25.20", "at most")]


# ---------------------------------------------------------------- where there is none


def test_there_is_no_such_part_without_money():
    assert funding.build(snapshots.sample()) is None
    assert funding.build(made.funded(made.nothing())) is None
    assert funding.build(made.funded(made.nothing(posts=made.funding().posts))) is None
    assert dashboard.build(snapshot_governance.governed()).funding is None


def test_money_changes_nothing_of_what_is_rated_and_counted():
    with_money, without = dashboard.build(made.funded()), dashboard.build(snapshot_governance.governed())
    for name in ("headline", "bars", "strip", "scorecard", "attention", "changes", "outstanding", "deciding", "beside"):
        assert getattr(with_money, name) == getattr(without, name), name
