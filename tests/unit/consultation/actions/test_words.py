"""Reading a comment and saying what it is about."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from consultation.actions import words
from consultation.models import Comment, Tag
from lib.editing import Stale
from tests.factories.accounts import UserFactory
from tests.factories.consultations import CommentFactory, TagFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def tags(comment) -> list[str]:
    return list(comment.tags.values_list("name", flat=True))


def test_read_and_tagged_with_what_is_there_and_what_is_new(sam):
    comment = CommentFactory()
    TagFactory(consultation=comment.response.consultation, name="Lighting")
    words.read(comment, tags=["lighting", "  parks and   squares ", "", "LIGHTING"], version=1, by=sam)
    assert tags(comment) == ["Lighting", "parks and squares"]
    assert (comment.read_by, comment.version) == (sam, 2)
    assert comment.read_at
    event = AuditEvent.objects.get()
    assert event.changes == [{"what": "Tags", "was": "nothing", "now": "Lighting, parks and squares"}]
    assert "light in the park" not in event.subject_label


def test_read_without_a_tag(sam):
    comment = words.read(CommentFactory(), tags=[], version=1, by=sam)
    assert comment.read_at
    assert tags(comment) == []


def test_sent_twice_it_is_read_once(sam):
    comment = CommentFactory()
    words.read(comment, tags=["light"], version=1, by=sam)
    again = Comment.objects.get(pk=comment.pk)
    words.read(again, tags=["Light"], version=1, by=sam)
    assert Comment.objects.get(pk=comment.pk).version == 2
    assert AuditEvent.objects.count() == 1


def test_two_readers_who_say_different_things_and_one_is_told(sam):
    comment = CommentFactory()
    theirs = Comment.objects.get(pk=comment.pk)
    words.read(comment, tags=["light"], version=1, by=sam)
    with pytest.raises(Stale):
        words.read(theirs, tags=["dogs"], version=1, by=UserFactory())
    assert tags(comment) == ["light"]
    assert not Tag.objects.filter(name="dogs").exists()


def test_a_tag_is_of_its_own_consultation(sam):
    TagFactory(name="light")
    comment = words.read(CommentFactory(), tags=["light"], version=1, by=sam)
    assert comment.tags.get().consultation == comment.response.consultation


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["x" * 61], "60 characters or fewer"),
        ([f"tag {number}" for number in range(13)], "12 tags at most: this has 13"),
    ],
)
def test_too_much_is_refused(sam, given, told):
    with pytest.raises(ValidationError, match=told):
        words.read(CommentFactory(), tags=given, version=1, by=sam)
    assert not Tag.objects.exists()


def test_what_is_longest_and_in_any_script(sam):
    comment = words.read(CommentFactory(), tags=["x" * 60, "আলো", "ضوء", "😀"], version=1, by=sam)
    assert len(tags(comment)) == 4
