"""The one indicator that a page is about, as far as it is in the reader's sight."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from indicators.models import Indicator


def indicator_in_sight(request: HttpRequest, slug: str, permission: str = "indicators.view_indicator") -> Indicator:
    """404 for what is out of sight, 403 for what is in sight and not allowed."""
    visible = Indicator.objects.visible_to(request.user).select_related("owner").prefetch_related("owner__names")
    indicator = get_object_or_404(visible, slug=slug)
    if not request.user.has_perm(permission, indicator):
        raise PermissionDenied
    return indicator
