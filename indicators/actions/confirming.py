"""Asking a supplier by a signed link whether what was keyed for them is what they gave, and taking their answer."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.actions import owe_mail
from accounts.models import RoleGrant, User
from indicators import confirming, wording
from indicators.actions.returns import THIS, refuse_stale
from indicators.confirming import State
from indicators.models import Confirmation, Figure, Return
from lib import written
from lib.editing import write

NOT_AN_ADDRESS = "Enter an email address in the correct form, like name@example.org"
LONGEST_ADDRESS = 254  # what the column and the mail servers take
PRESSED_TWICE = 60  # seconds in which the same question to the same address is the same press of the button

audit.kinds(
    {
        "confirmation_asked": "Supplier asked to confirm",
        "figure_confirmed": "Figure confirmed by its supplier",
        "figure_disputed": "Figure disputed by its supplier",
    }
)


@transaction.atomic
def ask_to_confirm(return_: Return, *, version: int, by: User, to_name: str = "", address: str = "") -> Confirmation:
    """Mail the supplier a link to the figure that waits, good for 14 days; a link that was sent before stops working.

    A supplier with an account is asked under that name and at that address, and no other is taken. Of one without an account the data
    leads hear, so that a second person knows at whose word the figure may be verified.

    Refused where nothing waits, where the figure was not keyed for somebody else, once it was answered, and for the address of anybody
    who could verify it. Asking changes neither the figure nor the return.
    """
    refuse_stale(return_, version)
    figure = _waiting(return_, version)
    if refusal := confirming.refusal(figure):
        raise ValidationError(refusal)
    to_name, address = " ".join(to_name.split()), address.strip().lower()
    if figure.supplied_by:
        to_name, address = _of_account(figure.supplied_by, to_name, address)
    elif not to_name:
        raise ValidationError({"to_name": "Enter the name of who gave the figure"})
    _check_address(address, figure)
    now, before = timezone.now(), confirming.latest(figure)
    if before and before.address == address and (now - before.asked_at).total_seconds() < PRESSED_TWICE:
        return before
    asked = Confirmation.objects.create(
        figure=figure, to_name=to_name, address=address, asked_by=by, asked_at=now, expires_at=now + confirming.GOOD_FOR
    )
    changes = [
        # Everybody who sees the return reads this, so the address stays on the confirmation.
        audit.change("Asked again" if before and before.to_name == to_name else "Asked", None, to_name),
        audit.change("Figure", None, wording.value(figure)),
        audit.change("Link works until", None, written.moment(asked.expires_at)),
    ]
    audit.record("confirmation_asked", return_, by=by, changes=changes)
    person = figure.supplied_by or User.objects.active().filter(email__iexact=address).first()
    owe_mail(person or address, stage="confirmation", about=return_, cycle=asked.pk, by=by)
    for lead in confirming.told_of_asking(asked, timezone.localdate()):
        owe_mail(lead, stage="confirmation_asked", about=return_, cycle=asked.pk, by=by)
    return asked


@transaction.atomic
def answer(confirmation: Confirmation, *, answer: str, said: str = "", by: User | None = None) -> Confirmation:
    """Take a supplier's answer, once. `by` is whoever happens to be signed in; mostly nobody is, for the supplier comes by the link.

    A confirmed figure may be verified by whoever keyed it; a disputed one by nobody. Refused once the link is over, and to whoever keyed
    the figure or may verify it.
    """
    return_ = Return.objects.select_for_update().get(pk=confirmation.figure.for_return_id)
    confirmation = Confirmation.objects.select_related("figure__for_return").get(pk=confirmation.pk)
    figure, now = confirmation.figure, timezone.now()
    where = confirming.state(confirmation, now)
    if where in (State.CONFIRMED, State.DISPUTED):
        raise ValidationError("This has been answered already. If the answer was wrong, write to the partnership team.")
    if where != State.OPEN:
        raise ValidationError(" ".join((f"{confirming.OVER[where][0]}.", confirming.OVER[where][1])))
    if by is not None and (by.pk == figure.recorded_by_id or by.has_role(RoleGrant.Role.COORDINATOR)):
        raise ValidationError(
            f"You are signed in as {by.name}. Only {confirmation.to_name} can answer, by the link in their mail."
        )
    said = said.strip()
    if answer == Confirmation.Answer.DISPUTED and not said:
        raise ValidationError({"said": "Say what is wrong, so that it can be put right"})
    if answer not in Confirmation.Answer.values:
        raise ValidationError("Say whether this is what you gave.")
    said = said if answer == Confirmation.Answer.DISPUTED else ""
    unanswered = Confirmation.objects.filter(pk=confirmation.pk, answer="")
    if not unanswered.update(answer=answer, answered_at=now, said=said):
        raise ValidationError("This has been answered already.")
    confirmation.refresh_from_db()
    if answer == Confirmation.Answer.DISPUTED:
        write(return_, version=return_.version, what=THIS)  # whoever is about to verify it hears of it first
    changes = [
        audit.change("Figure", None, wording.value(figure)),
        audit.change("Answered by link", None, confirmation.to_name),
    ]
    kind = "figure_disputed" if said else "figure_confirmed"
    outsider = f"{confirmation.to_name}, by a link"
    audit.record(kind, return_, by=by, changes=changes, comment=said, outsider=outsider)
    for person in confirming.told_of_answer(confirmation, timezone.localdate()):
        owe_mail(person, stage=kind, about=return_, cycle=confirmation.pk, by=by)
    return confirmation


def _waiting(return_: Return, version: int) -> Figure:
    """The figure that waits to be verified, which can't move on meanwhile; refused when none does, or another than was looked at."""
    now = Return.objects.select_for_update().get(pk=return_.pk)
    refuse_stale(now, version)
    figure = now.figures.standing().select_related("recorded_by", "supplied_by").in_order().last()
    if now.status != Return.Status.SUBMITTED or figure is None:
        raise ValidationError(
            f"No figure waits here to be confirmed: the return is {now.get_status_display().lower()}."
        )
    return figure


def _of_account(supplier: User, to_name: str, address: str) -> tuple[str, str]:
    """Their name and address; refused when others were given."""
    if to_name not in ("", supplier.name) or address not in ("", supplier.email.lower()):
        raise ValidationError(
            f"{supplier.name} has an account, so the link goes to {supplier.name} at {supplier.email} and to nobody else."
        )
    return supplier.name, supplier.email.lower()


def _check_address(address: str, figure: Figure) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError({"address": NOT_AN_ADDRESS}) from None
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError({"address": NOT_AN_ADDRESS})
    if _mailbox(address) == _mailbox(figure.recorded_by.email):
        raise ValidationError(
            {
                "address": f"This is the address of {figure.recorded_by.name}, who keyed the figure. Enter the supplier’s own"
            }
        )
    for person in User.objects.holding(RoleGrant.Role.COORDINATOR, timezone.localdate()):
        if _mailbox(address) == _mailbox(person.email):
            raise ValidationError(
                {
                    "address": f"This is the address of {person.name}, who can verify the figure. Enter the supplier’s own"
                }
            )
    if _mailbox(address) == _mailbox(settings.CONTACT_EMAIL):
        raise ValidationError({"address": "This is the partnership team’s own address. Enter the supplier’s own"})


def _mailbox(address: str) -> str:
    """Where mail to an address arrives: "sam+figures@example.org" is Sam's."""
    name, _, domain = address.lower().partition("@")
    return f"{name.split('+')[0]}@{domain}"
