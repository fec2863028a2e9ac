"""The word on a pack, its issue, and its withdrawal."""

from collections.abc import Sequence
from typing import Any

from django import forms

from governance.models import Meeting
from lib.editing import VersionMixin
from lib.govuk import Button, Buttons, Choice, DayField, Field, GovukForm, Link, Size
from reporting.clearing.approvers import Speaker
from reporting.forms.moments import MomentMixin, initial
from reporting.models import Pack, PackApproval

APPROVE, REFUSE = "approve", "refuse"
Route, Verdict = PackApproval.Route, PackApproval.Verdict
LEGEND = {"legend_size": Size.for_legend(Size.SMALL)}


class ApproveForm(GovukForm, VersionMixin):
    """Two buttons: the word is the button that is pressed."""

    said = forms.CharField(
        label="What do you want to say? (optional)",
        help_text="Needed where you don’t approve it, so that it can be put right",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, data: Any = None, *, pack: Pack, action: str = "", cancel_url: str = "") -> None:
        self.action, self.cancel_url = action, cancel_url
        super().__init__(data, initial={"version": pack.version})

    @property
    def is_refusal(self) -> bool:
        return bool(self.data.get("do") == REFUSE)

    def layout(self) -> list[Any]:
        buttons: list[Button | Link] = [
            Button("Approve this pack", name="do", value=APPROVE),
            Button("Don’t approve it", name="do", value=REFUSE, kind="secondary"),
        ]
        if self.cancel_url:
            buttons.append(Link("Cancel", self.cancel_url))
        return [Field.textarea("said", label_size=Size.SMALL, rows=3), Buttons(*buttons)]


class RecordForm(GovukForm, VersionMixin):
    submit = "Record what was said"

    verdict = forms.ChoiceField(
        label="What was said?",
        choices=[Choice(Verdict.APPROVED.value, "It is approved"), Choice(Verdict.REFUSED.value, "It is not approved")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is approved"},
    )
    given_by = forms.ChoiceField(
        label="Who said it?",
        help_text="Whoever speaks for the CSP Executive, and did not ask for this build",
        widget=forms.RadioSelect,
        error_messages={"required": "Say who gave it"},
    )
    route = forms.ChoiceField(
        label="How was it given?",
        choices=[Choice(Route.MEETING.value, Route.MEETING.label), Choice(Route.MAIL.value, Route.MAIL.label)],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was given in a meeting or by mail"},
    )
    meeting = forms.ChoiceField(label="At which meeting? (optional)", required=False)
    given_on = DayField(
        label="On which day?",
        help_text="Left empty, it is the day of the meeting chosen",
        what="the day it was given",
        required=False,
    )
    evidence = forms.CharField(
        label="Where can it be read?",
        help_text="For example, “Minute 4.2” or “Mail of 3 May 2018”",
        max_length=200,
        required=False,
    )
    said = forms.CharField(
        label="In which words? (optional)",
        help_text="Needed where it is not approved",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        pack: Pack,
        speakers: Sequence[Speaker],
        meetings: dict[str, tuple[Meeting, str]],
        cancel_url: str,
    ) -> None:
        self.meetings, self.cancel_url = meetings, cancel_url
        self.posts = {one.name: one.post for one in speakers}
        alone = {"given_by": speakers[0].name} if len(speakers) == 1 else {}
        super().__init__(data, initial={"version": pack.version} | alone)
        self.fields["given_by"].choices = [Choice(one.name, one.name, hint=one.post) for one in speakers]
        told = [(key, label) for key, (_, label) in meetings.items()]
        self.fields["meeting"].choices = [("", "Not in the list"), *told]

    def layout(self) -> list[Any]:
        small: dict[str, Any] = {"legend_size": Size.SMALL, "small": True}
        return [
            Field.radios("verdict", **small),
            Field.radios("given_by", **small),
            Field.radios("route", **small),
            Field("meeting", context={"label_size": Size.for_label(Size.SMALL)}),
            Field("given_on", context=LEGEND),
            Field.text("evidence", label_size=Size.SMALL),
            Field.textarea("said", label_size=Size.SMALL, rows=3),
        ]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("given_on") is None and "given_on" not in self.errors:
            meeting = self._meeting
            if meeting is None:
                self.add_error("given_on", "Enter the day it was given")
            else:
                told["given_on"] = meeting.day
        return told

    @property
    def _meeting(self) -> Meeting | None:
        is_met = self.cleaned_data.get("route") == Route.MEETING
        chosen = self.meetings.get(self.cleaned_data.get("meeting", "")) if is_met else None
        return chosen[0] if chosen else None

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes."""
        told = self.cleaned_data
        return told | {"meeting": self._meeting, "post": self.posts.get(told["given_by"], "")}


class IssueForm(MomentMixin, GovukForm, VersionMixin):
    def __init__(self, data: Any = None, *, pack: Pack, action: str = "", cancel_url: str = "") -> None:
        self.action, self.cancel_url, self.pack = action, cancel_url, pack
        super().__init__(data, initial={"version": pack.version} | initial(pack.publish_at))
        if not pack.is_public:
            self.drop_moment()

    @property
    def submit(self) -> str:  # type: ignore[override]
        return f"Issue the {self.pack.get_edition_display().lower()} edition"

    def layout(self) -> list[Any]:
        return self.moment_layout()


class WithdrawForm(GovukForm, VersionMixin):
    because = forms.CharField(
        label="Why is it withdrawn?",
        max_length=300,
        error_messages={"required": "Say why it is withdrawn: whoever looks for it reads this"},
        widget=forms.Textarea,
    )

    def __init__(self, data: Any = None, *, pack: Pack, cancel_url: str) -> None:
        self.pack, self.cancel_url = pack, cancel_url
        super().__init__(data, initial={"version": pack.version})
        self.fields["because"].help_text = (
            "Everyone who looks for the report reads this"
            if pack.is_public
            else "Everyone who looks for the pack reads this"
        )

    def layout(self) -> list[Any]:
        buttons = Buttons(Button(f"Withdraw {self.pack.number}", kind="warning"), Link("Cancel", self.cancel_url))
        return [Field.textarea("because", label_size=Size.SMALL, rows=3, max_characters=300), buttons]
