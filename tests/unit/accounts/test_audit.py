"""The audit trail: what is written, who may read it, and that nothing takes it back."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts import audit
from accounts.models import AuditEvent
from lib.append_only import Unchangeable
from lib.govuk import error_links
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LONDON = ZoneInfo("Europe/London")
URL = "/audit/"


def event(kind="person_changed", *, subject=None, by=None, at=None, **more):
    subject = subject or UserFactory(name="Rob Hale")
    made = audit.record(kind, subject, by=by, **more)
    if at is None:
        return made
    again = AuditEvent(
        **{field.attname: getattr(made, field.attname) for field in AuditEvent._meta.fields} | {"at": at}
    )
    again.pk = None
    again.save()
    return again


# ---------------------------------------------------------------- what is written


def test_an_event_holds_text_that_outlives_what_it_describes():
    person = UserFactory(name="Rob Hale", post="Analyst")
    by = UserFactory(name="Sam Carrick", post="partnership team")
    made = audit.record("person_changed", person, by=by, changes=[audit.change("Post", "", "Analyst")], comment="Why")
    assert (made.actor_label, made.subject_label, made.scheduled) == (
        "Sam Carrick, partnership team",
        "Rob Hale",
        False,
    )
    assert (made.subject_type, made.subject_id, made.subject_version) == ("accounts.user", str(person.pk), 1)
    assert made.changes == [{"what": "Post", "was": "nothing", "now": "Analyst"}]


def test_many_events_are_written_as_each_would_be():
    by, people = UserFactory(name="Sam Carrick"), [UserFactory(name=f"Person {number}") for number in range(3)]
    one = audit.record("person_changed", people[0], by=by, changes=[audit.change("Post", "", "Analyst")], comment="Why")
    entries = [audit.Entry("person_changed", person, [audit.change("Post", "", "Analyst")], "Why") for person in people]
    assert audit.record_several(iter(entries), by=by) == 3
    several = AuditEvent.objects.exclude(pk=one.pk).order_by("pk")
    assert [each.subject_label for each in several] == ["Person 0", "Person 1", "Person 2"]
    apart = {"id", "at", "_state"}
    assert {name: value for name, value in vars(several[0]).items() if name not in apart} == {
        name: value for name, value in vars(one).items() if name not in apart
    }


def test_many_events_take_few_statements(django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(audit, "AT_ONCE", 10)
    person = UserFactory()
    with django_assert_max_num_queries(3):
        assert audit.record_several((audit.Entry("person_changed", person) for _ in range(25)), by=None) == 25
    assert audit.record_several([], by=None) == 0


def test_one_unknown_kind_among_many_is_a_bug():
    person = UserFactory()
    with pytest.raises(ValueError, match="Unknown audit kind"):
        audit.record_several([audit.Entry("no_such_kind", person)], by=None)


def test_what_the_schedule_does_is_marked_so():
    made = event(by=None)
    assert (made.actor, made.actor_label, made.scheduled) == (None, "The system", True)


def test_an_unknown_kind_is_a_bug():
    with pytest.raises(ValueError, match="Unknown audit kind"):
        event("person_juggled")


def test_a_kind_has_one_wording():
    with pytest.raises(ValueError, match="is already"):
        audit.kinds({"person_changed": "Something else"})


def test_only_what_differs_is_a_change():
    assert audit.changes({"Post": "Analyst", "Name": "Rob"}, {"Post": "Analyst", "Name": "Bob"}) == [
        {"what": "Name", "was": "Rob", "now": "Bob"},
    ]


# ---------------------------------------------------------------- append-only


def test_the_manager_refuses_to_change_or_remove():
    event()
    for refused in (
        lambda: AuditEvent.objects.update(comment="changed"),
        lambda: AuditEvent.objects.all().delete(),
        lambda: AuditEvent.objects.filter(kind="person_changed").update(kind="x"),
        lambda: AuditEvent.objects.bulk_update(AuditEvent.objects.all(), ["comment"]),
    ):
        with pytest.raises(Unchangeable):
            refused()


def test_an_instance_refuses_to_change_or_go():
    made = event()
    made.comment = "changed"
    with pytest.raises(Unchangeable):
        made.save()
    with pytest.raises(Unchangeable):
        made.delete()
    assert AuditEvent.objects.get(pk=made.pk).comment == ""


@pytest.mark.parametrize(
    "statement", ["UPDATE accounts_auditevent SET comment = 'x'", "DELETE FROM accounts_auditevent"]
)
def test_the_database_refuses_where_it_can(statement):
    """A trigger on PostgreSQL; on SQLite, which has no such guard here, the manager's refusal is the promise."""
    event()
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="never changed or removed"), transaction.atomic():
            connection.cursor().execute(statement)
    else:
        with pytest.raises(Unchangeable):
            AuditEvent.objects.all().delete()
    assert AuditEvent.objects.filter(comment="").count() == 1


# ---------------------------------------------------------------- who may read it


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("coordinator", 2),
        ("administrator", 2),
        ("executive", 0),
        ("data_lead", 0),
        ("commentary_lead", 0),
        ("scrutiny", 0),
    ],
)
def test_people_and_organisations_are_in_sight_of_administrators_too(role, seen):
    event()
    event("organisation_changed", subject=OrganisationFactory())
    assert AuditEvent.objects.visible_to(UserFactory(roles=[role])).count() == seen


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (dt.datetime(2017, 10, 29, 0, 0, tzinfo=LONDON), True),
        (dt.datetime(2017, 10, 29, 23, 59, tzinfo=LONDON), True),  # a day of 25 hours
        (dt.datetime(2017, 10, 30, 0, 0, tzinfo=LONDON), False),
        (dt.datetime(2017, 10, 28, 23, 59, tzinfo=LONDON), False),
    ],
)
def test_a_day_is_one_in_london_also_when_the_clocks_change(at, found):
    event(at=at)
    day = dt.date(2017, 10, 29)
    assert AuditEvent.objects.since_day(day).until_day(day).exists() is found


def test_an_administrator_sees_nothing_about_figures():
    AuditEvent.objects.create(
        kind="x", actor_label="Rob", subject_type="indicators.return", subject_id="1", subject_label="A1, 2017-18 Q4"
    )
    assert not AuditEvent.objects.visible_to(UserFactory(roles=["administrator"])).exists()
    assert AuditEvent.objects.visible_to(UserFactory(roles=["coordinator"])).exists()


@pytest.mark.parametrize("role", ["administrator", "executive", "data_lead", "scrutiny"])
def test_the_page_is_the_coordinators(client, role):
    client.force_login(UserFactory(roles=[role]), BACKEND)
    assert client.get(URL).status_code == 403


# ---------------------------------------------------------------- the page


@pytest.fixture
def coordinator(client):
    user = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(user, BACKEND)
    return user


def shown(response):
    return [line.subject for line in response.context["lines"]]


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


@pytest.fixture
def trail(coordinator):
    rob, police = UserFactory(name="Rob Hale"), OrganisationFactory(name="Sample Police")
    # 31 March 2018, 23:30 in London is 22:30 UTC: summer time had begun
    for at, kind, subject, by in (
        (dt.datetime(2018, 3, 31, 23, 30, tzinfo=LONDON), "person_changed", rob, coordinator),
        (dt.datetime(2018, 4, 1, 0, 30, tzinfo=LONDON), "organisation_changed", police, None),
    ):
        AuditEvent.objects.create(
            at=at,
            kind=kind,
            actor=by,
            actor_label=by.label if by else "The system",
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            subject_label=str(subject),
        )
    return coordinator


@pytest.mark.parametrize(
    ("asked", "subjects"),
    [
        ({}, ["Sample Police", "Rob Hale"]),
        ({"by": "system"}, ["Sample Police"]),
        ({"by": "me"}, ["Rob Hale"]),
        ({"kind": "organisation_changed"}, ["Sample Police"]),
        ({"q": "rob"}, ["Rob Hale"]),
        ({"q": "nothing like it"}, []),
        (day("first", dt.date(2018, 4, 1)), ["Sample Police"]),
        (day("last", dt.date(2018, 3, 31)), ["Rob Hale"]),
        ({**day("first", dt.date(2018, 3, 31)), **day("last", dt.date(2018, 4, 1))}, ["Sample Police", "Rob Hale"]),
        ({"kind": "person_changed", "by": "system"}, []),
    ],
)
def test_the_trail_is_narrowed_by_person_kind_subject_and_days(client, trail, asked, subjects):
    if asked.get("by") == "me":
        asked = asked | {"by": trail.pk}
    assert shown(client.get(URL, asked)) == subjects


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"by": "999999"}, "Choose a person from the list"),
        ({"kind": "juggled"}, "Choose from the list"),
        ({"first_day": "32", "first_month": "1", "first_year": "2018"}, "The first day must be between 1 and 31"),
        ({"last_day": "1"}, "The last day must include a month and a year"),
        (
            {**day("first", dt.date(2018, 4, 1)), **day("last", dt.date(2018, 3, 31))},
            "The last day must be on or after the first day",
        ),
    ],
)
def test_a_filter_that_cannot_be_answered_says_why_and_keeps_its_values(client, trail, asked, sentence):
    response = client.get(URL, asked)
    told = [words for _, words in error_links(response.context["form"])]
    assert [words[: len(sentence)] for words in told] == [sentence]
    assert shown(response) == []
    page = response.content.decode()
    for value in asked.values():
        if str(value).isdigit() and len(str(value)) < 5:
            assert f'value="{value}"' in page


def test_later_pages_keep_the_filter(client, coordinator):
    person = UserFactory(name="Rob Hale")
    for _ in range(51):
        audit.record("person_changed", person, by=coordinator)
    response = client.get(URL, {"q": "Rob", "kind": "person_changed"})
    assert len(shown(response)) == 50
    assert "q=Rob&amp;kind=person_changed&amp;page=2" in response.content.decode()
    second = client.get(URL, {"q": "Rob", "kind": "person_changed", "page": 2})
    assert len(shown(second)) == 1
    assert 'value="Rob"' in second.content.decode()


def test_an_empty_trail_says_so(client, coordinator):
    assert "Nothing has been recorded yet" in client.get(URL).content.decode()
    assert "No event matches" in client.get(URL, {"q": "x"}).content.decode()


def test_the_page_costs_the_same_with_two_events_and_with_fifty(client, trail, django_assert_num_queries):
    with django_assert_num_queries(7):  # session, person, roles, people, count, events, whether anything is sample
        client.get(URL)
    person = UserFactory()
    for _ in range(48):
        audit.record("person_changed", person, by=trail)
    with django_assert_num_queries(7):
        client.get(reverse("accounts:event-list"))


# ---------------------------------------------------------------- its version


def test_every_event_changes_the_version_of_the_trail():
    versions = [audit.trail_version()]
    for _ in range(3):
        event()
        versions.append(audit.trail_version())
    assert len(set(versions)) == 4


def test_an_event_that_commits_after_a_later_one_changes_the_version_too():
    written = event()
    fields = {field.attname: getattr(written, field.attname) for field in AuditEvent._meta.fields}
    AuditEvent(**fields | {"id": written.pk + 5}).save(
        force_insert=True
    )  # the ids between are taken, not yet committed
    before = audit.trail_version()
    AuditEvent(**fields | {"id": written.pk + 2}).save(force_insert=True)
    assert audit.trail_version() != before


def test_a_database_brought_back_and_continued_another_way_has_another_version():
    versions = set()
    for minute in (1, 2):
        with transaction.atomic():
            event(at=dt.datetime(2038, 5, 1, 10, minute, tzinfo=LONDON))
            last = AuditEvent.objects.order_by("-pk")[0]
            versions.add(audit.trail_version().removeprefix(f"{last.pk}-"))
            transaction.set_rollback(True)
    assert len(versions) == 2


def test_the_version_of_an_empty_trail_is_one_as_well():
    empty = audit.trail_version()
    event()
    assert empty and audit.trail_version() != empty


def test_the_version_costs_one_query(django_assert_num_queries):
    event()
    with django_assert_num_queries(1):
        audit.trail_version()
