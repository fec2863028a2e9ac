"""Whatever stands in a file: it is read or refused with a sentence, and every offer is the sum of three cells that say so."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.feeds import layout, reading
from indicators.feeds.layout import Wrong
from lib.sheets import Book, Cell, Sheet, Unusable
from tests.unit.indicators.feeds.files import ALL, LONG, VIOLENCE, WIDE, YEAR, series

MONTHS = [*YEAR, "201704", "2017O4", "20174", "April 2017", "Total", ""]
NUMBERS = ["0", "7", "1,229", "12.0", "<5", "", "n/a", "-1", "=1+1"]
numbers = st.one_of(st.none(), st.decimals(allow_nan=True, allow_infinity=True), st.integers(-5, 10**10).map(Decimal))
cells = st.builds(
    Cell,
    st.one_of(st.sampled_from([*MONTHS, *NUMBERS, *VIOLENCE, "Tower Hamlets", "Offences"]), st.text(max_size=8)),
    st.sampled_from(["text", "empty", "number", "date", "formula", "error", "boolean"]),
    numbers,
    st.one_of(st.none(), st.dates()),
    st.sampled_from(["", "=A1"]),
)
HEADS = (
    (WIDE, ["Group", "Offence", "Borough", *YEAR[:6]]),
    (LONG, ["Crime type", "Area code", "Measure", "Period", "Count"]),
)


@st.composite
def books(draw, head: list[str]) -> Book:
    """Mostly like the layout, with anything in its cells, and every row as long as the longest."""
    top = [draw(st.one_of(st.just(Cell(text)), cells)) for text in head]
    rows = draw(st.lists(st.lists(cells, min_size=len(top), max_size=len(top)), max_size=5))
    if draw(st.booleans()):
        named = [Cell(text) for text in (*VIOLENCE, "Tower Hamlets")]
        rows.append([*named, *draw(st.lists(cells, min_size=len(top) - 3, max_size=len(top) - 3))])
    above = draw(st.lists(st.just([Cell("", "empty")] * len(top)), max_size=2))
    return Book("xlsx", (Sheet("Data", draw(st.booleans()), tuple(map(tuple, [*above, top, *rows]))),))


@given(st.data())
def test_any_cells_are_read_or_refused(data):
    laid_out, head = data.draw(st.sampled_from(HEADS))
    category = VIOLENCE if laid_out is WIDE else ("With Injury",)
    try:
        found = reading.read(data.draw(books(head)), laid_out, [series(category)], ALL)
    except Unusable as unusable:
        assert str(unusable).endswith((".", "?"))
        return
    for refusal in found.refusals:
        assert refusal.why.endswith(".") and refusal.label
    for offer in found.offers:
        assert offer.quarter in ALL
        assert len(offer.months) == 3 and offer.numerator == sum(number for _, number in offer.months)
        assert all(number >= 0 and number == int(number) for _, number in offer.months)
    assert len({offer.quarter for offer in found.offers}) == len(found.offers)


anything = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.sampled_from(["%Y%m", "levels", "area"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([*layout.KNOWN, "columns", "column", "written", "numbers"]), inner, max_size=4),
    ),
)
likely = st.fixed_dictionaries(
    {"levels": st.one_of(st.just(["Group"]), anything), "area": st.one_of(st.just("Area"), anything)},
    optional={
        "months": st.one_of(
            st.fixed_dictionaries({"columns": st.one_of(st.just("%Y%m"), st.text(max_size=6))}), anything
        ),
        "also_called": anything,
        "only": anything,
    },
)


@given(st.one_of(anything, likely))
def test_any_json_is_a_layout_or_refused_with_a_sentence(data):
    try:
        assert layout.read(data).in_words()
    except Wrong as wrong:
        assert str(wrong).endswith(".")
