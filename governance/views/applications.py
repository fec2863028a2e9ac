"""Applications for money: the list, one of them, drafted and worded, submitted, taken back, withdrawn, commented on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import lost_edits
from accounts.models import RoleGrant
from governance import standing
from governance.actions import applications as actions
from governance.forms.applications import (
    ApplicationForm,
    CommentForm,
    InterestForm,
    SubmitForm,
    TakeBackForm,
    WithdrawForm,
)
from governance.funding import application_list, application_page, applying, offering
from governance.models import Body, FundingApplication
from governance.views.applications_reach import VIEW, in_sight
from lib.refusals import at_boxes


@require_safe
def funding_application_list(request: HttpRequest) -> HttpResponse:
    """What waits first; with `?state=` one part of it."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    seen = FundingApplication.objects.visible_to(request.user)
    found = application_list.parts(application_list.loaded(seen))
    chosen = request.GET.get("state")
    shown = [part for part in found if part.state == chosen] or found
    context = {
        "lede": application_list.lede(found),
        "parts": found,
        "shown": shown,
        "chosen": chosen if len(shown) < len(found) else "",
        "may_add": bool(_bodies(request)),
    }
    return render(request, "governance/funding_application_list.html", context)


@require_safe
def funding_application_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, in_sight(request, pk))


def funding_application_add(request: HttpRequest) -> HttpResponse:
    """For a body that one chairs or supports; for any that can apply by the partnership team."""
    bodies = _bodies(request)
    if not bodies:
        raise PermissionDenied
    offered = offering.offered(request.user, timezone.localdate(), bodies[0] if len(bodies) == 1 else None)
    form = ApplicationForm(
        request.POST or None,
        offered=offered,
        bodies=bodies,
        whose=request.GET.get("body", ""),
        cancel_url=reverse("governance:funding-application-list"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            application = actions.add(form.whose, content=form.content(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Drafted: {application.reference}")
            return redirect(application)
    return render(request, "governance/funding_application_add.html", {"form": form})


def funding_application_edit(request: HttpRequest, pk: int) -> HttpResponse:
    application, changed = in_sight(request, pk, "governance.draft_application"), None
    if request.method != "POST" and not application.is_draft:  # what was typed meanwhile is shown again
        takes_back = request.user.has_perm("governance.submit_application", application)
        how = "Take it back to change it" if takes_back else "Its chair can take it back to change it"
        messages.error(request, f"It has been submitted, so it stays as it is. {how}")
        return redirect(application)
    offered = offering.offered(request.user, timezone.localdate(), application.body, application)
    form = ApplicationForm(
        request.POST or None, offered=offered, application=application, cancel_url=application.get_absolute_url()
    )
    if request.method == "POST" and form.is_valid():
        before = application.version
        try:
            actions.edit(application, content=form.content(), version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, application)
        else:
            saved = "The draft is saved" if application.version != before else "Nothing was changed"
            messages.success(request, saved)
            return redirect(application)
    context = {"application": application, "form": form, "changed": changed}
    return render(request, "governance/funding_application_edit.html", context)


def funding_application_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks only for what is missing; complete, it is one button."""
    application, changed = in_sight(request, pk, "governance.submit_application"), None
    if request.method != "POST" and not application.is_draft:  # what was typed meanwhile is shown again
        messages.error(request, "This application has been submitted already")
        return redirect(application)
    offered = offering.offered(request.user, timezone.localdate(), application.body, application)
    gaps = applying.gaps(applying.content_of(application))
    form = SubmitForm(
        request.POST or None,
        gaps=gaps,
        offered=offered,
        application=application,
        cancel_url=application.get_absolute_url(),
    )
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.submit(application, content=form.content(), version=version, by=request.user)
        except ValidationError as error:
            first = {applying.YEARS: next(iter(form.amounts), "")}
            changed = lost_edits.refused(form, at_boxes(error, first), application)
        else:
            messages.success(request, "Submitted. It waits for the CSP Executive’s decision now")
            return redirect(application)
    context = {"application": application, "form": form, "changed": changed, "gaps": gaps}
    context["asked"] = application_list.line(application).asked
    return render(request, "governance/funding_application_submit.html", context)


def funding_application_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    application, changed = in_sight(request, pk, "governance.submit_application"), None
    form = TakeBackForm(request.POST or None, application=application, cancel_url=application.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_back(application, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, application)
        else:
            messages.success(request, "Taken back. It is a draft again")
            return redirect(application)
    context = {"application": application, "form": form, "changed": changed}
    return render(request, "governance/funding_application_take_back.html", context)


def funding_application_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    application, changed = in_sight(request, pk, "governance.withdraw_application"), None
    form = WithdrawForm(request.POST or None, application=application, cancel_url=application.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(application, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, application)
        else:
            messages.success(request, "The application is withdrawn. It stays on the record")
            return redirect(application)
    context = {"application": application, "form": form, "changed": changed}
    return render(request, "governance/funding_application_withdraw.html", context)


@require_POST
def funding_application_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """From the page of the application, which comes again with what is wrong."""
    application = in_sight(request, pk, "governance.comment_application")
    form = _comment_form(application, request)
    if form.is_valid():
        try:
            actions.comment(application, text=form.cleaned_data["text"], by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, "Your comment is added")
            return redirect(f"{application.get_absolute_url()}#comments")
    return _shown(request, application, form)


def _shown(request: HttpRequest, application: FundingApplication, comment: CommentForm | None = None) -> HttpResponse:
    page = application_page.gather(application, request.user, timezone.localdate())
    interest = reverse("governance:funding-application-interest", args=[application.pk])
    context = {
        "application": application,
        "page": page,
        "form": comment or _comment_form(application),
        "interest_form": InterestForm(for_others=False, action=interest),
    }
    return render(request, "governance/funding_application_detail.html", context)


def _comment_form(application: FundingApplication, request: HttpRequest | None = None) -> CommentForm:
    action = reverse("governance:funding-application-comment", args=[application.pk])
    return CommentForm(request.POST if request else None, action=action)


def _bodies(request: HttpRequest) -> list[Body]:
    """For which this person may apply."""
    its = standing.of(request.user)
    everything = request.user.has_role(RoleGrant.Role.COORDINATOR)
    works_for = its.acts_as_chair | its.supports
    return offering.bodies(request.user, works_for, timezone.localdate(), everything=everything)
