"""What a person may open of what people wrote: the partnership team everything, the CSP Executive the quotes of what was analysed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from consultation import comments
from consultation.models import Comment, Consultation, Quote

RUN, PASS = "consultation.run_consultation", "consultation.pass_quote"


def consultation_in_sight(request: HttpRequest, slug: str) -> Consultation:
    return get_object_or_404(Consultation.objects.visible_to(request.user), slug=slug)


def consultation_to_read(request: HttpRequest, slug: str) -> Consultation:
    """For the partnership team."""
    consultation = consultation_in_sight(request, slug)
    if not request.user.has_perm(RUN):
        raise PermissionDenied
    return consultation


def comment_to_read(request: HttpRequest, slug: str, pk: int) -> Comment:
    consultation = consultation_to_read(request, slug)
    return get_object_or_404(comments.with_all(Comment.objects.readable(consultation)), pk=pk)


def quote_in_sight(request: HttpRequest, slug: str, pk: int) -> Quote:
    consultation = consultation_in_sight(request, slug)
    quotes = Quote.objects.filter(consultation=consultation).select_related("comment", "consultation", "question")
    return get_object_or_404(quotes, pk=pk)
