"""Notes on the chart of an indicator."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import lost_edits
from indicators import actions
from indicators.forms import NoteForm
from indicators.views.definitions import PERMISSION, take_back
from indicators.views.reach import measure_in_sight
from lib import written


def note_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a note; those that stand can be taken back."""
    indicator, today = measure_in_sight(request, slug, PERMISSION), timezone.localdate()
    back = indicator.get_absolute_url()
    form = NoteForm(request.POST or None, indicator=indicator, today=today, cancel_url=back)
    changed = None
    if request.method == "POST" and form.is_valid():
        try:
            note = actions.add_note(indicator, **form.cleaned_data, today=today, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, indicator)
        else:
            messages.success(request, f"Added: {note.words}, {written.day_year(note.on)}")
            return redirect("indicators:note-add", slug=indicator.slug)
    notes = indicator.dated_notes.select_related("withdrawn_by").order_by("-on", "-pk")
    context = {
        "indicator": indicator,
        "notes": notes.standing(),
        "withdrawn": notes.withdrawn(),
        "form": form,
        "changed": changed,
    }
    return render(request, "indicators/note_add.html", context)


@require_POST
def note_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    indicator = measure_in_sight(request, slug, PERMISSION)
    note = get_object_or_404(indicator.dated_notes.select_related("indicator"), pk=pk)
    take_back(
        request,
        lambda version: actions.withdraw_note(note, version=version, by=request.user),
        f"Taken back: {note.words}",
    )
    return redirect("indicators:note-add", slug=indicator.slug)
