"""How commitments and outcomes stand, worked out by hand: from actions, by hand, or not said at all; as known at a moment."""

import datetime as dt

import pytest

from governance import lateness, promises
from governance.models import Brag, DeliveryPlan
from lib.quarters import Quarter, Year
from tests.factories.accounts import UserFactory
from tests.factories.governance import ActionFactory, BodyFactory, DeliveryPlanFactory, UpdateFactory, agreed
from tests.factories.governing import (
    CommitmentLeadFactory,
    CommitmentStatusFactory,
    OutcomeJudgementFactory,
    OutcomeMeasureFactory,
)
from tests.factories.priorities import CommitmentFactory, OutcomeFactory, PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db
Q3, Q4 = Quarter.parse("2017-18-q3"), Quarter.parse("2017-18-q4")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


LATER = at("2018-05-01T09:00")


@pytest.fixture
def plan():
    return PlanFactory()


@pytest.fixture
def priority(plan):
    return PriorityFactory(plan=plan)


def one(plan, quarter=Q4, as_at=LATER) -> promises.CommitmentLine:
    (line,) = promises.commitments(plan, quarter, as_at)
    return line


def status(commitment, quarter, brag, *, given_at="2018-04-10T09:00", **said):
    return CommitmentStatusFactory(
        commitment=commitment, quarter=quarter, brag=brag, given_at=at(given_at), **{"said": "Why", **said}
    )


def test_nothing_said_is_missing_and_not_green(plan, priority):
    CommitmentFactory(priority=priority)
    line = one(plan)
    assert (line.is_missing, line.state, line.words, line.basis) == (True, lateness.NO_UPDATE, "No status yet", "")


def test_the_last_word_of_the_quarter_counts_and_an_earlier_quarter_s_does_not(plan, priority):
    commitment = CommitmentFactory(priority=priority)
    status(commitment, Q3, "green", given_at="2018-01-10T09:00")
    assert one(plan).is_missing
    status(commitment, Q4, "green", given_at="2018-04-10T09:00")
    status(commitment, Q4, "amber", given_at="2018-04-11T09:00", said="No trainer")
    line = one(plan)
    assert (line.state, line.words, line.said, line.said_in) == (lateness.AT_RISK, "At risk", "No trainer", Q4)
    assert one(plan, Q3).state == lateness.ON_TRACK


def test_what_was_complete_stays_complete_until_it_is_said_otherwise(plan, priority):
    commitment = CommitmentFactory(priority=priority)
    status(commitment, Q3, "blue", given_at="2018-01-10T09:00")
    assert (one(plan).state, one(plan).basis) == (lateness.COMPLETE, "given for 2017-18 Q3")
    status(commitment, Q4, "red")
    assert one(plan).state == lateness.LATE


@pytest.mark.parametrize(
    ("as_at", "state"), [("2018-04-10T08:59", lateness.NO_UPDATE), ("2018-04-10T09:00", lateness.ON_TRACK)]
)
def test_as_known_at_a_moment(plan, priority, as_at, state):
    status(CommitmentFactory(priority=priority), Q4, "green")
    assert one(plan, as_at=at(as_at)).state == state


def test_progress_is_the_last_number_up_to_the_quarter(plan, priority):
    commitment = CommitmentFactory(priority=priority, number=20, unit="Criminal Behaviour Orders")
    assert one(plan).progress == "Not known how many of 20 Criminal Behaviour Orders"
    status(commitment, Q3, "green", number=7, given_at="2018-01-10T09:00")
    status(commitment, Q4, "green", given_at="2018-04-10T09:00")
    assert one(plan).progress == "7 of 20 Criminal Behaviour Orders"
    status(commitment, Q4, "", number=0, given_at="2018-04-12T09:00")
    assert one(plan).progress == "0 of 20 Criminal Behaviour Orders"
    assert one(plan).state == lateness.ON_TRACK  # a number alone takes no colour back


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["complete", "late", "on_track"], "late"),
        (["complete", "no_update", "at_risk"], "at_risk"),
        (["on_track", "no_update"], "no_update"),
        (["complete", "on_track"], "on_track"),
        (["complete", "ended"], "complete"),
        (["ended"], "ended"),
    ],
)
def test_the_worst_counts(states, expected):
    assert promises.worst(states) == expected


def test_actions_of_agreed_plans_tell_it_whatever_was_said(plan, priority):
    commitment = CommitmentFactory(priority=priority)
    status(commitment, Q4, "green")
    delivery = DeliveryPlanFactory(running=True, body=BodyFactory(code="ASB"))
    late = ActionFactory(delivery_plan=delivery, number=3, commitment=commitment, due_on=dt.date(2018, 3, 30))
    on_track = ActionFactory(delivery_plan=delivery, number=4, commitment=commitment, due_on=dt.date(2018, 3, 31))
    agreed(UpdateFactory(action=on_track, quarter=Q4, brag=Brag.GREEN), by=UserFactory())
    line = one(plan)
    assert (line.state, line.basis, line.said) == ("late", "from 2 actions", "")
    assert [action.reference for action in line.actions] == ["ASB 3", "ASB 4"]
    late.due_on = dt.date(2018, 3, 31)  # due on the quarter's last day: not late on it
    late.save()
    assert one(plan).state == "no_update"


def test_actions_of_a_draft_tell_nothing(plan, priority):
    commitment = CommitmentFactory(priority=priority)
    ActionFactory(delivery_plan=DeliveryPlanFactory(state=DeliveryPlan.State.DRAFT), commitment=commitment)
    assert one(plan).is_missing
    assert promises.served([commitment]) == set()


def test_lead_year_and_order(plan, priority):
    second = CommitmentFactory(priority=priority, order=2)
    first = CommitmentFactory(priority=priority, order=1)
    CommitmentFactory(priority=priority, year=Year(2018), order=0)
    CommitmentLeadFactory(commitment=first, body=BodyFactory(slug="asb", short_name="ASB group"))
    lines = promises.commitments(plan, Q4, LATER)
    assert [line.pk for line in lines] == [first.pk, second.pk]
    assert [line.lead.short_name if line.lead else None for line in lines] == ["ASB group", None]


def test_headlines():
    def line(state: str, source: str = "given") -> promises.CommitmentLine:
        names = promises.CommitmentLine.__dataclass_fields__
        return promises.CommitmentLine(**{**dict.fromkeys(names), "state": state, "source": source})

    assert promises.headline([]) == "There are no commitments for this year yet"
    assert promises.headline([line("late")]) == "The one commitment is late"
    assert promises.headline([line("no_update", "")] * 2) == "All 2 commitments have no status yet"
    mixed = [line("late"), line("at_risk"), line("at_risk"), line("no_update", ""), line("on_track")]
    assert (
        promises.headline(mixed) == "1 of 5 commitments is late, 2 are at risk, 1 has no status yet and 1 is on track"
    )


# ---------------------------------------------------------------- outcomes


def test_outcomes_with_their_measure_and_the_latest_word_of_each_year(plan, priority):
    known = OutcomeFactory(priority=priority, order=1, known_by="Survey")
    planned = OutcomeFactory(priority=priority, order=2, known_by="B1")
    OutcomeFactory(priority=priority, order=3)
    OutcomeMeasureFactory(outcome=known, judged_by="CSP Executive")
    told = {"outcome": known, "year": Year(2017)}
    OutcomeJudgementFactory(**told, verdict="same", given_at=at("2018-04-10T09:00"))
    OutcomeJudgementFactory(**told, verdict="nearer", given_at=at("2018-04-11T09:00"))
    OutcomeJudgementFactory(**{**told, "year": Year(2018)}, verdict="reached", given_at=at("2019-04-11T09:00"))
    lines = promises.outcomes(plan, LATER)
    first, second, third = lines
    assert (first.has_measure, first.known_by, first.kind_words) == (
        True,
        "Judged by CSP Executive",
        "A yearly judgement with its evidence",
    )
    assert [(one.year, one.verdict) for one in first.judgements] == [(Year(2017), "Nearer than a year ago")]
    assert (second.has_measure, second.is_as_planned, second.known_by) == (True, True, "B1")
    assert (first.is_as_planned, third.is_as_planned, third.has_measure, third.known_by) == (False, False, False, "")
    assert second.pk == planned.pk
    assert promises.measured(lines) == (
        "1 of 3 outcomes has no measure yet. Of 1 only the plan says how it will be known."
    )
    assert promises.measured(lines[:2]) == (
        "All 2 outcomes have a measure. Of 1 only the plan says how it will be known."
    )
    assert promises.measured(lines[:1]) == "The one outcome has a measure."
    assert promises.measured((third, third, second, second)) == (
        "2 of 4 outcomes have no measure yet. Of 2 only the plan says how they will be known."
    )
    assert [one.year for one in promises.outcomes(plan, at("2020-01-01T00:00"))[0].judgements] == [
        Year(2018),
        Year(2017),
    ]


# ---------------------------------------------------------------- how many queries


def much(plan, count: int) -> None:
    priority = PriorityFactory(plan=plan, letter="B")
    body = BodyFactory()
    delivery = DeliveryPlanFactory(running=True, body=body)
    for _ in range(count):
        commitment, said = CommitmentFactory(priority=priority), CommitmentFactory(priority=priority)
        CommitmentLeadFactory(commitment=commitment, body=body)
        status(said, Q4, "green")
        ActionFactory(delivery_plan=delivery, commitment=commitment)
        OutcomeMeasureFactory(outcome__priority=priority)


@pytest.mark.parametrize("count", [1, 10])
def test_the_same_few_queries_for_one_and_for_many(plan, count, django_assert_num_queries):
    much(plan, count)
    with django_assert_num_queries(7):  # commitments, leads, statuses, delivery plans, actions, dates, updates
        assert len(promises.commitments(plan, Q4, LATER)) == 2 * count
    with django_assert_num_queries(3):
        assert len(promises.outcomes(plan, LATER)) == count
