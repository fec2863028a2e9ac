"""The CSP Executive's decision on an application for money: given here or recorded, withdrawn when it was recorded wrongly; what is agreed becomes a project."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Organisation, User
from governance import approving, giving_word
from governance.actions import conditions as resting
from governance.actions import projects
from governance.actions.applications import THIS, hold, undecided
from governance.funding import applying, left, limits, sums
from governance.giving_word import Condition
from governance.models import Approval, FundingApplication, FundingApplicationYear, FundingStream, Meeting, Project
from lib.editing import Stale, write
from lib.quarters import Year
from lib.written import pounds

State = FundingApplication.State
Verdict, Route = Approval.Verdict, Approval.Route
WORDS = giving_word.Words(
    thing="application",
    done="decided",
    refused="Say why it is declined",
    own="and so takes no part in the decision",
)

audit.kinds(
    {
        "funding_application_agreed": "Funding application agreed",
        "funding_application_declined": "Funding application declined",
        "funding_decision_withdrawn": "Decision on the funding application withdrawn",
        "funding_application_became_project": "Funding application became a project",
    }
)


@transaction.atomic
def decide(
    application: FundingApplication,
    *,
    verdict: str,
    agreed: Mapping[Year, Decimal | None],
    said: str = "",
    conditions: Sequence[Condition] = (),
    version: int,
    by: User,
) -> Approval:
    """The word of a member of the CSP Executive, given here and now: nobody whose own it is. `agreed` is what of each year's amount is agreed."""
    held, today = _waiting(application, version), timezone.localdate()
    if how := approving.own(held, by, today):
        ask = approving.whom_to_ask(held, today)
        raise ValidationError(f"{how}, so somebody else on the CSP Executive decides: {ask}.")
    given = {"given_on": today, "given_by": by.name, "post": by.post, "giver": by, "route": Route.HERE}
    return _give(application, held, verdict, agreed, said, conditions, given, by)


@transaction.atomic
def record(
    application: FundingApplication,
    *,
    verdict: str,
    agreed: Mapping[Year, Decimal | None],
    given_on: dt.date,
    route: str,
    meeting: Meeting | None = None,
    evidence: str = "",
    given_by: str = "",
    post: str = "",
    said: str = "",
    conditions: Sequence[Condition] = (),
    version: int,
    by: User,
) -> Approval:
    """The decision as it was given elsewhere, in a meeting or by mail. `given_by` is empty where the meeting gave it as a whole."""
    held, today = _waiting(application, version), timezone.localdate()
    given = giving_word.given_elsewhere(held, given_on, route, meeting, evidence, given_by, post, today, WORDS)
    return _give(application, held, verdict, agreed, said, conditions, given, by)


@transaction.atomic
def withdraw_decision(application: FundingApplication, *, because: str, version: int, by: User) -> FundingApplication:
    """It was recorded wrongly. Before it became a project the application waits again; nothing is agreed, and open conditions fall."""
    held, reason = hold(application), because.strip()
    if held.state not in FundingApplication.DECIDED:
        raise ValidationError("There is no decision to withdraw: this application is not decided.")
    if project := Project.objects.filter(application=held).first():
        raise ValidationError(f"It has become a project, {project}, so the decision stays. The project can be closed.")
    if held.version != version:
        raise Stale(THIS)
    if not reason:
        raise ValidationError({"because": "Say why it is withdrawn"})
    for approval in Approval.objects.standing().filter(application=held):
        resting.annul(approval, because=reason, by=by)
    was = held.get_state_display()
    amounts = [
        audit.change(f"Agreed for {row.year}", pounds(row.agreed), None)
        for row in held.years.filter(agreed__isnull=False)
    ]
    held.years.update(agreed=None)
    write(application, version=version, what=THIS, state=State.SUBMITTED, decided_on=None)
    changes = [audit.change("State", was, application.get_state_display()), *amounts]
    audit.record("funding_decision_withdrawn", application, by=by, changes=changes, comment=reason)
    return application


@transaction.atomic
def make_project(
    application: FundingApplication,
    *,
    stream: FundingStream | None = None,
    name: str,
    organisation: Organisation | None,
    lead: User | None,
    version: int,
    by: User,
) -> Project:
    """What was agreed becomes a project of the stream it asked for, or else of `stream`, and `lead` is asked for its spend. Once."""
    held = hold(application)
    if made := Project.objects.filter(application=held).first():
        raise ValidationError(f"It has become a project already: {made}.")
    if not held.is_agreed:
        raise ValidationError("Only what is agreed becomes a project.")
    if held.version != version:
        raise Stale(THIS)
    paying = held.stream or stream
    if errors := _faults_of_project(paying, organisation, lead):
        raise ValidationError(errors)
    assert paying is not None and lead is not None  # asked for above
    project = projects.add(paying, content=_content(held, name, organisation), application=held, by=by)
    projects.ask_spend(project, lead=lead, version=project.version, by=by)
    write(application, version=version, what=THIS)
    changes = [audit.change("Project", None, f"{project}, {pounds(project.amount)} of {paying}")]
    audit.record("funding_application_became_project", application, by=by, changes=changes)
    return project


def _waiting(application: FundingApplication, version: int) -> FundingApplication:
    held = undecided(application, version)
    if not held.is_submitted:
        raise ValidationError("Only a submitted application can be decided.")
    return held


def _give(
    application: FundingApplication,
    held: FundingApplication,
    verdict: str,
    agreed: Mapping[Year, Decimal | None],
    said: str,
    rows: Sequence[Condition],
    given: dict[str, Any],
    by: User,
) -> Approval:
    body = resting.the_executive()
    if body is None:
        raise ValidationError("There is no CSP Executive among the bodies yet: add it first")
    said = said.replace("\r\n", "\n").strip()
    years = list(FundingApplicationYear.objects.filter(application=held))
    errors = giving_word.faults_of_word(verdict, said, rows, given["given_on"], WORDS)
    if verdict in Approval.AGREEING:
        errors |= _faults_of_money(held, years, agreed, said)
    if errors:
        raise ValidationError(errors)
    approval = Approval.objects.create(body=body, application=held, verdict=verdict, said=said, recorded_by=by, **given)
    changes = [*giving_word.told(approval, rows), *_declared(held)]
    if verdict == Verdict.REFUSED:
        write(application, version=held.version, what=THIS, state=State.DECLINED, decided_on=approval.given_on)
        audit.record("funding_application_declined", application, by=by, changes=changes, comment=said)
        return approval
    for row in years:
        FundingApplicationYear.objects.filter(pk=row.pk).update(agreed=_amount(row, agreed))
        changes.append(audit.change(f"Agreed for {row.year}", None, pounds(_amount(row, agreed))))
    write(application, version=held.version, what=THIS, state=State.AGREED, decided_on=approval.given_on)
    resting.set_those_of(approval, rows, by=by)
    audit.record("funding_application_agreed", application, by=by, changes=changes, comment=said)
    return approval


def _amount(row: FundingApplicationYear, agreed: Mapping[Year, Decimal | None]) -> Decimal:
    """What of a year is agreed; nothing of one for which £0 was asked."""
    return agreed.get(row.year) or sums.NOTHING


def _declared(held: FundingApplication) -> list[dict[str, str]]:
    """Who took no part, for the trail."""
    return [audit.change("Took no part", None, one) for one in held.interests.all()]


def _faults_of_money(
    held: FundingApplication, years: Iterable[FundingApplicationYear], agreed: Mapping[Year, Decimal | None], said: str
) -> dict[str, str]:
    """By box, as `agreed_2018-19`. The stream that pays for it is held, so that nothing else is agreed from it meanwhile."""
    errors = applying.faults_of_agreed({row.year: row.amount for row in years}, agreed, said)
    if held.stream and set(errors) <= {"said"}:  # every amount can be read
        there = left.of(limits.hold(held.stream), besides=held)
        if sentence := there.excess({year: amount for year, amount in agreed.items() if amount}):
            errors[applying.box(min(year for year, amount in agreed.items() if amount), "agreed")] = sentence
    return errors


def _faults_of_project(
    stream: FundingStream | None, organisation: Organisation | None, lead: User | None
) -> dict[str, str]:
    errors = {}
    if stream is None:
        errors["stream"] = "Choose the stream that pays for it"
    if organisation is None:
        errors["organisation"] = "Choose the organisation that spends it"
    if lead is None:
        errors["lead"] = "Choose who gives its spend every quarter"
    return errors


def _content(held: FundingApplication, name: str, organisation: Organisation | None) -> projects.Content:
    """What the application says, with what was agreed; its commitments are those that its actions carry out."""
    said = applying.content_of(held)
    rows = held.years.values_list("year", "agreed")
    years = {year: amount for year, amount in rows if amount}
    commitments = {one.commitment_id: one.commitment for one in said.actions if one.commitment}
    return projects.Content(
        name=name,
        amount=sums.add(years.values()).known,
        purpose=said.purpose,
        priority=said.priority,
        commitments=list(commitments.values()),
        indicators=said.indicators,
        lead_body=held.body,
        organisation=organisation,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        years=years,
    )
