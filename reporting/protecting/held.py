"""All that is held about one person with an account: every row of every model that points to them, found by looking at the models.

Of rows that are about the person (their account, roles, mails, what was typed) every field is told but secrets. Of rows of the
partnership's record it is told which they are, as what the person stands there, and when; words that the person wrote are told with them.
Numbers are left out: a figure is not about whoever keyed it, and may be restricted by now.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from accounts.audit import KINDS
from accounts.models import AuditEvent, Mail, Session, Unsent, User

# Rows that are about the person who stands in this field: told with all their fields, but those in `SECRETS`. Through any other field of
# the same model, such as who gave somebody else a role, a row is about somebody else.
WHOLE = frozenset(
    {
        *("account.EmailAddress.user", "socialaccount.SocialAccount.user", "accounts.RoleGrant.user"),
        *("accounts.Absence.person", "accounts.Mail.to", "accounts.Reminder.person", "accounts.Unsent.person"),
        *("governance.Membership.user", "governance.FundingInterest.user", "indicators.Lead.user"),
        "reporting.Download.by",
    }
)
SECRETS = frozenset(
    {"password", "data", "key_sha256", "token", "token_secret", "secret", "session_data", "session_key"}
)
# Where the person is the author, so that the row's words are theirs.
WROTE = frozenset({"written_by", "sent_by", "drafted_by", "made_by", "given_by", "scored_by", "screened_by"})

Fields = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A field through which rows of a model point to people."""

    model: type[models.Model]
    field: models.Field

    @property
    def label(self) -> str:
        return f"{self.model._meta.label}.{self.field.name}"

    @property
    def words(self) -> str:
        """ "Figure: recorded by"."""
        what, role = self.model._meta.verbose_name, self.field.verbose_name
        return f"{str(what).capitalize()}: {role}"


@dataclass(frozen=True)
class Group:
    """The rows found at one place."""

    label: str
    words: str
    rows: tuple[Fields, ...]


@dataclass(frozen=True)
class Held:
    """`left_out` says in sentences what is held and not told here, and why."""

    person: str
    made_at: dt.datetime
    account: Fields
    groups: tuple[Group, ...]
    sessions: tuple[Fields, ...]
    left_out: tuple[str, ...]


def places() -> list[Place]:
    """Every field of every installed model that points to people, many-to-many ones too, in the order of the models."""
    return [
        Place(model, field)
        for model in apps.get_models(include_auto_created=True)
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.related_model is User
    ]


def about(person: User, *, to: User, at: dt.datetime) -> Held:
    """`to` is who gets it: what the person has typed and not sent is told to themselves alone."""
    is_own = to.pk == person.pk
    left_out = [
        "Your password and the keys of your second step: that they are set is told, they themselves never.",
        "Numbers of figures: they are not about you.",
        "The single answers of consultations: nobody can tell whose they are.",
        "Files that were uploaded or issued: only that you did so.",
    ]
    if not is_own and Unsent.objects.filter(person=person).exists():
        left_out.append("What was typed into forms and not sent: the person finds it in their own download.")
    groups = [_group(place, person, is_own) for place in places()]
    return Held(
        person=person.label,
        made_at=at,
        account=_whole(person),
        groups=tuple(group for group in [*groups, _subject(person), _by_address(person)] if group.rows),
        sessions=tuple(_sessions(person, at)),
        left_out=tuple(left_out),
    )


def _group(place: Place, person: User, is_own: bool) -> Group:
    rows = place.model._base_manager.filter(**{place.field.name: person}).order_by("pk")
    rows = rows.select_related(*_beside(place.model))
    if place.model is Unsent and not is_own:
        return Group(place.label, place.words, tuple({"saved at": _plain(row.saved_at)} for row in rows))
    told = (_told(place, row) for row in rows.iterator(chunk_size=500))
    return Group(place.label, place.words, tuple(one for one in told if one))


def _told(place: Place, row: models.Model) -> Fields:
    if place.label in WHOLE:
        return _whole(row)
    if isinstance(row, AuditEvent):
        return _done(row)
    if row._meta.pk.name in SECRETS:  # of a session: whoever has it is signed in. See `_sessions`
        return {}
    told: Fields = {"which": str(row), "number": row.pk}
    for field in row._meta.concrete_fields:
        is_moment = isinstance(field, models.DateField)  # a DateTimeField is one too
        is_words = isinstance(field, models.TextField) and place.field.name in WROTE and field.name not in SECRETS
        if is_moment or is_words:
            told[str(field.verbose_name)] = _plain(getattr(row, field.attname))
    return {name: value for name, value in told.items() if value not in (None, "")}


def _beside(model: type[models.Model], depth: int = 3) -> list[str]:
    """What a row points to and is called after: "figure", "figure__return_", "figure__return___indicator"."""
    paths = []
    for field in model._meta.concrete_fields:
        if field.is_relation and (not field.null or depth == 3):
            further = _beside(field.related_model, depth - 1) if depth > 1 and field.related_model is not User else []
            paths += [field.name, *(f"{field.name}__{path}" for path in further)]
    return paths


def _done(event: AuditEvent) -> Fields:
    """What they did, without what it was before and after: that tells numbers, and of others."""
    told = {"at": _plain(event.at), "what": KINDS.get(event.kind, event.kind), "to": event.subject_label}
    return told | ({"comment": event.comment} if event.comment else {})


def _whole(row: models.Model) -> Fields:
    """By the words of its fields; other rows that it points to by what they are called."""
    told: Fields = {}
    for field in row._meta.concrete_fields:
        if field.name in SECRETS:
            told[str(field.verbose_name)] = "set" if getattr(row, field.attname) else "not set"
        elif field.is_relation:
            value = getattr(row, field.name)
            told[str(field.verbose_name)] = None if value is None else str(value)
        elif isinstance(row, AuditEvent) and field.name == "kind":
            told["kind"] = KINDS.get(row.kind, row.kind)
        else:
            told[str(field.verbose_name)] = _plain(getattr(row, field.attname))
    return {name: value for name, value in told.items() if value not in (None, "")}


def _subject(person: User) -> Group:
    """What others did to their account."""
    events = AuditEvent.objects.about("accounts.user", person.pk).exclude(actor=person)
    return Group("accounts.AuditEvent.subject", "Audit event: about them", tuple(_whole(one) for one in events))


def _by_address(person: User) -> Group:
    """Mails to their address from before they had an account."""
    mails = Mail.objects.filter(to__isnull=True, address__iexact=person.email)
    return Group("accounts.Mail.address", "Mail: to their address", tuple(_whole(one) for one in mails))


def _sessions(person: User, at: dt.datetime) -> Iterator[Fields]:
    """Those that are open: since when, and where. What is in them is theirs on the page where they left it."""
    for session in Session.objects.alive(at).filter(person=person):
        yield {
            "signed in at": _plain(session.signed_in_at),
            "last seen": _plain(session.seen_at),
            "browser": session.browser,
        }


def _plain(value: Any) -> Any:
    """For JSON and for reading: moments in London time."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat(sep=" ", timespec="minutes")
    if isinstance(value, str | int | bool | list | dict | None):
        return value
    return str(value)
