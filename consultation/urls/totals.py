"""The addresses of published totals without responses."""

from django.urls import path

from consultation.views import totals

TOTALS = "consultations/<slug:slug>/totals"

urlpatterns = [
    path(f"{TOTALS}/", totals.totals_edit, name="totals-edit"),
    path(f"{TOTALS}/begin/", totals.totals_begin, name="totals-begin"),
    path(f"{TOTALS}/complete/", totals.totals_complete, name="totals-complete"),
]
