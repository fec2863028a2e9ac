"""Passing on what is in somebody's hands, so that nothing is left without anybody."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from governance import held
from governance.held import Thing
from governance.models import Body
from lib.editing import write
from lib.written import in_words

audit.kinds({"passed_on": "Passed on to somebody else"})


@transaction.atomic
def pass_on(person: User, *, to: User, body: Body, by: User | None) -> list[Thing]:
    """Give everything open of one body that is this person's to somebody else. Returns what was passed on; nothing open is refused."""
    if to.pk == person.pk:
        raise ValidationError({"to": f"It is {person.name}’s already. Choose somebody else"})
    refuse_gone(to, "to")
    things = hand_over(person, body, to=to, post="", by=by)
    if not things:
        raise ValidationError(f"Nothing of {body} is in {person.name}’s hands any more")
    return things


def refuse_gone(to: User, field: str) -> None:
    if not to.is_active:
        raise ValidationError({field: f"{to.name}’s account is closed. Choose somebody who is here"})


@transaction.atomic
def hand_over(person: User, body: Body, *, to: User | None, post: str, by: User | None) -> list[Thing]:
    """Inside an action: what is open becomes `to`'s; without an account, that of the post alone.

    Each row tells of it in its own history, and a page that was open on it meets a newer version.
    """
    things = held.hold_open_of(person, body)
    for thing in things:
        record = thing.record
        before = record.owner_label
        fields = {"owner": to} if to else {"owner": None, "owner_post": record.owner_post or post}
        write(record, version=record.version, what=str(thing), **fields)
        audit.record("passed_on", record, by=by, changes=[audit.change("Whose", before, record.owner_label)])
    return things


def counted(things: list[Thing]) -> str:
    """ "three things", for a sentence."""
    return f"{in_words(len(things))} thing{'' if len(things) == 1 else 's'}"
