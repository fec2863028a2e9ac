"""What two people do to accounts at the same moment, over two connections."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts import actions
from accounts.models import Installation, User
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
