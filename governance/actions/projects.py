"""What a stream's money is given for: entered, changed, closed and opened again, and its spend asked for. Done under the stream's lock."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from accounts import audit
from accounts.models import Organisation, User
from governance.funding import amounts, ledger, limits, sums
from governance.indicators_told import told, told_after
from governance.models import Body, FundingApplication, FundingStream, Project, ProjectYear
from indicators.actions import leads
from indicators.actions import spend as asking
from indicators.models import Indicator, Lead
from lib.editing import Stale, write
from lib.quarters import Quarter, Year
from lib.written import day_year, listed, pounds
from priorities.models import Commitment, Priority

THIS = "This project"
LONGEST = {"name": 160, "theme": 120, "team": 120, "purpose": 5000, "note": 5000, "because": 300}
BOXES = ("amount", "years", "starts_on", "ends_on")

audit.kinds(
    {
        "project_added": "Project entered",
        "project_changed": "Project changed",
        "project_closed": "Project closed",
        "project_reopened": "Project opened again",
        "project_spend_asked": "Spend of the project asked for every quarter",
    }
)


@dataclass(frozen=True)
class Content:
    """What people say of a project. `years`: what of its amount is for each financial year; empty where it is not split."""

    name: str
    amount: Decimal
    theme: str = ""
    purpose: str = ""
    priority: Priority | None = None
    commitments: Sequence[Commitment] = ()
    indicators: Sequence[Indicator] = ()
    lead_body: Body | None = None
    organisation: Organisation | None = None
    team: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    note: str = ""
    years: Mapping[Year, Decimal] = field(default_factory=dict)


@transaction.atomic
def add(stream: FundingStream, *, content: Content, application: FundingApplication | None = None, by: User) -> Project:
    """Give money of a stream to a project, last in its stream; `application` is the one that was agreed. Its address is made from its name and stays.

    What comes of a stream or an application that was made up is made up.
    """
    held = limits.hold(stream)
    errors = _faults(content) | _name_fault(held, content.name, None)
    if errors:
        raise ValidationError(errors)
    if application and (made := Project.objects.filter(application=application).first()):
        raise ValidationError(f"{application} has become a project already: {made}.")
    last = Project.objects.filter(stream=held).aggregate(last=Max("order"))["last"] or 0
    project = _create(held, content, application, last + 1)
    _write_links(project, content)
    _refuse_excess(held)
    audit.record("project_added", project, by=by, changes=audit.changes({}, facts(project)))
    return project


@transaction.atomic
def edit(project: Project, *, content: Content, version: int, by: User) -> Project:
    """Say `content` of it. It stays in its stream; its spend is asked for in the quarters of its days. Saying what is said already leaves no trace."""
    held = _hold(project, version)
    if project.is_closed:
        raise ValidationError(
            f"{project} is closed since {day_year(project.closed_on)}, so it stays as it is. Open it again first."
        )
    errors = _faults(content) | _name_fault(held, content.name, project)
    errors |= _faults_of_spend(project, content)
    if errors:
        raise ValidationError(errors)
    if _says_already(project, content):
        return project
    before, moved = facts(project), list(project.indicators.all())
    write(project, version=version, what=THIS, **_columns(content))
    _write_links(project, content)
    _refuse_excess(held)
    _follow(project, "The days of the project changed", by)
    after = facts(project) | {"Indicators": told_after(content.indicators, moved)}
    audit.record("project_changed", project, by=by, changes=audit.changes(before, after))
    return project


@transaction.atomic
def close(project: Project, *, closed_on: dt.date, because: str, version: int, by: User) -> Project:
    """It is over on that day, before or on its last. Its spend is asked for until the quarter of that day and no longer; its money stays its own."""
    _hold(project, version)
    if project.is_closed:
        raise ValidationError(f"{project} is closed already, since {day_year(project.closed_on)}.")
    errors = _because_fault(because, "Say why it is closed") | _closing_fault(project, closed_on)
    if errors:
        raise ValidationError(errors)
    reason = because.strip()
    write(project, version=version, what=THIS, closed_on=closed_on, closed_because=reason, closed_by=by)
    _follow(project, f"Closed on {day_year(closed_on)}: {reason}", by, last_box="closed_on")
    changes = [audit.change("Closed on", None, day_year(closed_on))]
    audit.record("project_closed", project, by=by, changes=changes, comment=reason)
    return project


@transaction.atomic
def reopen(project: Project, *, because: str, version: int, by: User) -> Project:
    """It goes on until its last day after all, and its spend is asked for again."""
    held = _hold(project, version)
    if not project.is_closed:
        raise ValidationError(f"{project} is open already.")
    if errors := _because_fault(because, "Say why it is opened again"):
        raise ValidationError(errors)
    was, reason = day_year(project.closed_on), because.strip()
    write(project, version=version, what=THIS, closed_on=None, closed_because="", closed_by=None)
    _refuse_excess(held)
    _follow(project, f"Opened again: {reason}", by)
    audit.record("project_reopened", project, by=by, changes=[audit.change("Closed on", was, None)], comment=reason)
    return project


@transaction.atomic
def ask_spend(project: Project, *, lead: User, version: int, by: User) -> Project:
    """Ask for its spend every quarter, from the quarter of its first day to that of its last; `lead` gives it, from today on."""
    _hold(project, version)
    if project.spend_id is not None:
        raise ValidationError("Its spend is asked for already. Who gives it is changed with the leads.")
    if project.is_closed:
        raise ValidationError(f"{project} is closed. Open it again first, then ask for its spend.")
    if project.starts_on is None or project.organisation is None:
        raise ValidationError(
            "Enter the project’s first day and its organisation first: its spend is asked for from then on."
        )
    indicator = asking.start(
        slug=project.slug,
        name=_name_of_spend(project),
        owner=project.organisation,
        asked_from=Quarter.of(project.starts_on),
        asked_until=project.asked_until,
        by=by,
    )
    try:
        today = timezone.localdate()
        leads.set_lead(indicator, duty=Lead.Duty.DATA, user=lead, starts_on=today, version=indicator.version, by=by)
    except ValidationError as refusal:
        raise ValidationError({"lead": refusal.messages}) from None
    write(project, version=version, what=THIS, spend=indicator)
    changes = [
        audit.change("Asked from", None, Quarter.of(project.starts_on)),
        audit.change("Given by", None, lead.label),
    ]
    audit.record("project_spend_asked", project, by=by, changes=changes)
    return project


def facts(project: Project) -> dict[str, object]:
    """What is said of a project in the words of its page, with its links and years read afresh. A restricted indicator is not named."""
    years = ProjectYear.objects.filter(project=project).order_by("year")
    return {
        "Name": project.name,
        "Amount": pounds(project.amount),
        "By year": ", ".join(f"{row.year} {pounds(row.amount)}" for row in years),
        "Theme": project.theme,
        "Purpose": project.purpose,
        "Priority": str(project.priority or ""),
        "Commitments": "; ".join(str(one) for one in project.commitments.all()),
        "Indicators": told(project.indicators.all()),
        "Lead body": str(project.lead_body or ""),
        "Organisation": str(project.organisation or ""),
        "Team": project.team,
        "First day": day_year(project.starts_on),
        "Last day": day_year(project.ends_on),
        "Note": project.note,
    }


def _hold(project: Project, version: int) -> FundingStream:
    """Its stream, held; the project as it is now."""
    held = limits.hold(project.stream)
    project.refresh_from_db()
    if project.version != version:
        raise Stale(THIS)
    return held


def _create(stream: FundingStream, content: Content, application: FundingApplication | None, order: int) -> Project:
    is_sample = stream.is_sample or (application is not None and application.is_sample)
    columns = {"stream": stream, "application": application, "order": order, "is_sample": is_sample} | _columns(content)
    try:
        with transaction.atomic():
            return Project.objects.create(slug=_slug(content.name), **columns)
    except IntegrityError:  # a project of another stream took the same address at the same moment
        return Project.objects.create(slug=_slug(content.name), **columns)


def _slug(name: str) -> str:
    """The name as an address; with a number where it is taken."""
    stem = slugify(name)[:50].strip("-")
    stem = f"project-{stem}"[:50].rstrip("-") if stem in ("", "add") else stem  # "/projects/add/" is a page of its own
    taken = set(Project.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbers = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(slug for slug in numbers if slug not in taken)


def _columns(content: Content) -> dict[str, object]:
    lines = {name: " ".join(getattr(content, name).split()) for name in ("name", "theme", "team")}
    texts = {name: getattr(content, name).replace("\r\n", "\n").strip() for name in ("purpose", "note")}
    same = ("amount", "priority", "lead_body", "organisation", "starts_on", "ends_on")
    return lines | texts | {name: getattr(content, name) for name in same}


def _says_already(project: Project, content: Content) -> bool:
    if any(getattr(project, name) != value for name, value in _columns(content).items()):
        return False
    linked = (project.commitments, content.commitments), (project.indicators, content.indicators)
    if any(set(held.values_list("pk", flat=True)) != {one.pk for one in said} for held, said in linked):
        return False
    return dict(project.years.values_list("year", "amount")) == dict(content.years)


def _write_links(project: Project, content: Content) -> None:
    project.commitments.set(content.commitments)
    project.indicators.set(content.indicators)
    held = dict(project.years.values_list("year", "amount"))
    if held != dict(content.years):
        project.years.all().delete()
        ProjectYear.objects.bulk_create(
            ProjectYear(project=project, year=year, amount=amount) for year, amount in content.years.items()
        )


def _refuse_excess(stream: FundingStream) -> None:
    """At the box that the sentence is about."""
    try:
        limits.refuse_excess(stream)
    except ValidationError as refusal:
        box = getattr(refusal, "code", None)
        if box is None or box not in BOXES:
            raise
        raise ValidationError({box: refusal.messages}) from None


def _follow(project: Project, because: str, by: User, *, last_box: str = "ends_on") -> None:
    """Its spend is asked for in the quarters of its days, under its name, from its organisation."""
    if project.spend_id is None or project.starts_on is None or project.organisation is None:
        return
    indicator = Indicator.objects.get(pk=project.spend_id)
    first, last = Quarter.of(project.starts_on), project.asked_until
    if (indicator.asked_from, indicator.asked_until) != (first, last):
        try:
            indicator = asking.change(indicator, asked_from=first, asked_until=last, because=because, by=by)
        except asking.AlreadyGiven as refusal:
            raise ValidationError(_days_faults(refusal.quarters, first, last_box)) from None
    asking.rename(indicator, name=_name_of_spend(project), owner=project.organisation, by=by)


def _days_faults(given: Sequence[Quarter], first: Quarter, last_box: str) -> dict[str, str]:
    """At the boxes of the days that leave out quarters for which spend was given: which day can be chosen."""
    before, after = [one for one in given if one < first], [one for one in given if one > first]
    errors = {}
    if before:
        errors["starts_on"] = f"{_given(before)} Choose a day in {before[0]} or earlier"
    if after:
        errors[last_box] = f"{_given(after)} Choose a day in {after[-1]} or later"
    return errors


def _given(quarters: Sequence[Quarter]) -> str:
    return f"Spend has been given for {listed(map(str, quarters))}."


def _name_of_spend(project: Project) -> str:
    return f"Spend: {project.name}"


def _name_fault(stream: FundingStream, name: str, project: Project | None) -> dict[str, str]:
    others = Project.objects.filter(stream=stream, name__iexact=" ".join(name.split()))
    if (others.exclude(pk=project.pk) if project else others).exists():
        return {"name": f"{stream} has a project of that name already"}
    return {}


def _faults(content: Content) -> dict[str, str]:
    """By box, of what can be told from what is said alone."""
    errors = {}
    for name, called in (
        ("name", "name"),
        ("theme", "theme"),
        ("team", "team"),
        ("purpose", "purpose"),
        ("note", "note"),
    ):
        if len(getattr(content, name).strip()) > LONGEST[name]:
            errors[name] = f"The {called} must be {LONGEST[name]:,} characters or fewer"
    if not content.name.strip():
        errors["name"] = "Enter the name of the project"
    if content.amount <= 0:
        errors["amount"] = "The amount must be more than £0"
    elif sentence := amounts.fault("The amount", content.amount):
        errors["amount"] = sentence
    if any(one.is_spend for one in content.indicators):
        errors["indicators"] = "Choose what the project is meant to move, not what another one spends"
    if content.starts_on and content.ends_on and content.ends_on < content.starts_on:
        errors["ends_on"] = "The last day must be on or after the first day"
    elif "amount" not in errors and (sentence := _years_fault(content)):
        errors["years"] = sentence
    return errors


def _years_fault(content: Content) -> str:
    for year, amount in content.years.items():
        if sentence := amounts.fault(f"The amount for {year}", amount):
            return sentence
    first = Year.of(content.starts_on) if content.starts_on else None
    last = Year.of(content.ends_on) if content.ends_on else None
    outside = sorted(year for year in content.years if (first and year < first) or (last and year > last))
    if outside:
        days = _runs(content.starts_on, content.ends_on)
        return (
            f"{listed(map(str, outside))} {'is' if len(outside) == 1 else 'are'} outside the project’s days: it {days}"
        )
    given = sums.add(content.years.values()).known
    if given > content.amount:
        more = pounds(given - content.amount)
        return f"The years come to {pounds(given)}, {more} more than the project’s {pounds(content.amount)}"
    return ""


def _runs(first: dt.date | None, last: dt.date | None) -> str:
    """ "runs from 1 April 2017 to 31 March 2019", "starts on 1 April 2017", "ends on 31 March 2019"."""
    if first and last:
        return f"runs from {day_year(first)} to {day_year(last)}"
    return f"starts on {day_year(first)}" if first else f"ends on {day_year(last)}"


def _faults_of_spend(project: Project, content: Content) -> dict[str, str]:
    """What was spent is spent, and what is asked for needs a first day and somebody to ask."""
    errors = {}
    (line,) = ledger.lines([project])
    spent = line.spent_so_far
    if spent is not None and content.amount < spent and content.amount < project.amount:
        errors["amount"] = (
            f"{pounds(spent)} is verified as spent, {pounds(spent - content.amount)} more than this. The amount can’t be lower than that"
        )
    if project.spend_id is not None and content.starts_on is None:
        errors["starts_on"] = "Enter the first day: the project’s spend is asked for from then on"
    if project.spend_id is not None and content.organisation is None:
        errors["organisation"] = "Choose the organisation: it is asked for the project’s spend"
    return errors


def _because_fault(because: str, asked: str) -> dict[str, str]:
    if not because.strip():
        return {"because": asked}
    if len(because.strip()) > LONGEST["because"]:
        return {"because": f"The reason must be {LONGEST['because']} characters or fewer"}
    return {}


def _closing_fault(project: Project, closed_on: dt.date) -> dict[str, str]:
    if closed_on > timezone.localdate():
        return {"closed_on": "The day on which it was closed can’t be in the future"}
    if project.starts_on and closed_on < project.starts_on:
        return {"closed_on": f"It can’t be closed before its first day, {day_year(project.starts_on)}"}
    if project.ends_on and closed_on > project.ends_on:
        return {
            "closed_on": f"It can’t be closed after its last day, {day_year(project.ends_on)}: close it on that day"
        }
    return {}
