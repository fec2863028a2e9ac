"""What stands around the box on the page of one return: its neighbours, its definition, its history, who leads it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts import audit
from accounts.models import RoleGrant, User
from indicators import confirming, eyes, giving, placing, wording
from indicators.models import Commentary, Definition, Figure, Indicator, Lead, Return, SendBack
from lib import written
from lib.editing import Record
from lib.govuk import Row
from lib.quarters import Quarter

HISTORY_SHOWN = 12  # events beside the form; the audit trail has them all


@dataclass(frozen=True)
class Neighbour:
    """An earlier figure beside the box: "Last quarter, Q3", "1,561"."""

    label: str
    value: str


@dataclass(frozen=True)
class Given:
    """One figure that was given, and the comments with which it was sent back."""

    figure: Figure
    comments: tuple[SendBack, ...]

    @property
    def value(self) -> str:
        return wording.value(self.figure)

    @property
    def route(self) -> str:
        """ "On the form", "By mail, 26 April 2018, keyed by Sam Carrick", "As a spreadsheet: figures.xlsx"."""
        figure, said = self.figure, str(self.figure.get_route_display())
        if figure.upload:
            said += f": {figure.upload.file_name}"
        if figure.received_on:
            said += f", {written.day_year(figure.received_on)}"
        if figure.supplied_by_id != figure.recorded_by_id:
            said += f", keyed by {figure.recorded_by.name}"
        return said

    @property
    def became(self) -> str:
        """ "Verified by Lena Fox, 30 April 2018", "Sent back", "Not verified"."""
        verification = getattr(self.figure, "verification", None)
        if verification:
            on = written.day_year(timezone.localdate(verification.verified_at))
            keyed = ", who keyed it" if verification.verified_by_id == self.figure.recorded_by_id else ""
            confirmed = f"; {said}" if (said := confirming.became(self.figure)) else ""
            return f"Verified by {verification.verified_by.name}{keyed}, {on}{confirmed}"
        if hasattr(self.figure, "withdrawal"):
            back = self.figure.withdrawal
            on = written.day_year(timezone.localdate(back.withdrawn_at))
            return f"Taken back by {back.withdrawn_by.name}, {on}: the upload that brought it was undone"
        disputed = f". {said}" if (said := confirming.became(self.figure)) else ""
        return f"{'Sent back' if self.comments else 'Not verified'}{disputed}"


@dataclass(frozen=True)
class Entry:
    """One return with what helps to fill it in. `figures` is oldest first; `shown` is the verified one that stands."""

    return_: Return
    reference: str
    thing: str  # what is counted, to begin a sentence: "Domestic abuse reports"
    neighbours: tuple[Neighbour, ...]
    like: str  # a number such as one would expect
    definition: Definition | None
    figures: tuple[Figure, ...]
    shown: Figure | None
    sent_back: tuple[SendBack, ...]  # oldest first
    state: str
    due: str
    history: tuple[audit.Line, ...]
    on: dt.date  # the day the page is looked at

    @property
    def indicator(self) -> Indicator:
        return self.return_.indicator

    @property
    def caption(self) -> str:
        """ "B2, 2017-18 Q4 (January to March 2018)"."""
        quarter = self.return_.round.quarter
        return f"{self.reference}, {quarter} ({quarter.months})" if self.reference else f"{quarter} ({quarter.months})"

    @property
    def short_title(self) -> str:
        """ "B2, 2017-18 Q4", for the title of the page."""
        return f"{self.reference or self.indicator.name}, {self.return_.round.quarter}"

    @property
    def period(self) -> str:
        """ "1 January to 31 March 2018"."""
        quarter = self.return_.round.quarter
        return f"{quarter.start.day} {quarter.start:%B} to {written.day_year(quarter.end)}"

    @property
    def latest(self) -> Figure | None:
        """Of those not taken back."""
        return next((one for one in reversed(self.figures) if not hasattr(one, "withdrawal")), None)

    @property
    def latest_words(self) -> str:
        return wording.value(self.latest)

    @property
    def shown_words(self) -> str:
        return wording.value(self.shown)

    @property
    def do(self) -> str:
        """What can be done with the figure, as a link says it."""
        if self.is_restating:
            return "Restate the figure"
        return "Change the figure" if self.figures else "Give the figure"

    @property
    def given(self) -> list["Given"]:
        """Every figure, latest first, with what became of it."""
        return [
            Given(figure, tuple(back for back in self.sent_back if back.figure_id == figure.pk))
            for figure in reversed(self.figures)
        ]

    @property
    def is_restating(self) -> bool:
        """Whether a further figure replaces a verified one."""
        return self.shown is not None

    @property
    def is_open(self) -> bool:
        """Whether a figure may still be given: the round is open, or a verified one may be restated."""
        return not self.closed_because

    @property
    def closed_because(self) -> str:
        """Why no figure is taken, as a sentence; empty where one is."""
        round_ = self.return_.round
        if not giving.is_answerable(self.return_, round_, self.on, is_shown=self.is_restating):
            return giving.closed(round_)
        return "" if self.is_restating else giving.why_not_asked(self.indicator, round_.quarter)

    @property
    def may_have_none(self) -> bool:
        """Whether "there is no figure" can be said."""
        settled = (Return.Status.SUBMITTED, Return.Status.VERIFIED)
        return not self.is_restating and self.is_open and self.return_.status not in settled

    @property
    def comment(self) -> SendBack | None:
        """The comment that waits for an answer."""
        waits = self.return_.status == Return.Status.SENT_BACK and self.sent_back
        return self.sent_back[-1] if waits else None


def gather(return_: Return, on: dt.date) -> Entry:
    """For one return with its round and indicator loaded; a fixed number of queries."""
    places = placing.in_year(return_.round.quarter.year)
    people = ("supplied_by", "recorded_by", "verification__verified_by", "withdrawal__withdrawn_by", "upload")
    figures = tuple(return_.figures.select_related(*people).prefetch_related("confirmations").in_order())
    neighbours = _neighbours(return_)
    given = (figure for figure in neighbours.values() if figure and figure.denominator is None)
    like = next((wording.value(figure).removeprefix("£") for figure in given), "")
    return Entry(
        return_=return_,
        reference=places.reference(return_.indicator),
        thing=thing(return_.indicator, places),
        neighbours=tuple(Neighbour(label, wording.value(was) or "none") for label, was in neighbours.items()),
        like=_like(return_.indicator, like),
        definition=definition_in(return_.indicator, return_.round.quarter),
        figures=figures,
        shown=next((figure for figure in reversed(figures) if hasattr(figure, "verification")), None),
        sent_back=tuple(SendBack.objects.filter(figure__for_return=return_).select_related("sent_by", "figure")),
        state=wording.state(return_, on),
        due=due(return_, on),
        history=tuple(audit.lines(audit.history(return_)[:HISTORY_SHOWN])),
        on=on,
    )


def events(return_: Return) -> audit.Events:
    """All that was done to a return and to its commentary, newest first."""
    return audit.history(return_) | audit.history(return_.commentary)


def thing(indicator: Indicator, places: placing.Places) -> str:
    """What is counted, as a sentence about it begins: the short name where that says it, otherwise "The number of people"; of a share its part, "Offenders whose need was met"."""
    short = places.short_name(indicator)
    says_it = indicator.unit in short.lower().split()
    if indicator.is_count:
        return short if says_it else f"The number of {indicator.unit}"
    if indicator.is_amount:
        return "The amount spent"
    return written.capitalised(indicator.unit)


def _like(indicator: Indicator, known: str) -> str:
    """A number such as one would expect here; a usual one where none is known."""
    if indicator.is_amount:
        return known or "12,345.67"
    return known if known.replace(",", "").isdigit() else "1,234"


def definition_in(indicator: Indicator, quarter: Quarter) -> Definition | None:
    """The definition that holds in a quarter."""
    return Definition.objects.filter(indicator=indicator, starts__lte=quarter).order_by("-starts").first()


def due(return_: Return, on: dt.date) -> str:
    """When it is or was due, and until when it can be sent; empty once it is settled."""
    if not return_.is_awaited:
        return ""
    said = wording.due(return_.due_on, on)
    if return_.status == Return.Status.SENT_BACK:
        said = said.replace("due", "due again", 1)
    closes = return_.round.closes_on
    if return_.round.is_closed and not return_.stays_open(on):
        return f"{said} {return_.round} has been closed since."
    if return_.due_on < on <= closes:
        return f"{said} It can still be sent until {written.day(closes)}."
    return f"{said} {wording.beside_due(return_)}".strip()


def throw_away(entry: Entry) -> str:
    """The words on the button that throws away what was typed and not sent."""
    if entry.return_.draft:
        return "Throw it away and start from the saved draft"
    return f"Throw it away and start from {entry.latest_words or 'the empty form'}"


def throw_away_words(commentary: Commentary) -> str:
    """The same for a commentary."""
    was = {Commentary.Status.DRAFT: "the saved draft", Commentary.Status.SENT: "what was sent"}
    return f"Throw it away and start from {was.get(commentary.status, 'the empty form')}"


def suppliers(return_: Return, besides: User, on: dt.date) -> list[User]:
    """Who might have given a figure: its data leads and the data leads of the organisation that owns it."""
    leads = Lead.objects.in_force(on).filter(indicator=return_.indicator, duty=Lead.Duty.DATA).values("user")
    people = User.objects.active().filter(pk__in=leads) | User.objects.holding(RoleGrant.Role.DATA_LEAD, on).filter(
        organisation=return_.indicator.owner_id
    )
    return list(people.exclude(pk=besides.pk).distinct())


def data_leads(return_: Return, on: dt.date) -> list[User]:
    """Who gives its figure on that day."""
    leads = Lead.objects.in_force(on).filter(indicator=return_.indicator_id, duty=Lead.Duty.DATA, user__is_active=True)
    return [lead.user for lead in leads.select_related("user").order_by("pk")]


def authors(commentary: Commentary, user: User, on: dt.date) -> list[User]:
    """Whose words the partnership team may enter: those of the leads, and of who has written them so far. Nobody's for others."""
    if not user.has_perm("indicators.run_round"):
        return []
    leads = Lead.objects.in_force(on).filter(
        indicator=commentary.for_return.indicator_id, duty=Lead.Duty.COMMENTARY, user__is_active=True
    )
    people = {lead.user_id: lead.user for lead in leads.select_related("user").order_by("pk")}
    if commentary.written_by:
        people.setdefault(commentary.written_by.pk, commentary.written_by)
    people.pop(user.pk, None)
    return list(people.values())


def _neighbours(return_: Return) -> dict[str, Figure | None]:
    quarter = return_.round.quarter
    labels = {quarter.previous: f"Last quarter, Q{quarter.previous.number}", quarter.year_ago: "Same quarter last year"}
    earlier = Figure.objects.verified().filter(
        for_return__indicator=return_.indicator, for_return__round__quarter__in=list(labels)
    )
    found = {
        figure.for_return.round.quarter: figure for figure in earlier.latest_each().select_related("for_return__round")
    }
    return {label: found.get(when) for when, label in labels.items()}


@dataclass(frozen=True)
class Checks:
    """What the partnership team can do with the figure that waits. `refusal` says who may verify when the reader may not."""

    figure: Figure
    refusal: str
    confirmation: confirming.Asking  # whether its supplier was or can be asked


def checks(entry: Entry, user: User, on: dt.date) -> Checks | None:
    """None for whoever does not verify figures, and when none waits."""
    waits = entry.return_.status == Return.Status.SUBMITTED and entry.latest
    if not waits or not user.has_perm("indicators.send_back_return", entry.return_):
        return None
    refusal = eyes.verifiers(on).refusal(waits, user)
    return Checks(waits, refusal, confirming.asking(waits, user, timezone.now(), offer=bool(refusal)))


def rows(entry: Entry, user: User, on: dt.date) -> list[Row]:
    """The facts about a return, for its summary list. Who asks for figures finds there how to write to whom."""
    return_, figure = entry.return_, entry.shown
    found = [Row("State", entry.state)]
    if figure:
        by = figure.verification
        found.append(Row("Figure", f"{wording.value(figure)}{', provisional' if figure.is_provisional else ''}"))
        found.append(Row("Verified by", f"{by.verified_by.label}, {written.moment(by.verified_at)}"))
    if entry.latest and entry.latest != figure:
        found.append(Row("Not yet verified", wording.value(entry.latest)))
    if return_.status == Return.Status.MISSING:
        found.append(Row("Why there is none", return_.get_missing_reason_display()))
        if return_.missing_note:
            found.append(Row("Note", return_.missing_note))
        if return_.expected_on:
            found.append(Row("Expected", written.day(return_.expected_on)))
    if return_.is_awaited:
        beside = wording.beside_due(return_)
        found.append(Row("Due", [written.day(return_.due_on), beside] if beside else written.day(return_.due_on)))
    found.append(Row("Owner", return_.indicator.owner.name_on(return_.round.quarter.end)))
    leads = Lead.objects.in_force(on).filter(indicator=return_.indicator_id, user__is_active=True).order_by("pk")
    people = [(lead.duty, lead.user) for lead in leads.select_related("user")]
    may_write = user.has_perm("indicators.run_round")
    for words, duty in (("Gives the figure", Lead.Duty.DATA), ("Writes the commentary", Lead.Duty.COMMENTARY)):
        found.append(_led(words, [person for led, person in people if led == duty], may_write))
    return found


def _led(duty: str, people: list[User], may_write: bool) -> Row:
    if not people or not may_write:
        return Row(duty, [person.label for person in people] or "Nobody yet")
    names = " and ".join(person.name for person in people)
    to = ",".join(person.email for person in people)
    return Row(
        duty, [person.label for person in people], url=f"mailto:{to}", words="Write a mail", hidden=f"to {names}"
    )


def is_said_already(record: Return | Commentary, said: Mapping[str, Any], by: User) -> bool:
    """Whether the record holds just this and this person was the last to change it: a form posted twice."""
    now = _as_it_is_now(record)
    last = audit.history(now).first()
    if last is None or last.actor_id != by.pk or now.version != said["version"] + 1:
        return False
    return all(getattr(now, name) == value for name, value in said.items() if name != "version")


def is_sent_already(return_: Return, given: Mapping[str, Any] | None, by: User) -> bool:
    """Whether this very figure is the latest and this person sent it: a form posted twice, not somebody else's change."""
    now = _as_it_is_now(return_)
    latest = now.figures.standing().in_order().last()
    if given is None or latest is None or latest.recorded_by_id != by.pk:
        return False
    told = ("numerator", "denominator", "stated_percentage", "is_provisional", "source", "route", "received_on")
    return now.version == given["version"] + 1 and all(getattr(latest, name) == given[name] for name in told)


def _as_it_is_now(record: Record) -> Record:
    """The row anew: ours was read before the other form came in. A copy, so that a page shown again is not mixed with it."""
    return type(record)._default_manager.get(pk=record.pk)
