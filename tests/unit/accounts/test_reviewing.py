"""The quarter's review of roles: whom it asks about, who may answer, and what lapses."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts import actions, reviewing
from accounts.models import AccessReview, AuditEvent, Installation, Mail, RoleGrant
from lib.owed import NOBODY
from lib.quarters import Quarter
from tests.factories.accounts import LONG_AGO, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
Role = RoleGrant.Role
Q3 = Quarter.parse("2026-27-q3")
OPENED = dt.datetime(2026, 10, 1, 2, 30, tzinfo=dt.UTC)
LAST, DAY_AFTER = dt.date(2026, 11, 12), dt.date(2026, 11, 13)
BEFORE = OPENED - dt.timedelta(days=100)


def at(day):
    return dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)


def person(*roles, **options):
    """Who has held these roles for years."""
    made = UserFactory(**options)
    for role in roles:
        grant(made, role)
    return made


def grant(user, role, granted_at=BEFORE, **options):
    made = {"starts_on": LONG_AGO} | options
    return RoleGrant.objects.create(user=user, role=role, granted_at=granted_at, **made)


@pytest.fixture
def team():
    """Two coordinators, an administrator, a data lead."""
    Installation.objects.get_or_create(pk=1)
    return {
        "sam": person(Role.COORDINATOR, name="Sam Carrick"),
        "olu": person(Role.COORDINATOR, name="Olu Bright"),
        "alex": person(Role.ADMINISTRATOR, name="Alex Rowe"),
        "farida": person(Role.DATA_LEAD, name="Farida Begum"),
    }


@pytest.fixture
def review(team):
    return actions.open_review(quarter=Q3, at=OPENED, by=None)


def held_by(user, on=DAY_AFTER):
    return set(user.role_grants.in_force(on).values_list("role", flat=True))


def settle(review, by, keep=(), end=(), on=LAST):
    ids = [[one.pk for one in some] for some in (keep, end)]
    return actions.settle_review(review, keep=ids[0], end=ids[1], at=at(on), by=by)


def of(user):
    return user.role_grants.get()


# ---------------------------------------------------------------- what it asks about


def test_it_asks_about_what_was_given_by_hand_before_it_opened(team, review):
    late = person()
    grant(late, Role.SCRUTINY, granted_at=OPENED + dt.timedelta(hours=1))  # given while it runs, from years ago
    grant(late, Role.EXECUTIVE, with_membership=True)
    grant(late, Role.DATA_LEAD, starts_on=dt.date(2027, 1, 1))
    grant(late, Role.COMMENTARY_LEAD, ends_on=dt.date(2026, 9, 30))
    person(Role.DATA_LEAD, is_active=False, left_at=BEFORE)
    assert set(review.grants(LAST)) == {of(one) for one in team.values()}
    assert (review.due_on, review.closes_on) == (dt.date(2026, 10, 29), LAST)
    actions.close_review(review, at=at(DAY_AFTER), by=None)
    assert held_by(late) == {Role.SCRUTINY, Role.EXECUTIVE}


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (dt.date(2026, 9, 30), False),
        (dt.date(2026, 10, 1), True),
        (dt.date(2026, 10, 14), True),
        (dt.date(2026, 10, 15), False),
    ],
)
def test_the_schedule_opens_it_in_the_first_two_weeks_of_a_quarter(team, day, opens):
    assert reviewing.to_open(day) == (Q3 if opens else None) or day.month == 9


def test_an_installation_that_is_new_this_quarter_and_a_sample_have_none(team):
    RoleGrant.objects.update(granted_at=OPENED)
    assert reviewing.to_open(dt.date(2026, 10, 3)) is None
    RoleGrant.objects.update(granted_at=BEFORE)
    assert reviewing.to_open(dt.date(2026, 10, 3)) == Q3
    Installation.objects.update(holds_sample=True)
    assert reviewing.to_open(dt.date(2026, 10, 3)) is None


def test_one_at_a_time_and_one_a_quarter(team, review):
    with pytest.raises(ValidationError, match="is open still"):
        actions.open_review(quarter=Q3.next, at=OPENED, by=team["sam"])
    actions.close_review(review, at=at(DAY_AFTER), by=None)
    with pytest.raises(ValidationError, match="a review for 2026-27 Q3 already"):
        actions.open_review(quarter=Q3, at=at(DAY_AFTER), by=team["sam"])


# ---------------------------------------------------------------- who answers


def test_a_coordinator_confirms_others_and_not_themselves(team, review):
    settled = settle(review, team["sam"], keep=[of(one) for one in team.values()])
    assert (settled.confirmed, settled.ended) == (3, 0)
    assert settled.refused == ("Coordinator, Sam Carrick: somebody else has to say.",)
    assert settle(review, team["olu"], keep=[of(team["sam"]), of(team["farida"])]).refused == (
        "Data lead, Farida Begum: Sam Carrick has confirmed it already.",
    )
    assert actions.close_review(review, at=at(DAY_AFTER), by=None) == []


def test_whoever_ends_what_another_has_confirmed_meanwhile_is_told(team, review):
    """The page was open in two browsers: it offered both answers to both."""
    settle(review, team["sam"], keep=[of(team["farida"])])
    settled = settle(review, team["olu"], end=[of(team["farida"])])
    assert (settled.confirmed, settled.ended) == (0, 0)
    assert settled.refused == ("Data lead, Farida Begum: Sam Carrick has confirmed it already.",)
    assert held_by(team["farida"]) == {"data_lead"}


def test_an_administrator_confirms_coordinators_and_nobody_else(team, review):
    settled = settle(review, team["alex"], keep=[of(one) for one in team.values()])
    assert settled.confirmed == 2
    assert len(settled.refused) == 2


def test_ended_at_once_and_the_last_one_not(team, review):
    settled = settle(review, team["sam"], end=[of(team["farida"]), of(team["alex"])], on=OPENED.date())
    assert settled.refused == (
        "Administrator, Alex Rowe: the last one cannot be ended. Have somebody else made one first.",
    )
    assert held_by(team["farida"], OPENED.date()) == set()
    assert held_by(team["alex"]) == {Role.ADMINISTRATOR}
    event = AuditEvent.objects.get(kind="role_ended")
    assert (event.actor, event.comment) == (team["sam"], "Review of roles, 2026-27 Q3")


# ---------------------------------------------------------------- what lapses


def test_on_the_last_day_nothing_lapses_and_the_day_after_what_nobody_confirmed(team, review):
    settle(review, team["sam"], keep=[of(team["olu"]), of(team["alex"])])
    settle(review, team["olu"], keep=[of(team["sam"])])
    assert actions.close_review(review, at=at(LAST), by=None) == []
    [lapsed] = actions.close_review(review, at=at(DAY_AFTER), by=None)
    lapsed.refresh_from_db()
    assert (lapsed.user, lapsed.ends_on, lapsed.lapsed_in) == (team["farida"], LAST, review)
    event = AuditEvent.objects.get(kind="role_lapsed")
    assert (event.scheduled, event.subject_id) == (True, str(team["farida"].pk))
    assert Mail.objects.get().to == team["farida"]
    assert actions.close_review(review, at=at(DAY_AFTER), by=None) == []
    with pytest.raises(ValidationError, match="has closed"):
        settle(review, team["sam"], keep=[of(team["olu"])], on=DAY_AFTER)


def test_of_two_coordinators_whom_nobody_confirmed_the_one_who_works_here_stays(team, review):
    for name, days in {"sam": 3, "olu": 300}.items():
        team[name].last_login = OPENED - dt.timedelta(days=days)
        team[name].save(update_fields=["last_login"])
    actions.close_review(review, at=at(DAY_AFTER), by=None)
    assert (held_by(team["sam"]), held_by(team["olu"])) == ({Role.COORDINATOR}, set())
    assert held_by(team["alex"]) == {Role.ADMINISTRATOR}
    kept = AuditEvent.objects.filter(kind="role_kept").values_list("subject_label", flat=True)
    assert set(kept) == {"Sam Carrick", "Alex Rowe"}


def test_who_cannot_sign_in_yet_is_no_second_coordinator(team, review):
    team["olu"].set_unusable_password()
    team["olu"].save(update_fields=["password"])
    settle(review, team["sam"], keep=[of(team["olu"])])
    actions.close_review(review, at=at(DAY_AFTER), by=None)
    assert held_by(team["sam"]) == {Role.COORDINATOR}


# ---------------------------------------------------------------- who is reminded


def owing(on=LAST):
    return {item.person_id for item in reviewing.owed(on)}


def test_coordinators_owe_it_until_nothing_waits_for_them(team, review):
    assert owing() == {team["sam"].pk, team["olu"].pk}
    settle(review, team["sam"], keep=[of(one) for one in team.values()])
    assert owing() == {team["olu"].pk}
    settle(review, team["olu"], keep=[of(team["sam"])])
    assert owing() == set()


def test_the_only_coordinators_own_role_is_an_administrators_to_confirm(team, review):
    settle(review, team["sam"], end=[of(team["olu"])], keep=[of(team["alex"]), of(team["farida"])])
    assert owing() == {team["alex"].pk}
    settle(review, team["alex"], keep=[of(team["sam"])])
    assert owing() == set()


def test_where_one_person_is_all_of_it_nobody_owes_what_does_not_lapse(team):
    RoleGrant.objects.all().delete()
    only = person(Role.COORDINATOR, Role.ADMINISTRATOR)
    review = actions.open_review(quarter=Q3, at=OPENED, by=None)
    assert owing() == set()
    grant(only, Role.DATA_LEAD)
    assert owing() == {NOBODY}
    actions.close_review(review, at=at(DAY_AFTER), by=None)
    assert held_by(only) == {Role.COORDINATOR, Role.ADMINISTRATOR}


# ---------------------------------------------------------------- the page


@pytest.fixture
def opened(team):
    now = actions.open_review(quarter=Q3, at=dt.datetime.now(dt.UTC), by=None)
    client = Client()
    client.force_login(team["sam"], "allauth.account.auth_backends.AuthenticationBackend")
    return now, client


def test_all_of_an_organisation_at_once_but_for_the_exceptions(team, opened):
    review, client = opened
    yard = OrganisationFactory(name="Sample Yard")
    goes, ends, later = (of(person(Role.DATA_LEAD, organisation=yard)) for _ in range(3))
    data = {
        "do": "rest",
        "shown": [goes.pk, ends.pk, later.pk],
        f"grant-{ends.pk}": "end",
        f"grant-{later.pk}": "later",
    }
    told = client.post(reverse("accounts:review-detail"), data, follow=True).content.decode()
    assert "Confirmed: 1. Ended: 1" in told
    assert "Yours: somebody else has to confirm it." in " ".join(told.split())
    assert list(review.confirmations.values_list("grant", flat=True)) == [goes.pk]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"do": "rest"},
        {"do": "rest", "shown": ["x", "9" * 30]},
        {"do": "all", "shown": ["1"]},
        {"do": "rest", "shown": ["1"], "grant-1": "maybe"},
    ],
)
def test_bad_input_changes_nothing_and_is_told(team, opened, data):
    review, client = opened
    told = client.post(reverse("accounts:review-detail"), data, follow=True).content.decode()
    assert "Open this page again" in told
    assert not review.confirmations.exists()


def test_sixty_people_cost_no_more_queries_than_four(team, opened, django_assert_num_queries):
    review, client = opened
    for _ in range(56):
        person(Role.DATA_LEAD)
    client.get(reverse("accounts:review-detail"))
    with django_assert_num_queries(11):
        client.get(reverse("accounts:review-detail"))
    assert AccessReview.objects.count() == 1


def test_a_lapsed_role_says_so_on_the_persons_page_and_home_says_what_waits(team, opened):
    review, client = opened
    assert "Confirm who still has which role" in client.get("/").content.decode()
    AccessReview.objects.update(due_on=LAST - dt.timedelta(days=9), closes_on=LAST)
    actions.close_review(review, at=dt.datetime.now(dt.UTC), by=None)
    shown = client.get(team["farida"].get_absolute_url()).content.decode()
    assert "Ended: nobody confirmed it in the review for 2026-27 Q3" in shown
