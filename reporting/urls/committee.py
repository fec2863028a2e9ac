"""What the scrutiny committee reads, and the covering report that takes a pack to it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
