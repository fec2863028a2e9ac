"""The quarter's workbook: what it holds for whom, and that it changes nothing when it is uploaded as it was downloaded."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from indicators import actions
from indicators.models import Indicator, Return, Round
from tests.factories.accounts import UserFactory
from tests.factories.indicators import DefinitionFactory, sent, verified
from tests.unit.indicators.uploads.world import Q3, Q4, World, previewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def farida(world, client):
    client.force_login(world.farida)
    return client


def words(response) -> str:
    return " ".join(response.content.decode().split())


def workbook(client, quarter="2017-18-q4"):
    response = client.get(f"/returns/workbook.xlsx?quarter={quarter}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="figures-{quarter}.xlsx"'
    return response.content


def table(content) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Figures"]
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def full(world) -> None:
    """A return in every state, with what a figure may hold."""
    DefinitionFactory(indicator=world.reports, source="CRIS")
    world.asked(world.reports)
    sent(world.asked(world.needs), 31, 44, is_provisional=True, source="=HYPERLINK(1)", extracted_on=Q4.end)
    verified(world.asked(world.arrests), 7)
    actions.say_missing(
        world.asked(world.satisfied),
        reason="source_lag",
        note="Late at source.",
        expected_on=timezone.localdate(),
        version=1,
        by=world.sam,
    )
    back = world.asked(world.arrests, Q3)
    sent(back, 9)
    actions.send_back(
        Return.objects.get(pk=back.pk), comment="Look.", due_again_on=timezone.localdate(), version=1, by=world.sam
    )


def test_the_workbook_says_what_is_held_and_asked(world, farida):
    full(world)
    rows = {row["Reference"]: row for row in table(workbook(farida))}
    assert sorted(rows) == ["B2", "C1", "D1", "D2"]
    assert rows["B2"] == {
        "Key": "domestic-abuse-reports 2017-18-q4",
        "Version": 1,
        "Reference": "B2",
        "Indicator": "Number of reports of domestic abuse",
        "Quarter": "2017-18 Q4",
        "State": "Overdue",
        "What is asked": "How many reports?",
        "Last quarter": None,
        "Same quarter last year": None,
        "Out of": None,
        "Figure": None,
        "Percentage": None,
        "Final or provisional": None,
        "Source": "CRIS",
        "Taken on": None,
        "No figure because": None,
        "Note": None,
        "Expected on": None,
    }
    assert (rows["D2"]["Out of"], rows["D2"]["Figure"], rows["D2"]["Final or provisional"]) == (44, 31, "Provisional")
    assert (rows["C1"]["Figure"], rows["C1"]["No figure because"], rows["C1"]["Note"]) == (
        None,
        "Source lag",
        "Late at source.",
    )


@pytest.mark.parametrize("quarter", ["2017-18-q4", "2017-18-q3"])
def test_the_workbook_uploaded_as_it_is_changes_nothing(world, farida, quarter):
    full(world)
    upload = previewed(workbook(farida, quarter), world.farida)
    page = words(farida.get(upload.get_absolute_url()))
    assert "This file would change nothing." in page
    assert "refused" not in page
    assert "was left out" not in page
    assert "were left out" not in page


def test_a_stated_percentage_goes_round(world, farida):
    return_ = world.asked(world.satisfied)
    actions.submit(
        return_,
        version=1,
        stated_percentage=Decimal("67.1234"),
        supplied_by=world.farida,
        by=world.farida,
    )
    assert "1 the same." in words(farida.get(previewed(workbook(farida), world.farida).get_absolute_url()))


def test_one_cell_filled_in_is_one_change(world, farida):
    full(world)
    book = openpyxl.load_workbook(io.BytesIO(workbook(farida)))
    sheet = book["Figures"]
    headings = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[headings.index("Reference")].value == "B2":
            row[headings.index("Figure")].value = 1389
    filled = io.BytesIO()
    book.save(filled)
    assert "<strong>1 new, 3 the same.</strong>" in words(
        farida.get(previewed(filled.getvalue(), world.farida).get_absolute_url())
    )


def test_the_workbook_holds_what_one_may_give_and_no_more(world, client):
    world.asked(world.reports), world.asked(world.arrests)
    Indicator.objects.filter(pk=world.arrests.pk).update(is_restricted=True)
    colleague = UserFactory(organisation=world.police, roles=["data_lead"])
    for person, references in ((world.farida, ["B2", "D1"]), (world.sam, ["B2", "D1"]), (colleague, ["B2"])):
        client.force_login(person)
        content = workbook(client)
        assert [row["Reference"] for row in table(content)] == references


def test_without_a_quarter_the_latest_open_one(world, farida):
    world.asked(world.reports, Q3), world.asked(world.reports)
    Round.objects.filter(quarter=Q4).update(closed_at=timezone.now(), closed_by=world.sam)
    assert 'filename="figures-2017-18-q3.xlsx"' in farida.get("/returns/workbook.xlsx")["Content-Disposition"]


@pytest.mark.parametrize("quarter", ["2016-17-q1", "never"])
def test_a_workbook_of_nothing(world, farida, quarter):
    assert farida.get(f"/returns/workbook.xlsx?quarter={quarter}").status_code == 404


def test_the_workbooks_queries_do_not_grow(world, farida, django_assert_max_num_queries):
    full(world)
    farida.get("/returns/workbook.xlsx?quarter=2017-18-q4")
    with django_assert_max_num_queries(16):
        workbook(farida)
