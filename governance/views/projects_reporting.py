"""What a project reports: its forecasts, its outputs quarter by quarter, the days on which its funder wants to hear of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import lost_edits
from governance.actions import projects_forecasts, projects_outputs, projects_reports
from governance.forms.projects_reporting import (
    BecauseForm,
    CountsForm,
    ForecastForm,
    OutputForm,
    ReportForm,
    SentForm,
)
from governance.funding import outputs, reporting
from governance.models import FunderReport, Output, Project
from governance.views.projects_reach import REPORT, project_in_sight


def project_forecast(request: HttpRequest, slug: str) -> HttpResponse:
    """Of one year, this one unless another is asked for with `?year=2017-18`."""
    project, changed = project_in_sight(request, slug, REPORT), None
    try:
        page = reporting.forecast_page(project, request.GET.get("year", ""), timezone.localdate())
    except ValueError:
        raise Http404 from None
    if page is None:
        return render(request, "governance/project_forecast_none.html", {"project": project})
    last = page.history[0] if page.history else None
    form = ForecastForm(
        request.POST or None,
        project=project,
        year=page.year,
        amount=last.amount if last else None,
        reason=last.reason if last else "",
        cancel_url=project.get_absolute_url(),
    )
    if request.method == "POST" and form.is_valid():
        before = project.version
        try:
            projects_forecasts.give(project, year=page.year, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, project)
        else:
            said = f"Saved: the forecast for {page.year}" if project.version != before else "Nothing was changed"
            messages.success(request, said)
            return redirect(project)
    context = {"project": project, "page": page, "form": form, "changed": changed}
    return render(request, "governance/project_forecast.html", context)


def project_outputs(request: HttpRequest, slug: str) -> HttpResponse:
    """All outputs of a project in one quarter, the last that is over unless another is asked for with `?quarter=2017-18-q4`."""
    project, changed = project_in_sight(request, slug, REPORT), None
    try:
        page = reporting.outputs_page(project, request.GET.get("quarter", ""), timezone.localdate())
    except ValueError:
        raise Http404 from None
    asked = [line.output for line in page.lines if not line.output.ended_because]
    held = outputs.latest([output.pk for output in asked], page.quarter) if page.quarter else {}
    form = CountsForm(request.POST or None, project=project, outputs=asked, held=held)
    if request.method == "POST" and page.quarter and form.is_valid():
        try:
            made = projects_outputs.count(
                project,
                quarter=page.quarter,
                counts=form.counts(),
                version=form.cleaned_data["version"],
                by=request.user,
            )
        except ValidationError as error:
            changed = lost_edits.refused(form, error, project)
        else:
            messages.success(request, f"Saved: outputs of {page.quarter}" if made else "Nothing was changed")
            return redirect(f"{request.path}?quarter={page.quarter.slug}")
    lines = {line.output.pk: line for line in page.lines}
    rows = [(lines[output.pk], number, said) for output, number, said in form.rows()]
    context = {"project": project, "page": page, "rows": rows, "form": form, "changed": changed}
    return render(request, "governance/project_outputs.html", context)


def output_add(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_in_sight(request, slug, REPORT)
    back = reverse("governance:project-outputs", args=[slug])
    form = OutputForm(request.POST or None, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            projects_outputs.add(project, text=said["text"], promised=said["promised"], by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Added: {said['text']}")
            return redirect(back)
    return render(request, "governance/output_add.html", {"project": project, "form": form, "back": back})


def output_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    project, changed = project_in_sight(request, slug, REPORT), None
    output = get_object_or_404(Output.objects.filter(project=project, ended_because=""), pk=pk)
    back = reverse("governance:project-outputs", args=[slug])
    form = OutputForm(request.POST or None, output=output, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        before = output.version
        try:
            projects_outputs.edit(output, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, output)
        else:
            messages.success(request, "The output is saved" if output.version != before else "Nothing was changed")
            return redirect(back)
    context = {"project": project, "output": output, "form": form, "changed": changed, "back": back}
    return render(request, "governance/output_edit.html", context)


def output_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    project, changed = project_in_sight(request, slug, REPORT), None
    output = get_object_or_404(Output.objects.filter(project=project, ended_because=""), pk=pk)
    back = reverse("governance:project-outputs", args=[slug])
    form = BecauseForm(
        request.POST or None,
        record=output,
        label="Why is it no longer asked for?",
        asked="Say why it is no longer asked for",
        submit="Ask for it no longer",
        cancel_url=back,
    )
    if request.method == "POST" and form.is_valid():
        try:
            projects_outputs.end(output, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, output)
        else:
            messages.success(request, f"No longer asked for: {output.text}")
            return redirect(back)
    context = {"project": project, "output": output, "form": form, "changed": changed, "back": back}
    return render(request, "governance/output_end.html", context)


def project_reports(request: HttpRequest, slug: str) -> HttpResponse:
    """The days, and another one."""
    project, today = project_in_sight(request, slug, REPORT), timezone.localdate()
    form = ReportForm(request.POST or None, quarters=reporting.quarters_to_report(project, today))
    if request.method == "POST" and form.is_valid():
        try:
            report = projects_reports.add(project, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Added: a report until {report.until_quarter}")
            return redirect(request.path)
    lines = reporting.report_lines(project, today)
    context = {"project": project, "lines": lines, "headline": reporting.headline(lines), "form": form}
    return render(request, "governance/project_reports.html", context)


def report_sent(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    project, report, changed = *_report(request, slug, pk), None
    back = reverse("governance:project-reports", args=[slug])
    form = SentForm(request.POST or None, report=report, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            projects_reports.mark_sent(report, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, report)
        else:
            messages.success(request, f"Saved: the report until {report.until_quarter} was sent")
            return redirect(back)
    context = {"project": project, "report": report, "form": form, "changed": changed, "back": back}
    return render(request, "governance/funderreport_sent.html", context)


def report_drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    project, report, changed = *_report(request, slug, pk), None
    back = reverse("governance:project-reports", args=[slug])
    form = BecauseForm(
        request.POST or None,
        record=report,
        label="Why is it no longer wanted?",
        asked="Say why it is no longer wanted",
        submit="Drop the report",
        cancel_url=back,
    )
    if request.method == "POST" and form.is_valid():
        try:
            projects_reports.drop(report, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, report)
        else:
            messages.success(request, f"Dropped: the report until {report.until_quarter}")
            return redirect(back)
    context = {"project": project, "report": report, "form": form, "changed": changed, "back": back}
    return render(request, "governance/funderreport_drop.html", context)


def _report(request: HttpRequest, slug: str, pk: int) -> tuple[Project, FunderReport]:
    project = project_in_sight(request, slug, REPORT)
    return project, get_object_or_404(FunderReport.objects.filter(project=project), pk=pk)
