"""The box for an amount of money, as it is typed in every form of money."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from indicators.numbers import Unreadable, parse_amount
from lib.numerals import figure


class AmountField(forms.CharField):
    """Pounds and pence: "£12,345.67", "12 345" and "12345.60" are read; "£1.6m" is refused with what to type. Cleans to a Decimal, or None.

    `what` begins its sentences: "The amount for 2017-18". Shown again it has its thousands' commas, and pence only where there are some.
    """

    def __init__(self, *, what: str, like: str = "12,345.67", above_nothing: bool = False, **kwargs: Any) -> None:
        self.what, self.like, self.above_nothing = what, like, above_nothing
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        required = f"Enter {what[:1].lower()}{what[1:]}"
        kwargs.setdefault(
            "error_messages", {"required": required, "max_length": f"{what} is too long: check what you typed"}
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = parse_amount(text, thing=self.what, like=self.like)
        except Unreadable as unreadable:
            raise ValidationError(str(unreadable)) from None
        if self.above_nothing and amount == 0:
            raise ValidationError(f"{self.what} must be more than £0")
        return amount

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        return figure(value, 0 if value == value.to_integral_value() else 2)
