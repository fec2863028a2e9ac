"""The addresses of the page of money and of its spreadsheet."""

from django.urls import URLPattern, path

from governance.views import funding

urlpatterns: list[URLPattern] = [
    path("funding/", funding.funding, name="funding"),
    path("funding/money.xlsx", funding.funding_workbook, name="funding-workbook"),
]
