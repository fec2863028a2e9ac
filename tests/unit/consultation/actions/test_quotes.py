"""Quotes: nothing that tells who wrote them, nothing that was not written, never public without a second person."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from consultation.actions import quotes
from consultation.models import Comment, Quote, Response
from lib.editing import Stale
from tests.factories.accounts import UserFactory
from tests.factories.consultations import CommentFactory, QuoteFactory

pytestmark = pytest.mark.django_db
WORDS = "My son Jamal is afraid of the park. Ring 020 7946 0123. More light, please!"


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def lena():
    return UserFactory(name="Lena Fox", roles=["coordinator"])


@pytest.fixture
def comment():
    return CommentFactory(text=WORDS)


def test_chosen_with_words_left_out(comment, sam):
    quote = quotes.choose(comment, text=" My son [...] is afraid of the park. [...]  More light, please! ", harmless=(), by=sam)  # fmt: skip
    assert quote.text == "My son […] is afraid of the park. […]  More light, please!"
    assert (quote.chosen_by, quote.passed_by, quote.question) == (sam, None, comment.question)
    assert list(Quote.objects.published()) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (WORDS, "a name: “My son Jamal”; a phone number: “020 7946 0123”"),
        ("More light, and soon!", "this is not in the comment: “More light, and soon!”. Put "),
        ("[…]", "Leave some of the words in"),
        ("", "Leave some of the words in"),
        ("My son is afraid", "this is not in the comment: “My son is afraid”"),
    ],
)
def test_refused_as_a_quote(comment, sam, text, told):
    with pytest.raises(ValidationError, match=told):
        quotes.choose(comment, text=text, harmless=(), by=sam)
    assert not Quote.objects.exists()


def test_what_somebody_has_looked_at_may_stay(comment, sam):
    with pytest.raises(ValidationError) as refused:
        quotes.choose(comment, text=WORDS, harmless=["a name: “My son Jamal”"], by=sam)
    assert "Jamal" not in str(refused.value)
    both = ["a name: “My son Jamal”", "a phone number: “020 7946 0123”"]
    assert quotes.choose(comment, text=WORDS, harmless=both, by=sam).text == WORDS


def test_a_comment_is_quoted_once(comment, sam, lena):
    quotes.choose(comment, text="More light, please!", harmless=(), by=sam)
    with pytest.raises(ValidationError, match="chosen as a quote already"):
        quotes.choose(comment, text="More light", harmless=(), by=lena)


@pytest.mark.parametrize("standing", ["held", "late", "undone", "set_aside"])
def test_only_what_counts_is_quoted(sam, standing):
    because = "A test" if standing == "set_aside" else ""
    comment = CommentFactory(response__standing=standing, response__set_aside_because=because)
    with pytest.raises(ValidationError, match="not counted"):
        quotes.choose(comment, text=comment.text, harmless=(), by=sam)


def test_passed_by_another_person_it_is_published(sam, lena):
    quote = QuoteFactory(chosen_by=sam)
    with pytest.raises(ValidationError, match="Somebody else has to pass"):
        quotes.pass_(quote, version=1, by=sam)
    quotes.pass_(quote, version=1, by=lena)
    assert list(Quote.objects.published()) == [quote]


@pytest.mark.parametrize("standing", ["held", "late", "undone", "set_aside"])
def test_of_what_does_not_count_nothing_is_passed(sam, lena, standing):
    """Once single answers are gone nobody can tell, so it must never be passed before."""
    quote = QuoteFactory(chosen_by=sam)
    because = "A test" if standing == "set_aside" else ""
    Response.objects.update(standing=standing, set_aside_because=because)
    with pytest.raises(ValidationError, match="not counted"):
        quotes.pass_(quote, version=1, by=lena)
    quote.comment.response.delete()
    assert not Quote.objects.published().exists()


def test_changed_after_it_was_passed_it_waits_again_for_another(comment, sam, lena):
    quote = quotes.choose(comment, text="More light, please!", harmless=(), by=sam)
    quotes.pass_(quote, version=1, by=lena)
    quotes.change(quote, text="More light", harmless=(), version=2, by=lena)
    assert list(Quote.objects.published()) == []
    with pytest.raises(ValidationError, match="Somebody else"):
        quotes.pass_(quote, version=3, by=lena)
    quotes.pass_(quote, version=3, by=sam)
    assert Quote.objects.published().get().text == "More light"


def test_passed_as_it_was_seen(comment, sam, lena):
    """Whoever passes it passes the words of their page, not what came after."""
    quote = quotes.choose(comment, text="More light", harmless=(), by=sam)
    seen = Quote.objects.get(pk=quote.pk)
    quotes.change(quote, text="More light, please!", harmless=(), version=1, by=sam)
    with pytest.raises(Stale):
        quotes.pass_(seen, version=1, by=lena)
    assert not Quote.objects.published().exists()


def test_saying_the_same_changes_nothing(comment, sam, lena):
    quote = quotes.choose(comment, text="More light, please!", harmless=(), by=sam)
    quotes.pass_(quote, version=1, by=lena)
    quotes.change(quote, text="More light, please! ", harmless=(), version=2, by=sam)
    assert list(Quote.objects.published()) == [quote]


def test_withdrawn_it_is_gone_and_the_trail_has_none_of_its_words(sam, lena):
    quote = QuoteFactory(chosen_by=sam)
    quotes.pass_(quote, version=1, by=lena)
    with pytest.raises(Stale):
        quotes.withdraw(quote, version=1, by=sam)
    quotes.withdraw(quote, version=2, by=sam)
    assert not Quote.objects.exists()
    assert Comment.objects.exists()
    events = AuditEvent.objects.filter(kind__startswith="quote_")
    assert {event.kind for event in events} == {"quote_passed", "quote_withdrawn"}
    assert not [event for event in events if "light" in f"{event.subject_label}{event.changes}{event.comment}"]


def test_when_its_comment_is_removed_nobody_can_pass_it_any_more(sam, lena):
    quote = QuoteFactory(chosen_by=sam)
    quote.comment.response.delete()
    with pytest.raises(ValidationError, match="The comment has been removed"):
        quotes.pass_(Quote.objects.get(pk=quote.pk), version=1, by=lena)
    assert not Quote.objects.published().exists()


def test_when_its_comment_is_removed_the_quote_stays_and_is_not_changed_any_more(sam, lena):
    quote = QuoteFactory(chosen_by=sam)
    quotes.pass_(quote, version=1, by=lena)
    quote.comment.response.delete()
    quote.refresh_from_db()
    assert list(Quote.objects.published()) == [quote]
    with pytest.raises(ValidationError, match="has been removed"):
        quotes.change(quote, text="More", harmless=(), version=2, by=sam)
    quotes.withdraw(quote, version=2, by=sam)
    assert not Quote.objects.exists()
