"""Forms about a risk: entering and wording it, scoring it again, closing it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import User
from governance.actions.risks import LONGEST, Content
from governance.models import Action, Body, Risk, RiskScore
from governance.risk_scores import IMPACT, LIKELIHOOD
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, Fieldset, GovukForm, Size, Wrap

Pair = tuple[int, int]
PAIRS = {"before": "Without any control", "now": "Now, with its controls", "target": "Where it should be"}


def _text(label: str, hint: str, required: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={"required": required, "max_length": f"This must be said in {LONGEST} characters or fewer"},
    )


def _of_five(label: str, words: dict[int, str], required: str) -> forms.TypedChoiceField:
    choices = [("", "Choose one"), *((str(number), f"{number} {said}") for number, said in words.items())]
    wrong = "Likelihood and impact are numbers from 1 to 5"
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=int, error_messages={"required": required, "invalid_choice": wrong}
    )


def _pair(name: str, legend: str) -> Fieldset:
    """Likelihood and impact side by side."""
    size = {"context": {"label_size": Size.for_label(Size.SMALL)}}
    return Fieldset(
        Wrap("csp-risk-pair", Field(f"{name}_likelihood", **size), Field(f"{name}_impact", **size)),
        legend=legend,
        legend_size=Size.SMALL,
    )


class RiskForm(GovukForm, VersionMixin):
    """`risk` is None for a new one: then it asks for the first score too, and whose risk it is where there is a choice."""

    body = forms.ChoiceField(label="Whose risk is it?", error_messages={"required": "Choose a body"})
    cause = _text(
        "What does it come from?", "Such as “Because one trainer holds all the courses”", "Say what it comes from"
    )
    event = _text("What may happen?", "Such as “courses may be called off”", "Say what may happen")
    effect = _text("What would follow?", "Such as “and fewer champions are trained”", "Say what would follow from it")
    controls = forms.CharField(
        label="What is done about it? (optional)", max_length=2000, required=False, widget=forms.Textarea
    )
    owner_post = forms.CharField(label="Which post looks after it?", max_length=120, required=False)
    owner = forms.ChoiceField(label="Person (optional)", required=False)
    review_on = DayField(label="When is it looked at again?", what="the day on which it is looked at again")
    actions = forms.MultipleChoiceField(
        label="Which actions lessen it? (optional)", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        data: Any = None,
        *,
        bodies: Sequence[Body] = (),
        risk: Risk | None = None,
        people: Sequence[User],
        actions: Sequence[Action],
        cancel_url: str,
    ) -> None:
        self.risk, self.cancel_url = risk, cancel_url
        self.bodies = {body.slug: body for body in bodies}
        self.people = {str(person.pk): person for person in people}
        self.offered = {str(action.pk): action for action in actions}
        self.submit = "Save the risk" if risk else "Enter the risk"
        self.pairs = ["before", "target"] if risk else ["before", "now", "target"]
        super().__init__(data, initial=_said(risk) if risk else {"version": 0})
        self.fields["owner"].choices = [
            ("", "No person named"),
            *((key, one.label) for key, one in self.people.items()),
        ]
        self.fields["actions"].choices = [
            (key, f"{action}, {action.delivery_plan.year}") for key, action in self.offered.items()
        ]
        if risk or len(self.bodies) == 1:
            del self.fields["body"]
        else:
            self.fields["body"].choices = [
                ("", "Choose a body"),
                *((slug, one.name) for slug, one in self.bodies.items()),
            ]
        if not self.offered:
            del self.fields["actions"]
        for name in self.pairs:
            part = {"before": "without any control", "now": "now", "target": "where it should be"}[name]
            for kind, words in (("likelihood", LIKELIHOOD), ("impact", IMPACT)):
                asked = f"Choose the {kind} {part}"
                self.fields[f"{name}_{kind}"] = _of_five(kind.capitalize(), words, asked)
        pairs = [f"{name}_{kind}" for name in self.pairs for kind in ("likelihood", "impact")]
        self.order_fields(["body", "cause", "event", "effect", "controls", *pairs])  # as they are told in the summary

    def layout(self) -> list[Any]:
        text = [Field.textarea(name, label_size=Size.SMALL, rows=2) for name in ("cause", "event", "effect")]
        return [
            *([Field("body", context={"label_size": Size.for_label(Size.SMALL)})] if "body" in self.fields else []),
            *text,
            Field.textarea("controls", label_size=Size.SMALL, rows=4),
            *(_pair(name, PAIRS[name]) for name in self.pairs),
            Field.text("owner_post", label_size=Size.SMALL),
            Field("owner", context={"label_size": Size.for_label(Size.SMALL)}),
            Field("review_on", context={"legend_size": Size.for_legend(Size.SMALL)}),
            *([Field.checkboxes("actions", legend_size=Size.SMALL, small=True)] if "actions" in self.fields else []),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors.keys() & {"owner_post", "owner"} and not (cleaned.get("owner_post") or cleaned.get("owner")):
            self.add_error("owner_post", "Say whose it is: a post, a person or both")
        return cleaned

    @property
    def whose(self) -> Body:
        """The body of a new one, from a form without errors."""
        return self.bodies[self.cleaned_data["body"]] if "body" in self.fields else next(iter(self.bodies.values()))

    def pair(self, name: str) -> Pair:
        return self.cleaned_data[f"{name}_likelihood"], self.cleaned_data[f"{name}_impact"]

    def content(self) -> Content:
        """What the actions take, from a form without errors."""
        said = self.cleaned_data
        texts = {name: said[name] for name in ("cause", "event", "effect", "controls", "owner_post")}
        return Content(
            **texts,
            before=self.pair("before"),
            target=self.pair("target"),
            review_on=said["review_on"],
            owner=self.people.get(said.get("owner", "")),
            actions=[self.offered[key] for key in said.get("actions", ())],
        )


# At which box of the form a refusal of the action stands.
AT = {"before": "before_likelihood", "now": "now_likelihood", "target": "target_likelihood"}


class ScoreForm(GovukForm, VersionMixin):
    submit = "Record the score"

    likelihood = _of_five("Likelihood", LIKELIHOOD, "Choose the likelihood")
    impact = _of_five("Impact", IMPACT, "Choose the impact")
    said = _text("What does it rest on?", "What has changed since, or why nothing has", "Say what the score rests on")
    review_on = DayField(label="When is it looked at next?", what="the day on which it is looked at again")

    def __init__(self, data: Any = None, *, risk: Risk, now: RiskScore | None, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        initial: dict[str, Any] = {"version": risk.version}
        if now:
            initial |= {"likelihood": now.likelihood, "impact": now.impact}
        super().__init__(data, initial=initial)

    def layout(self) -> list[Any]:
        size = {"context": {"label_size": Size.for_label(Size.SMALL)}}
        return [
            Wrap("csp-risk-pair", Field("likelihood", **size), Field("impact", **size)),
            Field.textarea("said", label_size=Size.SMALL, rows=3),
            Field("review_on", context={"legend_size": Size.for_legend(Size.SMALL)}),
        ]


class CloseForm(GovukForm, VersionMixin):
    submit = "Close the risk"

    reason = forms.CharField(
        label="Why is it closed?",
        help_text="It stays on the record with all its scores",
        max_length=LONGEST,
        widget=forms.Textarea,
        error_messages={
            "required": "Say why it is closed",
            "max_length": f"Why it is closed must be said in {LONGEST} characters or fewer",
        },
    )

    def __init__(self, data: Any = None, *, risk: Risk, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": risk.version})

    def layout(self) -> list[Any]:
        return [Field.textarea("reason", label_size=Size.SMALL, rows=3)]


def _said(risk: Risk) -> dict[str, Any]:
    names = ("version", "cause", "event", "effect", "controls", "owner_post", "review_on")
    pairs = ("before_likelihood", "before_impact", "target_likelihood", "target_impact")
    said = {name: getattr(risk, name) for name in (*names, *pairs)}
    linked = [str(pk) for pk in risk.actions.values_list("pk", flat=True)]
    return said | {"owner": str(risk.owner_id or ""), "actions": linked}
