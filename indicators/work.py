"""What the quarter's collection wants of whom: for the home page, "my returns", reminders and the digest."""

import datetime as dt
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from accounts import unsent
from accounts.models import RoleGrant, User
from indicators import deputies, explaining, wording
from indicators.doing import Doer, doing
from indicators.explaining import Asked
from indicators.models import Commentary, Figure, Lead, Return, Round, SendBack, Withdrawal
from indicators.placing import Places, in_years
from lib.govuk_tags import in_words
from lib.owed import NOBODY, Owed
from lib.quarters import Quarter


@dataclass(frozen=True)
class Quote:
    """What the partnership team said when it sent a figure back."""

    text: str
    by: str
    on: dt.datetime


@dataclass(frozen=True)
class Todo:
    """One thing that waits for this person, as the list "What needs you now" shows it."""

    reference: str
    name: str
    quarter: Quarter
    state: str  # "Overdue", "Sent back", "Due", "Draft"
    why: str  # "It was due on Friday 27 April 2018, 3 working days ago."
    quote: Quote | None
    do: str  # the words on the button: "Give the figure"
    url: str
    due_on: dt.date


@dataclass(frozen=True)
class Sent:
    """A return this person leads and has dealt with."""

    reference: str
    name: str
    quarter: Quarter
    figure: str  # "4,207", or empty when there is none
    sent_on: dt.datetime | None
    state: str  # "Not yet verified", "Verified", "Missing"
    url: str
    note: str  # "from Tom Okafor", or the reason why there is none


@dataclass(frozen=True)
class PersonalWork:
    """All that one person owes and has sent, most urgent first."""

    figures: tuple[Todo, ...]
    words: tuple[Todo, ...]
    sent: tuple[Sent, ...]
    rounds: tuple[Round, ...]  # the open rounds, latest quarter first

    @property
    def todos(self) -> tuple[Todo, ...]:
        """Figures first: words never hold them up."""
        return self.figures + self.words

    @property
    def lede(self) -> str:
        """ "Two returns for 2017-18 Q4 (January to March 2018). Each takes about two minutes."; empty when nothing is owed."""
        count = len(self.words)
        commentary = f"{in_words(count).capitalize()} commentar{'y' if count == 1 else 'ies'} to write" if count else ""
        if not self.figures:
            return f"{commentary}." if commentary else ""
        quarters = sorted({todo.quarter for todo in self.figures}, reverse=True)
        what = f"{in_words(len(self.figures)).capitalize()} return{'' if len(self.figures) == 1 else 's'}"
        when = f"{quarters[0]} ({quarters[0].months})" if len(quarters) == 1 else f"{len(quarters)} quarters"
        said = f"{what} for {when}. {'It' if len(self.figures) == 1 else 'Each'} takes about two minutes."
        return f"{said} {commentary} as well." if commentary else said


def askable(returns: QuerySet[Return], on: dt.date) -> list[Return]:
    """Those that can still be given, with their round and indicator: the round is open, they stay open longer, or a verified figure is being restated."""
    restating = Exists(Figure.objects.verified().filter(for_return=OuterRef("pk")))
    some = returns.select_related("round", "indicator").annotate(is_restating=restating)
    return [one for one in some if not one.round.is_closed or one.is_restating or one.stays_open(on)]


def for_person(user: User, on: dt.date) -> PersonalWork:
    """What this person leads: owed, and sent for the open rounds. The number of queries does not grow with the returns."""
    rounds = tuple(Round.objects.open())
    mine = Return.objects.visible_to(user).owed_by(user, on).select_related("round", "indicator")
    awaited = askable(mine.awaited(), on)
    sent = list(mine.exclude(status__in=Return.AWAITED).filter(round__in=rounds))
    theirs = list(
        Commentary.objects.visible_to(user)
        .owed_by(user, on)
        .filter(for_return__round__in=rounds, due_on__isnull=False)
        .select_related("for_return__round", "for_return__indicator")
    )
    outstanding = explaining.outstanding(theirs)
    words = [word for word in theirs if word.is_awaited or word.pk in outstanding]
    years = {item.round.quarter.year for item in (*awaited, *sent, *(word.for_return for word in words))}
    places = in_years(sorted(years))
    latest = latest_figures([*awaited, *sent])
    quotes = _quotes(awaited)
    typed, for_whom = unsent.things(user), deputies.whose(user, on)
    return PersonalWork(
        figures=_sorted(
            _noted(
                _to_give(r, places[r.round.quarter.year], latest.get(r.pk), quotes.get(r.pk), on), r, typed, for_whom
            )
            for r in awaited
        ),
        words=_sorted(
            _noted(_to_write(w, places[w.for_return.round.quarter.year], outstanding.get(w.pk), on), w, typed, for_whom)
            for w in words
        ),
        sent=tuple(_sent(r, places[r.round.quarter.year], latest.get(r.pk)) for r in sent),
        rounds=rounds,
    )


def of_colleagues(user: User, on: dt.date) -> tuple[Todo, ...]:
    """What the organisation's other indicators still want for the open rounds; a colleague may give it too."""
    if not user.has_role(RoleGrant.Role.DATA_LEAD) or user.organisation_id is None:
        return ()
    leads = Lead.objects.held_by(user, on).filter(duty=Lead.Duty.DATA)
    theirs = (
        Return.objects.visible_to(user)
        .awaited()
        .filter(indicator__owner=user.organisation_id, indicator__is_restricted=False, round__closed_at__isnull=True)
        .exclude(indicator__in=leads.values("indicator"))
        .select_related("round", "indicator")
    )
    returns = list(theirs)
    places = in_years(sorted({return_.round.quarter.year for return_ in returns}))
    latest = latest_figures(returns)
    return _sorted(_to_give(r, places[r.round.quarter.year], latest.get(r.pk), None, on) for r in returns)


def latest_figures(returns: Iterable[Return]) -> dict[int, Figure]:
    """The latest figure of each return, verified or not, by return id. One query."""
    figures = Figure.objects.standing().filter(for_return__in=list(returns)).latest_each()
    return {
        figure.for_return_id: figure for figure in figures.select_related("supplied_by", "recorded_by", "verification")
    }


def owed(on: dt.date) -> list[Owed]:
    """Every figure and commentary owed on that day, once per person who leads it or stands in for them, most urgent first; by NOBODY where
    no one does."""
    doers = doing(on)
    returns = askable(Return.objects.awaited(), on)
    anew = _sent_back_as(returns) | _taken_back_as(returns)
    open_words = Commentary.objects.filter(for_return__round__closed_at__isnull=True)
    words = open_words.awaited().select_related("for_return__round", "for_return__indicator")
    places = in_years(sorted({round_.quarter.year for round_ in Round.objects.all()}))
    found = []
    for return_ in returns:
        brief = places[return_.round.quarter.year].brief(return_.indicator)
        stage = "sent_back" if return_.status == Return.Status.SENT_BACK else _stage(return_.due_on, on)
        for person in _ids(doers[return_.indicator_id, Lead.Duty.DATA]):
            thing, what = f"indicators.return:{return_.pk}", f"{_asked(return_, brief)}, {return_.round}"
            args = ("indicators:return-edit", (return_.pk,), anew.get(return_.pk, ""))
            found.append(Owed(return_.due_on, person, thing, stage, what, *args))
    incomplete = _incomplete(open_words)
    for word in [*words, *incomplete]:
        return_ = word.for_return
        brief = places[return_.round.quarter.year].brief(return_.indicator)
        for person in _ids(doers[return_.indicator_id, Lead.Duty.COMMENTARY]):
            thing, what = f"indicators.commentary:{word.pk}", f"Commentary on {brief}, {return_.round}"
            # Words that were sent and say too little by now are owed anew, with every sending of their own.
            again = f"incomplete:{word.version}" if word in incomplete else ""
            stage = "incomplete" if again else _stage(word.due_on, on)
            args = ("indicators:commentary-edit", (word.pk,), again)
            found.append(Owed(word.due_on, person, thing, stage, what, *args))
    return sorted(found)


def _asked(return_: Return, brief: str) -> str:
    """ "Figure for B2 Domestic abuse reports", "Spend of Prison Exit Team"."""
    indicator = return_.indicator
    return f"Spend of {wording.spent_on(indicator)}" if indicator.is_spend else f"Figure for {brief}"


def _ids(doers: Iterable[Doer]) -> list[int]:
    return [doer.user.pk for doer in doers] or [NOBODY]


def _sent_back_as(returns: Iterable[Return]) -> dict[int, str]:
    """What began each of these anew, by return id: the latest sending-back, where it is due again for that. One query."""
    again = [return_.pk for return_ in returns if return_.status == Return.Status.SENT_BACK]
    latest = SendBack.objects.filter(figure__for_return__in=again).order_by("sent_at", "pk")
    return {of: f"sent_back:{pk}" for of, pk in latest.values_list("figure__for_return", "pk")}


def _taken_back_as(returns: Iterable[Return]) -> dict[int, str]:
    """The same of those whose latest figure was taken back with its upload, so that it is awaited once more. One query."""
    among = [return_.pk for return_ in returns]
    newer = Figure.objects.filter(for_return=OuterRef("figure__for_return"), pk__gt=OuterRef("figure"))
    latest = Withdrawal.objects.filter(~Exists(newer), figure__for_return__in=among)
    return {of: f"taken_back:{pk}" for of, pk in latest.values_list("figure__for_return", "pk")}


def _incomplete(words: QuerySet[Commentary]) -> list[Commentary]:
    """Words that were sent and say less than their figure asks for by now: it was restated, or a target was agreed since."""
    sent = words.filter(status=Commentary.Status.SENT, due_on__isnull=False)
    every = list(sent.select_related("for_return__round", "for_return__indicator"))
    lacking = explaining.outstanding(every)
    return [word for word in every if word.pk in lacking]


def _stage(due_on: dt.date, on: dt.date) -> str:
    return "overdue" if due_on < on else "due"


def _sorted(todos: Iterable[Todo]) -> tuple[Todo, ...]:
    return tuple(sorted(todos, key=lambda todo: (todo.due_on, todo.reference, todo.name)))


def _noted(
    todo: Todo, record: Return | Commentary, typed: Container[str], for_whom: Mapping[tuple[int, str], str]
) -> Todo:
    """With a word about for whom a deputy does it, and about what they typed into its form and didn't send."""
    if isinstance(record, Return):
        whose = for_whom.get((record.indicator_id, Lead.Duty.DATA), "")
    else:
        whose = for_whom.get((record.for_return.indicator_id, Lead.Duty.COMMENTARY), "")
    kept = "What you typed is kept and has not been sent." if unsent.thing(record) in typed else ""
    return replace(todo, why=" ".join(said for said in (todo.why, whose, kept) if said))


def _to_give(return_: Return, places: Places, latest: Figure | None, quote: Quote | None, on: dt.date) -> Todo:
    sent_back = return_.status == Return.Status.SENT_BACK
    if sent_back:
        why = f"{wording.due(return_.due_on, on).replace('due', 'due again', 1)} Your figure of {wording.value(latest)} is kept."
    elif return_.status == Return.Status.DRAFT:
        why = f"{wording.due(return_.due_on, on)} A draft is saved."
    else:
        why = wording.due(return_.due_on, on)
    why = f"{why} {wording.beside_due(return_)}".strip()
    return Todo(
        reference=places.reference(return_.indicator),
        name=return_.indicator.name,
        quarter=return_.round.quarter,
        state=wording.state(return_, on),
        why=why,
        quote=quote if sent_back else None,
        do="Change and send" if sent_back else "Give the figure",
        url=reverse("indicators:return-edit", args=[return_.pk]),
        due_on=return_.due_on,
    )


def _to_write(word: Commentary, places: Places, outstanding: Asked | None, on: dt.date) -> Todo:
    """`outstanding`: what words that were sent are still asked to say."""
    return_ = word.for_return
    return Todo(
        reference=places.reference(return_.indicator),
        name=f"Commentary: {return_.indicator.name}",
        quarter=return_.round.quarter,
        state=explaining.OUTSTANDING if outstanding else wording.words_state(word, on),
        why=outstanding.more(word) if outstanding else wording.due(word.due_on, on),
        quote=None,
        do="Complete the commentary" if outstanding else "Write the commentary",
        url=word.get_absolute_url(),
        due_on=word.due_on,
    )


def _sent(return_: Return, places: Places, latest: Figure | None) -> Sent:
    missing = return_.status == Return.Status.MISSING
    note = return_.get_missing_reason_display() if missing else ""
    if latest and not missing and latest.supplied_by_id != latest.recorded_by_id:
        note = f"from {latest.supplied_by_name}"
    return Sent(
        reference=places.reference(return_.indicator),
        name=return_.indicator.name,
        quarter=return_.round.quarter,
        figure="" if missing else wording.value(latest),
        sent_on=None if missing else return_.submitted_at,
        state=str(return_.get_status_display()),
        url=return_.get_absolute_url(),
        note=str(note),
    )


def _quotes(returns: list[Return]) -> dict[int, Quote]:
    """The latest words with which each of these was sent back, by return id. One query."""
    back = SendBack.objects.filter(figure__for_return__in=returns).select_related("figure", "sent_by")
    return {
        each.figure.for_return_id: Quote(each.comment, each.sent_by.label, each.sent_at)
        for each in back.order_by("sent_at")
    }
