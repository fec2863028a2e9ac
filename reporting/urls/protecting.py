"""Data protection: other formats, who took copies, what is kept how long, and what is held about somebody."""

from django.urls import path

from reporting.views import downloads, formats, held, kept

urlpatterns = [
    path("other-formats/", formats.format_request_add, name="format-request-add"),
    path("other-formats/<str:reference>/", formats.format_request_thanks, name="format-request-thanks"),
    path("format-requests/", formats.format_request_list, name="format-request-list"),
    path("format-requests/<int:pk>/", formats.format_request_detail, name="format-request-detail"),
    path("downloads/", downloads.download_list, name="download-list"),
    path("retention/", kept.kept_list, name="kept-list"),
    path("retention/find/", held.held_search, name="held-search"),
    path("people/<int:pk>/held/", held.held_export, name="held-export"),
]
