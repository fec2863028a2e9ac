"""What stands between allauth's pages and ours: the council's answer, and passkeys that must not go."""

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import remove_webauthn
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from requests import RequestException

from accounts import adapter, second_factor


@login_not_required
def single_sign_on_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """allauth's view, which does not expect the provider to go away between question and answer."""
    try:
        return openid_connect.callback(request, provider_id)
    except (RequestException, KeyError) as error:
        return render_authentication_error(request, None, exception=error)


def passkey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """allauth's view, but for the last second step of somebody who needs one."""
    held = get_object_or_404(Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN), pk=pk)
    if not second_factor.may_go(held):
        messages.error(request, adapter.MFAAdapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_list_webauthn")
    return remove_webauthn(request, pk=pk)
