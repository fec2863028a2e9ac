"""The words for a return."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts import audit, lost_edits, unsent
from indicators import actions, entry, explaining, wording
from indicators.forms import CommentaryForm
from indicators.models import Commentary
from indicators.views import typing
from lib.editing import Stale

ENDS = ("commentary_saved", "commentary_sent")  # whoever does one of these is done with what they typed


def commentary_edit(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Commentary.objects.visible_to(request.user)
    commentary = get_object_or_404(
        visible.select_related("for_return__round", "for_return__indicator__owner", "written_by", "sent_by"), pk=pk
    )
    return_, on = commentary.for_return, timezone.localdate()
    if not request.user.has_perm("indicators.write_commentary", commentary):
        raise PermissionDenied
    if request.POST.get("do") == typing.AUTOSAVE:
        return typing.keep(request, commentary, CommentaryForm.typed_in(request.POST), ends=ENDS)
    if request.POST.get("do") == typing.THROW_AWAY:
        unsent.forget(request.user, commentary)
        return redirect(commentary)
    left = typing.left_in(request, commentary, ends=ENDS)
    asked = explaining.of(commentary)
    form = CommentaryForm(
        request.POST or None,
        commentary=commentary,
        asked=asked,
        user=request.user,
        authors=entry.authors(commentary, request.user, on),
        cancel_url=return_.get_absolute_url(),
        unsent=left.typed if left else None,
    )
    answer, changed = _keep(request, commentary, form) if request.method == "POST" else (None, [])
    if answer:
        return answer
    context = {
        "entry": entry.gather(return_, on),
        "commentary": commentary,
        "state": wording.words_state(commentary, on),
        "due": wording.due(commentary.due_on, on) if commentary.is_awaited else "",
        "asked": asked,
        "more": asked.more(commentary),
        "form": form,
        "changed": changed,
        "left": left,
        "throw_away": entry.throw_away_words(commentary),
    }
    return render(request, "indicators/commentary_edit.html", context)


def _keep(
    request: HttpRequest, commentary: Commentary, form: CommentaryForm
) -> tuple[HttpResponse | None, list[audit.Line]]:
    """Save or send. No answer where the form is shown again; then what others changed meanwhile comes with it."""
    draft = request.POST.get("do") == "draft"
    is_whole = form.is_valid()
    if not is_whole and not (draft and form.only_the_day_is_wrong):
        return None, []
    act = actions.save_commentary if draft else actions.send_commentary
    on_to = redirect(commentary if draft else commentary.for_return)
    try:
        act(commentary, **form.said(), by=request.user)
    except ValidationError as error:
        said = {**form.said(), "status": Commentary.Status.DRAFT if draft else Commentary.Status.SENT}
        if isinstance(error, Stale) and entry.is_said_already(commentary, said, request.user):
            unsent.forget(request.user, commentary)
            return on_to, []
        return None, lost_edits.refused(form, error, commentary)
    unsent.forget(request.user, commentary)
    if not is_whole:
        form.keep_open(commentary.version)
        messages.success(request, "Draft saved, all but the day. Nothing has been sent yet")
        return None, []
    messages.success(request, "Draft saved. Nothing has been sent yet" if draft else "Commentary sent")
    return on_to, []
