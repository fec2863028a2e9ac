"""Which plan a quarter belongs to: the years of its term, and the one before, which it is compared with."""

from lib.quarters import Quarter
from priorities.models import Plan


def covers(plan: Plan, quarter: Quarter) -> bool:
    """Whether the plan's packs can show this quarter."""
    return plan.years[0].previous <= quarter.year <= plan.years[-1]


def span(plan: Plan) -> str:
    """ "2016-17 Q1 to 2020-21 Q4"."""
    return f"{plan.years[0].previous.quarters[0]} to {plan.years[-1].quarters[-1]}"


def plan_of(quarter: Quarter) -> Plan | None:
    """The plan whose term holds the quarter, or else the one that begins the year after; None when there is none."""
    plans = [plan for plan in Plan.objects.all() if covers(plan, quarter)]
    return max(plans, key=lambda plan: (quarter.year in plan.years, plan.starts_on), default=None)


def refusal(quarter: Quarter) -> str:
    """What to say of a quarter that no plan has."""
    plans = ", or ".join(span(plan) for plan in Plan.objects.order_by("starts_on"))
    return f"No plan here has the quarter {quarter}." + (f" Choose one from {plans}." if plans else "")
