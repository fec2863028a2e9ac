"""Approving, issuing, withdrawing packs, and what comes after issue."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
