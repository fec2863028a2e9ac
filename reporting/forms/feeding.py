"""What is asked for when a key for the figures is made."""

from django import forms

from lib.govuk import GovukForm


class FeedKeyForm(GovukForm, forms.Form):
    label = forms.CharField(
        label="Whose program is it for?",
        help_text="For example “Power BI of the performance team”",
        max_length=80,
        error_messages={
            "required": "Enter whose program the key is for",
            "max_length": "Use at most 80 characters",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    submit = "Make the key"
