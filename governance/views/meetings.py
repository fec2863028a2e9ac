"""The calendar of meetings, one meeting, and when and where it is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import lost_edits
from governance import attendance, calendar_feed, following, meeting_page, meetings, public_meetings, sheet_link
from governance.actions import meetings as actions
from governance.forms.meetings import CallOffForm, MeetingForm
from governance.models import Body, Decision, Meeting, Undertaking
from governance.views.meetings_reach import in_sight, may_read, no_longer_planned
from lib import file_names, throttle
from priorities.models import Plan

PER_PAGE = 25
MOST_WRONG_A_MINUTE = 30
RUN = "governance.run_meetings"


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Next ones by month, with what is missing; past ones below; whether each year has its public meeting."""
    may_read(request)
    user, today = request.user, timezone.localdate()
    seen = meetings.loaded(Meeting.objects.visible_to(user))
    bodies = list(Body.objects.visible_to(user).filter(meetings__in=Meeting.objects.visible_to(user)).distinct())
    body = next((one for one in bodies if one.slug == request.GET.get("body")), None)
    of_body = seen.filter(body=body) if body else seen
    coming = meetings.listed(of_body.from_day(today).order_by("starts_at", "pk"), today)
    past = Paginator(of_body.before_day(today).order_by("-starts_at", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    plan = Plan.objects.visible_to(user).current(today)
    public = seen.filter(kind=Meeting.Kind.PUBLIC).order_by("starts_at")
    context = {
        "coming": meetings.by_month(coming),
        "lede": meetings.lede(coming, today, sees_all=user.has_perm(RUN)),
        "past": past,
        "past_rows": meetings.listed(past, today),
        "bodies": bodies,
        "body": body,
        "years": public_meetings.by_year(plan, public, today) if plan else [],
        "may_add": meetings.runs_any(user),
        "feed": calendar_feed.address(user),
    }
    return render(request, "governance/meeting_list.html", context)


@require_safe
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, user, today = in_sight(request, pk), request.user, timezone.localdate()
    items = meeting_page.items(meeting)
    may_run, is_over = user.has_perm(RUN, meeting), meeting.day <= today
    rows = attendance.rows_of(meeting)
    context = {
        "meeting": meeting,
        "lede": meeting_page.lede(meeting, today),
        "facts": meeting_page.facts(meeting),
        "deadline": meetings.counted(meeting) if not meeting.is_held and not meeting.is_cancelled else "",
        "items": items,
        "attendance": meeting_page.attendance_groups(rows, meeting.day),
        "represented": attendance.represented(rows) if rows else None,
        "interests": meeting.interests.select_related("item"),
        "decisions": Decision.objects.visible_to(user)
        .filter(meeting=meeting)
        .select_related("body", "owner")
        .order_by("number"),
        "arising": Undertaking.objects.visible_to(user).filter(meeting=meeting).select_related("owner"),
        "sheet": sheet_link.of(meeting.body, user, meeting.day),
        "may_change": may_run and not meeting.is_held and not meeting.is_cancelled,
        "may_minute": may_run and is_over and not meeting.is_cancelled,
    }
    return render(request, "governance/meeting_detail.html", context)


@require_safe
def meeting_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda to be printed."""
    meeting = in_sight(request, pk)
    context = {"meeting": meeting, "items": meeting_page.items(meeting), "facts": meeting_page.facts(meeting)}
    return render(request, "governance/meeting_agenda.html", context)


def meeting_add(request: HttpRequest) -> HttpResponse:
    bodies = meetings.run_by(request.user, timezone.localdate())
    if not bodies:
        raise PermissionDenied
    form = MeetingForm(
        request.POST or None,
        bodies=bodies,
        quarters=following.quarters(),
        cancel_url=reverse("governance:meeting-list"),
    )
    if request.method == "POST" and form.is_valid():
        before = following.held(form.cleaned_data.get("quarter"))
        try:
            meeting = actions.add(form.cleaned_data["body"], **form.told(), by=request.user)
        except ValidationError as error:
            lost_edits.add(form, error)
        else:
            return _saved(request, meeting, f"Added: {meeting}", before)
    return render(request, "governance/meeting_add.html", {"form": form})


def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, changed = in_sight(request, pk, RUN), None
    if answer := no_longer_planned(request, meeting):
        return answer
    form = MeetingForm(
        request.POST or None,
        bodies=Body.objects.visible_to(request.user).none(),
        quarters=following.quarters(meeting),
        meeting=meeting,
        cancel_url=meeting.get_absolute_url(),
    )
    if request.method == "POST" and form.is_valid():
        before = following.held(meeting.quarter, form.cleaned_data.get("quarter"))
        try:
            actions.change(meeting, **form.told(), version=form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, meeting)
        else:
            return _saved(request, meeting, "Saved the meeting", before)
    context = {"meeting": meeting, "form": form, "changed": changed, "dates": following.dates_of(meeting.quarter)}
    return render(request, "governance/meeting_edit.html", context)


def meeting_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    meeting, changed = in_sight(request, pk, RUN), None
    if answer := no_longer_planned(request, meeting):
        return answer
    form = CallOffForm(request.POST or None, meeting=meeting, cancel_url=meeting.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        before = following.held(meeting.quarter)
        try:
            actions.call_off(meeting, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, meeting)
        else:
            return _saved(request, meeting, "The meeting is called off", before)
    context = {"meeting": meeting, "form": form, "changed": changed, "dates": following.dates_of(meeting.quarter)}
    return render(request, "governance/meeting_call_off.html", context)


@never_cache
@login_not_required
@require_safe
def meeting_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For calendar programs, which can't sign in: the address says whose it is."""
    user = calendar_feed.whose(token)
    if user is None or not user.has_perm("governance.view_meetings"):
        # Only who guesses is counted: calendar services ask for many people from one address.
        if not throttle.allows(f"calendar:{throttle.address(request)}", MOST_WRONG_A_MINUTE):
            return throttle.wait(request)
        raise Http404
    today = timezone.localdate()
    seen = Meeting.objects.visible_to(user).select_related("body").from_day(calendar_feed.first_day(today))
    content = calendar_feed.written(seen, name="Community safety meetings", at=timezone.now())
    headers = {"Content-Disposition": file_names.disposition("community-safety-meetings.ics")}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _saved(request: HttpRequest, meeting: Meeting, said: str, before: dict) -> HttpResponse:
    """Back to the meeting, with what moved along with it."""
    messages.success(request, " ".join([f"{said}.", *following.told(before)]))
    return redirect(meeting)
