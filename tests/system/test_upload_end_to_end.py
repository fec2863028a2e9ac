"""A file of figures in the browser, with a real worker: the quarter's workbook and back, a file with faults, recorded and taken back."""

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_every_page import Eyes
from tests.system.test_quarter_end_to_end import COORDINATOR, sign_in

DONE_WITHIN = 60_000  # milliseconds, on a busy machine
FAULTY = "Reference,Quarter,Figure,Officer\nB2,2017-18 Q4,1620,A. Person\nC2,2017-18 Q4,143,\nC4,2017-18 Q4,<5,\n"


def upload(page: Page, path: Path) -> None:
    page.goto("/uploads/add/")
    page.get_by_label("The file").set_input_files(str(path))
    page.get_by_label(re.compile("^Ours")).check()
    page.get_by_role("button", name="Upload and compare").click()


def test_a_file_from_its_upload_to_its_figures_and_back(
    page: Page, live: Site, tmp_path: Path, axe_clean: Callable[[Page], None]
) -> None:
    eyes = Eyes(page, axe_clean)
    sign_in(page, COORDINATOR)
    page.goto("/quarters/2017-18-q4/")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download the quarter’s workbook").click()
    workbook = tmp_path / "workbook.xlsx"
    downloading.value.save_as(workbook)

    # What is asked for, and nothing chosen yet.
    page.get_by_role("link", name="upload a file of figures").click()
    page.get_by_role("button", name="Upload and compare").click()
    expect(page).to_have_title(re.compile("^Error: "))
    eyes.look()

    # The workbook as it was downloaded changes nothing.
    upload(page, workbook)
    expect(page.get_by_text("Nothing new: 22 the same.")).to_be_visible(timeout=DONE_WITHIN)
    eyes.look()

    # One cell filled in by hand is one change.
    book = openpyxl.load_workbook(workbook)
    headings = [cell.value for cell in book["Figures"][1]]
    row = next(row for row in book["Figures"].iter_rows() if row[headings.index("Reference")].value == "C2")
    row[headings.index("Figure")].value = 145
    book.save(workbook)
    upload(page, workbook)
    expect(page.get_by_text("1 changed, 21 the same. Nothing has been recorded yet.")).to_be_visible(
        timeout=DONE_WITHIN
    )
    page.get_by_role("button", name="Throw this upload away").click()
    expect(page.get_by_role("alert")).to_contain_text("Thrown away: workbook.xlsx")

    # Somebody's own sheet, with a fault and a column that is nobody's business.
    faulty = tmp_path / "faulty.csv"
    faulty.write_text(FAULTY)
    upload(page, faulty)
    expect(page.get_by_text("2 changed, 1 refused. Nothing has been recorded yet.")).to_be_visible(timeout=DONE_WITHIN)
    eyes.look()
    with page.expect_download() as downloading:
        page.get_by_role("link", name=re.compile("refused cells marked")).click()
    downloading.value.save_as(tmp_path / "marked.xlsx")
    marked = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert (
        marked["faulty"]["C4"].comment.text
        == "Type the exact number: small numbers are hidden in public reports, not here."
    )
    page.get_by_role("button", name="Record the 2 figures").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    eyes.look()
    page.get_by_label("Leave out the refused cell").check()
    page.get_by_label("Why do the verified figures change?").fill("Late reports were added")
    page.get_by_role("button", name="Record the 2 figures").click()
    expect(page.get_by_text("2 figures recorded.")).to_be_visible(timeout=DONE_WITHIN)
    eyes.look()
    assert live.sql("SELECT count(*) FROM indicators_figure WHERE upload_id IS NOT NULL") == [(2,)]

    # Taken back, with a reason.
    page.get_by_role("link", name="Take these figures back").click()
    page.get_by_role("button", name="Take these figures back").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    eyes.look()
    page.get_by_label("Why are they taken back?").fill("The wrong sheet")
    page.get_by_role("button", name="Take these figures back").click()
    expect(page.get_by_text("Taken back. The returns are as they were before it was recorded.")).to_be_visible()
    eyes.look()
    assert live.sql("SELECT count(*) FROM indicators_withdrawal") == [(2,)]

    # What is none is said in a sentence.
    none = tmp_path / "none.csv"
    none.write_text("Dog,Breed\nRex,Collie\n")
    upload(page, none)
    expect(page.get_by_text("No row of headings was found")).to_be_visible(timeout=DONE_WITHIN)
    eyes.look()
    page.goto("/uploads/")
    eyes.look()
