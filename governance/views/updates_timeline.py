"""A delivery plan's year drawn: each action from its start to the date that counts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from governance import drawing
from governance.views.drafting_reach import plan_in_sight
from lib.quarters import Year


def delivery_plan_timeline(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    plan = plan_in_sight(request, slug, year)
    context = {"plan": plan, "drawn": drawing.timeline(plan, timezone.localdate())}
    return render(request, "governance/delivery_plan_timeline.html", context)
