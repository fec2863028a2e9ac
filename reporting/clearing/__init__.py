"""What stands between a build and its issue. Here: what is in the way, looked at before it is approved and again when it is issued."""

from collections import Counter
from dataclasses import replace

from reporting import imprint as imprints
from reporting import snapshots
from reporting.builds import composing, pack_files
from reporting.clearing import leftovers, publishing
from reporting.clearing.leftovers import Leftover
from reporting.models import Companion, Pack, PackApproval

CHECK_AGAIN = (
    "Another public report has been issued since this was built. "
    "Build it again, so that it is checked against that one too."
)
OVERTAKEN = (
    "More was decided to be left out of the public edition after this build began. "
    "Build it again, so that it leaves that out too."
)


REMOVED = "Personal data was removed from this pack. Build it again."
WITHHELD = "This pack is withheld while a removal of personal data from it is decided."
NAMED = {"note": "the covering note", "erratum › said": "the erratum"}


def obstacles(pack: Pack) -> tuple[str, ...]:
    """A sentence for each, with what to do; none where it may be issued once it is approved. Of a ready pack."""
    if pack.removal:
        return (REMOVED if pack.is_erased else WITHHELD,)
    return (*_beside(pack), *_of_files(pack), *(f"Left over in {one}." for one in left_over(pack)))


def left_over(pack: Pack) -> list[Leftover]:
    """What was left in its words, or on its web page. None where what was stored is of a release that this one can't read."""
    try:
        found = [
            *(_named(one) for one in leftovers.in_words(imprints.from_json(pack.imprint) if pack.imprint else ())),
            *leftovers.in_words(snapshots.from_json(pack.snapshot)),
        ]
    except snapshots.Unreadable:
        found = []
    page = pack.companions.filter(form=Companion.Form.PAGE).first()
    if page is not None:
        try:
            html = pack_files.read_companion(page).decode("utf-8", "replace")
        except pack_files.Damaged:
            html = ""  # which `_of_files` tells
        told = " ".join(one.what for one in found)
        found += [one for one in leftovers.in_page(html, "the web page") if not _is_told(one.what, told)]
    return found


def _named(one: Leftover) -> Leftover:
    """By what people call it: the note of the imprint is the covering note."""
    return replace(one, where=NAMED.get(one.where, one.where))


def _is_told(what: str, told: str) -> bool:
    """Whether the same words were found where they were written: the page has fewer around them, for it is read by paragraphs."""
    kind, quoted, around = what.partition(", in “")
    return what in told or bool(quoted and kind in told and around.strip("…”") in told)


def _beside(pack: Pack) -> list[str]:
    """Of the other packs: each number is issued once, one issue stands, a public edition has an executive one behind it."""
    found = []
    builds = Pack.objects.of(pack.plan_id, pack.quarter, pack.kind, pack.edition)
    if builds.issued().filter(issue=pack.issue).exclude(pk=pack.pk).exists():
        found.append(f"{pack.number.capitalize()} has been issued already. Build it again: it gets the next number.")
    elif pack.kind == Pack.Kind.ADDENDUM:
        if pack.adds_to and pack.adds_to.standing != Pack.Standing.ISSUED:
            found.append("The issue that it adds to no longer stands. Build an addendum to the one that does.")
    else:
        before = builds.standing().exclude(pk=pack.pk).first()
        if before and before.pk != pack.supersedes_id:
            found.append(f"{before.number.capitalize()} has been issued since. Build a reissue that takes its place.")
    if pack.made_from and pack.made_from.standing != Pack.Standing.ISSUED:
        found.append(_of_executive(pack.made_from))
    if pack.is_public and Counter(pack.published_against) != Counter(published()):
        found.append(CHECK_AGAIN)
    if pack.is_public and _is_overtaken(pack):
        found.append(OVERTAKEN)
    if pack.is_public:
        found += publishing.shown_no_longer(pack)
    return found


def _is_overtaken(pack: Pack) -> bool:
    """False where what was stored is of a release that this one can't read."""
    try:
        return composing.is_overtaken(pack)
    except snapshots.Unreadable:
        return False


def _of_executive(made_from: Pack) -> str:
    if made_from.standing in (Pack.Standing.BUILT, Pack.Standing.APPROVED):
        return "The executive edition that it is made from is not issued yet. Issue that one first."
    words = str(made_from.get_standing_display()).lower()
    return f"The executive edition that it is made from is {words}. Build the public edition from the one that stands."


def published() -> list[str]:
    """Checksums of every public snapshot that was ever issued: what a new one is checked against."""
    issued = Pack.objects.issued().filter(edition=Pack.Edition.PUBLIC)
    return list(issued.values_list("snapshot_sha256", flat=True))


def _of_files(pack: Pack) -> list[str]:
    """The approved bytes are the issued bytes, and all of them are there."""
    found = []
    try:
        pack_files.read(pack)
        for companion in pack.companions.all():
            pack_files.read_companion(companion)
    except pack_files.Damaged as damage:
        found.append(f"A stored file is at fault. {damage} Build the pack again.")
    word = approval(pack)
    if word and word.pdf_sha256 != pack.pdf_sha256:
        found.append("The file that was approved is not this one. Build the pack again.")
    return found


def approval(pack: Pack) -> PackApproval | None:
    """The word by which it was approved."""
    return pack.approvals.filter(verdict=PackApproval.Verdict.APPROVED).order_by("-recorded_at", "-pk").first()
