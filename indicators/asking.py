"""What somebody owes, in the words of a mail that asks for it. The digest takes them for whatever other parts are owed too."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import Absence, User
from indicators import wording, work
from indicators.models import Commentary, Return, Round
from lib import written
from lib.owed import NOBODY, Owed

RETURN, COMMENTARY = "indicators.return", "indicators.commentary"
# What a thing is called when it is counted; what is not named here is a "thing to do".
NAMES = {RETURN: ("figure", "figures"), COMMENTARY: ("commentary", "commentaries")}
OTHER = ("thing to do", "things to do")


@dataclass(frozen=True)
class Line:
    """One thing in a mail: "Figure for B2 ...", "It is due on ...", the address to do it, and who owes it if not the reader."""

    what: str
    when: str
    url: str
    who: str = ""


def line(item: Owed, on: dt.date, who: str = "") -> Line:
    return Line(item.what, _when(item, on), settings.SITE_URL + item.url, who)


def _when(item: Owed, on: dt.date) -> str:
    if item.stage == "incomplete":
        return "It was sent, and its figure asks for more by now. The page says what."
    said = wording.due(item.due_on, on)
    return said.replace("due", "due again", 1) if item.stage == "sent_back" else said


def counted(items: Iterable[Owed]) -> str:
    """ "2 figures and 1 commentary"."""
    counts: dict[tuple[str, str], int] = {}
    for kind in sorted((item.thing.partition(":")[0] for item in items), key=_order):
        names = NAMES.get(kind, OTHER)
        counts[names] = counts.get(names, 0) + 1
    return written.listed([f"{count} {names[count != 1]}" for names, count in counts.items()])


def _order(kind: str) -> int:
    return list(NAMES).index(kind) if kind in NAMES else len(NAMES)


def subject(items: Sequence[Owed], on: dt.date) -> str:
    """ "2 figures due on Friday 27 April 2018", "1 figure late, 1 commentary due today": the most urgent first."""
    more = [item for item in items if item.stage == "incomplete"]
    plain = [item for item in items if item.stage != "incomplete"]
    late = [item for item in plain if item.due_on < on]
    today = [item for item in plain if item.due_on == on]
    coming = sorted(item for item in plain if item.due_on > on)
    parts = [f"{counted(late)} late"] if late else []
    parts += [f"{counted(today)} due today"] if today else []
    if coming:
        first, last = coming[0].due_on, coming[-1].due_on
        parts.append(f"{counted(coming)} due {'on' if first == last else 'by'} {written.day(last)}")
    parts += [f"{counted(more)} to complete"] if more else []
    return ", ".join(parts)


def asks_figures(items: Iterable[Owed]) -> bool:
    """Whether it says what to do where there is no figure."""
    return any(item.thing.startswith(f"{RETURN}:") for item in items)


def owed_in(round_: Round, on: dt.date) -> list[Owed]:
    """What anybody owes that day for this quarter, most urgent first."""
    things = things_of(round_)
    return [item for item in work.owed(on) if item.thing in things and item.person_id != NOBODY]


def things_of(round_: Round) -> set[str]:
    """What the log calls the returns and commentaries of this quarter. One query."""
    pairs = list(Return.objects.filter(round=round_).values_list("pk", "commentary__pk"))
    return {f"{RETURN}:{pk}" for pk, _ in pairs} | {f"{COMMENTARY}:{pk}" for _, pk in pairs}


def seen_by(person: User, items: Sequence[Owed]) -> list[Owed]:
    """Those this person may open: a restricted indicator is named to nobody else, in a mail neither. Two queries at most."""
    seen = {
        *_seen(RETURN, Return.objects.visible_to(person), items),
        *_seen(COMMENTARY, Commentary.objects.visible_to(person), items),
    }
    return [item for item in items if item.thing.partition(":")[0] not in NAMES or item.thing in seen]


def _seen(kind: str, visible: QuerySet, items: Sequence[Owed]) -> set[str]:
    asked = [int(pk) for of, _, pk in (item.thing.partition(":") for item in items) if of == kind]
    return {f"{kind}:{pk}" for pk in visible.filter(pk__in=asked).values_list("pk", flat=True)} if asked else set()


def stands_in_for(person: User, on: dt.date) -> str:
    """ "You stand in for Farida Begum until Friday 27 April 2018, so what they owe is here too."; empty for who stands in for nobody."""
    away = Absence.objects.in_force(on).filter(deputy=person).select_related("person")
    names = [f"{absence.person.name} until {written.day(absence.ends_on)}" for absence in away]
    return f"You stand in for {written.listed(names)}, so what they owe is here too." if names else ""
