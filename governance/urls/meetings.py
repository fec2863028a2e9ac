from django.urls import URLPattern, path

from governance.views import (
    meetings,
    meetings_arising,
    meetings_decisions,
    meetings_minutes,
    meetings_papers,
)

urlpatterns: list[URLPattern] = [
    path("meetings/", meetings.meeting_list, name="meeting-list"),
    path("meetings/add/", meetings.meeting_add, name="meeting-add"),
    path("meetings/calendar/<str:token>.ics", meetings.meeting_feed, name="meeting-feed"),
    path("meetings/<int:pk>/", meetings.meeting_detail, name="meeting-detail"),
    path("meetings/<int:pk>/edit/", meetings.meeting_edit, name="meeting-edit"),
    path("meetings/<int:pk>/call-off/", meetings.meeting_call_off, name="meeting-call-off"),
    path("meetings/<int:pk>/agenda/", meetings.meeting_agenda, name="meeting-agenda"),
    path("meetings/<int:pk>/agenda/edit/", meetings_minutes.agenda_edit, name="agenda-edit"),
    path("meetings/<int:pk>/items/<int:item>/papers/add/", meetings_papers.paper_add, name="paper-add"),
    path("meetings/<int:pk>/papers/<int:paper>/", meetings_papers.paper_download, name="paper-download"),
    path("meetings/<int:pk>/papers/<int:paper>/replace/", meetings_papers.paper_replace, name="paper-replace"),
    path("meetings/<int:pk>/attendance/", meetings_minutes.attendance_edit, name="attendance-edit"),
    path("meetings/<int:pk>/minutes/", meetings_minutes.minutes_edit, name="minutes-edit"),
    path("decisions/", meetings_decisions.decision_list, name="decision-list"),
    path("decisions/add/", meetings_decisions.decision_add, name="decision-add"),
    path("decisions/<int:pk>/", meetings_decisions.decision_detail, name="decision-detail"),
    path("decisions/<int:pk>/done/", meetings_decisions.decision_done, name="decision-done"),
    path("decisions/<int:pk>/replace/", meetings_decisions.decision_replace, name="decision-replace"),
    path("decisions/<int:pk>/correct/", meetings_decisions.decision_correct, name="decision-correct"),
    path("decisions/<int:pk>/about/", meetings_decisions.decision_link, name="decision-link"),
    path("arising/", meetings_arising.undertaking_list, name="undertaking-list"),
    path("arising/<int:pk>/end/", meetings_arising.undertaking_end, name="undertaking-end"),
]
