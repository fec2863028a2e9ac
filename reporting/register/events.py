"""What happened in the register, for its feed: publications, reissues, addenda, withdrawals, removals, the newest first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from reporting.models import Pack
from reporting.register import addresses, records

MOST = 50  # events a feed holds


@dataclass(frozen=True)
class Event:
    """`key` tells it from every other for good: readers of the feed show each once."""

    key: str
    title: str
    words: str
    at: dt.datetime
    url: str


def events(packs: Iterable[Pack]) -> list[Event]:
    """Of packs that are public at a moment, from `records.read`."""
    every = [event for pack in packs for event in _of(pack)]
    return sorted(every, key=lambda event: event.at, reverse=True)[:MOST]


def _of(pack: Pack) -> Iterable[Event]:
    url, name = addresses.address(pack), f"{records.title(pack)}, {pack.number}"
    begun = records.shown_from(pack)
    withdrawn = pack.withdrawn_at
    if withdrawn is None or withdrawn >= begun:
        yield Event(f"{url}#published", name, _published(pack), begun, url)
    if withdrawn is not None:
        yield Event(
            f"{url}#withdrawn",
            f"Withdrawn: {name}",
            f"Why: {pack.withdrawn_because}",
            max(withdrawn, begun),
            url,
        )
    if pack.removed_at is not None:
        yield Event(f"{url}#removed", f"Removed: {name}", records.removal(pack), max(pack.removed_at, begun), url)


def _published(pack: Pack) -> str:
    if pack.supersedes:
        wrong = records.erratum(pack)
        return f"It takes the place of {pack.supersedes.number}.{f' What was wrong: {wrong}' if wrong else ''}"
    if pack.kind == Pack.Kind.ADDENDUM:
        return "It brings figures that came after the report was issued."
    return "The report has been published."
