"""All that a consultation says, piece by piece, with the names under which translations are held: "title", "question.safe", "concern.gangs"."""

from collections import Counter
from dataclasses import dataclass

from consultation import interface, paper
from consultation.models import Channel, Concern, Consultation, Option, Question, Translation


@dataclass(frozen=True)
class Text:
    """`what` says what it is to whoever translates; `group` is the heading that it stands under."""

    of: str
    what: str
    english: str
    group: str
    is_long: bool = False


def of(consultation: Consultation) -> list[Text]:
    """In the order in which people meet them; what is empty in English is not there. Four queries."""
    found = [
        Text("title", "title", consultation.title, "Before the questions"),
        Text("purpose", "what it is for", consultation.purpose, "Before the questions", is_long=True),
        Text("privacy", "privacy notice", consultation.privacy, "Before the questions", is_long=True),
        Text("panel", "figures beside the questions", consultation.panel, "Before the questions", is_long=True),
    ]
    options: dict[int, list[Option]] = {}
    for option in Option.objects.filter(question__consultation=consultation):
        options.setdefault(option.question_id, []).append(option)
    concerns = list(Concern.objects.filter(consultation=consultation))
    for number, question in enumerate(Question.objects.filter(consultation=consultation), start=1):
        group = f"Question {number}"
        found.append(Text(f"question.{question.key}", f"question {number}", question.text, group))
        found.append(Text(f"hint.{question.key}", f"hint to question {number}", question.hint, group))
        if question.kind == Question.Kind.RANKED:
            found += [Text(f"concern.{one.key}", f"concern {one.order}", one.text, group) for one in concerns]
        found += [
            Text(f"option.{question.key}.{one.key}", f"answer {one.order} to question {number}", one.text, group)
            for one in options.get(question.pk, [])
        ]
    return [text for text in found if text.english] + _of_the_form(consultation)


def _of_the_form(consultation: Consultation) -> list[Text]:
    """Buttons and the like, alike in all consultations: a copy brings their translations along."""
    found = dict.fromkeys(interface.WORDS, "Buttons and other words of the form")
    told = dict(interface.WORDS)
    if Channel.objects.filter(consultation=consultation, way=Channel.Way.PAPER).exists():
        found = dict.fromkeys(paper.WORDS, "Words of the paper form") | found
        told |= paper.WORDS
    words = [Text(f"ui.{key}", "words of the form", told[key], group) for key, group in found.items()]
    return sorted(words, key=lambda text: text.group)


def translated(consultation: Consultation, found: list[Text]) -> dict[int, int]:
    """How many of these texts each language has, by the language's id. One query."""
    known = [text.of for text in found]
    rows = Translation.objects.filter(language__consultation=consultation, of__in=known).values_list(
        "language", flat=True
    )
    return Counter(rows)
