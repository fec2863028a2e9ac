"""The one indicator or quarter that a page is about, as far as it is in the reader's sight."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from indicators.models import Indicator, Round
from lib.quarters import Quarter


def indicator_in_sight(request: HttpRequest, slug: str, permission: str = "indicators.view_indicator") -> Indicator:
    """404 for what is out of sight, 403 for what is in sight and not allowed."""
    visible = Indicator.objects.visible_to(request.user).select_related("owner").prefetch_related("owner__names")
    indicator = get_object_or_404(visible, slug=slug)
    if not request.user.has_perm(permission, indicator):
        raise PermissionDenied
    return indicator


def measure_in_sight(request: HttpRequest, slug: str, permission: str = "indicators.view_indicator") -> Indicator:
    """The same for what only a measure has: a definition, a target, a place in the plan. There is no such page of spend."""
    indicator = indicator_in_sight(request, slug, permission)
    if indicator.is_spend:
        raise Http404
    return indicator


def round_in_sight(request: HttpRequest, quarter: Quarter) -> Round:
    """For the partnership team's pages about a quarter: 404 for what is out of sight, 403 for what is in sight and not allowed."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), quarter=quarter)
    if not request.user.has_perm("indicators.run_round"):
        raise PermissionDenied
    return round_
