"""The whole history of a return: every figure and what became of it, every event of it and of its commentary."""

import datetime as dt
import html
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from indicators import actions
from indicators.models import Withdrawal
from tests.factories import OrganisationFactory, UserFactory
from tests.factories.collecting import UploadFactory
from tests.factories.indicators import FigureFactory, IndicatorFactory, LeadFactory, PlacementFactory, ReturnFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def return_():
    return_ = ReturnFactory(indicator=IndicatorFactory(name="Reports of domestic abuse", owner=OrganisationFactory()))
    PlacementFactory(indicator=return_.indicator, reference="B2")
    return return_


@pytest.fixture
def farida(return_):
    farida = UserFactory(name="Farida Begum", post="", roles=["data_lead"])
    LeadFactory(indicator=return_.indicator, user=farida)
    return farida


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", post="Coordinator", roles=["coordinator"])


def page(client, return_, query=""):
    response = client.get(reverse("indicators:return-history", args=[return_.pk]) + query)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def grow(return_, person, sam, times):
    """So many figures, each sent back."""
    for number in range(times):
        return_.refresh_from_db()
        actions.submit(return_, version=return_.version, numerator=Decimal(100 + number), supplied_by=person, by=person)
        due = timezone.localdate() + dt.timedelta(days=5)
        actions.send_back(return_, comment=f"Question {number}?", due_again_on=due, version=return_.version, by=sam)


def test_every_figure_and_every_event_of_figure_and_words(client, return_, farida, sam):
    actions.save_draft(return_, typed={"number": "13"}, version=1, by=farida)
    grow(return_, farida, sam, 1)
    actions.submit(
        return_,
        version=return_.version,
        numerator=Decimal(148),
        supplied_by=farida,
        route="mail",
        received_on=dt.date(2018, 4, 26),
        source="CRIS",
        by=UserFactory(name="Lena Fox", post="", roles=["coordinator"]),
    )
    actions.verify(return_, version=return_.version, by=sam)
    actions.save_commentary(return_.commentary, what_happened="Reports rose.", why="", what_next="", version=1, by=sam)
    upload = UploadFactory(file_name="figures.xlsx")
    taken_back = FigureFactory(
        for_return=return_, numerator=Decimal(151), route="upload", upload=upload, supplied_by=farida
    )
    Withdrawal.objects.create(
        figure=taken_back, withdrawn_by=sam, withdrawn_at=dt.datetime(2018, 5, 3, 13, 2, tzinfo=dt.UTC)
    )
    client.force_login(farida)
    shown = page(client, return_)
    figures, events = shown.split("Everything that was done")
    for words in (
        "Question 0?”",
        "Sam Carrick, ",
        "By mail, 26 April 2018, keyed by Lena Fox",
        "CRIS",
        "Verified by Sam Carrick, ",
        "As a spreadsheet: figures.xlsx",
        "Taken back by Sam Carrick, 3 May 2018: the upload that brought it was undone",
    ):
        assert words in figures
    assert "6 events of the figure and its commentary, newest first." in events
    newest_first = ("Commentary saved as a draft", "Figure verified", "Figure sent", "Figure sent back", "Draft saved")
    places = [events.index(f">{words}</th>") for words in newest_first]
    assert places == sorted(places)
    assert "Figure: 13" in events
    assert "What happened: Reports rose." in events


def test_the_return_leads_to_it(client, return_, farida, sam):
    grow(return_, farida, sam, 1)
    client.force_login(farida)
    for name in ("return-detail", "return-edit"):
        shown = client.get(reverse(f"indicators:{name}", args=[return_.pk])).content.decode()
        assert reverse("indicators:return-history", args=[return_.pk]) in shown
        assert "The whole history" in shown


def test_nothing_yet_says_so(client, return_, farida):
    client.force_login(farida)
    shown = page(client, return_)
    assert "No figure has been given for this quarter yet." in shown
    assert "Nothing has been done to this return since its quarter was opened." in shown


def test_the_number_of_queries_does_not_grow(client, return_, farida, sam):
    client.force_login(sam)
    grow(return_, farida, sam, 2)
    page(client, return_)
    with CaptureQueriesContext(connection) as few:
        page(client, return_)
    grow(return_, farida, sam, 20)
    with CaptureQueriesContext(connection) as many:
        page(client, return_)
    assert len(many) == len(few)
    assert len(many) <= 25


def test_a_long_one_is_paged(client, return_, farida, sam):
    grow(return_, farida, sam, 26)  # 52 events
    assert AuditEvent.objects.count() == 52
    client.force_login(farida)
    first, second = page(client, return_), page(client, return_, "?page=2")
    for shown in (first, second):
        assert "52 events of the figure and its commentary" in shown
        assert "Pages of the history" in shown
        assert "Question 0?”" in shown  # every figure stands on every page
    assert first.count(">Figure sent back</th>") == 25
    assert second.count(">Figure sent back</th>") == 1


def test_another_returns_events_stay_out(client, return_, farida, sam):
    other = ReturnFactory(round=return_.round)
    grow(other, farida, sam, 1)
    client.force_login(farida)
    assert "Nothing has been done to this return" in page(client, return_)
