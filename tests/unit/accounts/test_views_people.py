"""The pages about people: who may open them, what they show, what they refuse."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import User
from tests.factories import OrganisationFactory, RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def administrator(client):
    user = UserFactory(name="Ada Lind", roles=["administrator"])
    client.force_login(user, BACKEND)
    return user


@pytest.fixture
def coordinator(client):
    user = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(user, BACKEND)
    return user


def text(response):
    return " ".join(response.content.decode().split())


def error_links(response):
    """The sentences of the error summary."""
    from lib.govuk import error_links

    return [sentence for _, sentence in error_links(response.context["form"])]


# ---------------------------------------------------------------- who may open what


def test_a_data_lead_sees_their_own_page_and_nobody_elses(client):
    lead, other = UserFactory(roles=["data_lead"]), UserFactory()
    client.force_login(lead, BACKEND)
    assert client.get(lead.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(reverse("accounts:user-list")).status_code == 403
    assert client.get(reverse("accounts:user-invite")).status_code == 403


@pytest.mark.parametrize("name", ["user-edit", "user-roles"])
def test_in_sight_but_not_allowed_is_403(client, coordinator, name):
    person = UserFactory()
    assert client.get(reverse(f"accounts:{name}", args=[person.pk])).status_code == 403


@pytest.mark.parametrize("name", ["user-edit", "user-roles"])
def test_out_of_sight_is_404(client, name):
    client.force_login(UserFactory(roles=["executive"]), BACKEND)
    assert client.get(reverse(f"accounts:{name}", args=[UserFactory().pk])).status_code == 404


@pytest.mark.parametrize("name", ["user-resend", "user-reactivate", "user-reset-second-factor"])
def test_one_button_acts_are_post_only(client, administrator, name):
    assert client.get(reverse(f"accounts:{name}", args=[UserFactory().pk])).status_code == 405


@pytest.mark.parametrize("name", ["user-resend", "user-reactivate", "user-reset-second-factor"])
def test_one_button_acts_are_not_the_coordinators(client, coordinator, name):
    person = UserFactory()
    response = client.post(reverse(f"accounts:{name}", args=[person.pk]), {"version": person.version})
    assert response.status_code == 403


def test_nobody_signed_in_is_sent_to_sign_in(client):
    response = client.get(reverse("accounts:user-list"))
    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/people/"


# ---------------------------------------------------------------- the list


def names(response):
    return [person.name for person in response.context["page"]]


@pytest.fixture
def several(administrator):
    police, council = OrganisationFactory(name="Sample Police"), OrganisationFactory(name="Sample Council")
    now = timezone.now()
    UserFactory(name="Farida Begum", post="Analyst", organisation=police, roles=["data_lead"], last_login=now)
    UserFactory(name="Lena Fox", organisation=council, roles=["executive"])
    UserFactory(name="Tom Okafor", organisation=police, is_active=False, left_at=now)
    return {"police": police, "council": council}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, ["Ada Lind", "Farida Begum", "Lena Fox"]),
        ({"q": "begum"}, ["Farida Begum"]),
        ({"q": "ANALYST far"}, ["Farida Begum"]),
        ({"q": "nobody"}, []),
        ({"role": "executive"}, ["Lena Fox"]),
        ({"organisation": "police"}, ["Farida Begum"]),
        ({"organisation": "police", "show": "all"}, ["Farida Begum", "Tom Okafor"]),
        ({"show": "new"}, ["Lena Fox"]),
        ({"show": "gone"}, ["Tom Okafor"]),
        ({"role": "mayor"}, []),
        ({"page": "no"}, ["Ada Lind", "Farida Begum", "Lena Fox"]),
    ],
)
def test_the_list_shows_who_is_asked_for(client, several, asked, shown):
    if "organisation" in asked:
        asked = asked | {"organisation": several[asked["organisation"]].pk}
    response = client.get(reverse("accounts:user-list"), asked)
    assert names(response) == shown


def test_a_filter_that_cannot_be_answered_says_why(client, several):
    response = client.get(reverse("accounts:user-list"), {"role": "mayor"})
    assert error_links(response) == ["Choose a role from the list"]
    assert "<title>Error: People" in text(response)


def test_an_empty_list_says_what_to_do(client, several):
    assert "Nobody here matches." in text(client.get(reverse("accounts:user-list"), {"q": "nobody"}))


def test_the_list_costs_the_same_with_three_people_and_with_thirty(
    client, several, django_assert_max_num_queries, django_assert_num_queries
):
    url = reverse("accounts:user-list")
    with django_assert_max_num_queries(14) as few:
        client.get(url)
    for _ in range(27):
        UserFactory(roles=["data_lead"])
    with django_assert_num_queries(len(few)):
        client.get(url)


def test_a_role_that_ended_is_not_shown_as_held(client, administrator):
    RoleGrantFactory(user=UserFactory(name="Rob Hale"), role="executive", ends_on=dt.date(2018, 3, 31))
    response = client.get(reverse("accounts:user-list"), {"q": "Rob"})
    assert response.context["page"][0].grants_now == []


# ---------------------------------------------------------------- one person


def test_a_person_page_tells_roles_with_dates_and_what_happened(client, administrator):
    person = actions.invite(email="new@example.org", name="New Person", by=administrator)
    actions.grant_role(
        person, role="scrutiny", starts_on=dt.date(2018, 4, 1), ends_on=dt.date(2018, 9, 30), by=administrator
    )
    page = text(client.get(person.get_absolute_url()))
    for words in (
        "1 April 2018",
        "30 September 2018",
        "Ended",
        "Person invited",
        "Role given",
        "Send the invitation again",
    ):
        assert words in page


def test_a_coordinator_reads_a_person_and_finds_nothing_to_press(client, coordinator):
    person = UserFactory(name="Rob Hale")
    page = text(client.get(person.get_absolute_url()))
    assert "Rob Hale" in page
    assert "Close the account" not in page
    assert f"/people/{person.pk}/edit/" not in page


def test_what_people_are_called_is_escaped(client, administrator):
    person = UserFactory(name="<script>alert(1)</script>")
    page = client.get(person.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


# ---------------------------------------------------------------- inviting

TYPED = {"name": "Farida Begum", "email": "farida@example.org", "post": "Analyst", "roles": ["data_lead"]}


def test_inviting_sends_a_mail_and_leads_to_the_person(client, administrator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("accounts:user-invite"), TYPED)
    person = User.objects.get(email="farida@example.org")
    assert response.status_code == 302
    assert response.url == person.get_absolute_url()
    assert person.has_role("data_lead")
    assert [message.to for message in mail.outbox] == [["farida@example.org"]]


def test_an_invitation_sent_twice_is_told_and_keeps_the_typing(client, administrator):
    client.post(reverse("accounts:user-invite"), TYPED)
    response = client.post(reverse("accounts:user-invite"), TYPED | {"email": "FARIDA@example.org"})
    assert response.status_code == 200
    assert error_links(response) == ["Farida Begum, Analyst has an account with this email address already"]
    assert 'value="FARIDA@example.org"' in response.content.decode()
    assert User.objects.filter(name="Farida Begum").count() == 1


@pytest.mark.parametrize(
    ("changed", "sentences"),
    [
        ({"name": ""}, ["Enter their name"]),
        ({"name": "   "}, ["Enter their name"]),
        ({"name": "x" * 121}, ["The name must be 120 characters or fewer"]),
        ({"email": ""}, ["Enter their email address"]),
        ({"email": "farida"}, ["Enter an email address in the correct form, like name@example.org"]),
        ({"email": "a@" + "b" * 260 + ".org"}, None),
        ({"post": "x" * 121}, ["The post must be 120 characters or fewer"]),
        ({"organisation": "999"}, ["Choose an organisation from the list"]),
        ({"roles": ["mayor"]}, ["Choose roles from the list"]),
        ({"name": "", "email": ""}, ["Enter their name", "Enter their email address"]),
    ],
)
def test_bad_invitations_are_told_at_the_field_and_make_nobody(client, administrator, changed, sentences):
    before = User.objects.count()
    response = client.post(reverse("accounts:user-invite"), TYPED | changed)
    assert response.status_code == 200
    if sentences is None:
        assert error_links(response)
    else:
        assert error_links(response) == sentences
    assert "<title>Error: Invite a person" in text(response)
    assert User.objects.count() == before


# ---------------------------------------------------------------- changing


def test_two_who_change_one_person_the_second_is_told_who_and_what_and_loses_no_typing(client, administrator):
    person = UserFactory(name="Rob Hale", post="Analyst")
    url = reverse("accounts:user-edit", args=[person.pk])
    opened = {"name": "Rob Hale", "email": person.email, "organisation": person.organisation_id, "version": 1}
    colleague = UserFactory(name="Vera Lund", post="Clerk", roles=["administrator"])
    actions.change_person(
        User.objects.get(pk=person.pk),
        name="Rob Hale",
        email=person.email,
        post="Senior analyst",
        organisation=person.organisation,
        version=1,
        by=colleague,
    )
    response = client.post(url, opened | {"post": "Chief analyst"})
    page = text(response)
    assert response.status_code == 200
    assert "has been changed since you opened it" in page
    assert "Vera Lund, Clerk" in page
    assert "Post: Analyst → Senior analyst" in page
    assert 'value="Chief analyst"' in page
    assert User.objects.get(pk=person.pk).post == "Senior analyst"
    # the form now carries the newer version, so saving again keeps one's own
    assert '<input type="hidden" name="version" value="2"' in page
    assert client.post(url, opened | {"post": "Chief analyst", "version": 2}).status_code == 302
    assert User.objects.get(pk=person.pk).post == "Chief analyst"


def test_a_form_without_its_version_is_asked_to_be_opened_again(client, administrator):
    person = UserFactory()
    response = client.post(
        reverse("accounts:user-edit", args=[person.pk]), {"name": person.name, "email": person.email}
    )
    assert error_links(response) == ["Open this page again: it lost track of the version you were changing"]


# ---------------------------------------------------------------- roles

DAYS = {"starts_on_day": "1", "starts_on_month": "4", "starts_on_year": "2018"}


def test_a_role_is_given_with_its_dates(client, administrator):
    person = UserFactory()
    url = reverse("accounts:user-roles", args=[person.pk])
    response = client.post(url, {"role": "scrutiny", "version": 1, **DAYS})
    assert response.status_code == 302
    grant = person.role_grants.get()
    assert (grant.role, grant.starts_on, grant.ends_on) == ("scrutiny", dt.date(2018, 4, 1), None)


@pytest.mark.parametrize(
    ("changed", "sentences"),
    [
        ({"role": ""}, ["Choose a role"]),
        ({"role": "mayor"}, ["Choose a role from the list"]),
        ({"starts_on_day": "31"}, ["The first day must be between 1 and 30: April has 30 days"]),
        (
            {"ends_on_day": "31", "ends_on_month": "3", "ends_on_year": "2018"},
            ["The last day must be on or after the first day"],
        ),
        ({"role": "data_lead"}, ["They hold this role already: Data lead, from 1 April 2010"]),
    ],
)
def test_bad_roles_are_told_at_the_field(client, administrator, changed, sentences):
    person = UserFactory(roles=["data_lead"])
    url = reverse("accounts:user-roles", args=[person.pk])
    response = client.post(url, {"role": "scrutiny", "version": 1, **DAYS, **changed})
    assert response.status_code == 200
    assert error_links(response) == sentences
    assert person.role_grants.count() == 1


def test_a_role_is_ended_by_its_button(client, administrator):
    person = UserFactory(roles=["data_lead"])
    grant = person.role_grants.get()
    url = reverse("accounts:grant-end", args=[person.pk, grant.pk])
    assert client.get(url).status_code == 405
    response = client.post(url, {"version": 1}, follow=True)
    assert "Ended: Data lead of" in text(response)
    assert not User.objects.get(pk=person.pk).roles


@pytest.mark.parametrize(("role", "returns"), [("member", True), ("data_lead", False)])
def test_a_role_that_a_place_may_bring_is_said_to_return(client, administrator, role, returns):
    person = UserFactory(roles=[role])
    url = reverse("accounts:grant-end", args=[person.pk, person.role_grants.get().pk])
    said = text(client.post(url, {"version": 1}, follow=True))
    assert ("If a place on a body brings it, it is back overnight" in said) == returns


def test_the_last_administrator_is_told_why_the_role_stays(client, administrator):
    grant = administrator.role_grants.get()
    url = reverse("accounts:grant-end", args=[administrator.pk, grant.pk])
    assert "This is the last administrator" in text(client.post(url, {"version": 1}, follow=True))
    assert client.post(url, {}, follow=True).status_code == 200
    grant.refresh_from_db()
    assert grant.ends_on is None


def test_a_role_of_somebody_else_is_not_found_on_this_person(client, administrator):
    grant = RoleGrantFactory()
    url = reverse("accounts:grant-end", args=[UserFactory().pk, grant.pk])
    assert client.post(url, {"version": 1}).status_code == 404


# ---------------------------------------------------------------- one-button acts


def test_an_invitation_is_sent_again(client, administrator, django_capture_on_commit_callbacks):
    person = actions.invite(email="new@example.org", name="New Person", by=administrator)
    url = reverse("accounts:user-resend", args=[person.pk])
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url, {"version": person.version}, follow=True)
    assert "A new invitation is on its way to new@example.org" in text(response)
    assert len(mail.outbox) == 1
    response = client.post(url, {"version": person.version}, follow=True)  # pressed twice
    assert "has been changed since you opened it" in text(response)


def test_a_second_step_is_reset(client, administrator):
    person = UserFactory()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert "Reset the second step" in text(client.get(person.get_absolute_url()))
    response = client.post(reverse("accounts:user-reset-second-factor", args=[person.pk]), {"version": 1}, follow=True)
    assert "sets up a new second step" in text(response)
    assert not Authenticator.objects.filter(user=person).exists()


def test_a_leaver_is_let_back_in(client, administrator):
    person = UserFactory()
    actions.deactivate(person, by=administrator)
    response = client.post(
        reverse("accounts:user-reactivate", args=[person.pk]), {"version": person.version}, follow=True
    )
    assert "can come back: an invitation is on its way" in text(response)
    assert client.post(reverse("accounts:user-reactivate", args=[person.pk]), {}).status_code == 302
