"""An officer keys a pile of papers in the browser, with the keyboard alone: counted keystrokes, faults, one taken out, finished, undone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.system.conftest import Site
from tests.system.test_every_page import Eyes
from tests.system.test_quarter_end_to_end import COORDINATOR, sign_in

PAPERS = "/consultations/what-comes-first-sample/papers/"


def key(page: Page, *boxes: str) -> int:
    """Type into one box after the other from where the focus is, and save; how many keys that took."""
    pressed = 0
    for place, typed in enumerate(boxes):
        if place:
            page.keyboard.press("Tab")
            pressed += 1
        page.keyboard.type(typed)
        pressed += len(typed)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return pressed + 1


def test_a_pile_of_papers(page: Page, live: Site, axe_clean: Callable[[Page], None]) -> None:
    eyes = Eyes(page, axe_clean)
    sign_in(page, COORDINATOR)
    page.goto(PAPERS)
    page.get_by_role("button", name="Begin a pile").click()
    page.get_by_label("Ward panels").check()
    page.get_by_label("What is this pile?").fill("Weavers ward panel, 4 July")
    page.get_by_label("How many papers are in it?").fill("4")
    page.get_by_role("button", name="Begin the pile").click()
    pile = page.url

    # The focus is in the first box: three concerns, how safe and two connections take 13 keys.
    first = page.get_by_label("Which three of these matter most to you?")
    expect(first).to_be_focused()
    eyes.look()
    assert key(page, "3 7 12", "", "a", "lw") == 13  # 6 for the concerns, Tab, Tab, a, Tab, l, w, Enter
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 4 entered")
    expect(first).to_be_focused()
    expect(page.get_by_text("3 Gangs, 7 Violence at home, 12 Mopeds and dangerous riding")).to_be_visible()
    key(page, "o", "Graffiti", "?", "v", "1 3", "4", "More light, please", "2", "1")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 of 4 entered")

    # What is wrong is told beside its box, the focus is there, and what was typed stays.
    key(page, "5 41", "", "d")
    wrong = page.get_by_label("Which three of these matter most to you?")
    expect(page.get_by_text("There is no 41 on the form: concerns go from 1 to 21, or o for other.")).to_have_count(2)
    expect(wrong).to_be_focused()
    expect(wrong).to_have_value("5 41")
    eyes.look()
    wrong.fill("5 4")
    key(page, "")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 of 4 entered")

    # Enter pressed once too often counts nothing.
    key(page, "")
    expect(page.get_by_text("Nothing is typed. For a paper on which nothing is marked, type - here.")).to_have_count(2)

    # One that was keyed wrongly is taken out; its answers come back into the boxes.
    page.get_by_role("link", name="Take out paper 2").click()
    eyes.look()
    page.get_by_label("How old are you?").fill("2")
    page.get_by_label("Do you have a disability").fill("1")
    page.get_by_role("button", name="Take the paper out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 of 4 entered")
    expect(page.get_by_label("What “other” is")).to_have_value("Graffiti")
    eyes.look()
    key(page, "")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 of 4 entered")

    # The pile was counted otherwise: somebody looks before it is finished.
    page.get_by_role("button", name="Finish the pile").click()
    expect(page.get_by_role("alert")).to_contain_text("3 are entered and 4 were counted: 1 too few.")
    eyes.look()
    page.get_by_label("I have looked").check()
    page.get_by_role("button", name="Finish the pile").click()
    expect(page.get_by_text("3 papers are entered, in 1 pile.")).to_be_visible()
    eyes.look()
    page.goto(pile)
    eyes.look()

    page.get_by_role("link", name="Undo the whole pile").click()
    eyes.look()
    page.get_by_label("Why is it undone?").fill("The panel had sent them in already")
    page.get_by_role("button", name="Undo the whole pile").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Undone: none is counted")
    eyes.look()
