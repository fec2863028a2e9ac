"""What is said in an application for money: what of it can't be, and what it lacks before it can be submitted. By the boxes of its form."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from accounts.models import Organisation
from governance.funding import amounts
from governance.models import Action, Body, FundingApplication, FundingStream
from indicators.models import Indicator
from lib.quarters import Year
from lib.written import day_year, pounds
from priorities.models import Priority

# Bodies that can apply. The CSP Executive decides, so it doesn't.
APPLYING = (Body.Kind.PARTNERSHIP, Body.Kind.SUBGROUP, Body.Kind.OPERATIONAL, Body.Kind.LINKED)
LONGEST = {"title": 160, "purpose": 5000, "match_from": 200, "equalities": 3000, "exit_plan": 3000}
YEARS = "years"  # of what is wrong with the amounts together; a form shows it at the first


@dataclass(frozen=True)
class Content:
    """What is said. `years`: what is asked for in each financial year, in pounds; a draft may lack anything but its title."""

    title: str
    purpose: str = ""
    stream: FundingStream | None = None
    priority: Priority | None = None
    organisation: Organisation | None = None
    actions: Sequence[Action] = ()
    indicators: Sequence[Indicator] = ()
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    match_amount: Decimal | None = None
    match_from: str = ""
    equalities: str = ""
    exit_plan: str = ""
    years: Mapping[Year, Decimal] = field(default_factory=dict)


def content_of(application: FundingApplication) -> Content:
    """What an application says now. Three queries, and up to three for what it names."""
    return _content(
        application,
        list(application.actions.select_related("delivery_plan__body", "commitment")),
        list(application.indicators.all()),
        dict(application.years.values_list("year", "amount")),
    )


def complete(applications: QuerySet[FundingApplication]) -> list[FundingApplication]:
    """Those of some drafts that can be submitted as they are. Four queries however many there are."""
    found = applications.select_related("body", "stream", "priority", "organisation").prefetch_related(
        "actions", "indicators", "years"
    )
    return [one for one in found if not (gaps(said := _loaded(one)) or faults(said))]


def _loaded(application: FundingApplication) -> Content:
    """What it says, where all of it is loaded."""
    return _content(
        application,
        list(application.actions.all()),
        list(application.indicators.all()),
        {row.year: row.amount for row in application.years.all()},
    )


def _content(
    application: FundingApplication,
    actions: Sequence[Action],
    indicators: Sequence[Indicator],
    years: Mapping[Year, Decimal],
) -> Content:
    same = ("title", "purpose", "stream", "priority", "organisation", "starts_on", "ends_on")
    more = ("match_amount", "match_from", "equalities", "exit_plan")
    said = {name: getattr(application, name) for name in (*same, *more)}
    return Content(**said, actions=actions, indicators=indicators, years=years)


def box(year: Year, of: str = "amount") -> str:
    """The name of a year's box: "amount_2018-19"."""
    return f"{of}_{year.slug}"


def faults(content: Content) -> dict[str, str]:
    """What can't be said even in a draft."""
    errors = {} if content.title.strip() else {"title": "Enter a title"}
    for name, most in LONGEST.items():
        if len(getattr(content, name).strip()) > most:
            errors[name] = f"This must be said in {most:,} characters or fewer"
    if any(one.is_spend for one in content.indicators):
        errors["indicators"] = "Choose what the money is meant to move, not what another project spends"
    return errors | _faults_of_days(content) | _faults_of_match(content) | _faults_of_years(content)


def gaps(content: Content) -> dict[str, str]:
    """What is asked for before it can be submitted and is not there."""
    texts = {
        "purpose": "Say what the money is for, and what would change",
        "equalities": "Say who gains, and who might lose",
        "exit_plan": "Say what happens when the money ends",
    }
    lacks = {name: sentence for name, sentence in texts.items() if not getattr(content, name).strip()}
    if not any(content.years.values()):
        lacks[YEARS] = "Enter how much is asked for in at least one year"
    if content.starts_on is None:
        lacks["starts_on"] = "Enter the day it would start"
    if content.ends_on is None:
        lacks["ends_on"] = "Enter the day it would end"
    if content.priority is None and not content.actions and not content.indicators:
        lacks["priority"] = "Choose what it serves: a priority, an action or an indicator"
    return lacks


def faults_of_agreed(asked: Mapping[Year, Decimal], agreed: Mapping[Year, Decimal | None], said: str) -> dict[str, str]:
    """What can't be agreed of what is asked for, by box: "agreed_2018-19". What the stream holds is another matter."""
    asked = {year: amount for year, amount in asked.items() if amount}
    if not asked:
        return {"verdict": "No amount is asked for, so none can be agreed"}
    errors = {}
    for year, amount in asked.items():
        what, key = agreed.get(year), box(year, "agreed")
        if what is None:
            errors[key] = f"Enter the amount agreed for {year}: 0 where it is nothing"
        elif sentence := amounts.fault(f"The amount agreed for {year}", what):
            errors[key] = sentence
        elif what > amount:
            errors[key] = f"{pounds(amount)} is asked for in {year}: no more than that can be agreed"
    for year in sorted(agreed.keys() - asked.keys()):
        if agreed[year]:
            errors[box(year, "agreed")] = f"Nothing is asked for in {year}, so nothing can be agreed for it"
    read = {year: what for year in asked if (what := agreed.get(year)) is not None and what >= 0}
    if not errors and not any(read.values()):
        return {box(min(asked), "agreed"): "Agree more than £0 in at least one year, or decline it"}
    if not said and any(what < asked[year] for year, what in read.items()):
        errors["said"] = "Say why less is agreed than was asked for"
    return errors


def _faults_of_days(content: Content) -> dict[str, str]:
    first, last, stream = content.starts_on, content.ends_on, content.stream
    errors = {}
    if first and last and last < first:
        errors["ends_on"] = "The last day must be on or after the first day"
    if stream and stream.starts_on and first and first < stream.starts_on:
        errors["starts_on"] = f"{stream} starts on {day_year(stream.starts_on)}: this can’t start before it"
    if stream and stream.ends_on and last and last > stream.ends_on:
        errors.setdefault("ends_on", f"{stream} ends on {day_year(stream.ends_on)}: this can’t go on after it")
    return errors


def _faults_of_match(content: Content) -> dict[str, str]:
    amount, whose = content.match_amount, content.match_from.strip()
    if amount is None:
        return {"match_amount": f"Enter how much {whose} puts in, or clear who it is"} if whose else {}
    if sentence := amounts.fault("The match funding", amount):
        return {"match_amount": sentence}
    if amount == 0:
        return {"match_amount": "The match funding must be more than £0. Leave it empty where there is none"}
    return {} if whose else {"match_from": f"Say who puts in the {pounds(amount)}"}


def _faults_of_years(content: Content) -> dict[str, str]:
    first = Year.of(content.starts_on) if content.starts_on else None
    last = Year.of(content.ends_on) if content.ends_on else None
    errors = {}
    for year, amount in sorted(content.years.items()):
        if sentence := amounts.fault(f"The amount for {year}", amount):
            errors[box(year)] = sentence
        elif amount and first and year < first:
            errors[box(year)] = f"Nothing can be asked for in {year}: it would start on {day_year(content.starts_on)}"
        elif amount and last and year > last:
            errors[box(year)] = f"Nothing can be asked for in {year}: it would end on {day_year(content.ends_on)}"
    return errors
