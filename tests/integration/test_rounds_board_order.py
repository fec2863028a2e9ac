"""In which order the quarter's page shows its parts, and what stands over its columns."""

import datetime as dt
import html
import re

import pytest
import time_machine
from django.urls import reverse

from tests.factories import UserFactory
from tests.factories.collecting import RevisionFactory
from tests.factories.indicators import Q4, IndicatorFactory, LeadFactory, ReturnFactory, RoundFactory, sent, verified

pytestmark = pytest.mark.django_db

DAYS = {
    "opens_on": dt.date(2018, 4, 3),
    "due_on": dt.date(2018, 4, 26),
    "commentary_due_on": dt.date(2018, 5, 8),
    "verify_by": dt.date(2018, 5, 3),
    "closes_on": dt.date(2018, 5, 10),
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(dt.datetime(2018, 4, 26, 12, tzinfo=dt.UTC), tick=True):
        yield


@pytest.fixture
def round_():
    return RoundFactory(**DAYS)


@pytest.fixture
def shown(client):
    def look(on=dt.date(2018, 4, 26)):
        with time_machine.travel(dt.datetime(on.year, on.month, on.day, 12, tzinfo=dt.UTC)):
            client.force_login(UserFactory(roles=["coordinator"]))
            page = html.unescape(client.get(reverse("indicators:round-detail", args=[Q4])).content.decode())
        parts = re.findall(r'<h2 class="govuk-heading-m csp-heading-rule" id="([a-z-]+)"', page)
        links = re.findall(r'href="#([a-z-]+)"', page)
        return page, parts, [link for link in links if link in parts]

    return look


def test_what_is_to_be_verified_comes_first_in_links_and_parts(round_, shown):
    sent(ReturnFactory(round=round_))
    LeadFactory(indicator=ReturnFactory(round=round_).indicator)
    _, parts, links = shown()
    order = ["to-verify", "who-owes", "still-out", "missing", "commentary-out", "verified", "dates"]
    assert parts == links == order


def test_where_nothing_waits_the_order_is_the_same(round_, shown):
    LeadFactory(indicator=ReturnFactory(round=round_).indicator)
    page, parts, links = shown()
    assert parts == links == ["to-verify", "who-owes", "still-out", "missing", "commentary-out", "verified", "dates"]
    assert "Nothing waits to be verified." in page


def test_revisions_stand_with_what_is_to_be_verified(round_, shown):
    LeadFactory(indicator=ReturnFactory(round=round_).indicator)
    revised = ReturnFactory(round=round_, indicator=IndicatorFactory())
    verified(revised)
    sent(
        revised, 7, revision=RevisionFactory(indicator=revised.indicator), restates="revision", restated_because="Late."
    )
    _, parts, links = shown()
    assert parts[:3] == links[:3] == ["to-verify", "revisions", "who-owes"]


@pytest.mark.parametrize(("day", "word", "other"), [(26, "When", "How late"), (27, "How late", "When")])
def test_nothing_is_called_late_that_is_not(round_, shown, day, word, other):
    """Figures are due on the 26th."""
    LeadFactory(indicator=ReturnFactory(round=round_).indicator)
    page, _, _ = shown(dt.date(2018, 4, day))
    out = page[page.index('id="still-out"') : page.index('id="missing"')]
    who = page[page.index('id="who-owes"') : page.index('id="still-out"')]
    for part in (out, who):
        assert f'role="columnheader">{word}</th>' in part and f'data-label="{word}"' in part
        assert other not in part
    words = page[page.index('id="commentary-out"') : page.index('id="verified"')]
    assert 'data-label="When"' in words
