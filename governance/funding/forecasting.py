"""The years of a project for which a forecast is given."""

from governance.funding.ledger import Line
from lib.quarters import Year

LONGEST = 12  # years that a project is shown for, however its days were typed


def years_of(line: Line) -> list[Year]:
    """Those of its days (or of its stream's, which are loaded with it), of what its money is split into, of what was spent and of what was forecast, oldest first.

    Where its last day is not known, the year after those is among them; without any of these, none are known and the list is empty.
    """
    project = line.project
    first, last = project.starts_on or project.stream.starts_on, project.last_day or project.stream.ends_on
    known = {*line.years, *line.forecasts, *(quarter.year for quarter in (*line.spent, *line.awaited))}
    known |= {Year.of(day) for day in (first, last) if day}
    if not known:
        return []
    ends = max(known) if last else max(known).next
    span = range(min(known).begins, ends.begins + 1)
    return [Year(begins) for begins in span][:LONGEST]
