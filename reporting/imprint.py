"""What is printed in a pack and is no figure: which edition and issue it is, what was chosen to be in it, and the team's own words.

Pure. Snapshot and imprint together are all that a pack is drawn from, so a pack is kept with both and can be drawn again.
"""

import datetime as dt
from dataclasses import dataclass

from reporting.snapshots import canonical

PACK, ADDENDUM, ASSESSMENT = "pack", "addendum", "assessment"  # the kinds of `Pack.Kind`
EXECUTIVE, PUBLIC = "executive", "public"


@dataclass(frozen=True)
class Erratum:
    """What was wrong with the issue that this one takes the place of."""

    issue: int
    issued_on: dt.date
    text: str


@dataclass(frozen=True)
class Came:
    """A figure of an indicator that came, or was restated, after an issue: in a sentence."""

    slug: str
    said: str


@dataclass(frozen=True)
class AddsTo:
    """The issue to which an addendum brings later figures. `since` is the moment its figures stood for; `came` is what came after, in the plan's order."""

    issue: int
    issued_on: dt.date
    since: dt.datetime
    came: tuple[Came, ...] = ()


@dataclass(frozen=True)
class SinceIssue:
    """What differs from the pack that was issued before this one, a sentence each; none where nothing does. `said` names that pack."""

    said: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class OwnSection:
    """A section of the analysts' own."""

    heading: str
    text: str


@dataclass(frozen=True)
class Cause:
    """Why an indicator's year differs from the year before."""

    slug: str
    why: str


@dataclass(frozen=True)
class Future:
    """What is to become of a priority: "keep", "amend", "everyday", or "new" (then `letter` is empty)."""

    letter: str
    title: str
    future: str
    words: str  # "Becomes everyday business"
    because: str


@dataclass(frozen=True)
class Assessed:
    """What the annual strategic assessment says beside its figures."""

    summary: str
    sections: tuple[OwnSection, ...]
    causes: tuple[Cause, ...]
    futures: tuple[Future, ...]


@dataclass(frozen=True)
class Imprint:
    """`draft` is 0 in what may be issued, otherwise the number of the draft. `sections` are keys of `reporting.pdf.sections`, in order; empty: as they come."""

    edition: str
    issue: int
    kind: str = PACK
    draft: int = 0
    sections: tuple[str, ...] = ()
    note: str = ""
    note_by: str = ""
    erratum: Erratum | None = None
    adds_to: AddsTo | None = None
    since_issue: SinceIssue | None = None
    assessed: Assessed | None = None

    @property
    def is_public(self) -> bool:
        return self.edition == PUBLIC

    @property
    def edition_words(self) -> str:
        return self.edition.capitalize()

    @property
    def number(self) -> str:
        """ "issue 2", "draft 3 of issue 2"; of an addendum "number 1"."""
        of = f"{'number' if self.kind == ADDENDUM else 'issue'} {self.issue}"
        return f"draft {self.draft} of {of}" if self.draft else of

    @property
    def standing(self) -> str:
        """As every page says it: a draft is never taken for what was approved. "issue 2", "draft 3 of issue 2, not approved"."""
        return f"{self.number}, not approved" if self.draft else self.number


def to_json(imprint: Imprint) -> str:
    return canonical.text(imprint)


def from_json(told: str) -> Imprint:
    """Raises `Unreadable` for a text that is none."""
    return canonical.read(Imprint, told)
