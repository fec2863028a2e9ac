"""The parts of an assessment that come and go: sections of the analysts' own, and proposals of new priorities."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts import lost_edits
from lib.editing import Versioned, VersionForm
from lib.quarters import Year
from reporting.actions import assessing
from reporting.forms.assessing import ProposalForm, SectionForm
from reporting.models import AssessedPriority, Assessment, AssessmentSection
from reporting.views.assessing_reach import writable


def section_add(request: HttpRequest, year: Year) -> HttpResponse:
    assessment = writable(request, year)
    cancel_url = assessment.get_absolute_url()
    form = SectionForm(request.POST or None, cancel_url=cancel_url, initial={"version": 0, "is_public": True})
    if request.method == "POST" and form.is_valid():
        try:
            section = assessing.add_section(assessment, **_without_version(form), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Added: {section}")
            return redirect(assessment)
    return render(request, "reporting/assessment_section.html", {"assessment": assessment, "form": form})


def section_edit(request: HttpRequest, year: Year, pk: int) -> HttpResponse:
    assessment, section = _section(request, year, pk)
    changed = None
    given = {"heading": section.heading, "text": section.text, "is_public": section.is_public}
    form = SectionForm(
        request.POST or None,
        cancel_url=assessment.get_absolute_url(),
        initial={"version": section.version, **given},
    )
    if request.method == "POST" and form.is_valid():
        try:
            assessing.change_section(section, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, section)
        else:
            messages.success(request, f"Saved: {section}")
            return redirect(assessment)
    context = {"assessment": assessment, "section": section, "form": form, "changed": changed}
    return render(request, "reporting/assessment_section.html", context)


@require_POST
def section_move(request: HttpRequest, year: Year, pk: int) -> HttpResponse:
    assessment, section = _section(request, year, pk)
    assessing.move_section(section, by=request.user)
    return redirect(f"{assessment.get_absolute_url()}#sections")


@require_POST
def section_remove(request: HttpRequest, year: Year, pk: int) -> HttpResponse:
    assessment, section = _section(request, year, pk)
    return _removed(request, assessment, section, assessing.remove_section, str(section))


def proposal_add(request: HttpRequest, year: Year) -> HttpResponse:
    assessment = writable(request, year)
    form = ProposalForm(request.POST or None, cancel_url=assessment.get_absolute_url(), initial={"version": 0})
    if request.method == "POST" and form.is_valid():
        try:
            row = assessing.propose(assessment, **_without_version(form), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Added: {row.title}")
            return redirect(assessment)
    return render(request, "reporting/assessment_proposal.html", {"assessment": assessment, "form": form})


def proposal_edit(request: HttpRequest, year: Year, pk: int) -> HttpResponse:
    assessment, row = _proposal(request, year, pk)
    changed = None
    form = ProposalForm(
        request.POST or None,
        cancel_url=assessment.get_absolute_url(),
        initial={"version": row.version, "title": row.title, "because": row.because},
    )
    if request.method == "POST" and form.is_valid():
        try:
            assessing.reword_proposal(row, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, row)
        else:
            messages.success(request, f"Saved: {row.title}")
            return redirect(assessment)
    context = {"assessment": assessment, "proposal": row, "form": form, "changed": changed}
    return render(request, "reporting/assessment_proposal.html", context)


@require_POST
def proposal_remove(request: HttpRequest, year: Year, pk: int) -> HttpResponse:
    assessment, row = _proposal(request, year, pk)
    return _removed(request, assessment, row, assessing.remove_proposal, row.title)


def _removed(request: HttpRequest, assessment: Assessment, row: Versioned, remove: Any, name: str) -> HttpResponse:
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["version"][0])
        return redirect(assessment)
    try:
        remove(row, version=form.cleaned_data["version"], by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"Removed: {name}")
    return redirect(assessment)


def _section(request: HttpRequest, year: Year, pk: int) -> tuple[Assessment, AssessmentSection]:
    assessment = writable(request, year)
    return assessment, get_object_or_404(AssessmentSection.objects.filter(assessment=assessment), pk=pk)


def _proposal(request: HttpRequest, year: Year, pk: int) -> tuple[Assessment, AssessedPriority]:
    assessment = writable(request, year)
    rows = AssessedPriority.objects.filter(assessment=assessment, priority=None)
    return assessment, get_object_or_404(rows, pk=pk)


def _without_version(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}
