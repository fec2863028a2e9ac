"""What the authenticator app on somebody's phone does."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

EVERY = 30  # seconds, for which one code holds
TYPED_WITHIN = 6  # seconds from reading a code to the server's looking at it, on a busy machine


def code_of(secret: str) -> str:
    """The code the app shows; when it is about to change, the next one."""
    left = EVERY - time.time() % EVERY
    if left < TYPED_WITHIN:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // EVERY))


def secret_on(page: Page) -> str:
    """The key shown on the page for setting the second step up."""
    found = re.search(r"[A-Z2-7]{16,}", page.locator(".csp-code").inner_text())
    assert found, "no key to type into the app"
    return found[0]
