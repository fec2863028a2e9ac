"""The delay of a source, and which revisions matter."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from indicators import actions
from indicators.models import Indicator, Return
from lib.editing import Stale
from tests.factories import UserFactory
from tests.factories.indicators import IndicatorFactory, ReturnFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam():
    return UserFactory(roles=["coordinator"])


def set_(indicator, by, **changes):
    said = {"source_lag": 0, "materiality": None, "reason": "The Ministry publishes late.", "version": 1}
    return actions.set_collecting(indicator, **(said | changes), by=by)


def test_what_is_still_out_is_due_when_its_source_has_it(sam):
    """Without Easter Monday and two bank holidays April has 20 working days, May 21, June 21: 3 July 2018 is the 64th."""
    return_ = ReturnFactory()
    set_(return_.indicator, sam, source_lag=64)
    assert Return.objects.get().due_on == dt.date(2018, 7, 3)


def test_from_what_to_what_is_kept_with_the_reason(sam):
    indicator = IndicatorFactory()
    set_(indicator, sam, source_lag=60, materiality=Decimal("2.50"))
    event = AuditEvent.objects.get()
    assert (event.kind, event.comment) == ("collecting_changed", "The Ministry publishes late.")
    assert event.changes == [
        {"what": "Delay of its source", "was": "none", "now": "60 working days after the quarter’s end"},
        {
            "what": "Revisions listed in packs",
            "was": "every one",
            "now": "those that change a figure by 2.5% or more",
        },
    ]
    set_(indicator, sam, source_lag=60, materiality=Decimal("2.5"), reason="", version=2)  # the same again
    assert (AuditEvent.objects.count(), Indicator.objects.get().version) == (1, 2)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source_lag": -1}, "source_lag"),
        ({"source_lag": 251}, "source_lag"),
        ({"materiality": Decimal(0)}, "materiality"),
        ({"materiality": Decimal("100.01")}, "materiality"),
        ({"source_lag": 1, "reason": " "}, "reason"),
    ],
)
def test_what_is_refused(sam, changes, field):
    with pytest.raises(ValidationError) as refusal:
        set_(IndicatorFactory(), sam, **changes)
    assert list(refusal.value.message_dict) == [field]


@pytest.mark.parametrize(
    "changes", [{"source_lag": 250}, {"materiality": Decimal(100)}, {"materiality": Decimal("0.01")}]
)
def test_the_edges_are_taken(sam, changes):
    assert set_(IndicatorFactory(), sam, **changes).version == 2


def test_over_a_newer_version_is_told(sam):
    indicator = IndicatorFactory()
    set_(Indicator.objects.get(), sam, source_lag=5)
    with pytest.raises(Stale):
        set_(indicator, sam, source_lag=6)
    assert Indicator.objects.get().source_lag == 5
