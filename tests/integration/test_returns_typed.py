"""Typing that was neither sent nor saved: kept by the form's script, there again when the form is opened, gone when it is sent."""

import datetime as dt
import html
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Unsent
from indicators import actions
from indicators.models import Return
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory, ReturnFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def return_():
    return ReturnFactory(indicator=IndicatorFactory(owner=OrganisationFactory(name="Metropolitan Police")))


@pytest.fixture
def farida(return_):
    farida = UserFactory(name="Farida Begum", roles=["data_lead"], organisation=return_.indicator.owner)
    LeadFactory(indicator=return_.indicator, user=farida)
    return farida


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", post="Coordinator", roles=["coordinator"])


def figure(return_):
    return reverse("indicators:return-edit", args=[return_.pk])


def words(return_):
    return reverse("indicators:commentary-edit", args=[return_.commentary.pk])


def typing(person, **typed):
    return {"do": "autosave", "typist": person.pk, "version": 1} | typed


def page(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def test_what_was_typed_is_there_again_after_signing_out(client, return_, farida):
    client.force_login(farida)
    typed = {
        "number": "1,6o4",  # as typed, right or wrong
        "source": "My own list",
        "kind": "provisional",
        "behalf": "behalf",
        "supplier_name": "Tom Okafor",
        "received_on_day": "26",
        "received_on_month": "Apr",
        "nothing": "of ours",
    }
    answer = client.post(figure(return_), typing(farida, **typed))
    assert answer.status_code == 200
    assert answer.json() == {"at": timezone.localtime().strftime("%H:%M")}
    client.logout()
    client.force_login(farida)
    shown = page(client.get(figure(return_)))
    kept = timezone.localtime(Unsent.objects.get().saved_at)
    assert f"What you typed on {kept.day} {kept:%B %Y} at {kept:%H:%M} was kept." in shown
    assert "It has not been sent." in shown
    for value in ("1,6o4", "My own list", "Tom Okafor", "26", "Apr"):
        assert f'value="{value}"' in shown
    form = client.get(figure(return_)).context["form"]
    assert (form["kind"].value(), form["behalf"].value()) == ("provisional", "behalf")
    assert "nothing" not in Unsent.objects.get().typed
    assert Return.objects.get().status == Return.Status.DUE
    assert not AuditEvent.objects.exists()


def test_keeping_is_cheap_and_leaves_the_session_alone(client, return_, farida, sam):
    for person, most in ((farida, 8), (sam, 6)):
        client.force_login(person)
        client.post(figure(return_), typing(person, number="1"))
        for address in [figure(return_)] + ([words(return_)] if person == sam else []):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.post(address, typing(person, number="16")).status_code == 200
            written = [query["sql"] for query in asked if not query["sql"].startswith(("SELECT", "BEGIN", "COMMIT"))]
            assert len(written) == 1
            assert "accounts_unsent" in written[0]
            assert len(asked) <= most, [query["sql"] for query in asked]


@pytest.mark.parametrize("do", ["submit", "draft"])
def test_sending_or_saving_forgets_it(client, return_, farida, do):
    client.force_login(farida)
    typed = {"version": 1, "number": "1604", "kind": "final", "behalf": "own"}
    client.post(figure(return_), typing(farida, number="16"))
    assert client.post(figure(return_), typed | {"do": do}).status_code == 302
    assert not Unsent.objects.exists()
    assert "was kept" not in page(client.get(figure(return_)))
    # One that was on its way meanwhile, or another page of the same person, is told so.
    late = client.post(figure(return_), typing(farida, number="16"))
    assert (late.status_code, late.json()["said"][:44]) == (409, "Not kept: you have sent or saved this from a")
    assert not Unsent.objects.exists()


def test_a_refused_form_forgets_nothing(client, return_, farida):
    client.force_login(farida)
    client.post(figure(return_), typing(farida, number="16o4"))
    refused = {"version": 1, "number": "16o4", "kind": "final", "behalf": "own", "do": "submit"}
    assert "must be a whole number" in page(client.post(figure(return_), refused))
    assert Unsent.objects.count() == 1


def test_saying_that_there_is_no_figure_forgets_it(client, return_, farida):
    client.force_login(farida)
    client.post(figure(return_), typing(farida, number="16"))
    said = {"version": 1, "reason": "source_lag"}
    assert client.post(reverse("indicators:return-no-figure", args=[return_.pk]), said).status_code == 302
    assert not Unsent.objects.exists()


def test_it_can_be_thrown_away(client, return_, farida):
    client.force_login(farida)
    actions.save_draft(return_, typed={"number": "1500"}, version=1, by=farida)
    client.post(figure(return_), typing(farida, number="16", version=2))
    shown = page(client.get(figure(return_)))
    assert "Throw it away and start from the saved draft" in shown
    assert 'value="16"' in shown
    after = page(client.post(figure(return_), {"do": "throw_away"}, follow=True))
    assert 'value="1500"' in after
    assert "was kept" not in after
    assert not Unsent.objects.exists()


def test_two_people_each_keep_their_own(client, return_, farida, sam):
    for person, number in ((farida, "1604"), (sam, "1605")):
        client.force_login(person)
        client.post(figure(return_), typing(person, number=number))
    for person, mine, theirs in ((farida, "1604", "1605"), (sam, "1605", "1604")):
        client.force_login(person)
        shown = page(client.get(figure(return_)))
        assert f'value="{mine}"' in shown
        assert f'value="{theirs}"' not in shown


def test_it_is_kept_when_the_return_has_moved_on_and_the_guard_tells(client, return_, farida, sam):
    client.force_login(farida)
    client.post(figure(return_), typing(farida, number="1700"))
    actions.submit(return_, version=1, numerator=Decimal(1604), supplied_by=farida, by=sam)
    # The page is still open, at the version before.
    assert client.post(figure(return_), typing(farida, number="1701")).status_code == 200
    shown = page(client.get(figure(return_)))
    assert "Since you opened the form:" in shown
    assert "Sam Carrick, Coordinator" in shown
    assert "Figure: 1,604" in shown
    assert 'value="1701"' in shown
    assert "Throw it away and start from 1,604" in shown
    typed = {"version": 1, "number": "1701", "kind": "final", "behalf": "own", "do": "submit"}
    refused = page(client.post(figure(return_), typed))
    assert "This return has been changed since you opened it" in refused
    assert 'value="1701"' in refused
    assert client.post(figure(return_), typed | {"version": 2}).status_code == 302
    assert not Unsent.objects.exists()


def test_who_may_not_give_the_figure_keeps_nothing(client, return_, farida):
    stranger = UserFactory(roles=["data_lead"])
    client.force_login(stranger)
    assert client.post(figure(return_), typing(stranger, number="1")).status_code == 404
    executive = UserFactory(roles=["executive"])
    client.force_login(executive)
    assert client.post(figure(return_), typing(executive, number="1")).status_code == 403
    client.force_login(farida)
    assert client.post(words(return_), typing(farida, why="1")).status_code == 403
    client.logout()
    answer = client.post(figure(return_), typing(farida, number="1"))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))
    assert not Unsent.objects.exists()


def test_a_page_left_open_by_somebody_else_is_not_kept_as_mine(client, return_, farida, sam):
    client.force_login(sam)
    answer = client.post(figure(return_), typing(farida, number="1604"))
    assert (answer.status_code, answer.json()["said"][:48]) == (409, "Not kept: you are signed in as somebody else by ")
    assert not Unsent.objects.exists()


@pytest.mark.parametrize("version", ["", "one", "-1", "١", "9" * 40, "1.0"])
def test_a_version_that_is_none_is_refused(client, return_, farida, version):
    client.force_login(farida)
    answer = client.post(figure(return_), typing(farida, number="1", version=version))
    assert answer.status_code == 409
    assert "open this page again" in answer.json()["said"]


def test_too_much_is_refused_in_words(client, return_, sam):
    client.force_login(sam)
    answer = client.post(words(return_), typing(sam, why="x" * 21_000))
    assert answer.status_code == 409
    assert answer.json()["said"].startswith("Not kept: this is too long to be kept while you type.")


def test_the_words_of_a_return_are_kept_too(client, return_, sam):
    client.force_login(sam)
    typed = {"what_happened": "Reports\nrose.", "why": "", "who": "A post", "by_when_day": "31", "by_when_month": "x"}
    assert client.post(words(return_), typing(sam, **typed)).status_code == 200
    shown = page(client.get(words(return_)))
    assert "Reports\nrose." in shown
    assert 'value="31"' in shown
    assert 'value="A post"' in shown
    assert "Throw it away and start from the empty form" in shown
    client.post(words(return_), {"version": 1, "what_happened": "Reports rose.", "do": "draft"})
    assert not Unsent.objects.exists()
    client.post(words(return_), typing(sam, what_happened="And fell.", version=2))
    assert "Throw it away and start from the saved draft" in page(client.get(words(return_)))
    client.post(words(return_), {"version": 2, "what_happened": "They fell.", "do": "send"})
    assert not Unsent.objects.exists()
    client.post(words(return_), typing(sam, what_happened="And", version=3))
    assert "Throw it away and start from what was sent" in page(client.get(words(return_)))
    assert "They fell." in page(client.post(words(return_), {"do": "throw_away"}, follow=True))


def test_a_draft_saved_all_but_the_day_forgets_and_goes_on(client, return_, sam):
    client.force_login(sam)
    client.post(words(return_), typing(sam, what_happened="Reports"))
    day = {"by_when_day": "31", "by_when_month": "2", "by_when_year": "2018"}
    typed = {"version": 1, "what_happened": "Reports rose.", "do": "draft"} | day
    assert "Draft saved, all but the day" in page(client.post(words(return_), typed))
    assert not Unsent.objects.exists()
    assert client.post(words(return_), typing(sam, what_happened="Reports rose.", version=2, **day)).status_code == 200


def test_the_clock_of_the_note_is_londons(client, return_, farida):
    client.force_login(farida)
    client.post(figure(return_), typing(farida, number="16"))
    Unsent.objects.update(saved_at=dt.datetime(2018, 5, 3, 13, 2, tzinfo=dt.UTC))
    assert "What you typed on 3 May 2018 at 14:02 was kept." in page(client.get(figure(return_)))


def test_my_returns_say_that_something_was_left(client, return_, farida):
    client.force_login(farida)
    mine = reverse("indicators:return-list")
    assert "What you typed is kept" not in page(client.get(mine))
    client.post(figure(return_), typing(farida, number="16"))
    assert "What you typed is kept and has not been sent." in page(client.get(mine))
    client.post(figure(return_), {"do": "throw_away"})
    assert "What you typed is kept" not in page(client.get(mine))
