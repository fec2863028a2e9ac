"""Papers for a meeting: put out, replaced, downloaded."""

import hashlib

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import incoming, lost_edits
from accounts.erasing import holding
from accounts.withholding import withheld
from governance import meetings, notice, paper_files
from governance.actions import papers as actions
from governance.forms.meetings_papers import PaperForm
from governance.models import AgendaItem, Meeting, Paper
from governance.views.meetings import RUN
from governance.views.meetings_reach import in_sight, no_longer_planned
from lib import file_names, too_large, written
from lib.uploads import status


@too_large.takes(paper_files.MOST_BYTES)
def paper_add(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """A paper for an item of the agenda."""
    meeting = in_sight(request, pk, RUN)
    about = get_object_or_404(meeting.items, pk=item)
    return _publish(request, meeting, about, None)


@too_large.takes(paper_files.MOST_BYTES)
def paper_replace(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """Another paper in place of this one, which stays on the record."""
    meeting = in_sight(request, pk, RUN)
    held = get_object_or_404(Paper, pk=paper, item__meeting=meeting)
    return _publish(request, meeting, held.item, held)


def _publish(request: HttpRequest, meeting: Meeting, item: AgendaItem, replaces: Paper | None) -> HttpResponse:
    if answer := no_longer_planned(request, meeting):
        return answer
    today, posted = timezone.localdate(), request.method == "POST"
    is_late = notice.is_late(today, meeting.day, meeting.body.paper_days)
    form = PaperForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        title=replaces.title if replaces else item.title,
        late=_late(meeting) if is_late else "",
        button="Publish it in place of the old one" if replaces else "Publish the paper",
        sender=incoming.sender(request),
        cancel_url=meeting.get_absolute_url(),
    )
    if posted and form.is_valid():
        try:
            paper = actions.publish(item, **form.told(), on=today, replaces=replaces, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
            form.ask_for_the_file_again()
        else:
            messages.success(request, f"Published: {paper.title}")
            return redirect(meeting)
    context = {
        "meeting": meeting,
        "item": item,
        "replaces": replaces,
        "form": form,
        "counted": meetings.counted(meeting),
        "is_late": is_late,
    }
    return render(request, "governance/paper_add.html", context, status=status(form))


def _late(meeting: Meeting) -> str:
    return f"The deadline was {written.day(meetings.deadline(meeting))}. The reasons are shown with the paper"


@never_cache
@require_safe
def paper_download(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """The stored bytes, as a file to keep; nothing where they are not those that were published."""
    meeting = in_sight(request, pk)
    held = get_object_or_404(Paper, pk=paper, item__meeting=meeting)
    if removal := holding.of_file("governance.paper", held.pk):
        return withheld(request, held.file_name, removal, meeting.get_absolute_url())
    content = _stored(held)
    if content is None:
        messages.error(
            request, f"{held.file_name} is damaged or lost, so it isn’t handed out. Publish it again in its place."
        )
        return redirect(meeting)
    kind = paper_files.KINDS.get(f".{held.file.name.rpartition('.')[2]}")
    headers = {"Content-Disposition": file_names.disposition(held.file_name)}
    return HttpResponse(
        content, content_type=kind.content_type if kind else "application/octet-stream", headers=headers
    )


def _stored(paper: Paper) -> bytes | None:
    try:
        with default_storage.open(paper.file.name) as file:
            content: bytes = file.read()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == paper.file_sha256 else None
