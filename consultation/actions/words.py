"""Reading what people wrote: that it was read, and what it is about."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from consultation.models import Comment, Consultation, Tag
from lib.editing import write
from lib.locks import hold_still

THIS = "This comment"
REMOVED = "This comment has been removed with its response, so nothing can be done with it any more."
LONGEST = 60  # characters of a tag
MOST = 12  # tags of one comment

audit.kinds({"comment_read": "Comment read"})


@transaction.atomic
def read(comment: Comment, *, tags: Iterable[str], version: int, by: User) -> Comment:
    """Say that it was read, and what it is about; names of tags that are not there yet are added.

    Upper and lower case make no other tag. Saying what is said already changes nothing, so a form sent twice does no harm.
    """
    names = _names(tags)
    hold_still(
        Consultation, comment.response.consultation_id
    )  # before the comment, as everybody does: a new tag holds it too
    before = sorted(comment.tags.values_list("name", flat=True))
    alike = sorted(map(str.casefold, before)) == sorted(map(str.casefold, names))
    if comment.read_at and alike:
        return comment
    write(comment, version=version, what=THIS, read_by=by, read_at=timezone.now())
    held = [_tag(comment.response.consultation, name) for name in names]
    comment.tags.set(held)
    after = ", ".join(sorted(tag.name for tag in held))
    audit.record("comment_read", comment, by=by, changes=audit.changes({"Tags": ", ".join(before)}, {"Tags": after}))
    return comment


def holding(comment: Comment) -> Comment:
    """Keep everybody else's hands off it, and it from being removed, until the transaction ends. Inside a transaction."""
    hold_still(Consultation, comment.response.consultation_id)
    # `of`: the response may be moved by others meanwhile.
    held = Comment.objects.select_for_update(of=("self",)).select_related("response__consultation")
    found = held.filter(pk=comment.pk).first()
    if found is None:
        raise ValidationError(REMOVED)
    return found


def _names(tags: Iterable[str]) -> list[str]:
    """Each once, without spaces around; the first way of writing it stays."""
    named: dict[str, str] = {}
    for tag in tags:
        if name := " ".join(tag.split()):
            named.setdefault(name.casefold(), name)
    if long := next((name for name in named.values() if len(name) > LONGEST), ""):
        raise ValidationError({"new": f"A tag must be {LONGEST} characters or fewer: “{long[:LONGEST]}…”"})
    if len(named) > MOST:
        raise ValidationError({"new": f"A comment has {MOST} tags at most: this has {len(named)}"})
    return list(named.values())


def _tag(consultation: Consultation, name: str) -> Tag:
    # Compared here: the database knows capital letters of English alone.
    for tag in Tag.objects.filter(consultation=consultation):
        if tag.name.casefold() == name.casefold():
            return tag
    try:
        with transaction.atomic():
            return Tag.objects.create(consultation=consultation, name=name)
    except IntegrityError:  # somebody else has just added it
        return Tag.objects.get(consultation=consultation, name=name)
