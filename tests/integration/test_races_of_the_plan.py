"""Two coordinators who save one priority at the same moment, over two connections."""

from dataclasses import replace

import pytest

from priorities import actions
from priorities.models import Amendment, Commitment, Priority
from priorities.wording import wording_of
from tests.factories.accounts import UserFactory
from tests.factories.priorities import CommitmentFactory, PriorityFactory
from tests.integration.test_races_of_people import race

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_the_second_of_two_who_save_one_priority_is_told_and_changes_nothing():
    priority = PriorityFactory()
    CommitmentFactory.create_batch(2, priority=priority)
    both = [Priority.objects.with_parts().get() for _ in range(2)]
    coordinators = UserFactory.create_batch(2, roles=["coordinator"])

    def save(number: int) -> None:
        # Each takes out another commitment; together they would leave none.
        kept = wording_of(both[number]).commitments[number : number + 1]
        actions.amend_priority(
            both[number],
            version=1,
            wording=replace(wording_of(both[number]), commitments=kept),
            reason="Agreed",
            by=coordinators[number],
        )

    outcomes = race(lambda: save(0), lambda: save(1))
    assert outcomes[0] == "done"
    assert outcomes[1].startswith("This priority has been changed since you opened it")
    assert Commitment.objects.count() == 1
    assert Amendment.objects.get().made_by == coordinators[0]
