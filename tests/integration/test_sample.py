"""The sample years as loaded: what they hold, and that they say what is made up.

Sums are worked out by hand. Recorded crime of the whole borough is real: Metropolitan Police recorded crime by borough, Tower
Hamlets, Violence with Injury (London Datastore, Open Government Licence v3).
"""

import datetime as dt

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction

from accounts import audit
from accounts.models import Installation, RoleGrant, User
from cspplan.sample import loader
from governance.models import BodyPriority, DeliveryPlan, Update
from indicators.models import Commentary, Figure, Indicator, Lead, Return, Round, SendBack, Target, Verification
from lib import working_days
from lib.quarters import Quarter, Year

pytestmark = pytest.mark.django_db

Q4 = Quarter.parse("2017-18-q4")
REFERENCES = "A1 A2 A3 B1 B2 B3 B4 C1 C2 C3 C4 D1 D2 D3 D4".split()


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once for all that only look at it; what a test does to it is undone after that test."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(settings, "MEDIA_ROOT", str(tmp_path_factory.mktemp("sample") / "files"))
        assert loader.load_sample()
        yield
        transaction.set_rollback(True)


def numbers(reference, year):
    """The latest verified figure of each quarter of the year, in order; None where there is none."""
    found = []
    for quarter in Year.parse(year).quarters:
        figures = Figure.objects.verified().filter(
            for_return__indicator__placements__reference=reference, for_return__round__quarter=quarter
        )
        latest = figures.in_order().last()
        found.append(latest.numerator if latest else None)
    return found


def the(reference, quarter=Q4):
    return Return.objects.get(indicator__placements__reference=reference, round__quarter=quarter)


# ---------------------------------------------------------------- what the years hold


def test_all_fifteen_in_all_eight_quarters(sample):
    assert Round.objects.count() == 8
    for round_ in Round.objects.all():
        references = round_.returns.exclude(indicator__placements__reference="").values_list(
            "indicator__placements__reference", flat=True
        )
        assert sorted(references.filter(indicator__in=Indicator.objects.measuring())) == REFERENCES


def test_asb_calls_of_2016_17_come_to_the_printed_total(sample):
    quarters = numbers("A1", "2016-17")
    assert quarters == [4712, 5126, 4312, 4139]
    assert sum(quarters) == 18289


@pytest.mark.parametrize(
    ("year", "quarters", "total"),
    [("2016-17", [737, 783, 685, 658], 2863), ("2017-18", [767, 743, 703, 629], 2842)],
)
def test_violence_in_the_whole_borough_is_real_and_says_where_it_is_from(sample, year, quarters, total):
    figures = Figure.objects.filter(
        for_return__indicator__slug="violence-with-injury-borough",
        for_return__round__quarter__in=Year.parse(year).quarters,
    ).order_by("for_return__round__quarter")
    assert [figure.numerator for figure in figures] == quarters
    assert sum(quarters) == total
    assert {figure.is_sample for figure in figures} == {False}
    assert {figure.source for figure in figures} == {
        "Metropolitan Police recorded crime by borough, London Datastore, Open Government Licence v3"
    }


@pytest.mark.parametrize("year", ["2016-17", "2017-18"])
def test_hotspots_are_a_part_of_the_borough_and_hate_offences_a_part_of_incidents(sample, year):
    assert all(190 <= offences <= 260 for offences in numbers("B3", year))
    pairs = zip(numbers("C3", year), numbers("C2", year), strict=True)
    assert all(offences <= incidents for offences, incidents in pairs if incidents is not None)


def test_the_last_quarter_shows_every_state(sample):
    states = {
        status: sorted(
            Return.objects.filter(round__quarter=Q4, status=status, indicator__in=Indicator.objects.measuring())
            .exclude(indicator__placements__reference="")
            .values_list("indicator__placements__reference", flat=True)
        )
        for status in Return.Status.values
    }
    assert states == {
        "due": [],
        "draft": [],
        "submitted": ["C4"],
        "sent_back": ["C2"],
        "verified": ["A1", "A2", "A3", "B1", "B2", "B3", "B4", "C3", "D1", "D2", "D3"],
        "missing": ["C1", "D4"],
    }


def test_what_is_missing_has_a_reason_and_an_expected_date(sample):
    missing = {reference: the(reference) for reference in ("C1", "D4")}
    assert {reference: return_.missing_reason for reference, return_ in missing.items()} == {
        "C1": "awaiting_partner",
        "D4": "source_lag",
    }
    assert all(return_.missing_note and return_.expected_on for return_ in missing.values())
    assert not Figure.objects.filter(for_return__in=missing.values()).exists()


def test_what_is_sent_back_compares_incidents_with_offences(sample):
    send_back = SendBack.objects.get()
    assert send_back.figure.for_return == the("C2")
    assert send_back.figure.numerator == 137
    assert numbers("C3", "2017-18")[-1] == 142
    assert "137" in send_back.comment and "142" in send_back.comment
    assert the("C2").due_again_on == send_back.due_again_on == dt.date(2018, 5, 4)


def test_one_figure_is_restated(sample):
    was, now = Figure.objects.filter(for_return=the("B2", Quarter.parse("2017-18-q2"))).in_order()
    assert (was.numerator, now.numerator) == (1547, 1588)
    assert (was.restates, now.restates, now.restated_because) == ("", "revision", "Late reports were added.")
    assert was.verification.verified_at < now.recorded_at < now.verification.verified_at
    assert Figure.objects.exclude(restates="").filter(is_amount=False).count() == 1


def test_nobody_verified_what_they_gave_or_keyed(sample):
    for verification in Verification.objects.select_related("figure"):
        assert verification.verified_by_id not in (
            verification.figure.supplied_by_id,
            verification.figure.recorded_by_id,
        )


def test_one_figure_a_quarter_was_keyed_for_its_supplier(sample):
    keyed = Figure.objects.filter(for_return__indicator__placements__reference="D1")
    assert keyed.count() == 8
    assert {(figure.supplied_by.name, figure.recorded_by.name, figure.route) for figure in keyed} == {
        ("Paul Grant", "Sam Carrick", "mail")
    }


def test_every_quarter_has_words_and_those_since_march_2017_say_why_and_what_next(sample):
    spend = Indicator.objects.spend()
    words = Commentary.objects.exclude(for_return__indicator__in=spend)
    assert words.count() == Return.objects.exclude(indicator__in=spend).count() == 16 * 8
    assert not words.filter(what_happened="").exists()
    since = Commentary.objects.filter(
        for_return__round__quarter__gte=Quarter.parse("2016-17-q4"),
        for_return__indicator__placements__reference__in=REFERENCES,
    )
    assert since.count() == 15 * 5
    assert not since.filter(why="").exists()
    assert not since.filter(what_next="").exists()
    unsent = Commentary.objects.awaited()
    assert [commentary.for_return for commentary in unsent] == [the("C2")]


def test_the_year_before_is_data_only_and_the_first_year_has_targets_and_a_proposal(sample):
    def held(year):
        rows = Target.objects.filter(year=Year.parse(year)).order_by("set_at", "pk").select_related("indicator")
        return {target.indicator_id: target for target in rows}.values()

    assert {target.rule for target in held("2016-17")} == {"none"} and len(held("2016-17")) == 15
    this = held("2017-18")
    assert len(this) == 15
    assert sum(target.rule == "none" for target in this) == 3  # A1 and C3 have no good direction, D1 is too rare
    assert [target.indicator.slug for target in this if target.is_proposed] == ["hate-incidents"]
    assert all(target.reason.startswith("Sample") for target in this if target.rule != "none")


def test_rounds_have_real_dates_on_working_days(sample):
    for round_ in Round.objects.all():
        dates = [
            round_.opens_on,
            round_.due_on,
            round_.verify_by,
            round_.commentary_due_on,
            round_.closes_on,
            round_.executive_meets_on,
        ]
        assert dates == sorted(dates)
        assert all(working_days.is_working_day(day) for day in dates), dates
        assert round_.quarter.end < round_.opens_on
    last = Round.objects.get(quarter=Q4)
    assert (last.due_on, last.closes_on, last.closed_at) == (dt.date(2018, 4, 27), dt.date(2018, 5, 10), None)
    assert Round.objects.open().count() == 1


def test_returns_of_quarters_before_cabinet_are_there(sample):
    """The plan reached Cabinet on 31 October 2017, when the second quarter had ended."""
    early = Quarter.parse("2017-18-q2")
    assert early.end < dt.date(2017, 10, 31)
    early_ones = Return.objects.filter(round__quarter=early, indicator__in=Indicator.objects.measuring())
    assert early_ones.verified().count() == 16


# ---------------------------------------------------------------- that it says so


def test_everything_made_up_is_marked(sample):
    assert Installation.objects.get().holds_sample
    assert not User.objects.filter(is_sample=False).exists()
    assert set(Figure.objects.filter(is_sample=False).values_list("for_return__indicator__slug", flat=True)) == {
        "violence-with-injury-borough"
    }


def test_every_role_is_held_and_every_indicator_led(sample):
    today = dt.date(2018, 5, 1)
    for role in RoleGrant.Role.values:
        assert User.objects.holding(role, today).exists(), role
    assert User.objects.holding("coordinator", today).count() == 2
    for duty in Lead.Duty.values:
        led = Lead.objects.in_force(today).filter(duty=duty, indicator__in=Indicator.objects.measuring())
        assert sorted(led.values_list("indicator__placements__reference", flat=True)) == REFERENCES


def test_the_trail_tells_who_did_what_in_which_order(sample):
    restated = the("B2", Quarter.parse("2017-18-q2"))
    events = list(audit.history(restated).order_by("at").values_list("kind", "actor_label", "subject_version"))
    assert [(kind, label.split(",")[0], version) for kind, label, version in events] == [
        ("return_submitted", "Farida Begum", 2),
        ("return_verified", "Sam Carrick", 3),
        ("return_restated", "Farida Begum", 4),
        ("return_verified", "Lena Fox", 5),
    ]
    assert [event.kind for event in audit.history(the("C2"))] == ["return_sent_back", "return_submitted"]
    for return_ in Return.objects.exclude(status="due"):
        assert audit.history(return_).first().subject_version == return_.version


def test_rows_are_valid(sample):
    for model in (User, Round, Return, Figure, Commentary, Lead):
        for row in model.objects.all():
            row.full_clean()


def test_who_governs_and_delivers_is_there_and_valid(sample):
    for model in apps.get_app_config("governance").get_models():
        for row in model._default_manager.all():
            row.full_clean(exclude=["recorded_by"])  # nobody typed what ships with the plan
    plan = DeliveryPlan.objects.get(body__slug="asb-operations-group", year=Year(2017))
    assert (plan.state, plan.actions.count(), plan.approvals.get().verdict) == ("in_delivery", 10, "subject")
    waiting = Update.objects.filter(action__delivery_plan=plan, quarter=Quarter(2017, 4)).waiting()
    assert waiting.count() == 9  # the tenth was complete in December
    # The plan doesn't say which body serves which priority: what is made up says so.
    assert set(BodyPriority.objects.values_list("is_sample", flat=True)) == {True}
