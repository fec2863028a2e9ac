"""Who may do what with bodies, delivery plans, meetings, decisions, money, risks and scrutiny.

Chairs act on their own body only, and so do its support officers. A deputy acts as chair while that is delegated to them.
"""

from typing import Any

import rules
from django.utils import timezone

from accounts.rules import is_coordinator, is_executive, is_lead, is_member, is_scrutiny
from governance import standing
from governance.models import Body, Project
from indicators.models import Lead


def _body_id(thing: Any) -> int | None:
    """The body that a thing is of: itself, or its `body`, or that of its delivery plan or action. None without a thing."""
    if thing is None:
        return None
    if isinstance(thing, Body):
        return thing.pk
    for way in ("body_id", "committee_id", "lead_body_id"):
        if hasattr(thing, way):
            body_id: int | None = getattr(thing, way)
            return body_id
    for way in ("delivery_plan", "project", "application", "action", "risk", "meeting", "item"):
        if hasattr(thing, way):
            return _body_id(getattr(thing, way))
    raise TypeError(f"{thing!r} is of no body")


@rules.predicate
def acts_as_chair(user: Any, thing: Any) -> bool:
    return _body_id(thing) in standing.of(user).acts_as_chair


@rules.predicate
def chairs(user: Any, thing: Any) -> bool:
    return _body_id(thing) in standing.of(user).chairs


@rules.predicate
def works_for_the_body(user: Any, thing: Any) -> bool:
    """Chairs it, acts as its chair, or is its support officer."""
    its = standing.of(user)
    return _body_id(thing) in its.acts_as_chair | its.supports


@rules.predicate
def sits_on_the_body(user: Any, thing: Any) -> bool:
    return _body_id(thing) in standing.of(user).sits_on


@rules.predicate
def owns_it(user: Any, thing: Any) -> bool:
    """The lead of the action, the owner of the risk, the decision or what arose from a meeting."""
    owner = getattr(thing, "owner_id", None) if thing is not None else None
    return owner is not None and owner == user.pk


@rules.predicate
def leads_the_action(user: Any, update: Any) -> bool:
    return update is not None and owns_it(user, getattr(update, "action", update))


@rules.predicate
def gives_its_spend(user: Any, thing: Any) -> bool:
    """Leads the figures of what a project spends, today."""
    project = thing if isinstance(thing, Project) else getattr(thing, "project", None)
    if project is None or project.spend_id is None or not user.is_authenticated:
        return False
    leads = Lead.objects.held_by(user, timezone.localdate())
    return bool(leads.filter(indicator=project.spend_id, duty=Lead.Duty.DATA).exists())


signed_in = rules.is_authenticated
partners = is_coordinator | is_executive | is_member

# bodies and their members
rules.add_perm("governance.view_bodies", signed_in)
rules.add_perm("governance.change_body", is_coordinator)
rules.add_perm("governance.change_members", is_coordinator)
rules.add_perm("governance.delegate_chair", is_coordinator | chairs)
# delivery plans, their actions and updates
rules.add_perm("governance.view_plans", partners | is_lead)
rules.add_perm("governance.view_body_work", is_coordinator | is_executive | sits_on_the_body)  # all of it on one sheet
rules.add_perm("governance.draft_plan", is_coordinator | works_for_the_body)
rules.add_perm("governance.submit_plan", acts_as_chair)
rules.add_perm(
    "governance.agree_plan", is_executive & ~works_for_the_body
)  # and more in the action: nobody agrees their own
rules.add_perm("governance.record_approval", is_coordinator)
rules.add_perm(
    "governance.run_plan", is_coordinator | acts_as_chair
)  # from agreed to in delivery, closing, carrying forward
rules.add_perm("governance.draft_update", is_coordinator | works_for_the_body | leads_the_action)
rules.add_perm("governance.agree_updates", acts_as_chair)  # and the dates that they propose
# commitments and outcomes
rules.add_perm("governance.view_promises", partners | is_lead)
rules.add_perm("governance.change_promises", is_coordinator)
rules.add_perm("governance.give_status", is_coordinator | works_for_the_body)  # of a commitment its body leads
# meetings and decisions
rules.add_perm("governance.view_meetings", partners | is_scrutiny)
rules.add_perm("governance.run_meetings", is_coordinator | works_for_the_body)
rules.add_perm("governance.view_decisions", partners)
rules.add_perm("governance.see_to", is_coordinator | works_for_the_body | owns_it)  # a decision, or what arose
# the plan's life
rules.add_perm("governance.view_lifecycle", partners | is_scrutiny)
rules.add_perm("governance.change_lifecycle", is_coordinator)
# scrutiny
rules.add_perm("governance.view_scrutiny", partners | is_scrutiny)
rules.add_perm("governance.record_recommendation", is_coordinator | is_scrutiny)
rules.add_perm("governance.answer_recommendation", is_coordinator | owns_it)
# money
rules.add_perm("governance.view_funding", partners | is_lead)
rules.add_perm("governance.change_funding", is_coordinator)  # streams, years, posts, projects
rules.add_perm("governance.report_project", is_coordinator | works_for_the_body | gives_its_spend)
rules.add_perm("governance.view_applications", partners)
rules.add_perm("governance.draft_application", is_coordinator | works_for_the_body)
rules.add_perm("governance.submit_application", acts_as_chair)
rules.add_perm("governance.withdraw_application", is_coordinator | acts_as_chair)
rules.add_perm("governance.comment_application", is_coordinator | is_executive | sits_on_the_body)
rules.add_perm("governance.declare_interest", is_executive)
rules.add_perm("governance.decide_application", is_executive & ~sits_on_the_body)  # and nobody who declared an interest
rules.add_perm("governance.record_application_decision", is_coordinator)
# risks
rules.add_perm("governance.view_risks", partners)
rules.add_perm("governance.change_risks", is_coordinator | works_for_the_body | owns_it)
