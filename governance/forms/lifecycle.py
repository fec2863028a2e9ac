"""Forms of the plan's life: versions, clearances, approvals, adoption, reviews, sendings."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import Organisation
from governance.models import Approval, Body, Clearance, Decision, PlanVersion, Sending
from lib.editing import VersionMixin
from lib.govuk import Choice, DayField, Field, GovukForm, Size
from lib.quarters import Year
from priorities.models import Plan

LEGEND = {"legend_size": Size.for_legend(Size.SMALL)}
CHOOSE = ("", "Choose one")
LONGEST_SENT = 200
NAMES_STAY = "The name is kept as it was on the day of sending"


def line(label: str, most: int, *, hint: str = "", required: str = "") -> forms.CharField:
    """One line of text; optional unless `required` says what to enter."""
    told = {"required": required} if required else {}
    return forms.CharField(
        label=label if required else f"{label} (optional)",
        help_text=hint,
        max_length=most,
        required=bool(required),
        error_messages=told,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def words(label: str, *, hint: str = "", required: str = "", most: int | None = None) -> forms.CharField:
    """A few sentences; optional unless `required` says what to enter."""
    told = {"required": required} if required else {}
    return forms.CharField(
        label=label if required else f"{label} (optional)",
        help_text=hint,
        max_length=most,
        required=bool(required),
        error_messages=told,
        widget=forms.Textarea,
    )


class _Plain(GovukForm, forms.Form):
    """Fields in the order in which they are declared, labels of one size."""

    rows: dict[str, int] = {}  # of the boxes for sentences

    def __init__(self, data: Any = None, *, cancel_url: str, initial: Any = None) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial=initial)

    def layout(self) -> list[Any]:
        return [self._placed(name, field) for name, field in self.fields.items() if not field.widget.is_hidden]

    def _placed(self, name: str, field: forms.Field) -> Any:
        if isinstance(field, DayField):
            return Field(name, context=LEGEND)
        if isinstance(field.widget, forms.RadioSelect):
            return Field.radios(name, legend_size=Size.SMALL, small=True)
        if isinstance(field.widget, forms.Textarea):
            return Field.textarea(name, label_size=Size.SMALL, rows=self.rows.get(name, 3))
        return Field.text(name, label_size=Size.SMALL)


class VersionForm(_Plain):
    submit = "Add this version"

    number = line("Number", 10, hint="For example, 1.5", required="Enter the number of the version")
    dated_on = DayField(label="Date of the version (optional)", what="the date of the version", required=False)
    what_changed = words("What changed in it?", required="Say what changed")
    note = words("Note", hint="For example, where the document contradicts itself")


class ClearanceForm(_Plain, VersionMixin):
    """Adding and completing are the same boxes; `version` is the plan's."""

    submit = "Save this clearance"

    who = line(
        "Who is asked?", 120, hint="The office, not the person: Legal Services", required="Enter who is asked about it"
    )
    consulted_on = DayField(label="Sent to them on (optional)", what="the day it was sent", required=False)
    cleared_on = DayField(
        label="Cleared by them on (optional)",
        help_text="Leave it empty while it is not known",
        what="the day it was cleared",
        required=False,
    )
    note = line("Note", 300)

    def __init__(self, data: Any = None, *, plan: Plan, clearance: Clearance | None, cancel_url: str) -> None:
        told: dict[str, Any] = {"version": plan.version}
        if clearance is not None:
            told |= {name: getattr(clearance, name) for name in ("who", "consulted_on", "cleared_on", "note")}
        super().__init__(data, cancel_url=cancel_url, initial=told)


class ApprovalForm(_Plain):
    submit = "Record what they said"

    body = forms.ModelChoiceField(
        Body.objects.none(),
        label="Which body?",
        empty_label="Choose a body",
        error_messages={"required": "Choose the body"},
    )
    verdict = forms.ChoiceField(
        label="What did it say?",
        choices=[Choice(code, label) for code, label in Approval.Verdict.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it said"},
    )
    given_on = DayField(label="On which day?", help_text="For example, 18 7 2017", what="the day it was given")
    route = forms.ChoiceField(
        label="How was it given?",
        choices=[Choice(Approval.Route.MEETING, "In a meeting"), Choice(Approval.Route.MAIL, "By mail")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it was given"},
    )
    evidence = line(
        "Where can it be read?",
        200,
        hint="The minute or the mail: Minute 4.2, or Mail of 3 May 2018",
        required="Say where it can be read: the minute, or the mail",
    )
    given_by = line("Given by", 120, hint="Needed for a mail. A meeting’s word is the body’s own")
    post = line("Their post", 120)
    said = words("What else was said?", hint="Conditions, comments")

    def __init__(self, data: Any = None, *, bodies: Any, cancel_url: str) -> None:
        super().__init__(data, cancel_url=cancel_url)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class WithdrawForm(_Plain):
    submit = "Withdraw this record"

    because = line(
        "What is wrong with the record?",
        300,
        hint="The record stays, with this reason beside it",
        required="Say what is wrong with the record",
    )


class AdoptForm(_Plain, VersionMixin):
    submit = "Adopt the plan"

    on = DayField(label="From which day is it adopted?", what="the day of adoption")


class ReviewForm(_Plain):
    submit = "Record the review"
    rows = {"found": 6, "changes": 4}

    year = forms.ChoiceField(label="Which year is looked back on?", error_messages={"required": "Choose the year"})
    reviewed_on = DayField(label="When was it reviewed?", what="the day of the review")
    found = words(
        "What did it find?",
        hint="How far the year’s commitments were carried out, and what changed in the area",
        required="Say what the review found",
    )
    changes = words("What is to change in the plan, and why?", hint="Leave it empty where nothing changes")
    decided_by = forms.ModelChoiceField(
        Decision.objects.none(), label="Which decision asks for it? (optional)", empty_label="None", required=False
    )

    def __init__(self, data: Any = None, *, years: Sequence[Year], decisions: Any, cancel_url: str) -> None:
        super().__init__(data, cancel_url=cancel_url)
        self.fields["year"].choices = [(year.slug, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["decided_by"].queryset = decisions  # type: ignore[attr-defined]

    def clean_year(self) -> Year:
        return Year.parse(self.cleaned_data["year"])


class SendingForm(_Plain):
    """What was sent is a version of the plan or a few words, `sent` the words to begin with; to whom is a body, an organisation, or a name."""

    submit = "Add to the log"

    what = forms.ChoiceField(label="What was sent?", error_messages={"required": "Choose what was sent"})
    other_what = line("If something else, what?", LONGEST_SENT, hint="For example, Pack for 2017-18 Q4, issue 1")
    to = forms.ChoiceField(
        label="To whom?", help_text=NAMES_STAY, error_messages={"required": "Choose to whom it was sent"}
    )
    to_name = line("If somebody else, to whom?", 200)
    sent_on = DayField(label="On which day?", what="the day it was sent")
    route = forms.ChoiceField(
        label="How?",
        choices=[Choice(code, label) for code, label in Sending.Route.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it was sent"},
    )
    note = line("Note", 300)

    OTHER = "other"

    def __init__(
        self,
        data: Any = None,
        *,
        versions: Sequence[PlanVersion],
        bodies: Sequence[Body],
        organisations: Sequence[Organisation],
        cancel_url: str,
        sent: str = "",
    ) -> None:
        self.versions = {str(version.pk): version for version in reversed(versions)}
        self.receivers: dict[str, Body | Organisation] = {f"body-{body.pk}": body for body in bodies}
        self.receivers |= {f"organisation-{organisation.pk}": organisation for organisation in organisations}
        words = " ".join(sent.replace("\0", " ").split())[:LONGEST_SENT]
        initial = {"what": self.OTHER, "other_what": words} if words else None
        super().__init__(data, cancel_url=cancel_url, initial=initial)
        labels = [(code, f"{version} of the plan") for code, version in self.versions.items()]
        self.fields["what"].choices = [CHOOSE, *labels, (self.OTHER, "Something else")]  # type: ignore[attr-defined]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            CHOOSE,
            ("Organisations", [(f"organisation-{one.pk}", str(one)) for one in organisations]),
            ("Bodies", [(f"body-{one.pk}", one.name) for one in bodies]),
            (self.OTHER, "Somebody else"),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("what") == self.OTHER and not cleaned.get("other_what"):
            self.add_error("other_what", "Enter what was sent")
        if cleaned.get("to") == self.OTHER and not cleaned.get("to_name"):
            self.add_error("to_name", "Enter to whom it was sent")
        return cleaned

    def as_said(self) -> dict[str, Any]:
        """What `lifecycle.log_sending` takes, from a form without errors."""
        said = self.cleaned_data
        version, to = self.versions.get(said["what"]), self.receivers.get(said["to"])
        return {
            "what": str(version) if version else said["other_what"],
            "version": version,
            "to_body": to if isinstance(to, Body) else None,
            "to_organisation": to if isinstance(to, Organisation) else None,
            "to_name": "" if to else said["to_name"],
            **{name: said[name] for name in ("sent_on", "route", "note")},
        }
