"""Who may see the dashboard, build, approve, issue and download packs, write what goes beside them, see the first steps, and protect data."""

from typing import Any

import rules

from accounts.rules import is_administrator, is_coordinator, is_executive, is_member, is_scrutiny
from governance import standing
from governance.models import Body


@rules.predicate
def speaks_for_the_executive(user: Any) -> bool:
    """Chairs or co-chairs the CSP Executive today, or acts as its chair as a delegated deputy."""
    executive = Body.objects.filter(kind=Body.Kind.EXECUTIVE).values_list("pk", flat=True)
    return not standing.of(user).acts_as_chair.isdisjoint(executive)


@rules.predicate
def is_scrutinys_officer(user: Any) -> bool:
    """Supports a scrutiny committee today, and has scrutiny's role: reads what is dispatched under embargo. Its members don't."""
    committees = Body.objects.filter(kind=Body.Kind.SCRUTINY).values_list("pk", flat=True)
    return bool(is_scrutiny(user)) and not standing.of(user).supports.isdisjoint(committees)


rules.add_perm("reporting.view_dashboard", is_coordinator | is_executive)  # all of it, restricted indicators as well
rules.add_perm("reporting.build_pack", is_coordinator)
rules.add_perm("reporting.download_pack", is_coordinator | is_executive)
rules.add_perm("reporting.edit_pack", is_coordinator)  # sections, notes, what the public edition leaves out
rules.add_perm("reporting.approve_pack", speaks_for_the_executive)  # and more in the action: four eyes
rules.add_perm("reporting.issue_pack", is_coordinator)  # issue, withdraw, record an approval given elsewhere
rules.add_perm("reporting.view_committee", is_coordinator | is_executive | is_member | is_scrutiny)
rules.add_perm("reporting.read_under_embargo", is_coordinator | is_executive | is_scrutinys_officer)
rules.add_perm("reporting.write_cover_report", is_coordinator)
rules.add_perm("reporting.view_assessment", is_coordinator | is_executive)  # while it is written
rules.add_perm("reporting.write_assessment", is_coordinator)
rules.add_perm("reporting.hold_feed_keys", is_coordinator)
rules.add_perm("reporting.view_first_steps", is_coordinator | is_administrator)
rules.add_perm("reporting.view_thread", is_coordinator | is_executive | is_member)
rules.add_perm("reporting.view_gaps", is_coordinator | is_executive | is_member)
rules.add_perm("reporting.answer_format_requests", is_coordinator)
rules.add_perm(
    "reporting.view_downloads", is_coordinator
)  # an administrator has no right to know of restricted figures
rules.add_perm("reporting.view_kept", is_coordinator | is_administrator)
rules.add_perm("reporting.search_held", is_coordinator)
