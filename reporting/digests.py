"""The day's reminders: what every app says is owed, one digest for each person who has reached another stage of something."""

import datetime as dt
import itertools
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from accounts import actions, reviewing
from accounts.actions import ToRemind
from accounts.models import Mail, Reminder, RoleGrant, User
from consultation import owing as consulting
from consultation import retention
from governance import owing
from indicators import work
from lib import stages
from lib.owed import NOBODY, Owed
from reporting.clearing import owing as packs_owing
from reporting.formats import owing as formats_owing

log = logging.getLogger("job")

# Each app's list of what is owed on a day.
SOURCES: tuple[Callable[[dt.date], list[Owed]], ...] = (
    work.owed,
    owing.owed,
    consulting.owed,
    retention.owed,
    packs_owing.owed,
    reviewing.owed,
    formats_owing.owed,
)
TEAM = Reminder.Stage.COORDINATOR


@dataclass(frozen=True)
class Digest:
    """What one person is to be told that day, most urgent first."""

    person: User
    items: tuple[ToRemind, ...]


def owed(on: dt.date) -> list[Owed]:
    """Everything that somebody owes, most urgent first."""
    return sorted(itertools.chain.from_iterable(source(on) for source in SOURCES))


def was_told(item: Owed) -> bool:
    """Whether a mail of its own said when it is due: that of its sending-back."""
    return item.started.startswith("sent_back")


def stage_of(item: Owed, on: dt.date) -> str:
    """The stage at which its owner is reminded; empty while it is too early."""
    return stages.reached(item.due_on, on, was_told=was_told(item))


def due(on: dt.date) -> list[Digest]:
    """Who is to be reminded of what that day and has not been: nobody on a day off. A fixed number of queries."""
    if not stages.goes_out(on):
        return []
    everything = owed(on)
    found: dict[int, list[ToRemind]] = defaultdict(list)
    for item in everything:
        if item.person_id != NOBODY and (stage := stage_of(item, on)):
            found[item.person_id].append(ToRemind(item, stage))
    for person_id, items in _for_the_team(everything, on).items():
        found[person_id] += items
    told = _told(item for items in found.values() for item in items)
    done = set(Mail.objects.filter(stage="digest", cycle=str(on)).values_list("to", flat=True))
    people = User.objects.active().filter(pk__in=found).order_by("name", "pk")
    digests = (
        Digest(person, tuple(item for item in found[person.pk] if (person.pk, *item.key) not in told))
        for person in people
        if person.pk not in done
    )
    return [digest for digest in digests if digest.items]


def _for_the_team(everything: Iterable[Owed], on: dt.date) -> dict[int, list[ToRemind]]:
    """What others have owed for more than a week, and from its day what governance has nobody for: each thing once with whoever owes it, for
    every coordinator of that day."""
    coordinators = list(User.objects.holding(RoleGrant.Role.COORDINATOR, on).values_list("pk", flat=True))
    late: dict[str, list[Owed]] = defaultdict(list)
    for item in everything:
        if stages.team_is_told(item.due_on, on) or (owing.is_nobodys(item) and item.due_on <= on):
            late[item.thing].append(item)
    names = names_of(item for some in late.values() for item in some)
    return {
        coordinator: [
            ToRemind(some[0], TEAM, who(some, names))
            for some in late.values()
            if all(item.person_id != coordinator for item in some)
        ]
        for coordinator in coordinators
    }


def who(some: Sequence[Owed], names: Mapping[int, str]) -> str:
    """Everybody who owes one thing."""
    return "nobody is named" if owing.is_nobodys(some[0]) else ", ".join(names[item.person_id] for item in some)


def names_of(items: Iterable[Owed]) -> dict[int, str]:
    """Who owes these, by id; "nobody yet: name its lead" for NOBODY."""
    people = User.objects.filter(pk__in={item.person_id for item in items})
    return {NOBODY: "nobody yet: name its lead", **dict(people.values_list("pk", "name"))}


def _told(items: Iterable[ToRemind]) -> set[tuple[int, str, str, str]]:
    logged = Reminder.objects.about({item.owed.thing for item in items})
    return set(logged.values_list("person", "thing", "stage", "cycle"))


def send(*, on: dt.date, by: User | None) -> list[Mail]:
    """Put that day's digests into the outbox, each with its log. Safe to run twice. One that fails holds up none of the others."""
    mails = []
    for digest in due(on):
        try:
            mail = actions.remind(digest.person, digest.items, on=on, by=by)
        except Exception as error:
            log.error("The reminder of person=%s was not made", digest.person.pk, exc_info=error)
            continue
        if mail is not None:
            mails.append(mail)
    return mails
