"""A public edition on its way out: its officer reads it under embargo, the public at its minute, and nobody of scrutiny the executive one."""

import datetime as dt
import hashlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_every_page import ADMINISTRATOR, COORDINATOR, SCRUTINY, Eyes, eyes
from tests.system.test_quarter_end_to_end import sign_in

__all__ = ["eyes"]  # a fixture
ISSUE, UNDER_EMBARGO = "/reports/2017-18-q4/issue-1/", "/committee/2017-18-q4/issue-1/"
BYTES = b"%PDF-1.7 a report that is published in a moment"
IN_A_MOMENT = "publish_at = now() + interval '3 seconds'"

MAKE = f"""
import datetime as dt
from django.utils import timezone
from accounts.models import User
from priorities.models import Plan
from tests.factories.packs import CompanionFactory, PackFactory
sam = User.objects.get(email={COORDINATOR!r})
at = timezone.now()
people = dict(requested_by=sam, issued_by=sam)
executive = PackFactory(plan=Plan.objects.first(), issued=True, content=b'%PDF-1.7 executive', **people)
public = PackFactory(
    plan=executive.plan, edition='public', made_from=executive, issued=True, issued_at=at, content={BYTES!r},
    publish_at=at + dt.timedelta(hours=1), is_sample=True, **people,
)
print(executive.pk, public.pk)
"""


@pytest.fixture
def packs(live: Site) -> tuple[int, int]:
    """Ids of an issued executive edition and of the public one made from it, which is published in an hour."""
    executive, public = live.manage("shell", "--verbosity=0", "--command", MAKE).split()[-2:]
    return int(executive), int(public)


def test_under_embargo_for_the_officer_and_at_its_minute_for_everybody(
    page: Page, live: Site, eyes: Eyes, packs: tuple[int, int]
) -> None:
    public = page.context.browser.new_context(base_url=live.url).new_page()  # of somebody who isn't signed in
    assert public.goto(ISSUE).status == 404
    sign_in(page, SCRUTINY)
    eyes.open("/committee/")
    page.get_by_role("link", name="Report for 2017-18 Q4, issue 1").click()
    expect(page.get_by_text("Under embargo until")).to_be_visible()
    eyes.look()
    with page.expect_download() as started:
        page.get_by_role("button", name="Download the report").click()
    assert Path(started.value.path()).read_bytes() == BYTES
    kept = live.sql("SELECT count(*) FROM reporting_download WHERE why = 'embargo'")
    assert kept[0][0] == 1

    # It comes by itself: nothing runs at that minute, the clock alone decides.
    assert public.goto(f"{ISSUE}pack.pdf").status == 404
    live.sql(f"UPDATE reporting_pack SET {IN_A_MOMENT} WHERE id = {packs[1]}")
    published_at = live.sql(f"SELECT publish_at FROM reporting_pack WHERE id = {packs[1]}")[0][0]
    while (left := published_at - dt.datetime.now(dt.UTC)) > dt.timedelta(0):
        public.wait_for_timeout(left / dt.timedelta(milliseconds=1) + 50)
    assert public.goto("/reports/").status == 200
    public.get_by_role("link", name="Report for 2017-18 Q4, issue 1", exact=True).click()
    expect(public.get_by_text("This is the issue that stands.")).to_be_visible()
    expect(public.get_by_text(hashlib.sha256(BYTES).hexdigest())).to_be_visible()
    with public.expect_download() as started:
        public.get_by_role("link", name="Report (PDF").click()
    assert started.value.suggested_filename == "sample-tower-hamlets-csp-pack-2017-18-q4-public-issue-1.pdf"
    assert Path(started.value.path()).read_bytes() == BYTES
    page.goto(UNDER_EMBARGO)
    assert urlsplit(page.url).path == ISSUE
    public.context.close()


def test_the_public_pages_of_what_stands_and_what_was_withdrawn(
    page: Page, live: Site, eyes: Eyes, packs: tuple[int, int]
) -> None:
    live.sql(f"UPDATE reporting_pack SET publish_at = issued_at WHERE id = {packs[1]}")
    for address in ("/reports/", "/reports/2017-18-q4/", ISSUE):
        eyes.open(address)
    sign_in(page, COORDINATOR)
    eyes.open("/committee/")
    page.get_by_role("link", name="Write the covering report").click()
    eyes.look()
    page.get_by_label("Comments of the chief finance officer").fill("No cost arises from this report.")
    page.get_by_label("Wards affected").fill("W" * 300)
    page.get_by_role("button", name="Save the covering report").click()
    eyes.look()  # what is wrong
    expect(page.get_by_label("Comments of the chief finance officer")).to_have_value("No cost arises from this report.")
    page.get_by_label("Wards affected").fill("All wards")
    page.get_by_role("button", name="Save the covering report").click()
    expect(page.locator(".govuk-notification-banner")).to_be_visible()
    for form, beginning in (("PDF", b"%PDF-"), ("Word", b"PK")):
        with page.expect_download() as started:
            page.get_by_role("link", name=f"Covering report ({form})").click()
        assert Path(started.value.path()).read_bytes().startswith(beginning)
    withdrawn = "standing = 'withdrawn', withdrawn_at = now(), withdrawn_by_id = issued_by_id"
    live.sql(f"UPDATE reporting_pack SET {withdrawn}, withdrawn_because = 'C2 is wrong' WHERE id = {packs[1]}")
    page.context.clear_cookies()
    eyes.open("/reports/")
    eyes.open(ISSUE)
    eyes.open(f"{ISSUE}pack.pdf", 410)


@pytest.mark.parametrize("who", [SCRUTINY, ADMINISTRATOR])
def test_an_executive_edition_is_reached_by_no_address(
    page: Page, live: Site, packs: tuple[int, int], who: str
) -> None:
    sign_in(page, who)
    executive, _ = packs
    below = ("", "download/", "progress/", "cover-report/", "cover-report/report.pdf", "cover-report/report.docx")
    for address in [f"/packs/{executive}/{name}" for name in below] + ["/packs/"]:
        assert page.request.get(address).status in (403, 404), address
    for address in (f"{ISSUE}pack.pdf", "/reports/2017-18-q4/issue-2/pack.pdf"):
        assert page.request.get(address).status == 404, address
