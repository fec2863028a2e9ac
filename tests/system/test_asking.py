"""A resident answers on a phone, by keyboard only; without script; on a library's screen that clears itself; and in Bengali."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.system.conftest import Site
from tests.system.test_every_page import Eyes, eyes  # noqa: F401  (the fixture)

PHONE = {"width": 320, "height": 640}
START = "/have-your-say/what-comes-first-sample/"
COUNTED = """
    SELECT c.text, d.text, r.standing, ch.key FROM consultation_response r
    JOIN consultation_channel ch ON ch.id = r.channel_id
    LEFT JOIN consultation_concern c ON c.id = r.first_id LEFT JOIN consultation_concern d ON d.id = r.second_id
    ORDER BY r.id DESC LIMIT 1
"""


def newest(live: Site) -> tuple:
    return live.sql(COUNTED)[0]


def how_many(live: Site) -> int:
    return live.sql("SELECT count(*) FROM consultation_response")[0][0]


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on what has this name."""
    for _ in range(60):
        page.keyboard.press("Tab")
        named = page.evaluate(
            "(e => ((e.labels && e.labels[0] ? e.labels[0].textContent : e.textContent) || '').trim())(document.activeElement)"
        )
        if named.startswith(words):
            return
    raise AssertionError(f"Tab never reached {words}")


def press(page: Page, words: str, heading: str, key: str = "Enter") -> None:
    tab_to(page, words)
    page.keyboard.press(key)
    expect(page.locator("h1")).to_contain_text(heading)


def look(eyes: Eyes) -> None:  # noqa: F811
    """At both widths, then back to the phone."""
    eyes.look()
    eyes.page.set_viewport_size(PHONE)


def test_a_resident_on_a_phone_by_keyboard_only(page: Page, live: Site, eyes: Eyes) -> None:  # noqa: F811
    page.set_viewport_size(PHONE)
    before = how_many(live)
    page.goto("/have-your-say/")
    press(page, "What should come first?", "What should come first?")
    press(page, "Start", "Which three of these matter most to you?")
    look(eyes)
    tab_to(page, "Drugs and alcohol abuse")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Road safety")).to_be_checked()
    press(page, "Continue", "Which three of these")
    expect(page.get_by_text("First choice: Road safety")).to_be_visible()
    look(eyes)
    tab_to(page, "Drugs and alcohol abuse")
    page.keyboard.press("Space")
    press(page, "Continue", "Which three of these")
    press(page, "Skip this question", "Do you feel safe")
    tab_to(page, "Agree")
    page.keyboard.press("Space")
    press(page, "Continue", "What is your connection")
    tab_to(page, "I live here")
    page.keyboard.press("Space")
    press(page, "Continue", "Where would better light help?")
    look(eyes)
    press(page, "Skip this question", "How much do you trust")
    press(page, "Skip this question", "Is there anything else")
    expect(page.get_by_text("Don’t report a crime or name people here.")).to_be_visible()
    tab_to(page, "Is there anything else")
    page.keyboard.insert_text("x" * 2010)
    expect(page.get_by_text("You have 10 characters too many").first).to_be_visible()
    press(page, "Continue", "Is there anything else")
    expect(page).to_have_title(re.compile("^Error: "))
    look(eyes)
    tab_to(page, "Is there anything else")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("More light, please 🦉")
    press(page, "Continue", "About you")
    look(eyes)
    press(page, "Answer the questions about you", "How old are you?")
    tab_to(page, "Under 18")
    page.keyboard.press("Space")
    press(page, "Continue", "Do you have a disability")
    press(page, "Skip this question", "Check your answers")
    expect(page.get_by_text("First choice: Road safety")).to_be_visible()
    look(eyes)
    press(page, "Send my answers", "Thank you")
    look(eyes)
    assert how_many(live) == before + 1
    assert newest(live) == ("Road safety", "Drugs and alcohol abuse", "counted", "web")
    page.go_back()  # the browser's own copy of the page with the button is not there any more
    expect(page.locator("h1")).to_contain_text("Thank you")


def test_without_script_and_in_bengali(browser: Browser, browser_context_args: dict, live: Site) -> None:
    with browser.new_context(**browser_context_args, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{START}?lang=bn")
        expect(page.locator("html")).to_have_attribute("lang", "bn")
        expect(page.locator("input[name=website]")).to_be_hidden()
        page.locator("main button[type=submit]").click()
        page.get_by_role("radio").first.check()
        page.locator("main button[type=submit]").first.click()
        page.goto(f"{START}check/")
        page.locator("main button[type=submit]").click()
        expect(page).to_have_url(re.compile("/sent/$"))
    assert newest(live)[1:] == (None, "counted", "web")
    assert live.sql("SELECT language FROM consultation_response ORDER BY id DESC LIMIT 1") == [("bn",)]


def test_a_page_in_bengali_is_sound(page: Page, live: Site, eyes: Eyes) -> None:  # noqa: F811
    page.goto(f"{START}?lang=bn")
    page.locator("main button[type=submit]").click()
    eyes.look()
    page.goto(f"{START}questions/words/")
    eyes.look()
    family = page.evaluate("getComputedStyle(document.querySelector('h1 label')).fontFamily")
    assert "Noto Sans Bengali" in family
    assert page.evaluate("document.fonts.load('700 19px \"Noto Sans Bengali\"', 'প').then(found => found.length)") == 1


def test_a_librarys_screen_asks_and_then_clears_itself(page: Page, live: Site, eyes: Eyes) -> None:  # noqa: F811
    page.clock.install()
    page.goto(f"{START}kiosk/whitechapel/")
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Gangs").check()
    page.clock.fast_forward(39_000)
    still = page.get_by_role("button", name="I’m still here")
    expect(still).to_have_count(0)
    page.clock.fast_forward(2_000)
    expect(still).to_be_visible()
    still.dispatch_event("click")  # as a screen reader presses it; a mouse has said enough by coming near
    expect(still).to_have_count(0)
    page.clock.fast_forward(41_000)
    expect(still).to_be_visible()  # nothing was cleared: it asks again
    page.keyboard.press("Shift")
    expect(still).to_have_count(0)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("First choice: Gangs")).to_be_visible()
    page.clock.fast_forward(41_000)
    expect(still).to_be_visible()
    page.clock.fast_forward(20_000)
    expect(page).to_have_url(re.compile("/kiosk/whitechapel/$"))
    page.goto(f"{START}questions/concerns/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "What should come first?"
    )  # the start: nothing is left

    page.goto(f"{START}kiosk/whitechapel/")
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Burglary").check()
    page.get_by_role("button", name="Continue").click()
    page.goto(f"{START}check/")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    page.clock.fast_forward(16_000)
    expect(page).to_have_url(re.compile("/kiosk/whitechapel/$"))
    assert newest(live) == ("Burglary", None, "counted", "whitechapel")
