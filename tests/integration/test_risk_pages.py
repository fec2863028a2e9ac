"""The register of risks, asked as a browser does."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from governance.models import Risk, RiskScore
from tests.factories.accounts import UserFactory
from tests.factories.governance import (
    ActionFactory,
    BodyFactory,
    DeliveryPlanFactory,
    RiskFactory,
    RiskScoreFactory,
    place,
)

pytestmark = pytest.mark.django_db
LIST, ADD = "/risks/", "/risks/add/"


@pytest.fixture(autouse=True)
def may():
    with time_machine.travel(dt.datetime(2018, 5, 10, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def body():
    return BodyFactory(slug="asb", code="ASB", name="ASB Operations Group", order=1)


@pytest.fixture
def sam(client):
    client.force_login(UserFactory(name="Sam Carrick", roles=["coordinator"]))
    return client


@pytest.fixture
def owen(client, body):
    person = UserFactory(name="Owen Tranter", roles=["member"])
    place(person, body, "chair")
    client.force_login(person)
    return client


def words(response) -> str:
    return " ".join(response.content.decode().split())


def day(name: str, on: dt.date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


GIVEN = {
    "version": "0", "cause": "Because one trainer holds all", "event": "courses may be called off", "effect": "and fewer are trained",
    "before_likelihood": "4", "before_impact": "4", "now_likelihood": "3", "now_impact": "4", "target_likelihood": "2", "target_impact": "3",
    "owner_post": "Manager", **day("review_on", dt.date(2018, 6, 29)),
}  # fmt: skip


def scored(risk: Risk, *scores: tuple[int, int]) -> Risk:
    for month, (likelihood, impact) in enumerate(scores, 1):
        at = dt.datetime(2018, month, 1, tzinfo=dt.UTC)
        RiskScoreFactory(risk=risk, likelihood=likelihood, impact=impact, scored_at=at)
    return risk


def test_over_the_appetite_first_with_trend_and_review(sam, body):
    low = scored(RiskFactory(body=body, number=1), (3, 3))
    high = scored(RiskFactory(body=body, number=2, review_on=dt.date(2018, 4, 30)), (3, 3), (2, 5))
    other = scored(RiskFactory(body=BodyFactory(name="Prevent Board", order=2), number=1), (5, 5), (4, 5))
    closed = RiskFactory(
        body=body,
        number=3,
        closed_at=dt.datetime(2018, 5, 1, tzinfo=dt.UTC),
        closed_by=UserFactory(),
        closed_because="Gone",
    )
    page = words(sam.get(LIST))
    assert "2 of 3 risks are over what their body accepts. 1 review is overdue." in page
    places = [page.index(one.get_absolute_url()) for one in (high, low, other)]
    assert places == sorted(places) and closed.get_absolute_url() not in page
    assert "higher than 9 before" in page and "lower than 25 before" in page
    assert "Review 10 days overdue" in page
    assert "ASB Operations Group: accepts a score of up to 9" in page
    page = words(sam.get(LIST, {"closed": "yes"}))
    assert closed.get_absolute_url() in page and "Gone" in page and high.get_absolute_url() not in page


def test_nothing_to_list(sam, body):
    page = words(sam.get(LIST))
    assert "No risk is open." in page and "None has been entered yet." in page


def test_entered_by_the_chair_whose_body_it_is(owen, body):
    action = ActionFactory(delivery_plan=DeliveryPlanFactory(body=body, running=True), number=2)
    ActionFactory()  # of another body
    page = words(owen.get(ADD))
    assert "Whose risk is it?" not in page and f"{action}, 2017-18" in page and page.count('name="actions"') == 1
    response = owen.post(ADD, GIVEN | {"actions": [str(action.pk)]})
    risk = Risk.objects.get()
    assert response.url == risk.get_absolute_url()
    assert (risk.body, risk.reference, list(risk.actions.all())) == (body, "ASB R1", [action])
    page = words(owen.get(response.url))
    assert "Its score is <strong>12</strong>" in page and "so it is <strong>over its appetite</strong>" in page
    assert ">Now</span>" in page and ">Target</span>" in page and str(action) in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"now_likelihood": "0"}, "Likelihood and impact are numbers from 1 to 5"),
        ({"before_impact": "6"}, "Likelihood and impact are numbers from 1 to 5"),
        ({"target_impact": ""}, "Choose the impact where it should be"),
        ({"target_likelihood": "5", "target_impact": "5"}, "The target can’t be higher than the score without any control"),
        ({"owner_post": ""}, "Say whose it is: a post, a person or both"),
        (day("review_on", dt.date(2018, 5, 9)), "The day on which it is looked at again must be today or later"),
        (day("review_on", dt.date(2018, 6, 30)) | {"review_on_day": "31"}, "The day on which it is looked at again must be between 1 and 30"),
        ({"event": ""}, "Say what may happen"),
        ({"cause": "x" * 301}, "This must be said in 300 characters or fewer"),
        ({"owner": "999999"}, "Choose one of the options"),
        ({"actions": ["999999"]}, "Choose"),
    ],
)  # fmt: skip
def test_bad_input(owen, body, changed, sentence):
    ActionFactory(delivery_plan=DeliveryPlanFactory(body=body, running=True))
    response = owen.post(ADD, GIVEN | changed)
    assert response.status_code == 200
    assert sentence in words(response) and "<title>Error: " in words(response)
    assert not Risk.objects.exists()


def test_the_partnership_team_says_whose_it_is(sam, body):
    BodyFactory(slug="other")
    assert "Choose a body" in words(sam.post(ADD, GIVEN))
    sam.post(ADD, GIVEN | {"body": "asb"})
    assert Risk.objects.get().body == body


def test_scored_again_and_the_scores_before_are_told(owen, body):
    risk = scored(RiskFactory(body=body, number=4), (3, 4))
    url = reverse("governance:risk-score", args=[risk.pk])
    assert "Say what the score rests on" in words(owen.post(url, {"version": "1", "likelihood": "2", "impact": "4"}))
    sent = {
        "version": "1",
        "likelihood": "2",
        "impact": "4",
        "said": "A second trainer",
        **day("review_on", dt.date(2018, 9, 28)),
    }
    page = words(owen.post(url, sent, follow=True))
    assert "Scored: ASB R4 is 2 × 4 = 8" in page and "lower than 12 before" in page
    assert "A second trainer" in page and "3 × 4 = 12" in page
    page = words(owen.post(url, sent))  # sent twice
    assert "What changed since you opened this page" in page and "Risk scored again" in page
    assert RiskScore.objects.count() == 2


def test_two_change_one_risk(owen, body):
    risk = scored(RiskFactory(body=body), (3, 4))
    url = reverse("governance:risk-edit", args=[risk.pk])
    sent = {name: value for name, value in GIVEN.items() if not name.startswith("now")} | {"version": "1"}
    owen.post(url, sent | {"controls": "Two trainers"})
    page = words(owen.post(url, sent | {"controls": "Three trainers"}))
    assert (
        "has been changed since you opened it" in page and "Three trainers" in page and "Controls: Two trainers" in page
    )
    assert 'name="version" value="2"' in page
    owen.post(url, sent | {"controls": "Three trainers", "version": "2"})
    risk.refresh_from_db()
    assert risk.controls == "Three trainers"


def test_closed(owen, body):
    risk = scored(RiskFactory(body=body), (3, 4))
    url = reverse("governance:risk-close", args=[risk.pk])
    assert "Say why it is closed" in words(owen.post(url, {"version": "1", "reason": ""}))
    page = words(owen.post(url, {"version": "1", "reason": "A second trainer came"}, follow=True))
    assert "<strong>Closed</strong> by Owen Tranter on 10 May 2018: A second trainer came" in page
    assert "Score it again" not in page
    assert "closed, so it stays as it is" in words(owen.post(url, {"version": "2", "reason": "Again"}))


def test_its_owner_may_look_after_it_without_a_place_on_the_body(client):
    owner = UserFactory(roles=["member"])
    risk = scored(RiskFactory(owner=owner), (3, 4))
    client.force_login(owner)
    assert risk.get_absolute_url() in words(client.get(LIST))
    assert client.get(reverse("governance:risk-score", args=[risk.pk])).status_code == 200


def test_as_many_queries_for_five_bodies_as_for_fifty(sam, django_assert_max_num_queries):
    def fill(count: int) -> None:
        for _ in range(count):
            risk = RiskFactory(owner=UserFactory())
            scored(risk, (3, 4), (2, 2))

    fill(5)
    sam.get(LIST)
    with django_assert_max_num_queries(20) as few:
        sam.get(LIST)
    fill(45)
    with django_assert_max_num_queries(20) as many:
        sam.get(LIST)
    assert len(few) == len(many)
