"""The colours that were agreed, quarter by quarter."""

import pytest

from governance import colours
from lib.quarters import Year
from tests.factories.accounts import UserFactory
from tests.factories.governance import Q3, Q4, ActionFactory, UpdateFactory, agreed

pytestmark = pytest.mark.django_db

QUARTERS = Year(2017).quarters


def test_what_was_agreed_stands_in_its_quarter_with_the_reason():
    action, by = ActionFactory(), UserFactory()
    agreed(UpdateFactory(action=action, quarter=Q3), by=by)
    agreed(UpdateFactory(action=action, quarter=Q4, brag="amber", brag_reason="One trainer"), by=by)
    table = colours.history([action], QUARTERS)
    assert [(cell.brag, cell.reason) for cell in table.rows[0].cells] == [
        ("", ""),
        ("", ""),
        ("green", ""),
        ("amber", "One trainer"),
    ]
    assert table.says_anything


def test_what_waits_or_was_sent_back_does_not():
    action = ActionFactory()
    UpdateFactory(action=action, quarter=Q3, sent_back_because="Which courses?")
    UpdateFactory(action=action, quarter=Q4)
    assert not colours.history([action], QUARTERS).says_anything


def test_one_query_and_the_order_of_the_actions(django_assert_num_queries):
    actions = ActionFactory.create_batch(3)
    with django_assert_num_queries(1):
        table = colours.history(reversed(actions), QUARTERS)
    assert [row.action for row in table.rows] == actions[::-1]
    assert [row.action for row in table.of(actions[:1]).rows] == actions[:1]
