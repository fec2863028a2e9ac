"""Who may do what with returns, rounds, commentary and indicators."""

from typing import Any

import rules
from django.utils import timezone

from accounts.rules import is_commentary_lead, is_coordinator, is_data_lead, is_executive, is_lead, is_member
from indicators import eyes
from indicators.models import Commentary, Indicator, Lead, Return, Upload


def _leads(user: Any, return_: Return, duty: str) -> bool:
    leads = Lead.objects.held_by(user, timezone.localdate())
    return leads.filter(indicator=return_.indicator_id, duty=duty).exists()


@rules.predicate
def leads_the_figures(user: Any, return_: Return) -> bool:
    return return_ is not None and _leads(user, return_, Lead.Duty.DATA)


@rules.predicate
def gives_its_figures(user: Any, indicator: Indicator) -> bool:
    """Leads the figures of this indicator today, or stands in for who does."""
    if indicator is None:
        return False
    leads = Lead.objects.held_by(user, timezone.localdate())
    return leads.filter(indicator=indicator, duty=Lead.Duty.DATA).exists()


@rules.predicate
def works_for_the_owner(user: Any, return_: Return) -> bool:
    """A colleague at the organisation that owns the indicator. A restricted one is for its leads alone."""
    if return_ is None or user.organisation_id is None:
        return False
    return return_.indicator.owner_id == user.organisation_id and not return_.indicator.is_restricted


@rules.predicate
def had_no_part_in_it(user: Any, return_: Return) -> bool:
    """Four eyes: neither supplied nor keyed the latest figure, or keyed what its supplier has confirmed since."""
    figure = return_.figures.standing().in_order().last() if return_ is not None else None
    return figure is not None and not eyes.bars(figure, user)


@rules.predicate
def leads_the_words(user: Any, commentary: Commentary) -> bool:
    return commentary is not None and _leads(user, commentary.for_return, Lead.Duty.COMMENTARY)


@rules.predicate
def uploaded_it(user: Any, upload: Upload) -> bool:
    return upload is not None and upload.uploaded_by_id == user.pk


rules.add_perm("indicators.view_own_returns", is_lead | is_coordinator)
rules.add_perm("indicators.view_return", is_lead | is_coordinator | is_executive)
rules.add_perm(
    "indicators.submit_return",
    is_coordinator | (is_data_lead & leads_the_figures) | (is_data_lead & works_for_the_owner),
)
rules.add_perm("indicators.verify_return", is_coordinator & had_no_part_in_it)
rules.add_perm("indicators.send_back_return", is_coordinator)
rules.add_perm("indicators.write_commentary", is_coordinator | (is_commentary_lead & leads_the_words))
rules.add_perm("indicators.revise_indicator", is_coordinator | (is_data_lead & gives_its_figures))
rules.add_perm("indicators.view_revision", is_lead | is_coordinator | is_executive)
rules.add_perm("indicators.check_revision", is_coordinator)
rules.add_perm("indicators.run_round", is_coordinator)
rules.add_perm("indicators.change_leads", is_coordinator)
rules.add_perm("indicators.hand_over_own", is_lead)
rules.add_perm("indicators.name_own_deputy", is_lead)
rules.add_perm("indicators.name_deputy", is_coordinator)
rules.add_perm("indicators.change_set", is_coordinator)
rules.add_perm("indicators.change_indicator", is_coordinator)  # what has to be known to read its series
rules.add_perm("indicators.view_indicator", is_lead | is_coordinator | is_executive | is_member)
rules.add_perm("indicators.run_feed", is_coordinator)
rules.add_perm("indicators.upload_figures", is_coordinator | is_data_lead)
rules.add_perm("indicators.record_upload", (is_coordinator | is_data_lead) & uploaded_it)
rules.add_perm("indicators.verify_upload", is_coordinator)  # each of its figures has rules of its own
rules.add_perm("indicators.undo_upload", is_coordinator | (is_data_lead & uploaded_it))  # and throw one away
