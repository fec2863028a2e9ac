"""What the scrutiny committee reads, and the covering report that takes a pack to it."""

from django.urls import path

from reporting.views import committee, cover_reports

urlpatterns = [
    path("committee/", committee.committee, name="committee"),
    path("committee/<about:about>/<number:number>/", committee.committee_issue, name="committee-issue"),
    path("committee/<about:about>/<number:number>/pack.pdf", committee.committee_pdf, name="committee-pdf"),
    path("packs/<int:pk>/cover-report/", cover_reports.cover_report_edit, name="cover-report-edit"),
    path("packs/<int:pk>/cover-report/report.pdf", cover_reports.cover_report_pdf, name="cover-report-pdf"),
    path("packs/<int:pk>/cover-report/report.docx", cover_reports.cover_report_word, name="cover-report-word"),
]
