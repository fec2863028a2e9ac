"""The golden thread and the page of gaps, for the partnership team, the CSP Executive and members of bodies."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultation.models import Concern
from indicators.models import Indicator
from priorities.models import Commitment, Plan
from reporting import gaps
from reporting.thread import Thread, leading_body, year_shown


@require_safe
def thread(request: HttpRequest) -> HttpResponse:
    """From what was promised and what people said to what is done about it, by priority."""
    whole = _whole(request, "reporting.view_thread")
    if whole is None:
        return render(request, "reporting/thread.html", {"thread": None})
    year = year_shown(whole.plan, request.GET.get("year", ""), whole.on)
    letters = [priority.letter for priority in whole.priorities]
    asked = request.GET.get("priority", "").upper()
    letter = asked if asked in letters else ""
    groups = whole.groups(year, letter)
    context = {
        "thread": whole,
        "year": year,
        "letter": letter,
        "groups": groups,
        "served": sum(len(group.served) for group in groups),
        "total": sum(len(group.served) + len(group.others) for group in groups),
        "concerns": [] if letter else whole.concern_strands(),
    }
    return render(request, "reporting/thread.html", context)


@require_safe
def thread_commitment(request: HttpRequest, pk: int) -> HttpResponse:
    whole = _of_a_plan(request)
    commitments = Commitment.objects.filter(priority__plan=whole.plan).select_related("priority")
    commitment = get_object_or_404(commitments, pk=pk)
    lead = leading_body(commitment)
    context = {"thread": whole, "commitment": commitment, "lead": lead, "strand": whole.of_commitment(commitment)}
    return render(request, "reporting/thread_commitment.html", context)


@require_safe
def thread_concern(request: HttpRequest, pk: int) -> HttpResponse:
    whole = _of_a_plan(request)
    concern = get_object_or_404(
        Concern.objects.told().filter(consultation__plan=whole.plan).select_related("consultation", "priority"), pk=pk
    )
    context = {
        "thread": whole,
        "concern": concern,
        "first_choices": whole.first_choices.get(concern.pk, ""),
        "came": whole.came(concern),
        "strand": whole.of_concern(concern),
    }
    return render(request, "reporting/thread_concern.html", context)


@require_safe
def thread_indicator(request: HttpRequest, slug: str) -> HttpResponse:
    whole = _of_a_plan(request)
    indicator = get_object_or_404(Indicator.objects.visible_to(request.user), slug=slug)
    measure = whole.measures[indicator.pk]
    context = {"thread": whole, "measure": measure, "strand": whole.of_indicator(indicator)}
    return render(request, "reporting/thread_indicator.html", context)


@require_safe
def gap_list(request: HttpRequest) -> HttpResponse:
    whole = _whole(request, "reporting.view_gaps")
    if whole is None:
        return render(request, "reporting/gap_list.html", {"plan": None})
    year = year_shown(whole.plan, request.GET.get("year", ""), whole.on)
    found = gaps.gather(whole, year)
    context = {"plan": whole.plan, "year": year, "gaps": found, "lede": gaps.lede(found)}
    return render(request, "reporting/gap_list.html", context)


def _whole(request: HttpRequest, permission: str) -> Thread | None:
    """None while there is no plan."""
    if not request.user.has_perm(permission):
        raise PermissionDenied
    today = timezone.localdate()
    plan = Plan.objects.visible_to(request.user).current(today)
    return Thread(plan, request.user, today) if plan else None


def _of_a_plan(request: HttpRequest) -> Thread:
    whole = _whole(request, "reporting.view_thread")
    if whole is None:
        raise Http404
    return whole
