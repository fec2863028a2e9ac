"""Forms of commitments and outcomes: a quarter's statuses and the lead bodies in a table each, a measure, a judgement."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from governance.actions.promises import COLOURS, NEEDS, Given, Led
from governance.giving_status import StatusRow
from governance.models import Body, Brag, OutcomeJudgement, OutcomeMeasure
from governance.promises import CommitmentLine, OutcomeLine
from indicators.models import Indicator
from indicators.numbers import Unreadable, parse_count
from lib.editing import VersionMixin
from lib.govuk import Choice, Field, GovukForm, Size, Wrap
from lib.quarters import Year
from lib.refusals import LOST

SAME = "same"
LONGEST = 2_000


def _seen() -> forms.CharField:
    """The id of what stood there when the page was opened; empty where nothing did."""
    return forms.CharField(widget=forms.HiddenInput, required=False)


def _id(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else None


@dataclass(frozen=True)
class StatusBoxes:
    """A row of the table: what is known of the commitment, and its boxes; those that it doesn't have are None."""

    row: StatusRow
    seen: forms.BoundField
    brag: forms.BoundField | None
    said: forms.BoundField | None
    number: forms.BoundField | None


class StatusesForm(forms.Form):
    """How commitments went in a quarter, three boxes each. `rest_unchanged`: the button that carries last quarter's word over to all rows left empty."""

    def __init__(self, data: Any = None, *, rows: Sequence[StatusRow]) -> None:
        self.status_rows = rows
        super().__init__(data)
        for row in rows:
            self._boxes(row)

    def _boxes(self, row: StatusRow) -> None:
        own, pk, place = row.own, row.line.pk, row.line.place
        self.fields[f"seen_{pk}"] = _seen()
        self.fields[f"seen_{pk}"].initial = str(own.pk) if own else ""
        if row.takes_colour:
            before = [(SAME, f"No change: {COLOURS[Brag(row.before.brag)].lower()}")] if row.before else []
            self.fields[f"brag_{pk}"] = forms.ChoiceField(
                label=f"How {place} goes",
                choices=[("", "Not said"), *before, *Brag.choices],
                initial=own.brag if own else "",
                required=False,
                error_messages={"invalid_choice": "Choose one of the options"},
            )
            self.fields[f"said_{pk}"] = forms.CharField(
                label=f"What is to be said of {place}",
                initial=own.said if own else "",
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"max_length": f"The words must be {LONGEST:,} characters or fewer"},
            )
        if row.line.number is not None:
            self.fields[f"number_{pk}"] = forms.CharField(
                label=f"{row.line.unit} reached by the end of the quarter, of {row.line.number:,}",
                initial="" if not own or own.number is None else str(own.number),
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    def rows(self) -> Iterator[StatusBoxes]:
        for row in self.status_rows:
            boxes = {name: self._box(name, row) for name in ("brag", "said", "number")}
            yield StatusBoxes(row, self[f"seen_{row.line.pk}"], **boxes)

    def _box(self, name: str, row: StatusRow) -> forms.BoundField | None:
        full = f"{name}_{row.line.pk}"
        return self[full] if full in self.fields else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for row in self.status_rows:
            brag = cleaned.get(f"brag_{row.line.pk}")
            if brag in (Brag.RED, Brag.AMBER) and not cleaned.get(f"said_{row.line.pk}", "?"):
                self.add_error(
                    f"said_{row.line.pk}", f"Say why it is {brag}"
                )  # with whatever else is wrong on the page
            name = f"number_{row.line.pk}"
            if typed := str(cleaned.get(name) or "").strip():
                try:
                    counted = parse_count(typed, thing="The number reached", like="12", exact="Type one number")
                    cleaned[name] = int(counted)  # of at most nine figures, which any column holds
                except Unreadable as unreadable:
                    self.add_error(name, str(unreadable))
            elif name in cleaned:
                cleaned[name] = None
        return cleaned

    def given(self) -> list[Given]:
        """What `promises.give_statuses` takes, from a form without errors: the rows in which something is said."""
        rest = "rest_unchanged" in self.data
        return [given for row in self.status_rows if (given := self._given(row, rest)) is not None]

    def _given(self, row: StatusRow, rest: bool) -> Given | None:
        pk, said = row.line.pk, self.cleaned_data
        brag, words, number = said.get(f"brag_{pk}", ""), said.get(f"said_{pk}", ""), said.get(f"number_{pk}")
        before = row.before
        if rest and before and row.takes_colour and not brag and not words:
            brag = SAME
        if brag == SAME and before:
            brag, words = before.brag, words or before.said
        if not brag and not words and number is None and row.own is None:
            return None
        return Given(pk, _id(said[f"seen_{pk}"]), brag, words, number)

    def refuse(self, rows: Mapping[int, tuple[str, str]], now: Sequence[StatusRow]) -> None:
        """Say at each row what is wrong with it, keep all that was typed, and take up what stands there by now."""
        data = self.data.copy()
        for row in now:
            data[f"seen_{row.line.pk}"] = str(row.own.pk) if row.own else ""
            if refusal := rows.get(row.line.pk):
                boxes = [f"{name}_{row.line.pk}" for name in (refusal[0], "brag", "number")]
                self.add_error(next((box for box in boxes if box in self.fields), None), refusal[1])
        self.data = data


@dataclass(frozen=True)
class LeadBoxes:
    line: CommitmentLine
    was: forms.BoundField
    body: forms.BoundField


class LeadsForm(forms.Form):
    """A select for each commitment. Who led when the page was opened travels along, so that only what somebody changed is written."""

    def __init__(self, data: Any = None, *, lines: Sequence[CommitmentLine], bodies: Sequence[Body]) -> None:
        self.lines, self.bodies = lines, {str(body.pk): body for body in bodies}
        super().__init__(data)
        choices = [("", "No body yet"), *((code, body.name) for code, body in self.bodies.items())]
        for line in lines:
            led = str(line.lead.body_id) if line.lead else ""
            others = [(led, line.lead.short_name)] if line.lead and led not in self.bodies else []
            self.fields[f"was_{line.pk}"] = _seen()
            self.fields[f"was_{line.pk}"].initial = led
            self.fields[f"body_{line.pk}"] = forms.ChoiceField(
                label=f"Which body leads “{line.text}”?",
                choices=[*choices, *others],
                initial=led,
                required=False,
                error_messages={"invalid_choice": "Choose a body from the list"},
            )

    def rows(self) -> Iterator[LeadBoxes]:
        for line in self.lines:
            yield LeadBoxes(line, self[f"was_{line.pk}"], self[f"body_{line.pk}"])

    def led(self) -> list[Led]:
        """What `promises.name_leads` takes, from a form without errors: the rows that somebody changed."""
        found = []
        for line in self.lines:
            was, now = self.cleaned_data[f"was_{line.pk}"], self.cleaned_data[f"body_{line.pk}"]
            if was != now:
                found.append(Led(line.pk, _id(was), self.bodies.get(now)))
        return found

    def refuse(self, rows: Mapping[int, tuple[str, str]], now: Sequence[CommitmentLine]) -> None:
        """Say at each row who leads by now, keep what was chosen, and show what others changed in the rows left alone."""
        data = self.data.copy()
        for line in now:
            led = str(line.lead.body_id) if line.lead else ""
            name, was = f"body_{line.pk}", self.cleaned_data.get(f"was_{line.pk}")
            if was is not None and self.cleaned_data.get(name) == was:
                data[name] = led
            data[f"was_{line.pk}"] = led
            if refusal := rows.get(line.pk):
                self.add_error(name, refusal[1])
        self.data = data


class MeasureForm(GovukForm, VersionMixin):
    """In which one way an outcome will be known. `version` is 0 where nothing was said before."""

    submit = "Save how it will be known"

    kind = forms.ChoiceField(
        label="How will it be known?",
        choices=[Choice(code, label) for code, label in OutcomeMeasure.Kind.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it will be known"},
    )
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(), label="Which indicator?", empty_label="None", required=False
    )
    survey = forms.CharField(
        label="Which survey, and which of its answers?",
        help_text="For example, Annual Residents Survey: people from different backgrounds get on well",
        max_length=200,
        required=False,
    )
    judged_by = forms.CharField(
        label="Who judges it every year?",
        help_text="A post or a body, for example CSP Executive",
        max_length=120,
        required=False,
    )

    def __init__(self, data: Any = None, *, measure: OutcomeMeasure | None, indicators: Any, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        told: dict[str, Any] = {"version": 0}
        if measure is not None:
            told = {name: getattr(measure, name) for name in ("version", "kind", "indicator", "survey", "judged_by")}
        super().__init__(data, initial=told)
        self.fields["indicator"].queryset = indicators  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        return [
            Field.radios("kind", legend_size=Size.SMALL),
            Wrap("csp-if-indicator", Field.text("indicator", label_size=Size.SMALL)),
            Wrap("csp-if-survey", Field.text("survey", label_size=Size.SMALL)),
            Wrap("csp-if-judgement", Field.text("judged_by", label_size=Size.SMALL)),
        ]

    def clean(self) -> dict[str, Any]:
        """What the chosen way doesn't take is left out as long as nobody touched it: it is from before. What somebody entered there is refused."""
        cleaned = super().clean() or self.cleaned_data
        needed = NEEDS[cleaned["kind"]][0] if "kind" in cleaned else ""
        for name, empty in (("indicator", None), ("survey", ""), ("judged_by", "")):
            if name != needed and name in cleaned and name not in self.changed_data:
                cleaned[name] = empty
        return cleaned


class JudgementForm(GovukForm, forms.Form):
    submit = "Record this"

    seen = _seen()
    year = forms.ChoiceField(label="Of which year?", error_messages={"required": "Choose the year"})
    verdict = forms.ChoiceField(
        label="What does the year say?",
        choices=[Choice(code, label) for code, label in OutcomeJudgement.Verdict.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the year says"},
    )
    evidence = forms.CharField(
        label="What does it rest on?",
        help_text="The survey’s result, or the evidence that was looked at. It stays on the record",
        widget=forms.Textarea,
        max_length=LONGEST,
        error_messages={"required": "Say what it rests on"},
    )

    def __init__(
        self, data: Any = None, *, years: Sequence[Year], line: OutcomeLine, seen: int | None, cancel_url: str
    ) -> None:
        self.cancel_url = cancel_url
        latest = years[-1].slug if years else ""
        super().__init__(data, initial={"seen": "" if seen is None else str(seen), "year": latest})
        self.fields["year"].choices = [(year.slug, str(year)) for year in years]  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        return [
            Field.text("year", label_size=Size.SMALL),
            Field.radios("verdict", legend_size=Size.SMALL),
            Field.textarea("evidence", label_size=Size.SMALL, rows=4),
        ]

    def clean_seen(self) -> int | None:
        typed: str = self.cleaned_data["seen"]
        if typed and _id(typed) is None:
            raise forms.ValidationError(LOST)
        return _id(typed)

    def clean_year(self) -> Year:
        return Year.parse(self.cleaned_data["year"])

    def take_up(self, seen: int | None) -> None:
        """What was said since has been shown: saving again keeps the person's own."""
        data: Any = self.data.copy()
        data["seen"] = "" if seen is None else str(seen)
        self.data = data
