"""A priority to change, somebody who may, and the page's boxes as a browser would send them."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from lib.quarters import Year
from tests.factories.accounts import UserFactory
from tests.factories.priorities import (
    CommitmentFactory,
    FocusPointFactory,
    OutcomeFactory,
    PriorityFactory,
    ThemeFactory,
)


class Boxes(HTMLParser):
    """What the form of a page would send: named inputs, ticked boxes, text areas and chosen options; no buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.area = self.select = ""
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = found.get("action", "").startswith("/plan-editing/")
        name = found.get("name", "")
        if not self.inside or not name and tag != "option":
            return
        if tag == "textarea":
            self.area, self.values[name] = name, ""
        elif tag == "select":
            self.select, self.values[name] = name, ""
        elif tag == "option" and "selected" in dict(attrs):
            self.values[self.select] = found["value"]
        elif tag == "input" and (found.get("type") != "checkbox" or "checked" in dict(attrs)):
            self.values[name] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.values[self.area] = self.values[self.area].removeprefix("\n").replace("\n", "\r\n")
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area] += data


def boxes_of(html: str) -> dict[str, str]:
    parser = Boxes()
    parser.feed(html)
    return parser.values


@pytest.fixture
def boxes() -> Callable[[str], dict[str, str]]:
    return boxes_of


@pytest.fixture
def coordinator():
    return UserFactory(name="Farida Begum", post="Coordinator", roles=["coordinator"])


@pytest.fixture
def priority():
    """Priority D of an adopted plan: two sub-headings, one focus point, three commitments, one outcome."""
    priority = PriorityFactory(
        letter="D", title="Reducing Re-offending", short_title="Re-offending", why="One.\n\nTwo."
    )
    burglary = ThemeFactory(priority=priority, title="Burglary", order=1)
    ThemeFactory(priority=priority, title="Gangs", order=2)
    FocusPointFactory(priority=priority, theme=burglary, text="Change how burglars behave.", order=1)
    CommitmentFactory(
        priority=priority, theme=burglary, text="Win orders.", number=20, unit="orders", order=1, year=Year(2017)
    )
    CommitmentFactory(priority=priority, theme=burglary, text="Launch OWL.", order=2)
    CommitmentFactory(priority=priority, text="Open a hub.", order=3)
    OutcomeFactory(priority=priority, text="Fewer burglaries.", order=1)
    return priority


@pytest.fixture
def url(priority) -> str:
    return reverse("priorities:priority-edit", args=["d"])


@pytest.fixture
def opened(client, coordinator, url) -> dict[str, str]:
    """The boxes of the page as the coordinator opened it."""
    client.force_login(coordinator)
    return boxes_of(client.get(url).content.decode())
