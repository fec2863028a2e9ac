"""What stands beside the money in words: as it is printed, and what does not fit in it."""

from governance.funding.by_stream import StreamLine
from governance.funding.held import Held

Notes = list[tuple[str, str]]  # what it is about, and the note


def beside(money: Held) -> Notes:
    """Of streams and their years, growth and savings, and posts; a project's stand on its own page."""
    said = [note for line in money.streams for note in _of_stream(line)]
    said += [(str(one), one.note) for one in money.changes]
    said += [(one.name, one.note) for one in money.posts]
    return [(about, note) for about, note in said if note]


def every(money: Held) -> Notes:
    projects = [(line.project.name, line.project.note) for line in money.projects.lines]
    return [*beside(money), *((about, note) for about, note in projects if note)]


def _of_stream(line: StreamLine) -> Notes:
    years = [(f"{line.stream}, {row.year}{f', {row.team}' if row.team else ''}", row.note) for row in line.rows]
    return [(line.stream.name, line.stream.note), *years]
