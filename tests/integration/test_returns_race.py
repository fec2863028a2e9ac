"""Two people at the same moment, each on a connection of their own: one wins, the other is told, nothing is doubled or half saved."""

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, User
from indicators import actions, deadlines
from indicators.models import Figure, Lead, Return, Round, SendBack, Verification
from lib.editing import Stale
from lib.quarters import Quarter, Year
from tests.factories import UserFactory
from tests.factories.indicators import (
    Q4,
    IndicatorFactory,
    LeadFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
    sent,
)
from tests.factories.priorities import PlanFactory

# On SQLite writers queue one after the other; what a late one meets there is in the tests of the actions.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run each act in a thread and on a connection of its own, let go together; what each returned, or the refusal it met."""
    gate, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(60)  # on a busy machine fifty connections take a while
            outcomes[place] = act()
        except Exception as error:  # told to the test, which knows what may be refused
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return outcomes


def one_won(outcomes: list[object]) -> bool:
    """Exactly one act went through, and every other was told that somebody else was first."""
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(outcome, Stale) for outcome in refused), refused
    return len(outcomes) - len(refused) == 1


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", roles=["data_lead"])


def test_verifying_against_sending_back(sam, farida):
    """Also with a session that read the return before the other wrote."""
    for _ in range(ROUNDS):
        return_ = ReturnFactory(round=Round.objects.first() or RoundFactory())
        sent(return_, supplied_by=farida)
        mine, theirs = Return.objects.get(pk=return_.pk), Return.objects.get(pk=return_.pk)
        outcomes = at_once(
            lambda mine=mine: actions.verify(mine, version=1, by=sam),
            lambda theirs=theirs: actions.send_back(
                theirs, comment="Why?", due_again_on=timezone.localdate(), version=1, by=sam
            ),
        )
        assert one_won(outcomes)
        verified, back = (
            model.objects.filter(figure__for_return=return_).count() for model in (Verification, SendBack)
        )
        assert (verified, back) in ((1, 0), (0, 1))
        saved = Return.objects.get(pk=return_.pk)
        assert saved.version == 2
        assert saved.status == (Return.Status.VERIFIED if verified else Return.Status.SENT_BACK)


def test_the_same_form_sent_twice(farida):
    for _ in range(ROUNDS):
        return_ = ReturnFactory(round=Round.objects.first() or RoundFactory())
        both = [Return.objects.get(pk=return_.pk) for _ in range(2)]
        outcomes = at_once(
            *(
                lambda one=one: actions.submit(one, version=1, numerator=Decimal(5), supplied_by=farida, by=farida)
                for one in both
            )
        )
        assert one_won(outcomes)
        assert Figure.objects.filter(for_return=return_).count() == 1
        assert AuditEvent.objects.filter(subject_id=str(return_.pk), kind="return_submitted").count() == 1


@pytest.fixture
def both_have_looked(monkeypatch):
    """`both_have_looked("submit")`: neither request goes on to that action before the other has read the row as well."""

    def hold(name):
        act, gate = getattr(actions, name), threading.Barrier(2)

        def held(*args, **kwargs):
            gate.wait(10)
            return act(*args, **kwargs)

        monkeypatch.setattr(actions, name, held)

    return hold


def posted_twice(person: User, url: str, typed: dict[str, object]) -> list[HttpResponse]:
    """The answers to one form sent from two pages of one person at the same moment."""
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return at_once(*(lambda client=client: client.post(url, typed) for client in clients))


def test_a_figure_posted_twice_at_once_is_a_success_both_times(farida, both_have_looked):
    return_ = ReturnFactory()
    LeadFactory(indicator=return_.indicator, user=farida)
    both_have_looked("submit")
    typed = {"version": "1", "number": "156", "kind": "final", "behalf": "own", "do": "submit"}
    answers = posted_twice(farida, reverse("indicators:return-edit", args=[return_.pk]), typed)
    assert [answer.status_code for answer in answers] == [302, 302], answers
    assert {answer.url for answer in answers} == {return_.get_absolute_url()}
    assert Figure.objects.filter(for_return=return_).count() == 1
    assert Return.objects.get(pk=return_.pk).version == 2


def test_no_figure_posted_twice_at_once_is_a_success_both_times(farida, both_have_looked):
    return_ = ReturnFactory()
    LeadFactory(indicator=return_.indicator, user=farida)
    both_have_looked("say_missing")
    typed = {"version": "1", "reason": Return.MissingReason.SOURCE_LAG, "note": "", "do": "submit"}
    answers = posted_twice(farida, reverse("indicators:return-no-figure", args=[return_.pk]), typed)
    assert [answer.status_code for answer in answers] == [302, 302], answers
    assert AuditEvent.objects.filter(subject_id=str(return_.pk)).count() == 1


def test_words_posted_twice_at_once_are_a_success_both_times(both_have_looked):
    owen = UserFactory(roles=["commentary_lead"])
    return_ = ReturnFactory()
    LeadFactory(indicator=return_.indicator, user=owen, duty=Lead.Duty.COMMENTARY)
    both_have_looked("send_commentary")
    typed = {"version": "1", "what_happened": "More reports.", "why": "", "what_next": "", "do": "send"}
    answers = posted_twice(owen, reverse("indicators:commentary-edit", args=[return_.commentary.pk]), typed)
    assert [answer.status_code for answer in answers] == [302, 302], answers
    assert AuditEvent.objects.filter(subject_id=str(return_.commentary.pk)).count() == 1


def test_two_verifiers(sam, farida):
    lena = UserFactory(roles=["coordinator"])
    for _ in range(ROUNDS):
        return_ = ReturnFactory(round=Round.objects.first() or RoundFactory())
        sent(return_, supplied_by=farida)
        seen = [(Return.objects.get(pk=return_.pk), by) for by in (sam, lena)]
        outcomes = at_once(*(lambda one=one, by=by: actions.verify(one, version=1, by=by) for one, by in seen))
        assert one_won(outcomes)
        assert Verification.objects.filter(figure__for_return=return_).count() == 1


def test_closing_the_quarter_against_sending_a_first_figure(sam, farida):
    """Whichever comes first, no figure is recorded after the moment of closing."""
    for _ in range(ROUNDS):
        return_ = ReturnFactory()
        mine = Return.objects.get(pk=return_.pk)
        round_ = Round.objects.get(pk=return_.round_id)
        outcomes = at_once(
            lambda mine=mine: actions.submit(mine, version=1, numerator=Decimal(5), supplied_by=farida, by=farida),
            lambda round_=round_: actions.close_round(round_, version=1, by=sam),
        )
        assert not isinstance(outcomes[1], Exception)
        if isinstance(outcomes[0], Exception):
            assert isinstance(outcomes[0], ValidationError)
            assert "is closed" in str(outcomes[0])
            assert not Figure.objects.filter(for_return=return_).exists()
        else:
            assert outcomes[0].recorded_at <= Round.objects.get(pk=round_.pk).closed_at
        Return.objects.filter(pk=return_.pk).update(round=_set_aside(round_))


def test_closing_the_quarter_against_sending_words_again(sam, farida):
    words = {"what_happened": "Reports rose.", "why": "", "what_next": ""}
    for _ in range(ROUNDS):
        commentary = ReturnFactory().commentary
        round_ = commentary.for_return.round
        actions.send_commentary(commentary, **words, version=1, by=farida)
        closed, again = at_once(
            lambda pk=round_.pk: actions.close_round(Round.objects.get(pk=pk), version=1, by=sam),
            lambda mine=commentary: actions.send_commentary(mine, **words | {"why": "Again."}, version=2, by=farida),
        )
        assert isinstance(closed, Round)
        commentary.refresh_from_db()
        if isinstance(again, ValidationError):
            assert commentary.why == ""
        else:
            assert commentary.sent_at <= closed.closed_at
        Return.objects.filter(pk=commentary.for_return_id).update(round=_set_aside(round_))


def _set_aside(round_):
    """Free the quarter for the next turn."""
    taken = set(Round.objects.values_list("quarter", flat=True))
    free = next(quarter for quarter in Quarter(1999, 4).back_to(40) if quarter not in taken)
    Round.objects.filter(pk=round_.pk).update(quarter=free)
    return round_


def test_adding_to_the_set_against_opening_the_quarter(sam):
    """Whichever comes first, the quarter asks for the indicator."""
    PlanFactory()
    TargetFactory()
    quarters = Year(2017).quarters
    for quarter in quarters:
        added = IndicatorFactory()
        dates = deadlines.from_quarter(quarter, opened_on=timezone.localdate())
        outcomes = at_once(
            lambda quarter=quarter, dates=dates: actions.open_round(quarter, **dates, by=sam),
            lambda added=added: actions.add_to_set(added, year=Year(2017), reason="Asked.", version=1, by=sam),
        )
        assert not any(isinstance(outcome, Exception) for outcome in outcomes), outcomes
        assert Return.objects.filter(indicator=added, round__quarter=quarter).exists()


def test_two_coordinators_open_one_quarter(sam):
    PlanFactory()
    TargetFactory()
    dates = deadlines.from_quarter(Q4, opened_on=timezone.localdate())
    outcomes = at_once(*(lambda: actions.open_round(Q4, **dates, by=sam) for _ in range(2)))
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(refused) == 1
    assert "2017-18 Q4 has been opened already" in str(refused[0])
    assert (Round.objects.count(), Return.objects.count()) == (1, 1)
