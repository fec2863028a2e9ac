"""Issued public figures as open data and as a feed."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
