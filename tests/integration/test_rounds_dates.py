"""The pages of a quarter's dates, of how an indicator is collected, and what the quarter's page tells of them."""

import datetime as dt
import html

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from indicators import actions, round_story
from indicators.models import Indicator, Return, Round
from tests.factories import UserFactory
from tests.factories.indicators import (
    Q4,
    LeadFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
    sent,
)
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db

MAY = {day: dt.date(2018, 5, day) for day in range(1, 32)}
DAYS = {
    "opens_on": dt.date(2018, 4, 3),
    "due_on": dt.date(2018, 4, 26),
    "commentary_due_on": MAY[8],
    "verify_by": MAY[3],
    "closes_on": MAY[10],
}
NOW = dt.datetime(2018, 4, 5, 11, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def sam(client):
    sam = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(sam)
    return sam


@pytest.fixture
def round_():
    return RoundFactory(**DAYS, executive_meets_on=MAY[24])


def page(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def url(name, *args):
    return reverse(f"indicators:{name}", args=args)


def boxes(**dates):
    return {f"{name}_{part}": getattr(day, part) for name, day in dates.items() for part in ("day", "month", "year")}


class TestOpening:
    @pytest.fixture(autouse=True)
    def plan(self):
        PlanFactory()
        TargetFactory()

    def address(self, meets):
        return (
            url("round-open")
            + "?quarter=2017-18-q4&"
            + "&".join(f"{k}={v}" for k, v in boxes(executive_meets_on=meets).items())
        )

    def test_the_dates_are_worked_out_from_the_meeting_and_confirmed(self, client, sam):
        shown = client.get(self.address(MAY[24]))
        assert "Its papers go out on Wednesday 16 May 2018" in page(shown)
        form = shown.context["form"]
        worked_out = DAYS | {"opens_on": dt.date(2018, 4, 5)}  # it is opened two days late
        assert {name: form[name].value() for name in DAYS} == worked_out
        assert client.post(self.address(MAY[24]), boxes(**worked_out)).url == url("round-detail", Q4)
        round_ = Round.objects.get()
        assert (round_.executive_meets_on, round_.set_by_hand) == (MAY[24], [])

    def test_what_is_changed_counts_as_set_by_hand(self, client, sam):
        client.post(self.address(MAY[24]), boxes(**DAYS | {"verify_by": MAY[4]}))
        assert Round.objects.get().set_by_hand == ["verify_by"]
        shown = page(client.get(url("round-detail", Q4)))
        assert 'Friday 4 May 2018 <span class="csp-set-apart">Set by hand</span>' in shown

    def test_a_meeting_too_early_is_told_before_anything_is_asked(self, client, sam):
        """Opened on 5 April, figures could be due on the 12th: the earliest meeting is on 10 May."""
        shown = page(client.get(self.address(MAY[9])))
        assert "Its dates can be worked out from a meeting on 10 May 2018 or later. Leave it empty to go on" in shown
        assert "When is what due?" not in shown
        assert "When is what due?" in page(client.get(self.address(MAY[10])))

    def test_a_meeting_that_became_too_early_meanwhile_loses_no_typing(self, client, sam):
        with time_machine.travel(NOW + dt.timedelta(days=30)):
            assert client.post(self.address(MAY[24]), boxes(**DAYS)).status_code == 302

    def test_nonsense_in_the_address_is_told(self, client, sam):
        address = url("round-open") + "?quarter=2017-18-q4&executive_meets_on_day=40&executive_meets_on_month=x"
        assert "The day it meets must include a year" in page(client.get(address))

    def test_where_nobody_could_verify_it_warns_and_opens_all_the_same(self, client, sam):
        indicator = PlacementFactory(indicator=Indicator.objects.get(), reference="B2").indicator
        shown = page(client.get(self.address(MAY[24])))
        assert "Sam Carrick is the only coordinator, and gives or keys the figures of these alone" in shown
        assert f"<li>B2 {indicator.name}</li>" in shown
        client.post(self.address(MAY[24]), boxes(**DAYS))
        board = page(client.get(url("round-detail", Q4)))
        assert "Sam Carrick is the only coordinator, and gives or keys the figures of these alone" in board
        UserFactory(roles=["coordinator"])
        assert "is the only coordinator" not in page(client.get(url("round-detail", Q4)))


class TestDates:
    def said(self, **changes):
        whole = {**DAYS, "executive_meets_on": MAY[24]} | {k: v for k, v in changes.items() if isinstance(v, dt.date)}
        return {"version": 1, "do": "save", **boxes(**whole)} | {
            k: v for k, v in changes.items() if not isinstance(v, dt.date)
        }

    def test_they_are_worked_out_for_review_then_saved(self, client, sam, round_):
        address = url("round-dates", Q4)
        response = client.post(address, self.said(do="work-out", executive_meets_on=MAY[31]))
        shown = page(response)
        assert "Nothing is saved yet" in shown
        assert "Moves with the meeting. It was 10 May 2018" in shown
        form = response.context["form"]
        new = {"due_on": MAY[2], "verify_by": MAY[10], "commentary_due_on": MAY[14], "closes_on": MAY[16]}
        assert {name: form[name].value() for name in new} == new
        assert not AuditEvent.objects.exists()
        saved = client.post(address, self.said(executive_meets_on=MAY[31], **new), follow=True)
        assert "Saved: the dates of 2017-18 Q4" in page(saved)
        assert {name: getattr(Round.objects.get(), name) for name in new} == new
        assert Round.objects.get().set_by_hand == []

    def test_what_was_set_by_hand_stays_and_what_was_just_typed_too(self, client, sam, round_):
        address = url("round-dates", Q4)
        client.post(address, self.said(verify_by=MAY[4]))
        assert "Set by hand, so it stays when the meeting moves" in page(client.get(address))
        asked = self.said(
            do="work-out", version=2, executive_meets_on=MAY[31], verify_by=MAY[4], commentary_due_on=MAY[9]
        )
        form = client.post(address, asked).context["form"]
        assert form["verify_by"].value() == MAY[4]
        assert form["commentary_due_on"].value() == MAY[9]
        assert form["closes_on"].value() == MAY[16]
        # once more, for the meeting a day earlier: what the page had filled in itself moves on, what was typed stays
        again = asked | boxes(executive_meets_on=MAY[30], due_on=MAY[2], closes_on=MAY[16])
        form = client.post(address, again | {"worked_out_from": "2018-05-31"}).context["form"]
        assert (form["closes_on"].value(), form["due_on"].value()) == (MAY[15], MAY[1])
        assert form["commentary_due_on"].value() == MAY[9]

    def test_saved_at_once_the_untouched_dates_move_and_it_says_where_to(self, client, sam, round_):
        saved = page(client.post(url("round-dates", Q4), self.said(executive_meets_on=MAY[31]), follow=True))
        assert (
            "Saved: the dates of 2017-18 Q4. Moved with the meeting: figures due 2 May 2018, verify by 10 May 2018, "
            "commentary due 14 May 2018 and closes 16 May 2018" in saved
        )
        assert (Round.objects.get().closes_on, Round.objects.get().set_by_hand) == (MAY[16], [])

    def test_where_all_are_set_by_hand_it_says_that_none_moves(self, client, sam, round_):
        by_hand = ["due_on", "verify_by", "commentary_due_on", "closes_on"]
        Round.objects.update(set_by_hand=by_hand)
        worked_out = page(client.post(url("round-dates", Q4), self.said(do="work-out", executive_meets_on=MAY[31])))
        assert "All dates are set by hand, so none has moved." in worked_out
        saved = page(client.post(url("round-dates", Q4), self.said(executive_meets_on=MAY[31]), follow=True))
        assert "No date moved with the meeting: all are set by hand" in saved
        assert (Round.objects.get().closes_on, Round.objects.get().set_by_hand) == (MAY[10], by_hand)

    def test_saved_with_a_meeting_too_early_it_says_why_none_moves(self, client, sam, round_):
        saved = page(client.post(url("round-dates", Q4), self.said(executive_meets_on=MAY[3]), follow=True))
        assert "No date moved with the meeting. That is too early for 2017-18 Q4" in saved
        assert (Round.objects.get().closes_on, Round.objects.get().set_by_hand) == (MAY[10], [])

    def test_a_date_set_by_hand_is_let_go_again(self, client, sam, round_):
        address = url("round-dates", Q4)
        assert "Let it move with the meeting again" not in page(client.get(address))
        client.post(address, self.said(verify_by=MAY[4]))
        shown = page(client.get(address))
        assert "Let it move with the meeting again<span" in shown
        asked = self.said(version=2, executive_meets_on=MAY[31], verify_by=MAY[4], again_verify_by="on")
        worked_out = client.post(address, asked | {"do": "work-out"})
        form = worked_out.context["form"]
        assert (form["verify_by"].value(), form["again_verify_by"].value()) == (MAY[10], True)
        assert "Moves with the meeting. It was 4 May 2018" in page(worked_out)
        reviewed = (
            asked
            | boxes(due_on=MAY[2], verify_by=MAY[10], commentary_due_on=MAY[14], closes_on=MAY[16])
            | {"worked_out_from": "2018-05-31"}
        )
        client.post(address, reviewed)
        assert (Round.objects.get().verify_by, Round.objects.get().set_by_hand) == (MAY[10], [])

    def test_a_day_typed_and_let_go_at_once_is_refused(self, client, sam, round_):
        client.post(url("round-dates", Q4), self.said(verify_by=MAY[4]))
        asked = self.said(version=2, verify_by=MAY[9], again_verify_by="on")
        assert "it can’t be both" in page(client.post(url("round-dates", Q4), asked))
        assert Round.objects.get().verify_by == MAY[4]

    @pytest.mark.parametrize("nonsense", ["x", "2018-02-30", "2018-04-03", "none"])
    def test_what_the_page_remembers_may_be_anything(self, client, sam, round_, nonsense):
        answer = client.post(url("round-dates", Q4), self.said(do="work-out", worked_out_from=nonsense))
        assert answer.status_code == 200

    def test_a_meeting_too_early_is_told_at_its_box_and_keeps_the_typing(self, client, sam, round_):
        asked = self.said(do="work-out", executive_meets_on=MAY[3], closes_on=MAY[11])
        response = client.post(url("round-dates", Q4), asked)
        assert "Change it, or set the dates by hand" in page(response)
        assert response.context["form"]["closes_on"].value() == ["11", "5", "2018"]

    def test_dates_out_of_order_are_told_at_their_box(self, client, sam, round_):
        shown = page(client.post(url("round-dates", Q4), self.said(verify_by=dt.date(2018, 4, 25))))
        assert "Figures must be verified on the day they are due or later" in shown
        assert Round.objects.get().verify_by == MAY[3]

    def test_saving_nothing_new_says_so(self, client, sam, round_):
        assert "Nothing was changed" in page(client.post(url("round-dates", Q4), self.said(), follow=True))

    def test_over_a_newer_version_is_told_and_keeps_the_typing(self, client, sam, round_):
        actions.reschedule(round_, executive_meets_on=MAY[31], by=sam)
        response = client.post(url("round-dates", Q4), self.said(closes_on=MAY[11]))
        shown = page(response)
        assert "This quarter has been changed since you opened it" in shown
        assert "Dates moved with the meeting" in shown
        assert response.context["form"]["closes_on"].value() == ["11", "5", "2018"]
        assert Round.objects.get().closes_on == MAY[16]

    def test_the_version_of_the_opening_is_kept_through_working_out(self, client, sam, round_):
        actions.reschedule(round_, executive_meets_on=MAY[31], by=sam)
        form = client.post(url("round-dates", Q4), self.said(do="work-out")).context["form"]
        assert form["version"].value() == 1

    def test_a_quarter_without_commentary_asks_for_no_day(self, client, sam, round_):
        Round.objects.update(commentary_due_on=None)
        asked = {name: value for name, value in self.said().items() if not name.startswith("commentary")}
        shown = page(client.get(url("round-dates", Q4)))
        assert "Commentary is not asked for in this quarter" in shown
        assert client.post(url("round-dates", Q4), asked | boxes(closes_on=MAY[11])).status_code == 302
        assert (Round.objects.get().closes_on, Round.objects.get().commentary_due_on) == (MAY[11], None)

    def test_of_a_closed_quarter_are_shown_and_refused(self, client, sam, round_):
        actions.close_round(round_, version=1, by=sam)
        shown = page(client.get(url("round-dates", Q4)))
        assert "2017-18 Q4 is closed, so its dates stay as they are." in shown
        assert "Save the dates" not in shown
        shown = page(client.post(url("round-dates", Q4), self.said(version=2, closes_on=MAY[11])))
        assert "Open the quarter again first" in shown
        assert Round.objects.get().closes_on == MAY[10]


class TestTheStory:
    def test_closed_and_opened_again_twice_tells_all_of_it(self, client, sam, round_):
        ReturnFactory(round=round_)
        for version, (close, reopen) in enumerate([("The survey is late.", "It came."), ("Enough.", "Not yet.")]):
            client.post(url("round-close", Q4), {"version": 2 * version + 1, "reason": close})
            client.post(url("round-reopen", Q4), {"version": 2 * version + 2, "reason": reopen})
        client.post(url("round-close", Q4), {"version": 5, "reason": "The pack goes out."})
        shown = page(client.get(url("round-detail", Q4)))
        assert "Closed by Sam Carrick on 5 April 2018 while 1 figure was out: “The pack goes out.”" in shown
        assert "What was done with this quarter: 5 entries" in shown
        story = round_story.gather(Round.objects.get(), NOW.date())
        assert [line.comment for line in story.lines] == [
            "The pack goes out.", "Not yet.", "Enough.", "It came.", "The survey is late.",
        ]  # fmt: skip

    def test_with_nothing_out_no_reason_is_asked(self, client, sam, round_):
        sent(ReturnFactory(round=round_))
        assert "Why is it closed" not in page(client.get(url("round-close", Q4)))
        shown = page(client.post(url("round-close", Q4), {"version": 1}, follow=True))
        assert "Closed by Sam Carrick on 5 April 2018." in shown

    def test_it_costs_the_same_for_any_number_of_returns(self, sam, round_, django_assert_num_queries):
        for more in (1, 10):
            for _ in range(more):
                ReturnFactory(round=round_, extended_to=MAY[18])
            with django_assert_num_queries(8):  # the round itself with them
                assert len(round_story.gather(Round.objects.get(), NOW.date()).longer) in (1, 11)


class TestCollecting:
    @pytest.fixture
    def indicator(self, round_):
        return ReturnFactory(round=round_).indicator

    def said(self, **changes):
        return {"version": 1, "source_lag": "64", "materiality": "2.5%", "reason": "It publishes late."} | changes

    def test_it_is_set_and_shown_where_the_day_is(self, client, sam, indicator):
        farida = LeadFactory(indicator=indicator).user
        address = url("collecting-edit", indicator.slug)
        assert "Saved: how it is collected" in page(client.post(address, self.said(), follow=True))
        assert "2.5" in page(client.get(address))
        assert "It publishes late." in page(client.get(address))
        return_ = Return.objects.get()
        for shown in (url("return-detail", return_.pk), url("return-edit", return_.pk), url("round-detail", Q4)):
            assert "Its source has the figure from 3 July 2018." in page(client.get(shown)), shown
        client.force_login(farida)
        shown = page(client.get(url("return-list")))
        assert "It is due on Tuesday 3 July 2018. Its source has the figure from 3 July 2018." in shown

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"source_lag": ""}, "Enter the number of working days, 0 for none"),
            ({"source_lag": "-3"}, "The number of working days"),
            ({"source_lag": "251"}, "must be 250 or fewer"),
            ({"source_lag": "9" * 3000}, "The number of working days must have at most 9 figures"),
            ({"materiality": "0"}, "leave it empty to list every revision"),
            ({"materiality": "101"}, "The change can’t be more than 100"),
            ({"materiality": "2.555"}, "at most 2 figures after the point"),
            ({"materiality": "NaN"}, "The change must be a number from 0 to 100"),
            ({"reason": ""}, "Say why it changes"),
        ],
    )
    def test_what_can_not_be_is_told(self, client, sam, indicator, changes, sentence):
        shown = page(client.post(url("collecting-edit", indicator.slug), self.said(**changes)))
        assert sentence in shown
        assert Indicator.objects.get().version == 1

    def test_nothing_new_needs_no_reason(self, client, sam, indicator):
        said = self.said(source_lag="0", materiality="", reason="")
        assert "Nothing was changed" in page(client.post(url("collecting-edit", indicator.slug), said, follow=True))

    def test_over_a_newer_version_is_told(self, client, sam, indicator):
        actions.set_collecting(indicator, source_lag=5, materiality=None, reason="First.", version=1, by=sam)
        shown = page(client.post(url("collecting-edit", indicator.slug), self.said()))
        assert "This indicator has been changed since you opened it" in shown
        assert "How it is collected changed" in shown
