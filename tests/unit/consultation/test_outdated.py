"""Whether kept results are still what would be counted."""

import pytest

from consultation import outdated
from consultation.actions import analysing, batches, looking
from consultation.flagged import GROUPS
from consultation.models import Consultation, Response, Result
from tests.factories.accounts import UserFactory
from tests.factories.consultations import BatchFactory, CommentFactory, ResponseFactory, whole

pytestmark = pytest.mark.django_db
GROUP = {group.key: group for group in GROUPS}


@pytest.fixture
def kept() -> Result:
    """Six are counted, two of them marked as sent very fast."""
    made = whole(state="closed")
    drugs, gangs = (made.concerns.get(key=key) for key in ("concern-1", "concern-3"))
    for number in range(6):
        ResponseFactory(channel=made.channels.get(key="web"), first=drugs if number % 2 else gangs, was_fast=number < 2)
    return analysing.analyse(made, version=1, by=UserFactory(roles=["coordinator"]))


def told(kept: Result) -> str:
    return outdated.since(Consultation.objects.get(pk=kept.consultation_id), kept)


def move(kept: Result, *only: int) -> None:
    looking.set_aside(
        kept.consultation, group=GROUP["fast"], only=only, up_to=only[-1], because="Twice.", by=UserFactory()
    )


def fast(kept: Result) -> list[int]:
    return list(Response.objects.filter(consultation=kept.consultation, was_fast=True).values_list("pk", flat=True))


def back(kept: Result, *only: int) -> None:
    looking.count(kept.consultation, group=GROUP["set-aside"], only=only, up_to=only[-1], by=UserFactory())


def test_while_nothing_moves_it_is_as_it_was_counted(kept: Result) -> None:
    CommentFactory(response=Response.objects.all()[0])  # being read and tagged needs no new count
    assert told(kept) == ""


def test_what_is_set_aside_since_is_said_with_how_many_are_counted_now(kept: Result) -> None:
    move(kept, fast(kept)[0])
    assert told(kept) == (
        "Responses have been set aside, counted or undone since then: 5 are counted now, not 6. "
        "What is below is out of date until the answers are counted again."
    )


def test_what_was_moved_back_leaves_it_as_it_was_counted(kept: Result) -> None:
    move(kept, fast(kept)[0])
    back(kept, fast(kept)[0])
    assert told(kept) == ""


def test_as_many_and_others_is_out_of_date_too(kept: Result) -> None:
    one, other = fast(kept)
    Response.objects.filter(pk=other).update(standing="set_aside", set_aside_because="Twice.")
    by = UserFactory(roles=["coordinator"])
    again = analysing.analyse(Consultation.objects.get(), version=2, by=by, reason="One was set aside.")
    move(again, one)
    back(again, other)
    assert told(again) == (
        "Responses have been set aside, counted or undone since then. "
        "What is below is out of date until the answers are counted again."
    )


def test_counting_again_brings_it_up_to_date(kept: Result) -> None:
    move(kept, fast(kept)[0])
    by = UserFactory(roles=["coordinator"])
    again = analysing.analyse(Consultation.objects.get(), version=2, by=by, reason="One was set aside.")
    assert told(again) == ""


def test_a_pile_that_is_undone_since_is_missing_from_the_figures(kept: Result) -> None:
    paper = kept.consultation.channels.get(key="paper")
    pile = BatchFactory(channel=paper, state="done", done_by=UserFactory(), done_at=kept.taken_at)
    ResponseFactory(channel=paper, batch=pile)
    by = UserFactory(roles=["coordinator"])
    again = analysing.analyse(Consultation.objects.get(), version=2, by=by, reason="A pile was found.")
    batches.undo(pile, because="Keyed twice.", version=pile.version, by=by)
    assert "6 are counted now, not 7." in told(again)


def test_once_responses_are_removed_nobody_can_tell(kept: Result) -> None:
    move(kept, fast(kept)[0])
    Consultation.objects.update(purge_begun_at=kept.taken_at)
    assert told(kept) == ""


def test_too_few_to_be_published_anew_leave_what_is_published(kept: Result) -> None:
    """One of six: another count would be refused, so nobody is told to ask for it."""
    Consultation.objects.filter(pk=kept.consultation_id).update(
        state="published", published_at=kept.taken_at, published_by=kept.taken_by
    )
    move(kept, fast(kept)[0])
    assert told(kept).endswith("it would show how they answered. What is below stays.")
