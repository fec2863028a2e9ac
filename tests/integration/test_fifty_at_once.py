"""Fifty people submit one return at the same moment: one wins, forty-nine are told, and there is one figure."""

import threading
from collections import Counter
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from indicators import actions
from indicators.models import Figure, Return
from tests.factories import UserFactory
from tests.factories.accounts import OrganisationFactory
from tests.factories.indicators import ReturnFactory
from tests.integration.test_returns_race import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
PEOPLE = 50
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_one_wins_and_forty_nine_are_told(monkeypatch):
    """Through the form, each on a connection of their own. Nobody goes on to submit before all have opened and read the return."""
    police = OrganisationFactory(name="Sample Police")
    return_ = ReturnFactory(indicator__owner=police)
    url = reverse("indicators:return-edit", args=[return_.pk])
    clients = []
    for _ in range(PEOPLE):
        clients.append(Client())
        clients[-1].force_login(UserFactory(organisation=police, roles=["data_lead"]), BACKEND)
    assert 'name="version" value="1"' in clients[0].get(url).content.decode()
    submit, gate = actions.submit, threading.Barrier(PEOPLE)

    def held(*args, **kwargs):
        gate.wait(60)
        return submit(*args, **kwargs)

    monkeypatch.setattr(actions, "submit", held)
    typed = {"version": "1", "kind": "final", "behalf": "own", "do": "submit"}
    answers = at_once(
        *(
            lambda client=client, number=number: client.post(url, typed | {"number": str(number)})
            for number, client in enumerate(clients, start=1000)
        )
    )

    assert Counter(getattr(answer, "status_code", answer) for answer in answers) == {302: 1, 200: PEOPLE - 1}
    told = [answer.content.decode() for answer in answers if answer.status_code == 200]
    assert all("This return has been changed since you opened it." in page for page in told)
    assert all("<title>Error: " in page for page in told)
    won = next(number for number, answer in enumerate(answers, start=1000) if answer.status_code == 302)
    assert Figure.objects.get().numerator == Decimal(won)
    # What each of the others typed is still in their box.
    lost = [(number, answer) for number, answer in enumerate(answers, start=1000) if answer.status_code == 200]
    assert all(f'value="{number}"' in answer.content.decode() for number, answer in lost)
    assert (Return.objects.get().version, Return.objects.get().status) == (2, Return.Status.SUBMITTED)
    assert AuditEvent.objects.filter(kind="return_submitted").count() == 1
