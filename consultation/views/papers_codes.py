"""One-time codes for paper forms: series of them, made, listed and downloaded."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import lost_edits
from consultation import codes, piles
from consultation.actions import papers_codes as actions
from consultation.forms.papers import SeriesForm
from consultation.models import Code
from consultation.views.papers import allowed
from lib import file_names
from lib.sheets.exports import csv_of


@require_safe
def code_list(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = allowed(request, slug)
    series = piles.series(consultation)
    context = {
        "consultation": consultation,
        "series": series,
        "made": sum(one.made for one in series),
        "used": sum(one.used for one in series),
        "may_make": consultation.state in actions.MAY_MAKE and consultation.holds_responses,
    }
    return render(request, "consultation/code_list.html", context)


def code_add(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = allowed(request, slug)
    back = reverse("consultation:code-list", args=[slug])
    form = SeriesForm(request.POST or None, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make(consultation, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            messages.success(request, f"Made: {len(made):,} code{'' if len(made) == 1 else 's'}")
            return redirect(back)
    return render(request, "consultation/code_add.html", {"consultation": consultation, "form": form})


@require_safe
def code_download(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The codes of a series for a mail merge, as they are printed. Which are used is not in it: nobody should be able to watch one."""
    consultation = allowed(request, slug)
    one: Code = get_object_or_404(Code.objects.filter(consultation=consultation), pk=pk)
    values = Code.objects.filter(consultation=consultation, series=one.series).values_list("value", flat=True)
    content = csv_of([["Code"], *([codes.printed(value)] for value in values)])
    headers = {"Content-Disposition": file_names.disposition(f"{slug}-codes-{pk}.csv")}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
