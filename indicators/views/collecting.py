"""How an indicator is collected."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import audit, lost_edits
from indicators import actions
from indicators.forms.collecting import CollectingForm
from indicators.views.definitions import PERMISSION
from indicators.views.reach import measure_in_sight


def collecting_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The delay of its source, and which of its revisions packs list."""
    indicator, changed = measure_in_sight(request, slug, PERMISSION), None
    back = indicator.get_absolute_url()
    form = CollectingForm(request.POST or None, indicator=indicator, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        before = indicator.version
        try:
            actions.set_collecting(indicator, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, indicator)
        else:
            saved = "Saved: how it is collected" if indicator.version != before else "Nothing was changed"
            messages.success(request, saved)
            return redirect(back)
    lines = audit.lines(audit.history(indicator).filter(kind="collecting_changed"))
    context = {"indicator": indicator, "form": form, "changed": changed, "lines": lines}
    return render(request, "indicators/collecting_edit.html", context)
