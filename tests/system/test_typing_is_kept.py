"""What is typed into a form survives a lost connection, signing out and a closed page; the browser itself keeps nothing."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_quarter_end_to_end import DATA_LEAD, PASSWORD, sign_in

KEPT = re.compile(r"^Kept at \d\d:\d\d$")
KEPT_BY_THE_BROWSER = """async () => ({
  local: window.localStorage.length,
  session: window.sessionStorage.length,
  databases: (await window.indexedDB.databases()).length,
  caches: (await window.caches.keys()).length,
})"""


def open_the_figure(page: Page) -> None:
    page.get_by_role("button", name=re.compile("Change and send")).click()
    expect(page.get_by_label("How many incidents?")).to_be_visible()


def said(page: Page):
    return page.locator("[data-unsent-said]")


def nothing_in_the_browser(page: Page) -> None:
    assert page.evaluate(KEPT_BY_THE_BROWSER) == {"local": 0, "session": 0, "databases": 0, "caches": 0}


@pytest.fixture
def lost_connection_allowed(complaints: list[str]):
    """The browser's own word for a request that had no connection."""
    yield
    complaints[:] = [one for one in complaints if "ERR_INTERNET_DISCONNECTED" not in one]


def test_typing_survives_a_lost_connection_and_signing_out(
    page: Page, live: Site, axe_clean: Callable[[Page], None], lost_connection_allowed
) -> None:
    sign_in(page, DATA_LEAD)
    open_the_figure(page)
    expect(said(page)).to_be_empty()  # nothing typed, nothing kept
    page.get_by_label("How many incidents?").fill("156")
    expect(said(page)).to_have_text(KEPT)
    expect(page.get_by_role("status")).to_have_text(KEPT)  # heard as well
    axe_clean(page)
    nothing_in_the_browser(page)

    page.context.set_offline(True)
    page.get_by_label("How many incidents?").fill("1567")
    page.get_by_label("Where is it from?").fill("CRIS, all flags")
    expect(said(page)).to_have_text("Not kept: no connection. Trying again")
    page.get_by_role("button", name="Submit figure").click()
    expect(said(page)).to_have_text("Not sent: no connection. What you typed stays on this page")
    expect(page.get_by_label("How many incidents?")).to_have_value("1567")
    page.context.set_offline(False)
    expect(said(page)).to_have_text(KEPT)
    nothing_in_the_browser(page)

    # Signing out at once: what was typed in the last second goes first.
    page.get_by_label("Where is it from?").fill("CRIS, all flags but one")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    sign_in(page, DATA_LEAD)
    expect(page.locator("main")).to_contain_text("What you typed is kept and has not been sent.")
    open_the_figure(page)
    expect(page.locator(".csp-left")).to_contain_text("It has not been sent.")
    expect(page.get_by_label("How many incidents?")).to_have_value("1567")
    expect(page.get_by_label("Where is it from?")).to_have_value("CRIS, all flags but one")
    axe_clean(page)

    # An unusual figure is asked about, and confirmed by keyboard.
    page.get_by_role("button", name="Submit figure").click()
    question = page.get_by_role("group", name=re.compile("Is that right"))
    expect(question).to_be_visible()
    expect(page.locator(".csp-question")).to_be_focused()
    expect(page).to_have_title(re.compile("^Is 1,567 right?"))
    axe_clean(page)
    page.get_by_label("Yes, 1,567 is right").press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Sent: 1,567")
    assert live.sql("SELECT count(*) FROM accounts_unsent") == [(0,)]
    nothing_in_the_browser(page)


def test_leaving_the_page_keeps_the_last_keys(page: Page, live: Site) -> None:
    sign_in(page, DATA_LEAD)
    open_the_figure(page)
    address = page.url
    page.get_by_label("How many incidents?").fill("15")
    page.get_by_role("link", name="Back to this return").click()  # at once
    expect(page.get_by_role("heading", name="Every figure given")).to_be_visible()
    page.goto(address)
    expect(page.get_by_label("How many incidents?")).to_have_value("15")
    page.get_by_label("How many incidents?").fill("16")
    page.get_by_role("button", name=re.compile("Throw it away and start from 137")).click()
    expect(page.get_by_label("How many incidents?")).to_have_value("137")
    expect(page.locator(".csp-left")).to_have_count(0)
    assert live.sql("SELECT count(*) FROM accounts_unsent") == [(0,)]


def test_who_was_signed_out_signs_in_in_another_tab_and_goes_on(page: Page, live: Site) -> None:
    sign_in(page, DATA_LEAD)
    open_the_figure(page)
    page.get_by_label("How many incidents?").fill("156")
    expect(said(page)).to_have_text(KEPT)
    live.sql("DELETE FROM accounts_session")
    page.get_by_label("Where is it from?").fill("CRIS")
    expect(said(page)).to_have_text(
        re.compile(
            r"^You have been signed out: what you typed up to \d\d:\d\d is kept\. Sign in in another tab and go on$"
        )
    )
    # Sent at once, before anything could be kept, it stays on the page instead of being lost on the way over the sign-in page.
    page.get_by_label("Where is it from?").fill("CRIS, all flags")
    page.get_by_role("button", name="Submit figure").click()
    expect(said(page)).to_have_text(re.compile("^You have been signed out"))
    expect(page.get_by_label("Where is it from?")).to_have_value("CRIS, all flags")
    page.get_by_label("Where is it from?").fill("CRIS")
    other = page.context.new_page()
    other.goto("/accounts/login/")
    other.get_by_label("Email address").fill(DATA_LEAD)
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(other.get_by_role("heading", level=1, name=re.compile("needs you now"))).to_be_visible()
    other.close()
    expect(said(page)).to_have_text(KEPT, timeout=15_000)
    # The form goes on with the new token.
    page.get_by_role("button", name="Submit figure").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Sent: 156")


def test_the_form_works_without_a_script(live: Site, browser, browser_context_args) -> None:
    with browser.new_context(**browser_context_args, java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, DATA_LEAD)
        open_the_figure(page)
        page.get_by_label("How many incidents?").fill("1567")
        page.get_by_role("button", name="Submit figure").click()
        expect(page.get_by_role("group", name=re.compile("Is that right"))).to_be_visible()
        page.get_by_label("Yes, 1,567 is right").check()
        page.get_by_role("button", name="Submit figure").click()
        expect(page.locator(".govuk-notification-banner")).to_contain_text("Sent: 1,567")
