"""The address of what is kept of single people's answers, and until when."""

from django.urls import URLPattern, path

from consultation.views import retention

urlpatterns: list[URLPattern] = [
    path("consultations/<slug:slug>/retention/", retention.consultation_retention, name="consultation-retention"),
]
