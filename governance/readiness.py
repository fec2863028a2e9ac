"""What stands between a draft and its submission."""

from dataclasses import dataclass

from governance import equalities
from governance.models import Action, DeliveryPlan
from lib.numerals import in_words, listed


@dataclass(frozen=True)
class Readiness:
    """What a draft lacks. Actions and their measures are asked for without exception; the other two may be missing for a reason."""

    actions: int
    unmeasured: tuple[Action, ...]  # without a success measure
    equality: tuple[str, ...]  # what the analysis lacks
    has_resources: bool

    @property
    def faults(self) -> list[str]:
        """What nothing can stand in for, each as a sentence."""
        if not self.actions:
            return ["Add at least one action"]
        if not self.unmeasured:
            return []
        references = listed(action.reference for action in self.unmeasured)
        return [f"Say how success is measured for {references}"]

    @property
    def missing(self) -> list[str]:
        """All of it, as a list on the page."""
        found = self.faults
        if self.equality:
            found.append(f"Complete the equalities analysis: {_things(self.equality)}")
        if not self.has_resources:
            found.append("Write the resources statement")
        return found

    @property
    def is_ready(self) -> bool:
        return not self.faults and not self.equality and self.has_resources


def _things(lacks: tuple[str, ...]) -> str:
    if len(lacks) == 1:
        return lacks[0][:1].lower() + lacks[0][1:]
    return f"{in_words(len(lacks))} things are missing"


def of(plan: DeliveryPlan) -> Readiness:
    """Three or four queries. The plan's body has to be loaded."""
    actions = list(Action.objects.filter(delivery_plan=plan).open().in_order())
    for action in actions:
        action.delivery_plan = plan
    return Readiness(
        actions=len(actions),
        unmeasured=tuple(action for action in actions if not action.success_measure.strip()),
        equality=tuple(equalities.missing(equalities.of(plan))),
        has_resources=bool(plan.resources.strip()),
    )
