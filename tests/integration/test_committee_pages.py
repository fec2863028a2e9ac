"""The scrutiny committee's page, and that an edition under embargo is for its officer and an executive edition for nobody of scrutiny."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from governance.models import Body, Membership
from reporting import imprint as imprints
from reporting.builds import pack_files
from reporting.imprint import Imprint, SinceIssue
from reporting.models import Download, Pack
from reporting.register import addresses
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory, place
from tests.factories.governing import MeetingFactory, RecommendationFactory
from tests.factories.packs import PackFactory, damage
from tests.factories.priorities import PlanFactory
from tests.test_permissions import named_urls

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2018, 6, 1, 11, 0, tzinfo=dt.UTC)  # 12:00 in London
MORNING = NOON - dt.timedelta(hours=3)
UNDER_EMBARGO = "/committee/2017-18-q4/issue-1/"
BYTES = b"%PDF-1.7 under embargo"


@pytest.fixture
def committee():
    return BodyFactory(kind=Body.Kind.SCRUTINY, code="OSC", name="Overview and Scrutiny Committee")


@pytest.fixture
def officer(committee):
    person = UserFactory(roles=["scrutiny"])
    place(person, committee, Membership.Role.SUPPORT)
    return person


@pytest.fixture
def member(committee):
    person = UserFactory(roles=["scrutiny"])
    place(person, committee)
    return person


@pytest.fixture
def pack():
    return PackFactory(public=True, issued=True, issued_at=MORNING, publish_at=NOON, content=BYTES)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def downloads():
    return Download.objects.filter(why="embargo")


@time_machine.travel(MORNING, tick=False)
def test_the_officer_reads_it_under_embargo_and_that_is_kept(client, officer, pack):
    client.force_login(officer)
    page = text_of(client.get("/committee/"))
    assert "Under embargo" in page and "until Friday 1 June 2018, 12:00" in page
    assert "Under embargo until Friday 1 June 2018, 12:00" in text_of(client.get(UNDER_EMBARGO))
    assert client.head(f"{UNDER_EMBARGO}pack.pdf").status_code == 200
    assert downloads().count() == 0
    response = client.get(f"{UNDER_EMBARGO}pack.pdf")
    assert response.content == BYTES
    assert response["Cache-Control"] == "private, no-store, max-age=0, no-cache, must-revalidate"
    taken = downloads().get()
    assert (taken.by, taken.pack) == (officer, pack)


@time_machine.travel(MORNING, tick=False)
@pytest.mark.parametrize("who", ["member", "left", "elsewhere", "no_role"])
def test_nobody_else_of_scrutiny_knows_of_it(client, committee, member, pack, who):
    person = member
    if who == "left":
        person = UserFactory(roles=["scrutiny"])
        role = place(person, committee, Membership.Role.SUPPORT)
        Membership.objects.filter(pk=role.pk).update(ends_on=dt.date(2018, 5, 31))
    elif who == "elsewhere":
        person = UserFactory(roles=["scrutiny", "member"])
        place(person, BodyFactory(), Membership.Role.SUPPORT)
    elif who == "no_role":
        person = UserFactory(roles=["member"])
        place(person, committee, Membership.Role.SUPPORT)
    client.force_login(person)
    assert "Under embargo" not in text_of(client.get("/committee/"))
    assert client.get(UNDER_EMBARGO).status_code == 404
    assert client.get(f"{UNDER_EMBARGO}pack.pdf").status_code == 404
    assert downloads().count() == 0


def test_from_its_minute_on_the_page_under_embargo_leads_to_the_public_one(client, officer, pack):
    with time_machine.travel(NOON - dt.timedelta(seconds=1), tick=False):
        client.force_login(officer)
        assert client.get(UNDER_EMBARGO).status_code == 200
    with time_machine.travel(NOON, tick=False):
        assert client.get(UNDER_EMBARGO)["Location"] == "/reports/2017-18-q4/issue-1/"
        assert client.get(f"{UNDER_EMBARGO}pack.pdf")["Location"] == "/reports/2017-18-q4/issue-1/pack.pdf"
        assert "until Friday 1 June" not in text_of(client.get("/committee/"))


@time_machine.travel(MORNING, tick=False)
def test_withdrawn_before_publication_it_is_handed_out_to_nobody(client, officer, pack):
    since = SinceIssue("Compared with the report for 2017-18 Q3.", ("B1 rose by 3.",))
    imprint = imprints.to_json(Imprint("public", 1, since_issue=since))
    fields = {"withdrawn_at": MORNING, "withdrawn_by": UserFactory(), "withdrawn_because": "C2 is wrong"}
    client.force_login(officer)
    damage(pack, imprint=imprint)
    assert "B1 rose by 3." in text_of(client.get(UNDER_EMBARGO))
    Pack.objects.filter(pk=pack.pk).update(standing="withdrawn", **fields)
    page = text_of(client.get(UNDER_EMBARGO))
    assert "C2 is wrong" in page
    assert "B1 rose by 3." not in page
    gone = client.get(f"{UNDER_EMBARGO}pack.pdf")
    assert gone.status_code == 410
    assert f'href="{UNDER_EMBARGO}"' in text_of(gone)
    assert downloads().count() == 0


@time_machine.travel(NOON, tick=False)
def test_the_page_says_what_is_new_what_was_asked_and_when_it_meets(client, committee, member):
    since = SinceIssue("Compared with the report for 2017-18 Q3.", ("A1 turned red.", "C2 was restated."))
    imprint = imprints.to_json(Imprint("public", 1, since_issue=since))
    PackFactory(public=True, issued=True, issued_at=MORNING, publish_at=NOON, imprint=imprint)
    asked = RecommendationFactory(
        committee=committee, text="Send the reports by ward", made_on=dt.date(2018, 5, 1), sent_on=dt.date(2018, 5, 2),
        due_on=dt.date(2018, 5, 30),
    )  # fmt: skip
    for day in (31, 1, 20):
        MeetingFactory(body=committee, starts_at=dt.datetime(2018, 5 if day == 31 else 6, day, 18, 30, tzinfo=dt.UTC))
    client.force_login(member)
    page = text_of(client.get("/committee/"))
    assert "The newest report is for 2017-18 Q4, published on 1 June 2018." in page
    assert "Compared with the report for 2017-18 Q3." in page and "C2 was restated." in page
    assert "1 waits for an answer, and it is late." in page and asked.text in page
    assert "Friday 1 June 2018" in page and "Wednesday 20 June 2018" in page and "Thursday 31 May 2018" not in page
    assert "covering report" not in page


@time_machine.travel(NOON, tick=False)
def test_an_empty_page_says_so(client, member):
    client.force_login(member)
    page = text_of(client.get("/committee/"))
    assert "No report has been issued yet. Nothing has been asked yet." in page


@pytest.mark.once
@time_machine.travel(NOON, tick=False)
def test_many_reports_cost_what_few_do(client, member, django_assert_max_num_queries):
    plan, quarter = PlanFactory(), PackFactory(public=True, issued=True, issued_at=MORNING, publish_at=NOON).quarter
    for _ in range(12):
        quarter = quarter.previous
        PackFactory(plan=plan, quarter=quarter, public=True, issued=True, issued_at=MORNING, publish_at=NOON)
        RecommendationFactory()
    client.force_login(member)
    with django_assert_max_num_queries(14):
        assert "All reports" in text_of(client.get("/committee/"))


# ---------------------------------------------------------------- no way to an executive edition


def arguments(route: str, pack: Pack) -> list[object] | None:
    """With which the URL names that pack, by what its converters are called; None where it asks for something else."""
    about, number = addresses.parts(pack)
    known = {"pk": pack.pk, "about": about, "number": number, "quarter": pack.quarter, "year": pack.quarter.year}
    asked = re.findall(r"<(?:\w+:)?(\w+)>", route)
    return [known[name] for name in asked] if asked and set(asked) <= set(known) else None


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("who", ["officer", "member"])
def test_scrutiny_reaches_no_executive_edition_by_any_address(client, request, who):
    """Every address of reporting that can hold a pack's id or number, by GET and by POST."""
    secret = b"%PDF-1.7 for the CSP Executive alone"
    executive = PackFactory(issued=True, issued_at=MORNING, content=secret)
    assert pack_files.read(executive) == secret
    client.force_login(request.getfixturevalue(who))
    walked = 0
    for route, name in named_urls():
        known = arguments(route, executive) if name.startswith("reporting:") else None
        if known is None:
            continue
        address = reverse(name, args=known)
        for response in (client.get(address), client.post(address)):
            walked += 1
            assert secret not in response.content, address
            assert executive.pdf_sha256.encode() not in response.content, address
            if address.startswith(("/packs/", "/committee/", "/reports/")):
                assert response.status_code in (403, 404, 405), f"{address} answers {response.status_code}"
    assert walked >= 20
