"""The addresses of setting a consultation up, and its life from draft to published."""

from django.urls import URLPattern, path

from consultation.views import running, running_languages, running_life, running_questions

ONE = "consultations/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path("consultations/", running.consultation_list, name="consultation-list"),
    path("consultations/add/", running.consultation_add, name="consultation-add"),
    path(ONE, running.consultation_detail, name="consultation-detail"),
    path(f"{ONE}edit/", running.consultation_edit, name="consultation-edit"),
    path(f"{ONE}preview/", running.consultation_preview, name="consultation-preview"),
    path(f"{ONE}open/", running_life.consultation_open, name="consultation-open"),
    path(f"{ONE}extend/", running_life.consultation_extend, name="consultation-extend"),
    path(f"{ONE}close/", running_life.consultation_close, name="consultation-close"),
    path(f"{ONE}reopen/", running_life.consultation_reopen, name="consultation-reopen"),
    path(f"{ONE}questions/", running_questions.question_list, name="question-list"),
    path(f"{ONE}questions/add/", running_questions.question_add, name="question-add"),
    path(f"{ONE}questions/<int:pk>/edit/", running_questions.question_edit, name="question-edit"),
    path(f"{ONE}questions/<int:pk>/remove/", running_questions.question_remove, name="question-remove"),
    path(f"{ONE}concerns/", running_questions.consultation_concerns, name="consultation-concerns"),
    path(f"{ONE}channels/", running_languages.consultation_channels, name="consultation-channels"),
    path(f"{ONE}languages/", running_languages.language_list, name="language-list"),
    path(f"{ONE}languages/add/", running_languages.language_add, name="language-add"),
    path(f"{ONE}languages/<slug:code>/", running_languages.language_edit, name="language-edit"),
    path(f"{ONE}languages/<slug:code>/change/", running_languages.language_change, name="language-change"),
    path(f"{ONE}languages/<slug:code>/remove/", running_languages.language_remove, name="language-remove"),
]
