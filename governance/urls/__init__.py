"""The addresses of governance, by subject."""

from governance.urls import bodies, drafting, lifecycle, meetings, promises, risks, scrutiny, updates, year_end

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
]
