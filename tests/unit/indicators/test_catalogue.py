"""The list of indicators in words."""

import pytest

from indicators import catalogue
from indicators.models import Indicator


def group(*references):
    rows = [catalogue.Listed(Indicator(), each, f"{each} Name", "Police", "", None) for each in references]
    return catalogue.Group(None, tuple(rows))


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([], ""),
        ([group("B2")], "1 indicator of the plan."),
        ([group("A1", ""), group("B2"), group("")], "2 indicators of the plan and 2 measures beside them."),
        ([group("A1"), group("")], "1 indicator of the plan and 1 measure beside it."),
        ([group("", "")], "2 measures."),
    ],
)
def test_how_many_there_are(groups, said):
    assert catalogue.lede(groups) == said
