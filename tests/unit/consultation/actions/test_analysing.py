"""Counting at the end, counting again with a reason, publishing, and everything that stands in the way of each."""

import pytest
from django.core.exceptions import ValidationError

from accounts import audit
from accounts.models import User
from consultation import gathering
from consultation.actions import analysing
from consultation.counts import Counts
from consultation.models import Consultation, Response
from lib.editing import Stale
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    NOON,
    BatchFactory,
    CommentFactory,
    DisclosureFactory,
    QuoteFactory,
    ResponseFactory,
    whole,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam() -> User:
    return UserFactory(roles=["coordinator"])


@pytest.fixture
def closed() -> Consultation:
    consultation = whole(state="closed")
    answer(consultation, 7)
    return consultation


def answer(consultation: Consultation, number: int, **fields: object) -> None:
    channel = consultation.channels.get(key="web")
    first = consultation.concerns.get(key="concern-1")
    for _ in range(number):
        ResponseFactory(channel=channel, first=first, **fields)


def analysed(consultation: Consultation, by: User, reason: str = "") -> Counts:
    return Counts.from_json(analysing.analyse(consultation, version=consultation.version, by=by, reason=reason).counts)


def sentences(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(error.value.messages)


def test_what_was_counted_is_kept_and_outlives_the_responses(closed: Consultation, sam: User) -> None:
    counts = analysed(closed, sam)
    assert (counts.responses, counts.concerns[0].first) == (7, 7)
    Response.objects.filter(consultation=closed).delete()
    kept = gathering.latest(closed)
    assert kept and Counts.from_json(kept.counts) == counts
    assert (kept.number, kept.reason, kept.taken_by) == (1, "", sam)
    closed.refresh_from_db()
    assert (closed.state, closed.version) == ("analysed", 2)
    assert [event.kind for event in audit.history(closed)] == ["consultation_analysed"]


def test_the_mark_that_tells_people_of_a_file_apart_is_emptied(closed: Consultation, sam: User) -> None:
    answer(closed, 1, respondent="a" * 64)
    analysed(closed, sam)
    assert set(Response.objects.values_list("respondent", flat=True)) == {""}


@pytest.mark.parametrize("state", ["draft", "open"])
def test_one_that_is_not_over_is_not_analysed(state: str, sam: User) -> None:
    consultation = whole(state=state)
    with pytest.raises(ValidationError) as error:
        analysed(consultation, sam)
    assert "Close it first" in sentences(error)


def test_all_that_stands_in_the_way_is_told_at_once(closed: Consultation, sam: User) -> None:
    BatchFactory(channel=closed.channels.get(key="paper"), label="Whitechapel, July")
    answer(closed, 2, standing="held")
    with pytest.raises(ValidationError) as error:
        analysed(closed, sam)
    assert error.value.messages == [
        "“Whitechapel, July” is still being entered. Finish the batch or undo it.",
        "2 responses are held back. Look at them, and count them or set them aside.",
    ]
    assert gathering.latest(closed) is None


def test_again_gives_its_reason(closed: Consultation, sam: User) -> None:
    analysed(closed, sam)
    answer(closed, 1)
    with pytest.raises(ValidationError) as error:
        analysed(closed, sam, reason="  ")
    assert "Say why" in sentences(error)
    assert analysed(closed, sam, reason="A pile was found.").responses == 8
    kept = gathering.latest(closed)
    assert kept and (kept.number, kept.reason) == (2, "A pile was found.")


def test_nothing_is_counted_of_responses_that_are_being_removed(closed: Consultation, sam: User) -> None:
    analysed(closed, sam)
    Consultation.objects.filter(pk=closed.pk).update(purge_begun_at=NOON)
    with pytest.raises(ValidationError) as error:
        analysed(closed, sam, reason="Again.")
    assert "have been removed" in sentences(error)


def test_two_at_once_one_wins(closed: Consultation, sam: User) -> None:
    other = Consultation.objects.get(pk=closed.pk)
    analysed(closed, sam)
    with pytest.raises(Stale):
        analysing.analyse(other, version=1, by=sam, reason="Again.")


def test_publishing_says_by_whom(closed: Consultation, sam: User) -> None:
    with pytest.raises(ValidationError):
        analysing.publish(closed, version=closed.version, by=sam)
    analysed(closed, sam)
    analysing.publish(closed, version=closed.version, by=sam)
    closed.refresh_from_db()
    assert (closed.state, closed.published_by) == ("published", sam)
    assert closed.published_at is not None


def test_a_quote_that_waits_or_tells_of_harm_keeps_it_from_the_public(closed: Consultation, sam: User) -> None:
    words = closed.questions.get(key="words")
    response = Response.objects.all()[0]
    quote = QuoteFactory(comment=CommentFactory(response=response, question=words))
    analysed(closed, sam)
    with pytest.raises(ValidationError) as error:
        analysing.publish(closed, version=closed.version, by=sam)
    assert error.value.messages == ["1 quote waits for somebody else to pass. Each is passed or withdrawn first."]
    type(quote).objects.update(passed_at=NOON, passed_by=sam)
    disclosure = DisclosureFactory(comment=quote.comment)
    with pytest.raises(ValidationError) as error:
        analysing.publish(closed, version=closed.version, by=sam)
    assert "tell of harm" in sentences(error)
    type(disclosure).objects.update(settled_at=NOON, settled_by=sam, outcome="Nothing was needed.")
    analysing.publish(closed, version=closed.version, by=sam)


def test_once_published_a_difference_of_few_is_not_told(closed: Consultation, sam: User) -> None:
    analysed(closed, sam)
    analysing.publish(closed, version=closed.version, by=sam)
    answer(closed, 4)
    with pytest.raises(ValidationError) as error:
        analysed(closed, sam, reason="A pile was found.")
    assert "Fewer than 5 responses are different" in sentences(error)
    answer(closed, 1)
    assert analysed(closed, sam, reason="A pile was found.").responses == 12
    closed.refresh_from_db()
    assert closed.state == "published"


def test_once_published_no_results_come_near_to_any_that_were_public(closed: Consultation, sam: User) -> None:
    """Six are taken out, and five of them let in again: the third results would be the first less one person."""
    channel = closed.channels.get(key="web")
    others = [ResponseFactory(channel=channel, first=closed.concerns.get(key="concern-2")) for _ in range(6)]
    analysed(closed, sam)
    analysing.publish(closed, version=closed.version, by=sam)
    these = Response.objects.filter(pk__in=[one.pk for one in others])
    these.update(standing="set_aside", set_aside_because="From one machine.")
    assert analysed(closed, sam, reason="Six were set aside.").responses == 7
    these.exclude(pk=others[0].pk).update(standing="counted", set_aside_because="")
    with pytest.raises(ValidationError) as error:
        analysed(closed, sam, reason="Five were right.")
    assert "Fewer than 5 responses are different" in sentences(error)
    these.update(standing="counted", set_aside_because="")
    assert analysed(closed, sam, reason="All were right.").responses == 13  # as it was told at first


def test_what_was_counted_and_never_published_binds_nobody(closed: Consultation, sam: User) -> None:
    analysed(closed, sam)
    answer(closed, 1)
    analysed(closed, sam, reason="One more.")
    analysing.publish(closed, version=closed.version, by=sam)
    answer(closed, 5)
    assert analysed(closed, sam, reason="A pile was found.").responses == 13


def test_results_that_replace_published_ones_tell_no_group_apart_anew(closed: Consultation, sam: User) -> None:
    """Of six that are found later one is on paper: both tables together would say what that person answered."""
    paper, drugs = closed.channels.get(key="paper"), closed.concerns.get(key="concern-1")
    gangs = closed.concerns.get(key="concern-2")
    for channel in (paper, closed.channels.get(key="web")):
        for _ in range(8):
            ResponseFactory(channel=channel, first=gangs)
            ResponseFactory(channel=channel, first=drugs)
    analysed(closed, sam)
    analysing.publish(closed, version=closed.version, by=sam)
    assert safe_lines(closed)
    answer(closed, 5)
    ResponseFactory(channel=paper, first=gangs)
    analysed(closed, sam, reason="Six were found.")
    assert not safe_lines(closed)


def safe_lines(consultation: Consultation) -> list[str]:
    kept = gathering.latest(consultation)
    assert kept
    return [line.text for table in Counts.from_json(kept.safe).tables for line in table.lines]
