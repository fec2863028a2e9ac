"""The shipped catalogue: names as printed in the plan; directions and kinds as the partnership's plan settles them."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import Organisation
from indicators import catalogue_data
from indicators.models import Baseline, Definition, Feed, FeedSeries, Indicator, Placement, Target
from lib.quarters import Year
from priorities import plan_data

pytestmark = pytest.mark.django_db

# reference: name as printed, measure, polarity, year to date, owner
PRINTED = {
    "A1": (
        "ASB Demand (CAD calls (999 and 101) to Police to report ASB)",
        "count", "none", "sum", "metropolitan-police",
    ),
    "A2": (
        "Number of ASB repeat callers to Police (999 and 101)",
        "count", "lower", "latest", "metropolitan-police",
    ),
    "A3": (
        "Number of individuals causing drug / alcohol related crime or ASB required to engage in structured treatment "
        "programme via criminal or civil orders.",
        "count", "higher", "sum", "council",
    ),
    "B1": (
        "Increased number of VAWG champions from wide range of professions",
        "count", "higher", "latest", "council",
    ),
    "B2": (
        "Increase the number of domestic abuse reports to Police",
        "count", "higher", "sum", "metropolitan-police",
    ),
    "B3": (
        "Violence with Injury reduction in hotspot areas (known for ASB) and night-time economy areas",
        "count", "lower", "sum", "metropolitan-police",
    ),
    "B4": (
        "Number of victims of Serious Youth Violence",
        "count", "lower", "sum", "metropolitan-police",
    ),
    "C1": (
        "Increased Victim Satisfaction levels with Victim Support Service",
        "percentage", "higher", "pooled", "victim-support",
    ),
    "C2": (
        "Number of incidents of hate reported to Police",
        "count", "higher", "sum", "metropolitan-police",
    ),
    "C3": (
        "Number of offences of hate reported to Police",
        "count", "none", "sum", "metropolitan-police",
    ),
    "C4": (
        "Number of Prevent training, engagement and workshop sessions delivered per quarter",
        "count", "higher", "sum", "council",
    ),
    "D1": (
        "Multi-Agency Public Protection Approach (MAPPA): Number of L3 offenders committing a serious offence within "
        "the period of supervision",
        "count", "lower", "sum", "probation",
    ),
    "D2": (
        "IOM: Number of Red to Amber offenders with a substance misuse need versus the number where that need has been "
        "met",
        "need_met", "higher", "pooled", "london-crc",
    ),
    "D3": (
        "Number of Red and Amber offenders with an Education, Training and Employment (ETE) need versus the number "
        "where that need has been met",
        "need_met", "higher", "pooled", "london-crc",
    ),
    "D4": (
        "Number of First Time Entrants to the Youth Justice System",
        "count", "lower", "sum", "council",
    ),
}  # fmt: skip


@pytest.fixture
def plan():
    plan, _ = plan_data.load()
    catalogue_data.load(plan)
    return plan


def test_the_fifteen_are_as_printed_and_set_up_as_agreed(plan):
    placements = Placement.objects.exclude(reference="").select_related("indicator__owner")
    assert {
        placement.reference: (
            placement.indicator.name,
            placement.indicator.measure,
            placement.indicator.polarity,
            placement.indicator.year_to_date,
            placement.indicator.owner.slug,
        )
        for placement in placements
    } == PRINTED


def test_every_priority_has_its_own_in_order(plan):
    placed = {
        letter: list(
            Placement.objects.filter(priority__letter=letter).exclude(reference="").values_list("reference", flat=True)
        )
        for letter in "ABCD"
    }
    assert placed == {
        "A": ["A1", "A2", "A3"],
        "B": ["B1", "B2", "B3", "B4"],
        "C": ["C1", "C2", "C3", "C4"],
        "D": ["D1", "D2", "D3", "D4"],
    }


def test_one_is_restricted_and_three_of_the_fifteen_have_small_numbers(plan):
    numbered = Indicator.objects.exclude(placements__reference="")
    assert list(numbered.filter(is_restricted=True).values_list("placements__reference", flat=True)) == ["D1"]
    small = numbered.filter(has_small_numbers=True).values_list("placements__reference", flat=True)
    assert sorted(small) == ["B4", "D1", "D4"]


def test_measures_the_plan_mentions_without_a_number_stand_beside_the_fifteen(plan):
    beside = Placement.objects.filter(reference="").values_list(
        "indicator__slug", "indicator__family", "indicator__frequency"
    )
    assert set(beside) == {
        ("violence-with-injury-borough", "context", "quarterly"),
        ("yot-reoffending", "context", "quarterly"),
        ("community-cohesion", "performance", "annual"),
        ("satisfaction-burglary", "performance", "annual"),
        ("satisfaction-violence", "performance", "annual"),
        ("sanction-detection-violence", "context", "quarterly"),
        ("cbos-burglary", "performance", "annual"),
        ("burglars-adopted", "performance", "annual"),
        ("sexual-offences-borough", "context", "quarterly"),
        ("burglary-borough", "context", "quarterly"),
        ("weapon-possession-borough", "context", "quarterly"),
    }


def test_the_first_years_monitoring_set_is_the_fifteen_without_targets(plan):
    in_set = Indicator.objects.in_set(Year.parse("2017-18"))
    assert set(in_set.values_list("placements__reference", flat=True)) == set(PRINTED)
    assert set(Target.objects.values_list("rule", flat=True)) == {"none"}


def test_the_two_printed_totals_of_asb_calls(plan):
    baselines = {str(baseline.year): baseline for baseline in Baseline.objects.all()}
    assert {year: baseline.number for year, baseline in baselines.items()} == {
        "2015-16": Decimal(16320),
        "2016-17": Decimal(18289),
    }
    # (18,289 - 16,320) / 16,320 = 1,969 / 16,320 = 12.06%
    assert "12.5%" in baselines["2016-17"].note and "12.06%" in baselines["2016-17"].note


def test_every_indicator_is_defined(plan):
    assert Definition.objects.count() == Indicator.objects.count() == 26


def test_an_organisation_keeps_its_earlier_names(plan):
    health = Organisation.objects.get(slug="health")
    assert health.name_on(dt.date(2017, 6, 1)) == "NHS Tower Hamlets Clinical Commissioning Group"
    assert health.name_on(dt.date(2023, 6, 1)) == "NHS North East London Integrated Care Board"


def test_rows_are_valid(plan):
    for model in (Organisation, Indicator, Placement, Definition, Baseline, Target, Feed, FeedSeries):
        for row in model.objects.all():
            row.full_clean(exclude=["set_by", "made_by"])  # nobody set the targets and definitions that ship


def test_loading_again_adds_nothing_and_keeps_what_people_changed(plan):
    Indicator.objects.filter(slug="asb-calls").update(question="How many calls, all told?")
    Placement.objects.filter(reference="A1").update(short_name="Calls")
    assert catalogue_data.load(plan) == 0
    assert Indicator.objects.get(slug="asb-calls").question == "How many calls, all told?"
    assert Placement.objects.get(reference="A1").short_name == "Calls"
    assert (Indicator.objects.count(), Target.objects.count(), Organisation.objects.count()) == (26, 15, 14)


class TestFeeds:
    def test_the_police_file_fills_the_four_local_police_priorities_with_these_lines_and_no_others(self, plan):
        feed = Feed.objects.get()
        assert feed.slug == "police-recorded-crime"
        assert {series.indicator.slug: (series.area, series.categories) for series in feed.series.all()} == {
            "violence-with-injury-borough": (
                "Tower Hamlets",
                [["Violence Against the Person", "Violence with Injury"]],
            ),
            "sexual-offences-borough": (
                "Tower Hamlets",
                [["Sexual Offences", "Rape"], ["Sexual Offences", "Other Sexual Offences"]],
            ),
            "burglary-borough": (
                "Tower Hamlets",
                [["Burglary", "Domestic Burglary"], ["Burglary", "Burglary Business and Community"]],
            ),
            "weapon-possession-borough": (
                "Tower Hamlets",
                [
                    ["Possession of Weapons", "Possession of Article with Blade or Point"],
                    ["Possession of Weapons", "Possession of Firearms Offences"],
                    ["Possession of Weapons", "Possession of Firearm with Intent"],
                    ["Possession of Weapons", "Other Firearm Offences"],
                    ["Possession of Weapons", "Possession of Other Weapon"],
                ],
            ),
        }

    def test_they_are_context_counts_that_are_added_up(self, plan):
        told = Indicator.objects.filter(feed_series__isnull=False).values_list("family", "measure", "year_to_date")
        assert set(told) == {("context", "count", "sum")}

    def test_a_series_that_was_taken_out_stays_out_and_a_changed_feed_as_it_was_made(self, plan):
        FeedSeries.objects.filter(indicator__slug="burglary-borough").delete()
        Feed.objects.update(publisher="Metropolitan Police Service")
        assert catalogue_data.load(plan) == 0
        assert FeedSeries.objects.count() == 3
        assert Feed.objects.get().publisher == "Metropolitan Police Service"
