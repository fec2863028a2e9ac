"""The forms about a file of answers: upload it, say what its columns and answers are, record what was looked at, undo it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django import forms

from consultation.actions.batches import LONGEST_REASON
from consultation.actions.imports import TOO_LARGE
from consultation.imports import mapping
from consultation.imports.mapping import NO_ANSWER, Group, Question
from consultation.imports.reading import Table, shortened
from consultation.models import Batch, Channel
from lib.editing import VersionMixin
from lib.govuk import Button, Buttons, Field, GovukForm, Link, Size
from lib.sheets import column_name
from lib.uploads import FileField, Sender
from lib.uploads.kinds import spreadsheet

CHOSEN = "Choose the file with the answers"


class UploadForm(GovukForm, forms.Form):
    """A file, and which survey it is from."""

    file = FileField(
        kind_of=spreadsheet,
        too_large=TOO_LARGE,
        label="The file",
        help_text="A CSV file or spreadsheet (.xlsx) of at most 10 MB and 20,000 rows, with a row for each person",
        error_messages={
            "required": CHOSEN,
            "invalid": CHOSEN,
            "missing": CHOSEN,
            "empty": "The file is empty. Download it again from the survey, then upload it",
        },
    )
    source = forms.CharField(
        label="Which survey is it from?",
        help_text="By this name it is remembered how its columns and answers are read, for the next file",
        max_length=80,
        error_messages={"required": "Say which survey it is from"},
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    channel = forms.ModelChoiceField(
        queryset=Channel.objects.none(),
        label="By which channel did these answers come?",
        error_messages={"required": "Choose the channel by which these answers came"},
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        channels: Sequence[Channel],
        sender: Sender,
        cancel_url: str,
    ) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, files, initial={"channel": channels[0].pk if channels else None})
        self.fields["channel"].queryset = Channel.objects.filter(pk__in=[channel.pk for channel in channels])
        self.fields["file"].sent_by(sender)

    def layout(self) -> list[Any]:
        return [
            Field("file", context={"label_size": Size.for_label(Size.SMALL)}),
            Field.text("source", label_size=Size.SMALL),
            Field.radios("channel", legend_size=Size.SMALL, small=True),
            Buttons(Button("Upload the file"), Link("Cancel", self.cancel_url)),
        ]

    def upload(self) -> dict[str, Any]:
        """What `actions.imports.add` takes, from a form without errors."""
        file = self.cleaned_data["file"]
        told = {name: self.cleaned_data[name] for name in ("source", "channel")}
        return {"content": file.read(), "name": file.name or "", **told}


class Column(NamedTuple):
    """A row of the page that tells columns apart."""

    letter: str
    heading: str
    samples: list[str]
    box: forms.BoundField


class ColumnsForm(GovukForm, VersionMixin):
    """A box for each column of the file: what it holds."""

    form_tag, submit = False, ""

    def __init__(self, data: Any = None, *, batch: Batch, table: Table, questions: Sequence[Question]) -> None:
        self.table = table
        holds = mapping.Reads.from_json(batch.mapping).columns
        super().__init__(data, initial={"version": batch.version})
        choices = mapping.offered(questions)
        for at in range(len(table.headings)):
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=f"What column {column_name(at)} holds", choices=choices, required=False, initial=holds[at]
            )

    def rows(self) -> list[Column]:
        return [
            Column(column_name(at), shortened(heading, 90), self.table.samples(at), self[f"column-{at}"])
            for at, heading in enumerate(self.table.headings)
        ]

    def columns(self) -> list[str]:
        return [self.cleaned_data[f"column-{at}"] for at in range(len(self.table.headings))]


class Value(NamedTuple):
    """One different answer of the file: as it is written, in how many cells, and the box that says what it stands for."""

    shown: str
    count: int
    box: forms.BoundField


class Placing(NamedTuple):
    """The answers to one question: those that nobody has placed, and those that are placed."""

    heading: str
    columns: str
    open: list[Value]
    placed: list[Value]


class AnswersForm(GovukForm, VersionMixin):
    """A box for each different answer: what it stands for. Equal words are chosen already."""

    form_tag, submit = False, ""

    def __init__(self, data: Any = None, *, batch: Batch, table: Table, groups: Iterable[Group]) -> None:
        self.table, self.groups = table, tuple(groups)
        told = mapping.Reads.from_json(batch.mapping).answers
        super().__init__(data, initial={"version": batch.version})
        self.spellings = [table.spellings(group) for group in self.groups]
        for number, group in enumerate(self.groups):
            placed = told.get(group.key, {})
            offered = [(option.key, option.text) for option in group.question.options]
            choices = [("", "Choose what it stands for"), *offered, (NO_ANSWER, "No answer")]
            for place, (value, shown) in enumerate(sorted(self.spellings[number].items())):
                said = f"Say what “{shortened(shown)}” stands for"
                self.fields[f"answer-{number}-{place}"] = forms.ChoiceField(
                    label=f"What “{shortened(shown)}” stands for",
                    choices=choices,
                    initial=placed.get(value, ""),
                    error_messages={"required": said, "invalid_choice": said},
                )

    def placings(self) -> list[Placing]:
        """By question; within it, most frequent first."""
        found = []
        for number, group in enumerate(self.groups):
            times = self.table.values(group)
            rows = [
                (Value(shortened(shown), times[value], self[f"answer-{number}-{place}"]), value)
                for place, (value, shown) in enumerate(sorted(self.spellings[number].items()))
            ]
            rows.sort(key=lambda row: -row[0].count)
            unplaced = [row for row, _ in rows if not row.box.initial or row.box.errors]
            placed = [row for row, _ in rows if row.box.initial and not row.box.errors]
            names = ", ".join(self.table.named(at) for at in group.columns)
            found.append(Placing(group.question.text, names, unplaced, placed))
        return found

    def answers(self) -> dict[str, dict[str, str]]:
        return {
            group.key: {
                value: self.cleaned_data[f"answer-{number}-{place}"]
                for place, value in enumerate(sorted(self.spellings[number]))
            }
            for number, group in enumerate(self.groups)
        }


class RecordForm(GovukForm, VersionMixin):
    """What is asked before a file is recorded. `refused` rows are left out only where somebody says so."""

    leave_out = forms.BooleanField(required=True)

    def __init__(self, data: Any = None, *, version: int, counted: int, refused: int) -> None:
        self.refused = refused
        self.submit = "Record the response" if counted == 1 else f"Record the {counted:,} responses"
        super().__init__(data, initial={"version": version})
        rows = "the 1 row" if refused == 1 else f"the {refused:,} rows"
        box = self.fields["leave_out"]
        box.label = f"Leave out {rows} that can’t be counted"
        box.error_messages["required"] = (
            f"Tick that {rows} that can’t be counted {'is' if refused == 1 else 'are'} left out, or put the file right and upload it again"
        )
        if not refused:
            del self.fields["leave_out"]


class UndoForm(GovukForm, VersionMixin):
    submit = "Undo this file"

    because = forms.CharField(
        label="Why is it undone?",
        help_text="Such as “The file held the answers of last year”",
        max_length=LONGEST_REASON,
        error_messages={"required": "Say why it is undone"},
    )

    def __init__(self, data: Any = None, *, batch: Batch, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": batch.version})
