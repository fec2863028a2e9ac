"""What each figure of a file would do to the return it is for: begin it, change it, leave it as it is, or nothing because it can't be taken.

The same rules as for one figure on its form (`indicators.giving`), asked about thousands with a fixed number of queries.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, ExpressionWrapper, Q

from accounts.models import RoleGrant, User
from indicators import giving, wording
from indicators.models import Figure, Indicator, MonthlyFigure, Return, Round
from indicators.placing import Places, in_years
from indicators.uploads.offers import Offer, Place, Reading
from lib import written
from lib.quarters import Quarter, Year

REFUSED, CHANGED, NEW, SAME = "refused", "changed", "new", "same"
ORDER = (REFUSED, CHANGED, NEW, SAME)  # what wants looking at comes first

Months = tuple[tuple[dt.date, Decimal], ...]


@dataclass(frozen=True)
class Held:
    """A return as it is, with its latest figure that was not taken back, and the verified one that is shown."""

    return_: Return
    latest: Figure | None
    shown: Figure | None
    months: Months = ()  # of the latest
    earlier: tuple[Figure, ...] = ()  # those that the latest took the place of

    @property
    def is_verified(self) -> bool:
        return self.latest is not None and self.latest is self.shown


@dataclass(frozen=True)
class Line:
    """One cell of the file: what it would do, in words. `version` is that of the return it was compared with, None without one."""

    kind: str
    place: Place
    typed: str
    label: str  # "B2 Domestic abuse reports, 2017-18 Q4"
    was: str = ""
    now: str = ""
    why: str = ""
    restates: bool = False  # it replaces a verified figure, which wants a reason
    worth: str = ""  # what makes one look twice: "Ten times last quarter’s 1,604"; as `doubting` finds it
    version: int | None = None
    offer: Offer | None = None
    held: Held | None = field(default=None, compare=False, repr=False)  # only where it has just been compared

    @property
    def does_something(self) -> bool:
        return self.kind in (NEW, CHANGED)


class Step(NamedTuple):
    """What recording one line means: this offer, for this return."""

    offer: Offer
    held: Held
    restates: bool


@dataclass(frozen=True)
class Comparison:
    """Every cell, those that want looking at first."""

    lines: tuple[Line, ...]

    def of(self, kind: str) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind == kind)

    @property
    def changing(self) -> tuple[Line, ...]:
        """The lines that recording it would write."""
        return tuple(line for line in self.lines if line.does_something)

    @property
    def steps(self) -> list[Step]:
        """The same as records, where it has just been compared."""
        return [Step(line.offer, line.held, line.restates) for line in self.changing if line.offer and line.held]


def compare(reading: Reading, *, by: User, on: dt.date, from_feed: bool = False, lock: bool = False) -> Comparison:
    """What recording all of it would do on that day, for this person. `lock` holds quarters and returns until the transaction ends.

    From a feed, context measures are taken for quarters that never asked for them, closed ones too, since nobody owes them: such a return
    is not there yet, and `recording` asks for it.
    """
    found = _Found(reading.offers, by, on, from_feed, lock)
    lines = [
        Line(REFUSED, refusal.place, refusal.typed, refusal.label, why=refusal.why) for refusal in reading.refusals
    ]
    twice = _twice(reading.offers)
    for offer in reading.offers:
        if others := twice.get((offer.indicator_id, offer.quarter)):
            where = written.listed(place.name for place in others if place != offer.place)
            lines.append(found.refused(offer, f"The same figure stands in {where} as well. Leave one of them."))
        else:
            lines.append(found.line(offer))
    lines.sort(key=lambda line: (ORDER.index(line.kind), line.place))
    return Comparison(tuple(lines))


def _twice(offers: Iterable[Offer]) -> dict[tuple[int, Quarter], list[Place]]:
    places: dict[tuple[int, Quarter], list[Place]] = defaultdict(list)
    for offer in offers:
        places[offer.indicator_id, offer.quarter].append(offer.place)
    return {key: found for key, found in places.items() if len(found) > 1}


class _Found:
    """What is held for the indicators and quarters of some offers. Nine queries at most, however many there are."""

    def __init__(self, offers: tuple[Offer, ...], by: User, on: dt.date, from_feed: bool, lock: bool) -> None:
        self.by, self.on, self.from_feed = by, on, from_feed
        self.may_ask = from_feed and by.has_role(RoleGrant.Role.COORDINATOR)
        quarters = {offer.quarter for offer in offers}
        self.places: dict[Year, Places] = in_years(sorted({quarter.year for quarter in quarters}))
        rounds = Round.objects.filter(quarter__in=quarters).order_by("pk")
        self.rounds = {round_.quarter: round_ for round_ in (rounds.select_for_update() if lock else rounds)}
        # Read under the lock of the rounds: the quarters in which spend is asked for don't change any more.
        self.indicators = Indicator.objects.in_bulk({offer.indicator_id for offer in offers})
        wanted = Q(indicator__in=self.indicators, round__in=[round_.pk for round_ in self.rounds.values()])
        returns = Return.objects.filter(wanted).order_by("pk")
        held = {return_.pk: return_ for return_ in (returns.select_for_update() if lock else returns)}
        self.may_give = set(Return.objects.filter(wanted).giveable_by(by, on).values_list("pk", flat=True))
        self.held = self._with_figures(held, any(offer.months for offer in offers))
        saved = {return_.draft_saved_by_id for return_ in held.values()} - {None}
        self.people = User.objects.in_bulk(saved) if saved else {}

    def _with_figures(self, returns: dict[int, Return], with_months: bool) -> dict[tuple[int, Quarter], Held]:
        rounds = {round_.pk: round_ for round_ in self.rounds.values()}
        wanted = Q(for_return__indicator__in=self.indicators, for_return__round__in=rounds)
        is_verified = ExpressionWrapper(Q(verification__isnull=False), output_field=BooleanField())
        figures = Figure.objects.standing().filter(wanted).annotate(is_verified=is_verified).in_order()
        latest: dict[int, Figure] = {}
        shown: dict[int, Figure] = {}
        earlier: dict[int, list[Figure]] = defaultdict(list)
        for figure in figures.iterator(chunk_size=2000):
            if figure.for_return_id in latest:
                earlier[figure.for_return_id].append(latest[figure.for_return_id])
            latest[figure.for_return_id] = figure
            if figure.is_verified:
                shown[figure.for_return_id] = figure
        months: dict[int, list[tuple[dt.date, Decimal]]] = defaultdict(list)
        if with_months:
            wanted = Q(figure__for_return__indicator__in=self.indicators, figure__for_return__round__in=rounds)
            for figure_id, month, number in MonthlyFigure.objects.filter(wanted).values_list(
                "figure", "month", "number"
            ):
                months[figure_id].append((month, number))
        held = {}
        for return_ in returns.values():
            return_.round, return_.indicator = rounds[return_.round_id], self.indicators[return_.indicator_id]
            now = latest.get(return_.pk)
            parts = tuple(sorted(months[now.pk])) if now else ()
            before = tuple(earlier.get(return_.pk, ()))
            held[return_.indicator_id, return_.round.quarter] = Held(return_, now, shown.get(return_.pk), parts, before)
        return held

    def label(self, offer: Offer) -> str:
        return f"{self.places[offer.quarter.year].brief(self.indicators[offer.indicator_id])}, {offer.quarter}"

    def refused(self, offer: Offer, why: str, held: Held | None = None) -> Line:
        was = _was(held) if held else ""
        return Line(
            REFUSED,
            offer.place,
            offer.typed,
            self.label(offer),
            was=was,
            why=why,
            offer=offer,
            version=held.return_.version if held else None,
            held=held,
        )

    def line(self, offer: Offer) -> Line:
        held = self.held.get((offer.indicator_id, offer.quarter)) or self._to_ask(offer)
        if held is None:
            return self.refused(offer, self._why_none(offer))
        if held.return_.pk is not None and held.return_.pk not in self.may_give:
            return self.refused(offer, "This is not yours to give: ask the partnership team who gives it.")
        told = Line(
            SAME,
            offer.place,
            offer.typed,
            self.label(offer),
            was=_was(held),
            now=_now(offer),
            version=None if held.return_.pk is None else held.return_.version,
            offer=offer,
            held=held,
        )
        if _says_the_same(offer, held, of_any_day=self.from_feed):
            return replace(told, why=self._why_same(offer, held))
        try:
            self._check(offer, held)
        except ValidationError as refusal:
            return self.refused(offer, " ".join(refusal.messages), held)
        if stale := self._stale(offer, held):
            return self.refused(offer, stale, held)
        restates = held.shown is not None and not offer.missing_reason
        begins = not told.was
        return replace(
            told, kind=NEW if begins else CHANGED, restates=restates, why=self._why_changed(offer, held, restates)
        )

    def _nobody_owes(self, indicator: Indicator) -> bool:
        return self.from_feed and indicator.family == Indicator.Family.CONTEXT

    def _to_ask(self, offer: Offer) -> Held | None:
        """A return that recording this will ask for; None where there can be none."""
        indicator, round_ = self.indicators[offer.indicator_id], self.rounds.get(offer.quarter)
        if round_ is None or not self.may_ask or not self._nobody_owes(indicator):
            return None
        return Held(Return(indicator=indicator, round=round_), None, None)

    def _why_none(self, offer: Offer) -> str:
        indicator = self.indicators[offer.indicator_id]
        if why := giving.why_not_asked(indicator, offer.quarter):
            return why
        if offer.quarter not in self.rounds:
            return f"{offer.quarter} has not been opened. The partnership team opens it."
        if indicator.frequency == Indicator.Frequency.ANNUAL and offer.quarter.number != 4:
            return "It is measured once a year, and given with Q4."
        return f"It is not asked for in {offer.quarter}."

    def _check(self, offer: Offer, held: Held) -> None:
        """What is refused on the form is refused here, in the same words."""
        return_ = held.return_
        if not self._nobody_owes(return_.indicator):
            giving.refuse_closed(return_, return_.round, held.shown, self.on)
        giving.refuse_not_asked(return_.indicator, return_.round, held.shown)
        if offer.missing_reason:
            giving.refuse_missing(return_, held.shown)
            return
        giving.check_numbers(return_.indicator, offer.numerator, offer.denominator, offer.stated_percentage)
        if offer.extracted_on and offer.extracted_on > self.on:
            raise ValidationError("The day it was taken from its source can’t be in the future.")
        if held.shown is not None and giving.is_same(offer, held.shown) and not _other_months(offer, held):
            raise ValidationError(_why_verified_already(held))

    def _stale(self, offer: Offer, held: Held) -> str:
        """Why the partnership's own workbook is too old for this cell; empty where it is not.

        A figure or draft of somebody else is never swept away by it. One's own newer figure is, but by another one only: a cell that says
        what this return said before has not been touched since.
        """
        return_, latest = held.return_, held.latest
        if offer.seen_version is None or offer.seen_version >= return_.version:
            return ""
        if return_.status == Return.Status.MISSING:
            return f"This has been changed since you downloaded the workbook: {_was(held)}."
        drafted = self.people.get(return_.draft_saved_by_id)
        if drafted and drafted != self.by:
            return f"{drafted.name} has begun a draft since you downloaded the workbook."
        if latest is None:
            return ""
        if latest.recorded_by_id != self.by.pk:
            return f"This has been changed since you downloaded the workbook: now {_value(latest)} from {latest.supplied_by_name}."
        if not offer.missing_reason and any(giving.is_same(offer, figure) for figure in held.earlier):
            return (
                f"You changed this to {_value(latest)} since you downloaded the workbook. "
                f"To go back to {_value(offer)}, use the page of the return."
            )
        return ""

    def _why_same(self, offer: Offer, held: Held) -> str:
        if held.return_.status == Return.Status.SENT_BACK and not offer.missing_reason:
            return "It was sent back, and this is the figure it was sent back with. To send it again, use the page of the return."
        if offer.months and not held.months:
            return "The figure is the same, so its months are not added."
        return ""

    def _why_changed(self, offer: Offer, held: Held, restates: bool) -> str:
        return_, said = held.return_, []
        if return_.status == Return.Status.SUBMITTED and held.latest:
            said.append(
                f"Replaces {_value(held.latest)} from {held.latest.supplied_by_name}, which is not yet verified."
            )
        elif return_.status == Return.Status.SENT_BACK:
            said.append("Answers what was sent back.")
        if restates:
            said.append("Revises a verified figure, which stands until the new one is verified.")
            if _other_months(offer, held) and giving.is_same(offer, held.shown):
                said.append("The quarter is the same, its months are not.")
        said += _months_moved(offer, held)
        if drafted := self.people.get(return_.draft_saved_by_id):
            said.append(f"The draft that {drafted.name} saved goes.")
        return " ".join(said)


def _says_the_same(offer: Offer, held: Held, *, of_any_day: bool = False) -> bool:
    """Whether recording the offer would change nothing. A published file that says the same on another day changes nothing either."""
    return_ = held.return_
    if offer.missing_reason:
        told = (return_.missing_reason, return_.missing_note, return_.expected_on)
        return told == (offer.missing_reason, offer.missing_note, offer.expected_on)
    latest = held.latest
    if latest is None or return_.status == Return.Status.MISSING or not giving.is_same(offer, latest):
        return False
    if _other_months(offer, held):
        return False
    if held.is_verified or of_any_day:  # a verified figure is not restated for where it is from
        return True
    return offer.source in ("", latest.source) and offer.extracted_on in (None, latest.extracted_on)


def _why_verified_already(held: Held) -> str:
    already, instead = f"{wording.value(held.shown)} is the verified figure already", _value(held.latest)
    if held.return_.status == Return.Status.SENT_BACK:
        return f"{already}. {instead} was sent back and is not shown: give another figure, or leave this out."
    return f"{already}, and {instead} waits to be verified instead. Ask the partnership team to send that back."


def _other_months(offer: Offer, held: Held) -> bool:
    return bool(offer.months and held.months) and tuple(sorted(offer.months)) != held.months


def _months_moved(offer: Offer, held: Held) -> list[str]:
    """ "July 2017: was 263, now 265." for each month that is held and would be another."""
    was, say = dict(held.months), written.pence if offer.is_amount else written.figure
    return [
        f"{month:%B %Y}: was {say(was[month])}, now {say(number)}."
        for month, number in sorted(offer.months)
        if month in was and was[month] != number
    ]


def _value(figure: Figure | Offer | None) -> str:
    if figure is None:
        return ""
    return f"{wording.value(figure)}{', provisional' if figure.is_provisional else ''}"


def _was(held: Held) -> str:
    """ "1,400, not yet verified", "no figure: awaiting partner"; empty where nothing has been given."""
    return_ = held.return_
    if return_.status == Return.Status.MISSING:
        return _none(return_.get_missing_reason_display(), return_.missing_note, return_.expected_on)
    if held.latest is None:
        return ""
    state = "sent back" if return_.status == Return.Status.SENT_BACK else "not yet verified"
    if held.is_verified:
        state = "verified"
    return f"{_value(held.latest)}, {state}"


def _now(offer: Offer) -> str:
    if offer.missing_reason:
        return _none(Return.MissingReason(offer.missing_reason).label, offer.missing_note, offer.expected_on)
    return _value(offer)


def _none(reason: str, note: str, expected_on: dt.date | None) -> str:
    said = f"no figure: {written.in_sentence(reason)}"
    if note:
        said += f" ({note.rstrip('.')})"
    return f"{said}, expected on {written.day_year(expected_on)}" if expected_on else said
