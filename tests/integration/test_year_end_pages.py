"""The page of a year's end and the printed plan, asked as a browser does."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from governance.actions import year_end
from governance.models import Action, DeliveryPlan, Membership
from lib.quarters import Year
from tests.factories.accounts import UserFactory
from tests.factories.governance import (
    ActionFactory,
    BodyFactory,
    DeliveryPlanFactory,
    EqualityAnalysisFactory,
    EqualityImpactFactory,
    MilestoneFactory,
    UpdateFactory,
    agreed,
    place,
)
from tests.factories.governing import ApprovalFactory, UndertakingFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.priorities import CommitmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def april():
    with time_machine.travel(dt.datetime(2018, 4, 12, 12, tzinfo=dt.UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def owen():
    return UserFactory(name="Owen Tranter", roles=["member"])


@pytest.fixture
def plan(owen):
    made = DeliveryPlanFactory(body=BodyFactory(slug="asb", code="ASB", name="ASB Operations Group"), running=True)
    place(owen, made.body, Membership.Role.CHAIR)
    return made


@pytest.fixture
def chair(client, owen):
    client.force_login(owen)
    return client


def url(plan: DeliveryPlan, name: str = "delivery-plan-year-end") -> str:
    return reverse(f"governance:{name}", args=[plan.body.slug, plan.year])


def words(response) -> str:
    return " ".join(response.content.decode().split())


def day(name: str, on: dt.date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def row(action: Action, what: str = "", version: int | None = None, **boxes: str) -> dict[str, str]:
    sent = {"version": str(version or action.version), "what": what, **boxes}
    return {f"a{action.pk}-{name}": value for name, value in sent.items()}


def carry(action: Action, on: dt.date = dt.date(2018, 6, 29), reason: str = "The trainer was ill") -> dict[str, str]:
    return row(action, "carry", **day("new_due_on", on), carry_reason=reason)


def test_all_in_one_post(plan, chair):
    one, two, three, four = (ActionFactory(delivery_plan=plan, number=number) for number in (1, 2, 3, 4))
    page = words(chair.get(url(plan)))
    assert "4 of 4 actions are still open. Say what becomes of each." in page
    sent = row(one, "complete", **day("done_on", dt.date(2018, 3, 29))) | carry(two)
    sent |= row(three, "merge", into=str(two.pk), merge_reason="They are one") | row(four)
    page = words(chair.post(url(plan), sent, follow=True))
    assert "Recorded: 1 completed; 1 carried forward, as ASB 1 of 2018-19; 1 merged" in page
    assert "1 of 4 actions is still open" in page
    assert "ASB 1 of 2018-19</a>, due 29 June 2018" in page
    assert sorted(Action.objects.filter(delivery_plan=plan).values_list("number", "ending")) == [
        (1, "complete"), (2, "carried"), (3, "merged"), (4, ""),
    ]  # fmt: skip


def test_all_or_nothing_and_the_typing_is_kept(plan, chair):
    one, two = (ActionFactory(delivery_plan=plan, number=number) for number in (1, 2))
    sent = carry(one, reason="A long story") | row(two, "close", close_reason="")
    response = chair.post(url(plan), sent)
    page = words(response)
    assert "Say why ASB 2 is closed" in page and "Nothing has been saved yet." in page
    assert 'value="A long story"' in page and "<title>Error: " in page
    assert Action.objects.open().count() == 2 and DeliveryPlan.objects.count() == 1


def test_what_stands_in_the_boxes_of_another_choice_is_no_fault(plan, chair):
    action = ActionFactory(delivery_plan=plan, number=1)
    sent = row(action, "close", close_reason="No money", new_due_on_day="45", done_on_month="13", into="999")
    chair.post(url(plan), sent)
    action.refresh_from_db()
    assert action.ending == "closed"


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        ({"what": "carry", **day("new_due_on", dt.date(2018, 3, 31)), "carry_reason": "Ill"}, "ASB 1: the new date must be in 2018-19: from 1 April 2018 on"),
        ({"what": "carry", "new_due_on_day": "31", "new_due_on_month": "6", "new_due_on_year": "2018", "carry_reason": "Ill"}, "The new date of ASB 1 must be between 1 and 30: June has 30 days"),
        ({"what": "complete"}, "Enter the day ASB 1 was completed"),
        ({"what": "merge", "merge_reason": "One"}, "Choose the open action of this plan that ASB 1 is merged into"),
        ({"what": "close", "close_reason": "x" * 301}, "The reason for ASB 1 must be 300 characters or fewer"),
        ({"what": "lose"}, "Choose one of the options"),
        ({"what": "close", "close_reason": "So", "version": "x"}, "lost track of the version"),
        ({"what": ""}, "Choose what becomes of at least one action"),
    ],
)  # fmt: skip
def test_bad_input(plan, chair, boxes, sentence):
    action, _ = ActionFactory(delivery_plan=plan, number=1), ActionFactory(delivery_plan=plan, number=2)
    response = chair.post(url(plan), row(action, **{"version": "1", **boxes}))
    assert response.status_code == 200
    assert sentence in words(response)
    assert Action.objects.open().count() == 2


def test_the_day_of_completion_is_not_filled_in_beforehand(plan, chair):
    """Else a late action would become complete in time by a press."""
    action = ActionFactory(delivery_plan=plan, number=1, due_on=dt.date(2018, 1, 31))
    page = words(chair.get(url(plan)))
    boxes = re.findall(rf'<input[^>]*name="a{action.pk}-done_on_(?:day|month|year)"[^>]*>', page)
    assert len(boxes) == 3 and not any("value=" in box for box in boxes)


def test_somebody_else_was_quicker(plan, chair):
    one, two = (ActionFactory(delivery_plan=plan, number=number) for number in (1, 2))
    sam = UserFactory(name="Sam Carrick", roles=["coordinator"])
    choice = year_end.Choice("complete", 1, day=dt.date(2018, 3, 1))
    year_end.settle(plan, choices={one.pk: choice}, by=sam)
    page = words(chair.post(url(plan), carry(one) | row(two, "close", close_reason="No money")))
    assert "ASB 1 has ended since you opened this page: complete. Nothing was saved" in page
    assert 'value="No money"' in page
    assert Action.objects.open().get() == two


def test_changed_since_the_page_was_opened(plan, chair):
    action = ActionFactory(delivery_plan=plan, number=1)
    Action.objects.filter(pk=action.pk).update(version=2)
    sent = carry(action)
    page = words(chair.post(url(plan), sent))
    assert "ASB 1 has been changed since you opened it" in page
    assert f'name="a{action.pk}-version" value="2"' in page  # to save again keeps one's own
    chair.post(url(plan), sent | {f"a{action.pk}-version": "2"})
    action.refresh_from_db()
    assert action.ending == "carried"


def test_what_does_not_go_along_is_said_beforehand(plan, chair):
    action = ActionFactory(delivery_plan=plan, number=1, commitment=CommitmentFactory())
    MilestoneFactory(action=action, text="First course", due_on=dt.date(2017, 9, 29))
    page = words(chair.get(url(plan)))
    assert "Its commitment is one of 2017-18, so it goes along without one." in page
    assert (
        "One milestone not reached yet stays behind, since it lies before 1 April 2018: First course, 29 September 2017."
        in page
    )


@pytest.mark.parametrize(
    ("on", "sentence", "has_form"),
    [
        (dt.date(2018, 2, 28), "From 1 March 2018 you say here what becomes of each open action.", False),
        (dt.date(2018, 3, 1), "1 of 1 action is still open.", True),
        (dt.date(2018, 3, 31), "1 of 1 action is still open.", True),
        (dt.date(2018, 4, 1), "1 of 1 action is still open.", True),
    ],
)
def test_when_it_is_offered(plan, chair, april, on, sentence, has_form):
    ActionFactory(delivery_plan=plan, number=1)
    april.move_to(dt.datetime(on.year, on.month, on.day, 12, tzinfo=dt.UTC))
    page = words(chair.get(url(plan)))
    assert sentence in page
    assert ("Record what becomes of them" in page) is has_form


@pytest.mark.parametrize(
    ("on", "sentence", "has_form"),
    [
        (dt.date(2018, 3, 31), "Nothing is open any more. The plan can be closed from 1 April 2018 on.", False),
        (dt.date(2018, 4, 1), "Close the plan with a note of what the year came to.", True),
    ],
)
def test_when_it_can_be_closed(plan, chair, april, on, sentence, has_form):
    april.move_to(dt.datetime(on.year, on.month, on.day, 12, tzinfo=dt.UTC))
    page = words(chair.get(url(plan)))
    assert sentence in page
    assert ("Close the plan for 2017-18" in page) is has_form


def test_closing(plan, chair):
    page = words(chair.post(url(plan), {"version": "1", "closing_note": ""}))
    assert "Say in a sentence or two what the year came to" in page
    response = chair.post(url(plan), {"version": "1", "closing_note": "Two of three"})
    assert response.url == plan.get_absolute_url()
    page = words(chair.get(url(plan)))
    assert "The plan for 2017-18 is closed." in page and "Two of three" in page and "Owen Tranter closed it" in page
    page = words(chair.post(url(plan), {"version": "1", "closing_note": "Otherwise"}))
    assert "has been changed since you opened it" in page
    plan.refresh_from_db()
    assert plan.closing_note == "Two of three"


def test_closing_while_an_action_was_opened_meanwhile(plan, chair):
    ActionFactory(delivery_plan=plan, number=1)
    page = words(chair.post(url(plan), {"version": "1", "closing_note": "Two of three"}))
    assert "One action is still open. Say first what becomes of them" in page and "Two of three" in page


@pytest.mark.once
def test_as_many_queries_for_ten_actions_as_for_two_hundred(plan, chair, django_assert_max_num_queries):
    for number in range(10):
        MilestoneFactory(action=ActionFactory(delivery_plan=plan, number=number + 1))
    counts = []
    for name in ("delivery-plan-year-end", "delivery-plan-print"):
        with django_assert_max_num_queries(40) as few:
            chair.get(url(plan, name))
        counts.append(len(few))
    for number in range(10, 200):
        MilestoneFactory(action=ActionFactory(delivery_plan=plan, number=number + 1))
    for name, before in zip(("delivery-plan-year-end", "delivery-plan-print"), counts, strict=True):
        with django_assert_max_num_queries(40) as many:
            chair.get(url(plan, name))
        assert len(many) == before


# ---------------------------------------------------------------- print


def test_the_whole_plan_on_paper(plan, chair, owen):
    seen, hidden = IndicatorFactory(name="Calls"), IndicatorFactory(name="Secret calls", is_restricted=True)
    action = ActionFactory(
        delivery_plan=plan, number=1, title="Visit the hotspots", partners="Probation", resources="One officer",
        success_measure="Ten visits a month", commitment=CommitmentFactory(text="Patrol the ten hotspots"),
    )  # fmt: skip
    action.indicators.set([seen, hidden])
    MilestoneFactory(action=action, text="Routes are agreed", due_on=dt.date(2017, 9, 29))
    agreed(UpdateFactory(action=action, brag="amber", brag_reason="Short of staff"), by=owen)
    analysis = EqualityAnalysisFactory(delivery_plan=plan, full=True)
    EqualityImpactFactory(analysis=analysis, evidence="Older people report most")
    approval = ApprovalFactory(delivery_plan=plan, evidence="Minute 4.2")
    UndertakingFactory(kind="condition", delivery_plan=plan, approval=approval, text="Find the money", meeting=None)
    page = words(chair.get(url(plan, "delivery-plan-print")))
    for said in (
        "Agreed by the CSP Executive on 25 May 2017, in delivery since 25 May 2017.",
        "Visit the hotspots", "with Probation", "Resources: One officer", "Success: Ten visits a month",
        "Commitment: Patrol the ten hotspots", "Indicator: Calls", "Routes are agreed, 29 September 2017",
        "31 January 2018", "Two officers for a day a week.", "Older people report most", "Find the money", "Minute 4.2",
    ):  # fmt: skip
        assert said in page
    assert "Secret" not in page


@pytest.mark.parametrize(
    ("trait", "sentence"),
    [
        ({}, "Draft: not submitted yet."),
        ({"submitted": True}, "Submitted to the CSP Executive on 20 April 2017, not agreed yet."),
        ({"closed": True}, "Agreed by the CSP Executive on 25 May 2017, closed on 20 April 2018."),
    ],
)
def test_an_empty_plan_in_each_state(plan, chair, trait, sentence):
    other = DeliveryPlanFactory(body=plan.body, year=Year(2018), **trait)
    page = words(chair.get(url(other, "delivery-plan-print")))
    assert sentence in page and "There are no actions yet." in page
