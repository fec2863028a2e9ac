"""What the page for closing a quarter says of what is not done."""

import html

import pytest
from django.urls import reverse

from tests.factories import UserFactory
from tests.factories.indicators import Q4, ReturnFactory, RoundFactory, sent

pytestmark = pytest.mark.django_db

ADDRESS = reverse("indicators:round-close", args=[Q4])


@pytest.fixture
def page(client):
    client.force_login(UserFactory(name="Sam Carrick", roles=["coordinator"]))
    return lambda: " ".join(html.unescape(client.get(ADDRESS).content.decode()).split())


def test_it_lists_what_waits_to_be_verified(page):
    round_ = RoundFactory()
    sent(ReturnFactory(round=round_, indicator__name="Reports of hate"), 1604)
    assert "One return waits to be verified" in page()
    assert "Reports of hate: 1,604, from" in page()
    assert "You can verify it after closing as well" in page()
    sent(ReturnFactory(round=round_, indicator__name="Reports of abuse"), 7)
    assert "Two returns wait to be verified" in page()


def test_it_says_that_nobody_is_reminded_any_more(page):
    ReturnFactory(round=RoundFactory())
    assert "nobody is reminded of it any more" in page()
    assert "to be verified</h2>" not in page()
