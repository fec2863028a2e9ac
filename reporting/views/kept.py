"""What is kept how long, and on what ground."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.protecting import table


@require_safe
def kept_list(request: HttpRequest) -> HttpResponse:
    """The retention table, for the partnership team and administrators; it holds nobody's data."""
    user = request.user
    if not user.has_perm("reporting.view_kept"):
        raise PermissionDenied
    rows = table.rows()
    context = {
        "about_people": [row for row in rows if row.is_personal],
        "others": [row for row in rows if not row.is_personal],
        "may_answer": user.has_perm("reporting.answer_format_requests"),
        "may_see_downloads": user.has_perm("reporting.view_downloads"),
        "may_search": user.has_perm("reporting.search_held"),
    }
    return render(request, "reporting/kept_list.html", context)
