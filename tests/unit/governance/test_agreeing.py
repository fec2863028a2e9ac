"""The CSP Executive's word on a delivery plan: given here, or recorded as given elsewhere."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from governance.actions import agreeing
from governance.giving_word import Condition
from governance.models import Body, DeliveryPlan, Membership
from lib.editing import Stale
from tests.factories import UserFactory
from tests.factories.governance import BodyFactory, DeliveryPlanFactory, MembershipFactory
from tests.factories.governing import MeetingFactory

pytestmark = pytest.mark.django_db

TODAY, GIVEN, LATER = dt.date(2017, 5, 30), dt.date(2017, 5, 25), dt.date(2017, 10, 26)
MEETS_AT = dt.datetime(2017, 5, 25, 9, 0, tzinfo=dt.UTC)
REPORT = Condition("Report in October", "Chair of the group", None, LATER)
MINUTE = {"route": "meeting", "given_on": GIVEN, "evidence": "Minute 4.2"}
MAIL = {"route": "mail", "given_on": GIVEN, "evidence": "Mail of 25 May 2017", "given_by": "Victoria Crane"}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(dt.datetime(2017, 5, 30, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def executive():
    return BodyFactory(kind=Body.Kind.EXECUTIVE, name="CSP Executive")


@pytest.fixture
def jo():
    return UserFactory(name="Jo Mercer", post="Co-chair", roles=["executive"])


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def plan():
    """Submitted on 20 April 2017."""
    return DeliveryPlanFactory(submitted=True)


def told(refused) -> dict[str, list[str]]:
    return refused.value.message_dict


def test_agreed_here_it_counts_as_of_today(plan, jo, executive):
    approval = agreeing.agree(plan, verdict="agreed", version=1, by=jo)
    plan.refresh_from_db()
    assert (plan.state, plan.agreed_on) == ("agreed", TODAY)
    assert (approval.body, approval.giver, approval.given_by, approval.post) == (executive, jo, "Jo Mercer", "Co-chair")


def test_nobody_agrees_what_is_their_own_and_is_told_whom_to_ask(plan, jo):
    UserFactory(name="Ada Okoro", roles=["executive"])
    MembershipFactory(body=plan.body, user=jo, role=Membership.Role.CO_CHAIR)
    with pytest.raises(ValidationError) as refused:
        agreeing.agree(plan, verdict="agreed", version=1, by=jo)
    says = "You chair this body, so somebody else on the CSP Executive agrees it: ask Ada Okoro."
    assert refused.value.messages == [says]
    plan.refresh_from_db()
    assert (plan.state, plan.approvals.count()) == ("submitted", 0)


def test_whoever_supports_the_body_does_not_agree_its_plan(plan, jo):
    MembershipFactory(body=plan.body, user=jo, role=Membership.Role.SUPPORT)
    assert not jo.has_perm("governance.agree_plan", plan)
    with pytest.raises(ValidationError, match="You support this body, so somebody else on the CSP Executive agrees it"):
        agreeing.agree(plan, verdict="agreed", version=1, by=jo)


@pytest.mark.parametrize("whose", ["drafted_by", "submitted_by"])
def test_who_drafted_or_submitted_it_does_not_agree_it(plan, jo, whose):
    DeliveryPlan.objects.filter(pk=plan.pk).update(**{whose: jo})
    with pytest.raises(ValidationError, match="so somebody else on the CSP Executive agrees it"):
        agreeing.agree(plan, verdict="agreed", version=1, by=jo)


def test_the_day_of_a_plan_that_was_changed_meanwhile_is_not_agreed(plan, jo):
    DeliveryPlan.objects.filter(pk=plan.pk).update(version=2)
    with pytest.raises(Stale):
        agreeing.agree(plan, verdict="agreed", version=1, by=jo)


def test_subject_to_conditions_in_the_same_form(plan, jo, executive):
    rows = [REPORT, Condition(""), Condition("Name a lead", "", jo, GIVEN + dt.timedelta(days=5))]
    approval = agreeing.agree(plan, verdict="subject", conditions=rows, version=1, by=jo)
    plan.refresh_from_db()
    assert plan.state == "agreed"
    assert [(one.text, one.kind, one.body, one.delivery_plan) for one in approval.conditions.order_by("pk")] == [
        ("Report in October", "condition", executive, plan),
        ("Name a lead", "condition", executive, plan),
    ]


@pytest.mark.parametrize(
    ("verdict", "rows", "box", "says"),
    [
        ("subject", [], "condition_1_text", "Condition 1: say on what condition it is agreed"),
        ("agreed", [REPORT], "verdict", "Choose “Agreed subject to conditions”, or clear the conditions"),
        ("noted", [], "verdict", "Say whether it is agreed"),
        ("refused", [], "said", "Say why it is not agreed, so that the body can change it"),
        ("subject", [Condition("", "Chair", None, LATER)], "condition_1_text", "Condition 1: say what is to be done"),
        (
            "subject",
            [REPORT, Condition("X", "", None, LATER)],
            "condition_2_owner_post",
            "Condition 2: say who does it",
        ),
        ("subject", [Condition("X", "Chair")], "condition_1_due_on", "Condition 1: enter the day by which it is done"),
        (
            "subject",
            [Condition("X", "Chair", None, dt.date(2017, 5, 29))],
            "condition_1_due_on",
            "Condition 1: the day must be on or after 30 May 2017, when it was agreed",
        ),
    ],
)
def test_verdict_words_and_conditions_go_together(plan, jo, verdict, rows, box, says):
    with pytest.raises(ValidationError) as refused:
        agreeing.agree(plan, verdict=verdict, conditions=rows, version=1, by=jo)
    assert says in told(refused)[box][0]
    plan.refresh_from_db()
    assert (plan.state, plan.version, plan.approvals.count(), plan.conditions.count()) == ("submitted", 1, 0, 0)


def test_not_agreed_it_is_a_draft_again_with_the_reason(plan, jo):
    approval = agreeing.agree(plan, verdict="refused", said="Too many actions", version=1, by=jo)
    plan.refresh_from_db()
    assert (plan.state, plan.submitted_by, plan.sent_back_because) == ("draft", None, "Too many actions")
    assert approval.verdict == "refused"


# ---------------------------------------------------------------- given elsewhere


def test_given_in_a_meeting_of_the_executive(plan, sam, executive):
    meeting = MeetingFactory(body=executive, starts_at=MEETS_AT)
    approval = agreeing.record(
        plan, verdict="agreed", route="meeting", given_on=GIVEN, meeting=meeting, version=1, by=sam
    )
    plan.refresh_from_db()
    assert (plan.state, plan.agreed_on) == ("agreed", GIVEN)
    assert (approval.meeting, approval.given_by, approval.recorded_by) == (meeting, "", sam)


@pytest.mark.parametrize("given", [MINUTE, MAIL])
def test_given_in_a_meeting_that_is_not_in_the_list_or_by_mail(plan, sam, given):
    approval = agreeing.record(plan, verdict="subject", conditions=[REPORT], **given, version=1, by=sam)
    assert (approval.route, approval.evidence, approval.giver) == (given["route"], given["evidence"], None)


@pytest.mark.parametrize(
    ("given_on", "says"),
    [
        (dt.date(2017, 4, 19), "The plan was submitted on 20 April 2017: it can’t have been agreed before then"),
        (dt.date(2017, 4, 20), ""),
        (TODAY, ""),
        (dt.date(2017, 5, 31), "The day it was agreed must not lie in the future"),
    ],
)
def test_it_was_given_between_submission_and_today(plan, sam, given_on, says):
    said = MINUTE | {"given_on": given_on}
    if not says:
        assert agreeing.record(plan, verdict="agreed", **said, version=1, by=sam).given_on == given_on
        return
    with pytest.raises(ValidationError) as refused:
        agreeing.record(plan, verdict="agreed", **said, version=1, by=sam)
    assert told(refused) == {"given_on": [says]}


@pytest.mark.parametrize(
    ("given", "box", "says"),
    [
        (MINUTE | {"evidence": " "}, "meeting", "Choose the meeting"),
        (MAIL | {"evidence": " "}, "evidence", "Say which mail it was"),
        (MAIL | {"given_by": " "}, "given_by", "Say whose mail it was"),
        (MINUTE | {"route": "here"}, "route", "Say whether it was given in a meeting or by mail"),
    ],
)
def test_how_it_was_given_is_asked_for(plan, sam, given, box, says):
    with pytest.raises(ValidationError) as refused:
        agreeing.record(plan, verdict="agreed", **given, version=1, by=sam)
    assert says in told(refused)[box][0]


def test_the_meeting_is_one_of_the_executive_on_that_day(plan, sam, executive):
    other = MeetingFactory(starts_at=MEETS_AT)
    with pytest.raises(ValidationError, match="Choose a meeting of the CSP Executive"):
        agreeing.record(plan, verdict="agreed", **MINUTE, meeting=other, version=1, by=sam)
    own = MeetingFactory(body=executive, starts_at=MEETS_AT + dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="The meeting chosen was on 26 May 2017"):
        agreeing.record(plan, verdict="agreed", **MINUTE, meeting=own, version=1, by=sam)


def test_the_word_of_the_bodys_own_chair_is_not_recorded(plan, sam):
    priya = UserFactory(name="Priya Nair")
    MembershipFactory(body=plan.body, user=priya, name="P. Nair", role=Membership.Role.CHAIR)
    MembershipFactory(body=plan.body, user=None, name="Leon Marsh", role=Membership.Role.CO_CHAIR)
    for name in ("Priya Nair", "priya nair", "Cllr Leon Marsh"):
        with pytest.raises(ValidationError) as refused:
            agreeing.record(plan, verdict="agreed", **(MAIL | {"given_by": name}), version=1, by=sam)
        assert f"{name} chairs this body, and nobody agrees their own plan" in told(refused)["given_by"][0]


# ---------------------------------------------------------------- withdrawn


def test_a_wrong_one_is_withdrawn_until_delivery_begins(plan, sam):
    approval = agreeing.record(plan, verdict="subject", conditions=[REPORT], **MINUTE, version=1, by=sam)
    with pytest.raises(ValidationError, match="Say why it is withdrawn"):
        agreeing.withdraw(approval, because=" ", by=sam)
    agreeing.withdraw(approval, because="It was another plan", by=sam)
    plan.refresh_from_db()
    approval.refresh_from_db()
    assert (plan.state, plan.agreed_on, approval.withdrawn_because) == ("submitted", None, "It was another plan")
    condition = approval.conditions.get()
    assert (condition.ending, condition.ended_note) == ("dropped", "The agreement was withdrawn: It was another plan")
    with pytest.raises(ValidationError, match="withdrawn already"):
        agreeing.withdraw(approval, because="Again", by=sam)
    again = agreeing.record(plan, verdict="agreed", **MAIL, version=plan.version, by=sam)
    DeliveryPlan.objects.filter(pk=plan.pk).update(state="in_delivery", delivery_from=TODAY)
    with pytest.raises(ValidationError, match="only until delivery begins"):
        agreeing.withdraw(again, because="Too late", by=sam)


def test_without_a_csp_executive_nothing_can_be_agreed(plan, sam, executive):
    Body.objects.filter(pk=executive.pk).update(ended_on=TODAY)
    with pytest.raises(ValidationError, match="There is no CSP Executive among the bodies yet"):
        agreeing.record(plan, verdict="agreed", **MINUTE, version=1, by=sam)
