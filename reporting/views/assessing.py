"""The annual strategic assessment: the years, one year with what is still to write, its summary, causes and futures, and its build."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import lost_edits
from lib.quarters import Year
from reporting import terms
from reporting.actions import assessing, building
from reporting.assessing import pages
from reporting.forms.assessing import BuildForm, FutureForm, StartForm, SummaryForm, WhyForm
from reporting.models import AssessedIndicator, AssessedPriority, Assessment, Pack
from reporting.views.assessing_reach import VIEW, WRITE, in_sight, writable


@require_safe
def assessment_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    rows = pages.years(Assessment.objects.visible_to(request.user))
    context = {"rows": rows, "lede": pages.lede(rows), "may_write": request.user.has_perm(WRITE)}
    return render(request, "reporting/assessment_list.html", context)


@require_POST
def assessment_start(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(WRITE):
        raise PermissionDenied
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["year"][0])
        return redirect("reporting:assessment-list")
    year = form.cleaned_data["year"]
    plan = terms.plan_of(year.quarters[-1])
    if plan is None:
        messages.error(request, terms.refusal(year.quarters[-1]))
        return redirect("reporting:assessment-list")
    return redirect(assessing.start(plan, year=year, by=request.user))


@require_safe
def assessment_detail(request: HttpRequest, year: Year) -> HttpResponse:
    return _shown(request, in_sight(request, year))


@require_POST
def assessment_build(request: HttpRequest, year: Year) -> HttpResponse:
    """Ask for a build; its own page then goes on."""
    assessment = writable(request, year)
    if not request.user.has_perm("reporting.build_pack"):
        raise PermissionDenied
    form = BuildForm(request.POST)
    if form.is_valid():
        try:
            pack = building.request_pack(
                assessment.plan,
                year.quarters[-1],
                kind=Pack.Kind.ASSESSMENT,
                is_draft=form.cleaned_data["do"] == "draft",
                after=form.cleaned_data["after"],
                by=request.user,
            )
        except building.AlreadyThere as there:
            messages.info(request, there.messages[0])
            return redirect(there.pack)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            return redirect(pack)
    return _shown(request, assessment, form)


def _shown(request: HttpRequest, assessment: Assessment, form: BuildForm | None = None) -> HttpResponse:
    context = {"page": pages.overview(assessment), "form": form, "may_write": request.user.has_perm(WRITE)}
    return render(request, "reporting/assessment_detail.html", context)


def assessment_summary(request: HttpRequest, year: Year) -> HttpResponse:
    assessment, changed = writable(request, year), None
    form = SummaryForm(
        request.POST or None,
        cancel_url=assessment.get_absolute_url(),
        initial={"version": assessment.version, "summary": assessment.summary},
    )
    if request.method == "POST" and form.is_valid():
        try:
            assessing.summarise(assessment, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, assessment)
        else:
            messages.success(request, "The summary is saved")
            return redirect(assessment)
    context = {"assessment": assessment, "form": form, "changed": changed}
    return render(request, "reporting/assessment_summary.html", context)


def assessment_why(request: HttpRequest, year: Year, slug: str) -> HttpResponse:
    """Why one indicator changed, written beside its two years."""
    assessment, changed = writable(request, year), None
    page = pages.explaining(assessment, slug)
    if page is None:
        raise Http404
    row = AssessedIndicator.objects.filter(assessment=assessment, indicator__slug=slug).first()
    form = WhyForm(
        request.POST or None,
        following=page.following.name if page.following else "",
        cancel_url=assessment.get_absolute_url(),
        initial={"version": row.version if row else 0, "why": row.why if row else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            assessing.explain(assessment, indicator=pages.indicator(slug), **form.cleaned_data, by=request.user)
        except ValidationError as error:
            row = AssessedIndicator.objects.filter(assessment=assessment, indicator__slug=slug).first()
            changed = lost_edits.refused(form, error, row or AssessedIndicator(version=0))
        else:
            messages.success(request, f"Saved: why {page.line.name} changed")
            if request.POST.get("do") == "next" and page.following:
                return redirect("reporting:assessment-why", year, page.following.part.slug)
            return redirect(assessment)
    context = {"assessment": assessment, "page": page, "form": form, "changed": changed}
    return render(request, "reporting/assessment_why.html", context)


def assessment_future(request: HttpRequest, year: Year, letter: str) -> HttpResponse:
    """What is to become of one priority."""
    assessment, changed = writable(request, year), None
    priority = pages.priority_of(assessment, letter)
    if priority is None:
        raise Http404
    rows = AssessedPriority.objects.filter(assessment=assessment, priority=priority)
    row = rows.first()
    given = {"future": row.future, "because": row.because} if row else {}
    form = FutureForm(
        request.POST or None,
        cancel_url=assessment.get_absolute_url(),
        initial={"version": row.version if row else 0, **given},
    )
    if request.method == "POST" and form.is_valid():
        try:
            assessing.decide(assessment, priority=priority, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, rows.first() or AssessedPriority(version=0))
        else:
            messages.success(request, f"Saved: what becomes of priority {priority.letter}")
            return redirect(assessment)
    context = {"assessment": assessment, "priority": priority, "form": form, "changed": changed}
    return render(request, "reporting/assessment_future.html", context)
