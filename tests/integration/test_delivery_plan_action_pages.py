"""The pages of a plan's actions and of its equalities analysis: what they take, refuse and keep."""

import datetime as dt
import html

import pytest
from django.urls import reverse

from governance.models import Action
from lib.quarters import Year
from tests.factories import UserFactory
from tests.factories.consultations import ConcernFactory
from tests.factories.governance import (
    ActionFactory,
    BodyFactory,
    DeliveryPlanFactory,
    MilestoneFactory,
    UpdateFactory,
    place,
)
from tests.factories.indicators import IndicatorFactory, PlacementFactory
from tests.factories.priorities import (
    CommitmentFactory,
    PlanFactory,
    PriorityFactory,
)

pytestmark = pytest.mark.django_db

STARTS = {"starts_on_day": "1", "starts_on_month": "4", "starts_on_year": "2017"}
DUE = {"due_on_day": "31", "due_on_month": "3", "due_on_year": "2018"}
COURSES = {"version": "0", "title": "Train teams", "owner_post": "ASB team manager", **STARTS, **DUE}


@pytest.fixture(autouse=True)
def partnership():
    return PlanFactory()


@pytest.fixture
def sam(client):
    person = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(person)
    return person


@pytest.fixture
def draft():
    return DeliveryPlanFactory(body=BodyFactory(slug="asb", code="ASB"))


def text(response) -> str:
    return " ".join(html.unescape(response.content.decode()).split())


def adding(plan):
    return reverse("governance:action-add", args=[plan.body.slug, plan.year])


def page_of(action, name="action-edit"):
    return reverse(f"governance:{name}", args=[action.pk])


def step(number, words, day):
    box = f"milestone_{number}"
    parts = zip(("day", "month", "year"), day.split("/"), strict=True)
    return {f"{box}_text": words, **{f"{box}_due_on_{part}": value for part, value in parts}}


def test_an_action_with_all_that_can_be_said_of_it(client, sam, draft, partnership):
    priority = PriorityFactory(plan=partnership)
    serves = CommitmentFactory(priority=priority, year=Year(2017))
    indicator = IndicatorFactory()
    PlacementFactory(plan=partnership, priority=priority, indicator=indicator, reference="A1")
    concern = ConcernFactory(consultation__plan=partnership, consultation__totals_only=True, text="Gangs")
    said = COURSES | step(1, "The first course", "29/9/2017")
    said |= {"owner": str(sam.pk), "commitment": str(serves.pk), "indicators": [indicator.pk], "concerns": [concern.pk]}
    assert client.post(adding(draft), said | {"rows": "3"}).status_code == 302
    action = Action.objects.get()
    page = text(client.get(page_of(action, "action-detail")))
    for words in ("ASB team manager (Sam Carrick)", serves.text, "A1", "Gangs", "The first course", "31 March 2018"):
        assert words in page


def test_bad_dates_are_told_at_their_boxes_and_nothing_is_lost(client, sam, draft):
    said = COURSES | DUE | {"due_on_day": "1", "due_on_month": "4", "rows": "3"} | step(1, "Too late", "2/4/2018")
    page = text(client.post(adding(draft), said))
    assert "Its year ends on 31 March 2018: carry it forward then" in page
    assert "Milestone 1 must lie within the action: from 1 April 2017 to 1 April 2018" in page
    assert 'href="#id_due_on_day"' in page
    assert 'href="#id_milestone_1_due_on_day"' in page
    assert "Train teams" in page
    assert "Too late" in page
    assert not Action.objects.exists()


def test_more_rows_keep_what_was_typed_and_save_nothing(client, sam, draft):
    said = {"version": "0", "title": "Train teams", "rows": "3", "do": "more"} | step(3, "Typed", "29/9/2017")
    response = client.post(adding(draft), said)
    form, page = response.context["form"], text(response)
    assert (form.rows, form["rows"].value()) == (6, 6)
    assert "Train teams" in page
    assert "Typed" in page
    assert "There is a problem" not in page
    assert not page.startswith("Error")
    assert not Action.objects.exists()
    assert client.post(adding(draft), said | {"rows": "999"}).context["form"].rows == 20


def test_two_people_at_one_action(client, sam, draft):
    action = ActionFactory(delivery_plan=draft, title="Old", due_on=dt.date(2018, 3, 31))
    said = COURSES | {"version": "1"}
    client.post(page_of(action), said | {"title": "Sam’s"})
    client.force_login(UserFactory(name="Lena Fox", roles=["coordinator"]))
    page = text(client.post(page_of(action), said | {"title": "Lena’s"}))
    assert "has been changed since you opened it" in page
    assert "Title: Old → Sam’s" in page
    assert "Lena’s" in page
    action.refresh_from_db()
    assert (action.title, action.version) == ("Sam’s", 2)


def test_an_indicator_out_of_sight_stays_named_and_unsaid(client, draft):
    callum = UserFactory(name="Callum Reed", roles=["member"])
    place(callum, draft.body, "support")
    client.force_login(callum)
    secret = IndicatorFactory(is_restricted=True, name="A restricted number")
    action = ActionFactory(delivery_plan=draft)
    action.indicators.add(secret)
    for name in ("action-detail", "action-edit"):
        assert "A restricted number" not in text(client.get(page_of(action, name)))
    assert client.post(page_of(action), COURSES | {"version": "1"}).status_code == 302
    assert list(action.indicators.all()) == [secret]


def test_an_agreed_action_asks_for_a_reason_and_not_for_dates(client, sam):
    action = ActionFactory(delivery_plan__running=True, due_on=dt.date(2018, 1, 31), title="Old")
    form = client.get(page_of(action)).context["form"]
    assert "due_on" not in form.fields
    said = {"version": "1", "title": "New", "owner_post": "Manager", "success_measure": "12"}
    page = text(client.post(page_of(action), said | DUE))
    assert "Say why it changes: the plan has been agreed" in page
    assert client.post(page_of(action), said | DUE | {"reason": "A slip"}).status_code == 302
    action.refresh_from_db()
    assert (action.title, action.due_on) == ("New", dt.date(2018, 1, 31))


@pytest.mark.parametrize("fields", [{"submitted": True}, {"closed": True}])
def test_pages_that_change_lead_back_while_nothing_may_be_changed(client, sam, fields):
    plan = DeliveryPlanFactory(**fields)
    action = ActionFactory(delivery_plan=plan)
    addresses = [adding(plan), page_of(action), reverse("governance:equality-edit", args=[plan.body.slug, plan.year])]
    for address in addresses:
        assert client.get(address).status_code == 302


def test_an_action_is_taken_out_of_a_draft_by_its_button(client, sam, draft):
    action, kept = ActionFactory(delivery_plan=draft, number=1), UpdateFactory(action__delivery_plan=draft).action
    assert "It has updates" in text(client.post(page_of(kept, "action-take-out"), {"version": 1}, follow=True))
    assert "Open the page again" in text(client.post(page_of(action, "action-take-out"), follow=True))
    page = text(client.post(page_of(action, "action-take-out"), {"version": 1}, follow=True))
    assert "ASB 1 is taken out of the draft. Its number is not given again" in page
    assert list(Action.objects.all()) == [kept]


def test_a_milestone_is_ticked_and_unticked(client, sam):
    milestone = MilestoneFactory(action__delivery_plan__running=True)
    tick = reverse("governance:milestone-tick", args=[milestone.action_id, milestone.pk])
    assert "1 of 1 reached" in text(client.post(tick, {"reached": "yes"}, follow=True))
    assert "0 of 1 reached" in text(client.post(tick, {"reached": "no"}, follow=True))
    other = reverse("governance:milestone-tick", args=[ActionFactory().pk, milestone.pk])
    assert client.post(other).status_code == 404


# ---------------------------------------------------------------- equalities


def test_the_analysis_is_saved_as_far_as_it_goes_and_says_what_is_missing(client, sam, draft):
    address = reverse("governance:equality-edit", args=["asb", draft.year])
    effects = {f"{code}_effect": "unknown" for code in CODES}
    said = {"version": "0", "screening": "full", **effects} | REVIEW
    assert client.post(address, said | {"age_effect": "neutral", "age_evidence": "The survey"}).status_code == 302
    shown = client.get(reverse("governance:equality-detail", args=["asb", draft.year]))
    assert len(shown.context["lacks"]) == 8
    assert "Disability: the effect is not known yet" in text(shown)
    again = client.post(address, said | {"age_effect": "negative"})
    assert "has been changed since you opened it" in text(again)
    assert again.context["form"]["version"].value() == 1
    refused = client.post(address, said | {"version": "1", "age_effect": "negative"})
    assert "Age: choose the action that lessens the harm, or say why there is none" in text(refused)


CODES = (
    "age",
    "disability",
    "gender_reassignment",
    "marriage",
    "pregnancy",
    "race",
    "religion",
    "sex",
    "sexual_orientation",
)
REVIEW = {"review_on_day": "31", "review_on_month": "3", "review_on_year": "2018"}
