"""What an indicator serves in the plan."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import lost_edits
from indicators import actions, serving
from indicators.forms import ServesForm
from indicators.views.definitions import PERMISSION
from indicators.views.reach import measure_in_sight


def serves_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Name the commitments and outcomes that it helps to know about; a sentence where the latest plan does not place it."""
    indicator = measure_in_sight(request, slug, PERMISSION)
    servable, changed = serving.gather(indicator), None
    context = {"indicator": indicator, "servable": servable}
    if servable is None or not servable.parts:
        return render(request, "indicators/serves_edit.html", context)
    back = indicator.get_absolute_url()
    form = ServesForm(request.POST or None, servable=servable, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_served(servable.placement, **form.as_said(), by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, indicator)
        else:
            messages.success(request, "Saved: what it serves" if form.has_changed() else "Nothing was changed")
            return redirect(back)
    return render(request, "indicators/serves_edit.html", {**context, "form": form, "changed": changed})
