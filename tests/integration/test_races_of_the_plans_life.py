"""Two people at the plan's life, its commitments and outcomes at the same moment, each on a connection of their own: one wins, the other is told."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from governance.actions import approvals_of_plan, lifecycle, promises
from governance.actions.promises import Given, Led
from governance.models import Approval, Body, CommitmentLead, CommitmentStatus, OutcomeMeasure, PlanVersion, Review
from lib.quarters import Quarter, Year
from priorities.models import Outcome, Plan
from reporting import successor
from tests.factories import UserFactory
from tests.factories.governance import BodyFactory
from tests.factories.governing import PlanVersionFactory
from tests.factories.priorities import CommitmentFactory, OutcomeFactory, PlanFactory
from tests.integration.test_returns_race import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 6
DAY, LATER = dt.date(2017, 7, 18), dt.date(2018, 4, 20)
TOLD = {"route": "meeting", "given_by": "", "post": "", "evidence": "Minute 4.2", "said": "", "verdict": "agreed"}


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def one_refused(outcomes: list[object]) -> bool:
    """One went through, and the other got a sentence."""
    return sorted(isinstance(outcome, Exception) for outcome in outcomes) == [False, True] and any(
        isinstance(outcome, ValidationError) for outcome in outcomes
    )


def test_two_start_the_next_plan(sam):
    for _ in range(ROUNDS):
        Plan.objects.all().delete()
        plan = PlanFactory(slug="2017-21")

        def start(title, plan=plan):
            days = {"starts_on": dt.date(2021, 4, 1), "ends_on": dt.date(2025, 3, 31)}
            return lambda: successor.start(Plan.objects.get(pk=plan.pk), title=title, **days, by=sam)

        assert one_refused(at_once(start("One"), start("Other")))
        assert Plan.objects.count() == 2


def test_two_record_one_word_one_version_and_one_review(sam):
    for _ in range(ROUNDS):
        version, body = PlanVersionFactory(), BodyFactory()
        plan = version.plan

        def word(version=version, body=body):
            return approvals_of_plan.record_approval(version, body=body, given_on=DAY, **TOLD, by=sam)

        def number(plan=plan):
            return lifecycle.add_version(plan, number="9.9", dated_on=None, what_changed="", note="", by=sam)

        def review(plan=plan):
            told = {"found": "Much", "changes": "", "decided_by": None}
            return lifecycle.record_review(plan, year=Year(2017), reviewed_on=LATER, **told, by=sam)

        for act in (word, number, review):
            assert one_refused(at_once(act, act))
        counts = (
            Approval.objects.filter(plan_version=version).count(),
            PlanVersion.objects.filter(plan=plan, number="9.9").count(),
            Review.objects.filter(plan=plan).count(),
        )
        assert counts == (1, 1, 1)


def test_adopting_against_withdrawing_the_word_it_rests_on(sam):
    """Whoever is first: the plan is not adopted after the word was taken back."""
    for _ in range(ROUNDS):
        version = PlanVersionFactory(plan__adopted_on=None)
        plan = version.plan
        for kind in (Body.Kind.PARTNERSHIP, Body.Kind.EXECUTIVE):
            word = approvals_of_plan.record_approval(version, body=BodyFactory(kind=kind), given_on=DAY, **TOLD, by=sam)
        plan.refresh_from_db()
        adopted, withdrawn = at_once(
            lambda plan=plan: lifecycle.adopt(plan, on=DAY, version=plan.version, by=sam),
            lambda word=word: approvals_of_plan.withdraw_approval(word, because="Wrong plan", by=sam),
        )
        assert isinstance(withdrawn, Approval)
        plan.refresh_from_db()
        assert plan.is_adopted is not isinstance(adopted, Exception)
        events = [adopted] if isinstance(adopted, Exception) else []
        assert all(isinstance(event, ValidationError) for event in events)


def test_two_say_how_a_commitment_goes(sam):
    quarter = Quarter.parse("2017-18-q4")
    for _ in range(ROUNDS):
        commitment = CommitmentFactory()

        def give(brag, commitment=commitment):
            row = Given(commitment.pk, None, brag, "Why", None)
            return lambda: promises.give_statuses([row], quarter=quarter, on=LATER, by=sam)

        outcomes = at_once(give("green"), give("amber"))
        assert one_refused(outcomes)
        assert CommitmentStatus.objects.filter(commitment=commitment).count() == 1


def test_two_set_lead_bodies_in_another_order(sam):
    """Neither waits for the other for ever, and nobody's choice is overwritten unseen."""
    for _ in range(ROUNDS):
        commitments, bodies = [CommitmentFactory() for _ in range(4)], [BodyFactory(), BodyFactory()]

        def lead(body, rows):
            return lambda: promises.name_leads([Led(row.pk, None, body) for row in rows], by=sam)

        assert one_refused(at_once(lead(bodies[0], commitments), lead(bodies[1], commitments[::-1])))
        leads = CommitmentLead.objects.filter(commitment__in=commitments)
        assert leads.count() == 4
        assert len(set(leads.values_list("body", flat=True))) == 1


def test_two_say_how_an_outcome_will_be_known(sam):
    for _ in range(ROUNDS):
        outcome = OutcomeFactory()

        def measure(who, outcome=outcome):
            told = {"kind": "judgement", "indicator": None, "survey": "", "judged_by": who}
            return lambda: promises.set_measure(Outcome.objects.get(pk=outcome.pk), **told, version=0, by=sam)

        assert one_refused(at_once(measure("CSP Executive"), measure("CSP")))
        assert OutcomeMeasure.objects.filter(outcome=outcome).count() == 1


def test_two_judge_one_outcome(sam):
    for _ in range(ROUNDS):
        outcome = OutcomeFactory()

        def judge(verdict, outcome=outcome):
            told = {"year": Year(2017), "evidence": "The survey", "seen": None, "on": LATER}
            return lambda: promises.judge(Outcome.objects.get(pk=outcome.pk), verdict=verdict, **told, by=sam)

        assert one_refused(at_once(judge("nearer"), judge("same")))
