"""The id of a chart, from which those of its title and description are made."""

import re

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def checked(id: str) -> str:
    """`id`, which may be empty. Raises ValueError when it could not stand in a list of ids."""
    if id and not _ID.fullmatch(id):
        raise ValueError(f"{id!r} can't be the id of a chart")
    return id
