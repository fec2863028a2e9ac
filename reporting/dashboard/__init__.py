"""The CSP Executive's dashboard: what a snapshot says of a quarter, as the page places it. No queries, no clock."""

from dataclasses import dataclass

from reporting.dashboard import (
    attention,
    bar,
    beside,
    changes,
    deciding,
    delivering,
    funding,
    headline,
    outstanding,
    scorecard,
    strip,
)
from reporting.dashboard.leading import Leading, leading
from reporting.snapshots.shape import Snapshot

__all__ = ["Dashboard", "Leading", "build"]


@dataclass(frozen=True)
class Dashboard:
    """`shows_scorecard` is False where nothing was asked for: then the headline is all there is to say.

    `explained` are the sentences that stand under the rows on screen and need a place of their own in print: of those that nothing
    else says.
    """

    snapshot: Snapshot
    leading: Leading
    headline: headline.Headline
    bars: bar.Bars | None
    shows_scorecard: bool
    priorities_heading: str
    strip: tuple[strip.Column, ...]
    scorecard: scorecard.Scorecard
    attention: attention.Attention
    changes: changes.Changes
    deciding: deciding.Deciding | None
    outstanding: outstanding.Outstanding
    delivering: delivering.Delivering | None
    funding: funding.Money | None
    beside: beside.Beside
    explained: tuple[tuple[str, str], ...]


def build(snapshot: Snapshot) -> Dashboard:
    lead = leading(snapshot)
    columns = strip.build(snapshot, lead)
    told = {part.slug for part in attention.parts(snapshot)}
    rows = scorecard.build(snapshot, lead)
    return Dashboard(
        snapshot=snapshot,
        leading=lead,
        headline=headline.build(snapshot, lead),
        bars=bar.build(snapshot),
        shows_scorecard=snapshot.round_exists and bool(snapshot.indicators),
        priorities_heading="The priority" if len(columns) == 1 else "The priorities side by side",
        strip=columns,
        scorecard=rows,
        attention=attention.build(snapshot),
        changes=changes.build(snapshot),
        deciding=deciding.build(snapshot),
        outstanding=outstanding.build(snapshot),
        delivering=delivering.build(snapshot),
        funding=funding.build(snapshot),
        beside=beside.build(snapshot),
        explained=tuple(
            (row.label, _explained(row)) for group in rows.groups for row in group.rows if row.slug not in told
        ),
    )


def _explained(row: scorecard.Row) -> str:
    ahead = f"At the year’s end: {row.ahead}" if row.ahead else ""
    return " ".join(filter(None, (row.sentence, row.usual, ahead, row.not_ahead)))
