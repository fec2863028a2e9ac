"""What happens at a meeting: its agenda, who is there, the minutes with decisions and actions arising."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts import lost_edits
from accounts.models import Organisation
from governance import attendance, decisions, meeting_page, naming
from governance.actions import meetings as meeting_actions
from governance.actions import minutes as actions
from governance.forms.meetings import AgendaForm
from governance.forms.meetings_minutes import AttendanceForm, MinutesForm
from governance.models import Decision, Meeting, Undertaking
from governance.views.meetings import RUN
from governance.views.meetings_reach import in_sight, no_longer_planned, not_there_yet


def agenda_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Every item in one table, with empty rows at its end."""
    meeting, changed = in_sight(request, pk, RUN), None
    if answer := no_longer_planned(request, meeting):
        return answer
    form = AgendaForm(request.POST or None, meeting=meeting, items=list(meeting.items.order_by("order", "pk")))
    if request.method == "POST" and form.is_valid():
        try:
            asked = form.cleaned_data
            meeting_actions.set_agenda(meeting, rows=form.told_rows(asked), version=asked["version"], by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, meeting)
        else:
            messages.success(request, "Saved the agenda")
            return redirect(
                "governance:agenda-edit" if "more" in request.POST else "governance:meeting-detail", meeting.pk
            )
    return render(request, "governance/agenda_edit.html", {"meeting": meeting, "form": form, "changed": changed})


def attendance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """All members in one table, who came instead, and guests. Leads on to the minutes."""
    meeting, changed, today = in_sight(request, pk, RUN), None, timezone.localdate()
    if answer := not_there_yet(request, meeting, today):
        return answer
    rows = attendance.rows_of(meeting)
    form = AttendanceForm(
        request.POST or None,
        meeting=meeting,
        members=attendance.members_on(meeting),
        rows=rows,
        organisations=Organisation.objects.visible_to(request.user).with_names(),
        everybody="everybody" in request.GET and not rows,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_attendance(meeting, **form.told(), on=today, by=request.user)
        except ValidationError as error:
            changed = lost_edits.refused(form, error, meeting)
        else:
            said = attendance.represented(attendance.rows_of(meeting)).words
            messages.success(request, f"Saved who was there. {said}")
            return redirect("governance:minutes-edit", meeting.pk)
    context = {
        "meeting": meeting,
        "form": form,
        "changed": changed,
        "represented": attendance.represented(rows) if rows else None,
        "may_offer_everybody": not rows and "everybody" not in request.GET,
    }
    return render(request, "governance/attendance_edit.html", context)


def minutes_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One page for the whole meeting: each press saves all of it, and comes back to where it was made."""
    meeting, changed, today = in_sight(request, pk, RUN), None, timezone.localdate()
    if answer := not_there_yet(request, meeting, today):
        return answer
    items = meeting_page.items(meeting)
    people = naming.offered(meeting.body, today)
    form = MinutesForm(request.POST or None, meeting=meeting, items=[one.item for one in items], people=people)
    if request.method == "POST" and form.is_valid():
        before = set(Decision.objects.visible_to(request.user).filter(meeting=meeting).values_list("pk", flat=True))
        try:
            actions.write_up(
                meeting, minutes=form.told(), version=form.cleaned_data["version"], on=today, by=request.user
            )
        except ValidationError as error:
            changed = lost_edits.refused(form, error, meeting)
        else:
            return _saved(request, meeting, before)
    return render(request, "governance/minutes_edit.html", _context(request, meeting, form, items, people, changed))


def _saved(request: HttpRequest, meeting: Meeting, before: set[int]) -> HttpResponse:
    made = Decision.objects.visible_to(request.user).filter(meeting=meeting).exclude(pk__in=before)
    new = list(made.select_related("body", "owner").order_by("number"))
    numbers = f". Recorded: {', '.join(one.reference for one in new)}" if new else ""
    messages.success(request, f"Saved the minutes{numbers}")
    for warning in decisions.took_no_part(new):
        messages.warning(request, warning)
    if "finish" in request.POST:
        return redirect(meeting)
    at = request.POST.get("at", "")
    anchor = f"#at-{at}" if at.isdigit() else ""
    return redirect(reverse("governance:minutes-edit", args=[meeting.pk]) + anchor)


def _context(
    request: HttpRequest, meeting: Meeting, form: MinutesForm, items: list[Any], people: list[Any], changed: Any
) -> dict[str, Any]:
    decided = Decision.objects.visible_to(request.user).filter(meeting=meeting).select_related("body", "owner")
    arisen = Undertaking.objects.visible_to(request.user).filter(meeting=meeting).select_related("owner")
    rows = attendance.rows_of(meeting)
    return {
        "meeting": meeting,
        "form": form,
        "changed": changed,
        "spots": [(one, spot) for one, spot in zip(items, form.spots(), strict=True)],
        "beyond": form.beyond(),
        "decisions": list(decided.order_by("number")),
        "arising": list(arisen.order_by("pk")),
        "interests": list(meeting.interests.select_related("item")),
        "people": [person.label for person in people],
        "names": sorted(
            {row.name for row in rows} | {place.name for place in attendance.members_on(meeting) if place.name}
        ),
        "represented": attendance.represented(rows) if rows else None,
    }
