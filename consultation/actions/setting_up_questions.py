"""What a consultation asks, while it is a draft: questions with their answers, and in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from consultation.actions.setting_up import THIS, refuse_opened
from consultation.actions.setting_up_lists import forget_translations, free_key, write_entries
from consultation.models import Consultation, Option, Question
from lib.editing import write

Kind, Role = Question.Kind, Question.Role
MOST_OPTIONS, LONGEST_OPTION = 40, 160
SCALE = range(3, 12)  # points of a scale: fewer are answers, more can't be told apart
# The first is the one that is meant where none is chosen.
KINDS: dict[str, tuple[str, ...]] = {
    Role.CONCERNS: (Kind.RANKED,),
    Role.SAFE: (Kind.SINGLE,),
    Role.CONNECTION: (Kind.MULTIPLE,),
    Role.FURTHER: (Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.TEXT),
    Role.MONITORING: (Kind.SINGLE, Kind.MULTIPLE),
}

audit.kinds(
    {
        "consultation_question_added": "Question added",
        "consultation_question_changed": "Question changed",
        "consultation_question_removed": "Question removed",
        "consultation_questions_ordered": "Order of the questions changed",
    }
)


@dataclass(frozen=True)
class Asking:
    """A question as it is to be asked. `options`: the answers in order; of a scale its points, the ends with their words.
    `dont_know`: answers after them that are no part of a percentage.
    """

    role: str
    kind: str
    text: str
    hint: str = ""
    options: tuple[str, ...] = ()
    dont_know: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        return (*self.options, *self.dont_know)


@transaction.atomic
def add_question(consultation: Consultation, *, asking: Asking, version: int, by: User) -> Question:
    """As the last one."""
    refuse_opened(consultation, version)
    _refuse_faults(consultation, asking, None)
    write(consultation, version=version, what=THIS)
    held = list(Question.objects.filter(consultation=consultation))
    wanted = asking.role if asking.role in Question.ONE_EACH else asking.text
    question = Question.objects.create(
        consultation=consultation,
        key=free_key(wanted, [one.key for one in held], longest=40, otherwise="question"),
        order=max((one.order for one in held), default=0) + 1,
        role=asking.role,
        kind=asking.kind,
        text=asking.text,
        hint=asking.hint,
    )
    _write_options(question, asking)
    audit.record("consultation_question_added", consultation, by=by, changes=audit.changes({}, _told(question)))
    return question


@transaction.atomic
def write_question(question: Question, *, asking: Asking, version: int, by: User) -> Question:
    """Its words and answers anew. An answer keeps its translations where its words stay, or where one line took another's place."""
    consultation = question.consultation
    refuse_opened(consultation, version)
    question.refresh_from_db()
    _refuse_faults(consultation, asking, question)
    before = _told(question)
    question.role, question.kind, question.text, question.hint = asking.role, asking.kind, asking.text, asking.hint
    write(consultation, version=version, what=THIS)
    columns = {"role": asking.role, "kind": asking.kind, "text": asking.text, "hint": asking.hint}
    Question.objects.filter(pk=question.pk).update(**columns)
    _write_options(question, asking)
    lines = audit.changes(before, _told(question))
    audit.record("consultation_question_changed", consultation, by=by, changes=lines)
    return question


@transaction.atomic
def remove_question(question: Question, *, version: int, by: User) -> Consultation:
    """With its answers and their translations; nobody has been asked it yet."""
    consultation = question.consultation
    refuse_opened(consultation, version)
    write(consultation, version=version, what=THIS)
    options = Option.objects.filter(question=question)
    keys = [f"option.{question.key}.{key}" for key in options.values_list("key", flat=True)]
    forget_translations(consultation, [f"question.{question.key}", f"hint.{question.key}", *keys])
    text = question.text
    write_entries([], [question], [], names=())
    lines = [audit.change("Question", text, None)]
    audit.record("consultation_question_removed", consultation, by=by, changes=lines)
    return consultation


@transaction.atomic
def order_questions(consultation: Consultation, *, places: Mapping[int, int], version: int, by: User) -> Consultation:
    """By the number that each was given, by its id; the same number twice keeps them as they stood to each other."""
    refuse_opened(consultation, version)
    held = list(Question.objects.filter(consultation=consultation))
    wanted = sorted(held, key=lambda question: places.get(question.pk, question.order))
    if [question.pk for question in wanted] == [question.pk for question in held]:
        return consultation
    write(consultation, version=version, what=THIS)
    for order, question in enumerate(wanted, start=1):
        Question.objects.filter(pk=question.pk).update(order=order)
    lines = [audit.change("First to last", None, "; ".join(question.text for question in wanted))]
    audit.record("consultation_questions_ordered", consultation, by=by, changes=lines)
    return consultation


def _refuse_faults(consultation: Consultation, asking: Asking, question: Question | None) -> None:
    errors: dict[str, str] = {}
    others = Question.objects.filter(consultation=consultation)
    if question:
        others = others.exclude(pk=question.pk)
    if asking.role in Question.ONE_EACH and others.filter(role=asking.role).exists():
        errors["role"] = f"“{Role(asking.role).label}” is asked already. Change that question, or choose something else"
    elif asking.kind not in KINDS[asking.role]:
        kinds = " or ".join(f"“{Kind(kind).label}”" for kind in KINDS[asking.role])
        errors["kind"] = f"A question on “{Role(asking.role).label}” is answered by {kinds}"
    if not asking.text.strip():
        errors["text"] = "Enter the question"
    if sentence := _of_options(asking):
        errors["options"] = sentence
    if errors:
        raise ValidationError(errors)


def _of_options(asking: Asking) -> str:
    if asking.kind in (Kind.RANKED, Kind.TEXT):
        return ""
    if len(asking.options) < 2:
        return "Enter at least two answers, one a line"
    if len(asking.answers) > MOST_OPTIONS:
        return f"Enter {MOST_OPTIONS} answers or fewer: these are {len(asking.answers)}"
    told = [answer.casefold() for answer in asking.answers]
    if twice := next((answer for answer in asking.answers if told.count(answer.casefold()) > 1), ""):
        return f"“{twice}” is there twice. Each answer is there once"
    if long := next((answer for answer in asking.answers if len(answer) > LONGEST_OPTION), ""):
        return f"Each answer must be {LONGEST_OPTION} characters or fewer: “{long[:40]}…” has {len(long)}"
    return ""


def _write_options(question: Question, asking: Asking) -> None:
    answers = () if asking.kind in (Kind.RANKED, Kind.TEXT) else asking.answers
    held = list(Option.objects.filter(question=question))
    paired = _paired(held, answers)
    kept, added = [], []
    keys = [option.key for option in held]
    for order, text in enumerate(answers, start=1):
        option = paired.get(text)
        if option is None:
            key = free_key(text, keys, longest=40, otherwise="answer")
            keys.append(key)
            option = Option(question=question, key=key)
            added.append(option)
        else:
            kept.append(option)
        option.text, option.order = text, order
        option.is_dont_know = text in asking.dont_know
    staying = {option.pk for option in kept}
    removed = [option for option in held if option.pk not in staying]
    forget_translations(question.consultation, [f"option.{question.key}.{option.key}" for option in removed])
    write_entries(kept, removed, added, names=("text", "order", "is_dont_know"))


def _paired(held: Sequence[Option], answers: Sequence[str]) -> dict[str, Option]:
    """Which answer each text is: the one of these words; where as many words went as came, the one in whose place it stands."""
    found = {option.text: option for option in held if option.text in answers}
    gone = [option for option in held if option.text not in found]
    come = [text for text in answers if text not in found]
    if len(gone) == len(come):
        found |= dict(zip(come, gone, strict=True))
    return found


def _told(question: Question) -> dict[str, object]:
    options = Option.objects.filter(question=question).values_list("text", flat=True)
    return {
        "Question": question.text,
        "Hint": question.hint,
        "About": question.get_role_display(),
        "Answered by": question.get_kind_display(),
        "Answers": "; ".join(options),
    }
