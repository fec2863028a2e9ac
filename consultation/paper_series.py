"""A series of forms, each with a code of its own, in one PDF for the printer.

One form is set, and its pages are repeated with the letters of each code in place: setting thousands one by one would take hours. Pages
share all but those letters. It is made to be printed and isn't tagged: whoever reads on a screen has the form without a code, which is.
"""

import io
import re
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from consultation import codes, paper
from consultation.models import Consultation
from lib import typesetting
from lib.typesetting import PdfProblem

SHOWN = re.compile(rb"\[([^\[\]]*)\]\s*TJ")  # one run of letters
GLYPH = re.compile(rb"<([0-9a-fA-F]{4})>")
STOOD_IN = codes.complete(codes.LETTERS[: codes.LENGTH - 1])  # the code of the form that is repeated
NOT_FOUND = "The place of the code was not found on the form. Tell whoever looks after the system."

Run = tuple[bytes, ...]


def forms(consultation: Consultation, values: Sequence[str]) -> bytes:
    """The PDF, one form after the other in the order of the codes, each beginning on a side of its own leaf."""
    pages_html = paper.html(consultation, language=paper.ENGLISH, is_large=False, code=STOOD_IN, with_letters=True)
    with pikepdf.open(io.BytesIO(typesetting.typeset(pages_html).pdf)) as one:
        return _repeated(one, consultation.title, values)


def _repeated(one: pikepdf.Pdf, title: str, values: Sequence[str]) -> bytes:
    *sides, letters = list(one.pages)
    known = _letters(_content(letters))
    run = tuple(known[letter] for letter in codes.printed(STOOD_IN))
    made = pikepdf.new()
    shared = [_Side(made, side, run) for side in map(made.copy_foreign, (page.obj for page in sides))]
    if not shared or not shared[0].has_code:
        raise PdfProblem(NOT_FOUND)
    kids = []  # put in at once: the library looks through all pages at each one that is added
    for value in values:
        letters_of = b"".join(b"<%s>" % known[letter] for letter in codes.printed(value))
        shown = made.make_stream(b"[" + letters_of + b"] TJ")
        kids += [side.with_code(shown) for side in shared]
        if len(shared) % 2:
            kids.append(shared[0].empty())
    made.Root.Pages.Kids, made.Root.Pages.Count = Array(kids), len(kids)
    with made.open_metadata() as metadata:
        metadata["dc:title"] = title
    made.Root.Lang = pikepdf.String("en-GB")
    written = io.BytesIO()
    made.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


class _Side:
    """One page of the form: what stands before, between and after the places of the code, held once for all forms."""

    def __init__(self, made: pikepdf.Pdf, page: pikepdf.Object, run: Run) -> None:
        self._box = page.MediaBox
        self._resources = made.make_indirect(page.Resources)
        self._pieces = [made.make_stream(piece) for piece in _around(_content(pikepdf.Page(page)), run)]
        self._made = made

    @property
    def has_code(self) -> bool:
        return len(self._pieces) > 1

    def with_code(self, shown: pikepdf.Object) -> pikepdf.Object:
        contents = [part for piece in self._pieces for part in (shown, piece)][1:]
        return self._page(Resources=self._resources, Contents=Array(contents))

    def empty(self) -> pikepdf.Object:
        """The back of the last leaf."""
        return self._page(Resources=Dictionary())

    def _page(self, **entries: pikepdf.Object) -> pikepdf.Object:
        page = Dictionary(Type=Name.Page, Parent=self._made.Root.Pages, MediaBox=self._box, **entries)
        return self._made.make_indirect(page)


def _around(content: bytes, run: Run) -> Iterator[bytes]:
    """The content without the runs that show the code; a stream may end between any two of its words."""
    at = 0
    for found in SHOWN.finditer(content):
        if tuple(GLYPH.findall(found[1])) == run:
            yield content[at : found.start()]
            at = found.end()
    yield content[at:]


def _letters(content: bytes) -> dict[str, bytes]:
    """Which shape is which letter, from the page on which all of them stand in their order."""
    wanted = codes.LETTERS + "-"
    for found in SHOWN.finditer(content):
        shapes = GLYPH.findall(found[1])
        if len(shapes) == len(wanted):
            return dict(zip(wanted, shapes, strict=True))
    raise PdfProblem(NOT_FOUND)


def _content(page: pikepdf.Page) -> bytes:
    contents = page.obj.Contents
    streams = list(contents) if isinstance(contents, Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams)
