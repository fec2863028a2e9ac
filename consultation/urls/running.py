"""The addresses of setting a consultation up, and its life from draft to published."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
