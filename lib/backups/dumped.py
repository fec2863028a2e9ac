"""What both engines tell of a dump."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Dumped:
    """What a dump holds, read from the very moment that it shows."""

    server: str  # its version
    migrations: dict[str, list[str]]  # by app
    rows: dict[str, int]  # by table
    names: list[str]  # of files in storage
