"""What changed: since last quarter, and since the pack that was issued before this one."""

from dataclasses import dataclass

from reporting.imprint import Imprint, SinceIssue
from reporting.pdf.parts import changed, naming
from reporting.snapshots.shape import Snapshot

NEVER_ISSUED = "No pack of this plan was issued before, so there is none to compare with."
SAME = "Nothing of what it told has changed."


@dataclass(frozen=True)
class Group:
    """`nothing` stands in place of the lines where there are none."""

    heading: str
    lines: tuple[str, ...]
    nothing: str


@dataclass(frozen=True)
class ChangesPage:
    groups: tuple[Group, ...]


def build(snapshot: Snapshot, imprint: Imprint) -> ChangesPage:
    figures = changed.since_last_quarter(snapshot)
    delivery = changed.delivered(snapshot)
    quarter = naming.before(snapshot.quarter)
    groups = [Group(f"Figures since {quarter}", figures, "" if figures else changed.nothing(snapshot))]
    if delivery:
        groups.append(Group(f"Delivery since {quarter}", delivery, ""))
    return ChangesPage((*groups, _since_issue(imprint.since_issue)))


def _since_issue(before: SinceIssue | None) -> Group:
    if before is None:
        return Group("Since the last issue", (), NEVER_ISSUED)
    return Group(f"Since {before.said}", before.lines, "" if before.lines else SAME)
