"""Whatever is sent gives cells or a sentence."""

import logging
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.sheets import Book, Unusable, read
from tests.unit.lib.sheets.corpus import READ, REFUSED
from tests.unit.lib.sheets.made import parts, raw, raw_zip, styles_xml, xlsx, zipped

CELLS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Indicator</t></is></c><c r="B1" s="1"><v>0.125</v></c><c r="C1" s="2"><v>43215</v></c></row>'
    '<row r="3"><c r="A3"><f>SUM(B1:C1)</f><v>7</v></c><c r="D3" t="b"><v>1</v></c><c r="E3" t="e"><v>#REF!</v></c></row>'
)
VALID = zipped(parts(CELLS, styles=styles_xml("0.0%", "dd/mm/yyyy")))
PLAIN = raw_zip(
    raw(parts(CELLS, styles=styles_xml("0.0%", "dd/mm/yyyy"))), method=0
)  # nothing is squeezed, so a change reaches the XML


def sentence(content: bytes) -> str:
    with pytest.raises(Unusable) as refused:
        read(content, "figures.xlsx")
    return str(refused.value)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(name, caplog):
    maker, words = REFUSED[name]
    content = maker()
    started = time.process_time()
    said = sentence(content)
    assert words in said
    assert said[0].isupper() and said.endswith(".")
    assert time.process_time() - started < 20
    assert caplog.records == []  # each of them is foreseen: none was caught by the last net


@pytest.mark.parametrize("name", READ)
def test_what_is_odd_can_be_read(name, caplog):
    assert read(READ[name](), "figures.csv").sheets
    assert caplog.records == []


@pytest.mark.parametrize("name", [name for name in READ if name not in ("formulas", "prose")])
def test_no_text_holds_what_a_database_refuses(name):
    for sheet in read(READ[name](), "x").sheets:
        for row in sheet.rows:
            for cell in row:
                assert "\0" not in cell.text
                cell.text.encode()


def never_another_exception(content: bytes, caplog) -> None:
    """Not even one that the last net turns into a sentence and writes to the log."""
    caplog.clear()
    try:
        assert isinstance(read(content, "figures"), Book)
    except Unusable as refused:
        assert str(refused)
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


anything = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@anything
@given(st.binary(max_size=2000))
def test_any_bytes(caplog, content):
    never_another_exception(content, caplog)


@anything
@given(st.binary(max_size=2000))
def test_any_bytes_that_start_like_a_zip(caplog, content):
    never_another_exception(b"PK\x03\x04" + content, caplog)


@anything
@given(
    st.text(alphabet=st.sampled_from("a1,;\t|\"'\r\n =-é\ufeff\0"), max_size=200),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_any_text(caplog, text, encoding):
    never_another_exception(text.encode(encoding, "ignore"), caplog)


@anything
@given(
    st.sampled_from([VALID, PLAIN]),
    st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=4)), min_size=1, max_size=4),
)
def test_a_workbook_with_bytes_changed(caplog, content, changes):
    for at, new in changes:
        at %= len(content)
        content = content[:at] + new + content[at + len(new) :]
    never_another_exception(content, caplog)


@anything
@given(st.integers(0, 5000), st.integers(0, 400))
def test_a_workbook_with_a_piece_missing(caplog, at, length):
    at %= len(VALID)
    never_another_exception(VALID[:at] + VALID[at + length :], caplog)


XML = st.text(alphabet=st.sampled_from("<>/c vrfts=\"'AZ19&;!-e.%"), max_size=40)


@anything
@given(XML, st.sampled_from(sorted(parts(styles="", strings=""))), st.integers(0, 2000))
def test_a_workbook_with_any_xml_put_into_a_part(caplog, text, name, at):
    files = parts(CELLS, styles=styles_xml("0.0%"), strings="<sst/>")
    whole = str(files[name])
    at %= len(whole)
    never_another_exception(zipped({**files, name: whole[:at] + text + whole[at:]}), caplog)


@anything
@given(
    st.text(alphabet=st.sampled_from('0#?.,%;"\\[]$-_*@ymdhsEe+/ AMPGeneral£<>='), max_size=30),
    st.one_of(st.decimals(allow_nan=False, allow_infinity=False).map(str), st.floats(allow_nan=False).map(repr)),
)
def test_any_number_under_any_format(caplog, code, number):
    safe = code.replace("&", "").replace("<", "&lt;").replace('"', "&quot;")
    never_another_exception(xlsx(f'<row><c s="1"><v>{number}</v></c></row>', styles=styles_xml(safe)), caplog)
