"""The end of a delivery plan's year: what becomes of each open action, all on one page; then the plan is closed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts import lost_edits
from governance import year_end_page
from governance.actions import year_end
from governance.forms.year_end import CloseForm, YearEndForm
from governance.models import DeliveryPlan
from governance.views.updates_reach import plan_in_sight
from governance.year_end_page import YearEnd
from lib import written
from lib.quarters import Year


def delivery_plan_year_end(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    """For whoever chairs the body, and for the partnership team."""
    plan = plan_in_sight(request, slug, year)
    if not request.user.has_perm("governance.run_plan", plan):
        raise PermissionDenied
    page = _page(plan)
    if request.method == "POST":
        return _close(request, page) if "closing_note" in request.POST else _settle(request, page)
    form: Any = None
    if page.may_settle:
        form = YearEndForm(None, lines=page.open)
    elif page.may_close:
        form = CloseForm(plan=plan)
    return _shown(request, page, form)


def _settle(request: HttpRequest, page: YearEnd) -> HttpResponse:
    form = YearEndForm(request.POST, lines=page.open)
    form.gone(request.POST, page.ended)
    if form.is_valid():
        try:
            settled = year_end.settle(page.plan, choices=form.choices(), by=request.user)
        except ValidationError as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _said(settled))
            return redirect(request.path)
    return _shown(request, page, form)


def _close(request: HttpRequest, page: YearEnd) -> HttpResponse:
    plan, changed = page.plan, None
    form = CloseForm(request.POST, plan=plan)
    if form.is_valid():
        try:
            year_end.close(
                plan, note=form.cleaned_data["closing_note"], version=form.cleaned_data["version"], by=request.user
            )
        except ValidationError as refusal:
            changed = lost_edits.refused(form, refusal, plan)
        else:
            messages.success(request, f"Closed: the plan of {plan.body} for {plan.year}")
            return redirect(plan)
    return _shown(request, _page(plan), form, changed)


def _page(plan: DeliveryPlan) -> YearEnd:
    plan.refresh_from_db()
    asked = year_end.last_quarter_asked(plan)
    return year_end_page.gather(plan, on=timezone.localdate(), last_quarter_asked=asked)


def _shown(request: HttpRequest, page: YearEnd, form: Any, changed: Any = None) -> HttpResponse:
    context = {"plan": page.plan, "page": page, "form": form, "changed": changed}
    return render(request, "governance/delivery_plan_year_end.html", context)


def _said(settled: year_end.Settled) -> str:
    """ "Recorded: 2 completed, 1 carried forward (ASB 1 of 2018-19)"."""
    carried = written.listed([action.reference for action in settled.carried])
    following = settled.carried[0].delivery_plan.year if settled.carried else ""
    parts = [
        (settled.completed, "completed"),
        (len(settled.carried), f"carried forward, as {carried} of {following}"),
        (settled.merged, "merged"),
        (settled.closed, "closed"),
    ]
    return f"Recorded: {'; '.join(f'{count} {words}' for count, words in parts if count)}"
