"""Counting one consultation: from its responses with one GROUP BY each, or from the totals that were printed of it.

However many answered, the number of queries is the same and so is the memory: what comes back from the database is already counted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from consultation import asked
from consultation.asked import Asked, AskedOption, AskedQuestion
from consultation.connections import KINDS, UNSAID, kind_of
from consultation.counts import ConcernCount, Counts, Group, Line, Named, OptionCount, QuestionCounts, Table
from consultation.models import (
    Answer,
    Channel,
    Comment,
    Consultation,
    Language,
    MonitoringCount,
    Question,
    Response,
    Result,
    Tag,
    Tally,
)
from lib.one_moment import one_moment

Standing = Response.Standing
Cells = Mapping[Any, Mapping[Any, int]]  # by group, by concern or option; None: who gave none

# The counting is said in SQL: it is what a GROUP BY is for, and so it costs what one costs.
RESPONSES, ANSWERS = Response._meta.db_table, Answer._meta.db_table
JOINED = f"{ANSWERS} a JOIN {RESPONSES} r ON r.id = a.response_id"
COUNTED = f"r.consultation_id = %s AND r.standing = '{Standing.COUNTED.value}'"
NAMED_NONE, GAVE_NONE = "Named no concern", "Didn’t answer"


def gather(consultation: Consultation) -> Counts:
    """Everything that can be counted now. While a consultation runs it is a count so far, of one moment: answers come in meanwhile."""
    with one_moment():
        form = asked.read(consultation)
        return _from_responses(form) if consultation.holds_responses else _from_totals(form)


def latest(consultation: Consultation) -> Result | None:
    """The results that were kept last, and are shown; None while nothing was analysed."""
    return Result.objects.filter(consultation=consultation).order_by("-number").first()


# ---------------------------------------------------------------- from responses


def _from_responses(form: Asked) -> Counts:
    consultation, channels = form.consultation, list(Channel.objects.filter(consultation=form.consultation))
    standing, by_channel = by_standing(consultation)
    responses = sum(by_channel.values())
    first, answers = first_by_channel(consultation), answers_by_channel(consultation)
    chosen = _together(answers)
    options = {question.pk: _options(question, chosen) for question in form.questions}
    several = [question.pk for question in form.asked_of_all if question.takes_several]
    by_question = answered(consultation, several) | {
        question.pk: sum(option.count or 0 for option in options[question.pk])
        for question in form.questions
        if not question.takes_several
    }
    ways = [(channel.pk, Group(channel.key, channel.name, by_channel[channel.pk])) for channel in channels]
    tables = _tables(form, "channel", ways, first, answers)
    comments = Comment.objects.counted().filter(response__consultation=consultation)
    written = comments.aggregate(all=Count("pk"), read=Count("pk", filter=Q(read_at__isnull=False)))
    return Counts(
        responses=responses,
        concerns=_concerns(form, _together(first), later_choices(consultation)),
        concerns_text=form.ranked.text if form.ranked else "",
        concerns_hint=form.ranked.hint if form.ranked else "",
        questions=tuple(
            _question(question, by_question.get(question.pk, 0), options[question.pk])
            for question in form.asked_of_all
            if _has_options(question)
        ),
        tables=(*tables, *_by_connection(form)),
        monitoring=_monitoring(form),
        channels=tuple(Named(group.key, group.text, group.responses) for _, group in ways),
        languages=_languages(consultation),
        tags=_tags(consultation),
        comments=written["all"],
        read=written["read"],
        held=standing[Standing.HELD],
        set_aside=standing[Standing.SET_ASIDE],
        late=standing[Standing.LATE],
    )


def _has_options(question: AskedQuestion) -> bool:
    return not question.is_ranked and not question.is_text


def by_standing(consultation: Consultation) -> tuple[Counter[str], Counter[int]]:
    """All responses by their standing, and the counted ones by channel."""
    standing: Counter[str] = Counter()
    by_channel: Counter[int] = Counter()
    sql = f"SELECT standing, channel_id, COUNT(*) FROM {RESPONSES} WHERE consultation_id = %s GROUP BY 1, 2"
    for stands, channel, number in _rows(sql, [consultation.pk]):
        standing[stands] += number
        if stands == Standing.COUNTED:
            by_channel[channel] += number
    return standing, by_channel


def first_by_channel(consultation: Consultation) -> Cells:
    sql = f"SELECT channel_id, first_id, COUNT(*) FROM {RESPONSES} r WHERE {COUNTED} GROUP BY 1, 2"
    return _cells(_rows(sql, [consultation.pk]))


def later_choices(consultation: Consultation) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """How many chose each concern second, and third."""
    second, third = (
        dict(_rows(f"SELECT {rank}_id, COUNT(*) FROM {RESPONSES} r WHERE {COUNTED} GROUP BY 1", [consultation.pk]))
        for rank in ("second", "third")
    )
    return second, third


def answers_by_channel(consultation: Consultation) -> Cells:
    sql = f"SELECT r.channel_id, a.option_id, COUNT(*) FROM {JOINED} WHERE {COUNTED} GROUP BY 1, 2"
    return _cells(_rows(sql, [consultation.pk]))


def answered(consultation: Consultation, questions: Sequence[int]) -> dict[int, int]:
    """How many answered each of these, which take several answers: not as many as there are answers."""
    if not questions:
        return {}
    among = ", ".join(["%s"] * len(questions))
    sql = (
        f"SELECT a.question_id, COUNT(DISTINCT a.response_id) FROM {JOINED}"
        f" WHERE {COUNTED} AND a.question_id IN ({among}) GROUP BY 1"
    )
    return dict(_rows(sql, [consultation.pk, *questions]))


def by_language(consultation: Consultation) -> dict[str, int]:
    sql = f"SELECT language, COUNT(*) FROM {RESPONSES} r WHERE {COUNTED} GROUP BY 1"
    return dict(_rows(sql, [consultation.pk]))


def _rows(sql: str, parameters: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _cells(rows: Iterable[tuple[Any, Any, int]]) -> Cells:
    cells: dict[Any, dict[Any, int]] = defaultdict(dict)
    for group, line, number in rows:
        cells[group][line] = number
    return cells


def _together(cells: Cells) -> Counter[Any]:
    total: Counter[Any] = Counter()
    for counted in cells.values():
        total.update(counted)
    return total


def _concerns(
    form: Asked, first: Mapping[Any, int], later: tuple[Mapping[int, int], Mapping[int, int]]
) -> tuple[ConcernCount, ...]:
    second, third = later
    return tuple(
        ConcernCount(
            key=one.key,
            text=one.text,
            first=first.get(one.pk, 0),
            second=second.get(one.pk, 0),
            third=third.get(one.pk, 0),
            is_other=one.is_other,
        )
        for one in _listed(form)
    )


def _listed(form: Asked) -> tuple[AskedOption, ...]:
    return form.ranked.options if form.ranked else ()


def _options(question: AskedQuestion, chosen: Mapping[Any, int]) -> tuple[OptionCount, ...]:
    return tuple(
        OptionCount(option.key, option.text, chosen.get(option.pk, 0), option.is_dont_know)
        for option in question.options
        if not question.is_ranked
    )


def _question(question: AskedQuestion, answered: int | None, options: tuple[OptionCount, ...]) -> QuestionCounts:
    return QuestionCounts(
        key=question.key,
        text=question.text,
        hint=question.hint,
        role=question.role,
        several=question.takes_several,
        is_scale=question.kind == Question.Kind.SCALE,
        answered=answered,
        options=options,
    )


def _monitoring(form: Asked) -> tuple[QuestionCounts, ...]:
    """One counter for each answer and batch, so there are few rows to add up."""
    rows = MonitoringCount.objects.filter(question__consultation=form.consultation).order_by()
    counted: Counter[tuple[int, int | None]] = Counter()
    for question, option, number in rows.values_list("question_id", "option_id", "count"):
        counted[question, option] += number
    return tuple(
        _question(
            question,
            counted[question.pk, None],
            _options(question, {option.pk: counted[question.pk, option.pk] for option in question.options}),
        )
        for question in form.monitoring
    )


def _languages(consultation: Consultation) -> tuple[Named, ...]:
    """In which languages they answered, English first; those that nobody used are not among them."""
    names = {asked.ENGLISH: "English"} | dict(
        Language.objects.filter(consultation=consultation).values_list("code", "name")
    )
    used = by_language(consultation)
    order = [*names, *sorted(set(used) - set(names))]
    return tuple(Named(code, names.get(code, code), used[code]) for code in order if code in used)


def _tags(consultation: Consultation) -> tuple[Named, ...]:
    """The most used first."""
    counted = Count("comments", filter=Q(comments__response__standing=Standing.COUNTED))
    tags = Tag.objects.filter(consultation=consultation).annotate(number=counted).order_by("-number", "name")
    return tuple(Named(str(tag.pk), tag.name, tag.number) for tag in tags)


# ---------------------------------------------------------------- tables


def _tables(
    form: Asked, by: str, groups: Sequence[tuple[Any, Group]], first: Cells, answers: Cells
) -> tuple[Table, ...]:
    """First choices and each question with one answer, by groups. None of one group: it would say nothing new."""
    if sum(group.responses > 0 for _, group in groups) < 2:
        return ()
    tables = []
    if form.ranked:
        tables.append(_table(form.ranked, by, groups, first, NAMED_NONE))
    tables += [
        _table(question, by, groups, answers, GAVE_NONE)
        for question in form.asked_of_all
        if _has_options(question) and not question.takes_several
    ]
    return tuple(tables)


def _table(question: AskedQuestion, by: str, groups: Sequence[tuple[Any, Group]], counted: Cells, none: str) -> Table:
    lines = [
        Line(option.key, option.text, tuple(counted.get(key, {}).get(option.pk, 0) for key, _ in groups))
        for option in question.options
    ]
    rest = [group.responses - sum(line.cells[place] or 0 for line in lines) for place, (_, group) in enumerate(groups)]
    skipped = Line("", none, tuple(rest), is_skipped=True)
    return Table(question.key, by, tuple(group for _, group in groups), (*lines, skipped))


# ---------------------------------------------------------------- by connection


def _by_connection(form: Asked) -> tuple[Table, ...]:
    """Tables by connection to the area, each response in one group: who lives here, else works or studies here, else only visits."""
    question = next((one for one in form.questions if one.role == Question.Role.CONNECTION), None)
    if question is None:
        return ()
    ranks = {option.pk: kind_of(option) for option in question.options}
    first = first_by_connection(form.consultation, question.pk, ranks)
    groups = [
        (rank, Group(key, text, sum(first.get(rank, {}).values())))
        for rank, (key, text) in KINDS.items()
        if rank == UNSAID or rank in ranks.values()
    ]
    return _tables(form, "connection", groups, first, answers_by_connection(form.consultation, question.pk, ranks))


def first_by_connection(consultation: Consultation, question: int, ranks: Mapping[int, int]) -> Cells:
    """`ranks`: the group that each option of the connection question puts a response into."""
    said, parameters = _said(question, ranks)
    sql = (
        f"SELECT COALESCE(said.rank, {UNSAID}), r.first_id, COUNT(*) FROM {RESPONSES} r"
        f" LEFT JOIN ({said}) said ON said.response_id = r.id WHERE {COUNTED} GROUP BY 1, 2"
    )
    return _cells(_rows(sql, [*parameters, consultation.pk]))


def answers_by_connection(consultation: Consultation, question: int, ranks: Mapping[int, int]) -> Cells:
    """Answers to everything else, in the same groups."""
    said, parameters = _said(question, ranks)
    sql = (
        f"SELECT COALESCE(said.rank, {UNSAID}), a.option_id, COUNT(*) FROM {JOINED}"
        f" LEFT JOIN ({said}) said ON said.response_id = r.id"
        f" WHERE {COUNTED} AND a.question_id <> %s GROUP BY 1, 2"
    )
    return _cells(_rows(sql, [*parameters, consultation.pk, question]))


def _said(question: int, ranks: Mapping[int, int]) -> tuple[str, list[int]]:
    """SQL for the closest connection that each response names, with its parameters."""
    whens = " ".join("WHEN %s THEN %s" for _ in ranks) or "WHEN -1 THEN -1"
    sql = (
        f"SELECT response_id, MIN(CASE option_id {whens} ELSE {UNSAID} END) AS rank FROM {ANSWERS}"
        " WHERE question_id = %s GROUP BY response_id"
    )
    return sql, [*(number for pair in ranks.items() for number in pair), question]


# ---------------------------------------------------------------- from printed totals


def _from_totals(form: Asked) -> Counts:
    """What is printed, and nothing that is not: a concern without a number of its own is in a group that was counted together."""
    tallies = list(Tally.objects.filter(consultation=form.consultation).order_by("order", "pk"))
    concerns = _printed_concerns(form, tallies)
    questions = tuple(
        _printed_question(question, tallies)
        for question in form.asked_of_all
        if _has_options(question) and any(tally.question_id == question.pk for tally in tallies)
    )
    stated = form.consultation.stated_responses
    named = sum(concern.first for concern in concerns)
    most = max([named, *(question.answered or 0 for question in questions)])
    return Counts(
        responses=most if stated is None else stated,
        concerns=concerns,
        concerns_text=form.ranked.text if form.ranked else "",
        concerns_hint=form.ranked.hint if form.ranked else "",
        questions=questions,
        channels=tuple(
            Named(channel.key, channel.name, None) for channel in Channel.objects.filter(consultation=form.consultation)
        ),
        holds_responses=False,
    )


def _printed_concerns(form: Asked, tallies: Sequence[Tally]) -> tuple[ConcernCount, ...]:
    pk = form.ranked.pk if form.ranked else None
    by_rank: dict[object, dict[int, int]] = defaultdict(dict)
    for tally in tallies:
        if tally.question_id == pk:
            by_rank[tally.concern_id or tally.together][tally.rank] = tally.count
    single = [
        ConcernCount(one.key, one.text, *_ranks(by_rank[one.pk]), is_other=one.is_other)
        for one in _listed(form)
        if one.pk in by_rank
    ]
    groups = [
        ConcernCount(f"together-{number}", text, *_ranks(told), is_group=True)
        for number, (text, told) in enumerate(((t, c) for t, c in by_rank.items() if isinstance(t, str)), start=1)
    ]
    return (*single, *groups)


def _ranks(told: Mapping[int, int]) -> tuple[int, int | None, int | None]:
    return told.get(1, 0), told.get(2), told.get(3)


def _printed_question(question: AskedQuestion, tallies: Sequence[Tally]) -> QuestionCounts:
    counted = {tally.option_id: tally.count for tally in tallies if tally.option_id}
    together = [tally for tally in tallies if tally.question_id == question.pk and tally.together]
    options = tuple(
        OptionCount(option.key, option.text, counted[option.pk], option.is_dont_know)
        for option in question.options
        if option.pk in counted
    ) + tuple(
        OptionCount(f"together-{number}", tally.together, tally.count) for number, tally in enumerate(together, start=1)
    )
    # What is printed of some answers says of nobody how many gave the others: 998 who agreed are not all who answered.
    is_whole = bool(together) or all(option.pk in counted for option in question.options)
    answered = sum(option.count or 0 for option in options) if is_whole and not question.takes_several else None
    return _question(question, answered, options)
