"""Labels pushed apart on one upright line, so that none covers another and all stay near what they name."""

from collections.abc import Sequence
from decimal import Decimal


def apart(wanted: Sequence[Decimal], first: int, *, least: Decimal, top: Decimal, bottom: Decimal) -> list[Decimal]:
    """Where labels stand that would like to stand at `wanted`, which is in their order from the top (ties in the order given).

    The one at index `first` keeps its place; those above it are pushed up and those below it down until `least` lies between
    neighbours. At an edge the whole row gives way. Where there isn't room for all they stand evenly, closer than `least`.
    """
    if not wanted:
        return []
    if len(wanted) > 1:
        least = min(least, (bottom - top) / (len(wanted) - 1))
    places = list(wanted)
    for index in range(first - 1, -1, -1):
        places[index] = min(places[index], places[index + 1] - least)
    for index in range(first + 1, len(places)):
        places[index] = max(places[index], places[index - 1] + least)
    edge = top
    for index, place in enumerate(places):
        places[index] = edge = max(place, edge)
        edge += least
    edge = bottom
    for index in range(len(places) - 1, -1, -1):
        places[index] = edge = min(places[index], edge)
        edge -= least
    return places
