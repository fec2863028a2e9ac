"""The CSP Executive's decision on an application for money: given here or recorded, by whom, within what the stream holds, withdrawn."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent
from governance.actions import applications, applications_deciding
from governance.giving_word import Condition
from governance.models import Body, Membership
from lib.editing import Stale
from lib.quarters import Year
from tests.factories import UserFactory
from tests.factories.funding import (
    AllocationFactory,
    FundingApplicationFactory,
    FundingInterestFactory,
    ProjectFactory,
)
from tests.factories.governance import BodyFactory, MembershipFactory
from tests.factories.governing import MeetingFactory

pytestmark = pytest.mark.django_db

Y2, Y3 = Year.parse("2018-19"), Year.parse("2019-20")
TODAY, GIVEN, LATER = dt.date(2017, 5, 30), dt.date(2017, 5, 25), dt.date(2017, 10, 26)
ALL, LESS = {Y2: Decimal("12000.00")}, {Y2: Decimal("9000.00")}
REPORT = Condition("Report in October", "Chair of the group", None, LATER)
MINUTE = {"route": "meeting", "given_on": GIVEN, "evidence": "Minute 4.2"}
MAIL = {"route": "mail", "given_on": GIVEN, "evidence": "Mail of 25 May 2017", "given_by": "Victoria Crane"}
Role = Membership.Role


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
def tom():
    return UserFactory(name="Tom Okafor", roles=["executive"])


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def asked():
    """£12,000 for 2018-19 from a stream of £100,000; submitted on 20 April 2017."""
    return FundingApplicationFactory(submitted=True, body=BodyFactory(name="ASB Group", code="ASB"))


def told(refused) -> dict[str, list[str]]:
    return refused.value.message_dict


def agreed_of(application) -> list[Decimal | None]:
    return list(application.years.order_by("year").values_list("agreed", flat=True))


def untouched(application) -> bool:
    application.refresh_from_db()
    kept = (application.state, application.version, application.decided_on, application.approvals.count())
    return kept == ("submitted", 1, None, 0) and set(agreed_of(application)) == {None}


class TestGivenHere:
    def test_agreed_in_full_it_counts_as_of_today(self, asked, jo, executive):
        approval = applications_deciding.decide(asked, verdict="agreed", agreed=ALL, version=1, by=jo)
        asked.refresh_from_db()
        assert (asked.state, asked.decided_on, agreed_of(asked)) == ("agreed", TODAY, [Decimal("12000.00")])
        assert (approval.body, approval.giver, approval.given_by, approval.post, approval.application) == (
            executive,
            jo,
            "Jo Mercer",
            "Co-chair",
            asked,
        )

    def test_less_is_agreed_for_a_reason(self, asked, jo):
        with pytest.raises(ValidationError) as refused:
            applications_deciding.decide(asked, verdict="agreed", agreed=LESS, version=1, by=jo)
        assert told(refused) == {"said": ["Say why less is agreed than was asked for"]}
        assert untouched(asked)
        applications_deciding.decide(asked, verdict="agreed", agreed=LESS, said="Fewer nights", version=1, by=jo)
        assert agreed_of(asked) == [Decimal("9000.00")]

    def test_subject_to_conditions_in_the_same_step(self, asked, jo, executive):
        approval = applications_deciding.decide(
            asked, verdict="subject", agreed=ALL, conditions=[REPORT, Condition("")], version=1, by=jo
        )
        condition = approval.conditions.get()
        assert (condition.text, condition.kind, condition.body, condition.delivery_plan) == (
            "Report in October",
            "condition",
            executive,
            None,
        )
        assert AuditEvent.objects.get(kind="funding_application_agreed").changes == [
            {"what": "Given", "was": "nothing", "now": "here, 30 May 2017"},
            {"what": "Given by", "was": "nothing", "now": "Jo Mercer"},
            {"what": "Condition", "was": "nothing", "now": "Report in October"},
            {"what": "Agreed for 2018-19", "was": "nothing", "now": "£12,000"},
        ]

    def test_declined_it_is_kept_with_the_reason_and_nothing_is_agreed(self, asked, jo):
        with pytest.raises(ValidationError) as refused:
            applications_deciding.decide(asked, verdict="refused", agreed=ALL, version=1, by=jo)
        assert told(refused) == {"said": ["Say why it is declined"]}
        applications_deciding.decide(asked, verdict="refused", agreed=ALL, said="Not now", version=1, by=jo)
        asked.refresh_from_db()
        assert (asked.state, asked.decided_on, agreed_of(asked)) == ("declined", TODAY, [None])

    @pytest.mark.parametrize(
        ("agreed", "says"),
        [
            ({}, "Enter the amount agreed for 2018-19: 0 where it is nothing"),
            ({Y2: Decimal("12000.01")}, "£12,000 is asked for in 2018-19: no more than that can be agreed"),
            ({Y2: Decimal("-1.00")}, "The amount agreed for 2018-19 can’t be less than £0"),
            ({Y2: Decimal("1.001")}, "at most two figures after the point"),
            ({Y2: Decimal("0.00")}, "Agree more than £0 in at least one year, or decline it"),
        ],
    )
    def test_what_can_not_be_agreed(self, asked, jo, agreed, says):
        with pytest.raises(ValidationError) as refused:
            applications_deciding.decide(asked, verdict="agreed", agreed=agreed, said="So", version=1, by=jo)
        assert says in told(refused)["agreed_2018-19"][0]
        assert untouched(asked)

    def test_nothing_is_agreed_for_a_year_that_was_not_asked_for(self, asked, jo):
        with pytest.raises(ValidationError) as refused:
            applications_deciding.decide(asked, verdict="agreed", agreed=ALL | {Y3: Decimal("1.00")}, version=1, by=jo)
        assert list(told(refused)) == ["agreed_2019-20"]

    @pytest.mark.parametrize(
        ("verdict", "rows", "box"),
        [
            ("subject", [], "condition_1_text"),
            ("agreed", [REPORT], "verdict"),
            ("noted", [], "verdict"),
            ("subject", [Condition("X", "Chair", None, dt.date(2017, 5, 29))], "condition_1_due_on"),
        ],
    )
    def test_verdict_and_conditions_go_together(self, asked, jo, verdict, rows, box):
        with pytest.raises(ValidationError) as refused:
            applications_deciding.decide(asked, verdict=verdict, agreed=ALL, conditions=rows, version=1, by=jo)
        assert list(told(refused)) == [box]
        assert untouched(asked)

    def test_without_a_csp_executive_nothing_is_decided(self, asked, jo, executive):
        Body.objects.filter(pk=executive.pk).update(ended_on=TODAY)
        with pytest.raises(ValidationError, match="There is no CSP Executive among the bodies yet"):
            applications_deciding.decide(asked, verdict="agreed", agreed=ALL, version=1, by=jo)


class TestWhoDoesNotDecide:
    @pytest.mark.parametrize(
        ("role", "clause"),
        [
            (Role.CHAIR, "You chair ASB Group"),
            (Role.DEPUTY, "You sit on ASB Group"),
            (Role.MEMBER, "You sit on ASB Group"),
            (Role.SUPPORT, "You support ASB Group"),
        ],
    )
    @pytest.mark.parametrize("by_account", [True, False])
    def test_whoever_holds_any_place_on_the_applying_body(self, asked, jo, tom, role, clause, by_account):
        place = {"user": jo} if by_account else {"user": None, "name": "Cllr JO Mercer"}
        MembershipFactory(body=asked.body, role=role, **place)
        with pytest.raises(ValidationError) as refused:
            applications_deciding.decide(asked, verdict="agreed", agreed=ALL, version=1, by=jo)
        assert refused.value.messages == [f"{clause}, so somebody else on the CSP Executive decides: ask Tom Okafor."]
        assert untouched(asked)

    @pytest.mark.parametrize(("until", "sits"), [(TODAY, True), (dt.date(2017, 5, 29), False)])
    def test_until_the_last_day_of_the_place(self, asked, jo, until, sits):
        MembershipFactory(body=asked.body, user=jo, ends_on=until)
        if not sits:
            assert applications_deciding.decide(asked, verdict="agreed", agreed=ALL, version=1, by=jo).pk
            return
        with pytest.raises(ValidationError, match="You sit on ASB Group"):
            applications_deciding.decide(asked, verdict="agreed", agreed=ALL, version=1, by=jo)

    @pytest.mark.parametrize("whose", ["drafted_by", "submitted_by"])
    def test_who_drafted_or_submitted_it(self, asked, jo, whose):
        type(asked).objects.filter(pk=asked.pk).update(**{whose: jo})
        with pytest.raises(ValidationError, match=f"You {whose.removesuffix('_by')} this application, so somebody"):
            applications_deciding.decide(asked, verdict="agreed", agreed=ALL, version=1, by=jo)

    def test_who_declared_an_interest_here_or_in_a_meeting(self, asked, jo, tom):
        applications.declare_interest(asked, nature="Trustee", by=jo)
        FundingInterestFactory(application=asked, user=None, name="Mr Tom Okafor")
        for member in (jo, tom):
            with pytest.raises(ValidationError) as refused:
                applications_deciding.decide(asked, verdict="agreed", agreed=ALL, version=1, by=member)
            assert refused.value.messages == [
                "You declared an interest in this application, so somebody else on the CSP Executive decides: "
                "ask the partnership team to record what the CSP Executive says in its meeting."
            ]

    @pytest.mark.parametrize("name", ["Dana Reid", "Cllr dana reid"])
    def test_a_name_that_is_recorded_is_held_to_the_same(self, asked, sam, tom, name):
        MembershipFactory(body=asked.body, user=None, name="Dana Reid")
        with pytest.raises(ValidationError) as refused:
            applications_deciding.record(
                asked, verdict="agreed", agreed=ALL, **(MAIL | {"given_by": name}), version=1, by=sam
            )
        says = f"{name} sits on ASB Group, and so takes no part in the decision: give somebody else’s name"
        assert told(refused) == {"given_by": [says]}

    def test_a_recorded_name_sat_there_on_the_day_it_was_given(self, asked, sam):
        MembershipFactory(body=asked.body, user=None, name="Victoria Crane", ends_on=GIVEN)
        with pytest.raises(ValidationError, match="Victoria Crane sits on ASB Group"):
            applications_deciding.record(asked, verdict="agreed", agreed=ALL, **MAIL, version=1, by=sam)


class TestRecorded:
    def test_from_a_meeting_with_who_took_no_part(self, asked, sam, executive):
        meeting = MeetingFactory(body=executive, starts_at=dt.datetime(2017, 5, 25, 9, 0, tzinfo=dt.UTC))
        applications.declare_interest(asked, name="Dana Reid", nature="Landlord", declared_on=GIVEN, by=sam)
        approval = applications_deciding.record(
            asked, verdict="agreed", agreed=ALL, route="meeting", given_on=GIVEN, meeting=meeting, version=1, by=sam
        )
        asked.refresh_from_db()
        assert (asked.decided_on, approval.meeting, approval.given_by, approval.recorded_by) == (
            GIVEN,
            meeting,
            "",
            sam,
        )
        changes = AuditEvent.objects.get(kind="funding_application_agreed").changes
        assert {"what": "Took no part", "was": "nothing", "now": "Dana Reid: Landlord"} in changes

    @pytest.mark.parametrize(
        ("given", "box", "says"),
        [
            (MINUTE | {"given_on": dt.date(2017, 4, 19)}, "given_on", "it can’t have been decided before then"),
            (MINUTE | {"given_on": dt.date(2017, 5, 31)}, "given_on", "must not lie in the future"),
            (MINUTE | {"evidence": ""}, "meeting", "Choose the meeting"),
            (MAIL | {"given_by": ""}, "given_by", "Say whose mail it was"),
            (MAIL | {"evidence": ""}, "evidence", "Say which mail it was"),
            (MINUTE | {"route": "here"}, "route", "in a meeting or by mail"),
        ],
    )
    def test_how_it_was_given(self, asked, sam, given, box, says):
        with pytest.raises(ValidationError) as refused:
            applications_deciding.record(asked, verdict="agreed", agreed=ALL, **given, version=1, by=sam)
        assert says in told(refused)[box][0]
        assert untouched(asked)


class TestMovedOn:
    def test_the_second_is_told_who_decided_what(self, asked, jo, tom):
        applications_deciding.decide(asked, verdict="refused", agreed={}, said="No", version=1, by=jo)
        says = "Jo Mercer decided on this application on 30 May 2017: declined"
        with pytest.raises(ValidationError, match=says):
            applications_deciding.decide(asked, verdict="agreed", agreed=ALL, version=1, by=tom)

    def test_what_was_taken_back_and_submitted_again_is_looked_at_again(self, asked, jo):
        type(asked).objects.filter(pk=asked.pk).update(version=3)
        with pytest.raises(Stale):
            applications_deciding.decide(asked, verdict="agreed", agreed=ALL, version=1, by=jo)

    def test_a_draft_is_not_decided(self, jo):
        with pytest.raises(ValidationError, match="Only a submitted application can be decided"):
            applications_deciding.decide(FundingApplicationFactory(), verdict="agreed", agreed=ALL, version=1, by=jo)


class TestWhatTheStreamHolds:
    def test_to_the_pound_and_no_further(self, asked, jo):
        ProjectFactory(stream=asked.stream, amount=Decimal("88000.00"))
        assert applications_deciding.decide(asked, verdict="agreed", agreed=ALL, version=1, by=jo).pk

    @pytest.mark.parametrize("verdict", ["agreed", "subject"])
    def test_more_than_is_left_is_refused(self, asked, jo, verdict):
        ProjectFactory(stream=asked.stream, amount=Decimal("88000.01"))
        rows = [REPORT] if verdict == "subject" else []
        with pytest.raises(ValidationError) as refused:
            applications_deciding.decide(asked, verdict=verdict, agreed=ALL, conditions=rows, version=1, by=jo)
        assert told(refused)["agreed_2018-19"] == [
            f"£11,999.99 of the £100,000 of {asked.stream} is left: £88,000.01 is given to projects. "
            "£12,000 can’t be agreed from it"
        ]

    def test_what_is_agreed_and_no_project_yet_is_taken_too(self, asked, jo):
        FundingApplicationFactory(agreed=True, stream=asked.stream, years={Y2: Decimal("90000.00")})
        with pytest.raises(ValidationError, match="£90,000 is agreed to applications that are no project yet"):
            applications_deciding.decide(asked, verdict="agreed", agreed=ALL, version=1, by=jo)

    def test_the_year_of_the_stream_holds_too(self, asked, jo):
        AllocationFactory(stream=asked.stream, year=Y2, amount=Decimal("8000.00"))
        with pytest.raises(ValidationError) as refused:
            applications_deciding.decide(asked, verdict="agreed", agreed=ALL, version=1, by=jo)
        assert "is left in 2018-19: £12,000 can’t be agreed for that year" in told(refused)["agreed_2018-19"][0]

    def test_declined_it_takes_nothing(self, asked, jo):
        ProjectFactory(stream=asked.stream, amount=Decimal("100000.00"))
        assert applications_deciding.decide(asked, verdict="refused", agreed=ALL, said="None left", version=1, by=jo).pk

    def test_without_a_stream_nothing_is_counted(self, asked, jo):
        type(asked).objects.filter(pk=asked.pk).update(stream=None)
        assert applications_deciding.decide(asked, verdict="agreed", agreed=ALL, version=1, by=jo).pk


class TestWithdrawn:
    def test_it_waits_again_and_the_conditions_fall(self, asked, jo, sam):
        approval = applications_deciding.decide(
            asked, verdict="subject", agreed=ALL, conditions=[REPORT], version=1, by=jo
        )
        with pytest.raises(ValidationError, match="Say why it is withdrawn"):
            applications_deciding.withdraw_decision(asked, because=" ", version=2, by=sam)
        applications_deciding.withdraw_decision(asked, because="It was another one", version=2, by=sam)
        asked.refresh_from_db()
        approval.refresh_from_db()
        assert (asked.state, asked.decided_on, agreed_of(asked)) == ("submitted", None, [None])
        told = AuditEvent.objects.get(kind="funding_decision_withdrawn")
        assert {"what": "Agreed for 2018-19", "was": "£12,000", "now": "nothing"} in told.changes
        condition = approval.conditions.get()
        assert (condition.ending, condition.ended_note) == (
            "dropped",
            "The agreement was withdrawn: It was another one",
        )
        with pytest.raises(ValidationError, match="There is no decision to withdraw"):
            applications_deciding.withdraw_decision(asked, because="Again", version=3, by=sam)
        applications_deciding.record(asked, verdict="refused", agreed={}, said="No", **MAIL, version=3, by=sam)
        assert asked.approvals.standing().count() == 1

    def test_not_once_it_is_a_project(self, sam):
        asked = FundingApplicationFactory(agreed=True)
        ProjectFactory(application=asked, name="Patrols")
        with pytest.raises(ValidationError, match="It has become a project, Patrols, so the decision stays"):
            applications_deciding.withdraw_decision(asked, because="Wrong", version=1, by=sam)
