"""In which order bodies give their word on the plan, and where what was given doesn't follow it. Pure: dates and codes, no models, no clock.

The CSP Executive holds the duty in law, so every other word rests on its; the Mayor in Cabinet hears scrutiny before recommending; Full Council adopts what
was recommended to it. A word given on the same day as the one it rests on is in order.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lib.numerals import in_full

PARTNERSHIP, EXECUTIVE, SCRUTINY, CABINET, COUNCIL = "partnership", "executive", "scrutiny", "cabinet", "council"
# In the order in which the plan goes past them.
STAGES = (PARTNERSHIP, EXECUTIVE, SCRUTINY, CABINET, COUNCIL)
RESTS_ON = {
    PARTNERSHIP: (EXECUTIVE,),
    EXECUTIVE: (),
    SCRUTINY: (EXECUTIVE,),
    CABINET: (EXECUTIVE, SCRUTINY),
    COUNCIL: (CABINET,),
}
TO_ADOPT = (PARTNERSHIP, EXECUTIVE)  # whose agreement the plan needs before it is in force
NAMES = {
    PARTNERSHIP: "the CSP",
    EXECUTIVE: "the CSP Executive",
    SCRUTINY: "the Overview and Scrutiny Committee",
    CABINET: "the Mayor in Cabinet",
    COUNCIL: "Full Council",
}
DOES = {
    PARTNERSHIP: "approved",
    EXECUTIVE: "approved",
    SCRUTINY: "noted it",
    CABINET: "recommended it",
    COUNCIL: "adopted it",
}
REFUSED = "refused"  # the code of `Approval.Verdict`
NOTED = "noted"


@dataclass(frozen=True)
class Step:
    """A body's word on a version: `stage` is one of STAGES, `verdict` a code of `Approval.Verdict`; `version_on` is that version's date, None where it is not known."""

    stage: str
    verdict: str
    on: dt.date
    version: str = ""
    version_on: dt.date | None = None

    @property
    def counts(self) -> bool:
        """Whether the plan may go on from here. Scrutiny is only to be heard, whatever it says."""
        return self.stage == SCRUTINY or self.verdict not in (REFUSED, NOTED)

    @property
    def did(self) -> str:
        """ "The CSP approved"."""
        verb = "did not agree to it" if self.verdict == REFUSED else DOES[self.stage]
        return f"{_name(self.stage)} {'noted it' if self.verdict == NOTED else verb}"


@dataclass(frozen=True)
class Sent:
    """A version with its date and the days on which it was sent for comment; in the order of the versions."""

    number: str
    dated_on: dt.date | None
    sent_on: tuple[dt.date, ...]


def last_words(steps: Iterable[Step]) -> dict[str, Step]:
    """What each body said last, by stage. `steps` of one day in the order in which they were recorded."""
    return {step.stage: step for step in sorted(steps, key=lambda step: step.on)}


def warnings(steps: Sequence[Step], *, consulted_until: dt.date | None = None) -> list[str]:
    """Where a word came before what it rests on, in the order of the stages; then whose word is outstanding. `consulted_until`: None, not known."""
    words = last_words(steps)
    found: list[str] = []
    for stage in STAGES:
        if step := words.get(stage):
            found += _of_step(step, words, consulted_until)
    return found + [outstanding(stage) for stage in STAGES if stage not in words]


def outstanding(stage: str) -> str:
    """ "Full Council has not adopted it yet."."""
    return f"{_name(stage)} has not {DOES[stage].removesuffix(' it')} it yet."


def _of_step(step: Step, words: dict[str, Step], consulted_until: dt.date | None) -> list[str]:
    found = []
    if step.verdict == REFUSED:
        return [f"{step.did} on {in_full(step.on)}."]
    for needed in RESTS_ON[step.stage]:
        other = words.get(needed)
        holder = ", which holds the duty in law," if needed == EXECUTIVE else ""
        if other is None:
            found.append(f"{step.did} on {in_full(step.on)}; no word of {NAMES[needed]} is recorded.")
        elif step.on < other.on:
            found.append(f"{step.did} on {in_full(step.on)}, before {NAMES[needed]}{holder} on {in_full(other.on)}.")
    if consulted_until and step.on <= consulted_until:
        found.append(f"{step.did} on {in_full(step.on)}; the consultation ran until {in_full(consulted_until)}.")
    if step.version_on and step.on < step.version_on:
        found.append(f"{step.did} on {in_full(step.on)}; version {step.version} is dated {in_full(step.version_on)}.")
    return found


def version_warnings(versions: Sequence[Sent]) -> list[str]:
    """Versions whose date doesn't fit the days on which they, or those before them, were sent for comment."""
    found = []
    for place, version in enumerate(versions):
        dated = version.dated_on
        if dated is None or not version.sent_on:
            continue
        first = min(version.sent_on)
        before = [other.number for other in versions[:place] if any(dated < sent < first for sent in other.sent_on)]
        if before:
            found.append(
                f"Version {version.number} is dated {in_full(dated)} but was sent for comment on {in_full(first)}, after version{'s' if len(before) > 1 else ''} {_listed(before)}."
            )
        elif first < dated:
            found.append(
                f"Version {version.number} was sent for comment on {in_full(first)}, before its date, {in_full(dated)}."
            )
    return found


def lacking(steps: Sequence[Step], on: dt.date) -> list[str]:
    """What keeps the plan from being adopted on that day, a sentence each; empty where nothing does."""
    words, found = last_words(steps), []
    for stage in TO_ADOPT:
        step = words.get(stage)
        if step is None:
            found.append(outstanding(stage))
        elif not step.counts:
            found.append(f"{step.did} on {in_full(step.on)}.")
        elif on < step.on:
            found.append(f"{step.did} on {in_full(step.on)}, after the day of adoption.")
    return found


def _name(stage: str) -> str:
    name = NAMES[stage]
    return name[:1].upper() + name[1:]


def _listed(numbers: Sequence[str]) -> str:
    return numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"
