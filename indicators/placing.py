"""Under which reference and short name people know an indicator in a year: its place in the plan of that year."""

from dataclasses import dataclass

from indicators.models import Indicator, Placement
from lib.quarters import Year

# What the plan mentions without a number comes after what it numbers.
LAST_LETTER = "Z"
SPEND_LETTER = "ZZ"  # and spend, which is in no plan, after all of it


@dataclass(frozen=True)
class Places:
    """The places of the indicators in the plan of one year, by indicator id."""

    by_indicator: dict[int, Placement]

    def reference(self, indicator: Indicator) -> str:
        """ "B2", or empty for what the plan does not number."""
        placement = self.by_indicator.get(indicator.pk)
        return placement.reference if placement else ""

    def short_name(self, indicator: Indicator) -> str:
        placement = self.by_indicator.get(indicator.pk)
        return placement.short_name if placement else indicator.name

    def label(self, indicator: Indicator) -> str:
        """ "B2 Increase the number of domestic abuse reports to Police"."""
        return f"{self.reference(indicator)} {indicator.name}".strip()

    def brief(self, indicator: Indicator) -> str:
        """ "B2 Domestic abuse reports"."""
        return f"{self.reference(indicator)} {self.short_name(indicator)}".strip()

    def order(self, indicator: Indicator) -> tuple[str, bool, int, str]:
        """For sorting: by priority, numbered ones first, as the plan has them."""
        placement = self.by_indicator.get(indicator.pk)
        if placement is None:
            return (SPEND_LETTER if indicator.is_spend else LAST_LETTER, True, 0, indicator.name)
        return (placement.priority.letter, not placement.reference, placement.order, indicator.name)


def in_year(year: Year) -> Places:
    """The places in the latest plan that holds the year; a plan counts for the year before its first one too. One query."""
    return in_years([year])[year]


def in_years(years: list[Year]) -> dict[Year, Places]:
    """The same for several years, with one query."""
    placements = list(Placement.objects.select_related("plan", "priority"))
    return {year: Places(_of_year(placements, year)) for year in years}


def latest() -> Places:
    """The places in the latest plan. One query."""
    placements = list(Placement.objects.select_related("plan", "priority"))
    last = max((placement.plan.starts_on for placement in placements), default=None)
    return Places({p.indicator_id: p for p in placements if p.plan.starts_on == last})


def _of_year(placements: list[Placement], year: Year) -> dict[int, Placement]:
    found: dict[int, Placement] = {}
    for placement in sorted(placements, key=lambda placement: placement.plan.starts_on):
        first, last = placement.plan.years[0].previous, placement.until_year or placement.plan.years[-1]
        if first <= year <= last:
            found[placement.indicator_id] = placement
    return found
