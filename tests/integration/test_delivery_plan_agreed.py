"""From a submitted draft to delivery, on the pages: the chair submits, the CSP Executive agrees or it is recorded, conditions are ended."""

import datetime as dt
import html

import pytest
import time_machine
from django.urls import reverse

from governance.models import Body, Membership, Undertaking
from tests.factories import UserFactory
from tests.factories.governance import ActionFactory, BodyFactory, DeliveryPlanFactory, EqualityAnalysisFactory, place
from tests.factories.governing import MeetingFactory, UndertakingFactory

pytestmark = pytest.mark.django_db

Role = Membership.Role


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(dt.datetime(2017, 5, 30, 9, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def executive():
    return BodyFactory(kind=Body.Kind.EXECUTIVE, name="CSP Executive")


@pytest.fixture
def body():
    return BodyFactory(slug="asb", code="ASB")


@pytest.fixture
def priya(body):
    person = UserFactory(name="Priya Nair", roles=["member"])
    place(person, body, Role.CHAIR)
    return person


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def text(response) -> str:
    return " ".join(html.unescape(response.content.decode()).split())


def url(plan, name, *more):
    return reverse(f"governance:{name}", args=[plan.body.slug, plan.year, *more])


def day(box, on):
    parts = zip(("day", "month", "year"), on.split("/"), strict=True)
    return {f"{box}_{part}": value for part, value in parts}


CONDITION = {"rows": "2", "condition_1_text": "Report in October", "condition_1_owner_post": "Chair"} | day(
    "condition_1_due_on", "26/10/2017"
)


def test_a_complete_draft_takes_the_chair_two_clicks(client, body, priya):
    plan = DeliveryPlanFactory(body=body, resources="Two officers")
    ActionFactory(delivery_plan=plan, success_measure="12 courses")
    EqualityAnalysisFactory(delivery_plan=plan)
    client.force_login(priya)
    assert "Nobody changes them until it has said its word" in text(client.get(url(plan, "delivery-plan-submit")))
    page = text(client.post(url(plan, "delivery-plan-submit"), {"version": "1"}, follow=True))
    assert "It waits for the CSP Executive’s word since 30 May 2017" in page
    assert client.get(url(plan, "delivery-plan-submit")).status_code == 302


def test_what_is_missing_is_asked_about_and_all_faults_are_told_at_once(client, body, priya):
    plan = DeliveryPlanFactory(body=body)
    ActionFactory(delivery_plan=plan, success_measure="12 courses")
    client.force_login(priya)
    page = text(client.post(url(plan, "delivery-plan-submit"), {"version": "1"}))
    assert "There is no resources statement: say why, and who gives it by when" in page
    assert "There is no complete equalities analysis: say why, and who gives it by when" in page
    said = {"version": "1"}
    for part in ("resources", "equality"):
        said |= {f"{part}_because": "Not settled", f"{part}_owner_post": "Manager"} | day(f"{part}_due_on", "30/6/2017")
    page = text(client.post(url(plan, "delivery-plan-submit"), said, follow=True))
    assert "Write the resources statement" in page
    assert "There is no equalities analysis yet: Not settled" in page
    assert plan.conditions.count() == 2


def test_a_draft_without_actions_has_no_button_to_submit(client, body, priya):
    client.force_login(priya)
    page = client.get(url(DeliveryPlanFactory(body=body), "delivery-plan-submit"))
    assert "Add at least one action" in text(page)
    assert "Submit to the CSP Executive" not in text(page)


def test_a_member_of_the_executive_agrees_subject_to_conditions(client, body, priya):
    plan = DeliveryPlanFactory(body=body, submitted=True)
    client.force_login(UserFactory(name="Jo Mercer", roles=["executive"]))
    address = url(plan, "delivery-plan-agree")
    more = client.post(address, CONDITION | {"version": "1", "do": "more"})
    assert more.context["form"].rows == 4
    assert "Report in October" in text(more)
    page = text(client.post(address, CONDITION | {"version": "1", "verdict": "agreed"}))
    assert "Choose “Agreed subject to conditions”, or clear the conditions" in page
    page = text(client.post(address, CONDITION | {"version": "1", "verdict": "subject"}, follow=True))
    assert "Agreed subject to conditions" in page
    assert "Report in October" in page
    client.force_login(priya)
    page = text(client.post(url(plan, "delivery-plan-begin"), {"version": "2"}, follow=True))
    assert "Delivery has begun" in page
    assert "Delivery was not begun" in text(
        client.post(url(plan, "delivery-plan-begin"), {"version": "2"}, follow=True)
    )


def test_who_submitted_it_is_told_whom_to_ask(client, body):
    jo = UserFactory(name="Jo Mercer", roles=["executive"])
    UserFactory(name="Ada Okoro", roles=["executive"])
    plan = DeliveryPlanFactory(body=body, submitted=True, submitted_by=jo)
    client.force_login(jo)
    says = "You submitted this plan, so somebody else on the CSP Executive agrees it: ask Ada Okoro."
    assert says in text(client.get(url(plan, "delivery-plan-agree")))
    client.post(url(plan, "delivery-plan-agree"), {"version": "1", "verdict": "agreed", "rows": "2"})
    plan.refresh_from_db()
    assert plan.is_submitted


def test_the_coordinator_records_what_a_meeting_said(client, body, executive, priya, sam):
    plan = DeliveryPlanFactory(body=body, submitted=True)
    meeting = MeetingFactory(body=executive, starts_at=dt.datetime(2017, 5, 25, 9, 0, tzinfo=dt.UTC))
    MeetingFactory(body=executive, starts_at=dt.datetime(2017, 3, 25, 9, 0, tzinfo=dt.UTC))
    client.force_login(sam)
    address = url(plan, "approval-record")
    assert "Meeting of 25 May 2017" in text(client.get(address))
    assert "Meeting of 25 March 2017" not in text(client.get(address)), "before it was submitted"
    said = {"version": "1", "verdict": "agreed", "rows": "2", "route": "meeting", "meeting": str(meeting.pk)}
    page = text(client.post(address, said | day("given_on", "25/5/2017") | {"given_by": "Priya Nair"}))
    assert "Priya Nair chairs this body, and nobody agrees their own plan" in page
    assert "Error" in page
    page = text(client.post(address, said | day("given_on", "25/5/2017"), follow=True))
    assert "at its meeting of 25 May 2017" in page
    assert "Recorded by Sam Carrick" in page
    approval = plan.approvals.get()
    page = text(client.post(url(plan, "approval-withdraw", approval.pk), {"because": "Another plan"}, follow=True))
    assert "Withdrawn by Sam Carrick on 30 May 2017: Another plan" in page
    plan.refresh_from_db()
    assert plan.is_submitted


def test_sent_back_the_body_reads_why(client, body, priya, sam):
    plan = DeliveryPlanFactory(body=body, submitted=True)
    client.force_login(sam)
    address = url(plan, "delivery-plan-send-back")
    assert "Say what is to be changed" in text(client.post(address, {"version": "1", "comment": ""}))
    client.post(address, {"version": "1", "comment": "Fewer actions"})
    client.force_login(priya)
    assert "Fewer actions" in text(client.get(plan.get_absolute_url()))


@pytest.mark.parametrize(("who", "may_drop"), [("priya", False), ("sam", True)])
def test_only_the_team_says_that_a_condition_is_no_longer_needed(client, body, priya, sam, who, may_drop):
    plan = DeliveryPlanFactory(body=body, running=True)
    condition = UndertakingFactory(kind="condition", delivery_plan=plan, meeting=None, text="Report in October")
    client.force_login({"priya": priya, "sam": sam}[who])
    address = url(plan, "condition-end", condition.pk)
    client.post(address, {"version": "1", "ending": "dropped", "note": "The grant ended"})
    assert Undertaking.objects.get().ending == ("dropped" if may_drop else "")
    if not may_drop:
        assert "Done: Report in October" in text(client.post(address, {"version": "1", "ending": "done"}, follow=True))


def test_what_arose_in_a_meeting_is_not_ended_as_a_condition(client, body, sam):
    plan = DeliveryPlanFactory(body=body, running=True)
    arising = UndertakingFactory(delivery_plan=plan)
    client.force_login(sam)
    assert client.get(url(plan, "condition-end", arising.pk)).status_code == 404


def test_the_list_of_what_arose_ends_no_condition_that_its_own_page_would_not(client, executive):
    owner = UserFactory(roles=["member"])
    client.force_login(owner)
    facts = {"kind": "condition", "body": executive, "meeting": None, "owner": owner}
    asked = UndertakingFactory(text="Report in October", delivery_plan=DeliveryPlanFactory(running=True), **facts)
    bare = DeliveryPlanFactory(submitted=True, resources="", resources_absent_because="The grant is not settled")
    missing = UndertakingFactory(text="Write the resources statement", delivery_plan=bare, **facts)
    page = text(client.get(reverse("governance:undertaking-list")))
    assert page.count("It is done") == 2 and "No longer needed" not in page
    address = reverse("governance:undertaking-end", args=[asked.pk])
    page = text(client.post(address, {"ending": "dropped", "note": "Too much work", "version": "1"}))
    assert "Only the partnership team can say that a condition is no longer needed" in page
    address = reverse("governance:undertaking-end", args=[missing.pk])
    page = text(client.post(address, {"ending": "done", "version": "1"}))
    assert "The resources statement is not written yet" in page
    assert Undertaking.objects.open().count() == 2
