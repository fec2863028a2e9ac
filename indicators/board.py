"""The coordinator's view of a quarter: what is out, what waits to be verified, what is settled. The same number of queries for any set."""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from accounts.models import User
from indicators import explaining, eyes, placing, wording
from indicators.explaining import Asked
from indicators.models import Commentary, Figure, Indicator, Lead, Return, Round, SendBack
from indicators.work import RoundWork, count
from lib import written
from lib.quarters import Quarter

# Each return as a square; the order in which they stand.
MARKS = {Return.Status.VERIFIED: "verified", Return.Status.SUBMITTED: "to_verify", Return.Status.MISSING: "missing"}
ORDER = ("verified", "to_verify", "out", "missing")


@dataclass(frozen=True)
class Completeness:
    """One organisation's returns, as marks in order, and in words: "4 of 7"."""

    organisation: str
    marks: tuple[str, ...]
    words: str

    @property
    def squares(self) -> list[tuple[int, str]]:
        """Each mark with the place of its square, 18 units apart."""
        return [(index * 18, mark) for index, mark in enumerate(self.marks)]

    @property
    def width(self) -> int:
        return len(self.marks) * 18


@dataclass(frozen=True)
class Out:
    """A return that is still out, or settled without a figure."""

    return_: Return
    label: str
    reference: str
    state: str
    people: tuple[User, ...]  # who gives the figure
    organisation: str
    late: str
    note: str
    is_late: bool

    @property
    def who(self) -> str:
        return ", ".join(person.name for person in self.people)


@dataclass(frozen=True)
class WordsOut:
    """A commentary that has not been sent, or that was sent and says less than its figure asks for."""

    commentary: Commentary
    return_: Return
    label: str
    reference: str
    state: str
    people: tuple[User, ...]  # who writes it
    organisation: str
    late: str
    is_late: bool
    do: str


@dataclass(frozen=True)
class Chase:
    """One mail to everybody who is late: they don't see each other's addresses."""

    people: tuple[User, ...]  # each once, each with an address
    subject: str  # "2017-18 Q4: figures"

    @property
    def url(self) -> str:
        to = ",".join(quote(person.email, safe="@") for person in self.people)
        return f"mailto:?bcc={to}&subject={quote(self.subject)}"


@dataclass(frozen=True)
class ToVerify:
    """A figure that waits, with its neighbours. `refusal` says who may verify it when the reader may not."""

    return_: Return
    label: str
    reference: str
    figure: str
    last: str
    last_difference: str
    year_ago: str
    year_ago_difference: str
    worth_a_look: str
    sent_by: str
    sent_on: dt.datetime
    refusal: str
    box: str = ""  # the id of its checkbox; the first on the page is where an error leads


@dataclass(frozen=True)
class Settled:
    return_: Return
    label: str
    reference: str
    figure: str
    verified_by: str
    verified_on: dt.datetime
    words: str


@dataclass(frozen=True)
class Board:
    round: Round
    work: RoundWork
    organisations: tuple[Completeness, ...]
    out: tuple[Out, ...]
    missing: tuple[Out, ...]
    to_verify: tuple[ToVerify, ...]
    words_out: tuple[WordsOut, ...]
    verified: tuple[Settled, ...]
    earlier: Quarter | None
    later: Quarter | None

    @property
    def chase(self) -> Chase | None:
        """The mail to those whose figures are late; None when nobody is, or the quarter is closed."""
        return _chase(self.out, self.round, "figures")

    @property
    def chase_words(self) -> Chase | None:
        """The same for those whose commentary is late."""
        return _chase(self.words_out, self.round, "commentary")

    @property
    def may_verify_some(self) -> bool:
        return any(not row.refusal for row in self.to_verify)


def gather(round_: Round, user: User, on: dt.date) -> Board:
    """The board as this coordinator sees it on that day."""
    returns = list(
        Return.objects.filter(round=round_)
        .select_related("indicator__owner", "round", "commentary__sent_by", "draft_saved_by")
        .prefetch_related("indicator__owner__names")
    )
    places = placing.in_year(round_.quarter.year)
    returns.sort(key=lambda return_: places.order(return_.indicator))
    leads = _leads(returns, on)
    figures, earlier = _figures(round_, returns)
    verifiers = eyes.verifiers(on)
    comments = _comments(returns)
    outstanding = explaining.outstanding(return_.commentary for return_ in returns)
    quarters = list(Round.objects.order_by("quarter").values_list("quarter", flat=True))
    without = [
        _out(r, places, leads[r.indicator_id, Lead.Duty.DATA], comments.get(r.pk), on)
        for r in returns
        if r.is_awaited or r.status == Return.Status.MISSING
    ]
    return Board(
        round=round_,
        work=count(round_, returns, outstanding, on),
        organisations=_completeness(returns, round_.quarter),
        out=tuple(sorted((row for row in without if row.return_.is_awaited), key=_urgency)),
        missing=tuple(row for row in without if not row.return_.is_awaited),
        to_verify=_with_boxes(
            _to_verify(r, places, figures[r.pk][-1], earlier[r.indicator_id], verifiers, user)
            for r in returns
            if r.status == Return.Status.SUBMITTED
        ),
        words_out=tuple(
            _words_out(r, places, leads[r.indicator_id, Lead.Duty.COMMENTARY], outstanding.get(r.commentary.pk), on)
            for r in returns
            if r.commentary.is_awaited or r.commentary.pk in outstanding
        ),
        verified=tuple(
            _settled(r, places, figures[r.pk], leads[r.indicator_id, Lead.Duty.COMMENTARY], outstanding, on)
            for r in returns
            if r.status == Return.Status.VERIFIED
        ),
        earlier=max((quarter for quarter in quarters if quarter < round_.quarter), default=None),
        later=min((quarter for quarter in quarters if quarter > round_.quarter), default=None),
    )


def _urgency(row: Out) -> tuple[int, dt.date]:
    """Late ones first, then what was sent back, then what is due."""
    return {"Overdue": 0, "Sent back": 1}.get(row.state, 2), row.return_.due_on


def _chase(rows: Iterable[Out | WordsOut], round_: Round, what: str) -> Chase | None:
    if round_.is_closed:
        return None
    people = {person.pk: person for row in rows if row.is_late for person in row.people if person.email}
    return Chase(tuple(people.values()), f"{round_.quarter}: {what}") if people else None


def _leads(returns: list[Return], on: dt.date) -> dict[tuple[int, str], list[User]]:
    found: dict[tuple[int, str], list[User]] = defaultdict(list)
    indicators = [return_.indicator_id for return_ in returns]
    for lead in Lead.objects.in_force(on).filter(indicator__in=indicators, user__is_active=True).select_related("user"):
        found[lead.indicator_id, lead.duty].append(lead.user)
    return found


def _figures(round_: Round, returns: list[Return]) -> tuple[dict[int, list[Figure]], dict[int, dict[Quarter, Figure]]]:
    """This round's figures by return, oldest first; and every earlier quarter's verified one by indicator and quarter."""
    people = ("supplied_by", "recorded_by", "verification__verified_by")
    this: dict[int, list[Figure]] = defaultdict(list)
    for figure in Figure.objects.standing().filter(for_return__in=returns).select_related(*people).in_order():
        this[figure.for_return_id].append(figure)
    earlier: dict[int, dict[Quarter, Figure]] = defaultdict(dict)
    before = Figure.objects.verified().filter(
        for_return__indicator__in=[return_.indicator_id for return_ in returns],
        for_return__round__quarter__lt=round_.quarter,
    )
    for figure in before.select_related("for_return__round").in_order():
        earlier[figure.for_return.indicator_id][figure.for_return.round.quarter] = figure
    return this, earlier


def _comments(returns: list[Return]) -> dict[int, SendBack]:
    back = SendBack.objects.filter(figure__for_return__in=returns).select_related("figure", "sent_by")
    return {each.figure.for_return_id: each for each in back}


def _completeness(returns: Iterable[Return], quarter: Quarter) -> tuple[Completeness, ...]:
    """Largest first."""
    marks: dict[str, list[str]] = defaultdict(list)
    for return_ in returns:
        marks[return_.indicator.owner.name_on(quarter.end)].append(MARKS.get(return_.status, "out"))
    rows = []
    for organisation, found in sorted(marks.items(), key=lambda item: (-len(item[1]), item[0])):
        in_ = sum(mark in ("verified", "to_verify") for mark in found)
        missing = found.count("missing")
        reason = (
            "" if not missing else ", with a reason" if missing == len(found) - in_ else f", {missing} with a reason"
        )
        ordered = tuple(sorted(found, key=ORDER.index))
        rows.append(Completeness(organisation, ordered, f"{in_} of {len(found)}{reason}"))
    return tuple(rows)


def _out(return_: Return, places: placing.Places, leads: list[User], back: SendBack | None, on: dt.date) -> Out:
    if return_.status == Return.Status.MISSING:
        late, note = str(return_.get_missing_reason_display()), return_.missing_note
        if return_.expected_on:
            note = f"{note} Expected {written.day_year(return_.expected_on)}".strip()
    else:
        again = " again" if return_.status == Return.Status.SENT_BACK else ""
        late = _how_late(return_.due_on, on) or f"Due{again} {written.day_year(return_.due_on)}"
        note = ""
        if return_.status == Return.Status.SENT_BACK and back:
            who = back.sent_by.name
            note = f"{who} asked: {back.comment}"
        elif return_.draft_saved_at and return_.draft_saved_by:
            note = f"Draft saved by {return_.draft_saved_by.name}"
    return Out(
        return_=return_,
        label=places.label(return_.indicator),
        reference=places.reference(return_.indicator) or return_.indicator.name,
        state=wording.state(return_, on),
        people=tuple(leads),
        organisation=return_.indicator.owner.name_on(return_.round.quarter.end),
        late=late,
        note=note,
        is_late=return_.is_overdue(on),
    )


def _words_out(
    return_: Return, places: placing.Places, writers: list[User], outstanding: Asked | None, on: dt.date
) -> WordsOut:
    commentary = return_.commentary
    late = _how_late(commentary.due_on, on) or f"Due {written.day_year(commentary.due_on)}"
    return WordsOut(
        commentary=commentary,
        return_=return_,
        label=places.label(return_.indicator),
        reference=places.reference(return_.indicator) or return_.indicator.name,
        state=explaining.OUTSTANDING if outstanding else wording.words_state(commentary, on),
        people=tuple(writers),
        organisation=return_.indicator.owner.name_on(return_.round.quarter.end),
        late=f"Sent without {outstanding.still(commentary)}" if outstanding else late,
        # What was sent and says too little is as late as what was not sent.
        is_late=commentary.due_on is not None and commentary.due_on < on,
        do="Complete it for them" if outstanding else "Write it for them",
    )


def _how_late(due_on: dt.date, on: dt.date) -> str:
    """ "3 working days late", "Late since 27 April 2018"; empty when not late."""
    late = wording.days_late(due_on, on)
    return f"{late} late" if late[:1].isdigit() else f"Late {late}" if late else ""


def _to_verify(
    return_: Return,
    places: placing.Places,
    figure: Figure,
    earlier: dict[Quarter, Figure],
    verifiers: eyes.Verifiers,
    user: User,
) -> ToVerify:
    quarter = return_.round.quarter
    last, year_ago = earlier.get(quarter.previous), earlier.get(quarter.year_ago)
    return ToVerify(
        return_=return_,
        label=places.label(return_.indicator),
        reference=places.reference(return_.indicator) or return_.indicator.name,
        figure=wording.value(figure),
        last=wording.value(last),
        last_difference=wording.difference(figure, last),
        year_ago=wording.value(year_ago),
        year_ago_difference=wording.difference(figure, year_ago),
        worth_a_look=worth_a_look(figure, earlier, return_.indicator),
        sent_by=_sent_by(figure, user),
        sent_on=figure.recorded_at,
        refusal=verifiers.refusal(figure, user),
    )


def _with_boxes(rows: Iterable[ToVerify]) -> tuple[ToVerify, ...]:
    """With the ids of their checkboxes, counted over those the reader may tick: an error leads to number 0."""
    numbers = itertools.count()
    return tuple(row if row.refusal else replace(row, box=f"id_verify_{next(numbers)}") for row in rows)


def worth_a_look(figure: Figure, earlier: dict[Quarter, Figure], indicator: Indicator) -> str:
    """Plain facts that make one look twice: provisional, restated, or beyond everything held before."""
    facts = []
    if figure.restates:
        facts.append(str(figure.get_restates_display()).split(":")[0])
    if figure.is_provisional:
        facts.append("Provisional")
    now = figure.numerator if indicator.is_count else wording.share(figure)
    known = [was.numerator if indicator.is_count else wording.share(was) for was in earlier.values()]
    before = [number for number in known if number is not None]
    if now is not None and len(before) >= 4:  # fewer say little
        if now < min(before):
            facts.append(f"Lowest since {min(earlier)}")
        elif now > max(before):
            facts.append(f"Highest since {min(earlier)}")
    return ". ".join(facts)


def _sent_by(figure: Figure, user: User) -> str:
    """ "Farida Begum", "You, for Tom Okafor"."""
    keyed = "You" if figure.recorded_by_id == user.pk else figure.recorded_by.name
    if figure.supplied_by_id == figure.recorded_by_id:
        return keyed
    return f"{keyed}, for {figure.supplied_by_name.split(',')[0]}"


def _settled(
    return_: Return,
    places: placing.Places,
    figures: list[Figure],
    writers: list[User],
    outstanding: Mapping[int, Asked],
    on: dt.date,
) -> Settled:
    figure = next(figure for figure in reversed(figures) if hasattr(figure, "verification"))
    commentary = return_.commentary
    if commentary.pk in outstanding:
        words = explaining.OUTSTANDING
    elif not commentary.is_awaited:
        words = wording.words_state(commentary, on)
    else:
        owed_by = f" from {', '.join(person.name for person in writers)}" if writers else ", nobody leads it"
        words = f"Due {written.day_year(commentary.due_on)}{owed_by}"
    verification = figure.verification
    return Settled(
        return_=return_,
        label=places.label(return_.indicator),
        reference=places.reference(return_.indicator) or return_.indicator.name,
        figure=wording.value(figure),
        verified_by=verification.verified_by.name,
        verified_on=verification.verified_at,
        words=words,
    )
