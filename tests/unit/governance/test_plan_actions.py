"""The actions of a delivery plan: added, worded, taken out, their milestones ticked."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from accounts import audit
from governance.actions import equality, plan_actions
from governance.actions.plan_actions import Content, Step
from governance.models import Action, Milestone
from lib.editing import Stale
from tests.factories import UserFactory
from tests.factories.governance import (
    ActionFactory,
    DeliveryPlanFactory,
    EqualityImpactFactory,
    MilestoneFactory,
    UpdateFactory,
)
from tests.factories.indicators import IndicatorFactory
from tests.factories.priorities import CommitmentFactory

pytestmark = pytest.mark.django_db

FIRST, LAST = dt.date(2017, 4, 1), dt.date(2018, 3, 31)
COURSES = Content(title="Train teams", starts_on=FIRST, due_on=LAST, owner_post="ASB team manager")


@pytest.fixture
def priya():
    return UserFactory(name="Priya Nair", post="Head of Community Safety")


@pytest.fixture
def draft():
    return DeliveryPlanFactory(body__code="ASB")


@pytest.fixture
def running():
    return DeliveryPlanFactory(running=True)


def told(refused) -> dict[str, list[str]]:
    return refused.value.message_dict


def test_an_action_gets_the_next_number_and_all_that_is_said_of_it(draft, priya):
    ActionFactory(delivery_plan=draft, number=4)
    calls, champions = IndicatorFactory(), CommitmentFactory()
    content = replace(
        COURSES,
        owner=priya,
        commitment=champions,
        indicators=[calls],
        milestones=[Step("The first course", dt.date(2017, 9, 29)), Step("", None)],
    )
    action = plan_actions.add(draft, content=content, by=priya)
    assert (action.reference, action.first_due_on, action.commitment) == ("ASB 5", LAST, champions)
    assert list(action.indicators.all()) == [calls]
    assert [step.text for step in action.milestones.all()] == ["The first course"]


def test_a_number_is_never_given_again(draft, priya):
    first, second = (plan_actions.add(draft, content=COURSES, by=priya) for _ in range(2))
    plan_actions.take_out(second, version=1, by=priya)
    third = plan_actions.add(draft, content=COURSES, by=priya)
    plan_actions.take_out(first, version=1, by=priya)
    plan_actions.take_out(third, version=1, by=priya)
    assert not Action.objects.filter(delivery_plan=draft).exists()
    assert plan_actions.add(draft, content=COURSES, by=priya).number == 4
    other = plan_actions.add(DeliveryPlanFactory(), content=COURSES, by=priya)
    assert other.number == 1, "each plan counts for itself"


@pytest.mark.parametrize(
    ("change", "box", "says"),
    [
        ({"due_on": dt.date(2018, 4, 1)}, "due_on", "Its year ends on 31 March 2018: carry it forward then"),
        ({"starts_on": dt.date(2017, 3, 31)}, "starts_on", "Its year begins on 1 April 2017"),
        ({"title": " "}, "title", "Say what is to be done"),
        ({"owner_post": " "}, "owner_post", "Say who leads it: a post, a person or both"),
        (
            {"milestones": [Step("X", dt.date(2018, 4, 1))]},
            "milestone_1_due_on",
            "Milestone 1 must lie within the action",
        ),
    ],
)
def test_bad_input_is_refused_at_its_box(draft, priya, change, box, says):
    with pytest.raises(ValidationError) as refused:
        plan_actions.add(draft, content=replace(COURSES, **change), by=priya)
    assert says in told(refused)[box][0]
    action = plan_actions.add(draft, content=COURSES, by=priya)
    with pytest.raises(ValidationError) as refused:
        plan_actions.edit(action, content=replace(COURSES, **change), version=1, by=priya)
    assert says in told(refused)[box][0]


def test_the_first_date_follows_the_date_until_the_plan_is_agreed(draft, priya):
    action = plan_actions.add(draft, content=COURSES, by=priya)
    sooner = dt.date(2018, 1, 31)
    plan_actions.edit(action, content=replace(COURSES, due_on=sooner), version=1, by=priya)
    action.refresh_from_db()
    assert (action.due_on, action.first_due_on, action.version) == (sooner, sooner, 2)


def test_an_agreed_action_keeps_its_dates_and_is_worded_with_a_reason(running, priya):
    action = ActionFactory(
        delivery_plan=running, title="Train teams", due_on=LAST, owner_post="ASB team manager", success_measure="12"
    )
    content = replace(COURSES, success_measure="12 courses")
    for moved, box in (({"due_on": dt.date(2018, 3, 30)}, "due_on"), ({"starts_on": dt.date(2017, 5, 1)}, "starts_on")):
        with pytest.raises(ValidationError) as refused:
            plan_actions.edit(action, content=replace(content, **moved), reason="X", version=1, by=priya)
        assert told(refused)[box][0].startswith("The plan has been agreed")
    with pytest.raises(ValidationError) as refused:
        plan_actions.edit(action, content=content, version=1, by=priya)
    assert told(refused) == {"reason": ["Say why it changes: the plan has been agreed"]}
    with pytest.raises(ValidationError, match="Say how success is measured"):
        plan_actions.edit(action, content=COURSES, reason="X", version=1, by=priya)
    plan_actions.edit(action, content=content, reason="It was cut off", version=1, by=priya)
    (event,) = audit.history(action)
    assert (event.comment, event.changes) == (
        "It was cut off",
        [{"what": "Success measure", "was": "12", "now": "12 courses"}],
    )


def test_an_action_is_added_to_an_agreed_plan_for_a_reason(running, priya):
    content = replace(COURSES, success_measure="12 courses")
    with pytest.raises(ValidationError) as refused:
        plan_actions.add(running, content=content, by=priya)
    assert told(refused) == {"reason": ["Say why an action is added: the plan has been agreed"]}
    assert plan_actions.add(running, content=content, reason="Asked for in October", by=priya).first_due_on == LAST


@pytest.mark.parametrize("fields", [{"submitted": True}, {"closed": True}])
def test_nothing_is_added_or_changed_while_the_plan_waits_or_once_it_is_closed(priya, fields):
    plan = DeliveryPlanFactory(**fields)
    action = ActionFactory(delivery_plan=plan)
    with pytest.raises(ValidationError, match=r"sent back|stays as it is"):
        plan_actions.add(plan, content=COURSES, reason="X", by=priya)
    with pytest.raises(ValidationError, match=r"sent back|stays as it is"):
        plan_actions.edit(action, content=COURSES, reason="X", version=1, by=priya)


def test_the_second_of_two_who_change_one_action_is_told(draft, priya):
    action = plan_actions.add(draft, content=COURSES, by=priya)
    mine = Action.objects.select_related("delivery_plan").get(pk=action.pk)
    plan_actions.edit(action, content=replace(COURSES, title="One"), version=1, by=priya)
    with pytest.raises(Stale):
        plan_actions.edit(mine, content=replace(COURSES, title="Two"), version=1, by=priya)
    assert Action.objects.get(pk=action.pk).title == "One"


def test_saying_what_is_said_already_leaves_no_trace(draft, priya):
    content = replace(COURSES, milestones=[Step("The first", dt.date(2017, 9, 29))], indicators=[IndicatorFactory()])
    action = plan_actions.add(draft, content=content, by=priya)
    plan_actions.edit(action, content=content, version=1, by=priya)
    assert (action.version, audit.history(action).count(), action.milestones.count()) == (1, 1, 1)


def test_the_trail_does_not_name_restricted_indicators(draft, priya):
    secret, other = (IndicatorFactory(name=name, is_restricted=True) for name in ("Secret", "Covert"))
    action = plan_actions.add(draft, content=replace(COURSES, indicators=[secret]), by=priya)
    plan_actions.edit(action, content=replace(COURSES, indicators=[other]), version=1, by=priya)
    assert list(action.indicators.all()) == [other]
    lines = [change for line in audit.lines(audit.history(action)) for change in line.changes]
    assert "Indicators: a restricted indicator → a restricted indicator, not the same as before" in lines
    assert not any("Secret" in line or "Covert" in line for line in lines)


def test_milestones_are_changed_added_and_taken_out_in_rows(draft, priya):
    action = plan_actions.add(
        draft,
        content=replace(COURSES, milestones=[Step("One", FIRST), Step("Two", LAST)]),
        by=priya,
    )
    one, two = action.milestones.all()
    rows = [Step("One, said better", FIRST, one.pk), Step("", None, two.pk), Step("Three", LAST)]
    plan_actions.edit(action, content=replace(COURSES, milestones=rows), version=1, by=priya)
    assert [(step.pk == one.pk, step.text) for step in action.milestones.all()] == [
        (True, "One, said better"),
        (False, "Three"),
    ]


def test_a_milestone_that_was_reached_stays(running, priya):
    action = ActionFactory(delivery_plan=running, title="Train teams", owner_post="ASB team manager", due_on=LAST)
    step = MilestoneFactory(action=action)
    plan_actions.tick(step, on=dt.date(2017, 9, 28), by=priya)
    plan_actions.tick(Milestone.objects.get(pk=step.pk), on=dt.date(2017, 10, 2), by=priya)
    assert Milestone.objects.get(pk=step.pk).done_on == dt.date(2017, 9, 28), "ticked twice it was reached once"
    content = replace(COURSES, success_measure="X", milestones=[Step("", None, step.pk)])
    with pytest.raises(ValidationError, match="has been reached, so it stays"):
        plan_actions.edit(action, content=content, reason="Y", version=1, by=priya)
    plan_actions.untick(Milestone.objects.get(pk=step.pk), by=priya)
    assert Milestone.objects.get(pk=step.pk).done_on is None
    assert [event.kind for event in audit.history(action)] == ["milestone_not_done", "milestone_done"]


def test_milestones_of_a_draft_are_not_ticked(draft, priya):
    with pytest.raises(ValidationError, match="while the plan is in delivery"):
        plan_actions.tick(MilestoneFactory(action__delivery_plan=draft), on=FIRST, by=priya)


def test_what_can_not_be_taken_out_says_why(draft, running, priya):
    def refuses(action, words):
        with pytest.raises(ValidationError, match=words):
            plan_actions.take_out(action, version=1, by=priya)
        assert Action.objects.filter(pk=action.pk).exists()

    refuses(ActionFactory(delivery_plan=running), "out of a draft only")
    refuses(UpdateFactory(action__delivery_plan=draft).action, "It has updates")
    refuses(ActionFactory(delivery_plan=draft, carried_from=ActionFactory()), "carried forward from the year before")
    harmless = ActionFactory(delivery_plan=draft)
    EqualityImpactFactory(analysis__delivery_plan=draft, effect="negative", mitigation=harmless)
    refuses(harmless, "lessens a harm")


# ---------------------------------------------------------------- equalities


def test_a_harm_is_lessened_by_an_action_of_the_plan_or_says_why_not(draft, priya):
    own, other = ActionFactory(delivery_plan=draft), ActionFactory()
    said = {"screening": "full", "because": "", "review_on": LAST, "version": 0, "by": priya}

    def harm(**fields):
        return [equality.Impact("age", "negative", "The survey", **fields)]

    for fields, words in (({}, "say why there is none"), ({"mitigation": other}, "Age: choose an action of this plan")):
        with pytest.raises(ValidationError) as refused:
            equality.analyse(draft, **said, impacts=harm(**fields))
        assert words in told(refused)["age_mitigation"][0]
    analysis = equality.analyse(draft, **said, impacts=harm(mitigation=own))
    assert analysis.impacts.get().mitigation == own


@pytest.mark.parametrize(
    ("change", "box", "says"),
    [
        ({"because": " "}, "because", "Say why no full analysis is needed"),
        ({"review_on": FIRST}, "review_on", "The review must lie after the plan begins, on 1 April 2017"),
        ({"screening": "maybe"}, "screening", "Say whether a full analysis is needed"),
    ],
)
def test_a_screening_says_why_and_when_it_is_looked_at_again(draft, priya, change, box, says):
    said = {"screening": "none", "because": "Nobody is treated otherwise", "review_on": dt.date(2017, 4, 2)}
    with pytest.raises(ValidationError) as refused:
        equality.analyse(draft, **(said | change), version=0, by=priya)
    assert told(refused) == {box: [says]}
    assert equality.analyse(draft, **said, version=0, by=priya).version == 1
    with pytest.raises(Stale):
        equality.analyse(draft, **said, version=0, by=priya)
