"""Packs, from being asked for to being downloaded."""

from django.urls import path

from reporting.views import packs

urlpatterns = [
    path("packs/", packs.pack_list, name="pack-list"),
    path("packs/request/", packs.pack_request, name="pack-request"),
    path("packs/<int:pk>/", packs.pack_detail, name="pack-detail"),
    path("packs/<int:pk>/progress/", packs.pack_progress, name="pack-progress"),
    path("packs/<int:pk>/download/", packs.pack_download, name="pack-download"),
]
