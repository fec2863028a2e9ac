"""What a draft still lacks before it can open: all of it at once, each with the page where it is put right."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from consultation import texts
from consultation.models import Channel, Concern, Consultation, Language, Option, Question
from lib.written import day_year

Kind = Question.Kind
FEWEST_CONCERNS = 2  # one alone is no choice


@dataclass(frozen=True)
class Lacking:
    """A sentence that says what to do, and where."""

    sentence: str
    url: str


def lacking(consultation: Consultation, on: dt.date) -> list[Lacking]:
    """In the order of the pages; empty when it can open. Eight queries, however much is asked."""
    return [*_of_itself(consultation, on), *_of_questions(consultation), *_of_ways(consultation)]


def _at(name: str, consultation: Consultation, box: str = "") -> str:
    return reverse(f"consultation:{name}", args=[consultation.slug]) + (f"#id_{box}" if box else "")


def _of_itself(consultation: Consultation, on: dt.date) -> Iterator[Lacking]:
    opens, closes, purge = consultation.opens_on, consultation.closes_on, consultation.purge_on

    def at(sentence: str, box: str) -> Lacking:
        return Lacking(sentence, _at("consultation-edit", consultation, box))

    if not consultation.purpose.strip():
        yield at("Say what it is for", "purpose")
    if opens is None:
        yield at("Enter its first day", "opens_on_day")
    if closes is None:
        yield at("Enter its last day", "closes_on_day")
    elif opens and closes < opens:
        yield at("Enter a last day on or after its first day", "closes_on_day")
    elif closes < on:
        yield at(f"Enter a last day that is still to come: {day_year(closes)} is over", "closes_on_day")
    if purge is None:
        yield at("Enter the day on which single answers are removed", "purge_on_day")
    elif closes and purge <= closes:
        yield at(
            f"Enter a day after the last day, {day_year(closes)}, on which single answers are removed", "purge_on_day"
        )
    if not consultation.privacy.strip():
        yield at("Enter the privacy notice: who holds the answers, why, and for how long", "privacy")
    if consultation.panel.strip() and not consultation.panel_source.strip():
        yield at("Say from which public report the figures beside the questions are", "panel_source")


def _of_questions(consultation: Consultation) -> Iterator[Lacking]:
    questions = list(Question.objects.filter(consultation=consultation))
    if not questions:
        yield Lacking("Add a question", _at("question-list", consultation))
    options = list(Option.objects.filter(question__consultation=consultation).values_list("question_id", flat=True))
    for question in questions:
        if question.kind not in (Kind.RANKED, Kind.TEXT) and options.count(question.pk) < 2:
            url = reverse("consultation:question-edit", args=[consultation.slug, question.pk]) + "#id_options"
            yield Lacking(f"Give “{question}” at least two answers", url)
    concerns = list(Concern.objects.filter(consultation=consultation))
    listed = [concern for concern in concerns if not concern.is_other]
    ranks = any(question.kind == Kind.RANKED for question in questions)
    if ranks and len(listed) < FEWEST_CONCERNS:
        yield Lacking(
            f"List at least {FEWEST_CONCERNS} concerns to choose from", _at("consultation-concerns", consultation)
        )
    if listed and not ranks:
        yield Lacking(
            "Ask which of the concerns matter most, or take them off the list", _at("question-list", consultation)
        )
    takes_words = any(question.is_text for question in questions) or (ranks and len(listed) < len(concerns))
    owner = consultation.triage_owner
    if takes_words and (owner is None or not owner.is_active):
        yield Lacking(
            "Name who sees to it when somebody writes of harm: people can write in their own words",
            _at("consultation-edit", consultation, "triage_owner"),
        )


def _of_ways(consultation: Consultation) -> Iterator[Lacking]:
    if not Channel.objects.filter(consultation=consultation).exists():
        yield Lacking("Add a way to answer", _at("consultation-channels", consultation))
    languages = [one for one in Language.objects.filter(consultation=consultation) if not one.is_sample]
    if not languages:
        return
    found = texts.of(consultation)
    done = texts.translated(consultation, found)
    for language in languages:
        if left := len(found) - done.get(language.pk, 0):
            texts_left = f"{left} text{'' if left == 1 else 's'}"
            url = reverse("consultation:language-edit", args=[consultation.slug, language.code])
            yield Lacking(f"Translate {texts_left} into {language}, or mark its words as there to try it with", url)
