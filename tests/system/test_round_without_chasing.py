"""A whole round, as the coordinator and three suppliers live it: opened for a meeting, reminded, given on the form, as a sheet and by
mail, confirmed by link, sent back and sent again, verified, closed. Against a real web server, worker and database."""

import datetime as dt
import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_quarter_end_to_end import COORDINATOR, DATA_LEAD, sign_in

BOARD = "/quarters/2018-19-q1/"
COMPARED_WITHIN = 30_000  # milliseconds
MAPPA = "D1 Multi-Agency Public Protection Approach"


def fill_day(page: Page, legend: str, day: dt.date) -> None:
    group = page.get_by_role("group", name=legend)
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part).fill(str(number))


def open_quarter(page: Page) -> None:
    """For a meeting in eight weeks; the figures were due yesterday, so that somebody is late."""
    today = dt.date.today()
    page.goto("/quarters/open/")
    page.get_by_label("Which quarter?").select_option("2018-19-q1")
    fill_day(page, "When does the CSP Executive meet?", today + dt.timedelta(weeks=8))
    page.get_by_role("button").filter(has_text=re.compile("dates", re.I)).click()
    fill_day(page, "Opens", today - dt.timedelta(days=14))
    fill_day(page, "Figures due", today - dt.timedelta(days=1))
    page.get_by_label("Take over the 15 indicators of 2017-18").check()
    page.get_by_role("button", name="Open the quarter").click()
    expect(page.get_by_role("heading", level=1, name=re.compile("2018-19 Q1"))).to_be_visible()
    expect(page.get_by_text("0 of 15 are in.")).to_be_visible()


def come_by_the_mail(page: Page, live: Site) -> None:
    """The data lead follows the link in her reminder."""
    link = live.mailed(DATA_LEAD, "/returns/")
    sign_in(page, DATA_LEAD)
    page.goto(link)
    expect(page.locator("main")).to_contain_text("2018-19 Q1")


def upload_the_rest(page: Page, tmp_path: Path) -> None:
    """All seven of the police in the quarter's workbook, one of them with a slip that the preview catches."""
    with page.expect_download() as download:
        page.goto("/uploads/")
        page.get_by_role("link", name=re.compile("Download the (quarter’s )?workbook")).click()
    path = tmp_path / "figures.xlsx"
    download.value.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = book["Figures"]
    heading = next(row for row in sheet.iter_rows() if any(cell.value == "Figure" for cell in row))
    at = {cell.value: cell.column for cell in heading}
    for row in range(heading[0].row + 1, sheet.max_row + 1):
        last = str(sheet.cell(row, at["Last quarter"]).value or "")
        sheet.cell(row, at["Figure"]).value = int(last.replace(",", "")) + 3 if last.replace(",", "").isdigit() else 120
        if sheet.cell(row, at["Reference"]).value == "A2":
            sheet.cell(row, at["Figure"]).value = "<5"
    book.save(path)
    page.goto("/uploads/add/")
    page.get_by_label("The file").set_input_files(path)
    page.get_by_role("button", name="Upload and compare").click()
    expect(page.get_by_role("heading", name="Cell by cell")).to_be_visible(timeout=COMPARED_WITHIN)
    expect(page.locator("main")).to_contain_text("1 refused")
    expect(page.locator("main")).to_contain_text("small numbers are hidden in public reports, not here")


def test_a_round_from_opening_to_closing(
    page: Page, live: Site, tmp_path: Path, axe_clean, browser, browser_context_args
):
    sign_in(page, COORDINATOR)
    open_quarter(page)
    axe_clean(page)

    # Reminded with one press; pressed again, nobody gets a second mail that day.
    page.get_by_role("button", name=re.compile(r"^Remind the \d+ who are late")).click()
    expect(page.locator(".govuk-notification-banner")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(r"^Remind the \d+ who are late"))).to_have_count(0)
    axe_clean(page)

    # A data lead follows the mail and uploads her workbook; the refused cell is left out.
    come_by_the_mail(page, live)
    upload_the_rest(page, tmp_path)
    axe_clean(page)
    page.get_by_label("Leave out the refused cell").check()
    page.get_by_role("button", name=re.compile(r"^Record the \d+ figures")).click()
    expect(page.locator("main")).to_contain_text("recorded", timeout=COMPARED_WITHIN)
    axe_clean(page)

    # What was refused she gives on the form. 9,999 callers are not like last quarter's 351: asked, put right, sent.
    page.goto("/returns/")
    page.get_by_role("listitem").filter(has_text="2018-19 Q1").filter(has_text="A2").get_by_role("button").click()
    page.get_by_label(re.compile("How many")).first.fill("9,999")
    page.get_by_role("button", name="Submit figure").click()
    expect(page.locator(".csp-question")).to_be_visible()
    axe_clean(page)
    page.get_by_label(re.compile("How many")).first.fill("349")
    page.get_by_role("button", name="Submit figure").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("349")

    # The coordinator keys what came by telephone and has the supplier confirm it by link.
    sign_in(page, COORDINATOR)
    page.goto(BOARD)
    page.get_by_role("row").filter(has_text=MAPPA).get_by_role("link", name=re.compile("Enter for them")).first.click()
    page.get_by_label(re.compile("How many")).first.fill("1")
    page.get_by_label("I am entering it on behalf of someone else").check()
    page.get_by_label("Who gave it to you?").select_option(label="Paul Grant, MAPPA coordinator")
    page.get_by_label("How?").select_option("phone")
    fill_day(page, "When did it reach you?", dt.date.today())
    page.get_by_role("button", name="Submit figure").click()
    expect(page.locator(".govuk-notification-banner")).to_be_visible()
    row = page.get_by_role("row").filter(has_text=MAPPA)
    expect(row.get_by_role("checkbox")).to_have_count(0)
    row.get_by_role("link", name=re.compile(MAPPA)).click()
    page.get_by_role("link", name=re.compile("Ask Paul Grant to confirm")).click()
    axe_clean(page)
    page.get_by_role("button", name="Ask Paul Grant to confirm").click()
    with browser.new_context(**browser_context_args) as context:
        outside = context.new_page()
        outside.goto(live.mailed("paul.grant@example.org", "/confirm/"))
        expect(outside.get_by_role("heading", name="Is this the figure you gave?")).to_be_visible()
        axe_clean(outside)
        assert live.sql("SELECT COUNT(*) FROM indicators_confirmation WHERE answer <> ''") == [
            (0,)
        ]  # looking confirms nothing
        outside.get_by_role("button", name="Yes, this is what I gave").click()
        expect(outside.get_by_role("heading", level=1)).not_to_have_text("Is this the figure you gave?")

    # One is sent back, and comes again.
    page.goto(BOARD)
    c3 = page.get_by_role("row").filter(has_text="C3 Number of offences of hate")
    c3.get_by_role("checkbox").check()
    page.get_by_role("button", name="Send back with a comment").click()
    page.get_by_label(re.compile("What should be looked at", re.I)).fill("Does it hold the offences of June?")
    page.get_by_role("button", name=re.compile("^Send back")).click()
    live.mailed(DATA_LEAD, "/returns/")
    sign_in(page, DATA_LEAD)
    expect(page.get_by_text("Does it hold the offences of June?")).to_be_visible()
    page.get_by_role("listitem").filter(has_text="offences of June").get_by_role(
        "button", name="Change and send"
    ).click()
    page.get_by_label(re.compile("How many")).first.fill("151")
    page.get_by_role("button", name="Submit figure").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("151")

    # All that may be verified is verified in one go: what she keyed herself too, since its supplier has confirmed it.
    sign_in(page, COORDINATOR)
    page.goto(BOARD)
    expect(page.get_by_role("heading", name="To verify: 8")).to_be_visible()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Verify the ticked returns").click()
    expect(page.get_by_role("heading", name="To verify: 0")).to_be_visible()
    expect(page.get_by_role("heading", name="Verified: 8")).to_be_visible()
    axe_clean(page)

    # Closed, with the reason why although figures are out.
    page.get_by_role("link", name="Close the quarter").click()
    page.get_by_label(re.compile("Why")).fill("The pack can’t wait for the others.")
    axe_clean(page)
    page.get_by_role("button", name="Close 2018-19 Q1").click()
    expect(page.locator("main")).to_contain_text("The pack can’t wait for the others.")
    figures = "SELECT COUNT(*) FROM indicators_figure f JOIN indicators_return r ON r.id = f.for_return_id JOIN indicators_round q ON q.id = r.round_id"
    assert live.sql(f"{figures} WHERE q.quarter = '2018-19-q1'") == [(9,)]  # eight, and the one that was sent back
