"""Inviting people, changing what is known about them, letting them go and back in."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import ValidationError

from accounts import actions, audit
from accounts.models import AuditEvent, User
from lib.editing import Stale
from tests.factories import PASSWORD, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2018, 5, 1)


@pytest.fixture
def administrator():
    return UserFactory(name="Ada Lind", post="Systems officer", roles=["administrator"])


def facts(user, **changed):
    return {
        "email": user.email,
        "name": user.name,
        "post": user.post,
        "organisation": user.organisation,
        "version": user.version,
        **changed,
    }


def lines(event):
    return [(line["what"], line["was"], line["now"]) for line in event.changes]


# ---------------------------------------------------------------- inviting


def test_an_invited_person_has_roles_and_no_password_and_is_mailed_a_link(
    administrator, django_capture_on_commit_callbacks
):
    police = OrganisationFactory(name="Sample Police")
    with django_capture_on_commit_callbacks(execute=True):
        user = actions.invite(
            email="Farida.Begum@Example.org",
            name="Farida  Begum ",
            post="Performance analyst",
            organisation=police,
            roles=["data_lead", "commentary_lead", "data_lead"],
            starts_on=TODAY,
            by=administrator,
        )
    user.refresh_from_db()
    assert (user.email, user.name) == ("farida.begum@example.org", "Farida Begum")
    assert not user.has_usable_password()
    assert [(grant.role, grant.starts_on, grant.granted_by) for grant in user.role_grants.all()] == [
        ("commentary_lead", TODAY, administrator),
        ("data_lead", TODAY, administrator),
    ]
    [message] = mail.outbox
    assert message.to == ["farida.begum@example.org"]
    assert "/invitation/" in message.body
    assert "Hello Farida Begum" in message.body
    assert message.alternatives[0].mimetype == "text/html"
    invited = AuditEvent.objects.get(kind="person_invited")
    assert invited.actor_label == "Ada Lind, Systems officer"
    assert lines(invited) == [
        ("Name", "nothing", "Farida Begum"),
        ("Email address", "nothing", "farida.begum@example.org"),
        ("Post", "nothing", "Performance analyst"),
        ("Organisation", "nothing", "Sample Police"),
    ]
    granted = AuditEvent.objects.filter(kind="role_granted").order_by("pk").first()
    assert lines(granted) == [("Data lead", "nothing", "from 1 May 2018")]


def test_a_command_invites_without_anybody_signed_in():
    user = actions.invite(email="first@example.org", name="First Person", roles=["administrator"], by=None)
    assert audit.history(user).first().actor_label == "The system"
    assert user.has_role("administrator")
    assert actions.invitation_link(user).startswith("http://127.0.0.1:8000/invitation/")


def test_nothing_is_mailed_when_the_invitation_is_rolled_back(administrator, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ValidationError):
        actions.invite(email="new@example.org", name="New", roles=["mayor"], by=administrator)
    assert mail.outbox == []
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize(
    ("email", "name", "field", "sentence"),
    [
        ("nobody", "Someone", "email", "Enter an email address in the correct form, like name@example.org"),
        ("", "Someone", "email", "Enter an email address in the correct form, like name@example.org"),
        ("new@example.org", "  ", "name", "Enter their name"),
        ("TAKEN@Example.org", "Someone", "email", "Rob Hale, Analyst has an account with this email address already"),
    ],
)
def test_bad_invitations_are_refused_with_a_sentence_at_the_field(administrator, email, name, field, sentence):
    UserFactory(email="taken@example.org", name="Rob Hale", post="Analyst")
    before = User.objects.count()
    with pytest.raises(ValidationError) as refusal:
        actions.invite(email=email, name=name, by=administrator)
    assert refusal.value.message_dict == {field: [sentence]}
    assert User.objects.count() == before


def test_an_invitation_pressed_twice_makes_one_person(administrator, django_capture_on_commit_callbacks):
    typed = {"email": "twice@example.org", "name": "Twice", "roles": ["data_lead"], "by": administrator}
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(**typed)
        with pytest.raises(ValidationError, match="has an account with this email address already"):
            actions.invite(**typed)
    assert User.objects.filter(email="twice@example.org").count() == 1
    assert len(mail.outbox) == 1


def test_a_leaver_is_let_back_in_rather_than_invited_anew(administrator):
    gone = UserFactory(email="gone@example.org")
    actions.deactivate(gone, by=administrator)
    with pytest.raises(ValidationError, match="Open it again instead"):
        actions.invite(email="gone@example.org", name="Gone", by=administrator)


def test_an_invitation_is_accepted_once(administrator):
    user = actions.invite(email="new@example.org", name="New Person", by=administrator)
    actions.accept_invitation(user, password=PASSWORD, by=user)
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    with pytest.raises(ValidationError, match="This link has been used"):
        actions.accept_invitation(user, password="another long phrase", by=user)
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_two_who_open_one_link_at_once_cannot_both_set_the_password(administrator):
    user = actions.invite(email="new@example.org", name="New Person", by=administrator)
    other = User.objects.get(pk=user.pk)
    actions.accept_invitation(user, password=PASSWORD, by=user)
    with pytest.raises(ValidationError, match="has just been used"):
        actions.accept_invitation(other, password="another long phrase", by=other)
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_an_invitation_sent_again_is_mailed_and_recorded(administrator, django_capture_on_commit_callbacks):
    user = actions.invite(email="new@example.org", name="New Person", by=administrator)
    old = user.invited_at
    with django_capture_on_commit_callbacks(execute=True):
        actions.resend_invitation(user, version=user.version, by=administrator)
    assert user.invited_at > old
    assert len(mail.outbox) == 1
    assert audit.history(user).first().kind == "invitation_sent_again"


def test_nobody_with_a_password_is_invited_again(administrator):
    user = UserFactory()
    with pytest.raises(ValidationError, match="has set a password already"):
        actions.resend_invitation(user, version=user.version, by=administrator)


# ---------------------------------------------------------------- changing


def test_a_change_says_from_what_to_what(administrator):
    user = UserFactory(name="Farida Begum", post="Analyst", organisation=OrganisationFactory(name="Sample Police"))
    actions.change_person(user, **facts(user, post="Senior analyst", organisation=None), by=administrator)
    event = audit.history(user).first()
    assert lines(event) == [
        ("Post", "Analyst", "Senior analyst"),
        ("Organisation", "Sample Police", "nothing"),
    ]


def test_two_who_change_the_same_person_do_not_overwrite_each_other(administrator):
    user = UserFactory(post="Analyst")
    mine, theirs = User.objects.get(pk=user.pk), User.objects.get(pk=user.pk)
    actions.change_person(theirs, **facts(theirs, post="Theirs"), by=administrator)
    with pytest.raises(Stale):
        actions.change_person(mine, **facts(mine, post="Mine"), by=administrator)
    assert User.objects.get(pk=user.pk).post == "Theirs"
    assert [event.kind for event in audit.since(user, 1)] == ["person_changed"]


def test_an_address_of_somebody_else_in_other_capitals_is_refused(administrator):
    UserFactory(email="taken@example.org")
    user = UserFactory()
    with pytest.raises(ValidationError, match="has an account with this email address already"):
        actions.change_person(user, **facts(user, email="Taken@Example.ORG"), by=administrator)


def test_a_corrected_address_gets_the_invitation(administrator, django_capture_on_commit_callbacks):
    user = actions.invite(email="tpyo@example.org", name="New Person", by=administrator)
    with django_capture_on_commit_callbacks(execute=True):
        actions.change_person(user, **facts(user, email="typo@example.org"), by=administrator)
    assert [message.to for message in mail.outbox] == [["typo@example.org"]]


# ---------------------------------------------------------------- leaving and coming back


def test_a_leaver_holds_no_role_from_that_moment(administrator):
    user = UserFactory(roles=["data_lead"])
    actions.grant_role(user, role="scrutiny", starts_on=TODAY, by=administrator)
    actions.grant_role(user, role="executive", starts_on=dt.date(2018, 6, 1), by=administrator)
    actions.deactivate(user, on=TODAY, by=administrator)
    user = User.objects.get(pk=user.pk)
    assert (user.is_active, user.left_at is not None, user.state) == (False, True, "No longer here")
    # what began before ended yesterday; what began today or later never was
    assert [(grant.role, grant.ends_on) for grant in user.role_grants.all()] == [("data_lead", dt.date(2018, 4, 30))]
    assert lines(audit.history(user).first()) == [
        ("Account", "open", "closed"),
        ("Data lead", "from 1 April 2010", "1 April 2010 to 30 April 2018"),
        ("CSP Executive member", "from 1 June 2018", "nothing"),
        ("Scrutiny", "from 1 May 2018", "nothing"),
    ]


def test_open_sessions_of_a_leaver_end_at_once(administrator, client):
    user = UserFactory()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    own_page = user.get_absolute_url()
    assert client.get(own_page).status_code == 200
    actions.deactivate(user, by=administrator)
    response = client.get(own_page)
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


def test_a_session_from_before_leaving_stays_dead_after_coming_back(administrator, client):
    user = UserFactory()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    actions.deactivate(user, by=administrator)
    actions.reactivate(user, version=user.version, by=administrator)
    assert client.get(user.get_absolute_url()).status_code == 302


def test_nobody_closes_their_own_account(administrator):
    UserFactory(roles=["administrator"])
    with pytest.raises(ValidationError, match="You cannot close your own account"):
        actions.deactivate(administrator, by=administrator)


def test_the_last_administrator_stays(administrator):
    coordinator = UserFactory(roles=["coordinator"])
    with pytest.raises(ValidationError, match="This is the last administrator"):
        actions.deactivate(administrator, by=coordinator)
    assert User.objects.get(pk=administrator.pk).is_active


def test_an_administrator_who_has_never_set_a_password_does_not_count(administrator):
    actions.invite(email="second@example.org", name="Second", roles=["administrator"], by=administrator)
    with pytest.raises(ValidationError, match="This is the last administrator"):
        actions.deactivate(administrator, by=None)


def test_an_account_is_closed_once(administrator):
    user = UserFactory()
    actions.deactivate(user, by=administrator)
    with pytest.raises(ValidationError, match="is closed already"):
        actions.deactivate(user, by=administrator)


def test_who_comes_back_is_invited_and_has_no_old_password_or_role(administrator, django_capture_on_commit_callbacks):
    user = UserFactory(roles=["coordinator"])
    actions.deactivate(user, by=administrator)
    with django_capture_on_commit_callbacks(execute=True):
        actions.reactivate(user, version=user.version, by=administrator)
    user = User.objects.get(pk=user.pk)
    assert (user.state, user.left_at, user.roles) == ("Invited", None, frozenset())
    assert [message.to for message in mail.outbox] == [[user.email]]


def test_a_stale_page_does_not_let_anybody_back_in(administrator):
    user = UserFactory()
    actions.deactivate(user, by=administrator)
    with pytest.raises(Stale):
        actions.reactivate(user, version=user.version - 1, by=administrator)


# ---------------------------------------------------------------- second step


def test_a_lost_second_step_is_taken_away_by_another_administrator(administrator):
    user = UserFactory()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    actions.reset_second_factor(user, version=user.version, by=administrator)
    assert not Authenticator.objects.filter(user=user).exists()
    assert audit.history(user).first().kind == "second_factor_reset"


def test_a_second_step_that_is_not_there_is_not_reset(administrator):
    user = UserFactory()
    with pytest.raises(ValidationError, match="no second step to reset"):
        actions.reset_second_factor(user, version=user.version, by=administrator)


def test_nobody_resets_their_own_second_step(administrator):
    with pytest.raises(ValidationError, match="Ask another administrator"):
        actions.reset_second_factor(administrator, version=1, by=administrator)
