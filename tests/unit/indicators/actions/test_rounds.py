"""Opening and closing a quarter, and the year's set."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from indicators import actions
from indicators.models import Commentary, Return, Round, Target
from indicators.progress import of_rounds
from lib.editing import Stale
from lib.quarters import Quarter, Year
from tests.factories import UserFactory
from tests.factories.indicators import IndicatorFactory, ReturnFactory, RoundFactory, TargetFactory, sent, verified
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db

Q3, Q4 = Quarter.parse("2017-18-q3"), Quarter.parse("2017-18-q4")


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


def open_(quarter, by, **changes):
    end = quarter.end
    dates = {
        "opens_on": end + dt.timedelta(days=3),
        "due_on": end + dt.timedelta(days=27),
        "commentary_due_on": end + dt.timedelta(days=34),
        "verify_by": end + dt.timedelta(days=34),
        "closes_on": end + dt.timedelta(days=40),
    }
    return actions.open_round(quarter, **(dates | {"by": by} | changes))


class TestOpening:
    @pytest.fixture(autouse=True)
    def plan(self):
        return PlanFactory()

    def test_every_indicator_of_the_years_set_gets_a_return_and_its_commentary(self, sam):
        in_set, beside = TargetFactory().indicator, IndicatorFactory()
        TargetFactory(indicator=beside, year=Year(2018))
        round_ = open_(Q3, sam)
        assert [return_.indicator for return_ in Return.objects.all()] == [in_set]
        assert Commentary.objects.get().due_on == round_.commentary_due_on
        assert {"what": "Returns", "was": "nothing", "now": "1"} in AuditEvent.objects.get().changes

    def test_only_figures_are_asked_for_without_a_day_for_commentary(self, sam):
        TargetFactory()
        round_ = open_(Q3, sam, commentary_due_on=None)
        actions.add_to_set(IndicatorFactory(), year=Year(2017), reason="Asked for.", version=1, by=sam)
        words = Commentary.objects.all()
        assert [(one.due_on, one.is_awaited, one.is_overdue(dt.date(2030, 1, 1))) for one in words] == [
            (None, False, False)
        ] * 2
        assert not Commentary.objects.awaited().exists()
        assert of_rounds(Round.objects.all(), round_.due_on)[0].words_owed == 0

    def test_words_are_welcome_where_none_were_asked_for(self, sam):
        TargetFactory()
        open_(Q3, sam, commentary_due_on=None)
        said = {"what_happened": "Reports rose.", "why": "", "what_next": ""}
        actions.save_commentary(Commentary.objects.get(), **said, version=1, by=sam)
        assert not Commentary.objects.awaited().exists()  # a draft makes nobody owe anything
        actions.send_commentary(Commentary.objects.get(), **said, version=2, by=sam)
        assert Commentary.objects.get().status == Commentary.Status.SENT

    @pytest.mark.parametrize(("quarter", "asked"), [(Q3, 1), (Q4, 2)])
    def test_annual_measures_are_asked_with_q4_only(self, sam, quarter, asked):
        TargetFactory()
        TargetFactory(indicator__frequency="annual")
        open_(quarter, sam)
        assert Return.objects.count() == asked

    def test_a_second_target_of_the_year_does_not_ask_twice(self, sam):
        target = TargetFactory()
        TargetFactory(indicator=target.indicator)
        open_(Q3, sam)
        assert Return.objects.count() == 1

    @pytest.mark.parametrize("quarter", ["2016-17-q1", "2017-18-q1", "2017-18-q2", "2020-21-q4"])
    def test_quarters_before_adoption_and_of_the_year_before_are_taken(self, sam, quarter):
        """The plan reached Cabinet after 2017-18 Q2 had closed."""
        quarter = Quarter.parse(quarter)
        TargetFactory(year=quarter.year)
        assert open_(quarter, sam).quarter == quarter

    @pytest.mark.parametrize("quarter", ["2015-16-q4", "2021-22-q1", "1999-00-q1"])
    def test_a_quarter_outside_every_plan_is_refused(self, sam, quarter):
        quarter = Quarter.parse(quarter)
        TargetFactory(year=quarter.year)
        with pytest.raises(ValidationError) as refusal:
            open_(quarter, sam)
        sentence = f"{quarter} lies outside the plan. Figures are taken for the years 2016-17 to 2020-21."
        assert refusal.value.message_dict == {"quarter": [sentence]}
        assert not Round.objects.exists()

    def test_twice_is_refused(self, sam):
        TargetFactory()
        open_(Q3, sam)
        with pytest.raises(ValidationError, match="2017-18 Q3 has been opened already"):
            open_(Q3, sam)
        assert Return.objects.count() == 1

    def test_a_year_without_a_set_takes_over_the_nearest_when_told_so(self, sam):
        indicator = TargetFactory(year=Year(2017)).indicator
        quarter = Quarter.parse("2018-19-q1")
        with pytest.raises(ValidationError, match="Tick the box to take over the one of 2017-18"):
            open_(quarter, sam)
        open_(quarter, sam, take_over_set=True)
        target = Target.objects.get(year=Year(2018))
        assert (target.indicator, target.rule, target.reason) == (
            indicator,
            "none",
            "Taken over from 2017-18, data only.",
        )
        assert Return.objects.count() == 1

    def test_no_set_at_all_is_said(self, sam):
        with pytest.raises(ValidationError, match="No indicator is in any year’s monitoring set yet"):
            open_(Q3, sam, take_over_set=True)

    @pytest.mark.parametrize(
        ("field", "day", "sentence"),
        [
            ("due_on", dt.date(2018, 1, 1), "before the quarter opens"),
            ("due_on", dt.date(2017, 12, 31), "before the quarter opens"),
            ("commentary_due_on", dt.date(2018, 1, 2), "between opening and closing"),
            ("commentary_due_on", dt.date(2018, 2, 10), "between opening and closing"),
            ("verify_by", dt.date(2018, 1, 26), "on the day they are due or later"),
            ("closes_on", dt.date(2018, 2, 2), "last day for verifying or later"),
        ],
    )
    def test_dates_out_of_order_are_refused_at_their_field(self, sam, field, day, sentence):
        """2017-18 Q3: opens 3 January 2018, due 27 January, verify by 3 February, closes 9 February."""
        TargetFactory()
        with pytest.raises(ValidationError, match=sentence) as refusal:
            open_(Q3, sam, **{field: day})
        assert field in refusal.value.message_dict

    def test_figures_are_not_due_before_the_quarter_has_ended(self, sam):
        TargetFactory()
        with pytest.raises(ValidationError, match="has ended, on 31 December 2017"):
            open_(Q3, sam, opens_on=dt.date(2017, 12, 1), due_on=dt.date(2017, 12, 31))


def test_without_a_plan_no_quarter_opens(sam):
    with pytest.raises(ValidationError, match="There is no plan yet"):
        open_(Q3, sam)


class TestClosing:
    def test_it_takes_no_first_figures_any_more_and_can_be_opened_again(self, sam):
        round_ = RoundFactory()
        ReturnFactory(round=round_)
        verified(ReturnFactory(round=round_))
        actions.close_round(round_, version=1, by=sam)
        assert Round.objects.get().is_closed
        changes = AuditEvent.objects.get().changes
        assert changes[1] == {"what": "Figures still out", "was": "nothing", "now": "1"}
        with pytest.raises(ValidationError, match="closed already"):
            actions.close_round(round_, version=2, by=sam)
        with pytest.raises(ValidationError, match="Say why"):
            actions.reopen_round(round_, reason=" ", version=2, by=sam)
        actions.reopen_round(round_, reason="The survey came in.", version=2, by=sam)
        assert not Round.objects.get().is_closed
        with pytest.raises(ValidationError, match="open already"):
            actions.reopen_round(round_, reason="Again.", version=3, by=sam)

    def test_an_older_version_is_told(self, sam):
        round_ = RoundFactory()
        actions.close_round(round_, version=1, by=sam)
        with pytest.raises(ValidationError, match="closed already"):  # the same form sent twice
            actions.close_round(Round.objects.get(), version=1, by=sam)
        with pytest.raises(Stale):
            actions.reopen_round(Round.objects.get(), reason="Late.", version=1, by=sam)

    def test_what_was_sent_before_closing_can_still_be_verified(self, sam):
        return_ = ReturnFactory()
        sent(return_)
        actions.close_round(return_.round, version=1, by=sam)
        assert actions.verify(return_, version=1, by=sam)


class TestTheYearsSet:
    @pytest.fixture(autouse=True)
    def plan(self):
        return PlanFactory()

    def test_an_indicator_joins_and_open_rounds_ask_for_it(self, sam):
        indicator, round_ = IndicatorFactory(), RoundFactory()
        RoundFactory(quarter=Q3.year_ago)
        actions.add_to_set(indicator, year=Year(2017), reason="Asked by the CSP Executive.", version=1, by=sam)
        assert [return_.round for return_ in Return.objects.all()] == [round_]
        assert Commentary.objects.count() == 1
        assert Target.objects.get().rule == "none"

    def test_a_closed_round_asks_nothing_more(self, sam):
        round_ = RoundFactory()
        actions.close_round(round_, version=1, by=sam)
        actions.add_to_set(IndicatorFactory(), year=Year(2017), reason="Asked.", version=1, by=sam)
        assert not Return.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"year": Year(2030)}, "2030-31 lies outside the plan"),
            ({"reason": " "}, "Say why"),
            ({"year": Year(2018)}, "in the set of 2018-19 already"),
        ],
    )
    def test_what_is_refused(self, sam, changes, sentence):
        indicator = TargetFactory(year=Year(2018)).indicator
        with pytest.raises(ValidationError, match=sentence):
            actions.add_to_set(
                indicator, **({"year": Year(2017), "reason": "Asked.", "version": 1, "by": sam} | changes)
            )
