"""Four eyes: nobody verifies what they supplied or keyed alone, and where nobody else may act, whom to ask.

A supplier who has confirmed by link is the second pair: whoever keyed the figure may verify it then. For a list of figures prefetch
their `confirmations`, so that it takes one query for all.
"""

import datetime as dt
from dataclasses import dataclass

from accounts.models import RoleGrant, User
from indicators import confirming
from indicators.models import Confirmation, Figure

GAVE, KEYED = "You gave this figure", "You keyed this figure"


def share_in(figure: Figure, user: User) -> str:
    """ "You keyed this figure" or "You gave this figure"; empty when this person had no part in it.

    A supplier without a sign-in is known by name only, so a name that is the person's own counts.
    """
    if figure.supplied_by_id == user.pk:
        return GAVE
    if figure.recorded_by_id == user.pk:
        return KEYED
    named = figure.supplied_by_name.split(",")[0].strip().casefold()
    return GAVE if figure.supplied_by_id is None and named == user.name.casefold() else ""


def bars(figure: Figure, user: User) -> str:
    """The part in a figure that keeps this person from verifying it. Whoever keyed what its supplier has confirmed is free to."""
    part = share_in(figure, user)
    return "" if part == KEYED and confirming.answered(figure, Confirmation.Answer.CONFIRMED) else part


@dataclass(frozen=True)
class Verifiers:
    """Who may verify on a day, and who could let others do so."""

    coordinators: tuple[User, ...]
    administrators: tuple[User, ...]

    def besides(self, figure: Figure) -> str:
        """The names of those who may verify this figure: "Lena Fox or Sam Carrick"; empty when nobody may."""
        return " or ".join(person.name for person in self.coordinators if not bars(figure, person))

    def refusal(self, figure: Figure, user: User) -> str:
        """Why this person may not verify the figure, and who may; empty when they may."""
        if disputed := confirming.answered(figure, Confirmation.Answer.DISPUTED):
            return f"{disputed.to_name} disputed this figure: send it back, or key it again."
        part = bars(figure, user)
        if not part:
            return ""
        if others := self.besides(figure):
            return f"{part}, so somebody else must verify it: ask {others}."
        names = " or ".join(person.name for person in self.administrators)
        ask = f"an administrator, {names}," if names else "an administrator"
        new = f"{ask} to make somebody else a coordinator"
        if part == KEYED:
            return f"{part}, and nobody else may verify it yet. Have its supplier confirm it by link, or ask {new}."
        return f"{part}, and nobody else may verify it yet. Ask {new}."


def verifiers(on: dt.date) -> Verifiers:
    """Those of that day. Two queries."""
    return Verifiers(
        coordinators=tuple(User.objects.holding(RoleGrant.Role.COORDINATOR, on)),
        administrators=tuple(User.objects.holding(RoleGrant.Role.ADMINISTRATOR, on)),
    )
