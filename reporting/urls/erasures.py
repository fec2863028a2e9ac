"""Removals of personal data."""

from django.urls import path

from reporting.views import erasures

urlpatterns = [
    path("erasures/", erasures.erasure_list, name="erasure-list"),
    path("erasures/ask/", erasures.erasure_ask, name="erasure-ask"),
    path("erasures/<int:pk>/", erasures.erasure_detail, name="erasure-detail"),
    path("erasures/<int:pk>/decide/", erasures.erasure_decide, name="erasure-decide"),
]
