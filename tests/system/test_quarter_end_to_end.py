"""The main job, as its people do it: a data lead gives a figure, the coordinator verifies it and has the pack built by a real worker,
a CSP Executive member downloads it. Everything by keyboard where a person would use one."""

import hashlib
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.system.conftest import Site

PASSWORD = "sample-years-2017"
DATA_LEAD, COORDINATOR, EXECUTIVE = "farida.begum@example.org", "sam.carrick@example.org", "jo.mercer@example.org"
BUILT_WITHIN = 90_000  # milliseconds, on a busy machine


def sign_in(page: Page, email: str) -> None:
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=re.compile("needs you now"))).to_be_visible()


def text_of(pdf: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return done.stdout


def test_from_the_data_lead_to_the_executive_members_download(
    page: Page, live: Site, tmp_path: Path, axe_clean: Callable[[Page], None]
) -> None:
    # The data lead finds what was sent back, with the comment, and first types it wrong.
    sign_in(page, DATA_LEAD)
    axe_clean(page)
    expect(page.get_by_text("137 incidents is below the 142 offences in C3")).to_be_visible()
    page.get_by_role("button", name=re.compile("Change and send")).click()
    expect(page.get_by_role("heading", level=1, name="Number of incidents of hate reported to Police")).to_be_visible()
    axe_clean(page)
    page.get_by_label("How many incidents?").fill("1,56.5")
    page.get_by_role("button", name="Submit figure").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_label("How many incidents?")).to_have_value("1,56.5")
    axe_clean(page)
    # The link in the summary leads to the box, by keyboard.
    page.get_by_role("alert").get_by_role("link").first.press("Enter")
    expect(page.get_by_label("How many incidents?")).to_be_focused()
    page.get_by_label("How many incidents?").fill("156")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-notification-banner")).to_be_visible()
    axe_clean(page)

    # The coordinator verifies it, and C4 and the spend of one project which waited, in one go; nothing was ticked beforehand.
    sign_in(page, COORDINATOR)
    page.goto("/quarters/2017-18-q4/")
    axe_clean(page)
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(3)
    for box in boxes.all():
        expect(box).not_to_be_checked()
        box.press("Space")
    page.get_by_role("button", name="Verify the ticked returns").press("Enter")
    expect(page.get_by_role("heading", name="To verify: 0")).to_be_visible()
    expect(page.get_by_role("heading", name="Verified: 19")).to_be_visible()
    axe_clean(page)

    # and has the pack built by the worker, watching it come.
    page.goto("/packs/")
    axe_clean(page)
    page.get_by_role("button", name=re.compile("2017-18 Q4")).first.click()
    expect(page.get_by_role("heading", level=1, name="Pack for 2017-18 Q4, executive edition")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Download the pack"))).to_be_visible(timeout=BUILT_WITHIN)
    axe_clean(page)

    # A CSP Executive member downloads it: the bytes that were stored.
    sign_in(page, EXECUTIVE)
    axe_clean(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(r"2017-18 Q4.*PDF")).first.click()
    pdf = tmp_path / "pack.pdf"
    download.value.save_as(pdf)
    stored = [path for path in (live.state / "files").rglob("*.pdf") if path.read_bytes() == pdf.read_bytes()]
    assert len(stored) == 1
    page.goto("/packs/")
    page.get_by_role("link", name=re.compile("^Issue ")).first.click()
    shown = page.locator(".csp-checksum").first.inner_text().replace(" ", "").replace("\n", "")
    assert shown == hashlib.sha256(pdf.read_bytes()).hexdigest()
    text = text_of(pdf)
    assert "Number of incidents of hate reported to Police" in text
    assert re.search(r"C2\s+Hate incidents\D+156\b", text)


def test_a_pack_is_watched_without_javascript(live: Site, browser, browser_context_args) -> None:
    with browser.new_context(**browser_context_args, java_script_enabled=False) as context:
        page = context.new_page()
        sign_in(page, COORDINATOR)
        page.goto("/packs/")
        page.get_by_role("button", name=re.compile("2017-18 Q4")).first.click()
        ready = page.get_by_role("link", name=re.compile("Download the pack"))
        for _ in range(BUILT_WITHIN // 500):
            if ready.count():
                break
            expect(page.get_by_role("progressbar")).to_be_visible()
            page.get_by_role("button", name="Look again").click()
            page.wait_for_timeout(500)
        expect(ready).to_be_visible()


def test_two_people_at_once_and_nobody_loses_typing(page: Page, live: Site, browser, browser_context_args) -> None:
    """The second to save is told who changed what, keeps what was typed, and can save on top."""
    sign_in(page, DATA_LEAD)
    page.get_by_role("button", name=re.compile("Change and send")).click()
    page.get_by_label("How many incidents?").fill("156")
    with browser.new_context(**browser_context_args) as context:
        other = context.new_page()
        sign_in(other, COORDINATOR)
        other.goto(page.url)
        other.get_by_label("How many incidents?").fill("149")
        other.get_by_role("button", name="Save draft").click()
        expect(other.locator(".govuk-notification-banner")).to_be_visible()
    page.get_by_role("button", name="Submit figure").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Sam Carrick")
    expect(page.get_by_label("How many incidents?")).to_have_value("156")
    page.get_by_role("button", name="Submit figure").click()
    expect(page.locator(".govuk-notification-banner")).to_be_visible()
