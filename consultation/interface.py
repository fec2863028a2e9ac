"""The words of the form itself, beside those of its questions: in English here, in another language as far as they are translated.

What is not translated is shown in English and marked as English, so that a screen reader speaks it as such.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from django.utils import dateformat, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from consultation.asked import ENGLISH, Asked, AskedOption, AskedQuestion, name_of

# By the key under which a translation is kept: "ui.next". Names in braces are filled in and stay as they are.
WORDS: Mapping[str, str] = {
    "skip_link": "Skip to main content",
    "back": "Back",
    "next": "Continue",
    "skip": "Skip this question",
    "go_on": "Go on",
    "start": "Start",
    "start_anew": "Start again with an empty form",
    "send": "Send my answers",
    "change": "Change",
    "languages": "Languages",
    "sample": "These words are a sample to try this language with. Nobody who speaks it has checked them.",
    "question_of": "Question {number} of {of}",
    "about_you_of": "About you: question {number} of {of}",
    "first": "Your first choice: what matters most",
    "second": "Your second choice, if you have one",
    "third": "Your third choice, if you have one",
    "what_else": "If it is something else, what is it?",
    "not_for_reports": "Don’t report a crime or name people here. To report a crime call 101, in an emergency 999.",
    "up_to": "You can write up to {most} characters",
    "left_one": "You have %{count} character left",
    "left_other": "You have %{count} characters left",
    "none_left": "You have used all the characters",
    "over_one": "You have %{count} character too many",
    "over_other": "You have %{count} characters too many",
    "panel": "What is known",
    "source": "From: {source}",
    "about_you": "About you",
    "about_you_why": (
        "We ask this to see whether we hear from everyone. These answers are counted apart and are never joined to your other answers. You can "
        "skip all of them."
    ),
    "about_you_answer": "Answer the questions about you",
    "about_you_skip": "Skip them and check your answers",
    "check": "Check your answers",
    "not_answered": "Not answered",
    "first_choice": "First choice",
    "second_choice": "Second choice",
    "third_choice": "Third choice",
    "nothing_sent": "Nothing is sent until you press the button.",
    "thanks": "Thank you: your answers have been sent",
    "thanks_late": "Your answers came after the end: they are kept, and not counted",
    "what_happens_next": "What happens next",
    "next_counted": "All answers are counted once the last day, {day}, is over. The results are published on this site.",
    "next_late": "They came after the end, so they are in no figure. The results will say how many came late.",
    "next_results": "See “What you told us”: results, and what was done",
    "who_to_call": "To report a crime call 101, in an emergency 999.",
    "another_form": "Somebody else wants to answer",
    "before": "Before you start",
    "gone": (
        "We don’t have the form you were filling in. It is kept for an hour after your last page, and only if your browser takes cookies. If "
        "you have not seen “Thank you”, your answers were not sent."
    ),
    "about_two_minutes": "It takes about two minutes. You can skip any question.",
    "last_day": "You can answer until the end of {day}.",
    "privacy": "What happens with your answers",
    "not_stored": "We don’t ask for your name or address, and don’t keep the time at which you answered.",
    "address": (
        "The internet address that a form comes from is turned into a code that can’t be read back. It is kept for 24 hours, apart from your "
        "answers, to notice when many forms come from one place."
    ),
    "who_reads": (
        "The partnership team reads what you write in your own words. If somebody may be in danger, a named person sees to it and may have to "
        "tell those who can help. Words are published only after two people have read them and taken out what could tell who wrote them."
    ),
    "not_taken_back": "Nobody can tell which answers are yours. So we can’t show you, change or take back what you have handed in.",
    "between_pages": "Until you send them, your answers are kept for an hour after your last page. A cookie holds your place.",
    "removed": "Single answers are removed on {day}. What was counted stays.",
    "paper": "Other ways to answer",
    "paper_form": "Paper form to print (PDF)",
    "paper_large": "Paper form in large print (PDF)",
    "another_format": "Ask for another format",
    "have_code": "I have a paper form with a code",
    "code": "Code on your paper form",
    "code_hint": "Each code is used once. You can answer without one.",
}


@dataclass(frozen=True)
class Word:
    """Some words of the form; as text they mark themselves where they are not in the page's language. `text` is the words alone."""

    text: str
    is_english: bool = False  # on a page in another language

    def __str__(self) -> SafeString:
        return self.__html__()

    def __html__(self) -> SafeString:
        return format_html('<span lang="en" dir="ltr">{}</span>' if self.is_english else "{}", self.text)


def words(form: Asked, these: Mapping[str, str] = WORDS, /, **filled: object) -> dict[str, Word]:
    """All of `these` for this form, by key, with what belongs in the braces. Braces for which there is nothing stay."""
    return {key: _word(form, key, english, filled) for key, english in these.items()}


def of_question(form: Asked, question: AskedQuestion) -> Word:
    return Word(question.text, is_english=f"question.{question.key}" in form.untranslated)


def of_hint(form: Asked, question: AskedQuestion) -> Word:
    return Word(question.hint, is_english=f"hint.{question.key}" in form.untranslated)


def of_option(form: Asked, question: AskedQuestion, option: AskedOption) -> Word:
    return Word(option.text, is_english=name_of(question, option) in form.untranslated)


def _word(form: Asked, key: str, english: str, filled: Mapping[str, object]) -> Word:
    told = form.words.get(key, "")
    # A translation that lost a name in braces would say something else: English then.
    if told and _names(told) == _names(english):
        return Word(_fill(told, filled, form.language))
    return Word(_fill(english, filled, ENGLISH), is_english=form.language != ENGLISH)


def _names(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:  # a brace alone
        return {text}


def _fill(text: str, filled: Mapping[str, object], language: str) -> str:
    for name, value in filled.items():
        text = text.replace("{" + name + "}", _day(value, language) if isinstance(value, dt.date) else str(value))
    return text


def _day(value: dt.date, language: str) -> str:
    """In full: "Sunday 12 August 2018"."""
    with translation.override(language):
        return dateformat.format(value, "l j F Y")
