"""What was typed and never sent goes in the end."""

import datetime as dt

from django.db import transaction

from accounts.models import Unsent, User
from accounts.unsent import KEPT_FOR


@transaction.atomic
def clear_unsent(*, at: dt.datetime, by: User | None) -> int:
    """Delete what nobody has come back to for so long; how many. It is no record: nothing is audited."""
    gone, _ = Unsent.objects.filter(saved_at__lt=at - KEPT_FOR).delete()
    return gone
