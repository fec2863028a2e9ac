"""Organisations and what they are called, from when to when."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts import actions, audit
from accounts.models import Organisation
from lib.editing import Stale
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return UserFactory(roles=["coordinator"])


def test_an_added_organisation_has_its_name_for_all_time(coordinator):
    made = actions.create_organisation(name="Sample  Fire Service", short_name="Fire", kind="fire", by=coordinator)
    assert (made.slug, str(made), made.name_on(dt.date(1990, 1, 1))) == (
        "sample-fire-service",
        "Sample Fire Service",
        "Sample Fire Service",
    )
    assert audit.history(made).get().kind == "organisation_created"


@pytest.mark.parametrize("name", ["Sample Police", "SAMPLE police"])
def test_a_name_that_is_taken_is_refused(coordinator, name):
    OrganisationFactory(name="Sample Police", slug="police")
    with pytest.raises(ValidationError) as refusal:
        actions.create_organisation(name=name, by=coordinator)
    assert refusal.value.message_dict == {"name": ["There is already an organisation with this name"]}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [(" ", "Enter the organisation’s name"), ("!!!", "Enter a name with letters or numbers in it")],
)
def test_a_name_that_is_none_is_refused(coordinator, name, sentence):
    with pytest.raises(ValidationError) as refusal:
        actions.create_organisation(name=name, by=coordinator)
    assert refusal.value.message_dict == {"name": [sentence]}


def test_a_new_name_holds_from_its_day_and_the_old_one_until_the_day_before(coordinator):
    health = OrganisationFactory(name="Sample CCG", kind="health")
    actions.rename_organisation(
        health, name="Sample ICB", short_name="ICB", starts_on=dt.date(2022, 7, 1), version=1, by=coordinator
    )
    health = Organisation.objects.with_names().get(pk=health.pk)
    assert str(health) == "Sample ICB"
    assert health.name_on(dt.date(2022, 6, 30)) == "Sample CCG"
    assert health.name_on(dt.date(2022, 7, 1)) == "Sample ICB"
    assert audit.history(health).first().changes == [
        {"what": "Name", "was": "Sample CCG", "now": "Sample ICB, from 1 July 2022"},
    ]


def test_a_name_cannot_begin_before_the_present_one(coordinator):
    health = OrganisationFactory(name="Sample PCT")
    first = {"name": "Sample CCG", "short_name": "", "starts_on": dt.date(2013, 4, 1), "by": coordinator}
    actions.rename_organisation(health, version=1, **first)
    with pytest.raises(ValidationError) as refusal:
        actions.rename_organisation(health, version=2, **first | {"name": "Sample ICB"})
    assert refusal.value.message_dict == {
        "starts_on": ["The first day must be after 1 April 2013, when its present name began"],
    }
    assert health.names.count() == 2


def test_a_correction_changes_the_latest_name_only(coordinator):
    health = OrganisationFactory(name="Sample PCT")
    actions.rename_organisation(
        health, name="Sample CGC", short_name="", starts_on=dt.date(2013, 4, 1), version=1, by=coordinator
    )
    actions.change_organisation(health, name="Sample CCG", short_name="CCG", kind="health", version=2, by=coordinator)
    assert [name.name for name in health.names.all()] == ["Sample PCT", "Sample CCG"]
    assert [line["what"] for line in audit.history(health).first().changes] == ["Name", "Short name", "Kind"]


def test_two_who_change_one_organisation_do_not_overwrite_each_other(coordinator):
    one = OrganisationFactory(name="Sample Police")
    other = Organisation.objects.get(pk=one.pk)
    typed = {"name": "Sample Police Service", "short_name": "", "kind": "police", "version": 1, "by": coordinator}
    actions.change_organisation(one, **typed)
    with pytest.raises(Stale):
        actions.change_organisation(other, **typed | {"name": "Sample Constabulary"})
    assert str(Organisation.objects.get(pk=one.pk)) == "Sample Police Service"
