"""The forms for what scrutiny asks: recording it, correcting it, answering it, following it up."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import Organisation, User
from governance.models import Body, Meeting, Recommendation
from governance.scrutiny import OUTCOMES
from lib.editing import VersionMixin
from lib.govuk import Choice, DayField, Field, Fieldset, GovukForm, Size
from lib.written import day_year

Kind = Recommendation.Kind
SMALL = Size.SMALL
LEGEND, LABEL = {"legend_size": Size.for_legend(SMALL)}, {"label_size": Size.for_label(SMALL)}
LONGEST_POST = 120
NAMES_STAY = "Names are kept as they were on the day of sending"


def _words(label: str, required: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=20_000,
        widget=forms.Textarea,
        error_messages={"required": required},
    )


class _PickField(forms.TypedChoiceField):
    """One of some rows that were read already, or none of them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, empty_value=None, **kwargs)

    def offer(self, rows: Sequence[Any], words: Any, empty: str) -> None:
        by_pk = {str(row.pk): row for row in rows}
        self.choices = [("", empty), *((pk, words(row)) for pk, row in by_pk.items())]
        self.coerce = by_pk.get


class _AskedFields(forms.Form):
    """What was asked, when, and at which meeting."""

    kind = forms.ChoiceField(
        label="What was asked for?",
        choices=[
            Choice(Kind.RECOMMENDATION, "A recommendation"),
            Choice(Kind.INFORMATION, "Information"),
            Choice(Kind.ATTENDANCE, "That somebody attends"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what was asked for"},
    )
    text = _words("What was asked, in the committee’s own words", "Enter what was asked, in the committee’s own words")
    meeting = _PickField(label="At which meeting? (optional)", error_messages={"invalid_choice": "Choose a meeting"})
    made_on = DayField(
        label="When was it made?",
        help_text="Leave it empty where it was made at the meeting above",
        what="the day it was made",
        required=False,
    )
    sent_on = DayField(
        label="When was it sent to the partnership?",
        help_text="The 28 days for the answer are counted from this day",
        what="the day it was sent",
    )

    def offer_meetings(self, meetings: Sequence[Meeting]) -> None:
        """Without any there is no box: one would choose between nothing and nothing."""
        if not meetings:
            del self.fields["meeting"]
            self.fields["made_on"].help_text = ""
            return
        field: Any = self.fields["meeting"]
        field.offer(meetings, lambda one: f"{one.body}, {day_year(one.starts_at)}", "None of these")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        return {"meeting": None, **cleaned} if "meeting" not in self.fields else cleaned


class _OwnerFields(forms.Form):
    """Who sees to the answer."""

    owner_post = forms.CharField(
        label="Post",
        required=False,
        max_length=LONGEST_POST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    owner = _PickField(
        label="Person", help_text="They are reminded", error_messages={"invalid_choice": "Choose a person"}
    )

    def offer_people(self, people: Sequence[User]) -> None:
        field: Any = self.fields["owner"]
        field.offer(people, lambda one: one.label, "Nobody by name")


class _SentFields(forms.Form):
    """Who was sent a copy."""

    sent_to = forms.TypedMultipleChoiceField(
        label="Who was it sent to?",
        help_text=f"The responsible authorities. Take off the tick where one was left out. {NAMES_STAY}",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the responsible authorities"},
    )
    others = forms.CharField(
        label="Who else? (optional)",
        help_text="Co-operating bodies and others, one a line",
        required=False,
        max_length=5_000,
        widget=forms.Textarea,
    )

    def offer_authorities(self, organisations: Sequence[Organisation]) -> None:
        field: Any = self.fields["sent_to"]
        by_pk = {str(one.pk): one for one in organisations}
        field.choices = [Choice(pk, str(one)) for pk, one in by_pk.items()]
        field.coerce = by_pk.__getitem__

    def clean_others(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]


class RecordForm(GovukForm, _AskedFields, _OwnerFields, _SentFields):
    """`committees` has one at least; only of several is one chosen."""

    committee = _PickField(label="Which committee asked?")
    submit = "Record the request"

    def __init__(
        self,
        data: Any = None,
        *,
        committees: Sequence[Body],
        meetings: Sequence[Meeting],
        people: Sequence[User],
        likely: User | None,
        organisations: Sequence[Organisation],
        today: dt.date,
        cancel_url: str,
    ) -> None:
        self.cancel_url, self.committees = cancel_url, committees
        started = {
            "kind": Kind.RECOMMENDATION,
            "committee": committees[0].pk,
            "sent_on": today,
            "owner": likely.pk if likely else "",
            "sent_to": [str(one.pk) for one in organisations],
        }
        super().__init__(data, initial=started)
        if len(committees) == 1:
            del self.fields["committee"]
        else:
            field: Any = self.fields["committee"]
            field.offer(committees, str, "")
            field.choices, field.required = field.choices[1:], True
        self.offer_meetings(meetings)
        self.offer_people(people)
        self.offer_authorities(organisations)

    def layout(self) -> list[Any]:
        committee = [Field("committee", context=LABEL)] if "committee" in self.fields else []
        return [
            *committee,
            *asked(self),
            Fieldset("owner_post", "owner", legend="Who sees to the answer?", legend_size=SMALL),
            Field.checkboxes("sent_to", legend_size=SMALL, small=True),
            Field.textarea("others", label_size=SMALL, rows=3),
        ]

    def committee_asked(self) -> Body:
        chosen: Body = self.cleaned_data.pop("committee", None) or self.committees[0]
        return chosen


def asked(form: forms.Form) -> list[Any]:
    meeting = [Field("meeting", context=LABEL)] if "meeting" in form.fields else []
    return [
        Field.radios("kind", legend_size=SMALL, small=True),
        Field.textarea("text", label_size=SMALL, rows=5),
        *meeting,
        Field("made_on", context=LEGEND),
        Field("sent_on", context=LEGEND),
    ]


class CorrectForm(GovukForm, _AskedFields, VersionMixin):
    reason = forms.CharField(
        label="Why does it change?",
        help_text="It stands in the history below the request",
        required=False,  # nothing is asked for where nothing changes; the action asks
        max_length=300,
        widget=forms.Textarea,
    )
    submit = "Save the correction"

    def __init__(
        self, data: Any = None, *, recommendation: Recommendation, meetings: Sequence[Meeting], cancel_url: str
    ) -> None:
        self.cancel_url = cancel_url
        started = {
            "version": recommendation.version,
            "kind": recommendation.kind,
            "text": recommendation.text,
            "meeting": recommendation.meeting_id or "",
            "made_on": recommendation.made_on,
            "sent_on": recommendation.sent_on,
        }
        super().__init__(data, initial=started)
        held = recommendation.meeting
        self.offer_meetings([held, *meetings] if held and held not in meetings else meetings)

    def layout(self) -> list[Any]:
        return [*asked(self), Field.textarea("reason", label_size=SMALL, rows=3)]


class OwnerForm(GovukForm, _OwnerFields, VersionMixin):
    submit = "Save who sees to it"

    def __init__(
        self, data: Any = None, *, recommendation: Recommendation, people: Sequence[User], cancel_url: str
    ) -> None:
        self.cancel_url = cancel_url
        held = {"owner": recommendation.owner_id or "", "owner_post": recommendation.owner_post}
        super().__init__(data, initial={"version": recommendation.version, **held})
        self.offer_people(people)

    def layout(self) -> list[Any]:
        return [Field.text("owner_post", label_size=SMALL), Field("owner", context=LABEL)]


class CopiesForm(GovukForm, _SentFields):
    """`organisations` are those that are not on the list yet; none of them is ticked."""

    sent_on = DayField(label="When was it sent to them?", what="the day it was sent")
    submit = "Add to the list"

    def __init__(
        self, data: Any = None, *, organisations: Sequence[Organisation], today: dt.date, cancel_url: str
    ) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"sent_on": today})
        self.fields["sent_to"].help_text = NAMES_STAY
        self.fields["others"].label = "Who else? (optional)" if organisations else "Who was it sent to?"
        self.offer_authorities(organisations)
        if not organisations:
            self.fields["sent_to"].widget = forms.MultipleHiddenInput()

    def layout(self) -> list[Any]:
        some = bool(self.fields["sent_to"].choices)  # type: ignore[attr-defined]
        boxes = [Field.checkboxes("sent_to", legend_size=SMALL, small=True)] if some else []
        return [
            *boxes,
            Field.textarea("others", label_size=SMALL, rows=3),
            Field("sent_on", context=LEGEND),
        ]


class _NextFields(forms.Form):
    """What happens after it."""

    follow_up_on = DayField(
        label="When will it be looked at again? (optional)",
        help_text="Whoever sees to it is reminded then",
        what="the day to look at it again",
        required=False,
    )
    closes = forms.BooleanField(label="Nothing more is to come: close it", required=False)


def what_next() -> list[Any]:
    return [Field("follow_up_on", context=LEGEND), Field.checkbox("closes", small=True)]


class AnswerForm(GovukForm, _NextFields, VersionMixin):
    answer = _words("The answer", "Enter the answer", "As it is given to the committee. It can’t be changed afterwards")
    outcome = forms.ChoiceField(
        label="What is the outcome?", widget=forms.RadioSelect, error_messages={"required": "Choose the outcome"}
    )
    answered_by = forms.CharField(
        label="Whose answer is it?",
        help_text="A name and post, or a body. That you record it is kept beside it",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter whose answer it is"},
    )
    answered_on = DayField(label="When was it given?", what="the day of the answer")
    submit = "Record the answer"

    def __init__(self, data: Any = None, *, recommendation: Recommendation, today: dt.date, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        owner = recommendation.owner
        started = {
            "version": recommendation.version,
            "answered_by": owner.label if owner else recommendation.owner_post,
            "answered_on": today,
        }
        super().__init__(data, initial=started)
        outcomes: Any = self.fields["outcome"]
        outcomes.choices = [Choice(one.value, one.label) for one in OUTCOMES[recommendation.kind]]

    def layout(self) -> list[Any]:
        return [
            Field.textarea("answer", label_size=SMALL, rows=6),
            Field.radios("outcome", legend_size=SMALL, small=True),
            Field.text("answered_by", label_size=SMALL),
            Field("answered_on", context=LEGEND),
            *what_next(),
        ]


class FollowUpForm(GovukForm, _NextFields, VersionMixin):
    said = _words("What came of it?", "Say what came of it", "It is added under what was said before")
    submit = "Record what came of it"

    def __init__(self, data: Any = None, *, recommendation: Recommendation, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": recommendation.version})

    def layout(self) -> list[Any]:
        return [Field.textarea("said", label_size=SMALL, rows=5), *what_next()]
