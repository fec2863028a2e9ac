"""The annual strategic assessment."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
