"""The words of a quarter for the public edition: what is asked about, what was decided, and what a public edition left out."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from lib.numerals import in_words, listed
from reporting import disclosure, snapshots
from reporting.assessing import reading
from reporting.builds import composing
from reporting.builds.composing import small_numbers
from reporting.disclosure import imprinted
from reporting.disclosure.audit import GivesBack
from reporting.disclosure.edition import Edition
from reporting.disclosure.passages import Passage, passages
from reporting.disclosure.words import Text, rewritten
from reporting.imprint import Imprint
from reporting.models import Pack, Redaction
from reporting.pdf import figures, hiding
from reporting.pdf.parts import said
from reporting.snapshots.shape import IndicatorPart, Snapshot, Value

MOST = 100  # questions on one page: a form holds so many boxes and no more
BESIDE = {"note": "Covering note", "erratum": "Erratum"}
# What the last part of a place is called; elsewhere it is not said.
FIELDS = {
    "what_happened": "what happened",
    "why": "why",
    "what_next": "what next",
    "who": "who sees to it",
    "definition": "definition",
    "known_limits": "known limits",
    "source": "source",
    "method": "method",
    "said": "what was said",
    "evidence": "evidence",
    "reason": "reason",
    "done": "what was done",
    "next": "what is next",
    "title": "title",
    "text": "text",
    "answer": "answer",
    "milestones": "milestones",
}
LEFT_OUT = re.compile(r"\[Left out of the public edition(?:: ([^\]]+))?\]")


@dataclass(frozen=True)
class Asked:
    """A passage as the page shows it. `hidden` are the figures that it may tell of, with what they are; `decided` is the latest decision."""

    key: str
    passage: Passage
    heading: str  # "B3 Violence with injury, hotspots"
    where: str  # "why"
    hidden: str
    decided: Redaction | None

    @property
    def why(self) -> str:
        """Why it is asked about."""
        return self.passage.because

    @property
    def is_open(self) -> bool:
        return bool(self.passage.ground) and self.decided is None


@dataclass(frozen=True)
class Group:
    heading: str
    passages: tuple[Asked, ...]


@dataclass(frozen=True)
class Words:
    """Every passage that the public edition may print: still to decide, decided, and those nobody has to decide on."""

    to_decide: tuple[Asked, ...]
    decided: tuple[Asked, ...]
    others: tuple[Group, ...]
    newest: int  # the id of the newest decision that this knows

    @property
    def by_key(self) -> dict[str, Asked]:
        every = (*self.to_decide, *self.decided, *(one for group in self.others for one in group.passages))
        return {one.key: one for one in every}

    @property
    def lede(self) -> str:
        """The answer to the reader's question, first."""
        out = sum(one.decided is not None and one.decided.is_left_out for one in self.decided)
        stay = len(self.decided) - out
        done = listed(
            filter(
                None,
                (
                    f"{in_words(stay)} {'stays' if stay == 1 else 'stay'}" if stay else "",
                    f"{in_words(out)} {'is' if out == 1 else 'are'} left out" if out else "",
                ),
            )
        )
        if self.to_decide:
            waits = said.capital(said.many(len(self.to_decide), "passage is", "passages are"))
            until = "it is" if len(self.to_decide) == 1 else "they are"
            rest = f" Of those decided on, {done}." if done else ""
            return f"{waits} still to decide. Until then {until} left out of the public edition.{rest}"
        if done:
            return f"Nothing is still to decide: {done}."
        return (
            "Nothing has to be decided: no passage seems to tell of a small number, a restricted indicator or a person."
        )


def words(pack: Pack) -> Words:
    """Of an executive edition that is ready, by what has been decided until now."""
    snapshot, small = snapshots.from_json(pack.snapshot), small_numbers()
    before = [snapshots.from_json(text) for text in _published_before()]
    rows = list(redactions(pack).select_related("decided_by"))
    latest = {(one.place, one.passage): one for one in rows}
    edition = Edition(snapshot, before, small)
    found = (*passages(snapshot, edition.asking), *imprinted.questions(_imprint(pack, snapshot), edition))
    hidden = _hidden(snapshot, before, rows)
    names = _Headings(snapshot)
    asked = [
        Asked(
            key=key(one.place, one.passage),
            passage=one,
            heading=names.of(one.place),
            where=FIELDS.get(one.place.rsplit("/", 1)[-1], ""),
            hidden=next((hidden[part] for part in one.place.split("/") if part in hidden), ""),
            decided=latest.get((one.place, one.passage)),
        )
        for one in found
    ]
    return Words(
        to_decide=tuple(one for one in asked if one.is_open),
        decided=tuple(one for one in asked if one.decided),
        others=_grouped(one for one in asked if not one.decided and not one.is_open),
        newest=max((one.pk for one in rows), default=0),
    )


def redactions(pack: Pack) -> QuerySet[Redaction]:
    return Redaction.objects.filter(plan=pack.plan_id, quarter=pack.quarter)


def _imprint(pack: Pack, snapshot: Snapshot) -> Imprint:
    """What would be printed beside the figures in the public edition, as it stands now; the erratum is that of its latest build."""
    built = Pack.objects.of(pack.plan, pack.quarter, pack.kind, Pack.Edition.PUBLIC).order_by("-pk").first()
    public = Pack(plan=pack.plan, quarter=pack.quarter, kind=pack.kind, edition=Pack.Edition.PUBLIC, issue=pack.issue)
    if built:
        public.supersedes, public.erratum = built.supersedes, built.erratum
    told = composing.imprint(public)
    assessment = reading.of(pack.plan, pack.quarter) if pack.kind == Pack.Kind.ASSESSMENT else None
    return replace(told, assessed=reading.words(assessment, snapshot, is_public=True)) if assessment else told


def key(place: str, passage: str) -> str:
    """Short, and the same for the same passage."""
    return hashlib.sha256(f"{place}\n{passage}".encode()).hexdigest()[:16]


def _published_before() -> Sequence[str]:
    issued = Pack.objects.issued().filter(edition=Pack.Edition.PUBLIC).order_by("issued_at", "pk")
    return list(issued.values_list("snapshot", flat=True))


def _grouped(passages: Iterable[Asked]) -> tuple[Group, ...]:
    groups: dict[str, list[Asked]] = {}
    for one in passages:
        groups.setdefault(one.heading, []).append(one)
    return tuple(Group(heading, tuple(own)) for heading, own in groups.items())


# ---------------------------------------------------------------- where a passage stands


class _Headings:
    """What the first two parts of a place are called."""

    def __init__(self, snapshot: Snapshot) -> None:
        parts = [part for one in snapshot.priorities for part in (*one.indicators, *one.context)]
        self._indicators = {part.slug: f"{part.reference} {part.short_name}".strip() for part in parts}
        self._commitments = {one.key: one.text for each in snapshot.priorities for one in each.commitments}
        self._outcomes = {one.key: one.text for each in snapshot.priorities for one in each.outcomes}
        self._consulted = {one.slug: one.title for one in snapshot.consulted}

    def of(self, place: str) -> str:
        kind, _, rest = place.partition("/")
        own = rest.split("/")[0]
        if kind in BESIDE:
            return BESIDE[kind]
        if kind == "assessed":
            return self._assessed(rest)
        if kind == "restatements":
            return f"Restatement of {self._indicators.get(own, own)}"
        known = {
            "indicators": self._indicators.get(own, own),
            "commitments": f"Commitment: {_short(self._commitments.get(own, own))}",
            "outcomes": f"Outcome: {_short(self._outcomes.get(own, own))}",
            "consultations": self._consulted.get(own, own),
            "priorities": f"Priority {own}",
            "actions": f"Action {own}",
            "decisions": f"Decision {own}",
            "recommendations": f"Recommendation {own}",
        }
        return known.get(kind, said.capital(kind.replace("_", " ")))

    def _assessed(self, rest: str) -> str:
        """What the analysts wrote."""
        part, _, own = rest.partition("/")
        if part == "causes":
            return f"Why {self._indicators.get(own, own)} changed"
        if part == "futures":
            return f"What becomes of priority {own}" if len(own) == 1 else f"New priority: {own}"
        return f"The assessment’s section {own.split('/')[0]}" if part == "sections" else "The assessment’s summary"


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"


# ---------------------------------------------------------------- what is hidden


def _hidden(full: Snapshot, before: Sequence[Snapshot], rows: Sequence[Redaction]) -> dict[str, str]:
    """By slug the figures that the public edition hides, as they are: "2017-18 Q4 is 3 and the year to date is 41"."""
    try:
        public = disclosure.publish(full, before, small_numbers=small_numbers(), redactions=rows)
    except GivesBack:  # the build says why it can't be published; what is to be decided stays the same
        return {}
    shown = {part.slug: part for one in public.priorities for part in (*one.indicators, *one.context)}
    found = {}
    for part in (part for one in full.priorities for part in (*one.indicators, *one.context)):
        if own := _hidden_of(part, shown.get(part.slug)):
            found[part.slug] = listed(own)
    return found


def _hidden_of(full: IndicatorPart, public: IndicatorPart | None) -> list[str]:
    if public is None:
        return []
    cells = zip(full.history, public.history, strict=True)
    told = [
        f"{one.quarter} is {figures.full(one.value)}"
        for one, other in cells
        if one.value and other.value and other.value.hidden
    ]
    whole = full.year_to_date.value
    if whole and _is_hidden(public.year_to_date.value):
        told.append(f"the year to date is {figures.full(whole)}")
    return told


def _is_hidden(value: Value | None) -> bool:
    return value is not None and bool(value.hidden)


# ---------------------------------------------------------------- what a public edition left out


def left_out(snapshot: Snapshot) -> tuple[str, ...]:
    """Of a public edition: how many figures are hidden, how many passages are left out, and on which grounds."""
    grounds: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()

    def collect(text: Text) -> str:
        if (text.place, text.words) not in seen:
            seen.add((text.place, text.words))
            grounds.update(ground or "restricted" for ground in LEFT_OUT.findall(text.words))
        return text.words

    rewritten(snapshot, collect)
    told = []
    if hidden := sum(_is_hidden(cell.value) for part in snapshot.indicators for cell in part.history):
        many = said.capital(said.many(hidden, "quarter’s figure is", "quarters’ figures are"))
        small = snapshot.small_numbers
        why = f" ({hiding.words(small)['fewer']}, or what would give that back)" if small else ""
        told.append(f"{many} hidden{why}.")
    if total := sum(grounds.values()):
        each = listed(f"{in_words(count)} {_on(ground)}" for ground, count in sorted(grounds.items()))
        told.append(f"{said.capital(said.many(total, 'passage is', 'passages are'))} left out: {each}.")
    return tuple(told)


def _on(ground: str) -> str:
    return {"small numbers": "for small numbers", "tells who somebody is": "that would tell who somebody is"}.get(
        ground, f"as {ground}" if ground.startswith("exempt") else "about what is restricted"
    )
