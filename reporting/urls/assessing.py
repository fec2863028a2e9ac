"""The annual strategic assessment."""

from django.urls import URLPattern, path

from reporting.views import assessing, assessing_parts

YEAR = "assessments/<year:year>/"

urlpatterns: list[URLPattern] = [
    path("assessments/", assessing.assessment_list, name="assessment-list"),
    path("assessments/start/", assessing.assessment_start, name="assessment-start"),
    path(YEAR, assessing.assessment_detail, name="assessment-detail"),
    path(f"{YEAR}build/", assessing.assessment_build, name="assessment-build"),
    path(f"{YEAR}summary/", assessing.assessment_summary, name="assessment-summary"),
    path(f"{YEAR}indicators/<slug:slug>/", assessing.assessment_why, name="assessment-why"),
    path(f"{YEAR}priorities/<slug:letter>/", assessing.assessment_future, name="assessment-future"),
    path(f"{YEAR}sections/add/", assessing_parts.section_add, name="assessment-section-add"),
    path(f"{YEAR}sections/<int:pk>/", assessing_parts.section_edit, name="assessment-section-edit"),
    path(f"{YEAR}sections/<int:pk>/move/", assessing_parts.section_move, name="assessment-section-move"),
    path(f"{YEAR}sections/<int:pk>/remove/", assessing_parts.section_remove, name="assessment-section-remove"),
    path(f"{YEAR}new-priorities/add/", assessing_parts.proposal_add, name="assessment-proposal-add"),
    path(f"{YEAR}new-priorities/<int:pk>/", assessing_parts.proposal_edit, name="assessment-proposal-edit"),
    path(f"{YEAR}new-priorities/<int:pk>/remove/", assessing_parts.proposal_remove, name="assessment-proposal-remove"),
]
