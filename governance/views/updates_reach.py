"""The delivery plan whose quarter a page is about, as far as it is in the reader's sight."""

from django.http import Http404, HttpRequest

from governance.models import DeliveryPlan
from governance.views.drafting_reach import plan_in_sight
from lib.quarters import Quarter, Year


def plan_in_quarter(
    request: HttpRequest, slug: str, year: Year, quarter: Quarter, permission: str = "governance.view_plans"
) -> DeliveryPlan:
    """404 out of sight and where the quarter is in another year than the plan; 403 where it is in sight and not allowed."""
    plan = plan_in_sight(request, slug, year, permission)
    if quarter.year != year:
        raise Http404
    return plan
