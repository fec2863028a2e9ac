"""Who may do what with people, organisations, the audit trail and the mails; and the role predicates that every app's rules build on.

A role counts while it is in force today and its holder is active. An administrator manages accounts and has no right to data: no
predicate here gives them any.
"""

from typing import Any

import rules

from accounts.models import RoleGrant

Role = RoleGrant.Role


def has_role(*roles: str) -> rules.predicates.Predicate:
    """A predicate: whether one of these roles is held today. False for somebody who is not signed in."""

    def holds(user: Any) -> bool:
        return bool(user.is_authenticated and user.has_role(*roles))

    return rules.predicate(holds, name="holds:" + ",".join(str(role) for role in roles))


is_coordinator = has_role(Role.COORDINATOR)
is_data_lead = has_role(Role.DATA_LEAD)
is_commentary_lead = has_role(Role.COMMENTARY_LEAD)
is_lead = has_role(Role.DATA_LEAD, Role.COMMENTARY_LEAD)
is_executive = has_role(Role.EXECUTIVE)
is_member = has_role(Role.MEMBER)
is_scrutiny = has_role(Role.SCRUTINY)
is_administrator = has_role(Role.ADMINISTRATOR)


@rules.predicate
def is_self(user: Any, person: Any) -> bool:
    return bool(person is not None and user.is_authenticated and user.pk == person.pk)


@rules.predicate
def is_somebody_elses(user: Any, grant: Any) -> bool:
    return bool(grant is not None and user.pk != grant.user_id)


@rules.predicate
def is_a_coordinators(user: Any, grant: Any) -> bool:
    return bool(grant is not None and grant.user.has_role(Role.COORDINATOR))


rules.add_perm("accounts.view_people", is_coordinator | is_administrator)
rules.add_perm("accounts.view_person", is_coordinator | is_administrator | is_self)
rules.add_perm("accounts.change_person", is_administrator)
rules.add_perm("accounts.grant_role", is_administrator)
rules.add_perm("accounts.view_review", is_coordinator | is_administrator)
rules.add_perm("accounts.open_review", is_coordinator)
# Four eyes: nobody says of themselves that they still hold a role. An administrator says it of coordinators, so that one alone is not stuck.
rules.add_perm("accounts.settle_role", is_somebody_elses & (is_coordinator | (is_administrator & is_a_coordinators)))
rules.add_perm("accounts.change_organisation", is_administrator | is_coordinator)
rules.add_perm("accounts.view_audit", is_coordinator)
rules.add_perm("accounts.view_reminders", is_coordinator)
# What is held about somebody names figures and decisions, so an administrator takes out their own and nobody else's.
rules.add_perm("accounts.export_held", is_coordinator | is_self)
# They hold links that sign people in, administrators too.
rules.add_perm("accounts.view_mail", is_administrator)
# Taking personal data off the record: an administrator asks, another person decides. Who may read the record sees what stands around it.
rules.add_perm("accounts.view_erasures", is_administrator | is_coordinator)
rules.add_perm("accounts.ask_erasure", is_administrator)
rules.add_perm("accounts.decide_erasure", is_administrator | is_coordinator)  # and in the action: never their own
rules.add_perm("accounts.read_around_erasure", is_coordinator)
