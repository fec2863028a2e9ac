"""The addresses of what was counted, for the partnership team and the CSP Executive."""

from django.urls import path

from consultation.views import results

RESULTS = "consultations/<slug:slug>/results"

urlpatterns = [
    path(f"{RESULTS}/", results.result_detail, name="result-detail"),
    path(f"{RESULTS}/analyse/", results.result_analyse, name="result-analyse"),
    path(f"{RESULTS}/publish/", results.result_publish, name="result-publish"),
    path(f"{RESULTS}/complete.csv", results.result_download, name="result-download"),
]
