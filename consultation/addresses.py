"""An internet address as a keyed hash: it tells that many forms came from one place on one day, and can't be turned back."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from consultation.models import Consultation


def digest(request: HttpRequest, consultation: Consultation) -> str:
    """Of the address that the sign-in limits see, another for each consultation; empty where no address can be told."""
    try:
        address = get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return ""
    key = f"consultation.addresses:{consultation.pk}"
    return salted_hmac(key, address, algorithm="sha256").hexdigest()
