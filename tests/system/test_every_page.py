"""axe finds nothing on any page of ours, and no page scrolls sideways: at 1280 and at 320 px, for the role that works there."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_quarter_end_to_end import COORDINATOR, DATA_LEAD, EXECUTIVE, sign_in

ADMINISTRATOR, SCRUTINY, WRITER = "alex.rowe@example.org", "nell.ashby@example.org", "owen.tranter@example.org"

# A link that ends in "…" is followed from the page before it: "/returns/ > Give the figure".
PAGES: dict[str, list[str]] = {
    "": [
        "/plan/", "/plan/sections/", "/plan/a/", "/plan/b/", "/plan/c/", "/plan/d/", "/reports/", "/accessibility/", "/privacy/", "/cookies/", "/contact/",
        "/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/", "/nothing-here/",
    ],
    DATA_LEAD: ["/", "/returns/", "/indicators/", "/indicators/hate-incidents/", "/quarters/", "/accounts/password/change/", "/accounts/2fa/"],
    WRITER: ["/", "/returns/"],
    COORDINATOR: [
        "/", "/quarters/", "/quarters/open/", "/quarters/2017-18-q4/", "/quarters/2017-18-q4/close/", "/quarters/2017-18-q1/",
        "/quarters/2017-18-q3/reopen/", "/indicators/hate-incidents/leads/", "/indicators/hate-incidents/set/", "/plan-editing/",
        "/plan-editing/a/", "/plan-editing/d/", "/plan-editing/amendments/", "/packs/", "/packs/1/", "/people/", "/organisations/",
        "/organisations/add/", "/audit/", "/first-steps/",
    ],
    EXECUTIVE: ["/", "/packs/", "/packs/1/", "/indicators/"],
    SCRUTINY: ["/", "/reports/"],
    ADMINISTRATOR: ["/", "/people/", "/people/invite/", "/organisations/", "/first-steps/"],
}  # fmt: skip


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("who", PAGES, ids=[who.split("@")[0] or "public" for who in PAGES])
def test_every_page_is_for_everyone(
    page: Page, live: Site, axe_clean: Callable[[Page], None], who: str, width: int
) -> None:
    if who:
        sign_in(page, who)
    page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES[who]:
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        axe_clean(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} scrolls sideways at {width} px"


def test_the_pages_behind_a_row_are_for_everyone(page: Page, live: Site, axe_clean: Callable[[Page], None]) -> None:
    """Pages whose address holds a number: reached as people reach them."""
    sign_in(page, COORDINATOR)
    page.goto("/quarters/2017-18-q4/")
    page.get_by_role("link", name=re.compile("^B2 ")).first.click()
    axe_clean(page)
    detail = page.url
    for path in ("edit/", "send-back/", "no-figure/"):
        page.goto(detail + path)
        axe_clean(page)
    page.goto("/people/")
    page.get_by_role("link", name=re.compile("Farida Begum")).first.click()
    axe_clean(page)
    page.goto(page.url + "deactivate/")
    axe_clean(page)
    sign_in(page, ADMINISTRATOR)
    page.goto("/people/")
    page.get_by_role("link", name=re.compile("Farida Begum")).first.click()
    person = page.url
    for path in ("edit/", "roles/", "deactivate/"):
        page.goto(person + path)
        axe_clean(page)
