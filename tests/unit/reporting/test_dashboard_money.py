"""Money on the dashboard's page: a change shows on the next request, spend is no indicator of the scorecard, and what the page costs."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions import applications, projects_forecasts
from governance.models import FundingApplication
from indicators import actions
from indicators.models import Target
from lib.kept_ready import cache
from lib.quarters import Year
from reporting import dashboard, snapshots
from tests.factories import funding as made
from tests.factories import reporting as data
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.governance import BodyFactory, MembershipFactory
from tests.factories.reporting import Q4, at

pytestmark = pytest.mark.django_db
URL = reverse("reporting:dashboard-detail", args=[Q4])


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def plan():
    plan = data.plan()
    indicator = data.indicator(plan, slug="calls")
    data.figure(data.return_(indicator), 629, by=UserFactory(), verified=at(3))
    return plan


@pytest.fixture
def project(plan):
    """£10,000 in 2017-18, of a stream of £30,000 that year."""
    stream = made.FundingStreamFactory(name="Crime fund")
    made.AllocationFactory(stream=stream, amount=Decimal("30000.00"))
    project = made.ProjectFactory(stream=stream, name="Night patrols", slug="night-patrols", spending=True)
    made.ProjectYearFactory(project=project)
    return project


@pytest.fixture
def return_(project):
    return data.return_(project.spend)


@pytest.fixture
def sent(return_):
    data.figure(return_, Decimal("1234.56"), by=UserFactory(), is_amount=True)
    return return_


def text(client):
    return " ".join(client.get(URL).content.decode().split())


# ---------------------------------------------------------------- a change shows on the next request


def test_spend_that_is_verified_shows_to_the_penny(client, sent, sam):
    client.force_login(sam)
    before = text(client)
    assert "No spend is known yet: one amount is awaited." in before
    assert "Q4: £1,234.56, not yet verified." in before
    actions.verify(sent, version=sent.version, by=sam)
    after = text(client)
    assert "There is £30,000 for 2017-18. £1,234.56 is verified as spent, £1,234.56 of it in Q4." in after
    assert "£28,765.44" in after  # 30,000 less 1,234.56
    assert "not yet verified" not in after


def test_spend_that_is_restated_shows(client, sent, sam):
    actions.verify(sent, version=sent.version, by=sam)
    client.force_login(sam)
    assert "£1,234.56" in text(client)
    data.figure(
        sent, Decimal("1200.06"), by=UserFactory(), recorded=at(4), is_amount=True, restates="correction", restated_because="Twice"
    )  # fmt: skip
    actions.verify(sent, version=sent.version, by=sam)
    page = text(client)
    assert "£1,200.06 is verified as spent" in page
    assert "£1,234.56" not in page


def test_a_forecast_that_is_made_shows_with_its_reason(client, project, return_, sam):
    client.force_login(sam)
    assert "Expected to spend" not in text(client)
    projects_forecasts.give(
        project, year=Year(2017), amount=Decimal("9500.50"), reason="A post was vacant.", version=project.version, by=sam
    )  # fmt: skip
    page = text(client)
    assert "Expected to spend £499.50 less than the year’s money. A post was vacant." in page
    assert f'href="{reverse("governance:project-detail", args=["night-patrols"])}"' in page


def test_an_application_that_is_submitted_shows_and_leads_to_its_page(client, plan, project, return_, sam):
    body = BodyFactory(code="ASB", short_name="ASB group")
    chair = UserFactory(name="Priya Nair")
    MembershipFactory(body=body, user=chair, role="chair")
    application = made.FundingApplicationFactory(
        body=body,
        number=1,
        title="Lighting",
        drafted_by=chair,
        organisation=OrganisationFactory(),
        stream=project.stream,
        priority=plan.priorities.get(letter="A"),
    )
    client.force_login(sam)
    assert "Waiting for a decision" not in text(client)
    applications.submit(application, version=application.version, by=chair)
    page = text(client)
    assert "ASB F1 Lighting</a>: ASB group asks for £12,000." in page
    assert f'href="{FundingApplication.objects.get().get_absolute_url()}"' in page


# ---------------------------------------------------------------- spend is no indicator of the scorecard


def test_spend_is_nowhere_among_the_indicators(plan, sent):
    """Nor in counts, the attention list, what is out, what is beside the set, or the table that is downloaded."""
    snapshot = snapshots.take(plan, Q4)
    page = dashboard.build(snapshot)
    name = sent.indicator.name
    assert [part.reference for part in snapshot.indicators] == ["A1"]
    assert not any(priority.context for priority in snapshot.priorities)
    parts = (page.headline, page.strip, page.scorecard, page.attention, page.changes, page.outstanding, page.beside)
    assert not any(name in repr(part) or sent.indicator.slug in repr(part) for part in parts)
    assert page.outstanding.lines == ()
    assert [line.words for line in page.funding.projects] == ["Q4: £1,234.56, not yet verified."]
    rows = list(csv.reader(io.StringIO(dashboard.download.csv_file(snapshot).decode("utf-8-sig"))))
    assert len(rows) == 2 and not any(name in cell for row in rows for cell in row)
    assert not Target.objects.filter(indicator=sent.indicator).exists()


# ---------------------------------------------------------------- what it costs


def grow(streams, projects):
    someone = UserFactory()
    for stream in made.FundingStreamFactory.create_batch(streams, amount=Decimal("900000.00")):
        made.AllocationFactory(stream=stream)
        made.FundingApplicationFactory(stream=stream, submitted=True)
        for project in made.ProjectFactory.create_batch(projects, stream=stream, spending=True):
            made.ProjectYearFactory(project=project)
            made.ForecastFactory(project=project, made_at=at(1))
            data.figure(data.return_(project.spend), Decimal("2.50"), by=someone, verified=at(3), is_amount=True)


def queries(client):
    cache.clear()
    with CaptureQueriesContext(connection) as cold:
        assert client.get(URL).status_code == 200
    with CaptureQueriesContext(connection) as warm:
        assert client.get(URL).status_code == 200
    return len(cold), len(warm)


@pytest.mark.once
def test_300_projects_cost_as_many_queries_as_10(client, plan, sam):
    client.force_login(sam)
    grow(2, 5)
    small = queries(client)
    grow(10, 29)
    assert queries(client) == small
    assert "295 more projects" in text(client)
    cold, warm = small
    assert cold <= 72
    assert warm <= 4  # session, person, roles, trail


def test_as_it_was_known_on_a_day_before_the_verification(client, plan, project, return_, sam):
    data.figure(return_, Decimal("1234.56"), by=UserFactory(), recorded=at(1), verified=at(3), is_amount=True)
    client.force_login(sam)
    day = dt.date(2018, 5, 2)
    then = " ".join(client.get(f"{URL}?known_on={day}").content.decode().split())
    assert "No spend is known yet" in then and "is verified as spent" not in then
    assert "£1,234.56 is verified as spent" in text(client)
