"""The consultation that a page is about: 404 when out of sight, 403 without the permission."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from consultation.models import Consultation, Language, Question

VIEW, RUN = "consultation.view_consultation", "consultation.run_consultation"


def in_sight(request: HttpRequest, slug: str, permission: str = RUN) -> Consultation:
    seen = Consultation.objects.visible_to(request.user).select_related("plan", "earlier", "triage_owner", "opened_by")
    consultation = get_object_or_404(seen, slug=slug)
    if not request.user.has_perm(permission):
        raise PermissionDenied
    return consultation


def question_of(request: HttpRequest, slug: str, pk: int) -> Question:
    return get_object_or_404(
        Question.objects.select_related("consultation"), consultation=in_sight(request, slug), pk=pk
    )


def language_of(request: HttpRequest, slug: str, code: str) -> Language:
    found = Language.objects.select_related("consultation")
    return get_object_or_404(found, consultation=in_sight(request, slug), code=code)
