"""The addresses of streams, their years, budget changes and funded posts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
