"""What goes into the next build: sections ticked and put in order by numbers, and the covering note."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lib.editing import VersionMixin
from lib.govuk import GovukForm
from reporting.models import Outline, Pack
from reporting.pdf import sections
from reporting.pdf.sections import Section

LONGEST_NOTE = 6_000


@dataclass(frozen=True)
class Row:
    section: Section
    place: forms.BoundField
    is_in: forms.BoundField


class OutlineForm(GovukForm, VersionMixin):
    """A row for each section that may stand in this edition: a number for its place, a tick for being in it."""

    note = forms.CharField(
        label="What it says",
        help_text="Printed on a page of its own, before the quarter on a page. Leave it empty for none",
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea,
        error_messages={"max_length": f"The note can have up to {LONGEST_NOTE:,} characters"},
    )
    note_by = forms.CharField(
        label="Whose note is it?",
        max_length=120,
        required=False,
    )

    def __init__(self, data: Any = None, *, outline: Outline) -> None:
        self.outline = outline
        is_public = outline.edition == Pack.Edition.PUBLIC
        initial = {"version": outline.version if outline.pk else 0, "note": outline.note, "note_by": outline.note_by}
        super().__init__(data, initial=initial)
        self.fields["note_by"].help_text = (
            "A post, such as “Chair of the CSP Executive”: no name stands in a public edition"
            if is_public
            else "A name or a post, such as “Chair of the CSP Executive”"
        )
        offered = sections.offered(is_public=is_public) if outline.kind == Pack.Kind.PACK else ()
        own = [sections.BY_KEY[key] for key in outline.sections if key in sections.BY_KEY] or list(offered)
        ticked = [section for section in own if section in offered]
        self.sections = [*ticked, *(section for section in offered if section not in ticked)]
        for place, section in enumerate(self.sections, start=1):
            self.fields[f"place_{section.key}"] = forms.IntegerField(
                label=f"Place of “{section.title}”",
                initial=place,
                min_value=1,
                max_value=99,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value"),
                    f"The place of “{section.title}” must be a whole number from 1 to 99",
                ),
            )
            self.fields[f"in_{section.key}"] = forms.BooleanField(
                label=section.title, initial=section in ticked, required=False
            )

    def rows(self) -> Iterator[Row]:
        for section in self.sections:
            yield Row(section, self[f"place_{section.key}"], self[f"in_{section.key}"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.sections and not self.chosen(cleaned):
            raise ValidationError("Tick at least one section")
        if cleaned.get("note", "").strip() and not cleaned.get("note_by", "").strip() and "note_by" not in self.errors:
            self.add_error("note_by", "Say whose note it is")
        return cleaned

    def chosen(self, cleaned: dict[str, Any]) -> list[str]:
        """Keys of those ticked, in the order of the numbers; of two with one number the one that was moved there comes first."""
        found = []
        for number, section in enumerate(self.sections, start=1):
            if not cleaned.get(f"in_{section.key}"):
                continue
            place = cleaned.get(f"place_{section.key}") or number
            # Moved down to a place: after the one that stands there now; moved up: before it.
            found.append(((place, (place > number) - (place < number), number), section.key))
        return [key for _, key in sorted(found)]

    @property
    def asked(self) -> dict[str, Any]:
        """What `actions.outlining.write` is told, but for plan, quarter, kind and edition."""
        told = self.cleaned_data
        return {
            "version": told["version"],
            "sections": self.chosen(told),
            "note": told["note"],
            "note_by": told["note_by"],
        }
