"""Where somebody is signed in, and for how much longer."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts import actions, idle, signed_in
from accounts.models import User
from lib.editing import VersionForm


def session_list(request: HttpRequest) -> HttpResponse:
    places = signed_in.places(request.user, request.session.session_key or "", timezone.now())
    context = {"places": places, "others": [place for place in places if not place.is_this]}
    return render(request, "accounts/session_list.html", context)


@require_POST
def session_end(request: HttpRequest) -> HttpResponse:
    try:
        ended = actions.end_session(request.user, mark=request.POST.get("mark", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Signed out: {ended.browser or 'the other browser'}")
    return redirect("accounts:session-list")


@require_POST
def session_end_others(request: HttpRequest) -> HttpResponse:
    user, this = User.objects.visible_to(request.user).get(pk=request.user.pk), request.session.session_key or ""
    try:
        actions.sign_out_everywhere(user, version=user.version, but=this, by=user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        update_session_auth_hash(request, user)
        messages.success(request, "You are signed out everywhere but here")
    return redirect("accounts:session-list")


@require_POST
def user_sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("accounts.change_person"):
        raise PermissionDenied
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["version"][0])
        return redirect(person)
    try:
        actions.sign_out_everywhere(person, version=form.cleaned_data["version"], by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{person} is signed out everywhere")
    return redirect(person)


@never_cache
@login_not_required
@require_GET
def session_left(request: HttpRequest) -> HttpResponse:
    """Asked by a page before it warns; being asked is not being there."""
    return JsonResponse(idle.told(request))


@never_cache
@require_POST
def session_stay(request: HttpRequest) -> HttpResponse:
    """Somebody says that they are there, or types."""
    return JsonResponse(idle.told(request))
