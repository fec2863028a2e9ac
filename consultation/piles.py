"""What is read of piles of papers and of series of codes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q

from consultation import keying
from consultation.asked import Asked
from consultation.models import Answer, Batch, Code, Comment, Consultation, MonitoringCount, Response

LATEST = 10  # papers that stand below the form
Standing = Response.Standing


@dataclass(frozen=True)
class Keyed:
    """A paper as it was keyed. `number` is its place in the pile, which it keeps when others are taken out."""

    response: Response
    number: int
    concerns: tuple[str, ...]  # "3 Gangs", best first
    answers: tuple[tuple[str, str], ...]  # the question's words, and what was chosen
    words: tuple[str, ...]


@dataclass(frozen=True)
class Pile:
    batch: Batch
    entered: int
    taken_out: int

    @property
    def sentence(self) -> str:
        return count(self.entered, self.batch.expected)


@dataclass(frozen=True)
class Series:
    """Codes that were made together. `first` is the id of one of them, by which its addresses name it."""

    name: str
    first: int
    made: int
    used: int


def count(entered: int, expected: int | None) -> str:
    """ "37 of 40 entered"."""
    if expected is None:
        return f"{entered:,} {'paper' if entered == 1 else 'papers'} entered"
    return f"{entered:,} of {expected:,} entered"


def lede(found: list[Pile]) -> str:
    """The first line of the list."""
    counted = [one for one in found if one.batch.state != Batch.State.UNDONE]
    if not counted:
        return "No papers have been entered yet."
    papers, number = sum(one.entered for one in counted), len(counted)
    said = f"{papers:,} {'paper is' if papers == 1 else 'papers are'} entered, in {number:,} pile{'' if number == 1 else 's'}."
    left = sum(one.batch.state == Batch.State.OPEN for one in counted)
    return f"{said} {left:,} {'is' if left == 1 else 'are'} not finished." if left else said


def piles(consultation: Consultation) -> list[Pile]:
    """Those that are being entered first, then the latest first. Two queries."""
    batches = Batch.objects.filter(consultation=consultation, kind=Batch.Kind.PAPER)
    found = list(batches.select_related("channel", "made_by", "done_by", "undone_by"))
    numbers = Response.objects.filter(batch__in=found).values_list("batch").order_by()
    out = {
        pk: (held, gone)
        for pk, held, gone in numbers.annotate(held=_held(), gone=_gone()).values_list("batch", "held", "gone")
    }
    return sorted(
        (Pile(batch, *out.get(batch.pk, (0, 0))) for batch in found),
        key=lambda pile: pile.batch.state != Batch.State.OPEN,
    )


def pile(batch: Batch) -> Pile:
    counted = Response.objects.filter(batch=batch).aggregate(held=_held(), gone=_gone())
    return Pile(batch, counted["held"], counted["gone"])


def latest(batch: Batch, form: Asked) -> list[Keyed]:
    """The last ones, newest first, without those that were taken out. Four queries."""
    responses = list(Response.objects.filter(batch=batch).exclude(standing=Standing.UNDONE).order_by("-pk")[:LATEST])
    return read(responses, form)


def read(responses: Sequence[Response], form: Asked) -> list[Keyed]:
    """Papers of one pile as they were keyed; see `latest`."""
    if not responses:
        return []
    batch, least = responses[0].batch_id, min(response.pk for response in responses)
    later = list(Response.objects.filter(batch=batch, pk__gte=least).order_by("pk").values_list("pk", flat=True))
    before = Response.objects.filter(batch=batch, pk__lt=least).count()
    numbers = {pk: number for number, pk in enumerate(later, start=before + 1)}
    chosen, words = defaultdict(set), defaultdict(list)
    for pk, option in Answer.objects.filter(response__in=responses).values_list("response", "option"):
        chosen[pk].add(option)
    for pk, text in Comment.objects.filter(response__in=responses).values_list("response", "text"):
        words[pk].append(text)
    return [
        Keyed(
            response,
            numbers[response.pk],
            _concerns(form, response.choices),
            _answers(form, chosen[response.pk]),
            tuple(words[response.pk]),
        )
        for response in responses
    ]


def typed(response: Response, form: Asked) -> dict[str, str]:
    """What was typed for it, by the question's key, and the words by `words-<key>`: to put right what was keyed wrongly."""
    chosen = set(Answer.objects.filter(response=response).values_list("option", flat=True))
    words = dict(Comment.objects.filter(response=response).values_list("question", "text"))
    found: dict[str, str] = {}
    for question in form.asked_of_all:
        if question.is_ranked:
            found[question.key] = keying.again(question, response.choices)
            found[f"words-{question.key}"] = words.get(question.pk, "")
        elif question.is_text:
            found[question.key] = words.get(question.pk, "")
        else:
            found[question.key] = keying.again(question, [one.pk for one in question.options if one.pk in chosen])
    return found


def numbers(form: Asked) -> list[tuple[str, str]]:
    """Each concern with its number on the form."""
    return list(_marked(form).values())


def has_codes(consultation: Consultation) -> bool:
    return Code.objects.filter(consultation=consultation).exists()


def counts_who(batch: Batch) -> bool:
    """Whether any paper of it said who somebody is."""
    return MonitoringCount.objects.filter(batch=batch, count__gte=1).exists()


def series(consultation: Consultation) -> list[Series]:
    """The latest first. One query."""
    rows = (
        Code.objects.filter(consultation=consultation)
        .order_by()
        .values("series")
        .annotate(first=Min("pk"), last=Max("pk"), made=Count("pk"), used=Count("pk", filter=Q(used_on__isnull=False)))
        .order_by("-last")
    )
    return [Series(row["series"], row["first"], row["made"], row["used"]) for row in rows]


def _held() -> Count:
    return Count("pk", filter=~Q(standing=Standing.UNDONE))


def _gone() -> Count:
    return Count("pk", filter=Q(standing=Standing.UNDONE))


def _concerns(form: Asked, choices: Sequence[int]) -> tuple[str, ...]:
    known = _marked(form)
    return tuple(" ".join(known[pk]) for pk in choices if pk in known)


def _marked(form: Asked) -> dict[int, tuple[str, str]]:
    """The number and the text of each concern, by its id."""
    if form.ranked is None:
        return {}
    marks = keying.marks(form.ranked)
    return {option.pk: (marks[option.pk], option.text) for option in form.ranked.options}


def _answers(form: Asked, chosen: set[int]) -> tuple[tuple[str, str], ...]:
    found = []
    for question in form.asked_of_all:
        texts = [option.text for option in question.options if option.pk in chosen and not question.is_ranked]
        if texts:
            found.append((question.text, ", ".join(texts)))
    return tuple(found)
