"""The paper form as a PDF that everyone can read: one A4 leaf where it fits, in each language and in large print.

Setting takes a second or two, and anyone may ask: what was set is kept in the cache by the checksum of its HTML, so nothing that has
changed is ever served.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from consultation import asked, codes, interface, keying
from consultation.asked import ENGLISH, Asked, AskedOption, AskedQuestion
from consultation.interface import Word
from consultation.models import Consultation
from lib import typesetting
from lib.kept_ready import cache
from lib.typesetting import characters
from lib.written import day_year

KEPT = 24 * 60 * 60  # seconds

# Beside those of the web form; translations are kept in the same way, under "ui.paper_rank" and so on.
WORDS: Mapping[str, str] = {
    **{
        key: interface.WORDS[key]
        for key in (
            "sample",
            "about_you",
            "about_you_why",
            "not_for_reports",
            "privacy",
            "removed",
            "who_reads",
            "not_taken_back",
            "what_else",
            "panel",
            "source",
        )
    },
    "paper_rank": "Choose up to three. Write 1 in the box of the one that matters most, then 2 and 3.",
    "paper_one": "Tick one box.",
    "paper_several": "Tick all that apply.",
    "paper_skip": "You can leave out any question.",
    "paper_privacy": "What happens with your answers is told at the end.",
    "paper_by": "Hand it in by {day}",
    "paper_hand_in": "Where to hand it in: {place}.",
    "paper_ask": "Ask us where to hand it in: {contact}.",
    "paper_code": "Code of this form:",
    "paper_code_once": "It counts once, on paper or on the web, and nobody can tell from it who answered.",
    "paper_help": "For help with this form or another format write to {contact}.",
}


@dataclass(frozen=True)
class Box:
    """One box to tick or to write a number into. `mark` is what is typed when the paper is keyed, "" where the answer says it itself."""

    mark: str
    text: Word


@dataclass(frozen=True)
class Question:
    number: int
    text: Word
    how: Word | None  # how to answer
    boxes: Sequence[Box]
    is_ranked: bool
    has_other: bool
    is_text: bool
    is_short: bool  # its answers stand on one line


def form(consultation: Consultation, *, language: str = ENGLISH, is_large: bool = False) -> bytes:
    """The PDF of the form without a code."""
    pages_html = html(consultation, language=language, is_large=is_large)
    key = f"paper-pdf:{hashlib.sha256(pages_html.encode()).hexdigest()}"
    held: bytes | None = cache.get(key)
    if held is None:
        held = typesetting.typeset(pages_html).pdf
        cache.set(key, held, KEPT)
    return held


def html(
    consultation: Consultation, *, language: str, is_large: bool, code: str = "", with_letters: bool = False
) -> str:
    """`with_letters` adds a page with all letters that codes are made of; see `paper_series`."""
    english = asked.read(consultation)
    shown = asked.read(consultation, language) if language != ENGLISH else english
    questions = _questions(english, shown)
    about = [question.is_monitoring for question in english.questions]
    context = {
        "title": shown.title,
        "heading": _word(shown, shown.title, english.title),
        "purpose": _word(shown, shown.purpose, english.purpose),
        "privacy": _word(shown, shown.privacy, english.privacy),
        "panel": _word(shown, shown.panel, english.panel),
        "language": shown.language if shown.language != ENGLISH else "en-GB",
        "direction": "rtl" if shown.is_right_to_left else "ltr",
        "is_large": is_large,
        "is_sample": consultation.is_sample,
        "is_sample_language": shown.is_sample,
        "partnership": settings.PARTNERSHIP_NAME,
        "created": timezone.localtime(consultation.opened_at).isoformat(timespec="seconds")
        if consultation.opened_at
        else "",
        "code": codes.printed(code),
        "letters": f"{codes.LETTERS}-" if with_letters else "",
        "questions": [question for question, is_about in zip(questions, about, strict=True) if not is_about],
        "monitoring": [question for question, is_about in zip(questions, about, strict=True) if is_about],
        "hand_in": consultation.hand_in,
        "words": interface.words(
            shown,
            WORDS,
            day=day_year(consultation.closes_on),
            place=consultation.hand_in.rstrip("."),
            contact=settings.CONTACT_EMAIL,
            source=consultation.panel_source,
        )
        | interface.words(shown, {"removed": WORDS["removed"]}, day=day_year(consultation.purge_on)),
    }
    return characters.printable(render_to_string("consultation/paper/form.html", context))


def _questions(english: Asked, shown: Asked) -> list[Question]:
    """Both have the same questions in the same order: the marks come from the English words."""
    words = interface.words(shown, WORDS)
    return [
        _question(number, one, told, shown, words)
        for number, (one, told) in enumerate(zip(english.questions, shown.questions, strict=True), start=1)
    ]


def _question(
    number: int, one: AskedQuestion, told: AskedQuestion, shown: Asked, words: Mapping[str, Word]
) -> Question:
    marks = keying.marks(one)
    texts = {option.pk: option.text for option in one.options}
    boxes = [_box(marks[option.pk], option, texts[option.pk], shown) for option in told.options]
    return Question(
        number=number,
        text=_word(shown, told.text, one.text),
        how=_how(one, told, shown, words),
        boxes=boxes,
        is_ranked=one.is_ranked,
        has_other=any(option.is_other for option in one.options),
        is_text=one.is_text,
        is_short=not one.is_ranked and sum(len(str(box.text)) + 6 for box in boxes) <= 90,
    )


def _how(one: AskedQuestion, told: AskedQuestion, shown: Asked, words: Mapping[str, Word]) -> Word | None:
    """The question's own hint; that of the ranked one is about the screen."""
    if one.is_ranked:
        return words["paper_rank"]
    if told.hint:
        return _word(shown, told.hint, one.hint)
    return None if one.is_text else words["paper_several" if one.takes_several else "paper_one"]


def _box(mark: str, option: AskedOption, english: str, shown: Asked) -> Box:
    says_it = english == mark or english.startswith(f"{mark} ")
    return Box("" if says_it else mark, _word(shown, option.text, english))


def _word(shown: Asked, text: str, english: str) -> Word:
    """Marked as English where it isn't translated."""
    return Word(text, is_english=shown.language != ENGLISH and text == english and any(map(str.isalpha, text)))
