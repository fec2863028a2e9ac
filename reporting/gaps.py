"""What is missing in the plan, each kind with where it is closed: for the partnership team, the CSP Executive and members of bodies.

Where an indicator is named, only those that the reader may see are named and counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant
from governance import owing, promises
from governance.funding import twelve_months
from governance.models import Body, CommitmentLead, DeliveryPlan, Project
from governance.promises import served
from indicators.models import Indicator, Lead
from indicators.wording import due
from lib.numerals import listed
from lib.quarters import Year
from lib.written import day_year
from priorities.models import Commitment, LinkedStrategy
from reporting.thread import Thread

RED = "red"
LONG = 12  # more are folded away, below their number


@dataclass(frozen=True)
class Item:
    """One thing that has the gap. `url` leads to it, "" where the reader has no page for it; `note` stands under it."""

    words: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Gap:
    """A kind of gap. `words` say how many ("8 commitments of 2017-18 have no action", "None"); `close_words` and `close_url` where it is
    closed, for whoever may do it, else `close_words` alone say who does."""

    key: str
    title: str
    one: str
    many: str
    items: tuple[Item, ...]
    close_words: str
    close_url: str = ""

    @property
    def words(self) -> str:
        count = len(self.items)
        return f"{count:,} {self.one if count == 1 else self.many}" if count else "None"

    @property
    def is_long(self) -> bool:
        return len(self.items) > LONG


def gather(thread: Thread, year: Year) -> tuple[Gap, ...]:
    """Every kind of gap, also those that nothing has. The number of queries does not grow with what is found."""
    commitments = [row for row in thread.commitments.values() if row.year == year]
    return (
        _unwritten(thread, year, commitments),
        _without_action(thread, year, commitments),
        _without_lead(thread, year, commitments),
        _red_without_action(thread),
        _moving_nothing(thread, year),
        _owing_a_plan(thread, year),
        _unowned(thread, year),
        _unmeasured(thread),
        _uncovered(thread),
        _unanswered(thread),
        _serving_nothing(thread),
        _unspent(thread),
        _ending(thread, year, commitments),
        _expiring(thread),
        *_nobodys(thread),
    )


def _unwritten(thread: Thread, year: Year, commitments: Sequence[Commitment]) -> Gap:
    """A year in which nothing is promised has no commitment without an action either: so that is said first."""
    may = thread.user.has_perm("priorities.change_plan", thread.plan)
    return Gap(
        "years",
        "Years without a commitment",
        "year of the plan has no commitments yet",
        "years of the plan have no commitments yet",
        () if commitments else (Item(str(year)),),
        "Write them after the yearly review" if may else "The partnership team writes them after the yearly review",
        reverse("priorities:plan-detail") if may else "",
    )


def _without_action(thread: Thread, year: Year, commitments: Sequence[Commitment]) -> Gap:
    there = served(commitments)
    return Gap(
        "commitments",
        "Commitments without an action",
        f"commitment for {year} has no action in an agreed delivery plan",
        f"commitments for {year} have no action in an agreed delivery plan",
        tuple(_promise(row) for row in commitments if row.pk not in there),
        "Add an action to a delivery plan",
        reverse("governance:delivery-plan-list"),
    )


def _without_lead(thread: Thread, year: Year, commitments: Sequence[Commitment]) -> Gap:
    led = set(CommitmentLead.objects.filter(commitment__in=commitments).values_list("commitment_id", flat=True))
    may = thread.user.has_perm("governance.change_promises")
    return Gap(
        "leads",
        "Commitments without a lead body",
        f"commitment for {year} is led by no body",
        f"commitments for {year} are led by no body",
        tuple(_promise(row) for row in commitments if row.pk not in led),
        "Say who leads each commitment" if may else "See the commitments and who leads them",
        reverse("governance:commitment-leads", args=[year]) if may else reverse("governance:commitment-list"),
    )


def _red_without_action(thread: Thread) -> Gap:
    """By the colour that the dashboard shows; an action that has ended moves nothing any more."""
    moved = {one.indicator.pk for step in thread.steps.values() if step.action.is_open for one in step.measures}
    red = [one for one in thread.measures.values() if one.rated and one.rated.code == RED]
    items = tuple(
        Item(one.name, reverse("reporting:thread-indicator", args=[one.indicator.slug]), one.rated.sentence)
        for one in sorted(red, key=lambda one: one.reference)
        if one.rated and one.indicator.pk not in moved
    )
    quarter = f" in {thread.ratings.quarter}" if thread.ratings.quarter else ""
    return Gap(
        "red",
        "Red indicators without an action",
        f"indicator is red{quarter}, and no open action is expected to move it",
        f"indicators are red{quarter}, and no open action is expected to move them",
        items,
        "Name the indicator in an action, or add an action to a delivery plan",
        reverse("governance:delivery-plan-list"),
    )


def _moving_nothing(thread: Thread, year: Year) -> Gap:
    steps = [step for step in thread.steps.values() if step.action.is_open and step.moves_nothing]
    items = tuple(
        Item(str(step.action), step.action.get_absolute_url())
        for step in steps
        if step.action.delivery_plan.year == year
    )
    return Gap(
        "actions",
        "Actions without an indicator",
        f"open action for {year} names no indicator that it is expected to move",
        f"open actions for {year} name no indicator that they are expected to move",
        items,
        "Open the action in its delivery plan, and name the indicators",
        reverse("governance:delivery-plan-list"),
    )


def _owing_a_plan(thread: Thread, year: Year) -> Gap:
    """A plan in any state counts here: a draft is on its way."""
    have = DeliveryPlan.objects.filter(year=year).values("body")
    stood = Q(started_on__isnull=True) | Q(started_on__lte=year.end)
    owing = Body.objects.owing_plans().filter(stood).standing(year.start).exclude(pk__in=have)
    return Gap(
        "plans",
        "Bodies that owe a delivery plan",
        f"body owes a delivery plan for {year} and has none",
        f"bodies owe a delivery plan for {year} and have none",
        tuple(Item(body.name, body.get_absolute_url()) for body in owing),
        "Start a delivery plan",
        reverse("governance:delivery-plan-list"),
    )


def _unowned(thread: Thread, year: Year) -> Gap:
    """Of the year's monitoring set, those that nobody gives figures for today."""
    led = Lead.objects.in_force(thread.on).filter(duty=Lead.Duty.DATA, user__is_active=True).values("indicator")
    seen = Indicator.objects.visible_to(thread.user).in_set(year).exclude(pk__in=led)
    found = [thread.measures[pk] for pk in seen.values_list("pk", flat=True)]
    may = thread.user.has_perm("indicators.change_leads")
    return Gap(
        "indicators",
        "Indicators that nobody owns",
        f"indicator of the set for {year} has nobody who gives its figures",
        f"indicators of the set for {year} have nobody who gives their figures",
        tuple(Item(one.name, one.indicator.get_absolute_url()) for one in sorted(found, key=lambda one: one.reference)),
        "Say who leads an indicator" if may else "The partnership team names who leads an indicator",
        reverse("indicators:lead-list") if may else "",
    )


def _unmeasured(thread: Thread) -> Gap:
    lines = promises.outcomes(thread.plan, timezone.now())
    may = thread.user.has_perm("governance.change_promises")
    return Gap(
        "outcomes",
        "Outcomes without a measure",
        "outcome has no measure yet",
        "outcomes have no measure yet",
        tuple(_outcome(line) for line in lines if not line.has_measure),
        "Say how an outcome will be known" if may else "See the outcomes and how they will be known",
        reverse("governance:outcome-list"),
    )


def _outcome(line: promises.OutcomeLine) -> Item:
    place = ", ".join(filter(None, [f"Priority {line.letter}", line.theme]))
    return Item(line.text, reverse("reporting:priority-detail", args=[line.letter.lower()]), place)


def _uncovered(thread: Thread) -> Gap:
    """Concerns among the first five by one way of counting or another."""
    left = [one for pk, one in thread.concerns.items() if pk in thread.leading and one.priority_id is None]
    may = thread.user.has_perm("consultation.run_consultation")
    items = tuple(
        Item(
            one.text,
            reverse("reporting:thread-concern", args=[one.pk]),
            one.uncovered_note or f"It came {thread.came(one)}.",
        )
        for one in left
    )
    return Gap(
        "uncovered",
        "What people put first, and no priority covers",
        "concern came among the first five, and no priority of the plan covers it",
        "concerns came among the first five, and no priority of the plan covers them",
        items,
        "Say which priority covers it, or why none does" if may else "See what people told us",
        reverse("consultation:consultation-list") if may else reverse("reporting:told-list"),
    )


def _unanswered(thread: Thread) -> Gap:
    answered = {one.pk for step in thread.steps.values() for one in step.concerns}
    left = [concern for pk, concern in thread.concerns.items() if pk not in answered]
    return Gap(
        "concerns",
        "What people told us, and no action answers",
        "concern is answered by no action of an agreed delivery plan",
        "concerns are answered by no action of an agreed delivery plan",
        tuple(
            Item(
                concern.text,
                reverse("reporting:thread-concern", args=[concern.pk]),
                thread.first_choices.get(concern.pk, ""),
            )
            for concern in left
        ),
        "Name the concern in an action, or add an action to a delivery plan",
        reverse("governance:delivery-plan-list"),
    )


def _serving_nothing(thread: Thread) -> Gap:
    return Gap(
        "projects",
        "Projects without a priority",
        "project runs and serves no priority",
        "projects run and serve no priority",
        tuple(_project(one) for one in thread.running if one.priority_id is None),
        *_seen_to(thread, "Open the project, and say which priority it serves", "See the money and what it is for"),
    )


def _unspent(thread: Thread) -> Gap:
    return Gap(
        "spend",
        "Projects whose spend nobody is asked for",
        "project runs, and nobody is asked what it spends",
        "projects run, and nobody is asked what they spend",
        tuple(_project(one) for one in thread.running if one.spend_id is None),
        *_seen_to(thread, "Open the project, and say who gives its spend", "See the money and what of it is spent"),
    )


def _ending(thread: Thread, year: Year, commitments: Sequence[Commitment]) -> Gap:
    """Those that are paid for today, and by nothing that is known to go on for 12 months."""
    running = {one.pk: one for one in thread.running}
    items = []
    for row in commitments:
        paying = [running[pk] for pk in thread.paid[row.pk] if pk in running]
        days = [one.ends_on for one in paying if one.ends_on and twelve_months.holds(thread.on, one.ends_on)]
        if paying and len(days) == len(paying):
            names = listed(one.name for one in paying)
            items.append(replace(_promise(row), note=f"{_place(row)}. {names}: until {day_year(max(days))}"))
    return Gap(
        "money",
        "Commitments whose money ends within 12 months",
        f"commitment for {year} is paid for by nothing that goes on for another 12 months",
        f"commitments for {year} are paid for by nothing that goes on for another 12 months",
        tuple(items),
        "See what ends when",
        reverse("governance:funding"),
    )


def _project(one: Project) -> Item:
    return Item(one.name, one.get_absolute_url(), one.stream.name)


def _seen_to(thread: Thread, close: str, see: str) -> tuple[str, str]:
    """Where it is closed, for whoever may do it; where it stands for the others."""
    may = thread.user.has_perm("governance.change_funding")
    return close if may else see, reverse("governance:funding")


def _expiring(thread: Thread) -> Gap:
    """A strategy without a year in its title can't be judged, and is not listed."""
    rows = LinkedStrategy.objects.filter(plan=thread.plan).select_related("plan")
    may = thread.user.has_perm("priorities.change_plan", thread.plan)
    return Gap(
        "strategies",
        "Linked strategies that end before the plan does",
        "strategy that the plan leans on ends before it does",
        "strategies that the plan leans on end before it does",
        tuple(Item(row.title, "", f"Ends in {row.ends_in}") for row in rows if row.ends_within_plan()),
        "Change the plan when the next strategy is there" if may else "See the strategies in the plan",
        reverse("priorities:plan-detail") if may else reverse("reporting:plan-sections"),
    )


def _nobodys(thread: Thread) -> tuple[Gap, ...]:
    """What is owed by a post without a person: for the partnership team alone, as only it can be told."""
    if not thread.user.has_role(RoleGrant.Role.COORDINATOR):
        return ()
    found = owing.nobodys(owing.owed(thread.on), thread.on)
    return (
        Gap(
            "nobody",
            "Things that nobody is named for",
            "thing is late or due within two weeks, and nobody is named for it",
            "things are late or due within two weeks, and nobody is named for them",
            tuple(Item(one.what, one.url, due(one.due_on, thread.on)) for one in found),
            "Open each: give it to somebody, or see to it",
        ),
    )


def _promise(row: Commitment) -> Item:
    return Item(row.text, reverse("reporting:thread-commitment", args=[row.pk]), _place(row))


def _place(row: Commitment) -> str:
    """ "Priority D, Burglary". Needs the priority and theme loaded."""
    return ", ".join(filter(None, [f"Priority {row.priority.letter}", row.theme.title if row.theme else ""]))


def lede(gaps: Sequence[Gap]) -> str:
    """The page's first line: "Something is missing in 7 of 9 respects."."""
    found = sum(bool(gap.items) for gap in gaps)
    return f"Something is missing in {found} of {len(gaps)} respects." if found else "Nothing is missing."
