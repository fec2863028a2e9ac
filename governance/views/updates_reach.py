"""Reaching a delivery plan and its quarter as somebody who asks by address."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from governance.models import DeliveryPlan
from lib.quarters import Quarter, Year


def plan_in_sight(request: HttpRequest, slug: str, year: Year, quarter: Quarter | None = None) -> DeliveryPlan:
    """The plan with its body; 404 out of sight, and where the quarter is in another year than the plan."""
    plans = DeliveryPlan.objects.visible_to(request.user).select_related("body")
    plan: DeliveryPlan = get_object_or_404(plans, body__slug=slug, year=year)
    if quarter is not None and quarter.year != year:
        raise Http404
    return plan
