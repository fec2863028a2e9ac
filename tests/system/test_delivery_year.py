"""A delivery plan's year as the people live it: a support officer drafts, the chair submits, the CSP Executive's word is recorded from its
meeting, quarters are told and agreed, a date moves by acceptance, and the year's end carries forward. The clock of the web server is
moved on from one step to the next; database and worker are those of every browser test."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests import moment
from tests.services import end, free_port
from tests.system.conftest import Site, gunicorn, wait_for
from tests.system.test_quarter_end_to_end import COORDINATOR, sign_in

SUPPORT, CHAIR = "callum.reed@example.org", "daniel.frost@example.org"
PLAN, NEXT = "/delivery-plans/prevent-board/2018-19/", "/delivery-plans/prevent-board/2019-20/"
MOST_CLICKS = 12  # of the chair in a quarter, from signing in

Looks = Callable[[Page], None]
# Counts what is pressed with the pointer, on every page of the tab.
COUNTING = """
window.addEventListener('click', event => {
  if (event.isTrusted && event.detail) sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true);
"""


@pytest.fixture
def on(live: Site, browser: Browser, browser_context_args: dict) -> Callable:
    """`with on(day) as as_whom:` serves the site on that day; `as_whom(email)` is a page signed in there."""

    @contextmanager
    def serve(day: dt.date) -> Iterator[Callable[[str], Page]]:
        port = free_port()
        command = [part.replace("cspplan.wsgi", "tests.wsgi_at") for part in gunicorn(port)]
        at = dt.datetime.combine(day, dt.time(10), tzinfo=dt.UTC)
        env = live.env | moment.at(at) | {"SITE_URL": f"http://127.0.0.1:{port}"}
        served = live.services.start(f"web-{day}", command, env=env)
        wait_for(live, f"web-{day}", env["SITE_URL"])
        contexts = []

        def as_whom(email: str) -> Page:
            context = browser.new_context(**(browser_context_args | {"base_url": env["SITE_URL"]}))
            contexts.append(context)
            page = context.new_page()
            sign_in(page, email)
            return page

        try:
            yield as_whom
        finally:
            for context in contexts:
                context.close()
            end(served)

    return serve


def fill_day(page: Page, prefix: str, day: dt.date) -> None:
    for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"#id_{prefix}_{part}").fill(str(number))


def draft(page: Page, tmp_path: Path, looks: Looks) -> None:
    """One action on the form, nine more in the plan's own workbook."""
    page.goto("/")
    page.get_by_role("button", name="Begin the plan").click()
    expect(page.get_by_label("Whose plan is it?")).to_have_value("prevent-board")
    expect(page.get_by_label("For which year?")).to_have_value("2018-19")
    page.get_by_role("button", name="Start the draft").click()
    page.goto(f"{PLAN}actions/add/")
    page.get_by_label("What is to be done?").fill("Hold 120 workshops in schools")
    page.get_by_label("How is success measured?").fill("120 in the year")
    page.get_by_label("Which post leads it?").fill("Prevent coordinator")
    fill_day(page, "starts_on", dt.date(2018, 4, 3))
    fill_day(page, "due_on", dt.date(2019, 4, 1))
    page.get_by_role("button", name="Add the action").click()
    expect(page.get_by_role("alert")).to_contain_text("31 March 2019")  # and how to go on beyond it
    looks(page)
    fill_day(page, "due_on", dt.date(2019, 3, 31))
    page.get_by_label("C4 Prevent sessions delivered").check()
    page.get_by_role("button", name="Add the action").click()
    expect(page.get_by_role("link", name="Hold 120 workshops in schools")).to_be_visible()
    page.goto(PLAN)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the actions (Excel)").click()
    path = tmp_path / "actions.xlsx"
    download.value.save_as(path)
    add_nine(path)
    page.goto(f"{PLAN}upload/")
    page.get_by_label("The file").set_input_files(path)
    page.get_by_role("button", name="Upload and compare").click()
    expect(page.locator("main")).to_contain_text("Step 9")
    looks(page)
    page.get_by_role("button", name="Record").click()
    expect(page.locator(".govuk-notification-banner")).to_be_visible()


def add_nine(path: Path) -> None:
    """Actions 2 to 10 of the plan; the second is due on 28 September."""
    book = openpyxl.load_workbook(path)
    sheet = book["Actions"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for number in range(1, 10):
        due = dt.date(2018, 9, 28) if number == 1 else dt.date(2019, 3, 31)
        told = {"Action": f"Step {number}", "Lead post": "Education officer, Prevent", "Starts on": dt.date(2018, 4, 3)}
        told |= {"Due on": due, "Success measure": f"Step {number} is done"}
        for name, value in told.items():
            sheet.cell(number + 2, at[name]).value = value
    book.save(path)


def complete_and_submit(support: Page, chair: Page, looks: Looks) -> None:
    """What it takes and the equalities analysis first: without them the chair is told what is missing."""
    chair.goto(PLAN)
    expect(chair.locator("main")).to_contain_text("missing")
    support.goto(f"{PLAN}edit/")
    support.get_by_label("What does it take?").fill("Prevent coordinator and two officers")
    support.get_by_role("button", name="Save the plan’s words").click()
    support.goto(f"{PLAN}equalities/edit/")
    support.get_by_label("No full analysis is needed").check()
    support.get_by_label("Why is no full analysis needed?").fill("The duty’s national analysis applies")
    fill_day(support, "review_on", dt.date(2019, 3, 29))
    support.get_by_role("button", name="Save the equalities analysis").click()
    chair.goto(PLAN)
    chair.locator("main a").filter(has_text="Submit").first.click()
    looks(chair)
    chair.get_by_role("button", name="Submit").click()
    expect(chair.locator("main")).to_contain_text("10 actions wait for the CSP Executive’s word")


def record_from_the_meeting(page: Page, looks: Looks) -> None:
    page.goto(PLAN)
    page.get_by_role("button", name="Record what the CSP Executive said").click()
    looks(page)
    page.get_by_label("In a meeting").check()
    page.get_by_label("At which meeting?").select_option(index=1)
    fill_day(page, "given_on", dt.date(2018, 5, 24))
    page.get_by_label("Agreed", exact=True).check()
    page.get_by_role("button", name="Record what the CSP Executive said").click()
    expect(page.locator("main")).to_contain_text("24 May 2018")
    page.get_by_role("button", name="Begin delivery").click()
    expect(page.locator("main")).to_contain_text("In delivery")


def tell_all_green(page: Page, quarter: str, looks: Looks) -> None:
    """All ten on one page, saved with one press."""
    page.goto(f"{PLAN}updates/{quarter}/")
    for row in page.locator("details").filter(has_text="PREV").all():
        row.locator("summary").click()
        row.get_by_label("Green: on track").check()
        row.get_by_label("Done", exact=False).first.fill("As planned")
    looks(page)
    page.get_by_role("button", name="Save the updates").first.click()
    expect(page.locator("main")).to_contain_text("Every action has its update")


def tell_two_exceptions(page: Page, quarter: str, looks: Looks) -> None:
    """Step 1 (PREV 2) is past its day and said to be green with a new date; PREV 3 turns amber. Of the other eight: no change."""
    page.goto(f"{PLAN}updates/{quarter}/")
    for number in (1, *range(4, 11)):
        page.get_by_role("button", name=re.compile(rf"^No change\b.*PREV {number}$")).click()
    late = page.locator("details").filter(has_text="PREV 2").first
    late.locator("summary").click()
    late.get_by_label("Green: on track").check()
    late.locator("[id$='-done']").fill("The trainer was found")
    for part, number in (("day", 30), ("month", 11), ("year", 2018)):
        late.locator(f"[id$='-move_to_{part}']").fill(str(number))
    late.locator("[id$='-move_because']").fill("The trainer fell ill")
    amber = page.locator("details").filter(has_text="PREV 3").first
    amber.locator("summary").click()
    amber.get_by_label("Amber: at risk").check()
    amber.locator("[id$='-brag_reason']").fill("Two schools withdrew")
    amber.locator("[id$='-done']").fill("Half of the schools")
    page.get_by_role("button", name="Save the updates").first.click()
    expect(page.locator("main")).to_contain_text("Every action has its update")
    looks(page)


def agree_the_quarter(page: Page, looks: Looks) -> int:
    """From the first page on; how many times the chair pressed anything. Signing in took one press more."""
    page.add_init_script(COUNTING)
    page.goto("/")
    page.get_by_role("button", name="Agree the updates").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Agree the updates")
    expect(page.locator("main")).to_contain_text("Said green")
    looks(page)
    page.get_by_label("Accept").first.check()
    page.get_by_role("button", name="Record what you say of the 10 updates").click()
    expect(page.locator(".govuk-notification-banner")).to_be_visible()
    return 1 + int(page.evaluate("sessionStorage.clicks"))


def end_the_year(page: Page, looks: Looks) -> None:
    page.goto(f"{PLAN}year-end/")
    for number in range(1, 11):
        row = page.get_by_role("group", name=f"What becomes of PREV {number}?", exact=True)
        prefix = str(row.get_by_role("radio").first.get_attribute("name")).removesuffix("-what")
        row.get_by_label("Carry forward into 2019-20" if number == 1 else "Complete").check()
        if number == 1:
            fill_day(page, f"{prefix}-new_due_on", dt.date(2019, 9, 30))
            page.locator(f"#id_{prefix}-carry_reason").fill("Schools asked for it in the summer term")
        else:
            fill_day(page, f"{prefix}-done_on", dt.date(2019, 3, 29))
    looks(page)
    page.locator("main form button[type=submit], main form button:not([type])").last.click()
    expect(page.locator(".govuk-notification-banner")).to_be_visible()


def test_a_delivery_plan_from_draft_to_the_next_year(on, tmp_path: Path, axe_clean: Looks) -> None:
    with on(dt.date(2018, 4, 10)) as as_whom:
        support, chair = as_whom(SUPPORT), as_whom(CHAIR)
        draft(support, tmp_path, axe_clean)
        complete_and_submit(support, chair, axe_clean)
    with on(dt.date(2018, 5, 25)) as as_whom:
        record_from_the_meeting(as_whom(COORDINATOR), axe_clean)
    with on(dt.date(2018, 7, 12)) as as_whom:
        tell_all_green(as_whom(SUPPORT), "2018-19-q1", axe_clean)
        agree_all_new(as_whom(CHAIR))
    with on(dt.date(2018, 10, 11)) as as_whom:
        tell_two_exceptions(as_whom(SUPPORT), "2018-19-q2", axe_clean)
        chair = as_whom(CHAIR)
        assert agree_the_quarter(chair, axe_clean) <= MOST_CLICKS
        chair.goto(PLAN)
        row = chair.get_by_role("row").filter(has_text="PREV 2")
        expect(row).to_contain_text("30 November 2018")  # counts now
        expect(row).to_contain_text("was 28 September 2018, moved once")  # and the first is kept
    with on(dt.date(2019, 4, 10)) as as_whom:
        chair = as_whom(CHAIR)
        end_the_year(chair, axe_clean)
        chair.goto(NEXT)
        expect(chair.locator("main")).to_contain_text("Hold 120 workshops in schools")
        axe_clean(chair)


def agree_all_new(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Agree the updates").first.click()
    page.get_by_role("button", name="Agree all 10 updates").click()
    expect(page.locator(".govuk-notification-banner")).to_be_visible()
