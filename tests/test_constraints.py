"""A row for every promise the database keeps: something that breaks it, and the name of the promise."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import factory
import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from accounts.models import Erasure, Installation, Mail, OrganisationName, RoleGrant, Unsent, User
from indicators.models import (
    Baseline,
    Commentary,
    Confirmation,
    Definition,
    Indicator,
    Lead,
    Return,
    Round,
    SendBack,
    Target,
    Upload,
    Verification,
    Withdrawal,
)
from lib.quarters import Quarter, Year
from priorities.models import (
    Amendment,
    Commitment,
    FocusPoint,
    LinkedStrategy,
    Outcome,
    Plan,
    Section,
    SectionItem,
    Theme,
)
from tests.accounts_promises import BROKEN as OF_ACCOUNTS
from tests.consultation_promises import BROKEN as OF_CONSULTATIONS
from tests.factories.accounts import (
    ErasedPlaceFactory,
    ErasureFactory,
    OrganisationFactory,
    RoleGrantFactory,
    UserFactory,
)
from tests.factories.collecting import (
    AbsenceFactory,
    ConfirmationFactory,
    FeedSeriesFactory,
    MailFactory,
    ReminderFactory,
    RevisionFactory,
    UploadFactory,
)
from tests.factories.indicators import (
    DatedNoteFactory,
    DefinitionFactory,
    FigureFactory,
    IndicatorFactory,
    LeadFactory,
    MonthlyFigureFactory,
    PlacementFactory,
    RebaseFactory,
    ReturnFactory,
    RoundFactory,
    TargetFactory,
)
from tests.factories.priorities import PlanFactory, PriorityFactory
from tests.governance_promises import BROKEN as OF_GOVERNANCE
from tests.reporting_promises import BROKEN as OF_PACKS

pytestmark = pytest.mark.django_db

APPS = ["accounts", "priorities", "indicators", "consultation", "governance", "reporting"]
DAY, NEXT_DAY = dt.date(2018, 4, 1), dt.date(2018, 4, 2)
NOW = dt.datetime(2018, 5, 14, 10, 31, tzinfo=dt.UTC)


def twice(make: Callable[[], models.Model]) -> Callable[[], models.Model]:
    """The same row a second time."""

    def both() -> models.Model:
        first = make()
        first.pk = None
        first._state.adding = True
        first.save(force_insert=True)
        return first

    return both


def with_section() -> Section:
    return Section.objects.create(plan=PlanFactory(), key="foreword", title="Foreword", order=1)


def shares(*given: str) -> dict[str, Decimal]:
    return {f"share_q{number}": Decimal(share) for number, share in enumerate(given, start=1)}


def returned(**fields: object) -> Callable[[], object]:
    def move() -> int:
        return Return.objects.filter(pk=ReturnFactory().pk).update(**fields)

    return move


BROKEN: dict[str, Callable[[], object]] = {
    # accounts
    "a_name_ends_after_it_starts": lambda: OrganisationName.objects.create(
        organisation=OrganisationFactory(), name="X", starts_on=NEXT_DAY, ends_on=DAY
    ),
    "one_name_per_organisation_and_start": twice(
        lambda: OrganisationName.objects.create(organisation=OrganisationFactory(), name="X", starts_on=DAY)
    ),
    "one_first_name_per_organisation": lambda: OrganisationName.objects.create(
        organisation=OrganisationFactory(name="The first"), name="Another first"
    ),
    "one_person_per_email_address": lambda: (UserFactory(email="a@example.org"), UserFactory(email="A@example.org")),
    "who_is_not_active_left_at_some_time": lambda: User.objects.filter(pk=UserFactory().pk).update(is_active=False),
    "a_role_ends_after_it_starts": lambda: RoleGrantFactory(starts_on=NEXT_DAY, ends_on=DAY),
    "a_role_comes_with_a_place_or_a_group": lambda: RoleGrantFactory(with_membership=True, with_group=True),
    "one_open_grant_per_person_and_role": lambda: RoleGrantFactory(
        user=UserFactory(roles=[RoleGrant.Role.DATA_LEAD]), role=RoleGrant.Role.DATA_LEAD, starts_on=DAY
    ),
    "one_mail_per_person_thing_stage_and_cycle": twice(
        lambda: Mail.objects.create(to=UserFactory(), stage="sent_back", thing="indicators.return:12", cycle="3")
    ),
    "a_sent_mail_was_sent_at_some_time": lambda: Mail.objects.create(
        to=UserFactory(), stage="sent_back", thing="indicators.return:12", cycle="3", state=Mail.State.SENT
    ),
    "one_mail_per_address_thing_stage_and_cycle": twice(lambda: MailFactory(to=None, address="tom@example.org")),
    "a_mail_goes_to_a_person_or_an_address": lambda: MailFactory(to=None),
    "an_absence_ends_after_it_starts": lambda: AbsenceFactory(starts_on=NEXT_DAY, ends_on=DAY),
    "nobody_is_their_own_deputy": lambda: AbsenceFactory(deputy=factory.SelfAttribute("person")),
    "an_absence_is_withdrawn_by_someone_at_some_time": lambda: AbsenceFactory(withdrawn_at=NOW),
    "one_reminder_per_person_thing_stage_and_cycle": twice(ReminderFactory),
    "one_unsent_typing_per_person_and_form": twice(
        lambda: Unsent.objects.create(person=UserFactory(), thing="indicators.return:12")
    ),
    "a_removal_is_decided_by_another_than_who_asked": lambda: Erasure.objects.filter(
        pk=(asked := ErasureFactory()).pk
    ).update(state="done", decided_by=asked.asked_by, decided_at=NOW),
    "a_removal_is_decided_at_some_time": lambda: ErasureFactory(state="done"),
    "a_refused_removal_says_why": lambda: ErasureFactory(state="refused", decided_at=NOW),
    "one_place_per_removal_row_and_field": twice(ErasedPlaceFactory),
    "there_is_one_installation": lambda: Installation.objects.create(pk=2),
    # priorities
    "a_plan_ends_after_it_starts": lambda: Plan.objects.create(slug="x", title="X", starts_on=DAY, ends_on=DAY),
    "one_section_per_plan_and_key": twice(with_section),
    "one_item_per_section_and_place": twice(
        lambda: SectionItem.objects.create(section=with_section(), order=1, text="X")
    ),
    "one_strategy_per_plan_and_title": twice(
        lambda: LinkedStrategy.objects.create(plan=PlanFactory(), order=1, title="Gang Strategy")
    ),
    "one_priority_per_plan_and_letter": twice(lambda: PriorityFactory(letter="A")),
    "a_priority_has_a_capital_letter": lambda: PriorityFactory(letter="a"),
    "one_theme_per_priority_and_title": twice(
        lambda: Theme.objects.create(priority=PriorityFactory(), title="Burglary", order=1)
    ),
    "one_focus_point_per_priority_and_key": twice(
        lambda: FocusPoint.objects.create(priority=PriorityFactory(), key="a", order=1, text="X")
    ),
    "one_commitment_per_priority_and_key": twice(
        lambda: Commitment.objects.create(priority=PriorityFactory(), key="a", year=Year(2017), order=1, text="X")
    ),
    "a_number_has_a_unit": lambda: Commitment.objects.create(
        priority=PriorityFactory(), key="a", year=Year(2017), order=1, text="X", number=20
    ),
    "one_outcome_per_priority_and_key": twice(
        lambda: Outcome.objects.create(priority=PriorityFactory(), key="a", order=1, text="X")
    ),
    "an_amendment_has_a_reason": lambda: Amendment.objects.create(
        plan=PlanFactory(), priority=PriorityFactory(), reason="", changes=[], made_by=UserFactory()
    ),
    # indicators
    "a_share_says_what_it_is_out_of": lambda: IndicatorFactory(
        measure=Indicator.Measure.PERCENTAGE, year_to_date=Indicator.YearToDate.POOLED
    ),
    "spend_is_money_and_is_asked_from_some_quarter": lambda: IndicatorFactory(family=Indicator.Family.SPEND),
    "spend_is_asked_until_no_earlier_than_from": lambda: IndicatorFactory(
        spend=True, asked_until=Quarter.parse("2016-17-q4")
    ),
    "an_amount_is_one_number": lambda: FigureFactory(is_amount=True, denominator=Decimal(2000)),
    "shares_are_never_added_up": lambda: IndicatorFactory(need_met=True, year_to_date=Indicator.YearToDate.SUM),
    "one_placement_per_plan_and_indicator": lambda: (
        placement := PlacementFactory(reference="A1"),
        PlacementFactory(
            plan=placement.plan, priority=placement.priority, indicator=placement.indicator, reference="A2"
        ),
    ),
    "one_placement_per_plan_and_reference": lambda: (
        placement := PlacementFactory(reference="A1"),
        PlacementFactory(plan=placement.plan, priority=placement.priority, reference="A1"),
    ),
    "a_series_break_has_a_reason": lambda: DefinitionFactory(breaks_series=True),
    "one_definition_per_indicator_and_start": lambda: (
        first := DefinitionFactory(),
        Definition.objects.create(indicator=first.indicator, starts=first.starts, text="X"),
    ),
    "one_baseline_per_indicator_and_year": twice(
        lambda: Baseline.objects.create(
            indicator=IndicatorFactory(), year=Year(2015), number=Decimal(16320), source="The plan, page 9"
        )
    ),
    "data_only_has_no_numbers": lambda: TargetFactory(rule=Target.Rule.NONE, value=Decimal(5)),
    "a_target_has_a_reason": lambda: TargetFactory(reason=""),
    "a_target_is_agreed_by_someone_on_some_day": lambda: TargetFactory(agreed_on=DAY),
    "a_profile_has_all_four_quarters": lambda: TargetFactory(share_q1=Decimal(100)),
    "a_profile_adds_up_to_100": lambda: TargetFactory(**shares("25", "25", "25", "25.01")),
    "a_datednote_is_withdrawn_by_someone_at_some_time": lambda: DatedNoteFactory(withdrawn_at=NOW),
    "a_dated_note_has_words": lambda: DatedNoteFactory(words=""),
    "a_rebase_is_withdrawn_by_someone_at_some_time": lambda: RebaseFactory(withdrawn_by=UserFactory()),
    "one_standing_rebase_per_indicator_and_quarter": twice(RebaseFactory),
    "a_rebase_has_a_reason_and_an_approver": lambda: RebaseFactory(approved_by=""),
    "one_number_per_figure_and_month": twice(MonthlyFigureFactory),
    "a_month_is_named_by_its_first_day": lambda: MonthlyFigureFactory(month=NEXT_DAY),
    "a_month_is_never_negative": lambda: MonthlyFigureFactory(number=Decimal(-1)),
    "one_open_lead_per_person_and_duty": lambda: (
        lead := LeadFactory(),
        Lead.objects.create(indicator=lead.indicator, duty=lead.duty, user=lead.user, starts_on=DAY),
    ),
    "a_lead_ends_after_it_starts": lambda: LeadFactory(starts_on=NEXT_DAY, ends_on=DAY),
    "a_round_opens_is_due_verified_and_closes_in_order": lambda: RoundFactory(due_on=dt.date(2018, 1, 1)),
    "a_round_is_closed_at_some_time": lambda: Round.objects.filter(pk=RoundFactory().pk).update(
        closed_by=UserFactory()
    ),
    "one_return_per_indicator_and_round": lambda: (
        return_ := ReturnFactory(),
        ReturnFactory(indicator=return_.indicator, round=return_.round),
    ),
    "return_is_submitted_by_someone_at_some_time": returned(submitted_at=NOW),
    "a_draft_is_saved_by_someone_at_some_time": returned(draft_saved_at=NOW),
    "what_was_sent_was_submitted": returned(status=Return.Status.VERIFIED),
    "missing_has_a_reason_and_only_missing_has": returned(status=Return.Status.MISSING, missing_at=NOW),
    "missing_is_said_at_some_time_and_only_missing_is": returned(
        status=Return.Status.MISSING, missing_reason="source_lag"
    ),
    "commentary_is_sent_by_someone_at_some_time": lambda: Commentary.objects.filter(for_return=ReturnFactory()).update(
        status=Commentary.Status.SENT
    ),
    "words_that_were_sent_are_someone_s": lambda: Commentary.objects.filter(for_return=ReturnFactory()).update(
        status=Commentary.Status.SENT, sent_at=NOW, sent_by=UserFactory()
    ),
    "a_figure_has_a_number_or_a_stated_percentage": lambda: FigureFactory(numerator=None),
    "met_is_never_above_need": lambda: FigureFactory(numerator=Decimal(5), denominator=Decimal(4)),
    "a_percentage_is_between_0_and_100": lambda: FigureFactory(numerator=None, stated_percentage=Decimal("100.1")),
    "a_count_is_never_negative": lambda: FigureFactory(numerator=Decimal(-1)),
    "a_restatement_has_a_reason": lambda: FigureFactory(restates="revision"),
    "a_send_back_has_a_comment": lambda: SendBack.objects.create(
        figure=FigureFactory(), comment="", due_again_on=DAY, sent_by=UserFactory()
    ),
    "a_revision_has_a_reason": lambda: RevisionFactory(reason=""),
    "one_series_per_feed_and_indicator": twice(FeedSeriesFactory),
    "an_upload_is_undone_by_someone_with_a_reason": lambda: UploadFactory(undone_at=NOW, undone_by=UserFactory()),
    "an_upload_is_recorded_by_someone": lambda: UploadFactory(phase=Upload.Phase.RECORDING),
    "a_confirmation_is_answered_at_some_time": lambda: ConfirmationFactory(answer=Confirmation.Answer.CONFIRMED),
    **OF_ACCOUNTS,
    **OF_CONSULTATIONS,
    **OF_GOVERNANCE,
    **OF_PACKS,
}


# Promises with a second side, and those that a field keeps by itself.
ALSO_BROKEN: dict[str, Callable[[], object]] = {
    "a mail to a person and to an address": lambda: MailFactory(address="tom@example.org"),
    "a figure taken back twice": lambda: [
        Withdrawal.objects.create(figure=figure, withdrawn_by=UserFactory()) for figure in [FigureFactory()] * 2
    ],
    "a figure with a number and a stated percentage": lambda: FigureFactory(stated_percentage=Decimal(1)),
    "a moment of sending for a mail that was not sent": lambda: Mail.objects.create(
        to=UserFactory(), stage="sent_back", thing="indicators.return:12", cycle="3", sent_at=NOW
    ),
    "a reason for a missing figure that is not missing": returned(missing_reason="source_lag"),
    "a moment of being missing for a return that is not": returned(missing_at=NOW),
    "a second round for a quarter": twice(RoundFactory),
    "a profile that comes to less than 100": lambda: TargetFactory(**shares("25", "25", "25", "24.99")),
    "a profile with a share below zero": lambda: TargetFactory(**shares("-10", "50", "30", "30")),
    "a target agreed by somebody on no day": lambda: TargetFactory(agreed_by="CSP Executive"),
    "a rebase without a reason": lambda: RebaseFactory(reason=""),
    "a second verification of a figure": lambda: [
        Verification.objects.create(figure=figure, verified_by=UserFactory()) for figure in [FigureFactory()] * 2
    ],
}


def promises() -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def test_every_promise_has_a_row():
    assert set(promises()) == set(BROKEN)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_the_database_keeps_its_promise(name):
    constraint = promises()[name]
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[name]()
    if isinstance(constraint, models.CheckConstraint):
        assert name in str(refused.value)


@pytest.mark.parametrize("what", ALSO_BROKEN)
def test_the_database_refuses(what):
    with pytest.raises(IntegrityError), transaction.atomic():
        ALSO_BROKEN[what]()


@pytest.mark.parametrize(
    "given", [("33.33", "33.33", "33.34", "0"), ("100", "0", "0", "0"), ("25.1", "24.9", "25.3", "24.7")]
)
def test_a_profile_of_hundredths_that_adds_up_is_taken(given):
    TargetFactory(**shares(*given)).refresh_from_db()
