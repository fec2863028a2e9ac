"""The money that ships, added up against what the plan's cabinet report prints (paragraphs 3.24, 3.25 and 4.2 to 4.12). Every figure typed from it."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

import pytest

from governance import bodies_data
from governance.funding import limits, shipped, sums
from governance.models import Allocation, BudgetChange, FundedPosts, FundingStream, Project, ProjectYear
from indicators import catalogue_data
from priorities import plan_data
from tests.factories.funding import FundedPostsFactory, FundingStreamFactory, ProjectFactory

pytestmark = pytest.mark.django_db

LCPF = "london-crime-prevention-fund-years-1-and-2"
DAAT = "Drug and Alcohol Action Team"
CYP, VAWG, CJS = (
    "Children and Young People",
    "Violence Against Women and Girls",
    "Wider Criminal Justice System",
)
# The table in 4.8, from top to bottom; priority only where the document itself ties one to it.
TEN = [
    ("Youth Violence Intervention and Engagement Service", CYP, 75_000, "", None),
    ("Behind the Blade (knife crime) Training Programme", CYP, 30_650, "", "D"),
    ("VAWG Training and Awareness Officer & Programme", VAWG, 74_000, "", "B"),
    ("Female Genital Mutilation Engagement Project", VAWG, 74_459, "", "B"),
    ("Prostitution Programme", VAWG, 204_000, DAAT, "B"),
    ("Crime Data Analyst and Crime Intelligence Analyst", CJS, 200_000, "", None),
    ("Prison Exit Team", CJS, 340_000, DAAT, None),
    ("Assertive Outreach and Enforcement Team", CJS, 476_000, DAAT, "A"),
    ("Integrated Offender Management (IOM) Co-ordinator", CJS, 96_000, DAAT, "D"),
    ("Single Point of Contact for Police and Prison Teams", CJS, 40_000, DAAT, None),
]
STREAMS = {
    LCPF: (1_610_109, dt.date(2017, 4, 1), dt.date(2019, 3, 31)),
    "london-crime-prevention-fund-years-3-and-4": (None, dt.date(2019, 4, 1), dt.date(2021, 3, 31)),
    "public-health-grant": (None, None, None),
    "prevent-delivered-by-the-council": (None, None, None),
    "prevent-third-parties": (None, None, None),
    "housing-revenue-account": (2_458_000, None, None),
    "council-funded-police-officers": (None, dt.date(2018, 4, 1), dt.date(2021, 3, 31)),
}
YEARS = {
    (LCPF, "2018-19", "", 662_986),
    (LCPF, "2017-18", DAAT, 578_000),
    (LCPF, "2018-19", DAAT, 578_000),
    ("london-crime-prevention-fund-years-3-and-4", "2019-20", "", 662_986),
    ("london-crime-prevention-fund-years-3-and-4", "2020-21", "", 662_986),
    ("public-health-grant", "2017-18", "", 7_335_876),
    ("prevent-delivered-by-the-council", "2017-18", "", 132_000),
    ("prevent-third-parties", "2017-18", "", 295_000),
    ("council-funded-police-officers", "2018-19", "", 1_000_000),
    ("council-funded-police-officers", "2019-20", "", 1_000_000),
    ("council-funded-police-officers", "2020-21", "", 1_000_000),
}
CHANGES = {
    ("growth", "2016-17", 480_000, None),  # ASB
    ("growth", "2016-17", 520_000, None),  # street cleanliness
    ("growth", "2017-18", 150_000, None),
    ("saving", "2017-18", 400_000, None),
    ("saving", "2017-18", 950_000, "public-health-grant"),
    ("saving", "2018-19", 50_000, "public-health-grant"),
}


@pytest.fixture
def loaded():
    plan, _ = plan_data.load()
    catalogue_data.load(plan)
    bodies_data.load()
    return shipped.load()


def total(rows) -> Decimal:
    return sums.add(row.amount for row in rows).known


def of(slug):
    return Project.objects.filter(stream__slug=slug)


def test_seven_streams_six_changes_and_four_groups_of_posts_none_of_them_sample(loaded):
    assert loaded == 7 + 6 + 4
    for model in (FundingStream, BudgetChange, FundedPosts, Project):
        assert not model.objects.filter(is_sample=True).exists()
        assert not model.objects.filter(source="").exists()


def test_every_stream_has_its_sum_and_its_days_as_printed(loaded):
    found = {stream.slug: (stream.amount, stream.starts_on, stream.ends_on) for stream in FundingStream.objects.all()}
    assert found == STREAMS


def test_every_year_of_a_stream_as_printed_and_no_other(loaded):
    rows = Allocation.objects.select_related("stream")
    assert {(row.stream.slug, str(row.year), row.team, row.amount) for row in rows} == YEARS
    assert rows.count() == 11


def test_the_ten_lines_of_the_crime_prevention_fund_come_to_its_total(loaded):
    rows = of(LCPF).select_related("priority")
    found = [(row.name, row.theme, row.amount, row.team, row.priority.letter if row.priority else None) for row in rows]
    assert found == TEN
    assert total(rows) == Decimal("1610109.00") == FundingStream.objects.get(slug=LCPF).amount
    assert {(row.starts_on, row.ends_on) for row in rows} == {(dt.date(2017, 4, 1), dt.date(2019, 3, 31))}


def test_the_themes_come_to_what_their_lines_come_to(loaded):
    by_theme = defaultdict(list)
    for row in of(LCPF):
        by_theme[row.theme].append(row)
    found = {theme: total(rows) for theme, rows in by_theme.items()}
    assert found == {CYP: Decimal(105_650), VAWG: Decimal(352_459), CJS: Decimal(1_152_000)}
    assert sum(found.values()) == 1_610_109


def test_the_drug_and_alcohol_team_has_two_equal_years_and_five_projects(loaded):
    rows, years = of(LCPF).filter(team=DAAT), Allocation.objects.filter(team=DAAT)
    assert rows.count() == 5
    assert [row.amount for row in years] == [Decimal("578000.00"), Decimal("578000.00")]
    assert total(rows) == total(years) == Decimal("1156000.00")
    assert {row.organisation.slug for row in rows} == {"council"}


def test_the_two_parts_of_prevent(loaded):
    council, others = of("prevent-delivered-by-the-council"), of("prevent-third-parties")
    assert [row.amount for row in council] == [37_500, 30_000, 64_500]
    assert [row.amount for row in others] == [210_000, 85_000]
    assert (total(council), total(others)) == (132_000, 295_000)
    assert {row.priority.letter for row in [*council, *others]} == {"C"}
    assert {row.organisation for row in others} == {None}  # who they are is not printed


def test_growth_and_savings(loaded):
    rows = BudgetChange.objects.select_related("stream")
    found = {(row.kind, str(row.year), row.amount, row.stream.slug if row.stream else None) for row in rows}
    assert found == CHANGES
    assert rows.count() == 6
    assert total(rows.filter(kind="growth", year="2016-17")) == 1_000_000
    assert sum(row.signed for row in rows if str(row.year) == "2017-18") == 150_000 - 400_000 - 950_000


def test_thirty_nine_officers(loaded):
    rows = list(FundedPosts.objects.all())
    assert [row.number for row in rows] == [6, 14, 18, 1]
    assert sum(row.number for row in rows) == 39
    assert [row.stream.slug if row.stream else None for row in rows] == [
        None,
        None,
        None,
        "council-funded-police-officers",
    ]
    assert rows[0].body.slug == "asb-operations-group"


def test_what_does_not_fit_is_held_as_printed_with_a_note_and_nothing_is_inferred(loaded):
    year = Allocation.objects.get(stream__slug=LCPF, year="2018-19", team="")
    for words in ("30%", "£150,000", "£662,986", "18.5%", "£812,986", "£947,123", "£1,610,109", "not printed"):
        assert words in year.note
    assert not Allocation.objects.filter(stream__slug=LCPF, year="2017-18", team="").exists()
    assert not Allocation.objects.filter(stream__slug="housing-revenue-account").exists()
    assert not ProjectYear.objects.exists()
    assert "4 years (2017-20)" in FundingStream.objects.get(slug=LCPF).note
    officers = FundedPosts.objects.get(number=18).note
    assert "14 + 18 + 1 = 33" in officers and "24 + 1 = 25" in officers


@pytest.mark.parametrize("slug", STREAMS)
def test_no_stream_gives_more_than_it_has(loaded, slug):
    limits.refuse_excess(FundingStream.objects.get(slug=slug))


def test_amounts_come_back_to_the_penny_on_every_database(loaded):
    amounts = [
        *Project.objects.values_list("amount", flat=True),
        *Allocation.objects.values_list("amount", flat=True),
        *BudgetChange.objects.values_list("amount", flat=True),
        *FundingStream.objects.exclude(amount=None).values_list("amount", flat=True),
    ]
    assert len(amounts) == 15 + 11 + 6 + 2
    assert all(type(amount) is Decimal and amount.as_tuple().exponent == -2 for amount in amounts)
    assert str(FundingStream.objects.get(slug=LCPF).amount) == "1610109.00"
    assert str(Allocation.objects.get(amount=7_335_876).amount) == "7335876.00"


def test_a_second_load_adds_nothing(loaded):
    assert shipped.load() == 0
    assert (FundingStream.objects.count(), Project.objects.count(), Allocation.objects.count()) == (7, 15, 11)


def test_what_people_changed_stays(loaded):
    FundingStream.objects.filter(slug=LCPF).update(name="LCPF", amount=Decimal(1_700_000))
    Allocation.objects.filter(stream__slug=LCPF).delete()
    BudgetChange.objects.filter(amount=520_000).update(what_for="Cleaner streets", amount=Decimal(500_000))
    FundedPosts.objects.filter(number=6).update(name="Taskforce", number=7)
    assert shipped.load() == 0
    assert FundingStream.objects.get(slug=LCPF).amount == 1_700_000
    assert not Allocation.objects.filter(stream__slug=LCPF).exists()
    assert sum(FundedPosts.objects.values_list("number", flat=True)) == 40


def test_names_that_people_have_given_already_are_left_with_them():
    FundingStreamFactory(slug="our-own", name="Public Health grant")
    ProjectFactory(slug="prison-exit-team", name="Ours")
    FundedPostsFactory(name="Police Partnership Taskforce", number=8)
    plan_data.load()
    assert shipped.load() == 15
    assert not FundingStream.objects.filter(slug="public-health-grant").exists()
    assert of(LCPF).count() == 9
    assert set(BudgetChange.objects.filter(amount=950_000).values_list("stream", flat=True)) == {None}


def test_without_the_plan_its_council_and_its_bodies_the_money_is_there_and_what_it_is_tied_to_stays_open():
    assert shipped.load() == 17
    assert not Project.objects.filter(priority__isnull=False) | Project.objects.filter(organisation__isnull=False)
    assert FundedPosts.objects.get(number=6).body is None
