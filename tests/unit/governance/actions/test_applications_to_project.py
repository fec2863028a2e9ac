"""What was agreed to an application becomes a project, in one step and once."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from governance.actions import applications_deciding
from governance.models import Project
from indicators.models import Lead
from lib.editing import Stale
from lib.quarters import Quarter, Year
from tests.factories import UserFactory
from tests.factories.accounts import OrganisationFactory
from tests.factories.funding import (
    FundingApplicationFactory,
    FundingStreamFactory,
    ProjectFactory,
)
from tests.factories.governance import ActionFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.priorities import CommitmentFactory

pytestmark = pytest.mark.django_db

Y2 = Year.parse("2018-19")
ALL = {Y2: Decimal("12000.00")}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(dt.datetime(2017, 5, 30, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def told(refused) -> dict[str, list[str]]:
    return refused.value.message_dict


class TestBecomingAProject:
    @pytest.fixture
    def agreed(self):
        """£12,000 for 2018-19, from 1 April 2018 to 31 March 2019."""
        return FundingApplicationFactory(agreed=True)

    @pytest.fixture
    def needs(self):
        return {"name": "Patrols", "organisation": OrganisationFactory(), "lead": UserFactory(roles=["data_lead"])}

    def test_in_one_step_with_all_that_the_application_says(self, agreed, needs, sam):
        commitment, calls = CommitmentFactory(), IndicatorFactory()
        agreed.actions.set([ActionFactory(commitment=commitment)])
        agreed.indicators.set([calls])
        project = applications_deciding.make_project(agreed, **needs, version=1, by=sam)
        project.refresh_from_db()
        assert (project.stream, project.application, project.lead_body) == (agreed.stream, agreed, agreed.body)
        assert (project.amount, dict(project.years.values_list("year", "amount"))) == (Decimal("12000.00"), ALL)
        assert (project.starts_on, project.ends_on) == (dt.date(2018, 4, 1), dt.date(2019, 3, 31))
        assert (list(project.commitments.all()), list(project.indicators.all())) == ([commitment], [calls])
        assert project.purpose == agreed.purpose
        assert (project.spend.asked_from, project.spend.asked_until) == (
            Quarter.parse("2018-19-q1"),
            Quarter.parse("2018-19-q4"),
        )
        assert Lead.objects.get(indicator=project.spend).user == needs["lead"]
        with pytest.raises(ValidationError, match="It has become a project already: Patrols"):
            applications_deciding.make_project(agreed, **needs, version=2, by=sam)

    def test_what_it_needs_is_asked_for_at_once(self, sam):
        agreed = FundingApplicationFactory(agreed=True, stream=None)
        with pytest.raises(ValidationError) as refused:
            applications_deciding.make_project(agreed, name="Patrols", organisation=None, lead=None, version=1, by=sam)
        assert set(told(refused)) == {"stream", "organisation", "lead"}

    def test_a_stream_is_chosen_where_none_was_named_and_only_then(self, agreed, needs, sam):
        other = FundingStreamFactory()
        assert applications_deciding.make_project(agreed, stream=other, **needs, version=1, by=sam).stream != other
        without = FundingApplicationFactory(agreed=True, stream=None)
        assert applications_deciding.make_project(without, stream=other, **needs, version=1, by=sam).stream == other

    def test_over_what_the_stream_has_nothing_is_made(self, agreed, needs, sam):
        ProjectFactory(stream=agreed.stream, amount=Decimal("88000.01"))
        with pytest.raises(ValidationError, match="£0.01 more than its £100,000"):
            applications_deciding.make_project(agreed, **needs, version=1, by=sam)
        agreed.refresh_from_db()
        assert (Project.objects.count(), agreed.version) == (1, 1)

    def test_a_name_that_the_stream_has_already_is_refused_at_its_box(self, agreed, needs, sam):
        ProjectFactory(stream=agreed.stream, name="patrols")
        with pytest.raises(ValidationError) as refused:
            applications_deciding.make_project(agreed, **needs, version=1, by=sam)
        assert list(told(refused)) == ["name"]

    @pytest.mark.parametrize("state", ["submitted", "draft"])
    def test_only_what_is_agreed(self, needs, sam, state):
        application = FundingApplicationFactory(submitted=state == "submitted")
        with pytest.raises(ValidationError, match="Only what is agreed becomes a project"):
            applications_deciding.make_project(application, **needs, version=1, by=sam)

    def test_not_over_a_newer_version(self, agreed, needs, sam):
        type(agreed).objects.filter(pk=agreed.pk).update(version=2)
        with pytest.raises(Stale):
            applications_deciding.make_project(agreed, **needs, version=1, by=sam)
