"""Saying how commitments and outcomes stand: what is refused, at which box, and what the latest word is."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from governance.actions import promises
from governance.actions.promises import Given, Led
from governance.models import CommitmentLead, CommitmentStatus, OutcomeJudgement, OutcomeMeasure
from lib.editing import Stale
from lib.quarters import Quarter, Year
from tests.factories.accounts import UserFactory
from tests.factories.governance import ActionFactory, BodyFactory
from tests.factories.governing import CommitmentLeadFactory, CommitmentStatusFactory, OutcomeMeasureFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.priorities import CommitmentFactory, OutcomeFactory

pytestmark = pytest.mark.django_db
D = dt.date
Q4 = Quarter.parse("2017-18-q4")
AFTER, Y17 = D(2018, 4, 20), Year(2017)


@pytest.fixture
def ann():
    return UserFactory(name="Ann Reid")


def give(row: Given, by, quarter=Q4, on=AFTER) -> int:
    return promises.give_statuses([row], quarter=quarter, on=on, by=by)


def said(commitment, brag="green", words="", number=None, seen=None) -> Given:
    return Given(commitment.pk, seen, brag, words, number)


@pytest.mark.parametrize(("on", "may"), [(D(2018, 3, 31), False), (D(2018, 4, 1), True)])
def test_a_quarter_is_spoken_of_when_it_has_ended(ann, on, may):
    commitment = CommitmentFactory()
    if may:
        assert give(said(commitment), ann, on=on) == 1
    else:
        with pytest.raises(
            ValidationError, match="2017-18 Q4 has not ended: how it went can be said from April to June 2018 on"
        ):
            give(said(commitment), ann, on=on)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"brag": "red"}, ("said", "Say why it is red")),
        ({"brag": "amber", "words": "  "}, ("said", "Say why it is amber")),
        ({"brag": "", "words": "Hm"}, ("brag", "Choose how it goes, or enter the number reached")),
        ({"number": -1}, ("number", "The number reached must be between 0 and 2,147,483,647")),
        ({"number": 2_147_483_648}, ("number", "The number reached must be between 0 and 2,147,483,647")),
    ],
)
def test_what_is_said_is_whole(ann, row, expected):
    commitment = CommitmentFactory(number=20, unit="Criminal Behaviour Orders")
    with pytest.raises(promises.Refused) as refused:
        give(said(commitment, **row), ann)
    assert refused.value.rows == {commitment.pk: expected}
    assert not CommitmentStatus.objects.exists()


def test_no_number_where_the_plan_counts_nothing(ann):
    commitment = CommitmentFactory()
    with pytest.raises(promises.Refused) as refused:
        give(said(commitment, number=3), ann)
    assert refused.value.rows[commitment.pk] == ("number", "The plan counts nothing here, so leave the number empty")


def test_not_before_the_commitment_s_year(ann):
    commitment = CommitmentFactory(year=Year(2018))
    with pytest.raises(promises.Refused) as refused:
        give(said(commitment), ann)
    assert refused.value.rows[commitment.pk][1] == "This commitment begins with 2018-19, after 2017-18 Q4"


def test_one_row_that_is_wrong_keeps_all_back(ann):
    right, wrong = CommitmentFactory(), CommitmentFactory()
    with pytest.raises(promises.Refused):
        promises.give_statuses([said(right), said(wrong, "red")], quarter=Q4, on=AFTER, by=ann)
    assert not CommitmentStatus.objects.exists()


def test_said_again_it_is_added_and_the_same_is_not(ann):
    commitment = CommitmentFactory()
    give(said(commitment), ann)
    first = CommitmentStatus.objects.get()
    assert give(said(commitment, seen=first.pk), ann) == 0
    assert give(said(commitment, "red", "No trainer", seen=first.pk), ann) == 1
    assert list(CommitmentStatus.objects.values_list("brag", flat=True)) == ["green", "red"]
    assert AuditEvent.objects.filter(kind="commitment_status_given").count() == 2


def test_who_saves_over_another_is_told_who_was_quicker(ann):
    commitment = CommitmentFactory()
    CommitmentStatusFactory(
        commitment=commitment,
        given_by=UserFactory(name="Nell Ashby"),
        brag="amber",
        said="Late",
        given_at=dt.datetime(2018, 4, 10, 9, 30, tzinfo=dt.UTC),
    )
    with pytest.raises(promises.Refused) as refused:
        give(said(commitment), ann)
    assert refused.value.rows[commitment.pk] == (
        "brag",
        "Amber was given by Nell Ashby, 10 April 2018, 10:30, since you opened this page. "
        "Nothing is saved yet: look at it, then save again to keep your own.",
    )


def test_where_actions_serve_it_only_its_number_is_given(ann):
    commitment = CommitmentFactory(number=20, unit="orders")
    ActionFactory(commitment=commitment)
    with pytest.raises(promises.Refused) as refused:
        give(said(commitment), ann)
    assert refused.value.rows[commitment.pk][1] == "Its status comes from the actions that serve it"
    assert give(said(commitment, "", "", 7), ann) == 1


def test_a_commitment_taken_out_meanwhile(ann):
    with pytest.raises(ValidationError, match="A commitment has been taken out of the plan"):
        promises.give_statuses([Given(99, None, "green", "", None)], quarter=Q4, on=AFTER, by=ann)


# ---------------------------------------------------------------- lead bodies


def test_bodies_are_set_changed_and_taken_away(ann):
    one, other, third = CommitmentFactory(), CommitmentFactory(), CommitmentFactory()
    old, new = BodyFactory(), BodyFactory()
    CommitmentLeadFactory(commitment=other, body=old)
    CommitmentLeadFactory(commitment=third, body=old)
    rows = [Led(one.pk, None, new), Led(other.pk, old.pk, new), Led(third.pk, old.pk, None)]
    assert promises.name_leads(rows, by=ann) == 3
    assert dict(CommitmentLead.objects.values_list("commitment", "body")) == {one.pk: new.pk, other.pk: new.pk}
    assert promises.name_leads([Led(one.pk, new.pk, new)], by=ann) == 0


def test_a_body_set_meanwhile_is_not_overwritten(ann):
    lead = CommitmentLeadFactory(body__name="Prevent Board")
    with pytest.raises(promises.Refused) as refused:
        promises.name_leads([Led(lead.commitment_id, None, BodyFactory())], by=ann)
    assert refused.value.rows[lead.commitment_id][1].startswith("Prevent Board leads it by now.")


# ---------------------------------------------------------------- outcomes


def measure(outcome, by, version=0, **said):
    told = {"kind": "survey", "indicator": None, "survey": "", "judged_by": ""} | said
    return promises.set_measure(outcome, **told, version=version, by=by)


def test_an_outcome_is_known_in_one_way(ann):
    outcome, indicator = OutcomeFactory(), IndicatorFactory()
    with pytest.raises(ValidationError) as refused:
        measure(outcome, ann, survey="Annual Residents Survey", indicator=indicator)
    only = ["It is known in one way only: leave this empty, or choose this way instead"]
    assert refused.value.message_dict == {"indicator": only}
    with pytest.raises(ValidationError) as refused:
        measure(outcome, ann)
    assert refused.value.message_dict == {"survey": ["Enter the survey, and which of its answers"]}
    assert measure(outcome, ann, kind="indicator", indicator=indicator).indicator == indicator


def test_a_measure_is_changed_at_the_version_that_was_seen(ann):
    there = OutcomeMeasureFactory()
    with pytest.raises(Stale):
        measure(there.outcome, ann, survey="Annual Residents Survey")  # as if there were none
    measure(there.outcome, ann, survey="Annual Residents Survey", version=1)
    assert (OutcomeMeasure.objects.get().kind, OutcomeMeasure.objects.get().version) == ("survey", 2)


def judged(outcome, by, year=Y17, seen=None, evidence="The survey of 2018", on=AFTER):
    return promises.judge(outcome, year=year, verdict="nearer", evidence=evidence, seen=seen, on=on, by=by)


def test_the_year_s_word_is_added_to_never_changed(ann):
    outcome = OutcomeFactory()
    first = judged(outcome, ann)
    with pytest.raises(ValidationError, match="Ann Reid said “Nearer than a year ago” for 2017-18"):
        judged(outcome, ann)
    judged(outcome, ann, seen=first.pk, evidence="Read again")
    assert OutcomeJudgement.objects.count() == 2


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"year": Year(2018), "on": D(2018, 3, 31)}, {"year": ["2018-19 has not begun"]}),
        ({"year": Year(2016)}, {"year": ["2016-17 is no year of the plan"]}),
        ({"evidence": " "}, {"evidence": ["Say what it rests on"]}),
    ],
)
def test_a_judgement_that_can_not_be(ann, told, expected):
    with pytest.raises(ValidationError) as refused:
        judged(OutcomeFactory(), ann, **told)
    assert refused.value.message_dict == expected
