"""What arose from meetings and what approvals rest on: open ones first, ended with one press."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from governance import arising
from governance.actions import undertakings as actions
from governance.forms.meetings_decisions import EndForm
from governance.models import Body, Undertaking
from governance.views.meetings_decisions import SEE_TO, VIEW


@require_safe
def undertaking_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    return _listed(request)


@require_POST
def undertaking_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Done, or no longer needed; from the row in the list."""
    undertaking = get_object_or_404(Undertaking.objects.visible_to(request.user).select_related("body", "owner"), pk=pk)
    if not request.user.has_perm(SEE_TO, undertaking):
        raise PermissionDenied
    form = EndForm(request.POST)
    if not form.is_valid():
        return _listed(request, pk, next(iter(next(iter(form.errors.values())))), request.POST.get("note", ""))
    try:
        actions.end(undertaking, **form.cleaned_data, on=timezone.localdate(), by=request.user)
    except ValidationError as error:
        return _listed(request, pk, error.messages[0], form.cleaned_data["note"])
    messages.success(request, f"{undertaking.get_ending_display()}: {undertaking.text}")
    return redirect("governance:undertaking-list")


def _listed(request: HttpRequest, wrong: int = 0, sentence: str = "", typed: str = "") -> HttpResponse:
    """With what is wrong at one of the rows, and what was typed there."""
    user, today = request.user, timezone.localdate()
    of = ("body", "owner", "meeting", "decision__body", "approval__application__body", "ended_by")
    seen = Undertaking.objects.visible_to(user).select_related(*of)
    bodies = list(Body.objects.visible_to(user).filter(undertakings__isnull=False).distinct())
    body = next((one for one in bodies if one.slug == request.GET.get("body")), None)
    if body:
        seen = seen.filter(body=body)
    rows = arising.listed(seen.open(), user, today)
    context = {
        "rows": rows,
        "ended": seen.exclude(ending="").order_by("-ended_on", "-pk")[: arising.ENDED],
        "lede": arising.lede(rows),
        "bodies": bodies,
        "body": body,
        "wrong": wrong,
        "sentence": sentence,
        "typed": typed,
    }
    return render(request, "governance/undertaking_list.html", context)
