"""A pack is built in a moment here: pages are set by a stand-in, everything else is real."""

from collections.abc import Callable

import pytest

from lib.quarters import Quarter
from reporting import pdf
from reporting.actions import building
from reporting.builds import making
from tests.factories import reporting as data

PDF = b"%PDF-1.7 a stand-in\n"


class Pages:
    """Stands in for typesetting and for the check of the file; what they are told to do, they do."""

    def __init__(self) -> None:
        self.content, self.error, self.problems, self.during = PDF, None, [], lambda: None
        self.calls: list[dict] = []

    def render(self, snapshot, imprint, *, checksum, progress):
        self.calls.append({"snapshot": snapshot, "imprint": imprint, "checksum": checksum})
        progress("Lay out the parts")
        self.during()
        progress("Set the pages")
        if self.error:
            raise self.error
        return pdf.Rendered(self.content, 18, "<p>")


@pytest.fixture
def pages(monkeypatch) -> Pages:
    stand_in = Pages()
    monkeypatch.setattr(making.pdf, "render", stand_in.render)
    monkeypatch.setattr(making.gate, "problems", lambda content: stand_in.problems)
    return stand_in


@pytest.fixture
def plan():
    """The plan with one verified and one restricted indicator in 2017-18 Q4."""
    made = data.plan()
    farida = data.person()
    data.figure(data.return_(data.indicator(made, "A1"), words=True), 629, by=farida, verified=data.at(3))
    data.return_(data.indicator(made, "B1", is_restricted=True), words=True)
    return made


@pytest.fixture
def quarter() -> Quarter:
    return data.Q4


@pytest.fixture
def built(pages, plan, quarter, django_capture_on_commit_callbacks) -> Callable:
    """Builds the next issue the way the site does, with the job in place, and gives the pack back."""

    def build(by=None, **options):
        with django_capture_on_commit_callbacks(execute=True):
            pack = building.request_pack(plan, quarter, by=by, **options)
        pack.refresh_from_db()
        return pack

    return build
