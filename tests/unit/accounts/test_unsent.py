"""What is kept while somebody types: one for each person and form, theirs alone."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import audit, scheduled, unsent
from accounts.models import AuditEvent, Unsent
from indicators import actions
from tests.factories import UserFactory
from tests.factories.indicators import ReturnFactory

pytestmark = pytest.mark.django_db

AT = dt.datetime(2018, 5, 3, 13, 2, tzinfo=dt.UTC)
ENDS = ("return_draft_saved",)


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum")


@pytest.fixture
def return_():
    return ReturnFactory()


def test_the_later_typing_takes_the_place_of_the_earlier(farida, return_, django_assert_num_queries):
    with django_assert_num_queries(1):
        unsent.keep(farida, return_, {"number": "1"}, version=1, at=AT)
    unsent.keep(farida, return_, {"number": "16"}, version=1, at=AT + dt.timedelta(seconds=5))
    row = Unsent.objects.get()
    assert row.typed == {"number": "16", "version": 1}
    assert row.saved_at == AT + dt.timedelta(seconds=5)
    assert not AuditEvent.objects.exists()


def test_two_people_and_two_forms_each_have_their_own(farida, return_):
    sam, other = UserFactory(), ReturnFactory(round=return_.round)
    for person, record, number in ((farida, return_, "1"), (sam, return_, "2"), (farida, other, "3")):
        unsent.keep(person, record, {"number": number}, version=1, at=AT)
    unsent.keep(farida, return_.commentary, {"why": "4"}, version=1, at=AT)  # of the same number, maybe
    assert unsent.restore(farida, return_, ends=ENDS).typed["number"] == "1"
    assert unsent.restore(sam, return_, ends=ENDS).typed["number"] == "2"
    unsent.forget(farida, return_)
    assert unsent.restore(farida, return_, ends=ENDS) is None
    assert unsent.restore(sam, return_, ends=ENDS).typed["number"] == "2"
    assert unsent.restore(farida, other, ends=ENDS).typed["number"] == "3"
    assert unsent.restore(farida, return_.commentary, ends=ENDS).typed["why"] == "4"


# {"why": "...", "version": 1} around the text is 25 characters: 20 × 1,024 = 20,480 less 25 are 20,455.
@pytest.mark.parametrize(("typed", "is_kept"), [("x" * 20_455, True), ("x" * 20_456, False), ("é" * 10_228, False)])
def test_twenty_kilobytes_a_form_and_no_more(farida, return_, typed, is_kept):
    unsent.keep(farida, return_, {"why": "before"}, version=1, at=AT)
    if is_kept:
        unsent.keep(farida, return_, {"why": typed}, version=1, at=AT)
    else:
        with pytest.raises(ValidationError, match="too long to be kept while you type"):
            unsent.keep(farida, return_, {"why": typed}, version=1, at=AT)
    assert Unsent.objects.get().typed["why"] == (typed if is_kept else "before")


def test_a_character_that_no_database_keeps_is_left_out(farida, return_):
    unsent.keep(farida, return_, {"why": "a\x00b", "received_on": ["1\x00", "4", ""]}, version=1, at=AT)
    assert unsent.restore(farida, return_, ends=ENDS).typed == {
        "why": "ab",
        "received_on": ["1", "4", ""],
        "version": 1,
    }


def test_what_others_did_meanwhile_comes_with_it(farida, return_, django_assert_num_queries):
    unsent.keep(farida, return_, {"number": "1"}, version=1, at=AT)
    with django_assert_num_queries(1):
        assert unsent.restore(farida, return_, ends=ENDS).changed == []
    actions.save_draft(return_, typed={"number": "5"}, version=1, by=UserFactory(name="Sam Carrick", post=""))
    with django_assert_num_queries(2):
        left = unsent.restore(farida, return_, ends=ENDS)
    assert [(line.who, line.words, line.changes) for line in left.changed] == [
        (audit.history(return_).get().actor_label, "Draft saved", ["Figure: 5"])
    ]
    assert left.typed == {"number": "1", "version": 1}
    assert not unsent.is_over(farida, return_, 1, ends=ENDS)


def test_what_arrives_after_its_form_was_saved_is_over(farida, return_):
    actions.save_draft(return_, typed={"number": "16"}, version=1, by=farida)
    unsent.keep(farida, return_, {"number": "1"}, version=1, at=AT)  # the request was on its way
    assert unsent.restore(farida, return_, ends=ENDS) is None
    assert unsent.is_over(farida, return_, 1, ends=ENDS)
    assert not unsent.is_over(farida, return_, 2, ends=ENDS)
    unsent.keep(farida, return_, {"number": "17"}, version=2, at=AT)
    assert unsent.restore(farida, return_, ends=ENDS).typed["number"] == "17"


def test_it_goes_after_ninety_days_and_not_before(farida, return_):
    now = timezone.now()
    other = ReturnFactory(round=return_.round)
    unsent.keep(farida, return_, {"number": "1"}, version=1, at=now - dt.timedelta(days=90, minutes=1))
    unsent.keep(farida, other, {"number": "2"}, version=1, at=now - dt.timedelta(days=89, hours=23))
    scheduled.clear_unsent()
    assert [row.typed["number"] for row in Unsent.objects.all()] == ["2"]
    assert not AuditEvent.objects.exists()
