"""Letting people in, changing what is known about them, and letting them go."""

import datetime as dt
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.actions.mails import owe_mail
from accounts.actions.roles import close, grant_role, keep_an_administrator
from accounts.models import Organisation, User
from lib.editing import Stale, write
from lib.govuk_tags import day_year

audit.kinds(
    {
        "person_invited": "Person invited",
        "invitation_sent_again": "Invitation sent again",
        "invitation_accepted": "Invitation accepted",
        "person_changed": "Person changed",
        "person_deactivated": "Account closed",
        "person_reactivated": "Account opened again",
        "second_factor_reset": "Second step at sign-in reset",
    }
)


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    post: str = "",
    organisation: Organisation | None = None,
    roles: Iterable[str] = (),
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    by: User | None,
) -> User:
    """Create a person without a password, give them roles (from today unless `starts_on` says otherwise), and mail them a link to set one.

    Refused when the email address, in any capitals, is somebody's already. `accounts.invitations.link` gives the link again.
    """
    email, name = _address(email), _name(name)
    _refuse_taken(email)
    user = User(email=email, name=name, post=post.strip(), organisation=organisation, invited_at=timezone.now())
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:  # pressed twice, at the same moment
        _refuse_taken(email)
        raise
    audit.record("person_invited", user, by=by, changes=audit.changes({}, _facts(user)))
    for role in dict.fromkeys(roles):
        grant_role(user, role=role, starts_on=starts_on or timezone.localdate(), ends_on=ends_on, by=by)
    _mail_invitation(user, by=by)
    return user


@transaction.atomic
def resend_invitation(user: User, *, version: int, by: User | None) -> User:
    """Mail a new link; the older ones end. Refused once they have accepted, or have left."""
    if not user.is_active:
        raise ValidationError(f"{user} is no longer here. Let them back in first.")
    if user.has_usable_password():
        raise ValidationError(f"{user} has set a password already. They can ask for a new one on the sign-in page.")
    if user.has_accepted:
        raise ValidationError(f"{user} has come in already, and needs no invitation.")
    write(user, version=version, what=str(user), invited_at=timezone.now())
    audit.record("invitation_sent_again", user, by=by, changes=[audit.change("To", None, user.email)])
    _mail_invitation(user, by=by)
    return user


@transaction.atomic
def accept_invitation(user: User, *, password: str, by: User) -> User:
    """Set the first password. Refused when there is one already, or when they came in without one, so that a link works once."""
    if not settings.LOCAL_SIGN_IN:
        raise ValidationError(f"There are no passwords here. Sign in with {settings.OIDC.name}.")
    if not user.is_active or user.has_accepted:
        raise ValidationError("This link has been used. Sign in as you did before.")
    user.set_password(password)
    try:
        write(user, version=user.version, password=user.password)
    except Stale:
        raise ValidationError("This link has just been used, or your account was changed. Open it again.") from None
    audit.record("invitation_accepted", user, by=by)
    return user


@transaction.atomic
def change_person(
    user: User,
    *,
    email: str,
    name: str,
    post: str,
    organisation: Organisation | None,
    version: int,
    by: User | None,
) -> User:
    """Correct what is known about a person. A new address of somebody who has not accepted yet gets a new invitation."""
    email, name = _address(email), _name(name)
    _refuse_taken(email, but=user)
    before, moved = _facts(user), email != user.email
    write(user, version=version, what=str(user), email=email, name=name, post=post.strip(), organisation=organisation)
    audit.record("person_changed", user, by=by, changes=audit.changes(before, _facts(user)))
    if moved and user.is_active and not user.has_accepted:
        _mail_invitation(user, by=by)
    return user


@transaction.atomic
def deactivate(user: User, *, version: int | None = None, on: dt.date | None = None, by: User | None) -> User:
    """A leaver is out at once: no sign-in, open sessions end with the next page, roles end, password links no longer work.

    What they recorded stays. Nobody closes their own account, and the last administrator's stays open. `on` is today unless given.
    """
    today = on or timezone.localdate()
    if by is not None and by.pk == user.pk:
        raise ValidationError("You cannot close your own account. Ask another administrator.")
    if not user.is_active:
        raise ValidationError(f"The account of {user} is closed already.")
    keep_an_administrator(user, on=today)
    now = timezone.now()
    write(user, version=user.version if version is None else version, what=str(user), is_active=False, left_at=now)
    ended = [close(grant, on=today) for grant in user.role_grants.not_over(today)]
    user.forget_roles()
    changes = [audit.change("Account", "open", "closed"), *ended]
    audit.record("person_deactivated", user, by=by, changes=changes)
    return user


@transaction.atomic
def reactivate(user: User, *, version: int, by: User | None) -> User:
    """Let somebody back in, by a new invitation: the old password and sessions stay dead, roles are given anew."""
    if user.is_active:
        raise ValidationError(f"The account of {user} is open already.")
    left = day_year(timezone.localtime(user.left_at)) if user.left_at else ""
    user.set_unusable_password()
    write(
        user,
        version=version,
        what=str(user),
        is_active=True,
        left_at=None,
        password=user.password,
        invited_at=timezone.now(),
    )
    changes = [audit.change("Account", f"closed on {left}", "open, with a new invitation")]
    audit.record("person_reactivated", user, by=by, changes=changes)
    _mail_invitation(user, by=by)
    return user


@transaction.atomic
def reset_second_factor(user: User, *, version: int, by: User | None) -> User:
    """Take app, passkeys and recovery codes away from somebody who lost them, so that the next sign-in sets up new ones.

    Their open sessions end with the next page: what was lost may have opened them.
    """
    if by is not None and by.pk == user.pk:
        raise ValidationError("You cannot reset your own second step. Ask another administrator.")
    held = Authenticator.objects.filter(user=user)
    if not held.exists():
        raise ValidationError(f"{user} has no second step to reset.")
    write(user, version=version, what=str(user), signed_out_at=timezone.now())
    held.delete()
    audit.record("second_factor_reset", user, by=by)
    return user


def _mail_invitation(user: User, *, by: User | None) -> None:
    """Whatever calls for another invitation has raised the version, and ends the links of the mails before."""
    owe_mail(user, stage="invitation", about=user, cycle=user.version, by=by)


def _address(email: str) -> str:
    """The address as it is kept: in small letters, for it is looked up by them."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError({"email": "Enter an email address in the correct form, like name@example.org"}) from None
    return email


def _name(name: str) -> str:
    if not name.strip():
        raise ValidationError({"name": "Enter their name"})
    return " ".join(name.split())


def _refuse_taken(email: str, but: User | None = None) -> None:
    taken = User.objects.filter(email__iexact=email).exclude(pk=but.pk if but else None).first()
    if taken is None:
        return
    if taken.is_active:
        raise ValidationError({"email": f"{taken.label} has an account with this email address already"})
    raise ValidationError({"email": f"{taken.label} had an account with this email address. Open it again instead"})


def _facts(user: User) -> dict[str, object]:
    return {
        "Name": user.name,
        "Email address": user.email,
        "Post": user.post,
        "Organisation": user.organisation,
    }
