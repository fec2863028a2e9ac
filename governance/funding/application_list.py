"""Applications for money as their list shows them: what waits first, then drafts, then what has been decided or withdrawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from governance.funding import sums
from governance.funding.sums import Total
from governance.models import FundingApplication
from lib.written import capitalised, day_year, in_words, pounds

State = FundingApplication.State
# In the order of the list, with the heading of each part.
PARTS = (
    (State.SUBMITTED, "Waiting for the CSP Executive’s decision"),
    (State.DRAFT, "Drafts"),
    (State.AGREED, "Agreed"),
    (State.DECLINED, "Declined"),
    (State.WITHDRAWN, "Withdrawn"),
)


@dataclass(frozen=True)
class Line:
    application: FundingApplication
    asked: Total
    agreed: Decimal | None  # None while nothing is agreed

    @property
    def stands(self) -> str:
        """ "Submitted on 20 April 2017", "Agreed on 25 May 2017; no project yet"."""
        one = self.application
        if one.is_draft:
            return f"Drafted by {one.drafted_by.name}"
        if one.is_submitted:
            return f"Submitted on {day_year(one.submitted_at)}"
        if one.state == State.WITHDRAWN:
            return f"Withdrawn on {day_year(one.withdrawn_at)}"
        said = f"{one.get_state_display()} on {day_year(one.decided_on)}"
        return f"{said}; not a project yet" if one.is_agreed and not hasattr(one, "project") else said


@dataclass(frozen=True)
class Part:
    state: str
    heading: str
    lines: tuple[Line, ...]

    @property
    def word(self) -> str:
        """In a row of links."""
        return "Waiting" if self.state == State.SUBMITTED else self.heading


def loaded(applications: QuerySet[FundingApplication]) -> QuerySet[FundingApplication]:
    """With all that a line shows, in two queries however many there are."""
    return applications.select_related("body", "stream", "drafted_by", "project").prefetch_related("years")


def line(application: FundingApplication) -> Line:
    """Needs its years."""
    years = list(application.years.all())
    agreed = sums.add(row.agreed for row in years).amount
    return Line(application, sums.add(row.amount for row in years), agreed)


def parts(applications: Iterable[FundingApplication]) -> list[Part]:
    """What waits longest leads; of the others the latest do. Parts without any are left out."""
    lines = [line(one) for one in applications]
    found = []
    for state, heading in PARTS:
        own = [one for one in lines if one.application.state == state]
        if own:
            found.append(Part(state, heading, tuple(_in_order(own, state))))
    return found


def lede(found: Sequence[Part]) -> str:
    """ "Two applications wait for the CSP Executive’s decision: £22,000 is asked for"."""
    waiting = next((part.lines for part in found if part.state == State.SUBMITTED), ())
    if not waiting:
        return "No application waits for the CSP Executive’s decision."
    asked = pounds(sums.add(one.asked.known for one in waiting).known)
    if len(waiting) == 1:
        return f"One application waits for the CSP Executive’s decision: {asked} is asked for."
    many = capitalised(in_words(len(waiting)))
    return f"{many} applications wait for the CSP Executive’s decision: {asked} is asked for in all."


def _in_order(lines: list[Line], state: str) -> list[Line]:
    if state == State.SUBMITTED:
        return sorted(lines, key=lambda one: (one.application.submitted_at, one.application.pk))
    key = {State.AGREED: "decided_on", State.DECLINED: "decided_on", State.WITHDRAWN: "withdrawn_at"}.get(
        State(state), "drafted_at"
    )
    return sorted(lines, key=lambda one: (getattr(one.application, key), one.application.pk), reverse=True)
