"""More time for one owner: in an open quarter and a closed one, until the day and not the day after, all or nothing."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from indicators import actions, work
from indicators.models import Figure, Return, Round
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory, ReturnFactory, RoundFactory, sent

pytestmark = pytest.mark.django_db

TODAY = dt.date(2018, 4, 25)  # figures are due on the 27th, the quarter closes on 10 May
UNTIL = dt.date(2018, 5, 18)


@pytest.fixture(autouse=True)
def clock():
    with at(TODAY):
        yield


def at(day: dt.date):
    return time_machine.travel(dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC), tick=False)


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def police():
    return OrganisationFactory(name="Police")


@pytest.fixture
def farida(police):
    return UserFactory(name="Farida Begum", roles=["data_lead"], organisation=police)


@pytest.fixture
def returns(police, farida):
    round_ = RoundFactory()
    made = [ReturnFactory(indicator=IndicatorFactory(owner=police), round=round_) for _ in range(2)]
    for return_ in made:
        LeadFactory(indicator=return_.indicator, user=farida)
    return made


def extend(returns, by, until=UNTIL, reason="Their system is down."):
    return actions.extend(returns, until=until, reason=reason, by=by)


def close(returns, by):
    actions.close_round(Round.objects.get(), version=1, by=by)


def send(return_, by):
    mine = Return.objects.get(pk=return_.pk)
    return actions.submit(mine, version=mine.version, numerator=Decimal(5), supplied_by=by, by=by)


class TestGivingMoreTime:
    def test_each_is_due_on_the_new_day_with_the_reason_in_its_trail(self, returns, sam):
        extend(returns, sam)
        assert {one.due_on for one in Return.objects.select_related("round", "indicator")} == {UNTIL}
        events = AuditEvent.objects.filter(kind="return_extended")
        assert {event.subject_id for event in events} == {str(one.pk) for one in returns}
        assert {event.comment for event in events} == {"Their system is down."}
        assert events[0].changes == [{"what": "Due", "was": "27 April 2018", "now": "18 May 2018"}]

    def test_what_was_sent_back_is_due_again_on_that_day(self, returns, sam, farida):
        sent(returns[0], supplied_by=farida)
        actions.send_back(returns[0], comment="Why?", due_again_on=dt.date(2018, 4, 30), version=1, by=sam)
        extend(returns, sam)
        found = dict(Return.objects.values_list("pk", "due_again_on"))
        assert found == {returns[0].pk: UNTIL, returns[1].pk: None}
        assert Return.objects.get(pk=returns[0].pk).due_on == UNTIL

    def test_whoever_is_typing_the_figure_meanwhile_is_not_disturbed(self, returns, sam, farida):
        mine = Return.objects.get(pk=returns[0].pk)
        extend(returns, sam)
        assert actions.submit(mine, version=mine.version, numerator=Decimal(5), supplied_by=farida, by=farida)

    def test_it_can_be_made_shorter_and_not_turned_against_the_owner(self, returns, sam):
        extend(returns, sam)
        extend(returns, sam, until=dt.date(2018, 4, 28))
        assert {one.due_on for one in Return.objects.all()} == {dt.date(2018, 4, 28)}
        with pytest.raises(ValidationError, match="is due on 27 April 2018 anyway. Give a later day"):
            extend(returns, sam, until=dt.date(2018, 4, 27))

    def test_a_source_that_is_later_counts_for_its_own_return(self, returns, sam):
        """25 working days after 31 March 2018 are over on 8 May: the 30th of April is the 20th, the 7th of May a bank holiday."""
        indicator = returns[1].indicator
        indicator.source_lag = 25
        indicator.save(update_fields=["source_lag"])
        with pytest.raises(ValidationError, match=f"{indicator.name} is due on 8 May 2018 anyway"):
            extend(returns, sam, until=dt.date(2018, 5, 8))
        assert not Return.objects.filter(extended_to__isnull=False).exists()
        extend(returns, sam, until=dt.date(2018, 5, 9))

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            ({"until": dt.date(2018, 4, 24)}, "until", "today or later"),
            ({"until": dt.date(2019, 4, 26)}, "until", "within a year"),
            ({"reason": " "}, "reason", "Say why"),
            ({"returns": []}, "returns", "Tick what"),
        ],
    )
    def test_what_is_refused(self, returns, sam, changes, field, sentence):
        with pytest.raises(ValidationError, match=sentence) as refusal:
            extend(**({"returns": returns, "by": sam} | changes))
        assert field in refusal.value.message_dict

    def test_one_that_has_been_sent_meanwhile_holds_up_all(self, returns, sam, farida):
        sent(Return.objects.get(pk=returns[1].pk), supplied_by=farida)
        with pytest.raises(
            ValidationError, match="is no longer out: it is not yet verified. Nobody was given more time"
        ):
            extend(returns, sam)
        assert not Return.objects.filter(extended_to__isnull=False).exists()
        assert not AuditEvent.objects.filter(kind="return_extended").exists()


class TestInAClosedQuarter:
    def test_it_is_taken_until_that_day_and_not_the_day_after(self, returns, sam, farida):
        close(returns, sam)
        extend(returns, sam)
        with at(UNTIL):
            (todo, _) = work.for_person(farida, UNTIL).figures
            assert (
                todo.why
                == "It is due today, Friday 18 May 2018. More time was given: it was first due on 27 April 2018."
            )
            assert send(returns[0], farida)
        after = UNTIL + dt.timedelta(1)
        with at(after):
            assert work.for_person(farida, after).figures == ()
            with pytest.raises(ValidationError, match="2017-18 Q4 is closed, and takes no new figures"):
                send(returns[1], farida)
        assert Figure.objects.count() == 1

    def test_given_before_closing_it_outlasts_it(self, returns, sam, farida):
        extend(returns, sam)
        close(returns, sam)
        with at(dt.date(2018, 5, 17)):
            assert [todo.due_on for todo in work.for_person(farida, dt.date(2018, 5, 17)).figures] == [UNTIL, UNTIL]
            assert send(returns[0], farida)

    def test_somebody_elses_return_stays_refused(self, returns, sam, farida):
        other = ReturnFactory(round=returns[0].round)
        tom = LeadFactory(indicator=other.indicator, user=UserFactory(roles=["data_lead"])).user
        close(returns, sam)
        extend(returns[:1], sam)
        with at(dt.date(2018, 5, 17)):
            for return_, by in ((other, tom), (returns[1], farida)):
                with pytest.raises(ValidationError, match="2017-18 Q4 is closed"):
                    send(return_, by)
            assert Round.objects.get().is_closed
            assert [todo.url for todo in work.for_person(farida, TODAY).figures] == [f"/returns/{returns[0].pk}/edit/"]
