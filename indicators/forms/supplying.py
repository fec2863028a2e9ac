"""Whose a figure is: one's own organisation's, or somebody's for whom it is entered, who, when and by what route."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import User
from indicators.models import Figure
from lib.govuk import DayField, Field, Size, Wrap

SOMEONE_ELSE = "other"
ON_BEHALF = ("supplier", "supplier_name", "route", "received_on")


class SupplierMixin(forms.Form):
    """The form sets `user` and `suppliers` (who may have given it to them), `likely` (who does as a rule, "" for nobody) and `today`.

    `likely_name` is who does without a sign-in. What is chosen beforehand contradicts nothing.
    """

    user: User
    suppliers: Sequence[User]
    likely: str
    likely_name: str = ""
    today: dt.date

    behalf = forms.ChoiceField(
        label="Whose figure is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whose figure it is"},
    )
    supplier = forms.ChoiceField(label="Who gave it to you?", required=False)
    supplier_name = forms.CharField(
        label="Their name and post, if they have no sign-in",
        required=False,
        max_length=200,
        error_messages={"max_length": "Their name and post must be 200 characters or fewer"},
    )
    route = forms.ChoiceField(
        label="How?",
        choices=[("", "Choose one"), *[pair for pair in Figure.Route.choices if pair[0] != Figure.Route.FORM]],
        required=False,
    )
    received_on = DayField(
        label="When did it reach you?",
        help_text="For example, 26 4 2018",
        what="the day it reached you",
        required=False,
    )

    def begun_with(self, figure: Figure | None) -> dict[str, Any]:
        """What stands there when a figure is changed that was entered for somebody: the same supplier and route. Not the day: it comes anew."""
        if figure is None or figure.supplied_by_id in (figure.recorded_by_id, self.user.pk):
            return {}
        supplier = figure.supplied_by
        if supplier is None:
            self.likely, self.likely_name = SOMEONE_ELSE, figure.supplied_by_name
        elif supplier.is_active:
            self.likely = str(supplier.pk)
            if all(person.pk != supplier.pk for person in self.suppliers):
                self.suppliers = [*self.suppliers, supplier]
        else:
            self.likely = ""  # somebody else gives it now
        return {
            "behalf": "behalf",
            "supplier": self.likely,
            "supplier_name": self.likely_name,
            "route": "" if figure.route == Figure.Route.FORM else figure.route,
        }

    def offer_suppliers(self) -> None:
        ours = f"Ours: {self.user.organisation}" if self.user.organisation else "Mine"
        self.fields["behalf"].choices = [("own", ours), ("behalf", "I am entering it on behalf of someone else")]
        people = [(str(person.pk), person.label) for person in self.suppliers]
        self.fields["supplier"].choices = [("", "Choose one"), *people, (SOMEONE_ELSE, "Someone without a sign-in")]

    def supplier_boxes(self) -> Wrap:
        """What is asked of who enters it for somebody else."""
        return Wrap(
            "govuk-inset-text csp-behalf",
            Field("supplier", context={"label_size": Size.for_label(Size.SMALL)}),
            Field.text("supplier_name", label_size=Size.SMALL),
            Field("route", context={"label_size": Size.for_label(Size.SMALL)}),
            Field("received_on", context={"legend_size": Size.for_legend(Size.SMALL)}),
        )

    def supplied(self) -> dict[str, Any]:
        """Whose it is, how and when it came, as the actions take it; from a form without errors."""
        cleaned = self.cleaned_data
        behalf = cleaned["behalf"] == "behalf"
        person = next((person for person in self.suppliers if str(person.pk) == cleaned.get("supplier")), None)
        return {
            "supplied_by": person if behalf else self.user,
            "supplied_by_name": cleaned["supplier_name"] if behalf and person is None else "",
            "route": cleaned["route"] if behalf else Figure.Route.FORM,
            "received_on": cleaned["received_on"] if behalf else None,
        }

    def clean_supplied(self) -> None:
        cleaned = self.cleaned_data
        if cleaned.get("behalf") == "behalf":
            self._clean_supplier()
        elif cleaned.get("supplier", "") not in ("", self.likely) or (
            cleaned.get("supplier_name", "") not in ("", self.likely_name)
        ):
            self.add_error(
                "behalf", "You chose that the figure is your own, and also said who gave it to you: choose one"
            )
        elif cleaned.get("behalf"):
            for name in ON_BEHALF:  # what stands in a part that does not apply is no fault
                self.errors.pop(name, None)

    def _clean_supplier(self) -> None:
        cleaned = self.cleaned_data
        if not cleaned.get("supplier") and "supplier" not in self.errors:
            if cleaned.get("supplier_name"):
                cleaned["supplier"] = SOMEONE_ELSE
            else:
                self.add_error("supplier", "Choose who gave you the figure")
        if cleaned.get("supplier") == SOMEONE_ELSE and not cleaned.get("supplier_name"):
            if "supplier_name" not in self.errors:
                self.add_error("supplier_name", "Enter the name of who gave you the figure")
        if not cleaned.get("route") and "route" not in self.errors:
            self.add_error("route", "Choose how it reached you")
        if "received_on" in self.errors:
            return
        if not cleaned.get("received_on"):
            self.add_error("received_on", "Enter the day it reached you")
        elif cleaned["received_on"] > self.today:
            self.add_error("received_on", "The day it reached you can’t be in the future")
