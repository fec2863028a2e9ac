"""Money as the people live it: a subgroup applies, a member who sits on both sides declares an interest, the CSP Executive agrees with a
condition, it becomes a project, its spend comes in with the quarter and is verified, and stands to the penny on the page of money, on the
dashboard and in the pack. The clock of the web server is moved on from one step to the next."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_delivery_year import fill_day, on  # noqa: F401  the fixture of a moved clock
from tests.system.test_quarter_end_to_end import BUILT_WITHIN, COORDINATOR, text_of

SUPPORT, CHAIR, BOTH, MEMBER, LEAD = (
    "callum.reed@example.org",
    "priya.nair@example.org",
    "owen.tranter@example.org",
    "jo.mercer@example.org",
    "marta.lindqvist@example.org",
)
TITLE = "Patrols at the two stations"
SPENT = "£1,234.56"

Looks = Callable[[Page], None]


def seat_on_both_sides(page: Page) -> None:
    """Owen Tranter sits on the ASB Operations Group; now on the CSP Executive too."""
    page.goto("/bodies/csp-executive/members/add/")
    page.get_by_label("Member", exact=True).check()
    page.get_by_label("Account (optional)").select_option(label="Owen Tranter, Superintendent, partnerships")
    page.get_by_label("Name", exact=True).fill("Owen Tranter")
    page.get_by_label("Post", exact=True).fill("Superintendent, partnerships")
    fill_day(page, "starts_on", dt.date(2018, 4, 2))
    page.get_by_role("button", name="Add the member").click()
    expect(page.locator(".govuk-notification-banner")).to_be_visible()


def apply(page: Page, looks: Looks) -> str:
    """The support officer drafts, and is told at each box what can't be read. The address of the application."""
    page.goto("/funding/applications/")
    page.locator("main a").filter(has_text="Apply for money").first.click()
    page.get_by_label("Who applies?").select_option(label="ASB Operations Group")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("What is the money for, and what would change?").fill("Two officers on foot on Friday nights")
    stream = page.get_by_label("Which stream is asked?")
    offered = stream.get_by_role("option", name=re.compile("^Late Night Levy.*: £.* is left$"))
    stream.select_option(value=offered.get_attribute("value"))
    page.get_by_label("Which organisation would spend it?").select_option(label="London Borough of Tower Hamlets")
    fill_day(page, "starts_on", dt.date(2018, 4, 1))
    fill_day(page, "ends_on", dt.date(2019, 3, 31))
    page.locator("[id='id_amount_2018-19']").fill("£9.6k")
    page.get_by_label("Which priority?").select_option(index=1)
    page.get_by_label("A1 ASB calls to police").check()
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("alert")).to_contain_text("type 9,600")  # what to type instead
    expect(page.get_by_label("Title")).to_have_value(TITLE)
    looks(page)
    page.locator("[id='id_amount_2018-19']").fill("9600.50")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(page.locator("main")).to_contain_text("£9,600.50")
    return page.url.split("/", 3)[3]


def submit(page: Page, application: str, looks: Looks) -> None:
    """By the chair, who gives what is missing on the way."""
    page.goto(f"/{application}")
    page.get_by_role("button", name="Submit to the CSP Executive").click()
    expect(page.get_by_label("Who gains, and who might lose?")).to_be_visible()  # the page that asks for it has come
    looks(page)
    page.get_by_label("Who gains, and who might lose?").fill("People who travel alone at night gain")
    page.get_by_label("What happens when the money ends?").fill("The patrols end")
    page.get_by_role("button", name="Submit to the CSP Executive").press("Enter")
    expect(page.locator("main")).to_contain_text("waits for the CSP Executive’s decision")


def declare(page: Page, application: str, looks: Looks) -> None:
    """Who sits on the applying body is asked for their interest, and is never offered the decision."""
    page.goto(f"/{application}")
    expect(page.locator("main")).to_contain_text("You sit on ASB Operations Group")
    expect(page.get_by_role("button", name="Decide on the application")).to_have_count(0)
    page.get_by_label("What is the interest?").fill("My officers would walk the patrols")
    looks(page)
    page.get_by_role("button", name="Declare your interest").press("Enter")
    expect(page.locator("main")).to_contain_text("My officers would walk the patrols")
    page.goto(f"/{application}decide/")
    expect(page.get_by_role("button", name="Give the CSP Executive’s decision")).to_have_count(0)


def agree_with_a_condition(page: Page, application: str, looks: Looks) -> None:
    page.goto("/")
    expect(page.locator("main")).to_contain_text(TITLE)  # it waits for them
    page.goto(f"/{application}")
    page.get_by_role("button", name="Decide on the application").click()
    page.get_by_label("Agreed subject to conditions").check()
    page.get_by_role("button", name="Give the CSP Executive’s decision").click()
    expect(page.get_by_role("alert")).to_contain_text("on what condition")
    looks(page)
    page.locator("#id_condition_1_text").fill("Report how many calls came from the stations")
    page.locator("#id_condition_1_owner_post").fill("Licensing manager")
    fill_day(page, "condition_1_due_on", dt.date(2018, 9, 28))
    page.get_by_role("button", name="Give the CSP Executive’s decision").press("Enter")
    expect(page.locator("main")).to_contain_text("Report how many calls came from the stations")
    expect(page.locator("main")).to_contain_text("Jo Mercer")


def make_it_a_project(page: Page, application: str, looks: Looks) -> str:
    page.goto(f"/{application}")
    page.get_by_role("button", name="Make it a project").click()
    page.get_by_label("Who gives its spend every quarter?").select_option(
        label="Marta Lindqvist, Analyst, Drug and Alcohol Action Team"
    )
    looks(page)
    page.get_by_role("button", name="Make it a project").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    looks(page)
    return page.url.split("/", 3)[3]


def open_the_quarter(page: Page) -> None:
    page.goto("/quarters/open/")
    page.get_by_label("Which quarter?").select_option(label="2018-19 Q1, April to June 2018")
    page.get_by_role("button", name="Go on to its dates").click()
    expect(page.locator("main")).to_contain_text("spend")
    page.get_by_role("checkbox").check()  # the set of 2017-18 is taken over
    page.get_by_role("button", name=re.compile("^Open")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2018-19 Q1")


def give_the_spend(page: Page, looks: Looks) -> None:
    """By keyboard: pence are kept, and what can't be read says what to type."""
    page.goto("/")
    link = page.get_by_role("button", name=re.compile(f"^Give the figure for Spend.*{TITLE}"))
    link.press("Enter")
    box = page.get_by_label("How much was spent?")
    box.fill("1234.567")
    box.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("pence")
    expect(box).to_have_value("1234.567")
    looks(page)
    box.fill(SPENT)
    box.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_contain_text(SPENT)


def verify(page: Page, looks: Looks) -> None:
    page.goto("/quarters/2018-19-q1/")
    expect(page.locator("main")).to_contain_text(SPENT)
    looks(page)
    page.get_by_role("checkbox", name=re.compile(TITLE)).press("Space")
    page.get_by_role("button", name="Verify the ticked returns").press("Enter")
    expect(page.get_by_role("heading", name="To verify: 0")).to_be_visible()


def see_it_to_the_penny(page: Page, project: str, tmp_path: Path, looks: Looks) -> None:
    for address in (f"/{project}", "/funding/?year=2018-19", "/dashboard/2018-19-q1/"):
        page.goto(address)
        expect(page.locator("main")).to_contain_text(SPENT)
        looks(page)


def build_the_pack(page: Page, tmp_path: Path) -> None:
    page.goto("/packs/")
    page.get_by_role("button", name=re.compile("2018-19 Q1")).first.click()
    link = page.get_by_role("link", name=re.compile("Download the pack"))
    expect(link).to_be_visible(timeout=BUILT_WITHIN)
    with page.expect_download() as download:
        link.click()
    pdf = tmp_path / "pack.pdf"
    download.value.save_as(pdf)
    text = text_of(pdf)
    assert SPENT in text
    assert TITLE.split(" at ")[0] in text


def test_money_from_the_application_to_the_pack(
    on: Callable,  # noqa: F811
    live: Site,
    tmp_path: Path,
    axe_clean: Looks,
) -> None:
    with on(dt.date(2018, 4, 16)) as as_whom:
        seat_on_both_sides(as_whom(COORDINATOR))
        application = apply(as_whom(SUPPORT), axe_clean)
        submit(as_whom(CHAIR), application, axe_clean)
    with on(dt.date(2018, 5, 10)) as as_whom:
        declare(as_whom(BOTH), application, axe_clean)
        agree_with_a_condition(as_whom(MEMBER), application, axe_clean)
        project = make_it_a_project(as_whom(COORDINATOR), application, axe_clean)
    with on(dt.date(2018, 7, 5)) as as_whom:
        coordinator = as_whom(COORDINATOR)
        open_the_quarter(coordinator)
        give_the_spend(as_whom(LEAD), axe_clean)
        verify(coordinator, axe_clean)
        see_it_to_the_penny(as_whom(MEMBER), project, tmp_path, axe_clean)
        build_the_pack(coordinator, tmp_path)
