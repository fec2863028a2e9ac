"""What has to be known to read a series: definitions, and from when on the usual range is worked out afresh."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import lost_edits
from indicators import actions, starting
from indicators.entry import definition_in
from indicators.feeds import gathering
from indicators.forms import DefinitionForm, RebaseForm
from indicators.views.reach import measure_in_sight
from lib.editing import VersionForm
from lib.quarters import Quarter

PERMISSION = "indicators.change_indicator"


def definition_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A definition from a quarter on, filled in with the one that holds today."""
    indicator, today = measure_in_sight(request, slug, PERMISSION), timezone.localdate()
    held, back = definition_in(indicator, Quarter.of(today)), indicator.get_absolute_url()
    quarters = starting.of_definitions(indicator, today)
    form = DefinitionForm(
        request.POST or None,
        indicator=indicator,
        held=held,
        quarters=quarters,
        feeds=gathering.to_choose(indicator, held),
        cancel_url=back,
    )
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            definition = actions.add_definition(indicator, **form.as_said(), today=today, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, indicator)
        else:
            messages.success(request, f"The definition holds from {definition.starts} on")
            return redirect(back)
    definitions = indicator.definitions.order_by("-starts")
    context = {"indicator": indicator, "held": held, "definitions": definitions, "form": form, "changed": changed}
    return render(request, "indicators/definition_add.html", context)


def rebase_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Work out the usual range afresh from a quarter on; those that stand can be taken back."""
    indicator = measure_in_sight(request, slug, PERMISSION)
    quarters, back = starting.of_rebases(indicator), indicator.get_absolute_url()
    form = RebaseForm(request.POST or None, indicator=indicator, quarters=quarters, cancel_url=back)
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            rebase = actions.add_rebase(indicator, **form.cleaned_data, today=timezone.localdate(), by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, indicator)
        else:
            messages.success(request, f"The usual range starts afresh in {rebase.starts}")
            return redirect("indicators:rebase-add", slug=indicator.slug)
    rebases = indicator.rebases.select_related("withdrawn_by").order_by("-starts")
    context = {
        "indicator": indicator,
        "rebases": rebases.standing(),
        "withdrawn": rebases.withdrawn(),
        "first": next(iter(quarters), None),
        "breaks": indicator.definitions.filter(breaks_series=True).order_by("starts"),
        "form": form,
        "changed": changed,
    }
    return render(request, "indicators/rebase_add.html", context)


@require_POST
def rebase_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    indicator = measure_in_sight(request, slug, PERMISSION)
    rebase = get_object_or_404(indicator.rebases.select_related("indicator"), pk=pk)
    take_back(
        request,
        lambda version: actions.withdraw_rebase(rebase, version=version, by=request.user),
        f"Taken back: the usual range no longer starts afresh in {rebase.starts}",
    )
    return redirect("indicators:rebase-add", slug=indicator.slug)


def take_back(request: HttpRequest, act: Callable[[int], object], done: str) -> None:
    """Do what a "Take back" button asks at the version it was seen at, and say on the next page what became of it."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Open this page again: it lost track of the version you were changing")
        return
    try:
        act(form.cleaned_data["version"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
