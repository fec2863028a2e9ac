"""A public edition beside what stands now: whether what it shows may still be shown, and whether words about it may stand on public pages."""

from collections.abc import Iterator, Mapping

from indicators.models import Indicator
from reporting import disclosure, snapshots
from reporting.builds import composing
from reporting.disclosure.passages import NAME, Passage, sentences
from reporting.disclosure.people import Names
from reporting.disclosure.told import parts
from reporting.models import Pack
from reporting.snapshots.shape import Snapshot

AGAIN = "Build it again."


def shown_no_longer(pack: Pack) -> Iterator[str]:
    """Why a public edition that was built is not to be issued: what it shows is to be hidden by now, a sentence each."""
    try:
        public = snapshots.from_json(pack.snapshot)
    except snapshots.Unreadable:
        return
    if public.small_numbers not in (None, composing.small_numbers()):
        yield f"How small numbers are hidden has been set otherwise since this was built. {AGAIN}"
    shown = {part.slug: part.short_name for part in parts(public)}
    away = Indicator.objects.filter(is_restricted=True, slug__in=shown).order_by("pk").values_list("slug", flat=True)
    if names := ", ".join(shown[slug] for slug in away):
        yield f"Restricted since this was built: {names}. Build the executive edition again, then this one from it."


def not_before(pack: Pack) -> Pack | None:
    """Of the public issues that it adds to, takes the place of and is compared with, the one that is published last: it tells of them."""
    told_of = (pack.adds_to, pack.supersedes, composing.issued_before(pack)) if pack.is_public else ()
    found = {one.pk: (one.publish_at, one) for one in told_of if one and one.publish_at}
    return max(found.values(), key=lambda each: each[0])[1] if found else None


def executive(pack: Pack) -> Snapshot | None:
    """The snapshot that a public edition was made from; None for one that this release can't read."""
    try:
        return snapshots.from_json(pack.made_from.snapshot) if pack.made_from else None
    except snapshots.Unreadable:
        return None


def not_for_the_public(pack: Pack, text: str) -> Iterator[str]:
    """Why words about a public edition can't stand on a public page as they are, a sentence each. They are nobody's to redact afterwards."""
    full = executive(pack)
    if full is None:
        return
    if Names(full.people).known(text):
        yield "Name a post, not a person: everybody reads this"
    asked = _asked(pack, full, {"withdrawn": text})
    yield from (f"Say it otherwise, for everybody reads it: “{one.passage}” {one.because}" for one in asked)


def to_look_at(pack: Pack, typed: Mapping[str, str], known: Mapping[str, str]) -> tuple[Passage, ...]:
    """Sentences typed for a public paper that may tell of a hidden figure or a restricted indicator; what is `known` was drawn from the public edition."""
    full = executive(pack)
    if full is None:
        return ()
    drawn = {(place, one) for place, words in known.items() for one in sentences(words)}
    asked = _asked(pack, full, typed)
    return tuple(one for one in asked if one.ground != NAME and (one.place, one.passage) not in drawn)


def _asked(pack: Pack, full: Snapshot, texts: Mapping[str, str]) -> tuple[Passage, ...]:
    issued = Pack.objects.issued().filter(edition=Pack.Edition.PUBLIC).order_by("issued_at", "pk")
    before = [snapshots.from_json(told) for told in issued.values_list("snapshot", flat=True)]
    return disclosure.questions_of_words(
        texts, snapshot=full, small_numbers=composing.small_numbers(), already_published=before
    )
