"""A name is taken off the record: an administrator asks, the coordinator decides, by keyboard; each page with axe."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_every_page import Eyes
from tests.system.test_quarter_end_to_end import COORDINATOR, sign_in

ADMINISTRATOR = "alex.rowe@example.org"


def test_one_asks_and_another_removes(page: Page, live: Site, axe_clean: Callable[[Page], None]) -> None:
    eyes = Eyes(page, axe_clean)
    live.sql(
        "UPDATE indicators_commentary SET why = 'Zelda Quillfeather told us.' "
        "WHERE id = (SELECT min(id) FROM indicators_commentary) RETURNING id"
    )
    sign_in(page, ADMINISTRATOR)
    page.goto("/erasures/ask/")
    page.get_by_label("Which words?").fill("zelda quillfeather")
    page.get_by_role("button", name="Look for them").click()
    expect(page.locator("main")).to_contain_text("1 place: 1 in")
    eyes.look()
    page.get_by_role("button", name="Ask for the removal").press("Enter")
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_label("What is it?").fill("The name of a resident")
    page.get_by_label("The person asked for it").check()
    page.get_by_label("Why?").fill("Letter of 3 May 2018")
    page.get_by_role("button", name="Ask for the removal").press("Enter")
    expect(page.locator("main")).to_contain_text("You asked for this, so another")
    eyes.look()
    address = page.url

    page.context.clear_cookies()
    sign_in(page, COORDINATOR)
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Zelda Quillfeather told us.")
    eyes.look()
    page.get_by_role("button", name="Remove it for good").press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Removed for good")
    expect(page.locator("main")).not_to_contain_text("Zelda")
    eyes.look()
    assert live.sql("SELECT why FROM indicators_commentary ORDER BY id LIMIT 1")[0][0] == "[removed] told us."
