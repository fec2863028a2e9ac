"""What is recorded of the plan's life: what is refused, and with which sentence."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEvent
from governance.actions import approvals_of_plan, lifecycle
from governance.models import Approval, Body, Clearance, PlanVersion, Review, Sending
from lib.editing import Stale
from lib.quarters import Year
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.governance import BodyFactory
from tests.factories.governing import ApprovalFactory, ClearanceFactory, PlanVersionFactory
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db
D = dt.date
AHEAD = D(2999, 1, 1)
Y17, MARCH = Year(2017), D(2018, 3, 20)


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def plan():
    return PlanFactory(adopted_on=None)


def refused(call, **kwargs) -> dict[str, list[str]] | list[str]:
    with pytest.raises(ValidationError) as caught:
        call(**kwargs)
    return caught.value.message_dict if hasattr(caught.value, "error_dict") else caught.value.messages


def add_version(plan, sam, number="1.5", dated_on=None):
    return lifecycle.add_version(plan, number=number, dated_on=dated_on, what_changed="More", note="", by=sam)


def test_a_version_comes_after_those_before_it(plan, sam):
    PlanVersionFactory(plan=plan, number="1.4", order=4)
    version = add_version(plan, sam)
    assert (version.order, version.recorded_by) == (5, sam)
    plan.refresh_from_db()
    assert plan.version == 2
    event = AuditEvent.objects.get(kind="plan_version_added")
    assert (event.subject_id, event.subject_version) == (str(plan.pk), 2)


def test_a_number_is_given_once_and_no_date_lies_ahead(plan, sam):
    add_version(plan, sam)
    assert refused(add_version, plan=plan, sam=sam) == {"number": ["There is a version 1.5 already"]}
    assert refused(add_version, plan=plan, sam=sam, number="1.6", dated_on=AHEAD) == {
        "dated_on": ["The date of the version can’t be in the future"]
    }
    assert PlanVersion.objects.count() == 1


def test_a_clearance_is_added_and_completed(plan, sam):
    version = PlanVersionFactory(plan=plan, number="1.4")
    told = {"who": "MAB", "consulted_on": D(2017, 10, 2), "note": ""}
    clearance = lifecycle.add_clearance(version, **told, cleared_on=None, by=sam)
    plan.refresh_from_db()
    saved = lifecycle.set_clearance(clearance, **told, cleared_on=D(2017, 10, 2), version=plan.version, by=sam)
    assert Clearance.objects.get().cleared_on == D(2017, 10, 2)
    plan.refresh_from_db()
    lifecycle.set_clearance(saved, **told, cleared_on=D(2017, 10, 2), version=plan.version, by=sam)
    assert AuditEvent.objects.filter(kind="plan_clearance_changed").count() == 1  # nothing changed the second time


def test_a_clearance_before_it_was_sent_twice_or_over_a_newer_one(plan, sam):
    clearance = ClearanceFactory(version__plan=plan, version__number="1.2", who="Legal Services")
    told = {"consulted_on": D(2017, 8, 8), "note": "", "by": sam}
    assert refused(
        lifecycle.add_clearance, version=clearance.version, who="Finance", cleared_on=D(2017, 8, 7), **told
    ) == {"cleared_on": ["It can’t be cleared before it was sent, on 8 August 2017"]}
    assert refused(
        lifecycle.add_clearance, version=clearance.version, who="Legal Services", cleared_on=None, **told
    ) == {"who": ["Legal Services is on the list of version 1.2 already"]}
    add_version(plan, sam)  # raises the plan's version
    with pytest.raises(Stale):
        lifecycle.set_clearance(clearance, who="Legal Services", cleared_on=None, version=1, **told)


# ---------------------------------------------------------------- approvals and adoption


def said(version, body, sam, **changes):
    told = {
        "verdict": "agreed",
        "given_on": D(2017, 7, 18),
        "route": "meeting",
        "given_by": "",
        "post": "",
        "evidence": "Minute 4.2",
        "said": "",
    }
    return approvals_of_plan.record_approval(version, body=body, **(told | changes), by=sam)


def test_a_word_given_elsewhere_is_recorded_with_who_typed_it(plan, sam):
    approval = said(PlanVersionFactory(plan=plan), BodyFactory(), sam)
    assert (approval.recorded_by, approval.giver, approval.plan_version.plan) == (sam, None, plan)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"evidence": ""}, {"evidence": ["Say where it can be read: the minute, or the mail"]}),
        ({"route": "mail"}, {"given_by": ["Enter who gave it by mail"]}),
        ({"given_on": AHEAD}, {"given_on": ["The day it was given can’t be in the future"]}),
    ],
)
def test_a_word_that_is_not_whole(plan, sam, changes, expected):
    version, body = PlanVersionFactory(plan=plan), BodyFactory()
    assert refused(said, version=version, body=body, sam=sam, **changes) == expected
    assert not Approval.objects.exists()


def test_the_same_word_is_recorded_once_until_it_is_withdrawn(plan, sam):
    version, body = PlanVersionFactory(plan=plan), BodyFactory(name="CSP Executive")
    first = said(version, body, sam)
    again = {"given_on": ["This word of CSP Executive is recorded already"]}
    assert refused(said, version=version, body=body, sam=sam) == again
    approvals_of_plan.withdraw_approval(first, because="Another meeting", by=sam)
    said(version, body, sam)
    assert (Approval.objects.count(), Approval.objects.standing().count()) == (2, 1)


def test_withdrawn_once_and_with_a_reason(plan, sam):
    approval = said(PlanVersionFactory(plan=plan), BodyFactory(), sam)
    empty = refused(approvals_of_plan.withdraw_approval, approval=approval, because="  ", by=sam)
    assert empty == {"because": ["Say what is wrong with the record"]}
    approvals_of_plan.withdraw_approval(approval, because="Another meeting", by=sam)
    again = refused(approvals_of_plan.withdraw_approval, approval=approval, because="Again", by=sam)
    assert again == ["This approval has been withdrawn already."]
    assert approval.withdrawn_because == "Another meeting"


def test_a_delivery_plan_s_approval_is_not_withdrawn_here(sam):
    there = refused(approvals_of_plan.withdraw_approval, approval=ApprovalFactory(), because="Wrong", by=sam)
    assert there == ["This approval is of a delivery plan: withdraw it there."]


def test_adopted_on_the_day_of_the_last_word_it_needs(plan, sam):
    version = PlanVersionFactory(plan=plan)
    said(version, BodyFactory(kind=Body.Kind.PARTNERSHIP), sam, given_on=D(2017, 5, 16))
    told = {"plan": plan, "version": 2, "by": sam}
    early = refused(lifecycle.adopt, on=D(2017, 7, 18), **told)
    assert early == {"on": ["The CSP Executive has not approved it yet."]}
    said(version, BodyFactory(kind=Body.Kind.EXECUTIVE), sam)
    told["version"] = 3
    assert refused(lifecycle.adopt, on=D(2017, 7, 17), **told) == {
        "on": ["The CSP Executive approved on 18 July 2017, after the day of adoption."]
    }
    assert refused(lifecycle.adopt, on=AHEAD, **told) == {"on": ["The day of adoption can’t be in the future"]}
    assert lifecycle.adopt(on=D(2017, 7, 18), **told).adopted_on == D(2017, 7, 18)
    assert refused(lifecycle.adopt, on=D(2017, 7, 18), **told) == ["The plan was adopted on 18 July 2017 already."]


def test_a_withdrawn_word_is_not_enough_to_adopt(plan, sam):
    version = PlanVersionFactory(plan=plan)
    said(version, BodyFactory(kind=Body.Kind.PARTNERSHIP), sam)
    approval = said(version, BodyFactory(kind=Body.Kind.EXECUTIVE), sam)
    approvals_of_plan.withdraw_approval(approval, because="Another plan", by=sam)
    with pytest.raises(ValidationError, match="The CSP Executive has not approved it yet"):
        lifecycle.adopt(plan, on=D(2017, 7, 18), version=4, by=sam)


# ---------------------------------------------------------------- reviews and sendings


def review(plan, sam, year=Y17, on=MARCH):
    told = {"found": "41 of 52 were carried out", "changes": "", "decided_by": None}
    return lifecycle.record_review(plan, year=year, reviewed_on=on, **told, by=sam)


def test_a_year_of_the_plan_is_reviewed_once_and_not_before_it_begins(plan, sam):
    review(plan, sam)
    assert refused(review, plan=plan, sam=sam) == {"year": ["2017-18 has been reviewed already"]}
    assert refused(review, plan=plan, sam=sam, year=Year(2021)) == {"year": ["2021-22 is no year of this plan"]}
    assert refused(review, plan=plan, sam=sam, year=Year(2018), on=D(2018, 3, 31)) == {
        "reviewed_on": ["2018-19 begins on 1 April 2018: it can’t be reviewed before"]
    }
    assert review(plan, sam, year=Year(2018), on=D(2018, 4, 1))
    assert Review.objects.count() == 2


def sending(plan, sam, **changes):
    told = {
        "what": "Version 1.4",
        "version": None,
        "to_body": None,
        "to_organisation": None,
        "to_name": "Safer Neighbourhood Board",
        "sent_on": D(2017, 12, 1),
        "route": "mail",
        "note": "",
    }
    return lifecycle.log_sending(plan, **(told | changes), by=sam)


def test_a_sending_keeps_the_name_of_that_day(plan, sam):
    organisation = OrganisationFactory(slug="mopac")
    line = sending(plan, sam, to_organisation=organisation, to_name="")
    assert line.to_name == organisation.name_on(D(2017, 12, 1))
    body = BodyFactory(name="Health and Wellbeing Board")
    assert sending(plan, sam, to_body=body, to_name="").to_name == "Health and Wellbeing Board"


def test_one_sending_is_one_line(plan, sam):
    sending(plan, sam)
    assert refused(sending, plan=plan, sam=sam) == [
        "Version 1.4 to Safer Neighbourhood Board on 1 December 2017 is in the log already."
    ]
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert refused(sending, plan=plan, sam=sam, sent_on=tomorrow) == {
        "sent_on": ["The day it was sent can’t be in the future"]
    }
    assert Sending.objects.count() == 1
