"""Whatever is uploaded gives a preview or a sentence, never an error page, and leaves everything else as it was."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AuditEvent
from indicators.models import Commentary, Figure, Return, Round, Upload
from indicators.uploads import keeping, reading
from indicators.uploads.comparing import compare
from lib import sheets
from tests.factories.indicators import sent, verified
from tests.unit.indicators.uploads.world import Q3, TODAY, World
from tests.unit.lib.sheets.corpus import CORPUS

# Slow, and PostgreSQL refuses texts that SQLite takes.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]
MANY = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def world() -> World:
    made = World()
    made.asked(made.reports)
    sent(made.asked(made.needs), 31, 44)
    verified(made.asked(made.arrests), 7)
    verified(made.asked(made.arrests, Q3), 8)
    return made


def everything() -> list[object]:
    """All that an upload could spoil."""
    rows = [list(model.objects.order_by("pk").values()) for model in (Round, Return, Commentary, Figure)]
    return [*rows, AuditEvent.objects.exclude(kind__startswith="upload_").count()]


def read_and_compare(content: bytes, world) -> None:
    """The whole way to a preview, as the job goes it; the only thing that may be raised is a sentence."""
    try:
        found = reading.read(sheets.read(content, "figures.csv"), by=world.sam)
    except sheets.Unusable as unusable:
        assert str(unusable).strip()
        return
    comparison = compare(found, by=world.sam, on=TODAY)
    text = keeping.to_json(found, comparison)
    kept = keeping.from_json(text)
    assert keeping.to_json(kept.reading, kept.comparison) == text
    assert all(line.why for line in comparison.of("refused"))
    assert "\0" not in text


@given(content=st.binary(max_size=400))
@MANY
def test_any_bytes(world, content):
    read_and_compare(content, world)


HEADINGS = [
    "Reference",
    "Indicator",
    "Quarter",
    "Month",
    "Year",
    "Figure",
    "Out of",
    "Percentage",
    "Source",
    "Taken on",
    "Provisional",
]
HEADINGS += [
    "No figure because",
    "Note",
    "Expected on",
    "Key",
    "Version",
    "Officer",
    "2017-18 Q4",
    "Jan 2018",
    "Q1",
    "2017-18",
    "",
]
CELLS = [
    "B2",
    "D1",
    "D2",
    "C1",
    "Domestic abuse reports",
    "2017-18 Q4",
    "2017-18 Q3",
    "2018-19 Q1",
    "Q4",
    "2017-18",
    "Jan 2018",
    "201802",
    "01/03/2018",
]
CELLS += [
    "1389",
    "1,389",
    "0",
    "7",
    "31",
    "44",
    "12.5%",
    "<5",
    "n/a",
    "-",
    "..",
    "",
    "1e400",
    "-3",
    "٣",
    "1389*",
    "Provisional",
    "maybe",
    "Source lag",
]
CELLS += [
    "25/04/2018",
    "04/25/2018",
    "domestic-abuse-reports 2017-18-q4",
    "1",
    "999999999999",
    "=1+1",
    "'=1",
    "\u202e",
    "é" * 301,
]
TEXT = st.one_of(st.sampled_from(CELLS), st.text(max_size=12))


@given(
    headings=st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=9),
    rows=st.lists(st.lists(TEXT, max_size=9), max_size=6),
)
@MANY
def test_any_sheet_of_likely_cells(world, headings, rows):
    read_and_compare(sheets.csv_of([headings, *rows]), world)


NUMBER = st.decimals(allow_nan=False, allow_infinity=False, places=6)
ODD = st.builds(
    sheets.Cell,
    st.text(max_size=12).map(str.strip),
    st.sampled_from(["empty", "text", "number", "date", "formula", "error", "boolean"]),
    st.one_of(st.none(), NUMBER),
    st.one_of(st.none(), st.dates()),
    st.sampled_from(["", "=SUM(A1:A2)"]),
)


@given(rows=st.lists(st.tuples(st.sampled_from(["B2", "C1", "D2"]), ODD, ODD, ODD, ODD), min_size=1, max_size=4))
@MANY
def test_any_kinds_of_cells_of_a_workbook(world, rows):
    heads = tuple(sheets.Cell(text) for text in ("Reference", "Quarter", "Figure", "Out of", "Taken on"))
    cells = tuple((sheets.Cell(name), *others) for name, *others in rows)
    book = sheets.Book("xlsx", (sheets.Sheet("Any", False, (heads, *cells)),))
    found = reading.read(book, by=world.sam)
    keeping.to_json(found, compare(found, by=world.sam, on=TODAY))


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_every_mangled_file_posted_to_the_page(world, client, name, django_capture_on_commit_callbacks, caplog):
    client.force_login(world.sam)
    before = everything()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            "/uploads/add/", {"file": SimpleUploadedFile("figures.xlsx", CORPUS[name]()), "behalf": "own"}
        )
    if response.status_code == 200:  # empty, or too large
        assert "There is a problem" in response.content.decode()
        assert not Upload.objects.exists()
    else:
        page = client.get(response.url)
        assert page.status_code == 200
        upload = Upload.objects.get()
        assert upload.is_previewed or (upload.is_failed and upload.failure)
        assert "Something went wrong" not in upload.failure
    assert everything() == before
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
