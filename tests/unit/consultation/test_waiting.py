"""What waits for people, and what stands in the way of the results; refusals are in the tests of `analysing`."""

import pytest

from consultation import waiting
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    NOON,
    CommentFactory,
    ConsultationFactory,
    DisclosureFactory,
    QuoteFactory,
    ResponseFactory,
)

pytestmark = pytest.mark.django_db


def test_nothing_waits_for_anybody():
    assert waiting.for_people(ConsultationFactory()) == []


def test_all_that_waits_for_people():
    consultation = ConsultationFactory()
    of_it = {"response__channel__consultation": consultation}
    for _ in range(2):
        CommentFactory(**of_it)
    CommentFactory(**of_it, read_at=NOON, read_by=UserFactory())
    ResponseFactory(channel__consultation=consultation, standing="held")
    held = CommentFactory(response__channel__consultation=consultation, response__standing="held")
    DisclosureFactory(comment=held)
    QuoteFactory(comment=CommentFactory(**of_it, read_at=NOON, read_by=UserFactory()))
    assert [one.sentence for one in waiting.for_people(consultation)] == [
        "1 comment that may tell of harm waits for somebody to see to",
        "2 responses are held back until somebody has looked",
        "2 comments are not read yet",
        "1 quote waits to be passed by another person",
    ]


def test_one_response_is_it_and_not_them():
    consultation = ConsultationFactory(state="closed")
    ResponseFactory(channel__consultation=consultation, standing="held")
    assert waiting.for_analysis(consultation) == ["1 response is held back. Look at it, and count it or set it aside."]


def test_quotes_in_the_way_of_publication():
    consultation = ConsultationFactory(state="analysed")
    of_it = {"response__channel__consultation": consultation}
    passed = {"passed_at": NOON, "passed_by": UserFactory()}
    QuoteFactory(comment=CommentFactory(**of_it), **passed)
    QuoteFactory(comment=CommentFactory(**of_it))
    unseen = QuoteFactory(comment=CommentFactory(**of_it), **passed)
    DisclosureFactory(comment=unseen.comment)
    assert waiting.for_publication(consultation) == [
        "1 quote waits for somebody else to pass. Each is passed or withdrawn first.",
        "1 quote comes from words that may tell of harm to somebody. Each is seen to or withdrawn first.",
    ]
