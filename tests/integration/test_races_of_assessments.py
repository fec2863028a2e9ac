"""Two people at one assessment at the same moment, each on a connection of their own."""

import pytest

from lib.quarters import Year
from reporting.actions import assessing
from reporting.models import AssessedIndicator, Assessment
from tests.factories.accounts import UserFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.packs import AssessmentFactory
from tests.factories.priorities import PlanFactory
from tests.integration.test_returns_race import at_once, one_won

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 5


@pytest.fixture
def people():
    return UserFactory(name="Sam Carrick"), UserFactory(name="Lena Fox")


def test_two_start_a_year_and_there_is_one(people):
    plan = PlanFactory()
    for year in plan.years[:ROUNDS]:
        outcomes = at_once(*(lambda by=by, year=year: assessing.start(plan, year=year, by=by) for by in people))
        assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
        assert Assessment.objects.filter(plan=plan, year=year).count() == 1


def test_two_write_the_first_word_and_one_is_told(people):
    assessment = AssessmentFactory(year=Year(2017))
    for _ in range(ROUNDS):
        indicator = IndicatorFactory()
        outcomes = at_once(
            *(
                lambda by=by, indicator=indicator: assessing.explain(
                    Assessment.objects.get(pk=assessment.pk), indicator=indicator, why=by.name, version=0, by=by
                )
                for by in people
            )
        )
        assert one_won(outcomes)
        assert AssessedIndicator.objects.filter(indicator=indicator).count() == 1


def test_two_add_sections_and_no_place_is_given_twice(people):
    assessment = AssessmentFactory(year=Year(2017))
    for turn in range(ROUNDS):
        outcomes = at_once(
            *(
                lambda by=by, text=f"So {turn}.": assessing.add_section(
                    Assessment.objects.get(pk=assessment.pk), heading=by.name, text=text, is_public=True, by=by
                )
                for by in people
            )
        )
        assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
    assert [one.order for one in assessment.sections.all()] == list(range(1, 2 * ROUNDS + 1))


def test_a_form_sent_twice_at_once_adds_one_section(people):
    assessment = AssessmentFactory(year=Year(2017))
    for turn in range(ROUNDS):
        words = {"heading": "Who is harmed", "text": f"So {turn}.", "is_public": True}
        outcomes = at_once(
            *[
                lambda words=words: assessing.add_section(
                    Assessment.objects.get(pk=assessment.pk), **words, by=people[0]
                )
            ]
            * 2
        )
        assert outcomes[0] == outcomes[1]
    assert assessment.sections.count() == ROUNDS
