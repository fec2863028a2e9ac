"""A pack from its build to its issue, as its people do it: the coordinator builds, a co-chair approves, the coordinator issues,
puts a mistake right and takes an issue back. What the public gets of it is in `test_pack_published.py`."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_quarter_end_to_end import BUILT_WITHIN, COORDINATOR, EXECUTIVE, sign_in


def standing(page: Page, words: str) -> None:
    expect(page.locator(".csp-lede")).to_contain_text(words)


def test_built_approved_issued_and_withdrawn(
    page: Page, live: Site, tmp_path: Path, axe_clean: Callable[[Page], None]
) -> None:
    # The coordinator builds it with one button, and reads who approves it. Nobody approves their own.
    sign_in(page, COORDINATOR)
    page.goto("/packs/")
    page.get_by_role("button", name="Build the pack for 2017-18 Q4").first.click()
    expect(page.get_by_role("link", name=re.compile("Download the pack"))).to_be_visible(timeout=BUILT_WITHIN)
    pack = urlsplit(page.url).path
    standing(page, "Ready to approve. Jo Mercer or Victoria Crane may approve it.")
    expect(page.get_by_role("button", name="Approve this pack")).to_have_count(0)
    axe_clean(page)
    page.get_by_role("button", name="Record a word given elsewhere").click()
    page.get_by_role("button", name="Record what was said").click()
    expect(page).to_have_title(re.compile("^Error: "))
    axe_clean(page)
    checksum = _checksum(page, pack)

    # A co-chair finds it on the list, reads it, and approves: three clicks. First without a reason for not approving it.
    sign_in(page, EXECUTIVE)
    page.goto("/packs/")
    axe_clean(page)
    page.get_by_role("link", name=re.compile("Read and approve the executive edition")).click()
    axe_clean(page)
    page.get_by_role("button", name="Don’t approve it").click()
    expect(page).to_have_title(re.compile("^Error: "))
    axe_clean(page)
    page.get_by_role("button", name="Approve this pack").click()
    standing(page, "Approved by Jo Mercer on")

    # The coordinator issues those bytes.
    sign_in(page, COORDINATOR)
    page.goto("/packs/")
    page.get_by_role("link", name=re.compile("Issue the executive edition")).click()
    axe_clean(page)
    page.get_by_role("button", name="Issue the executive edition").click()
    standing(page, "Issued on")
    axe_clean(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download the pack")).click()
    file = tmp_path / "pack.pdf"
    download.value.save_as(file)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == checksum
    page.goto("/packs/register/")
    assert checksum in re.sub(r"\s", "", page.locator("main").inner_text())
    axe_clean(page)

    # A reissue asks what was wrong; an issue is taken back with a reason, which stands on top of its page.
    page.goto("/packs/build/?quarter=2017-18-q4")
    page.get_by_role("button", name="Build the executive edition").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what was wrong with the issue before")
    axe_clean(page)
    page.goto(f"{pack}withdraw/")
    page.get_by_label("Why is it withdrawn?").fill("B2 was of another quarter")
    axe_clean(page)
    page.get_by_role("button", name="Withdraw issue 1").click()
    standing(page, "B2 was of another quarter.")
    axe_clean(page)


def _checksum(page: Page, pack: str) -> str:
    page.goto(pack)
    return re.sub(r"\s", "", page.locator(".csp-checksum").first.inner_text())
