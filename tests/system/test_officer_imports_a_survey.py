"""An officer takes in a survey run elsewhere in the browser: columns, answers, what it would count, recorded, undone."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_every_page import Eyes
from tests.system.test_quarter_end_to_end import COORDINATOR, sign_in

FILES = "/consultations/what-comes-first-sample/files/"
SURVEY = """Respondent ID,First choice,Second choice,Feeling,Browser
r1,Gangs,Road safety,Fine,Firefox
r2,GANGS,,Fine,Safari
r3,Fly tipping,,,Safari
r4,Gangs,Gangs,,Chrome
r1,Burglary,,,Chrome
"""


def upload(page: Page, path: Path) -> None:
    page.goto(FILES)
    page.get_by_role("button", name="Upload a file").click()
    page.get_by_label("The file").set_input_files(str(path))
    page.get_by_label("Which survey is it from?").fill("Youth survey tool")
    page.get_by_role("button", name="Upload the file").click()


def test_a_survey_run_elsewhere(page: Page, live: Site, tmp_path: Path, axe_clean: Callable[[Page], None]) -> None:
    eyes = Eyes(page, axe_clean)
    path = tmp_path / "survey.csv"
    path.write_text(SURVEY)
    sign_in(page, COORDINATOR)
    upload(page, path)

    # What the headings tell is chosen already; a column that nothing tells of is told by hand.
    expect(page.get_by_label("What column B holds")).to_have_value("first")
    eyes.look()
    page.get_by_label("What column E holds").select_option("second")
    page.get_by_role("button", name="Go on to the answers").click()
    expect(page).to_have_title(re.compile("^Error: "))
    eyes.look()
    page.get_by_label("What column E holds").select_option("")
    page.get_by_label("What column D holds").select_option("question.safe")
    page.get_by_role("button", name="Go on to the answers").click()

    # Equal words are placed; of the others somebody says what they stand for.
    expect(page.get_by_text("2 answers to place.")).to_be_visible()
    eyes.look()
    page.get_by_role("button", name="Look at what it would count").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what “Fly tipping” stands for")
    page.get_by_label("What “Fly tipping” stands for").select_option(label="No answer")
    page.get_by_label("What “Fine” stands for").select_option(index=1)
    page.get_by_role("button", name="Look at what it would count").click()

    # Every row that can't be counted says why; they are left out only where somebody says so.
    expect(page.get_by_text("2 of 5 rows would count.")).to_be_visible()
    expect(page.get_by_text("“Gangs” is chosen twice.")).to_be_visible()
    expect(page.get_by_text("The same person answered in row 2, which counts.")).to_be_visible()
    eyes.look()
    page.get_by_role("button", name="Record the 2 responses").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick that the 2 rows that can’t be counted are left out")
    page.get_by_label("Leave out the 2 rows that can’t be counted").check()
    page.get_by_role("button", name="Record the 2 responses").click()
    expect(page.get_by_text("2 responses of this file are counted.")).to_be_visible()
    eyes.look()

    # The very same file is refused; undone, it may come again, and is read as it was told before.
    upload(page, path)
    expect(page.get_by_role("alert")).to_contain_text("This very file has been counted already")
    page.goto(FILES)
    page.get_by_role("link", name="survey.csv").first.click()
    page.get_by_role("link", name="Undo this file").click()
    eyes.look()
    page.get_by_label("Why is it undone?").fill("It was last year’s")
    page.get_by_role("button", name="Undo this file").click()
    expect(page.get_by_text("Nothing of this file is counted.")).to_be_visible()
    upload(page, path)
    expect(page.get_by_label("What column D holds")).to_have_value("question.safe")
    page.get_by_role("button", name="Go on to the answers").click()
    expect(page.get_by_text("Every answer is placed.")).to_be_visible()
