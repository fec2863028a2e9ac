"""Pages of bodies: the structure, one body, and the forms about it and its people."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from governance.models import Body, BodyLink, BodyPriority, Delegation, Membership, Risk
from tests.factories import UserFactory
from tests.factories.governance import (
    BodyFactory,
    BodyLinkFactory,
    BodyPriorityFactory,
    DelegationFactory,
    MembershipFactory,
    RiskFactory,
)
from tests.factories.priorities import PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Role = Membership.Role


@pytest.fixture
def body():
    return BodyFactory(name="ASB Operations Group", slug="asb", code="ASB")


@pytest.fixture
def sam(client):
    sam = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(sam, BACKEND)
    return sam


def address(name, *args):
    return reverse(f"governance:{name}", args=args)


def text(response):
    return " ".join(response.content.decode().split())


def errors(response):
    return re.findall(r'<a href="#[^"]*">([^<]+)</a>', response.content.decode())


def day(prefix, date):
    return {f"{prefix}_day": date.day, f"{prefix}_month": date.month, f"{prefix}_year": date.year}


def days(**dates):
    return {name: value for prefix, date in dates.items() for name, value in day(prefix, date).items()}


# ---------------------------------------------------------------- the structure


def some_bodies(count):
    """Each under the one before or the first, with a chair, a priority and a link."""
    first = None
    for _ in range(count):
        body = BodyFactory()
        MembershipFactory(body=body, role=Role.CHAIR)
        BodyPriorityFactory(body=body)
        if first:
            BodyLinkFactory(body=body, to=first)
        first = first or body


def test_the_list_costs_the_same_for_5_and_for_50_bodies(client, sam, django_assert_num_queries):
    some_bodies(5)
    client.get(address("body-list"))
    with django_assert_num_queries(9) as asked:  # four for the structure, one for those that ended, four of every page
        client.get(address("body-list"))
    some_bodies(45)
    with django_assert_num_queries(len(asked)):
        shown = text(client.get(address("body-list")))
    assert Body.objects.count() == 50 and "50 bodies." in shown


def test_the_page_of_a_body_costs_the_same_for_5_and_for_50_members(client, sam, body, django_assert_max_num_queries):
    for count in (5, 45):
        for _ in range(count):
            MembershipFactory(body=body)
        client.get(body.get_absolute_url())
        with django_assert_max_num_queries(30):
            client.get(body.get_absolute_url())


@pytest.mark.parametrize(
    ("chairs", "said"),
    [
        ((), "Three bodies. One, Two and Three have no chair."),
        (("One", "Two"), "Three bodies. Three has no chair."),
        (("One", "Two", "Three"), "Three bodies. All three subgroups have a chair."),
    ],
)
def test_the_first_line_says_who_lacks_a_chair(client, sam, chairs, said):
    for name in ("One", "Two", "Three"):
        made = BodyFactory(name=name, order=len(name))
        if name in chairs:
            MembershipFactory(body=made, role=Role.CHAIR)
    Body.objects.filter(name="One").update(order=1)
    Body.objects.filter(name="Two").update(order=2)
    assert said in text(client.get(address("body-list")))


def test_a_vacant_chair_is_no_chair(client, sam, body):
    MembershipFactory(body=body, role=Role.CHAIR, user=None, name="", post="Head of Service")
    assert "ASB Operations Group has no chair." in text(client.get(address("body-list")))


def test_without_bodies_the_page_says_so(client, sam):
    assert "There are no bodies yet." in text(client.get(address("body-list")))


def test_who_has_ended_is_not_drawn_and_stays_on_the_page(client, sam, body):
    Body.objects.filter(pk=body.pk).update(ended_on=dt.date(2018, 3, 31))
    shown = text(client.get(address("body-list")))
    assert "Bodies that have ended" in shown and "Ended on 31 March 2018" in shown and "<svg role" not in shown


def test_what_is_sample_says_so_in_drawing_and_list(client, sam, body):
    BodyLinkFactory(body=body, to=BodyFactory(), is_sample=True)
    BodyPriorityFactory(body=body, priority__letter="A", is_sample=True)
    shown = text(client.get(address("body-list")))
    assert "Sample link" in shown and "Serves A (sample)" in shown


# ---------------------------------------------------------------- one body


def test_a_body_shows_its_people_those_before_vacancies_and_who_acts(client, sam, body):
    today = timezone.localdate()
    deputy = MembershipFactory(body=body, role=Role.DEPUTY, user__name="Owen Tranter")
    DelegationFactory(deputy=deputy, starts_on=today, ends_on=today, reason="On leave")
    MembershipFactory(body=body, role=Role.CHAIR, user__name="Priya Nair")
    MembershipFactory(body=body, user=None, name="", post="Borough Commander")
    MembershipFactory(body=body, user=None, name="Leon Marsh", ends_on=today - dt.timedelta(days=1))
    shown = text(client.get(body.get_absolute_url()))
    assert "Subgroup. Chair: Priya Nair." in shown
    assert "Acts for the chair</strong> until" in shown and "Vacant" in shown
    assert "Who was on it before (1)" in shown
    assert shown.index("Priya Nair") < shown.index("Owen Tranter") < shown.index("Leon Marsh")


def test_a_chair_lets_their_deputy_act_and_takes_it_back(client, body):
    chair = UserFactory(roles=["member"])
    client.force_login(chair, BACKEND)
    MembershipFactory(body=body, role=Role.CHAIR, user=chair)
    deputy = MembershipFactory(body=body, role=Role.DEPUTY)
    today = timezone.localdate()
    shown = text(client.get(body.get_absolute_url()))
    assert address("delegation-add", "asb", deputy.pk) in shown and "Add a member" not in shown
    asked = {"version": 1, "reason": "On leave", **days(starts_on=today, ends_on=today + dt.timedelta(days=7))}
    assert client.post(address("delegation-add", "asb", deputy.pk), asked).status_code == 302
    given = Delegation.objects.get()
    assert given.given_by == chair
    assert client.post(address("delegation-withdraw", "asb", given.pk)).status_code == 302
    assert Delegation.objects.get().withdrawn_by == chair


def test_a_delegation_outside_the_deputys_time_is_refused_at_its_field(client, sam, body):
    deputy = MembershipFactory(body=body, role=Role.DEPUTY, ends_on=timezone.localdate())
    last = timezone.localdate() + dt.timedelta(days=1)
    asked = {"version": 1, "reason": "On leave", **days(starts_on=timezone.localdate(), ends_on=last)}
    response = client.post(address("delegation-add", "asb", deputy.pk), asked)
    assert any(error.startswith("They are deputy until") for error in errors(response))


def test_a_place_of_another_body_is_not_found(client, sam, body):
    other = MembershipFactory()
    assert client.get(address("membership-end", "asb", other.pk)).status_code == 404


# ---------------------------------------------------------------- forms


BODY = {
    "name": "Gangs Meeting", "short_name": "Gangs", "code": "GANG", "kind": "operational", "functions": "Meets monthly\nShares what is known",
    "terms_of_reference": "", "also_called": "", "note": "", "paper_days": "3", "risk_appetite": "9",
}  # fmt: skip


def test_a_body_is_added_and_then_placed(client, sam, body):
    response = client.post(address("body-add"), BODY)
    assert response.url == address("body-links", "gangs-meeting")
    made = Body.objects.get(slug="gangs-meeting")
    assert (made.code, made.paper_days, made.functions.count()) == ("GANG", 3, 2)
    priority = PriorityFactory(plan=PlanFactory())
    asked = {"version": 1, "parent": body.pk, "serves": [priority.pk]}
    assert client.post(response.url, asked).url == made.get_absolute_url()
    assert BodyLink.objects.get().to == body and BodyPriority.objects.get().priority == priority


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"name": ""}, "Enter its name"),
        ({"code": "asb"}, "ASB Operations Group has this code already. Choose another"),
        ({"paper_days": "soon"}, "The number of working days must be a whole number, like 5"),
        ({"risk_appetite": "26"}, "The score must be from 1 to 25"),
        ({"functions": "x" * 301}, "Each function must be 300 characters or fewer"),
        ({"kind": ""}, "Say what kind of body it is"),
    ],
)
def test_a_body_with_a_fault_is_refused_with_all_typing_kept(client, sam, body, told, sentence):
    response = client.post(address("body-add"), BODY | told)
    assert errors(response) == [sentence]
    assert Body.objects.count() == 1


def test_two_who_change_a_body_one_is_told_who_changed_what(client, sam, body):
    fields = {
        "name": "ASB Group",
        "short_name": "ASB",
        "code": "ASB",
        "kind": "subgroup",
        "paper_days": 3,
        "risk_appetite": 9,
    }
    assert client.post(address("body-edit", "asb"), fields | {"version": 1}).status_code == 302
    response = client.post(address("body-edit", "asb"), fields | {"version": 1, "name": "Mine"})
    shown = text(response)
    assert "has been changed since you opened it" in shown and "ASB Operations Group → ASB Group" in shown
    assert 'value="Mine"' in shown
    assert client.post(address("body-edit", "asb"), fields | {"version": 2, "name": "Mine"}).status_code == 302


def test_a_circle_is_refused_with_the_way_round(client, sam, body):
    below = BodyFactory(name="Task group")
    BodyLinkFactory(body=below, to=body)
    response = client.post(address("body-links", "asb"), {"version": 1, "parent": below.pk})
    assert errors(response) == [
        "Task group stands under ASB Operations Group already. Choose a body that doesn’t, or change that link first"
    ]


def test_a_member_is_added_by_choosing_an_account(client, sam, body):
    priya = UserFactory(name="Priya Nair", post="Head of Service")
    asked = {"role": "chair", "user": priya.pk, "name": "", "post": "", **day("starts_on", dt.date(2018, 4, 1))}
    assert client.post(address("membership-add", "asb"), asked).status_code == 302
    place = Membership.objects.get()
    assert place.label == "Priya Nair, Head of Service"
    assert User.objects.get(pk=priya.pk).has_role("member")


def test_a_second_chair_is_refused_on_the_form(client, sam, body):
    MembershipFactory(body=body, role=Role.CHAIR, user__name="Priya Nair")
    asked = {"role": "chair", "name": "Dana Reid", "post": "", **day("starts_on", dt.date(2018, 4, 1))}
    [error] = errors(client.post(address("membership-add", "asb"), asked))
    assert error.startswith("A body has one chair at a time, or two co-chairs") and "Priya Nair" in error


def test_ending_lists_what_would_be_left_and_asks_who_takes_over(client, sam, body):
    owen = UserFactory(name="Owen Tranter")
    place = MembershipFactory(body=body, role=Role.CHAIR)
    risk = RiskFactory(body=body, owner=place.user, event="patrols may stop")
    page = address("membership-end", "asb", place.pk)
    shown = text(client.get(page))
    assert "One thing would be left without anybody." in shown and "Patrols may stop" in shown
    asked = {"version": 1, "to": "", **day("ends_on", timezone.localdate())}
    assert errors(client.post(page, asked)) == [
        "Say who takes over: one thing of ASB Operations Group would be left without anybody"
    ]
    assert client.post(page, asked | {"to": owen.pk}).status_code == 302
    assert Risk.objects.get(pk=risk.pk).owner == owen


def test_ending_asks_nothing_more_where_nothing_is_open(client, sam, body):
    page = address("membership-end", "asb", MembershipFactory(body=body).pk)
    assert "Who takes over" not in text(client.get(page))
    assert client.post(page, {"version": 1, **day("ends_on", timezone.localdate())}).status_code == 302


def test_a_place_is_handed_over_with_what_moves_listed_before(client, sam, body):
    owen = UserFactory(name="Owen Tranter")
    place = MembershipFactory(body=body, role=Role.CHAIR)
    risk = RiskFactory(body=body, owner=place.user)
    page = address("membership-hand-over", "asb", place.pk)
    assert "One thing moves to the successor" in text(client.get(page))
    asked = {"version": 1, "user": owen.pk, "name": "", "post": "", **day("ends_on", dt.date(2018, 3, 31))}
    assert client.post(page, asked).status_code == 302
    new = Membership.objects.get(user=owen)
    assert (new.starts_on, new.succeeds, Risk.objects.get(pk=risk.pk).owner) == (dt.date(2018, 4, 1), place, owen)


def test_a_vacant_post_is_filled(client, sam, body):
    place = MembershipFactory(body=body, user=None, name="", post="Borough Commander")
    page = address("membership-hand-over", "asb", place.pk)
    assert "Fill the post of Borough Commander" in text(client.get(page))
    asked = {"version": 1, "name": "Dana Reid", "post": "Borough Commander", **day("ends_on", dt.date(2018, 3, 31))}
    assert client.post(page, asked).status_code == 302
    assert Membership.objects.filter(name="Dana Reid", starts_on=dt.date(2018, 4, 1)).exists()


def test_a_slip_is_corrected(client, sam, body):
    place = MembershipFactory(body=body, user=None, name="Dana Reed")
    asked = {"version": 1, "name": "Dana Reid", "post": "Inspector", **day("starts_on", place.starts_on)}
    assert client.post(address("membership-edit", "asb", place.pk), asked).status_code == 302
    assert Membership.objects.get().label == "Dana Reid, Inspector"


def test_what_is_open_is_passed_on_by_the_coordinator(client, sam, body):
    priya, owen = UserFactory(), UserFactory()
    risk = RiskFactory(body=body, owner=priya)
    page = address("body-pass-on", "asb", priya.pk)
    assert errors(client.post(page, {"to": ""})) == ["Choose who takes over"]
    assert client.post(page, {"to": owen.pk}).status_code == 302
    assert Risk.objects.get(pk=risk.pk).owner == owen
    assert "Nothing of this body is in their hands." in text(client.get(page))


def test_after_a_refusal_the_page_shows_the_place_as_it_stands(client, sam, body):
    place = MembershipFactory(body=body, starts_on=dt.date(2018, 4, 1))
    response = client.post(
        address("membership-end", "asb", place.pk), {"version": 1, **day("ends_on", dt.date(2018, 3, 31))}
    )
    assert "Member, from 1 April 2018." in text(response)
    assert errors(response) == ["This place begins on 1 April 2018: the last day can’t be before it"]
