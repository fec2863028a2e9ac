"""Delivery plans: the list of a year, starting one, its board, its words."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import lost_edits
from accounts.models import RoleGrant
from governance import choosing, plan_list, plan_page, standing
from governance.actions import plans
from governance.forms.drafting import PlanWordsForm, StartForm, suggested_year
from governance.views.drafting_reach import plan_in_sight
from lib.quarters import Quarter, Year


def delivery_plan_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("governance.view_plans"):
        raise PermissionDenied
    found = plan_list.gather(request.user, _asked_year(request), timezone.localdate())
    return render(request, "governance/delivery_plan_list.html", {"list": found})


def delivery_plan_add(request: HttpRequest) -> HttpResponse:
    """For a body one chairs or supports; for any by the partnership team."""
    user, today = request.user, timezone.localdate()
    its, coordinates = standing.of(user), user.has_role(RoleGrant.Role.COORDINATOR)
    bodies = choosing.bodies(user, its.acts_as_chair | its.supports, today, everything=coordinates)
    if not bodies:
        raise PermissionDenied
    asked, suggested = _asked_year(request), suggested_year(today)
    years = sorted({asked or suggested, Year.of(today), Year.of(today).next}, reverse=True)
    form = StartForm(
        request.POST or None,
        bodies=bodies,
        years=years,
        initial={"body": request.GET.get("body", ""), "year": (asked or suggested).slug},
        cancel_url=reverse("governance:delivery-plan-list"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            plan = plans.start(form.cleaned_data["body"], year=form.cleaned_data["year"], by=user)
        except ValidationError as refusal:
            lost_edits.add(form, refusal)
        else:
            messages.success(request, "The draft is started. Add its actions next")
            return redirect(plan)
    return render(request, "governance/delivery_plan_add.html", {"form": form})


def delivery_plan_detail(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    plan = plan_in_sight(request, slug, year)
    page = plan_page.gather(plan, request.user, timezone.localdate(), _asked_quarter(request))
    return render(request, "governance/delivery_plan_detail.html", {"plan": plan, "page": page})


def delivery_plan_edit(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    plan, changed = plan_in_sight(request, slug, year, "governance.draft_plan"), None
    form = PlanWordsForm(request.POST or None, plan=plan, cancel_url=plan.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        before = plan.version
        try:
            plans.edit(plan, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, plan)
        else:
            messages.success(request, "The plan’s words are saved" if plan.version != before else "Nothing was changed")
            return redirect(plan)
    return render(request, "governance/delivery_plan_edit.html", {"plan": plan, "form": form, "changed": changed})


def _asked_quarter(request: HttpRequest) -> Quarter | None:
    try:
        return Quarter.parse(request.GET.get("quarter", ""))
    except ValueError:
        return None


def _asked_year(request: HttpRequest) -> Year | None:
    try:
        return Year.parse(request.GET.get("year", "") or request.POST.get("year", ""))
    except ValueError:
        return None
