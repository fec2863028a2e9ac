"""The covering report as it is written."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from governance.models import Meeting
from lib import editing
from lib.editing import Stale
from reporting.committee import sections
from reporting.models import CoverReport, Pack

audit.kinds(
    {
        "cover_report_written": "Covering report written",
        # Of earlier releases: see `downloads`.
        "pack_downloaded_under_embargo": "Pack downloaded under embargo",
    }
)
WHAT = "The covering report"


@transaction.atomic
def write(pack: Pack, *, version: int, meeting: Meeting | None, texts: dict[str, str], by: User) -> CoverReport:
    """Keep what was written. `version` is the one that the form was opened at, 0 while there was none: two people at once lose nothing."""
    if not pack.is_public or not pack.is_issued:
        raise ValidationError("A covering report takes an issued public edition to the committee. Issue it first.")
    texts = {section.key: texts.get(section.key, "").strip() for section in sections.SECTIONS}
    # One at a time for a pack: a row that is not there yet can't be held.
    Pack.objects.select_for_update().only("pk").get(pk=pack.pk)
    report = CoverReport.objects.filter(pack=pack).first()
    if report is None:
        report = CoverReport.objects.create(pack=pack, meeting=meeting, texts=texts)
        changed = [section.title for section in sections.SECTIONS if texts[section.key]]
    elif version == 0:
        raise Stale(WHAT)
    else:
        before = report.texts
        changed = [one.title for one in sections.SECTIONS if before.get(one.key, "") != texts[one.key]]
        if report.meeting != meeting:
            changed.append("Meeting")
        if not changed and version == report.version:
            return report
        editing.write(report, version=version, what=WHAT, meeting=meeting, texts=texts)
    audit.record("cover_report_written", report, by=by, changes=audit.changes({}, {"Written": ", ".join(changed)}))
    return report
