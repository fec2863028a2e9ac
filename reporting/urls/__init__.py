"""The addresses of reporting, by subject; what the public and programs read comes first, where it is found soonest."""

from reporting.urls import (
    assessing,
    committee,
    editing,
    erasures,
    feeding,
    issuing,
    packs,
    pages,
    protecting,
    register,
)

app_name = "reporting"

urlpatterns = [
    *register.urlpatterns,
    *feeding.urlpatterns,
    *pages.urlpatterns,
    *packs.urlpatterns,
    *issuing.urlpatterns,
    *editing.urlpatterns,
    *committee.urlpatterns,
    *assessing.urlpatterns,
    *erasures.urlpatterns,
    *protecting.urlpatterns,
]
