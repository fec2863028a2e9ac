"""Coming in with the council's account: linking it to a person who was invited, and forgetting it."""

import logging

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit, identity, oidc
from accounts.actions.roles import follow_groups
from accounts.identity import Identity
from accounts.models import User
from lib.editing import write

log = logging.getLogger("accounts")

audit.kinds({"account_linked": "Single sign-on linked", "account_unlinked": "Single sign-on unlinked"})


@transaction.atomic
def link_account(user: User, *, who: Identity, by: User | None) -> SocialAccount:
    """Let this person come in with that account of the council's from now on, whatever its address becomes.

    Who had not accepted their invitation has now. Refused for a second account: the address may have passed on to a namesake.
    """
    held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not held.is_active:
        raise ValidationError(f"The account of {held} is closed.")
    if known := identity.linked(held):
        if known.uid == who.key:
            return known
        raise ValidationError(
            f"The account here with the email address {held.email} belongs to somebody who signs in with another account of the "
            "council’s. If that was you, write to the partnership team: an administrator can unlink the former one."
        )
    account = SocialAccount.objects.create(
        user=held, provider=oidc.ID, uid=who.key, extra_data={"issuer": who.issuer, "subject": who.subject}
    )
    audit.record("account_linked", held, by=by)
    if not held.has_accepted:
        audit.record("invitation_accepted", held, by=by)
    return account


@transaction.atomic
def unlink_account(user: User, *, version: int, by: User | None) -> User:
    """Forget the council's account, so that another one can be linked by its address. Their open sessions end with the next page."""
    known = identity.linked(user)
    if known is None:
        raise ValidationError(f"{user} has not signed in with the council’s account.")
    write(user, version=version, what=str(user), signed_out_at=timezone.now())
    known.delete()
    audit.record("account_unlinked", user, by=by)
    return user


@transaction.atomic
def take_groups(user: User, *, who: Identity, by: User | None) -> User:
    """Give and end roles as the groups of this sign-in say. Where it says nothing of groups, all stays as it is, and that is logged."""
    roles = settings.OIDC.roles_by_group
    if who.groups is None:
        if roles:
            log.warning("user=%s came in without the claim of their groups; roles stay as they are", user.pk)
        return user
    return follow_groups(user, roles={role for group in who.groups for role in roles.get(group, ())}, by=by)
