"""What governs, delivers and decides is on the record: it ends, is withdrawn or replaced, and is never removed."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, models, transaction

from lib.append_only import Unchangeable
from tests.factories.funding import (
    BudgetChangeFactory,
    ForecastFactory,
    FundedPostsFactory,
    FunderReportFactory,
    FundingApplicationFactory,
    FundingCommentFactory,
    FundingInterestFactory,
    FundingStreamFactory,
    OutputCountFactory,
    OutputFactory,
    ProjectFactory,
)
from tests.factories.governance import (
    BodyFactory,
    DateMoveFactory,
    DelegationFactory,
    DeliveryPlanFactory,
    MembershipFactory,
    RiskFactory,
    RiskScoreFactory,
    UpdateFactory,
)
from tests.factories.governing import (
    ApprovalFactory,
    CommitmentStatusFactory,
    DecisionFactory,
    MeetingFactory,
    OutcomeJudgementFactory,
    PaperFactory,
    PlanVersionFactory,
    RecommendationFactory,
    RecommendationRecipientFactory,
    ReviewFactory,
    SendingFactory,
    UndertakingFactory,
)

MAKE: tuple[Callable[[], models.Model], ...] = (
    ApprovalFactory,
    BodyFactory,
    BudgetChangeFactory,
    CommitmentStatusFactory,
    DateMoveFactory,
    DecisionFactory,
    DelegationFactory,
    DeliveryPlanFactory,
    ForecastFactory,
    FundedPostsFactory,
    FunderReportFactory,
    FundingApplicationFactory,
    FundingCommentFactory,
    FundingInterestFactory,
    FundingStreamFactory,
    MeetingFactory,
    MembershipFactory,
    OutcomeJudgementFactory,
    OutputCountFactory,
    OutputFactory,
    PaperFactory,
    PlanVersionFactory,
    ProjectFactory,
    RecommendationFactory,
    RecommendationRecipientFactory,
    ReviewFactory,
    RiskFactory,
    RiskScoreFactory,
    SendingFactory,
    UndertakingFactory,
    UpdateFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", MAKE, ids=lambda make: make._meta.model.__name__)
def test_neither_row_nor_list_can_be_removed(make):
    row = make()
    with pytest.raises(Unchangeable, match="never removed"):
        row.delete()
    with pytest.raises(Unchangeable, match="never removed"):
        type(row).objects.filter(pk=row.pk).delete()


@pytest.mark.postgresql
@pytest.mark.parametrize("make", MAKE, ids=lambda make: make._meta.model.__name__)
def test_the_database_refuses_too(make):
    row = make()
    with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])
