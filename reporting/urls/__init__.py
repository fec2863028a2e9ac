"""The addresses of reporting, by subject."""

from reporting.urls import assessing, committee, editing, feeding, issuing, packs, pages, register

app_name = "reporting"

urlpatterns = [
    *pages.urlpatterns,
    *packs.urlpatterns,
    *issuing.urlpatterns,
    *editing.urlpatterns,
    *register.urlpatterns,
    *committee.urlpatterns,
    *assessing.urlpatterns,
    *feeding.urlpatterns,
]
