"""Ending sign-ins."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Session, User
from lib.editing import write

audit.kinds({"session_ended": "Signed out on another browser", "signed_out_everywhere": "Signed out everywhere"})


@transaction.atomic
def end_session(user: User, *, mark: str, by: User) -> Session:
    """Sign somebody out on one browser, which `Session.mark` names."""
    held = next((one for one in Session.objects.filter(person=user) if one.mark == mark), None)
    if held is None:
        raise ValidationError("You are not signed in there any more.")
    Session.objects.filter(pk=held.pk).delete()
    audit.record("session_ended", user, by=by, changes=[audit.change("Browser", held.browser, None)])
    return held


@transaction.atomic
def sign_out_everywhere(user: User, *, version: int, but: str = "", by: User) -> User:
    """End every sign-in of somebody at once, but the one with the key `but`.

    That one has to take the person's new mark upon itself (`update_session_auth_hash`): none from before counts any more, whoever kept a copy.
    """
    write(user, version=version, what=str(user), signed_out_at=timezone.now())
    Session.objects.filter(person=user).exclude(session_key=but).delete()
    where = "everywhere but on the browser in hand" if but else "everywhere"
    audit.record("signed_out_everywhere", user, by=by, changes=[audit.change("Signed in", None, f"ended {where}")])
    return user
