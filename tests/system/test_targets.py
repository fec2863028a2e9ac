"""A year's targets from last year's set to the CSP Executive's agreement, by keyboard, with every face of the pages looked at."""

import re

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_every_page import COORDINATOR, EXECUTIVE, Eyes, eyes  # noqa: F401  (the fixture)
from tests.system.test_quarter_end_to_end import sign_in

TABLE = "/indicators/targets/2018-19/"


def reach(page: Page, words: str) -> None:
    """Tab on until the thing with these words has the focus: everything can be reached without a mouse."""
    for _ in range(120):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "(() => { const at = document.activeElement; return at.labels?.[0]?.innerText || at.innerText || '' })()"
        )
        if said.strip().startswith(words):
            return
    raise AssertionError(f"{words} is not reached by Tab on {page.url}")


def test_a_target_is_proposed_and_agreed_by_keyboard(page: Page, live: Site, eyes: Eyes) -> None:  # noqa: F811
    sign_in(page, COORDINATOR)
    eyes.open(TABLE)  # empty, with the set of the year before
    reach(page, "Copy the set of 2017-18")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Copied from 2017-18: 15 indicators")
    eyes.look()

    page.goto("/indicators/domestic-abuse-reports/targets/2018-19/")
    reach(page, "Minimum expectation and target")
    page.keyboard.press("ArrowUp")  # round to the last, and back
    expect(page.get_by_label("None, data only")).to_be_checked()
    expect(page.get_by_label("Target", exact=True)).to_be_hidden()  # what the rule doesn't take is not asked for
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Target", exact=True)).to_have_value("6,300")
    expect(page.get_by_label("Tolerance", exact=True)).to_be_hidden()
    reach(page, "Target")
    page.keyboard.type("about 6,500")  # what a Tab leads to is selected
    expect(page.get_by_label("Minimum expectation", exact=True)).to_have_value("6,300")
    reach(page, "Q2")
    page.keyboard.type("26")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_label("Target", exact=True)).to_have_value("about 6,500")
    eyes.look()

    page.get_by_role("alert").get_by_role("link").first.press("Enter")
    expect(page.get_by_label("Target", exact=True)).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("6,500")
    reach(page, "Why?")
    page.keyboard.type("The campaign goes on")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The shares must add up to 100")
    page.get_by_role("alert").get_by_role("link").first.press("Enter")
    expect(page.get_by_label("Q1")).to_be_focused()
    for box in ("Q1", "Q2", "Q3", "Q4"):
        page.get_by_label(box).fill("25")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Saved: target of B2")
    expect(page.locator("main")).to_contain_text(
        "None of 15 has an agreed target yet, 12 are proposed, 3 are data only."
    )

    reach(page, "Record that proposals were agreed")
    page.keyboard.press("Enter")
    reach(page, "B2 Domestic abuse reports")
    expect(page.get_by_role("checkbox", name="B2")).not_to_be_checked()
    reach(page, "Record the agreement")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Error: "))
    eyes.look()
    page.get_by_role("alert").get_by_role("link").first.press("Enter")
    reach(page, "B2 Domestic abuse reports")
    page.keyboard.press("Space")
    for box, typed in (("Day", "24"), ("Month", "5"), ("Year", "2018")):
        reach(page, box)
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Recorded as agreed by CSP Executive: B2")
    eyes.look()
    eyes.open("/indicators/domestic-abuse-reports/targets/2018-19/")  # with its history

    sign_in(page, EXECUTIVE)
    eyes.open(TABLE)
    expect(page.locator("main")).to_contain_text("Agreed by CSP Executive, 24 May 2018")
    expect(page.get_by_role("link", name=re.compile("^Change"))).to_have_count(0)
