"""Which words the figure that was sent asks for: every rule × rating × box, what is said where one is missing, and what later lacks."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from indicators import actions, explaining
from indicators.explanation import IN_FULL, IN_SHORT
from indicators.models import Commentary, Return
from lib.quarters import Quarter
from tests.factories import UserFactory
from tests.factories.indicators import (
    IndicatorFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
    sent,
    verified,
)

pytestmark = pytest.mark.django_db

Q4 = Quarter.parse("2017-18-q4")
AGREED = {"agreed_by": "CSP Executive", "agreed_on": dt.date(2017, 5, 25), "basis": "quarter"}
D = Decimal
RULES = {
    "none": {"rule": "none"},
    "minimum_and_target": {"rule": "minimum_and_target", "value": D(150), "minimum": D(160), **AGREED},
    "tolerance": {"rule": "tolerance", "value": D(150), "tolerance": D(10), **AGREED},
    "points": {"rule": "points", "value": D(40), "tolerance": D(5), **AGREED},
    "last_year": {"rule": "last_year", "value": D(150), "tolerance": D(10), **AGREED},
    "proposed": {"rule": "tolerance", "value": D(150), "tolerance": D(10), "basis": "quarter"},
}
EVERYTHING = {
    "what_happened": "Reports rose.",
    "why": "The campaign.",
    "what_next": "Run it again.",
    "who": "Head of Community Safety",
    "by_when": dt.date(2018, 6, 30),
}


def asked_by(rule, number, base=None, **fields):
    """The commentary on a figure that was sent; good is lower."""
    indicator = IndicatorFactory(percentage=rule == "points", **fields)
    TargetFactory(indicator=indicator, **RULES[rule])
    return_ = ReturnFactory(indicator=indicator, round=RoundFactory(quarter=Q4))
    sent(return_, number, base)
    if rule == "last_year":  # 170 a year ago
        verified(ReturnFactory(indicator=indicator, round=RoundFactory(quarter=Q4.year_ago)), 170)
    return return_.commentary


def over(numbers, last):
    """The commentary on `last`, after so many verified quarters; data only."""
    indicator = IndicatorFactory()
    quarters = Q4.back_to(len(numbers) + 1)
    for quarter, number in zip(quarters, numbers, strict=False):
        verified(ReturnFactory(indicator=indicator, round=RoundFactory(quarter=quarter)), number)
    return_ = ReturnFactory(indicator=indicator, round=RoundFactory(quarter=Q4))
    sent(return_, last)
    return return_.commentary


TABLE = [
    # rule, figure, rating, why more than what happened is asked for
    ("none", (999,), "Data only", ""),
    ("proposed", (999,), "Data only", ""),
    ("minimum_and_target", (150,), "Green", ""),
    ("minimum_and_target", (151,), "Amber", "the figure is amber"),
    ("minimum_and_target", (160,), "Amber", "the figure is amber"),
    ("minimum_and_target", (161,), "Red", "the figure is red"),
    ("tolerance", (150,), "Green", ""),
    ("tolerance", (165,), "Amber", "the figure is amber"),
    ("tolerance", (166,), "Red", "the figure is red"),
    ("points", (40, 100), "Green", ""),
    ("points", (45, 100), "Amber", "the figure is amber"),
    ("points", (46, 100), "Red", "the figure is red"),
    ("last_year", (165,), "Green", ""),
    ("last_year", (170,), "Amber", "the figure is amber"),
    ("last_year", (171,), "Red", "the figure is red"),
]


@pytest.mark.parametrize(("rule", "figure", "rating", "because"), TABLE)
def test_red_and_amber_ask_for_everything_under_every_rule(rule, figure, rating, because):
    asked = explaining.of(asked_by(rule, *figure))
    assert (asked.verdict.word, asked.because) == (rating, because)
    assert asked.parts == (IN_FULL if because else IN_SHORT)


@pytest.mark.parametrize(
    ("box", "sentence"),
    [
        ("what_happened", "Say what happened in the quarter"),
        ("why", "Say why: the figure is red"),
        ("what_next", "Say what happens next: the figure is red"),
        ("who", "Say who sees to it: the figure is red"),
        ("by_when", "Say by when: the figure is red"),
    ],
)
def test_each_box_left_empty_on_red_is_named_and_a_draft_of_it_is_kept(box, sentence):
    commentary, joan = asked_by("tolerance", 166), UserFactory()
    given = EVERYTHING | {box: None if box == "by_when" else " "}
    with pytest.raises(ValidationError) as refusal:
        actions.send_commentary(commentary, **given, version=1, by=joan)
    assert refusal.value.message_dict == {box: [sentence]}
    actions.save_commentary(commentary, **given, version=1, by=joan)
    actions.send_commentary(commentary, **EVERYTHING, version=2, by=joan)
    saved = Commentary.objects.get(pk=commentary.pk)
    assert {name: getattr(saved, name) for name in EVERYTHING} == EVERYTHING


@pytest.mark.parametrize(("rule", "figure"), [("tolerance", 150), ("none", 999)])
def test_green_and_data_only_are_content_with_what_happened(rule, figure):
    commentary = asked_by(rule, figure)
    words = {"what_happened": "Reports rose.", "why": "", "what_next": ""}
    actions.send_commentary(commentary, **words, version=1, by=UserFactory())
    assert Commentary.objects.get(pk=commentary.pk).status == Commentary.Status.SENT


STEADY = (100, 110) * 6  # mean 105; with 200 after it 112.3, and limits of 68 to 157


class TestUnusual:
    def test_outside_the_usual_range(self):
        asked = explaining.of(over(STEADY, 200))
        assert asked.because == "the figure is outside its usual range"
        assert asked.told == (
            "Data only: 200 in the quarter; no target is set. Worsening: 200 is above the usual range of 68 to 157. "
            "So say what happened, why, what next, who sees to it and by when."
        )

    def test_a_run_inside_the_usual_range_is_an_unusual_change(self):
        asked = explaining.of(over((110, 100) * 4 + (115, 116, 117, 118, 119, 120), 121))
        assert asked.because == "the change is unusual"
        assert asked.parts == IN_FULL

    def test_good_news_is_explained_as_well(self):
        assert explaining.of(over(STEADY, 20)).parts == IN_FULL

    def test_trial_limits_are_not_sure_enough(self):
        asked = explaining.of(over((100, 101) * 4, 200))
        assert (asked.parts, asked.because) == (IN_SHORT, "")

    def test_inside_it_nothing_more_is_asked(self):
        assert explaining.of(over(STEADY, 105)).parts == IN_SHORT


class TestWhatIsSaid:
    def test_red(self):
        asked = explaining.of(asked_by("tolerance", 166))
        assert asked.told == (
            "Red: 166 in the quarter is more than 10% above the target of 150; good is lower. "
            "So say what happened, why, what next, who sees to it and by when."
        )
        assert asked.verdict.because == "166 in the quarter is more than 10% above the target of 150; good is lower."

    def test_green(self):
        told = explaining.of(asked_by("tolerance", 150)).told
        assert told.endswith("good is lower. Say what happened; the rest is welcome.")

    def test_nothing_sent_yet(self):
        asked = explaining.of(ReturnFactory().commentary)
        assert asked.told == (
            "No figure has been sent yet. Say what happened; the rest is welcome. "
            "If the figure turns out red, amber or unusual, it asks for more."
        )

    def test_sent_back(self):
        commentary = asked_by("tolerance", 166)
        Return.objects.update(status=Return.Status.SENT_BACK)
        asked = explaining.of(commentary)
        assert (asked.parts, asked.told.split(".")[0]) == (IN_SHORT, "The figure was sent back and is awaited again")

    def test_missing_with_a_reason(self):
        return_ = ReturnFactory()
        actions.say_missing(return_, reason="source_lag", version=1, by=UserFactory())
        told = explaining.of(return_.commentary).told
        assert told == "Missing: source lag. Say what happened; the rest is welcome."

    def test_where_no_words_are_asked_for_nothing_is_looked_up(self, django_assert_num_queries):
        commentary = asked_by("tolerance", 166)
        commentary.due_on = None
        with django_assert_num_queries(0):
            asked = explaining.of(commentary)
        assert (asked.parts, asked.verdict) == (IN_SHORT, None)
        assert asked.told == "Commentary is not asked for in this quarter. Words are welcome: say what happened."


def test_a_verified_figure_asks_like_a_sent_one():
    commentary = asked_by("tolerance", 166)
    verified(commentary.for_return, 166)
    assert explaining.of(commentary).because == "the figure is red"


@pytest.mark.parametrize(("day", "is_taken"), [(dt.date(2018, 3, 30), False), (dt.date(2018, 3, 31), True)])
def test_by_when_is_no_earlier_than_the_quarters_end(day, is_taken):
    commentary, joan = asked_by("tolerance", 166), UserFactory()
    given = EVERYTHING | {"by_when": day}
    if is_taken:
        assert actions.send_commentary(commentary, **given, version=1, by=joan).by_when == day
        return
    with pytest.raises(ValidationError) as refusal:
        actions.send_commentary(commentary, **given, version=1, by=joan)
    told = "By when must be 31 March 2018, the last day of the quarter, or later"
    assert refusal.value.message_dict == {"by_when": [told]}
    assert actions.save_commentary(commentary, **given, version=1, by=joan)


def test_the_trail_says_who_sees_to_it_and_by_when():
    actions.send_commentary(asked_by("tolerance", 166), **EVERYTHING, version=1, by=UserFactory())
    changes = {change["what"]: change["now"] for change in AuditEvent.objects.get().changes}
    assert changes["Who sees to it"] == "Head of Community Safety"
    assert changes["By when"] == "30 June 2018"


class TestOutstanding:
    """Words that were sent when the figure was green, and the figure is restated to red."""

    @pytest.fixture
    def commentary(self):
        commentary = asked_by("tolerance", 150)
        words = {"what_happened": "Reports rose.", "why": "The campaign.", "what_next": ""}
        actions.send_commentary(commentary, **words, version=1, by=UserFactory())
        assert explaining.more(commentary) == ""
        verified(commentary.for_return, 150)
        sent(commentary.for_return, 166, restates="correction", restated_because="Counted twice.")
        return Commentary.objects.select_related("for_return__round", "for_return__indicator").get(pk=commentary.pk)

    def test_it_is_said(self, commentary):
        told = "The figure is red, so say what next, who sees to it and by when as well."
        assert explaining.more(commentary) == told
        assert set(explaining.outstanding([commentary])) == {commentary.pk}

    def test_sent_again_it_is_done(self, commentary):
        actions.send_commentary(commentary, **EVERYTHING, version=2, by=UserFactory())
        assert explaining.outstanding([commentary]) == {}

    def test_in_a_closed_quarter_nobody_can_add_to_it(self, commentary):
        actions.close_round(commentary.for_return.round, version=1, by=UserFactory())
        assert explaining.more(commentary) == ""

    def test_where_no_words_are_asked_for_none_are_outstanding(self, commentary):
        commentary.due_on = None
        assert explaining.outstanding([commentary]) == {}

    def test_what_is_not_sent_is_owed_not_outstanding(self, commentary):
        commentary.status = Commentary.Status.DRAFT
        assert explaining.outstanding([commentary]) == {}

    def test_many_cost_as_much_as_one(self, commentary):
        every = [commentary]
        for _ in range(3):
            return_ = ReturnFactory(indicator=IndicatorFactory(), round=commentary.for_return.round)
            TargetFactory(indicator=return_.indicator, **RULES["tolerance"])
            sent(return_, 166)
            words = {"what_happened": "Up.", "status": "sent", "written_by": UserFactory(), "sent_by": UserFactory()}
            Commentary.objects.filter(for_return=return_).update(**words, sent_at=return_.submitted_at)
            every.append(
                Commentary.objects.select_related("for_return__round", "for_return__indicator").get(for_return=return_)
            )
        with CaptureQueriesContext(connection) as captured:
            assert len(explaining.outstanding(every)) == 4
        assert len(captured) == 5
