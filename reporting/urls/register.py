"""The public register of issued reports, at addresses that stay."""

from django.urls import path

from reporting.views import register

urlpatterns = [
    path("reports/", register.report_list, name="report-list"),
    path("reports/feed.xml", register.report_feed, name="report-feed"),
    path("reports/<about:about>/", register.report_about, name="report-about"),
    path("reports/<about:about>/<number:number>/", register.report_issue, name="report-issue"),
    path("reports/<about:about>/<number:number>/pack.pdf", register.report_pdf, name="report-pdf"),
]
