"""The application that a page is about, as far as it is in the reader's sight."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from governance.models import FundingApplication

VIEW = "governance.view_applications"


def in_sight(request: HttpRequest, pk: int, permission: str = VIEW) -> FundingApplication:
    """404 for what is out of sight, 403 for what is in sight and not allowed. Who sits on its body always sees it."""
    seen = FundingApplication.objects.visible_to(request.user).select_related(
        "body", "stream", "priority__plan", "organisation", "drafted_by", "submitted_by", "withdrawn_by"
    )
    application = get_object_or_404(seen, pk=pk)
    allowed = request.user.has_perm(permission, application)
    if permission == VIEW:
        allowed = allowed or request.user.has_perm("governance.comment_application", application)
    if not allowed:
        raise PermissionDenied
    return application
