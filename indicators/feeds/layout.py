"""What a publisher's file looks like, as data: which columns name what is counted and where, and how its months stand. Pure.

As JSON, with a column a month::

    {
      "levels": ["MajorText", "MinorText"],
      "area": "LookUp_BoroughName",
      "months": {"columns": "%Y%m"},
      "also_called": {"LookUp_BoroughName": ["BoroughName"]}
    }

or with a line for each month::

    {
      "levels": ["Offence"],
      "area": "Area code",
      "months": {"column": "Period", "written": "%B %Y", "numbers": "Count"},
      "only": {"Measure": "Offences"},
      "absent_is_zero": true,
      "sheet": "Data"
    }

`levels` name the categories, the widest first. `only` leaves out every line that has something else in that column. Which letters a file is
written in, and what parts its columns, is told by the file (`lib.sheets`).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indicators.feeds import months
from lib.numerals import listed

MOST_LEVELS = 5
KNOWN = ("levels", "area", "months", "also_called", "only", "absent_is_zero", "sheet")
BETWEEN = " > "  # the levels of a category, as people read and type them


class Wrong(ValueError):
    """A layout that says nothing a file could be read by; its text is the sentence why."""


@dataclass(frozen=True)
class Layout:
    """Where in a file what stands. `month_column` and `number_column` are empty where each month has a column of its own."""

    levels: tuple[str, ...]
    area: str
    month: str  # the pattern of a month, in the headings or in the month's column
    month_column: str = ""
    number_column: str = ""
    also_called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: Mapping[str, str] = field(default_factory=dict)
    absent_is_zero: bool = False  # no line for a month means none; otherwise that it isn't known
    sheet: str = ""  # empty: the first that has the headings

    @property
    def is_wide(self) -> bool:
        return not self.month_column

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns that must be there, whatever months the file holds."""
        long = () if self.is_wide else (self.month_column, self.number_column)
        return (*self.levels, self.area, *self.only, *long)

    def names(self, heading: str) -> tuple[str, ...]:
        """What a column is or has been called."""
        return (heading, *self.also_called.get(heading, ()))

    @property
    def like(self) -> str:
        """A month as the file writes it: "201704"."""
        return months.write(dt.date(2017, 4, 1), self.month)

    def in_words(self) -> list[str]:
        """Sentences for whoever wants to know how the file is read."""
        said = [
            f"What is counted stands under {_quoted(self.levels, BETWEEN.strip())}, the area under “{self.area}”.",
            f"Each month has a column, headed like “{self.like}”."
            if self.is_wide
            else f"Each month has a line: the month under “{self.month_column}”, like "
            f"“{self.like}”, its number under “{self.number_column}”.",
        ]
        said += [f"Only lines with “{value}” under “{heading}” count." for heading, value in self.only.items()]
        if self.absent_is_zero:
            said.append("Where a month has no line, there were none.")
        if self.sheet:
            said.append(f"It is the sheet “{self.sheet}”.")
        said += [
            f"“{heading}” has also been called {listed(f'“{name}”' for name in names)}."
            for heading, names in self.also_called.items()
        ]
        return said


def key(text: str) -> str:
    """By which names are compared: without blanks around, single ones inside, large letters like small ones."""
    return " ".join(text.split()).casefold()


def heading_key(text: str) -> str:
    """By which headings are compared: letters and figures alone, so that "Major Text" and "major_text" are "MajorText"."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def category_name(category: Sequence[str]) -> str:
    """ "Burglary > Domestic Burglary"."""
    return BETWEEN.join(category)


def read(data: Any) -> Layout:
    """The layout that JSON holds. Raises Wrong with a sentence."""
    if not isinstance(data, dict):
        raise Wrong("A layout is an object with levels, area and months.")
    if unknown := sorted(str(name) for name in data if name not in KNOWN):
        raise Wrong(f"“{unknown[0]}” is not known in a layout: it has {listed(KNOWN)}.")
    levels = _texts(data.get("levels"), "levels")
    if len(levels) > MOST_LEVELS:
        raise Wrong(f"A category has at most {MOST_LEVELS} levels.")
    pattern, column, numbers = _months(data.get("months"))
    also_called = data.get("also_called", {})
    only = data.get("only", {})
    if not isinstance(also_called, dict) or not isinstance(only, dict):
        raise Wrong("“also_called” and “only” say something for each heading: they are objects.")
    if not isinstance(data.get("absent_is_zero", False), bool):
        raise Wrong("“absent_is_zero” is true or false.")
    if not isinstance(data.get("sheet", ""), str):
        raise Wrong("“sheet” is the name of a sheet.")
    layout = Layout(
        levels=levels,
        area=_text(data.get("area"), "area"),
        month=pattern,
        month_column=column,
        number_column=numbers,
        also_called={heading: _texts(names, "also_called") for heading, names in also_called.items()},
        only={heading: _text(value, "only") for heading, value in only.items()},
        absent_is_zero=data.get("absent_is_zero", False),
        sheet=data.get("sheet", "").strip(),
    )
    _check(layout)
    return layout


def _months(data: Any) -> tuple[str, str, str]:
    """Pattern, month's column and numbers' column; the latter two empty for a column a month."""
    if not isinstance(data, dict):
        raise Wrong("“months” says how months stand in the file: in headings, or in a column.")
    wide, long = set(data) == {"columns"}, set(data) == {"column", "written", "numbers"}
    if not wide and not long:
        raise Wrong("“months” has either “columns”, or “column”, “written” and “numbers”.")
    pattern = _text(data["columns" if wide else "written"], "months")
    if why := months.check_pattern(pattern):
        raise Wrong(why)
    return (pattern, "", "") if wide else (pattern, _text(data["column"], "column"), _text(data["numbers"], "numbers"))


def _check(layout: Layout) -> None:
    if layout.absent_is_zero and layout.is_wide:
        raise Wrong("“absent_is_zero” is about lines: where each month has a column, every line has every month.")
    if strange := [heading for heading in layout.also_called if heading not in layout.headings]:
        raise Wrong(f"“{strange[0]}” is also called something else, but is no column of the layout.")
    called: dict[str, str] = {}
    for heading in layout.headings:
        for name in layout.names(heading):
            if not heading_key(name):
                raise Wrong(f"“{name}” has no letter or figure to be told by.")
            if called.setdefault(heading_key(name), heading) != heading or layout.headings.count(heading) > 1:
                raise Wrong(f"“{name}” stands for two columns.")
            if layout.is_wide and months.parse(name, layout.month):
                raise Wrong(f"“{name}” is a month, so it can’t be the heading of another column.")


def _texts(data: Any, what: str) -> tuple[str, ...]:
    if not isinstance(data, list) or not data:
        raise Wrong(f"“{what}” is a list of at least one name.")
    return tuple(_text(one, what) for one in data)


def _text(data: Any, what: str) -> str:
    if not isinstance(data, str) or not data.strip():
        raise Wrong(f"“{what}” must have a name.")
    return data.strip()


def _quoted(names: tuple[str, ...], between: str) -> str:
    return f" {between} ".join(f"“{name}”" for name in names)
