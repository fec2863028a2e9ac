"""The addresses of what was counted, for the partnership team and the CSP Executive."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
