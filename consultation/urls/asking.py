"""The addresses of the public form: who answers, on the web or on a library's screen."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
