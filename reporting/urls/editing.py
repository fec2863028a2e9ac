"""What goes into a pack: its sections, the covering note, and what the public edition leaves out."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
