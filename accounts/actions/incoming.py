"""A file that was refused because the virus scanner found something in it."""

import logging

from django.db import transaction

from accounts import audit
from accounts.models import User
from lib import file_names

audit.kinds({"upload_refused": "Upload refused: malware"})

log = logging.getLogger("uploads")


@transaction.atomic
def refuse_harm(person: User, *, name: str, found: str, by: User) -> None:
    """Keep who sent it, what it was called and what was found in it; the file itself is gone."""
    told = {"File": file_names.shown(name), "Found": found}
    audit.record("upload_refused", person, by=by, changes=audit.changes({}, told))
    log.warning("upload person=%s state=refused found=%s", person.pk, found)
