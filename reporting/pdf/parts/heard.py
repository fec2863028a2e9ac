"""Consultations whose results are new: what people were asked and what came out, in the words of the public page."""

from dataclasses import dataclass

from lib.numerals import figure
from lib.written import day_year
from reporting.pdf.parts import said
from reporting.snapshots.shape import ConsultedPart, Snapshot


@dataclass(frozen=True)
class Consulted:
    title: str
    answered: str
    findings: tuple[str, ...]


@dataclass(frozen=True)
class HeardPage:
    consultations: tuple[Consulted, ...]
    nothing: str  # in their place


def build(snapshot: Snapshot) -> HeardPage:
    told = tuple(_consulted(one) for one in snapshot.consulted)
    return HeardPage(told, "" if told else "No consultation’s results are new.")


def _consulted(one: ConsultedPart) -> Consulted:
    people = "How many answered is not shown" if one.responses is None else f"{figure(one.responses)} answered"
    when = f"{people} from {day_year(one.opened_on)} to {day_year(one.closed_on)}."
    return Consulted(
        said.marked(one.title, one.is_sample), f"{when} Results published on {day_year(one.published_on)}.", one.said
    )
