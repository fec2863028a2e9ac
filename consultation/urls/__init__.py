"""The addresses of consultations, by subject."""

from consultation.urls import asking, imports, papers, results, running, totals, words

app_name = "consultation"

urlpatterns = [
    *asking.urlpatterns,
    *running.urlpatterns,
    *papers.urlpatterns,
    *imports.urlpatterns,
    *totals.urlpatterns,
    *words.urlpatterns,
    *results.urlpatterns,
]
