"""Published totals as counts: what is in print, and nothing made up beside it."""

from collections import defaultdict
from collections.abc import Iterable

from consultation.counts import ConcernCount, Counts, Named, OptionCount, QuestionCounts
from consultation.models import Channel, Consultation, Question, Tally


def read(consultation: Consultation) -> Counts:
    """Three queries. A concern or an answer that no total is printed of is left out; ranks that are not printed are not known."""
    rows = list(Tally.objects.filter(consultation=consultation).select_related("concern", "option"))
    questions = list(Question.objects.filter(consultation=consultation))
    ranked = next((one for one in questions if one.role == Question.Role.CONCERNS), None)
    concerns = _concerns(row for row in rows if row.rank)
    others = tuple(_question(one, [row for row in rows if row.question_id == one.pk]) for one in questions)
    return Counts(
        responses=consultation.stated_responses or sum(one.first for one in concerns),
        concerns=concerns,
        concerns_text=ranked.text if ranked else "",
        concerns_hint=ranked.hint if ranked else "",
        questions=tuple(one for one in others if one.options),
        channels=tuple(Named(one.key, one.name, None) for one in Channel.objects.filter(consultation=consultation)),
        holds_responses=False,
    )


def _concerns(rows: Iterable[Tally]) -> tuple[ConcernCount, ...]:
    """Those with a printed first choice, in the order of print."""
    held: dict[tuple[int | None, str], dict[int, Tally]] = defaultdict(dict)
    for row in rows:
        held[row.concern_id, row.together][row.rank] = row
    return tuple(_concern(by_rank) for by_rank in held.values() if 1 in by_rank)


def _concern(by_rank: dict[int, Tally]) -> ConcernCount:
    first, concern = by_rank[1], by_rank[1].concern
    second, third = (by_rank[rank].count if rank in by_rank else None for rank in (2, 3))
    if concern is None:
        return ConcernCount(f"together-{first.pk}", first.together, first.count, second, third, is_group=True)
    return ConcernCount(concern.key, concern.text, first.count, second, third, is_other=concern.is_other)


def _question(question: Question, rows: Iterable[Tally]) -> QuestionCounts:
    """How many answered it is known where each gave one answer: as many as there are answers."""
    told = [row for row in rows if not row.rank]
    options = tuple(
        OptionCount(row.option.key, row.option.text, row.count, row.option.is_dont_know)
        if row.option
        else OptionCount(f"together-{row.pk}", row.together, row.count)
        for row in told
    )
    several = question.kind == Question.Kind.MULTIPLE
    answered = None if several else sum(row.count for row in told)
    is_scale = question.kind == Question.Kind.SCALE
    return QuestionCounts(
        question.key, question.text, question.hint, question.role, several, is_scale, answered, options
    )
