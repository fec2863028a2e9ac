"""What breaks each promise that the database keeps of governance; asked by `test_constraints`."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import factory

from governance.models import (
    Action,
    Attendance,
    BodyLink,
    Brag,
    DateMove,
    Decision,
    FundingApplication,
    Meeting,
    Membership,
    Project,
    Recommendation,
    Risk,
    Undertaking,
)
from tests.factories.accounts import UserFactory
from tests.factories.funding import (
    AllocationFactory,
    BudgetChangeFactory,
    ForecastFactory,
    FundedPostsFactory,
    FunderReportFactory,
    FundingApplicationFactory,
    FundingApplicationYearFactory,
    FundingCommentFactory,
    FundingInterestFactory,
    FundingStreamFactory,
    OutputCountFactory,
    OutputFactory,
    ProjectFactory,
    ProjectYearFactory,
)
from tests.factories.governance import (
    Q4,
    ActionFactory,
    BodyFactory,
    BodyFunctionFactory,
    BodyLinkFactory,
    BodyPriorityFactory,
    DateMoveFactory,
    DelegationFactory,
    DeliveryPlanFactory,
    EqualityAnalysisFactory,
    EqualityImpactFactory,
    MembershipFactory,
    PlanUploadFactory,
    RiskFactory,
    RiskScoreFactory,
    UpdateFactory,
)
from tests.factories.governing import (
    ApprovalFactory,
    AttendanceFactory,
    ClearanceFactory,
    CommitmentStatusFactory,
    DecisionFactory,
    MeetingFactory,
    OutcomeJudgementFactory,
    OutcomeMeasureFactory,
    PaperFactory,
    PlanVersionFactory,
    RecommendationFactory,
    RecommendationRecipientFactory,
    ReviewFactory,
    UndertakingFactory,
)

DAY, NEXT_DAY = dt.date(2018, 4, 1), dt.date(2018, 4, 2)
NOW = dt.datetime(2018, 5, 14, 10, 31, tzinfo=dt.UTC)


def again(make: Callable[..., object], *names: str, **fields: object) -> Callable[[], object]:
    """A second row that is like the first in what `names` say."""

    def both() -> object:
        first = make(**fields)
        return make(**{name: getattr(first, name) for name in names}, **fields)

    return both


def changed(make: Callable[..., object], **fields: object) -> Callable[[], object]:
    """A row that is all right, and then is made not to be."""

    def move() -> object:
        row = make()
        return type(row).objects.filter(pk=row.pk).update(**fields)  # type: ignore[attr-defined]

    return move


BROKEN: dict[str, Callable[[], object]] = {
    # bodies and their members
    "a_body_ends_after_it_starts": lambda: BodyFactory(started_on=NEXT_DAY, ended_on=DAY),
    "a_risk_appetite_is_a_score": lambda: BodyFactory(risk_appetite=26),
    "one_function_per_body_and_place": again(BodyFunctionFactory, "body", "order"),
    "one_link_per_body_and_priority": again(BodyPriorityFactory, "body", "priority"),
    "one_link_per_pair_of_bodies_and_kind": again(BodyLinkFactory, "body", "to", kind=BodyLink.Kind.ACCOUNTABLE),
    "a_body_stands_under_one_other": again(BodyLinkFactory, "body"),
    "a_body_is_not_linked_to_itself": lambda: BodyLinkFactory(to=factory.SelfAttribute("body")),
    "a_membership_ends_after_it_starts": lambda: MembershipFactory(starts_on=NEXT_DAY, ends_on=DAY),
    "a_membership_is_of_a_person_or_a_post": lambda: MembershipFactory(name="", post=""),
    "one_open_chair_per_body": again(MembershipFactory, "body", role=Membership.Role.CHAIR),
    "one_open_membership_per_person_and_role": again(MembershipFactory, "body", "user"),
    "a_delegation_ends_after_it_starts": lambda: DelegationFactory(starts_on=NEXT_DAY, ends_on=DAY),
    "a_delegation_is_withdrawn_by_someone_at_some_time": lambda: DelegationFactory(withdrawn_at=NOW),
    # delivery plans
    "one_delivery_plan_per_body_and_year": again(DeliveryPlanFactory, "body"),
    "a_delivery_plan_is_submitted_by_someone_at_some_time": changed(DeliveryPlanFactory, submitted_at=NOW),
    "a_submitted_plan_says_what_it_will_take": lambda: DeliveryPlanFactory(submitted=True, resources=""),
    "an_agreed_plan_was_agreed_on_some_day": lambda: DeliveryPlanFactory(running=True, agreed_on=None),
    "a_delivery_plan_is_closed_by_someone_at_some_time": lambda: DeliveryPlanFactory(closed=True, closed_by=None),
    "a_plan_upload_is_recorded_by_someone_at_some_time": lambda: PlanUploadFactory(recorded_at=NOW),
    "action_is_somebody_s": lambda: ActionFactory(owner_post=""),
    "one_action_per_plan_and_number": again(ActionFactory, "delivery_plan", "number"),
    "an_action_is_due_after_it_starts": lambda: ActionFactory(starts_on=NEXT_DAY, due_on=DAY),
    "an_action_is_ended_by_someone_on_some_day": lambda: ActionFactory(ending=Action.Ending.COMPLETE, ended_on=DAY),
    "an_action_that_is_not_completed_ends_with_a_reason": lambda: ActionFactory(
        ending=Action.Ending.CLOSED, ended_on=DAY, ended_by=UserFactory()
    ),
    "a_merged_action_says_into_which": lambda: ActionFactory(
        ending=Action.Ending.MERGED, ended_on=DAY, ended_by=UserFactory(), ended_because="The same course"
    ),
    "an_action_is_not_merged_into_itself": lambda: (
        action := ActionFactory(),
        Action.objects.filter(pk=action.pk).update(
            ending="merged", ended_on=DAY, ended_by=UserFactory(), ended_because="X", merged_into=action
        ),
    ),
    "one_date_is_proposed_at_a_time": again(DateMoveFactory, "action"),
    "a_proposed_date_is_another_one": lambda: DateMoveFactory(proposed=factory.SelfAttribute("was")),
    "a_date_is_moved_for_a_reason": lambda: DateMoveFactory(reason=""),
    "a_date_is_decided_by_someone_at_some_time": lambda: DateMoveFactory(state=DateMove.State.ACCEPTED),
    "a_date_is_refused_for_a_reason": lambda: DateMoveFactory(
        state=DateMove.State.REFUSED, decided_at=NOW, decided_by=UserFactory()
    ),
    "one_update_per_action_and_quarter": again(UpdateFactory, "action"),
    "a_red_or_amber_update_has_a_reason": lambda: UpdateFactory(brag=Brag.AMBER),
    "an_update_is_agreed_by_someone_at_some_time": lambda: UpdateFactory(agreed_at=NOW),
    "an_agreed_update_is_not_sent_back": lambda: UpdateFactory(
        agreed_at=NOW, agreed_by=UserFactory(), sent_back_because="Which course?"
    ),
    "no_full_analysis_is_needed_because": lambda: EqualityAnalysisFactory(because=""),
    "one_impact_per_analysis_and_characteristic": again(EqualityImpactFactory, "analysis"),
    "a_harm_is_mitigated_by_an_action_or_says_why_not": lambda: EqualityImpactFactory(effect="negative"),
    # commitments and outcomes
    "a_status_has_a_colour_or_a_number": lambda: CommitmentStatusFactory(brag=""),
    "a_red_or_amber_commitment_has_a_reason": lambda: CommitmentStatusFactory(brag=Brag.RED),
    "an_outcome_is_known_in_one_way": lambda: OutcomeMeasureFactory(survey="Annual Residents Survey"),
    "a_judgement_has_evidence": lambda: OutcomeJudgementFactory(evidence=""),
    # meetings and decisions
    "one_meeting_per_body_and_time": again(MeetingFactory, "body"),
    "one_meeting_takes_the_figures_of_a_quarter": again(MeetingFactory, quarter=Q4),
    "a_meeting_ends_after_it_starts": lambda: MeetingFactory(ends_at=factory.SelfAttribute("starts_at")),
    "a_meeting_is_called_off_for_a_reason": lambda: MeetingFactory(state=Meeting.State.CANCELLED),
    "a_late_paper_gives_the_reasons_for_its_urgency": lambda: PaperFactory(published_on=dt.date(2018, 5, 17)),
    "one_attendance_per_meeting_and_member": again(AttendanceFactory, "meeting", "membership"),
    "one_attendance_per_meeting_and_guest": lambda: (
        there := AttendanceFactory(membership=None),
        Attendance.objects.create(meeting=there.meeting, name=there.name, presence="apologies"),
    ),
    "one_decision_per_body_and_number": again(DecisionFactory, "body", "number"),
    "a_decision_was_taken_in_a_meeting_or_by_a_delegate": lambda: DecisionFactory(route=Decision.Route.DELEGATION),
    "a_decision_has_a_reason": lambda: DecisionFactory(reason=""),
    "a_decision_to_be_seen_to_is_somebody_s_by_some_day": lambda: DecisionFactory(due_on=DAY),
    "a_decision_is_seen_to_by_someone_on_some_day": lambda: DecisionFactory(done_on=DAY),
    "an_approval_is_of_one_thing": lambda: ApprovalFactory(plan_version=PlanVersionFactory()),
    "an_approval_says_how_it_was_given": lambda: ApprovalFactory(evidence=""),
    "an_approval_is_withdrawn_by_someone_with_a_reason": lambda: ApprovalFactory(
        withdrawn_at=NOW, withdrawn_by=UserFactory()
    ),
    "undertaking_is_somebody_s": lambda: UndertakingFactory(owner_post=""),
    "an_undertaking_is_ended_by_someone_on_some_day": lambda: UndertakingFactory(ending=Undertaking.Ending.DONE),
    "an_undertaking_is_dropped_for_a_reason": lambda: UndertakingFactory(
        ending=Undertaking.Ending.DROPPED, ended_on=DAY, ended_by=UserFactory()
    ),
    "an_undertaking_comes_from_something": lambda: UndertakingFactory(meeting=None),
    # the plan's life
    "one_version_per_plan_and_number": again(PlanVersionFactory, "plan", "number"),
    "one_clearance_per_version_and_office": again(ClearanceFactory, "version"),
    "a_version_is_cleared_after_it_is_sent": lambda: ClearanceFactory(consulted_on=NEXT_DAY, cleared_on=DAY),
    "one_review_per_plan_and_year": again(ReviewFactory, "plan"),
    "a_review_finds_something": lambda: ReviewFactory(found=""),
    # money
    "a_funding_stream_is_more_than_nothing": lambda: FundingStreamFactory(amount=Decimal(0)),
    "a_funding_stream_ends_after_it_starts": lambda: FundingStreamFactory(ends_on=dt.date(2017, 3, 31)),
    "one_allocation_per_stream_year_and_team": again(AllocationFactory, "stream"),
    "an_allocation_is_never_negative": lambda: AllocationFactory(amount=Decimal("-0.01")),
    "a_budget_change_is_more_than_nothing": lambda: BudgetChangeFactory(amount=Decimal(0)),
    "funded_posts_are_at_least_one": lambda: FundedPostsFactory(number=0),
    "funded_posts_end_after_they_start": lambda: FundedPostsFactory(starts_on=NEXT_DAY, ends_on=DAY),
    "one_project_per_stream_and_name": again(ProjectFactory, "stream", "name"),
    "a_project_has_money": lambda: ProjectFactory(amount=Decimal(0)),
    "a_project_ends_after_it_starts": lambda: ProjectFactory(ends_on=dt.date(2017, 3, 31)),
    "a_project_is_closed_by_someone_with_a_reason": lambda: ProjectFactory(closed_on=DAY, closed_by=UserFactory()),
    "spend_is_of_a_project_that_starts_somewhere": lambda: Project.objects.filter(
        pk=ProjectFactory(spending=True).pk
    ).update(starts_on=None),
    "one_amount_per_project_and_year": again(ProjectYearFactory, "project"),
    "a_project_s_year_is_never_negative": lambda: ProjectYearFactory(amount=Decimal("-0.01")),
    "a_forecast_is_never_negative": lambda: ForecastFactory(amount=Decimal("-0.01")),
    "one_output_per_project_and_place": again(OutputFactory, "project", "order"),
    "a_promised_output_is_never_negative": lambda: OutputFactory(promised=Decimal(-1)),
    "an_output_count_is_never_negative": lambda: OutputCountFactory(number=Decimal(-1)),
    "one_funder_report_per_project_and_day": again(FunderReportFactory, "project"),
    "a_funder_report_is_sent_by_someone_on_some_day": lambda: FunderReportFactory(sent_on=DAY),
    "one_funding_application_per_body_and_number": again(FundingApplicationFactory, "body", "number"),
    "a_funding_application_ends_after_it_starts": lambda: FundingApplicationFactory(ends_on=dt.date(2018, 3, 31)),
    "match_funding_comes_from_someone": lambda: FundingApplicationFactory(match_amount=Decimal(500)),
    "a_funding_application_is_submitted_by_someone_at_some_time": lambda: FundingApplicationFactory(submitted_at=NOW),
    "what_is_decided_was_submitted": lambda: FundingApplicationFactory(
        state=FundingApplication.State.DECLINED, decided_on=DAY
    ),
    "a_funding_application_is_decided_on_some_day": lambda: FundingApplicationFactory(submitted=True, decided_on=DAY),
    "a_funding_application_is_withdrawn_by_someone_with_a_reason": lambda: FundingApplicationFactory(
        state=FundingApplication.State.WITHDRAWN, withdrawn_at=NOW, withdrawn_by=UserFactory()
    ),
    "one_amount_per_application_and_year": again(FundingApplicationYearFactory, "application"),
    "an_amount_asked_for_is_never_negative": lambda: FundingApplicationYearFactory(amount=Decimal("-0.01")),
    "no_more_is_agreed_than_was_asked_for": lambda: FundingApplicationYearFactory(agreed=Decimal("1000.01")),
    "a_funding_comment_says_something": lambda: FundingCommentFactory(text=""),
    "one_interest_per_application_and_person": again(FundingInterestFactory, "application", "user"),
    "an_interest_says_whose_and_in_what": lambda: FundingInterestFactory(nature=""),
    # scrutiny and risks
    "recommendation_is_somebody_s": lambda: RecommendationFactory(owner_post=""),
    "one_recommendation_per_committee_and_number": again(RecommendationFactory, "committee", "number"),
    "a_recommendation_is_made_sent_and_due_in_order": lambda: RecommendationFactory(sent_on=dt.date(2018, 5, 1)),
    "an_answer_is_given_whole": lambda: RecommendationFactory(outcome=Recommendation.Outcome.ACCEPTED),
    "a_recommendation_is_closed_after_its_answer": lambda: RecommendationFactory(closed_on=DAY),
    "one_copy_per_recommendation_and_recipient": again(RecommendationRecipientFactory, "recommendation"),
    "risk_is_somebody_s": lambda: RiskFactory(owner_post=""),
    "one_risk_per_body_and_number": again(RiskFactory, "body", "number"),
    "a_risk_is_scored_from_1_to_5": lambda: RiskFactory(target_impact=6),
    "a_risk_is_closed_by_someone_with_a_reason": lambda: Risk.objects.filter(pk=RiskFactory().pk).update(closed_at=NOW),
    "a_risk_score_is_from_1_to_5": lambda: RiskScoreFactory(likelihood=0),
}
