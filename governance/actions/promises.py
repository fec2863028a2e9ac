"""What happens to commitments and outcomes: who leads them, how they go, how they will be known, and what a year says of them.

What was said is never changed: saying it again adds to it, and the latest counts. Several rows are saved together or not at all; each carries
what stood there when the page was opened, and is refused where somebody has changed it since.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from governance import promises
from governance.models import (
    Body,
    Brag,
    CommitmentLead,
    CommitmentStatus,
    OutcomeJudgement,
    OutcomeMeasure,
)
from indicators.models import Indicator
from lib.editing import Stale, write
from lib.quarters import Quarter, Year
from lib.written import moment
from priorities.models import Commitment, Outcome

LARGEST = 2_147_483_647  # what the column holds
COLOURS = {Brag.RED: "Red", Brag.AMBER: "Amber", Brag.GREEN: "Green", Brag.BLUE: "Blue"}
SINCE = "Nothing is saved yet: look at it, then save again to keep your own."

audit.kinds(
    {
        "commitment_lead_set": "Lead body of a commitment set",
        "commitment_status_given": "Status of a commitment given",
        "outcome_measure_set": "How an outcome will be known",
        "outcome_judged": "Outcome judged",
    }
)


class Refused(ValidationError):
    """Rows that can't be saved as they are, by the id of their commitment. Nothing was saved."""

    def __init__(self, rows: Mapping[int, tuple[str, str]]) -> None:
        super().__init__("Nothing was saved: some rows need another look.")
        self.rows = rows  # field and sentence


@dataclass(frozen=True)
class Led:
    """Which body is to lead a commitment; `was` is the id of the body that led when the page was opened. None: none."""

    commitment_id: int
    was: int | None
    body: Body | None


@dataclass(frozen=True)
class Given:
    """How a commitment goes; `seen` is the id of the quarter's last status when the page was opened. `brag` is "" where only a number is given."""

    commitment_id: int
    seen: int | None
    brag: str
    said: str
    number: int | None


@transaction.atomic
def name_leads(rows: Sequence[Led], *, by: User) -> int:
    """Let bodies lead commitments, all rows or none. Returns how many changed."""
    held = _hold([row.commitment_id for row in rows])
    leads = {
        lead.commitment_id: lead for lead in CommitmentLead.objects.filter(commitment__in=held).select_related("body")
    }
    refused, entries = {}, []
    for row in rows:
        lead = leads.get(row.commitment_id)
        if (lead.body_id if lead else None) != row.was:
            now = lead.body.name if lead else "No body"
            refused[row.commitment_id] = ("body", f"{now} leads it by now. {SINCE}")
        elif row.was != (row.body.pk if row.body else None):
            entries.append(_lead(held[row.commitment_id], lead, row.body))
    if refused:
        raise Refused(refused)
    return audit.record_several(entries, by=by)


def _lead(commitment: Commitment, lead: CommitmentLead | None, body: Body | None) -> audit.Entry:
    line = audit.change("Lead body", lead.body if lead else None, body)
    if lead is None and body is not None:
        CommitmentLead.objects.create(commitment=commitment, body=body)
    elif lead is not None and body is not None:
        write(lead, version=lead.version, body=body)
    elif lead is not None:
        lead.delete()
    return audit.Entry("commitment_lead_set", commitment, [line])


@transaction.atomic
def give_statuses(rows: Sequence[Given], *, quarter: Quarter, on: dt.date, by: User) -> int:
    """Say how commitments went by the end of a quarter, all rows or none; `on` is today. What stands there already is not said again. Returns how many were given."""
    if on <= quarter.end:
        raise ValidationError(f"{quarter} has not ended: how it went can be said from {quarter.next.months} on.")
    held = _hold([row.commitment_id for row in rows])
    last = {
        status.commitment_id: status
        for status in CommitmentStatus.objects.filter(commitment__in=held, quarter=quarter)
        .select_related("given_by")
        .order_by("given_at", "pk")
    }
    served = promises.served(held.values())
    refused, new = {}, []
    for row in rows:
        commitment, now = held[row.commitment_id], last.get(row.commitment_id)
        if refusal := _refusal(row, commitment, quarter, now, served):
            refused[row.commitment_id] = refusal
        elif now is None or (row.brag, row.said, row.number) != (now.brag, now.said, now.number):
            new.append(_status(row, commitment, quarter, by))
    if refused:
        raise Refused(refused)
    CommitmentStatus.objects.bulk_create(new)
    return audit.record_several((_entry(status) for status in new), by=by)


def _refusal(
    row: Given, commitment: Commitment, quarter: Quarter, now: CommitmentStatus | None, served: Collection[int]
) -> tuple[str, str] | None:
    """The box and the sentence, or None where the row may be saved."""
    if quarter.year < commitment.year:
        return "brag", f"This commitment begins with {commitment.year}, after {quarter}"
    if (now.pk if now else None) != row.seen and now is not None:
        colour = COLOURS[Brag(now.brag)] if now.brag else "A number"
        return (
            "brag",
            f"{colour} was given by {now.given_by.name}, {moment(now.given_at)}, since you opened this page. {SINCE}",
        )
    if row.brag and commitment.pk in served:
        return "brag", "Its status comes from the actions that serve it"
    if not row.brag and row.number is None:
        return (
            "brag",
            "Choose how it goes" if not commitment.number else "Choose how it goes, or enter the number reached",
        )
    if row.brag in (Brag.RED, Brag.AMBER) and not row.said.strip():
        return "said", f"Say why it is {row.brag}"
    if row.number is not None and commitment.number is None:
        return "number", "The plan counts nothing here, so leave the number empty"
    if row.number is not None and not 0 <= row.number <= LARGEST:
        return "number", f"The number reached must be between 0 and {LARGEST:,}"
    return None


def _status(row: Given, commitment: Commitment, quarter: Quarter, by: User) -> CommitmentStatus:
    return CommitmentStatus(
        commitment=commitment,
        quarter=quarter,
        brag=row.brag,
        said=row.said.strip(),
        number=row.number,
        given_by=by,
    )


def _entry(status: CommitmentStatus) -> audit.Entry:
    colour = COLOURS[Brag(status.brag)] if status.brag else None
    changes = [audit.change(f"{status.quarter}", None, colour)] if colour else []
    if status.number is not None:
        changes.append(audit.change(f"{status.quarter}, reached", None, f"{status.number:,}"))
    return audit.Entry("commitment_status_given", status.commitment, changes, status.said)


def _hold(ids: Sequence[int]) -> dict[int, Commitment]:
    """The commitments by id, held until the transaction ends; one that was taken out of the plan meanwhile refuses all."""
    held = {row.pk: row for row in Commitment.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)}
    if len(held) < len(set(ids)):
        raise ValidationError("A commitment has been taken out of the plan since you opened this page. Open it again.")
    return held


@transaction.atomic
def set_measure(
    outcome: Outcome,
    *,
    kind: str,
    indicator: Indicator | None,
    survey: str,
    judged_by: str,
    version: int,
    by: User,
) -> OutcomeMeasure:
    """Say how it will be known whether an outcome has come about, in one way. `version` is 0 where nothing was said before."""
    Outcome.objects.select_for_update(no_key=True).get(pk=outcome.pk)
    measure = OutcomeMeasure.objects.filter(outcome=outcome).first()
    if (measure.version if measure else 0) != version:
        raise Stale("How this outcome will be known")
    told = {"kind": kind, "indicator": indicator, "survey": survey, "judged_by": judged_by}
    _refuse_measure(kind, {"indicator": indicator, "survey": survey, "judged_by": judged_by})
    was = str(measure) if measure else None
    if measure is None:
        measure = OutcomeMeasure.objects.create(outcome=outcome, **told)
    elif any(getattr(measure, name) != value for name, value in told.items()):
        write(measure, version=version, what="How this outcome will be known", **told)
    else:
        return measure
    audit.record("outcome_measure_set", measure, by=by, changes=[audit.change(str(outcome), was, str(measure))])
    return measure


# What each kind of measure needs: the name of its box, and what to say where it is empty.
NEEDS = {
    OutcomeMeasure.Kind.INDICATOR: ("indicator", "Choose the indicator"),
    OutcomeMeasure.Kind.SURVEY: ("survey", "Enter the survey, and which of its answers"),
    OutcomeMeasure.Kind.JUDGEMENT: ("judged_by", "Enter who judges it every year"),
}


def _refuse_measure(kind: str, said: Mapping[str, object]) -> None:
    needed, sentence = NEEDS[OutcomeMeasure.Kind(kind)]
    errors = {needed: sentence} if not said[needed] else {}
    for name, value in said.items():
        if name != needed and value:
            errors[name] = "It is known in one way only: leave this empty, or choose this way instead"
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def judge(
    outcome: Outcome, *, year: Year, verdict: str, evidence: str, seen: int | None, on: dt.date, by: User
) -> OutcomeJudgement:
    """What a year said of an outcome, with what it rests on. `seen` is the id of the last judgement when the page was opened; `on` is today."""
    Outcome.objects.select_for_update(no_key=True).get(pk=outcome.pk)
    given = OutcomeJudgement.objects.filter(outcome=outcome).select_related("given_by")
    last = given.order_by("-given_at", "-pk").first()
    if last is not None and last.pk != seen:
        who = f"{last.given_by.name} said “{last.get_verdict_display()}” for {last.year}, {moment(last.given_at)}"
        raise ValidationError(f"{who}, since you opened this page. {SINCE}", code="since")
    errors = {}
    if year.start > on:
        errors["year"] = f"{year} has not begun"
    elif year not in outcome.priority.plan.years:
        errors["year"] = f"{year} is no year of the plan"
    if not evidence.strip():
        errors["evidence"] = "Say what it rests on"
    if errors:
        raise ValidationError(errors)
    judgement = OutcomeJudgement.objects.create(
        outcome=outcome, year=year, verdict=verdict, evidence=evidence.strip(), given_by=by
    )
    line = audit.change(f"{outcome}, {year}", None, judgement.get_verdict_display())
    audit.record("outcome_judged", outcome, by=by, changes=[line], comment=evidence.strip())
    return judgement
