"""A delivery plan's spreadsheet in the browser: downloaded, changed, refused at its cell, looked at and recorded; and the end of the year."""

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_every_page import Eyes
from tests.system.test_quarter_end_to_end import sign_in

CHAIR = "priya.nair@example.org"
DRAFT, RUNNING = "/delivery-plans/asb-operations-group/2018-19/", "/delivery-plans/asb-operations-group/2017-18/"


def upload(page: Page, plan: str, path: Path) -> None:
    page.goto(f"{plan}upload/")
    page.get_by_label("The file").set_input_files(str(path))
    page.get_by_role("button", name="Upload and compare").click()


def typed(path: Path, row: int, **cells: str) -> None:
    """Type over some cells of a row of actions, by heading."""
    book = openpyxl.load_workbook(path)
    headings = {cell.value: cell.column for cell in book["Actions"][1]}
    for heading, value in cells.items():
        book["Actions"].cell(row, headings[heading.replace("_", " ")], value)
    book.save(path)


def test_a_plan_by_its_spreadsheet(page: Page, live: Site, tmp_path: Path, axe_clean: Callable[[Page], None]) -> None:
    eyes = Eyes(page, axe_clean)
    sign_in(page, CHAIR)
    page.goto(DRAFT)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download the actions (Excel)").click()
    workbook = tmp_path / "actions.xlsx"
    downloading.value.save_as(workbook)

    # As it was downloaded it changes nothing.
    upload(page, DRAFT, workbook)
    expect(page.get_by_text("Nothing new: 2 the same.")).to_be_visible()
    eyes.look()

    # A day that doesn't exist is refused at its cell, and nothing can be recorded.
    new = {"Action": "Publish a map of services", "Lead_post": "Support officer", "Starts_on": "1/5/2018"}
    typed(workbook, 4, **new, Due_on="31/06/2018")
    upload(page, DRAFT, workbook)
    expect(page.get_by_text("“31/06/2018” doesn’t exist: June has 30 days.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Record"))).to_have_count(0)
    eyes.look()

    # Put right, it is recorded.
    typed(workbook, 4, Due_on="29/06/2018")
    upload(page, DRAFT, workbook)
    page.get_by_role("button", name="Record the action").click()
    expect(page.get_by_role("alert")).to_contain_text("1 action was recorded")
    eyes.look()
    page.goto(DRAFT)
    expect(page.get_by_role("link", name=re.compile("Publish a map of services"))).to_be_visible()


def test_the_end_of_the_year(page: Page, live: Site, axe_clean: Callable[[Page], None]) -> None:
    eyes = Eyes(page, axe_clean)
    sign_in(page, CHAIR)
    page.goto(f"{RUNNING}year-end/")
    first, second, third = (page.locator(".csp-settle").nth(at) for at in (0, 1, 2))
    first.get_by_label("Complete").check()
    second.get_by_label("Carry forward into 2018-19").check()
    third.get_by_label("Merge into another").check()
    page.get_by_role("button", name="Record what becomes of them").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"Enter the day ASB \d+ was completed"))
    eyes.look()
    for part, value in (("Day", "28"), ("Month", "3"), ("Year", "2018")):
        first.locator("[data-of=complete]").get_by_label(part).fill(value)
    for part, value in (("Day", "29"), ("Month", "6"), ("Year", "2018")):
        second.locator("[data-of=carry]").get_by_label(part).fill(value)
    second.get_by_label("Why is it carried forward?").fill("Recruitment takes longer")
    third.get_by_label("Into which action?").select_option(index=1)
    third.get_by_label("Why are they merged?").fill("They are one")
    page.get_by_role("button", name="Record what becomes of them").click()
    refused = page.get_by_role("heading", name="There is a problem")
    expect(refused).to_be_visible()  # into what has just been completed
    third.get_by_label("Into which action?").select_option(index=2)
    page.get_by_role("button", name="Record what becomes of them").click()
    expect(page.get_by_role("alert")).to_contain_text("1 completed; 1 carried forward, as ASB 3 of 2018-19; 1 merged")
    eyes.look()
    page.goto(DRAFT)
    expect(page.get_by_role("link", name=re.compile("ASB 3"))).to_be_visible()
