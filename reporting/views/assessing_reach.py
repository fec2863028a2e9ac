"""Which assessment a page is about, and whether this person may write it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from lib.quarters import Year
from reporting import terms
from reporting.models import Assessment

VIEW, WRITE = "reporting.view_assessment", "reporting.write_assessment"


def in_sight(request: HttpRequest, year: Year) -> Assessment:
    """Two plans may both hold a year: then it is the one whose term it is."""
    plan = terms.plan_of(year.quarters[-1])
    return get_object_or_404(Assessment.objects.visible_to(request.user).select_related("plan"), plan=plan, year=year)


def writable(request: HttpRequest, year: Year) -> Assessment:
    assessment = in_sight(request, year)
    if not request.user.has_perm(WRITE):
        raise PermissionDenied
    return assessment
