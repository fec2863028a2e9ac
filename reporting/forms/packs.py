"""What is asked for when a pack is built."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lib.govuk import Choice, Field, GovukForm, Size
from lib.quarters import Quarter
from reporting import offers, terms
from reporting.builds import composing
from reporting.forms.moments import MomentMixin
from reporting.models import Pack
from reporting.offers import Offer

FINAL, DRAFT = "final", "draft"


class PackRequestForm(GovukForm, forms.Form):
    """Which pack to build. Its boxes are hidden: each button on the page sends its own quarter."""

    quarter = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": "Choose the quarter to build the pack for"}
    )
    edition = forms.ChoiceField(
        choices=Pack.Edition.choices,
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Choose the executive or the public edition"},
    )
    # The newest build that the page knew: sent twice, it names the pack that the first one made.
    after = forms.IntegerField(
        required=False,
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={"invalid": "Open the list of packs again"},
    )

    def clean_quarter(self) -> Quarter:
        try:
            quarter = Quarter.parse(self.cleaned_data["quarter"])
        except ValueError:
            raise ValidationError("Choose a quarter like 2017-18 Q4") from None
        if terms.plan_of(quarter) is None:
            raise ValidationError(terms.refusal(quarter))
        return quarter

    @property
    def asked(self) -> dict[str, Any]:
        """What `request_pack` is asked for. A public edition is made from the executive one that is there."""
        quarter, edition = self.cleaned_data["quarter"], self.cleaned_data["edition"] or Pack.Edition.EXECUTIVE
        plan = terms.plan_of(quarter)
        made_from = None
        if edition == Pack.Edition.PUBLIC and plan is not None:
            offer = offers.beside(offers.PUBLIC, plan, quarter).get(offers.PUBLIC)
            made_from = offer.made_from if offer else None
        return {
            "plan": plan,
            "quarter": quarter,
            "edition": edition,
            "after": self.cleaned_data["after"],
            "made_from": made_from,
        }


class AgainForm(forms.Form):
    """`after` as above: a button pressed on an old page names what was built since."""

    after = forms.IntegerField(required=False, min_value=0)


class PackBuildForm(MomentMixin, GovukForm, forms.Form):
    """One offer of a quarter, with all that can be chosen for it."""

    purpose = forms.ChoiceField(
        label="What is it for?",
        choices=[
            Choice(
                FINAL, "To be approved and issued", hint="Its files never change: what is approved is what goes out"
            ),
            Choice(DRAFT, "A draft to look at", hint="It says so on every page, and is never approved"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is a draft"},
    )
    erratum = forms.CharField(
        label="What was wrong with the issue before?",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )
    issue_when_approved = forms.BooleanField(label="Issue it as soon as it is approved", required=False)
    after = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, offer: Offer, cancel_url: str) -> None:
        self.offer, self.cancel_url = offer, cancel_url
        purpose = DRAFT if offer.only_draft else FINAL
        super().__init__(data, initial={"purpose": purpose, "after": offer.after})
        if offer.only_draft:
            self.fields["purpose"].choices = [Choice(DRAFT, "A draft to look at", hint="The executive edition is one")]
        if offer.replaces is None:
            del self.fields["erratum"]
        else:
            self.fields["erratum"].help_text = (
                f"It is printed on a page of its own. {offer.replaces.number.capitalize()} stands, and is superseded when "
                "this one is issued"
            )
        if not offer.is_public:
            self.drop_moment()

    @property
    def submit(self) -> str:  # type: ignore[override]
        return f"Build the {self.offer.words.lower()}"

    def layout(self) -> list[Any]:
        parts: list[Any] = [Field.radios("purpose", legend_size=Size.SMALL)]
        if "erratum" in self.fields:
            parts.append(Field.textarea("erratum", label_size=Size.SMALL, rows=4))
        parts.append(Field("issue_when_approved"))
        return [*parts, *self.moment_layout()]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        is_final = told.get("purpose") == FINAL
        if (
            is_final
            and "erratum" in self.fields
            and "erratum" not in self.errors
            and not told.get("erratum", "").strip()
        ):
            self.add_error("erratum", "Say what was wrong with the issue before")
        if self.offer.what == offers.ADDENDUM and self.offer.adds_to and not self.errors:
            composing.refuse_nothing_to_add(self.offer.adds_to)
        return told

    @property
    def asked(self) -> dict[str, Any]:
        """What `request_pack` is told, but for plan and quarter."""
        told = self.cleaned_data
        is_draft = told["purpose"] == DRAFT
        asked = self.offer.asked(is_draft=is_draft, erratum=told.get("erratum", "").strip())
        after = told["after"] if told["after"] is not None else self.offer.after
        later = {"issue_when_approved": told["issue_when_approved"] and not is_draft, "publish_at": self.moment}
        return asked | later | {"after": after}
