"""A funder's return as a workbook: the same that its page says, for whoever has to copy it into the funder's own form."""

from decimal import Decimal

from governance.funding import spending
from governance.funding.funder_return import (
    FunderReturn,
    count_words,
    days_words,
    not_spent_words,
    variance_words,
)
from lib.sheets import Column, ReadMe, Table, workbook
from lib.written import day_year

POUNDS = {"kind": "number", "places": 2, "width": 16}
WORDS = {"width": 48}


def of(told: FunderReturn) -> bytes:
    """An XLSX file in which no text is a formula."""
    return workbook(
        f"{told.project.name}: return for {told.quarter}",
        [_summary(told), _spend(told), _outputs(told), *_progress(told)],
        read_me=_read_me(told),
    )


def _read_me(told: FunderReturn) -> ReadMe:
    sample = ["This holds sample data that was made up to show how this works."] if told.is_sample else []
    return ReadMe(
        (
            f"# {told.project.name}",
            f"Return to {told.project.stream.funder} for {told.quarter} ({told.quarter.months}).",
            *sample,
            f"As it is known on {day_year(told.on)}. Amounts are in pounds and pence and verified by a second person; "
            "what is not known is said in words and is never nothing.",
        )
    )


def _summary(told: FunderReturn) -> Table:
    """Amounts in a column of their own, to be copied as numbers; words where there is none."""
    project, year = told.project, told.quarter.year
    forecast, nothing = told.forecast.amount if told.forecast else None, not_spent_words(told)
    rows: list[tuple[str, Decimal | None, str]] = [
        ("Project", None, project.name),
        ("What it is for", None, project.purpose or "Not said"),
        ("Funder", None, project.stream.funder),
        ("Stream", None, project.stream.name),
        ("Programme", None, project.stream.programme or "Not said"),
        ("Terms", None, project.stream.terms or "Not said"),
        ("Days", None, days_words(project)),
        ("Money for the whole of its life", project.amount, ""),
        _money(f"Money for {year}", told.money_of_the_year, "Not known"),
        _money(f"Spent in {year} until {told.quarter}", told.spent_in_the_year, nothing, told.left_out(year)),
        _money(f"Spent so far, until {told.quarter}", told.line.spent_so_far, nothing, told.left_out()),
        ("Quarters", None, told.how_many or _without_spend(told)),
        _money(f"Forecast for {year}", forecast, "None has been given"),
        ("Difference", told.variance, variance_words(told)),
    ]
    if told.last_report:
        since = f"Changed since the report of {day_year(told.last_report.sent_on)}"
        rows += [(since, None, one.sentence) for one in told.restated] or [(since, None, "Nothing")]
    return Table("Return", (Column("What", width=38), Column("Amount", **POUNDS), Column("Said", width=80)), rows)  # type: ignore[arg-type]


def _money(what: str, amount: Decimal | None, without: str, left_out: str = "") -> tuple[str, Decimal | None, str]:
    return what, amount, left_out if amount is not None else without


def _spend(told: FunderReturn) -> Table:
    columns = (Column("Quarter", width=14), Column("Spent", **POUNDS), Column("Note", **WORDS))  # type: ignore[arg-type]
    rows = [(str(one.quarter), one.amount, one.state or one.note) for one in told.spent]
    return Table("Spend", columns, rows or [("", None, _without_spend(told))])


def _without_spend(told: FunderReturn) -> str:
    return spending.NOBODY if told.project.spend_id is None else f"No spend was asked for until {told.quarter}"


def _outputs(told: FunderReturn) -> Table:
    columns = (
        Column("Output", **WORDS),  # type: ignore[arg-type]
        Column("Promised by the end", kind="number", width=14),
        Column(str(told.quarter), kind="number", width=14),
        Column("So far", kind="number", width=14),
        Column("Counted until", width=14),
        Column("Note", **WORDS),  # type: ignore[arg-type]
    )
    rows = []
    for line in told.outputs:
        this = line.counts.get(told.quarter)
        note = this.said if this else count_words(line, told.quarter)
        rows.append(
            (
                line.output.text,
                line.output.promised,
                this.number if this else None,
                line.so_far,
                str(line.until or ""),
                note,
            )
        )
    return Table("Outputs", columns, rows or [("No output is promised here", None, None, None, "", "")])


def _progress(told: FunderReturn) -> list[Table]:
    """No sheet where nothing is tied to the project: the funder did not ask for that."""
    columns = (Column("About", **WORDS), Column("Said", width=90))  # type: ignore[arg-type]
    rows = []
    for one in told.told:
        if one.words is None:
            rows.append((str(one.action), "No update with words has been agreed"))
            continue
        later = " No change since." if one.update != one.words else ""
        rows.append((str(one.action), f"{one.words.quarter}: {one.words.done}\n{one.words.next}".strip() + later))
    for moved in told.moved:
        restricted = " Restricted: not for the public." if moved.is_restricted else ""
        rows.append((moved.label, f"{moved.sentence}{restricted}"))
    return [Table("Progress", columns, rows)] if rows else []
