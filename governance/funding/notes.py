"""What stands beside the money in words: as it is printed, and what does not fit in it."""

from governance.funding.by_stream import StreamLine
from governance.funding.held import Held


def of(money: Held) -> list[tuple[str, str]]:
    """Each note with what it is about."""
    said = [note for line in money.streams for note in _of_stream(line)]
    said += [(str(one), one.note) for one in money.changes]
    said += [(one.name, one.note) for one in money.posts]
    return [(about, note) for about, note in said if note]


def _of_stream(line: StreamLine) -> list[tuple[str, str]]:
    """The stream's, those of its years, and those of its projects."""
    years = [(f"{line.stream}, {row.year}{f', {row.team}' if row.team else ''}", row.note) for row in line.rows]
    projects = [(one.project.name, one.project.note) for one in line.projects.lines]
    return [(line.stream.name, line.stream.note), *years, *projects]
