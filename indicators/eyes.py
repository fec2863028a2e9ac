"""Four eyes: nobody verifies what they supplied or keyed alone, and where nobody else may act, whom to ask."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import RoleGrant, User
from indicators.models import Figure


def share_in(figure: Figure, user: User) -> str:
    """ "You keyed this figure" or "You gave this figure"; empty when this person had no part in it.

    A supplier without a sign-in is known by name only, so a name that is the person's own counts.
    """
    if figure.supplied_by_id == user.pk:
        return "You gave this figure"
    if figure.recorded_by_id == user.pk:
        return "You keyed this figure"
    named = figure.supplied_by_name.split(",")[0].strip().casefold()
    return "You gave this figure" if figure.supplied_by_id is None and named == user.name.casefold() else ""


@dataclass(frozen=True)
class Verifiers:
    """Who may verify on a day, and who could let others do so."""

    coordinators: tuple[User, ...]
    administrators: tuple[User, ...]

    def besides(self, figure: Figure) -> str:
        """The names of those who may verify this figure: "Lena Fox or Sam Carrick"; empty when nobody may."""
        return " or ".join(person.name for person in self.coordinators if not share_in(figure, person))

    def refusal(self, figure: Figure, user: User) -> str:
        """Why this person may not verify the figure, and who may; empty when they may."""
        part = share_in(figure, user)
        if not part:
            return ""
        if others := self.besides(figure):
            return f"{part}, so somebody else must verify it: ask {others}."
        names = " or ".join(person.name for person in self.administrators)
        ask = f"an administrator, {names}," if names else "an administrator"
        return f"{part}, and nobody else may verify it yet. Ask {ask} to make somebody else a coordinator."


def verifiers(on: dt.date) -> Verifiers:
    """Those of that day. Two queries."""
    return Verifiers(
        coordinators=tuple(User.objects.holding(RoleGrant.Role.COORDINATOR, on)),
        administrators=tuple(User.objects.holding(RoleGrant.Role.ADMINISTRATOR, on)),
    )
