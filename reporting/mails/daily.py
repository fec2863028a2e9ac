"""The day's digest, written when it is sent: from what is still owed then, never from what was owed when it was decided."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from accounts.models import Mail, Reminder
from governance import owing
from indicators import asking
from lib.owed import Owed
from reporting import digests


@outbox.stage("digest", "Reminder")
def digest(mail: Mail) -> outbox.Letter | None:
    """What this mail reminds of and is still owed, then what else is; nothing when all that it was to remind of is done."""
    on = timezone.localdate()
    everything = digests.owed(on)
    reminded = {(stage == digests.TEAM, thing, cycle) for stage, thing, cycle in _reminders(mail)}
    own = [item for item in everything if item.person_id == mail.to_id]
    own = asking.seen_by(mail.to, own)
    mine = [item for item in own if (False, item.thing, item.cycle) in reminded]
    team = [item for item in everything if (True, item.thing, item.cycle) in reminded and item.person_id != mail.to_id]
    team = asking.seen_by(mail.to, team)
    if not mine and not team:
        return None
    also = [item for item in own if item not in mine and digests.stage_of(item, on)]
    context = {
        "lines": [asking.line(item, on) for item in mine],
        "also": [asking.line(item, on) for item in also],
        "asks_figures": asking.asks_figures([*mine, *also]),
        "team": _of_others([item for item in team if not owing.is_nobodys(item)], on),
        "nobodys": [asking.line(item, on) for item in team if owing.is_nobodys(item)],
        "stands_in": asking.stands_in_for(mail.to, on) if mine or also else "",
        "home": settings.SITE_URL + reverse("reporting:home"),
        "title": subject(mine, team, on),
    }
    return outbox.Letter(context["title"], "emails/digest", context)


def subject(mine: list[Owed], team: list[Owed], on: dt.date) -> str:
    """What the reader owes; what others have owed for more than a week, and what nobody is named for, each thing once."""
    late = list({item.thing: item for item in team if not owing.is_nobodys(item)}.values())
    unnamed = [item for item in team if owing.is_nobodys(item)]
    parts = [asking.subject(mine, on)] if mine else []
    if late:
        of_others = " of others" if mine else ""
        parts.append(f"{asking.counted(late)}{of_others} late for more than a week")
    if unnamed:
        parts.append(f"{asking.counted(unnamed)} that nobody is named for")
    return ", ".join(parts)


def _reminders(mail: Mail) -> Iterable[tuple[str, str, str]]:
    return Reminder.objects.filter(mail=mail).values_list("stage", "thing", "cycle")


def _of_others(team: list[Owed], on: dt.date) -> list[asking.Line]:
    """Each thing once, with the names of all who owe it."""
    names = digests.names_of(team)
    owing: dict[str, list[Owed]] = defaultdict(list)
    for item in team:
        owing[item.thing].append(item)
    return [asking.line(some[0], on, ", ".join(names[item.person_id] for item in some)) for some in owing.values()]
