"""What is kept how long of people, organisations and signing in: this app's rows of the retention table, with those of Django and allauth."""

import datetime as dt

from django.conf import settings
from django.core.management import call_command

from accounts import forgetting
from accounts.actions import forgetting as actions
from accounts.actions import unsent
from accounts.unsent import KEPT_FOR
from lib.kept import ACCOUNTABLE, FOR_GOOD, NOT_PERSONAL, SAFE, TASK, Kept, Purge, days, of


def _clear_sessions(at: dt.datetime) -> int:
    due = forgetting.sessions(at).count()
    call_command("clearsessions")
    return due


def rows() -> tuple[Kept, ...]:
    """With the days that this installation sets."""
    mails, leavers = days(settings.MAILS_KEPT_DAYS), days(settings.LEAVERS_KEPT_DAYS)
    return (
        Kept(
            what="Accounts: name, email address, post, organisation, roles and who confirmed them, when they joined and left",
            models=of("accounts", "user", "rolegrant", "accessreview", "roleconfirmation"),
            is_personal=True,
            how_long=f"{FOR_GOOD}: it names who gave, checked and decided. The account is closed as soon as they have left",
            ground=ACCOUNTABLE,
            removed_by="An erasure that two people decide on",
            in_notice="Your name, post, organisation, email address and roles stay with the record of what you did; your account is closed as soon as we know that you have left.",
        ),
        Kept(
            what="What people sign in with: password, second step, addresses, accounts elsewhere",
            models=of("account", "emailaddress", "emailconfirmation")
            + of("mfa", "authenticator")
            + of("socialaccount", "socialaccount", "socialapp", "socialtoken"),
            is_personal=True,
            how_long=f"Until {leavers} after they left",
            ground=SAFE,
            removed_by="By itself, every night",
            purge=Purge(lambda at: forgetting.leavers(at).count(), lambda at: actions.forget_sign_ins(at=at, by=None)),
            in_notice=f"Your password and second step go {leavers} after you left.",
        ),
        Kept(
            what="Sessions: who is signed in, and what was filled in of a public form and not sent",
            models=of("accounts", "session") + of("sessions", "session"),
            is_personal=True,
            how_long=f"{settings.IDLE_MINUTES} minutes without doing anything, 10 hours at most; a public form an hour after its last page",
            ground=SAFE,
            removed_by="By itself, every ten minutes",
            purge=Purge(lambda at: forgetting.sessions(at).count(), _clear_sessions, "accounts.clear_sessions"),
            in_notice=f"Being signed in ends after {settings.IDLE_MINUTES} minutes in which you do nothing, and after 10 hours; with it goes the note of your browser’s name. What you have filled in of a public form and not sent goes an hour after your last page.",
        ),
        Kept(
            what="What was typed into a form and not sent",
            models=of("accounts", "unsent"),
            is_personal=True,
            how_long=f"Until it is sent or thrown away, at most {days(KEPT_FOR.days)}",
            ground=TASK,
            removed_by="By itself, every night",
            purge=Purge(
                lambda at: forgetting.unsent(at).count(),
                lambda at: unsent.clear_unsent(at=at, by=None),
                "accounts.clear_unsent",
            ),
            in_notice=f"What you type and don’t send is kept for you alone, at most {days(KEPT_FOR.days)}.",
        ),
        Kept(
            what="Reminders: who was reminded of what",
            models=of("accounts", "reminder"),
            is_personal=True,
            how_long=mails,
            ground=TASK,
            removed_by="By itself, every night",
            purge=Purge(
                lambda at: forgetting.reminders(at).count(), lambda at: actions.forget_reminders(at=at, by=None)
            ),
            in_notice=f"What you were reminded of goes after {mails}.",
        ),
        Kept(
            what="Mails: to whom, about what, whether they went; never their words",
            models=of("accounts", "mail"),
            is_personal=True,
            how_long=mails,
            ground=TASK,
            removed_by="By itself, every night",
            purge=Purge(lambda at: forgetting.mails(at).count(), lambda at: actions.forget_mails(at=at, by=None)),
            in_notice=f"Which mails went to you goes after {mails}.",
        ),
        Kept(
            what="Who is away and who stands in",
            models=of("accounts", "absence"),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=ACCOUNTABLE,
            removed_by="An erasure that two people decide on",
            in_notice="Who stood in for you when stays with the record; why you were away is never asked.",
        ),
        Kept(
            what="The audit trail: who did what, when, from what to what",
            models=of("accounts", "auditevent"),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=ACCOUNTABLE,
            removed_by="Words in it: an erasure that two people decide on. Rows are never removed, nor changed otherwise",
            in_notice="The trail of who changed what, and when, stays as long as the record it explains.",
        ),
        Kept(
            what="Removals of personal data: what kind, where, who asked and decided, and why; never the data",
            models=of("accounts", "erasure", "erasedplace"),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=ACCOUNTABLE,
            removed_by="Nothing: they are what remains of what was removed, and are carried out again after a restore",
            in_notice="If something about you is removed, what stays says that it was, when and why, and not what it said.",
        ),
        Kept(
            what="Organisations and their names",
            models=of("accounts", "organisation", "organisationname"),
            is_personal=False,
            how_long=FOR_GOOD,
            ground=NOT_PERSONAL,
            removed_by="Nothing: they are on the record",
        ),
        Kept(
            what="What the software keeps of itself: this installation, kinds of rows, permissions that are not used",
            models=of("accounts", "installation")
            + of("contenttypes", "contenttype")
            + of("auth", "permission", "group", "group_permissions"),
            is_personal=False,
            how_long="As long as the software is used",
            ground=NOT_PERSONAL,
            removed_by="Nothing",
        ),
    )
