"""Getting in, and no longer getting in, as people do it: the second step, an invitation, a new password, an account that is closed."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.services import end, free_port
from tests.system.conftest import Site, gunicorn, wait_for
from tests.system.second_step import code_of, secret_on
from tests.system.test_every_page import ADMINISTRATOR, NEW
from tests.system.test_quarter_end_to_end import COORDINATOR, DATA_LEAD, PASSWORD, sign_in


@pytest.fixture
def strict(live: Site) -> Iterator[str]:
    """The address of the same installation where the second step is asked for, as in production."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    server = live.services.start("strict", gunicorn(port), env=live.env | {"TOTP_REQUIRED": "yes", "SITE_URL": url})
    try:
        wait_for(live, "strict", url)
        yield url
    finally:
        end(server)


def give(page: Page, email: str, password: str) -> None:
    """Fill in the sign-in page."""
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.keyboard.press("Enter")


def home(page: Page) -> None:
    expect(page.get_by_role("heading", level=1, name=re.compile("needs you now"))).to_be_visible()


def sign_out(page: Page) -> None:
    page.goto(urljoin(page.url, "/accounts/logout/"))
    page.locator("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_the_second_step_from_setting_it_up_to_a_recovery_code(
    page: Page, strict: str, axe_clean: Callable[[Page], None]
) -> None:
    page.goto(f"{strict}/accounts/login/")
    give(page, COORDINATOR, PASSWORD)
    # The way leads to setting it up, whatever page is asked for, with the password once more.
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    page.goto(f"{strict}/quarters/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Set up the second step")).to_be_visible()
    axe_clean(page)
    page.get_by_label("Code").fill("12 34")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Error: "))
    secret = secret_on(page)
    page.get_by_label("Code").fill(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Your recovery codes")).to_be_visible()
    axe_clean(page)
    codes = page.get_by_label("Codes not yet used").get_by_role("listitem").all_inner_texts()
    assert len(set(codes)) == 10
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("Download the codes")).click()
    assert codes[0] in download.value.path().read_text()
    # It stays on: the role needs it.
    page.goto(f"{strict}/accounts/2fa/")
    expect(page.get_by_text("Your role needs it")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Switch off"))).to_have_count(0)
    page.goto(f"{strict}/quarters/")
    expect(page.get_by_role("heading", level=1, name="Quarters")).to_be_visible()
    sign_out(page)

    page.goto(f"{strict}/accounts/login/")
    give(page, COORDINATOR, PASSWORD)
    expect(page.get_by_role("heading", level=1, name="Enter your code")).to_be_visible()
    page.get_by_label("Code").fill(code_of(secret))
    page.keyboard.press("Enter")
    home(page)
    sign_out(page)

    # Without the phone: a recovery code, once.
    for code, lets_in in ((codes[3], True), (codes[3], False), (codes[4], True)):
        page.goto(f"{strict}/accounts/login/")
        give(page, COORDINATOR, PASSWORD)
        page.get_by_label("Code").fill(code)
        page.keyboard.press("Enter")
        if lets_in:
            home(page)
            sign_out(page)
        else:
            expect(page.get_by_role("alert")).to_contain_text("The code is not right")
            page.goto(f"{strict}/people/")
            expect(page.get_by_role("heading", level=1, name="Enter your code")).to_be_visible()
            page.context.clear_cookies()


def test_other_roles_sign_in_with_their_password_alone(page: Page, strict: str) -> None:
    page.goto(f"{strict}/accounts/login/")
    give(page, DATA_LEAD, PASSWORD)
    home(page)


def test_an_invitation_from_the_form_to_the_first_page(page: Page, live: Site) -> None:
    sign_in(page, ADMINISTRATOR)
    page.goto("/people/invite/")
    page.get_by_label("Full name").fill("Robin Vale")
    page.get_by_label("Email address").fill("Robin.Vale@example.org")
    page.get_by_label("Data lead").check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.locator(".govuk-notification-banner")).to_be_visible()
    link = live.mailed("robin.vale@example.org", "/invitation/")
    page.context.clear_cookies()
    page.goto(link)
    expect(page.get_by_text("Hello Robin Vale")).to_be_visible()
    for password in ("short", NEW):
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_label("Password again").fill(password)
        page.keyboard.press("Enter")
        if password == "short":
            expect(page.get_by_role("alert")).to_contain_text("12 characters or more")
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    give(page, "robin.vale@example.org", NEW)
    home(page)
    # The link is used up.
    page.context.clear_cookies()
    assert page.goto(link).status == 410
    expect(page.get_by_label("Password", exact=True)).to_have_count(0)


def test_a_forgotten_password_from_the_mail_to_the_first_page(page: Page, live: Site) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("link", name="I have forgotten my password").click()
    page.get_by_label("Email address").fill(DATA_LEAD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/password/reset/done/$"))  # the mail may be there before the page is
    link = live.mailed(DATA_LEAD, "/password/reset/key/")
    page.goto(link)
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("New password again").fill(NEW)
    page.keyboard.press("Enter")
    expect(page.get_by_label("New password again")).to_have_count(0)
    page.goto("/accounts/login/")
    give(page, DATA_LEAD, PASSWORD)
    expect(page.get_by_role("alert")).to_contain_text("The email address or the password is not right")
    give(page, DATA_LEAD, NEW)
    home(page)
    page.context.clear_cookies()
    page.goto(link)
    expect(page.get_by_role("heading", level=1, name="This link no longer works")).to_be_visible()


def test_who_has_left_is_out_with_the_next_click(
    page: Page, live: Site, browser: Browser, browser_context_args: dict
) -> None:
    with browser.new_context(**browser_context_args) as context:
        theirs = context.new_page()
        sign_in(theirs, DATA_LEAD)
        sign_in(page, ADMINISTRATOR)
        page.goto("/people/")
        page.get_by_role("link", name=re.compile("Farida Begum")).first.click()
        page.get_by_role("link", name="Close the account").click()
        page.get_by_role("button", name="Close the account now").click()
        expect(page.locator(".govuk-notification-banner")).to_be_visible()
        theirs.goto("/returns/")
        expect(theirs.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
        give(theirs, DATA_LEAD, PASSWORD)
        expect(theirs.get_by_role("heading", level=1, name=re.compile("needs you now"))).to_have_count(0)
        theirs.goto("/returns/")
        expect(theirs.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
