"""What is kept how long of packs, downloads and requests: this app's rows of the retention table."""

from django.conf import settings

from lib.kept import ACCOUNTABLE, DUTY, FOR_GOOD, NOT_PERSONAL, SAFE, Kept, Purge, days, of
from reporting.actions import downloads, formats
from reporting.models import Download, FormatRequest


def rows() -> tuple[Kept, ...]:
    """With the days that this installation sets."""
    taken, asked = days(settings.DOWNLOADS_KEPT_DAYS), days(settings.FORMAT_REQUEST_KEPT_DAYS)
    return (
        Kept(
            what="Packs and reports as they were issued, with who asked for, approved, issued and withdrew them",
            models=of("reporting", "pack", "packapproval", "companion", "coverreport", "redaction"),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=ACCOUNTABLE,
            removed_by="An erasure that two people decide on; issued files are never changed otherwise",
            in_notice="Who approved and issued a report stays as long as the report.",
        ),
        Kept(
            what="The yearly assessment and the order of a pack's sections",
            models=of(
                "reporting", "assessment", "assessmentsection", "assessedindicator", "assessedpriority", "outline"
            ),
            is_personal=False,
            how_long=FOR_GOOD,
            ground=NOT_PERSONAL,
            removed_by="Nothing: it is on the record",
        ),
        Kept(
            what="Keys by which programs read published figures, with who made and revoked them",
            models=of("reporting", "feedkey"),
            is_personal=True,
            how_long=FOR_GOOD,
            ground=SAFE,
            removed_by="Nothing: only the hash of a key is held",
            in_notice="Who made a key for programs stays with the key.",
        ),
        Kept(
            what="Who took a copy of an executive edition, restricted figures, or a report under embargo",
            models=of("reporting", "download"),
            is_personal=True,
            how_long=taken,
            ground=SAFE,
            removed_by="By itself, every night",
            purge=Purge(lambda at: Download.objects.to_forget(at).count(), lambda at: downloads.forget(at=at, by=None)),
            in_notice=f"That you took a copy of what is not for everybody goes after {taken}.",
        ),
        Kept(
            what="Requests for other formats: how to reach the person, and what they wrote",
            models=of("reporting", "formatrequest"),
            is_personal=True,
            how_long=f"Until {asked} after the answer; that somebody asked, and was answered, stays",
            ground=DUTY,
            removed_by="By itself, every night",
            purge=Purge(
                lambda at: FormatRequest.objects.to_forget(at).count(), lambda at: formats.forget(at=at, by=None)
            ),
            in_notice=f"How to reach you, when you asked for another format, goes {asked} after our answer.",
        ),
    )
