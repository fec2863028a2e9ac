"""The addresses of the page of money and of its spreadsheet."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
