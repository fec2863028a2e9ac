"""From the draft to delivery: submitted, sent back, agreed here or elsewhere, begun; and the conditions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import lost_edits
from governance import approving, choosing, plan_page, readiness
from governance.actions import agreeing, conditions, plans, undertakings
from governance.forms.drafting import EndConditionForm, SendBackForm, SubmitForm, WithdrawForm, asked_of
from governance.forms.drafting_agreeing import AgreeForm, RecordForm
from governance.models import Approval, DeliveryPlan, Undertaking
from governance.views.drafting_reach import plan_in_sight
from lib.editing import VersionForm
from lib.quarters import Year

SAID = {
    Approval.Verdict.AGREED: "The plan is agreed",
    Approval.Verdict.SUBJECT: "The plan is agreed, subject to conditions",
    Approval.Verdict.REFUSED: "The plan is not agreed and is a draft again",
}


def delivery_plan_submit(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    """Asks only for what is missing; complete, it is one button."""
    plan, changed = plan_in_sight(request, slug, year, "governance.submit_plan"), None
    if not plan.is_draft:
        messages.error(request, "This delivery plan has been submitted already")
        return redirect(plan)
    lacks = readiness.of(plan)
    texts = {"resources": conditions.RESOURCES, "equality": conditions.EQUALITY}
    standing = [part for part, text in texts.items() if conditions.is_open(plan, text)]
    asks = asked_of(lacks, standing)
    people = {str(one.pk): one for one in choosing.people(timezone.localdate())} if asks else {}
    form = SubmitForm(request.POST or None, plan=plan, asks=asks, people=people, cancel_url=plan.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        absences = {f"{part}_absent": form.absence(part) for part in texts}
        try:
            plans.submit(plan, version=form.cleaned_data["version"], **absences, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, plan)
        else:
            messages.success(request, "Submitted. It waits for the CSP Executive now")
            return redirect(plan)
    context = {"plan": plan, "form": form, "lacks": lacks, "asks": asks, "changed": changed}
    return render(request, "governance/delivery_plan_submit.html", context)


def delivery_plan_send_back(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    plan, changed = plan_in_sight(request, slug, year), None
    if not plan_page.may_send_back(request.user, plan):
        raise PermissionDenied
    form = SendBackForm(request.POST or None, plan=plan, cancel_url=plan.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            plans.send_back(plan, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, plan)
        else:
            messages.success(request, "Sent back with your comment. It is a draft again")
            return redirect(plan)
    context = {"plan": plan, "form": form, "changed": changed}
    return render(request, "governance/delivery_plan_send_back.html", context)


def delivery_plan_agree(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    """A member of the CSP Executive gives its word here."""
    plan, today = plan_in_sight(request, slug, year, "governance.agree_plan"), timezone.localdate()
    form = AgreeForm(request.POST or None, record=plan, people=_people(), cancel_url=plan.get_absolute_url())
    how = approving.own(plan, request.user, today)
    changed = None
    if form.asks_for_more:
        form.show_as_typed()
    elif request.method == "POST" and form.is_valid():
        try:
            approval = agreeing.agree(plan, **form.given(), by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, plan)
        else:
            messages.success(request, SAID[approval.verdict])
            return redirect(plan)
    context = {"plan": plan, "form": form, "changed": changed, "own": how}
    context["ask"] = approving.whom_to_ask(plan, today) if how else ""
    return render(request, "governance/delivery_plan_agree.html", context)


def approval_record(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    """The partnership team records what was said elsewhere."""
    plan, changed = plan_in_sight(request, slug, year, "governance.record_approval"), None
    today = timezone.localdate()
    since = timezone.localtime(plan.submitted_at).date() if plan.submitted_at else today
    form = RecordForm(
        request.POST or None,
        record=plan,
        people=_people(),
        meetings=choosing.meetings_of_the_executive(request.user, since, today),
        cancel_url=plan.get_absolute_url(),
    )
    if form.asks_for_more:
        form.show_as_typed()
    elif request.method == "POST" and form.is_valid():
        try:
            approval = agreeing.record(plan, **form.given(), by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, plan)
        else:
            messages.success(request, f"Recorded. {SAID[approval.verdict]}")
            return redirect(plan)
    return render(request, "governance/approval_record.html", {"plan": plan, "form": form, "changed": changed})


def approval_withdraw(request: HttpRequest, slug: str, year: Year, pk: int) -> HttpResponse:
    plan = plan_in_sight(request, slug, year, "governance.record_approval")
    approval = get_object_or_404(plan.approvals.select_related("body", "delivery_plan"), pk=pk)
    form = WithdrawForm(request.POST or None, cancel_url=plan.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            agreeing.withdraw(approval, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            lost_edits.add(form, refusal)
        else:
            messages.success(request, "The agreement is withdrawn. The plan waits for the CSP Executive again")
            return redirect(plan)
    return render(request, "governance/approval_withdraw.html", {"plan": plan, "approval": approval, "form": form})


@require_POST
def delivery_plan_begin(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    plan, form = plan_in_sight(request, slug, year, "governance.run_plan"), VersionForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError("Open this page again")
        plans.begin(plan, version=form.cleaned_data["version"], by=request.user)
    except ValidationError as refusal:
        messages.error(request, f"Delivery was not begun. {' '.join(refusal.messages)}")
    else:
        messages.success(request, "Delivery has begun")
    return redirect(plan)


def condition_end(request: HttpRequest, slug: str, year: Year, pk: int) -> HttpResponse:
    plan = plan_in_sight(request, slug, year)
    condition, changed = _condition(plan, pk), None
    if not plan_page.may_end(request.user, condition, plan):
        raise PermissionDenied
    may_drop = request.user.has_perm("governance.record_approval")
    form = EndConditionForm(
        request.POST or None, condition=condition, may_drop=may_drop, cancel_url=plan.get_absolute_url()
    )
    if request.method == "POST" and form.is_valid():
        try:
            undertakings.end(condition, **form.cleaned_data, on=timezone.localdate(), by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, condition)
        else:
            messages.success(request, f"{condition.get_ending_display()}: {condition.text}")
            return redirect(plan)
    context = {"plan": plan, "condition": condition, "form": form, "changed": changed}
    return render(request, "governance/condition_end.html", context)


def _condition(plan: DeliveryPlan, pk: int) -> Undertaking:
    found = plan.conditions.filter(kind=Undertaking.Kind.CONDITION).select_related(
        "delivery_plan__body", "owner", "body"
    )
    return get_object_or_404(found, pk=pk)


def _people() -> dict[str, object]:
    return {str(one.pk): one for one in choosing.people(timezone.localdate())}
