"""The equalities analysis of a delivery plan."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import audit, lost_edits
from governance import equalities
from governance.actions import equality
from governance.forms.drafting_equality import EqualityForm
from governance.holding import SHUT
from governance.models import DeliveryPlan
from governance.views.drafting_reach import plan_in_sight
from lib.editing import Stale
from lib.quarters import Year


def equality_detail(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    plan = plan_in_sight(request, slug, year)
    analysis = equalities.of(plan)
    context = {
        "plan": plan,
        "analysis": analysis,
        "impacts": equalities.in_order(analysis),
        "lacks": equalities.missing(analysis),
        "lines": audit.lines(audit.history(analysis)) if analysis else [],
        "may_edit": plan.state not in SHUT and request.user.has_perm("governance.draft_plan", plan),
    }
    return render(request, "governance/equality_detail.html", context)


def equality_edit(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    plan, changed = plan_in_sight(request, slug, year, "governance.draft_plan"), None
    if refusal := SHUT.get(DeliveryPlan.State(plan.state)):
        messages.error(request, refusal)
        return redirect(plan)
    analysis = equalities.of(plan)
    actions = list(plan.actions.select_related("delivery_plan__body").in_order())
    form = EqualityForm(
        request.POST or None, plan=plan, analysis=analysis, actions=actions, cancel_url=plan.get_absolute_url()
    )
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("screening", "because", "review_on", "version")}
        try:
            analysis = equality.analyse(plan, **said, impacts=form.impacts(), by=request.user)
        except Stale as stale:
            now = equalities.of(plan)
            if now:
                changed = lost_edits.refused(form, stale, now)
        except ValidationError as refused:
            lost_edits.add(form, refused)
        else:
            lacks = equalities.missing(equalities.of(plan))
            messages.success(
                request,
                "The equalities analysis is saved" + (f". Still missing: {len(lacks)}" if lacks else ", complete"),
            )
            return redirect(plan)
    context = {"plan": plan, "analysis": analysis, "form": form, "changed": changed}
    context["lacks"] = equalities.missing(analysis)
    return render(request, "governance/equality_edit.html", context)
