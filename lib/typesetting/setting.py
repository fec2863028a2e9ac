"""Sets a page of HTML as a tagged PDF. The same HTML gives the same bytes, whenever it is set."""

import hashlib
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import weasyprint

from lib.typesetting import fetching, finishing
from lib.typesetting.problems import PdfProblem

log = logging.getLogger(__name__)

NOT_LOADED = (
    "A part of the document could not be loaded ({}). The trace is in the log: tell whoever looks after the system."
)


@dataclass(frozen=True)
class Rendered:
    """The finished document. `warnings` is what the typesetter complained about; it is empty in a healthy one."""

    pdf: bytes
    pages: int
    html: str
    warnings: tuple[str, ...] = ()


def typeset(pages_html: str) -> Rendered:
    """A document of one piece as PDF/UA-1. Raises PdfProblem when a component is missing."""
    with listening() as complaints:
        document = laid_out(pages_html)
        pdf = written(document, pages_html)
    return Rendered(pdf, len(document.pages), pages_html, tuple(complaints))


def laid_out(pages_html: str) -> weasyprint.Document:
    source = weasyprint.HTML(string=pages_html, base_url=fetching.address(), url_fetcher=fetching.OurFilesOnly())
    return source.render(pdf_variant="pdf/ua-1")


def written(document: weasyprint.Document, pages_html: str) -> bytes:
    pdf: bytes = document.write_pdf(
        finisher=finishing.finish,
        pdf_variant="pdf/ua-1",
        pdf_identifier=hashlib.sha256(pages_html.encode()).hexdigest()[:32],
    )
    return pdf


class _Collector(logging.Filter):
    """Takes what is said in its own thread out of the log: WeasyPrint quotes the text it can't set, and that is people's own."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.thread = threading.get_ident()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.thread != self.thread or record.levelno < logging.WARNING:
            return True
        self.heard.append(record.getMessage())
        return False


@contextmanager
def listening() -> Iterator[list[str]]:
    """What WeasyPrint says while this thread sets a document; a file it can't load stops the build."""
    collector, typesetter = _Collector(), logging.getLogger("weasyprint")
    typesetter.addFilter(collector)
    try:
        yield collector.heard
    except weasyprint.urls.FatalURLFetchingError as error:
        raise PdfProblem(NOT_LOADED.format(error)) from error
    finally:
        typesetter.removeFilter(collector)
        if collector.heard:
            log.warning("typesetting warnings=%s", len(collector.heard))
