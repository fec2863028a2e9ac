"""Forms of what stands beside the streams: growth and savings, and people who are paid for."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import Organisation
from governance.actions import budget_changes
from governance.actions import posts as paid_for  # a field of the form is called posts
from governance.forms.amounts import AmountField
from governance.forms.lifecycle import line, words
from governance.models import Body, BudgetChange, FundedPosts, FundingStream
from indicators.numbers import Unreadable, parse_count
from lib.editing import VersionMixin
from lib.govuk import Choice, DayField, Field, GovukForm, Size, Wrap
from lib.quarters import Year
from priorities.models import Priority

SMALL = {"context": {"label_size": Size.for_label(Size.SMALL)}}
MONEY = {"context": {"label_size": Size.for_label(Size.SMALL), "input_prefix": "£", "width": 10}}
LEGEND = {"context": {"legend_size": Size.for_legend(Size.SMALL)}}


class _Beside(GovukForm, VersionMixin):
    """Rows are chosen by their keys, among those that are offered; `chosen` gives the row."""

    def offer(self, name: str, rows: Sequence[Any], none: str) -> None:
        self.offered: dict[str, dict[str, Any]] = getattr(self, "offered", {})
        self.offered[name] = {str(row.pk): row for row in rows}
        choices = [("", none), *((key, str(row)) for key, row in self.offered[name].items())]
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def chosen(self, name: str) -> Any:
        return self.offered[name].get(self.cleaned_data[name])


def _choice(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=f"{label} (optional)", required=False)


class BudgetChangeForm(_Beside):
    kind = forms.ChoiceField(
        label="Is it growth or a saving?",
        choices=[
            Choice(BudgetChange.Kind.GROWTH, "Growth", hint="Money that was added"),
            Choice(BudgetChange.Kind.SAVING, "Saving", hint="Money that was taken away"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose growth or saving"},
    )
    year = line(
        "In which financial year?", 9, hint="For example, 2018-19", required="Enter the financial year, like 2018-19"
    )
    what_for = line("What is it?", budget_changes.LONGEST["what_for"], required="Say what it is")
    amount = AmountField(
        label="How much is it?",
        help_text="In pounds, like 150,000, for a saving too",
        what="The amount",
        like="150,000",
        above_nothing=True,
    )
    stream = _choice("Which stream takes account of it?")
    priority = _choice("Which priority is it about?")
    note = words("Note")

    def __init__(
        self,
        data: Any = None,
        *,
        change: BudgetChange | None = None,
        streams: Sequence[FundingStream],
        priorities: Sequence[Priority],
        cancel_url: str,
    ) -> None:
        self.cancel_url = cancel_url
        self.submit = "Save this line" if change else "Add this line"
        super().__init__(data, initial=_of_change(change) if change else {"version": 0})
        self.offer("stream", streams, "None")
        self.offer("priority", priorities, "None")

    def layout(self) -> list[Any]:
        return [
            Field.radios("kind", legend_size=Size.SMALL, small=True),
            Field.text("year", label_size=Size.SMALL, field_width=5),
            Field.text("what_for", label_size=Size.SMALL),
            Field("amount", **MONEY),
            Field("stream", **SMALL),
            Field("priority", **SMALL),
            Field.textarea("note", label_size=Size.SMALL, rows=3),
        ]

    def clean_year(self) -> Year:
        typed = self.cleaned_data["year"].strip().replace("/", "-")
        try:
            return Year.parse(typed)
        except ValueError:
            raise forms.ValidationError("Enter the financial year like 2018-19") from None

    def content(self) -> budget_changes.Content:
        said = self.cleaned_data
        return budget_changes.Content(
            **{name: said[name] for name in ("kind", "year", "what_for", "amount", "note")},
            stream=self.chosen("stream"),
            priority=self.chosen("priority"),
        )


class PostsForm(_Beside):
    name = line(
        "What is the group called?",
        paid_for.LONGEST["name"],
        required="Enter what the group is called",
        hint="For example, Neighbourhood team",
    )
    number = line("How many are they?", 6, required="Enter how many they are")
    posts = line(
        "Who are they?",
        paid_for.LONGEST["posts"],
        required="Say who they are, such as police officers",
        hint="In the plural, such as police officers",
    )
    what_for = line("What are they for?", paid_for.LONGEST["what_for"])
    stream = _choice("Which stream pays them?")
    body = _choice("Which body directs them?")
    organisation = _choice("Which organisation are they with?")
    priority = _choice("Which priority do they serve?")
    starts_on = DayField(
        label="First day (optional)", help_text="For example, 1 4 2018", what="the first day", required=False
    )
    ends_on = DayField(
        label="Last day (optional)", help_text="For example, 31 3 2021", what="the last day", required=False
    )
    note = words("Note")

    def __init__(
        self,
        data: Any = None,
        *,
        group: FundedPosts | None = None,
        streams: Sequence[FundingStream],
        bodies: Sequence[Body],
        organisations: Sequence[Organisation],
        priorities: Sequence[Priority],
        cancel_url: str,
    ) -> None:
        self.cancel_url = cancel_url
        self.submit = "Save these posts" if group else "Add these posts"
        super().__init__(data, initial=_of_posts(group) if group else {"version": 0, "posts": "police officers"})
        self.offer("stream", streams, "Not known")
        self.offer("body", bodies, "None")
        self.offer("organisation", organisations, "None")
        self.offer("priority", priorities, "None")

    def layout(self) -> list[Any]:
        return [
            Field.text("name", label_size=Size.SMALL),
            Wrap(
                "csp-stream-days",
                Field.text("number", label_size=Size.SMALL, field_width=4),
                Field.text("posts", label_size=Size.SMALL, field_width=20),
            ),
            Field.text("what_for", label_size=Size.SMALL),
            *(Field(name, **SMALL) for name in ("stream", "body", "organisation", "priority")),
            Wrap("csp-stream-days", Field("starts_on", **LEGEND), Field("ends_on", **LEGEND)),
            Field.textarea("note", label_size=Size.SMALL, rows=3),
        ]

    def clean_number(self) -> int:
        try:
            return int(parse_count(self.cleaned_data["number"], thing="The number", like="6", exact="Type how many"))
        except Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from None

    def content(self) -> paid_for.Content:
        said = self.cleaned_data
        same = ("name", "number", "posts", "what_for", "starts_on", "ends_on", "note")
        chosen = ("stream", "body", "organisation", "priority")
        return paid_for.Content(**{name: said[name] for name in same}, **{name: self.chosen(name) for name in chosen})


def _of_change(change: BudgetChange) -> dict[str, Any]:
    said = {name: getattr(change, name) for name in ("kind", "what_for", "amount", "note", "version")}
    return said | {"year": str(change.year), "stream": change.stream_id or "", "priority": change.priority_id or ""}


def _of_posts(group: FundedPosts) -> dict[str, Any]:
    names = ("name", "number", "posts", "what_for", "starts_on", "ends_on", "note", "version")
    chosen = ("stream", "body", "organisation", "priority")
    return {name: getattr(group, name) for name in names} | {
        name: getattr(group, f"{name}_id") or "" for name in chosen
    }
