"""Ten thousand figures with restatements: what `as_at` says of a past moment is what a replay of the log says, event by event.

The log is made at random from one seed: figures given at the same instant, verified years later or in another order than they were given,
never verified, or taken back. The replay is a plain loop over its events in the order of time.
"""

import datetime as dt
import random
from collections import defaultdict
from decimal import Decimal

import pytest

from indicators import over_time
from indicators.models import Figure, Indicator, Placement, Return, Round, Verification, Withdrawal
from lib.quarters import Quarter
from reporting import recount, snapshots
from tests.factories import UserFactory
from tests.factories.indicators import IndicatorFactory, PlacementFactory, RoundFactory
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db

SEED, FIGURES, INDICATORS, QUARTERS, MOMENTS = 20180501, 10_000, 10, 20, 100
FIRST = Quarter(2014, 1)
START, END = dt.datetime(2014, 7, 1, tzinfo=dt.UTC), dt.datetime(2019, 6, 1, tzinfo=dt.UTC)
GIVEN, VERIFIED, TAKEN_BACK = "given", "verified", "taken back"


class Log:
    """The events, and what they say of a moment."""

    def __init__(self) -> None:
        self.events: list[tuple[dt.datetime, str, Figure]] = []

    def replay(self, moment: dt.datetime) -> tuple[dict[int, Figure], set[int]]:
        """The figure shown of each return, and the ids of the figures that were there."""
        shown: dict[int, Figure] = {}
        there: set[int] = set()
        for at, what, figure in self.events:
            if at > moment:
                break
            if what == GIVEN:
                there.add(figure.pk)
            elif what == TAKEN_BACK:
                there.discard(figure.pk)
            else:
                before = shown.get(figure.for_return_id)
                if before is None or (before.recorded_at, before.pk) < (figure.recorded_at, figure.pk):
                    shown[figure.for_return_id] = figure
        return shown, there


def between(chance: random.Random, first: dt.datetime, last: dt.datetime) -> dt.datetime:
    return first + dt.timedelta(microseconds=chance.randrange(int((last - first) / dt.timedelta(microseconds=1)) + 1))


@pytest.fixture
def chance() -> random.Random:
    return random.Random(SEED)


@pytest.fixture
def returns() -> list[Return]:
    plan = PlanFactory()
    priority = PriorityFactory(plan=plan, letter="A")
    rounds = [RoundFactory(quarter=FIRST.plus(step)) for step in range(QUARTERS)]
    indicators = [IndicatorFactory() for _ in range(INDICATORS)]
    for indicator in indicators:
        PlacementFactory(plan=plan, priority=priority, indicator=indicator)
    return Return.objects.bulk_create(Return(indicator=one, round=round_) for one in indicators for round_ in rounds)


@pytest.fixture
def log(returns: list[Return], chance: random.Random) -> Log:
    someone = UserFactory()
    instants = [between(chance, START, END) for _ in range(FIGURES // 2)]  # so that many are given at the same one
    figures = Figure.objects.bulk_create(
        Figure(
            for_return=chance.choice(returns),
            numerator=Decimal(chance.randrange(100_000)),
            supplied_by=someone,
            supplied_by_name=someone.name,
            recorded_by=someone,
            recorded_at=chance.choice(instants),
        )
        for _ in range(FIGURES)
    )
    events, verified, taken_back = [], [], []
    for figure in figures:
        events.append((figure.recorded_at, 0, GIVEN, figure))
        later, fate = between(chance, figure.recorded_at, END), chance.random()
        if fate < 0.6:
            verified.append(Verification(figure=figure, verified_by=someone, verified_at=later))
            events.append((later, 1, VERIFIED, figure))
        elif fate < 0.75:
            taken_back.append(Withdrawal(figure=figure, withdrawn_by=someone, withdrawn_at=later))
            events.append((later, 1, TAKEN_BACK, figure))
    Verification.objects.bulk_create(verified)
    Withdrawal.objects.bulk_create(taken_back)
    made = Log()
    made.events = [(at, what, figure) for at, _, what, figure in sorted(events, key=lambda event: event[:2])]
    return made


@pytest.fixture
def moments(log: Log, chance: random.Random) -> list[dt.datetime]:
    """A hundred: any, and those of events, to the microsecond and one before."""
    of_events = [chance.choice(log.events)[0] for _ in range(MOMENTS // 2)]
    close = [at - dt.timedelta(microseconds=chance.randrange(2)) for at in of_events]
    return [*close, *(between(chance, START, END) for _ in range(MOMENTS - len(close)))]


def test_as_at_a_hundred_moments_equals_a_replay_of_the_log(log, moments):
    assert Figure.objects.count() == FIGURES
    assert Verification.objects.count() > 5_500 and Withdrawal.objects.count() > 1_000
    for moment in moments:
        shown, there = log.replay(moment)
        told = Figure.objects.as_at(moment).values_list("for_return", "pk")
        assert dict(told) == {return_: figure.pk for return_, figure in shown.items()}, moment
        assert set(Figure.objects.recorded(moment).values_list("pk", flat=True)) == there, moment


def test_pages_packs_and_the_recount_go_by_the_same(log, moments, returns):
    plan, quarters = Placement.objects.first().plan, dict(Round.objects.values_list("pk", "quarter"))
    quarter, of = FIRST.plus(QUARTERS - 1), {one.pk: one for one in returns}
    for moment in moments[::20]:
        shown, _ = log.replay(moment)
        expected: dict[int, dict[Quarter, Decimal]] = defaultdict(dict)
        for return_, figure in shown.items():
            expected[of[return_].indicator_id][quarters[of[return_].round_id]] = figure.numerator
        counted = recount.Rows(moment).by_indicator
        parts = {part.slug: part for part in snapshots.take(plan, quarter, moment).priorities[0].context}
        for indicator in Indicator.objects.all():
            own = expected[indicator.pk]
            whole = over_time.gather(indicator, moment).quarters
            assert {when: held.shown.numerator for when, held in whole.items() if held.shown} == own
            packed = {
                cell.quarter: cell.value.numerator for cell in parts[indicator.slug].series if cell.state == "verified"
            }
            assert packed == own
            numbers = {(when.year_begins, when.number): number for when, number in own.items()}
            assert {when: stood[0] for when, stood in counted.get(indicator.slug, {}).items()} == numbers
