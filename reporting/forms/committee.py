"""The form of a covering report: every standard section with what is known already."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from governance.models import Meeting
from lib.editing import VersionMixin
from lib.govuk import Field, GovukForm, Size
from lib.written import day_year
from reporting.committee.sections import SECTIONS, Section
from reporting.models import CoverReport

LABEL = {"label_size": Size.for_label(Size.SMALL)}
ROWS = {"details": 16, "recommendations": 5, "legal": 8}
SHORT = ("classification", "wards", "key_decision")


class CoverReportForm(GovukForm, VersionMixin, forms.Form):
    """Nothing is required: what is empty is listed on the page."""

    submit = "Save the covering report"

    def __init__(
        self,
        data: Any = None,
        *,
        report: CoverReport | None,
        texts: dict[str, str],
        meetings: Sequence[Meeting],
    ) -> None:
        offered = {meeting.pk: meeting for meeting in meetings}
        chosen = report.meeting if report else next(iter(meetings), None)
        if chosen:
            offered.setdefault(chosen.pk, chosen)
        started = {"version": report.version if report else 0, "meeting": chosen.pk if chosen else "", **texts}
        super().__init__(data, initial=started)
        self.offered = offered
        choices = [("", "Not known yet"), *((pk, _named(one)) for pk, one in offered.items())]
        self.fields["meeting"] = forms.TypedChoiceField(
            label="Meeting of the committee",
            choices=choices,
            coerce=int,
            required=False,
            empty_value=None,
            error_messages={"invalid_choice": "Choose a meeting of the committee"},
        )
        for section in SECTIONS:
            self.fields[section.key] = forms.CharField(
                label=section.title,
                help_text=section.hint,
                max_length=section.longest,
                required=False,
                widget=forms.TextInput if section.is_line else forms.Textarea,
            )

    @property
    def asked(self) -> dict[str, Any]:
        """What the action takes. Of a valid form."""
        held = self.cleaned_data
        texts = {section.key: held[section.key] for section in SECTIONS}
        return {"version": held["version"], "meeting": self.offered.get(held["meeting"]), "texts": texts}

    def layout(self) -> list[Any]:
        return [Field("meeting", context=LABEL), *map(_box, SECTIONS)]


def _box(section: Section) -> Field:
    if not section.is_line:
        return Field.textarea(section.key, label_size=Size.SMALL, rows=ROWS.get(section.key, 4))
    return Field(section.key, context=LABEL | ({"width": 20} if section.key in SHORT else {}))


def _named(meeting: Meeting) -> str:
    when: dt.date = meeting.day
    return f"{meeting.body.name}, {day_year(when)}"
