"""Decisions: the list, one of them, those between meetings, and what becomes of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import audit, lost_edits
from governance import decision_page, decisions, meetings, naming
from governance.actions import decisions as actions
from governance.forms.meetings_decisions import CorrectForm, DecisionForm, LinkForm, SeeToForm
from governance.models import Action, Body, Decision, Meeting
from governance.views.meetings import RUN
from governance.views.meetings_reach import decision_in_sight
from indicators.models import Indicator
from priorities.models import Plan

VIEW, SEE_TO = "governance.view_decisions", "governance.see_to"
PER_PAGE = 50


@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    """Latest first; those still to be seen to alone, on request."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    seen, today = Decision.objects.visible_to(request.user), timezone.localdate()
    bodies = list(Body.objects.visible_to(request.user).filter(decisions__isnull=False).distinct())
    body = next((one for one in bodies if one.slug == request.GET.get("body")), None)
    is_open = request.GET.get("show") == "open"
    found = seen.filter(body=body) if body else seen
    if is_open:
        found = found.not_done().order_by("due_on", "pk")
    else:
        found = found.order_by("-decided_on", "body", "-number")
    page = Paginator(decisions.with_people(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": decision_page.listed(page, today),
        "lede": decision_page.lede(seen.not_done(), today),
        "bodies": bodies,
        "body": body,
        "is_open": is_open,
        "may_add": meetings.runs_any(request.user),
    }
    return render(request, "governance/decision_list.html", context)


@require_safe
def decision_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, decision_in_sight(request, pk))


@require_POST
def decision_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Said on its own page, by whoever owns it or runs the body’s meetings."""
    decision = decision_in_sight(request, pk, SEE_TO)
    form, changed = SeeToForm(request.POST, decision=decision, action=request.path), None
    if form.is_valid():
        try:
            actions.see_to(decision, **form.cleaned_data, on=timezone.localdate(), by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, decision)
        else:
            messages.success(request, f"{decision.reference} is seen to")
            return redirect(decision)
    return _shown(request, decision, form, changed)


def _shown(
    request: HttpRequest, decision: Decision, form: SeeToForm | None = None, changed: list[audit.Line] | None = None
) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    may_run = user.has_perm(RUN, decision)
    later = Decision.objects.visible_to(user).filter(replaces=decision).select_related("body").first()
    waits = decision.due_on is not None and decision.done_on is None and later is None
    if form is None and waits and user.has_perm(SEE_TO, decision):
        form = SeeToForm(decision=decision, action=reverse("governance:decision-done", args=[decision.pk]))
    context = {
        "decision": decision,
        "later": later,
        "lede": decision_page.state(decision, later, today),
        "facts": decision_page.facts(
            decision, Meeting.objects.visible_to(user).filter(pk=decision.meeting_id).exists()
        ),
        "commitments": decision.commitments.select_related("priority"),
        "indicators": Indicator.objects.visible_to(user).filter(pk__in=decision.indicators.values("pk")),
        "actions": Action.objects.visible_to(user).filter(decisions=decision).select_related("delivery_plan__body"),
        "undertakings": decision.undertakings.select_related("owner"),
        "form": form,
        "changed": changed,
        "may_run": may_run,
        "lines": audit.lines(audit.history(decision)),
    }
    return render(request, "governance/decision_detail.html", context)


def decision_add(request: HttpRequest) -> HttpResponse:
    """One taken between meetings, by whoever was given the power to."""
    today = timezone.localdate()
    bodies = meetings.run_by(request.user, today)
    if not bodies:
        raise PermissionDenied
    people = naming.everyone(today)
    form = DecisionForm(
        request.POST or None, bodies=bodies, people=people, today=today, cancel_url=reverse("governance:decision-list")
    )
    if request.method == "POST" and form.is_valid():
        try:
            decision = actions.record(form.cleaned_data["body"], **form.told(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Recorded: {decision.reference}")
            return redirect(decision)
    return render(request, "governance/decision_add.html", {"form": form, "people": [one.label for one in people]})


def decision_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """A later decision in place of this one."""
    earlier, today = decision_in_sight(request, pk, RUN), timezone.localdate()
    people = naming.everyone(today)
    taken = Meeting.objects.visible_to(request.user).filter(body=earlier.body, state=Meeting.State.HELD)
    form = DecisionForm(
        request.POST or None,
        bodies=Body.objects.visible_to(request.user).none(),
        people=people,
        today=today,
        earlier=earlier,
        meetings=taken.order_by("-starts_at")[:24],
        cancel_url=earlier.get_absolute_url(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            decision = actions.record(earlier.body, **form.told(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Recorded: {decision.reference}, which replaces {earlier.reference}")
            return redirect(decision)
    context = {"form": form, "earlier": earlier, "people": [one.label for one in people]}
    return render(request, "governance/decision_replace.html", context)


def decision_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Its wording only; the history keeps what stood there."""
    decision, changed = decision_in_sight(request, pk, RUN), None
    form = CorrectForm(request.POST or None, decision=decision, cancel_url=decision.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        before = decision.version
        try:
            actions.correct(decision, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, decision)
        else:
            said = "The wording is put right" if decision.version != before else "Nothing was changed"
            messages.success(request, said)
            return redirect(decision)
    context = {"form": form, "decision": decision, "changed": changed}
    return render(request, "governance/decision_correct.html", context)


def decision_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Which commitments, indicators and actions it is about."""
    decision, changed, user = decision_in_sight(request, pk, RUN), None, request.user
    plan = Plan.objects.visible_to(user).current(timezone.localdate())
    form = LinkForm(
        request.POST or None,
        decision=decision,
        commitments=decision_page.commitments(plan, decision),
        indicators=Indicator.objects.visible_to(user).measuring().order_by("name"),
        actions=decision_page.actions(Action.objects.visible_to(user), decision),
        cancel_url=decision.get_absolute_url(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.link(decision, **form.told(), by=user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, decision)
        else:
            messages.success(request, "Saved what it is about")
            return redirect(decision)
    return render(request, "governance/decision_link.html", {"form": form, "decision": decision, "changed": changed})
