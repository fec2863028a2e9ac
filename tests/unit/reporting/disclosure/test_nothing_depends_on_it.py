"""Two records that differ in a hidden number alone give the same public editions: not even what is left out tells one from the other."""

from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from indicators.aims import Aim
from reporting import disclosure, since, snapshots
from reporting.snapshots.shape import SmallNumbers, Snapshot
from tests.factories.public_snapshots import COUNT, LATEST, QUARTERS, SHARE, Story, executive

STEPS, UNDER = 5, 5
COUNTS = st.one_of(st.integers(0, 9), st.integers(10, 60))


@st.composite
def twins(draw: Any) -> tuple[Story, Story]:
    """Quarters that come in time or late and are restated; in one of them a small number is another small one."""
    slug = draw(st.sampled_from([COUNT, COUNT, LATEST, SHARE]))
    versions = {}
    for place, quarter in enumerate(QUARTERS):
        first = max(place - 4, 0) + draw(st.sampled_from([0, 0, 0, 1]))
        steps = [first, *draw(st.lists(st.integers(first, STEPS), max_size=1))]
        versions[quarter] = [(step, draw(COUNTS)) for step in steps]
    quarter = draw(st.sampled_from(QUARTERS))
    place = draw(st.integers(0, len(versions[quarter]) - 1))
    step, numbers = versions[quarter][place][0], draw(st.permutations(range(UNDER)))
    beside = [one for other, (_, one) in enumerate(versions[quarter]) if other != place]
    one, other = [number for number in numbers if number not in beside][:2]  # a figure that is sent again is no news

    def story(number: int) -> Story:
        given = {each: list(own) for each, own in versions.items()}
        given[quarter][place] = (step, number)
        if slug == SHARE:
            given = {each: [(when, (count, 70)) for when, count in own] for each, own in given.items()}
        return Story(slug, given, aim=aim)

    basis = "latest" if slug == LATEST else draw(st.sampled_from(["year_to_date", "quarter", "rolling_year"]))
    rule = draw(st.sampled_from(["minimum_and_target", "last_year", "tolerance"]))
    number = None if rule == "last_year" else Decimal(draw(st.integers(1, 90)))
    is_even = slug == COUNT and basis == "year_to_date" and number is not None
    aim = Aim(
        rule,
        basis,
        number,
        number if rule == "minimum_and_target" else None,
        None if rule == "minimum_and_target" else Decimal(5),
        (Decimal(25),) * 4 if is_even else None,
    )
    return story(one), story(other)


def told(story: Story) -> list[str]:
    """All that the public editions and their comparisons say, or that they were refused."""
    public: list[Snapshot] = []
    said = []
    for step in range(STEPS):
        full = executive([story], step)
        try:
            made = disclosure.publish(full, public, small_numbers=SmallNumbers(UNDER, True, 0))
        except disclosure.GivesBack:
            return [*said, "refused"]
        said += [snapshots.to_json(made), *(since.since(public[-1], made) if public else ())]
        public.append(made)
    return said


@given(twins())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_another_hidden_number_changes_nothing(pair):
    one, other = pair
    assume(one.versions != other.versions)
    assert told(one) == told(other)


def test_a_target_that_is_last_years_total_is_left_out_like_one_that_may_be():
    """21, 22, 23 and a small number: 66 to 70 may be last year's, 71 may not."""

    def target(number: int, small: int) -> Decimal | None:
        counts = (21, 22, 23, small, 25, 26, 27, 28)
        aim = Aim("tolerance", "quarter", Decimal(number), None, Decimal(5))
        story = Story(COUNT, {quarter: [(0, one)] for quarter, one in zip(QUARTERS, counts, strict=True)}, aim=aim)
        part = disclosure.publish(executive([story], 3), [], small_numbers=SmallNumbers(UNDER, True, 0)).indicators[0]
        assert (part.verdict.code == "not_shown") is (part.target.value is None)
        return part.target.value

    assert [target(number, small) for number in (66, 68, 70) for small in (0, 2, 4)] == [None] * 9
    assert [target(number, small) for number in (65, 71) for small in (0, 4)] == [65, 65, 71, 71]
    assert [target(number, 24) for number in (90, 91)] == [90, 91]  # nothing is hidden: nothing is left out
