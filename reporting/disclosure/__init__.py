"""From an executive snapshot to a public one: what must be hidden is hidden here, once, for everything that is drawn from it.

Pure. See docs/decisions/0046-how-small-numbers-are-hidden.md. `told` reads what snapshots say of a figure, `figures` decides what is
hidden, `derived` takes away what rests on it; `people`, `words`, `naming` and `passages` see to the words, `audit` looks at the whole.
"""

from collections.abc import Mapping, Sequence

from reporting.disclosure import imprinted
from reporting.disclosure import passages as cutting
from reporting.disclosure.audit import GivesBack, check
from reporting.disclosure.edition import Edition
from reporting.disclosure.passages import Decided, Passage
from reporting.disclosure.words import Text
from reporting.imprint import Imprint
from reporting.snapshots.shape import SmallNumbers, Snapshot

__all__ = [
    "Decided",
    "GivesBack",
    "Passage",
    "passages",
    "publish",
    "publish_imprint",
    "publish_words",
    "questions",
    "questions_of_words",
]


def publish(
    snapshot: Snapshot,
    already_published: Sequence[Snapshot],
    *,
    small_numbers: SmallNumbers,
    redactions: Sequence[Decided] = (),
) -> Snapshot:
    """The public edition of a snapshot: restricted indicators, names, exempt passages and small numbers out, and all that would give them back.

    `already_published` are the public snapshots of everything issued before, oldest first: nothing here may give back what they hide.
    Raises GivesBack where that can't be done. A passage that nobody has decided on is left out where `questions` asks about it.
    """
    if snapshot.is_public:
        raise ValueError("A public edition is made from an executive one")
    public = Edition(snapshot, already_published, small_numbers).public(redactions)
    check(public, snapshot, already_published)
    return public


def passages(
    snapshot: Snapshot, small_numbers: SmallNumbers, already_published: Sequence[Snapshot] = ()
) -> tuple[Passage, ...]:
    """Every sentence of the executive snapshot that the public edition may print, with its place, in order. Any may be left out."""
    return cutting.passages(snapshot, Edition(snapshot, already_published, small_numbers).asking)


def questions(
    snapshot: Snapshot, small_numbers: SmallNumbers, already_published: Sequence[Snapshot] = ()
) -> tuple[Passage, ...]:
    """Those that the coordinator must decide: left out until somebody says that they stay."""
    return tuple(one for one in passages(snapshot, small_numbers, already_published) if one.ground)


def publish_imprint(
    imprint: Imprint,
    snapshot: Snapshot,
    already_published: Sequence[Snapshot],
    *,
    small_numbers: SmallNumbers,
    redactions: Sequence[Decided] = (),
) -> Imprint:
    """What is printed beside a public snapshot, as the public may read it. `snapshot` is the executive one that it was made from."""
    return imprinted.public(imprint, Edition(snapshot, already_published, small_numbers), redactions)


def publish_words(
    text: str,
    *,
    place: str,
    snapshot: Snapshot,
    small_numbers: SmallNumbers,
    already_published: Sequence[Snapshot] = (),
    redactions: Sequence[Decided] = (),
) -> str:
    """Words that stand beside the snapshot (a covering note, an erratum), as the public may read them.

    `snapshot` is the executive one that the edition is made from; `place` names the words in decisions ("note").
    """
    edition = Edition(snapshot, already_published, small_numbers)
    return edition.names.out_of(cutting.cut(Text(place, text), edition.asking, cutting.latest(redactions)))


def questions_of_words(
    texts: Mapping[str, str],
    *,
    snapshot: Snapshot,
    small_numbers: SmallNumbers,
    already_published: Sequence[Snapshot] = (),
) -> tuple[Passage, ...]:
    """The sentences of such words, by their place, on which somebody must decide."""
    asking = Edition(snapshot, already_published, small_numbers).asking
    found = [
        Passage(place, sentence, asking.ground(Text(place, words), sentence))
        for place, words in texts.items()
        for sentence in cutting.sentences(words)
    ]
    return tuple(one for one in found if one.ground)
