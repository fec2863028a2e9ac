"""Definitions: what each figure counts, how, where and with which limits, what is aimed at, and how the pack is read."""

from dataclasses import dataclass

from lib.numerals import figure
from reporting.pdf.parts import said
from reporting.snapshots.shape import IndicatorPart, Snapshot, TargetPart

MODES = {
    "sum": "The year is its quarters added up.",
    "pooled": "The year puts all its quarters together.",
    "latest": "The year shows its latest quarter.",
}
BASES = {
    "quarter": "each quarter",
    "year_to_date": "the year to date",
    "latest": "the latest figure",
    "rolling_year": "the last four quarters",
}
GOOD = {"higher": "Higher", "lower": "Lower", "none": "Not set"}


@dataclass(frozen=True)
class Entry:
    """`more` says how it is counted: a name and a sentence each, what is not kept left out."""

    reference: str
    name: str
    counted: str
    year: str
    more: tuple[tuple[str, str], ...]
    source: str
    good: str
    is_restricted: bool


@dataclass(frozen=True)
class DefinitionsPage:
    entries: tuple[Entry, ...]
    beside: tuple[Entry, ...]
    reading: tuple[tuple[str, str], ...]  # a term and what it means


def build(snapshot: Snapshot) -> DefinitionsPage:
    return DefinitionsPage(
        entries=tuple(_entry(part, snapshot) for part in snapshot.indicators),
        beside=tuple(_entry(part, snapshot) for one in snapshot.priorities for part in one.context),
        reading=_reading(snapshot),
    )


def _entry(part: IndicatorPart, snapshot: Snapshot) -> Entry:
    told = (
        ("Method", part.method),
        ("Known limits", part.known_limits),
        ("Areas", part.areas),
        (f"Target for {snapshot.quarter.year}", _target(part, part.target)),
    )
    return Entry(
        reference=part.reference,
        name=part.name,
        counted=part.definition or "Not defined.",
        year=MODES.get(part.year_to_date.mode, ""),
        more=tuple((name, f"{words.rstrip('.')}.") for name, words in told if words),
        source=part.source or "Not given",
        good=GOOD.get(part.polarity, ""),
        is_restricted=part.is_restricted,
    )


def _target(part: IndicatorPart, target: TargetPart | None) -> str:
    """Rule, numbers, basis and profile, and who agreed it: "Minimum expectation and target: 2,700, at least ...". Empty for none."""
    if target is None or target.rule == "none":
        return ""
    unit = "%" if part.measure != "count" else ""
    numbers = [f"{figure(target.value)}{unit}"] if target.value is not None else ["last year’s figure"]
    numbers += [f"minimum expectation {figure(target.minimum)}{unit}"] if target.minimum is not None else []
    if target.tolerance is not None:
        points = " percentage points" if target.rule == "points" else "%"
        numbers.append(f"tolerance {figure(target.tolerance)}{points}")
    by = f"rated by {BASES[target.basis]}" if target.basis in BASES else ""
    profile = (
        f"spread over the quarters {said.listed(f'{figure(share)}%' for share in target.profile)}"
        if target.profile
        else ""
    )
    agreed = (
        f"Agreed by {target.agreed}" if target.agreed else "Agreed" if target.is_agreed else "Proposed, not yet agreed"
    )
    return f"{said.capital(target.rule_words)}: {', '.join(filter(None, (*numbers, by, profile)))}. {agreed}"


# ---------------------------------------------------------------- how it is read


def _hidden(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """A public edition holds nothing that is not verified, and hides small numbers."""
    small = snapshot.small_numbers
    if small is None:
        return (("Not yet verified", "Sent, and still to be checked by a second person."),)
    said_of = (
        f"A count of {0 if small.hides_zero else 1} to {small.threshold - 1} is shown as “fewer than {small.threshold}”, so that no "
        "person can be identified. “Not shown” stands for what would give such a count back: another quarter, a year to date, a "
        "percentage, a rating, a comparison or a line. Neither means missing."
    )
    return (("Small numbers", said_of), ("Restricted", "Restricted indicators are left out of this edition."))


def _reading(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    year = snapshot.quarter.year
    rated = (
        (
            "Ratings",
            "Each is explained in one sentence: figure, basis, line and which way is good. Green: at the target or better. Amber: short of "
            "it, at the minimum expectation or within the tolerance. Red: beyond that. On the line is the better colour.",
        ),
        ("Unrated", "There is a figure and a target, and still they can’t be compared; the sentence says why."),
    )
    return (
        *(rated if snapshot.is_rated else ()),
        ("Data only", "No target is agreed, so the figure is shown and not rated."),
        *_hidden(snapshot),
        ("Missing", "There is no figure, with the reason."),
        (
            "Arrows and words",
            "Arrows say which way a figure moved, not whether that is good; the word does: better or worse, and lower or higher where no good "
            "direction is set. Similar: within 2% of the earlier figure, or 2 percentage points. Changes are shown in per cent when the "
            "earlier figure is 20 or more. Not comparable: a figure is missing, or a new series starts between the two.",
        ),
        (
            "Usual range",
            "The average plus or minus 2.66 times the mean moving range; it starts afresh with a new series. From fewer than 12 quarters its "
            "limits are for trial, from fewer than five there is none.",
        ),
        (
            "Forecast",
            "What the year comes to if the rest of it goes as it did last year: the year to date divided by last year’s share of the same "
            "quarters. Only for what is added up.",
        ),
        (
            "Eight quarters",
            f"Each line has its own scale, so lines are never compared with each other; grey is {year.previous}, black {year}, a dotted "
            f"upright a missing quarter{'' if snapshot.is_public else ', a diamond one not yet verified'}.",
        ),
        (
            "Letters",
            "r: restated. p: provisional. b: before a series break. none: no return was asked for. awaited: it was asked for and has not come.",
        ),
    )  # fmt: skip
