"""The decision on an application: interests declared, given here or recorded, withdrawn when it was wrong; and the project that comes of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import lost_edits
from governance import approving, choosing
from governance.actions import applications, applications_deciding
from governance.forms.applications import InterestForm, WithdrawDecisionForm
from governance.forms.applications_deciding import DecideForm, ProjectForm, RecordForm
from governance.funding import application_list, application_page, left, offering, project_choices
from governance.models import Approval, FundingApplication
from governance.views.applications_reach import in_sight

SAID = {
    Approval.Verdict.AGREED: "The application is agreed",
    Approval.Verdict.SUBJECT: "The application is agreed, subject to conditions",
    Approval.Verdict.REFUSED: "The application is declined",
}
RECORD = "governance.record_application_decision"


def funding_application_interest(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own of a member of the CSP Executive; by the partnership team what somebody declared in a meeting."""
    application = in_sight(request, pk)
    for_others = request.user.has_perm(RECORD, application)
    if not for_others and not request.user.has_perm("governance.declare_interest", application):
        raise PermissionDenied
    form = InterestForm(request.POST or None, for_others=for_others, cancel_url=application.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            made = applications.declare_interest(application, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"The interest is recorded: {made.name} doesn’t decide on this application")
            return redirect(application)
    people = [member.name for member in approving.members(timezone.localdate())] if for_others else []
    context = {"application": application, "form": form, "for_others": for_others, "people": people}
    return render(request, "governance/funding_application_interest.html", context)


def funding_application_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """A member of the CSP Executive decides here; whose own it is declares their interest instead."""
    application, changed = in_sight(request, pk, "governance.declare_interest"), None
    form = DecideForm(
        request.POST or None,
        record=application,
        on=timezone.localdate(),
        people=_people(),
        cancel_url=application.get_absolute_url(),
    )
    if form.asks_for_more:
        form.show_as_typed()
    elif request.method == "POST" and form.is_valid():
        try:
            approval = applications_deciding.decide(application, **form.given(), by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, application)
        else:
            messages.success(request, SAID[approval.verdict])
            return redirect(application)
    context = {"form": form, "changed": changed} | _to_decide_on(request, application)
    return render(request, "governance/funding_application_decide.html", context)


def funding_application_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The partnership team records what was decided elsewhere."""
    application, changed = in_sight(request, pk, RECORD), None
    today = timezone.localdate()
    since = timezone.localtime(application.submitted_at).date() if application.submitted_at else today
    form = RecordForm(
        request.POST or None,
        record=application,
        on=today,
        people=_people(),
        meetings=choosing.meetings_of_the_executive(request.user, since, today),
        cancel_url=application.get_absolute_url(),
    )
    if form.asks_for_more:
        form.show_as_typed()
    elif request.method == "POST" and form.is_valid():
        try:
            approval = applications_deciding.record(application, **form.given(), by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, application)
        else:
            messages.success(request, f"Recorded. {SAID[approval.verdict]}")
            return redirect(application)
    context = {"form": form, "changed": changed} | _to_decide_on(request, application)
    return render(request, "governance/funding_application_record.html", context)


def funding_application_withdraw_decision(request: HttpRequest, pk: int) -> HttpResponse:
    application, changed = in_sight(request, pk, RECORD), None
    form = WithdrawDecisionForm(
        request.POST or None, application=application, cancel_url=application.get_absolute_url()
    )
    if request.method == "POST" and form.is_valid():
        try:
            applications_deciding.withdraw_decision(application, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, application)
        else:
            messages.success(request, "The decision is withdrawn. The application waits for the CSP Executive again")
            return redirect(application)
    context = {"application": application, "form": form, "changed": changed}
    return render(request, "governance/funding_application_withdraw_decision.html", context)


def funding_application_project(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed becomes a project."""
    application, changed = in_sight(request, pk, "governance.change_funding"), None
    today = timezone.localdate()
    streams = {} if application.stream else offering.streams_for(application, request.user)
    organisations = offering.organisations(request.user)
    form = ProjectForm(
        request.POST or None,
        application=application,
        streams=streams,
        organisations=organisations,
        words={
            "streams": offering.words_of_streams(streams.values()),
            "organisations": offering.words_of_organisations(organisations, today),
        },
        people={str(one.pk): one for one in project_choices.leads(today)},
        cancel_url=application.get_absolute_url(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            project = applications_deciding.make_project(application, **form.given(), by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, application)
        else:
            messages.success(request, f"A project now: {project}. Its spend is asked for every quarter")
            return redirect(project)
    context = {"application": application, "form": form, "changed": changed}
    context["line"] = application_list.line(application)
    return render(request, "governance/funding_application_project.html", context)


def _to_decide_on(request: HttpRequest, application: FundingApplication) -> dict[str, Any]:
    """What a decision rests on, beside the form."""
    page = application_page.gather(application, request.user, timezone.localdate())
    there = (
        left.of(application.stream, besides=application) if application.stream and application.is_submitted else None
    )
    over = there is not None and there.amount is not None and page.line.asked.known > there.amount
    interest = reverse("governance:funding-application-interest", args=[application.pk])
    form = InterestForm(for_others=False, action=interest)
    return {"application": application, "page": page, "left": there, "is_over": over, "interest_form": form}


def _people() -> dict[str, object]:
    return {str(one.pk): one for one in choosing.people(timezone.localdate())}
