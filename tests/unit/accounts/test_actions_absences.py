"""Being away: which days, who may stand in, and what is never passed on twice."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts import absences, actions
from accounts.models import Absence, AuditEvent, RoleGrant, User
from tests.factories import UserFactory
from tests.factories.accounts import RoleGrantFactory
from tests.factories.collecting import AbsenceFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 4, 10)


def day(number, month=4, year=2018):
    return dt.date(year, month, number)


FIRST, LAST = day(16), day(27)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(dt.datetime(2018, 4, 10, 8, 0, tzinfo=dt.UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", roles=["data_lead"])


@pytest.fixture
def owen():
    return UserFactory(name="Owen Tranter", post="Analyst", roles=["data_lead"])


def away(person, deputy, first=FIRST, last=LAST):
    return actions.set_absence(person, deputy=deputy, starts_on=first, ends_on=last, by=person)


class TestSetting:
    def test_it_is_recorded_with_who_and_when(self, farida, owen):
        absence = away(farida, owen)
        assert (absence.set_by, absence.deputy) == (farida, owen)
        event = AuditEvent.objects.get()
        assert (event.kind, event.subject_label) == ("absence_set", "Farida Begum")
        assert event.changes == [
            {"what": "Stands in from 16 to 27 April 2018", "was": "nothing", "now": "Owen Tranter, Analyst"}
        ]

    @pytest.mark.parametrize(
        "first, last",
        [
            (TODAY, TODAY),  # today alone
            (day(16), day(16)),
            (TODAY, day(10, year=2019)),  # 366 days, both ends counted
            (day(11, year=2019), day(11, year=2019)),  # as far ahead as may be
        ],
    )
    def test_days_that_are_taken(self, farida, owen, first, last):
        assert away(farida, owen, first, last)

    @pytest.mark.parametrize(
        "first, last, box, sentence",
        [
            (day(9), day(12), "starts_on", "must be today or later"),
            (day(16), day(15), "ends_on", "must be the first day or later"),
            (TODAY, day(11, year=2019), "ends_on", "more than 12 months"),
            (day(12, year=2019), day(12, year=2019), "starts_on", "within 12 months"),
        ],
    )
    def test_days_that_are_refused(self, farida, owen, first, last, box, sentence):
        with pytest.raises(ValidationError) as refusal:
            away(farida, owen, first, last)
        assert sentence in refusal.value.message_dict[box][0]
        assert not Absence.objects.exists()

    def test_nobody_stands_in_for_themselves(self, farida):
        with pytest.raises(ValidationError, match="Nobody stands in for themselves"):
            away(farida, farida)

    def test_somebody_who_has_left_neither_is_away_nor_stands_in(self, farida, owen):
        User.objects.filter(pk=owen.pk).update(is_active=False, left_at=dt.datetime(2018, 4, 1, tzinfo=dt.UTC))
        with pytest.raises(ValidationError, match="Owen Tranter is no longer here"):
            away(farida, owen)
        with pytest.raises(ValidationError, match="Owen Tranter is no longer here"):
            away(owen, farida)


class TestTwice:
    @pytest.mark.parametrize("first, last", [(10, 16), (27, 30), (18, 20), (10, 30), (16, 27)])
    def test_one_shared_day_is_an_overlap(self, farida, owen, first, last):
        away(farida, owen)
        with pytest.raises(
            ValidationError, match="Owen Tranter stands in for Farida Begum already from 16 to 27 April"
        ):
            away(farida, UserFactory(roles=["data_lead"]), day(first), day(last))

    @pytest.mark.parametrize("first, last", [(10, 15), (28, 30)])
    def test_the_day_before_and_the_day_after_are_not(self, farida, owen, first, last):
        away(farida, owen)
        assert away(farida, owen, day(first), day(last))

    def test_what_was_taken_back_is_no_overlap(self, farida, owen):
        actions.withdraw_absence(away(farida, owen), on=TODAY, by=farida)
        assert away(farida, owen)

    def test_a_deputy_who_is_away_on_one_of_the_days(self, farida, owen):
        away(owen, UserFactory(roles=["data_lead"]), day(27), day(30))
        with pytest.raises(ValidationError, match="Owen Tranter is away as well from 27 to 30 April 2018"):
            away(farida, owen)

    def test_a_deputy_who_is_back_by_then(self, farida, owen):
        away(owen, UserFactory(roles=["data_lead"]), day(10), day(15))
        assert away(farida, owen)

    def test_whoever_stands_in_passes_nothing_on(self, farida, owen):
        away(farida, owen)
        with pytest.raises(ValidationError, match="Owen Tranter stands in for Farida Begum from 16 to 27 April 2018"):
            away(owen, UserFactory(roles=["data_lead"]), day(27), day(30))

    def test_one_deputy_for_two_people(self, farida, owen):
        away(farida, owen)
        assert away(UserFactory(roles=["data_lead"]), owen)


class TestTakingBack:
    def test_before_it_begins(self, farida, owen):
        absence = actions.withdraw_absence(away(farida, owen), on=TODAY, by=farida)
        assert absence.withdrawn_by == farida
        assert not Absence.objects.in_force(day(16)).exists()
        assert AuditEvent.objects.first().changes[0]["was"] == "Owen Tranter, Analyst"

    def test_while_it_lasts_until_its_last_day(self, farida, owen, clock):
        absence = away(farida, owen)
        clock.move_to(dt.datetime(2018, 4, 27, 8, 0, tzinfo=dt.UTC))
        assert actions.withdraw_absence(absence, on=day(27), by=farida)

    def test_not_once_it_is_over(self, farida, owen):
        with pytest.raises(ValidationError, match="Farida Begum has been back since 27 April 2018"):
            actions.withdraw_absence(away(farida, owen), on=day(28), by=farida)

    def test_not_twice(self, farida, owen):
        absence = away(farida, owen)
        actions.withdraw_absence(Absence.objects.get(), on=TODAY, by=farida)
        with pytest.raises(ValidationError, match="taken back already"):
            actions.withdraw_absence(absence, on=TODAY, by=farida)


class TestWords:
    @pytest.mark.parametrize(
        "first, last, words",
        [
            (day(27), day(27), "on 27 April 2018"),
            (day(16), day(27), "from 16 to 27 April 2018"),
            (day(16), day(4, 5), "from 16 April to 4 May 2018"),
            (day(20, 12), day(4, 1, 2019), "from 20 December 2018 to 4 January 2019"),
        ],
    )
    def test_a_period(self, first, last, words):
        assert absences.period(first, last) == words

    @pytest.mark.parametrize(
        "on, own, others",
        [
            (day(15), "You are away from 16 to 27 April 2018. Owen Tranter stands in.", "from 16 to 27 April 2018"),
            (day(16), "You are away until 27 April 2018. Owen Tranter does what you owe, and you still can.", "who is away until 27"),
            (day(27), "You are away until 27 April 2018. Owen Tranter does what you owe, and you still can.", "who is away until 27"),
        ],
    )  # fmt: skip
    def test_what_both_are_told(self, farida, owen, on, own, others):
        AbsenceFactory(person=farida, deputy=owen)
        assert absences.notes(farida, on) == absences.Notes(own=(own,), for_others=())
        (said,) = absences.notes(owen, on).for_others
        assert said.startswith("You stand in for Farida Begum") and others in said

    def test_the_day_after_nothing_is_said(self, farida, owen):
        AbsenceFactory(person=farida, deputy=owen)
        assert absences.notes(farida, day(28)) == absences.notes(owen, day(28)) == absences.Notes((), ())


class TestWhoHoldsARoleOnEveryDay:
    def able(self, roles=("data_lead",), first=FIRST, last=LAST):
        return absences.able(roles, first, last, people=User.objects.all())

    @pytest.mark.parametrize(
        "periods, expected",
        [
            ([(day(1), None)], True),
            ([(day(16), day(27))], True),
            ([(day(17), None)], False),
            ([(day(1), day(26))], False),
            ([(day(1), day(20)), (day(21), day(30))], True),
            ([(day(1), day(19)), (day(21), day(30))], False),  # not on the 20th
            ([(day(1), day(5)), (day(16), None)], True),
            ([], False),
        ],
    )
    def test_by_its_grants(self, periods, expected):
        person = UserFactory()
        for first, last in periods:
            RoleGrantFactory(user=person, starts_on=first, ends_on=last)
        assert (person in self.able()) is expected
        assert absences.lacking(person, ["data_lead"], day(16), day(27)) == ([] if expected else ["data lead"])

    def test_of_two_roles_both(self, owen):
        both = UserFactory(roles=["data_lead", "commentary_lead"])
        assert self.able(["data_lead", "commentary_lead"]) == [both]
        assert absences.lacking(owen, ["data_lead", "commentary_lead"], day(16), day(27)) == ["commentary lead"]

    def test_not_who_is_away(self, farida, owen):
        AbsenceFactory(person=owen, deputy=farida, starts_on=day(27), ends_on=day(30))
        assert self.able() == [farida]
        assert self.able(last=day(26)) == [farida, owen]

    def test_the_same_queries_for_any_number(self, django_assert_num_queries):
        for _ in range(6):
            UserFactory(roles=["data_lead"])
        with django_assert_num_queries(4):  # away, grants, people, the names of their organisations
            assert len(self.able()) == 6
        assert RoleGrant.objects.count() == 6
