"""The words for a return."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts import lost_edits
from indicators import actions, entry, wording
from indicators.forms import CommentaryForm
from indicators.models import Commentary
from lib.editing import Stale


def commentary_edit(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Commentary.objects.visible_to(request.user)
    commentary = get_object_or_404(
        visible.select_related("for_return__round", "for_return__indicator__owner", "written_by", "sent_by"), pk=pk
    )
    return_, on = commentary.for_return, timezone.localdate()
    if not request.user.has_perm("indicators.write_commentary", commentary):
        raise PermissionDenied
    form = CommentaryForm(
        request.POST or None,
        commentary=commentary,
        user=request.user,
        authors=entry.authors(commentary, request.user, on),
        cancel_url=return_.get_absolute_url(),
    )
    changed = None
    if request.method == "POST" and form.is_valid():
        draft = request.POST.get("do") == "draft"
        act = actions.save_commentary if draft else actions.send_commentary
        try:
            act(commentary, **form.said(), by=request.user)
        except ValidationError as error:
            state = Commentary.Status.DRAFT if draft else Commentary.Status.SENT
            said = {**form.said(), "status": state}
            if isinstance(error, Stale) and entry.is_said_already(commentary, said, request.user):
                return redirect(commentary if draft else return_)
            changed = lost_edits.refused(form, error, commentary)
        else:
            messages.success(request, "Draft saved. Nothing has been sent yet" if draft else "Commentary sent")
            return redirect(commentary if draft else return_)
    context = {
        "entry": entry.gather(return_, on),
        "commentary": commentary,
        "state": wording.words_state(commentary, on),
        "due": wording.due(commentary.due_on, on) if commentary.is_awaited else "",
        "form": form,
        "changed": changed,
    }
    return render(request, "indicators/commentary_edit.html", context)
