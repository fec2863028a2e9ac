"""What a snapshot holds of who governs, delivers and decides. Plain values only, as in `reporting.snapshots.shape`.

Bodies are named by their short name and told apart by their code ("ASB"); people stand as they are labelled, post and name.
States of actions and commitments are those of `governance.lateness`.
"""

import datetime as dt
from dataclasses import dataclass

from governance import lateness
from lib.quarters import Quarter


@dataclass(frozen=True)
class LinkPart:
    """A line of the structure, to the body with that slug. kind: "parent", "accountable", "works_with"."""

    to: str
    kind: str
    is_sample: bool


@dataclass(frozen=True)
class BodyPart:
    """kind: "executive", "partnership", "subgroup", "operational", "linked", "scrutiny", "council". `chairs` chaired it on the day of the snapshot."""

    slug: str
    code: str
    name: str
    short_name: str
    kind: str
    kind_words: str
    chairs: tuple[str, ...]
    letters: tuple[str, ...]  # of the priorities it serves
    letters_are_sample: bool
    links: tuple[LinkPart, ...]


@dataclass(frozen=True)
class UpdatePart:
    """What was said of an action and agreed. colour: "red", "amber", "green", "blue"."""

    quarter: Quarter
    colour: str
    reason: str
    done: str
    next: str
    is_no_change: bool
    agreed_on: dt.date


@dataclass(frozen=True)
class MilestonePart:
    text: str
    due_on: dt.date
    done_on: dt.date | None


@dataclass(frozen=True)
class ActionPart:
    """One action of a delivery plan. `state`, `days_late` and `note` are its standing on the day by which delivery is judged.

    `due_on` is the date that counts, `first_due_on` the first one; `slip` calendar days between them; `proposed_on` a new date that waits to
    be accepted. `update` is the last agreed one: of an earlier quarter, where this quarter has none.
    """

    reference: str
    title: str
    lead: str
    starts_on: dt.date
    first_due_on: dt.date
    due_on: dt.date
    moves: int
    slip: int
    proposed_on: dt.date | None
    state: str
    days_late: int
    note: str
    update: UpdatePart | None
    milestones: tuple[MilestonePart, ...]
    commitment: str  # its key, empty for none
    indicators: tuple[str, ...]  # their references, or short names without one
    ending: str  # "complete", "closed", "merged", "carried"; empty while it was open on the day of the snapshot
    ended_on: dt.date | None
    ended_because: str


@dataclass(frozen=True)
class UndertakingPart:
    """Something somebody is to do: kind "arising" (from a meeting or a decision) or "condition" (of an approval). Open ones only."""

    kind: str
    body: str
    text: str
    owner: str
    due_on: dt.date
    days_late: int
    source: str  # "Meeting of 24 May 2018", "CSPE D3", "Delivery plan 2017-18"


@dataclass(frozen=True)
class DeliveryPart:
    """One body's delivery plan of the year. state: "none" (owed and not there), "draft", "submitted", "agreed", "in_delivery", "closed".

    `actions` are those of an agreed plan: before, nobody has agreed to them.
    """

    slug: str
    code: str
    body: str
    name: str
    state: str
    agreed_on: dt.date | None
    resources: str  # its resources statement; empty without one
    conditions: tuple[UndertakingPart, ...]
    actions: tuple[ActionPart, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many stand in each state, late first, zeros included; what ended otherwise than complete is left out."""
        return lateness.counts(action.state for action in self.actions)

    @property
    def is_agreed(self) -> bool:
        return self.state in ("agreed", "in_delivery", "closed")

    def in_state(self, *states: str) -> tuple[ActionPart, ...]:
        return tuple(action for action in self.actions if action.state in states)


@dataclass(frozen=True)
class OutcomePart:
    """What will have changed, and how that will be known. kind: "indicator", "survey", "judgement"; "plan": only its own
    words say it; empty: no measure yet, a gap.

    `verdict` and `evidence` are what the latest year said; `year` which one.
    """

    key: str
    text: str
    kind: str
    known_by: str
    verdict: str
    year: str
    evidence: str

    @property
    def is_as_planned(self) -> bool:
        return self.kind == "plan"


@dataclass(frozen=True)
class DecisionPart:
    """`due_on` and `owner` are empty where nothing follows from it. `replaced_by` is the reference of a later decision in its place."""

    reference: str
    body: str
    text: str
    reason: str
    decided_on: dt.date
    how: str  # "In a meeting"
    owner: str
    due_on: dt.date | None
    done_on: dt.date | None
    days_late: int
    replaced_by: str


@dataclass(frozen=True)
class RecommendationPart:
    """What scrutiny asked, open or answered since the quarter began. `days_left` until the answer is due, below zero when it is late; None once answered."""

    reference: str
    committee: str
    kind: str  # "Recommendation", "Request for information"
    text: str
    owner: str
    made_on: dt.date
    sent_on: dt.date
    due_on: dt.date
    days_left: int | None
    answer: str
    outcome: str  # "Accepted in part"; empty while there is no answer
    answered_on: dt.date | None
    answered_by: str
    follow_up_on: dt.date | None
    is_closed: bool


@dataclass(frozen=True)
class RiskPart:
    """An open risk. Scores are likelihood × impact; `previous` is the one before the present, None without one."""

    reference: str
    body: str
    sentence: str
    before: int  # without any control
    likelihood: int
    impact: int
    previous: int | None
    target: int
    appetite: int
    owner: str
    review_on: dt.date
    is_review_late: bool

    @property
    def now(self) -> int:
        return self.likelihood * self.impact

    @property
    def is_over_appetite(self) -> bool:
        """Whether its score is above what its body accepts."""
        return self.now > self.appetite


@dataclass(frozen=True)
class Governance:
    """Delivery is judged on `judged_on`: the quarter's last day, or the day of the snapshot where that is earlier. All else goes by that day itself.

    `decisions` are those since `decided_since`; `risks` all that are open, the highest first.
    """

    judged_on: dt.date
    bodies: tuple[BodyPart, ...]
    delivery: tuple[DeliveryPart, ...]
    decided_since: dt.date
    decisions: tuple[DecisionPart, ...]
    undertakings: tuple[UndertakingPart, ...]  # without the conditions of the delivery plans above, and those on money
    recommendations: tuple[RecommendationPart, ...]
    risks: tuple[RiskPart, ...]
    executive_meets_next_on: dt.date | None

    @property
    def counts(self) -> dict[str, int]:
        """Of all delivery plans together."""
        return lateness.counts(action.state for part in self.delivery for action in part.actions)

    @property
    def over_appetite(self) -> tuple[RiskPart, ...]:
        """What a pack tells of: risks over what their bodies accept."""
        return tuple(risk for risk in self.risks if risk.is_over_appetite)

    @property
    def without_plan(self) -> tuple[DeliveryPart, ...]:
        """Bodies whose plan is not there, or not agreed."""
        return tuple(part for part in self.delivery if not part.is_agreed)
