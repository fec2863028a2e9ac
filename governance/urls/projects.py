"""The addresses of projects: what they may cost, what they report to their funder."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
