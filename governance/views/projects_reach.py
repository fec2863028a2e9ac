"""The project that a page is about, as far as it is in the reader's sight."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from governance.models import Project

VIEW, CHANGE, REPORT = "governance.view_funding", "governance.change_funding", "governance.report_project"


def project_in_sight(request: HttpRequest, slug: str, permission: str = VIEW) -> Project:
    """404 out of sight, 403 where it is in sight and not allowed."""
    seen = Project.objects.visible_to(request.user).select_related(
        "stream", "spend__owner", "priority", "lead_body", "organisation", "application", "closed_by"
    )
    project = get_object_or_404(seen, slug=slug)
    if not request.user.has_perm(permission, project):
        raise PermissionDenied
    return project
