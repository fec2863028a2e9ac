"""Papers for a meeting: out in time, or with the reasons for their urgency; replaced, and never taken away."""

import datetime as dt
import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.crypto import get_random_string

from accounts import audit
from accounts.models import User
from governance import notice, paper_files
from governance.actions.meetings import hold
from governance.models import AgendaItem, Meeting, Paper
from lib import file_names, written

audit.kinds({"paper_published": "Paper published", "paper_replaced": "Paper replaced"})


@transaction.atomic
def publish(
    item: AgendaItem,
    *,
    title: str,
    content: bytes,
    name: str,
    urgent_because: str,
    on: dt.date,
    replaces: Paper | None = None,
    by: User,
) -> Paper:
    """Put a paper out for an item, today (`on`). After the body's deadline the reasons for its urgency are asked for.

    One that it replaces stays on the record, and only the latest can be replaced. Before the deadline no reasons are kept.
    """
    hold(item.meeting.body)
    meeting = Meeting.objects.select_related("body").get(pk=item.meeting_id)
    if not AgendaItem.objects.filter(pk=item.pk).exists():
        raise ValidationError("The item was taken off the agenda meanwhile")
    if meeting.is_cancelled or meeting.is_held:
        what = "called off" if meeting.is_cancelled else "held"
        raise ValidationError(f"The meeting was {what}, so no paper can come to it any more")
    deadline = notice.deadline(meeting.day, meeting.body.paper_days)
    is_late = on > deadline
    if is_late and not urgent_because.strip():
        raise ValidationError({"urgent_because": "Give the reasons for urgency: the deadline has passed"})
    if replaces is not None and (replaces.item_id != item.pk or Paper.objects.filter(replaces=replaces).exists()):
        raise ValidationError(
            "Somebody has replaced this paper since you opened the page. Look at the one that is there now"
        )
    try:
        kind = paper_files.kind_of(content, name)
    except paper_files.Unusable as unusable:
        raise ValidationError({"file": str(unusable)}) from None
    # Stored before the row says so: a file that nothing points to does no harm. Nothing of its name goes into the storage.
    stored = default_storage.save(f"papers/{get_random_string(32)}{kind.ending}", ContentFile(content))
    try:
        with transaction.atomic():
            paper = Paper.objects.create(
                item=item,
                title=title.strip(),
                file=stored,
                file_name=file_names.shown(name),
                file_bytes=len(content),
                file_sha256=hashlib.sha256(content).hexdigest(),
                published_on=on,
                published_by=by,
                deadline_on=deadline,
                urgent_because=urgent_because.strip() if is_late else "",
                replaces=replaces,
            )
            told = {
                "For": str(meeting),
                "Item": item.title,
                "File": paper.file_name,
                "Deadline": written.day_year(deadline),
                "Reasons for urgency": paper.urgent_because,
            }
            changes = audit.changes({}, {what: value for what, value in told.items() if value})
            audit.record("paper_replaced" if replaces else "paper_published", paper, by=by, changes=changes)
    except BaseException:
        default_storage.delete(stored)
        raise
    return paper
