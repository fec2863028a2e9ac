"""Every change to people, their roles and their organisations."""

from accounts.actions.absences import set_absence, withdraw_absence
from accounts.actions.incoming import refuse_harm
from accounts.actions.mails import owe_mail, sweep_mails
from accounts.actions.organisations import change_organisation, create_organisation, rename_organisation
from accounts.actions.people import (
    accept_invitation,
    change_person,
    deactivate,
    invite,
    reactivate,
    resend_invitation,
    reset_second_factor,
)
from accounts.actions.reminding import ToRemind, remind, remind_by_hand
from accounts.actions.reviewing import Settled, close_review, open_review, settle_review
from accounts.actions.roles import end_role, follow_groups, follow_memberships, grant_role
from accounts.actions.sessions import end_session, sign_out_everywhere
from accounts.actions.single_sign_on import link_account, take_groups, unlink_account
from accounts.actions.unsent import clear_unsent
from accounts.invitations import link as invitation_link

__all__ = [
    "Settled",
    "ToRemind",
    "accept_invitation",
    "change_organisation",
    "change_person",
    "clear_unsent",
    "close_review",
    "create_organisation",
    "deactivate",
    "end_role",
    "follow_groups",
    "end_session",
    "follow_memberships",
    "grant_role",
    "invitation_link",
    "invite",
    "link_account",
    "open_review",
    "owe_mail",
    "reactivate",
    "refuse_harm",
    "remind",
    "remind_by_hand",
    "rename_organisation",
    "resend_invitation",
    "reset_second_factor",
    "set_absence",
    "settle_review",
    "sign_out_everywhere",
    "sweep_mails",
    "take_groups",
    "unlink_account",
    "withdraw_absence",
]
