"""A passkey as the second step, with an authenticator that Chromium plays: adding it, signing in with it, taking it away."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_quarter_end_to_end import DATA_LEAD, PASSWORD
from tests.system.test_signing_in import give, home, sign_out

A_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_from_adding_it_to_taking_it_away(page: Page, live: Site, axe_clean: Callable[[Page], None]) -> None:
    # Passkeys belong to a name, and an address in figures is none.
    site = f"http://localhost:{urlsplit(live.url).port}"
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": A_PHONE})
    page.goto(f"{site}/accounts/login/")
    give(page, DATA_LEAD, PASSWORD)
    home(page)
    page.goto(f"{site}/accounts/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Add a passkey")).to_be_visible()
    axe_clean(page)
    page.get_by_label("Name").fill("Work laptop")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Your recovery codes")).to_be_visible()
    sign_out(page)

    page.goto(f"{site}/accounts/login/")
    give(page, DATA_LEAD, PASSWORD)
    expect(page.get_by_role("heading", level=1, name="Your second step")).to_be_visible()
    axe_clean(page)
    page.goto(f"{site}/returns/")
    expect(page.get_by_role("heading", level=1, name="Your second step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").press("Enter")
    home(page)

    page.goto(f"{site}/accounts/2fa/webauthn/")
    expect(page.get_by_text("Last used on")).to_be_visible()
    axe_clean(page)
    page.get_by_role("link", name="Remove Work laptop").click()
    expect(page.get_by_role("heading", level=1, name="Confirm that it is you")).to_be_visible()
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").press("Enter")
    page.get_by_role("button", name="Remove it").press("Enter")
    expect(page.get_by_text("You have none.")).to_be_visible()
    page.goto(f"{site}/accounts/2fa/")
    expect(page.get_by_text(re.compile("Recovery codes"))).to_have_count(0)
