"""Revisions as people look at them: what waits, how far each is, every quarter as it was and is now, and which ratings become others."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from indicators import entry, eyes, over_time, placing, plausible, restating, wording
from indicators.assessment import Series
from indicators.models import Figure, Return, Revision, SendBack
from indicators.over_time import Basis, OverTime
from indicators.rating import WORDS, Verdict
from indicators.restating import Moves
from lib import written
from lib.govuk import Row as Fact
from lib.quarters import Quarter

WAITS, SENT_BACK, VERIFIED, REPLACED, TAKEN_BACK = "waits", "sent_back", "verified", "replaced", "taken_back"
# In the order in which the first that is so of any figure is so of the whole.
STATES = {
    WAITS: "Not yet verified",
    SENT_BACK: "Sent back",
    VERIFIED: "Verified",
    REPLACED: "Replaced by a newer figure before it was verified",
    TAKEN_BACK: "Taken back: the upload that brought it was undone",
}
OF_ALL = {**STATES, REPLACED: "Replaced before it was verified", TAKEN_BACK: "Taken back"}
TAGS = {WAITS: "amber", SENT_BACK: "red"}
REFUSALS = {
    SENT_BACK: "It has been sent back, so nothing of it waits. Whoever gave it can change its figures and send them again.",
    VERIFIED: "This revision is verified already. If a figure is wrong, restate it.",
    REPLACED: "Newer figures have been given for all of its quarters, so nothing of it waits. Look at those.",
    TAKEN_BACK: "The upload that brought it was undone, so nothing of it waits.",
}


# ---------------------------------------------------------------- what waits


@dataclass(frozen=True)
class Waiting:
    """A figure of a revision that waits, its return, and the verified figure that it would replace."""

    return_: Return
    figure: Figure
    shown: Figure | None


def waiting_of(revision: Revision, *, is_held: bool = False) -> list[Waiting]:
    """What of it waits to be verified, oldest quarter first. `is_held`: nobody else changes these returns until the transaction ends.

    A figure that gave way to a newer one, or was taken back, waits no more. Three queries.
    """
    returns = Return.objects.filter(pk__in=revision.figures.values("for_return")).select_related("round", "indicator")
    held = returns.select_for_update(of=("self",)) if is_held else returns
    # Taken by id, as everybody takes several returns, so that nobody waits for each other.
    rows = sorted(held.order_by("pk"), key=lambda one: (one.round.quarter, one.pk))
    latest = _by_return(Figure.objects.standing(), rows)
    shown = _by_return(Figure.objects.verified(), rows)
    return [
        Waiting(one, latest[one.pk], shown.get(one.pk))
        for one in rows
        if one.status == Return.Status.SUBMITTED and one.pk in latest and latest[one.pk].revision_id == revision.pk
    ]


def _by_return(figures: QuerySet[Figure], returns: Sequence[Return]) -> dict[int, Figure]:
    """The latest of these figures by the id of its return."""
    own = figures.filter(for_return__in=returns).in_order().select_related("supplied_by", "recorded_by")
    own = own.prefetch_related("confirmations")  # who may verify it goes by them
    return {figure.for_return_id: figure for figure in own}


def refusal(revision: Revision) -> str:
    """Why nothing of it waits."""
    (row,) = _summaries([revision])
    return REFUSALS.get(row.state, "Nothing of this revision waits.")


def whole_of(figure: Figure | None) -> Revision | None:
    """The revision that a figure waits with, where more of it waits: they are verified or sent back together."""
    if figure is None or figure.revision is None:
        return None
    return figure.revision if len(waiting_of(figure.revision)) > 1 else None


def part_of(figure: Figure) -> str:
    """Why a figure is not verified or sent back by itself; empty when it may be."""
    revision = whole_of(figure)
    if revision is None:
        return ""
    return (
        f"It is one of several figures that were revised for one reason, “{revision.reason}”. "
        "They are verified or sent back together, on the page of the revision."
    )


# ---------------------------------------------------------------- lists


@dataclass(frozen=True)
class Summary:
    """One revision in a list. `refusal` says who may verify it when the reader may not."""

    revision: Revision
    label: str
    quarters: str
    given_by: str
    state: str
    refusal: str = ""
    waiting: int = 0  # how many of its figures wait

    @property
    def is_verified_whole(self) -> bool:
        """Whether none of its figures is verified by itself."""
        return self.waiting > 1

    @property
    def waits(self) -> bool:
        return self.state == WAITS

    @property
    def state_words(self) -> str:
        return OF_ALL[self.state]


def in_list(user: User, most: int = 100) -> tuple[tuple[Summary, ...], tuple[Summary, ...]]:
    """Those in this person's sight that wait, oldest first, and the latest of the others. A number of queries that does not grow with them."""
    rows = _summaries(_seen(user))
    waiting = tuple(row for row in rows if row.waits)
    return waiting, tuple(row for row in reversed(rows) if not row.waits)[:most]


def waiting(user: User, on: dt.date) -> tuple[Summary, ...]:
    """Those in this person's sight that wait, oldest first, for the board. Six queries at most, and one while nothing waits."""
    submitted = Q(figures__for_return__status=Return.Status.SUBMITTED, figures__verification__isnull=True)
    revisions = _seen(user).filter(submitted, figures__withdrawal__isnull=True).distinct()
    rows = list(revisions)
    if not rows:
        return ()
    return tuple(row for row in _summaries(rows, user, on) if row.waits)


def _seen(user: User) -> QuerySet[Revision]:
    return Revision.objects.visible_to(user).select_related("indicator", "made_by").order_by("made_at", "pk")


def _summaries(revisions: Iterable[Revision], user: User | None = None, on: dt.date | None = None) -> list[Summary]:
    """In their order; with who may verify them, for a reader on a day."""
    every = list(revisions)
    figures = _with_state(every)
    places = placing.latest()
    verifiers = eyes.verifiers(on) if on else None
    rows = []
    for revision in every:
        own = figures[revision.pk]
        states = [state for _, state in own]
        state = next((state for state in STATES if state in states), TAKEN_BACK)
        waits = [figure for figure, state in own if state == WAITS]
        refusals = (verifiers.refusal(figure, user) for figure in waits) if verifiers and user else ()
        rows.append(
            Summary(
                revision=revision,
                label=places.brief(revision.indicator),
                quarters=span([figure.for_return.round.quarter for figure, _ in own]),
                given_by=own[-1][0].supplied_by_name if own else str(revision.made_by),
                state=state,
                refusal=next(filter(None, refusals), ""),
                waiting=len(waits),
            )
        )
    return rows


def span(quarters: Sequence[Quarter]) -> str:
    """ "2017-18 Q2", "12 quarters, 2014-15 Q1 to 2017-18 Q2"."""
    if not quarters:
        return "no quarter"
    if len(quarters) == 1:
        return str(quarters[0])
    return f"{written.in_words(len(quarters))} quarters, {min(quarters)} to {max(quarters)}"


def _with_state(revisions: Sequence[Revision]) -> dict[int, list[tuple[Figure, str]]]:
    """The figures of each, oldest quarter first, with what became of them. Two queries."""
    own = (
        Figure.objects.filter(revision__in=revisions)
        .select_related("for_return__round", "verification__verified_by", "withdrawal", "supplied_by", "recorded_by")
        .prefetch_related("confirmations")
        .order_by("for_return__round__quarter", "pk")
    )
    figures = list(own)
    latest = Figure.objects.standing().filter(for_return__in={figure.for_return_id for figure in figures})
    last = dict(latest.in_order().values_list("for_return", "pk"))
    found: dict[int, list[tuple[Figure, str]]] = defaultdict(list)
    for figure in figures:
        found[figure.revision_id].append((figure, _state(figure, last)))
    return found


def _state(figure: Figure, last: Mapping[int, int]) -> str:
    if hasattr(figure, "withdrawal"):
        return TAKEN_BACK
    if hasattr(figure, "verification"):
        return VERIFIED
    if last.get(figure.for_return_id) != figure.pk:
        return REPLACED
    return SENT_BACK if figure.for_return.status == Return.Status.SENT_BACK else WAITS


# ---------------------------------------------------------------- one revision


@dataclass(frozen=True)
class Row:
    """One quarter: what was shown, what is shown or would be, and its rating before and after, where there is one."""

    quarter: Quarter
    was: str
    now: str
    difference: str
    is_provisional: bool
    state: str  # in words, where it is not that of the whole
    rating_was: Verdict | None
    rating_now: Verdict | None
    url: str
    worth_a_look: str = ""  # while it waits: "More than three times the verified 1,498"

    @property
    def changes_rating(self) -> bool:
        return (
            self.rating_was is not None and self.rating_now is not None and self.rating_was.code != self.rating_now.code
        )


@dataclass(frozen=True)
class Page:
    """A revision with every quarter. `others` are the ratings of quarters not revised that become others with it."""

    summary: Summary
    figure: Figure | None  # one of them, for what is said of all: source, supplier, route
    rows: tuple[Row, ...]
    others: tuple[str, ...]
    how_many: int  # that wait
    rated: bool
    comment: SendBack | None
    verified: str

    @property
    def is_done(self) -> bool:
        return self.summary.state == VERIFIED

    @property
    def now_head(self) -> str:
        return "Now" if self.is_done else "New"

    @property
    def facts(self) -> list[Fact]:
        """For the summary list: why, from where, by whom."""
        revision, figure = self.summary.revision, self.figure
        found = [Fact("Why", revision.reason)]
        if figure is not None:
            found.append(Fact("From", f"{figure.supplied_by_name}, {written.moment(revision.made_at)}"))
            found.append(Fact("How it came", entry.Given(figure, ()).route))
            taken = f", taken on {written.day_year(figure.extracted_on)}" if figure.extracted_on else ""
            found += [Fact("Source", f"{figure.source}{taken}")] if figure.source else []
        return [*found, *([Fact("Verified by", self.verified)] if self.verified else [])]

    @property
    def others_lede(self) -> str:
        more = "Ratings of other quarters" if len(self.others) > 1 else "The rating of another quarter"
        return f"{more} that {'go' if len(self.others) > 1 else 'goes'} by the revised figures {'changed' if self.is_done else 'would change'} with them:"

    @property
    def verify_words(self) -> str:
        what = "the figure is" if self.how_many == 1 else f"all {written.in_words(self.how_many)} figures are"
        return f"With one button {what} verified and shown from then on. Packs that were built stay as they are."

    @property
    def verify_button(self) -> str:
        return "Verify the figure" if self.how_many == 1 else f"Verify all {written.in_words(self.how_many)} figures"

    @property
    def tense(self) -> str:
        """How a rating is said to become another one."""
        return "became" if self.is_done else "would be"

    @property
    def lede(self) -> str:
        """ "Three ratings would change: 2017-18 Q1, Q2 and Q3."; or that none would."""
        if not self.rated:
            return "It is not rated, so no rating changes."
        changed = sum(row.changes_rating for row in self.rows) + len(self.others)
        what = f"{written.in_words(changed)} rating{'' if changed == 1 else 's'}"
        return f"It {'changed' if self.is_done else 'would change'} {what}."


def page(revision: Revision, user: User, on: dt.date) -> Page:
    """A fixed number of queries, however many quarters it has."""
    (summary,) = _summaries([revision], user, on)
    figures = _with_state([revision])[revision.pk]
    whole = over_time.gather(revision.indicator)
    done_at = max((one.verification.verified_at for one, state in figures if state == VERIFIED), default=None)
    moment = done_at if summary.state == VERIFIED else None  # of its verification; None: as things are now
    was = _stood(whole, before=moment)
    counted = (WAITS, SENT_BACK) if moment is None else (VERIFIED,)
    new = {one.for_return.round.quarter: one for one, state in figures if state in counted}
    basis = whole.basis if moment is None else over_time.bases([revision.indicator], moment)[revision.indicator_id]
    before, after = (_series(whole, stands, basis) for stands in (was, {**was, **new}))
    ratings = {quarter: restating.pair(before, after, quarter) for quarter in new}
    base_name = written.capitalised(revision.indicator.unit_of_base)
    comment = SendBack.objects.filter(figure__revision=revision).select_related("sent_by").last()
    return Page(
        summary=summary,
        figure=figures[-1][0] if figures else None,
        rows=tuple(_row(one, state, summary.state, was, ratings, before, base_name) for one, state in figures),
        others=tuple(_others(restating.moved(before, after), new)),
        how_many=sum(state == WAITS for _, state in figures),
        rated=any(pair[0].code != "data_only" or pair[1].code != "data_only" for pair in ratings.values()),
        comment=comment if summary.state == SENT_BACK else None,
        verified=_verified(figures) if moment else "",
    )


def _stood(whole: OverTime, *, before: dt.datetime | None) -> dict[Quarter, Figure]:
    """The verified figure that stands in each quarter, or stood just before a moment."""
    found = {}
    for quarter, held in whole.quarters.items():
        known = [one for one in held.verified if before is None or one.verification.verified_at < before]
        if known:
            found[quarter] = known[-1]
    return found


def _series(whole: OverTime, figures: Mapping[Quarter, Figure], basis: Basis) -> Series:
    numbers = {quarter: over_time.numbers(figure) for quarter, figure in figures.items()}
    return over_time.series(whole.indicator, basis, max([*whole.quarters, *figures]), figures=numbers, states={})


def _row(
    figure: Figure,
    state: str,
    of_all: str,
    was: Mapping[Quarter, Figure],
    ratings: Mapping[Quarter, tuple[Verdict, Verdict]],
    before: Series,
    base_name: str,
) -> Row:
    quarter = figure.for_return.round.quarter
    then, pair = was.get(quarter), ratings.get(quarter, (None, None))
    return Row(
        quarter=quarter,
        was=wording.value(then),
        now=wording.value(figure),
        difference=wording.difference(figure, then),
        is_provisional=figure.is_provisional,
        state="" if state == of_all else STATES[state],
        rating_was=pair[0],
        rating_now=pair[1],
        url=figure.for_return.get_absolute_url(),
        worth_a_look=_unlike(figure, then, before, base_name) if state == WAITS else "",
    )


def _unlike(figure: Figure, replaced: Figure | None, before: Series, base_name: str) -> str:
    """What its sender would be asked about it on the form; empty where it is like what is held."""
    return plausible.remark(
        before,
        figure.for_return.round.quarter,
        over_time.numbers(figure),
        replaced=over_time.numbers(replaced) if replaced else None,
        base_name=base_name,
    )


def _others(moved: Moves, new: Mapping[Quarter, Figure]) -> Iterable[str]:
    for quarter, (was, now) in moved.items():
        if quarter not in new:
            yield f"{quarter}: {WORDS[was.code].lower()} to {WORDS[now.code].lower()}"


def _verified(figures: Sequence[tuple[Figure, str]]) -> str:
    """ "Lena Fox, 30 April 2018, 10:31"."""
    last = [figure.verification for figure, state in figures if state == VERIFIED][-1]
    return f"{last.verified_by.label}, {written.moment(last.verified_at)}"
