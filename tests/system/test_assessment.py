"""The strategic assessment of a year, written box by box in the browser and built by a real worker."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_quarter_end_to_end import BUILT_WITHIN, COORDINATOR, EXECUTIVE, sign_in

YEAR = "/assessments/2017-18/"


def test_a_year_is_written_and_built(page: Page, live: Site, axe_clean: Callable[[Page], None]) -> None:
    # The coordinator changes why one indicator moved, beside its two years.
    sign_in(page, COORDINATOR)
    page.goto("/assessments/")
    page.get_by_role("link", name="Strategic assessment 2017-18").click()
    expect(page.get_by_text("Everything is written.")).to_be_visible()
    page.get_by_role("link", name=re.compile("Change it.*A2 ASB repeat callers")).press("Enter")
    expect(page.get_by_text("down 34 (8.8%)")).to_be_visible()
    page.get_by_label("Why?").fill("")
    page.get_by_role("button", name="Save and go back").click()
    expect(page).to_have_title(re.compile("^Error: "))
    axe_clean(page)
    page.get_by_label("Why?").fill("Caseworkers hold nearly all of those who call most.")
    page.get_by_role("button", name="Save and go back").press("Enter")
    expect(page.get_by_text("Caseworkers hold nearly all of those who call most.")).to_be_visible()

    # A section of their own, which then comes before the last one.
    page.get_by_role("link", name="Add a section").click()
    page.get_by_label("Heading").fill("What others do")
    page.get_by_label("Text", exact=True).fill("Two boroughs beside ours have caseworkers too.")
    page.get_by_role("button", name="Save the section").click()
    page.get_by_role("button", name=re.compile("Move it up.*What others do")).click()
    headings = page.locator("section[aria-labelledby=sections] h3")
    expect(headings).to_have_text(
        ["Where and when", "Who is harmed", "What is coming", "What others do", "What we could not find out"]
    )
    axe_clean(page)

    # Built by the worker, its page says so; here too, and that it has been overtaken once a word is changed.
    page.get_by_role("button", name="Build it to be approved").click()
    expect(page.get_by_role("heading", level=1, name=re.compile("Strategic assessment 2017-18"))).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r"PDF, .* pages"))).to_be_visible(timeout=BUILT_WITHIN)
    axe_clean(page)
    page.goto(YEAR)
    expect(page.get_by_text("Ready to approve")).to_be_visible()
    expect(page.get_by_text("Words have changed since it was built.")).to_have_count(0)
    page.get_by_role("link", name="Change the summary").click()
    page.get_by_label("Summary").fill("A quiet year.")
    page.get_by_role("button", name="Save the summary").click()
    expect(page.get_by_text("Words have changed since it was built.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Remove it.*What others do")).click()
    expect(page.get_by_text(re.compile("holds this section"))).to_be_visible()
    axe_clean(page)

    # A member of the CSP Executive reads it, and has nothing to press.
    sign_in(page, EXECUTIVE)
    page.goto(YEAR)
    expect(page.get_by_text("Caseworkers hold nearly all of those who call most.")).to_be_visible()
    expect(page.locator("main").get_by_role("button")).to_have_count(0)
