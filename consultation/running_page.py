"""What the partnership team's pages say of consultations: the list, and one with what it asks, what it lacks and where its work is done."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from consultation import readiness, standing, texts, waiting
from consultation.models import Channel, Concern, Consultation, Language, Question
from consultation.readiness import Lacking
from consultation.standing import Came
from lib.govuk import Row
from lib.numerals import figure
from lib.written import day_year

State = Consultation.State
# Where the work is done: the name of the page, its words, what it is for, and in which states it is shown.
RESULTS = "result-detail"
TAKES = (State.OPEN, State.CLOSED)
SINCE_OPEN = (State.OPEN, State.CLOSED, State.ANALYSED, State.PUBLISHED)
WORK = (
    ("pile-list", "Enter papers", "Piles of paper forms, keyed in", TAKES),
    ("code-list", "Codes for paper forms", "Each is used once, so that a form counts once", (State.DRAFT, *TAKES)),
    ("import-list", "Take in a survey run elsewhere", "A file with a row for each person", TAKES),
    ("response-list", "Look at what was flagged", "Answers held back until somebody has looked", SINCE_OPEN),
    ("comment-list", "Read what people wrote", "Tags, and quotes to publish", SINCE_OPEN),
    (
        "totals-edit",
        "Hold published totals instead",
        "Nobody answers here: counts as they were printed",
        (State.DRAFT,),
    ),
    (RESULTS, "See the results", "Counts, rankings and tables; analyse and publish", SINCE_OPEN),
    (
        "consultation-retention",
        "See what is kept, and until when",
        "The day on which single answers are removed",
        SINCE_OPEN,
    ),
)
NEXT = {State.CLOSED: "Count the answers", State.ANALYSED: "Publish the results"}
WORK_ON_TOTALS = (
    ("totals-edit", "Enter the published totals", "Counts as they are printed", tuple(State)),
    (RESULTS, "See the results", "Counts and rankings; analyse and publish", SINCE_OPEN),
)


@dataclass(frozen=True)
class Line:
    consultation: Consultation
    stands: str
    answers: int | None


@dataclass(frozen=True)
class Work:
    words: str
    note: str
    url: str


@dataclass(frozen=True)
class Page:
    headline: str
    lacking: Sequence[Lacking]
    left: Sequence[Lacking]  # what its answers still ask of the team
    facts: Sequence[Row]
    came: Sequence[Came]
    work: Sequence[Work]
    is_over: bool  # still called open, its last day past
    acts: Sequence[str] = field(default=())  # what may be done with it now: "open", "extend", "close", "reopen"
    next: Work | None = None  # the step that brings it on, where that has a page of its own


def lines(consultations: Iterable[Consultation], on: dt.date) -> list[Line]:
    """Two queries beside that for the consultations."""
    shown = list(consultations)
    answered = standing.answered(shown)
    return [Line(one, _stands(one, on), answered[one.pk]) for one in shown]


def lede(shown: Sequence[Line]) -> str:
    """What waits, in a line."""
    if not shown:
        return ""
    states = [line.stands for line in shown]
    is_open = [line for line in shown if line.stands == "Open"]
    if len(is_open) == 1:
        (line,) = is_open
        told = standing.answers(line.answers, so_far=True)
        return f"“{line.consultation}” is open until {day_year(line.consultation.closes_on)}: {told}."
    parts = [
        f"{number} {words}"
        for state, words in (("Open", "open"), ("Draft", "in draft"), ("Closed", "closed and not analysed"))
        if (number := states.count(state))
    ]
    return f"{', '.join(parts).capitalize()}." if parts else "None is open."


def _stands(consultation: Consultation, on: dt.date) -> str:
    if consultation.state == State.OPEN and not consultation.takes_answers(on):
        is_to_come = consultation.opens_on is not None and on < consultation.opens_on
        return "Opens later" if is_to_come else "Closed"
    return consultation.get_state_display()


def page(consultation: Consultation, on: dt.date, *, may_run: bool) -> Page:
    """Whatever is not for this reader is empty."""
    is_startable = consultation.is_draft and consultation.holds_responses
    lacking = readiness.lacking(consultation, on) if is_startable else []
    holds = consultation.holds_responses and not consultation.purge_begun_at and not consultation.is_draft
    came = standing.came(consultation) if holds else []
    number = sum(row.counted for row in came) if holds else standing.answered([consultation])[consultation.pk]
    return Page(
        headline=standing.headline(consultation, on, number, came, lacks=len(lacking)),
        lacking=lacking,
        left=waiting.for_people(consultation) if holds and may_run else [],
        facts=facts(consultation, may_run=may_run),
        came=came,
        work=_work(consultation, may_run=may_run),
        is_over=consultation.state == State.OPEN and consultation.closes_on is not None and consultation.closes_on < on,
        acts=_acts(consultation) if may_run else (),
        next=_next(consultation) if may_run else None,
    )


def _next(consultation: Consultation) -> Work | None:
    words = NEXT.get(State(consultation.state))
    return Work(words, "", reverse(f"consultation:{RESULTS}", args=[consultation.slug])) if words else None


def _acts(consultation: Consultation) -> tuple[str, ...]:
    if not consultation.holds_responses:
        return ()
    told = {State.DRAFT: ("open",), State.OPEN: ("extend", "close"), State.CLOSED: ("reopen",)}
    return told.get(State(consultation.state), ())


def _work(consultation: Consultation, *, may_run: bool) -> list[Work]:
    shown = WORK if consultation.holds_responses else WORK_ON_TOTALS
    return [
        Work(words, note, reverse(f"consultation:{name}", args=[consultation.slug]))
        for name, words, note, states in shown
        if consultation.state in states and (may_run or name == RESULTS)
    ]


def facts(consultation: Consultation, *, may_run: bool = True) -> list[Row]:
    """What it asks, of whom, for how long. Links to where it is changed, for whom may."""

    def row(key: str, value: str, name: str, hidden: str, words: str = "Change") -> Row:
        url = reverse(f"consultation:{name}", args=[consultation.slug]) if may_run and words else ""
        return Row(key, value, url, words, hidden)

    is_draft = consultation.is_draft
    about = "Change" if is_draft else "See"
    ways = "Change" if is_draft or consultation.takes_papers else ""
    rows = [row("Days", _days(consultation), "consultation-edit", "the days", "Change" if is_draft else "")]
    if consultation.holds_responses:
        rows.append(Row("Single answers are removed", _purge(consultation)))
    rows += [
        row("Questions", _questions(consultation), "question-list", "the questions", about),
        row("Concerns", _concerns(consultation), "consultation-concerns", "the concerns"),
        row("Ways to answer", _channels(consultation), "consultation-channels", "the ways to answer", ways),
        row("Languages", _languages(consultation), "language-list", "the languages", about),
        Row("Smallest number published", str(consultation.threshold)),
    ]
    if consultation.holds_responses:
        owner = consultation.triage_owner.name if consultation.triage_owner else "Nobody yet"
        rows.append(row("Sees to it when somebody writes of harm", owner, "consultation-edit", "who sees to it"))
    if consultation.plan:
        rows.append(Row("Plan", str(consultation.plan)))
    if consultation.earlier:
        rows.append(Row("Compared with", str(consultation.earlier)))
    return rows


def _days(consultation: Consultation) -> str:
    opens, closes = consultation.opens_on, consultation.closes_on
    if opens and closes:
        return f"{day_year(opens)} to {day_year(closes)}"
    if opens:
        return f"From {day_year(opens)}; no last day yet"
    return f"Until {day_year(closes)}; no first day yet" if closes else "Not said yet"


def _purge(consultation: Consultation) -> str:
    if consultation.purged_at:
        return f"Removed on {day_year(consultation.purged_at)}"
    return f"On {day_year(consultation.purge_on)}" if consultation.purge_on else "Not said yet"


def _questions(consultation: Consultation) -> str:
    roles = list(Question.objects.filter(consultation=consultation).values_list("role", flat=True))
    monitoring = roles.count(Question.Role.MONITORING)
    told = f"{len(roles) - monitoring or 'None'}"
    return f"{told}, and {monitoring} on equality" if monitoring else told


def _concerns(consultation: Consultation) -> str:
    others = list(Concern.objects.filter(consultation=consultation).values_list("is_other", flat=True))
    listed = others.count(False)
    return f"{figure(listed) if listed else 'None'}{', and “other”' if True in others else ''}"


def _channels(consultation: Consultation) -> str:
    return ", ".join(Channel.objects.filter(consultation=consultation).values_list("name", flat=True)) or "None"


def _languages(consultation: Consultation) -> str:
    languages = list(Language.objects.filter(consultation=consultation))
    if not languages:
        return "English"
    found = texts.of(consultation)
    done = texts.translated(consultation, found)
    told = [
        f"{one} ({done.get(one.pk, 0)} of {len(found)} texts{', to try it with' if one.is_sample else ''})"
        for one in languages
    ]
    return ", ".join(["English", *told])
