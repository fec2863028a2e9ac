"""Forms about an application for money until it is decided: the whole of it, what is missing of it, and what is said about it."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from governance.actions.applications import LONGEST
from governance.forms.amounts import AmountField
from governance.forms.drafting import select, words
from governance.funding import applying
from governance.funding.applying import Content, box
from governance.funding.offering import Offered
from governance.models import Body, FundingApplication
from lib.editing import VersionMixin
from lib.govuk import Button, Buttons, DayField, Field, Fieldset, GovukForm, Size, Wrap
from lib.quarters import Year

SMALL = {"label_size": Size.SMALL}
DAY = {"context": {"legend_size": Size.for_legend(Size.SMALL)}}
MONEY = {"input_prefix": "£", "width": 10}  # with the box of an amount
GONE = "This can’t be chosen any more: choose from the list"
ONE_OF = {"stream": "streams", "priority": "priorities", "organisation": "organisations"}
SERVED = ("priority", "actions", "indicators")


class ApplicationForm(GovukForm, VersionMixin):
    """`application` is None for a new one: then it asks whose it is where there is a choice. Nothing but the title is required: it is a draft.

    With `only`, nothing but these boxes is asked; the rest stays as it is.
    """

    body = forms.ChoiceField(label="Who applies?", error_messages={"required": "Choose the body that applies"})
    title = forms.CharField(
        label="Title",
        help_text="Such as “Late-night patrols around the market”",
        max_length=applying.LONGEST["title"],
        error_messages={"required": "Enter a title"},
    )
    purpose = words(
        "What is the money for, and what would change?", applying.LONGEST["purpose"], help_text="Who does what, where, and for whom"
    )  # fmt: skip
    stream = forms.ChoiceField(label="Which stream is asked?", required=False)
    organisation = forms.ChoiceField(label="Which organisation would spend it?", required=False)
    starts_on = DayField(label="First day", what="the day it would start", required=False)
    ends_on = DayField(label="Last day", what="the day it would end", required=False)
    match_amount = AmountField(
        label="How much do others put in?", what="The match funding", required=False, help_text="Leave empty for none"
    )
    match_from = forms.CharField(
        label="Who puts it in?", max_length=applying.LONGEST["match_from"], required=False, help_text="Such as “Market traders’ association”"
    )  # fmt: skip
    priority = forms.ChoiceField(label="Which priority?", required=False)
    actions = forms.MultipleChoiceField(
        label="Which actions would it pay for?", required=False, widget=forms.CheckboxSelectMultiple
    )
    indicators = forms.MultipleChoiceField(
        label="Which indicators should it move?", required=False, widget=forms.CheckboxSelectMultiple
    )
    equalities = words("Who gains, and who might lose?", applying.LONGEST["equalities"])
    exit_plan = words("What happens when the money ends?", applying.LONGEST["exit_plan"])

    submit = "Save the draft"

    def __init__(
        self,
        data: Any = None,
        *,
        offered: Offered,
        bodies: Sequence[Body] = (),
        whose: str = "",
        application: FundingApplication | None = None,
        only: Collection[str] | None = None,
        cancel_url: str,
    ) -> None:
        self.offered, self.application, self.cancel_url = offered, application, cancel_url
        self.bodies = {body.slug: body for body in bodies}
        self.before = applying.content_of(application) if application else Content("")
        super().__init__(data, initial=self._initial(application, whose))
        self._offer()
        for year in offered.years:
            self.fields[box(year)] = AmountField(
                label=str(year), what=f"The amount for {year}", required=False, initial=self.before.years.get(year)
            )
        if application or len(self.bodies) == 1:
            del self.fields["body"]
        else:
            choices = [(slug, one.name) for slug, one in self.bodies.items()]
            self.fields["body"].choices = [("", "Choose a body"), *choices]
        kept = None if only is None else {"version", *only}
        for name in [name for name in self.fields if kept is not None and name not in kept]:
            del self.fields[name]
        self.order_fields(["body", "title", "purpose", "stream", "organisation", "starts_on", "ends_on", *self.amounts])

    def _initial(self, application: FundingApplication | None, whose: str) -> dict[str, Any]:
        said = self.before
        names = ("title", "purpose", "starts_on", "ends_on", "match_amount", "match_from", "equalities", "exit_plan")
        chosen = {name: str(one.pk) if (one := getattr(said, name)) else "" for name in ONE_OF}
        ticked = {name: [str(one.pk) for one in getattr(said, name)] for name in ("actions", "indicators")}
        first = {"version": application.version if application else 0, "body": whose}
        return first | {name: getattr(said, name) for name in names} | chosen | ticked

    def _offer(self) -> None:
        can = self.offered
        empty = {"stream": "No particular one", "priority": "None", "organisation": "Not known yet"}
        for name, plural in ONE_OF.items():
            words_of = {"stream": can.stream_words, "organisation": can.organisation_words}.get(name, {})
            told = [(key, words_of.get(key) or str(one)) for key, one in getattr(can, plural).items()]
            self.fields[name].choices = [("", empty[name]), *told]
        self.fields["actions"].choices = [(key, f"{one}, {one.delivery_plan.year}") for key, one in can.actions.items()]
        self.fields["indicators"].choices = list(can.labels.items())
        for name in ("actions", "indicators"):
            if not getattr(can, name):
                del self.fields[name]
        for name in (*ONE_OF, "actions", "indicators"):
            if name in self.fields:
                self.fields[name].error_messages["invalid_choice"] = GONE

    @property
    def amounts(self) -> list[str]:
        """The names of the years' boxes."""
        return [box(year) for year in self.offered.years]

    # ------------------------------------------------------------ layout

    def layout(self) -> list[Any]:
        sections = {
            "What it is for": [
                self._list("body"),
                self._one("title", Field.text("title", **SMALL)),
                self._text("purpose", 6),
            ],
            "Which money": [self._list("stream"), self._list("organisation")],
            "When, and how much": [
                self._together("csp-dates", Field("starts_on", **DAY), Field("ends_on", **DAY)),
                self._years(),
                self._together("csp-side-by-side", Field("match_amount", context=MONEY), Field.text("match_from")),
            ],
            "What it serves": [
                self._list("priority"),
                *(
                    self._one(name, Wrap("csp-in-two", Field.checkboxes(name, legend_size=Size.SMALL, small=True)))
                    for name in ("actions", "indicators")
                ),
            ],
            "Fairness, and afterwards": [self._text("equalities", 4), self._text("exit_plan", 4)],
        }
        told = {legend: [part for part in parts if part is not None] for legend, parts in sections.items()}
        return [Fieldset(*parts, legend=legend, legend_size=Size.MEDIUM) for legend, parts in told.items() if parts]

    def _one(self, name: str, shown: Any) -> Any:
        return shown if name in self.fields else None

    def _list(self, name: str) -> Any:
        return self._one(name, select(name))

    def _text(self, name: str, rows: int) -> Any:
        return self._one(name, Field.textarea(name, rows=rows, **SMALL))

    def _together(self, css_class: str, *shown: Any) -> Any:
        there = [one for one in shown if one.fields[0] in self.fields]
        return Wrap(css_class, *there) if there else None

    def _years(self) -> Any:
        boxes = [Field(name, context=MONEY) for name in self.amounts if name in self.fields]
        if not boxes:
            return None
        legend = "How much is asked for, by financial year"
        return Fieldset(Wrap("csp-years", *boxes), legend=legend, legend_size=Size.SMALL)

    # ------------------------------------------------------------ what was said

    def clean(self) -> dict[str, Any]:
        """What is wrong with what can be read is told together with what can't be."""
        said = super().clean() or self.cleaned_data
        if self.application and (not self.application.is_draft or said.get("version") != self.application.version):
            return said  # that somebody was quicker is told first, by the action
        for name, sentence in self.wrong(self.content()).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, sentence)
        return said

    def wrong(self, content: Content) -> dict[str, str]:
        """By box."""
        return applying.faults(content)

    @property
    def whose(self) -> Body:
        """The body of a new one, from a form without errors."""
        return self.bodies[self.cleaned_data["body"]] if "body" in self.fields else next(iter(self.bodies.values()))

    def content(self) -> Content:
        """What the actions take, from a form without errors; of others what can be read. What is named already and out of sight stays named."""
        texts = ("title", "purpose", "match_from", "equalities", "exit_plan", "starts_on", "ends_on", "match_amount")
        return Content(
            **{name: self._said(name) for name in texts},
            **{name: self._chosen(name) for name in ONE_OF},
            **{name: self._ticked(name) for name in ("actions", "indicators")},
            years=self._by_year(),
        )

    def _said(self, name: str) -> Any:
        empty = "" if isinstance(getattr(self.before, name), str) else None
        return self.cleaned_data.get(name, empty) if name in self.fields else getattr(self.before, name)

    def _chosen(self, name: str) -> Any:
        if name not in self.fields:
            return getattr(self.before, name)
        return getattr(self.offered, ONE_OF[name]).get(self.cleaned_data.get(name, ""))

    def _ticked(self, name: str) -> list[Any]:
        before = list(getattr(self.before, name))
        if name not in self.fields:
            return before
        can = getattr(self.offered, name)
        return [can[key] for key in self.cleaned_data.get(name, ())] + [one for one in before if str(one.pk) not in can]

    def _by_year(self) -> dict[Year, Decimal]:
        typed = {year: self.cleaned_data.get(box(year)) for year in self.offered.years if box(year) in self.fields}
        there = {year: amount for year, amount in self.before.years.items() if year not in typed}
        return there | {year: amount for year, amount in typed.items() if amount}  # £0 is nothing asked for


class SubmitForm(ApplicationForm):
    """Asks only for what is missing: nothing but the button where all is there."""

    submit = "Submit to the CSP Executive"

    def __init__(self, data: Any = None, *, gaps: Collection[str], offered: Offered, **options: Any) -> None:
        asked = [name for name in gaps if name not in (applying.YEARS, "priority")]
        if applying.YEARS in gaps:
            asked += [box(year) for year in offered.years]
        if "priority" in gaps:
            asked += SERVED
        super().__init__(data, offered=offered, only=asked, **options)

    def wrong(self, content: Content) -> dict[str, str]:
        """And what is still missing: without an amount that can be read, at the first year's box."""
        lacks = applying.gaps(content)
        if nothing := lacks.pop(applying.YEARS, ""):
            unread = any(name in self.errors for name in self.amounts)
            lacks |= {} if unread or not self.amounts else {self.amounts[0]: nothing}
        return lacks | super().wrong(content)


class _ReasonForm(GovukForm, VersionMixin):
    name, asked, required = "because", "", ""

    def __init__(self, data: Any = None, *, application: FundingApplication, cancel_url: str) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, initial={"version": application.version})
        self.fields[self.name] = words(
            self.asked, LONGEST["reason"], required=True, error_messages={"required": self.required}
        )

    def layout(self) -> list[Any]:
        return [Field.textarea(self.name, rows=3, **SMALL)]


class TakeBackForm(_ReasonForm):
    submit = "Take the application back"
    name, asked, required = "reason", "Why is it taken back?", "Say why it is taken back"


class WithdrawForm(_ReasonForm):
    submit = "Withdraw the application"
    asked, required = "Why is it withdrawn?", "Say why it is withdrawn"


class WithdrawDecisionForm(_ReasonForm):
    submit = "Withdraw the decision"
    asked, required = "What is wrong with it?", "Say why it is withdrawn"


class CommentForm(GovukForm, forms.Form):
    submit = "Add the comment"

    text = words(
        "Ask or say something about it",
        LONGEST["comment"],
        required=True,
        help_text="Everybody who sees the application reads it, and it stays",
        error_messages={"required": "Write a comment"},
    )

    def __init__(self, data: Any = None, *, action: str) -> None:
        self.action = action
        super().__init__(data)

    def layout(self) -> list[Any]:
        return [Field.textarea("text", rows=3, **SMALL), Buttons(Button(self.submit, kind="secondary"))]


class InterestForm(GovukForm, forms.Form):
    """One's own, or, `for_others`, what somebody of the CSP Executive declared in a meeting."""

    name = forms.CharField(
        label="Who declared it?",
        max_length=LONGEST["name"],
        error_messages={"required": "Enter who declared the interest"},
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    nature = forms.CharField(
        label="What is the interest?",
        help_text="Such as “Trustee of a charity that would be paid”",
        max_length=LONGEST["nature"],
        error_messages={"required": "Say what the interest is"},
    )
    declared_on = DayField(label="When was it declared?", what="the day it was declared")

    submit = "Declare your interest"

    def __init__(self, data: Any = None, *, for_others: bool, action: str = "", cancel_url: str = "") -> None:
        self.action, self.cancel_url = action, cancel_url
        super().__init__(data)
        if for_others:
            self.submit = "Record the interest"
        else:
            del self.fields["name"], self.fields["declared_on"]

    def layout(self) -> list[Any]:
        shown: list[Any] = [Field.text(name, **SMALL) for name in ("name", "nature") if name in self.fields]
        return [*shown, *([Field("declared_on", **DAY)] if "declared_on" in self.fields else [])]
