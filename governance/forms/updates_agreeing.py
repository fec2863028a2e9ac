"""The chair's one form: what is late, changed colour or moves a date, and in one line all that does not."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from governance.actions.updates import RowsRefused, Verdict
from governance.forms.updates import put
from governance.models import Brag
from governance.quarter_lines import Line, QuarterLines
from lib.govuk import Choice, GovukForm
from lib.written import day_year

AGREE, SEND_BACK, ACCEPT, KEEP = "agree", "send_back", "accept", "keep"


class VerdictForm(GovukForm, forms.Form):
    """What the chair says of one action. Agreeing the words is chosen beforehand; nothing that decides a date is."""

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    update = forms.IntegerField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    move = forms.IntegerField(widget=forms.HiddenInput, required=False)
    verdict = forms.ChoiceField(
        label="What is said",
        choices=[(AGREE, "Agree"), (SEND_BACK, "Send back with a comment")],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(label="What should be put right?", required=False, widget=forms.Textarea)
    accept = forms.ChoiceField(label="The new date", widget=forms.RadioSelect, required=False)
    keep_because = forms.CharField(label="Why does it stay?", required=False, max_length=300)

    def __init__(self, data: Any = None, *, line: Line, may_agree: bool) -> None:
        self.line = line
        self.changed: list[Any] = []
        asks_words, asks_date = line.waits and may_agree, bool(line.move)
        self.completes = asks_words and line.update is not None and line.update.brag == Brag.BLUE
        super().__init__(data, initial=_initial(line, asks_words), prefix=f"a{line.action.pk}")
        self.fields["verdict"].label = f"What is said of {line.action.reference}"
        self.fields["accept"].label = f"The new date of {line.action.reference}"
        self.fields["verdict"].error_messages["required"] = f"Choose whether you agree {line.action.reference}"
        if not asks_words:
            del self.fields["verdict"], self.fields["comment"], self.fields["update"], self.fields["version"]
        if not asks_date or self.completes:
            del self.fields["accept"], self.fields["keep_because"], self.fields["move"]
        elif line.move:
            new, old = day_year(line.move.proposed), day_year(line.move.was)
            self.fields["accept"].choices = [Choice(ACCEPT, f"Accept {new}"), Choice(KEEP, f"Keep {old}, because")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        reference = self.line.action.reference
        is_sent_back = cleaned.get("verdict") == SEND_BACK
        if is_sent_back and not cleaned.get("comment", "").strip():
            self.add_error("comment", f"Say what should be put right in {reference}")
        if "accept" in self.fields and not self.errors.get("accept"):
            if not cleaned.get("accept") and not is_sent_back:
                self.add_error("accept", f"Choose whether the new date of {reference} counts")
            if cleaned.get("accept") == KEEP and not cleaned.get("keep_because", "").strip():
                self.add_error("keep_because", f"Say why the date of {reference} stays")
        return cleaned

    def said(self) -> Verdict:
        """What `actions.updates.agree` takes, from a form without errors."""
        said, accept = self.cleaned_data, self.cleaned_data.get("accept")
        return Verdict(
            update=said.get("update"),
            version=said.get("version") or 0,
            send_back_because=said.get("comment", "") if said.get("verdict") == SEND_BACK else "",
            move=said.get("move") if accept else None,
            accept=accept == ACCEPT if accept else None,
            keep_because=said.get("keep_because", "") if accept == KEEP else "",
        )


class AgreeForm:
    """The whole page. Answers as one form where the page asks for errors."""

    def __init__(self, data: Any, *, page: QuarterLines) -> None:
        self.is_bound = data is not None
        self.page = page
        self.general: list[str] = []
        self.others_seen = data.get("others", "") if data is not None else ""
        self.rows = [self._row(data, line, page.has_ended) for line in page.exceptions]
        self.by_action = {row.line.action.pk: row for row in self.rows}
        if data is not None:
            self.general += self._gone(data)

    def _gone(self, data: Any) -> list[str]:
        """Rows of the page that was sent which need no look any more: a date was taken back, an update agreed."""
        seen = {
            int(key[1:-6]) for key in data if key.startswith("a") and key.endswith("-shown") and _is_number(key[1:-6])
        }
        named = {line.action.pk: line.action.reference for line in self.page.lines}
        gone = sorted(seen - self.by_action.keys())
        return [
            f"{named.get(pk, 'An action')} has been changed since you opened this page. Look at it again" for pk in gone
        ]

    def _row(self, data: Any, line: Line, may_agree: bool) -> VerdictForm:
        """A row that was not on the page that was sent is shown anew."""
        was_shown = data is not None and bool(data.get(f"a{line.action.pk}-shown"))
        return VerdictForm(data if was_shown else None, line=line, may_agree=may_agree)

    @property
    def others(self) -> str:
        """What waits besides, as it is seen now: action, update and version of each."""
        if not self.page.has_ended:
            return ""
        return " ".join(f"{line.action.pk}:{line.update.pk}:{line.version}" for line in self.page.others if line.update)

    def is_valid(self) -> bool:
        return self.is_bound and not self.general and not any([row.errors for row in self._sent()])

    def verdicts(self) -> dict[int, Verdict]:
        said = {row.line.action.pk: row.said() for row in self._sent()}
        return {**_seen(self.others_seen, {line.action.pk for line in self.page.lines}), **said}

    def refused(self, refusal: ValidationError) -> None:
        """Put the refusals at their rows; what is not in a row any more, or was none, stands above."""
        rows: Mapping[int, ValidationError] = refusal.rows if isinstance(refusal, RowsRefused) else {}
        if not rows:
            self.general += refusal.messages
        for pk, own in rows.items():
            row = self.by_action.get(pk)
            if row is not None and row.is_bound:
                put(row, own, first=next(name for name in ("verdict", "accept") if name in row.fields))
            else:
                self.general += own.messages

    def _sent(self) -> list[VerdictForm]:
        return [row for row in self.rows if row.is_bound]

    # as `error_summary` and the page's title ask of a form

    def non_field_errors(self) -> list[str]:
        return self.general

    def hidden_fields(self) -> list[Any]:
        return []

    def visible_fields(self) -> list[Any]:
        return [field for row in self._sent() for field in row.visible_fields()]


def _initial(line: Line, asks_words: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"shown": "1", "move": line.move.pk if line.move else None}
    if asks_words and line.update:
        found |= {"update": line.update.pk, "version": line.version, "verdict": AGREE}
    return found


def _seen(text: str, known: set[int]) -> dict[int, Verdict]:
    """What stood on the page in one line; anything that is none of the page's is left out."""
    found = {}
    for part in text.split():
        numbers = [int(number) for number in part.split(":") if _is_number(number)]
        if len(numbers) == 3 and numbers[0] in known:
            found[numbers[0]] = Verdict(update=numbers[1], version=numbers[2])
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
