"""The whole form of one consultation in one language, read at once: what is asked, in which words, with which answers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from consultation.models import Concern, Consultation, Language, Option, Question, Translation

ENGLISH = "en"


@dataclass(frozen=True)
class AskedOption:
    """An answer to choose: of a question with options, or a concern of the ranked one."""

    pk: int
    key: str
    text: str
    order: int  # as printed on the paper
    is_dont_know: bool = False
    is_other: bool = False


@dataclass(frozen=True)
class AskedQuestion:
    pk: int
    key: str
    kind: str
    role: str
    text: str
    hint: str
    options: tuple[AskedOption, ...]  # of the ranked one: the concerns

    @property
    def takes_several(self) -> bool:
        return self.kind == Question.Kind.MULTIPLE

    @property
    def is_ranked(self) -> bool:
        return self.kind == Question.Kind.RANKED

    @property
    def is_text(self) -> bool:
        return self.kind == Question.Kind.TEXT

    @property
    def is_monitoring(self) -> bool:
        return self.role == Question.Role.MONITORING


@dataclass(frozen=True)
class Asked:
    """`language` is the one it is in: English where the one that was asked for is not there. `questions` in their order, monitoring last."""

    consultation: Consultation
    language: str
    is_right_to_left: bool
    is_sample: bool  # words to try the language with
    languages: tuple[Language, ...]  # the others to choose from, English not among them
    title: str
    purpose: str
    privacy: str
    panel: str
    questions: tuple[AskedQuestion, ...]
    words: Mapping[str, str]  # of the interface, as far as they are translated: "next"
    untranslated: frozenset[str] = frozenset()  # what is shown in English for want of a translation: "question.safe"

    @property
    def ranked(self) -> AskedQuestion | None:
        return next((question for question in self.questions if question.is_ranked), None)

    @property
    def monitoring(self) -> tuple[AskedQuestion, ...]:
        return tuple(question for question in self.questions if question.is_monitoring)

    @property
    def asked_of_all(self) -> tuple[AskedQuestion, ...]:
        """Everything but equality monitoring."""
        return tuple(question for question in self.questions if not question.is_monitoring)

    def question(self, key: str) -> AskedQuestion | None:
        return next((question for question in self.questions if question.key == key), None)


def read(consultation: Consultation, language: str = ENGLISH) -> Asked:
    """The form in that language, a text that is not translated in English. Five queries, however much is asked."""
    languages = tuple(Language.objects.filter(consultation=consultation))
    shown = next((one for one in languages if one.code == language), None)
    told = dict(Translation.objects.filter(language=shown).values_list("of", "text")) if shown else {}
    options: dict[int, list[AskedOption]] = defaultdict(list)
    for one in Option.objects.filter(question__consultation=consultation).select_related("question"):
        text = told.get(f"option.{one.question.key}.{one.key}") or one.text
        options[one.question_id].append(AskedOption(one.pk, one.key, text, one.order, is_dont_know=one.is_dont_know))
    concerns = [
        AskedOption(one.pk, one.key, told.get(f"concern.{one.key}") or one.text, one.order, is_other=one.is_other)
        for one in Concern.objects.filter(consultation=consultation)
    ]
    questions = [
        _question(question, concerns if question.kind == Question.Kind.RANKED else options[question.pk], told)
        for question in Question.objects.filter(consultation=consultation)
    ]
    return Asked(
        consultation=consultation,
        language=shown.code if shown else ENGLISH,
        is_right_to_left=shown is not None and shown.is_right_to_left,
        is_sample=shown is not None and shown.is_sample,
        languages=languages,
        title=told.get("title") or consultation.title,
        purpose=told.get("purpose") or consultation.purpose,
        privacy=told.get("privacy") or consultation.privacy,
        panel=told.get("panel") or consultation.panel,
        questions=tuple(sorted(questions, key=lambda question: question.is_monitoring)),
        words={of.removeprefix("ui."): text for of, text in told.items() if of.startswith("ui.")},
        untranslated=frozenset(_names(questions)) - {of for of, text in told.items() if text} if shown else frozenset(),
    )


def name_of(question: AskedQuestion, option: AskedOption) -> str:
    """Under which its translation is kept."""
    return f"concern.{option.key}" if question.is_ranked else f"option.{question.key}.{option.key}"


def _names(questions: Iterable[AskedQuestion]) -> Iterator[str]:
    yield from ("title", "purpose", "privacy", "panel")
    for question in questions:
        yield from (f"question.{question.key}", f"hint.{question.key}")
        yield from (name_of(question, option) for option in question.options)


def _question(question: Question, options: list[AskedOption], told: Mapping[str, str]) -> AskedQuestion:
    return AskedQuestion(
        pk=question.pk,
        key=question.key,
        kind=question.kind,
        role=question.role,
        text=told.get(f"question.{question.key}") or question.text,
        hint=told.get(f"hint.{question.key}") or question.hint,
        options=tuple(options),
    )
