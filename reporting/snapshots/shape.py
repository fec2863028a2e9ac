"""What a snapshot holds. Plain values only: no models, no Django, no clock; what is printed is decided by templates.

Schema 6. Adding, renaming or removing a field makes a new schema; the golden file of each schema that landed is kept, and
`reporting.snapshots.upgrade` reads the older ones.
Numbers are Decimal or None ("not known", never zero); days are `date`, moments are aware `datetime`, quarters are `Quarter`.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from lib.quarters import Quarter
from reporting.snapshots.funded import Funding
from reporting.snapshots.governed import Governance, OutcomePart

SCHEMA = 6


@dataclass(frozen=True)
class Value:
    """A figure as it was given. A count has a numerator; need and met, or a percentage with its base, have both.

    `percentage` is 100 × numerator / denominator, unrounded, or the stated one when no base was given; None for a count and where the
    denominator is zero. `hidden` says of a public edition why there are no numbers: "fewer" (a count under the threshold), "withheld"
    (shown, it would give such a count back); empty where they are shown.
    """

    numerator: Decimal | None
    denominator: Decimal | None
    percentage: Decimal | None
    hidden: str = ""


@dataclass(frozen=True)
class Cell:
    """One indicator in one quarter.

    state: "verified"; "unverified" (sent, not yet verified: `value` is shown and says so); "awaited" (nothing sent, or sent back);
    "missing" (a reason was given); "not_collected" (there was no return for this quarter).
    `value` is None unless verified or unverified; of an unverified one also where it is not for the reader (`reporting.sight`). `was` is the verified value it replaced most recently, when restated.
    """

    quarter: Quarter
    state: str
    value: Value | None
    is_provisional: bool
    was: Value | None
    reason: str  # of a missing figure, in words: "Awaiting partner"
    note: str  # what was said about it
    expected_on: dt.date | None


@dataclass(frozen=True)
class ToDate:
    """The year so far. `value` is None when nothing can be said. `through` is the last quarter it holds, when that is not the
    quarter of the snapshot ("to Q3"); `same_period` compares the same quarters a year earlier.
    """

    mode: str  # "sum", "pooled", "latest"
    value: Value | None
    through: Quarter | None
    is_complete: bool  # every quarter from Q1 to `through` is verified
    missing: tuple[Quarter, ...]  # quarters up to the snapshot's that are not in it


@dataclass(frozen=True)
class Words:
    """The commentary on one return. state: "sent", "owed" (not sent), "incomplete" (sent, and the figure asks for more than it says).

    `lacking` names the parts that are asked for and not there ("why", "who"); `owed_by` whose explanation is missing.
    """

    state: str
    what_happened: str
    why: str
    what_next: str
    who: str  # sees to what is next
    by_when: dt.date | None
    lacking: tuple[str, ...]
    by: str  # name and post
    sent_on: dt.date | None
    due_on: dt.date | None
    owed_by: str


@dataclass(frozen=True)
class TargetPart:
    """What is aimed at in the year. Numbers are counts, or per cent for shares; `profile` is the quarters' shares in per cent, or empty."""

    rule: str
    rule_words: str
    basis: str
    value: Decimal | None
    minimum: Decimal | None
    tolerance: Decimal | None
    profile: tuple[Decimal, ...]
    baseline: Decimal | None
    is_agreed: bool
    agreed: str  # "CSP Executive, 25 May 2017"; empty while proposed


@dataclass(frozen=True)
class VerdictPart:
    """Colour, or why there is none (the codes of `indicators.rating.WORDS`), and the sentence that explains it."""

    code: str
    sentence: str


@dataclass(frozen=True)
class TrendPart:
    """A comparison. trend: the values of `indicators.trend.Trend`; direction: "up", "down", "none" or empty; signed: "+128"; why: it is not comparable."""

    trend: str
    direction: str
    signed: str
    words: str  # "up 128 (8.7%)"
    why: str


@dataclass(frozen=True)
class ForecastPart:
    """The year's end. `number` None: no forecast, and `basis` says why. `verdict` rates it by the year's target."""

    number: Decimal | None
    basis: str
    verdict: VerdictPart | None


@dataclass(frozen=True)
class UsualPart:
    """What the control chart says of this quarter (see `indicators.usual.Usual`)."""

    state: str
    sentence: str
    is_trial: bool
    asks_for_words: bool
    meets: str
    meets_sentence: str


@dataclass(frozen=True)
class StretchPart:
    """A usual range, from its first quarter to its last. None where nothing may be drawn."""

    first: Quarter
    last: Quarter
    mean: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    is_trial: bool


@dataclass(frozen=True)
class IndicatorPart:
    """One indicator as the pack shows it. Context and annual measures have no reference."""

    slug: str
    reference: str
    name: str
    short_name: str
    family: str
    frequency: str
    measure: str  # "count", "percentage", "need_met"
    polarity: str  # "higher", "lower", "none"
    polarity_words: str  # "Good is lower"
    unit: str
    unit_of_base: str
    owner: str  # the organisation's name on the last day of the quarter
    data_leads: tuple[str, ...]
    is_restricted: bool
    has_small_numbers: bool
    definition: str
    source: str
    method: str
    known_limits: str
    areas: str
    target: TargetPart | None  # None: the quarter's year has none, not even "data only"
    verdict: VerdictPart
    last_verdict: VerdictPart | None  # on last quarter, by what is known now; None where none was asked for
    short: TrendPart  # on last quarter
    long: TrendPart  # on the same quarter last year
    is_worsening: bool
    forecast: ForecastPart
    usual: UsualPart
    this: Cell
    last: Cell
    year_ago: Cell
    history: tuple[
        Cell, ...
    ]  # the four quarters of last year and of this one, oldest first, later ones included as not_collected
    series: tuple[Cell, ...]  # every quarter that asks for a figure, from the first with one; empty without any
    stretches: tuple[StretchPart, ...]
    breaks: tuple[tuple[Quarter, str], ...]  # new series, with the reason
    notes: tuple[tuple[dt.date, str], ...]  # what happened on a day
    quarter_targets: tuple[tuple[Quarter, Decimal], ...]  # agreed targets of single quarters, of every year shown
    year_to_date: ToDate
    last_year_to_date: ToDate  # the same quarters of last year
    last_year: ToDate  # all of last year
    baselines: tuple[tuple[str, Decimal, str], ...]  # ("2015-16", 16320, "source")
    words: Words | None


@dataclass(frozen=True)
class CommitmentPart:
    """What the partnership will do in the year. `state` is one of `governance.lateness`, empty where a pack of that time did not hold it.

    It comes from the actions that serve it, where there are any, or else from what was said in `said_in`; `reached` is how far it is
    against its number, since it began.
    """

    theme: str
    text: str
    number: int | None
    unit: str
    key: str
    lead: str  # the body's short name; empty: nobody leads it
    state: str
    said: str
    said_in: Quarter | None
    reached: int | None
    actions: tuple[str, ...]  # references of those that serve it


@dataclass(frozen=True)
class PriorityPart:
    letter: str
    title: str
    short_title: str
    why: str
    indicators: tuple[IndicatorPart, ...]  # the monitoring set, in plan order
    context: tuple[IndicatorPart, ...]  # shown beside it, never counted among it
    commitments: tuple[CommitmentPart, ...]  # of the quarter's year
    outcomes: tuple[OutcomePart, ...]


@dataclass(frozen=True)
class Restatement:
    """A verified figure replaced by a later verified one, in the snapshot's quarter or any before it. All are kept, also those that are only counted.

    `changes_rating`: its own quarter's or a later one's, by what was known just before and just after it; None where a pack of that time did
    not work it out. `is_listed`: a correction, or a revision that changed a rating or moved the figure by its `materiality` or more.
    """

    reference: str
    short_name: str
    slug: str
    quarter: Quarter
    was: Value
    now: Value
    kind: str  # "revision" or "correction"
    why: str
    verified_on: dt.date
    by: str
    materiality: Decimal | None  # per cent of what the figure was; None: every revision is listed
    changes_rating: bool | None
    is_listed: bool


@dataclass(frozen=True)
class PersonPart:
    """Somebody whose name may stand in the words; what a public edition puts in its place."""

    name: str
    post: str


# What is asked for otherwise than on an agenda, as `ToDecidePart.source` names it.
APPLICATION, DELIVERY_PLAN, TARGETS = "Application for money", "Delivery plan", "Proposed targets"


@dataclass(frozen=True)
class ToDecidePart:
    """What the CSP Executive is asked to decide when it meets. `source` says where it comes from ("Agenda item 3"), `reference` leads there, or is empty."""

    text: str
    source: str
    reference: str
    who: str  # presents it, or asks for it


@dataclass(frozen=True)
class ConsultedPart:
    """A consultation whose results came out since the quarter before; `said` are its first findings, best first, in words."""

    slug: str
    title: str
    opened_on: dt.date
    closed_on: dt.date
    published_on: dt.date
    responses: int | None
    said: tuple[str, ...]
    is_sample: bool


@dataclass(frozen=True)
class SmallNumbers:
    """How a public edition hides small numbers: counts under `threshold`, zero too where `hides_zero`; `rounds_to` 0 is no rounding."""

    threshold: int
    hides_zero: bool
    rounds_to: int


@dataclass(frozen=True)
class Snapshot:
    """A quarter of a plan, as it was known at `as_at`. Complete: the executive edition shows all of it."""

    schema: int
    partnership: str
    plan: str
    plan_slug: str
    quarter: Quarter
    as_at: dt.datetime
    is_sample: bool
    round_exists: bool  # False: no returns were ever asked for in this quarter
    executive_meets_on: dt.date | None
    due_on: dt.date | None
    last_closed_on: dt.date | None  # when last quarter's collection closed: what was restated later is new since then
    priorities: tuple[PriorityPart, ...]
    restatements: tuple[Restatement, ...]
    governance: Governance | None  # None: packs of that time held nothing of it
    funding: Funding | None  # the same; for the executive edition alone
    edition: str  # "executive": all of it; "public": what `reporting.disclosure.publish` left
    small_numbers: SmallNumbers | None  # of a public edition
    people: tuple[PersonPart, ...]  # whose names may stand in the words; empty in a public edition
    to_decide: tuple[ToDecidePart, ...]
    consulted: tuple[ConsultedPart, ...]

    @property
    def is_public(self) -> bool:
        return self.edition == "public"

    @property
    def indicators(self) -> tuple[IndicatorPart, ...]:
        """The monitoring set of all priorities, in plan order."""
        return tuple(part for priority in self.priorities for part in priority.indicators)

    @property
    def restricted(self) -> tuple[IndicatorPart, ...]:
        """What only the executive edition may show, beside the set as well as in it; it sets the protective marking."""
        parts = (part for priority in self.priorities for part in (*priority.indicators, *priority.context))
        return tuple(part for part in parts if part.is_restricted)

    @property
    def is_rated(self) -> bool:
        """Whether anything is aimed at: an agreed target for an indicator of the set."""
        return any(part.target and part.target.is_agreed and part.target.rule != "none" for part in self.indicators)

    @property
    def newly_restated(self) -> tuple[Restatement, ...]:
        """What was restated since last quarter's collection closed; all of it where that is not known."""
        since = self.last_closed_on
        return tuple(one for one in self.restatements if since is None or one.verified_on > since)

    @property
    def told_restated(self) -> tuple[Restatement, ...]:
        """What a pack tells of: the quarters that it shows in full, and of older ones what is new."""
        first, new = self.quarter.year.previous.quarters[0], self.newly_restated
        return tuple(one for one in self.restatements if one.quarter >= first or one in new)

    def in_state(self, *states: str) -> tuple[IndicatorPart, ...]:
        """Indicators of the set whose quarter is in one of these states."""
        return tuple(part for part in self.indicators if part.this.state in states)
