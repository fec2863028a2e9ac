"""The very cell that can't be read is refused, not the figure it stands beside."""

import pytest

from tests.unit.indicators.uploads.world import World, read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("B2,2017-18 Q4,5,04/25/2018,,", "D2"),
        ("B2,2017-18 Q4,,,Because,", "E2"),
        ("B2,2017-18 Q4,,,Source lag,soon", "F2"),
    ],
)
def test_what_stands_beside_a_figure(row, cell):
    world = World()
    world.asked(world.reports)
    text = f"Reference,Quarter,Figure,Taken on,No figure because,Expected on\n{row}\n"
    (refusal,) = read(text, world.farida).refusals
    assert refusal.place.name == cell
