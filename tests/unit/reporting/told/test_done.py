import datetime as dt

import pytest

from consultation.models import Consultation
from governance.models import Meeting
from priorities.models import Plan
from reporting.told import done, reading
from tests.factories.consultations import ConcernFactory, ConsultationFactory, TallyFactory
from tests.factories.governance import ActionFactory, BodyFactory, DeliveryPlanFactory
from tests.factories.governing import DecisionFactory, MeetingFactory
from tests.factories.indicators import IndicatorFactory, PlacementFactory
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 7, 2)


@pytest.fixture
def plan():
    return PlanFactory()


@pytest.fixture
def told(plan):
    return ConsultationFactory(totals_only=True, plan=plan, stated_responses=100)


@pytest.fixture
def drugs(told, plan):
    return _concern(told, "Drugs", 40, priority=PriorityFactory(plan=plan, letter="A", title="Drugs and alcohol"))


def _concern(told, text, first, **more):
    made = ConcernFactory(consultation=told, text=text, key=text.lower().replace(" ", "-"), **more)
    question = told.questions.first()
    TallyFactory(concern=made, count=first, **({"question": question} if question else {}))
    return made


def read(told):
    consultation = Consultation.objects.get(pk=told.pk)
    return done.read(consultation, reading.read(consultation), public_plan=Plan.objects.first(), on=TODAY)


def test_a_concern_leads_to_its_priority_its_actions_and_how_we_will_know(told, drugs, plan):
    action = ActionFactory(title="Open the pathway", delivery_plan__body__name="ASB Group", delivery_plan__running=True)
    action.concerns.add(drugs)
    indicator = IndicatorFactory(name="People in treatment")
    PlacementFactory(plan=plan, priority=drugs.priority, indicator=indicator, reference="A3")
    action.indicators.add(indicator)
    [one] = read(told).answered
    assert (one.text, one.came, one.said) == ("Drugs", "first", "40 of 100 (40.0%) named it first")
    assert (one.covering.letter, one.covering.title, one.covering.url) == ("A", "Drugs and alcohol", "/plan/a/")
    assert [(each.title, each.body, each.year, each.state) for each in one.actions] == [
        ("Open the pathway", "ASB Group", "2017-18", "Under way")
    ]
    assert one.indicators == ("A3 People in treatment",)


def test_a_gap_is_said_plainly_with_its_place(told, drugs):
    _concern(told, "Road Safety", 30)
    _concern(told, "Dogs", 20, uncovered_note="Wardens see to dogs.")
    found = read(told)
    assert [(one.text, one.gap) for one in found.answered] == [
        ("Drugs", ""),
        ("Road Safety", "No priority of the plan covers it."),
        ("Dogs", "Wardens see to dogs."),
    ]
    assert found.lede == (
        "Of the three concerns at the top, the plan covers one and actions answer none. "
        "No priority covers Road Safety, which came second, or Dogs, which came third."
    )


def test_where_nobody_has_said_what_covers_what_it_is_no_gap(told):
    _concern(told, "Drugs", 40)
    found = read(told)
    assert found.answered[0].gap == "Nobody has said yet which priority of the plan covers it."
    assert found.lede == "Of the concern that came first, the plan covers none and actions answer none."


def test_a_plan_that_is_not_adopted_is_not_told_of(told, drugs, plan):
    Plan.objects.filter(pk=plan.pk).update(adopted_on=None)
    [one] = read(told).answered
    assert (one.covering, one.gap, one.is_uncovered) == (None, "The plan that will cover it is not adopted yet.", False)


def test_the_priority_of_another_plan_than_the_public_one_leads_nowhere(told, drugs):
    consultation = Consultation.objects.get(pk=told.pk)
    [one] = done.read(consultation, reading.read(consultation), public_plan=PlanFactory(), on=TODAY).answered
    assert (one.covering.letter, one.covering.url) == ("A", "")


@pytest.mark.parametrize(
    ("traits", "shown"), [({}, 0), ({"submitted": True}, 0), ({"running": True}, 1), ({"closed": True}, 1)]
)
def test_only_actions_of_agreed_plans_are_told(told, drugs, traits, shown):
    ActionFactory(delivery_plan=DeliveryPlanFactory(**traits)).concerns.add(drugs)
    assert len(read(told).answered[0].actions) == shown


def test_how_an_action_stands_in_words_and_never_how_it_is_rated(told, drugs):
    by = {"ended_on": TODAY, "ended_by": told.published_by}
    for title, more in {
        "Later": {"starts_on": dt.date(2018, 9, 1), "due_on": dt.date(2018, 10, 1)},
        "Late": {"due_on": dt.date(2017, 6, 1)},
        "Done": {"ending": "complete", **by},
        "Left": {"ending": "closed", "ended_because": "The money went to somebody", **by},
    }.items():
        ActionFactory(title=title, **more).concerns.add(drugs)
    states = {one.title: one.state for one in read(told).answered[0].actions}
    assert states == {"Later": "To start", "Late": "Under way", "Done": "Complete", "Left": "Closed without completing"}


def test_a_restricted_indicator_is_nowhere(told, drugs):
    action = ActionFactory()
    action.concerns.add(drugs)
    action.indicators.add(IndicatorFactory(name="MAPPA", is_restricted=True))
    assert read(told).answered[0].indicators == ()


def test_only_what_was_decided_in_public_is_said_in_its_words(told, drugs):
    action, body = ActionFactory(), BodyFactory(name="CSP Executive", code="CSPE")
    action.concerns.add(drugs)
    public = MeetingFactory(body=body, kind=Meeting.Kind.PUBLIC)
    closed = DecisionFactory(
        body=body, number=1, text="Watch the flat", meeting__starts_at=public.starts_at + dt.timedelta(1)
    )
    spoken = DecisionFactory(body=body, number=2, text="More patrols", meeting=public)
    old = DecisionFactory(body=body, number=3, text="Fewer patrols", meeting=public)
    DecisionFactory(body=body, number=4, text="Other patrols", meeting=public, replaces=old)
    for decision in (closed, spoken, old):
        decision.actions.add(action)
    assert read(told).answered[0].decisions == (
        "Decision CSPE D1, CSP Executive, 24 May 2018. It was not taken in a public meeting, so its words are not shown here.",
        "More patrols (CSPE D2, CSP Executive, 24 May 2018)",
    )


def test_sample_actions_make_the_page_a_sample(told, drugs):
    ActionFactory(delivery_plan=DeliveryPlanFactory(running=True)).concerns.add(drugs)
    assert not read(told).is_sample
    ActionFactory(delivery_plan=DeliveryPlanFactory(running=True, is_sample=True)).concerns.add(drugs)
    assert read(told).is_sample


def test_as_many_queries_for_many_as_for_one(told, drugs, django_assert_num_queries):
    consultation = Consultation.objects.get(pk=told.pk)
    for _ in range(2):
        _hang(drugs)
        found, public = reading.read(consultation), Plan.objects.first()
        with django_assert_num_queries(5):  # concerns, actions, indicators, references, decisions
            done.read(consultation, found, public_plan=public, on=TODAY)
        for number in range(4):
            _hang(
                _concern(told, f"Concern {number}", 5, priority=drugs.priority)
            ) if told.concerns.count() < 5 else None


def _hang(concern):
    action = ActionFactory()
    action.concerns.add(concern)
    action.indicators.add(IndicatorFactory())
    DecisionFactory().actions.add(action)
