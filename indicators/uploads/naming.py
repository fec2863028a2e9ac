"""Which indicator a sheet means: by reference, slug, printed name or short name, among those that its uploader may see."""

from collections import defaultdict

from accounts.models import User
from indicators.models import Indicator, Round
from indicators.placing import Places, in_years, latest
from indicators.uploads.headings import plain
from lib.quarters import Year


class Names:
    """The names under which indicators are known, read once: three queries. What is not in this person's sight has no name here."""

    def __init__(self, by: User) -> None:
        self.indicators = {indicator.pk: indicator for indicator in Indicator.objects.visible_to(by)}
        self._latest = latest()
        self._places = in_years(sorted({quarter.year for quarter in Round.objects.values_list("quarter", flat=True)}))
        self._of_itself: dict[str, set[int]] = defaultdict(set)
        for indicator in self.indicators.values():
            for name in (indicator.slug, indicator.name):
                self._of_itself[plain(name)].add(indicator.pk)
        self._in_year: dict[Year, dict[str, set[int]]] = {}

    def places(self, year: Year) -> Places:
        return self._places.get(year, self._latest)

    def find(self, text: str, year: Year) -> tuple[Indicator, ...]:
        """Those of that name in that year: one, none, or several where a name is not enough."""
        said = plain(text)
        if year not in self._in_year:
            self._in_year[year] = self._placed(self.places(year))
        pks = self._of_itself.get(said, set()) | self._in_year[year].get(said, set())
        return tuple(self.indicators[pk] for pk in sorted(pks))

    def label(self, indicator: Indicator, period: object, year: Year) -> str:
        """ "B2 Domestic abuse reports, 2017-18 Q4"."""
        return f"{self.places(year).brief(indicator)}, {period}"

    def _placed(self, places: Places) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for indicator in self.indicators.values():
            names = (
                places.reference(indicator),
                places.short_name(indicator),
                places.brief(indicator),
                places.label(indicator),
            )
            for name in filter(None, map(plain, names)):
                found[name].add(indicator.pk)
        return found
