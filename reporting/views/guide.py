"""The user guide. Anyone may read it: residents, and people who can't sign in, need it too."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from reporting.guide import parts


@login_not_required
def guide_list(request: HttpRequest) -> HttpResponse:
    held = request.user.roles if request.user.is_authenticated else None
    return render(request, "reporting/guide_list.html", {"groups": parts.grouped(held)})


@login_not_required
def guide_part(request: HttpRequest, part: str) -> HttpResponse:
    found = parts.part(part)
    if found is None:
        raise Http404
    return render(request, "reporting/guide_part.html", {"part": found})
