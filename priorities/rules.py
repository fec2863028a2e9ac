"""Who may change the plan. Reading it needs no permission: an adopted plan is public."""

import rules

from accounts.rules import is_coordinator

rules.add_perm("priorities.change_plan", is_coordinator)
