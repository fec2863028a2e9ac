"""The quarter's workbook: a row for each return that somebody may give, with what is held, what is asked and its neighbours beside it.

Uploaded as it is, it changes nothing.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from indicators import wording
from indicators.models import Definition, Figure, Return
from indicators.placing import Places, in_year
from indicators.uploads.cells import REASON_NAMES
from indicators.work import latest_figures
from lib.quarters import Quarter
from lib.sheets import Choices, Column, Pounds, ReadMe, Table
from lib.sheets import workbook as made

FIGURES, DEFINITIONS = "Figures", "Definitions"
KINDS = ("Final", "Provisional")


def latest(returns: QuerySet[Return]) -> Quarter | None:
    """The latest quarter among these whose round is open; else the latest of all."""
    newest = returns.order_by("-round__quarter")
    open_first = newest.filter(round__closed_at__isnull=True)
    found: Quarter | None = (open_first or newest).values_list("round__quarter", flat=True).first()
    return found


def of(returns: QuerySet[Return], quarter: Quarter) -> bytes:
    """An XLSX of these returns, all of that quarter. The number of queries does not grow with them."""
    places = in_year(quarter.year)
    rows = sorted(returns.select_related("indicator", "round"), key=lambda return_: places.order(return_.indicator))
    figures, before = latest_figures(rows), _neighbours(rows, quarter)
    definitions = _definitions(rows, quarter)
    entries = [_row(return_, places, figures.get(return_.pk), before, definitions) for return_ in rows]
    tables = [Table(FIGURES, _columns(quarter), entries, frozen_columns=4), _explained(rows, places, definitions)]
    return made(
        f"Figures for {quarter}",
        tables,
        read_me=_read_me(quarter, has_spend=any(return_.indicator.is_spend for return_ in rows)),
    )


def _columns(quarter: Quarter) -> tuple[Column, ...]:
    reasons = Choices(REASON_NAMES, "Choose one of the reasons from the list, or leave it empty.")
    return (
        Column("Key", is_locked=True, is_hidden=True),
        Column("Version", "number", is_locked=True, is_hidden=True),
        Column("Reference", is_locked=True, width=11),
        Column("Indicator", is_locked=True, width=44),
        Column("Quarter", is_locked=True, width=13),
        Column("State", is_locked=True, width=16),
        Column("What is asked", is_locked=True, width=40),
        Column("Last quarter", is_locked=True, width=18, note=f"The verified figure of {quarter.previous}"),
        Column("Same quarter last year", is_locked=True, width=18, note=f"The verified figure of {quarter.year_ago}"),
        Column("Out of", "number", note="For a share only: how many there were in all, or had the need"),
        Column("Figure", "number", width=14, note="The count; of a share how many of them; of spend pounds and pence"),
        Column("Percentage", "percent", note="Only where the two numbers of a percentage are not known"),
        Column(
            "Final or provisional",
            width=13,
            choices=Choices(KINDS, "Choose Final or Provisional."),
            note="Left empty, the figure is final",
        ),
        Column("Source", width=32, note="The system or report, so that anyone could find it again"),
        Column("Taken on", "date", width=13, note="The day it was taken from there, such as 25/04/2018"),
        Column("No figure because", width=20, choices=reasons, note="Only where there is no figure"),
        Column("Note", width=32, note="Only where there is no figure: what readers should know"),
        Column("Expected on", "date", width=13, note="Only where there is no figure: when you expect it"),
    )


def _row(
    return_: Return,
    places: Places,
    figure: Figure | None,
    before: dict[tuple[int, Quarter], Figure],
    definitions: dict[int, Definition],
) -> list[object]:
    indicator, quarter = return_.indicator, return_.round.quarter
    is_missing = return_.status == Return.Status.MISSING
    held = None if is_missing else figure
    definition = definitions.get(indicator.pk)
    asked = f"{indicator.question_of_base} {indicator.question}" if indicator.is_share else indicator.question
    given = held and held.numerator
    return [
        f"{indicator.slug} {quarter.slug}",
        return_.version,
        places.reference(indicator),
        indicator.name,
        str(quarter),
        wording.state(return_, timezone.localdate()),
        asked,
        wording.value(before.get((indicator.pk, quarter.previous))),
        wording.value(before.get((indicator.pk, quarter.year_ago))),
        held and held.denominator,
        Pounds(given) if indicator.is_amount else given,
        held and held.stated_percentage,
        held and KINDS[held.is_provisional],
        held.source if held else definition.source if definition else "",
        held and held.extracted_on,
        return_.get_missing_reason_display(),
        return_.missing_note,
        return_.expected_on,
    ]


def _neighbours(returns: Iterable[Return], quarter: Quarter) -> dict[tuple[int, Quarter], Figure]:
    quarters = (quarter.previous, quarter.year_ago)
    earlier = Figure.objects.verified().filter(
        for_return__indicator__in=[return_.indicator_id for return_ in returns],
        for_return__round__quarter__in=quarters,
    )
    found = earlier.latest_each().select_related("for_return__round")
    return {(figure.for_return.indicator_id, figure.for_return.round.quarter): figure for figure in found}


def _definitions(returns: Iterable[Return], quarter: Quarter) -> dict[int, Definition]:
    """Those that hold in the quarter, by indicator."""
    pks = [return_.indicator_id for return_ in returns]
    holding = Definition.objects.filter(indicator__in=pks, starts__lte=quarter).order_by("starts", "pk")
    return {definition.indicator_id: definition for definition in holding}


def _explained(returns: Iterable[Return], places: Places, definitions: dict[int, Definition]) -> Table:
    columns = (
        Column("Reference", is_locked=True, width=11),
        Column("Indicator", is_locked=True, width=44),
        Column("What is counted", is_locked=True, width=48),
        Column("Where it is from", is_locked=True, width=32),
        Column("What it can’t tell", is_locked=True, width=48),
    )
    rows = []
    for return_ in returns:
        indicator = return_.indicator
        said = definitions.get(indicator.pk)
        words = (said.text, said.source, said.known_limits) if said else ("", "", "")
        rows.append([places.reference(indicator), indicator.name, *words])
    return Table(DEFINITIONS, columns, rows, frozen_columns=2)


def _read_me(quarter: Quarter, *, has_spend: bool) -> ReadMe:
    spend = ["Of spend, give pounds and pence in the column “Figure”."] if has_spend else []
    return ReadMe(
        (
            f"# Figures for {quarter}, {quarter.months}",
            "Fill in the sheet “Figures” where the cells are open, save it, and upload it. You see what would change before anything is recorded.",
            "A count has a figure. A share has two numbers: out of how many, and how many of them. Only where these are not known it has a percentage.",
            *spend,
            "Give exact numbers, small ones too: they are hidden in public reports, not here.",
            "An empty row changes nothing. Where there is no figure, choose why in the column “No figure because”.",
            "What is grey can’t be changed. The sheet “Definitions” says what is counted.",
        )
    )
