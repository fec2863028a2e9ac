"""Commitments and outcomes at work: how a year's commitments go, who leads them, and how outcomes will be known."""

from collections.abc import Iterator
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import lost_edits
from governance import giving_status, promises, promises_page
from governance.actions import promises as actions
from governance.forms.promises import JudgementForm, LeadBoxes, LeadsForm, MeasureForm, StatusesForm
from governance.models import Body, DeliveryPlan, OutcomeJudgement, OutcomeMeasure
from governance.promises import CommitmentLine
from indicators.models import Indicator
from lib.quarters import Quarter, Year
from lib.written import in_words
from priorities.models import Outcome, Plan

VIEW, CHANGE, GIVE = "governance.view_promises", "governance.change_promises", "governance.give_status"


def commitment_list(request: HttpRequest) -> HttpResponse:
    """The commitments of a year by priority, in its quarter that is asked for or the last one that has ended."""
    plan = _plan(request)
    page = promises_page.gather(plan, request.GET.get("quarter", ""), timezone.now()) if plan else None
    plans = DeliveryPlan.objects.visible_to(request.user).filter(year=page.quarter.year) if page else ()
    context = {
        "page": page,
        "open": {delivery.pk for delivery in plans},
        "may_change": request.user.has_perm(CHANGE),
        "may_give": bool(page) and any(request.user.has_perm(GIVE, line.lead) for line in page.lines),
    }
    return render(request, "governance/commitment_list.html", context)


def commitment_status(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    """All that the bodies of whoever asks have to say of their commitments, on one page."""
    plan = _plan(request)
    if plan is None or quarter.year not in plan.years:
        raise Http404
    now = timezone.now()
    giving = _giving(request, promises.commitments(plan, quarter, now), quarter)
    form = StatusesForm(request.POST or None, rows=giving.rows)
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.give_statuses(form.given(), quarter=quarter, on=timezone.localdate(), by=request.user)
        except actions.Refused as refused:
            form.refuse(refused.rows, _giving(request, promises.commitments(plan, quarter, now), quarter).rows)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            given = f"{in_words(count)} status{'' if count == 1 else 'es'}"
            messages.success(request, f"Saved: {given}" if count else "Nothing was changed")
            return redirect(f"{reverse('governance:commitment-list')}?quarter={quarter.slug}")
    context = {"giving": giving, "form": form, "quarter": quarter, "has_ended": timezone.localdate() > quarter.end}
    return render(request, "governance/commitment_status.html", context)


def commitment_leads(request: HttpRequest, year: Year) -> HttpResponse:
    """Which body leads which commitment, all of a year's at once."""
    _allow(request, CHANGE)
    plan = _plan(request)
    if plan is None or year not in plan.years:
        raise Http404
    quarter, now = year.quarters[0], timezone.now()
    lines = promises.commitments(plan, quarter, now)
    bodies = Body.objects.visible_to(request.user).standing(timezone.localdate())
    form = LeadsForm(request.POST or None, lines=lines, bodies=list(bodies))
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.name_leads(form.led(), by=request.user)
        except actions.Refused as refused:
            form.refuse(refused.rows, promises.commitments(plan, quarter, now))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            changes = f"{in_words(count)} change{'' if count == 1 else 's'}"
            messages.success(request, f"Saved: {changes}" if count else "Nothing was changed")
            return redirect("governance:commitment-list")
    context = {"form": form, "year": year, "groups": _by_priority(form.rows()), "count": len(lines)}
    return render(request, "governance/commitment_leads.html", context)


def outcome_list(request: HttpRequest) -> HttpResponse:
    """The plan's outcomes, how each will be known, and what the years have said of them so far."""
    plan = _plan(request)
    lines = promises.outcomes(plan, timezone.now()) if plan else ()
    visible = Indicator.objects.visible_to(request.user).filter(
        pk__in=[line.indicator.pk for line in lines if line.indicator]
    )
    context = {
        "groups": [
            (letter, list(own)) for letter, own in groupby(lines, key=lambda line: (line.letter, line.priority))
        ],
        "total": len(lines),
        "lede": promises.measured(lines),
        "open": set(visible.values_list("pk", flat=True)),
        "may_change": request.user.has_perm(CHANGE),
    }
    return render(request, "governance/outcome_list.html", context)


def outcome_measure(request: HttpRequest, pk: int) -> HttpResponse:
    outcome = _outcome(request, pk)
    back, changed = reverse("governance:outcome-list"), []
    measure = OutcomeMeasure.objects.filter(outcome=outcome).first()
    indicators = Indicator.objects.visible_to(request.user).measuring().order_by("name")
    form = MeasureForm(request.POST or None, measure=measure, indicators=indicators, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_measure(outcome, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            measure = OutcomeMeasure.objects.filter(outcome=outcome).first()
            changed = lost_edits.refused(form, error, measure) if measure else lost_edits.add(form, error) or []
        else:
            messages.success(request, "Saved: how the outcome will be known")
            return redirect(back)
    return render(request, "governance/outcome_measure.html", {"outcome": outcome, "form": form, "changed": changed})


def outcome_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """What a year said of an outcome; the latest of a year counts, and what was said before stays."""
    outcome, today = _outcome(request, pk), timezone.localdate()
    back = reverse("governance:outcome-list")
    line = next(one for one in promises.outcomes(outcome.priority.plan, timezone.now()) if one.pk == outcome.pk)
    last = OutcomeJudgement.objects.filter(outcome=outcome).order_by("-given_at", "-pk").first()
    years = [year for year in outcome.priority.plan.years if year.start <= today]
    form = JudgementForm(request.POST or None, years=years, line=line, seen=last.pk if last else None, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            actions.judge(outcome, **form.cleaned_data, on=today, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
            form.take_up(last.pk if last else None)
        else:
            messages.success(request, "Recorded: what the year says of the outcome")
            return redirect(back)
    return render(request, "governance/outcome_judge.html", {"outcome": outcome, "line": line, "form": form})


def _giving(request: HttpRequest, lines: tuple[CommitmentLine, ...], quarter: Quarter) -> giving_status.Giving:
    giving = giving_status.gather(lines, quarter, lambda line: request.user.has_perm(GIVE, line.lead))
    if not giving.rows and not giving.from_actions:
        raise PermissionDenied
    return giving


def _by_priority(rows: Iterator[LeadBoxes]) -> list[tuple[tuple[str, str], list[LeadBoxes]]]:
    return [(head, list(own)) for head, own in groupby(rows, key=lambda row: (row.line.letter, row.line.priority))]


def _plan(request: HttpRequest) -> Plan | None:
    _allow(request, VIEW)
    return Plan.objects.visible_to(request.user).current(timezone.localdate())


def _outcome(request: HttpRequest, pk: int) -> Outcome:
    _allow(request, CHANGE)
    those = Outcome.objects.filter(priority__plan__in=Plan.objects.visible_to(request.user))
    return get_object_or_404(those.select_related("priority__plan"), pk=pk)


def _allow(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied
