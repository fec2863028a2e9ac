"""The cover: what this is, how it may be handled, what the quarter's figures are worth, what is inside."""

from dataclasses import dataclass

from indicators.rating import WORDS
from lib.numerals import listed
from lib.written import clock, day, day_year
from reporting.imprint import Imprint
from reporting.pdf.parts import said
from reporting.snapshots.shape import IndicatorPart, PriorityPart, Snapshot

MOST_MARKS = 15  # beyond that, one row for each priority
MOST_CONTENTS = 12  # lines that leave room for white space
FEWEST_IN_A_GROUP = 2  # a narrower one has no room for its title


@dataclass(frozen=True)
class Marking:
    """The committee's classification and the protective marking: two fields, never merged."""

    classification: str
    protective: str
    why: str


@dataclass(frozen=True)
class Mark:
    reference: str
    state: said.State


@dataclass(frozen=True)
class Group:
    letter: str
    title: str
    marks: tuple[Mark, ...]
    counts: str


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    anchor: str
    letter: str
    title: str


@dataclass(frozen=True)
class Cover:
    heading: str
    groups: tuple[Group, ...]
    is_strip: bool  # marks side by side; otherwise one row for each priority with counts
    facts: tuple[tuple[str, str, bool], ...]
    contents: tuple[Entry, ...]
    notice: str
    draft: str
    sample: str
    is_full: bool  # so that it is set closer


def marking(snapshot: Snapshot) -> Marking:
    """Restricted as soon as it shows what the public edition would not; that one never is."""
    if snapshot.is_public:
        return Marking("Unrestricted", "OFFICIAL", "")
    parts = [part for priority in snapshot.priorities for part in (*priority.indicators, *priority.context)]
    restricted = snapshot.restricted
    why = []
    if restricted:
        many = "indicators" if len(restricted) > 1 else "indicator"
        why.append(f"holds {many} {said.references(restricted, 4)}")
    if any(part.has_small_numbers for part in parts):
        why.append("small numbers are shown")
    if snapshot.in_state("unverified"):
        why.append("not every figure is verified")
    if snapshot.governance and snapshot.governance.over_appetite:
        why.append("risks are shown")
    if snapshot.funding and not snapshot.funding.is_empty:
        why.append("money is shown")
    return Marking(
        "Restricted" if why else "Unrestricted",
        "OFFICIAL-SENSITIVE" if restricted else "OFFICIAL",
        said.capital("; ".join(why)),
    )


def build(snapshot: Snapshot, imprint: Imprint, contents: tuple[Entry, ...]) -> Cover:
    total = len(snapshot.indicators)
    sizes = [len(priority.indicators) for priority in snapshot.priorities]
    return Cover(
        heading=_heading(snapshot),
        groups=tuple(_group(priority) for priority in snapshot.priorities if priority.indicators),
        is_strip=total <= MOST_MARKS and all(size >= FEWEST_IN_A_GROUP for size in sizes if size),
        facts=_facts(snapshot, imprint),
        contents=contents,
        notice=notice(snapshot),
        draft=_draft(imprint),
        sample=_sample(snapshot),
        is_full=bool(imprint.draft) or len(contents) > MOST_CONTENTS,
    )


def _heading(snapshot: Snapshot) -> str:
    """A public edition may hold fewer than the plan has."""
    total = len(snapshot.indicators)
    if not total:
        return "No indicator is in this quarter’s monitoring"
    indicators = "indicator" if total == 1 else f"{total} indicators"
    return f"The {indicators} in this edition" if snapshot.is_public else f"The plan’s {indicators} this quarter"


def _sample(snapshot: Snapshot) -> str:
    if not snapshot.is_sample:
        return ""
    what = ["The indicators’ figures", "the dates", "the posts"]
    if snapshot.funding and not snapshot.funding.is_empty:
        what.insert(1, "what was spent")
    return f"{listed(what)} in this pack are samples. They are not statistics and describe no one."


def notice(snapshot: Snapshot) -> str:
    """Said on the cover and the quarter page when there is not one figure to show; empty otherwise."""
    if not snapshot.round_exists:
        return f"No returns were asked for in {snapshot.quarter}, so this pack holds no figures for it."
    if snapshot.indicators and not snapshot.in_state("verified", "unverified"):
        return f"No figure for {snapshot.quarter} had been sent when this pack was built."
    return ""


def _group(priority: PriorityPart) -> Group:
    return Group(
        letter=priority.letter,
        title=priority.short_title,
        marks=tuple(Mark(part.reference, said.state(part)) for part in priority.indicators),
        counts=_counts(priority.indicators),
    )


def _counts(parts: tuple[IndicatorPart, ...]) -> str:
    """ "12 data only, 1 not yet verified, 2 missing": only what there is."""
    return ", ".join(f"{len(own)} {WORDS[code].lower()}" for code, own in said.by_state(parts).items())


def edition(snapshot: Snapshot, imprint: Imprint) -> str:
    """ "Executive, complete" """
    small = snapshot.small_numbers
    if not imprint.is_public:
        return f"{imprint.edition_words}, complete"
    return f"{imprint.edition_words}, small numbers hidden" if small and small.threshold else imprint.edition_words


def _draft(imprint: Imprint) -> str:
    """Said large: "Draft 3 of issue 2, not approved"; empty for what may be issued."""
    return said.capital(imprint.standing) if imprint.draft else ""


def _facts(snapshot: Snapshot, imprint: Imprint) -> tuple[tuple[str, str, bool], ...]:
    """Name, value, and whether it stands out."""
    handling = marking(snapshot)
    meets = (
        f"CSP Executive, {day(snapshot.executive_meets_on)}"
        if snapshot.executive_meets_on
        else "CSP Executive, no meeting date given"
    )
    facts = [
        ("Edition", edition(snapshot, imprint), False),
        ("Issue", said.capital(imprint.standing.removeprefix("issue ")), bool(imprint.draft)),
        ("Replaces", f"Issue {imprint.erratum.issue} of {day_year(imprint.erratum.issued_on)}", False)
        if imprint.erratum
        else None,
        ("For", meets, False),
        ("Figures as at", f"{day(snapshot.as_at)}, {clock(snapshot.as_at)}", False),
        ("Returns were due", day_year(snapshot.due_on), False) if snapshot.due_on else None,
        ("Classification", handling.classification, True),
        ("Protective marking", handling.protective, True),
        ("Why restricted", handling.why, False) if handling.why else None,
    ]
    return tuple(fact for fact in facts if fact)
