"""What every template may ask of the installation."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import identity, idle, second_factor
from accounts.models import Installation


def installation(request: HttpRequest) -> dict[str, object]:
    """Names of the partnership and, when a template asks, whether anything here is sample (one query), who asks needs a second step, and
    how much longer they stay signed in."""
    return {
        "partnership_name": settings.PARTNERSHIP_NAME,
        "area_name": settings.AREA_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "single_sign_on": settings.OIDC.name if settings.OIDC.issuer else "",
        "local_sign_in": settings.LOCAL_SIGN_IN,
        "holds_sample": SimpleLazyObject(lambda: Installation.objects.filter(holds_sample=True).exists()),
        "time_out": SimpleLazyObject(lambda: idle.told(request)),
        "idle_minutes": settings.IDLE_MINUTES,
        "second_factor_needed": SimpleLazyObject(lambda: _needs_second_factor(request)),
        "came_by_single_sign_on": SimpleLazyObject(lambda: identity.came_by_single_sign_on(request)),
        "has_passkey": SimpleLazyObject(lambda: second_factor.has_passkey(request.user)),
    }


def _needs_second_factor(request: HttpRequest) -> bool:
    return request.user.is_authenticated and second_factor.is_needed_by(request.user)
