"""The pages about organisations."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts import actions
from accounts.models import Organisation
from lib.govuk import error_links
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LIST = "accounts:organisation-list"


@pytest.fixture(params=["coordinator", "administrator"])
def keeper(client, request):
    user = UserFactory(roles=[request.param], organisation=None)
    client.force_login(user, BACKEND)
    return user


def sentences(response):
    return [sentence for _, sentence in error_links(response.context["form"])]


def test_organisations_are_for_those_who_keep_them(client):
    client.force_login(UserFactory(roles=["executive", "data_lead"]), BACKEND)
    police = OrganisationFactory(slug="police")
    for url in (reverse(LIST), reverse("accounts:organisation-add"), police.get_absolute_url()):
        assert client.get(url).status_code == 403
    assert client.get(reverse("accounts:organisation-rename", args=["police"])).status_code == 403


def test_the_list_says_what_is_empty_and_then_who_works_where(client, keeper):
    assert "No organisation is here yet" in client.get(reverse(LIST)).content.decode()
    police = OrganisationFactory(name="Sample Police")
    UserFactory(organisation=police)
    [row] = client.get(reverse(LIST)).context["organisations"]
    assert (str(row), row.people_here) == ("Sample Police", 1)


def test_the_list_costs_the_same_with_two_and_with_twenty(client, keeper, django_assert_num_queries):
    OrganisationFactory.create_batch(2)
    with django_assert_num_queries(6):  # session, person, roles, organisations, names, whether anything is sample
        client.get(reverse(LIST))
    OrganisationFactory.create_batch(18)
    with django_assert_num_queries(6):
        client.get(reverse(LIST))


def test_an_organisation_is_added(client, keeper):
    response = client.post(
        reverse("accounts:organisation-add"), {"name": "Sample Police", "short_name": "SP", "kind": "police"}
    )
    assert response.status_code == 302
    assert str(Organisation.objects.get(slug="sample-police")) == "Sample Police"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": "", "kind": "police"}, ["Enter the organisation’s name"]),
        ({"name": "New", "kind": ""}, ["Choose what it is"]),
        ({"name": "New", "kind": "circus"}, ["Choose what it is from the list"]),
        ({"name": "Sample POLICE", "kind": "police"}, ["There is already an organisation with this name"]),
        ({"name": "Add", "kind": "police"}, ["There is already an organisation with this name"]),
        ({"name": "x" * 121, "kind": "police"}, ["The name must be 120 characters or fewer"]),
    ],
)
def test_bad_organisations_are_told_at_the_field(client, keeper, typed, told):
    OrganisationFactory(name="Sample Police")
    response = client.post(reverse("accounts:organisation-add"), typed)
    assert sentences(response) == told
    assert Organisation.objects.count() == 1


def test_a_new_name_from_a_day_on(client, keeper):
    OrganisationFactory(slug="health", name="Sample CCG", kind="health")
    url = reverse("accounts:organisation-rename", args=["health"])
    typed = {
        "name": "Sample ICB",
        "starts_on_day": "1",
        "starts_on_month": "July",
        "starts_on_year": "2022",
        "version": 1,
    }
    assert client.get(url).status_code == 200
    assert client.post(url, typed).status_code == 302
    health = Organisation.objects.get(slug="health")
    assert health.name_on(dt.date(2022, 6, 30)) == "Sample CCG"
    assert str(health) == "Sample ICB"
    page = client.get(health.get_absolute_url()).content.decode()
    assert "30 June 2022" in page


def test_two_who_rename_one_organisation_the_second_is_told(client, keeper):
    health = OrganisationFactory(slug="health", name="Sample CCG")
    actions.rename_organisation(
        health, name="Sample ICB", short_name="", starts_on=dt.date(2022, 7, 1), version=1, by=keeper
    )
    typed = {"name": "Mine", "starts_on_day": "1", "starts_on_month": "8", "starts_on_year": "2022", "version": 1}
    response = client.post(reverse("accounts:organisation-rename", args=["health"]), typed)
    page = response.content.decode()
    assert "has been changed since you opened it" in page
    assert "Name: Sample CCG → Sample ICB, from 1 July 2022" in page
    assert 'value="Mine"' in page
    assert str(Organisation.objects.get(slug="health")) == "Sample ICB"


def test_a_correction_is_saved(client, keeper):
    OrganisationFactory(slug="health", name="Sample CGC")
    url = reverse("accounts:organisation-edit", args=["health"])
    response = client.post(url, {"name": "Sample CCG", "short_name": "CCG", "kind": "health", "version": 1})
    assert response.status_code == 302
    assert str(Organisation.objects.get(slug="health")) == "Sample CCG"


def test_an_organisation_that_does_not_exist_is_not_found(client, keeper):
    assert client.get(reverse("accounts:organisation-edit", args=["nowhere"])).status_code == 404
