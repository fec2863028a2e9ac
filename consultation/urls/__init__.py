"""The addresses of consultations, by subject."""

from consultation.urls import asking, imports, papers, results, retention, running, totals, words

app_name = "consultation"

urlpatterns = [
    *asking.urlpatterns,
    *words.urlpatterns,  # before those of one consultation by its slug, which would take "disclosures" for one
    *running.urlpatterns,
    *papers.urlpatterns,
    *imports.urlpatterns,
    *totals.urlpatterns,
    *results.urlpatterns,
    *retention.urlpatterns,
]
