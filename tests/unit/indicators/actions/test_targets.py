"""A year's targets: set, copied from last year, agreed. Counts are of a lower-is-better indicator that is added up unless said otherwise."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent
from indicators import actions
from indicators.models import Indicator, Return, Target
from lib.editing import Stale
from lib.quarters import Quarter, Year
from tests.factories import UserFactory
from tests.factories.indicators import DefinitionFactory, IndicatorFactory, ReturnFactory, RoundFactory, TargetFactory
from tests.factories.indicators import verified as verify
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db

LAST, THIS = Year(2016), Year(2017)
MAY = dt.date(2017, 5, 25)
EVEN = (Decimal(25),) * 4
MINIMUM = {"rule": "minimum_and_target", "value": Decimal(90), "minimum": Decimal(100), "profile": EVEN}
AGREED = {"agreed_by": "CSP Executive", "agreed_on": MAY}


@pytest.fixture(autouse=True)
def plan():
    return PlanFactory()


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def indicator():
    return IndicatorFactory()


def holding(indicator, year=THIS):
    return Target.objects.filter(indicator=indicator, year=year).latest_each().get()


def set_target(indicator, sam, **terms):
    return actions.set_target(
        indicator,
        **{"year": THIS, "reason": "Agreed in May.", "version": indicator.version, "by": sam} | MINIMUM | terms,
    )


def refusal(indicator, sam, **terms):
    with pytest.raises(ValidationError) as refused:
        set_target(indicator, sam, **terms)
    assert not Target.objects.filter(year=THIS).exists()
    assert not AuditEvent.objects.exists()
    return refused.value.message_dict if hasattr(refused.value, "error_dict") else refused.value.messages


class TestSetting:
    def test_a_target_is_proposed_until_it_says_who_agreed_it_and_when(self, indicator, sam):
        assert set_target(indicator, sam).is_proposed
        assert set_target(indicator, sam, **AGREED).is_agreed
        assert (Target.objects.count(), holding(indicator).agreed_by) == (2, "CSP Executive")
        assert Indicator.objects.get().version == 3

    def test_what_is_rated_is_as_the_year_to_date_is_made_unless_said(self, indicator, sam):
        assert set_target(indicator, sam).basis == "year_to_date"
        assert set_target(indicator, sam, basis="quarter", profile=None).basis == "quarter"

    def test_one_event_says_from_what_to_what(self, indicator, sam):
        TargetFactory(indicator=indicator)
        set_target(indicator, sam, baseline=Decimal(1389), **AGREED)
        [line] = audit.lines(audit.history(indicator))
        assert (line.words, line.who, line.comment) == ("Target set", sam.label, "Agreed in May.")
        assert line.changes == [
            "Year: 2017-18",
            "Rule: None, data only → Minimum expectation and target",
            "Rated on: The year to date",
            "Target: 90",
            "Minimum expectation: 100",
            "Quarters: 25% each",
            "Baseline: 1,389",
            "Agreed by: CSP Executive, 25 May 2017",
        ]

    def test_it_puts_the_indicator_into_the_years_set_and_open_quarters_ask_for_it(self, indicator, sam):
        round_, other = RoundFactory(), RoundFactory(quarter=Quarter(2016, 4))
        closed = RoundFactory(quarter=Quarter(2017, 3), closed_at=timezone.now())
        set_target(indicator, sam)
        assert [return_.round for return_ in Return.objects.all()] == [round_]
        assert Return.objects.get().commentary
        assert not other.returns.exists() and not closed.returns.exists()
        set_target(indicator, sam, **AGREED)
        assert Return.objects.count() == 1

    def test_a_newer_version_is_not_overwritten(self, indicator, sam):
        set_target(indicator, sam)
        with pytest.raises(Stale):
            set_target(indicator, sam, version=1, value=Decimal(80))
        assert Target.objects.count() == 1

    def test_data_only_needs_nobodys_agreement_and_holds_no_numbers(self, indicator, sam):
        target = set_target(indicator, sam, rule="none", value=None, minimum=None, profile=None)
        assert (target.is_agreed, target.basis, target.profile) == (True, "", None)

    def test_other_shares_alone_are_a_change(self, indicator, sam):
        set_target(indicator, sam)
        shares = (Decimal(20), Decimal(30), Decimal(30), Decimal(20))
        set_target(indicator, sam, profile=shares)
        assert holding(indicator).profile == shares

    def test_what_holds_already_is_not_written_again(self, indicator, sam):
        set_target(indicator, sam)
        with pytest.raises(ValidationError, match="This is what holds for 2017-18 already: nothing has been changed"):
            set_target(indicator, sam, reason="Once more")
        assert (Target.objects.count(), Indicator.objects.get().version) == (1, 2)

    def test_a_year_that_no_plan_speaks_of_is_refused(self, indicator, sam):
        said = "2022-23 lies outside the plan. Figures are taken for the years 2016-17 to 2020-21."
        with pytest.raises(ValidationError) as refused:
            set_target(indicator, sam, year=Year(2022))
        assert refused.value.messages == [said]
        assert not Target.objects.exists()

    @pytest.mark.parametrize(
        ("terms", "field", "sentence"),
        [
            ({"reason": "  "}, "reason", "Say why"),
            ({"minimum": Decimal(80)}, "minimum", "can’t be better than the target. Good is lower"),
            ({"value": None, "profile": None}, "value", "Enter the target"),
            ({"minimum": None}, "minimum", "Enter the minimum expectation"),
            ({"tolerance": Decimal(5)}, "tolerance", "This rule has no tolerance: leave it empty"),
            ({"rule": "points", "minimum": None, "tolerance": Decimal(2)}, "rule", "This is a count"),
            ({"rule": "none"}, "value", "This rule has no target: leave it empty"),
            ({"basis": "latest"}, "basis", "Its quarters make up the year"),
            ({"profile": None}, "profile", "Say which share"),
            ({"profile": (Decimal(25), Decimal(25), Decimal(25), Decimal(26))}, "profile", "They come to 101"),
            ({"basis": "quarter"}, "profile", "leave the shares empty"),
            ({"agreed_by": "CSP Executive"}, "agreed_on", "Enter the day it was agreed"),
            ({"agreed_on": MAY}, "agreed_by", "Enter who agreed it"),
            ({"agreed_by": " ", "agreed_on": MAY}, "agreed_by", "Enter who agreed it"),
            (
                {"agreed_by": "CSP Executive", "agreed_on": dt.date(2999, 1, 1)},
                "agreed_on",
                "can’t be in the future",
            ),
        ],
    )
    def test_what_makes_no_sense_is_refused_at_its_field(self, indicator, sam, terms, field, sentence):
        assert sentence in refusal(indicator, sam, **terms)[field][0]

    def test_without_a_good_direction_there_is_data_only(self, sam):
        said = refusal(IndicatorFactory(polarity="none"), sam)
        assert said == {
            "rule": ["No good direction is set, so nothing can be better or worse: choose “None, data only”"]
        }

    def test_what_is_shown_beside_the_indicators_is_never_rated(self, sam):
        assert "never rated" in refusal(IndicatorFactory(family="context"), sam)["rule"][0]

    def test_a_percentage_above_100_is_refused(self, sam):
        percentage = IndicatorFactory(percentage=True, polarity="higher")
        said = refusal(percentage, sam, value=Decimal(101), minimum=Decimal(60), profile=None)
        assert said == {"value": ["The target is a percentage: it must be from 0 to 100"]}


class TestCopying:
    def test_last_years_target_becomes_the_minimum_and_nothing_is_agreed(self, indicator, sam):
        shares = (Decimal("24.5"), Decimal("25.5"), Decimal(30), Decimal(20))
        before = set_target(indicator, sam, year=LAST, profile=shares, **AGREED)
        [target] = actions.copy_set(THIS, of=LAST, by=sam)
        assert (target.rule, target.basis, target.profile) == (before.rule, before.basis, shares)
        assert (target.value, target.minimum, target.is_proposed) == (Decimal(90), Decimal(90), True)
        assert target.reason == (
            "Taken over from 2016-17: last year’s target proposed as this year’s minimum expectation"
        )
        indicator.refresh_from_db()
        assert (holding(indicator), indicator.version) == (target, 3)
        event = audit.history(indicator).first()
        assert (event.kind, event.comment, event.subject_version) == ("target_copied", target.reason, 3)

    def test_only_the_row_that_holds_is_copied(self, indicator, sam):
        set_target(indicator, sam, year=LAST)
        set_target(indicator, sam, year=LAST, value=Decimal(80))
        [target] = actions.copy_set(THIS, of=LAST, by=sam)
        assert target.value == Decimal(80)

    def test_a_tolerance_stays_a_tolerance(self, indicator, sam):
        terms = {"rule": "tolerance", "minimum": None, "tolerance": Decimal(5), "basis": "quarter", "profile": None}
        set_target(indicator, sam, year=LAST, **terms)
        [target] = actions.copy_set(THIS, of=LAST, by=sam)
        assert (target.rule, target.basis, target.tolerance, target.minimum) == ("tolerance", "quarter", 5, None)
        assert target.reason == "Taken over from 2016-17"

    def test_data_only_stays_data_only(self, indicator, sam):
        TargetFactory(indicator=indicator, year=LAST)
        [target] = actions.copy_set(THIS, of=LAST, by=sam)
        assert (target.rule, target.reason) == ("none", "Taken over from 2016-17, data only")

    def test_what_no_longer_makes_sense_comes_as_data_only_and_says_why(self, indicator, sam):
        set_target(indicator, sam, year=LAST)
        Indicator.objects.update(polarity="none")
        [target] = actions.copy_set(THIS, of=LAST, by=sam)
        assert (target.rule, target.value, target.profile) == ("none", None, None)
        assert target.reason.startswith("Taken over from 2016-17 as data only: No good direction is set")

    def test_what_has_a_target_this_year_is_left_alone(self, indicator, sam):
        TargetFactory(indicator=indicator, year=LAST)
        set_target(indicator, sam)
        other = TargetFactory(year=LAST).indicator
        assert [target.indicator for target in actions.copy_set(THIS, of=LAST, by=sam)] == [other]
        with pytest.raises(ValidationError, match="Every indicator of 2016-17 is in the set of 2017-18 already"):
            actions.copy_set(THIS, of=LAST, by=sam)

    def test_open_quarters_ask_for_what_came_in(self, indicator, sam):
        TargetFactory(indicator=indicator, year=LAST)
        annual = TargetFactory(year=LAST, indicator__frequency="annual").indicator
        q3, q4 = RoundFactory(quarter=Quarter(2017, 3)), RoundFactory()
        actions.copy_set(THIS, of=LAST, by=sam)
        asked = {(return_.indicator_id, return_.round_id) for return_ in Return.objects.all()}
        assert asked == {(indicator.pk, q3.pk), (indicator.pk, q4.pk), (annual.pk, q4.pk)}

    def test_a_year_that_no_plan_speaks_of_is_refused(self, indicator, sam):
        TargetFactory(indicator=indicator, year=LAST)
        with pytest.raises(ValidationError, match="2022-23 lies outside the plan"):
            actions.copy_set(Year(2022), of=LAST, by=sam)

    def test_the_baseline_is_what_last_year_came_to(self, indicator, sam):
        TargetFactory(indicator=indicator, year=LAST)
        for quarter, number in zip(LAST.quarters, (312, 345, 360, 372), strict=True):
            verify(ReturnFactory(indicator=indicator, round__quarter=quarter), number)
        [target] = actions.copy_set(THIS, of=LAST, by=sam)
        assert target.baseline == Decimal(1389)

    def test_the_baseline_of_a_share_is_pooled(self, sam):
        """15 of 18 and 16 of 29: 31 of 47, 65.9574%."""
        share = IndicatorFactory(need_met=True, polarity="higher", frequency="quarterly")
        TargetFactory(indicator=share, year=LAST)
        for quarter, pair in zip(LAST.quarters, ((15, 18), (16, 29), (0, 0), (0, 0)), strict=True):
            verify(ReturnFactory(indicator=share, round__quarter=quarter), *pair)
        [target] = actions.copy_set(THIS, of=LAST, by=sam)
        assert target.baseline == Decimal("65.9574")

    def test_a_year_with_a_gap_gives_no_baseline(self, indicator, sam):
        TargetFactory(indicator=indicator, year=LAST)
        for quarter in LAST.quarters[:3]:
            verify(ReturnFactory(indicator=indicator, round__quarter=quarter), 300)
        assert actions.copy_set(THIS, of=LAST, by=sam)[0].baseline is None

    def test_another_series_gives_no_baseline(self, indicator, sam):
        TargetFactory(indicator=indicator, year=LAST)
        for quarter in LAST.quarters:
            verify(ReturnFactory(indicator=indicator, round__quarter=quarter), 300)
        DefinitionFactory(indicator=indicator, starts=Quarter(2017, 1), breaks_series=True, break_reason="New system")
        assert actions.copy_set(THIS, of=LAST, by=sam)[0].baseline is None


class TestAgreeing:
    @pytest.fixture
    def proposals(self, sam):
        return [set_target(IndicatorFactory(), sam) for _ in range(3)]

    def test_each_is_a_new_row_with_the_same_terms(self, proposals, sam):
        outcome = actions.agree(THIS, ticked=proposals[:2], by=sam, **AGREED)
        assert outcome.refused == ()
        assert [target.indicator for target in outcome.agreed] == [target.indicator for target in proposals[:2]]
        now = holding(proposals[0].indicator)
        assert now.pk != proposals[0].pk
        for name in ("rule", "basis", "value", "minimum", "profile", "baseline"):
            assert getattr(now, name) == getattr(proposals[0], name)
        assert (now.agreed_by, now.agreed_on, now.reason) == ("CSP Executive", MAY, "Agreed as proposed")
        assert holding(proposals[2].indicator) == proposals[2]
        event = audit.history(now.indicator).first()
        assert audit.lines([event])[0].changes == ["Year: 2017-18", "Agreed by: CSP Executive, 25 May 2017"]
        assert event.subject_version == Indicator.objects.get(pk=now.indicator_id).version == 3

    def test_one_changed_since_is_named_and_the_others_go_through(self, proposals, sam):
        changed = proposals[1].indicator
        set_target(changed, sam, value=Decimal(50))
        outcome = actions.agree(THIS, ticked=proposals, by=sam, **AGREED)
        assert [target.indicator for target in outcome.agreed] == [proposals[0].indicator, proposals[2].indicator]
        [(indicator, sentence)] = outcome.refused
        assert indicator == changed and "has been changed since you opened this page" in sentence
        assert "what holds now is “Target 50" in sentence
        assert holding(changed).is_proposed

    def test_one_agreed_by_somebody_else_meanwhile_says_so(self, proposals, sam):
        actions.agree(THIS, ticked=proposals[:1], by=sam, **AGREED)
        outcome = actions.agree(THIS, ticked=proposals[:1], by=sam, **AGREED)
        assert "what holds now is “Agreed by CSP Executive, 25 May 2017”" in outcome.refused[0][1]
        assert Target.objects.count() == 4

    def test_what_is_no_proposal_is_refused(self, sam):
        data_only, agreed = TargetFactory(), set_target(IndicatorFactory(), sam, **AGREED)
        outcome = actions.agree(THIS, ticked=[data_only, agreed], by=sam, **AGREED)
        assert outcome.agreed == ()
        assert [sentence for _, sentence in outcome.refused] == [
            "Its target is no proposal: there is nothing to agree."
        ] * 2

    def test_a_target_of_another_year_is_refused(self, indicator, sam):
        other = set_target(indicator, sam, year=LAST)
        outcome = actions.agree(THIS, ticked=[other], by=sam, **AGREED)
        assert (outcome.agreed, len(outcome.refused)) == ((), 1)

    @pytest.mark.parametrize(
        ("said", "fields"),
        [
            ({"agreed_by": "", "agreed_on": None}, {"agreed_by", "agreed_on"}),
            ({"agreed_by": "CSP Executive", "agreed_on": None}, {"agreed_on"}),
            ({"agreed_by": " ", "agreed_on": MAY}, {"agreed_by"}),
            ({"agreed_by": "CSP Executive", "agreed_on": dt.date(2999, 1, 1)}, {"agreed_on"}),
        ],
    )
    def test_who_and_when_must_be_said_and_can_not_be_in_the_future(self, proposals, sam, said, fields):
        with pytest.raises(ValidationError) as refused:
            actions.agree(THIS, ticked=proposals, by=sam, **said)
        assert set(refused.value.message_dict) == fields
        assert Target.objects.count() == 3
