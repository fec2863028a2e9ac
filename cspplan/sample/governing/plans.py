"""Delivery plans with their actions, updates, dates that moved, equalities analyses and risks."""

import datetime as dt
from typing import Any

from cspplan.sample.governing.cast import Cast, Told, at, day
from governance.models import (
    Action,
    Approval,
    DateMove,
    DeliveryPlan,
    EqualityAnalysis,
    EqualityImpact,
    Milestone,
    Risk,
    RiskScore,
    Undertaking,
    Update,
)
from indicators.models import Round
from lib.quarters import Quarter, Year
from lib.working_days import add

NO_CHANGE = "no change"
LAST = Quarter.parse("2017-18-q4")
# Whose chairs have not agreed the last quarter's updates yet.
WAITS = {"asb-operations-group", "no-place-for-hate-forum"}


def load(told: Told, who: Cast) -> None:
    for entry in told["plans"]:
        plan = _plan(entry, who)
        for given in entry["actions"]:
            _action(plan, given, who)
        if "equality" in entry:
            _equality(plan, entry["equality"], who)
    for given in told["risks"]:
        _risk(given, who)


def _plan(entry: Told, who: Cast) -> DeliveryPlan:
    submitted, agreed, slug = entry.get("submitted"), entry.get("agreed"), entry["body"]
    plan = DeliveryPlan.objects.create(
        body=who.bodies[slug],
        year=Year.parse(entry["year"]),
        state=entry["state"],
        summary=entry["summary"],
        resources=entry["resources"],
        drafted_by=who.support,
        drafted_at=at(dt.date(int(entry["year"][:4]), 3, 20)),
        submitted_by=who.chair(slug) if submitted else None,
        submitted_at=at(submitted) if submitted else None,
        agreed_on=day(agreed),
        delivery_from=day(agreed),
        is_sample=True,
    )
    if agreed:
        _approval(plan, entry, who)
    return plan


def _approval(plan: DeliveryPlan, entry: Told, who: Cast) -> None:
    condition = entry.get("condition")
    approval = Approval.objects.create(
        body=who.bodies["csp-executive"],
        delivery_plan=plan,
        verdict=Approval.Verdict.SUBJECT if condition else Approval.Verdict.AGREED,
        given_on=plan.agreed_on,
        route=Approval.Route.MEETING,
        evidence="Item 1 of the meeting",
        recorded_by=who.coordinator,
        recorded_at=at(plan.agreed_on, 16),
    )
    if condition:
        text, post, email, due, met = condition
        Undertaking.objects.create(
            kind=Undertaking.Kind.CONDITION,
            body=who.bodies["csp-executive"],
            text=text,
            due_on=day(due),
            owner_post=post,
            owner=who.person(email),
            approval=approval,
            delivery_plan=plan,
            ending=Undertaking.Ending.DONE,
            ended_on=day(met),
            ended_by=who.coordinator,
            recorded_by=who.coordinator,
            recorded_at=at(plan.agreed_on, 16),
            is_sample=True,
        )


def _action(plan: DeliveryPlan, given: Told, who: Cast) -> None:
    post, email = given["lead"]
    slug, moves = plan.body.slug, given.get("moves", [])
    chair = who.chair(slug)
    ended, on, why = given.get("ended") or ("", None, "")
    action = Action.objects.create(
        delivery_plan=plan,
        number=given["number"],
        title=given["title"],
        owner_post=post,
        owner=who.person(email),
        commitment=who.commitments.get(given.get("commitment")),
        outcome=who.outcomes.get(given.get("outcome")),
        partners=given.get("partners", ""),
        starts_on=day(given["starts"]),
        first_due_on=day(given["due"]),
        due_on=day(moves[-1][0] if moves else given["due"]),
        success_measure=given["measure"],
        resources=given.get("resources", ""),
        ending=ended,
        ended_on=day(on),
        ended_at=at(on, 15) if on else None,
        ended_by=chair if ended else None,
        ended_because=why,
        recorded_at=plan.drafted_at,
    )
    who.actions[slug, str(plan.year), action.number] = action
    action.indicators.set(who.indicators[reference] for reference in given.get("indicators", []))
    action.concerns.set(who.concerns[rank - 1] for rank in given.get("concerns", []))
    for text, due, done in given.get("milestones", []):
        Milestone.objects.create(action=action, text=text, due_on=day(due), done_on=day(done))
    was = action.first_due_on
    for proposed, reason, accepted in moves:
        DateMove.objects.create(
            action=action,
            was=was,
            proposed=day(proposed),
            reason=reason,
            state=DateMove.State.ACCEPTED,
            proposed_by=who.support,
            proposed_at=at(accepted, 9),
            decided_by=chair,
            decided_at=at(accepted, 15),
        )
        was = day(proposed)
    _updates(action, given.get("updates", {}), slug, who)


def _updates(action: Action, updates: dict[str, Any], slug: str, who: Cast) -> None:
    said: dict[str, str] = {}
    for number, content in updates.items():
        quarter = Quarter.parse(f"{action.delivery_plan.year}-{number}")
        no_change = content == NO_CHANGE
        said = {"brag": said["brag"], "reason": said["reason"]} if no_change else content
        drafted, agreed = _when(quarter)
        waits = quarter == LAST and slug in WAITS
        Update.objects.create(
            action=action,
            quarter=quarter,
            done=said.get("done", ""),
            next=said.get("next", ""),
            brag=said["brag"],
            brag_reason=said["reason"],
            is_no_change=no_change,
            drafted_by=who.support,
            drafted_at=at(drafted, 11),
            agreed_by=None if waits else who.chair(slug),
            agreed_at=None if waits else at(agreed, 17),
        )


def _when(quarter: Quarter) -> tuple[dt.date, dt.date]:
    """When its updates were drafted and agreed: some days before what the quarter's round asks for."""
    round_ = Round.objects.filter(quarter=quarter).first()
    last = round_.verify_by if round_ else add(quarter.end, 15)
    return add(last, -6), add(last, -1)


def _equality(plan: DeliveryPlan, given: list[Any], who: Cast) -> None:
    screening, because, review, impacts = given
    analysis = EqualityAnalysis.objects.create(
        delivery_plan=plan,
        screening=screening,
        because=because,
        review_on=day(review),
        screened_by=who.support,
        screened_at=at(dt.date(plan.year.begins, 4, 11)),
    )
    for characteristic, (effect, evidence, number, why_not) in impacts.items():
        EqualityImpact.objects.create(
            analysis=analysis,
            characteristic=characteristic,
            effect=effect,
            evidence=evidence,
            mitigation=who.actions[plan.body.slug, str(plan.year), number] if number else None,
            why_no_mitigation=why_not,
        )


def _risk(given: list[Any], who: Cast) -> None:
    slug, cause, event, effect, controls, post, email, before, scores, target, review, actions = given
    risk = Risk.objects.create(
        body=who.bodies[slug],
        number=Risk.objects.filter(body=who.bodies[slug]).count() + 1,
        cause=cause,
        event=event,
        effect=effect,
        controls=controls,
        owner_post=post,
        owner=who.person(email),
        before_likelihood=before[0],
        before_impact=before[1],
        target_likelihood=target[0],
        target_impact=target[1],
        review_on=day(review),
        is_sample=True,
    )
    for likelihood, impact, on, said in scores:
        RiskScore.objects.create(
            risk=risk, likelihood=likelihood, impact=impact, said=said, scored_by=who.support, scored_at=at(on)
        )
    risk.actions.set(who.actions[slug, "2017-18", number] for number in actions)
