"""Paper forms as PDF: for everyone, and with codes for the partnership team."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from consultation import paper, paper_series
from consultation.asked import ENGLISH
from consultation.models import Code, Consultation
from consultation.views.papers import allowed
from lib import file_names, throttle


@require_safe
@login_not_required
@throttle.by_address("drawn for the public", 20)  # each is drawn anew
def paper_form(request: HttpRequest, slug: str) -> HttpResponse:
    """In a language that it is not in, it is in English. Drafts are nobody's: their words may change."""
    held = Consultation.objects.public().filter(holds_responses=True)
    consultation: Consultation = get_object_or_404(held, slug=slug)
    language, is_large = request.GET.get("language", ENGLISH), request.GET.get("large") == "1"
    name = f"{slug}{'' if language == ENGLISH else '-' + _plain(language)}{'-large' if is_large else ''}.pdf"
    return _pdf(paper.form(consultation, language=language, is_large=is_large), name)


@require_safe
def code_forms(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One form for each code of a series."""
    consultation = allowed(request, slug)
    if consultation.is_draft:
        raise Http404("The words of a draft may change.")
    one: Code = get_object_or_404(Code.objects.filter(consultation=consultation), pk=pk)
    values = Code.objects.filter(consultation=consultation, series=one.series).values_list("value", flat=True)
    return _pdf(paper_series.forms(consultation, list(values)), f"{slug}-forms-{pk}.pdf")


def _plain(language: str) -> str:
    """Of an address that anybody may write: letters only, for the name of a file."""
    return "".join(letter for letter in language[:12] if letter.isascii() and letter.isalnum())


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": file_names.disposition(name, inline=True)}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
