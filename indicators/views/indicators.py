"""The catalogue: every indicator, one of them, who leads it, and in which year's set it is."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts import lost_edits
from accounts.models import RoleGrant, User
from indicators import actions, aiming, catalogue, profile, spending, taken
from indicators.forms import IndicatorFilter, LeadForm, SetForm
from indicators.models import Indicator, Lead
from indicators.opening import years_of_plans
from indicators.profile import download
from indicators.views.reach import indicator_in_sight, measure_in_sight
from lib import file_names
from lib.editing import VersionForm
from lib.known_on import KnownOnForm


def indicator_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("indicators.view_indicator"):
        raise PermissionDenied
    today = timezone.localdate()
    every = catalogue.groups(request.user, today)
    form = IndicatorFilter(request.GET or None, groups=every)
    groups = form.sought.narrow(every)
    context = {
        "form": form,
        "every": every,
        "groups": groups,
        "lede": catalogue.lede(every) if form.sought.is_all else catalogue.found(groups, every),
        "target_year": aiming.year_to_show(request.user, today),
    }
    return render(request, "indicators/indicator_list.html", context)


def indicator_detail(request: HttpRequest, slug: str) -> HttpResponse:
    indicator = indicator_in_sight(request, slug)
    if indicator.is_spend:
        return _spend_detail(request, indicator)
    today = timezone.localdate()
    known = KnownOnForm(request.GET, today=today)
    is_now = known.day is None  # what was known once is looked at, not changed
    context = {
        "indicator": indicator,
        "profile": profile.gather(indicator, request.user, known.day or today, known.moment),
        "form": known,
        "may_change": is_now and request.user.has_perm("indicators.change_indicator", indicator),
        "may_set_targets": is_now and request.user.has_perm("indicators.change_set", indicator),
        "may_change_leads": is_now and request.user.has_perm("indicators.change_leads", indicator),
        "may_revise": is_now and request.user.has_perm("indicators.revise_indicator", indicator),
    }
    return render(request, "indicators/indicator_detail.html", context)


def _spend_detail(request: HttpRequest, indicator: Indicator) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "indicator": indicator,
        "spending": spending.gather(indicator, request.user, today),
        "may_change_leads": request.user.has_perm("indicators.change_leads", indicator),
        "may_revise": request.user.has_perm("indicators.revise_indicator", indicator),
    }
    return render(request, "indicators/spend_detail.html", context)


def indicator_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every quarter with its rating, as this reader sees them on the page. Who takes restricted ones is kept."""
    indicator = measure_in_sight(request, slug)
    known = KnownOnForm(request.GET, today=timezone.localdate())
    if known.is_refused:
        return redirect(f"{indicator.get_absolute_url()}?{request.GET.urlencode()}")
    seen = profile.look(indicator, request.user, known.moment)
    if indicator.is_restricted and request.method == "GET":
        taken.tell(f"Figures of {indicator.name}", "csv", by=request.user)
    name = download.file_name(seen, is_sample=profile.is_sample(seen), known_on=known.day)
    headers = {"Content-Disposition": file_names.disposition(name)}
    return HttpResponse(download.csv_file(seen), content_type="text/csv; charset=utf-8", headers=headers)


def lead_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Name a lead, or end one: `end` holds the lead whose last day is today, or who is not to begin."""
    indicator = indicator_in_sight(request, slug, "indicators.change_leads")
    today = timezone.localdate()
    leads = (
        Lead.objects.not_over(today).filter(indicator=indicator).select_related("user").order_by("duty", "starts_on")
    )
    if request.method == "POST" and "end" in request.POST:
        end = request.POST["end"]
        return _end(request, get_object_or_404(leads, pk=end if end.isdecimal() and len(end) < 19 else 0))
    roles = (RoleGrant.Role.DATA_LEAD, RoleGrant.Role.COMMENTARY_LEAD)
    people = (
        User.objects.visible_to(request.user)
        .active()
        .filter(role_grants__in=RoleGrant.objects.in_force(today).filter(role__in=roles))
    )
    form = LeadForm(
        request.POST or None,
        indicator=indicator,
        people=list(people.distinct()),
        today=today,
        cancel_url=indicator.get_absolute_url(),
    )
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            named = actions.set_leads(indicator, **form.as_said(), by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, indicator)
        else:
            messages.success(request, f"Named: {named[0].user}")
            return redirect("indicators:lead-edit", slug=indicator.slug)
    context = {"indicator": indicator, "leads": leads, "form": form, "changed": changed, "on": today}
    return render(request, "indicators/lead_edit.html", context)


def target_add(request: HttpRequest, slug: str) -> HttpResponse:
    indicator = measure_in_sight(request, slug, "indicators.change_set")
    back = indicator.get_absolute_url()
    form = SetForm(request.POST or None, indicator=indicator, years=years_of_plans(), cancel_url=back)
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            target = actions.add_to_set(indicator, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, indicator)
        else:
            messages.success(request, f"Added to the set of {target.year}, as data only")
            return redirect(back)
    return render(request, "indicators/target_add.html", {"indicator": indicator, "form": form, "changed": changed})


def _end(request: HttpRequest, lead: Lead) -> HttpResponse:
    form, today = VersionForm(request.POST), timezone.localdate()
    sentence = "Open this page again: it lost track of the version you were changing"
    if form.is_valid():
        try:
            if lead.starts_on > today:
                actions.withdraw_lead(lead, on=today, version=form.cleaned_data["version"], by=request.user)
                done = f"Taken back: {lead.user} does not begin"
            else:
                actions.end_lead(lead, ends_on=today, version=form.cleaned_data["version"], by=request.user)
                done = f"Today is the last day for {lead.user}"
        except ValidationError as error:
            sentence = " ".join(error.messages)
        else:
            messages.success(request, done)
            return redirect("indicators:lead-edit", slug=lead.indicator.slug)
    messages.error(request, sentence)
    return redirect("indicators:lead-edit", slug=lead.indicator.slug)
