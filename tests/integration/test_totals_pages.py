"""The page of published totals, asked as a browser does."""

import pytest
from django.urls import reverse

from consultation import shipped
from consultation.models import Consultation, Tally
from tests.factories.accounts import UserFactory
from tests.factories.consultations import whole
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(client):
    made = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(made)
    return made


def address(consultation, name="totals-edit") -> str:
    return reverse(f"consultation:{name}", args=[consultation.slug])


def words(response) -> str:
    return " ".join(response.content.decode().split())


def boxes(client, consultation) -> dict[str, str]:
    """What a browser sends of the page as it stands."""
    form = client.get(address(consultation)).context["form"]
    return {name: form[name].value() or "" for name in form.fields if name != "are_counts"}


def first(consultation, text) -> str:
    return f"first-{consultation.concerns.get(text=text).pk}"


def test_from_a_draft_to_complete_totals(client, sam):
    consultation = whole(draft=True)
    page = words(client.get(address(consultation)))
    assert "This consultation holds responses." in page and "Hold published totals alone" in page
    client.post(address(consultation, "totals-begin"), {"version": consultation.version})
    gangs = first(consultation, "Gangs")
    sent = boxes(client, consultation) | {
        "responses": "1,389",
        "source": "Plan, page 5",
        gangs: "130",
        gangs.replace("first", "printed"): "9.6%",
        "first-together": "420",
        "together": "Other 15 options",
    }
    page = words(client.post(address(consultation), sent, follow=True))
    assert "<strong>1,389 answered.</strong>" in page
    assert "<strong>1 printed percentage doesn’t agree with the count.</strong>" in page
    assert "Gangs: 9.6% is printed, and 130 of 1,389 is 9.4%." in page
    assert Tally.objects.get(together="Other 15 options").count == 420
    version = Consultation.objects.get().version
    page = words(client.post(address(consultation, "totals-complete"), {"version": version}, follow=True))
    assert "Complete: the totals can be analysed now" in page
    assert "Say that the totals are complete" not in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("24.4%", "Gangs, first choice: enter how many people, not a percentage: put 24.4% into the box beside it"),
        ("24.4", "Gangs, first choice: enter how many people, not a percentage: put 24.4 into the box beside it"),
        ("-3", "can’t be less than 0"),
        ("many", "must be a whole number"),
        ("1390", "“Gangs” was named 1,390 times, and 1,389 answered: each can name it once"),
    ],
)
def test_what_is_refused_keeps_the_typing(client, sam, typed, said):
    consultation = whole(draft=True, holds_responses=False)
    box = first(consultation, "Gangs")
    sent = boxes(client, consultation) | {"responses": "1389", "source": "Plan", box: typed}
    page = client.post(address(consultation), sent)
    assert page.status_code == 200 and said in words(page)
    assert f'value="{typed}"' in words(page) and "Error: " in words(page)
    assert Tally.objects.count() == 0


def test_numbers_that_add_up_to_a_hundred_are_asked_about_once(client, sam):
    consultation = whole(draft=True, holds_responses=False)
    sent = boxes(client, consultation) | {
        "responses": "1389",
        "source": "Plan",
        first(consultation, "Gangs"): "40",
        first(consultation, "Drugs"): "60",
    }
    page = words(client.post(address(consultation), sent))
    assert "they look like percentages" in page and "The numbers that add up to about 100 are people" in page
    client.post(address(consultation), sent | {"are_counts": "on"})
    assert Tally.objects.count() == 2


def test_two_people_at_once_lose_no_typing(client, sam):
    consultation = whole(draft=True, holds_responses=False)
    mine = boxes(client, consultation) | {"responses": "1389", "source": "Mine", first(consultation, "Gangs"): "7"}
    client.post(address(consultation), mine | {"source": "Theirs", first(consultation, "Gangs"): "8"})
    page = client.post(address(consultation), mine)
    assert "What changed since you opened this page" in words(page) and 'value="Mine"' in words(page)
    assert Tally.objects.get().count == 8
    again = mine | {"version": Consultation.objects.get().version}
    client.post(address(consultation), again)
    assert Tally.objects.get().count == 7


def test_what_ships_is_looked_at_and_stays(client, sam):
    shipped.load(PlanFactory())
    consultation = Consultation.objects.get()
    page = client.get(address(consultation))
    assert "It is published, so its totals stay as they are." in words(page)
    assert "24.4%" in words(page) and "<form" not in page.content.decode().split("<main")[1]
    client.post(address(consultation), {"responses": "1"})
    consultation.refresh_from_db()
    assert consultation.stated_responses == 1389
