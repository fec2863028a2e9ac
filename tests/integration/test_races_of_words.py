"""Two people at one comment, quote, disclosure or group of responses at the same moment, each on a connection of their own."""

import pytest
from django.core.exceptions import ValidationError

from consultation import flagged
from consultation.actions import batches, disclosures, looking, quotes, words
from consultation.models import Batch, Comment, Consultation, Disclosure, Quote, Response, Tag
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    BatchFactory,
    ChannelFactory,
    CommentFactory,
    DisclosureFactory,
    QuoteFactory,
    ResponseFactory,
)
from tests.integration.test_returns_race import at_once, one_won

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 6
EVERYTHING = 10**12


@pytest.fixture
def people():
    return UserFactory(name="Sam Carrick"), UserFactory(name="Lena Fox")


def nothing_failed(outcomes: list[object]) -> None:
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes


def test_two_read_one_comment(people):
    for number in range(ROUNDS):
        comment = CommentFactory()

        def reading(by, tag, pk=comment.pk):
            mine = Comment.objects.select_related("response__consultation").get(pk=pk)
            return lambda: words.read(mine, tags=[tag], version=1, by=by)

        assert one_won(at_once(reading(people[0], f"light {number}"), reading(people[1], f"dogs {number}")))
        assert comment.tags.count() == 1


def test_two_add_the_same_tag_to_two_comments(people):
    channel = ChannelFactory()
    for number in range(ROUNDS):
        both = [CommentFactory(response=ResponseFactory(channel=channel)) for _ in range(2)]
        doing = [
            lambda mine=mine, by=by, tag=f"light {number}": words.read(mine, tags=[tag], version=1, by=by)
            for mine, by in zip(both, people, strict=True)
        ]
        nothing_failed(at_once(*doing))
        tag = Tag.objects.get(name=f"light {number}")
        assert tag.comments.count() == 2


def test_raised_twice_at_once_is_one_disclosure(people):
    for _ in range(ROUNDS):
        comment = CommentFactory()
        nothing_failed(at_once(*(lambda by=by, it=comment: disclosures.raise_(it, by=by) for by in people)))
        assert Disclosure.objects.filter(comment=comment).count() == 1


def test_settled_and_handed_over_at_once(people):
    for _ in range(ROUNDS):
        one = DisclosureFactory()
        mine, theirs = (Disclosure.objects.select_related("owner").get(pk=one.pk) for _ in range(2))
        outcomes = at_once(
            lambda mine=mine: disclosures.settle(mine, outcome="Told the police", version=1, by=people[0]),
            lambda theirs=theirs: disclosures.hand_over(theirs, to=people[1], version=1, by=people[1]),
        )
        assert one_won(outcomes)


def test_passed_while_it_is_changed(people):
    """Whatever is public has been read as it is by somebody else than who worded it."""
    sam, lena = people
    for _ in range(ROUNDS):
        quote = QuoteFactory(chosen_by=sam)
        mine, theirs = Quote.objects.get(pk=quote.pk), Quote.objects.get(pk=quote.pk)
        outcomes = at_once(
            lambda mine=mine: quotes.change(mine, text="More light", harmless=(), version=1, by=sam),
            lambda theirs=theirs: quotes.pass_(theirs, version=1, by=lena),
        )
        assert one_won(outcomes)
        quote.refresh_from_db()
        assert bool(quote.passed_at) == (quote.text != "More light")


@pytest.mark.parametrize("what", ["set aside", "undone", "raised"])
def test_passed_while_its_response_goes_out_of_the_figures_or_it_tells_of_harm(people, what):
    """Either it is refused, or what was passed waits again: once the comment is removed nobody could tell any more."""
    sam, lena = people
    channel = ChannelFactory()
    for _ in range(ROUNDS):
        response = ResponseFactory(channel=channel, batch=BatchFactory(channel=channel), was_fast=True)
        quote = QuoteFactory(chosen_by=sam, comment=CommentFactory(response=response))
        own = Consultation.objects.get(pk=channel.consultation_id)
        fast = flagged.group("fast")
        acts = {
            "set aside": lambda own=own, fast=fast: looking.set_aside(
                own, group=fast, only=None, up_to=EVERYTHING, because="Spam", by=sam
            ),
            "undone": lambda it=response.batch: batches.undo(it, because="Twice", version=1, by=sam),
            "raised": lambda it=quote.comment: disclosures.raise_(it, by=sam),
        }
        mine = Quote.objects.get(pk=quote.pk)
        done, passed = at_once(acts[what], lambda mine=mine: quotes.pass_(mine, version=1, by=lena))
        nothing_failed([done])
        assert isinstance(passed, Quote | ValidationError), passed
        quote.refresh_from_db()
        assert quote.passed_at is None


def test_chosen_twice_at_once(people):
    for _ in range(ROUNDS):
        comment = CommentFactory()
        doing = [lambda by=by, it=comment: quotes.choose(it, text="More light", harmless=(), by=by) for by in people]
        outcomes = at_once(*doing)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Quote", "ValidationError"]
        assert Quote.objects.filter(comment=comment).count() == 1


def test_two_set_the_same_responses_aside(people):
    channel, fast = ChannelFactory(), flagged.group("fast")
    for _ in range(ROUNDS):
        for _ in range(20):
            ResponseFactory(channel=channel, was_fast=True)

        def setting(by):
            mine = Consultation.objects.get(pk=channel.consultation_id)
            return lambda: looking.set_aside(
                mine, group=fast, only=None, up_to=EVERYTHING, because=f"By {by.name}", by=by
            )

        outcomes = at_once(*map(setting, people))
        assert sorted(outcomes) == [0, 20]


def test_set_aside_while_their_batch_is_undone(people):
    """Undone they stay, whichever came first."""
    channel, fast = ChannelFactory(), flagged.group("fast")
    for _ in range(ROUNDS):
        batch = BatchFactory(channel=channel)
        for _ in range(10):
            ResponseFactory(channel=channel, batch=batch, was_fast=True)
        mine, theirs = Consultation.objects.get(pk=channel.consultation_id), Batch.objects.get(pk=batch.pk)
        outcomes = at_once(
            lambda mine=mine: looking.set_aside(
                mine, group=fast, only=None, up_to=EVERYTHING, because="Spam", by=people[0]
            ),
            lambda theirs=theirs: batches.undo(theirs, because="Twice", version=1, by=people[1]),
        )
        nothing_failed(outcomes)
        assert set(Response.objects.filter(batch=batch).values_list("standing", flat=True)) == {"undone"}
