"""Counting the answers of a consultation, counting them again, and publishing what was counted."""

from django import forms

from lib.editing import VersionMixin
from lib.govuk import GovukForm


class AnalyseForm(GovukForm, VersionMixin, forms.Form):
    submit = "Count the answers"


class AnalyseAgainForm(GovukForm, VersionMixin, forms.Form):
    reason = forms.CharField(
        label="Why are they counted again?",
        help_text="The reason stands beside the results, in public too once they are published.",
        max_length=300,
        error_messages={"required": "Say why the results are counted again"},
    )

    submit = "Count the answers again"


class PublishForm(GovukForm, VersionMixin, forms.Form):
    submit = "Publish the results"
