"""A delivery plan from its first draft to delivery: what is taken, and what is refused with which sentence."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts import audit
from governance.actions import conditions, equality, plans, undertakings
from governance.actions.plans import Absence
from governance.models import Body, DeliveryPlan, Undertaking
from lib.editing import Stale
from lib.quarters import Year
from tests.factories import UserFactory
from tests.factories.governance import (
    ActionFactory,
    BodyFactory,
    DeliveryPlanFactory,
    EqualityAnalysisFactory,
    EqualityImpactFactory,
)

pytestmark = pytest.mark.django_db

TODAY, LATER = dt.date(2017, 4, 20), dt.date(2017, 6, 30)
WHY = Absence("The grant is not settled", "Head of Community Safety", None, LATER)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(dt.datetime(2017, 4, 20, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def priya():
    return UserFactory(name="Priya Nair")


@pytest.fixture
def draft():
    """Complete: with an action, an analysis and a resources statement."""
    plan = DeliveryPlanFactory(resources="Two officers", body__code="ASB")
    ActionFactory(delivery_plan=plan, number=1, success_measure="12 courses")
    EqualityAnalysisFactory(delivery_plan=plan)
    return plan


def told(refused) -> dict[str, list[str]]:
    return refused.value.message_dict


# ---------------------------------------------------------------- starting


def test_a_second_plan_for_a_body_and_year_is_refused(priya):
    body = BodyFactory(name="ASB Operations Group")
    plan = plans.start(body, year=Year(2018), by=priya)
    assert (plan.state, plan.drafted_by) == ("draft", priya)
    with pytest.raises(ValidationError) as refused:
        plans.start(body, year=Year(2018), by=priya)
    assert told(refused) == {"year": ["ASB Operations Group has a delivery plan for 2018-19 already"]}
    plans.start(body, year=Year(2019), by=priya)


@pytest.mark.parametrize(("ended", "taken"), [("2018-03-31", False), ("2018-04-01", True)])
def test_a_body_that_has_ended_before_the_year_has_no_plan_for_it(priya, ended, taken):
    body = BodyFactory(ended_on=dt.date.fromisoformat(ended), name="Group")
    if taken:
        assert plans.start(body, year=Year(2018), by=priya)
    else:
        with pytest.raises(ValidationError, match="Group ended before 2018-19 begins"):
            plans.start(body, year=Year(2018), by=priya)


def test_a_scrutiny_committee_has_no_delivery_plan(priya):
    with pytest.raises(ValidationError, match="has no delivery plans"):
        plans.start(BodyFactory(kind=Body.Kind.SCRUTINY), year=Year(2018), by=priya)


# ---------------------------------------------------------------- words


def test_a_draft_is_worded_without_a_reason_an_agreed_plan_with_one(priya, draft):
    plans.edit(draft, summary="Fewer repeat victims", resources="Two officers", version=1, by=priya)
    assert (draft.summary, draft.version) == ("Fewer repeat victims", 2)
    running = DeliveryPlanFactory(running=True)
    words = {"summary": "New words", "resources": "Two officers", "version": 1, "by": priya}
    with pytest.raises(ValidationError) as refused:
        plans.edit(running, **words)
    assert told(refused) == {"reason": ["Say why it changes: the plan has been agreed"]}
    plans.edit(running, **words, reason="A slip of the pen")
    assert audit.history(running).get().comment == "A slip of the pen"


def test_saying_what_is_said_already_leaves_no_trace(priya, draft):
    plans.edit(draft, summary="", resources=" Two officers ", version=1, by=priya)
    assert draft.version == 1
    assert not audit.history(draft).exists()


def test_the_second_of_two_who_word_it_is_told(priya, draft):
    mine = DeliveryPlan.objects.get(pk=draft.pk)
    plans.edit(draft, summary="One", resources="", version=1, by=priya)
    with pytest.raises(Stale):
        plans.edit(mine, summary="Two", resources="", version=1, by=priya)


@pytest.mark.parametrize("fields", [{"submitted": True}, {"closed": True}])
def test_a_plan_that_waits_or_is_closed_keeps_its_words(priya, fields):
    with pytest.raises(ValidationError, match=r"ask for it to be sent back|stays as it is"):
        plans.edit(DeliveryPlanFactory(**fields), summary="X", resources="", reason="Y", version=1, by=priya)


# ---------------------------------------------------------------- submitting


def test_a_complete_draft_is_submitted(priya, draft):
    plans.submit(draft, version=1, by=priya)
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_by, draft.sent_back_because) == ("submitted", priya, "")
    assert not draft.conditions.exists()
    with pytest.raises(ValidationError, match="has been submitted already"):
        plans.submit(draft, version=2, by=priya)


def test_all_that_is_missing_is_told_at_once(priya):
    plan = DeliveryPlanFactory(body__code="ASB")
    for number in (1, 2, 3):
        ActionFactory(delivery_plan=plan, number=number, success_measure="X" if number == 2 else " ")
    with pytest.raises(ValidationError) as refused:
        plans.submit(plan, version=1, by=priya)
    assert told(refused) == {
        "__all__": ["Say how success is measured for ASB 1 and ASB 3"],
        "resources_because": ["There is no resources statement: say why, and who gives it by when, or write it first"],
        "equality_because": [
            "There is no complete equalities analysis: say why, and who gives it by when, or write it first"
        ],
    }
    plan.refresh_from_db()
    assert (plan.state, plan.version) == ("draft", 1)


def test_a_plan_without_an_action_is_not_submitted(priya):
    plan = DeliveryPlanFactory(resources="Two officers")
    EqualityAnalysisFactory(delivery_plan=plan)
    with pytest.raises(ValidationError, match="Add at least one action"):
        plans.submit(plan, version=1, by=priya)


def test_what_is_missing_with_a_reason_becomes_a_condition_at_once(priya, draft):
    executive = BodyFactory(kind=Body.Kind.EXECUTIVE)
    DeliveryPlan.objects.filter(pk=draft.pk).update(resources="")
    plans.submit(draft, resources_absent=WHY, version=1, by=priya)
    draft.refresh_from_db()
    condition = draft.conditions.get()
    assert (condition.kind, condition.text, condition.body) == ("condition", conditions.RESOURCES, executive)
    assert (condition.owner_post, condition.due_on) == ("Head of Community Safety", LATER)
    assert draft.resources_absent_because == "The grant is not settled"


@pytest.mark.parametrize(
    ("absence", "box", "says"),
    [
        (Absence(" ", "Post", None, LATER), "because", "There is no complete equalities analysis: say why"),
        (Absence("Why", " ", None, LATER), "owner_post", "Say who gives it: a post, a person or both"),
        (Absence("Why", "Post", None, None), "due_on", "Enter the day by which it is given"),
        (Absence("Why", "Post", None, dt.date(2017, 4, 19)), "due_on", "must be today or later"),
    ],
)
def test_an_absence_says_why_whose_and_by_when(priya, draft, absence, box, says):
    draft.equality_analysis.delete()
    with pytest.raises(ValidationError) as refused:
        plans.submit(draft, equality_absent=absence, version=1, by=priya)
    assert says in told(refused)[f"equality_{box}"][0]


def test_a_full_analysis_that_lacks_something_is_missing(priya, draft):
    draft.equality_analysis.delete()
    EqualityImpactFactory(analysis__delivery_plan=draft, evidence="The survey of 2016")
    with pytest.raises(ValidationError, match="no complete equalities analysis"):
        plans.submit(draft, version=1, by=priya)
    plans.submit(draft, equality_absent=WHY, version=1, by=priya)
    assert draft.conditions.get().text == conditions.EQUALITY


def test_the_condition_ends_by_itself_when_the_part_is_written(priya, draft):
    DeliveryPlan.objects.filter(pk=draft.pk).update(resources="")
    draft.equality_analysis.delete()
    plans.submit(draft, resources_absent=WHY, equality_absent=WHY, version=1, by=priya)
    with pytest.raises(ValidationError, match="is not written yet"):
        end(draft.conditions.get(text=conditions.RESOURCES), ending="done", by=priya)
    plans.send_back(draft, comment="Write it now", version=2, by=priya)
    plans.edit(draft, summary="", resources="Two officers", version=3, by=priya)
    assert draft.conditions.get(text=conditions.RESOURCES).ending == "done"
    assert draft.conditions.get(text=conditions.EQUALITY).ending == ""
    equality.analyse(
        draft, screening="none", because="Nobody is treated otherwise", review_on=LATER, version=0, by=priya
    )
    assert not draft.conditions.open().exists()


def test_submitted_again_the_condition_that_stands_is_not_asked_for_twice(priya, draft):
    DeliveryPlan.objects.filter(pk=draft.pk).update(resources="")
    plans.submit(draft, resources_absent=WHY, version=1, by=priya)
    plans.send_back(draft, comment="Fewer actions", version=2, by=priya)
    plans.submit(draft, version=3, by=priya)
    assert draft.conditions.count() == 1
    assert draft.resources_absent_because == "The grant is not settled"


# ---------------------------------------------------------------- sent back, begun


def test_sent_back_it_is_a_draft_with_the_comment_and_the_history_keeps_it(priya, draft):
    plans.submit(draft, version=1, by=priya)
    with pytest.raises(ValidationError) as refused:
        plans.send_back(draft, comment=" ", version=2, by=priya)
    assert told(refused) == {"comment": ["Say what is to be changed"]}
    plans.send_back(draft, comment="Name who leads ASB 1", version=2, by=priya)
    assert (draft.state, draft.submitted_at, draft.sent_back_because) == ("draft", None, "Name who leads ASB 1")
    plans.submit(draft, version=3, by=priya)
    assert draft.sent_back_because == ""
    assert "Name who leads ASB 1" in [event.comment for event in audit.history(draft)]
    with pytest.raises(Stale):
        plans.send_back(DeliveryPlan.objects.get(pk=draft.pk), comment="Old page", version=2, by=priya)


def test_delivery_begins_once_from_agreed(priya, draft):
    with pytest.raises(ValidationError, match="once the CSP Executive has agreed the plan"):
        plans.begin(draft, version=1, by=priya)
    agreed = DeliveryPlanFactory(running=True, state="agreed", delivery_from=None)
    plans.begin(agreed, version=1, by=priya)
    agreed.refresh_from_db()
    assert (agreed.state, agreed.delivery_from) == ("in_delivery", TODAY)
    with pytest.raises(ValidationError, match="only once"):
        plans.begin(agreed, version=2, by=priya)


def end(condition, *, ending, note="", version=1, by):
    return undertakings.end(condition, ending=ending, note=note, on=TODAY, version=version, by=by)


def test_only_the_team_drops_a_condition_and_says_why(priya):
    plan, sam = DeliveryPlanFactory(running=True), UserFactory(roles=["coordinator"])
    condition = conditions.set_one(
        plan, text="Report in October", owner_post="Chair", owner=priya, due_on=LATER, by=sam
    )
    with pytest.raises(ValidationError, match="Only the partnership team"):
        end(condition, ending="dropped", note="Too much work", by=priya)
    with pytest.raises(ValidationError, match="Say why it is no longer needed"):
        end(condition, ending="dropped", note=" ", by=sam)
    end(condition, ending="dropped", note="The grant ended", by=sam)
    condition.refresh_from_db()
    assert (condition.ending, condition.ended_on, condition.ended_note) == ("dropped", TODAY, "The grant ended")
    with pytest.raises(ValidationError, match="ended already"):
        end(Undertaking.objects.get(pk=condition.pk), ending="done", version=2, by=priya)
