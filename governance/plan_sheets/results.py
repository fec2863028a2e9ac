"""What comes out of comparing a file with its delivery plan: row by row, in words. Pure."""

from dataclasses import dataclass

from governance.plan_sheets.offers import Place

REFUSED, CHANGED, NEW, SAME = "refused", "changed", "new", "same"
ORDER = (REFUSED, CHANGED, NEW, SAME)  # what wants looking at comes first


@dataclass(frozen=True)
class Line:
    """One cell of a row: what it would do, in words. `field` names what it holds, `what` is the heading that it stands under."""

    kind: str
    field: str
    what: str
    place: Place
    was: str = ""
    now: str = ""
    why: str = ""


@dataclass(frozen=True)
class Result:
    """One row. `lines` are its cells that change something or can't be taken. `versions` are those of the action and update it was compared with."""

    kind: str
    place: Place
    label: str  # "ASB 3 Visit the ten hotspots"; of a new action its title alone
    lines: tuple[Line, ...]
    offer: int | None = None  # which of the reading's
    number: int | None = None  # of the action that is held
    versions: tuple[int, int] = (0, 0)

    @property
    def does_something(self) -> bool:
        return self.kind in (NEW, CHANGED)


@dataclass(frozen=True)
class Comparison:
    """Every row, those that want looking at first. `is_report`: it drafts updates, since the plan is agreed."""

    results: tuple[Result, ...]
    is_report: bool
    refusal: str = ""  # of the file as a whole: the plan takes none now

    def of(self, kind: str) -> tuple[Result, ...]:
        return tuple(one for one in self.results if one.kind == kind)

    @property
    def changing(self) -> tuple[Result, ...]:
        return tuple(one for one in self.results if one.does_something)

    @property
    def may_be_recorded(self) -> bool:
        return bool(self.changing) and not self.refusal and not self.of(REFUSED)
