"""Somebody asks for large print without JavaScript, from the page they read; the coordinator finds it and answers."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_every_page import Eyes
from tests.system.test_quarter_end_to_end import COORDINATOR, sign_in


def test_asked_for_and_answered(page: Page, live: Site, axe_clean: Callable[[Page], None]) -> None:
    plain = page.context.browser.new_context(base_url=live.url, java_script_enabled=False)
    reader = plain.new_page()
    reader.goto("/reports/?page=1")
    reader.get_by_role("link", name="Ask for large print, Braille, audio or Easy Read").press("Enter")
    expect(reader.get_by_text("You came from this page: /reports/")).to_be_visible()
    reader.get_by_label("Large print").press("Space")
    reader.get_by_label("Email address").fill("rosa.may@example.org")
    reader.get_by_role("button", name="Ask for it").press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text("We have your request")
    thanks = reader.url
    reference = thanks.rstrip("/").rpartition("/")[2]
    plain.close()

    eyes = Eyes(page, axe_clean)
    eyes.open(thanks)
    sign_in(page, COORDINATOR)
    page.goto("/format-requests/")
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_text("rosa.may@example.org")).to_be_visible()
    eyes.look()
    page.get_by_label("It was sent").check()
    page.get_by_label("What was sent, or why not?").fill("The list of reports in 18 point")
    page.get_by_role("button", name="Save the answer").press("Enter")
    expect(page.get_by_text(f"Answered: {reference}")).to_be_visible()
