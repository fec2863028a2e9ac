"""Each assertion passes on the sample pack and fails on the same pack broken in one place."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from lib.typesetting import gate


def broken(pdf: bytes, change, **options) -> bytes:
    """The PDF with one thing wrong."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        out = io.BytesIO()
        document.save(out, **options)
        return out.getvalue()


def first(document, kind):
    return next(element.dictionary for element in gate.elements(document) if element.kind == kind)


def first_link(document):
    return next(note for page in document.pages for note in page.obj.get("/Annots", []) if note.Subtype == Name.Link)


def without(name):
    def change(document):
        del document.Root[name]

    return change


def empty_tree(document):
    document.Root.StructTreeRoot.K = Array([])


def page_without_content(document):
    del document.pages[1].obj.StructParents


def other_language(document):
    document.Root.Lang = String("en-US")


def no_title(document):
    del document.docinfo["/Title"]


def no_title_in_metadata(document):
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["dc:title"]


def file_name_shown(document):
    document.Root.ViewerPreferences.DisplayDocTitle = False


def no_claim(document):
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["pdfuaid:part"]


def no_first_heading(document):
    for element in list(gate.elements(document)):
        if element.kind == "/H1":
            element.dictionary.S = Name.P


def level_left_out(document):
    first(document, "/H2").S = Name.H4


def figure_without_words(document):
    del first(document, "/Figure").Alt


def figure_with_blank_words(document):
    first(document, "/Figure").Alt = String("  ")


def header_without_scope(document):
    del first(document, "/TH").A.Scope


def cell_outside_a_row(document):
    first(document, "/TR").S = Name.Div


def row_outside_a_table(document):
    first(document, "/TBody").S = Name.Div


def ids_nowhere(document):
    del document.Root.StructTreeRoot.IDTree


def tab_at_random(document):
    for page in document.pages:
        if "/Tabs" in page.obj:
            del page.obj.Tabs


def link_without_words(document):
    del first_link(document).Contents


def link_not_printed(document):
    first_link(document).F = 0


def link_out_of_the_tree(document):
    del first_link(document).StructParent


def font_elsewhere(document):
    font = next(iter(gate._fonts(document)))
    descriptor = font.DescendantFonts[0].FontDescriptor
    for kind in ("/FontFile", "/FontFile2", "/FontFile3"):
        if kind in descriptor:
            del descriptor[kind]


def letters_unknown(document):
    del next(iter(gate._fonts(document))).ToUnicode


BROKEN = [
    (gate.marked, without("/MarkInfo"), "does not say that it is tagged"),
    (gate.tagged, without("/StructTreeRoot"), "no structure tree"),
    (gate.tagged, empty_tree, "no structure tree"),
    (gate.all_content_tagged, page_without_content, "Page 2 has no content"),
    (gate.language, other_language, "language is en-GB"),
    (gate.language, without("/Lang"), "language is en-GB"),
    (gate.title, no_title, "no title among its properties"),
    (gate.title_in_metadata, no_title_in_metadata, "no title in its metadata"),
    (gate.title_shown, file_name_shown, "DisplayDocTitle"),
    (gate.title_shown, without("/ViewerPreferences"), "DisplayDocTitle"),
    (gate.conformance, no_claim, "does not claim PDF/UA-1"),
    (gate.conformance, without("/Metadata"), "does not claim PDF/UA-1"),
    (gate.outline, without("/Outlines"), "no bookmarks"),
    (gate.headings, no_first_heading, "no heading of level 1"),
    (gate.headings, level_left_out, "A heading of level 4 follows one of level 1"),
    (gate.figures, figure_without_words, "figure has no text"),
    (gate.figures, figure_with_blank_words, "figure has no text"),
    (gate.header_scope, header_without_scope, "whether it heads a row or a column"),
    (gate.cells_in_rows, cell_outside_a_row, "stands outside a row"),
    (gate.cells_in_rows, row_outside_a_table, "stands outside a table"),
    (gate.header_ids, ids_nowhere, "can't find"),
    (gate.tab_order, tab_at_random, "Tab key"),
    (gate.link_words, link_without_words, "where it leads"),
    (gate.link_print, link_not_printed, "not marked for print"),
    (gate.link_tagged, link_out_of_the_tree, "not in the structure tree"),
    (gate.fonts, font_elsewhere, "is not embedded"),
    (gate.letters, letters_unknown, "which letters it shows"),
]


@pytest.mark.parametrize(
    ("check", "change", "sentence"),
    BROKEN,
    ids=[f"{check.__name__} {number}" for number, (check, _, _) in enumerate(BROKEN)],
)
def test_an_assertion_fails_on_what_it_is_for(small, check, change, sentence):
    found = gate.problems(broken(small.pdf, change))
    assert any(sentence in problem for problem in found), found
    with pikepdf.open(io.BytesIO(small.pdf)) as good:
        also = () if check is gate.language else (list(gate.elements(good)),)
        assert list(check(good, *also)) == []


def test_an_encrypted_pdf_that_lets_readers_in_passes(small):
    allowed = pikepdf.Encryption(owner="owner", user="", R=4, allow=pikepdf.Permissions(accessibility=True), aes=True)
    assert gate.problems(broken(small.pdf, lambda document: None, encryption=allowed)) == []


def test_an_encrypted_pdf_that_shuts_readers_out_fails(small):
    shut = pikepdf.Encryption(
        owner="owner", user="", R=3, allow=pikepdf.Permissions(accessibility=False), aes=False, metadata=False
    )
    assert gate.problems(broken(small.pdf, lambda document: None, encryption=shut)) == [
        "The PDF is encrypted in a way that shuts out screen readers."
    ]


def test_a_pdf_behind_a_password_fails(small):
    shut = pikepdf.Encryption(owner="owner", user="secret")
    assert gate.problems(broken(small.pdf, lambda document: None, encryption=shut)) == [
        "The PDF needs a password, which shuts out screen readers."
    ]


def test_every_assertion_has_a_pdf_broken_on_purpose():
    assert set(gate.CHECKS) - {check for check, _, _ in BROKEN} == {gate.open_to_readers}


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7\nnothing", b"<html></html>"])
def test_what_is_no_pdf_is_one_problem(junk):
    found = gate.problems(junk)
    assert len(found) == 1 and found[0].startswith("This is not a readable PDF")


def test_a_pdf_without_tags_fails_in_many_ways():
    document = pikepdf.new()
    document.add_blank_page()
    document.pages[0].obj.Resources = Dictionary()
    out = io.BytesIO()
    document.save(out)
    assert len(gate.problems(out.getvalue())) >= 8
