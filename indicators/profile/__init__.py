"""One indicator for one reader: what its page and its download show.

What is not verified, and the words about it, show only to whoever may see the return; to others such a quarter is "not yet verified".
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import Installation, User
from indicators import over_time, placing, terms
from indicators.models import (
    Baseline,
    Commentary,
    Definition,
    Indicator,
    Lead,
    MonthlyFigure,
    Placement,
    Rebase,
    Return,
    Target,
)
from indicators.profile import charting, download, telling, yearly
from indicators.profile.charting import Chart, Months
from indicators.profile.lines import Line, lines
from indicators.profile.seen import Seen
from indicators.profile.telling import Told
from indicators.profile.yearly import Years
from lib import written
from lib.quarters import Year
from priorities.models import Commitment, Outcome

__all__ = ["AimedAt", "Line", "Profile", "gather", "is_sample", "look"]

SHOWN, AT_ONCE = 8, 12  # quarters in the table, where there are more than go at once


@dataclass(frozen=True)
class AimedAt:
    """The target of a year in a line, and how far it is agreed; empty for data only."""

    year: Year
    words: str
    state: str


@dataclass(frozen=True)
class Profile:
    """All that the page of one indicator shows. Dated things newest first."""

    indicator: Indicator
    placement: Placement | None
    told: Told
    chart: Chart | None
    months: Months | None
    years: Years | None
    lines: tuple[Line, ...]
    definitions: tuple[Definition, ...]
    rebases: tuple[Rebase, ...]
    targets: tuple[AimedAt, ...]
    commitments: tuple[Commitment, ...]  # that it serves
    outcomes: tuple[Outcome, ...]
    data_leads: tuple[User, ...]
    writers: tuple[User, ...]
    commentaries: tuple[Commentary, ...]
    is_rated: bool  # whether any year aims at something
    rated_on: frozenset[str]  # the bases on which its years are rated
    download_size: int

    @property
    def caption(self) -> str:
        """ "B2, good is higher"."""
        polarity = self.indicator.get_polarity_display()
        reference = self.placement.reference if self.placement else ""
        return f"{reference}, {written.in_sentence(polarity)}" if reference else polarity

    @property
    def rating_head(self) -> str:
        """The rating of a quarter may be that of the year so far, beside a target that is the quarter's own."""
        return "Rating, year to date" if self.rated_on == {Target.Basis.YEAR_TO_DATE} else "Rating"

    @property
    def target_head(self) -> str:
        return "Target" if self.every == "year" else "Target of the quarter"

    @property
    def title(self) -> str:
        """ "B2 Increase the number of domestic abuse reports to Police"."""
        return f"{self.placement.reference if self.placement else ''} {self.indicator.name}".strip()

    @property
    def download_words(self) -> str:
        """ "Download all 20 quarters"."""
        how_many = len(self.lines)
        return f"Download all {how_many} {self.every}s" if how_many > 1 else f"Download the one {self.every}"

    @property
    def recent(self) -> tuple[Line, ...]:
        """The lines shown at once."""
        return self.lines if len(self.lines) <= AT_ONCE else self.lines[:SHOWN]

    @property
    def earlier(self) -> tuple[Line, ...]:
        """Those shown on demand."""
        return self.lines[len(self.recent) :]

    @property
    def unit(self) -> str:
        """ "Reports. Quarters are added up." """
        out_of = f", out of {self.indicator.unit_of_base}" if self.indicator.is_share else ""
        how = "Measured once a year, with Q4" if self.every == "year" else self.indicator.get_year_to_date_display()
        return f"{written.capitalised(self.indicator.unit)}{out_of}. {how}."

    @property
    def every(self) -> str:
        """What a line is called: "quarter", or "year" where it is measured once a year."""
        return "year" if self.indicator.frequency == Indicator.Frequency.ANNUAL else "quarter"


def gather(indicator: Indicator, user: User, on: dt.date, as_at: dt.datetime | None = None) -> Profile:
    """As it stands, or as it was known at `as_at`; whose it is on that day. The number of queries does not grow with the quarters."""
    seen = look(indicator, user, as_at)
    placement = placing.latest().by_indicator.get(indicator.pk)
    leads = Lead.objects.in_force(on).filter(indicator=indicator, user__is_active=True).order_by("pk")
    people = [(lead.duty, lead.user) for lead in leads.select_related("user")]
    basis = seen.whole.basis
    aimed = [target for target in basis.targets.values() if target.rule != Target.Rule.NONE]
    return Profile(
        indicator=indicator,
        placement=placement,
        told=telling.tell(seen),
        chart=charting.of_quarters(seen),
        months=charting.of_months(seen, _months(seen)),
        years=yearly.of_years(seen, Baseline.objects.filter(indicator=indicator)),
        lines=lines(seen),
        definitions=tuple(reversed(basis.definitions)),
        rebases=tuple(reversed(basis.rebases)),
        targets=tuple(_aimed_at(basis.targets[year], indicator) for year in sorted(basis.targets, reverse=True)),
        commitments=tuple(placement.commitments.all()) if placement else (),
        outcomes=tuple(placement.outcomes.all()) if placement else (),
        data_leads=tuple(person for duty, person in people if duty == Lead.Duty.DATA),
        writers=tuple(person for duty, person in people if duty == Lead.Duty.COMMENTARY),
        commentaries=_commentaries(seen, as_at),
        is_rated=indicator.family != Indicator.Family.CONTEXT and bool(aimed),
        rated_on=frozenset(terms.basis(target, indicator) for target in aimed),
        download_size=len(download.csv_file(seen)),
    )


def look(indicator: Indicator, user: User, as_at: dt.datetime | None = None) -> Seen:
    """The indicator over time as this reader sees it, now or as it was known at `as_at`. Seven queries, or nine."""
    in_sight = Return.objects.visible_to(user).filter(indicator=indicator).values_list("pk", flat=True)
    return Seen(over_time.gather(indicator, as_at), frozenset(in_sight))


def _months(seen: Seen) -> dict[dt.date, Decimal]:
    """The months behind the figures that stand, by their first day. One query."""
    standing = [shown.pk for quarter in seen.quarters if (shown := seen.shown(quarter))]
    rows = MonthlyFigure.objects.filter(figure__in=standing).order_by("month")
    return dict(rows.values_list("month", "number"))


def _commentaries(seen: Seen, as_at: dt.datetime | None) -> tuple[Commentary, ...]:
    """Words tell their figure, so they are shown where it is: to everybody once it is verified."""
    told = [
        seen.held(quarter).return_.pk
        for quarter in seen.whole.quarters
        if seen.may_see(quarter) or seen.shown(quarter) is not None
    ]
    sent = Commentary.objects.filter(for_return__in=told, status=Commentary.Status.SENT)
    if as_at is not None:
        sent = sent.filter(sent_at__lte=as_at)
    return tuple(
        sent.select_related("for_return__round", "written_by", "sent_by").order_by("-for_return__round__quarter")
    )


def _aimed_at(target: Target, indicator: Indicator) -> AimedAt:
    if target.rule == Target.Rule.NONE:
        return AimedAt(target.year, "None, data only", "")
    return AimedAt(target.year, terms.brief(target, indicator), terms.state(target))


def is_sample(seen: Seen) -> bool:
    """Whether anything that it tells is made up."""
    held = any(figure.is_sample for one in seen.whole.quarters.values() for figure in one.figures)
    return held or Installation.objects.filter(holds_sample=True).exists()
