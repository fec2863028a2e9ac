"""Money in the sample years: who delivers some of the plan's real projects and what they spend, a stream that is made up, and applications."""

import datetime as dt
from decimal import Decimal
from typing import Any

from cspplan.sample.governing.cast import Cast, Told, at, day
from governance.models import (
    Allocation,
    Approval,
    Forecast,
    FunderReport,
    FundingApplication,
    FundingApplicationYear,
    FundingComment,
    FundingInterest,
    FundingStream,
    Meeting,
    Output,
    OutputCount,
    Project,
    ProjectYear,
    Undertaking,
)
from indicators.actions.spend import PREFIX
from indicators.models import Commentary, Figure, Indicator, Lead, Return, Round, Verification
from lib import working_days
from lib.quarters import Quarter, Year

SOURCE = "Sample ledger"
FORECAST_ON, COUNTED_DAYS = dt.date(2018, 2, 12), 20
LAST = Quarter.parse("2017-18-q4")


def load(told: Told, who: Cast) -> None:
    """Needs the streams and projects that ship, the rounds, and the meetings of the sample."""
    rounds = {round_.quarter.slug: round_ for round_ in Round.objects.all()}
    for given in told["projects"]:
        project = _shipped(given)
        _share(project, given, who)
        _spending(project, given, rounds, who)
        _told_to_funder(project, given, who)
    levy = _stream(told["stream"])
    for given in told["applications"]:
        application = _application(given, levy, who)
        if "decided" in given:
            _decided(application, given["decided"], who)
        if "project" in given:
            _became(application, given, levy, rounds, who)


# ---------------------------------------------------------------- projects


def _shipped(given: Told) -> Project:
    """By the beginning of its name, or by its amount where the plan gives it no name."""
    if "name" in given:
        return Project.objects.get(name__startswith=given["name"])
    return Project.objects.get(amount=given["amount"], name__icontains="school")


def _share(project: Project, given: Told, who: Cast) -> None:
    """What the sample makes up of a real project: whom it is with, what it serves, and its split by year."""
    project.priority = who.priorities[given["priority"]]
    project.lead_body = who.bodies[given["body"]] if given["body"] else None
    project.organisation = who.organisations["council"]
    project.has_sample_parts = True
    project.save()
    project.indicators.set(who.indicators[reference] for reference in given["indicators"])
    project.commitments.set(who.commitments[key] for key in given["commitments"])
    for year, amount in given["years"].items():
        ProjectYear.objects.create(project=project, year=Year.parse(year), amount=Decimal(amount))


def _spending(project: Project, given: Told, rounds: dict[str, Round], who: Cast) -> None:
    lead, spend = who.people[given["lead"]], _asked(project)
    Lead.objects.create(indicator=spend, duty=Lead.Duty.DATA, user=lead, starts_on=project.starts_on)
    for slug, amount in given["spend"].items():
        was, because = given.get("was", {}).get(slug, (None, ""))
        return_ = _return(spend, rounds[slug], Return.Status.VERIFIED, lead, version=5 if was else 3)
        if was:
            first = _figure(return_, was, lead)
            _verified(first, who)
            corrected = working_days.add(return_.round.closes_on, 3)
            more = {"restates": Figure.Restates.CORRECTION, "restated_because": because}
            _verified(_figure(return_, amount, lead, on=corrected, **more), who)
        else:
            _verified(_figure(return_, amount, lead), who)
    for slug, amount in given.get("sent", {}).items():
        _figure(_return(spend, rounds[slug], Return.Status.SUBMITTED, lead, version=2), amount, lead)
    if "due" in given:
        _return(spend, rounds[given["due"]], Return.Status.DUE, lead)
    if "missing" in given:
        slug, reason, note, expected = given["missing"]
        missing = {"version": 2, "missing_reason": reason, "missing_note": note, "expected_on": day(expected)}
        at_ = {"missing_at": at(rounds[slug].due_on, 13)}
        _return(spend, rounds[slug], Return.Status.MISSING, lead, **missing, **at_)


def _asked(project: Project) -> Indicator:
    assert project.starts_on is not None and project.organisation is not None
    project.spend = Indicator.objects.create(
        slug=f"{PREFIX}{project.slug}",
        name=f"Spend: {project.name}",
        family=Indicator.Family.SPEND,
        measure=Indicator.Measure.AMOUNT,
        polarity=Indicator.Polarity.NONE,
        year_to_date=Indicator.YearToDate.SUM,
        unit="pounds",
        question="How much was spent?",
        owner=project.organisation,
        asked_from=Quarter.of(project.starts_on),
        asked_until=project.asked_until,
    )
    project.save()
    return project.spend


def _return(spend: Indicator, round_: Round, status: str, lead: Any, **more: Any) -> Return:
    sent = status in (Return.Status.VERIFIED, Return.Status.SUBMITTED)
    return_ = Return.objects.create(
        indicator=spend,
        round=round_,
        status=status,
        submitted_at=at(round_.due_on, 9) if sent else None,
        submitted_by=lead if sent else None,
        **more,
    )
    Commentary.objects.create(for_return=return_)  # not asked for: the forecast's reason says it
    return return_


def _figure(return_: Return, amount: str, lead: Any, *, on: dt.date | None = None, **more: Any) -> Figure:
    sent_on = on or return_.round.due_on
    return Figure.objects.create(
        for_return=return_,
        numerator=Decimal(amount),
        is_amount=True,
        source=SOURCE,
        extracted_on=working_days.add(sent_on, -1),
        route=Figure.Route.FORM,
        supplied_by=lead,
        supplied_by_name=lead.name,
        recorded_by=lead,
        recorded_at=at(sent_on, 9),
        is_sample=True,
        **more,
    )


def _verified(figure: Figure, who: Cast) -> None:
    on = working_days.add(figure.recorded_at.date(), 2)
    Verification.objects.create(figure=figure, verified_by=who.coordinator, verified_at=at(on, 15))


def _told_to_funder(project: Project, given: Told, who: Cast) -> None:
    lead = who.people[given["lead"]]
    for year, (amount, reason) in given["forecast"].items():
        Forecast.objects.create(
            project=project,
            year=Year.parse(year),
            amount=Decimal(amount),
            reason=reason,
            made_by=lead,
            made_at=at(FORECAST_ON, 11),
            is_sample=True,
        )
    for order, (text, promised, counts) in enumerate(given["outputs"], start=1):
        output = Output.objects.create(project=project, order=order, text=text, promised=Decimal(promised))
        for slug, number in counts.items():
            quarter = Quarter.parse(slug)
            OutputCount.objects.create(
                output=output,
                quarter=quarter,
                number=Decimal(number),
                counted_by=lead,
                counted_at=at(working_days.add(quarter.end, COUNTED_DAYS), 11),
                is_sample=True,
            )
    for due, until, sent in given["reports"]:
        FunderReport.objects.create(
            project=project,
            due_on=day(due),
            until_quarter=Quarter.parse(until),
            sent_on=day(sent),
            sent_by=lead if sent else None,
            is_sample=True,
        )


# ---------------------------------------------------------------- a stream, and what was applied for


def _stream(given: Told) -> FundingStream:
    stream = FundingStream.objects.create(
        slug=given["slug"],
        name=given["name"],
        funder=given["funder"],
        programme=given["programme"],
        terms=given["terms"],
        amount=Decimal(given["amount"]),
        starts_on=day(given["starts"]),
        ends_on=day(given["ends"]),
        is_sample=True,
    )
    for year, amount in given["years"].items():
        Allocation.objects.create(stream=stream, year=Year.parse(year), amount=Decimal(amount))
    return stream


def _application(given: Told, levy: FundingStream, who: Cast) -> FundingApplication:
    body = who.bodies[given["body"]]
    drafter, drafted = given["drafted"]
    submitter, submitted = given.get("submitted", (None, None))
    withdrawer, withdrawn, because = given.get("withdrawn", (None, None, ""))
    match, match_from = given["match"] or (None, "")
    application = FundingApplication.objects.create(
        body=body,
        number=FundingApplication.objects.filter(body=body).count() + 1,
        title=given["title"],
        state=given["state"],
        purpose=given["purpose"],
        stream=levy if given["stream"] else None,
        priority=who.priorities[given["priority"]],
        organisation=who.organisations[given["organisation"]] if given["organisation"] else None,
        starts_on=day(given["starts"]),
        ends_on=day(given["ends"]),
        match_amount=Decimal(match) if match else None,
        match_from=match_from,
        equalities=given["equalities"],
        exit_plan=given["exit"],
        drafted_by=who.people[drafter],
        drafted_at=at(drafted),
        submitted_by=who.person(submitter),
        submitted_at=at(submitted) if submitted else None,
        withdrawn_by=who.person(withdrawer),
        withdrawn_at=at(withdrawn) if withdrawn else None,
        withdrawn_because=because,
        decided_on=_meeting(given["decided"]["meeting"]).day if "decided" in given else None,
        is_sample=True,
    )
    application.actions.set(who.actions[tuple(key)] for key in given["actions"])
    application.indicators.set(who.indicators[reference] for reference in given["indicators"])
    for year, (asked, agreed) in given["years"].items():
        FundingApplicationYear.objects.create(
            application=application,
            year=Year.parse(year),
            amount=Decimal(asked),
            agreed=Decimal(agreed) if agreed else None,
        )
    for email, on, text in given["comments"]:
        FundingComment.objects.create(
            application=application, text=text, made_by=who.people[email], made_at=at(on), is_sample=True
        )
    for name, nature, on in given["interests"]:
        FundingInterest.objects.create(
            application=application,
            name=name,
            nature=nature,
            declared_on=day(on),
            recorded_by=who.coordinator,
            recorded_at=at(on, 16),
            is_sample=True,
        )
    return application


def _meeting(key: str) -> Meeting:
    """The meetings of the CSP Executive are told of as e1, e2 and so on, in their order."""
    held: Meeting = Meeting.objects.filter(body__slug="csp-executive").order_by("starts_at")[int(key[1:]) - 1]
    return held


def _decided(application: FundingApplication, given: Told, who: Cast) -> None:
    meeting, executive = _meeting(given["meeting"]), who.bodies["csp-executive"]
    approval = Approval.objects.create(
        body=executive,
        application=application,
        verdict=given["verdict"],
        given_on=meeting.day,
        route=Approval.Route.MEETING,
        meeting=meeting,
        said=given["said"],
        recorded_by=who.coordinator,
        recorded_at=at(meeting.day, 16),
    )
    if "condition" in given:
        text, post, due = given["condition"]
        Undertaking.objects.create(
            kind=Undertaking.Kind.CONDITION,
            body=executive,
            text=text,
            due_on=day(due),
            owner_post=post,
            approval=approval,
            recorded_by=who.coordinator,
            recorded_at=at(meeting.day, 16),
            is_sample=True,
        )


def _became(
    application: FundingApplication, given: Told, levy: FundingStream, rounds: dict[str, Round], who: Cast
) -> None:
    years = {row.year: row.agreed for row in application.years.all() if row.agreed}
    project = Project.objects.create(
        stream=levy,
        slug="night-time-outreach-at-the-stations",
        name=given["project"]["name"],
        purpose=application.purpose,
        priority=application.priority,
        lead_body=application.body,
        organisation=application.organisation,
        amount=sum(years.values(), Decimal(0)),
        starts_on=application.starts_on,
        ends_on=application.ends_on,
        application=application,
        is_sample=True,
    )
    project.indicators.set(application.indicators.all())
    for year, amount in years.items():
        ProjectYear.objects.create(project=project, year=year, amount=amount)
    _spending(project, given["project"], rounds, who)
    _told_to_funder(project, given["project"], who)
