"""Who may do what with consultations. The public answers and reads without signing in; everything else is the partnership team's."""

from typing import Any

import rules

from accounts.rules import is_coordinator, is_executive


@rules.predicate
def chose_it(user: Any, quote: Any) -> bool:
    return quote is not None and quote.chosen_by_id == user.pk


@rules.predicate
def sees_to_it(user: Any, disclosure: Any) -> bool:
    return disclosure is not None and disclosure.owner_id == user.pk


rules.add_perm("consultation.view_consultation", is_coordinator | is_executive)
# Setting up, opening, closing, entering papers and files, reading what people wrote, publishing.
rules.add_perm("consultation.run_consultation", is_coordinator)
# Words are published when somebody else than who chose them has read them too.
rules.add_perm("consultation.pass_quote", (is_coordinator | is_executive) & ~chose_it)
rules.add_perm("consultation.settle_disclosure", is_coordinator | sees_to_it)
