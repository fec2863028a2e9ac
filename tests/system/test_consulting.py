"""A consultation as the partnership team lives it: a survey run elsewhere is taken in with a mapping that is remembered; what was said is
read, quoted, counted and published."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system.conftest import Site
from tests.system.test_every_page import Eyes, eyes  # noqa: F401  (the fixture)
from tests.system.test_quarter_end_to_end import COORDINATOR, sign_in

MEMBER = "jo.mercer@example.org"
ONE = "/consultations/what-comes-first-sample/"
PUBLIC = "/what-you-told-us/what-comes-first-sample/"
SURVEY = """\
Member,Worst problem,Next worst,Safe at night?,Anything to add,Favourite colour
101,road safety,GANGS,yes,The crossing by the school,red
102,Mopeds,Noise,no,,blue
103,Burglary,,yes,,red
104,Road safety,Road Safety,no,,green
101,Noise,,yes,,red
"""


def counted(live: Site) -> int:
    found = live.sql(
        "SELECT count(*) FROM consultation_response r JOIN consultation_consultation c ON c.id = r.consultation_id"
        " WHERE c.slug = 'what-comes-first-sample' AND r.standing = 'counted'"
    )
    return found[0][0]


@pytest.fixture
def officer(page: Page, live: Site) -> Page:
    sign_in(page, COORDINATOR)
    return page


# ---------------------------------------------------------------- a survey run elsewhere
def upload(page: Page, name: str, text: str) -> None:
    page.goto(f"{ONE}files/add/")
    page.get_by_label("The file", exact=True).set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_label("Which survey is it from?").fill("Youth council survey")
    page.get_by_role("button", name="Upload the file").click()


def holds(page: Page, column: str, what: str) -> None:
    page.get_by_label(f"What column {column} holds").select_option(label=what)


def test_a_survey_run_elsewhere_is_mapped_looked_at_and_recorded(officer: Page, live: Site, eyes: Eyes) -> None:  # noqa: F811
    page, before = officer, counted(live)
    upload(page, "youth.csv", SURVEY)
    expect(page.get_by_role("heading", level=1)).to_have_text("What do its columns hold?")
    for column, what in (
        ("A", "Tells people apart: a number or address of theirs"),
        ("B", "First choice"),
        ("C", "Second choice"),
        ("D", "Do you feel safe in your area after dark?"),
        ("E", "Is there anything else you want to tell us?"),
    ):
        holds(page, column, what)
    eyes.look()
    page.get_by_role("button", name="Go on to the answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do its answers stand for?")
    page.get_by_role("button", name="Look at what it would count").click()
    expect(page.get_by_role("alert")).to_contain_text("Mopeds")
    page.get_by_label("What “Mopeds” stands for").first.select_option(label="Mopeds and dangerous riding")
    page.get_by_label("What “yes” stands for").select_option(label="Agree")
    page.get_by_label("What “no” stands for").select_option(label="Disagree")
    eyes.look()
    page.get_by_role("button", name="Look at what it would count").click()
    # 104 names one concern twice; the second row of 101 is the same person: 3 of 5 are left.
    expect(page.locator("main")).to_contain_text("3 of 5 rows would count.")
    refused = page.locator("table", has_text="Each row that can’t be counted")
    expect(refused.get_by_role("row", name="Row 5")).to_contain_text("twice")
    expect(refused.get_by_role("row", name="Row 6")).to_contain_text("row 2")
    eyes.look()
    record = page.get_by_role("button", name="Record the 3 responses")
    record.click()
    expect(page.get_by_role("alert")).to_contain_text("left out")
    assert counted(live) == before
    page.get_by_label("Leave out the 2 rows that can’t be counted").check()
    record.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_be_visible()
    assert counted(live) == before + 3
    eyes.look()

    # The very file is refused, the next one is read as this was.
    upload(page, "again.csv", SURVEY)
    expect(page.get_by_role("alert")).to_contain_text("youth.csv")
    upload(page, "later.csv", SURVEY.replace("101", "201").replace("102", "202").replace("103", "203"))
    expect(page.get_by_label("What column B holds")).to_have_value("first")
    page.get_by_role("button", name="Go on to the answers").click()
    expect(page.locator("main")).to_contain_text("Every answer is placed.")
    page.goto(f"{ONE}files/")
    eyes.look()
    page.get_by_role("link", name=re.compile("youth.csv")).first.click()
    page.get_by_role("link", name=re.compile("^Undo")).click()
    page.get_by_label("Why is it undone?").fill("It was last year’s file")
    page.get_by_role("button", name="Undo this file").press("Enter")
    expect(page.locator("main")).to_contain_text("last year’s file")
    assert counted(live) == before


# ---------------------------------------------------------------- from the last day to the public
def close(page: Page, eyes: Eyes) -> None:  # noqa: F811
    page.goto(f"{ONE}close/")
    page.locator("main textarea, main input[type=text]").first.fill("The meeting that decides was brought forward")
    eyes.look()
    page.get_by_role("button", name="Close the consultation").press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_be_visible()


def settle(page: Page, eyes: Eyes) -> None:  # noqa: F811
    """Words that may tell of harm wait for their owner."""
    page.goto("/consultations/disclosures/")
    eyes.look()
    page.locator("main table a, main li a").first.click()
    page.get_by_role("textbox").first.fill("Passed to the safeguarding team by telephone")
    eyes.look()
    page.get_by_role("button", name=re.compile("settle|seen to|done", re.IGNORECASE)).first.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_be_visible()


def quote(page: Page, eyes: Eyes) -> None:  # noqa: F811
    """The neighbour's house number is found, and taken out."""
    page.goto(f"{ONE}words/?q=neighbour")
    page.get_by_role("link", name=re.compile("^Choose as a quote")).first.click()
    words = page.get_by_label("The words to publish")
    page.get_by_role("button", name="Choose this quote").click()
    expect(page.get_by_role("alert")).to_be_visible()
    eyes.look()
    words.fill("[…] keeps parking across the crossing.")
    page.get_by_role("button", name="Choose this quote").press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_be_visible()


def test_results_are_counted_and_published(
    officer: Page,
    live: Site,
    eyes: Eyes,  # noqa: F811
    browser: Browser,
    browser_context_args: dict,
    axe_clean: Callable[[Page], None],
    tmp_path: Path,
) -> None:
    page, answered = officer, counted(live)
    close(page, eyes)
    settle(page, eyes)
    quote(page, eyes)
    page.goto(f"{ONE}results/")
    eyes.look()
    page.get_by_role("button", name="Count the answers").press("Enter")
    expect(page.locator("main")).to_contain_text("1 quote waits for somebody else to pass.")
    expect(page.get_by_role("button", name="Publish the results")).to_have_count(0)
    eyes.look()
    with browser.new_context(**browser_context_args) as context:
        member = context.new_page()
        sign_in(member, MEMBER)
        member.goto(f"{ONE}words/quotes/")
        axe_clean(member)
        member.get_by_label(re.compile("^Pass quote")).check()
        member.get_by_role("button", name="Pass the ticked quotes").press("Enter")
        expect(member.locator(".govuk-notification-banner")).to_be_visible()
    with browser.new_context(**browser_context_args) as context:
        resident = context.new_page()
        refused = resident.goto(PUBLIC)
        assert refused and refused.status == 404
        page.goto(f"{ONE}results/")
        page.get_by_role("button", name="Publish the results").press("Enter")
        expect(page.locator(".govuk-notification-banner")).to_contain_text("Published")
        eyes.look()
        resident.goto("/what-you-told-us/")
        resident.get_by_role("link", name=re.compile("What should come first")).first.click()
        public = Eyes(resident, axe_clean)
        public.look()
        expect(resident.locator("main")).to_contain_text(f"{answered} people answered")
        expect(resident.locator("main")).to_contain_text("[…] keeps parking across the crossing.")
        expect(resident.locator("main")).not_to_contain_text("number 14")
        take_away(resident, answered, tmp_path)
        resident.get_by_role("link", name=re.compile("You asked, we did")).click()
        expect(resident.locator("main")).to_contain_text("Road safety")
        public.look()


def take_away(page: Page, answered: int, folder: Path) -> None:
    """The PDF and the table, as the page offers them."""
    with page.expect_download() as pdf:
        page.evaluate(
            "a => { a.download = 'results.pdf'; a.click() }", page.locator("a[href$='results.pdf']").element_handle()
        )
    pdf.value.save_as(folder / "results.pdf")
    with pikepdf.open(folder / "results.pdf") as document:
        assert document.Root.Lang == "en-GB" and len(document.pages) > 1
    with page.expect_download() as table:
        page.locator("a[href$='results.csv']").first.click()
    table.value.save_as(folder / "results.csv")
    rows = list(csv.reader(io.StringIO((folder / "results.csv").read_text("utf-8-sig"))))
    assert any(str(answered) in row for row in rows)
