"""Every change to rounds, returns, figures, commentary, leads and the year's set of indicators."""

from indicators.actions.absences import name_deputy, take_back_deputy
from indicators.actions.checking import Outcome, send_back, verify, verify_several
from indicators.actions.collecting import set_collecting
from indicators.actions.confirming import answer, ask_to_confirm
from indicators.actions.dates import change_dates, reschedule
from indicators.actions.definitions import add_definition, add_rebase, withdraw_rebase
from indicators.actions.exceptions import extend
from indicators.actions.feeds import add_file, add_series, remove_series
from indicators.actions.handing_over import hand_over
from indicators.actions.leads import end_lead, set_lead, set_leads, withdraw_lead
from indicators.actions.naming import Refused, name_leads
from indicators.actions.notes import add_note, withdraw_note
from indicators.actions.reminding import Asked, remind_late, remind_one
from indicators.actions.returns import save_draft, say_missing, submit
from indicators.actions.revisions import revise, send_back_revision, verify_revision
from indicators.actions.rounds import close_round, open_round, reopen_round
from indicators.actions.serving import name_served
from indicators.actions.sets import add_to_set
from indicators.actions.targets import Agreement, agree, copy_set, set_target
from indicators.actions.uploads import (
    add_upload,
    forget_files,
    record_upload,
    sweep_uploads,
    throw_away,
    undo_upload,
)
from indicators.actions.words import save_commentary, send_commentary

__all__ = [
    "Agreement",
    "Asked",
    "Outcome",
    "Refused",
    "add_definition",
    "add_file",
    "add_note",
    "add_rebase",
    "add_series",
    "add_to_set",
    "add_upload",
    "agree",
    "answer",
    "ask_to_confirm",
    "change_dates",
    "close_round",
    "copy_set",
    "end_lead",
    "extend",
    "forget_files",
    "hand_over",
    "name_deputy",
    "name_leads",
    "name_served",
    "open_round",
    "record_upload",
    "remind_late",
    "remind_one",
    "remove_series",
    "reopen_round",
    "reschedule",
    "revise",
    "save_commentary",
    "save_draft",
    "say_missing",
    "send_back",
    "send_back_revision",
    "send_commentary",
    "set_collecting",
    "set_lead",
    "set_leads",
    "set_target",
    "submit",
    "sweep_uploads",
    "take_back_deputy",
    "throw_away",
    "undo_upload",
    "verify",
    "verify_revision",
    "verify_several",
    "withdraw_lead",
    "withdraw_note",
    "withdraw_rebase",
]
