"""The CSP Executive's word, given here or elsewhere: what has to be said of it, and on what conditions. Faults are told by box."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance import approving
from governance.models import Approval, Body, Meeting
from lib.written import day_year

Verdict, Route = Approval.Verdict, Approval.Route
VERDICTS = (Verdict.AGREED, Verdict.SUBJECT, Verdict.REFUSED)  # what can be said of a delivery plan or an application


AS_A_WHOLE = "leave it empty for the meeting as a whole"


@dataclass(frozen=True)
class Condition:
    """A row of the form: what, whose, by when. An empty one is none."""

    text: str
    owner_post: str = ""
    owner: User | None = None
    due_on: dt.date | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.owner_post.strip() or self.owner or self.due_on)


@dataclass(frozen=True)
class Words:
    """How sentences speak of what the word is about."""

    thing: str  # "plan"
    done: str  # "agreed"
    refused: str  # asked for where it is not
    own: str  # after "Dana Reid chairs this body"


def asked(rows: Sequence[Condition]) -> list[Condition]:
    return [row for row in rows if not row.is_empty]


def faults_of_place(
    thing: approving.Thing,
    given_on: dt.date | None,
    route: str,
    meeting: Meeting | None,
    evidence: str,
    given_by: str,
    today: dt.date,
    words: Words,
) -> dict[str, str]:
    """Of a word that was given elsewhere: when, how, by whom, and where it can be read. `thing` has been submitted.

    `given_on` is None where its box can't be read: then nothing is said of it.
    """
    errors = {}
    submitted_on = timezone.localtime(thing.submitted_at).date()
    if given_on is not None and given_on < submitted_on:
        errors["given_on"] = (
            f"The {words.thing} was submitted on {day_year(submitted_on)}: it can’t have been {words.done} before then"
        )
    elif given_on is not None and given_on > today:
        errors["given_on"] = f"The day it was {words.done} must not lie in the future"
    if route not in (Route.MEETING, Route.MAIL):
        errors["route"] = "Say whether it was given in a meeting or by mail"
    if route == Route.MEETING and meeting is None and not evidence:
        errors["meeting"] = "Choose the meeting, or say under “Where can it be read?” in which minute it stands"
    if meeting is not None and meeting.body.kind != Body.Kind.EXECUTIVE:
        errors["meeting"] = "Choose a meeting of the CSP Executive"
    elif meeting is not None and given_on is not None and meeting.day != given_on and "given_on" not in errors:
        errors["given_on"] = f"The meeting chosen was on {day_year(meeting.day)}"
    if route == Route.MAIL and not given_by:
        errors["given_by"] = "Say whose mail it was"
    if route == Route.MAIL and not evidence:
        errors["evidence"] = "Say which mail it was, for instance “Mail of 3 May 2018”"
    if given_by and (how := approving.own_by_name(thing, given_by, given_on or today)):
        instead = "give somebody else’s name" if route == Route.MAIL else f"give somebody else’s name, or {AS_A_WHOLE}"
        errors["given_by"] = f"{how}, {words.own}: {instead}"
    return errors


def given_elsewhere(
    thing: approving.Thing,
    given_on: dt.date,
    route: str,
    meeting: Meeting | None,
    evidence: str,
    given_by: str,
    post: str,
    today: dt.date,
    words: Words,
) -> dict[str, Any]:
    """The fields of the approval that say how the word was given; refused with what `faults_of_place` finds. A mail has no meeting."""
    evidence, given_by = evidence.strip(), given_by.strip()
    if route == Route.MAIL:
        meeting = None
    if errors := faults_of_place(thing, given_on, route, meeting, evidence, given_by, today, words):
        raise ValidationError(errors)
    return {
        "given_on": given_on,
        "route": route,
        "meeting": meeting,
        "evidence": evidence,
        "given_by": given_by,
        "post": post.strip(),
    }


def faults_of_word(
    verdict: str, said: str, rows: Sequence[Condition], given_on: dt.date, words: Words
) -> dict[str, str]:
    """Whether words and conditions go with the verdict; by the names of the boxes, the rows' as `condition_1_text`."""
    errors = {}
    if verdict not in VERDICTS:
        return {"verdict": "Say whether it is agreed"}
    if verdict == Verdict.REFUSED and not said:
        errors["said"] = words.refused
    if verdict == Verdict.SUBJECT and not asked(rows):
        errors["condition_1_text"] = "Condition 1: say on what condition it is agreed"
    if verdict != Verdict.SUBJECT and asked(rows):
        errors["verdict"] = "Choose “Agreed subject to conditions”, or clear the conditions"
    for number, row in enumerate(rows, start=1):
        if row.is_empty or verdict != Verdict.SUBJECT:
            continue
        if not row.text.strip():
            errors[f"condition_{number}_text"] = f"Condition {number}: say what is to be done"
        if not row.owner_post.strip() and row.owner is None:
            errors[f"condition_{number}_owner_post"] = f"Condition {number}: say who does it, a post, a person or both"
        if row.due_on is None:
            errors[f"condition_{number}_due_on"] = f"Condition {number}: enter the day by which it is done"
        elif row.due_on < given_on:
            errors[f"condition_{number}_due_on"] = (
                f"Condition {number}: the day must be on or after {day_year(given_on)}, when it was agreed"
            )
    return errors


def told(approval: Approval, rows: Sequence[Condition]) -> list[dict[str, str]]:
    """For the trail: how and by whom it was given, and on what conditions."""
    return [
        audit.change("Given", None, f"{approval.get_route_display().lower()}, {day_year(approval.given_on)}"),
        audit.change("Given by", None, approval.given_by or approval.body.name),
        *(audit.change("Condition", None, row.text.strip()) for row in asked(rows)),
    ]
