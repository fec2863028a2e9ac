"""Responses to look at: in groups, counted, set aside and back again."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from consultation import flagged
from consultation.actions import looking, quotes
from consultation.models import Quote, Response
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    NOON,
    ChannelFactory,
    CommentFactory,
    ConsultationFactory,
    QuoteFactory,
    ResponseFactory,
)

pytestmark = pytest.mark.django_db
EVERYTHING = 10**12


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def web():
    return ChannelFactory(consultation=ConsultationFactory())  # until 12 August 2018


def the(key: str) -> flagged.Group:
    found = flagged.group(key)
    assert found
    return found


def inside(web) -> dict[str, set[int]]:
    held = {one.key: set(one.responses(web.consultation).values_list("pk", flat=True)) for one in flagged.GROUPS}
    return {key: pks for key, pks in held.items() if pks}


def test_each_response_is_in_one_group_at_most(web):
    paper = ChannelFactory(consultation=web.consultation, way="paper")
    after = dt.date(2018, 8, 13)
    plain = ResponseFactory(channel=web)
    ResponseFactory(channel=web, received_on=dt.date(2018, 8, 12))
    ResponseFactory(channel=paper, received_on=after)  # keyed later: not late
    held = ResponseFactory(channel=web, standing="held", filled_the_trap=True, was_fast=True)
    fast = ResponseFactory(channel=web, was_fast=True, from_shared_address=True)
    shared = ResponseFactory(channel=web, from_shared_address=True)
    late = ResponseFactory(channel=web, standing="late", received_on=after, was_fast=True)
    let_in = ResponseFactory(channel=web, received_on=after, was_fast=True)
    trusted = ResponseFactory(channel=web, filled_the_trap=True)
    away = ResponseFactory(channel=web, standing="set_aside", set_aside_because="A test", was_fast=True)
    ResponseFactory(channel=paper, standing="undone", was_fast=True)
    ResponseFactory(standing="held")  # of another consultation
    assert inside(web) == {
        "held": {held.pk},
        "fast": {fast.pk},
        "shared": {shared.pk},
        "late": {late.pk},
        "let-in": {let_in.pk, trusted.pk},
        "set-aside": {away.pk},
    }
    assert [size for _, size in flagged.sizes(web.consultation)] == [1, 1, 1, 1, 2, 1]
    assert plain.standing == "counted"


def test_set_aside_with_a_reason_and_back(web, sam):
    one = ResponseFactory(channel=web, was_fast=True)
    other = ResponseFactory(channel=web, was_fast=True)
    said = {"only": [one.pk], "up_to": EVERYTHING, "by": sam}
    assert looking.set_aside(web.consultation, group=the("fast"), because=" Tried out by us ", **said) == 1
    one.refresh_from_db()
    assert (one.standing, one.set_aside_because) == ("set_aside", "Tried out by us")
    assert Response.objects.counted().get() == other
    assert looking.count(web.consultation, group=the("set-aside"), **said) == 1
    one.refresh_from_db()
    assert (one.standing, one.set_aside_because) == ("counted", "")
    first, second = AuditEvent.objects.order_by("pk")
    assert (first.kind, first.comment, first.changes[0]["now"]) == ("responses_set_aside", "Tried out by us", "1 response")  # fmt: skip
    assert second.kind == "responses_counted"


def test_all_of_a_group_are_those_that_were_there(web, sam):
    twelve = [ResponseFactory(channel=web, standing="held", filled_the_trap=True) for _ in range(12)]
    ResponseFactory(channel=web, standing="held", filled_the_trap=True)  # came while one was looking
    moved = looking.set_aside(web.consultation, group=the("held"), only=None, up_to=twelve[-1].pk, because="Spam", by=sam)  # fmt: skip
    assert moved == 12
    assert Response.objects.to_look_at().count() == 1


def test_what_others_moved_meanwhile_and_what_is_elsewhere_stays(web, sam):
    undone = ResponseFactory(channel=web, standing="undone", was_fast=True)
    foreign = ResponseFactory(was_fast=True)
    only = [undone.pk, foreign.pk, EVERYTHING]
    said = {"only": only, "up_to": EVERYTHING, "by": sam}
    assert looking.set_aside(web.consultation, group=the("fast"), because="Spam", **said) == 0
    assert not AuditEvent.objects.exists()
    assert {one.standing for one in Response.objects.all()} == {"undone", "counted"}


@pytest.mark.parametrize(
    ("key", "only", "because", "told"),
    [
        ("fast", [1], " ", "Say why they are set aside"),
        ("fast", [1], "x" * 201, "200 characters or fewer"),
        ("fast", [], "Spam", "Tick the responses"),
        ("late", [1], "Spam", "not counted as it is"),
    ],
)
def test_setting_aside_is_refused(web, sam, key, only, because, told):
    with pytest.raises(ValidationError, match=told):
        looking.set_aside(web.consultation, group=the(key), only=only, up_to=EVERYTHING, because=because, by=sam)


def test_what_counts_is_not_counted_again(web, sam):
    with pytest.raises(ValidationError, match="counted already"):
        looking.count(web.consultation, group=the("fast"), only=None, up_to=EVERYTHING, by=sam)


def test_nothing_is_moved_once_responses_are_being_removed(sam):
    response = ResponseFactory(was_fast=True, channel__consultation__purge_begun_at=NOON)
    with pytest.raises(ValidationError, match="being removed"):
        looking.set_aside(response.consultation, group=the("fast"), only=None, up_to=EVERYTHING, because="Spam", by=sam)


def test_a_quote_of_what_is_set_aside_is_public_no_more_not_even_when_its_comment_is_gone(web, sam):
    comment = CommentFactory(response=ResponseFactory(channel=web, was_fast=True))
    quote = QuoteFactory(comment=comment)
    quotes.pass_(quote, version=1, by=sam)
    assert Quote.objects.published().exists()
    looking.set_aside(web.consultation, group=the("fast"), only=None, up_to=EVERYTHING, because="Spam", by=sam)
    comment.response.delete()
    assert not Quote.objects.published().exists()
    assert Quote.objects.get().version == 3
