"""What scrutiny asks of the partnership: the list, one request, and what is recorded of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit, lost_edits
from governance import scrutiny
from governance.actions import scrutiny as actions
from governance.forms.scrutiny import AnswerForm, CopiesForm, CorrectForm, FollowUpForm, OwnerForm, RecordForm
from governance.models import Meeting, Recommendation
from lib.written import day

VIEW, RECORD, ANSWER = (
    f"governance.{name}" for name in ("view_scrutiny", "record_recommendation", "answer_recommendation")
)


@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    board = scrutiny.board(request.user, timezone.localdate())
    context = {"board": board, "may_record": request.user.has_perm(RECORD)}
    return render(request, "governance/recommendation_list.html", context)


@require_safe
def recommendation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    one = _in_sight(request, pk, VIEW)
    meeting = Meeting.objects.visible_to(request.user).filter(pk=one.meeting_id).first() if one.meeting_id else None
    context = {
        "recommendation": one,
        "title": scrutiny.title(one),
        "lede": scrutiny.clock_words(one, timezone.localdate()),
        "facts": scrutiny.facts(one, meeting.get_absolute_url() if meeting else ""),
        "answer_facts": scrutiny.answer_facts(one) if one.answered_on else [],
        "recipients": one.recipients.all(),
        "may_record": request.user.has_perm(RECORD, one),
        "may_answer": request.user.has_perm(ANSWER, one),
        "lines": [_short(line, one) for line in audit.lines(audit.history(one))],
    }
    return render(request, "governance/recommendation_detail.html", context)


def _short(line: audit.Line, one: Recommendation) -> audit.Line:
    """Without the words that stand on the page already, which would fill the history."""
    changes = ["Text: as above" if change == f"Text: {one.text}" else change for change in line.changes]
    above = line.comment and line.comment in (one.answer, one.follow_up)
    return replace(line, changes=changes, comment="In the words above" if above else line.comment)


def recommendation_add(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(RECORD):
        raise PermissionDenied
    today = timezone.localdate()
    committees, people = list(scrutiny.committees(today)), scrutiny.answering(today)
    if not committees:
        return render(request, "governance/recommendation_nobody.html")
    form = RecordForm(
        request.POST or None,
        committees=committees,
        meetings=scrutiny.meetings(request.user, today),
        people=people,
        likely=scrutiny.likely_owner(people, today),
        organisations=scrutiny.authorities(),
        today=today,
        cancel_url=reverse("governance:recommendation-list"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record(form.committee_asked(), **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            lost_edits.add(form, refusal)
        else:
            messages.success(request, f"Recorded as {made.reference}. The answer is due on {day(made.due_on)}")
            return redirect(made)
    return render(request, "governance/recommendation_add.html", {"form": form})


def recommendation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked, put right; not once it is answered."""
    one = _in_sight(request, pk, RECORD)
    if one.answered_on is not None:
        return _refused(request, one, actions.ANSWERED)
    meetings = scrutiny.meetings(request.user, timezone.localdate())
    form = CorrectForm(request.POST or None, recommendation=one, meetings=meetings, cancel_url=one.get_absolute_url())
    return _change(request, one, form, actions.correct, "Saved: what was asked", "recommendation_edit")


def recommendation_owner(request: HttpRequest, pk: int) -> HttpResponse:
    one = _in_sight(request, pk, ANSWER)
    people = scrutiny.answering(timezone.localdate())
    form = OwnerForm(request.POST or None, recommendation=one, people=people, cancel_url=one.get_absolute_url())
    return _change(request, one, form, actions.give_to, "Saved: who sees to the answer", "recommendation_owner")


def recommendation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    one, today = _in_sight(request, pk, ANSWER), timezone.localdate()
    if one.answered_on is not None and request.method != "POST":  # a late one keeps its typing, and is told
        return _refused(request, one, "It is answered already. Record what else there is to say as a follow-up")
    form = AnswerForm(request.POST or None, recommendation=one, today=today, cancel_url=one.get_absolute_url())
    return _change(request, one, form, actions.answer, "The answer is recorded", "recommendation_answer")


def recommendation_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    one = _in_sight(request, pk, ANSWER)
    if one.answered_on is None:
        return _refused(request, one, "It is not answered yet. Record the answer first")
    form = FollowUpForm(request.POST or None, recommendation=one, cancel_url=one.get_absolute_url())
    return _change(request, one, form, actions.follow_up, "Recorded: what came of it", "recommendation_follow_up")


def recommendation_copies(request: HttpRequest, pk: int) -> HttpResponse:
    """Who else was sent it."""
    one, today = _in_sight(request, pk, RECORD), timezone.localdate()
    listed = {recipient.organisation_id for recipient in one.recipients.all()}
    organisations = [organisation for organisation in scrutiny.authorities() if organisation.pk not in listed]
    url = one.get_absolute_url()
    form = CopiesForm(request.POST or None, organisations=organisations, today=today, cancel_url=url)
    if request.method == "POST" and form.is_valid():
        try:
            names = actions.send_copies(one, **form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            lost_edits.add(form, refusal)
        else:
            messages.success(request, f"Added to the list: {', '.join(names)}")
            return redirect(url)
    context = {"recommendation": one, "title": scrutiny.title(one), "form": form}
    return render(request, "governance/recommendation_copies.html", context)


def _change(
    request: HttpRequest,
    one: Recommendation,
    form: forms.Form,
    action: Callable[..., Recommendation],
    saved: str,
    template: str,
) -> HttpResponse:
    """A form that carries the version it was opened at: whoever comes second is told what was done, and keeps their typing."""
    changed: list[Any] = []
    if request.method == "POST" and form.is_valid():
        before = one.version
        try:
            action(one, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, one)
        else:
            messages.success(request, saved if one.version != before else "Nothing was changed")
            return redirect(one)
    context = {"recommendation": one, "title": scrutiny.title(one), "form": form, "changed": changed}
    return render(request, f"governance/{template}.html", context)


def _refused(request: HttpRequest, one: Recommendation, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect(one)


def _in_sight(request: HttpRequest, pk: int, permission: str) -> Recommendation:
    """404 for what is out of sight, 403 for what is in sight and not allowed."""
    whole = ("committee", "meeting__body", "owner", "recorded_by", "answer_recorded_by")
    one = get_object_or_404(Recommendation.objects.visible_to(request.user).select_related(*whole), pk=pk)
    if not request.user.has_perm(permission, one):
        raise PermissionDenied
    return one
