"""A file that was refused because the virus scanner found something in it."""

import logging

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions.mails import owe_mail
from accounts.models import RoleGrant, User
from lib import file_names

audit.kinds({"upload_refused": "Upload refused: malware"})

log = logging.getLogger("uploads")


@transaction.atomic
def refuse_harm(person: User, *, name: str, found: str, by: User) -> None:
    """Keep who sent it, what it was called and what was found in it; the file itself is gone. Administrators get one mail a day and sender: there may be many files."""
    told = {"File": file_names.shown(name), "Found": found}
    audit.record("upload_refused", person, by=by, changes=audit.changes({}, told))
    today = timezone.localdate()
    for administrator in User.objects.holding(RoleGrant.Role.ADMINISTRATOR, today):
        owe_mail(administrator, stage="upload_refused", about=person, cycle=today, by=by)
    log.warning("upload person=%s state=refused found=%s", person.pk, found)
