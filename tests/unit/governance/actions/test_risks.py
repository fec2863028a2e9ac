"""A risk entered, worded, scored again and closed; nothing is removed, no number is given twice."""

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from governance.actions import risks
from governance.actions.risks import Content
from governance.models import Risk, RiskScore
from governance.owing import risks as owing
from lib.append_only import Unchangeable
from lib.editing import Stale
from tests.factories.accounts import UserFactory
from tests.factories.governance import ActionFactory, BodyFactory, RiskFactory, RiskScoreFactory, place

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 5, 10)
CONTENT = Content(
    "Because one trainer holds all the courses",
    "courses may be called off",
    "and fewer champions are trained",
    before=(4, 4),
    target=(2, 3),
    review_on=dt.date(2018, 6, 29),
    owner_post="VAWG Strategy Manager",
)


@pytest.fixture(autouse=True)
def may():
    with time_machine.travel(dt.datetime(2018, 5, 10, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def by():
    return UserFactory(name="Owen Tranter", roles=["member"])


@pytest.fixture
def body():
    return BodyFactory(slug="asb", code="ASB")


def test_entered_with_its_first_score(body, by):
    action = ActionFactory(delivery_plan__body=body)
    risk = risks.add(body, content=replace(CONTENT, actions=[action]), now=(3, 4), said="First look", by=by)
    assert (risk.reference, risk.before, risk.target, list(risk.actions.all())) == ("ASB R1", 16, 6, [action])
    score = RiskScore.objects.get()
    assert (score.score, score.said, score.scored_by) == (12, "First look", by)
    assert risks.add(body, content=CONTENT, now=(1, 1), by=by).number == 2
    assert AuditEvent.objects.filter(kind="risk_added").count() == 2


def test_a_number_is_not_given_again_after_closing(body, by):
    risk = risks.add(body, content=CONTENT, now=(3, 4), by=by)
    risks.close(risk, reason="Gone", version=1, by=by)
    assert risks.add(body, content=CONTENT, now=(3, 4), by=by).number == 2
    assert Risk.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"cause": " "}, {"cause": ["Say what it comes from"]}),
        ({"event": ""}, {"event": ["Say what may happen"]}),
        ({"effect": ""}, {"effect": ["Say what would follow from it"]}),
        ({"effect": "x" * 301}, {"effect": ["This must be said in 300 characters or fewer"]}),
        ({"before": (0, 4)}, {"before": ["Likelihood and impact are numbers from 1 to 5"]}),
        ({"before": (4, 6)}, {"before": ["Likelihood and impact are numbers from 1 to 5"]}),
        ({"target": (6, 1)}, {"target": ["Likelihood and impact are numbers from 1 to 5"]}),
        ({"target": (5, 5)}, {"target": ["The target can’t be higher than the score without any control"]}),
        ({"owner_post": " "}, {"owner_post": ["Say whose it is: a post, a person or both"]}),
        ({"review_on": dt.date(2018, 5, 9)}, {"review_on": ["The day on which it is looked at again must be today or later"]}),
    ],
)  # fmt: skip
def test_bad_input(body, by, changed, errors):
    with pytest.raises(ValidationError) as told:
        risks.add(body, content=replace(CONTENT, **changed), now=(3, 4), by=by)
    assert told.value.message_dict == errors
    assert not Risk.objects.exists()


@pytest.mark.parametrize("now", [(0, 1), (1, 6)])
def test_the_first_score_is_from_one_to_five(body, by, now):
    with pytest.raises(ValidationError) as told:
        risks.add(body, content=CONTENT, now=now, by=by)
    assert told.value.message_dict == {"now": ["Likelihood and impact are numbers from 1 to 5"]}


def test_today_will_do_for_a_review(body, by):
    assert risks.add(body, content=replace(CONTENT, review_on=TODAY), now=(3, 4), by=by)


def test_not_for_a_body_that_has_ended(by):
    body = BodyFactory(name="Old group", ended_on=dt.date(2018, 5, 9))
    with pytest.raises(ValidationError, match="Old group has ended"):
        risks.add(body, content=CONTENT, now=(3, 4), by=by)


def test_worded_otherwise(body, by):
    risk = risks.add(body, content=CONTENT, now=(3, 4), by=by)
    risks.edit(risk, content=CONTENT, version=1, by=by)
    assert risk.version == 1  # the same again leaves no trace
    risks.edit(risk, content=replace(CONTENT, controls="Two trainers"), version=1, by=by)
    risk.refresh_from_db()
    assert (risk.version, risk.controls) == (2, "Two trainers")
    event = AuditEvent.objects.get(kind="risk_changed")
    assert event.changes == [{"what": "Controls", "was": "nothing", "now": "Two trainers"}]
    with pytest.raises(Stale):
        risks.edit(risk, content=CONTENT, version=1, by=by)


def test_a_word_can_be_put_right_while_a_review_is_overdue(by):
    risk = RiskFactory(review_on=dt.date(2018, 4, 1))
    said = replace(CONTENT, review_on=dt.date(2018, 4, 1), controls="Two trainers")
    assert risks.edit(risk, content=said, version=1, by=by).controls == "Two trainers"
    with pytest.raises(ValidationError):
        risks.edit(risk, content=replace(said, review_on=dt.date(2018, 4, 2)), version=2, by=by)


def test_scored_again(by):
    risk = RiskFactory()
    first = RiskScoreFactory(risk=risk, likelihood=3, impact=4, scored_at=dt.datetime(2018, 2, 1, tzinfo=dt.UTC))
    day = dt.date(2018, 9, 28)
    made = risks.score(risk, likelihood=2, impact=4, said="A second trainer", review_on=day, version=1, by=by)
    risk.refresh_from_db()
    assert (risk.review_on, risk.version, list(risk.scores.all())) == (day, 2, [made, first])
    event = AuditEvent.objects.get(kind="risk_scored")
    assert event.comment == "A second trainer"
    assert event.changes == [
        {"what": "Score", "was": "3 × 4 = 12", "now": "2 × 4 = 8"},
        {"what": "Review", "was": "29 June 2018", "now": "28 September 2018"},
    ]
    with pytest.raises(Unchangeable):
        RiskScore.objects.filter(pk=first.pk).update(impact=1)
    with pytest.raises(Unchangeable):
        first.delete()


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"likelihood": 0}, {"likelihood": ["Likelihood and impact are numbers from 1 to 5"]}),
        ({"impact": 6}, {"likelihood": ["Likelihood and impact are numbers from 1 to 5"]}),
        ({"said": " "}, {"said": ["Say what the score rests on"]}),
        ({"said": "x" * 301}, {"said": ["What the score rests on must be said in 300 characters or fewer"]}),
        ({"review_on": None}, {"review_on": ["Enter the day on which it is looked at again"]}),
        ({"review_on": dt.date(2018, 5, 9)}, {"review_on": ["The day on which it is looked at again must be today or later"]}),
    ],
)  # fmt: skip
def test_bad_scores(by, changed, errors):
    risk = RiskFactory()
    given = {"likelihood": 2, "impact": 4, "said": "So", "review_on": TODAY, "version": 1} | changed
    with pytest.raises(ValidationError) as told:
        risks.score(risk, **given, by=by)
    assert told.value.message_dict == errors
    assert not RiskScore.objects.exists()


def test_closed_for_a_reason_and_for_good(by):
    risk = RiskFactory()
    with pytest.raises(ValidationError, match="Say why it is closed"):
        risks.close(risk, reason=" ", version=1, by=by)
    risks.close(risk, reason="A second trainer came", version=1, by=by)
    risk.refresh_from_db()
    assert (risk.closed_by, risk.closed_because) == (by, "A second trainer came")
    for act in (
        lambda: risks.close(risk, reason="Again", version=2, by=by),
        lambda: risks.edit(risk, content=CONTENT, version=2, by=by),
        lambda: risks.score(risk, likelihood=1, impact=1, said="So", review_on=TODAY, version=2, by=by),
    ):
        with pytest.raises(ValidationError, match="closed, so it stays as it is"):
            act()


# ---------------------------------------------------------------- what is owed


@pytest.mark.parametrize(
    ("review_on", "stage"),
    [
        (dt.date(2018, 5, 18), None),
        (dt.date(2018, 5, 17), "due"),
        (dt.date(2018, 5, 10), "due"),
        (dt.date(2018, 5, 9), "overdue"),
    ],
)
def test_a_review_is_owed_by_its_owner(by, review_on, stage):
    risk = RiskFactory(owner=by, review_on=review_on, body__code="ASB", number=2)
    found = owing.owed(TODAY)
    assert [(one.person_id, one.stage, one.thing) for one in found] == (
        [(by.pk, stage, f"governance.risk:{risk.pk}")] if stage else []
    )
    assert owing.owed(TODAY, by) == found and owing.owed(TODAY, UserFactory()) == []
    if stage:
        assert found[0].what == "Review of risk ASB R2: courses may be called off"


def test_without_an_owner_by_the_support_officer_else_the_chair_else_nobody(by):
    risk = RiskFactory(review_on=TODAY)
    assert [one.person_id for one in owing.owed(TODAY)] == [0]
    chair, officer = UserFactory(), UserFactory()
    place(chair, risk.body, "chair")
    assert [one.person_id for one in owing.owed(TODAY)] == [chair.pk]
    place(officer, risk.body, "support")
    assert [one.person_id for one in owing.owed(TODAY)] == [officer.pk]
    gone = UserFactory(is_active=False, left_at=dt.datetime(2018, 5, 1, tzinfo=dt.UTC))
    Risk.objects.filter(pk=risk.pk).update(owner=gone)
    assert [one.person_id for one in owing.owed(TODAY)] == [officer.pk]
    risks.close(Risk.objects.get(), reason="Gone", version=1, by=by)
    assert owing.owed(TODAY) == []


def test_what_is_owed_takes_two_queries(django_assert_num_queries):
    for _ in range(20):
        RiskFactory(review_on=TODAY)
    with django_assert_num_queries(2):
        assert len(owing.owed(TODAY)) == 20
