"""Two people at one application at the same moment, each on a connection of their own."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from governance.actions import applications, applications_deciding
from governance.funding.applying import Content
from governance.models import Body, FundingApplication, Project
from lib.quarters import Year
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.funding import FundingApplicationFactory, FundingStreamFactory
from tests.factories.governance import BodyFactory
from tests.integration.test_returns_race import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 6
Y2 = Year.parse("2018-19")
ALL = {Y2: Decimal("12000.00")}


@pytest.fixture(autouse=True)
def executive():
    return BodyFactory(kind=Body.Kind.EXECUTIVE)


@pytest.fixture
def jo():
    return UserFactory(name="Jo Mercer", roles=["executive"])


@pytest.fixture
def tom():
    return UserFactory(name="Tom Okafor", roles=["executive"])


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def again(application) -> FundingApplication:
    found: FundingApplication = FundingApplication.objects.get(pk=application.pk)
    return found


def refusals(outcomes) -> list[str]:
    """What was refused, and nothing else went wrong."""
    wrong = [one for one in outcomes if isinstance(one, Exception)]
    assert all(isinstance(one, ValidationError) for one in wrong), wrong
    return [" ".join(one.messages) for one in wrong]


def test_two_members_decide_one_wins_and_the_other_is_told_who(jo, tom):
    for _ in range(ROUNDS):
        asked = FundingApplicationFactory(submitted=True)
        mine, theirs = again(asked), again(asked)
        outcomes = at_once(
            lambda one=mine: applications_deciding.decide(one, verdict="agreed", agreed=ALL, version=1, by=jo),
            lambda one=theirs: applications_deciding.decide(
                one, verdict="refused", agreed={}, said="No", version=1, by=tom
            ),
        )
        (told,) = refusals(outcomes)
        state = again(asked).state
        winner = "Jo Mercer" if state == "agreed" else "Tom Okafor"
        assert told.startswith(f"{winner} decided on this application on ") and told.endswith(f": {state}")
        assert (asked.approvals.count(), again(asked).version) == (1, 2)
        assert asked.years.get().agreed == (ALL[Y2] if state == "agreed" else None)


def test_deciding_while_it_is_withdrawn_or_taken_back(jo, sam):
    for act, said in ((applications.withdraw, "because"), (applications.take_back, "reason")):
        for _ in range(ROUNDS):
            asked = FundingApplicationFactory(submitted=True)
            mine, theirs = again(asked), again(asked)
            outcomes = at_once(
                lambda one=mine: applications_deciding.decide(one, verdict="agreed", agreed=ALL, version=1, by=jo),
                lambda one=theirs, act=act, said=said: act(one, version=1, by=sam, **{said: "Not needed"}),
            )
            assert len(refusals(outcomes)) == 1, outcomes
            now = again(asked)
            assert now.is_agreed == (now.approvals.count() == 1) == (now.years.get().agreed is not None)


def test_who_declares_an_interest_at_that_moment_does_not_decide_after_it(jo, sam):
    for _ in range(ROUNDS):
        asked = FundingApplicationFactory(submitted=True)
        mine, theirs = again(asked), again(asked)
        outcomes = at_once(
            lambda one=mine: applications_deciding.decide(one, verdict="agreed", agreed=ALL, version=1, by=jo),
            lambda one=theirs: applications.declare_interest(one, nature="Trustee", by=jo),
        )
        assert len(refusals(outcomes)) == 1, outcomes
        assert again(asked).is_agreed != asked.interests.exists()


def test_an_interest_is_declared_once(jo):
    for _ in range(ROUNDS):
        asked = FundingApplicationFactory(submitted=True)
        pair = [again(asked), again(asked)]
        outcomes = at_once(
            *(lambda one=one: applications.declare_interest(one, nature="Trustee", by=jo) for one in pair)
        )
        assert len(refusals(outcomes)) == 1, outcomes
        assert asked.interests.count() == 1


def test_two_applications_are_not_agreed_from_the_same_last_pounds(jo, tom):
    for _ in range(ROUNDS):
        stream = FundingStreamFactory(amount=Decimal("20000.00"))
        one, other = (FundingApplicationFactory(submitted=True, stream=stream) for _ in range(2))
        outcomes = at_once(
            lambda one=one: applications_deciding.decide(one, verdict="agreed", agreed=ALL, version=1, by=jo),
            lambda one=other: applications_deciding.decide(one, verdict="agreed", agreed=ALL, version=1, by=tom),
        )
        (told,) = refusals(outcomes)
        assert "£8,000 of the £20,000" in told
        assert sorted([again(one).state, again(other).state]) == ["agreed", "submitted"]


def test_it_becomes_a_project_once_or_its_decision_is_withdrawn(sam):
    organisation, lead = OrganisationFactory(), UserFactory(roles=["data_lead"])
    needs = {"organisation": organisation, "lead": lead, "version": 1, "by": sam}
    for number in range(ROUNDS):
        asked = FundingApplicationFactory(agreed=True)
        pair = [again(asked), again(asked)]
        name = f"Patrols {number}"
        outcomes = at_once(
            *(lambda one=one, name=name: applications_deciding.make_project(one, name=name, **needs) for one in pair)
        )
        (told,) = refusals(outcomes)
        assert told == f"It has become a project already: {name}."
        third = FundingApplicationFactory(agreed=True)
        mine, theirs = again(third), again(third)
        outcomes = at_once(
            lambda one=mine, name=name: applications_deciding.make_project(one, name=f"{name} more", **needs),
            lambda one=theirs: applications_deciding.withdraw_decision(one, because="Wrong", version=1, by=sam),
        )
        assert len(refusals(outcomes)) == 1, outcomes
        assert Project.objects.filter(application=third).exists() == again(third).is_agreed


def drafted(body, *titles, by):
    """Each begun at one moment from a page of its own."""
    pages = [(Body.objects.get(pk=body.pk), Content(title)) for title in titles]
    outcomes = at_once(*(lambda one=one, said=said: applications.add(one, content=said, by=by) for one, said in pages))
    assert refusals(outcomes) == []


def test_two_drafts_get_a_number_each(sam):
    body = BodyFactory()
    for number in range(ROUNDS):
        drafted(body, f"Patrols {number}", f"Lights {number}", by=sam)
    numbers = FundingApplication.objects.filter(body=body).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, 2 * ROUNDS + 1))


def test_one_draft_sent_twice_at_one_moment_is_one(sam):
    body = BodyFactory()
    for number in range(ROUNDS):
        drafted(body, f"Patrols {number}", f"Patrols {number}", by=sam)
    assert FundingApplication.objects.filter(body=body).count() == ROUNDS


def test_a_comment_sent_twice_at_one_moment_is_said_once(sam):
    for _ in range(ROUNDS):
        waiting = FundingApplicationFactory(submitted=True)
        pages = [again(waiting) for _ in range(2)]
        outcomes = at_once(*(lambda one=one: applications.comment(one, text="How many?", by=sam) for one in pages))
        assert refusals(outcomes) == []
        assert waiting.comments.count() == 1


def test_two_change_one_draft(sam, jo):
    for _ in range(ROUNDS):
        draft = FundingApplicationFactory()
        mine, theirs = again(draft), again(draft)
        outcomes = at_once(
            lambda one=mine: applications.edit(one, content=Content("Mine", years=ALL), version=1, by=sam),
            lambda one=theirs: applications.edit(one, content=Content("Theirs"), version=1, by=jo),
        )
        assert len(refusals(outcomes)) == 1, outcomes
        now = again(draft)
        assert (now.title == "Mine") == now.years.exists()
