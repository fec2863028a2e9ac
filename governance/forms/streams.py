"""Forms of a stream: what it is, and its amounts by year."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from governance.actions.streams import LONGEST, MOST_YEARS, TAKEN, Content, OfYear
from governance.forms.amounts import AmountField
from governance.forms.lifecycle import line, words
from governance.funding import sums
from governance.models import Allocation, FundingStream
from lib.editing import VersionMixin
from lib.govuk import DayField, Field, Fieldset, GovukForm, Include, Size, Wrap
from lib.quarters import Year
from lib.written import pounds

NEW = "new"  # the part of a box's name where that of a team has its number
BOX = re.compile(r"amount_(\d{1,2}|new)_(\d{4}-\d{2})", re.ASCII)
POUNDS = {"input_prefix": "£", "width": 10}
MONEY = {"context": {"label_size": Size.for_label(Size.SMALL), **POUNDS}}
SMALL = {"context": {"label_size": Size.for_label(Size.SMALL)}}
TEXTS = ("name", "funder", "programme", "terms", "note")


class StreamForm(GovukForm, VersionMixin):
    """A stream, and for one that is there a row of boxes for each year of the whole and of every team.

    A form that is sent has the boxes that its sender saw: what others added meanwhile is neither shown nor taken away.
    """

    name = line(
        "What is it called?",
        LONGEST["name"],
        required="Enter the name of the stream",
        hint="For example, Violence Fund",
    )
    funder = line("Who gives the money?", LONGEST["funder"], required="Enter who gives the money")
    programme = line("Programme", LONGEST["programme"], hint="The fund that it comes from, where that has a name")
    terms = words("On which terms?", hint="For example, nothing is carried forward into a later year")
    amount = AmountField(
        label="How much is it in all? (optional)",
        help_text="In pounds, like 250,000. Leave it empty where only the years’ amounts are known, or none",
        what="The amount",
        like="250,000",
        required=False,
        above_nothing=True,
    )
    starts_on = DayField(
        label="First day (optional)", help_text="For example, 1 4 2018", what="the first day", required=False
    )
    ends_on = DayField(
        label="Last day (optional)", help_text="For example, 31 3 2020", what="the last day", required=False
    )
    note = words("Note", hint="What is printed and does not fit, or is not certain")

    def __init__(
        self,
        data: Any = None,
        *,
        stream: FundingStream | None = None,
        allocations: Sequence[Allocation] = (),
        years: Sequence[Year] = (),
        cancel_url: str,
    ) -> None:
        self.stream, self.cancel_url = stream, cancel_url
        self.submit = "Save the stream" if stream else "Add the stream"
        held = {(row.year, row.team): row for row in allocations}
        self.teams = dict(enumerate(["", *sorted({team for _, team in held if team})]))
        self.years = list(years)
        if data is not None and stream:
            self._as_seen(data)
        super().__init__(data, initial=_said(stream) if stream else {"version": 0})
        for number, team in self.teams.items():
            if team:
                self.fields[f"team_{number}"] = forms.CharField(
                    initial=team, widget=forms.HiddenInput, required=False, max_length=LONGEST["team"]
                )
            for year in self.years:
                self._add_boxes(str(number), year, team, held.get((year, team)))
        if self.years:
            self.fields[f"team_{NEW}"] = line("Which team?", LONGEST["team"])
            for year in self.years:
                self._add_boxes(NEW, year, "another team", None)
        self.order_fields([name for name in self.fields if name != "note"])  # as they stand, for the summary of errors

    def _as_seen(self, data: Any) -> None:
        """The years and teams whose boxes were sent."""
        found = [match for name in data if (match := BOX.fullmatch(name))]
        years = {year for match in found if (year := _year(match[2]))}
        self.years = sorted(years)[:MOST_YEARS]
        numbers = sorted({int(match[1]) for match in found if match[1] != NEW})
        self.teams = {0: ""} | {
            number: team for number in numbers if (team := " ".join(data.get(f"team_{number}", "").split()))
        }

    def _add_boxes(self, key: str, year: Year, team: str, row: Allocation | None) -> None:
        whose = f"{year} of {team}" if team else str(year)
        self.fields[f"amount_{key}_{year}"] = AmountField(
            label=str(year),
            what=f"The amount for {whose}",
            like="250,000",
            required=False,
            initial=row.amount if row else None,
        )
        self.fields[f"note_{key}_{year}"] = forms.CharField(
            label=f"Note on {year}",
            max_length=LONGEST["note"],
            required=False,
            initial=row.note if row else "",
            widget=forms.Textarea,
        )

    def layout(self) -> list[Any]:
        legend = {"context": {"legend_size": Size.for_legend(Size.SMALL)}}
        parts = [
            *(Field.text(name, label_size=Size.SMALL) for name in ("name", "funder", "programme")),
            Field.textarea("terms", label_size=Size.SMALL, rows=2),
            Field("amount", **MONEY),
            Wrap("csp-stream-days", Field("starts_on", **legend), Field("ends_on", **legend)),
        ]
        if self.years:
            whose = {str(number): team or "The whole stream" for number, team in self.teams.items()}
            parts += [Include("governance/_stream_years.html"), *map(self._set_of, whose, whose.values())]
            parts.append(self._set_of(NEW, f"A part for {'another' if len(self.teams) > 1 else 'a'} team (optional)"))
        return [*parts, Field.textarea("note", label_size=Size.SMALL, rows=4)]

    def _set_of(self, key: str, legend: str) -> Fieldset:
        rows = [
            Wrap(
                "csp-stream-year",
                Field(f"amount_{key}_{year}", context=POUNDS),
                Field.textarea(f"note_{key}_{year}", rows=2),
            )
            for year in self.years
        ]
        named = [Field.text(f"team_{NEW}")] if key == NEW else []
        return Fieldset(*named, *rows, legend=legend, legend_size=Size.SMALL)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        typed = [year for year in self.years if cleaned.get(f"amount_{NEW}_{year}") is not None]
        team = cleaned.get(f"team_{NEW}", "")
        if typed and not team and not self.errors.get(f"team_{NEW}"):
            self.add_error(f"team_{NEW}", "Enter the name of the team that the amounts are for")
        if team and not typed and not any(name.startswith(f"amount_{NEW}_") for name in self.errors):
            self.add_error(f"amount_{NEW}_{self.years[0]}", f"Enter an amount for {team}, or take its name out")
        if team.casefold() in {known.casefold() for known in self.teams.values() if known}:
            self.add_error(f"team_{NEW}", f"{team} is there already. Use its own boxes above")
        for key in [*map(str, self.teams), NEW]:
            for year in self.years:
                self._refuse_lonely_note(cleaned, key, year)
        if self.errors:
            self._refuse_what_can_be_read(cleaned)
        return cleaned

    def _refuse_what_can_be_read(self, cleaned: dict[str, Any]) -> None:
        """What the action would refuse once the boxes are mended, said at once, so that nobody mends one thing after the other."""
        first, last, amount = (cleaned.get(name) for name in ("starts_on", "ends_on", "amount"))
        if first and last and last < first:
            self.add_error("ends_on", "The last day must be on or after the first day")
        given = sums.add(cleaned.get(f"amount_0_{year}") for year in self.years).known
        if amount is not None and given > amount:
            self.add_error("amount", f"The years come to {pounds(given)}, {pounds(given - amount)} more than this")
        others = FundingStream.objects.exclude(pk=self.stream.pk if self.stream else None)
        if others.filter(name__iexact=" ".join(cleaned.get("name", "").split())).exists():
            self.add_error("name", TAKEN)

    def _refuse_lonely_note(self, cleaned: dict[str, Any], key: str, year: Year) -> None:
        """A note belongs to an amount. Whoever empties the box of an amount takes its note out with it."""
        amount, note = f"amount_{key}_{year}", f"note_{key}_{year}"
        was = str(self.fields[note].initial or "").replace("\r\n", "\n").strip()
        said = str(cleaned.get(note) or "").replace("\r\n", "\n").strip()
        if said and said != was and cleaned.get(amount) is None and amount not in self.errors:
            self.add_error(amount, f"Enter the amount for {year}, or write the note under “Note” below")

    def content(self) -> Content:
        """What the actions take, from a form without errors."""
        said = self.cleaned_data
        return Content(
            **{name: said[name] for name in TEXTS},
            **{name: said[name] for name in ("amount", "starts_on", "ends_on")},
        )

    def of_years(self) -> list[OfYear]:
        said = self.cleaned_data
        whose = {str(number): team for number, team in self.teams.items()}
        if team := said.get(f"team_{NEW}"):
            whose[NEW] = team
        return [
            OfYear(year, _amount(said[f"amount_{key}_{year}"]), team, said[f"note_{key}_{year}"])
            for key, team in whose.items()
            for year in self.years
        ]


def _amount(cleaned: Any) -> Decimal | None:
    return cleaned if isinstance(cleaned, Decimal) else None


def _year(text: str) -> Year | None:
    try:
        return Year.parse(text)
    except ValueError:
        return None


def _said(stream: FundingStream) -> dict[str, Any]:
    return {name: getattr(stream, name) for name in (*TEXTS, "amount", "starts_on", "ends_on", "version")}
