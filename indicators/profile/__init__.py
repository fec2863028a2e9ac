"""One indicator for one reader: what its page and its download show.

What is not verified, and the words about it, show only to whoever may see the return; to others such a quarter is "not yet verified".
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from indicators import placing, wording
from indicators.models import Commentary, Definition, Figure, Indicator, Lead, Placement, Return, Target
from lib import written
from lib.quarters import Quarter, Year


@dataclass(frozen=True)
class Line:
    """One quarter of an indicator: its figure as far as the reader may see it, and what there is to say about it."""

    quarter: Quarter
    figure: str
    year_before: str
    note: str
    url: str  # the return, when it is in the reader's sight


@dataclass(frozen=True)
class Profile:
    """All that the page of one indicator shows. Dated things newest first."""

    indicator: Indicator
    placement: Placement | None
    lines: tuple[Line, ...]
    definitions: tuple[Definition, ...]
    data_leads: tuple[User, ...]
    writers: tuple[User, ...]
    sets: tuple[Year, ...]
    commentary: Commentary | None

    @property
    def caption(self) -> str:
        """ "B2, good is higher"."""
        polarity = self.indicator.get_polarity_display()
        reference = self.placement.reference if self.placement else ""
        return f"{reference}, {written.in_sentence(polarity)}" if reference else polarity


def gather(indicator: Indicator, user: User, on: dt.date) -> Profile:
    """One indicator for one reader. What is not verified, and the words about it, show only to whoever may see the return."""
    returns = list(Return.objects.filter(indicator=indicator).select_related("round").order_by("-round__quarter"))
    seen = set(Return.objects.visible_to(user).filter(indicator=indicator).values_list("pk", flat=True))
    figures: dict[int, list[Figure]] = defaultdict(list)
    for figure in Figure.objects.filter(for_return__in=returns).select_related("verification").in_order():
        figures[figure.for_return_id].append(figure)
    shown = {return_.round.quarter: _standing(figures[return_.pk]) for return_ in returns}
    in_force = Lead.objects.in_force(on).filter(indicator=indicator, user__is_active=True)
    leads = list(in_force.select_related("user"))
    # Words tell their figure, so they are shown where it is: to everybody once it is verified.
    told = seen | {return_.pk for return_ in returns if _standing(figures[return_.pk])}
    sent = Commentary.objects.filter(for_return__in=told, status=Commentary.Status.SENT)
    return Profile(
        indicator=indicator,
        placement=placing.latest().by_indicator.get(indicator.pk),
        lines=tuple(_line(return_, figures[return_.pk], shown, return_.pk in seen) for return_ in returns),
        definitions=tuple(indicator.definitions.order_by("-starts")),
        data_leads=tuple(lead.user for lead in leads if lead.duty == Lead.Duty.DATA),
        writers=tuple(lead.user for lead in leads if lead.duty == Lead.Duty.COMMENTARY),
        sets=tuple(sorted({target.year for target in Target.objects.filter(indicator=indicator)})),
        commentary=sent.select_related("for_return__round", "written_by")
        .order_by("-for_return__round__quarter")
        .first(),
    )


def _standing(figures: Iterable[Figure]) -> Figure | None:
    return next((figure for figure in reversed(list(figures)) if hasattr(figure, "verification")), None)


def _line(return_: Return, figures: list[Figure], shown: dict[Quarter, Figure | None], in_sight: bool) -> Line:
    quarter = return_.round.quarter
    figure = shown[quarter]
    return Line(
        quarter=quarter,
        figure=wording.value(figure),
        year_before=wording.value(shown.get(quarter.year_ago)),
        note=_note(return_, figures, figure, in_sight),
        url=return_.get_absolute_url() if in_sight else "",
    )


def _note(return_: Return, figures: list[Figure], shown: Figure | None, in_sight: bool) -> str:
    notes = []
    if shown and shown.restates:
        verified = [figure for figure in figures if hasattr(figure, "verification")]
        was = verified[-2] if len(verified) > 1 else None
        on = written.day_year(timezone.localdate(shown.verification.verified_at))
        kind = str(shown.get_restates_display()).split(":")[0]
        notes.append(f"Restated {on}: was {wording.value(was)}. {kind}: {shown.restated_because}")
    if shown and shown.is_provisional:
        taken = f", extracted {written.day_year(shown.extracted_on)}" if shown.extracted_on else ""
        notes.append(f"Provisional{taken}")
    if return_.status == Return.Status.MISSING:
        notes.append(f"Missing: {str(return_.get_missing_reason_display()).lower()}")
    elif return_.status != Return.Status.VERIFIED:
        waiting = figures[-1] if figures and in_sight and figures[-1] != shown else None
        known = f", {wording.value(waiting)}" if waiting else ""
        notes.append(f"{return_.get_status_display()}{known}" if in_sight else "Not yet verified")
    return ". ".join(notes)
