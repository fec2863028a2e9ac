"""Being away from returns and commentary: the deputy must be able to do what the person leads."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import actions
from accounts.actions import owe_mail
from accounts.models import Absence, Mail, RoleGrant, User
from indicators import deputies

NOT_YOURS = "Only {} or the partnership team can take this back."


@transaction.atomic
def name_deputy(person: User, *, deputy: User, starts_on: dt.date, ends_on: dt.date, by: User | None) -> Absence:
    """Say that somebody is away and who gives their figures and writes their commentary meanwhile; the deputy is told by mail.

    Besides what `accounts.actions.set_absence` refuses: a deputy without the roles for what the person leads on these days, and one from
    another organisation, unless the partnership team chooses them.
    """
    if starts_on <= ends_on and (refusal := deputies.refusal(person, deputy, by, starts_on, ends_on)):
        raise ValidationError({"deputy": refusal})
    absence = actions.set_absence(person, deputy=deputy, starts_on=starts_on, ends_on=ends_on, by=by)
    owe_mail(deputy, stage="deputy", about=absence, cycle=absence.pk, by=by)
    return absence


@transaction.atomic
def take_back_deputy(absence: Absence, *, by: User) -> Absence:
    """End or cancel it. The deputy is told, if they were told of it before."""
    if by.pk != absence.person_id and not by.has_role(RoleGrant.Role.COORDINATOR):
        raise ValidationError(NOT_YOURS.format(absence.person.name))
    actions.withdraw_absence(absence, on=timezone.localdate(), by=by)
    told = Mail.objects.filter(to=absence.deputy, stage="deputy", cycle=str(absence.pk), state=Mail.State.SENT)
    if told.exists():
        owe_mail(absence.deputy, stage="deputy_over", about=absence, cycle=absence.pk, by=by)
    return absence
