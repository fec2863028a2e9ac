"""What was typed into a form and came too late."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts import late


@require_POST
def typing_forget(request: HttpRequest) -> HttpResponse:
    page = request.POST.get("page", "")
    late.forget(request, page)
    is_ours = page.startswith("/") and url_has_allowed_host_and_scheme(page, None)
    return redirect(page if is_ours else settings.LOGIN_REDIRECT_URL)
