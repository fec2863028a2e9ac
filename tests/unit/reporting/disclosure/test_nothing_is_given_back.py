"""However figures come, change and are published, no public edition, nor all of them together, tells a hidden number."""

from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.aggregate import Numbers, rounded_shares, seasonal_shares
from indicators.aims import Aim
from reporting import disclosure
from reporting.snapshots.shape import SmallNumbers, Snapshot
from tests.factories.public_snapshots import COUNT, LATEST, QUARTERS, SHARE, Story, executive
from tests.unit.reporting.disclosure.attack import Line, narrowest

STEPS = 6
COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 9), st.integers(10, 60))


@st.composite
def pairs(draw: Any) -> tuple[int, int]:
    base = draw(st.one_of(st.integers(0, 12), st.integers(10, 60)))
    return draw(st.integers(0, base)), base


@st.composite
def stories(draw: Any) -> Story:
    """Figures known in time or late, restated now and then; with targets by every rule that leans on last year."""
    slug = draw(st.sampled_from([COUNT, COUNT, LATEST, SHARE]))
    figure = pairs() if slug == SHARE else COUNTS
    versions = {}
    for place, quarter in enumerate(QUARTERS):
        asked = max(place - 4, 0)
        first = asked + draw(st.sampled_from([0, 0, 0, 1, 2]))
        later = draw(st.lists(st.integers(first, STEPS), max_size=2))
        versions[quarter] = [(first, draw(figure)), *((step, draw(figure)) for step in sorted(later))]
    total = _first_total(versions) if slug == COUNT and draw(st.booleans()) else None
    return Story(
        slug,
        versions,
        aim=draw(aims(versions, slug)),
        baselines=(("2016-17", total, "The plan"),) if total is not None else (),
        target_baseline=total if draw(st.booleans()) else None,
        has_small_numbers=draw(st.booleans()),
    )


def _first_total(versions: Any) -> Decimal | None:
    total = sum(versions[quarter][0][1] for quarter in QUARTERS[:4])
    return Decimal(total) if total >= 30 else None  # a year in print that is small itself is the plan's to hide


@st.composite
def aims(draw: Any, versions: Any, slug: str) -> Aim | None:
    rule = draw(st.sampled_from(["", "minimum_and_target", "last_year", "tolerance"]))
    if not rule:
        return None
    basis = "latest" if slug == LATEST else draw(st.sampled_from(["year_to_date", "quarter", "rolling_year"]))
    profile = None
    if slug == COUNT and basis == "year_to_date" and rule != "last_year":
        before = [_numbers(versions[quarter]) for quarter in QUARTERS[:4]]
        is_known = any(versions[quarter][0][0] == 0 for quarter in QUARTERS[:4])
        shares = seasonal_shares(before) if is_known else None
        profile = rounded_shares(shares) if shares else (Decimal(25),) * 4
    number = Decimal(draw(st.integers(20, 90)))
    if rule == "last_year":
        return Aim(rule, basis, None, None, Decimal(5))
    if rule == "tolerance":
        return Aim(rule, basis, number, None, Decimal(5), profile)
    return Aim(rule, basis, number, number, None, profile)


def _numbers(versions: Any) -> Any:
    return Numbers(Decimal(versions[0][1]))


@st.composite
def rules(draw: Any) -> list[SmallNumbers]:
    """One for each step: as they were in the first or, now and then, as the settings are changed. Rounding stays as it is."""
    rounds_to = draw(st.sampled_from([0, 0, 0, 5]))
    one = st.builds(SmallNumbers, st.sampled_from([3, 5, 5, 10]), st.booleans(), st.just(rounds_to))
    return draw(st.lists(one, min_size=STEPS, max_size=STEPS) | one.map(lambda same: [same] * STEPS))


@given(stories(), rules())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_hidden_number_is_told_closer_than_it_may_be(story, rules):
    public: list[Snapshot] = []
    for step in range(STEPS):
        public.append(disclosure.publish(executive([story], step), public, small_numbers=rules[step]))
    extra: list[Line] = []
    if story.baselines:  # in print whether or not an edition repeats it
        total = float(story.baselines[0][1])
        extra.append(({(quarter, 0, "met"): 1 for quarter in QUARTERS[:4]}, total, total))
    for unknown, left, room in narrowest(public, extra):
        assert left >= room - 1e-3, (unknown, left, room)
