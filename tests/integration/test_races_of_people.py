"""What two people do to accounts at the same moment, over two connections."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import actions
from accounts.models import Installation, RoleGrant, User
from lib.quarters import Quarter
from tests.factories import UserFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
HELD_OPEN = 0.5  # seconds the first transaction stays open after its work, so that the second one runs into it


@pytest.fixture(autouse=True)
def _installation():
    """The row that the last administrator's guard locks is there, as it is in every database that is in use."""
    Installation.objects.create(pk=1)


def race(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """Run the second while the first has done its work and not yet committed; gives each outcome: "done" or the refusal."""
    outcomes = ["", ""]
    worked, hold = threading.Event(), threading.Event()

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                act()
                if number == 0:
                    worked.set()
                    hold.wait(HELD_OPEN)
            outcomes[number] = "done"
        except ValidationError as refusal:
            outcomes[number] = " ".join(refusal.messages)
        finally:
            worked.set()
            connection.close()

    threads = [threading.Thread(target=run, args=(0, first)), threading.Thread(target=run, args=(1, second))]
    threads[0].start()
    worked.wait(10)
    threads[1].start()
    for thread in threads:
        thread.join(20)
    return outcomes


def test_two_administrators_who_close_each_others_account_leave_one():
    ada, bob = UserFactory(roles=["administrator"]), UserFactory(roles=["administrator"])
    outcomes = race(lambda: actions.deactivate(bob, by=ada), lambda: actions.deactivate(ada, by=bob))
    assert outcomes[0] == "done"
    assert outcomes[1].startswith("This is the last administrator")
    assert list(User.objects.active()) == [ada]


def test_two_administrators_who_end_each_others_role_leave_one():
    ada, bob = UserFactory(roles=["administrator"]), UserFactory(roles=["administrator"])
    outcomes = race(
        lambda: actions.end_role(bob.role_grants.get(), by=ada),
        lambda: actions.end_role(ada.role_grants.get(), by=bob),
    )
    assert outcomes[0] == "done"
    assert outcomes[1].startswith("This is the last administrator")


def test_two_who_invite_one_person_make_one_and_the_second_is_told():
    ada = UserFactory(roles=["administrator"])

    def invite() -> User:
        return actions.invite(email="new@example.org", name="New Person", by=ada)

    assert race(invite, invite) == ["done", "New Person has an account with this email address already"]
    assert User.objects.filter(email="new@example.org").count() == 1


def test_two_who_give_one_role_to_one_person_give_it_once():
    ada, person = UserFactory(roles=["administrator"]), UserFactory()

    def grant() -> None:
        actions.grant_role(User.objects.get(pk=person.pk), role="executive", starts_on=person.joined_at.date(), by=ada)

    outcomes = race(grant, grant)
    assert outcomes[0] == "done"
    assert "has been changed since you opened it" in outcomes[1]
    assert person.role_grants.count() == 1


def test_confirming_and_closing_at_the_same_moment_lose_neither():
    """Whoever comes second sees what the first did: a role that was confirmed just before the review closed does not lapse."""
    now = timezone.now()
    sam, farida = UserFactory(roles=["coordinator"]), UserFactory(roles=["data_lead"])
    RoleGrant.objects.update(granted_at=now - dt.timedelta(days=100))
    review = actions.open_review(quarter=Quarter.of(now.date()), at=now - dt.timedelta(days=60), by=None)
    grant = farida.role_grants.get()
    outcomes = race(
        lambda: actions.settle_review(review, keep=[grant.pk], end=[], at=now, by=sam),
        lambda: actions.close_review(review, at=now, by=None),
    )
    assert outcomes == ["done", "done"]
    assert farida.role_grants.in_force(now.date()).exists()


def test_closing_first_refuses_who_confirms_too_late_and_two_reviewers_confirm_once():
    now = timezone.now()
    sam, olu = UserFactory(roles=["coordinator"]), UserFactory(roles=["coordinator"])
    grant = UserFactory(roles=["data_lead"]).role_grants.get()
    RoleGrant.objects.update(granted_at=now - dt.timedelta(days=100))
    review = actions.open_review(quarter=Quarter.of(now.date()), at=now - dt.timedelta(days=60), by=None)

    def confirm(by: User) -> Callable[[], object]:
        return lambda: actions.settle_review(review, keep=[grant.pk], end=[], at=now, by=by)

    assert race(confirm(sam), confirm(olu)) == ["done", "done"]
    assert review.confirmations.get().by == sam
    outcomes = race(lambda: actions.close_review(review, at=now, by=None), confirm(olu))
    assert outcomes[0] == "done"
    assert "has closed" in outcomes[1]


def test_reviews_are_answered_and_closed_with_locks_in_one_order():
    """Each holds the installation's row before the review's: in the other order two could wait for each other."""
    sam, _ = UserFactory(roles=["coordinator"]), UserFactory(roles=["coordinator"])
    grant = UserFactory(roles=["data_lead"]).role_grants.get()
    now = timezone.now()
    RoleGrant.objects.update(granted_at=now - dt.timedelta(days=100))
    review = actions.open_review(quarter=Quarter.of(now.date()), at=now - dt.timedelta(days=60), by=None)
    for act in (
        lambda: actions.settle_review(review, keep=[grant.pk], end=[], at=now, by=sam),
        lambda: actions.close_review(review, at=now, by=None),
    ):
        with CaptureQueriesContext(connection) as queries:
            act()
        writes = [one["sql"] for one in queries if "FOR UPDATE" in one["sql"] or one["sql"].startswith("UPDATE")]
        assert 'FROM "accounts_installation"' in writes[0], writes[0]
        assert any('"accounts_accessreview"' in one for one in writes[1:]), writes
