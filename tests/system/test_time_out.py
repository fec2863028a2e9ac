"""Somebody who does nothing is warned, can stay, and loses nothing when they don't."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_quarter_end_to_end import COORDINATOR, PASSWORD, sign_in

ASK = "window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"  # as when it is shown again


def left_alone(live: Site, seconds: int) -> None:
    live.sql(f"UPDATE accounts_session SET seen_at = now() - interval '{seconds} seconds' WHERE person_id IS NOT NULL")


def test_a_warning_a_stay_and_typing_that_comes_back(page: Page, live: Site, axe_clean: Callable[[Page], None]) -> None:
    sign_in(page, COORDINATOR)
    page.goto("/organisations/add/")
    warning, stay = page.get_by_role("alertdialog"), page.get_by_role("button", name="Stay signed in")
    left_alone(live, 26 * 60 + 30)
    page.evaluate(ASK)
    expect(warning).to_contain_text("You will be signed out in 4 minutes")
    expect(stay).to_be_focused()
    axe_clean(page)
    page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    page.get_by_label("Name", exact=True).fill("Sample Probation")
    left_alone(live, 31 * 60)
    page.evaluate(ASK)
    expect(warning).to_contain_text("What you typed is kept for you")
    page.keyboard.press("Escape")
    axe_clean(page)
    page.keyboard.press("Enter")  # the one button there is
    page.get_by_label("Email address").fill(COORDINATOR)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/organisations/add/$"))
    expect(page.get_by_label("Name", exact=True)).to_have_value("Sample Probation")
    expect(page.locator("[data-given-back]")).to_contain_text("so it was not sent")
    assert live.sql("SELECT count(*) FROM accounts_organisationname WHERE name = 'Sample Probation'") == [(0,)]
    axe_clean(page)
