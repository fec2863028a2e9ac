"""The files beside the PDF, drawn from the same snapshot and imprint.

Every edition has a web page and a workbook. A public one has its figures as a table and as data too: those two are open data, and
what only the CSP Executive sees is for nobody's program.
"""

from collections.abc import Callable
from dataclasses import dataclass

from lib.typesetting import PdfProblem
from reporting.companions import data, page, table, workbook
from reporting.imprint import Imprint
from reporting.snapshots.shape import Snapshot

EVERY: dict[str, Callable[[Snapshot, Imprint], bytes]] = {"html": page.page, "xlsx": workbook.xlsx}
NAMES = {"html": "web page", "xlsx": "workbook", "csv": "table", "json": "data file"}
PUBLIC = EVERY | {"csv": table.csv, "json": data.data}


@dataclass(frozen=True)
class Made:
    """One file. `form` is one of `Companion.Form`: "html", "xlsx", "csv", "json"."""

    form: str
    content: bytes


def make(snapshot: Snapshot, imprint: Imprint) -> tuple[Made, ...]:
    """Every companion of this edition. The same snapshot and imprint give the same bytes.

    PdfProblem with a sentence for one that can't be made: a pack without one of its files is no pack.
    """
    makers = PUBLIC if imprint.is_public else EVERY
    return tuple(Made(form, _made(form, maker, snapshot, imprint)) for form, maker in makers.items())


def _made(form: str, maker: Callable[[Snapshot, Imprint], bytes], snapshot: Snapshot, imprint: Imprint) -> bytes:
    try:
        return maker(snapshot, imprint)
    except Exception as error:
        raise PdfProblem(
            f"The {NAMES[form]} that goes with the PDF could not be made, so nothing was stored. The trace is in the log: "
            "tell whoever looks after the system."
        ) from error
