"""Forms about decisions: those between meetings, replacing one, wording put right, seeing to it, what it is about; and ending what arose."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.models import User
from governance import naming
from governance.models import Action, Body, Decision, Meeting, Undertaking
from indicators.models import Indicator
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, GovukForm, Include, Size
from lib.written import day_year
from priorities.models import Commitment

ROUTES = [("meeting", "In a meeting"), ("delegation", "Between meetings, by delegation")]


def long(label: str, required: str, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea, error_messages={"required": required}, **kwargs)


class DecisionForm(GovukForm, forms.Form):
    """A decision taken between meetings; with `earlier` one that replaces it, taken in a meeting or between meetings."""

    body = forms.ModelChoiceField(
        label="Whose decision is it?",
        queryset=Body.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose whose decision it is", "invalid_choice": "Choose a body from the list"},
    )
    text = long("What was decided?", "Say what was decided")
    reason = long("Why?", "Say why it was decided")
    route = forms.ChoiceField(label="How was it decided?", choices=ROUTES, widget=forms.RadioSelect)
    meeting = forms.ChoiceField(label="In a meeting: at which one?", required=False)
    delegate = forms.CharField(label="Who decided?", help_text="Name and post", max_length=120, required=False)
    authority = forms.CharField(
        label="What gave them the power, and where can the decision be read?",
        help_text="Like “CSPE D4; mail of 3 May 2018” or “Terms of reference, 6.2; note on file”",
        max_length=200,
        required=False,
    )
    decided_on = DayField(label="On what day?", what="the day of the decision", required=False)
    who = forms.CharField(
        label="Who sees to it? (optional)",
        help_text="A person, or a post. Leave it empty where nothing follows from it",
        max_length=240,
        required=False,
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    due_on = DayField(label="By when? (optional)", what="the day by which it is seen to", required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        bodies: QuerySet[Body],
        people: Sequence[User],
        today: dt.date,
        earlier: Decision | None = None,
        meetings: Sequence[Meeting] = (),
        cancel_url: str,
    ) -> None:
        self.people, self.today, self.cancel_url, self.earlier = people, today, cancel_url, earlier
        self.meetings = {str(one.pk): one for one in meetings}
        self.submit = f"Replace {earlier.reference} with it" if earlier else "Record the decision"
        start = {"text": earlier.text, "who": naming.typed(earlier.owner, earlier.owner_post)} if earlier else {}
        super().__init__(data, initial=start)
        self.fields["body"].queryset = bodies
        if earlier:
            del self.fields["body"]
            choices = [
                (pk, f"{day_year(one.day)}, {one.get_kind_display().lower()}") for pk, one in self.meetings.items()
            ]
            self.fields["meeting"].choices = [("", "Choose one"), *choices]
        else:
            del self.fields["route"], self.fields["meeting"]

    def layout(self) -> list[Any]:
        small, legend = Size.SMALL, {"legend_size": Size.for_legend(Size.SMALL)}
        shown = {
            "body": Field("body", context={"label_size": Size.for_label(small)}),
            "text": Field.textarea("text", label_size=small, rows=3),
            "reason": Field.textarea("reason", label_size=small, rows=3),
            "route": Field.radios("route", legend_size=small, small=True),
            "meeting": Field("meeting", context={"label_size": Size.for_label(small)}),
            "delegate": Field.text("delegate", label_size=small),
            "authority": Field.text("authority", label_size=small),
            "decided_on": Field("decided_on", context=legend),
            "who": Field.text("who", label_size=small),
            "due_on": Field("due_on", context=legend),
        }
        return [
            *(box for name, box in shown.items() if name in self.fields),
            Include("governance/_people_offered.html"),
        ]

    def clean_who(self) -> tuple[User | None, str]:
        owner, post = naming.who(self.cleaned_data["who"], self.people)
        if len(post) > 120:
            raise ValidationError("Who it is must be said in 120 characters or fewer")
        return owner, post

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        in_meeting = cleaned.get("route") == "meeting"
        if in_meeting:
            if not cleaned.get("meeting"):
                self.add_error("meeting", "Choose the meeting at which it was decided")
        else:
            day = cleaned.get("decided_on")
            if day is None and "decided_on" not in self.errors:
                self.add_error("decided_on", "Enter the day of the decision")
            elif day and day > self.today:
                self.add_error("decided_on", "The day of the decision can’t be in the future")
            for name, sentence in (
                ("delegate", "Enter who decided"),
                ("authority", "Say what gave them the power to decide, and where it can be read"),
            ):
                if not cleaned.get(name):
                    self.add_error(name, sentence)
        who, due = cleaned.get("who"), cleaned.get("due_on")
        if who and any(who) and not due and "due_on" not in self.errors:
            self.add_error("due_on", "Enter the day by which it is seen to")
        if due and who is not None and not any(who):
            self.add_error("who", "Enter who sees to it")
        return cleaned

    def told(self) -> dict[str, Any]:
        """What `actions.decisions.record` takes, from a form without errors."""
        asked = self.cleaned_data
        meeting = self.meetings[asked["meeting"]] if asked.get("route") == "meeting" else None
        by_whom = {} if meeting else {"delegate": asked["delegate"], "authority": asked["authority"]}
        owner, post = asked["who"]
        return {
            "text": asked["text"],
            "reason": asked["reason"],
            "decided_on": meeting.day if meeting else asked["decided_on"],
            "meeting": meeting,
            **by_whom,
            "owner": owner,
            "owner_post": post,
            "due_on": asked["due_on"],
            "replaces": self.earlier,
        }


class CorrectForm(GovukForm, VersionMixin):
    submit = "Put the wording right"

    text = long("What was decided?", "Say what was decided")
    reason = long("Why was it decided?", "Say why it was decided")
    why = forms.CharField(
        label="What was wrong with the wording?",
        help_text="It is kept in the history of the decision, with the wording as it was",
        max_length=300,
        error_messages={"required": "Say what was wrong with the wording"},
    )

    def __init__(self, data: Any = None, *, decision: Decision, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        start = {"text": decision.text, "reason": decision.reason, "version": decision.version}
        super().__init__(data, initial=start)

    def layout(self) -> list[Any]:
        return [
            Field.textarea("text", label_size=Size.SMALL, rows=3),
            Field.textarea("reason", label_size=Size.SMALL, rows=3),
            Field.text("why", label_size=Size.SMALL),
        ]


class SeeToForm(GovukForm, VersionMixin):
    """On the decision's own page."""

    submit = "Say that it is seen to"

    note = forms.CharField(
        label="What was done? (optional)",
        max_length=300,
        required=False,
        error_messages={"max_length": "What was done must be said in 300 characters or fewer"},
    )

    def __init__(self, data: Any = None, *, decision: Decision, action: str) -> None:
        self.action = action
        super().__init__(data, initial={"version": decision.version})

    def layout(self) -> list[Any]:
        return [Field.text("note", label_size=Size.SMALL)]


class LinkForm(GovukForm, VersionMixin):
    """What a decision is about. Each list holds what the reader may see, also what is linked already."""

    submit = "Save what it is about"

    commitments = forms.ModelMultipleChoiceField(
        label="Commitments", queryset=Commitment.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    indicators = forms.ModelMultipleChoiceField(
        label="Indicators", queryset=Indicator.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    actions = forms.ModelMultipleChoiceField(
        label="Actions of delivery plans",
        queryset=Action.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        decision: Decision,
        commitments: QuerySet[Commitment],
        indicators: QuerySet[Indicator],
        actions: QuerySet[Action],
        cancel_url: str,
    ) -> None:
        self.cancel_url = cancel_url
        self.held = {name: list(getattr(decision, name).all()) for name in ("commitments", "indicators", "actions")}
        super().__init__(data, initial={**self.held, "version": decision.version})
        for name, queryset in (("commitments", commitments), ("indicators", indicators), ("actions", actions)):
            self.fields[name].queryset = queryset
        self.fields["actions"].label_from_instance = lambda one: (
            f"{one.reference}, {one.delivery_plan.year}: {one.title}"
        )

    def layout(self) -> list[Any]:
        offered = [name for name in ("actions", "indicators", "commitments") if self.fields[name].queryset]
        return [Field.checkboxes(name, legend_size=Size.MEDIUM, small=True) for name in offered]

    def told(self) -> dict[str, Any]:
        """What `actions.decisions.link` takes, from a form without errors. What is linked already and out of sight stays linked."""
        return {**self.cleaned_data, **{name: self._chosen(name) for name in self.held}}

    def _chosen(self, name: str) -> list[Any]:
        held, offered = self.held[name], self.fields[name].queryset
        in_sight = set(offered.filter(pk__in=[one.pk for one in held]).values_list("pk", flat=True))
        return [*self.cleaned_data[name], *(one for one in held if one.pk not in in_sight)]


class EndForm(GovukForm, VersionMixin):
    """One press in the list of what arose: done, or no longer needed with the reason."""

    ending = forms.ChoiceField(choices=Undertaking.Ending.choices)
    note = forms.CharField(max_length=300, required=False)
