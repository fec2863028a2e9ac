"""Forms for what has to be known to read a series: its definitions, its usual range, notes on its chart."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from indicators.actions.notes import LONGEST
from indicators.models import Definition, Feed, Indicator
from lib.editing import VersionMixin
from lib.govuk import Choice, DayField, Field, GovukForm, Size, Wrap
from lib.quarters import Quarter

LONGEST_TEXT = 2000
TAKEN_OVER = ("text", "source", "method", "known_limits", "areas")


class _StartsForm(GovukForm, VersionMixin):
    """Something that starts in a quarter of the list."""

    starts = forms.ChoiceField(
        label="From which quarter?",
        error_messages={"required": "Choose a quarter", "invalid_choice": "Choose a quarter from the list"},
    )

    def __init__(self, data: Any = None, *, quarters: Sequence[Quarter], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        listed = [(quarter.slug, f"{quarter}, {quarter.months}") for quarter in quarters]
        self.fields["starts"].choices = [("", "Choose one"), *listed]

    def clean_starts(self) -> Quarter:
        return Quarter.parse(self.cleaned_data["starts"])


def _words(label: str, hint: str = "", *, required: str = "") -> forms.CharField:
    return forms.CharField(
        label=label if required else f"{label} (optional)",
        help_text=hint,
        required=bool(required),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        error_messages={
            "required": required,
            "max_length": f"The answer to “{label}” must be {LONGEST_TEXT:,} characters or fewer",
        },
    )


class DefinitionForm(_StartsForm):
    """A definition from a quarter on, filled in with the one that holds."""

    submit = "Add this definition"

    text = _words(
        "What is counted?", "One or two sentences, as the form and the report show them", required="Say what is counted"
    )
    areas = _words("Which areas?", "Where it is about places: for example, the hotspot areas by name")
    source = forms.CharField(
        label="Where is it from? (optional)",
        help_text="The system or report, so that anyone could find it again",
        required=False,
        max_length=200,
        error_messages={"max_length": "Where it is from must be said in 200 characters or fewer"},
    )
    method = _words("How is it drawn from there?", "Which codes, dates and filters")
    known_limits = _words("What can it not tell?", "For example, what is reported late or not at all")
    breaks_series = forms.ChoiceField(
        label="Can its figures be compared with those before?",
        choices=[
            Choice("no", "Yes, the series goes on"),
            Choice("yes", "No, this breaks the series", hint="Figures before and after are never compared"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether its figures can be compared with those before"},
    )
    feed = forms.ChoiceField(
        label="Is it filled from a published file? (optional)",
        help_text="If so, its figures may come with the publisher’s file. Giving them by hand stays possible",
        required=False,
        error_messages={"invalid_choice": "Choose a published file from the list"},
    )
    break_reason = forms.CharField(
        label="If it breaks the series: why?",
        help_text="One sentence. It stands in the chart where the line stops",
        required=False,
        max_length=200,
        error_messages={"max_length": "Why it breaks the series must be said in 200 characters or fewer"},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        indicator: Indicator,
        held: Definition | None,
        quarters: Sequence[Quarter],
        feeds: Sequence[Feed] = (),
        cancel_url: str,
    ) -> None:
        self.cancel_url, self.feeds = cancel_url, feeds
        initial = {name: getattr(held, name) for name in TAKEN_OVER} if held else {}
        filled = str(held.feed_id or "") if held else ""
        super().__init__(data, quarters=quarters, initial={"version": indicator.version, "feed": filled, **initial})
        self.fields["feed"].choices = [("", "No"), *((str(feed.pk), str(feed)) for feed in feeds)]
        if not feeds:
            del self.fields["feed"]

    def layout(self) -> list[Any]:
        return [
            Field("starts", context={"label_size": Size.for_label(Size.SMALL)}),
            *(
                Field.textarea(name, label_size=Size.SMALL, rows=4 if name == "text" else 2)
                for name in ("text", "areas")
            ),
            Field.text("source", label_size=Size.SMALL),
            *(Field.textarea(name, label_size=Size.SMALL, rows=2) for name in ("method", "known_limits")),
            *([Field("feed", context={"label_size": Size.for_label(Size.SMALL)})] if self.feeds else []),
            Field.radios("breaks_series", legend_size=Size.SMALL, small=True),
            Wrap("govuk-inset-text", Field.text("break_reason", label_size=Size.SMALL)),
        ]

    def as_said(self) -> dict[str, Any]:
        """What `actions.add_definition` takes, from a form without errors."""
        chosen = self.cleaned_data.get("feed")
        feed = next((feed for feed in self.feeds if str(feed.pk) == chosen), None)
        return self.cleaned_data | {"breaks_series": self.cleaned_data["breaks_series"] == "yes", "feed": feed}


class RebaseForm(_StartsForm):
    """From which quarter the usual range is worked out afresh, and who said so."""

    submit = "Work out the usual range afresh"

    reason = forms.CharField(
        label="What changed for good?",
        help_text="One sentence. It stands beside the chart",
        max_length=200,
        error_messages={
            "required": "Say what changed for good",
            "max_length": "What changed must be said in 200 characters or fewer",
        },
    )
    approved_by = forms.CharField(
        label="Who approved it?",
        help_text="For example, CSP Executive, 24 May 2018",
        max_length=120,
        error_messages={
            "required": "Say who approved it",
            "max_length": "Who approved it must be said in 120 characters or fewer",
        },
    )

    def __init__(self, data: Any = None, *, indicator: Indicator, quarters: Sequence[Quarter], cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, quarters=quarters, initial={"version": indicator.version})

    def layout(self) -> list[Any]:
        return [
            Field("starts", context={"label_size": Size.for_label(Size.SMALL)}),
            Field.text("reason", label_size=Size.SMALL),
            Field.text("approved_by", label_size=Size.SMALL),
        ]


class NoteForm(GovukForm, VersionMixin):
    """What happened on a day, in as few words as there is room for beside the line of a chart."""

    submit = "Add this note"

    on = DayField(label="On which day?", help_text="For example, 1 6 2017", what="the day it happened")
    words = forms.CharField(
        label="What happened?",
        help_text="For example, Late Night Levy began",
        max_length=LONGEST,
        error_messages={
            "required": "Say what happened",
            "max_length": f"The note must be {LONGEST} characters or fewer",
        },
    )

    def __init__(self, data: Any = None, *, indicator: Indicator, today: dt.date, cancel_url: str) -> None:
        self.today, self.cancel_url = today, cancel_url
        super().__init__(data, initial={"version": indicator.version})

    def layout(self) -> list[Any]:
        counted = {"label_size": Size.for_label(Size.SMALL), "max_characters": LONGEST}
        return [
            Field("on", context={"legend_size": Size.for_legend(Size.SMALL)}),
            Field("words", context=counted),
        ]

    def clean_on(self) -> dt.date:
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError("A note tells what has happened: the day must be today or earlier")
        return day
