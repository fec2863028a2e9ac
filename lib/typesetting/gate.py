"""Whether everyone can read a PDF: what a machine can check of PDF/UA-1 (ISO 14289-1), one assertion each.

The jobs refuse to offer a PDF with problems. What only a reader can judge (is the order right, does the text for a chart say
what the chart says) stays with people.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Object

LANGUAGE = "en-GB"
PRINT = 4
NO_EMBEDDING_NEEDED = {"/Type3"}  # draws its letters itself
HEADINGS = {f"/H{level}": level for level in range(1, 7)}


@dataclass(frozen=True)
class Element:
    """One element of the structure tree, in reading order."""

    kind: str
    dictionary: Object
    parents: tuple[str, ...]


Tree = Sequence[Element]


def problems(pdf: bytes, in_language: str = LANGUAGE) -> list[str]:
    """One sentence for each thing wrong; empty when the PDF passes. A file that is no PDF is one problem. `in_language` is what it is to be in."""
    try:
        document = pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PasswordError:
        return ["The PDF needs a password, which shuts out screen readers."]
    except pikepdf.PdfError as error:
        return [f"This is not a readable PDF: {error}."]
    with document:
        tree = list(elements(document))  # read once: it is by far the largest part
        return [*language(document, in_language), *(problem for check in CHECKS for problem in check(document, tree))]


# ---------------------------------------------------------------- the document


def marked(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    if not _truth(pdf.Root.get("/MarkInfo"), "/Marked"):
        yield "The PDF does not say that it is tagged (MarkInfo, Marked)."


def tagged(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    if not tree:
        yield "The PDF has no structure tree, so a screen reader finds no headings or tables."


def all_content_tagged(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    """Each page has content that the structure tree points to."""
    root = pdf.Root.get("/StructTreeRoot")
    numbered = _numbers(root.get("/ParentTree")) if root is not None else {}
    for number, page in enumerate(pdf.pages, start=1):
        key = page.obj.get("/StructParents")
        if key is None or int(key) not in numbered:
            yield f"Page {number} has no content in the structure tree."


def language(pdf: pikepdf.Pdf, expected: str = LANGUAGE) -> Iterator[str]:
    if str(pdf.Root.get("/Lang", "")) != expected:
        yield f"The PDF does not say that its language is {expected}."


def title(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "The PDF has no title among its properties."


def title_in_metadata(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    if not _metadata(pdf, "dc:title").strip():
        yield "The PDF has no title in its metadata (XMP)."


def title_shown(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    if not _truth(pdf.Root.get("/ViewerPreferences"), "/DisplayDocTitle"):
        yield "The window would show the file's name, not the title (DisplayDocTitle)."


def conformance(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    if _metadata(pdf, "pdfuaid:part") != "1":
        yield "The metadata does not claim PDF/UA-1 (pdfuaid:part)."


def open_to_readers(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    """An encrypted file may still let readers in; one that forbids it may not be used."""
    if not pdf.allow.accessibility:
        yield "The PDF is encrypted in a way that shuts out screen readers."


def outline(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    outlines = pdf.Root.get("/Outlines")
    if outlines is None or "/First" not in outlines:
        yield "The PDF has no bookmarks."


# ---------------------------------------------------------------- the structure tree


def headings(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    levels = [HEADINGS[element.kind] for element in tree if element.kind in HEADINGS]
    if 1 not in levels:
        yield "There is no heading of level 1."
    before = 0
    for level in levels:
        if level > before + 1:
            yield f"A heading of level {level} follows one of level {before}: a level is left out."
        before = level


def figures(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    for element in tree:
        if element.kind == "/Figure" and not str(element.dictionary.get("/Alt", "")).strip():
            yield "A figure has no text in its place (Alt)."


def header_scope(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    for element in tree:
        if element.kind == "/TH" and str(_attribute(element.dictionary, "/Scope")) not in ("/Row", "/Column", "/Both"):
            yield "A header cell does not say whether it heads a row or a column (Scope)."


def cells_in_rows(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    for element in tree:
        if element.kind in ("/TH", "/TD") and element.parents[-1] != "/TR":
            yield "A cell of a table stands outside a row."
        if element.kind == "/TR" and element.parents[-1] not in ("/Table", "/THead", "/TBody", "/TFoot"):
            yield "A row stands outside a table."


def header_ids(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    """Cells point to their headers by id: each id is known to the id tree."""
    root = pdf.Root.get("/StructTreeRoot")
    ids = root.get("/IDTree") if root is not None else None
    known = {bytes(name) for name in _names(ids)} if ids is not None else set()
    named = {bytes(header) for element in tree for header in (_attribute(element.dictionary, "/Headers") or [])}
    if named - known:
        yield "Cells name headers that the PDF can't find (IDTree)."


# ---------------------------------------------------------------- pages, links, fonts


def tab_order(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        if page.obj.get("/Annots") is not None and page.obj.get("/Tabs") != Name.S:
            yield f"Page {number} has links, and the Tab key does not follow its structure (Tabs)."


def link_words(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    for number, link in _links(pdf):
        if not str(link.get("/Contents", "")).strip():
            yield f"A link on page {number} does not say where it leads (Contents)."


def link_print(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    for number, link in _links(pdf):
        if not int(link.get("/F", 0)) & PRINT:
            yield f"A link on page {number} is not marked for print (F)."


def link_tagged(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    for number, link in _links(pdf):
        if "/StructParent" not in link:
            yield f"A link on page {number} is not in the structure tree (StructParent)."


def fonts(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    for font in _fonts(pdf):
        if font.get("/Subtype") not in NO_EMBEDDING_NEEDED and not _is_embedded(font):
            yield f"The font {str(font.get('/BaseFont', 'without a name')).lstrip('/')} is not embedded."


def letters(pdf: pikepdf.Pdf, tree: Tree) -> Iterator[str]:
    """Each composite font says which letters its shapes are, so that text can be read, copied and searched."""
    for font in _fonts(pdf):
        if font.get("/Subtype") == "/Type0" and "/ToUnicode" not in font:
            yield f"The font {str(font.get('/BaseFont', 'without a name')).lstrip('/')} does not say which letters it shows (ToUnicode)."


CHECKS: tuple[Callable[[pikepdf.Pdf, Tree], Iterator[str]], ...] = (
    marked,
    tagged,
    all_content_tagged,
    title,
    title_in_metadata,
    title_shown,
    conformance,
    open_to_readers,
    outline,
    headings,
    figures,
    header_scope,
    cells_in_rows,
    header_ids,
    tab_order,
    link_words,
    link_print,
    link_tagged,
    fonts,
    letters,
)


# ---------------------------------------------------------------- reading a PDF


def elements(pdf: pikepdf.Pdf) -> Iterator[Element]:
    """The structure tree in reading order, without recursion: trees of long packs are deep and wide."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return
    waiting: list[tuple[Object, tuple[str, ...]]] = [(kid, ()) for kid in reversed(_kids(root))]
    while waiting:
        dictionary, parents = waiting.pop()
        kind = str(dictionary.get("/S", ""))
        yield Element(kind, dictionary, parents)
        waiting.extend((kid, (*parents, kind)) for kid in reversed(_kids(dictionary)))


def _kids(dictionary: Object) -> list[Object]:
    """Elements below this one; marked content and references to annotations left out."""
    kids = dictionary.get("/K")
    if kids is None:
        return []
    every = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in every if isinstance(kid, Dictionary) and "/S" in kid]


def _attribute(dictionary: Object, name: str) -> Any:
    """An attribute of an element, from its one attribute object or from the first of several that has it."""
    given = dictionary.get("/A")
    if given is None:
        return None
    for one in list(given) if isinstance(given, pikepdf.Array) else [given]:
        if isinstance(one, Dictionary) and name in one:
            return one[name]
    return None


def _truth(dictionary: Object | None, name: str) -> bool:
    return dictionary is not None and bool(dictionary.get(name, False))


def _metadata(pdf: pikepdf.Pdf, name: str) -> str:
    if "/Metadata" not in pdf.Root:
        return ""
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        return str(metadata.get(name, ""))


def _numbers(tree: Object | None) -> dict[int, Object]:
    """A number tree's entries; WeasyPrint writes one flat list."""
    if tree is None:
        return {}
    flat = list(tree.get("/Nums", []))
    found = {int(key): value for key, value in zip(flat[::2], flat[1::2], strict=True)}
    for kid in tree.get("/Kids", []):
        found |= _numbers(kid)
    return found


def _names(tree: Object) -> Iterator[Object]:
    yield from list(tree.get("/Names", []))[::2]
    for kid in tree.get("/Kids", []):
        yield from _names(kid)


def _links(pdf: pikepdf.Pdf) -> Iterator[tuple[int, Object]]:
    for number, page in enumerate(pdf.pages, start=1):
        for annotation in page.obj.get("/Annots", []):
            if annotation.get("/Subtype") == "/Link":
                yield number, annotation


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Object]:
    """Each font once: of the pages and of the drawings within them."""
    seen: set[tuple[int, int]] = set()
    waiting = [page.obj.get("/Resources") for page in pdf.pages]
    while waiting:
        resources = waiting.pop()
        if resources is None or (resources.is_indirect and resources.objgen in seen):
            continue
        if resources.is_indirect:
            seen.add(resources.objgen)
        for kind in ("/XObject", "/Pattern"):
            waiting.extend(
                thing.get("/Resources") for thing in (resources.get(kind) or {}).values() if _has_resources(thing)
            )
        for font in (resources.get("/Font") or {}).values():
            if font.objgen == (0, 0) or font.objgen not in seen:
                seen.add(font.objgen)
                yield font


def _has_resources(thing: Object) -> bool:
    return isinstance(thing, (Dictionary, pikepdf.Stream)) and "/Resources" in thing


def _is_embedded(font: Object) -> bool:
    holders = list(font.get("/DescendantFonts", [])) or [font]
    descriptors = [holder.get("/FontDescriptor") for holder in holders]
    return all(one is not None and any(f"/FontFile{kind}" in one for kind in ("", "2", "3")) for one in descriptors)
