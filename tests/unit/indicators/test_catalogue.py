"""The list of indicators in words."""

import pytest

from indicators import catalogue
from indicators.models import Indicator
from priorities.models import Priority


def group(placed, *families):
    rows = [catalogue.Listed(Indicator(family=family), "B2", "Police", "", None) for family in families]
    return catalogue.Group(Priority() if placed else None, tuple(rows))


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([], ""),
        ([group(True, "performance")], "1 indicator of the plan."),
        (
            [group(True, "performance", "context"), group(True, "performance"), group(False, "context")],
            "2 indicators of the plan and 2 measures beside them.",
        ),
        (
            [group(True, "performance"), group(False, "performance", "context")],
            "1 indicator of the plan, 1 indicator in no plan and 1 measure beside them.",
        ),
        ([group(False, "context")], "1 measure beside the plan."),
    ],
)
def test_how_many_there_are(groups, said):
    assert catalogue.lede(groups) == said
