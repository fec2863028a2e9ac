"""What goes into the next build of a pack: its sections and the covering note."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from lib import editing
from lib.editing import Stale
from lib.quarters import Quarter
from priorities.models import Plan
from reporting import terms
from reporting.models import Outline, Pack
from reporting.pdf import sections as known

audit.kinds({"outline_written": "Sections and covering note of a pack written"})
WHAT = "What goes into this pack"


@transaction.atomic
def write(
    plan: Plan,
    quarter: Quarter,
    *,
    kind: str = Pack.Kind.PACK,
    edition: str,
    version: int,
    sections: Sequence[str],
    note: str,
    note_by: str,
    by: User,
) -> Outline:
    """Keep what the next build holds. `version` is the one that the form was opened at, 0 while nothing was written: two people at once lose nothing.

    `sections` are the keys that were chosen, in order, without the fixed ones. All of them in the usual order are kept as none, so that
    a section that comes with a later release is in it too.
    """
    if not terms.covers(plan, quarter):
        raise ValidationError(terms.refusal(quarter))
    fields = {"sections": _kept(kind, edition, sections), "note": note.strip(), "note_by": note_by.strip()}
    if fields["note"] and not fields["note_by"]:
        raise ValidationError({"note_by": "Say whose note it is"})
    Plan.objects.select_for_update().only("pk").get(pk=plan.pk)  # a row that is not there yet can't be held
    place = {"plan": plan, "quarter": quarter, "kind": kind, "edition": edition}
    outline = Outline.objects.filter(**place).first()
    if outline is None:
        before = _told(Outline(**place))
        outline = Outline.objects.create(**place, **fields)
    elif version == 0:
        raise Stale(WHAT)
    else:
        before = _told(outline)
        if version == outline.version and all(getattr(outline, name) == value for name, value in fields.items()):
            return outline
        editing.write(outline, version=version, what=WHAT, **fields)
    audit.record("outline_written", outline, by=by, changes=audit.changes(before, _told(outline)))
    return outline


def _kept(kind: str, edition: str, keys: Sequence[str]) -> list[str]:
    if kind != Pack.Kind.PACK:
        return []
    offered = [one.key for one in known.offered(is_public=edition == Pack.Edition.PUBLIC)]
    if unknown := [key for key in keys if key not in offered]:
        raise ValidationError(f"This edition has no section called {unknown[0]}.")
    if not keys:
        raise ValidationError("Tick at least one section.")
    chosen = list(dict.fromkeys(keys))
    return [] if chosen == offered else chosen


def _told(outline: Outline) -> dict[str, object]:
    """As the audit trail says it."""
    titles = ", ".join(known.BY_KEY[key].title for key in outline.sections if key in known.BY_KEY)
    return {"Sections": titles or "All, as they come", "Covering note": outline.note, "Note by": outline.note_by}
