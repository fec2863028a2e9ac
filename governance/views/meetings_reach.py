"""What the pages of meetings begin with: a meeting in one's sight, and whether one may run it."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from governance.models import Decision, Meeting
from lib import written


def may_read(request: HttpRequest) -> None:
    if not request.user.has_perm("governance.view_meetings"):
        raise PermissionDenied


def in_sight(request: HttpRequest, pk: int, permission: str = "") -> Meeting:
    """404 out of sight, 403 without the permission for it."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("body"), pk=pk)
    may_read(request)
    if permission and not request.user.has_perm(permission, meeting):
        raise PermissionDenied
    return meeting


def no_longer_planned(request: HttpRequest, meeting: Meeting) -> HttpResponse | None:
    """Back to the meeting, with a word why, where it was held or called off; None while it can be changed."""
    if meeting.state == Meeting.State.PLANNED:
        return None
    what = "called off" if meeting.is_cancelled else "held"
    messages.error(request, f"The meeting was {what}, so this stays as it is.")
    return redirect(meeting)


def not_there_yet(request: HttpRequest, meeting: Meeting, on: dt.date) -> HttpResponse | None:
    """Back to the meeting, with a word why, while there is nothing to record; None on its day and later."""
    if meeting.is_cancelled:
        messages.error(request, "The meeting was called off.")
    elif meeting.day > on:
        messages.error(request, f"What happened there is recorded on {written.day(meeting.day)} or later.")
    else:
        return None
    return redirect(meeting)


def decision_in_sight(request: HttpRequest, pk: int, permission: str = "") -> Decision:
    seen = Decision.objects.visible_to(request.user)
    decision = get_object_or_404(seen.select_related("body", "owner", "meeting__body", "item", "replaces__body"), pk=pk)
    if permission and not request.user.has_perm(permission, decision):
        raise PermissionDenied
    return decision
