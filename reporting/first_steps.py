"""What a new installation still needs before its first quarter; each step is looked up when it is shown, none is ticked off by hand."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import Organisation, RoleGrant, User
from indicators.models import Indicator, Lead, Return, Round
from indicators.opening import nearest_set
from lib.quarters import Year
from lib.written import in_sentence, in_words
from priorities.models import Plan


@dataclass(frozen=True)
class Step:
    """One thing to set up. `state` is what is there now, in words; `url` where it is done, empty for who may not."""

    title: str
    why: str
    state: str
    is_done: bool
    url: str
    do: str
    who: str = ""  # who does it, for a reader who may not


@dataclass(frozen=True)
class FirstSteps:
    steps: tuple[Step, ...]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def is_finished(self) -> bool:
        return self.done == len(self.steps)

    @property
    def lede(self) -> str:
        if self.is_finished:
            return "Everything is set up."
        done = in_words(self.done).capitalize() if self.done else "None"
        return f"{done} of {in_words(len(self.steps))} steps {'is' if self.done < 2 else 'are'} done."

    @property
    def next(self) -> Step | None:
        """The first step not done yet."""
        return next((step for step in self.steps if not step.is_done), None)


def read(user: User, on: dt.date) -> FirstSteps:
    """The steps as they stand on that day, for this reader. Nine queries."""
    plan = Plan.objects.current(on)
    coordinates, administers = user.has_role(RoleGrant.Role.COORDINATOR), user.has_role(RoleGrant.Role.ADMINISTRATOR)
    steps = (
        _organisations(coordinates or administers),
        _people(on, administers),
        _owners(plan, on, coordinates),
        _first_quarter(coordinates),
        _history(plan, coordinates),
    )
    return FirstSteps(steps)


def is_new() -> bool:
    """Whether no quarter has been opened here yet: then the home page leads to the first steps. One query."""
    return not Round.objects.exists()


def _organisations(may: bool) -> Step:
    names = Organisation.objects.count()
    return Step(
        title="Check the organisations",
        why="The bodies that own the indicators and that people work for, with the names they have today.",
        state=f"{names} organisation{'' if names == 1 else 's'}",
        is_done=names > 0,
        url=reverse("accounts:organisation-list") if may else "",
        do="Check the organisations",
        who="the partnership team or an administrator",
    )


def _people(on: dt.date, may: bool) -> Step:
    held = set(
        RoleGrant.objects.in_force(on).filter(user__is_active=True).values_list("role", flat=True).order_by().distinct()
    )
    needed = (
        RoleGrant.Role.COORDINATOR,
        RoleGrant.Role.DATA_LEAD,
        RoleGrant.Role.COMMENTARY_LEAD,
        RoleGrant.Role.EXECUTIVE,
    )
    lacking = [str(role.label) for role in needed if role not in held]
    people = User.objects.active().count()
    return Step(
        title="Invite people and give them roles",
        why="At least a coordinator, a data lead, a commentary lead and a member of the CSP Executive. Everyone gets an invitation by mail.",
        state=f"{people} {'person' if people == 1 else 'people'}. "
        + (f"Nobody yet as: {', '.join(in_sentence(role) for role in lacking)}" if lacking else "Every role is held"),
        is_done=not lacking,
        url=reverse("accounts:user-list") if may else "",
        do="Invite people",
        who="an administrator",
    )


def _owners(plan: Plan | None, on: dt.date, may: bool) -> Step:
    year = nearest_set(Year.of(on))
    ours = Indicator.objects.in_set(year).filter(placements__plan=plan) if plan and year else Indicator.objects.none()
    leads = Lead.objects.in_force(on).filter(indicator=OuterRef("pk"), user__is_active=True)
    total = ours.count()
    both = ours.filter(
        Exists(leads.filter(duty=Lead.Duty.DATA)), Exists(leads.filter(duty=Lead.Duty.COMMENTARY))
    ).count()
    return Step(
        title="Name who leads each indicator",
        why="Each needs somebody for its figures and somebody for its commentary; they are told when something is due.",
        state=f"{both} of {total} indicators have both",
        is_done=bool(total) and both == total,
        url=reverse("indicators:lead-list") if may else "",
        do="Name the leads",
        who="the partnership team",
    )


def _first_quarter(may: bool) -> Step:
    latest = Round.objects.first()
    meets = latest.executive_meets_on if latest else None
    return Step(
        title="Open the first quarter, with the date the CSP Executive meets",
        why="Every due date is counted back from that meeting in working days.",
        state=(f"{latest.quarter} was opened" + ("" if meets else ", without a meeting date"))
        if latest
        else "No quarter has been opened",
        is_done=latest is not None,
        url=reverse("indicators:round-open") if may else "",
        do="Open a quarter",
        who="the partnership team",
    )


def _history(plan: Plan | None, may: bool) -> Step:
    before = Return.objects.filter(status=Return.Status.VERIFIED).order_by("round__quarter")
    quarters = before.values_list("round__quarter", flat=True).distinct()
    count = len(set(quarters))
    return Step(
        title="Enter the history",
        why="Open earlier quarters and enter their figures, so that packs can compare with last quarter and last year. "
        "Quarters before the plan was adopted are taken too.",
        state=f"{count} quarter{'' if count == 1 else 's'} with verified figures; five are enough to compare with last year",
        is_done=count >= ENOUGH,
        url=reverse("indicators:round-open") if may else "",
        do="Open an earlier quarter",
        who="the partnership team",
    )


# This quarter and the four before it: enough for both trends.
ENOUGH = 5
