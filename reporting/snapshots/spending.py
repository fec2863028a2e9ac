"""What some projects spent, quarter by quarter, as it was known at the moment of a snapshot. Three queries, however many they are."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from governance.funding import sums
from governance.models import Project
from indicators.models import Figure, Return, SendBack
from indicators.restating import steps
from lib.quarters import Quarter
from reporting.snapshots.asked import Asked, by
from reporting.snapshots.compose import Gathered, Known, cell
from reporting.snapshots.funded import SpendPart, SpendRestated
from reporting.snapshots.restated import known
from reporting.snapshots.shape import Cell, Value


class Spending:
    """A quarter of spend stands as any indicator's does (`compose.cell`): its money is what is told of it here."""

    def __init__(self, asked: Asked, projects: Iterable[Project]) -> None:
        self.asked = asked
        ours = [project.spend_id for project in projects if project.spend_id is not None]
        of_ours = {"for_return__indicator__in": ours, "for_return__round__quarter__lte": asked.quarter}
        figures = Figure.objects.recorded(asked.as_at).filter(**of_ours).in_order().select_related("verification")
        sent_back = SendBack.objects.filter(
            figure__for_return__indicator__in=ours,
            figure__for_return__round__quarter__lte=asked.quarter,
            sent_at__lte=asked.as_at,
        )
        comments = {row.figure_id: row for row in sent_back.order_by("sent_at", "pk")}
        given = by(figures, "for_return_id")
        returns = Return.objects.filter(indicator__in=ours, round__quarter__lte=asked.quarter).select_related("round")
        self.returns: dict[int, dict[Quarter, Gathered]] = defaultdict(dict)
        for return_ in returns.order_by("round__quarter"):
            self.returns[return_.indicator_id][return_.round.quarter] = Gathered(
                return_=return_,
                figures=tuple(Known(one, self._is_verified(one), comments.get(one.pk)) for one in given[return_.pk]),
                commentary=None,  # of spend none is asked: a forecast says why
                is_missing=return_.missing_at is not None and return_.missing_at <= asked.as_at,
            )

    def _is_verified(self, figure: Figure) -> bool:
        verification = getattr(figure, "verification", None)
        return verification is not None and verification.verified_at <= self.asked.as_at

    def quarters(self, project: Project) -> tuple[SpendPart, ...]:
        """The four of the year."""
        returns = self.returns.get(project.spend_id, {}) if project.spend_id else {}
        return tuple(_part(quarter, returns.get(quarter)) for quarter in self.asked.quarter.year.quarters)

    def restated(self, project: Project) -> list[SpendRestated]:
        """Every verified amount that was replaced by another, oldest quarter first."""
        returns = self.returns.get(project.spend_id, {}) if project.spend_id else {}
        return [
            SpendRestated(
                project=project.slug,
                name=project.name,
                quarter=quarter,
                was=_pounds(was.numbers.numerator),
                now=_pounds(now.numbers.numerator),
                kind=now.kind or Figure.Restates.REVISION.value,
                why=now.why,
                verified_on=timezone.localdate(now.verified_at),
                by=now.by,
            )
            for quarter, gathered in returns.items()
            for was, now in steps([known(quarter, figure) for figure in gathered.verified])
        ]


def _part(quarter: Quarter, gathered: Gathered | None) -> SpendPart:
    told: Cell = cell(quarter, gathered)
    is_asked = gathered is None or gathered.return_.missing_reason != Return.MissingReason.NOT_COLLECTED
    return SpendPart(
        quarter=quarter,
        state=told.state if is_asked or told.state != "missing" else "not_collected",
        amount=_amount(told.value),
        was=_amount(told.was),
        reason=told.reason,
        expected_on=told.expected_on,
    )


def _amount(value: Value | None) -> Decimal | None:
    return None if value is None else _pounds(value.numerator)


def _pounds(amount: Decimal | None) -> Decimal:
    assert amount is not None, "an amount is one number"
    return amount.quantize(sums.NOTHING)
