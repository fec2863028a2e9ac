"""Two people at one pack, or at two packs of one edition, at the same moment, each on a connection of their own."""

import pytest
from django.core.exceptions import ValidationError

from governance.models import Body, Membership
from lib.editing import Stale
from reporting import clearing as ways
from reporting.actions import approving, issuing, withdrawing
from reporting.builds import packs
from reporting.models import Pack, PackApproval
from tests.factories import UserFactory
from tests.factories.governance import BodyFactory, place
from tests.factories.packs import PackApprovalFactory, PackFactory
from tests.integration.test_returns_race import at_once

# On SQLite writers queue one after the other; what a late one meets there is in the tests of the actions.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 6


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def chairs():
    body = BodyFactory(kind=Body.Kind.EXECUTIVE, slug="csp-executive", code="CSPE")
    people = [UserFactory(name="Jo Mercer"), UserFactory(name="Tom Okafor")]
    for person in people:
        place(person, body, Membership.Role.CO_CHAIR)
    return people


def approved(**fields):
    pack = PackFactory(standing="approved", **fields)
    PackApprovalFactory(pack=pack)
    return pack


def seen(pack):
    """The row as a page showed it, for each of the two their own."""
    return Pack.objects.get(pk=pack.pk)


def issue(pack, by):
    mine = seen(pack)
    return lambda: issuing.issue(mine, version=mine.version, by=by)


def approve(pack, by):
    mine = seen(pack)
    return lambda: approving.approve(mine, version=mine.version, by=by)


def refuse(pack, by):
    mine = seen(pack)
    return lambda: approving.refuse(mine, said="No", version=mine.version, by=by)


def withdraw(pack, by, because="Wrong"):
    mine = seen(pack)
    return lambda: withdrawing.withdraw(mine, because=because, version=mine.version, by=by)


def lost(outcomes):
    """What the losers were told; a refusal, never anything else."""
    told = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(one, ValidationError) for one in told), outcomes
    return told


def test_two_approve_one_pack(chairs):
    for _ in range(ROUNDS):
        pack = PackFactory()
        assert len(lost(at_once(approve(pack, chairs[0]), approve(pack, chairs[1])))) == 1
        assert PackApproval.objects.filter(pack=pack).count() == 1
        assert seen(pack).version == 2


def test_one_approves_while_the_other_does_not(chairs):
    for _ in range(ROUNDS):
        pack = PackFactory()
        assert len(lost(at_once(approve(pack, chairs[0]), refuse(pack, chairs[1])))) == 1
        word = PackApproval.objects.get(pack=pack)
        assert (word.verdict, seen(pack).standing) in {("approved", "approved"), ("refused", "set_aside")}


def test_approved_while_a_newer_build_becomes_ready(chairs):
    """Whoever is first, the older build ends set aside: only the newest is issued."""
    for _ in range(ROUNDS):
        older = PackFactory()
        newer = PackFactory(plan=older.plan, build=2)
        lost(at_once(approve(older, chairs[0]), lambda newer=newer: packs._set_aside_earlier(newer)))
        assert seen(older).standing == "set_aside"
        assert seen(newer).standing == "built"


def test_two_issue_one_pack(sam):
    for _ in range(ROUNDS):
        pack = approved()
        assert len(lost(at_once(issue(pack, sam), issue(pack, sam)))) == 1
        assert (seen(pack).standing, seen(pack).version) == ("issued", 2)


def test_of_two_public_editions_at_once_one_is_checked_against_the_other(sam):
    """One is issued; the other is told that it has not been checked against that one yet."""
    for _ in range(ROUNDS):
        before = ways.published()
        pair = []
        for _ in range(2):
            executive = PackFactory(issued=True)
            fields = {"edition": "public", "made_from": executive, "plan": executive.plan}
            pair.append(approved(published_against=before, **fields))
        told = lost(at_once(*(issue(pack, sam) for pack in pair)))
        assert [one.messages for one in told] == [[ways.CHECK_AGAIN]]
        assert len(ways.published()) == len(before) + 1


def test_reissue_while_what_it_takes_the_place_of_is_withdrawn(sam):
    for _ in range(ROUNDS):
        first = PackFactory(issued=True)
        second = approved(plan=first.plan, issue=2, supersedes=first, erratum="B2 was wrong")
        lost(at_once(issue(second, sam), withdraw(first, sam)))
        assert seen(second).standing == "issued"
        assert seen(first).standing in {"superseded", "withdrawn"}


def test_addendum_while_its_issue_is_withdrawn(sam):
    """Either it went out while the issue stood, or it is refused."""
    for _ in range(ROUNDS):
        first = PackFactory(issued=True)
        addendum = approved(plan=first.plan, kind="addendum", adds_to=first)
        told = lost(at_once(issue(addendum, sam), withdraw(first, sam)))
        assert not any(isinstance(one, Stale) for one in told)
        assert seen(first).standing == "withdrawn"
        assert seen(addendum).standing == ("approved" if told else "issued")


def test_two_withdraw_one_pack(sam):
    for _ in range(ROUNDS):
        pack = PackFactory(issued=True)
        assert len(lost(at_once(withdraw(pack, sam, "One"), withdraw(pack, sam, "Two")))) == 1
        assert seen(pack).withdrawn_because in {"One", "Two"}
