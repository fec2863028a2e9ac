"""The link to a supplier: what it holds, when it ends, and what it says to those who verify."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from indicators import actions, confirming, eyes
from indicators.confirming import State
from indicators.models import Confirmation, Figure, Verification, Withdrawal
from tests.factories import UserFactory
from tests.factories.collecting import ConfirmationFactory
from tests.factories.indicators import FigureFactory, IndicatorFactory, ReturnFactory, sent

pytestmark = pytest.mark.django_db
ASKED = dt.datetime(2018, 5, 3, 9, 12, tzinfo=dt.UTC)  # 10:12 in London
EXPIRES = dt.datetime(2018, 5, 17, 9, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(ASKED, tick=False) as clock:
        yield clock


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", post="Coordinator", email="sam.carrick@example.org", roles=["coordinator"])


@pytest.fixture
def figure(sam):
    return sent(ReturnFactory(), supplied_by=None, supplied_by_name="Tom Okafor, YOT manager", recorded_by=sam)


@pytest.fixture
def asked(figure, sam):
    return ConfirmationFactory(figure=figure, asked_by=sam, asked_at=ASKED, expires_at=EXPIRES)


def token_of(confirmation):
    return confirming.link(confirmation).rstrip("/").rpartition("/")[2]


def answered(asked, answer, said=""):
    Confirmation.objects.filter(pk=asked.pk).update(answer=answer, answered_at=ASKED, said=said)
    return Confirmation.objects.get(pk=asked.pk)


class TestTheLink:
    def test_it_is_absolute_and_leads_to_its_own_row(self, asked, settings):
        settings.SITE_URL = "https://csp.example.org"
        assert confirming.link(asked).startswith("https://csp.example.org/confirm/")
        assert confirming.opened(token_of(asked)) == asked

    def test_another_number_with_the_same_signature_is_nobody_s(self, asked):
        other = ConfirmationFactory(figure=asked.figure)
        _, _, signature = token_of(asked).partition(".")
        assert confirming.opened(f"{other.pk}.{signature}") is None

    @pytest.mark.parametrize("token", ["", "1", ".", "1.", "1.x", "é.é", "1.x.y", "9" * 5000, "\x00"])
    def test_what_we_have_not_signed_opens_nothing(self, asked, token):
        assert confirming.opened(token) is None

    def test_a_token_signed_for_something_else_opens_nothing(self, asked):
        assert confirming.opened(signing.Signer(sep=".").sign(str(asked.pk))) is None

    def test_a_link_holds_while_the_former_key_is_kept(self, asked, settings):
        token = token_of(asked)
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key, for tests only", [settings.SECRET_KEY]
        assert confirming.opened(token) == asked


class TestWhereItStands:
    @pytest.mark.parametrize(
        "at, state",
        [
            (EXPIRES - dt.timedelta(microseconds=1), State.OPEN),
            (EXPIRES, State.EXPIRED),
            (EXPIRES + dt.timedelta(days=300), State.EXPIRED),
        ],
    )
    def test_it_ends_at_its_moment(self, asked, at, state):
        assert confirming.state(asked, at) == state

    def test_a_newer_link_ends_it(self, asked):
        newer = ConfirmationFactory(figure=asked.figure, expires_at=EXPIRES)
        assert confirming.state(asked, ASKED) == State.NEWER_LINK
        assert confirming.state(newer, ASKED) == State.OPEN

    def test_a_newer_figure_ends_it(self, asked, sam):
        return_ = asked.figure.for_return
        actions.submit(return_, version=1, numerator=Decimal(7), supplied_by_name="Tom Okafor", by=sam)
        assert confirming.state(confirming.opened(token_of(asked)), ASKED) == State.NEWER_FIGURE

    def test_sending_back_ends_it(self, asked, sam):
        return_ = asked.figure.for_return
        actions.send_back(return_, comment="Why?", due_again_on=dt.date(2018, 5, 10), version=1, by=sam)
        assert confirming.state(confirming.opened(token_of(asked)), ASKED) == State.SENT_BACK

    def test_taking_back_ends_it(self, asked, sam):
        Withdrawal.objects.create(figure=asked.figure, withdrawn_by=sam)
        assert confirming.state(confirming.opened(token_of(asked)), ASKED) == State.TAKEN_BACK

    def test_verifying_ends_it(self, asked):
        actions.verify(asked.figure.for_return, version=1, by=UserFactory(roles=["coordinator"]))
        assert confirming.state(confirming.opened(token_of(asked)), ASKED) == State.VERIFIED

    def test_an_answer_stands_whatever_happened_since(self, asked):
        done = answered(asked, Confirmation.Answer.CONFIRMED)
        Verification.objects.create(figure=asked.figure, verified_by=UserFactory(roles=["coordinator"]))
        assert confirming.state(done, EXPIRES + dt.timedelta(days=1)) == State.CONFIRMED


class TestWhatItShows:
    def rows(self, figure):
        return {row.key: row.value for row in confirming.rows(figure)}

    def test_just_what_was_supplied(self, figure):
        figure.for_return.indicator.name = "Domestic abuse reports"
        assert self.rows(figure) == {
            "Indicator": "Domestic abuse reports",
            "Quarter": "2017-18 Q4 (January to March 2018)",
            "Figure": "1,561",
            "Final or provisional": "Final",
            "Given by": "Tom Okafor, YOT manager",
            "How it reached us": "On the form",
            "Keyed by": "Sam Carrick, 3 May 2018, 10:12",
        }

    def test_with_its_source_its_days_and_its_route(self, sam):
        figure = FigureFactory(
            source="YOT case system",
            extracted_on=dt.date(2018, 4, 25),
            received_on=dt.date(2018, 4, 26),
            route=Figure.Route.PHONE,
            is_provisional=True,
            recorded_by=sam,
        )
        rows = self.rows(figure)
        assert rows["Source"] == "YOT case system"
        assert rows["Taken from there on"] == "25 April 2018"
        assert rows["How it reached us"] == "By phone, 26 April 2018"
        assert rows["Final or provisional"] == "Provisional"

    def test_need_and_met_by_their_own_words(self):
        return_ = ReturnFactory(indicator=IndicatorFactory(need_met=True))
        rows = self.rows(sent(return_, 31, 44))
        assert (rows["Offenders with the need"], rows["Offenders whose need was met"]) == ("44", "31")

    def test_a_percentage_without_its_base_stands_alone(self):
        return_ = ReturnFactory(indicator=IndicatorFactory(percentage=True))
        figure = FigureFactory(for_return=return_, numerator=None, stated_percentage=Decimal("67.4"))
        assert self.rows(figure)["Figure"] == "67.4%"


class TestSentences:
    def test_nobody_was_asked(self, figure):
        assert confirming.of([figure]) == {}

    def test_asked_and_waiting(self, asked):
        assert confirming.of([asked.figure]) == {
            asked.figure_id: "Tom Okafor was asked on 3 May 2018 at 10:12 to confirm it, and has not answered yet. "
            "The link works until 17 May 2018."
        }

    def test_asked_and_never_answered(self, asked, clock):
        clock.move_to(EXPIRES)
        assert confirming.of([asked.figure])[asked.figure_id] == (
            "Tom Okafor was asked on 3 May 2018 to confirm it, and has not answered. The link has expired."
        )

    def test_confirmed_tells_whoever_keyed_it_that_they_may_verify(self, asked, sam):
        answered(asked, Confirmation.Answer.CONFIRMED)
        said = "Confirmed by Tom Okafor on 3 May 2018 at 10:12"
        assert confirming.of([asked.figure], sam)[asked.figure_id] == f"{said}: you may verify it."
        assert confirming.of([asked.figure], UserFactory())[asked.figure_id] == f"{said}."
        assert confirming.of([asked.figure])[asked.figure_id] == f"{said}."

    def test_disputed_in_their_own_words(self, asked):
        answered(asked, Confirmation.Answer.DISPUTED, "It was 1,516.")
        assert confirming.of([asked.figure])[asked.figure_id] == (
            "Tom Okafor says this is not what they gave: “It was 1,516.”"
        )

    def test_one_query_for_any_number(self, asked, django_assert_num_queries):
        round_ = asked.figure.for_return.round
        more = [ConfirmationFactory(figure=FigureFactory(for_return__round=round_)).figure for _ in range(5)]
        with django_assert_num_queries(1):
            assert len(confirming.of([asked.figure, *more])) == 6


class TestFourEyes:
    def test_a_confirmed_figure_may_be_verified_by_whoever_keyed_it(self, asked, sam):
        answered(asked, Confirmation.Answer.CONFIRMED)
        assert eyes.verifiers(dt.date(2018, 5, 3)).refusal(Figure.objects.get(), sam) == ""

    def test_never_by_whoever_gave_it(self, sam):
        figure = sent(ReturnFactory(), supplied_by=sam, recorded_by=UserFactory())
        answered(ConfirmationFactory(figure=figure, asked_by=sam), Confirmation.Answer.CONFIRMED)
        assert eyes.verifiers(dt.date(2018, 5, 3)).refusal(figure, sam) == (
            "You gave this figure, and nobody else may verify it yet. "
            "Ask an administrator to make somebody else a coordinator."
        )

    def test_asking_alone_changes_nothing_and_a_newer_question_takes_nothing_back_that_was_not_said(self, asked, sam):
        assert eyes.verifiers(dt.date(2018, 5, 3)).refusal(asked.figure, sam) == (
            "You keyed this figure, and nobody else may verify it yet. Have its supplier confirm it by link, "
            "or ask an administrator to make somebody else a coordinator."
        )

    def test_where_somebody_else_may_they_are_named_first(self, asked, sam):
        UserFactory(name="Lena Fox", roles=["coordinator"])
        refusal = eyes.verifiers(dt.date(2018, 5, 3)).refusal(asked.figure, sam)
        assert refusal == "You keyed this figure, so somebody else must verify it: ask Lena Fox."

    def test_a_disputed_figure_is_verified_by_nobody(self, asked):
        answered(asked, Confirmation.Answer.DISPUTED, "It was 1,516.")
        lena = UserFactory(roles=["coordinator"])
        assert eyes.verifiers(dt.date(2018, 5, 3)).refusal(Figure.objects.get(), lena) == (
            "Tom Okafor disputed this figure: send it back, or key it again."
        )

    def test_a_list_costs_nothing_more_once_confirmations_are_prefetched(self, asked, sam, django_assert_num_queries):
        for _ in range(4):
            ConfirmationFactory(figure=sent(ReturnFactory(round=asked.figure.for_return.round), recorded_by=sam))
        who = eyes.verifiers(timezone.localdate())
        figures = list(Figure.objects.prefetch_related("confirmations"))
        with django_assert_num_queries(0):
            assert len([figure for figure in figures if who.refusal(figure, sam)]) == 5
