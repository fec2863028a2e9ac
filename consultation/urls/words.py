"""The addresses of what people wrote: reading, tags, quotes, what somebody has to see to."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
