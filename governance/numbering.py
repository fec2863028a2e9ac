"""The numbers of a plan's actions: given once, never again, although an action may be taken out of a draft."""

from accounts.models import AuditEvent
from governance.models import Action, DeliveryPlan

TAKEN_OUT = "action_taken_out"  # an event of the plan; all that is left of the action
NUMBER = "Number"


def next_number(plan: DeliveryPlan) -> int:
    """For an action that holds the plan. Two queries."""
    there = Action.objects.filter(delivery_plan=plan).values_list("number", flat=True)
    return max([0, *there, *_taken_out(plan)]) + 1


def _taken_out(plan: DeliveryPlan) -> list[int]:
    events = AuditEvent.objects.about(plan._meta.label_lower, plan.pk).filter(kind=TAKEN_OUT)
    lines = [line for event in events for line in event.changes]
    return [int(line["was"]) for line in lines if line["what"] == NUMBER and line["was"].isdecimal()]
