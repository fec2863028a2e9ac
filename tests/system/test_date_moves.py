"""An update is typed and kept, asks for a new date, and the chair decides: each page as the browser shows it, with axe.

The date is asked for while it is still to come, and decided on after the year, when it is over and can only be kept.
"""

import datetime as dt
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_delivery_year import on  # noqa: F401  (the fixture)
from tests.system.test_every_page import Eyes

SUPPORT, CHAIR = "callum.reed@example.org", "priya.nair@example.org"
PAGE = "/delivery-plans/asb-operations-group/2017-18/updates/2017-18-q4/"


def test_a_date_is_asked_for_with_an_update_and_decided(
    on: Callable,  # noqa: F811
    live: Site,
    axe_clean: Callable[[Page], None],
) -> None:
    action = live.sql(
        "SELECT a.id FROM governance_action a JOIN governance_deliveryplan p ON p.id = a.delivery_plan_id"
        " JOIN governance_body b ON b.id = p.body_id"
        " WHERE b.slug = 'asb-operations-group' AND p.year = '2017-18' AND a.number = 5"
    )[0][0]
    with on(dt.date(2018, 3, 29)) as as_whom:
        page = as_whom(SUPPORT)
        eyes = Eyes(page, axe_clean)
        page.goto(PAGE)
        row = page.locator(f"#action-{action}")
        row.get_by_text("Change the update").click()
        row.get_by_label("Done since the last update").fill("Printed; half are delivered")
        expect(page.locator("[data-unsent-said]")).to_contain_text("Kept at")
        page.reload()  # what was typed is on the server
        expect(page.locator("main")).to_contain_text("It has not been sent.")
        expect(row.get_by_label("Done since the last update")).to_have_value("Printed; half are delivered")
        row.get_by_label("Amber: at risk").check()
        for box, typed in (("Day", "1"), ("Month", "4"), ("Year", "2018")):
            row.get_by_label(box, exact=True).fill(typed)
        row.get_by_label("Why does the date move?").fill("The printer was late")
        page.get_by_role("button", name="Save the updates").click()
        expect(page).to_have_title(re.compile("^Error: "))
        expect(page.get_by_role("alert")).to_contain_text("Say why ASB 5 is amber")
        eyes.look()

        row.get_by_label("Why that colour?").fill("The printer was late")
        page.get_by_role("button", name="Save the updates").click()
        expect(page.get_by_role("alert")).to_contain_text("carried forward at the year’s end")
        row.get_by_label("Day", exact=True).fill("30")
        row.get_by_label("Month", exact=True).fill("March")
        page.get_by_role("button", name="Save the updates").click()
        expect(page.locator(".govuk-notification-banner")).to_contain_text("Saved: One update is with the chair now")
        expect(row).to_contain_text("New date 30 March 2018 waits to be accepted")
        eyes.look()

    with on(dt.date(2018, 4, 12)) as as_whom:
        page = as_whom(CHAIR)
        eyes = Eyes(page, axe_clean)
        row = page.locator(f"#action-{action}")
        page.goto(f"{PAGE}agree/")
        page.get_by_role("button", name=re.compile("^Record what you say of the ")).click()
        expect(page.get_by_role("alert")).to_contain_text("Choose whether the new date of ASB 5 counts")
        row.get_by_label("Send back with a comment").check()
        row.get_by_label("Keep 31 January 2018, because").check()
        expect(row.get_by_label("Why does it stay?")).to_be_visible()
        eyes.look()

        page.goto(f"/actions/{action}/")
        page.get_by_role("link", name="Keep 31 January 2018").click()
        eyes.look()
        page.get_by_label("Why does it stay?").fill("The rest is delivered this week")
        page.get_by_role("button", name="Keep 31 January 2018").click()
        expect(page.locator("main")).to_contain_text("The rest is delivered this week")
