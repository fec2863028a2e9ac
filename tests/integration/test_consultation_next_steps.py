"""What a consultation's page and its results lead on to, from the last day to what is public."""

import pytest
from django.test import Client

from consultation.models import Consultation
from tests.factories.accounts import UserFactory
from tests.factories.consultations import (
    NOON,
    BatchFactory,
    CommentFactory,
    ConsultationFactory,
    QuoteFactory,
    ResponseFactory,
    TallyFactory,
    whole,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(client: Client) -> Client:
    client.force_login(UserFactory(name="Sam Carrick", roles=["coordinator"]))
    return client


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("state", "step"), [("closed", "Count the answers"), ("analysed", "Publish the results"), ("open", "")]
)
def test_the_next_step_is_a_button_on_its_page(sam, state, step):
    made = whole(slug="what", state=state)
    page = words(sam.get(made.get_absolute_url()))
    button = 'data-module="govuk-button" href="/consultations/what/results/">'
    assert page.count(button) == page.count(f"{button}{step}</a>") == bool(step)


def test_the_next_step_is_the_teams(client):
    client.force_login(UserFactory(roles=["executive"]))
    made = whole(state="analysed")
    assert "Publish the results" not in words(client.get(made.get_absolute_url()))


def test_what_is_published_leads_to_what_the_public_sees(sam):
    made = whole(slug="what", state="published", published_at=NOON, published_by=UserFactory())
    page = words(sam.get(made.get_absolute_url()))
    assert '<a class="govuk-link" href="/what-you-told-us/what/">See it as the public does</a>' in page


def test_what_waits_leads_to_where_it_is_done(sam):
    made = whole(slug="what")
    CommentFactory(response__channel=made.channels.get(key="web"))
    ResponseFactory(channel=made.channels.get(key="web"), standing="held")
    page = words(sam.get(made.get_absolute_url()))
    assert 'href="/consultations/what/words/read/">1 comment is not read yet</a>' in page
    assert 'href="/consultations/what/responses/">1 response is held back until somebody has looked</a>' in page


def test_what_stands_in_the_way_of_counting_leads_to_where_it_is_put_right(sam):
    made = whole(slug="what", state="closed")
    pile = BatchFactory(channel=made.channels.get(key="paper"), label="Library")
    page = words(sam.get("/consultations/what/results/"))
    assert f'href="/consultations/what/papers/{pile.pk}/">“Library” is still being entered.' in page


def test_what_stands_in_the_way_of_publishing_leads_to_where_it_is_put_right(sam):
    made = whole(slug="what", state="analysed")
    QuoteFactory(comment=CommentFactory(response__channel=made.channels.get(key="web")))
    page = words(sam.get("/consultations/what/results/"))
    assert 'href="/consultations/what/words/quotes/">1 quote waits for somebody else to pass.' in page


def test_whoever_counts_second_is_told_who_was_first(sam, client):
    whole(slug="what", state="closed")
    sam.post("/consultations/what/results/analyse/", {"version": 1})
    lena = Client()
    lena.force_login(UserFactory(name="Lena Fox", roles=["coordinator"]))
    page = words(lena.post("/consultations/what/results/analyse/", {"version": 1}))
    assert "has been changed since you opened it" in page
    assert "Sam Carrick" in page and "Results counted" in page
    assert "Say why the results are counted again" not in page


def test_published_totals_come_to_the_public_too(sam):
    made = ConsultationFactory(slug="survey-2013", totals_only=True, state="closed", stated_responses=100)
    TallyFactory(concern__consultation=made, consultation=made, count=12)
    page = words(sam.get("/consultations/survey-2013/results/"))
    assert "Count the answers" in page
    assert "No more answers can be entered then" not in page
    sam.post("/consultations/survey-2013/results/analyse/", {"version": 1})
    sam.post("/consultations/survey-2013/results/publish/", {"version": 2})
    assert Consultation.objects.get().state == "published"
    public = Client().get("/what-you-told-us/survey-2013/")
    assert public.status_code == 200
