"""The link to the workbook says of which quarter it is."""

import pytest

from tests.unit.indicators.uploads.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/uploads/", "/uploads/add/"])
def test_the_link_says_which_quarter(client, address):
    world = World()
    client.force_login(world.farida)
    assert "workbook for" not in client.get(address).content.decode()
    world.asked(world.reports)
    page = client.get(address).content.decode()
    assert "orkbook for 2017-18 Q4 (Excel)</a>" in page
    assert "/returns/workbook.xlsx?quarter=2017-18-q4" in page
