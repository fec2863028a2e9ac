"""Meetings with their items and who was there, decisions, what arose, scrutiny's recommendations, and who was sent the plan."""

import datetime as dt
from typing import Any

from cspplan.sample.governing.cast import LONDON, Cast, Told, at, day
from governance.models import (
    AgendaItem,
    Attendance,
    Decision,
    Meeting,
    Membership,
    PlanVersion,
    Recommendation,
    RecommendationRecipient,
    Sending,
    Undertaking,
)
from lib.quarters import Quarter

DAYS_TO_ANSWER = dt.timedelta(days=28)
CALLED_UPON = ("council", "metropolitan-police", "probation", "fire-service", "health")


def load(told: Told, who: Cast) -> None:
    held = {given["key"]: _meeting(given, who) for given in told["meetings"]}
    executive = who.bodies["csp-executive"]
    for number, given in enumerate(told["decisions"], start=1):
        _decision(number, held[given[0]], given[1:], who)
    text, reason, delegate, authority, on = told["delegated"]
    Decision.objects.create(
        body=executive,
        number=len(told["decisions"]) + 1,
        text=text,
        reason=reason,
        decided_on=day(on),
        route=Decision.Route.DELEGATION,
        delegate=delegate,
        authority=authority,
        recorded_by=who.coordinator,
        recorded_at=at(on, 16),
        is_sample=True,
    )
    for key, text, post, email, due, done in told["arising"]:
        Undertaking.objects.create(
            kind=Undertaking.Kind.ARISING,
            body=executive,
            meeting=held[key],
            text=text,
            owner_post=post,
            owner=who.person(email),
            due_on=day(due),
            ending=Undertaking.Ending.DONE if done else "",
            ended_on=day(done),
            ended_by=who.coordinator if done else None,
            recorded_by=who.coordinator,
            recorded_at=at(held[key].day, 16),
            is_sample=True,
        )
    for number, given in enumerate(told["recommendations"], start=1):
        _recommendation(number, given, who)
    versions = {str(version): version for version in PlanVersion.objects.filter(plan=who.plan)}
    for what, organisation, name, on, route in told["sendings"]:
        Sending.objects.create(
            plan=who.plan,
            what=what,
            version=versions.get(what),
            to_organisation=who.organisations[organisation] if organisation else None,
            to_name=name,
            sent_on=day(on),
            route=route,
            recorded_by=who.coordinator,
            recorded_at=at(on),
            is_sample=True,
        )


def _meeting(given: Told, who: Cast) -> Meeting:
    starts = dt.datetime.fromisoformat(given["at"]).replace(tzinfo=LONDON)
    meeting = Meeting.objects.create(
        body=who.bodies[given["body"]],
        kind=given.get("kind", Meeting.Kind.ORDINARY),
        state=given["state"],
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=2),
        place="Town hall, committee room 2",
        quarter=Quarter.parse(given["quarter"]) if "quarter" in given else None,
        made_known=given.get("made_known", ""),
        is_sample=True,
    )
    for order, (title, purpose, presenter, minute) in enumerate(given["items"], start=1):
        AgendaItem.objects.create(
            meeting=meeting, order=order, title=title, purpose=purpose, presenter=presenter, minute=minute
        )
    places = {place.name: place for place in Membership.objects.in_force(meeting.day).filter(body=meeting.body)}
    for presence, names in (("present", given.get("present", [])), ("apologies", given.get("apologies", []))):
        for name in names:
            place = places[name]
            Attendance.objects.create(
                meeting=meeting,
                membership=place,
                name=name,
                post=place.post,
                organisation=place.organisation,
                presence=presence,
            )
    return meeting


def _decision(number: int, meeting: Meeting, given: list[Any], who: Cast) -> None:
    text, reason, post, due, done, links = given
    decision = Decision.objects.create(
        body=meeting.body,
        number=number,
        text=text,
        reason=reason,
        decided_on=meeting.day,
        meeting=meeting,
        owner_post=post or "",
        due_on=day(due),
        done_on=day(done),
        done_by=who.coordinator if done else None,
        recorded_by=who.coordinator,
        recorded_at=at(meeting.day, 16),
        is_sample=True,
    )
    decision.commitments.set(who.commitments[key] for key in links.get("commitments", []))
    decision.indicators.set(who.indicators[reference] for reference in links.get("indicators", []))
    decision.actions.set(who.actions[tuple(key)] for key in links.get("actions", []))


def _recommendation(number: int, given: Told, who: Cast) -> None:
    answer, outcome, answered, answered_by = given.get("answer") or ("", "", None, "")
    follow_up_on, follow_up = given.get("follow") or (None, "")
    post, email = given["owner"]
    sent = day(given["sent"])
    recommendation = Recommendation.objects.create(
        committee=who.bodies["overview-and-scrutiny-committee"],
        number=number,
        kind=given["kind"],
        text=given["text"],
        made_on=day(given["made"]),
        sent_on=sent,
        due_on=sent + DAYS_TO_ANSWER,
        owner_post=post,
        owner=who.person(email),
        answer=answer,
        outcome=outcome,
        answered_on=day(answered),
        answered_by=answered_by,
        answer_recorded_by=who.coordinator if answered else None,
        answer_recorded_at=at(answered, 16) if answered else None,
        follow_up_on=day(follow_up_on),
        follow_up=follow_up,
        closed_on=day(given.get("closed")),
        recorded_by=who.people["nell.ashby@example.org"],
        recorded_at=at(sent),
        is_sample=True,
    )
    for slug in CALLED_UPON:
        organisation = who.organisations[slug]
        RecommendationRecipient.objects.create(
            recommendation=recommendation,
            organisation=organisation,
            name=organisation.name_on(sent),
            sent_on=sent,
        )
