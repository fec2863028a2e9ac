"""Taking back an issued pack. Its number, its address and its record stay, and say so."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from lib.editing import Stale, write
from reporting.actions.holding import OF_PACK, hold
from reporting.clearing import publishing
from reporting.models import Pack

audit.kinds({"pack_withdrawn": "Pack withdrawn"})

LONGEST = Pack._meta.get_field("withdrawn_because").max_length


@transaction.atomic
def withdraw(pack: Pack, *, because: str, version: int, by: User) -> Pack:
    """Withdraw the issue that stands. Everyone who could read it reads the reason; its addenda stay as they are."""
    held, because = hold(pack), because.strip()
    if held.standing != Pack.Standing.ISSUED:
        words = str(held.get_standing_display()).lower()
        raise ValidationError(
            f"This pack is {words} already."
            if held.is_issued
            else "Only an issued pack is withdrawn. This one is not issued."
        )
    if held.version != version:
        raise Stale(OF_PACK)
    if not because:
        raise ValidationError({"because": "Say why it is withdrawn: whoever looks for it reads this"})
    if LONGEST and len(because) > LONGEST:
        raise ValidationError({"because": f"Use {LONGEST} characters at most"})
    if held.is_public and (told := list(publishing.not_for_the_public(held, because))):
        raise ValidationError({"because": told})
    now = {"withdrawn_at": timezone.now(), "withdrawn_by": by, "withdrawn_because": because}
    write(held, version=version, what=OF_PACK, standing=Pack.Standing.WITHDRAWN, **now)
    audit.record("pack_withdrawn", held, by=by, comment=because)
    return held
