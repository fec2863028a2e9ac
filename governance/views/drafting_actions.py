"""The actions of a delivery plan: their pages, and what is done with them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import lost_edits
from governance import action_page, choosing
from governance.actions import plan_actions
from governance.forms.drafting_actions import ActionForm
from governance.holding import SHUT
from governance.models import DeliveryPlan
from governance.views.drafting_reach import action_in_sight, plan_in_sight
from lib.editing import VersionForm
from lib.quarters import Year


def action_detail(request: HttpRequest, pk: int) -> HttpResponse:
    action = action_in_sight(request, pk)
    page = action_page.gather(action, request.user, timezone.localdate())
    return render(request, "governance/action_detail.html", {"action": action, "page": page})


def action_add(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    plan = plan_in_sight(request, slug, year, "governance.draft_plan")
    if refusal := _shut(plan):
        messages.error(request, refusal)
        return redirect(plan)
    choosable = choosing.for_action(plan, request.user, timezone.localdate())
    form = ActionForm(request.POST or None, plan=plan, choosable=choosable, cancel_url=plan.get_absolute_url())
    if form.asks_for_more:
        form.show_as_typed()
    elif request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            action = plan_actions.add(plan, content=form.content(), reason=reason, by=request.user)
        except ValidationError as refused:
            lost_edits.add(form, refused)
        else:
            messages.success(request, f"Added: {action.reference}")
            return redirect(plan)
    return render(request, "governance/action_add.html", {"plan": plan, "form": form})


def action_edit(request: HttpRequest, pk: int) -> HttpResponse:
    action, changed = action_in_sight(request, pk, "governance.draft_plan"), None
    plan = action.delivery_plan
    if refusal := _shut(plan) or ("" if action.is_open else "This action has ended, so it stays as it is"):
        messages.error(request, refusal)
        return redirect(action)
    choosable = choosing.for_action(plan, request.user, timezone.localdate(), action)
    form = ActionForm(
        request.POST or None, plan=plan, choosable=choosable, action=action, cancel_url=action.get_absolute_url()
    )
    if form.asks_for_more:
        form.show_as_typed()
    elif request.method == "POST" and form.is_valid():
        said, before = form.cleaned_data, action.version
        try:
            plan_actions.edit(
                action, content=form.content(), reason=said.get("reason", ""), version=said["version"], by=request.user
            )
        except ValidationError as error:
            changed = lost_edits.refused(form, error, action)
        else:
            saved = f"Saved: {action.reference}" if action.version != before else "Nothing was changed"
            messages.success(request, saved)
            return redirect(plan if plan.is_draft else action)
    context = {"action": action, "plan": plan, "form": form, "changed": changed}
    return render(request, "governance/action_edit.html", context)


@require_POST
def action_take_out(request: HttpRequest, pk: int) -> HttpResponse:
    action = action_in_sight(request, pk, "governance.draft_plan")
    plan, form = action.delivery_plan, VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Nothing was taken out. Open the page again")
        return redirect(action)
    try:
        plan_actions.take_out(action, version=form.cleaned_data["version"], by=request.user)
    except ValidationError as refusal:
        messages.error(request, f"Nothing was taken out. {' '.join(refusal.messages)}")
        return redirect(action)
    messages.success(request, f"{action.reference} is taken out of the draft. Its number is not given again")
    return redirect(plan)


@require_POST
def milestone_tick(request: HttpRequest, pk: int, milestone: int) -> HttpResponse:
    """Reached today, or, where it is ticked already, not after all."""
    action = action_in_sight(request, pk, "governance.draft_update")
    step = get_object_or_404(action.milestones.select_related("action__delivery_plan"), pk=milestone)
    try:
        if request.POST.get("reached") == "no":
            plan_actions.untick(step, by=request.user)
        else:
            plan_actions.tick(step, on=timezone.localdate(), by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"{'Reached' if step.done_on else 'Not reached after all'}: {step.text}")
    return redirect(action)


def _shut(plan: DeliveryPlan) -> str:
    return SHUT.get(DeliveryPlan.State(plan.state), "")
