"""The addresses of files of a survey run elsewhere."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
