"""The pictures of the guide show what the pages say today. With GUIDE_PICTURES=take they are taken anew first: `make guide`."""

import os

from playwright.sync_api import Page

from tests import guide_pictures
from tests.guide_pictures import PICTURES
from tests.system.conftest import Site
from tests.system.test_quarter_end_to_end import sign_in


def test_the_pictures_of_the_guide_are_true(page: Page, live: Site) -> None:
    anew = os.environ.get("GUIDE_PICTURES") == "take"
    rows = {name: live.sql(statement)[0][0] for name, statement in guide_pictures.ROWS.items()}
    digests: dict[str, str] = {}
    sizes: dict[str, tuple[int, int]] = {}
    for who in dict.fromkeys(picture.who for picture in PICTURES.values()):
        page.context.clear_cookies()
        if who:
            sign_in(page, who)
        for name, picture in PICTURES.items():
            if picture.who == who:
                between = guide_pictures.open_(page, name, rows)
                digests[name] = guide_pictures.words(page, between)
                if anew:
                    sizes[name] = guide_pictures.take(page, name, between)
    if anew:
        guide_pictures.write(digests, sizes)
    before = {name: one["words"] for name, one in guide_pictures.taken().items()}
    stale = [name for name, words in digests.items() if before.get(name) != words]
    assert stale == [], "these pages read otherwise than when their pictures were taken: make guide"
