"""What is held about a person: every way in which a row points to people is looked at, and no secret or number gets out."""

import datetime as dt
import io
import json
import zipfile

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps

from accounts.models import AuditEvent, Unsent, User
from reporting.protecting import held, occurring
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.governance import MembershipFactory
from tests.factories.indicators import FigureFactory
from tests.factories.protecting import DownloadFactory, FormatRequestFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2018, 6, 4, 10, tzinfo=dt.UTC)


@pytest.fixture
def farida():
    return UserFactory(name="Farida Begum", email="farida@example.org", post="Analyst")


def reasons():
    return list(AuditEvent.objects.filter(kind__startswith="held_").values_list("kind", "comment"))


def test_every_way_to_point_to_people_is_looked_at():
    """Found from the side of the people, where `places` looks from the side of the models."""
    pointing = {
        f"{one.related_model._meta.label}.{one.field.name}"
        for one in User._meta.get_fields(include_hidden=True)
        if one.is_relation and one.auto_created and not one.concrete
    }
    looked_at = {place.label for place in held.places()}
    assert looked_at == pointing
    assert {"accounts.AuditEvent.actor", "indicators.Figure.recorded_by", "reporting.Download.by"} <= looked_at


def test_what_is_told_whole_is_installed_and_secrets_are_named():
    """A model that is renamed must not fall silently to the short form, nor a new secret out of the list."""
    here = {place.label for place in held.places()}
    assert {label for label in held.WHOLE if not label.startswith("socialaccount.")} <= here
    named = {
        field.name
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if any(word in field.name for word in ("password", "secret", "token", "key_sha"))
        and field.name != "lease_token"
    }
    assert named <= held.SECRETS == occurring.SECRETS


def test_the_file_tells_rows_and_no_secret_and_no_number(client, farida):
    farida.set_password("a-very-long-password")
    farida.save()
    figure = FigureFactory(recorded_by=farida, numerator="4711")
    RoleGrantFactory(user=farida, role="data_lead", granted_by=UserFactory(name="Alex Rowe"))
    RoleGrantFactory(user=UserFactory(name="Tom Hale"), role="member", granted_by=farida)
    MembershipFactory(user=farida)
    DownloadFactory(by=farida)
    Unsent.objects.create(person=farida, thing="indicators.return:1", typed={"note": "half a thought"})
    Authenticator.objects.create(user=farida, type="totp", data={"secret": "JBSWY3DP"})
    client.force_login(farida)
    assert f"/people/{farida.pk}/held/" in client.get(farida.get_absolute_url()).content.decode()
    answer = client.post(f"/people/{farida.pk}/held/")
    assert answer["Content-Type"] == "application/zip" and "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["what-is-held.html", "what-is-held.json"]
        page, data = archive.read("what-is-held.html").decode(), json.loads(archive.read("what-is-held.json"))
    groups = {group["label"]: group["rows"] for group in data["groups"]}
    assert data["account"]["email address"] == "farida@example.org" and data["account"]["password"] == "set"
    assert [row["number"] for row in groups["indicators.Figure.recorded_by"]] == [figure.pk]
    assert groups["accounts.RoleGrant.user"][0]["granted by"] == "Alex Rowe"
    assert set(groups["accounts.RoleGrant.granted_by"][0]) == {"which", "number", "starts on", "granted at"}
    key = client.session.session_key
    assert data["sessions"] and key not in page and key not in json.dumps(data)
    assert groups["accounts.Unsent.person"][0]["typed"] == {"note": "half a thought"}
    assert groups["reporting.Download.by"][0]["what"] == "Pack for 2017-18 Q4, executive edition, issue 1"
    assert groups["governance.Membership.user"] and groups["mfa.Authenticator.user"]
    assert len(data["sessions"]) == 1
    for text in (page, json.dumps(data)):
        assert "Alex Rowe" in text and "half a thought" in text
        assert not any(secret in text for secret in ("JBSWY3DP", "4711", farida.password))
    assert reasons() == [("held_exported", "")]


def test_for_somebody_else_with_a_reason_and_without_what_was_never_sent(client, farida):
    Unsent.objects.create(person=farida, thing="indicators.return:1", typed={"note": "half a thought"})
    client.force_login(UserFactory(roles=["coordinator"]))
    url = f"/people/{farida.pk}/held/"
    page = client.post(url, {"reason": " "}).content.decode()
    assert "<title>Error: " in page and "Say whose request this answers" in page and reasons() == []
    answer = client.post(url, {"reason": "Request of 4 June, by mail"})
    data = json.loads(zipfile.ZipFile(io.BytesIO(answer.content)).read("what-is-held.json"))
    assert "half a thought" not in json.dumps(data)
    assert "What was typed into forms and not sent" in data["left_out"][-1]
    assert reasons() == [("held_exported", "Request of 4 June, by mail")]


def test_a_name_without_an_account_is_counted_by_place_and_kept_out_of_the_trail(client):
    MembershipFactory(user=None, name="Zoë O’Hara")
    FormatRequestFactory(contact="zoë.ohara@example.org", formats=["braille"])
    assert [(one.words, one.count) for one in occurring.find("ZOË"[:2])] != []
    client.force_login(UserFactory(roles=["coordinator"]))
    page = client.post("/retention/find/", {"words": "O’Hara", "reason": "Request of 4 June"}).content.decode()
    assert "Membership: name" in page
    assert reasons() == [("held_searched", "Request of 4 June")]
    assert "Hara" not in "".join(f"{event.changes}{event.subject_label}" for event in AuditEvent.objects.all())
    assert (
        "It occurs nowhere."
        in client.post("/retention/find/", {"words": "Nobody of that name", "reason": "Request"}).content.decode()
    )
    assert "Enter at least 3 letters" in client.post("/retention/find/", {"words": "ab"}).content.decode()
