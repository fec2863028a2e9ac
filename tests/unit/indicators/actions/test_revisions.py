"""New figures for several quarters under one reason: given, verified and sent back as one."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import outbox
from accounts.models import AuditEvent, Mail
from indicators import actions, revising
from indicators.models import Figure, Return, Revision, Round, SendBack, Verification
from indicators.revisable import Revised
from lib.editing import Stale
from tests.factories import UserFactory
from tests.factories.collecting import RevisionFactory, taken_back
from tests.factories.indicators import (
    Q4,
    IndicatorFactory,
    LeadFactory,
    ReturnFactory,
    RoundFactory,
    sent,
    verified,
)

pytestmark = pytest.mark.django_db

WHY = "The source was checked at the year’s end"
Q1, Q2, Q3 = Q4.back_to(4)[:3]


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", email="farida@example.org", roles=["data_lead"])


@pytest.fixture
def indicator(farida):
    """Three quarters of 100, 110 and 120, verified; Q4 asked for."""
    made = IndicatorFactory(owner=farida.organisation)
    LeadFactory(indicator=made, user=farida)
    for quarter, number in ((Q1, 100), (Q2, 110), (Q3, 120)):
        verified(ReturnFactory(indicator=made, round=RoundFactory(quarter=quarter)), number)
    ReturnFactory(indicator=made, round=RoundFactory(quarter=Q4))
    return made


def return_in(indicator, quarter):
    return Return.objects.select_related("round", "indicator").get(indicator=indicator, round__quarter=quarter)


def new(indicator, *numbers, version=1):
    """New figures for Q1, Q2 and so on; None leaves a quarter."""
    return [
        Revised(return_in(indicator, quarter), version, Decimal(number))
        for quarter, number in zip((Q1, Q2, Q3, Q4), numbers, strict=False)
        if number is not None
    ]


def revised(indicator, by, *numbers, **more):
    said = {"changes": new(indicator, *numbers), "reason": WHY, "supplied_by": by, "by": by}
    return actions.revise(indicator, **{**said, **more})


def shown(indicator):
    figures = Figure.objects.verified().filter(for_return__indicator=indicator).latest_each()
    return [int(one.numerator) for one in figures.order_by("for_return__round__quarter")]


def states(indicator):
    rows = Return.objects.filter(indicator=indicator).order_by("round__quarter")
    return list(rows.values_list("status", flat=True))


def tomorrow():
    return timezone.localdate() + dt.timedelta(days=1)


class TestGiving:
    def test_one_reason_covers_every_quarter_and_nothing_shown_changes(self, indicator, farida):
        source = {"source": "CRIS", "extracted_on": dt.date(2018, 5, 1), "is_provisional": True}
        revision = revised(indicator, farida, 101, None, 121, **source)
        figures = list(revision.figures.order_by("for_return__round__quarter"))
        assert [(int(one.numerator), one.restates, one.restated_because) for one in figures] == [
            (101, "revision", WHY),
            (121, "revision", WHY),
        ]
        assert {(one.source, one.extracted_on, one.is_provisional) for one in figures} == {
            ("CRIS", dt.date(2018, 5, 1), True)
        }
        assert states(indicator) == ["submitted", "verified", "submitted", "due"]
        assert shown(indicator) == [100, 110, 120]
        assert list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True)) == [
            "return_restated",
            "return_restated",
            "revision_made",
        ]

    def test_a_closed_round_takes_it(self, indicator, farida):
        Round.objects.filter(quarter=Q1).update(closed_at=timezone.now())
        assert revised(indicator, farida, 101).figures.count() == 1

    @pytest.mark.parametrize(
        ("numbers", "more", "sentence"),
        [
            ((), {}, "Nothing was recorded: give a new figure for at least one quarter."),
            ((101,), {"reason": "  "}, "Say why the figures change"),
            ((101, 110), {}, "2017-18 Q2: 110 is the verified figure already"),
            ((101, None, None, 5), {}, "2017-18 Q4 has no verified figure yet"),
            ((101, "-1"), {}, "2017-18 Q2: A figure can’t be less than 0"),
            ((101,), {"supplied_by": None}, "Say who gave you the figure"),
            ((101,), {"extracted_on": dt.date(2999, 1, 1)}, "can’t be in the future"),
        ],
    )
    def test_all_of_it_or_nothing(self, indicator, farida, numbers, more, sentence):
        with pytest.raises(ValidationError, match=sentence):
            revised(indicator, farida, *numbers, **more)
        assert (Revision.objects.count(), Figure.objects.count(), AuditEvent.objects.count()) == (0, 3, 0)
        assert states(indicator) == ["verified", "verified", "verified", "due"]

    def test_a_quarter_that_somebody_changed_meanwhile_stops_all_of_it(self, indicator, farida):
        changes = new(indicator, 101, 111)
        actions.submit(
            return_in(indicator, Q2), version=1, numerator=Decimal(115), supplied_by=farida, by=farida, **{"restates": "correction", "restated_because": "A typing error"}
        )  # fmt: skip
        with pytest.raises(Stale):
            actions.revise(indicator, changes=changes, reason=WHY, supplied_by=farida, by=farida)
        assert Revision.objects.count() == 0

    def test_a_newer_figure_takes_the_place_of_one_that_waits(self, indicator, farida, sam):
        first = revised(indicator, farida, 101, 111)
        changes = [Revised(return_in(indicator, Q1), 2, Decimal(102))]
        second = actions.revise(indicator, changes=changes, reason="Once more", supplied_by=farida, by=farida)
        assert [int(one.figure.numerator) for one in revising.waiting_of(first)] == [111]
        actions.verify_revision(first, by=sam)
        assert shown(indicator) == [100, 111, 120]
        actions.verify_revision(second, by=sam)
        assert shown(indicator) == [102, 111, 120]


class TestVerifying:
    def test_all_at_one_moment(self, indicator, farida, sam):
        revision = revised(indicator, farida, 101, 111, 121)
        made = actions.verify_revision(revision, by=sam)
        assert len(made) == 3 and len({one.verified_at for one in made}) == 1
        assert (shown(indicator), states(indicator)[:3]) == ([101, 111, 121], ["verified"] * 3)
        told = AuditEvent.objects.filter(kind="return_verified").order_by("pk").first()
        assert told.changes[1] == {"what": "Figure shown", "was": "100", "now": "101"}
        assert told.comment == WHY

    @pytest.mark.parametrize("part", ["supplied_by", "recorded_by"])
    def test_four_eyes_over_all_its_figures(self, indicator, farida, sam, part):
        """One that this person gave or keyed is enough, wherever it stands among them."""
        UserFactory(name="Lena Fox", roles=["coordinator"])
        revision = revised(indicator, farida, 101, 111)
        fields = {"revision": revision, "restates": "revision", "restated_because": WHY, part: sam}
        sent(return_in(indicator, Q3), 121, **({"recorded_by": farida} if part == "supplied_by" else {"supplied_by": farida}) | fields)  # fmt: skip
        with pytest.raises(ValidationError, match="somebody else must verify it: ask Lena Fox"):
            actions.verify_revision(revision, by=sam)
        assert Verification.objects.count() == 3
        assert states(indicator)[:3] == ["submitted"] * 3

    def test_twice_says_that_it_is_verified_already(self, indicator, farida, sam):
        revision = revised(indicator, farida, 101, 111)
        actions.verify_revision(revision, by=sam)
        with pytest.raises(ValidationError, match="This revision is verified already"):
            actions.verify_revision(revision, by=sam)

    def test_a_figure_taken_back_is_not_verified(self, indicator, farida, sam):
        revision = revised(indicator, farida, 101)
        taken_back(revision.figures.get(), by=sam)
        with pytest.raises(ValidationError, match="undone, so nothing of it waits"):
            actions.verify_revision(revision, by=sam)

    def test_one_without_figures_waits_for_nothing(self, sam):
        with pytest.raises(ValidationError, match="nothing of it waits"):
            actions.verify_revision(RevisionFactory(), by=sam)


class TestOneOfIt:
    def test_a_figure_of_several_is_not_verified_or_sent_back_by_itself(self, indicator, farida, sam):
        revised(indicator, farida, 101, 111)
        return_ = return_in(indicator, Q1)
        for act, more in ((actions.verify, {}), (actions.send_back, {"comment": "Why?", "due_again_on": tomorrow()})):
            with pytest.raises(ValidationError, match="one of several figures .* on the page of the revision"):
                act(return_, version=return_.version, by=sam, **more)
        outcome = actions.verify_several([(return_, return_.version)], by=sam)
        assert (outcome.verified, len(outcome.refused)) == ((), 1)
        assert states(indicator)[:2] == ["submitted"] * 2

    def test_the_last_that_waits_is_like_any_other(self, indicator, farida, sam):
        revised(indicator, farida, 101)
        return_ = return_in(indicator, Q1)
        actions.verify(return_, version=return_.version, by=sam)
        assert shown(indicator)[0] == 101


class TestSendingBack:
    def test_all_of_it_is_due_again_and_one_mail_goes(self, indicator, farida, sam):
        revision = revised(indicator, farida, 101, 111)
        day = tomorrow()
        actions.send_back_revision(revision, comment=" Both twice as high? ", due_again_on=day, by=sam)
        assert states(indicator) == ["sent_back", "sent_back", "verified", "due"]
        assert set(Return.objects.filter(status="sent_back").values_list("due_again_on", flat=True)) == {day}
        assert set(SendBack.objects.values_list("comment", flat=True)) == {"Both twice as high?"}
        assert shown(indicator) == [100, 110, 120]
        outbox.send(Mail.objects.get().pk)
        (letter,) = mail.outbox
        assert letter.to == ["farida@example.org"]
        for said in (
            "2 quarters (2017-18 Q1, 2017-18 Q2)",
            "Both twice as high?",
            f"/indicators/{indicator.slug}/revise/",
            WHY,
        ):
            assert said in letter.body, said

    def test_nothing_restricted_is_mailed(self, indicator, farida, sam):
        type(indicator).objects.update(is_restricted=True)
        indicator.refresh_from_db()
        revision = revised(indicator, farida, 101, 111)
        actions.send_back_revision(revision, comment="Both twice as high?", due_again_on=tomorrow(), by=sam)
        outbox.send(Mail.objects.get().pk)
        assert "twice as high" not in mail.outbox[0].body and WHY not in mail.outbox[0].body
        assert "shown after you sign in" in mail.outbox[0].body

    def test_no_mail_goes_when_all_of_it_has_been_sent_again(self, indicator, farida, sam):
        revision = revised(indicator, farida, 101)
        actions.send_back_revision(revision, comment="Why?", due_again_on=tomorrow(), by=sam)
        changes = [Revised(return_in(indicator, Q1), 3, Decimal(102))]
        again = actions.revise(indicator, changes=changes, reason=WHY, supplied_by=farida, by=farida)
        assert outbox.send(Mail.objects.get().pk) is False
        with pytest.raises(ValidationError, match="Newer figures have been given"):
            actions.verify_revision(revision, by=sam)
        actions.verify_revision(again, by=sam)
        assert shown(indicator)[0] == 102

    def test_what_was_sent_back_does_not_wait(self, indicator, farida, sam):
        revision = revised(indicator, farida, 101, 111)
        actions.send_back_revision(revision, comment="Why?", due_again_on=tomorrow(), by=sam)
        with pytest.raises(ValidationError, match="It has been sent back"):
            actions.verify_revision(revision, by=sam)
        with pytest.raises(ValidationError, match="It has been sent back"):
            actions.send_back_revision(revision, comment="Why?", due_again_on=tomorrow(), by=sam)

    @pytest.mark.parametrize(
        ("comment", "days", "sentence"),
        [(" ", 1, "Say what should be looked at again"), ("Why?", -1, "today or later")],
    )
    def test_a_comment_and_a_day_to_come(self, indicator, farida, sam, comment, days, sentence):
        revision = revised(indicator, farida, 101)
        day = timezone.localdate() + dt.timedelta(days=days)
        with pytest.raises(ValidationError, match=sentence):
            actions.send_back_revision(revision, comment=comment, due_again_on=day, by=sam)
        assert states(indicator)[0] == "submitted"

    def test_a_longer_day_of_one_quarter_goes_with_it(self, indicator, farida, sam):
        today = timezone.localdate()
        Return.objects.filter(indicator=indicator, round__quarter=Q1).update(extended_to=today)
        revision = revised(indicator, farida, 101)
        actions.send_back_revision(revision, comment="Why?", due_again_on=tomorrow(), by=sam)
        assert return_in(indicator, Q1).extended_to == tomorrow()


def test_need_and_met_and_stated_percentages(farida, sam):
    indicator = IndicatorFactory(percentage=True)
    verified(ReturnFactory(indicator=indicator, round=RoundFactory(quarter=Q1)), 40, 50)
    one = return_in(indicator, Q1)
    changes = [Revised(one, 1, None, None, Decimal("81.5"))]
    revision = actions.revise(indicator, changes=changes, reason=WHY, supplied_by=farida, by=farida)
    actions.verify_revision(revision, by=sam)
    assert Figure.objects.verified().latest_each().get().stated_percentage == Decimal("81.5")
