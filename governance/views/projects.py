"""One project: its page, and what the partnership team changes of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import lost_edits
from governance.actions import projects as actions
from governance.forms.projects import CloseForm, ProjectForm, ReopenForm, SpendForm
from governance.funding import project_choices, project_page, streams_to_choose
from governance.models import FundingStream
from governance.views.projects_reach import CHANGE, REPORT, project_in_sight


@require_safe
def project_detail(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_in_sight(request, slug)
    context = {
        "project": project,
        "page": project_page.gather(project, request.user, timezone.localdate()),
        "may_change": request.user.has_perm(CHANGE),
        "may_report": request.user.has_perm(REPORT, project),
    }
    return render(request, "governance/project_detail.html", context)


def project_add(request: HttpRequest) -> HttpResponse:
    """In a stream that is chosen first: what is left of it stands beside each."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    streams = FundingStream.objects.visible_to(request.user)
    if not request.GET.get("stream"):
        return render(request, "governance/project_stream.html", {"choices": streams_to_choose.gather(streams)})
    stream, today = get_object_or_404(streams, slug=request.GET["stream"]), timezone.localdate()
    can = project_choices.for_project(stream, request.user, today)
    form = ProjectForm(request.POST or None, choosable=can, cancel_url=stream.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            project = actions.add(stream, content=form.content(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, form.refusal(error))
        else:
            messages.success(request, f"Added: {project.name}")
            return redirect(project)
    (choice,) = streams_to_choose.gather([stream])
    return render(request, "governance/project_add.html", {"stream": stream, "choice": choice, "form": form})


def project_edit(request: HttpRequest, slug: str) -> HttpResponse:
    project, changed = project_in_sight(request, slug, CHANGE), None
    can = project_choices.for_project(project.stream, request.user, timezone.localdate(), project)
    form = ProjectForm(request.POST or None, choosable=can, project=project, cancel_url=project.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        before = project.version
        try:
            actions.edit(project, content=form.content(), version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, form.refusal(error), project)
        else:
            messages.success(request, "The project is saved" if project.version != before else "Nothing was changed")
            return redirect(project)
    (choice,) = streams_to_choose.gather([project.stream])
    context = {"project": project, "choice": choice, "form": form, "changed": changed}
    return render(request, "governance/project_edit.html", context)


def project_close(request: HttpRequest, slug: str) -> HttpResponse:
    project, changed = project_in_sight(request, slug, CHANGE), None
    form = CloseForm(request.POST or None, project=project, cancel_url=project.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(project, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, project)
        else:
            messages.success(request, f"Closed: {project.name}")
            return redirect(project)
    return render(request, "governance/project_close.html", {"project": project, "form": form, "changed": changed})


def project_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    project, changed = project_in_sight(request, slug, CHANGE), None
    form = ReopenForm(request.POST or None, project=project, cancel_url=project.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            actions.reopen(project, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, project)
        else:
            messages.success(request, f"Open again: {project.name}")
            return redirect(project)
    return render(request, "governance/project_reopen.html", {"project": project, "form": form, "changed": changed})


def project_spend(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to ask for its spend, and say who gives it."""
    project, changed = project_in_sight(request, slug, CHANGE), None
    if project.spend_id is not None:
        return redirect(project)
    people = project_choices.leads(timezone.localdate())
    form = SpendForm(request.POST or None, project=project, people=people, cancel_url=project.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_spend(project, lead=form.lead, version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, project)
        else:
            messages.success(request, f"Spend is asked for every quarter, of {form.lead.name}")
            return redirect(project)
    context = {
        "project": project,
        "form": form,
        "changed": changed,
        "lacks": [words for words, there in (("first day", project.starts_on), ("organisation", project.organisation)) if not there],
        "edit": reverse("governance:project-edit", args=[project.slug]),
    }  # fmt: skip
    return render(request, "governance/project_spend.html", context)
