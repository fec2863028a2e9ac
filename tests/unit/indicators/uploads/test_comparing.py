"""What a cell would do to the return it is for: each state of a return, each refusal, and who may."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from indicators import actions
from indicators.models import Indicator, MonthlyFigure, Return, Round
from indicators.uploads import keeping
from indicators.uploads.comparing import CHANGED, NEW, REFUSED, SAME, Comparison, compare
from indicators.uploads.offers import Offer, Place, Reading
from tests.factories.accounts import UserFactory
from tests.factories.indicators import LeadFactory, sent, verified
from tests.unit.indicators.uploads.world import Q1, Q3, Q4, TODAY, World, compared, read

pytestmark = pytest.mark.django_db
HEAD = "Reference,Quarter,Figure\n"


@pytest.fixture
def world() -> World:
    return World()


def only(text, by, on=TODAY):
    (line,) = compared(text, by, on).lines
    return line


def told(line):
    return line.kind, line.was, line.now, line.why


def close(world) -> None:
    Round.objects.update(closed_at=timezone.now(), closed_by=world.sam)


def test_a_first_figure_is_new(world):
    world.asked(world.reports)
    line = only(f"{HEAD}B2,2017-18 Q4,1389\n", world.farida)
    assert told(line) == (NEW, "", "1,389", "")
    assert (line.label, line.place.name, line.version, line.restates) == (
        "B2 Domestic abuse reports, 2017-18 Q4",
        "C2",
        1,
        False,
    )


def test_the_figure_that_waits_is_the_same(world):
    sent(world.asked(world.reports), 1389)
    assert told(only(f"{HEAD}B2,2017-18 Q4,1389\n", world.farida)) == (SAME, "1,389, not yet verified", "1,389", "")


def test_a_figure_that_waits_is_replaced(world):
    sent(world.asked(world.reports), 1400, supplied_by=world.sam)
    assert told(only(f"{HEAD}B2,2017-18 Q4,1389\n", world.farida)) == (
        CHANGED,
        "1,400, not yet verified",
        "1,389",
        "Replaces 1,400 from Sam Carrick, which is not yet verified.",
    )


def test_final_instead_of_provisional_is_a_change(world):
    sent(world.asked(world.reports), 1389, is_provisional=True, supplied_by=world.farida)
    line = only(f"{HEAD}B2,2017-18 Q4,1389\n", world.farida)
    assert (line.kind, line.was, line.now) == (CHANGED, "1,389, provisional, not yet verified", "1,389")


def test_another_source_changes_what_waits_and_leaves_what_is_verified(world):
    text = "Reference,Quarter,Figure,Source\nB2,2017-18 Q4,5,CRIS\nD1,2017-18 Q4,5,CRIS\n"
    sent(world.asked(world.reports), 5, source="Elsewhere")
    verified(world.asked(world.arrests), 5, source="Elsewhere")
    assert [(line.label[:2], line.kind) for line in compared(text, world.farida).lines] == [
        ("B2", CHANGED),
        ("D1", SAME),
    ]


def test_a_verified_figure_is_revised(world):
    verified(world.asked(world.reports), 1400)
    line = only(f"{HEAD}B2,2017-18 Q4,1389\n", world.farida)
    assert told(line) == (
        CHANGED,
        "1,400, verified",
        "1,389",
        "Revises a verified figure, which stands until the new one is verified.",
    )
    assert line.restates


def test_going_back_to_the_verified_figure_while_another_waits(world):
    return_ = world.asked(world.reports)
    verified(return_, 1389)
    sent(return_, 1400, restates="revision", restated_because="Late reports")
    line = only(f"{HEAD}B2,2017-18 Q4,1389\n", world.farida)
    assert (line.kind, line.was) == (REFUSED, "1,400, not yet verified")
    assert line.why == (
        "1,389 is the verified figure already, and 1,400 waits to be verified instead. Ask the partnership team to send that back."
    )


def test_going_back_to_the_verified_figure_once_the_other_was_sent_back(world):
    return_ = world.asked(world.reports)
    verified(return_, 1389)
    sent(return_, 1400, restates="revision", restated_because="Late reports")
    actions.send_back(
        Return.objects.get(), comment="Look again.", due_again_on=timezone.localdate(), version=1, by=world.sam
    )
    line = only(f"{HEAD}B2,2017-18 Q4,1389\n", world.farida)
    assert (line.kind, line.was) == (REFUSED, "1,400, sent back")
    assert line.why == (
        "1,389 is the verified figure already. 1,400 was sent back and is not shown: give another figure, or leave this out."
    )


def test_what_was_sent_back_is_answered_by_another_figure_only(world):
    return_ = world.asked(world.reports)
    sent(return_, 1400)
    actions.send_back(
        Return.objects.get(), comment="Look again.", due_again_on=timezone.localdate(), version=1, by=world.sam
    )
    assert only(f"{HEAD}B2,2017-18 Q4,1400\n", world.farida).kind == SAME
    assert told(only(f"{HEAD}B2,2017-18 Q4,1389\n", world.farida)) == (
        CHANGED,
        "1,400, sent back",
        "1,389",
        "Answers what was sent back.",
    )


def test_what_was_sent_back_and_then_said_to_be_unknown_is_not_the_same_as_its_old_number(world):
    return_ = world.asked(world.reports)
    sent(return_, 1400)
    actions.send_back(
        Return.objects.get(), comment="Look again.", due_again_on=timezone.localdate(), version=1, by=world.sam
    )
    return_.refresh_from_db()
    actions.say_missing(return_, reason="source_lag", version=return_.version, by=world.farida)
    assert told(only(f"{HEAD}B2,2017-18 Q4,1400\n", world.farida))[:3] == (CHANGED, "no figure: source lag", "1,400")


def test_a_draft_that_goes_is_told(world):
    return_ = world.asked(world.reports)
    actions.save_draft(return_, typed={"number": "13"}, version=1, by=world.sam)
    assert only(f"{HEAD}B2,2017-18 Q4,5\n", world.farida).why == "The draft that Sam Carrick saved goes."


def test_need_and_met_in_words(world):
    sent(world.asked(world.needs), 30, 44)
    line = only("Reference,Quarter,Need,Met\nD2,2017-18 Q4,44,31\n", world.sam)
    assert (line.was, line.now) == ("30 of 44, 68.2%, not yet verified", "31 of 44, 70.5%")


# ---------------------------------------------------------------- no figure, with a reason

REASONS = "Reference,Quarter,Figure,No figure because\n"


def test_a_reason_settles_a_return_once(world):
    return_ = world.asked(world.reports)
    assert told(only(f"{REASONS}B2,2017-18 Q4,,Source lag\n", world.farida)) == (NEW, "", "no figure: source lag", "")
    actions.say_missing(return_, reason="source_lag", version=1, by=world.farida)
    assert only(f"{REASONS}B2,2017-18 Q4,,Source lag\n", world.farida).kind == SAME
    assert told(only(f"{REASONS}B2,2017-18 Q4,,Not collected\n", world.farida))[:3] == (
        CHANGED,
        "no figure: source lag",
        "no figure: not collected",
    )
    assert told(only(f"{REASONS}B2,2017-18 Q4,5,\n", world.farida))[:3] == (CHANGED, "no figure: source lag", "5")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (sent, "A figure has been sent and waits to be verified. Ask the partnership team to send it back."),
        (verified, "A verified figure stands for this quarter. If it was wrong, restate it instead."),
    ],
)
def test_a_reason_where_there_is_a_figure(world, given, why):
    given(world.asked(world.reports), 5)
    line = only(f"{REASONS}B2,2017-18 Q4,,Source lag\n", world.farida)
    assert (line.kind, line.why) == (REFUSED, why)


# ---------------------------------------------------------------- refused


def test_a_quarter_that_was_not_opened(world):
    line = only(f"{HEAD}B2,2018-19 Q1,5\n", world.farida)
    assert (line.kind, line.why) == (REFUSED, "2018-19 Q1 has not been opened. The partnership team opens it.")


def test_an_indicator_that_is_not_asked_for(world):
    assert world.q4
    assert only(f"{HEAD}B2,2017-18 Q4,5\n", world.farida).why == "It is not asked for in 2017-18 Q4."


def test_an_annual_measure_in_the_first_quarter(world):
    world.asked(world.arrests, Q1)
    Indicator.objects.filter(pk=world.reports.pk).update(frequency="annual")
    assert only(f"{HEAD}B2,2017-18 Q1,5\n", world.farida).why == "It is measured once a year, and given with Q4."


def test_a_closed_quarter_takes_no_first_figures(world):
    world.asked(world.reports)
    close(world)
    line = only(f"{HEAD}B2,2017-18 Q4,5\n", world.farida)
    assert (line.kind, line.why) == (
        REFUSED,
        "2017-18 Q4 is closed, and takes no new figures any more. The partnership team can open it again.",
    )


def test_a_return_that_stays_open_is_taken_on_its_last_day_and_not_after(world):
    world.asked(world.reports)
    close(world)
    Return.objects.update(extended_to=dt.date(2018, 5, 31))
    assert only(f"{HEAD}B2,2017-18 Q4,5\n", world.farida, on=dt.date(2018, 5, 31)).kind == NEW
    assert only(f"{HEAD}B2,2017-18 Q4,5\n", world.farida, on=dt.date(2018, 6, 1)).kind == REFUSED


def test_a_closed_quarter_takes_revisions(world):
    verified(world.asked(world.reports), 5)
    close(world)
    assert only(f"{HEAD}B2,2017-18 Q4,6\n", world.farida).kind == CHANGED


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("44,45", "Offenders whose need was met can’t be more than the 44 offenders with the need."),
    ],
)
def test_numbers_that_do_not_fit(world, row, why):
    world.asked(world.needs)
    assert only(f"Reference,Quarter,Need,Met\nD2,2017-18 Q4,{row}\n", world.farida).why == why


def test_a_survey_that_nobody_answered(world):
    world.asked(world.satisfied)
    line = only("Reference,Quarter,Out of,Figure\nC1,2017-18 Q4,0,0\n", world.farida)
    assert line.why.startswith("Victims who answered must be more than 0.")


def test_taken_from_its_source_tomorrow(world):
    world.asked(world.reports)
    text = "Reference,Quarter,Figure,Taken on\nB2,2017-18 Q4,5,{}\n"
    assert only(text.format("20/04/2018"), world.farida).kind == NEW
    assert (
        only(text.format("21/04/2018"), world.farida).why
        == "The day it was taken from its source can’t be in the future."
    )


def test_the_same_figure_twice_is_refused_both_times(world):
    world.asked(world.reports)
    lines = compared(f"{HEAD}B2,2017-18 Q4,5\nDomestic abuse reports,Q4 2017-18,5\n", world.farida).lines
    assert [(line.place.name, line.kind, line.why) for line in lines] == [
        ("C2", REFUSED, "The same figure stands in C3 as well. Leave one of them."),
        ("C3", REFUSED, "The same figure stands in C2 as well. Leave one of them."),
    ]


def test_a_months_sum_and_its_quarter_are_the_same_figure_twice(world):
    world.asked(world.reports)
    text = f"{HEAD}B2,Jan 2018,1\nB2,Feb 2018,2\nB2,Mar 2018,3\nB2,2017-18 Q4,6\n"
    assert [line.kind for line in compared(text, world.farida).lines] == [REFUSED, REFUSED]


# ---------------------------------------------------------------- who may


def test_a_lead_elsewhere_may_see_the_indicator_and_not_give_its_figure(world):
    world.asked(world.reports)
    line = only(f"{HEAD}B2,2017-18 Q4,5\n", UserFactory(roles=["data_lead"]))
    assert (line.kind, line.why) == (REFUSED, "This is not yours to give: ask the partnership team who gives it.")


def test_whose_queryset_is_as_the_rule_of_one_return(world):
    """`giveable_by` and the permission to submit agree about everybody, restricted or not."""
    first, second = world.asked(world.reports), world.asked(world.arrests)
    Indicator.objects.filter(pk=world.arrests.pk).update(is_restricted=True)
    people = [
        world.farida,
        world.sam,
        UserFactory(organisation=world.police, roles=["data_lead"]),
        UserFactory(organisation=world.council, roles=["data_lead"]),
        UserFactory(organisation=world.police, roles=["commentary_lead"]),
        UserFactory(organisation=world.police, roles=["executive"]),
        UserFactory(organisation=world.police),
    ]
    LeadFactory(indicator=world.arrests, user=people[3], starts_on=timezone.localdate())
    for person in people:
        giveable = set(Return.objects.giveable_by(person, timezone.localdate()))
        for return_ in Return.objects.filter(pk__in=[first.pk, second.pk]).select_related("indicator"):
            assert (return_ in giveable) == person.has_perm("indicators.submit_return", return_), (
                person.roles,
                return_,
            )


# ---------------------------------------------------------------- months

MONTHS = f"{HEAD}B2,Jan 2018,{{}}\nB2,Feb 2018,{{}}\nB2,Mar 2018,{{}}\n"


def test_other_months_of_the_same_quarter_change_it(world):
    figure = sent(world.asked(world.reports), 6)
    for month, number in ((1, 1), (2, 2), (3, 3)):
        MonthlyFigure.objects.create(figure=figure, month=dt.date(2018, month, 1), number=number)
    assert only(MONTHS.format(1, 2, 3), world.farida).kind == SAME
    assert only(MONTHS.format(2, 1, 3), world.farida).kind == CHANGED


def test_months_of_a_figure_that_was_given_whole(world):
    sent(world.asked(world.reports), 6)
    line = only(MONTHS.format(1, 2, 3), world.farida)
    assert (line.kind, line.why) == (SAME, "The figure is the same, so its months are not added.")


# ---------------------------------------------------------------- the whole of it


def test_what_wants_looking_at_comes_first(world):
    world.asked(world.reports)
    sent(world.asked(world.arrests), 5)
    verified(world.asked(world.arrests, Q3), 7)
    text = f"{HEAD}B2,2017-18 Q4,1\nD1,2017-18 Q4,5\nD1,2017-18 Q3,8\nB2,2017-18 Q4x,1\n"
    assert [line.kind for line in compared(text, world.sam).lines] == [REFUSED, CHANGED, NEW, SAME]


def test_the_number_of_queries_does_not_grow(world, django_assert_max_num_queries):
    for quarter in (Q3, Q4):
        for indicator in (world.reports, world.arrests):
            sent(world.asked(indicator, quarter), 5)
    reading = read(f"{HEAD}B2,2017-18 Q4,1\nD1,2017-18 Q4,5\nD1,2017-18 Q3,8\nB2,2017-18 Q3,1\n", world.sam)
    with django_assert_max_num_queries(9):
        compare(reading, by=world.sam, on=TODAY)


def test_a_preview_is_kept_and_taken_out_as_it_was(world):
    world.asked(world.reports)
    sent(world.asked(world.needs), 30, 44)
    verified(world.asked(world.arrests), 7)
    rows = "B2,Jan 2018,1,,\nB2,Feb 2018,2,,\nB2,Mar 2018,3,,\nD2,2017-18 Q4,31,44,\nD1,2017-18 Q4,x,,\nC1,2017-18 Q4,,,Source lag\n"
    reading = read(f"Ref,Quarter,Figure,Out of,No figure because\n{rows}", world.sam)
    comparison = compare(reading, by=world.sam, on=TODAY)
    text = keeping.to_json(reading, comparison)
    kept = keeping.from_json(text)
    assert (kept.reading, kept.comparison, kept.notice) == (reading, comparison, "")
    assert keeping.to_json(kept.reading, kept.comparison) == text


def test_a_notice_is_said_once_and_is_no_part_of_the_preview():
    text = keeping.to_json(Reading((), (), ('A note of ","notice":" in it',)), Comparison(()))
    twice = keeping.with_notice(keeping.with_notice(text, "First."), 'Second, "quoted".')
    assert keeping.from_json(twice).notice == 'Second, "quoted".'
    assert "First." not in twice
    assert keeping.from_json(twice).reading == keeping.from_json(text).reading


def test_offers_of_an_empty_reading_ask_nothing_of_the_database(world):
    assert compare(Reading((), ()), by=world.sam, on=TODAY).lines == ()


def test_an_offer_that_fits_no_measure(world):
    """A reader of feeds may offer anything."""
    world.asked(world.reports)
    offer = Offer(world.reports.pk, Q4, Place(0, 0, 0), "5", numerator=Decimal("5.5"))
    (line,) = compare(Reading((offer,), ()), by=world.sam, on=TODAY).lines
    assert line.why == "Give whole numbers for Number of reports of domestic abuse."
