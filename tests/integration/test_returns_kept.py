"""What a form leaves behind when it comes late or twice: the typing stays, nothing is doubled."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from indicators.models import Figure
from tests.factories import UserFactory
from tests.factories.indicators import LeadFactory, ReturnFactory, sent

pytestmark = pytest.mark.django_db


def test_what_was_typed_into_a_quarter_that_closed_meanwhile_is_kept(client):
    return_ = ReturnFactory()
    client.force_login(LeadFactory(indicator=return_.indicator).user)
    return_.round.closed_at = timezone.now()
    return_.round.save()
    typed = {"version": 1, "number": "1604", "kind": "final", "behalf": "own", "source": "My own list", "do": "submit"}
    page = client.post(reverse("indicators:return-edit", args=[return_.pk]), typed).content.decode()
    assert 'value="1604"' in page
    assert 'value="My own list"' in page
    assert not Figure.objects.exists()


def test_commentary_and_reasons_posted_twice_are_no_error(client):
    return_ = ReturnFactory()
    client.force_login(UserFactory(roles=["coordinator"]))
    said = {"version": 1, "reason": "source_lag", "note": "One quarter late"}
    words = {"version": 1, "what_happened": "Reports rose.", "why": "", "what_next": "", "do": "send"}
    for address, data in (
        (reverse("indicators:return-no-figure", args=[return_.pk]), said),
        (reverse("indicators:commentary-edit", args=[return_.commentary.pk]), words),
    ):
        assert [client.post(address, data).status_code for _ in range(2)] == [302, 302]
        assert client.post(address, data | {"note": "Else", "what_happened": "Else"}).status_code == 200
    assert AuditEvent.objects.count() == 2


def test_a_draft_picked_up_by_the_team_is_not_taken_for_their_own_figure(client):
    return_ = ReturnFactory()
    lead = LeadFactory(indicator=return_.indicator).user
    address = reverse("indicators:return-edit", args=[return_.pk])
    client.force_login(lead)
    client.post(address, {"version": 1, "number": "1604", "behalf": "own", "kind": "final", "do": "draft"})
    assert _chosen(client.get(address)) == "own"
    client.force_login(UserFactory(roles=["coordinator"]))
    response = client.get(address)
    assert _chosen(response) == "behalf"
    assert 'value="1604"' in response.content.decode()


def _chosen(response):
    return response.context["form"]["behalf"].value()


def test_what_is_done_already_is_said_when_its_button_is_pressed_twice(client):
    return_ = ReturnFactory()
    sent(return_, 120)
    client.force_login(UserFactory(roles=["coordinator"]))
    verify = reverse("indicators:return-verify", args=[return_.pk])
    client.post(verify, {"version": return_.version})
    page = client.post(verify, {"version": return_.version}, follow=True).content.decode()
    assert "Nothing was verified. This figure is verified already." in page
    close, reopen = (reverse(f"indicators:round-{verb}", args=[return_.round.quarter]) for verb in ("close", "reopen"))
    for address, data, sentence in (
        (close, {"version": 1}, "2017-18 Q4 is closed already."),
        (reopen, {"version": 2, "reason": "A late figure"}, "2017-18 Q4 is open already."),
    ):
        assert client.post(address, data).status_code == 302
        page = client.post(address, data).content.decode()
        assert sentence in page
        assert "by someone else" not in page
    assert AuditEvent.objects.filter(kind__in=["return_verified", "round_closed", "round_reopened"]).count() == 3
