"""What was decided and what is to be done because of it, what scrutiny asked, and the risks over what their bodies accept."""

from collections.abc import Sequence
from dataclasses import dataclass

from governance import clock
from lib.numerals import in_words
from lib.written import day_year
from reporting.pdf.parts import said
from reporting.pdf.parts.delivery import days_late
from reporting.snapshots.governed import DecisionPart, Governance, RecommendationPart, RiskPart, UndertakingPart
from reporting.snapshots.shape import Snapshot

FEW = 8
MOST = 40  # rows of a kind; beyond that those that are longest late, and a count


@dataclass(frozen=True)
class Decision:
    reference: str
    text: str
    reason: str
    decided: str
    how: str  # empty for those of a meeting
    owner: str
    due: str
    state: str  # "done 8 March 2018", "replaced by CSPE D5"
    late: str


@dataclass(frozen=True)
class Group:
    """The decisions of one body."""

    body: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class Arising:
    body: str
    text: str
    source: str
    owner: str
    due: str
    late: str


@dataclass(frozen=True)
class Recommendation:
    """`clock` says how long is left, or how late it is (`is_late`); of an answered one that it was in time or not."""

    reference: str
    kind: str
    text: str
    answer: str
    signed: str
    owner: str
    made: str
    outcome: str
    clock: str
    is_late: bool


@dataclass(frozen=True)
class Risk:
    reference: str
    body: str
    sentence: str
    owner: str
    before: int
    now: int
    made_of: str  # "4 × 4"
    moved: str  # "up from 9"
    target: int
    appetite: int
    review: str
    is_review_late: bool


@dataclass(frozen=True)
class DecidedPage:
    lede: str
    decisions_heading: str
    groups: tuple[Group, ...]
    decisions_empty: str
    arising: tuple[Arising, ...]
    arising_rest: str
    recommendations: tuple[Recommendation, ...]
    title: str
    risks: tuple[Risk, ...]
    risks_empty: str
    risks_rest: str
    risks_stay_together: bool  # a short table is not broken over two pages


def build(snapshot: Snapshot, governance: Governance) -> DecidedPage:
    since = day_year(governance.decided_since)
    arising = sorted(governance.undertakings, key=lambda one: -one.days_late)
    over = governance.over_appetite
    return DecidedPage(
        lede=_lede(governance),
        decisions_heading=f"Decisions since {since}",
        groups=_groups(governance.decisions),
        decisions_empty=f"No decision has been recorded since {since}.",
        arising=tuple(map(_arising, arising[:MOST])),
        arising_rest=_rest(len(arising), "to be done"),
        recommendations=tuple(map(_recommendation, governance.recommendations)),
        title=title(snapshot),
        risks=tuple(map(risk, over[:MOST])),
        risks_empty=_no_risks(len(governance.risks)),
        risks_rest=_rest(len(over), "over what their bodies accept"),
        risks_stay_together=len(over) <= FEW,
    )


def _rest(how_many: int, what: str) -> str:
    return f"These are the first {MOST} of {how_many} {what}." if how_many > MOST else ""


def _lede(governance: Governance) -> str:
    """How many decisions, what is late, what scrutiny waits for, and when the CSP Executive meets next."""
    decisions = len(governance.decisions)
    told = [
        f"{said.capital(said.many(decisions, 'decision', 'decisions'))} {'was' if decisions == 1 else 'were'} taken."
    ]
    days = [one.days_late for one in governance.decisions] + [one.days_late for one in governance.undertakings]
    late = sum(map(bool, days))
    if late:
        told.append(
            f"{said.capital(said.many(late, 'thing', 'things'))} to be done because of decisions or meetings {'is' if late == 1 else 'are'} late."
        )
    if waiting := [one.days_left for one in governance.recommendations if one.days_left is not None]:
        overdue = sum(days < 0 for days in waiting)
        more = f", {in_words(overdue)} beyond the 28 days" if overdue else ""
        told.append(f"Scrutiny waits for {said.many(len(waiting), 'answer', 'answers')}{more}.")
    if governance.executive_meets_next_on:
        told.append(f"The CSP Executive meets next on {day_year(governance.executive_meets_next_on)}.")
    return " ".join(told)


# ---------------------------------------------------------------- decisions


def _groups(decisions: Sequence[DecisionPart]) -> tuple[Group, ...]:
    bodies = dict.fromkeys(one.body for one in decisions)
    return tuple(Group(body, tuple(_decision(one) for one in decisions if one.body == body)) for body in bodies)


def _decision(one: DecisionPart) -> Decision:
    state = f"done {day_year(one.done_on)}" if one.done_on else ""
    return Decision(
        reference=one.reference,
        text=one.text,
        reason=one.reason,
        decided=day_year(one.decided_on),
        how="" if one.how == "In a meeting" else said.lower_first(one.how),
        owner=one.owner,
        due=day_year(one.due_on),
        state=f"replaced by {one.replaced_by}" if one.replaced_by else state,
        late=days_late(one.days_late),
    )


def _arising(one: UndertakingPart) -> Arising:
    return Arising(one.body, one.text, one.source, one.owner, day_year(one.due_on), days_late(one.days_late))


# ---------------------------------------------------------------- scrutiny


def _recommendation(one: RecommendationPart) -> Recommendation:
    late = one.days_left is not None and one.days_left < 0
    return Recommendation(
        reference=one.reference,
        kind=one.kind,
        text=one.text,
        answer=one.answer,
        signed=", ".join(filter(None, (one.answered_by, day_year(one.answered_on)))),
        owner=one.owner,
        made=day_year(one.made_on),
        outcome=one.outcome,
        clock=_clock(one),
        is_late=late,
    )


def _clock(one: RecommendationPart) -> str:
    """ "10 days left, to 18 May 2018"; "13 days late"; "answered in time"."""
    if one.answered_on:
        return f"answered {clock.answered_words(one.due_on, one.answered_on)}"
    days = one.days_left or 0
    if days < 0:
        return days_late(-days)
    left = "last day today" if days == 0 else f"{days} day{'' if days == 1 else 's'} left"
    return f"{left}, to {day_year(one.due_on)}"


def title(snapshot: Snapshot) -> str:
    """Risks are no part of a public edition."""
    return "Decisions and scrutiny" if snapshot.is_public else "Decisions, scrutiny and risks"


# ---------------------------------------------------------------- risks


def risk(one: RiskPart) -> Risk:
    moved = ""
    if one.previous is not None and one.previous != one.now:
        moved = f"{'up' if one.now > one.previous else 'down'} from {one.previous}"
    return Risk(
        reference=one.reference,
        body=one.body,
        sentence=one.sentence,
        owner=one.owner,
        before=one.before,
        now=one.now,
        made_of=f"{one.likelihood} × {one.impact}",
        moved=moved,
        target=one.target,
        appetite=one.appetite,
        review=day_year(one.review_on),
        is_review_late=one.is_review_late,
    )


def _no_risks(how_many: int) -> str:
    if how_many < 2:
        return "The one open risk is not over what its body accepts." if how_many else "No risk is open."
    return f"None of the {in_words(how_many)} open risks is over what its body accepts."
