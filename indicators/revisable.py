"""The quarters of a series to which a revision may give new figures, with what stands, waits or came back in each."""

from dataclasses import dataclass
from decimal import Decimal

from accounts import audit
from indicators import over_time, placing, wording
from indicators.models import Figure, Indicator, Return, SendBack
from lib.quarters import Quarter


@dataclass(frozen=True)
class Revised:
    """The new figure of one quarter. `version` is that of the return when the page was opened; numbers as in `Figure`."""

    return_: Return
    version: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    stated_percentage: Decimal | None = None


@dataclass(frozen=True)
class Open:
    """One quarter with a verified figure. `latest` is the figure after it, if any: it waits, or it was sent back."""

    return_: Return
    shown: Figure
    latest: Figure | None

    @property
    def quarter(self) -> Quarter:
        return self.return_.round.quarter

    @property
    def words(self) -> str:
        provisional = ", provisional" if self.shown.is_provisional else ""
        return f"{wording.value(self.shown)}{provisional}"

    @property
    def came_back(self) -> bool:
        return self.latest is not None and self.return_.status == Return.Status.SENT_BACK

    @property
    def note(self) -> str:
        """ "1,590 waits to be verified", "1,590 was sent back"."""
        if self.latest is None:
            return ""
        return f"{wording.value(self.latest)} {'was sent back' if self.came_back else 'waits to be verified'}"


@dataclass(frozen=True)
class Revisable:
    """A series, its quarters latest first, and with what a form about it begins. `comment`: the question with which the last one came back."""

    indicator: Indicator
    label: str
    quarters: tuple[Open, ...]
    without: tuple[Quarter, ...]  # that have no verified figure
    source: str
    reason: str
    comment: SendBack | None


def gather(indicator: Indicator) -> Revisable:
    """A number of queries that does not grow with the quarters."""
    whole = over_time.gather(indicator)
    found, without = [], []
    for quarter, held in reversed(whole.quarters.items()):
        if held.shown is None:
            without.append(quarter)
            continue
        newer = held.figures[-1] if held.figures[-1] != held.shown else None
        found.append(Open(held.return_, held.shown, newer))
    back = [one.latest for one in found if one.came_back and one.latest]
    comments = SendBack.objects.filter(figure__in=back).select_related("sent_by").order_by("sent_at", "pk")
    definition = whole.basis.definitions[-1] if whole.basis.definitions else None
    return Revisable(
        indicator=indicator,
        label=placing.latest().label(indicator),
        quarters=tuple(found),
        without=tuple(without),
        source=definition.source if definition else "",
        reason=next((one.restated_because for one in back if one.revision_id), ""),
        comment=comments.last() if back else None,
    )


def moved(revisable: Revisable, opened_at: dict[int, int]) -> list[audit.Line]:
    """What was done to quarters since a form was opened at these versions, each line naming its quarter."""
    lines = []
    for one in revisable.quarters:
        version = opened_at.get(one.return_.pk, one.return_.version)
        if version != one.return_.version:
            lines += audit.lines(audit.since(one.return_, version))
    return lines
