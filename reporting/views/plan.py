"""The public pages of the plan. Anyone may read them; they hold no figures of their own."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from priorities.models import Plan, Priority
from reporting import plan_pages


@login_not_required
@require_safe
def plan_detail(request: HttpRequest) -> HttpResponse:
    """The plan on a page."""
    plan = Plan.objects.visible_to(request.user).current(timezone.localdate())
    context: dict[str, object] = {"page": None}
    if plan:
        context = {
            "page": plan_pages.plan_page(plan),
            "may_change": request.user.has_perm("priorities.change_plan", plan),
            "may_see_life": request.user.has_perm("governance.view_lifecycle"),
            "may_see_promises": request.user.has_perm("governance.view_promises"),
            "may_follow": request.user.has_perm("reporting.view_thread"),
        }
    return render(request, "reporting/plan_detail.html", context)


@login_not_required
@require_safe
def plan_sections(request: HttpRequest) -> HttpResponse:
    """What stands around the priorities: foreword, functions, strands, grounds, how the plan was made."""
    plan = Plan.objects.visible_to(request.user).current(timezone.localdate())
    if plan is None:
        raise Http404
    context = {
        "page": plan_pages.plan_page(plan),
        "may_change": request.user.has_perm("priorities.change_plan", plan),
    }
    return render(request, "reporting/plan_sections.html", context)


@login_not_required
@require_safe
def priority_detail(request: HttpRequest, letter: str) -> HttpResponse:
    """One priority with its parts, as the plan has them."""
    plan = Plan.objects.visible_to(request.user).current(timezone.localdate())
    if plan is None:
        raise Http404
    priorities = Priority.objects.visible_to(request.user).filter(plan=plan)
    priority = get_object_or_404(priorities.with_parts().lettered(letter))
    context = {
        "page": plan_pages.priority_page(priority, request.user),
        "priority": priority,
        "may_change": request.user.has_perm("priorities.change_plan", plan),
        "may_follow": request.user.is_authenticated and request.user.has_perm("reporting.view_thread"),
        "figures": plan_pages.figures_of(priority, timezone.now()),
    }
    return render(request, "reporting/priority_detail.html", context)
