"""An indicator for the public: its figures as they may be shown, and nothing that rests on one that is not. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.aggregate import EVEN, due
from indicators.aims import BASES, Basis, Rule
from indicators.disclosure import WITHHELD
from lib.quarters import Quarter, Year
from reporting.disclosure.figures import Shown, hidden
from reporting.disclosure.told import cells
from reporting.snapshots.shape import (
    Cell,
    ForecastPart,
    IndicatorPart,
    Restatement,
    StretchPart,
    TargetPart,
    ToDate,
    TrendPart,
    UsualPart,
    Value,
    VerdictPart,
    Words,
)

NOT_SHOWN = "not_shown"
WHY = "it would give a small number back"
SENTENCE = f"Not shown: {WHY}."
NO_FIGURE = VerdictPart("missing", "Missing: there is no verified figure.")
NO_FIGURES = ("missing", "no_return")  # ratings that say of what there is no figure, and no more
NOT_VERIFIED, MISSING = "not yet verified", "missing"
NOT_FINAL = "Not final at issue"  # sent, or awaited, when the edition was made


def part(full: IndicatorPart, quarter: Quarter, shown: Shown) -> IndicatorPart:
    """The same indicator as the public sees it."""
    return _Public(full, quarter, shown).part()


def cell(full: Cell, shown: Shown) -> Cell:
    """What is not verified is missing; what is hidden stays verified, without its numbers."""
    if full.state in ("unverified", "awaited"):
        return Cell(full.quarter, "missing", None, False, None, NOT_FINAL, "", None)
    if full.state != "verified" or full.value is None:
        return full
    chain = sorted(version for version in shown.versions if version[0] == full.quarter)
    was = shown.versions[chain[-2]] if full.was and len(chain) > 1 else None
    return replace(full, value=shown.current[full.quarter], was=was, note="")


def restatement(full: Restatement, place: int, shown: Shown) -> Restatement:
    """`place`: which restatement of its quarter it is, from 0. Whether a rating moved is told where no figure is hidden."""
    was, now = shown.versions[(full.quarter, place)], shown.versions[(full.quarter, place + 1)]
    if not (shown.hidden or shown.unsure or shown.is_rounded):
        return replace(full, was=was, now=now)
    return replace(full, was=was, now=now, changes_rating=None, is_listed=True)


@dataclass(frozen=True)
class _Public:
    full: IndicatorPart
    quarter: Quarter
    shown: Shown

    def part(self) -> IndicatorPart:
        full, shown = self.full, self.shown
        verdict, last_verdict = self._verdict(), self._last_verdict()
        short = self._trend(full.short, self.quarter, self.quarter.previous)
        long = self._trend(full.long, self.quarter, self.quarter.year_ago)
        usual = self._usual()
        is_told = all(one != NOT_SHOWN for one in (verdict.code, short.trend, long.trend, usual.state))
        return replace(
            full,
            this=cell(full.this, shown),
            last=cell(full.last, shown),
            year_ago=cell(full.year_ago, shown),
            history=tuple(cell(one, shown) for one in full.history),
            series=tuple(cell(one, shown) for one in full.series),
            verdict=verdict,
            last_verdict=last_verdict,
            short=short,
            long=long,
            is_worsening=full.is_worsening and is_told,
            forecast=self._forecast(),
            usual=usual,
            stretches=tuple(self._stretch(one) for one in full.stretches),
            target=self._target(full.target) if full.target else None,
            quarter_targets=self._quarter_targets(),
            year_to_date=self._to_date(full.year_to_date, self._so_far()),
            last_year_to_date=self._to_date(full.last_year_to_date, self._compared()),
            last_year=self._to_date(full.last_year, self.quarter.year.previous.quarters),
            baselines=tuple(one for one in full.baselines if one[0] in shown.baselines),
            words=self._words(is_told),
        )

    # ------------------------------------------------------------ years

    def _so_far(self) -> tuple[Quarter, ...]:
        return tuple(one for one in self.quarter.year.quarters if one <= self.quarter)

    def _compared(self) -> tuple[Quarter, ...]:
        """The same quarters of last year: those with a figure this year, or all."""
        there = cells(self.full)
        so_far = due(self.full.frequency, self._so_far())
        known = [one.year_ago for one in so_far if one in there and there[one].state == "verified"]
        return tuple(known) or tuple(one.year_ago for one in so_far)

    def _to_date(self, full: ToDate, quarters: Iterable[Quarter]) -> ToDate:
        """A year with a hidden quarter in it has no total; one quarter alone is shown as that quarter is."""
        held = [one for one in quarters if one in self.shown.current]
        if full.value is None or not held:
            return full
        if full.mode == "latest" or len(held) == 1:
            return replace(full, value=self.shown.current[held[-1]])
        return replace(full, value=hidden("withheld")) if self._rests_on(held) else full

    def _rests_on(self, quarters: Iterable[Quarter]) -> bool:
        return self.shown.rests_on_unsure(frozenset(quarters))

    def _ever_rested_on(self, quarters: Sequence[Quarter]) -> bool:
        """What was worked out once may hold a figure that was restated since, or one that is yet to come."""
        there = [one in self.shown.current for one in due(self.full.frequency, quarters)]
        return self._rests_on(quarters) or not self.shown.hidden.isdisjoint(quarters) or (any(there) and not all(there))

    # ------------------------------------------------------------ rating and trend

    def _verdict(self) -> VerdictPart:
        if self.full.this.state in ("unverified", "awaited"):
            return NO_FIGURE
        target, last = self.full.target, self.quarter.year.previous.quarters
        if target and self._is_last_years(target) and self._ever_rested_on(last):
            return self._told(self.full.verdict, last, is_hidden=True)
        return self._told(self.full.verdict, self._rated_by())

    def _last_verdict(self) -> VerdictPart | None:
        """What last quarter was rated by in another year is not in the snapshot: then all of two years counts."""
        if self.full.last_verdict is None:
            return None
        if self.full.last.state in ("unverified", "awaited"):
            return NO_FIGURE
        last = self.quarter.previous
        quarters = [*last.year.quarters, *last.year.previous.quarters]
        return self._told(self.full.last_verdict, [one for one in quarters if one <= last])

    def _told(self, verdict: VerdictPart, quarters: Iterable[Quarter], *, is_hidden: bool = False) -> VerdictPart:
        if (is_hidden or self._rests_on(quarters)) and verdict.code not in NO_FIGURES:
            return VerdictPart(NOT_SHOWN, SENTENCE)
        return replace(verdict, sentence=_public_words(verdict.sentence))

    def _rated_by(self) -> set[Quarter]:
        """Every quarter that the rating and its sentence rest on."""
        target = self.full.target
        basis = (target.basis if target else "") or BASES[self.full.year_to_date.mode][0]
        if basis in (Basis.QUARTER, Basis.LATEST):
            own = {self.quarter}
        elif basis == Basis.ROLLING_YEAR:
            own = set(self.quarter.back_to(4))
        else:
            own = set(self._so_far())
        if target and target.rule == Rule.LAST_YEAR:
            own |= {one.year_ago for one in own}
        return own

    def _trend(self, full: TrendPart, now: Quarter, then: Quarter) -> TrendPart:
        if self._rests_on((now, then)) and {now, then} <= self.shown.current.keys():
            return TrendPart(NOT_SHOWN, "", "", "", WHY)
        return replace(full, why=_public_words(full.why))

    # ------------------------------------------------------------ the year's end and the usual range

    def _forecast(self) -> ForecastPart:
        quarters = (*self.quarter.year.previous.quarters, *self._so_far())
        has_one = self.full.year_to_date.mode == "sum" and self.quarter.number < 4
        if has_one and self._rests_on(quarters):
            return ForecastPart(None, SENTENCE.rstrip("."), None)
        basis = _public_words(self.full.forecast.basis)
        return replace(self.full.forecast, basis=basis)

    def _usual(self) -> UsualPart:
        if self._rests_on(cells(self.full)):
            return UsualPart(NOT_SHOWN, SENTENCE, False, False, "", "")
        return self.full.usual

    def _stretch(self, full: StretchPart) -> StretchPart:
        inside = [one for one in cells(self.full) if full.first <= one <= full.last]
        return StretchPart(full.first, full.last, None, None, None, full.is_trial) if self._rests_on(inside) else full

    # ------------------------------------------------------------ targets

    def _is_last_years(self, target: TargetPart) -> bool:
        """Whether its numbers may have been worked out from last year's quarters: shares of the year that are not even, or a total."""
        return bool(target.profile and target.profile != EVEN) or self._may_be_last_years(target)

    def _may_be_last_years(self, target: TargetPart) -> bool:
        """Whether one of its counts can be a quarter of last year or all of it, for all that the public can know of those that are hidden.

        Never by what they are: a target that is left out only where it is last year's number would tell that number.
        """
        shown, held = self.shown, self._last_years()
        if self.full.measure != "count" or not held:
            return False
        known = [one.numerator for one in held if one.numerator is not None]
        away = len(held) - len(known)
        if any(one.hidden == WITHHELD for one in held):
            return bool({target.value, target.minimum} - {None})

        def may_be(number: Decimal | None) -> bool:
            if number is None:
                return False
            low, high = sum(known, -shown.slack * len(known)), sum(known, shown.slack * len(known)) + away * shown.most
            is_all = self.full.year_to_date.mode != "latest" and low <= number <= high
            return (
                is_all or any(abs(one - number) <= shown.slack for one in known) or bool(away and number <= shown.most)
            )

        return may_be(target.value) or may_be(target.minimum)

    def _last_years(self) -> list[Value]:
        """As the public sees them."""
        current = self.shown.current
        return [current[one] for one in self.quarter.year.previous.quarters if one in current]

    def _target(self, full: TargetPart) -> TargetPart:
        """Without what was worked out from last year's figures, where one of them is hidden."""
        if not self._ever_rested_on(self.quarter.year.previous.quarters):
            return full
        if full.rule == Rule.LAST_YEAR or self._may_be_last_years(full):
            full = replace(full, value=None, minimum=None, tolerance=None)
        profile = full.profile if full.profile == EVEN else ()
        return replace(full, baseline=None, profile=profile)

    def _quarter_targets(self) -> tuple[tuple[Quarter, Decimal], ...]:
        """Quarters that are aimed at one like the other say nothing of the year before; others may have its shares."""
        by_year: dict[Year, list[Decimal]] = {}
        for quarter, number in self.full.quarter_targets:
            by_year.setdefault(quarter.year, []).append(number)
        kept = {
            year
            for year, numbers in by_year.items()
            if max(numbers) - min(numbers) <= 1 or not self._ever_rested_on(year.previous.quarters)
        }
        if self.full.target and self._target(self.full.target).value is None:
            kept.discard(self.quarter.year)
        return tuple(one for one in self.full.quarter_targets if one[0].year in kept)

    # ------------------------------------------------------------ words

    def _words(self, is_told: bool) -> Words | None:
        """Words on a figure that is not verified are out with it; that an explanation is owed, or what it lacks, tells a rating."""
        words = self.full.words
        if words is None or self.full.this.state in ("unverified", "awaited"):
            return None
        if is_told:
            return words
        if words.state == "owed":
            return None
        return replace(words, state="sent", lacking=(), due_on=None, owed_by="")


def _public_words(said: str) -> str:
    """Of what is not verified the public is told that it is missing."""
    return said.replace(NOT_VERIFIED, MISSING)
