"""The pages of the plan's life: what they say, what a coordinator records there, and that nobody loses typing."""

import datetime as dt

import pytest
from django.urls import reverse

from governance import bodies_data, lifecycle_data
from governance.models import Approval, Body, Clearance, PlanVersion, Review, Sending
from lib.quarters import Year
from priorities.models import Plan
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.governing import PlanVersionFactory, ReviewFactory, SendingFactory
from tests.factories.priorities import CommitmentFactory, PlanFactory, PriorityFactory

pytestmark = pytest.mark.django_db
PAGE = "/plan-life/"


@pytest.fixture
def plan():
    bodies_data.load()
    plan = PlanFactory(slug="2017-21")
    lifecycle_data.load(plan)
    return plan


@pytest.fixture
def sam(client):
    person = UserFactory(name="Sam Carrick", roles=["coordinator"])
    client.force_login(person)
    return person


def text(response) -> str:
    return " ".join(response.content.decode().split())


def day(name: str, on: dt.date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_the_road_of_the_first_plan(client, plan, sam):
    page = text(client.get(PAGE))
    assert "Adopted on 18 July 2017. Four of five bodies have given their word." in page
    assert "The CSP approved on 16 May 2017, before the CSP Executive, which holds the duty in law" in page
    assert "Full Council has not adopted it yet." in page
    assert "No sending of version 1.4 to MOPAC is recorded." in page
    assert "Full Council has not adopted it yet." in text(
        client.get(reverse("governance:lifecycle-plan", args=["2017-21"]))
    )


def test_who_only_reads_finds_nothing_to_change(client, plan):
    client.force_login(UserFactory(roles=["scrutiny"]))
    page = text(client.get(PAGE))
    assert "Withdraw" not in page
    assert "Add a version" not in page


def test_without_a_plan(client, sam):
    assert "There is no plan yet." in text(client.get(PAGE))


@pytest.mark.parametrize("more", [0, 20])
def test_few_queries_however_much_there_is(client, plan, sam, more, django_assert_max_num_queries):
    for number in range(more):
        PlanVersionFactory(plan=plan, number=f"9.{number}")
        SendingFactory(plan=plan, to_name=f"Board {number}")
    client.get(PAGE)
    with django_assert_max_num_queries(14):
        client.get(PAGE)


def test_sending_to_mopac_settles_it(client, plan, sam):
    mopac = OrganisationFactory(slug="mopac")
    version = Clearance.objects.get(who="MAB").version
    said = {
        "what": version.pk,
        "to": f"organisation-{mopac.pk}",
        "route": "mail",
        **day("sent_on", dt.date(2017, 12, 1)),
    }
    response = client.post(reverse("governance:sending-add", args=["2017-21"]), said, follow=True)
    assert "Added to the log" in text(response)
    assert "No sending of version 1.4" not in text(client.get(PAGE))
    assert Sending.objects.get().version == version
    assert "1 December 2017" in text(client.get(reverse("governance:sending-list", args=["2017-21"])))


def test_what_was_sent_comes_as_plain_text_of_some_length(client, plan, sam):
    url = reverse("governance:sending-add", args=["2017-21"])
    shown = client.get(url, {"what": "<b>Pack\0</b>" + "x" * 300}).context["form"]
    assert shown["other_what"].value() == "<b>Pack </b>" + "x" * 188
    page = text(client.get(url, {"what": '"><b>Pack'}))
    assert "<b>Pack" not in page and "&quot;&gt;&lt;b&gt;Pack" in page
    assert client.get(url).context["form"]["what"].value() is None
    assert "The name is kept as it was on the day of sending" in page


def test_the_log_begins_with_how_far_it_has_come(client, plan, sam):
    page = reverse("governance:sending-list", args=["2017-21"])
    latest = PlanVersion.objects.order_by("order").last()
    assert "Version 1.4 has been sent to nobody; no pack has been sent." in text(client.get(page))
    for name in ("MOPAC", "Safer Neighbourhood Board", "MOPAC"):
        SendingFactory(plan=plan, version=latest, what="Version 1.4", to_name=name)
    assert "Version 1.4 was sent to two; no pack has been sent." in text(client.get(page))
    for name in ("MOPAC", "Safer Neighbourhood Board"):
        SendingFactory(plan=plan, version=None, what="Pack for 2017-18 Q4, issue 1", to_name=name)
    assert "Version 1.4 was sent to two; one pack has been sent." in text(client.get(page))
    SendingFactory(plan=plan, version=None, what="Pack for 2017-18 Q4, issue 2", to_name="MOPAC")
    assert "Version 1.4 was sent to two; two packs have been sent." in text(client.get(page))


def test_something_else_to_somebody_else_has_to_be_named(client, plan, sam):
    said = {"what": "other", "to": "other", "route": "mail", **day("sent_on", dt.date(2017, 12, 1))}
    page = text(client.post(reverse("governance:sending-add", args=["2017-21"]), said))
    assert "Enter what was sent" in page
    assert "Enter to whom it was sent" in page
    said |= {"other_what": "Pack for 2017-18 Q3, issue 1", "to_name": "The Safer Neighbourhood Board’s secretary"}
    client.post(reverse("governance:sending-add", args=["2017-21"]), said)
    assert str(Sending.objects.get()).startswith("Pack for 2017-18 Q3, issue 1 to The Safer")


def test_a_clearance_completed_over_a_newer_plan_keeps_the_typing(client, plan, sam):
    mab = Clearance.objects.get(who="MAB")
    url = reverse("governance:clearance-edit", args=[mab.pk])
    typed = {"who": "MAB", "note": "By mail of 6 October", "version": 1}
    typed |= day("consulted_on", dt.date(2017, 10, 2)) | day("cleared_on", dt.date(2017, 10, 6))
    Plan.objects.filter(pk=plan.pk).update(version=2)
    page = text(client.post(url, typed))
    assert "has been changed since you opened it" in page
    assert "By mail of 6 October" in page
    client.post(url, typed | {"version": 2})
    mab.refresh_from_db()
    assert mab.cleared_on == dt.date(2017, 10, 6)


def test_a_wrong_word_is_withdrawn_and_stays_to_be_read(client, plan, sam):
    cabinet = Approval.objects.get(body__slug="mayor-in-cabinet")
    url = reverse("governance:version-approval-withdraw", args=[cabinet.pk])
    assert "Say what is wrong with the record" in text(client.post(url, {"because": ""}))
    page = text(client.post(url, {"because": "That was another report"}, follow=True))
    assert "Withdrawn by Sam Carrick" in page
    assert "That was another report" in page
    assert "The Mayor in Cabinet has not recommended it yet." in page


def test_full_council_s_word_is_recorded(client, plan, sam):
    version = Clearance.objects.get(who="MAB").version
    said = {
        "body": Body.objects.get(slug="full-council").pk,
        "verdict": "agreed",
        "route": "meeting",
        "evidence": "Minute 7.1",
        **day("given_on", dt.date(2017, 11, 22)),
    }
    page = text(client.post(reverse("governance:version-approve", args=[version.pk]), said, follow=True))
    assert "Five of five bodies have given their word." in page
    assert "Recorded by Sam Carrick" in page


def test_a_review_leads_on_to_amending_and_to_next_year_s_commitments(client, plan, sam):
    priority = PriorityFactory(plan=plan, letter="A", short_title="ASB")
    CommitmentFactory(priority=priority, year=Year(2018))
    said = {
        "year": "2017-18",
        "found": "41 of 52",
        "changes": "Knife crime first",
        **day("reviewed_on", dt.date(2018, 3, 20)),
    }
    response = client.post(reverse("governance:review-add", args=["2017-21"]), said, follow=True)
    page = text(response)
    assert response.redirect_chain[0][0] == reverse("governance:review-detail", args=[Review.objects.get().pk])
    assert "Knife crime first" in page
    assert "Commitments for 2018-19" in page
    assert reverse("priorities:priority-edit", args=["a"]) in page


def test_the_review_of_the_last_year_has_no_year_after(client, sam):
    review = ReviewFactory(year=Year(2020))
    page = text(client.get(reverse("governance:review-detail", args=[review.pk])))
    assert "Commitments for" not in page


# ---------------------------------------------------------------- the next plan


def test_the_next_plan_is_started_written_and_adopted(client, plan, sam):
    PriorityFactory(plan=plan, letter="A", title="Anti-Social Behaviour")
    url = reverse("reporting:successor-add")
    early = {"title": "Plan 2021-25", **day("starts_on", dt.date(2021, 3, 31)), **day("ends_on", dt.date(2025, 3, 31))}
    assert "It must start after 31 March 2021" in text(client.post(url, early))
    page = text(client.post(url, early | day("starts_on", dt.date(2021, 4, 1)), follow=True))
    assert "A draft, not adopted yet. No of five bodies" not in page
    assert "None of five bodies has given its word." in page
    written = client.get(f"{reverse('priorities:priority-edit', args=['a'])}?plan=2021-25")
    assert written.status_code == 200
    new = Plan.objects.get(slug="2021-25")
    assert written.context["priority"].plan == new
    adopt = reverse("governance:lifecycle-adopt", args=["2021-25"])
    assert "The CSP Executive has not approved it yet." in text(client.get(adopt))
    refused = text(client.post(adopt, {"version": new.version, **day("on", dt.date(2021, 3, 1))}))
    assert "The CSP has not approved it yet. The CSP Executive has not approved it yet." in refused
    version = PlanVersionFactory(plan=new, number="0.1")
    for slug in ("csp", "csp-executive"):
        body = Body.objects.get(slug=slug)
        said = {"body": body.pk, "verdict": "agreed", "route": "meeting", "evidence": "Minute 1"}
        said |= day("given_on", dt.date(2021, 3, 1))
        client.post(reverse("governance:version-approve", args=[version.pk]), said)
    new.refresh_from_db()
    client.post(adopt, {"version": new.version, **day("on", dt.date(2021, 3, 1))})
    new.refresh_from_db()
    assert new.adopted_on == dt.date(2021, 3, 1)
