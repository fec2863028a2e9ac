"""The coordinator's way in to the plan: an overview, a page for each priority, and what was amended."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from lib.editing import Stale
from priorities import actions
from priorities.forms import PriorityPage
from priorities.models import Amendment, Plan, Priority

PER_PAGE = 25


@require_safe
def plan_detail(request: HttpRequest) -> HttpResponse:
    """The priorities of the plan that counts today, or of the one named by `?plan=`, each with its way in."""
    plan = _plan(request)
    if not request.user.has_perm("priorities.change_plan", plan):
        raise PermissionDenied
    priorities = Priority.objects.visible_to(request.user).filter(plan=plan).with_parts().with_last_amendment()
    context = {"plan": plan, "priorities": priorities, "of": _of(request)}
    return render(request, "priorities/plan_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def priority_edit(request: HttpRequest, letter: str) -> HttpResponse:
    """All of a priority on one page, saved together."""
    priority = _priority(request, letter)
    if not request.user.has_perm("priorities.change_plan", priority.plan):
        raise PermissionDenied
    page, since = PriorityPage(priority, request.POST if request.method == "POST" else None), []
    if page.pressed():
        page = page.rearranged()
    elif page.is_valid():
        try:
            lines = actions.amend_priority(
                priority, version=page.version, wording=page.wording(), reason=page.reason, by=request.user
            )
        except Stale as error:
            priority = _priority(request, letter)
            since = audit.since(priority, page.version)
            page = page.brought_up_to(priority, error.message)
        except ValidationError as error:
            page.add_error(error)
        else:
            messages.add_message(request, *_outcome(priority, lines))
            return redirect(f"{reverse('priorities:plan-detail')}{_of(request)}")
    context = {"priority": priority, "form": page, "since": since, "of": _of(request)}
    return render(request, "priorities/priority_edit.html", context)


@require_safe
def amendment_list(request: HttpRequest) -> HttpResponse:
    """What was changed in the plan since it was adopted, newest first."""
    plan = Plan.objects.visible_to(request.user).current(timezone.localdate())
    if not request.user.has_perm("priorities.change_plan", plan):
        raise PermissionDenied
    amendments = Amendment.objects.visible_to(request.user).filter(plan=plan).select_related("priority", "made_by")
    page = Paginator(amendments, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "priorities/amendment_list.html", {"plan": plan, "page": page})


def _plan(request: HttpRequest) -> Plan | None:
    """The plan that counts today; with `?plan=` the one named, so that the draft of the next one can be written."""
    visible = Plan.objects.visible_to(request.user)
    if slug := request.GET.get("plan"):
        return get_object_or_404(visible, slug=slug)
    return visible.current(timezone.localdate())


def _of(request: HttpRequest) -> str:
    """What follows addresses of pages about the same plan."""
    slug = request.GET.get("plan")
    return f"?{urlencode({'plan': slug})}" if slug else ""


def _priority(request: HttpRequest, letter: str) -> Priority:
    plan = _plan(request)
    if plan is None:
        raise Http404
    priorities = Priority.objects.visible_to(request.user).filter(plan=plan)
    return get_object_or_404(priorities.with_parts().lettered(letter))


def _outcome(priority: Priority, lines: list[dict[str, str]]) -> tuple[int, str]:
    """The message after saving, with its level."""
    if not lines:
        return messages.INFO, f"Nothing was changed in priority {priority.letter}."
    count = "1 change was" if len(lines) == 1 else f"{len(lines)} changes were"
    return messages.SUCCESS, f"Priority {priority.letter} is saved: {count} made."
