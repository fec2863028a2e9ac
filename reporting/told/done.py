"""You asked, we did: each concern that came first, with the priority, the actions, the indicators and the decisions that answer it, and the gaps.

For anyone to read, so it holds names and states alone: actions of agreed delivery plans, indicators that are not restricted, and of a
decision its words only where it was taken in a public meeting. No figure of an indicator, no rating, no money, no person.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consultation.counts import ConcernCount
from consultation.models import Concern, Consultation
from governance.models import Action, Decision, DeliveryPlan, Meeting
from indicators.models import Placement
from lib.numerals import in_words
from lib.written import day_year
from priorities.models import Plan
from reporting.told import ranking, wording
from reporting.told.shape import Found

UNCOVERED = "No priority of the plan covers it."
NOT_ADOPTED = "The plan that will cover it is not adopted yet."
NOT_SAID = "Nobody has said yet which priority of the plan covers it."
UNDER_WAY, TO_START = "Under way", "To start"


@dataclass(frozen=True)
class Doing:
    """An action in the public's words."""

    title: str
    body: str
    year: str
    state: str


@dataclass(frozen=True)
class Covering:
    """The priority that covers a concern; `url` is "" where its page is not public."""

    letter: str
    title: str
    url: str


@dataclass(frozen=True)
class Answered:
    """A concern and what is done about it. `gap` says that no priority covers it, or that it is not said yet; "" where one does."""

    key: str
    text: str
    came: str  # "fourth"
    said: str  # "101 of 1,389 (7.3%) named it first"
    covering: Covering | None
    gap: str
    is_uncovered: bool  # somebody has said which priorities cover what, and none covers this
    actions: tuple[Doing, ...]
    indicators: tuple[str, ...]
    decisions: tuple[str, ...]


@dataclass(frozen=True)
class Done:
    answered: tuple[Answered, ...]
    lede: str
    is_sample: bool  # the concerns, or any of what is done about them


def read(consultation: Consultation, found: Found, *, public_plan: Plan | None, on: dt.date) -> Done:
    """`public_plan` is the one whose pages the public sees. The number of queries does not grow with what is done."""
    every = Concern.objects.filter(consultation=consultation).select_related("priority__plan")
    rows = {one.key: one for one in every}
    leading = [(one, rows[one.key]) for one in ranking.top(found.counts) if one.key in rows]
    held = _Held.of([concern for _, concern in leading])
    is_said = any(one.priority_id or one.uncovered_note for one in rows.values())
    answered = tuple(_answered(one, concern, found, held, is_said, public_plan, on) for one, concern in leading)
    return Done(answered, _lede(answered), found.is_sample or held.is_sample)


@dataclass(frozen=True)
class _Held:
    """What hangs on the concerns: actions by the concern's id, the rest by the action's."""

    actions: dict[int, list[Action]]
    indicators: dict[int, list[str]]
    decisions: dict[int, list[Decision]]

    @classmethod
    def of(cls, concerns: Iterable[Concern]) -> "_Held":
        actions = _actions(concerns)
        keys = {one.pk for some in actions.values() for one in some}
        return cls(actions, _indicators(keys), _decisions(keys))

    @property
    def is_sample(self) -> bool:
        return any(one.delivery_plan.is_sample for some in self.actions.values() for one in some)


def _answered(
    counted: ConcernCount,
    concern: Concern,
    found: Found,
    held: _Held,
    is_said: bool,
    public_plan: Plan | None,
    on: dt.date,
) -> Answered:
    actions = held.actions[concern.pk]
    taken = {one.pk: one for action in actions for one in held.decisions[action.pk]}
    return Answered(
        key=counted.key,
        text=counted.text,
        came=ranking.came(found.counts, counted.key),
        said=f"{wording.of_all(counted.first, ranking.base(found.counts))} named it first",
        covering=_covering(concern, public_plan),
        gap=_gap(concern, is_said),
        is_uncovered=is_said and concern.priority is None,
        actions=tuple(_doing(action, on) for action in actions),
        indicators=tuple(dict.fromkeys(name for action in actions for name in held.indicators[action.pk])),
        decisions=tuple(_decided(one) for one in sorted(taken.values(), key=lambda one: (one.decided_on, one.pk))),
    )


def _covering(concern: Concern, public_plan: Plan | None) -> Covering | None:
    priority = concern.priority
    if priority is None or priority.plan.adopted_on is None:
        return None
    url = priority.get_absolute_url() if public_plan and priority.plan_id == public_plan.pk else ""
    return Covering(priority.letter, priority.title, url)


def _gap(concern: Concern, is_said: bool) -> str:
    if concern.priority is not None:
        return "" if concern.priority.plan.adopted_on else NOT_ADOPTED
    return concern.uncovered_note or (UNCOVERED if is_said else NOT_SAID)


def _actions(concerns: Iterable[Concern]) -> dict[int, list[Action]]:
    """In the order of years, bodies and numbers."""
    links = Action.concerns.through.objects.filter(
        concern__in=[one.pk for one in concerns], action__delivery_plan__state__in=DeliveryPlan.AGREED
    )
    found: dict[int, list[Action]] = defaultdict(list)
    plan = "action__delivery_plan"
    order = (f"{plan}__year", f"{plan}__body__order", f"{plan}__body__name", "action__number")
    for link in links.select_related(f"{plan}__body").order_by(*order):
        found[link.concern_id].append(link.action)
    return found


def _indicators(actions: Iterable[int]) -> dict[int, list[str]]:
    """Names with the plan's reference first; restricted ones are nowhere."""
    links = Action.indicators.through.objects.filter(action__in=actions, indicator__is_restricted=False)
    rows = list(links.select_related("indicator"))
    placed = Placement.objects.filter(indicator__in={row.indicator_id for row in rows}).exclude(reference="")
    references = dict(placed.order_by("plan__starts_on").values_list("indicator_id", "reference"))
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row.action_id].append(f"{references.get(row.indicator_id, '')} {row.indicator.name}".strip())
    return defaultdict(list, {key: sorted(names) for key, names in found.items()})


def _decisions(actions: Iterable[int]) -> dict[int, list[Decision]]:
    """Those that stand."""
    links = Decision.actions.through.objects.filter(action__in=actions, decision__replaced_by__isnull=True)
    found: dict[int, list[Decision]] = defaultdict(list)
    for link in links.select_related("decision__body", "decision__meeting"):
        found[link.action_id].append(link.decision)
    return found


def _doing(action: Action, on: dt.date) -> Doing:
    state = action.get_ending_display() or (TO_START if action.starts_on > on else UNDER_WAY)
    plan = action.delivery_plan
    return Doing(action.title, plan.body.name, str(plan.year), state)


def _decided(decision: Decision) -> str:
    """What was said in public may be said again; of other decisions that there is one, by whom and when."""
    when = f"{decision.reference}, {decision.body.name}, {day_year(decision.decided_on)}"
    meeting = decision.meeting
    if meeting is not None and meeting.kind == Meeting.Kind.PUBLIC:
        return f"{decision.text} ({when})"
    return f"Decision {when}. It was not taken in a public meeting, so its words are not shown here."


def _lede(answered: Sequence[Answered]) -> str:
    """ "Of the five concerns at the top, the plan covers four and actions answer three. No priority covers Road Safety, which came fourth."."""
    if not answered:
        return "No concern has a place of its own, so nothing can be said of what was done about it."
    many = len(answered)
    covered = _how_many(sum(one.covering is not None for one in answered), many)
    acted = _how_many(sum(bool(one.actions) for one in answered), many)
    concerns = "concern that came first" if many == 1 else f"{in_words(many)} concerns at the top"
    gaps = ", or ".join(f"{one.text}, which came {one.came}" for one in answered if one.is_uncovered)
    words = f"Of the {concerns}, the plan covers {covered} and actions answer {acted}."
    return f"{words} No priority covers {gaps}." if gaps else words


def _how_many(number: int, of: int) -> str:
    return ("it" if of == 1 else "all") if number == of else "none" if not number else in_words(number)
