"""A snapshot's text: the same bytes for the same content, for as long as packs are kept."""

import dataclasses
import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.quarters import Quarter
from reporting.snapshots import canonical, from_json, sha256, to_json
from reporting.snapshots.governed import OutcomePart
from reporting.snapshots.shape import (
    Cell,
    CommitmentPart,
    ConsultedPart,
    ForecastPart,
    IndicatorPart,
    PersonPart,
    PriorityPart,
    Restatement,
    SmallNumbers,
    Snapshot,
    StretchPart,
    TargetPart,
    ToDate,
    ToDecidePart,
    TrendPart,
    UsualPart,
    Value,
    VerdictPart,
    Words,
)
from tests.factories import golden_funding, golden_governance

# Each written once, when its schema landed, and never again: text like this is in the packs that are kept.
FIRST, SECOND, THIRD, FOURTH, FIFTH, GOLDEN = (
    Path(__file__).parents[2] / "golden" / f"snapshot-schema-{number}.json" for number in (1, 2, 3, 4, 5, 6)
)
Q4 = Quarter.parse("2017-18-q4")
MOMENT = dt.datetime(2018, 5, 14, 10, 31, 7, 250000, tzinfo=ZoneInfo("Europe/London"))


def cell(quarter: Quarter, number: str | None, **fields: object) -> Cell:
    value = None if number is None else Value(Decimal(number), None, None)
    state = "awaited" if number is None else "verified"
    defaults = {"is_provisional": False, "was": None, "reason": "", "note": "", "expected_on": None}
    return Cell(**{"quarter": quarter, "state": state, "value": value, **defaults, **fields})


def golden() -> Snapshot:
    """One indicator with a restated share, one that nothing is known of; a plan's words with an apostrophe and an accent."""
    share = Value(Decimal("31.0000"), Decimal("44"), Decimal(3100) / 44)
    was = Value(None, None, Decimal("70.50"))
    nothing = ToDate("sum", None, None, False, (Q4.previous, Q4))
    known = IndicatorPart(
        slug="victim-satisfaction",
        reference="C1",
        name="Increased Victim Satisfaction levels with Victim Support Service",
        short_name="Victim satisfaction",
        family="performance",
        frequency="quarterly",
        measure="percentage",
        polarity="higher",
        polarity_words="Good is higher",
        unit="satisfied victims",
        unit_of_base="victims who answered",
        owner="Victim Support",
        data_leads=("Maud Penhale", "René O’Hara"),
        is_restricted=True,
        has_small_numbers=True,
        definition="Victims who said they were satisfied.",
        source="Survey",
        method="Counted by hand.",
        known_limits="Who did not answer.",
        areas="",
        target=TargetPart(
            "points",
            "Tolerance in percentage points",
            "year_to_date",
            Decimal("75.50"),
            None,
            Decimal(3),
            (),
            None,
            True,
            "CSP Executive, 25 May 2017",
        ),
        verdict=VerdictPart(
            "red",
            "Red: 70.5% for the year to date is more than 3 percentage points below the target of 75.5%; good is higher.",
        ),
        last_verdict=VerdictPart("data_only", "Data only: no target is set."),
        short=TrendPart("better", "up", "+3.1 points", "up 3.1 percentage points", ""),
        long=TrendPart("not_comparable", "", "", "", "2016-17 Q4 is missing"),
        is_worsening=True,
        forecast=ForecastPart(Decimal("70.25"), "If", VerdictPart("amber", "Amber: so.")),
        usual=UsualPart("worsening", "70.5% is below.", True, False, "may", "It may."),
        series=(cell(Q4.year_ago, "0"),),
        stretches=(StretchPart(Q4.year_ago, Q4, Decimal(70), None, Decimal("81.2345"), True),),
        breaks=((Q4.previous, "Another survey"),),
        notes=((dt.date(2017, 6, 1), "Late Night Levy began"),),
        quarter_targets=((Q4, Decimal("75.5")),),
        this=cell(Q4, None, state="verified", value=share, was=was, is_provisional=True),
        last=cell(Q4.previous, "629.0000"),
        year_ago=cell(Q4.year_ago, "0"),
        history=(cell(Q4.year_ago, "0"), cell(Q4.previous, "629"), cell(Q4, "1234567890.1234")),
        year_to_date=ToDate("pooled", share, None, True, ()),
        last_year_to_date=ToDate("pooled", was, Q4.year_ago.previous, False, (Q4.year_ago,)),
        last_year=nothing,
        baselines=(("2015-16", Decimal("16320"), "The plan, page 9"),),
        words=Words(
            "incomplete",
            "It rose.",
            "A new line.\nOpen late.",
            "Keep it.",
            "Head of service",
            dt.date(2018, 9, 30),
            ("who",),
            "Maud Penhale, Manager",
            dt.date(2018, 5, 2),
            None,
            "",
        ),
    )
    unknown = dataclasses.replace(
        known,
        slug="cohesion",
        reference="",
        data_leads=(),
        is_restricted=False,
        this=cell(Q4, None, state="missing", reason="Source lag", note="Due in June", expected_on=dt.date(2018, 6, 30)),
        year_to_date=nothing,
        baselines=(),
        target=None,
        forecast=ForecastPart(None, "The year has ended", None),
        series=(),
        stretches=(StretchPart(Q4, Q4, None, None, None, True),),
        breaks=(),
        notes=(),
        quarter_targets=(),
        words=Words(
            "owed", "", "", "", "", None, ("what_happened",), "", None, dt.date(2018, 5, 4), "Maud Penhale, Manager"
        ),
    )
    then = Restatement("C1", "Victim satisfaction", "victim-satisfaction", Q4, was, share, "correction", "A typing error", dt.date(2018, 5, 8), "Maud Penhale", None, None, True)  # fmt: skip
    revised = {"kind": "revision", "why": "The source was refreshed", "materiality": Decimal("2.50")}
    return Snapshot(
        schema=6,
        partnership="Tower Hamlets Community Safety Partnership",
        plan="Community Safety Partnership Plan 2017-21",
        plan_slug="2017-21",
        quarter=Q4,
        as_at=MOMENT,
        is_sample=True,
        round_exists=True,
        executive_meets_on=dt.date(2018, 5, 24),
        due_on=None,
        last_closed_on=dt.date(2018, 2, 8),
        priorities=(
            PriorityPart(
                letter="C",
                title="Hate Crime, Community Cohesion and Extremism",
                short_title="Hate crime",
                why="",
                indicators=(known,),
                context=(dataclasses.replace(unknown, words=None),),
                commitments=(
                    CommitmentPart("", "Hold 20 sessions", 20, "sessions", "c-commitment-1", "Prevent Board", "at_risk", "Late bookings", Q4, 13, ()),
                    CommitmentPart("Prevent", "Train", None, "", "c-commitment-2", "", "late", "", None, None, ("PREV 1", "PREV 3")),
                ),
                outcomes=(
                    OutcomePart("c-outcome-1", "People feel safer.", "survey", "Annual Residents Survey", "Nearer than a year ago", "2017-18", "61% against 58%"),
                    OutcomePart("c-outcome-2", "Nobody is turned away.", "", "", "", "", ""),
                ),
            ),
            PriorityPart("D", "Reoffending", "Reoffending", "Because.", (unknown,), (), (), ()),
        ),
        governance=golden_governance.governance(),
        funding=golden_funding.funding(),
        edition="public",
        small_numbers=SmallNumbers(5, True, 0),
        people=(PersonPart("Maud Penhale", "Manager"),),
        to_decide=(ToDecidePart("Agree the targets of 2018-19", "Agenda item 3", "", "Head of Community Safety"),),
        consulted=(
            ConsultedPart("crime-2017", "What comes first?", dt.date(2017, 10, 2), dt.date(2017, 11, 24), dt.date(2018, 3, 1), 312, ("Drug dealing came first.",), True),
            ConsultedPart("no-count", "Lighting", dt.date(2017, 10, 2), dt.date(2017, 11, 24), dt.date(2018, 3, 1), None, (), False),
        ),
        restatements=(
            then,
            dataclasses.replace(then, **revised, quarter=Quarter.parse("2014-15-q2"), changes_rating=True),
            dataclasses.replace(then, **revised, quarter=Q4.previous, changes_rating=False, is_listed=False),
        ),
    )  # fmt: skip


def test_golden_file_of_schema_6_is_written_as_ever():
    assert to_json(golden()) == GOLDEN.read_text(encoding="utf-8")


def test_golden_file_of_schema_6_is_read_as_ever():
    assert from_json(GOLDEN.read_text(encoding="utf-8")) == golden()


@pytest.mark.parametrize(
    ("file", "checksum"),
    [
        (FIRST, "7172099f2ee0290f79fe148155b99327d63d89a914bc426b7a9eff1919452633"),
        (SECOND, "499bf18ba2b7578b7fa420dbeaebd4f2375bccbe5ca8d3aa08f780a3584e2687"),
        (THIRD, "29c1c127371c098c2a2a7ed5444ab74a027532afda74ef958f7f0f9082c7f8e5"),
        (FOURTH, "09e10655dfeac637fe23cc6eb54dd83c0b4302fa6fd28397a123b1d79d780fcd"),
        (FIFTH, "4b035761b45d314d9a4553f59e12b22ab193af54181126da4a10dfa7a95d149f"),
        (GOLDEN, "c30f116ca152afb53a78322bf0cf42f7f46c6e6237e67fa395d3fd35a6806067"),
    ],
)
def test_golden_files_have_known_bytes(file, checksum):
    assert sha256(file.read_text(encoding="utf-8")) == checksum


def as_in_5(snapshot: Snapshot) -> Snapshot:
    """What schema 5 held of it: an executive edition, of which nobody's name and no consultation was kept."""
    then = {"edition": "executive", "small_numbers": None, "people": (), "to_decide": (), "consulted": ()}
    return dataclasses.replace(snapshot, **then)


def as_then(snapshot: Snapshot) -> Snapshot:
    """What schema 3 and those before it held of it: nothing of governance, and of commitments what the plan says."""
    not_then = {"key": "", "lead": "", "state": "", "said": "", "said_in": None, "reached": None, "actions": ()}
    priorities = tuple(
        dataclasses.replace(
            one,
            commitments=tuple(dataclasses.replace(each, **not_then) for each in one.commitments),
            outcomes=(),
        )
        for one in snapshot.priorities
    )
    return dataclasses.replace(as_in_5(snapshot), governance=None, funding=None, priorities=priorities)


def test_a_snapshot_of_schema_5_was_an_executive_edition_that_hid_nothing():
    read = from_json(FIFTH.read_text(encoding="utf-8"))
    assert read == as_in_5(golden())
    assert read.restatements[0].was.hidden == ""
    assert from_json(to_json(read)) == read


def test_a_snapshot_of_schema_4_held_nothing_of_money():
    read = from_json(FOURTH.read_text(encoding="utf-8"))
    assert read == dataclasses.replace(as_in_5(golden()), funding=None)
    assert from_json(to_json(read)) == read


def test_a_snapshot_of_schema_3_held_nothing_of_governance():
    read = from_json(THIRD.read_text(encoding="utf-8"))
    assert read == as_then(golden())
    assert from_json(to_json(read)) == read


def test_a_snapshot_of_schema_2_listed_every_restatement_of_which_it_told():
    read, present = from_json(SECOND.read_text(encoding="utf-8")), golden()
    (restated,) = read.restatements
    assert (restated.materiality, restated.changes_rating, restated.is_listed) == (None, None, True)
    assert read == dataclasses.replace(as_then(present), restatements=present.restatements[:1])
    assert from_json(to_json(read)) == read


def test_a_snapshot_of_schema_1_is_read_with_what_it_held_and_without_what_it_did_not():
    read, present = from_json(FIRST.read_text(encoding="utf-8")), golden()
    assert (read.schema, read.quarter, read.as_at) == (6, Q4, MOMENT)
    assert read.restatements == present.restatements[:1]
    known, there = read.priorities[0].indicators[0], present.priorities[0].indicators[0]
    same = (
        "slug",
        "this",
        "last",
        "year_ago",
        "history",
        "year_to_date",
        "last_year_to_date",
        "baselines",
        "definition",
    )
    assert {name: getattr(known, name) for name in same} == {name: getattr(there, name) for name in same}
    assert known.words.state == "sent" and known.words.why == "A new line.\nOpen late."
    assert known.verdict == VerdictPart("data_only", "Packs of that time did not work this out.")
    assert (known.target, known.last_verdict, known.series, known.forecast.number) == (None, None, (), None)
    unknown = read.priorities[1].indicators[0]
    assert unknown.verdict.code == "missing"
    assert unknown.words.state == "owed"
    assert from_json(to_json(read)) == read


@pytest.mark.parametrize(
    ("file", "broken"),
    [(FIRST, {"priorities": [1]}), (FIRST, {"priorities": [{"indicators": [{}]}]}), (FIRST, {"priorities": 3}), (SECOND, {"restatements": [1]}), (SECOND, {"restatements": 3}), (THIRD, {"priorities": [1]}), (THIRD, {"priorities": [{}]})],
)  # fmt: skip
def test_a_snapshot_of_an_older_schema_that_is_damaged_is_unreadable(file, broken):
    plain = json.loads(file.read_text(encoding="utf-8")) | broken
    with pytest.raises(canonical.Unreadable):
        from_json(json.dumps(plain))


def test_text_is_compact_sorted_and_ends_with_one_newline():
    text = to_json(golden())
    plain = json.loads(text)
    assert list(plain) == sorted(plain)
    assert text == json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n"
    assert "René O’Hara" in text  # not escaped


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("629.0000", "629"),
        ("70.50", "70.5"),
        ("0.0000", "0"),
        ("-0", "0"),
        ("1E+3", "1000"),
        ("100", "100"),
        ("0.0001", "0.0001"),
        ("12345678901234.5678", "12345678901234.5678"),
    ],
)
def test_numbers_are_text_without_trailing_zeros(number, expected):
    assert canonical._plain(Decimal(number)) == expected


@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_what_is_no_number_is_refused(number):
    with pytest.raises(TypeError):
        canonical._plain(Decimal(number))


def test_floats_are_refused():
    with pytest.raises(TypeError, match="float"):
        canonical._plain(70.5)


def test_the_same_moment_is_the_same_text():
    assert canonical._plain(MOMENT) == canonical._plain(MOMENT.astimezone(dt.UTC)) == "2018-05-14T09:31:07.250000+00:00"


numbers = st.none() | st.decimals(min_value=0, max_value=10**14, places=4)
values = st.none() | st.builds(Value, numbers, numbers, numbers)
quarters = st.builds(Quarter, st.integers(2000, 2100), st.integers(1, 4))
cells = st.builds(
    Cell, quarters, st.sampled_from(["verified", "missing"]), values, st.booleans(), values, st.text(), st.text(), st.none() | st.dates()
)  # fmt: skip


@given(st.lists(cells, max_size=4), values, st.text(), st.datetimes(timezones=st.just(dt.UTC)))
def test_text_gives_the_same_snapshot_and_the_same_text_back(history, value, note, moment):
    base = golden()
    part = dataclasses.replace(
        base.priorities[0].indicators[0],
        history=tuple(history),
        definition=note,
        last_year=ToDate("latest", value, None, False, ()),
    )
    snapshot = dataclasses.replace(
        base, as_at=moment, priorities=(dataclasses.replace(base.priorities[0], indicators=(part,)),)
    )
    text = to_json(snapshot)
    assert from_json(text) == snapshot
    assert to_json(from_json(text)) == text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda plain: plain.update(schema=7), "schema 1 to 6"),
        (lambda plain: plain.pop("plan"), "plan"),
        (lambda plain: plain.update(colour="red"), "colour"),
        (lambda plain: plain.update(quarter="2017-18-q5"), "snapshot.quarter"),
        (lambda plain: plain.update(is_sample="yes"), "snapshot.is_sample"),
        (lambda plain: plain.update(priorities={}), "snapshot.priorities"),
        (lambda plain: plain["restatements"][0]["was"].update(percentage="many"), r"restatements\[0\].was.percentage"),
        (lambda plain: plain["priorities"][0]["indicators"][0]["baselines"][0].pop(), r"baselines\[0\]"),
    ],
)
def test_what_is_not_a_snapshot_of_this_schema_is_refused(change, message):
    plain = json.loads(to_json(golden()))
    change(plain)
    with pytest.raises(canonical.Unreadable, match=message):
        from_json(json.dumps(plain))


def test_text_that_is_not_json_is_refused():
    with pytest.raises(canonical.Unreadable):
        from_json("{")
