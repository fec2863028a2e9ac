"""The partnership's own workbook, uploaded when what it was written from has changed: nothing newer is swept away by it."""

from decimal import Decimal

import pytest

from indicators import actions
from indicators.uploads.comparing import CHANGED, REFUSED, SAME
from tests.factories.accounts import UserFactory
from tests.unit.indicators.uploads.world import TODAY, World, compared

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def only(text, by, on=TODAY):
    (line,) = compared(text, by, on).lines
    return line


OURS = "Reference,Quarter,Figure,Key,Version\nB2,2017-18 Q4,{},domestic-abuse-reports 2017-18-q4,{}\n"


def test_what_somebody_else_sent_since_the_download(world):
    return_ = world.asked(world.reports)
    lena = UserFactory(name="Lena Fox", roles=["coordinator"])
    actions.submit(return_, version=1, numerator=Decimal(1400), supplied_by=lena, by=lena)
    line = only(OURS.format(1389, 1), world.farida)
    assert (line.kind, line.why) == (
        REFUSED,
        "This has been changed since you downloaded the workbook: now 1,400 from Lena Fox.",
    )
    assert only(OURS.format(1400, 1), world.farida).kind == SAME
    assert only(OURS.format(1389, 2), world.farida).kind == CHANGED


def test_what_one_sent_oneself_since_the_download_is_changed(world):
    return_ = world.asked(world.reports)
    actions.submit(return_, version=1, numerator=Decimal(1400), supplied_by=world.farida, by=world.farida)
    assert only(OURS.format(1389, 1), world.farida).kind == CHANGED


def test_an_own_draft_does_not_excuse_what_somebody_else_sent_since_the_download(world):
    return_ = world.asked(world.reports)
    lena = UserFactory(name="Lena Fox", roles=["coordinator"])
    actions.submit(return_, version=1, numerator=Decimal(1400), supplied_by=lena, by=lena)
    actions.save_draft(return_, typed={"number": "13"}, version=2, by=world.farida)
    line = only(OURS.format(1389, 1), world.farida)
    assert (line.kind, line.why) == (
        REFUSED,
        "This has been changed since you downloaded the workbook: now 1,400 from Lena Fox.",
    )


def test_an_untouched_cell_does_not_put_back_what_one_has_changed_oneself_since_the_download(world):
    """Downloaded with 1,389 in it, then 1,400 sent on the form: the old workbook still says 1,389."""
    return_ = world.asked(world.reports)
    actions.submit(return_, version=1, numerator=Decimal(1389), supplied_by=world.farida, by=world.farida)
    actions.submit(return_, version=2, numerator=Decimal(1400), supplied_by=world.farida, by=world.farida)
    line = only(OURS.format(1389, 2), world.farida)
    assert (line.kind, line.why) == (
        REFUSED,
        "You changed this to 1,400 since you downloaded the workbook. To go back to 1,389, use the page of the return.",
    )
    assert only(OURS.format(1390, 2), world.farida).kind == CHANGED
    assert only(OURS.format(1389, 3), world.farida).kind == CHANGED


def test_a_draft_that_somebody_else_began_since_the_download(world):
    actions.save_draft(world.asked(world.reports), typed={"number": "1"}, version=1, by=world.sam)
    line = only(OURS.format(1389, 1), world.farida)
    assert (line.kind, line.why) == (REFUSED, "Sam Carrick has begun a draft since you downloaded the workbook.")


def test_a_reason_given_since_the_download(world):
    actions.say_missing(world.asked(world.reports), reason="source_lag", version=1, by=world.sam)
    line = only(OURS.format(1389, 1), world.farida)
    assert line.why == "This has been changed since you downloaded the workbook: no figure: source lag."
