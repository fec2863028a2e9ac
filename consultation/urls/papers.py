"""The addresses of paper forms: printing them, their codes, keying them in batches."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
