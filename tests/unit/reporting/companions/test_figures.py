"""The figures in long form, as a table and as data."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from reporting import companions
from reporting.companions import figures
from reporting.companions.data import SCHEMA, SCHEMA_FILE, data
from reporting.companions.table import csv as table
from reporting.imprint import Imprint
from reporting.snapshots.shape import Snapshot, Value
from tests.factories import snapshots
from tests.unit.reporting.companions import made_up

PUBLIC = Imprint("public", 1)
DESCRIPTION = json.loads(SCHEMA_FILE.read_text())


@pytest.fixture(scope="module")
def public() -> Snapshot:
    return made_up.public()


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def line(content: bytes, key: str, quarter: str) -> dict[str, str]:
    (found,) = [one for one in lines(content) if (one["Indicator key"], one["Quarter"]) == (key, quarter)]
    return found


def one(content: bytes, key: str, quarter: str) -> dict[str, Any]:
    (part,) = [part for part in json.loads(content)["indicators"] if part["key"] == key]
    (found,) = [figure for figure in part["figures"] if figure["quarter"] == quarter]
    return found


class TestNumbers:
    def said(self, value: Value | None) -> tuple[Any, ...]:
        found = figures.numbers(snapshots.sample(small_numbers=made_up.SMALL), value)
        return found.number, found.part, found.base, found.shown

    def test_a_count(self):
        assert self.said(snapshots.value(1234)) == (Decimal(1234), None, None, "1,234")

    def test_a_percentage_is_rounded_half_up_as_it_is_printed_and_keeps_what_it_is_made_of(self):
        assert self.said(snapshots.value((31, 44))) == (Decimal("70.5"), Decimal(31), Decimal(44), "31 of 44, 70.5%")
        assert self.said(snapshots.value((1, 16)))[0] == Decimal("6.3")  # 6.25

    def test_a_stated_percentage_has_no_base(self):
        assert self.said(Value(None, None, Decimal("70.55"))) == (Decimal("70.6"), None, None, "70.6%")

    def test_nobody_had_the_need_is_no_percentage(self):
        assert self.said(snapshots.value((0, 0))) == (None, Decimal(0), Decimal(0), "nobody had the need")

    def test_zero_is_a_number_and_not_known_is_none(self):
        assert self.said(snapshots.value(0)) == (Decimal(0), None, None, "0")
        assert self.said(None) == (None, None, None, "")

    @pytest.mark.parametrize(("hidden", "words"), [("fewer", "fewer than 5"), ("withheld", "not shown")])
    def test_a_hidden_one_has_words_alone(self, hidden, words):
        assert self.said(Value(None, None, None, hidden)) == (None, None, None, words)


class TestRows:
    def test_every_quarter_that_asked_for_a_figure_and_none_after_the_snapshots(self):
        rows = [row for row in figures.rows(snapshots.first_quarter()) if row.part.reference == "A1"]
        assert [str(row.quarter) for row in rows] == ["2017-18 Q1"]

    def test_where_nothing_was_asked_the_quarter_in_hand_still_says_so(self):
        made = snapshots.nothing_asked()
        rows = [row for row in figures.rows(made) if row.is_counted]
        assert {(row.quarter, row.shown) for row in rows} == {(made.quarter, "no return")}

    def test_a_missing_figure_is_said_with_its_reason(self):
        (row,) = [
            row
            for row in figures.rows(snapshots.sample())
            if row.part.reference == "C1" and row.quarter == snapshots.Q4
        ]
        assert (row.state_words, row.numbers.number, row.shown) == ("Missing", None, "missing: Awaiting partner")

    def test_a_restated_figure_tells_what_it_was(self):
        (row,) = [row for row in figures.rows(snapshots.sample()) if row.was]
        assert (row.part.reference, str(row.quarter), row.numbers.shown, row.was) == ("B3", "2017-18 Q2", "743", "771")


class TestTable:
    def test_excel_reads_its_letters_and_numbers_are_plain(self, public):
        content = table(public, PUBLIC)
        assert content.startswith(b"\xef\xbb\xbf")
        found = line(content, "hate-incidents", "2017-18 Q2")
        assert (found["Figure"], found["Unit"], found["State"]) == ("8123", "incidents", "Verified")
        assert (found["Starts"], found["Ends"]) == ("2017-07-01", "2017-09-30")
        assert (found["Published in"], found["Edition"]) == (
            "Quarterly monitoring pack, 2017-18 Q4",
            "Public edition, issue 1",
        )

    def test_a_share_stands_with_what_it_is_made_of(self, public):
        found = line(table(public, PUBLIC), "ete-need-met", "2017-18 Q4")
        assert (found["Figure"], found["Met or part"], found["Need or base"]) == ("61.3", "19", "31")

    def test_a_hidden_figure_stands_in_words_and_no_number_of_it_anywhere(self, public):
        found = line(table(public, PUBLIC), "asb-repeat-callers", "2017-18 Q4")
        assert (found["Figure"], found["Met or part"], found["Need or base"]) == ("fewer than 5", "", "")

    def test_nothing_that_people_wrote_starts_a_formula(self, public):
        first = public.priorities[0].indicators[0]
        evil = replace(first, name="=HYPERLINK(1)", this=replace(first.this, note="@SUM(1)"))
        bad = replace(
            public,
            priorities=(
                replace(public.priorities[0], indicators=(evil,)),
                *public.priorities[1:],
            ),
        )
        found = line(table(bad, PUBLIC), first.slug, "2017-18 Q4")
        assert (found["Indicator"], found["Note"]) == ("'=HYPERLINK(1)", "'@SUM(1)")


class TestData:
    def test_it_is_as_its_description_says(self, public):
        validator = jsonschema.Draft202012Validator(
            DESCRIPTION, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
        )
        validator.check_schema(DESCRIPTION)
        told = json.loads(data(public, PUBLIC))
        assert [error.message for error in validator.iter_errors(told)] == []
        assert told["schema"] == SCHEMA

    @pytest.mark.parametrize("spoiled", [{"value": 3}, {"state": "unverified"}, {"shown": None}, {"more": 1}])
    def test_the_description_refuses_what_it_does_not_allow(self, public, spoiled):
        told = json.loads(data(public, PUBLIC))
        (part,) = [part for part in told["indicators"] if part["key"] == "asb-repeat-callers"]
        part["figures"][-1] |= spoiled
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(told, DESCRIPTION)

    def test_numbers_are_numbers(self, public):
        content = data(public, PUBLIC)
        assert one(content, "hate-incidents", "2017-18-q2")["value"] == 8123
        share = one(content, "ete-need-met", "2017-18-q4")
        assert (share["value"], share["numerator"], share["denominator"]) == (61.3, 19, 31)
        assert b'"value": 61.3,' in content

    def test_a_hidden_figure_has_words_and_no_number(self, public):
        found = one(data(public, PUBLIC), "hate-incidents", "2017-18-q1")
        assert found["shown"] == "fewer than 5"
        assert found["hidden"] == "fewer"
        assert (found["value"], found["numerator"], found["denominator"]) == (None, None, None)

    def test_the_year_that_would_give_it_back_is_not_there_either(self, public):
        (part,) = [part for part in json.loads(data(public, PUBLIC))["indicators"] if part["key"] == "hate-incidents"]
        assert (part["year_to_date"]["value"], part["year_to_date"]["shown"]) == (None, "not shown")

    def test_a_restricted_indicator_is_not_in_it(self, public):
        assert "mappa-level-3" not in {part["key"] for part in json.loads(data(public, PUBLIC))["indicators"]}

    def test_an_addendum_and_a_draft_say_what_they_are(self, public):
        told = json.loads(data(public, Imprint("public", 2, "assessment", draft=3)))
        assert (told["kind"], told["issue"], told["draft"]) == ("assessment", 2, 3)
        assert told["title"].startswith("Annual strategic assessment, 2017-18:")


def test_only_a_public_edition_is_open_data():
    executive = companions.make(snapshots.sample(), Imprint("executive", 1))
    assert [made.form for made in executive] == ["html", "xlsx"]
    public = companions.make(made_up.public(), PUBLIC)
    assert [made.form for made in public] == ["html", "xlsx", "csv", "json"]


def test_a_large_number_keeps_its_digits():
    assert (
        figures.numbers(snapshots.sample(), Value(Decimal("12345678901234"), None, None)).shown == "12,345,678,901,234"
    )
