"""The delivery plan or action that a page is about, as far as it is in the reader's sight."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from governance.models import Action, DeliveryPlan
from lib.quarters import Year


def plan_in_sight(
    request: HttpRequest, slug: str, year: Year, permission: str = "governance.view_plans"
) -> DeliveryPlan:
    """404 for what is out of sight, 403 for what is in sight and not allowed."""
    seen = DeliveryPlan.objects.visible_to(request.user).select_related(
        "body", "drafted_by", "submitted_by", "closed_by"
    )
    plan = get_object_or_404(seen, body__slug=slug, year=year)
    if not request.user.has_perm(permission, plan):
        raise PermissionDenied
    return plan


def action_in_sight(request: HttpRequest, pk: int, permission: str = "governance.view_plans") -> Action:
    seen = Action.objects.visible_to(request.user).select_related(
        "delivery_plan__body",
        "owner",
        "commitment__priority",
        "outcome__priority",
        "merged_into__delivery_plan__body",
        "carried_from__delivery_plan__body",
        "carried_to__delivery_plan__body",
    )
    action = get_object_or_404(seen, pk=pk)
    if not request.user.has_perm(permission, action):
        raise PermissionDenied
    return action
