"""Notes on the chart: what happened on a day. One that is taken back stays, with who took it back and when."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from indicators.actions.definitions import THIS, refuse_stale, take_back
from indicators.models import DatedNote, Indicator
from lib import written
from lib.editing import write

LONGEST = 40  # what there is room for beside an upright of the chart

audit.kinds({"note_added": "Note for the chart added", "note_withdrawn": "Note for the chart taken back"})


@transaction.atomic
def add_note(
    indicator: Indicator, *, on: dt.date, words: str, today: dt.date, version: int, by: User | None
) -> DatedNote:
    """Note what happened on a day, for whoever reads the chart."""
    refuse_stale(indicator, version)
    words, errors = " ".join(words.split()), {}
    if not words:
        errors["words"] = "Say what happened"
    elif len(words) > LONGEST:
        errors["words"] = f"The note must be {LONGEST} characters or fewer"
    if on > today:
        errors["on"] = "A note tells what has happened: the day must be today or earlier"
    elif DatedNote.objects.standing().filter(indicator=indicator, on=on, words=words).exists():
        errors["words"] = f"This note stands on {written.day_year(on)} already"
    if errors:
        raise ValidationError(errors)
    write(indicator, version=version, what=THIS)
    note = DatedNote.objects.create(indicator=indicator, on=on, words=words, made_by=by)
    audit.record("note_added", indicator, by=by, changes=[audit.change(written.day_year(on), None, words)])
    return note


@transaction.atomic
def withdraw_note(note: DatedNote, *, version: int, by: User) -> DatedNote:
    """Take a note off the chart. The row stays, with who and when."""
    take_back(note, named=f"The note “{note.words}”", version=version, by=by)
    changes = [audit.change(written.day_year(note.on), note.words, None)]
    audit.record("note_withdrawn", note.indicator, by=by, changes=changes)
    return note
