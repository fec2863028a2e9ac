"""What a project returns to its funder for one quarter, filled in from what is held. Nothing is retyped and nothing made up: what is not known is said."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance.funding import ledger, moved, outputs, spending
from governance.funding.ledger import Line
from governance.funding.moved import Moved
from governance.funding.outputs import OutputLine
from governance.funding.spending import Spent
from governance.models import Action, Forecast, FunderReport, Project, Update
from indicators.models import Figure
from lib.govuk import Row
from lib.numerals import figure, pence, pounds
from lib.quarters import Quarter, Year
from lib.written import day_year


@dataclass(frozen=True)
class Told:
    """What is said of one action: by the last agreed update up to the quarter; `words` is the last that says more than "no change"."""

    action: Action
    update: Update | None
    words: Update | None


@dataclass(frozen=True)
class Restated:
    """A quarter of which the last report said something else. `was` is None where it was awaited then."""

    quarter: Quarter
    was: Decimal | None
    now: Decimal
    why: str

    @property
    def sentence(self) -> str:
        if self.was is None:
            return f"{self.quarter} was awaited then. It is {pence(self.now)}."
        return f"{self.quarter} was {pence(self.was)}. It is {pence(self.now)}{f': {self.why}' if self.why else '.'}"


@dataclass(frozen=True)
class FunderReturn:
    """Amounts are verified ones, to the penny, up to the quarter. None is "not known"."""

    project: Project
    quarter: Quarter
    on: dt.date
    line: Line
    spent: tuple[Spent, ...]
    forecast: Forecast | None  # of the quarter's year
    outputs: tuple[OutputLine, ...]
    told: tuple[Told, ...]
    moved: tuple[Moved, ...]
    last_report: FunderReport | None  # that was sent and tells about this quarter or an earlier one
    restated: tuple[Restated, ...]
    report: FunderReport | None  # that this return is for

    @property
    def money_of_the_year(self) -> Decimal | None:
        return self.line.money_in(self.quarter.year)

    @property
    def spent_in_the_year(self) -> Decimal | None:
        return self.line.spent_in(self.quarter.year)

    @property
    def variance(self) -> Decimal | None:
        return self.line.variance_in(self.quarter.year)

    def left_out(self, year: Year | None = None) -> str:
        """What the spend of a year, or of all of them, lacks: "without Q4"."""
        return spending.left_out(spending.awaited(self.spent), year)

    @property
    def how_many(self) -> str:
        return spending.how_many(self.spent)

    @property
    def is_sample(self) -> bool:
        return self.project.is_sample or self.project.has_sample_parts

    @property
    def file_name(self) -> str:
        return f"{'sample-' if self.is_sample else ''}return-{self.project.slug}-{self.quarter.slug}.xlsx"


def gather(project: Project, quarter: Quarter, user: User, on: dt.date) -> FunderReturn:
    """As it is known now and as this person may see it. `project` with stream and spend loaded. The number of queries is fixed."""
    (line,) = ledger.lines([project], until=quarter)
    spent = tuple(one for one in spending.quarters(project, user, on) if one.quarter <= quarter)
    reports = list(project.funder_reports.all())
    last = _last(reports, quarter)
    return FunderReturn(
        project=project,
        quarter=quarter,
        on=on,
        line=line,
        spent=spent,
        forecast=line.forecasts.get(quarter.year),
        outputs=tuple(outputs.lines(project.outputs.filter(ended_because=""), quarter)),
        told=_told(project, quarter, user),
        moved=moved.gather(project, user, quarter),
        last_report=last,
        restated=_restated(project, line, last) if last else (),
        report=next((one for one in reports if one.until_quarter == quarter and one.is_open), None),
    )


def is_about_something(project: Project, quarter: Quarter, on: dt.date) -> bool:
    """Whether there can be a return for a quarter: it has begun, and the project with it."""
    return quarter.start <= on and (project.starts_on is None or project.starts_on <= quarter.end)


def _last(reports: Sequence[FunderReport], quarter: Quarter) -> FunderReport | None:
    sent = [one for one in reports if one.sent_on and one.until_quarter <= quarter]
    return max(sent, key=lambda one: (one.sent_on, one.due_on), default=None)


def _restated(project: Project, line: Line, last: FunderReport) -> tuple[Restated, ...]:
    """What was verified since the last report about the quarters that it told of."""
    (then,) = ledger.lines([project], as_at=_moment(last), until=last.until_quarter)
    changed = {
        quarter: amount
        for quarter, amount in line.spent.items()
        if quarter <= last.until_quarter and then.spent.get(quarter) != amount
    }
    why = _reasons(project, changed) if changed else {}
    return tuple(
        Restated(quarter, then.spent.get(quarter), changed[quarter], why.get(quarter, ""))
        for quarter in sorted(changed)
    )


def _moment(report: FunderReport) -> dt.datetime:
    """Until when what was verified is in it: the end of the day on which it was sent, or the moment at which that was said, if earlier."""
    assert report.sent_on is not None
    ends = timezone.make_aware(dt.datetime.combine(report.sent_on + dt.timedelta(days=1), dt.time.min))
    said = audit.history(report).filter(kind="funder_report_sent").values_list("at", flat=True).first()
    return min(ends, said) if said else ends


def _reasons(project: Project, changed: dict[Quarter, Decimal]) -> dict[Quarter, str]:
    """Why the amount that stands took another's place. One query."""
    standing = Figure.objects.verified().filter(for_return__indicator=project.spend_id).latest_each()
    rows = standing.filter(for_return__round__quarter__in=list(changed)).exclude(restated_because="")
    return {
        quarter: why.rstrip(".") + "."
        for quarter, why in rows.values_list("for_return__round__quarter", "restated_because")
    }


def _told(project: Project, quarter: Quarter, user: User) -> tuple[Told, ...]:
    """The actions that the project's application was to pay for, as far as they are in sight, with their agreed updates. Two queries."""
    if project.application_id is None:
        return ()
    actions = list(
        Action.objects.visible_to(user)
        .filter(funding_applications=project.application_id)
        .select_related("delivery_plan__body")
        .distinct()
        .in_order()
    )
    agreed: dict[int, list[Update]] = defaultdict(list)
    for update in Update.objects.agreed().filter(action__in=actions, quarter__lte=quarter).order_by("quarter"):
        agreed[update.action_id].append(update)
    return tuple(_of(action, agreed[action.pk]) for action in actions)


def _of(action: Action, agreed: list[Update]) -> Told:
    words = [update for update in agreed if not update.is_no_change and (update.done or update.next)]
    return Told(action, agreed[-1] if agreed else None, words[-1] if words else None)


# ---------------------------------------------------------------- in words


def facts(told: FunderReturn) -> list[Row]:
    """Project, funder, terms, money, spend and forecast, each known or said not to be."""
    project, year = told.project, told.quarter.year
    stream = project.stream
    return [
        Row("What it is for", project.purpose or "Not said"),
        Row("Funder", f"{stream.funder}{f', {stream.programme}' if stream.programme else ''}: {stream.name}"),
        Row("Terms", stream.terms or "Not said"),
        Row("Days", days_words(project)),
        Row("Money", f"{pounds(project.amount)} for the whole of its life"),
        Row(f"Money for {year}", pounds(told.money_of_the_year) or "Not known"),
        Row(f"Spent in {year}", spent_words(told)),
        Row(f"Forecast for {year}", pounds(told.forecast.amount) if told.forecast else "None has been given"),
        Row("Difference", variance_words(told)),
    ]


def spent_words(told: FunderReturn) -> str:
    """Of the quarter’s year: "£4,100.50, without Q3 and Q4"."""
    if told.spent_in_the_year is None:
        return not_spent_words(told)
    without = told.left_out(told.quarter.year)
    return f"{pence(told.spent_in_the_year)}{f', {without}' if without else ''}"


def not_spent_words(told: FunderReturn) -> str:
    """In the place of an amount of spend."""
    return spending.NOBODY if told.project.spend_id is None else "Nothing is verified yet"


def variance_words(told: FunderReturn) -> str:
    """ "£500 less than the year’s money: a post was vacant."; why there is none, where it is not known."""
    if told.forecast is None:
        return f"Not known: no forecast for {told.quarter.year} has been given"
    if told.variance is None:
        return f"Not known: what of the money is for {told.quarter.year} is not known"
    if not told.variance:
        return "None: the forecast is the year’s money"
    more = "more" if told.variance > 0 else "less"
    because = told.forecast.reason.rstrip(".")
    return f"{pounds(abs(told.variance))} {more} than the year’s money{f': {because}' if because else ''}"


def count_words(line: OutputLine, quarter: Quarter) -> str:
    """How much of it there was in the quarter: "31", "not counted"."""
    one = line.counts.get(quarter)
    return figure(one.number) if one else "not counted"


def days_words(project: Project) -> str:
    first = day_year(project.starts_on) or "not known"
    last = day_year(project.last_day) or "not known"
    closed = f" (closed: {project.closed_because})" if project.is_closed else ""
    return f"First day {first}, last day {last}{closed}"
