"""The addresses of published totals without responses."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
