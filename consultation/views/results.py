"""What was counted, for the partnership team and the CSP Executive: the page, the table, and the steps to the public."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import audit, lost_edits
from consultation import gathering, outdated, results_page, results_table, safe, waiting
from consultation.actions import analysing
from consultation.counts import Counts
from consultation.forms.results import AnalyseAgainForm, AnalyseForm, PublishForm
from consultation.models import Consultation, Result
from consultation.views.running_reach import RUN, VIEW, in_sight
from lib import file_names
from lib.sheets.exports import csv_of

State = Consultation.State


@require_safe
def result_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, in_sight(request, slug, VIEW))


@require_safe
def result_download(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = in_sight(request, slug, RUN)
    counts, public, kept = _counts(consultation)
    response = HttpResponse(csv_of(results_table.rows(counts, public)), content_type="text/csv; charset=utf-8")
    number = f"-{kept.number}" if kept else "-so-far"
    response["Content-Disposition"] = file_names.disposition(f"{consultation.slug}-complete-counts{number}.csv")
    return response


@require_POST
def result_analyse(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = in_sight(request, slug, RUN)
    again = (
        gathering.latest(consultation) and "reason" in request.POST
    )  # without, it was counted since the page was opened
    form = (AnalyseAgainForm if again else AnalyseForm)(request.POST)
    if form.is_valid():
        try:
            result = analysing.analyse(consultation, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, consultation)
            return _page(request, consultation, form=form, changed=changed)
        messages.success(request, "Counted again" if result.reason else "Counted. What is below is kept for good")
        return redirect("consultation:result-detail", consultation.slug)
    return _page(request, consultation, form=form)


@require_POST
def result_publish(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = in_sight(request, slug, RUN)
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            analysing.publish(consultation, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, consultation)
            return _page(request, consultation, form=form, changed=changed)
        messages.success(request, "Published: anyone can read the results now")
        return redirect("consultation:result-detail", consultation.slug)
    return _page(request, consultation, form=form)


def _counts(consultation: Consultation) -> tuple[Counts, Counts, Result | None]:
    """Complete and public: as they were kept, else as they are so far.

    Who people are is shown to nobody in small numbers, and not while forms come in: whoever sees one come would see which counters move.
    """
    kept = gathering.latest(consultation)
    if kept:
        public = Counts.from_json(kept.safe)
        return replace(Counts.from_json(kept.counts), monitoring=public.monitoring), public, kept
    counts = gathering.gather(consultation)
    public = safe.publish(counts, consultation.threshold)
    if consultation.state == State.OPEN:
        public = replace(public, monitoring=())
    return replace(counts, monitoring=public.monitoring), public, None


def _earlier(consultation: Consultation) -> Counts | None:
    """What is known of the consultation that it is compared with; None until that is analysed."""
    other = consultation.earlier
    if other is None:
        return None
    kept = gathering.latest(other)
    if kept:
        return Counts.from_json(kept.counts)
    return None if other.holds_responses else gathering.gather(other)


def _page(
    request: HttpRequest,
    consultation: Consultation,
    form: forms.Form | None = None,
    changed: list[audit.Line] | None = None,
) -> HttpResponse:
    """`form` is the one that was refused."""
    counts, public, kept = _counts(consultation)
    may_run = request.user.has_perm(RUN)
    context = {
        "consultation": consultation,
        "page": results_page.build(counts, public, _earlier(consultation)),
        "kept": kept,
        "outdated": outdated.since(consultation, kept) if kept else "",
        "may_run": may_run,
        "form": form,
        "changed": changed,
        **(_steps(consultation, kept, form) if may_run else {}),
    }
    return render(request, "consultation/result_detail.html", context)


def _steps(consultation: Consultation, kept: Result | None, refused: forms.Form | None) -> dict[str, object]:
    """What may be done next, and what stands in its way."""

    def step(kind: type[forms.Form], name: str) -> forms.Form:
        form = refused if isinstance(refused, kind) else kind(initial={"version": consultation.version})
        form.action = reverse(f"consultation:{name}", args=[consultation.slug])
        return form

    steps: dict[str, object] = {}
    is_over = consultation.state in (State.CLOSED, State.ANALYSED, State.PUBLISHED)
    if is_over and not consultation.purge_begun_at:
        steps["analyse"] = step(AnalyseAgainForm if kept else AnalyseForm, "result-analyse")
        steps["before_counting"] = waiting.before_analysis(consultation)
    if consultation.state == State.ANALYSED:
        steps["publish"] = step(PublishForm, "result-publish")
        steps["before_publishing"] = waiting.before_publication(consultation)
    return steps
