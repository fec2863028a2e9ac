"""The figures quarter by quarter, and the same as a download."""

import csv
import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from indicators.models import Return, Verification
from indicators.profile import download
from indicators.profile.lines import lines
from tests.factories import UserFactory
from tests.factories.indicators import IndicatorFactory, TargetFactory, sent, verified
from tests.unit.indicators.profile.world import (
    Q1,
    Q2,
    Q4,
    aimed,
    asked,
    known,
    missing,
    seen_by,
    stated,
    waiting,
)

pytestmark = pytest.mark.django_db


def table(indicator, *roles):
    return lines(seen_by(indicator, *roles))


def rows(indicator, *roles):
    made = download.csv_file(seen_by(indicator, *roles))
    assert made.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(made.decode("utf-8-sig").splitlines()))


def test_newest_first_each_with_the_year_before():
    indicator = IndicatorFactory()
    known(indicator, Q1, 120, None, None, None, 140)
    assert [(line.name, line.figure, line.year_before) for line in table(indicator)] == [
        ("2017-18 Q1", "140", "120"),
        ("2016-17 Q1", "120", ""),
    ]


class TestTarget:
    @pytest.mark.parametrize(
        ("terms", "said"),
        [
            ({}, "150"),
            ({"value": Decimal("62.5")}, "63"),  # no sharper than the counts beside it
            ({"agreed_by": "", "agreed_on": None}, "proposed"),
            ({"rule": "none", "basis": "", "value": None, "tolerance": None}, "none set"),
            ({"basis": "rolling_year", "value": Decimal(600)}, "600 in four quarters"),
            ({"rule": "last_year", "value": None}, "as last year"),
            (
                {"basis": "year_to_date", "value": Decimal(600)}
                | {"share_q1": 24, "share_q2": 26, "share_q3": 25, "share_q4": 25},
                "144",
            ),
        ],
    )
    def test_of_a_quarter(self, terms, said):
        indicator = IndicatorFactory()
        known(indicator, Q1, 140)
        aimed(indicator, **terms)
        assert table(indicator)[0].target == said

    def test_of_a_share_as_it_was_set(self):
        indicator = IndicatorFactory(percentage=True)
        known(indicator, Q1, (70, 100))
        aimed(indicator, value=Decimal("62.5"))
        assert table(indicator)[0].target == "62.5%"

    def test_a_year_without_one(self):
        indicator = IndicatorFactory()
        known(indicator, Q1, 140)
        TargetFactory(indicator=indicator)
        assert table(indicator)[0].target == "none set"


class TestNotes:
    def note(self, indicator, *roles):
        return table(indicator, *roles)[0].note

    def test_restated_with_reason_and_verifier(self):
        indicator = IndicatorFactory()
        return_ = asked(indicator, Q1)
        verified(return_, 1547)
        now = verified(return_, 1588, restates="revision", restated_because="Late reports were added.")
        on = timezone.localdate(now.verification.verified_at)
        by = now.verification.verified_by.name
        day = f"{on.day} {on:%B %Y}"
        said = f"Restated {day}: was 1,547. Revision: Late reports were added. Verified by {by}"
        assert self.note(indicator) == said

    def test_restated_twice_says_both(self):
        indicator = IndicatorFactory()
        return_ = asked(indicator, Q1)
        for number in (10, 11, 12):
            verified(return_, number, restates="correction", restated_because="Miscounted.")
        assert [note.split(": ")[1][:6] for note in table(indicator)[0].notes] == ["was 10", "was 11"]

    def test_made_final_with_the_same_number_restates_nothing(self):
        indicator = IndicatorFactory()
        return_ = asked(indicator, Q1)
        verified(return_, 10, is_provisional=True)
        verified(return_, 10, restates="revision", restated_because="Final.")
        assert self.note(indicator) == ""

    def test_provisional_with_the_day_it_was_taken(self):
        indicator = IndicatorFactory()
        verified(asked(indicator, Q1), 10, is_provisional=True, extracted_on=dt.date(2018, 5, 3))
        assert self.note(indicator) == "Provisional, extracted 3 May 2018"

    def test_the_words_about_a_missing_one_are_for_who_may_see_its_return(self):
        indicator = IndicatorFactory()
        missing(indicator, Q1, missing_note="One victim withdrew.", expected_on=dt.date(2018, 5, 31))
        [line] = lines(seen_by(indicator, "data_lead"))
        assert line.notes == ("Missing: source lag. Expected 31 May 2018",)

    def test_missing_with_reason_note_and_day(self):
        indicator = IndicatorFactory()
        missing(indicator, Q1, missing_note="Read one quarter late.", expected_on=dt.date(2018, 5, 31))
        assert self.note(indicator) == "Missing: source lag. Read one quarter late. Expected 31 May 2018"

    def test_not_yet_verified_tells_the_figure_to_who_may_see_it_alone(self):
        indicator = IndicatorFactory()
        waiting(indicator, Q1, 166)
        assert self.note(indicator) == "Not yet verified, 166"
        assert self.note(indicator, "data_lead") == "Not yet verified"
        assert (table(indicator)[0].figure, table(indicator, "data_lead")[0].url) == ("", "")

    def test_sent_back(self):
        indicator = IndicatorFactory()
        return_ = asked(indicator, Q1)
        sent(return_, 166)
        Return.objects.filter(pk=return_.pk).update(status="sent_back")
        assert self.note(indicator) == "Sent back, 166"
        assert self.note(indicator, "data_lead") == "Not yet verified"


class TestDownload:
    HEADINGS = ["Quarter", "Figure", "Numerator", "Denominator", "Per cent", "Target", "Rating", "Why", "Note"]

    def test_counts_oldest_first_with_the_rating_of_each(self):
        indicator = IndicatorFactory()
        known(indicator, Q2, 1400, 151)
        aimed(indicator)
        assert rows(indicator) == [
            self.HEADINGS,
            ["2017-18 Q1", "1400", "1400", "", "", "150", "Red"]
            + ["Red: 1,400 in the quarter is more than 10% above the target of 150; good is lower.", ""],
            ["2017-18 Q2", "151", "151", "", "", "150", "Amber"]
            + [
                "Amber: 151 in the quarter is above the target of 150, but within 10% of it, up to 165; good is lower.",
                "",
            ],
        ]

    def test_shares_with_what_they_are_made_of(self):
        indicator = IndicatorFactory(need_met=True)
        known(indicator, Q2, (2, 3), (0, 0))
        assert [row[:5] for row in rows(indicator)[1:]] == [
            ["2017-18 Q1", "66.7", "2", "3", "66.7"],
            ["2017-18 Q2", "", "0", "0", ""],
        ]

    def test_a_percentage_without_its_base(self):
        indicator = IndicatorFactory(percentage=True)
        stated(indicator, Q1, "67.44")
        assert rows(indicator)[1][:5] == ["2017-18 Q1", "67.4", "", "", "67.4"]

    def test_what_is_not_verified_stays_out_of_it(self):
        indicator = IndicatorFactory()
        waiting(indicator, Q4, 166)
        [_, row] = rows(indicator, "data_lead")
        assert row == ["2017-18 Q4", "", "", "", "", "", "Not yet verified", "Not yet verified.", "Not yet verified"]
        assert "166" in rows(indicator)[1][-1]

    def test_nothing_that_somebody_typed_is_a_formula(self):
        indicator = IndicatorFactory()
        missing(indicator, Q1, missing_note="=HYPERLINK(1)")
        return_ = asked(indicator, Q2)
        verified(return_, 5)
        verified(return_, 6, restates="revision", restated_because="=1+1")
        cells = [cell for row in rows(indicator) for cell in row]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]

    @pytest.mark.parametrize(("is_sample", "name"), [(True, "sample-calls-figures.csv"), (False, "calls-figures.csv")])
    def test_its_name_says_when_it_is_sample(self, is_sample, name):
        seen = seen_by(IndicatorFactory(slug="calls"))
        assert download.file_name(seen, is_sample=is_sample) == name


def test_the_verifier_named_is_who_verified_that_restatement():
    indicator = IndicatorFactory()
    return_ = asked(indicator, Q1)
    verified(return_, 10)
    figure = sent(return_, 11, restates="correction", restated_because="Miscounted.")
    Verification.objects.create(figure=figure, verified_by=UserFactory(name="Lena Fox"))
    assert table(indicator)[0].note.split(". ")[2] == "Verified by Lena Fox"
