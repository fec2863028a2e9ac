"""The addresses of applications for money."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
