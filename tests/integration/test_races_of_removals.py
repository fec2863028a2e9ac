"""Two people who decide on one removal of personal data at the same moment, each on a connection of their own."""

from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from accounts.erasing import ledger
from accounts.models import AuditEvent, Erasure
from reporting.actions import erasing
from reporting.erasing import choosing
from tests.factories.accounts import UserFactory
from tests.factories.packs import RedactionFactory
from tests.integration.test_returns_race import at_once

# On SQLite writers queue one after the other; what a late one meets there is in the tests of the action.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 6
SAID = {"what": "The name of a witness", "ground": "asked_for", "why": "Letter of 3 May 2018"}
LATE = "decided on this removal already"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.ERASURES_DIR = str(tmp_path / "erasures")
    return Path(settings.ERASURES_DIR)


def asked_for(number: int) -> Erasure:
    words = [f"Zelda Quillfeather the {number}th"]
    RedactionFactory(passage=f"{words[0]} was there.")
    places = [place.key for place in choosing.found(words, "")]
    return erasing.ask(words=words, places=places, by=UserFactory(roles=["administrator"]), **SAID)


def outcome_of(erasure: Erasure, *acts) -> str:
    """The state it ends in; whoever was late was told, and left no trace."""
    outcomes = at_once(*acts)
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert len(refused) == len(outcomes) - 1, outcomes
    assert all(isinstance(one, ValidationError) and LATE in str(one) for one in refused), refused
    erasure.refresh_from_db()
    decided = AuditEvent.objects.about("accounts.erasure", erasure.pk).exclude(kind="erasure_asked")
    assert [event.actor_id for event in decided] == [erasure.decided_by_id]
    assert erasure.version == 2
    return erasure.state


def test_of_two_who_carry_it_out_one_does_and_the_ledger_holds_it_once():
    for number in range(ROUNDS):
        erasure = asked_for(number)
        ann, ben = UserFactory(roles=["coordinator"]), UserFactory(roles=["coordinator"])
        acts = [partial(erasing.carry_out, erasure, version=1, by=by) for by in (ann, ben)]
        assert outcome_of(erasure, *acts) == "done"
        assert len([one for one in ledger.entries() if one.key == erasure.key]) == 1


def test_carried_out_or_refused_but_never_half_of_each():
    for number in range(ROUNDS):
        erasure = asked_for(number)
        ann, ben = UserFactory(roles=["coordinator"]), UserFactory(roles=["coordinator"])
        state = outcome_of(
            erasure,
            partial(erasing.carry_out, erasure, version=1, by=ann),
            partial(erasing.refuse, erasure, because="They agreed to be named", version=1, by=ben),
        )
        assert bool(choosing.found([f"Zelda Quillfeather the {number}th"], "")) == (state == "refused")
        assert bool([one for one in ledger.entries() if one.key == erasure.key]) == (state == "done")


def test_two_who_ask_for_the_same_places_get_one_removal():
    for number in range(ROUNDS):
        words = [f"Quentin Oddfellow the {number}th"]
        RedactionFactory(passage=f"{words[0]} was there.")
        places = [place.key for place in choosing.found(words, "")]
        ann, ben = UserFactory(roles=["administrator"]), UserFactory(roles=["administrator"])
        outcomes = at_once(*[partial(erasing.ask, words=words, places=places, by=by, **SAID) for by in (ann, ben)])
        assert len([one for one in outcomes if isinstance(one, Erasure)]) == 1, outcomes
