"""Forms for a delivery plan as a whole: started, worded, submitted, sent back; and for what rests on its agreement."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from governance.actions.plans import Absence
from governance.models import Body, DeliveryPlan, Undertaking
from governance.readiness import Readiness
from indicators.forms.rounds import why
from lib.editing import VersionMixin
from lib.govuk import Choice, DayField, Field, Fieldset, GovukForm, Size
from lib.quarters import Year

NOBODY = ("", "No person named")
People = dict[str, Any]


def words(label: str, most: int = 3000, **options: Any) -> forms.CharField:
    options.setdefault("required", False)
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea, **options)


def person(people: People, label: str = "Person (optional)") -> forms.ChoiceField:
    choices = [NOBODY, *((key, one.label) for key, one in people.items())]
    return forms.ChoiceField(label=label, choices=choices, required=False)


def select(name: str) -> Any:
    """A list to choose from, labelled like the boxes beside it."""
    return Field(name, context={"label_size": Size.for_label(Size.SMALL)})


class StartForm(GovukForm, forms.Form):
    submit = "Start the draft"

    body = forms.ChoiceField(label="Whose plan is it?", error_messages={"required": "Choose a body"})
    year = forms.ChoiceField(label="For which year?", error_messages={"required": "Choose a year"})

    def __init__(
        self,
        data: Any = None,
        *,
        bodies: Sequence[Body],
        years: Sequence[Year],
        initial: dict[str, str],
        cancel_url: str,
    ) -> None:
        self.cancel_url = cancel_url
        self.bodies = {body.slug: body for body in bodies}
        super().__init__(data, initial=initial)
        choices = [(slug, body.name) for slug, body in self.bodies.items()]
        self.fields["body"].choices = choices if len(choices) == 1 else [("", "Choose a body"), *choices]
        self.fields["year"].choices = [(year.slug, str(year)) for year in years]

    def clean_body(self) -> Body:
        return self.bodies[self.cleaned_data["body"]]

    def clean_year(self) -> Year:
        return Year.parse(self.cleaned_data["year"])


class PlanWordsForm(GovukForm, VersionMixin):
    submit = "Save the plan’s words"

    summary = words("What is the year about? (optional)", help_text="In a few sentences: what the body wants to reach")
    resources = words(
        "What does it take?",
        help_text="The resources statement: people, money, funding applications. Without it the plan can be submitted only for a reason",
    )
    reason = why("Why does it change?", "Say why it changes")

    def __init__(self, data: Any = None, *, plan: DeliveryPlan, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": plan.version, "summary": plan.summary, "resources": plan.resources})
        self.fields["reason"].required = False  # the action asks, where something changes
        if plan.is_draft:
            del self.fields["reason"]

    def layout(self) -> list[Any]:
        shown = [Field.textarea("summary", label_size=Size.SMALL, rows=5)]
        shown += [Field.textarea("resources", label_size=Size.SMALL, rows=6)]
        if "reason" in self.fields:
            shown.append(Field.textarea("reason", label_size=Size.SMALL, rows=3))
        return shown


class SubmitForm(GovukForm, VersionMixin):
    """Asks only about what is missing: nothing but the button where all is there."""

    submit = "Submit to the CSP Executive"

    PARTS = {"resources": "There is no resources statement", "equality": "The equalities analysis is not complete"}

    def __init__(
        self, data: Any = None, *, plan: DeliveryPlan, asks: Sequence[str], people: People, cancel_url: str
    ) -> None:
        self.cancel_url, self.asks, self.people = cancel_url, asks, people
        super().__init__(data, initial={"version": plan.version})
        for part in asks:
            before = plan.resources_absent_because if part == "resources" else plan.equality_absent_because
            self.fields[f"{part}_because"] = forms.CharField(
                label="Why is it missing?", max_length=300, required=False, initial=before
            )
            self.fields[f"{part}_owner_post"] = forms.CharField(
                label="Who gives it?", help_text="A post, a person or both", max_length=120, required=False
            )
            self.fields[f"{part}_owner"] = person(people)
            self.fields[f"{part}_due_on"] = DayField(
                label="By when?", what="the day by which it is given", required=False
            )

    def layout(self) -> list[Any]:
        return [
            Fieldset(
                *(Field.text(f"{part}_{name}", label_size=Size.SMALL) for name in ("because", "owner_post")),
                select(f"{part}_owner"),
                Field(f"{part}_due_on", context={"legend_size": Size.for_legend(Size.SMALL)}),
                legend=f"{self.PARTS[part]}: who gives it by when",
                legend_size=Size.MEDIUM,
            )
            for part in self.asks
        ]

    def absence(self, part: str) -> Absence | None:
        """What was said of a part that is missing; None where it isn't asked for."""
        if part not in self.asks:
            return None
        said = self.cleaned_data
        return Absence(
            because=said.get(f"{part}_because", ""),
            owner_post=said.get(f"{part}_owner_post", ""),
            owner=self.people.get(said.get(f"{part}_owner", "")),
            due_on=said.get(f"{part}_due_on"),
        )


class SendBackForm(GovukForm, VersionMixin):
    submit = "Send the plan back"

    comment = words(
        "What is to be changed?",
        2000,
        required=True,
        help_text="The body sees it on its draft, and it stays in the history",
        error_messages={"required": "Say what is to be changed"},
    )

    def __init__(self, data: Any = None, *, plan: DeliveryPlan, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": plan.version})

    def layout(self) -> list[Any]:
        return [Field.textarea("comment", label_size=Size.SMALL, rows=5)]


class EndConditionForm(GovukForm, VersionMixin):
    submit = "End the condition"

    ending = forms.ChoiceField(
        label="How does it end?",
        choices=[
            Choice("done", "It is done"),
            Choice("dropped", "It is no longer needed"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is done or no longer needed"},
    )
    note = words("A word about it", 300, help_text="Needed where it is no longer needed")

    def __init__(self, data: Any = None, *, condition: Undertaking, may_drop: bool, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": condition.version})
        if not may_drop:
            self.fields["ending"].choices = [Choice("done", "It is done")]
            self.fields["ending"].initial = "done"
            self.fields["note"].label = "A word about it (optional)"
            self.fields["note"].help_text = ""

    def layout(self) -> list[Any]:
        return [
            Field.radios("ending", legend_size=Size.SMALL, small=True),
            Field.textarea("note", label_size=Size.SMALL, rows=3),
        ]


class WithdrawForm(GovukForm, forms.Form):
    submit = "Withdraw the agreement"

    because = forms.CharField(
        label="Why is it withdrawn?",
        max_length=200,
        widget=forms.Textarea,
        error_messages={"required": "Say why it is withdrawn"},
    )

    def __init__(self, data: Any = None, *, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data)

    def layout(self) -> list[Any]:
        return [Field.textarea("because", label_size=Size.SMALL, rows=3)]


def asked_of(readiness: Readiness, open_already: Sequence[str]) -> list[str]:
    """Which absences the page of submission asks about: what is missing and stands under no condition yet."""
    lacks = [("resources", not readiness.has_resources), ("equality", bool(readiness.equality))]
    return [part for part, missing in lacks if missing and part not in open_already]


def suggested_year(today: dt.date) -> Year:
    """Next year's from January on: that is when it is drafted."""
    this = Year.of(today)
    return this.next if today.month in (1, 2, 3) else this
