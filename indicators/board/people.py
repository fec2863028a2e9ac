"""Who owes something for the quarter, how late, and when they were last reminded of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.utils import timezone

from accounts.models import Mail, Reminder, User
from indicators.asking import COMMENTARY, RETURN
from indicators.board.out import Out, WordsOut, how_late, when_head
from indicators.doing import Doer
from indicators.models import Round
from lib import written


@dataclass(frozen=True)
class Owing:
    """One person with all they owe for the quarter."""

    person: User
    notes: tuple[str, ...]  # "for Farida Begum, away until 27 April 2018"
    what: str  # "2 figures and 1 commentary"
    late: str  # "3 working days late", "Due 8 May 2018"
    is_late: bool
    reminded: str  # "4 May 2018, 07:30", "Farida Begum was reminded today at 10:12"; empty when nothing was said yet
    may_be_reminded: bool  # not a second time on one day

    @property
    def remind_words(self) -> str:
        return f"Remind {self.person.name}"


@dataclass(frozen=True)
class People:
    """All who owe something, the latest first."""

    owing: tuple[Owing, ...]
    round: Round

    @property
    def heading(self) -> str:
        """ "Who owes something: 5 people, 2 of them late"."""
        count, late = len(self.owing), len(self.late)
        some = f"{count} {'person' if count == 1 else 'people'}"
        if not late:
            return f"Who owes something: {some}"
        return f"Who owes something: {some}, {late} of them late" if count > 1 else f"Who owes something: {some}, late"

    @property
    def late(self) -> tuple[Owing, ...]:
        return tuple(one for one in self.owing if one.is_late)

    @property
    def when(self) -> str:
        return when_head(self.owing)

    @property
    def to_remind(self) -> tuple[Owing, ...]:
        """Those whom one press reminds: late, and not reminded today."""
        return tuple(one for one in self.late if one.may_be_reminded)

    @property
    def remind_words(self) -> str:
        """ "Remind the 2 who are late", "Remind Farida Begum, who is late"; empty when there is nobody to remind."""
        some = self.to_remind
        if not some:
            return ""
        return (
            f"Remind {some[0].person.name}, who is late" if len(some) == 1 else f"Remind the {len(some)} who are late"
        )

    @property
    def write_words(self) -> str:
        """What stands on `mail_to`."""
        return f"Write to the {'one who is' if len(self.late) == 1 else f'{len(self.late)} who are'} late yourself"

    @property
    def mail_to(self) -> str:
        """The address of a mail of one's own to everybody who is late: they don't see each other's addresses. Empty for nobody."""
        to = ",".join(quote(one.person.email, safe="@") for one in self.late if one.person.email)
        return f"mailto:?bcc={to}&subject={quote(str(self.round))}" if to else ""


@dataclass(frozen=True)
class _Thing:
    thing: str  # as the log of reminders calls it
    is_figure: bool
    due_on: dt.date
    is_late: bool


def people(round_: Round, out: Iterable[Out], words: Iterable[WordsOut], on: dt.date) -> People:
    """One query, for the reminders."""
    doers: dict[int, list[Doer]] = defaultdict(list)
    things: dict[int, list[_Thing]] = defaultdict(list)
    rows = [(row.people, _figure(row)) for row in out if row.can_be_given]
    rows += [(row.people, _words(row)) for row in words if row.is_asked_for]
    for who, thing in rows:
        for doer in who:
            doers[doer.user.pk].append(doer)
            things[doer.user.pk].append(thing)
    last = _reminders(things)
    owing = [_owing(doers[pk], some, last.get(pk, []), on) for pk, some in things.items()]
    first = {one.person.pk: min(thing.due_on for thing in things[one.person.pk]) for one in owing}
    return People(tuple(sorted(owing, key=lambda one: (first[one.person.pk], one.person.name))), round_)


def _figure(row: Out) -> _Thing:
    return _Thing(f"{RETURN}:{row.return_.pk}", True, row.return_.due_on, row.is_late)


def _words(row: WordsOut) -> _Thing:
    return _Thing(f"{COMMENTARY}:{row.commentary.pk}", False, row.commentary.due_on, row.is_late)


def _reminders(things: dict[int, list[_Thing]]) -> dict[int, list[Reminder]]:
    """By person, the latest first: what they were told of the things they owe. One query, none where nothing is owed."""
    owed = {thing.thing for some in things.values() for thing in some}
    if not owed:
        return {}
    logged = Reminder.objects.of_the_owner().about(owed).filter(person__in=list(things))
    found: dict[int, list[Reminder]] = defaultdict(list)
    for reminder in logged.select_related("mail").order_by("-made_at", "-pk"):
        if reminder.thing in {thing.thing for thing in things[reminder.person_id]}:
            found[reminder.person_id].append(reminder)
    return found


def _owing(doers: Sequence[Doer], things: Sequence[_Thing], reminders: Sequence[Reminder], on: dt.date) -> Owing:
    person = doers[0].user
    figures = sum(thing.is_figure for thing in things)
    words = len(things) - figures
    parts = [f"{figures} figure{'' if figures == 1 else 's'}"] if figures else []
    parts += [f"{words} commentar{'y' if words == 1 else 'ies'}"] if words else []
    first = min(thing.due_on for thing in things)
    return Owing(
        person=person,
        notes=tuple(dict.fromkeys(doer.note for doer in doers if doer.note)),
        what=written.listed(parts),
        late=how_late(first, on) or f"Due {written.day_year(first)}",
        is_late=any(thing.is_late for thing in things),
        reminded=_reminded(person, reminders, on),
        may_be_reminded=not any(_counts_for(reminder, on) for reminder in reminders),
    )


def _counts_for(reminder: Reminder, on: dt.date) -> bool:
    """Whether it keeps another one from going out that day: by hand whatever became of it, or in a mail that went or is on its way."""
    on_its_way = reminder.mail.state in (Mail.State.WAITING, Mail.State.SENT)
    return reminder.on == on and (on_its_way or reminder.stage == Reminder.Stage.BY_HAND)


def _reminded(person: User, reminders: Sequence[Reminder], on: dt.date) -> str:
    latest = next((one for one in reminders if one.mail.state != Mail.State.DROPPED), None)
    if latest is None:
        return ""
    if latest.mail.failure and latest.mail.state != Mail.State.SENT:
        again = "; it is tried again by itself" if latest.mail.state == Mail.State.WAITING else ""
        return f"The mail to {person.name} could not be sent: {latest.mail.failure}{again}"
    at = latest.mail.sent_at or latest.made_at
    if timezone.localdate(at) == on:
        return f"{person.name} was reminded today at {written.clock(at)}"
    return written.moment(at)
