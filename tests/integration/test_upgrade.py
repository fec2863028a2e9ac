"""A database of an earlier release, with data in it, comes through the migrations whole: on SQLite and on PostgreSQL.

The rows are made at the state that landed then, by the models as they were then, and read afterwards by the models as they are.
"""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import Mail, RoleGrant
from consultation import shipped
from consultation.models import Consultation
from governance import bodies_data
from governance.models import Action, Approval, Body
from indicators.models import Commentary, Definition, Figure, Indicator, Placement, Return, Round, Target, Withdrawal
from priorities.models import Plan
from reporting import snapshots
from reporting.models import Pack
from tests.earlier_releases import GOVERNED, MOMENT, Q4, RELEASES, fill, forget, migrate, now, of_then

# On SQLite the first and the last; each takes a minute, and data is kept on PostgreSQL.
ON_BOTH = ("without targets", "without removals")


@pytest.fixture(
    params=[name if name in ON_BOTH else pytest.param(name, marks=pytest.mark.postgresql) for name in RELEASES]
)
def old(transactional_db, request):
    """The database as that release made it; brought up to date again whatever the test does."""
    yield of_then(request.param)
    migrate(now())


@pytest.fixture(scope="module", autouse=True)
def _no_copies_stay(django_db_blocker):
    yield
    with django_db_blocker.unblock():
        forget()


@pytest.fixture
def upgraded(old, request):
    """Brought up to date; the name of the release it came from."""
    release = request.node.callspec.params["old"]
    fill(old, release)
    migrate(now())
    return release


def rows_of_the_release_before_are_all_there_and_say_the_same(release):
    figure = Figure.objects.get()
    assert (figure.numerator, figure.verification.verified_at) == (1604, MOMENT)
    target = Target.objects.get()
    assert (target.rule, target.is_agreed, target.profile, target.basis) == ("none", True, None, "")
    definition = Definition.objects.get()
    assert (definition.text, definition.source, definition.method, definition.areas) == ("Every report", "CRIS", "", "")
    words = Commentary.objects.get()
    assert (words.why, words.who, words.by_when) == ("A campaign", "", None)
    assert list(Placement.objects.get().commitments.all()) == []
    for model in (Figure, Target, Definition, Commentary, Indicator, Placement):
        model.objects.get().full_clean(exclude=["set_by", "made_by"])


def nothing_is_thought_of_what_was_never_asked(release):
    indicator, figure, mail = Indicator.objects.get(), Figure.objects.get(), Mail.objects.get()
    assert (indicator.source_lag, indicator.materiality) == (0, None)
    assert (figure.upload, figure.revision) == (None, None)
    assert (mail.to.name, mail.address) == ("Farida Begum", "")
    mail.full_clean()


def no_date_of_an_earlier_round_moves_with_the_meeting(release):
    round_ = Round.objects.get()
    knew = release in (
        "without bodies and delivery plans",
        *GOVERNED,
        "without editions",
        "without removals",
    )  # which dates were set by hand, and there none was
    by_hand = ["opens_on", "due_on", "commentary_due_on", "verify_by", "closes_on"]
    assert round_.set_by_hand == ([] if knew else by_hand)
    assert Return.objects.get().due_on == dt.date(2018, 4, 27)


def what_was_kept_is_told_as_data_only(release):
    (part,) = snapshots.take(Plan.objects.get(), Q4).indicators
    assert part.verdict.sentence == "Data only: 1,604 in the quarter; no target is set."
    assert (part.words.state, part.words.lacking) == ("sent", ())


def no_role_is_thought_to_come_from_a_membership(release):
    assert [(grant.with_membership, grant.with_group) for grant in RoleGrant.objects.all()] == [(False, False)]


def what_ships_with_the_release_is_loaded_once_into_a_database_of_before(release):
    plan = Plan.objects.get()
    bodies_data.load()
    bodies_data.load()
    assert Body.objects.filter(slug="csp-executive").count() == 1
    assert Plan.objects.get() == plan


def nothing_that_was_measured_is_thought_to_be_spend(release):
    indicator, figure = Indicator.objects.get(), Figure.objects.get()
    assert (indicator.is_spend, indicator.asked_from, figure.is_amount) == (False, None, False)
    assert indicator.asks_in(Q4)
    assert list(Indicator.objects.measuring()) == [indicator]


def what_was_agreed_stays_agreed_and_keeps_its_condition(release):
    if release not in GOVERNED:
        return
    approval = Approval.objects.get()
    assert (approval.verdict, approval.application, approval.delivery_plan.state) == ("subject", None, "in_delivery")
    assert approval.conditions.get().text == "Report in the autumn"
    approval.full_clean()


def what_actions_answered_they_answer_still(release):
    """Nine entries were named by actions; "Burglary" twice by one."""
    if release not in GOVERNED:
        assert not Consultation.objects.exists()
        return
    told = {
        action.number: [concern.text for concern in action.concerns.order_by("order")]
        for action in Action.objects.order_by("number")
    }
    assert told == {
        1: ["Drugs and Alcohol Abuse", "Anti-social Behaviour (ASB)"],
        2: ["Drugs and Alcohol Abuse", "Road Safety", "Burglary"],
        3: ["Dogs " * 24, "১"],
        4: [],
    }
    consultation = Consultation.objects.get()
    assert (consultation.is_published, consultation.holds_responses, consultation.plan) == (
        True,
        False,
        Plan.objects.get(),
    )
    consultation.full_clean()


def the_consultation_that_ships_fills_in_what_was_carried_over(release):
    plan = Plan.objects.get()
    shipped.load(plan)
    assert shipped.load(plan) == 0
    consultation = Consultation.objects.get()
    assert (consultation.stated_responses, consultation.note[:24]) == (1389, "Published totals, no ind")
    assert "page 5" in consultation.source
    firsts = {tally.concern.key: tally.count for tally in consultation.tallies.filter(rank=1, concern__isnull=False)}
    assert firsts == {
        "drugs-and-alcohol-abuse": 339, "anti-social-behaviour": 311, "gangs": 130, "road-safety": 101, "burglary": 88
    }  # fmt: skip
    road = consultation.concerns.get(key="road-safety")
    assert "no priority of the plan covers it" in road.uncovered_note
    if release in GOVERNED:
        assert Action.objects.get(number=2).concerns.filter(pk=road.pk).exists()


def a_pack_of_then_is_kept_as_it_was_and_counts_as_issued(release):
    """It was the CSP Executive's as soon as it was ready; the one before it was replaced then, and what failed was never issued."""
    first, pack, failed = Pack.objects.order_by("issue")
    assert (pack.kind, pack.edition, pack.issue, pack.build, pack.standing) == ("pack", "executive", 2, 1, "issued")
    assert (pack.pdf.name, pack.pdf_sha256, pack.snapshot_sha256) == ("packs/of-then.pdf", "6" * 64, "5" * 64)
    assert snapshots.from_json(pack.snapshot).edition == "executive"
    assert (pack.imprint, pack.made_with, list(pack.companions.all())) == ("", {}, [])
    assert (pack.issued_at, pack.issued_by) == (MOMENT + dt.timedelta(days=1), None)
    assert (first.standing, first.issued_at, first.superseded_at) == ("superseded", MOMENT, pack.issued_at)
    assert (failed.standing, failed.issued_at) == ("built", None)
    assert [(one.removal, one.removed_on_ground) for one in (first, pack, failed)] == [("", "")] * 3
    for one in (first, pack):
        one.full_clean(exclude=["stage_log", "requested_by"])


def what_was_built_is_never_changed_or_removed(release):
    for change in ("UPDATE reporting_pack SET snapshot = 'other'", "DELETE FROM reporting_pack"):
        with pytest.raises(DatabaseError, match="never"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert Pack.objects.filter(job_state="failed").update(standing="set_aside") == 1


def what_is_on_the_record_is_still_refused_to_change_after_the_upgrade(release):
    for table in ("indicators_figure", "indicators_target", "indicators_definition", "indicators_verification"):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


def what_is_kept_of_consultations_is_never_removed(release):
    with pytest.raises(DatabaseError, match="never removed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM consultation_consultation")


def months_are_on_the_record_too(release):
    Figure.objects.get().months.create(month=dt.date(2018, 1, 1), number=Decimal(500))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_monthlyfigure SET number = 1")


def what_was_taken_back_is_on_the_record_too(release):
    figure = Figure.objects.get()
    Withdrawal.objects.create(figure=figure, withdrawn_by=figure.recorded_by)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM indicators_withdrawal")


# Asked together: bringing a database up to date takes half a minute on PostgreSQL.
CHECKS = (
    rows_of_the_release_before_are_all_there_and_say_the_same,
    nothing_is_thought_of_what_was_never_asked,
    no_date_of_an_earlier_round_moves_with_the_meeting,
    what_was_kept_is_told_as_data_only,
    no_role_is_thought_to_come_from_a_membership,
    what_ships_with_the_release_is_loaded_once_into_a_database_of_before,
    nothing_that_was_measured_is_thought_to_be_spend,
    what_was_agreed_stays_agreed_and_keeps_its_condition,
    what_actions_answered_they_answer_still,
    the_consultation_that_ships_fills_in_what_was_carried_over,
    a_pack_of_then_is_kept_as_it_was_and_counts_as_issued,
)
ON_POSTGRESQL = (
    what_is_kept_of_consultations_is_never_removed,
    what_is_on_the_record_is_still_refused_to_change_after_the_upgrade,
    months_are_on_the_record_too,
    what_was_taken_back_is_on_the_record_too,
    what_was_built_is_never_changed_or_removed,
)


def test_everything_of_an_earlier_release_comes_through(upgraded):
    for check in (*CHECKS, *(ON_POSTGRESQL if connection.vendor == "postgresql" else ())):
        check(upgraded)
