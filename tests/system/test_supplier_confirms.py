"""A figure that came by phone: keyed for the supplier, confirmed by the link in their mail, verified by whoever keyed it. And who stands in meanwhile."""

import datetime as dt
import re
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_every_page import CONFIRMING, COORDINATOR, DATA_LEAD, Eyes, eyes  # noqa: F401  (the fixture)
from tests.system.test_quarter_end_to_end import sign_in

ROBIN = "robin.vale@example.org"
TOM = "Tom Okafor, Crime intelligence analyst"


def key_for_robin(page: Page, live: Site) -> str:
    """Key the figure that was sent back, for somebody without an account; the address of its return."""
    return_ = live.sql(
        "SELECT r.id FROM indicators_return r JOIN indicators_round q ON q.id = r.round_id WHERE q.quarter = '2017-18-q4' AND r.status = 'sent_back'"
    )[0][0]
    page.goto(f"/returns/{return_}/edit/")
    page.get_by_label("How many incidents?").fill("156")
    page.get_by_label("I am entering it on behalf of someone else").check()
    page.get_by_label("Who gave it to you?").select_option("Someone without a sign-in")
    page.get_by_label("Their name and post, if they have no sign-in").fill("Robin Vale, analyst")
    page.get_by_label("How?").select_option("By phone")
    received = page.get_by_role("group", name="When did it reach you?")
    for part, typed in (("Day", "26"), ("Month", "4"), ("Year", "2018")):
        received.get_by_label(part).fill(typed)
    page.get_by_role("button", name="Submit figure").click()
    expect(page.locator(".govuk-notification-banner, .csp-done").first).to_be_visible()
    return f"/returns/{return_}/"


def test_by_a_link_that_only_its_buttons_answer(page: Page, live: Site, eyes: Eyes) -> None:  # noqa: F811
    sign_in(page, COORDINATOR)
    return_ = key_for_robin(page, live)
    eyes.open(return_)
    expect(page.get_by_role("button", name="Verify this figure")).to_have_count(0)
    page.get_by_role("link", name="Ask Robin Vale to confirm").click()
    eyes.look()
    page.get_by_role("button", name="Ask Robin Vale to confirm").click()
    expect(page).to_have_title(re.compile("^Error: "))
    eyes.look()
    page.get_by_label("Email address").fill(ROBIN)
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Asked Robin Vale to confirm")
    eyes.look()

    # The scanner of Robin's mail looks first, then Robin does.
    link = urlsplit(live.mailed(ROBIN, "/confirm/")).path
    page.context.clear_cookies()
    for _ in range(2):
        eyes.open(link)
    assert live.sql("SELECT answer FROM indicators_confirmation") == [("",)]
    expect(page.locator("main")).to_contain_text("Robin Vale, analyst")
    page.get_by_role("button", name="No, something is wrong").click()
    expect(page).to_have_title(re.compile("^Error: "))
    eyes.look()
    page.get_by_role("button", name="Yes, this is what I gave").press("Enter")
    expect(page.get_by_role("heading", level=1, name="Thank you")).to_be_visible()
    eyes.look()

    sign_in(page, COORDINATOR)
    page.goto(return_)
    expect(page.locator("main")).to_contain_text(re.compile("Confirmed by Robin Vale on .*: you may verify it"))
    eyes.look()
    page.get_by_role("button", name="Verify this figure").press("Enter")
    expect(page.locator("main")).to_contain_text("Verified by Sam Carrick, who keyed it")
    expect(page.locator("main")).to_contain_text("confirmed by Robin Vale by link")
    assert eyes.seen >= CONFIRMING


def test_a_link_that_is_over_has_a_page_of_its_own(page: Page, live: Site, eyes: Eyes) -> None:  # noqa: F811
    sign_in(page, COORDINATOR)
    return_ = key_for_robin(page, live)
    page.goto(f"{return_}confirm/")
    page.get_by_label("Email address").fill(ROBIN)
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_be_visible()  # the mail may be there before the page is
    link = urlsplit(live.mailed(ROBIN, "/confirm/")).path
    page.context.clear_cookies()
    live.sql("UPDATE indicators_confirmation SET asked_at = now() - interval '15 days', expires_at = now()")
    eyes.open(link, 410)
    expect(page.get_by_role("heading", level=1, name="This link has expired")).to_be_visible()
    eyes.open(f"{link[:-3]}xx/", 404)


def test_somebody_stands_in_and_takes_over(page: Page, live: Site, eyes: Eyes) -> None:  # noqa: F811
    """Farida is away from today; Tom finds hers in his list; then she hands one over to him."""
    sign_in(page, DATA_LEAD)
    page.goto("/away/")
    page.get_by_label("Who stands in?").select_option(label=TOM)
    today = dt.datetime.now(ZoneInfo("Europe/London")).date()
    for box in ("starts_on", "ends_on"):
        for part in ("day", "month", "year"):
            page.locator(f"[name={box}_{part}]").fill(str(getattr(today, part)))
    page.get_by_role("button", name="Name who stands in").press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Tom Okafor stands in")
    eyes.look()
    assert live.mailed("tom.okafor@example.org", "/return")
    sign_in(page, "tom.okafor@example.org")
    expect(page.locator("main")).to_contain_text("For Farida Begum, who is away until")
    page.goto("/returns/")
    eyes.look()

    sign_in(page, DATA_LEAD)
    page.goto("/returns/hand-over/")
    page.get_by_label(re.compile("C2 ")).check()
    page.get_by_label("To whom?").select_option(label=TOM)
    page.get_by_role("button", name="Hand over what is ticked").press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("One indicator handed over to Tom Okafor")
    sign_in(page, "tom.okafor@example.org")
    expect(page.locator("main")).to_contain_text("Number of incidents of hate reported to Police")
    expect(page.locator("main")).not_to_contain_text("For Farida Begum")
