"""Who could be given more time in a quarter: its owners with returns that are still out."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.models import Organisation
from indicators import placing, wording
from indicators.models import Return, Round


@dataclass(frozen=True)
class Owed:
    """A return that is still out."""

    return_: Return
    label: str
    due: str  # "Overdue, due 27 April 2018. ..."


@dataclass(frozen=True)
class Owner:
    organisation: Organisation
    name: str  # as it was called in the quarter
    owed: tuple[Owed, ...]  # in the plan's order


def owners(round_: Round, on: dt.date) -> tuple[Owner, ...]:
    """Those who owe most first. Four queries."""
    out = Return.objects.filter(round=round_).awaited().select_related("indicator__owner", "round")
    places = placing.in_year(round_.quarter.year)
    found: dict[Organisation, list[Return]] = defaultdict(list)
    for return_ in sorted(
        out.prefetch_related("indicator__owner__names"), key=lambda return_: places.order(return_.indicator)
    ):
        found[return_.indicator.owner].append(return_)
    made = [
        Owner(
            owner,
            owner.name_on(round_.quarter.end),
            tuple(Owed(return_, places.label(return_.indicator), _due(return_, on)) for return_ in returns),
        )
        for owner, returns in found.items()
    ]
    return tuple(sorted(made, key=lambda owner: (-len(owner.owed), owner.name)))


@dataclass(frozen=True)
class Chosen:
    """Whom the page is about; `ticked`: the ids of the returns it was opened for, empty where it was opened for the owner."""

    owner: Owner
    ticked: tuple[int, ...]


def chosen(some: Sequence[Owner], asked: Mapping[str, str]) -> Chosen | None:
    """The owner named in the address, or the one of the return named there; the only one there is without being asked for. None: still to choose."""
    slug, pk = asked.get("owner"), asked.get("return")
    for owner in some:
        if slug is not None and owner.organisation.slug == slug:
            return Chosen(owner, ())
        for owed in owner.owed:
            if str(owed.return_.pk) == pk:
                return Chosen(owner, (owed.return_.pk,))
    return Chosen(some[0], ()) if len(some) == 1 and not slug and not pk else None


def _due(return_: Return, on: dt.date) -> str:
    """ "Overdue, due 27 April 2018. More time was given: ..."."""
    said = f"{wording.state(return_, on)}. {wording.due(return_.due_on, on)}"
    return f"{said} {wording.beside_due(return_)}".strip()
