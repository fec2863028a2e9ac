"""Keys for the feed of published figures: made, revoked, and when each was last used."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import User
from reporting import feed_keys
from reporting.models import FeedKey

audit.kinds({"feed_key_made": "Key for the figures made", "feed_key_revoked": "Key for the figures revoked"})


@transaction.atomic
def make_key(label: str, *, by: User) -> tuple[FeedKey, str]:
    """A new key, and the key itself: that is known now and never again."""
    key = feed_keys.fresh()
    made = FeedKey.objects.create(label=label, key_sha256=feed_keys.hashed(key), made_by=by)
    audit.record("feed_key_made", made, by=by)
    return made, key


@transaction.atomic
def revoke_key(key: FeedKey, *, by: User) -> FeedKey:
    """From now on it opens nothing. Refused for one that was revoked before."""
    if not FeedKey.objects.in_force().filter(pk=key.pk).update(revoked_at=timezone.now(), revoked_by=by):
        raise ValidationError(f"The key for “{key.label}” had been revoked already.")
    key.refresh_from_db()
    audit.record("feed_key_revoked", key, by=by)
    return key


def note_use(key: FeedKey, *, on: dt.date) -> None:
    """That it was used on a day: written once a day, however often it is used. No audit: programs ask every hour."""
    if key.last_used_on is None or key.last_used_on < on:
        FeedKey.objects.filter(Q(last_used_on__isnull=True) | Q(last_used_on__lt=on), pk=key.pk).update(last_used_on=on)
