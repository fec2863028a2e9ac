"""Spend in a file: read exactly, refused where it is no amount or not asked for, worded in pounds and pence."""

import datetime as dt
import io
import json
from decimal import Decimal

import openpyxl
import pytest

from indicators import actions
from indicators.models import Figure, Indicator, Return
from indicators.uploads import comparing, doubting, keeping, marking, reading, shown, workbook
from indicators.uploads.offers import Reading
from lib import sheets
from lib.quarters import Quarter
from tests.factories.collecting import UploadFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory, RoundFactory, sent, verified
from tests.unit.indicators.uploads.world import Q3, Q4, World, compared, previewed, read, work

pytestmark = pytest.mark.django_db
HEAD = "Indicator,Quarter,Figure\n"


class Spending(World):
    """The world, and what the Prison Exit Team spends in 2017-18 Q2 to Q4."""

    def __init__(self) -> None:
        super().__init__()
        self.team = IndicatorFactory(
            spend=True,
            slug="spend-prison-exit-team",
            name="Spend: Prison Exit Team",
            owner=self.police,
            asked_from=Quarter.parse("2017-18-q2"),
            asked_until=Q4,
        )
        LeadFactory(indicator=self.team, user=self.farida)


@pytest.fixture
def world() -> Spending:
    return Spending()


def xlsx(*cells: object, heading: str = "Figure", shape: str = "") -> bytes:
    """A workbook with a row of spend for each of these cells, in quarters from Q4 backwards."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Indicator", "Quarter", heading])
    for number, cell in enumerate(cells):
        sheet.append(["Spend: Prison Exit Team", str(Q4.plus(-number)), cell])
        if shape:
            sheet.cell(sheet.max_row, 3).number_format = shape
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def found(world: Spending, content: bytes | str) -> Reading:
    book = sheets.read(content if isinstance(content, bytes) else content.encode(), "figures.xlsx")
    return reading.read(book, by=world.farida)


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (1234.1, "1234.10"),
        (1234.56, "1234.56"),
        (0.1 + 0.2, "0.30"),  # which a spreadsheet keeps as 0.30000000000000004
        (12345, "12345.00"),
        (0, "0.00"),
        ("£1,234.56", "1234.56"),
        ("1 234.5", "1234.50"),
        (999999999.99, "999999999.99"),
    ],
)
def test_an_amount_is_read_exactly(world, cell, amount):
    (offer,) = found(world, xlsx(cell)).offers
    assert str(offer.numerator) == amount
    assert offer.is_amount
    assert (offer.denominator, offer.stated_percentage) == (None, None)


@pytest.mark.parametrize(
    ("cell", "shape", "amount"),
    [
        (1234.5, '"£"#,##0', "1234.50"),  # shown as £1,235, and kept to the penny
        (1234.5, "[$£-809]#,##0.00", "1234.50"),
        (0, '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-', "0.00"),  # shown as a dash
    ],
)
def test_how_it_is_shown_changes_nothing(world, cell, shape, amount):
    (offer,) = found(world, xlsx(cell, shape=shape)).offers
    assert str(offer.numerator) == amount


PLACES = "The amount spent must have at most two figures after the point: pounds and pence, like 12,345.67."


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (12.345, PLACES),
        (1234.5001, PLACES),
        ("12.345", PLACES),
        (-3, "The amount spent can’t be less than 0."),
        ("-£3", "The amount spent can’t be less than 0."),
        ("£1.6m", "The amount spent must be written out in full: type 1,600,000."),
        ("1.6 million", "The amount spent must be written out in full: type 1,600,000."),
        (
            "about 500",
            "The amount spent must be an exact amount in pounds and pence, like 12,345.67: “about 500” can’t be read.",
        ),
        (10**9, "The amount spent must be less than £1,000,000,000: check what you typed."),
        (
            dt.date(2018, 3, 1),
            "The amount spent must be an amount in pounds and pence; the cell holds a date, 2018-03-01.",
        ),
        (True, "The amount spent must be an amount in pounds and pence, like 12,345.67."),
    ],
)
def test_what_is_no_amount_is_refused(world, cell, why):
    told = found(world, xlsx(cell))
    assert told.offers == ()
    assert [refusal.why for refusal in told.refusals] == [why]
    assert told.refusals[0].label == "Spend: Prison Exit Team, 2017-18 Q4"


def test_per_cent_is_no_amount(world):
    (refusal,) = found(world, xlsx(0.125, shape="0.0%")).refusals
    assert refusal.why == "The amount spent must be an amount in pounds and pence, like 12,345.67."
    (refusal,) = found(world, xlsx(12, heading="Percentage")).refusals
    assert refusal.why == "This is an amount of money: give it in the column “Figure”."


def test_it_has_nothing_that_it_is_out_of(world):
    text = "Indicator,Quarter,Figure,Out of\nSpend: Prison Exit Team,2017-18 Q4,5,9\n"
    (refusal,) = read(text, world.sam).refusals
    assert refusal.why == "This is an amount of money: it has no number that it is out of."


def test_months_of_it_are_added_up_to_the_penny(world):
    world.asked(world.team)
    text = "Indicator,Month,Figure\n" + "".join(
        f"Spend: Prison Exit Team,{month} 2018,{amount}\n"
        for month, amount in (("Jan", "0.10"), ("Feb", "0.20"), ("Mar", '"1,000.05"'))
    )
    (line,) = compared(text, world.farida).lines
    assert (line.kind, line.now) == ("new", "£1,000.35")
    assert shown.Told(line).months == "January £0.10, February £0.20, March £1,000.05"


def test_the_preview_words_it_in_pounds_and_remarks_on_slips(world):
    verified(world.asked(world.team, Q3), "12345.60")
    sent(world.asked(world.team), "100.00", supplied_by=world.farida)
    comparison = compared(f"{HEAD}Spend: Prison Exit Team,2017-18 Q4,£123456\n", world.farida)
    (line,) = doubting.questioned(comparison).lines
    assert (line.kind, line.was, line.now) == ("changed", "£100.00, not yet verified", "£123,456.00")
    assert line.why == "Replaces £100.00 from Farida Begum, which is not yet verified."
    assert line.worth == "Ten times last quarter’s £12,345.60"


@pytest.mark.parametrize(
    ("quarter", "sentence"),
    [
        ("2017-18 Q1", "No spend is taken for 2017-18 Q1: that of Prison Exit Team is asked for from 2017-18 Q2 on."),
        (
            "2018-19 Q1",
            "No spend is taken for 2018-19 Q1: that of Prison Exit Team was asked for until 2017-18 Q4. "
            "If something is still to come, restate the figure of 2017-18 Q4.",
        ),
    ],
)
@pytest.mark.parametrize("is_opened", [True, False])
def test_outside_its_quarters_the_preview_says_so(world, quarter, sentence, is_opened):
    if is_opened:
        RoundFactory(quarter=Quarter.parse(quarter))
    for by in (world.farida, world.sam):
        (line,) = compared(f"{HEAD}Spend: Prison Exit Team,{quarter},5\n", by).lines
        assert line.kind == comparing.REFUSED
        assert line.why.startswith(sentence)


def test_also_where_a_return_is_left_from_when_it_was_asked_for(world):
    world.asked(world.team)
    Indicator.objects.filter(pk=world.team.pk).update(asked_until=Q3)
    (line,) = compared(f"{HEAD}Spend: Prison Exit Team,2017-18 Q4,5\n", world.farida).lines
    assert (line.kind, line.why[:35]) == (comparing.REFUSED, "No spend is taken for 2017-18 Q4: t")


def test_recorded_and_taken_back(world):
    return_ = world.asked(world.team)
    upload = previewed(f'{HEAD}Spend: Prison Exit Team,2017-18 Q4,"1,234.56"\n', world.farida)
    (offer,) = keeping.from_json(upload.preview).reading.offers
    assert offer.is_amount
    actions.record_upload(upload, fingerprint=upload.fingerprint, by=world.farida)
    upload = work(upload)
    figure = Figure.objects.get(for_return=return_)
    assert (figure.numerator, figure.is_amount) == (Decimal("1234.5600"), True)
    actions.undo_upload(upload, reason="The wrong file.", by=world.farida)
    assert Return.objects.get(pk=return_.pk).status == "due"


def test_the_marked_copy_says_at_the_cell_what_is_wrong(world, monkeypatch):
    world.asked(world.team)
    content = xlsx(12.345)
    told = found(world, content)
    comparison = comparing.compare(told, by=world.farida, on=dt.date(2018, 4, 20))
    upload = UploadFactory(
        uploaded_by=world.farida, preview=keeping.to_json(told, comparison), file_name="figures.xlsx"
    )
    monkeypatch.setattr(marking.working, "content", lambda upload: content)
    book = openpyxl.load_workbook(io.BytesIO(marking.marked(upload, world.farida)))
    comments = [cell.comment.text for row in book.worksheets[0].iter_rows() for cell in row if cell.comment]
    assert comments == [PLACES]


def test_what_an_earlier_release_kept_is_read(world):
    """Its rows say nothing of amounts."""
    world.asked(world.reports)
    upload = previewed("Reference,Quarter,Figure\nB2,2017-18 Q4,5\n", world.farida)
    kept = json.loads(upload.preview)
    assert len(kept["offers"][0]) == 17
    assert not keeping.from_json(upload.preview).reading.offers[0].is_amount


def test_two_projects_of_one_name_are_told_apart_by_the_key_of_the_workbook(world):
    other = IndicatorFactory(spend=True, slug="spend-prison-exit-team-2", name="Spend: Prison Exit Team")
    text = "Key,Version,Indicator,Quarter,Figure\n{},1,Spend: Prison Exit Team,2017-18 Q4,5\n"
    for indicator in (world.team, other):
        (offer,) = read(text.format(f"{indicator.slug} 2017-18-q4"), world.sam).offers
        assert offer.indicator_id == indicator.pk
    (refusal,) = read(f"{HEAD}Spend: Prison Exit Team,2017-18 Q4,5\n", world.sam).refusals
    assert refusal.why == "“Spend: Prison Exit Team” names more than one indicator: give its reference."
    by_slug = f"{HEAD}spend-prison-exit-team-2,2017-18 Q4,5\n"
    assert read(by_slug, world.sam).offers[0].indicator_id == other.pk


def test_the_quarters_workbook_carries_it_in_pounds_and_changes_nothing_as_it_is(world):
    sent(world.asked(world.team), "4200.5", supplied_by=world.farida)
    other = IndicatorFactory(spend=True, name="Spend: Gateway Service", owner=world.police)
    world.asked(other)
    world.asked(world.reports)
    content = workbook.of(Return.objects.giveable_by(world.farida, Q4.end), Q4)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Figures"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    rows = {sheet.cell(at, heads["Indicator"]).value: at for at in range(2, sheet.max_row + 1)}
    amounts = {name: sheet.cell(at, heads["Figure"]) for name, at in rows.items()}
    assert list(rows)[-2:] == ["Spend: Gateway Service", "Spend: Prison Exit Team"]
    assert amounts["Spend: Prison Exit Team"].value == 4200.5
    assert amounts["Spend: Gateway Service"].value is None
    assert {amounts[name].number_format for name in list(rows)[-2:]} == {'"£"#,##0.00'}
    assert sheet.cell(rows["Spend: Gateway Service"], heads["What is asked"]).value == "How much was spent?"
    assert [line.kind for line in compared(content, world.farida).lines] == [comparing.SAME]
    amounts["Spend: Gateway Service"].value = 1234.1
    changed = io.BytesIO()
    book.save(changed)
    new = compared(changed.getvalue(), world.farida).of(comparing.NEW)
    assert [(line.label, line.now) for line in new] == [("Spend: Gateway Service, 2017-18 Q4", "£1,234.10")]
