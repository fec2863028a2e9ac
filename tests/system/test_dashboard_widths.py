"""The scorecard is read across on anything wider than a small tablet, and nowhere does the page scroll sideways."""

import pytest
from playwright.sync_api import Page

from tests.system.conftest import Site
from tests.system.test_quarter_end_to_end import EXECUTIVE, sign_in

WIDTHS = (320, 641, 768, 820, 860, 960, 1024, 1199, 1280)
TABLE_FROM = 860
SHAPE = """() => {
    const table = document.querySelector('.csp-scorecard')
    const left = (of) => Math.round(of.getBoundingClientRect().left)
    return {
        sideways: document.documentElement.scrollWidth - window.innerWidth,
        display: getComputedStyle(table).display,
        type: getComputedStyle(table).fontSize,
        heights: [...table.querySelectorAll('.csp-scorecard__row')].map(row => row.getBoundingClientRect().height),
        forecasts: [...table.querySelectorAll('.csp-forecast__value')].map(value => {
            const text = document.createRange()
            text.selectNodeContents(value)
            return left(text) - left(value.closest('td'))
        }),
    }
}"""


@pytest.mark.parametrize("quarter", ["2017-18-q4", "2017-18-q3", "2016-17-q4"])
def test_the_scorecard_is_a_table_from_a_tablet_on_and_short_blocks_below(page: Page, live: Site, quarter: str) -> None:
    sign_in(page, EXECUTIVE)
    page.goto(f"/dashboard/{quarter}/")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        shape = page.evaluate(SHAPE)
        assert shape["sideways"] <= 0, f"scrolls sideways at {width} px"
        assert shape["display"] == ("table" if width >= TABLE_FROM else "block"), width
        assert shape["type"] == "16px"
        if width > 640:
            assert max(shape["heights"]) <= 120, f"an indicator takes {max(shape['heights'])} px at {width} px"
        if 640 < width < TABLE_FROM:
            assert set(shape["forecasts"]) <= {0}, f"a forecast doesn’t start under its label at {width} px"
