"""Holding a delivery plan still while something that spans its actions is done."""

from django.core.exceptions import ValidationError

from governance.models import DeliveryPlan

State = DeliveryPlan.State
# Why the words of a plan and its actions can't be changed, by its state.
SHUT = {
    State.SUBMITTED: "It has been submitted to the CSP Executive. To change it, ask for it to be sent back",
    State.CLOSED: "The year of this delivery plan is closed, so it stays as it is",
}


def hold(plan: DeliveryPlan) -> DeliveryPlan:
    """The plan as it is now, with its body; nobody else changes it or its actions until the transaction ends. The first lock to take."""
    return DeliveryPlan.objects.select_for_update(of=("self",)).select_related("body").get(pk=plan.pk)


def hold_open(plan: DeliveryPlan) -> DeliveryPlan:
    """The same, refused where nothing of it can be changed: while it is submitted, and once it is closed."""
    held = hold(plan)
    if held.state in SHUT:
        raise ValidationError(SHUT[held.state])
    return held
