"""The addresses of projects: what they may cost, what they report to their funder."""

from django.urls import URLPattern, path

from governance.views import projects, projects_reporting, projects_return

urlpatterns: list[URLPattern] = [
    path("funding/projects/add/", projects.project_add, name="project-add"),
    path("funding/projects/<slug:slug>/", projects.project_detail, name="project-detail"),
    path("funding/projects/<slug:slug>/edit/", projects.project_edit, name="project-edit"),
    path("funding/projects/<slug:slug>/close/", projects.project_close, name="project-close"),
    path("funding/projects/<slug:slug>/reopen/", projects.project_reopen, name="project-reopen"),
    path("funding/projects/<slug:slug>/spend/", projects.project_spend, name="project-spend"),
    path("funding/projects/<slug:slug>/forecast/", projects_reporting.project_forecast, name="project-forecast"),
    path("funding/projects/<slug:slug>/outputs/", projects_reporting.project_outputs, name="project-outputs"),
    path("funding/projects/<slug:slug>/outputs/add/", projects_reporting.output_add, name="output-add"),
    path("funding/projects/<slug:slug>/outputs/<int:pk>/edit/", projects_reporting.output_edit, name="output-edit"),
    path("funding/projects/<slug:slug>/outputs/<int:pk>/end/", projects_reporting.output_end, name="output-end"),
    path("funding/projects/<slug:slug>/reports/", projects_reporting.project_reports, name="project-reports"),
    path("funding/projects/<slug:slug>/reports/<int:pk>/sent/", projects_reporting.report_sent, name="report-sent"),
    path("funding/projects/<slug:slug>/reports/<int:pk>/drop/", projects_reporting.report_drop, name="report-drop"),
    path(
        "funding/projects/<slug:slug>/return/<quarter:quarter>/", projects_return.project_return, name="project-return"
    ),
    path(
        "funding/projects/<slug:slug>/return/<quarter:quarter>/return.xlsx",
        projects_return.project_return_download,
        name="project-return-download",
    ),
]
