"""Giving a figure: draft, submit, restate, say why there is none."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEvent
from indicators import actions
from indicators.models import Figure, Return
from lib.editing import Stale
from tests.factories import UserFactory
from tests.factories.indicators import IndicatorFactory, ReturnFactory, RoundFactory, sent, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", roles=["data_lead"])


@pytest.fixture
def return_():
    return ReturnFactory()


def give(return_, by, **changes):
    given = {"version": return_.version, "numerator": Decimal(1604), "supplied_by": by, "by": by}
    return actions.submit(return_, **(given | changes))


def closed(round_):
    round_.closed_at = timezone.now()
    round_.save()


def test_a_figure_waits_to_be_verified_and_the_trail_says_who_gave_it(return_, farida):
    figure = give(return_, farida, source=" CRIS ")
    return_.refresh_from_db()
    assert (return_.status, return_.version, return_.submitted_by) == (Return.Status.SUBMITTED, 2, farida)
    assert (figure.numerator, figure.source, figure.supplied_by_name) == (Decimal(1604), "CRIS", "Farida Begum")
    event = AuditEvent.objects.get(kind="return_submitted")
    assert event.subject_version == 2
    assert {"what": "Figure", "was": "nothing", "now": "1,604"} in event.changes
    assert {"what": "State", "was": "Due", "now": "Not yet verified"} in event.changes


def test_the_same_form_posted_twice_makes_one_figure(return_, farida):
    give(return_, farida, version=1)
    with pytest.raises(Stale):
        give(Return.objects.get(pk=return_.pk), farida, version=1)
    assert Figure.objects.count() == 1
    assert AuditEvent.objects.count() == 1


def test_a_stale_instance_writes_nothing_either(return_, farida):
    """Two requests that read the return before either wrote."""
    other = Return.objects.get(pk=return_.pk)
    give(return_, farida, version=1)
    with pytest.raises(Stale):
        give(other, farida, version=1, numerator=Decimal(9))
    assert [figure.numerator for figure in Figure.objects.all()] == [Decimal(1604)]


def test_on_behalf_the_figure_is_the_suppliers(return_):
    sam = UserFactory(name="Sam Carrick", roles=["coordinator"])
    figure = give(
        return_,
        sam,
        supplied_by=None,
        supplied_by_name="Tom Okafor, analyst",
        route=Figure.Route.MAIL,
        received_on=dt.date(2018, 4, 26),
    )
    assert (figure.supplied_by, figure.supplied_by_name, figure.recorded_by) == (None, "Tom Okafor, analyst", sam)
    changes = AuditEvent.objects.get().changes
    assert {"what": "Reached us on", "was": "nothing", "now": "26 April 2018"} in changes
    assert {"what": "Route", "was": "nothing", "now": "By mail"} in changes


def test_nobodys_figure_is_refused(return_, farida):
    with pytest.raises(ValidationError, match="Say who gave you the figure"):
        give(return_, farida, supplied_by=None, supplied_by_name="  ")


@pytest.mark.parametrize("field", ["extracted_on", "received_on"])
def test_days_in_the_future_are_refused(return_, farida, field):
    with pytest.raises(ValidationError, match="in the future") as refusal:
        give(return_, farida, **{field: timezone.localdate() + dt.timedelta(days=1)})
    assert list(refusal.value.message_dict) == [field]
    assert give(return_, farida, **{field: timezone.localdate()})


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"numerator": Decimal(-1)}, "can’t be less than 0"),
        ({"numerator": Decimal("1.5")}, "whole number"),
        ({"numerator": None}, "Give one whole number"),
        ({"denominator": Decimal(2000)}, "Give one whole number"),
        ({"numerator": None, "stated_percentage": Decimal(5)}, "Give one whole number"),
    ],
)
def test_what_is_no_count_is_refused_whatever_the_way_in(return_, farida, numbers, sentence):
    with pytest.raises(ValidationError, match=sentence):
        give(return_, farida, **numbers)
    assert not Figure.objects.exists()
    assert Return.objects.get().version == 1


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ((45, 44, None), "can’t be more than the 44"),
        ((1, 0, None), "can’t be more than the 0"),
        ((31, None, None), "Give both numbers"),
        ((None, None, "70.5"), "Give both numbers"),
        ((31, 44, "70.5"), "Give both numbers"),
    ],
)
def test_what_is_no_need_and_met_is_refused(farida, numbers, sentence):
    return_ = ReturnFactory(indicator=IndicatorFactory(need_met=True))
    met, need, stated = (None if number is None else Decimal(number) for number in numbers)
    with pytest.raises(ValidationError, match=sentence):
        give(return_, farida, numerator=met, denominator=need, stated_percentage=stated)


def test_nobody_with_the_need_is_a_figure_of_need_and_met(farida):
    return_ = ReturnFactory(indicator=IndicatorFactory(need_met=True))
    figure = give(return_, farida, numerator=Decimal(0), denominator=Decimal(0))
    assert (figure.numerator, figure.denominator) == (0, 0)
    assert {"what": "Figure", "was": "nothing", "now": "nobody had the need"} in AuditEvent.objects.get().changes


def test_a_survey_that_nobody_answered_gives_no_percentage(farida):
    return_ = ReturnFactory(indicator=IndicatorFactory(percentage=True))
    with pytest.raises(ValidationError, match="must be more than 0"):
        give(return_, farida, numerator=Decimal(0), denominator=Decimal(0))


def test_a_percentage_has_its_base_or_is_stated(farida):
    return_ = ReturnFactory(indicator=IndicatorFactory(percentage=True))
    assert give(return_, farida, numerator=None, stated_percentage=Decimal("67.4")).stated_percentage == Decimal("67.4")
    assert give(return_, farida, numerator=Decimal(31), denominator=Decimal(44)).denominator == Decimal(44)
    with pytest.raises(ValidationError, match="more than 100"):
        give(return_, farida, numerator=None, stated_percentage=Decimal("100.1"))


def test_a_first_figure_for_a_closed_round_is_refused(return_, farida):
    closed(return_.round)
    with pytest.raises(ValidationError, match="^\\['2017-18 Q4 is closed") as refusal:
        give(return_, farida)
    assert "can open it again" in refusal.value.messages[0]
    assert Return.objects.get().status == Return.Status.DUE


def test_a_quarter_before_the_plan_was_adopted_takes_figures(farida):
    from lib.quarters import Quarter

    assert give(ReturnFactory(round=RoundFactory(quarter=Quarter.parse("2016-17-q2"))), farida)


def test_a_figure_not_yet_verified_can_be_sent_anew_and_the_first_stays(return_, farida):
    give(return_, farida)
    second = give(return_, farida, numerator=Decimal(1605), restates="revision", restated_because="nonsense")
    assert Figure.objects.count() == 2
    assert (second.restates, second.restated_because) == ("", "")  # nothing verified is replaced


class TestRestating:
    @pytest.fixture
    def return_(self, return_):
        verified(return_, 1547)
        return return_

    def test_it_needs_kind_and_reason(self, return_, farida):
        with pytest.raises(ValidationError, match="whether the source has new figures") as refusal:
            give(return_, farida)
        assert list(refusal.value.message_dict) == ["restates"]
        with pytest.raises(ValidationError, match="Say why the figure changes"):
            give(return_, farida, restates=Figure.Restates.REVISION, restated_because=" ")
        assert Figure.objects.count() == 1

    def test_it_waits_to_be_verified_while_the_old_one_stands(self, return_, farida):
        give(return_, farida, restates=Figure.Restates.REVISION, restated_because="Late reports were added.")
        assert return_.status == Return.Status.SUBMITTED
        assert return_.figures.verified().in_order().last().numerator == Decimal(1547)
        event = AuditEvent.objects.get(kind="return_restated")
        assert {"what": "Figure", "was": "1,547", "now": "1,604"} in event.changes
        assert event.comment == "Late reports were added."

    def test_it_is_allowed_after_closing(self, return_, farida):
        closed(return_.round)
        assert give(return_, farida, restates=Figure.Restates.CORRECTION, restated_because="Counted twice.")

    def test_the_same_figure_again_is_refused(self, return_, farida):
        with pytest.raises(ValidationError, match="1,547 is the verified figure already"):
            give(return_, farida, numerator=Decimal(1547), restates="revision", restated_because="Checked again.")

    def test_a_provisional_figure_may_be_confirmed_as_final(self, farida):
        return_ = ReturnFactory(round__quarter=RoundFactory.build().quarter.previous)
        verified(return_, 1547, is_provisional=True)
        assert give(
            return_, farida, numerator=Decimal(1547), restates="revision", restated_because="Final at year end."
        )


class TestDrafts:
    TYPED = {"number": "about 1,6oo", "kind": "final", "received_on": ["31", "4", ""]}

    def test_it_keeps_what_was_typed_right_or_wrong(self, return_, farida):
        actions.save_draft(return_, typed=self.TYPED, version=1, by=farida)
        saved = Return.objects.get()
        assert (saved.status, saved.draft, saved.draft_saved_by, saved.version) == ("draft", self.TYPED, farida, 2)
        changes = AuditEvent.objects.get(kind="return_draft_saved").changes
        assert {"what": "Figure", "was": "nothing", "now": "about 1,6oo"} in changes
        assert {"what": "Reached us on", "was": "nothing", "now": "31 4 "} in changes

    def test_a_newer_version_is_not_overwritten(self, return_, farida):
        actions.save_draft(return_, typed=self.TYPED, version=1, by=farida)
        with pytest.raises(Stale):
            actions.save_draft(return_, typed={"number": "2"}, version=1, by=farida)
        assert Return.objects.get().draft == self.TYPED

    def test_sending_the_figure_clears_it(self, return_, farida):
        actions.save_draft(return_, typed=self.TYPED, version=1, by=farida)
        give(return_, farida)
        saved = Return.objects.get()
        assert (saved.draft, saved.draft_saved_at) == ({}, None)

    def test_what_was_sent_back_stays_sent_back(self, return_, farida):
        sent(return_)
        Return.objects.update(status=Return.Status.SENT_BACK)
        return_.refresh_from_db()
        actions.save_draft(return_, typed=self.TYPED, version=return_.version, by=farida)
        assert Return.objects.get().status == Return.Status.SENT_BACK

    def test_a_closed_round_takes_none(self, return_, farida):
        closed(return_.round)
        with pytest.raises(ValidationError, match="is closed"):
            actions.save_draft(return_, typed=self.TYPED, version=1, by=farida)


class TestNoFigure:
    def say(self, return_, by, **changes):
        said = {"reason": "awaiting_partner", "note": "Survey closes 31 May", "expected_on": dt.date(2018, 5, 31)}
        return actions.say_missing(return_, **(said | {"version": return_.version, "by": by} | changes))

    def test_it_is_a_state_with_a_reason(self, return_, farida):
        self.say(return_, farida)
        saved = Return.objects.get()
        assert (saved.status, saved.missing_reason) == ("missing", "awaiting_partner")
        assert timezone.now() - saved.missing_at < dt.timedelta(minutes=1)
        changes = AuditEvent.objects.get(kind="return_missing").changes
        assert {"what": "Expected on", "was": "nothing", "now": "31 May 2018"} in changes

    def test_another_reason_leaves_the_moment_it_was_first_said(self, return_, farida):
        first = self.say(return_, farida).missing_at
        self.say(return_, farida, reason="source_lag")
        saved = Return.objects.get()
        assert (saved.missing_reason, saved.missing_at) == ("source_lag", first)

    def test_sending_a_figure_takes_it_back(self, return_, farida):
        self.say(return_, farida)
        give(return_, farida)
        saved = Return.objects.get()
        assert (saved.status, saved.missing_reason, saved.missing_note) == ("submitted", "", "")
        assert (saved.expected_on, saved.missing_at) == (None, None)

    def test_a_reason_is_needed(self, return_, farida):
        with pytest.raises(ValidationError, match="Choose why"):
            self.say(return_, farida, reason="")

    def test_not_over_a_figure_that_waits(self, return_, farida):
        give(return_, farida)
        with pytest.raises(ValidationError, match="waits to be verified"):
            self.say(return_, farida)

    def test_not_over_a_verified_figure(self, return_, farida):
        verified(return_)
        with pytest.raises(ValidationError, match="restate it instead"):
            self.say(return_, farida)

    def test_not_in_a_closed_round(self, return_, farida):
        closed(return_.round)
        with pytest.raises(ValidationError, match="is closed"):
            self.say(return_, farida)

    def test_not_over_a_newer_version(self, return_, farida):
        give(return_, farida)
        with pytest.raises(Stale):
            self.say(return_, farida, version=1)
