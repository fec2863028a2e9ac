"""One executive snapshot on its way to being public. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from lib.quarters import Quarter
from reporting.disclosure import derived, governance, passages, told
from reporting.disclosure.figures import Shown, shown
from reporting.disclosure.naming import Naming
from reporting.disclosure.passages import Asking, Decided
from reporting.disclosure.people import Names, by_label
from reporting.snapshots.shape import (
    IndicatorPart,
    PriorityPart,
    Restatement,
    SmallNumbers,
    Snapshot,
)

SPEND = "spend"
# Codes and addresses, in which no name stands.
CODES = frozenset({"slug", "plan_slug", "key", "code", "state", "hidden", "measure", "family", "frequency", "edition"})
Kind = TypeVar("Kind")


class Edition:
    """Looks at the whole first (which figures are hidden, and of what nothing may be told), then makes the public snapshot."""

    def __init__(self, full: Snapshot, before: Sequence[Snapshot], small: SmallNumbers) -> None:
        self.full, self.before, self.small = full, before, small
        every = list(told.parts(full))
        self.restricted = frozenset(part.slug for part in every if part.is_restricted)
        self.shown: dict[str, Shown] = {part.slug: self._shown(part) for part in every if self._stays(part)}
        self.hidden = frozenset(slug for slug, one in self.shown.items() if one.hidden or one.unsure or one.is_rounded)
        self.names = Names(full.people)
        self.asking = Asking(Naming(full), self.names, self.hidden, self.restricted)
        self.restricted_names = self._names_of(self.restricted)

    def _stays(self, part: IndicatorPart) -> bool:
        return not part.is_restricted and part.family != SPEND

    def _shown(self, part: IndicatorPart) -> Shown:
        return shown(told.issue(self.full, part), told.issues_of(part.slug, self.before), told.rules(self.small))

    def _names_of(self, slugs: frozenset[str]) -> frozenset[str]:
        """The references and short names by which others speak of them."""
        named = (part for part in told.parts(self.full) if part.slug in slugs)
        return frozenset(name for part in named for name in (part.reference, part.short_name) if name)

    def public(self, redactions: Sequence[Decided]) -> Snapshot:
        cut = passages.without(self.full, self.asking, redactions)
        made = replace(
            cut,
            edition="public",
            small_numbers=self.small,
            people=(),
            funding=None,
            to_decide=(),
            priorities=tuple(self._priority(one) for one in cut.priorities),
            restatements=self._restatements(cut),
            governance=governance.public(cut.governance, self.names, self.restricted_names) if cut.governance else None,
        )
        return without_names(made, self.names)

    def _priority(self, one: PriorityPart) -> PriorityPart:
        hidden, near = self._names_of(self.hidden), self._near_hidden()
        return replace(
            one,
            indicators=tuple(self._part(part) for part in one.indicators if self._stays(part)),
            context=tuple(self._part(part) for part in one.context if self._stays(part)),
            commitments=tuple(replace(each, reached=None) if each.key in near else each for each in one.commitments),
            outcomes=tuple(governance.outcome(each, hidden, self.restricted_names) for each in one.outcomes),
        )

    def _near_hidden(self) -> frozenset[str]:
        """The commitments, by key, that are about something hidden or restricted: how far they are may be its very number."""
        naming, away = self.asking.naming, self.hidden | self.restricted
        every = (one for priority in self.full.priorities for one in priority.commitments)
        return frozenset(
            one.key for one in every if away & (naming.of_actions(one.actions) | naming.named_in(one.text))
        )

    def _part(self, full: IndicatorPart) -> IndicatorPart:
        part = derived.part(full, self.full.quarter, self.shown[full.slug])
        words = part.words
        if words:
            owner = (full.owner,)
            words = replace(words, by=by_label(words.by, self.names, owner), owed_by=self.names.post(words.owed_by))
        return replace(part, data_leads=tuple(by_label(one, self.names) for one in part.data_leads), words=words)

    def _restatements(self, cut: Snapshot) -> tuple[Restatement, ...]:
        """Those of the indicators that stay. Who supplied a figure is told by post, or by the organisation that owns it."""
        places: Counter[tuple[str, Quarter]] = Counter()
        owners = tuple(part.owner for part in told.parts(cut))
        made = []
        for one in cut.restatements:
            place = places[(one.slug, one.quarter)]
            places[(one.slug, one.quarter)] += 1
            if one.slug in self.shown:
                told_of = derived.restatement(one, place, self.shown[one.slug])
                made.append(replace(told_of, by=by_label(one.by, self.names, owners)))
        return tuple(made)


def without_names(value: Kind, names: Names) -> Kind:
    """Any value with every name in every text of it out."""
    made: Any = value
    if isinstance(value, str):
        made = names.out_of(value)
    elif isinstance(value, tuple):
        made = tuple(without_names(one, names) for one in value)
    elif is_dataclass(value) and not isinstance(value, Quarter | type):
        changed = {
            one.name: without_names(getattr(value, one.name), names) for one in fields(value) if one.name not in CODES
        }
        made = replace(value, **changed)
    return made
