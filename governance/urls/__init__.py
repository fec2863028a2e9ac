"""The addresses of governance, by subject."""

from governance.urls import (
    applications,
    bodies,
    drafting,
    funding,
    lifecycle,
    meetings,
    projects,
    promises,
    risks,
    scrutiny,
    streams,
    updates,
    year_end,
)

app_name = "governance"

urlpatterns = [
    *bodies.urlpatterns,
    *drafting.urlpatterns,
    *updates.urlpatterns,
    *year_end.urlpatterns,
    *meetings.urlpatterns,
    *lifecycle.urlpatterns,
    *promises.urlpatterns,
    *scrutiny.urlpatterns,
    *risks.urlpatterns,
    *funding.urlpatterns,
    *streams.urlpatterns,
    *projects.urlpatterns,
    *applications.urlpatterns,
]
