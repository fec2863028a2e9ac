"""The keys that open the feed of published figures: a page for the partnership team."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from reporting.actions import feeding
from reporting.forms.feeding import FeedKeyForm
from reporting.models import FeedKey

MADE = "feed_key_made"  # in the session, from the moment a key is made until the page has shown it


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feed_key_list(request: HttpRequest) -> HttpResponse:
    """All keys, and a form to make one. What was just made is shown this once: nothing but its hash is kept."""
    if not request.user.has_perm("reporting.hold_feed_keys"):
        raise PermissionDenied
    form = FeedKeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made, key = feeding.make_key(form.cleaned_data["label"], by=request.user)
        request.session[MADE] = {"pk": made.pk, "key": key}
        return redirect("reporting:feed-key-list")
    made = request.session.pop(MADE, None) if request.method == "GET" else None
    keys = list(FeedKey.objects.select_related("made_by", "revoked_by").order_by("-made_at", "-pk"))
    context = {
        "form": form,
        "in_force": [key for key in keys if key.revoked_at is None],
        "revoked": [key for key in keys if key.revoked_at],
        "made": made["key"] if made else "",
        "made_for": next((key.label for key in keys if made and key.pk == made["pk"]), ""),
        "address": settings.SITE_URL + reverse("reporting:figure-list"),
    }
    return render(request, "reporting/feed_key_list.html", context)


@require_POST
def feed_key_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("reporting.hold_feed_keys"):
        raise PermissionDenied
    key = get_object_or_404(FeedKey, pk=pk)
    try:
        feeding.revoke_key(key, by=request.user)
    except ValidationError as error:
        messages.info(request, error.messages[0])
    else:
        messages.success(request, f"Revoked the key for {key.label}")
    return redirect("reporting:feed-key-list")
