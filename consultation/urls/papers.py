"""The addresses of paper forms: printing them, their codes, keying them in batches."""

from django.urls import path

from consultation.views import papers, papers_codes, papers_printed

PILES = "consultations/<slug:slug>/papers"
CODES = "consultations/<slug:slug>/codes"

urlpatterns = [
    path("have-your-say/<slug:slug>/paper.pdf", papers_printed.paper_form, name="paper-form"),
    path(f"{PILES}/", papers.pile_list, name="pile-list"),
    path(f"{PILES}/add/", papers.pile_add, name="pile-add"),
    path(f"{PILES}/handed-in/", papers.hand_in_edit, name="hand-in-edit"),
    path(f"{PILES}/<int:pk>/", papers.pile_detail, name="pile-detail"),
    path(f"{PILES}/<int:pk>/finish/", papers.pile_finish, name="pile-finish"),
    path(f"{PILES}/<int:pk>/undo/", papers.pile_undo, name="pile-undo"),
    path(f"{PILES}/<int:pk>/<int:paper>/take-out/", papers.paper_take_out, name="paper-take-out"),
    path(f"{CODES}/", papers_codes.code_list, name="code-list"),
    path(f"{CODES}/add/", papers_codes.code_add, name="code-add"),
    path(f"{CODES}/<int:pk>/codes.csv", papers_codes.code_download, name="code-download"),
    path(f"{CODES}/<int:pk>/forms.pdf", papers_printed.code_forms, name="code-forms"),
]
