"""People who are paid for, such as police officers: entered and changed. Nothing of them is ever removed: they end."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import Organisation, User
from governance.models import Body, FundedPosts, FundingStream
from lib.editing import write
from lib.written import day_year
from priorities.models import Priority

THIS = "This group of posts"
STEP = 10  # between the places of two in the list
MOST = 9_999
LONGEST = {"name": 120, "posts": 120, "what_for": 300, "note": 2000}
CALLED = {"name": "The name", "posts": "What they are", "what_for": "What they are for", "note": "The note"}

audit.kinds({"funded_posts_added": "Funded posts entered", "funded_posts_changed": "Funded posts changed"})


@dataclass(frozen=True)
class Content:
    """`posts` is what they are, in the plural. `stream` is None where it is not known which money pays them."""

    name: str
    number: int
    posts: str = "police officers"
    what_for: str = ""
    stream: FundingStream | None = None
    body: Body | None = None
    organisation: Organisation | None = None
    priority: Priority | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    note: str = ""


@transaction.atomic
def add(*, content: Content, by: User) -> FundedPosts:
    """Last in the list."""
    _refuse(content)
    last = FundedPosts.objects.aggregate(last=Max("order"))["last"] or 0
    posts = FundedPosts.objects.create(order=last + STEP, **_columns(content))
    audit.record("funded_posts_added", posts, by=by, changes=audit.changes({}, _facts(posts)))
    return posts


@transaction.atomic
def edit(posts: FundedPosts, *, content: Content, version: int, by: User) -> FundedPosts:
    """Say `content` of them; saying what is said already leaves no trace."""
    _refuse(content)
    columns = _columns(content)
    if posts.version == version and all(getattr(posts, name) == value for name, value in columns.items()):
        return posts
    before = _facts(posts)
    write(posts, version=version, what=THIS, **columns)
    audit.record("funded_posts_changed", posts, by=by, changes=audit.changes(before, _facts(posts)))
    return posts


def _refuse(content: Content) -> None:
    errors = {}
    for name, most in LONGEST.items():
        if len(getattr(content, name).strip()) > most:
            errors[name] = f"{CALLED[name]} must be {most:,} characters or fewer"
    if not content.name.strip():
        errors["name"] = "Enter what the group is called"
    if not content.posts.strip():
        errors["posts"] = "Say who they are, such as police officers"
    if not 1 <= content.number <= MOST:
        errors["number"] = f"The number must be between 1 and {MOST:,}"
    if content.starts_on and content.ends_on and content.ends_on < content.starts_on:
        errors["ends_on"] = "The last day must be on or after the first day"
    if errors:
        raise ValidationError(errors)


def _columns(content: Content) -> dict[str, object]:
    lines = {name: " ".join(getattr(content, name).split()) for name in ("name", "posts", "what_for")}
    same = ("number", "stream", "body", "organisation", "priority", "starts_on", "ends_on")
    return (
        lines | {name: getattr(content, name) for name in same} | {"note": content.note.replace("\r\n", "\n").strip()}
    )


def _facts(posts: FundedPosts) -> dict[str, object]:
    return {
        "Name": posts.name,
        "Number": posts.number,
        "What they are": posts.posts,
        "What they are for": posts.what_for,
        "Stream": str(posts.stream or ""),
        "Directed by": str(posts.body or ""),
        "Organisation": str(posts.organisation or ""),
        "Priority": str(posts.priority or ""),
        "First day": day_year(posts.starts_on),
        "Last day": day_year(posts.ends_on),
        "Note": posts.note,
    }
