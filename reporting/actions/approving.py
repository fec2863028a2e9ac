"""The CSP Executive's word on a build: given here, or given elsewhere and recorded. It is about the bytes of the file."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from governance.models import Body, Meeting
from lib.editing import Stale, write
from lib.written import day_year
from reporting.actions import issuing
from reporting.actions.holding import OF_PACK, hold, refuse_unless_waiting
from reporting.clearing import approvers
from reporting.models import Pack, PackApproval

audit.kinds({"pack_approved": "Pack approved", "pack_refused": "Pack not approved"})

Verdict, Route = PackApproval.Verdict, PackApproval.Route
WHY = "Say why it is not approved: the partnership team builds it again by that"


@transaction.atomic
def approve(pack: Pack, *, said: str = "", version: int, by: User) -> PackApproval:
    """Approve this file, as who speaks for the CSP Executive. Issued at once where that was asked for and nothing stands in the way."""
    return _give_here(pack, Verdict.APPROVED, said, version, by)


@transaction.atomic
def refuse(pack: Pack, *, said: str, version: int, by: User) -> PackApproval:
    """Don't approve it, with the reason: it is set aside, and built again."""
    return _give_here(pack, Verdict.REFUSED, said, version, by)


@transaction.atomic
def record(
    pack: Pack,
    *,
    verdict: str,
    given_on: dt.date,
    given_by: str,
    post: str = "",
    route: str,
    meeting: Meeting | None = None,
    evidence: str,
    said: str = "",
    version: int,
    by: User,
) -> PackApproval:
    """Record a word that was given in a meeting or by mail, with the minute or mail where it can be read."""
    held = hold(pack)
    refuse_unless_waiting(held)
    given_by, evidence = given_by.strip(), evidence.strip()
    if route == Route.MAIL:
        meeting = None
    if errors := _faults(held, verdict, given_on, given_by, route, meeting, evidence, said):
        raise ValidationError(errors)
    speaker = next(one for one in approvers.on(given_on) if one.has_name(given_by))
    told = {"given_on": given_on, "given_by": speaker.name, "post": post.strip() or speaker.post, "route": route}
    return _give(held, verdict, said, version, by, told | {"meeting": meeting, "evidence": evidence})


def _give_here(pack: Pack, verdict: str, said: str, version: int, by: User) -> PackApproval:
    held = hold(pack)
    refuse_unless_waiting(held)
    today = timezone.localdate()
    speakers = approvers.on(today)
    mine = next((one for one in speakers if one.user_id == by.pk), None)
    if mine is None:
        raise ValidationError(
            f"Only the CSP Executive’s chair, a co-chair or a deputy who acts for them approves a pack: {approvers.whom_to_ask(held, today)}."
        )
    if mine not in approvers.free(held, speakers):
        raise ValidationError(
            f"You asked for this build, so somebody else approves it: {approvers.whom_to_ask(held, today)}."
        )
    if verdict == Verdict.REFUSED and not said.strip():
        raise ValidationError({"said": WHY})
    told = {"given_on": today, "given_by": mine.name, "post": mine.post, "giver": by, "route": Route.HERE}
    return _give(held, verdict, said, version, by, told)


def _faults(
    pack: Pack,
    verdict: str,
    given_on: dt.date,
    given_by: str,
    route: str,
    meeting: Meeting | None,
    evidence: str,
    said: str,
) -> dict[str, str]:
    errors = {}
    ready_on = timezone.localdate(pack.ended_at) if pack.ended_at else timezone.localdate(pack.requested_at)
    if verdict not in Verdict.values:
        errors["verdict"] = "Say whether it is approved"
    elif verdict == Verdict.REFUSED and not said.strip():
        errors["said"] = WHY
    if given_on < ready_on:
        errors["given_on"] = f"This file was built on {day_year(ready_on)}: nobody can have approved it before then"
    elif given_on > timezone.localdate():
        errors["given_on"] = "The day it was given must not lie in the future"
    elif meeting is not None and meeting.day != given_on:
        errors["given_on"] = f"The meeting chosen was on {day_year(meeting.day)}"
    if route not in (Route.MEETING, Route.MAIL):
        errors["route"] = "Say whether it was given in a meeting or by mail"
    if not evidence and (route == Route.MAIL or meeting is None):
        errors["evidence"] = "Say where it can be read, for instance “Minute 4.2” or “Mail of 3 May 2018”"
    if meeting is not None and meeting.body.kind != Body.Kind.EXECUTIVE:
        errors["meeting"] = "Choose a meeting of the CSP Executive"
    if fault := _fault_of_giver(pack, given_by, given_on):
        errors["given_by"] = fault
    return errors


def _fault_of_giver(pack: Pack, name: str, on: dt.date) -> str:
    if not name:
        return "Say who gave it"
    speakers = approvers.on(on)
    said = [one for one in speakers if one.has_name(name)]
    if not said:
        who = approvers.whom_to_ask(pack, on)
        return f"{name} did not chair the CSP Executive on {day_year(on)}, nor act for its chair: {who}"
    if not approvers.free(pack, said):
        return f"{name} asked for this build, so somebody else approves it: {approvers.whom_to_ask(pack, on)}"
    return ""


def _give(held: Pack, verdict: str, said: str, version: int, by: User, told: dict[str, Any]) -> PackApproval:
    """Write the word and what follows from it: approved, or set aside."""
    if held.version != version:
        raise Stale(OF_PACK)
    is_approved = verdict == Verdict.APPROVED
    standing = Pack.Standing.APPROVED if is_approved else Pack.Standing.SET_ASIDE
    write(held, version=version, what=OF_PACK, standing=standing)
    word = PackApproval.objects.create(
        pack=held, pdf_sha256=held.pdf_sha256, verdict=verdict, said=said.strip(), recorded_by=by, **told
    )
    lines = [
        audit.change("Given", None, f"{word.get_route_display().lower()}, {day_year(word.given_on)}"),
        audit.change("Given by", None, word.given_by),
        audit.change("PDF, SHA-256", None, word.pdf_sha256),
    ]
    kind = "pack_approved" if is_approved else "pack_refused"
    audit.record(kind, held, by=by, changes=lines, comment=word.said)
    if is_approved and held.issue_when_approved:
        issuing.issue_if_free(held, by=by)
    return word
