"""What may tell of harm: raised as it comes, by hand, settled, handed over, taken up again."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from consultation import asked
from consultation.actions import disclosures, quotes, receiving
from consultation.answers import Given
from consultation.models import Disclosure, Quote
from lib.editing import Stale
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    NOON,
    BatchFactory,
    CommentFactory,
    ConsultationFactory,
    DisclosureFactory,
    QuoteFactory,
    whole,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2018, 7, 2)


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def receive(consultation, words: str):
    form = asked.read(consultation)
    given = Given(texts={form.question("words").pk: words})
    channel = consultation.channels.get(key="web")
    return receiving.receive(form, given=given, channel=channel, token=uuid.uuid4(), at=NOON, on=DAY, by=None)


def test_words_of_harm_wait_for_the_owner_as_they_come_in():
    consultation = whole()
    receive(consultation, "More light, please.")
    response = receive(consultation, "He beats me.")
    one = Disclosure.objects.get()
    assert (one.comment.response, one.owner, one.raised_at, one.raised_by) == (
        response,
        consultation.triage_owner,
        NOON,
        None,
    )
    event = AuditEvent.objects.get(kind="disclosure_raised")
    assert "beats" not in f"{event.subject_label}{event.changes}{event.comment}"


def test_words_without_harm_cost_no_query(django_assert_num_queries):
    comment = CommentFactory()
    with django_assert_num_queries(0):
        assert disclosures.look_at([comment], consultation=comment.response.consultation, at=NOON) == []


def test_without_an_owner_who_opened_it_sees_to_it():
    consultation = whole(triage_owner=None)
    receive(consultation, "He beats me.")
    assert Disclosure.objects.get().owner == consultation.opened_by


def test_a_file_of_responses_is_looked_at_too(sam):
    consultation = whole()
    form, words = asked.read(consultation), consultation.questions.get(key="words").pk
    batch = BatchFactory(consultation=consultation, channel=consultation.channels.get(key="imported"), kind="import")
    rows = [
        receiving.Row(Given(texts={words: text}), DAY) for text in ("Light", "I was raped", "Bins", "I want to die")
    ]
    receiving.receive_many(batch, form=form, rows=rows, by=sam)
    assert sorted(Disclosure.objects.values_list("comment__text", flat=True)) == ["I want to die", "I was raped"]


def test_raised_by_hand_once(sam):
    comment = CommentFactory(text="The boy next door is always alone at night")
    one = disclosures.raise_(comment, by=sam)
    assert (one.owner, one.raised_by) == (comment.response.consultation.triage_owner, sam)
    assert disclosures.raise_(comment, by=UserFactory()) == one
    assert AuditEvent.objects.filter(kind="disclosure_raised").count() == 1


def test_what_may_tell_of_harm_is_no_quote_until_somebody_has_seen_to_it(sam):
    quote = QuoteFactory()
    quotes.pass_(quote, version=1, by=sam)
    one = disclosures.raise_(quote.comment, by=sam)
    assert not Quote.objects.published().exists()
    quote.refresh_from_db()
    with pytest.raises(ValidationError, match="Until then it can’t be quoted"):
        quotes.pass_(quote, version=3, by=sam)
    with pytest.raises(ValidationError, match="Until then it can’t be quoted"):
        quotes.choose(DisclosureFactory().comment, text="More light", harmless=(), by=sam)
    disclosures.settle(one, outcome="Nothing needed: it is about a film", version=1, by=sam)
    quotes.pass_(quote, version=3, by=sam)
    assert Quote.objects.published().exists()


def test_raised_without_an_owner_it_is_whose_who_raised_it(sam):
    comment = CommentFactory(response__channel__consultation=ConsultationFactory(triage_owner=None))
    assert disclosures.raise_(comment, by=sam).owner == sam


def test_what_is_settled_is_not_raised_again_unseen(sam):
    one = DisclosureFactory()
    disclosures.settle(one, outcome="Told children’s services", version=1, by=sam)
    with pytest.raises(ValidationError, match="It was settled on .*: Told children’s services"):
        disclosures.raise_(one.comment, by=sam)


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("  ", "Say what was done"),
        ("x" * 301, "300 characters or fewer"),
        ("Told Mrs Khan", "must not tell who anybody is"),
        ("Rang 020 7946 0123", "a phone number: “020 7946 0123”"),
    ],
)
def test_an_outcome_says_what_was_done_and_names_nobody(sam, outcome, told):
    with pytest.raises(ValidationError, match=told):
        disclosures.settle(DisclosureFactory(), outcome=outcome, version=1, by=sam)
    assert Disclosure.objects.waiting().exists()


def test_two_settle_it_and_one_is_told(sam):
    one = DisclosureFactory()
    other = Disclosure.objects.get(pk=one.pk)
    disclosures.settle(one, outcome="Told the police", version=1, by=sam)
    with pytest.raises(Stale):
        disclosures.settle(other, outcome="Nothing needed", version=1, by=UserFactory())
    one.refresh_from_db()
    assert one.outcome == "Told the police"


def test_handed_over(sam):
    one, owen = DisclosureFactory(), UserFactory(name="Owen Tranter")
    disclosures.hand_over(one, to=owen, version=1, by=sam)
    assert Disclosure.objects.get().owner == owen
    with pytest.raises(ValidationError, match="Owen Tranter sees to it already"):
        disclosures.hand_over(one, to=owen, version=2, by=sam)
    with pytest.raises(ValidationError, match="no longer here"):
        disclosures.hand_over(one, to=UserFactory(is_active=False, left_at=NOON), version=2, by=sam)


def test_taken_up_again(sam):
    one = DisclosureFactory()
    disclosures.settle(one, outcome="Told the police", version=1, by=sam)
    with pytest.raises(ValidationError, match="take it up again"):
        disclosures.hand_over(one, to=UserFactory(), version=2, by=sam)
    disclosures.take_up(one, version=2, by=sam)
    assert Disclosure.objects.waiting().get().outcome == ""
    assert AuditEvent.objects.get(kind="disclosure_settled").comment == "Told the police"


def test_the_row_stays_when_the_comment_goes():
    one = DisclosureFactory()
    one.comment.response.delete()
    assert Disclosure.objects.get().comment is None


def test_who_sees_it(sam):
    one = DisclosureFactory()
    owner = UserFactory(roles=["member"])
    disclosures.hand_over(one, to=owner, version=1, by=sam)
    seen = {
        person: list(Disclosure.objects.visible_to(person)) for person in (sam, owner, UserFactory(roles=["executive"]))
    }
    assert list(seen.values()) == [[one], [one], []]
