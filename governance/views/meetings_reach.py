"""What the pages of meetings begin with: a meeting in one's sight, and whether one may run it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from governance.models import Decision, Meeting


def may_read(request: HttpRequest) -> None:
    if not request.user.has_perm("governance.view_meetings"):
        raise PermissionDenied


def in_sight(request: HttpRequest, pk: int, permission: str = "") -> Meeting:
    """404 out of sight, 403 without the permission for it."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("body"), pk=pk)
    may_read(request)
    if permission and not request.user.has_perm(permission, meeting):
        raise PermissionDenied
    return meeting


def decision_in_sight(request: HttpRequest, pk: int, permission: str = "") -> Decision:
    seen = Decision.objects.visible_to(request.user)
    decision = get_object_or_404(seen.select_related("body", "owner", "meeting__body", "item", "replaces__body"), pk=pk)
    if permission and not request.user.has_perm(permission, decision):
        raise PermissionDenied
    return decision
