"""The addresses of files of a survey run elsewhere."""

from django.urls import path

from consultation.views import imports

FILES = "consultations/<slug:slug>/files"

urlpatterns = [
    path(f"{FILES}/", imports.import_list, name="import-list"),
    path(f"{FILES}/add/", imports.import_add, name="import-add"),
    path(f"{FILES}/<int:pk>/", imports.import_detail, name="import-detail"),
    path(f"{FILES}/<int:pk>/columns/", imports.import_columns, name="import-columns"),
    path(f"{FILES}/<int:pk>/answers/", imports.import_answers, name="import-answers"),
    path(f"{FILES}/<int:pk>/undo/", imports.import_undo, name="import-undo"),
    path(f"{FILES}/<int:pk>/discard/", imports.import_discard, name="import-discard"),
]
