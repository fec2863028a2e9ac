"""What WeasyPrint leaves out of a tagged PDF: the scope of header cells, the tree of their ids, and what a link says and does in print."""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint import Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

PRINT = 4  # the flag of an annotation that says it belongs to the printed page


def finish(document: Document, pdf: pydyf.PDF) -> None:
    """Given to WeasyPrint as its finisher: called once, before the file is written."""
    for page in document.pages:
        for box in _boxes(page._page_box):
            _scope(box)
            _link(box)
    _no_links_within_links(pdf)
    _tree_of_ids(pdf)
    for index, one in enumerate(pdf.objects):  # one by one: what a page was drawn with goes when its bytes are there
        pdf.objects[index] = _Written(one)


class _Written(pydyf.Object):
    """An object as its bytes. pydyf makes them anew each time it looks: when it writes the file, and again for the checksum in its id."""

    def __init__(self, one: pydyf.Object) -> None:
        super().__init__()
        self.number, self.generation, self.free = one.number, one.generation, one.free
        self._data: bytes = b"" if one.free == "f" else one.data
        self._compressible: bool = one.compressible

    @property
    def data(self) -> bytes:
        return self._data

    @property
    def compressible(self) -> bool:
        return self._compressible


def _boxes(box: Any) -> Iterator[Any]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    yield box
    if isinstance(box, boxes.ParentBox):
        for child in box.all_children():
            yield from _boxes(child)


def _scope(box: Any) -> None:
    """WeasyPrint keeps the element of a cell on its box."""
    if not isinstance(box, boxes.TableCellBox) or box.element is None or box.element_tag != "th":
        return
    element = getattr(box, "mark", None)
    if element is not None and element["S"] == "/TH":
        element["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"


def _link(box: Any) -> None:
    """A link says where it leads in the words of the page, not in the name of the anchor, and is printed."""
    annotation = getattr(box, "link_annotation", None)
    if annotation is None:
        return
    annotation["F"] = PRINT
    words = " ".join("".join(box.element.itertext()).split())
    if words:
        annotation["Contents"] = pydyf.String(words)


def _no_links_within_links(pdf: pydyf.PDF) -> None:
    """What is generated inside a link (its page number) is tagged as a second link that leads nowhere: make it plain text."""
    for element in _elements(pdf):
        if element["S"] == "/Link" and not any(_is_reference(kid) for kid in element["K"]):
            element["S"] = "/Span"


def _tree_of_ids(pdf: pydyf.PDF) -> None:
    """Cells name their headers by id; a reader finds the headers through this tree, which must be sorted."""
    named = sorted((element for element in _elements(pdf) if "ID" in element), key=lambda element: element["ID"].data)
    if not named:
        return
    names = pydyf.Array()
    for element in named:
        names.extend([element["ID"], element.reference])
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    for root in _dictionaries(pdf, "/StructTreeRoot"):
        root["IDTree"] = tree.reference


def _elements(pdf: pydyf.PDF) -> list[pydyf.Dictionary]:
    return _dictionaries(pdf, "/StructElem")


def _dictionaries(pdf: pydyf.PDF, kind: str) -> list[pydyf.Dictionary]:
    return [thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == kind]


def _is_reference(kid: Any) -> bool:
    """Marked content is a number; elements and annotations are references."""
    return isinstance(kid, bytes)
