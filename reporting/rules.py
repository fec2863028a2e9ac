"""Who may see the dashboard, build and download packs, and see the first steps. Chairs and scrutiny come with issued editions."""

import rules

from accounts.rules import is_administrator, is_coordinator, is_executive, is_member

rules.add_perm("reporting.view_dashboard", is_coordinator | is_executive)  # all of it, restricted indicators as well
rules.add_perm("reporting.build_pack", is_coordinator)
rules.add_perm("reporting.download_pack", is_coordinator | is_executive)
rules.add_perm("reporting.view_first_steps", is_coordinator | is_administrator)
rules.add_perm("reporting.view_thread", is_coordinator | is_executive | is_member)
rules.add_perm("reporting.view_gaps", is_coordinator | is_executive | is_member)
