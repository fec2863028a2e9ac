"""The words that are printed beside a public snapshot: a covering note, an erratum, what an assessment says. Pure.

Each is cut like the snapshot's own words, under a place of its own: "note", "erratum", "assessed/causes/<slug>".
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from reporting.disclosure.edition import Edition, without_names
from reporting.disclosure.passages import Decided, Passage, cut, latest, sentences
from reporting.disclosure.words import NOTHING, Text
from reporting.imprint import Assessed, Future, Imprint

Say = Callable[[Text], str]


def public(imprint: Imprint, edition: Edition, redactions: Sequence[Decided]) -> Imprint:
    """The imprint as the public may read it: undecided sentences that `edition` asks about left out, posts for names."""
    decided = latest(redactions)
    told = _written(imprint, edition, lambda text: cut(text, edition.asking, decided))
    return without_names(replace(told, note_by=edition.names.post(told.note_by)), edition.names)


def questions(imprint: Imprint, edition: Edition) -> tuple[Passage, ...]:
    """The sentences of it on which somebody must decide."""
    found: list[Passage] = []

    def collect(text: Text) -> str:
        for sentence in sentences(text.words):
            found.append(Passage(text.place, sentence, edition.asking.ground(text, sentence)))
        return text.words

    _written(imprint, edition, collect)
    return tuple(one for one in found if one.ground)


def _written(imprint: Imprint, edition: Edition, say: Say) -> Imprint:
    erratum = imprint.erratum
    return replace(
        imprint,
        note=_say(say, "note", imprint.note),
        erratum=replace(erratum, text=_say(say, "erratum", erratum.text)) if erratum else None,
        assessed=_assessed(imprint.assessed, edition, say) if imprint.assessed else None,
    )


def _assessed(told: Assessed, edition: Edition, say: Say) -> Assessed:
    """Causes are kept for the indicators that stay."""
    return Assessed(
        summary=_say(say, "assessed/summary", told.summary),
        sections=tuple(
            replace(
                one,
                heading=_say(say, f"assessed/sections/{number}/heading", one.heading),
                text=_say(say, f"assessed/sections/{number}", one.text),
            )
            for number, one in enumerate(told.sections, start=1)
        ),
        causes=tuple(
            replace(one, why=_say(say, f"assessed/causes/{one.slug}", one.why, frozenset({one.slug})))
            for one in told.causes
            if one.slug in edition.shown
        ),
        futures=tuple(_future(one, say) for one in told.futures),
    )


def _future(one: Future, say: Say) -> Future:
    """The title of a new priority was written here; that of the plan's own is in print."""
    place = f"assessed/futures/{one.letter or one.title}"[:200]
    title = one.title if one.letter else _say(say, place, one.title)
    return replace(one, title=title, because=_say(say, place, one.because))


def _say(say: Say, place: str, words: str, about: frozenset[str] = NOTHING) -> str:
    return say(Text(place, words, about)) if words.strip() else words
