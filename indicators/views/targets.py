"""A year's targets: all of its set in one table, one of them, last year's set proposed anew, and what was agreed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import lost_edits
from indicators import actions, aiming, deciding, placing
from indicators.forms import AgreementForm, TargetForm
from indicators.views.reach import measure_in_sight
from lib.quarters import Year


def target_list(request: HttpRequest, year: Year) -> HttpResponse:
    """For everybody who may see indicators; the partnership team finds what it can do there as well."""
    if not request.user.has_perm("indicators.view_indicator"):
        raise PermissionDenied
    return _table(request, year)


@require_POST
def target_copy(request: HttpRequest, year: Year) -> HttpResponse:
    _allow(request)
    try:
        copied = actions.copy_set(year, of=year.previous, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        some = "One indicator" if len(copied) == 1 else f"{len(copied)} indicators"
        messages.success(request, f"Copied from {year.previous}: {some}. No target among them is agreed yet")
    return redirect("indicators:target-list", year=year)


@require_POST
def target_agree(request: HttpRequest, year: Year) -> HttpResponse:
    """Record that the ticked proposals were agreed. One that has changed since it was seen is named; the others go through."""
    _allow(request)
    shown = aiming.gather(request.user, year)
    form = _agreement(request, shown)
    if not form.is_valid():
        return _table(request, year, form)
    said = form.cleaned_data
    ticked = aiming.proposals(request.user, year, said["ticked"])
    try:
        outcome = actions.agree(
            year, ticked=ticked, agreed_by=said["agreed_by"], agreed_on=said["agreed_on"], by=request.user
        )
    except ValidationError as error:
        lost_edits.add(form, error)
        return _table(request, year, form)
    places = placing.in_year(year)
    if outcome.agreed:
        named = ", ".join(places.brief(target.indicator) for target in outcome.agreed)
        messages.success(request, f"Recorded as agreed by {said['agreed_by']}: {named}")
    for indicator, sentence in outcome.refused:
        messages.error(request, f"Not recorded: {places.brief(indicator)}. {sentence}")
    return redirect("indicators:target-list", year=year)


def target_edit(request: HttpRequest, slug: str, year: Year) -> HttpResponse:
    indicator = measure_in_sight(request, slug, "indicators.change_set")
    back = reverse("indicators:target-list", args=[year])
    shown = deciding.gather(indicator, year)
    form = TargetForm(request.POST or None, deciding=shown, cancel_url=back)
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_target(indicator, year=year, **form.as_said(), by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, indicator)
            shown = deciding.gather(indicator, year)
        else:
            messages.success(request, f"Saved: target of {shown.label} for {year}")
            return redirect(back)
    context = {"indicator": indicator, "deciding": shown, "form": form, "changed": changed}
    return render(request, "indicators/target_edit.html", context)


def _allow(request: HttpRequest) -> None:
    if not request.user.has_perm("indicators.change_set"):
        raise PermissionDenied


def _table(request: HttpRequest, year: Year, form: AgreementForm | None = None) -> HttpResponse:
    shown = aiming.gather(request.user, year)
    may_change = request.user.has_perm("indicators.change_set")
    if form is None and may_change and shown.proposals:
        form = _agreement(request, shown)
    context = {"aiming": shown, "form": form, "may_change": may_change}
    return render(request, "indicators/target_list.html", context)


def _agreement(request: HttpRequest, shown: aiming.Aiming) -> AgreementForm:
    return AgreementForm(
        request.POST or None,
        proposals=shown.proposals,
        today=timezone.localdate(),
        action=reverse("indicators:target-agree", args=[shown.year]),
    )
