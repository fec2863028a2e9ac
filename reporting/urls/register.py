"""The public register of issued reports, at addresses that stay."""

from django.urls import path

from reporting.views import plan

urlpatterns = [
    path("reports/", plan.report_list, name="report-list"),
]
