"""Every free text of a snapshot that a public edition may print, with its place; one pass that can write each anew. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reporting.disclosure.naming import Naming
from reporting.snapshots.governed import (
    ActionPart,
    DecisionPart,
    DeliveryPart,
    Governance,
    OutcomePart,
    RecommendationPart,
)
from reporting.snapshots.shape import (
    Cell,
    CommitmentPart,
    ConsultedPart,
    IndicatorPart,
    PriorityPart,
    Restatement,
    Snapshot,
    Words,
)

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Text:
    """`place` as in `Redaction.place`; `about`: the indicators it is linked to, by slug. `is_standing`: a definition, or the plan's own words."""

    place: str
    words: str
    about: frozenset[str] = NOTHING
    is_standing: bool = False


Say = Callable[[Text], str]


def rewritten(snapshot: Snapshot, say: Say) -> Snapshot:
    """The snapshot with every text as `say` gives it back; empty ones are not asked for."""
    return _Writing(snapshot, say).snapshot()


class _Writing:
    def __init__(self, snapshot: Snapshot, say: Say) -> None:
        self.whole, self._say, self.naming = snapshot, say, Naming(snapshot)

    def _said(self, here: str, one: Any, names: Sequence[str], about: frozenset[str] = NOTHING) -> dict[str, Any]:
        """These fields of it as they are said."""
        return {name: self.say(f"{here}/{name}", getattr(one, name), about) for name in names}

    def _standing(self, here: str, one: Any, names: Sequence[str], about: frozenset[str] = NOTHING) -> dict[str, Any]:
        return {name: self.say(f"{here}/{name}", getattr(one, name), about, is_standing=True) for name in names}

    def say(self, place: str, words: str, about: frozenset[str] = NOTHING, *, is_standing: bool = False) -> str:
        return self._say(Text(place, words, about, is_standing)) if words.strip() else words

    def snapshot(self) -> Snapshot:
        whole = self.whole
        return replace(
            whole,
            priorities=tuple(self._priority(one) for one in whole.priorities),
            restatements=tuple(self._restatement(one) for one in whole.restatements),
            governance=self._governance(whole.governance) if whole.governance else None,
            consulted=tuple(self._consulted(one) for one in whole.consulted),
        )

    # ------------------------------------------------------------ priorities

    def _priority(self, one: PriorityPart) -> PriorityPart:
        return replace(
            one,
            why=self.say(f"priorities/{one.letter}/why", one.why, is_standing=True),
            indicators=tuple(self._indicator(each) for each in one.indicators),
            context=tuple(self._indicator(each) for each in one.context),
            commitments=tuple(self._commitment(each) for each in one.commitments),
            outcomes=tuple(self._outcome(each) for each in one.outcomes),
        )

    def _indicator(self, one: IndicatorPart) -> IndicatorPart:
        here, own = f"indicators/{one.slug}", frozenset({one.slug})

        def cell(each: Cell) -> Cell:
            return replace(each, note=self.say(f"{here}/cells/{each.quarter.slug}", each.note, own))

        return replace(
            one,
            **self._standing(here, one, ("definition", "source", "method", "areas"), own),
            baselines=tuple(
                (year, number, self.say(f"{here}/baselines/{year}", source, own, is_standing=True))
                for year, number, source in one.baselines
            ),
            known_limits=self.say(f"{here}/known_limits", one.known_limits, own),
            words=self._words(here, own, one.words) if one.words else None,
            breaks=tuple((when, self.say(f"{here}/breaks/{when.slug}", why, own)) for when, why in one.breaks),
            notes=tuple((on, self.say(f"{here}/notes/{on}", said, own)) for on, said in one.notes),
            this=cell(one.this),
            last=cell(one.last),
            year_ago=cell(one.year_ago),
            history=tuple(cell(each) for each in one.history),
            series=tuple(cell(each) for each in one.series),
        )

    def _words(self, here: str, own: frozenset[str], words: Words) -> Words:
        names = ("what_happened", "why", "what_next", "who")
        return replace(words, **self._said(f"{here}/words", words, names, own))

    def _commitment(self, one: CommitmentPart) -> CommitmentPart:
        here, about = f"commitments/{one.key}", self.naming.of_actions(one.actions)
        return replace(
            one,
            text=self.say(f"{here}/text", one.text, about, is_standing=True),
            said=self.say(f"{here}/said", one.said, about),
        )

    def _outcome(self, one: OutcomePart) -> OutcomePart:
        here, about = f"outcomes/{one.key}", self.naming.linked([one.known_by])
        known_by = one.known_by if about else self.say(f"{here}/known_by", one.known_by, is_standing=True)
        return replace(
            one,
            text=self.say(f"{here}/text", one.text, about, is_standing=True),
            known_by=known_by,
            evidence=self.say(f"{here}/evidence", one.evidence, about),
        )

    def _restatement(self, one: Restatement) -> Restatement:
        return replace(one, why=self.say(f"restatements/{one.slug}/{one.quarter.slug}", one.why, frozenset({one.slug})))

    def _consulted(self, one: ConsultedPart) -> ConsultedPart:
        here = f"consultations/{one.slug}"
        said = tuple(self.say(f"{here}/said", each) for each in one.said)
        return replace(one, title=self.say(f"{here}/title", one.title, is_standing=True), said=said)

    # ------------------------------------------------------------ governance

    def _governance(self, one: Governance) -> Governance:
        return replace(
            one,
            delivery=tuple(self._delivery(each) for each in one.delivery),
            decisions=tuple(self._decision(each) for each in one.decisions),
            recommendations=tuple(self._recommendation(each) for each in one.recommendations),
        )

    def _delivery(self, one: DeliveryPart) -> DeliveryPart:
        return replace(one, actions=tuple(self._action(each) for each in one.actions))

    def _action(self, one: ActionPart) -> ActionPart:
        here, about = f"actions/{one.reference}", self.naming.linked(one.indicators)
        update = one.update
        if update:
            update = replace(update, **self._said(here, update, ("reason", "done", "next"), about))
        return replace(
            one,
            title=self.say(f"{here}/title", one.title, about),
            ended_because=self.say(f"{here}/ended_because", one.ended_because, about),
            update=update,
            milestones=tuple(
                replace(each, text=self.say(f"{here}/milestones", each.text, about)) for each in one.milestones
            ),
        )

    def _decision(self, one: DecisionPart) -> DecisionPart:
        return replace(one, **self._said(f"decisions/{one.reference}", one, ("text", "reason")))

    def _recommendation(self, one: RecommendationPart) -> RecommendationPart:
        return replace(one, **self._said(f"recommendations/{one.reference}", one, ("text", "answer")))
