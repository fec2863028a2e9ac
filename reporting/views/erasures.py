"""Removals of personal data: the list, asking for one, one of them, and the decision on it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import lost_edits
from accounts.models import Erasure
from reporting.actions import erasing as actions
from reporting.erasing import choosing, page
from reporting.forms.erasing import AskForm, DecideForm, SearchForm

VIEW, ASK, DECIDE = (f"accounts.{name}_erasure{'s' if name == 'view' else ''}" for name in ("view", "ask", "decide"))


@never_cache
@require_safe
def erasure_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    every = Erasure.objects.visible_to(request.user).select_related("asked_by", "decided_by")
    context = {
        "waiting": [one for one in every if one.state == Erasure.State.ASKED],
        "decided": [one for one in every if one.state != Erasure.State.ASKED],
        "may_ask": request.user.has_perm(ASK),
    }
    return render(request, "reporting/erasure_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erasure_ask(request: HttpRequest) -> HttpResponse:
    """First the words, then the places in which they stand. The words are in no address and in no session."""
    if not request.user.has_perm(ASK):
        raise PermissionDenied
    of, cancel_url = request.POST.get("of", request.GET.get("of", "")), reverse("reporting:erasure-list")
    asks = request.POST.get("do") in ("search", "ask")
    typed = request.POST.get("words", "")
    search = SearchForm(request.POST if asks else None, of=of, typed=typed, cancel_url=cancel_url)
    if not asks or not search.is_valid():
        return render(request, "reporting/erasure_search.html", {"form": search})
    words, of = search.cleaned_data["words"], search.cleaned_data.get("address") or of
    try:
        listed = choosing.found(words, of)
    except ValidationError as refusal:
        search.add_error(None, refusal)
        return render(request, "reporting/erasure_search.html", {"form": search})
    form = AskForm(
        request.POST if request.POST["do"] == "ask" else None,
        found=page.found(listed),
        of=of,
        words="\n".join(words),
        cancel_url=cancel_url,
    )
    if form.is_bound and form.is_valid():
        try:
            erasure = actions.ask(**form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            lost_edits.add(form, refusal)
        else:
            messages.success(request, "The removal is asked for. Another person decides on it")
            return redirect(erasure)
    context = {"form": form, "counted": page.counted(listed), "any": bool(listed)}
    return render(request, "reporting/erasure_ask.html", context)


@never_cache
@require_safe
def erasure_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, _in_sight(request, pk), None)


@never_cache
@require_POST
def erasure_decide(request: HttpRequest, pk: int) -> HttpResponse:
    erasure = _in_sight(request, pk)
    if not request.user.has_perm(DECIDE, erasure):
        raise PermissionDenied
    form = DecideForm(request.POST, erasure=erasure, action=request.path)
    if not form.is_valid():
        return _detail(request, erasure, form)
    version = form.cleaned_data["version"]
    try:
        if form.is_refusal:
            actions.refuse(erasure, because=form.cleaned_data["because"], version=version, by=request.user)
            messages.success(request, "Nothing is removed. What was withheld is handed out again")
        else:
            actions.carry_out(erasure, version=version, by=request.user)
            messages.success(request, "Removed for good")
    except ValidationError as refusal:
        lost_edits.add(form, refusal)
        return _detail(request, _in_sight(request, pk), form)  # as it is by now: somebody else may have decided
    return redirect(erasure)


def _detail(request: HttpRequest, erasure: Erasure, form: DecideForm | None) -> HttpResponse:
    told = page.erasure_page(erasure, request.user)
    if form is None and told.may_decide:
        form = DecideForm(erasure=erasure, action=reverse("reporting:erasure-decide", args=[erasure.pk]))
    return render(request, "reporting/erasure_detail.html", {"erasure": erasure, "page": told, "form": form})


def _in_sight(request: HttpRequest, pk: int) -> Erasure:
    found = Erasure.objects.visible_to(request.user).select_related("asked_by", "decided_by")
    return get_object_or_404(found, pk=pk)
