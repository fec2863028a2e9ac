"""Read all that a snapshot holds, in a number of queries that does not grow with the indicators, and put it together."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db.models import Model, Prefetch, Q
from django.utils import timezone

from accounts.models import Installation, OrganisationName
from indicators.aggregate import Numbers
from indicators.models import (
    Baseline,
    Commentary,
    DatedNote,
    Definition,
    Figure,
    Lead,
    Placement,
    Rebase,
    Return,
    Round,
    SendBack,
    Target,
)
from indicators.over_time import Basis, standing
from lib.one_moment import one_moment
from lib.quarters import Quarter
from priorities.models import Plan, Priority
from reporting.snapshots import asking_for, consulting, funding, governing, people
from reporting.snapshots.asked import Asked, by
from reporting.snapshots.compose import Gathered, Known, Sources, older_cell, part
from reporting.snapshots.restated import Given, known, restatements
from reporting.snapshots.shape import (
    SCHEMA,
    IndicatorPart,
    PriorityPart,
    Restatement,
    Snapshot,
)


def take(plan: Plan, quarter: Quarter, as_at: dt.datetime | None = None) -> Snapshot:
    """All that is shown of this quarter of the plan, as it was known at `as_at` (now, unless given).

    What was verified counts by the moment of its verification, what was not by the moment it was recorded. Owners are named as on the
    last day of the quarter, leads as on the day of `as_at` without those who had left. Later quarters than this one are left out. Everything is read as of one
    moment, so that what others change meanwhile is in it whole or not at all.
    """
    with one_moment():
        return _Reading(plan, quarter, as_at or timezone.now()).snapshot()


class _Reading:
    """One pass over the database: every query of a snapshot is made here, each once."""

    def __init__(self, plan: Plan, quarter: Quarter, as_at: dt.datetime) -> None:
        self.plan, self.quarter, self.as_at = plan, quarter, as_at
        self.first = quarter.year.previous.quarters[0]  # the oldest quarter shown in full
        # A quarter before the plan began is shown with what the plan uses in its first year.
        self.year = max(quarter.year, plan.years[0])
        ours = {"indicator__placements__plan": plan}
        day = timezone.localdate(as_at)
        rounds = {one.quarter: one for one in Round.objects.filter(quarter__in=[quarter, quarter.previous])}
        self.round, self.last_round = rounds.get(quarter), rounds.get(quarter.previous)
        self.priorities = list(plan.priorities.order_by("letter"))
        self.placements = self._placements()
        targets = list(Target.objects.filter(**ours).order_by("set_at", "pk"))
        self.in_set = self._in_set(targets)
        self.targets, self.targets_set = standing(targets, as_at), by(targets, "indicator_id")
        self.definitions, self.history = self._definitions(ours)
        self.rebases, self.notes = (self._remarks(model, **ours) for model in (Rebase, DatedNote))
        self.baselines = by(Baseline.objects.filter(**ours).order_by("year"), "indicator_id")
        here = Q(user__is_active=True) | Q(user__left_at__gt=as_at)
        leads = Lead.objects.in_force(day).filter(here, **ours).select_related("user").order_by("starts_on", "pk")
        self.leads = by(leads, "indicator_id")
        self.returns, self.given = self._returns(), self._given(ours)
        asked, since = self._asked(), self._since()
        self.governed, self.funded = governing.read(asked, since), funding.read(asked, since)
        self.to_decide = asking_for.read(asked, self.funded.funding.waiting, self.targets)
        self.consulted = consulting.read(asked, since)
        self.holds_sample = Installation.objects.filter(holds_sample=True).exists()

    # ------------------------------------------------------------ queries

    def _placements(self) -> list[Placement]:
        in_force = Q(until_year__isnull=True) | Q(until_year__gte=self.year)
        names = Prefetch("indicator__owner__names", queryset=OrganisationName.objects.order_by("pk"))
        return list(
            Placement.objects.filter(in_force, plan=self.plan, from_year__lte=self.year)
            .select_related("indicator__owner")
            .prefetch_related(names)
            .order_by("priority__letter", "order", "pk")
        )

    def _in_set(self, targets: list[Target]) -> set[int]:
        """The indicators of the year's set, or of the nearest year that has one."""
        year = self.quarter.year.nearest({target.year for target in targets})
        return {target.indicator_id for target in targets if target.year == year}

    def _definitions(self, ours: dict[str, Plan]) -> tuple[dict[int, Definition], dict[int, list[Definition]]]:
        """What each indicator counts in the quarter: the latest definition made by `as_at`, or else the one made first; and all known by then."""
        rows = list(Definition.objects.filter(starts__lte=self.quarter, **ours).order_by("made_at", "pk"))
        first = {definition.indicator_id: definition for definition in reversed(rows)}
        known = sorted((row for row in rows if row.made_at <= self.as_at), key=lambda row: row.starts)
        return first | {definition.indicator_id: definition for definition in known}, by(known, "indicator_id")

    def _asked(self) -> Asked:
        names = {one.indicator_id: one.reference or one.short_name for one in self.placements}
        today = timezone.localdate(self.as_at)
        return Asked(self.plan, self.quarter, self.as_at, today, min(self.quarter.end, today), names)

    def _since(self) -> dt.date:
        """The day since which a decision is new: where it is not known when last quarter's collection closed, the one before the quarter began."""
        since = self.last_round.closes_on if self.last_round else None
        return since or self.quarter.start - dt.timedelta(days=1)

    def _remarks(self, model: type[Rebase] | type[DatedNote], **ours: Plan) -> dict[int, list[Any]]:
        """Rebase points or dated notes made by `as_at` and not taken back by then."""
        return by(model.objects.known(self.as_at).filter(**ours), "indicator_id")

    def _given(self, ours: dict[str, Plan]) -> dict[int, dict[Quarter, list[Given]]]:
        """The figures verified by `as_at` of the quarters before those shown in full; an empty list where one was asked for and is missing.

        Values only, for there may be many.
        """
        given: dict[int, dict[Quarter, list[Given]]] = defaultdict(dict)
        asked = Return.objects.filter(round__quarter__lt=self.first, **ours)
        for indicator, quarter in asked.values_list("indicator_id", "round__quarter"):
            given[indicator][quarter] = []
        figures = Figure.objects.verified(self.as_at).filter(
            for_return__round__quarter__lt=self.first, **{f"for_return__{path}": plan for path, plan in ours.items()}
        )
        for (
            indicator,
            quarter,
            pk,
            numerator,
            denominator,
            stated,
            at,
            verified_at,
            *said,
        ) in figures.in_order().values_list(
            "for_return__indicator_id",
            "for_return__round__quarter",
            "pk",
            "numerator",
            "denominator",
            "stated_percentage",
            "recorded_at",
            "verification__verified_at",
            "is_provisional",
            "restates",
            "restated_because",
            "supplied_by_name",
        ):
            numbers = Numbers(numerator, denominator, stated)
            given[indicator][quarter].append(Given(quarter, numbers, (at, pk), verified_at, *said))
        return given

    def _in_quarters(self, model: type[Model], path: str) -> Any:
        """Rows that belong to returns of the quarters shown; `path` leads from the row to its return ("figure__for_return__")."""
        return model._default_manager.filter(
            **{
                f"{path}indicator__placements__plan": self.plan,
                f"{path}round__quarter__gte": self.first,
                f"{path}round__quarter__lte": self.quarter,
            }
        )

    def _returns(self) -> dict[int, dict[Quarter, Gathered]]:
        """By indicator and quarter; an empty dictionary for an indicator without returns."""
        figures = (
            self._in_quarters(Figure, "for_return__").recorded(self.as_at).in_order().select_related("verification")
        )
        sent_back = self._in_quarters(SendBack, "figure__for_return__").filter(sent_at__lte=self.as_at)
        last_comment = {row.figure_id: row for row in sent_back.order_by("sent_at", "pk")}
        known = by(figures, "for_return_id")
        written = self._in_quarters(Commentary, "for_return__").filter(for_return__round__quarter=self.quarter)
        commentaries = {row.for_return_id: row for row in written.select_related("written_by")}
        returns: dict[int, dict[Quarter, Gathered]] = defaultdict(dict)
        for return_ in self._in_quarters(Return, "").select_related("round"):
            returns[return_.indicator_id][return_.round.quarter] = Gathered(
                return_=return_,
                figures=tuple(
                    Known(figure, self._is_verified(figure), last_comment.get(figure.pk))
                    for figure in known[return_.pk]
                ),
                commentary=commentaries.get(return_.pk),
                is_missing=return_.missing_at is not None and return_.missing_at <= self.as_at,
            )
        return returns

    def _is_verified(self, figure: Figure) -> bool:
        verification = getattr(figure, "verification", None)
        return verification is not None and verification.verified_at <= self.as_at

    # ------------------------------------------------------------ put together

    def snapshot(self) -> Snapshot:
        return Snapshot(
            schema=SCHEMA,
            partnership=settings.PARTNERSHIP_NAME,
            plan=self.plan.title,
            plan_slug=self.plan.slug,
            quarter=self.quarter,
            as_at=self.as_at,
            is_sample=self.holds_sample
            or self.governed.is_sample
            or self.funded.is_sample
            or self._shows_sample_figures(),
            round_exists=self.round is not None,
            executive_meets_on=self.round.executive_meets_on if self.round else None,
            due_on=self.round.due_on if self.round else None,
            last_closed_on=self.last_round.closes_on if self.last_round else None,
            priorities=tuple(self._priority(priority) for priority in self.priorities),
            restatements=tuple(one for placement in self.placements for one in self._restated(placement)),
            governance=self.governed.governance,
            funding=self.funded.funding,
            edition="executive",
            small_numbers=None,
            people=people.known(timezone.localdate(self.as_at)),
            to_decide=self.to_decide,
            consulted=self.consulted,
        )

    def _restated(self, placement: Placement) -> list[Restatement]:
        pk = placement.indicator_id
        of_late = [known(quarter, figure) for quarter, one in self.returns[pk].items() for figure in one.verified]
        before = [figure for one in self.given[pk].values() for figure in one]
        return restatements(placement, [*before, *of_late], lambda moment: self._read_by(pk, moment), self.quarter)

    def _read_by(self, pk: int, moment: dt.datetime) -> Basis:
        """What the ratings of an indicator went by at a moment."""
        return Basis(
            targets=standing(self.targets_set[pk], moment).get(pk, {}),
            definitions=tuple(one for one in self.history[pk] if one.made_at <= moment),
        )

    def _shows_sample_figures(self) -> bool:
        return any(
            known.figure.is_sample
            for placement in self.placements
            for gathered in self.returns[placement.indicator_id].values()
            for known in gathered.figures
        )

    def _priority(self, priority: Priority) -> PriorityPart:
        placements = [placement for placement in self.placements if placement.priority_id == priority.pk]
        return PriorityPart(
            letter=priority.letter,
            title=priority.title,
            short_title=priority.short_title,
            why=priority.why,
            indicators=tuple(self._part(each) for each in placements if each.indicator_id in self.in_set),
            context=tuple(self._part(each) for each in placements if each.indicator_id not in self.in_set),
            commitments=self.governed.promised.commitments_of(priority.pk),
            outcomes=self.governed.promised.outcomes_of(priority.pk),
        )

    def _part(self, placement: Placement) -> IndicatorPart:
        pk = placement.indicator_id
        sources = Sources(
            placement=placement,
            returns=self.returns[pk],
            older={quarter: older_cell(quarter, given) for quarter, given in self.given[pk].items()},
            definition=self.definitions.get(pk),
            basis=Basis(
                targets=self.targets.get(pk, {}),
                definitions=tuple(self.history[pk]),
                rebases=tuple(self.rebases[pk]),
                notes=tuple(self.notes[pk]),
            ),
            baselines=self.baselines[pk],
            leads=self.leads[pk],
        )
        return part(sources, self.quarter, self.as_at)
