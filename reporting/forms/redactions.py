"""What the public edition leaves out: one box of choices for each passage that is asked about, ticks for all others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms

from lib.govuk import GovukForm
from reporting.actions.redacting import DecidedMeanwhile, Decision
from reporting.clearing.redacting import MOST, Asked, Words
from reporting.models import Redaction

STAYS, OUT = "stays", "out"
GROUNDS = Redaction.Ground.choices
EXEMPT = [choice for choice in GROUNDS if choice[0].startswith("exempt")]
PUBLIC_INTEREST = "Say why the public interest in telling it does not outweigh keeping it back"


@dataclass(frozen=True)
class Row:
    asked: Asked
    verdict: forms.BoundField
    ground: forms.BoundField
    because: forms.BoundField


class RedactionsForm(GovukForm, forms.Form):
    """Nothing is ticked beforehand: what nobody decides on is left out. `again` are keys of decided passages to decide on once more."""

    # The newest decision that the page knew: what somebody decides meanwhile is told, not overwritten.
    seen = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), "Open this page again"),
    )

    def __init__(self, data: Any = None, *, words: Words, again: Sequence[str] = ()) -> None:
        super().__init__(data, initial={"seen": words.newest})
        self.words = words
        # Also what was decided by somebody else since the page was opened: what was chosen for it is not lost.
        chosen = [one.key for one in words.decided if data and data.get(f"verdict_{one.key}")]
        once_more = [one for one in words.decided if one.key in (*again, *chosen)]
        self.asked_about = [*once_more, *words.to_decide][:MOST]
        self.how_many_later = len(once_more) + len(words.to_decide) - len(self.asked_about)
        for number, one in enumerate(self.asked_about, start=1):
            self._add(number, one)
        others = [(one.key, one.passage.passage) for group in words.others for one in group.passages]
        self.fields["others"] = forms.MultipleChoiceField(
            choices=others,
            required=False,
            error_messages={
                "invalid_choice": "One of the passages has changed or was decided on. Open this page again"
            },
        )
        self.fields["others_ground"] = forms.ChoiceField(
            label="On which ground are they left out?",
            choices=[("", "Choose a ground"), *EXEMPT],
            required=False,
        )
        self.fields["others_because"] = forms.CharField(
            label=PUBLIC_INTEREST, max_length=300, required=False, widget=forms.Textarea
        )

    def _add(self, number: int, one: Asked) -> None:
        decided = one.decided
        before = None if decided is None else OUT if decided.is_left_out else STAYS
        self.fields[f"verdict_{one.key}"] = forms.ChoiceField(
            label=f"Passage {number}",
            choices=[(STAYS, "It may stay"), (OUT, "Leave it out")],
            initial=before,
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields[f"ground_{one.key}"] = forms.ChoiceField(
            label="Ground",
            choices=[("", "Choose a ground"), *GROUNDS],
            initial=decided.ground if decided and decided.ground else one.passage.ground,
            required=False,
        )
        self.fields[f"because_{one.key}"] = forms.CharField(
            label="Because", initial=decided.because if decided else "", max_length=300, required=False
        )

    def groups(self) -> Iterator[tuple[str, str, list[Row]]]:
        """By heading, with the figures hidden there as they are."""
        for heading, own in groupby(self.asked_about, key=lambda one: one.heading):
            rows = [Row(one, *(self[f"{name}_{one.key}"] for name in ("verdict", "ground", "because"))) for one in own]
            yield heading, rows[0].asked.hidden, rows

    def other_groups(self) -> Iterator[tuple[str, list[tuple[Asked, bool]]]]:
        """By heading the passages that nobody has to decide on, and whether each is ticked."""
        ticked = set(self["others"].value() or ())
        for group in self.words.others:
            yield group.heading, [(one, one.key in ticked) for one in group.passages]

    @property
    def is_about_others(self) -> bool:
        """Whether something of the folded part has to be put right, so that it stands open."""
        return any(name.startswith("others") for name in self.errors) or bool(self["others"].value())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for one in self.asked_about:
            ground, because = cleaned.get(f"ground_{one.key}", ""), cleaned.get(f"because_{one.key}", "")
            if cleaned.get(f"verdict_{one.key}") != OUT:
                continue
            if not ground and f"ground_{one.key}" not in self.errors:
                self.add_error(f"ground_{one.key}", "Choose why it is left out")
            if ground.startswith("exempt") and not because and f"because_{one.key}" not in self.errors:
                self.add_error(f"because_{one.key}", PUBLIC_INTEREST)
        if cleaned.get("others"):
            if not cleaned.get("others_ground") and "others_ground" not in self.errors:
                self.add_error("others_ground", "Choose why the ticked passages are left out")
            if not cleaned.get("others_because") and "others_because" not in self.errors:
                self.add_error("others_because", PUBLIC_INTEREST)
        return cleaned

    def told(self, newer: DecidedMeanwhile) -> None:
        """Say what was decided meanwhile, and know it from now on: saved again, one's own counts."""
        self.add_error(None, newer)
        data: Any = self.data.copy()
        data["seen"] = newer.newest
        self.data = data

    @property
    def decisions(self) -> list[Decision]:
        told, found = self.cleaned_data, []
        for one in self.asked_about:
            verdict = told[f"verdict_{one.key}"]
            if verdict:
                is_out = verdict == OUT
                ground = told[f"ground_{one.key}"] if is_out else ""
                found.append(_decision(one, is_out, ground, told[f"because_{one.key}"]))
        by_key = self.words.by_key
        found += [_decision(by_key[key], True, told["others_ground"], told["others_because"]) for key in told["others"]]
        return found


def _decision(one: Asked, is_out: bool, ground: str, because: str) -> Decision:
    return Decision(one.passage.place, one.passage.passage, is_out, ground, because)
