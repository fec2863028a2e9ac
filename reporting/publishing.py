"""A public edition beside what stands now: whether what it shows may still be shown, and whether words about it may stand on public pages."""

from collections.abc import Iterator

from indicators.models import Indicator
from reporting import composing, disclosure, snapshots
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
    issued = Pack.objects.issued().filter(edition=Pack.Edition.PUBLIC).order_by("issued_at", "pk")
    before = [snapshots.from_json(told) for told in issued.values_list("snapshot", flat=True)]
    asked = disclosure.questions_of_words(
        {"withdrawn": text}, snapshot=full, small_numbers=composing.small_numbers(), already_published=before
    )
    yield from (f"Say it otherwise, for everybody reads it: “{one.passage}” {one.because}" for one in asked)
