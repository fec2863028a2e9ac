"""A whole delivery plan on one page, laid out for A4."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance import plan_print
from governance.views.updates_reach import plan_in_sight
from lib.quarters import Year


@require_safe
def delivery_plan_print(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    plan, today = plan_in_sight(request, slug, year), timezone.localdate()
    context = {"plan": plan, "page": plan_print.gather(plan, request.user, today), "today": today}
    return render(request, "governance/delivery_plan_print.html", context)
