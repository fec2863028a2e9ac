"""Restricted figures that somebody takes away in a file are kept track of. The log is further right on the map, and says here how it is told."""

from collections.abc import Callable

from accounts.models import User

Log = Callable[..., object]
_LOGS: list[Log] = []


def tell_to(log: Log) -> None:
    """Called with what was taken ("Figures of Domestic abuse"), the ending of its file ("csv") and by whom, before the file leaves."""
    if log not in _LOGS:
        _LOGS.append(log)


def tell(what: str, form: str, *, by: User) -> None:
    """Somebody takes a copy of figures that are restricted. What fails here keeps the file from leaving."""
    for log in _LOGS:
        log(what, form, by=by)
