"""The harness itself: what it starts answers, and the page everybody meets first is sound."""

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.system.conftest import Site


def test_every_part_is_well(page: Page, live: Site) -> None:
    response = page.request.get("/healthz")

    assert response.status == 200
    assert json.loads(response.text()) == {"database": "ok", "storage": "ok", "broker": "ok"}


def test_the_sign_in_page_is_sound(page: Page, axe_clean: Callable[[Page], None]) -> None:
    page.goto("/accounts/login/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_label("Email address")).to_be_visible()
    axe_clean(page)
