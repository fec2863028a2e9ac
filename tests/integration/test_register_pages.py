"""The public register: nothing before its minute, the stored bytes from it on, and pages that stay whatever becomes of an issue."""

import datetime as dt
import hashlib

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.urls import reverse

from reporting.models import Pack
from tests.factories.accounts import UserFactory
from tests.factories.packs import Q4, CompanionFactory, PackFactory, damage
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2018, 6, 1, 11, 0, tzinfo=dt.UTC)  # 12:00 in London
MORNING = NOON - dt.timedelta(hours=3)
SECOND = dt.timedelta(seconds=1)
ISSUE = "/reports/2017-18-q4/issue-1/"
BYTES = b"%PDF-1.7 a report"
WRONG = "C2 was printed as 118, and is 181"


def published(**fields) -> Pack:
    fields = {"issued_at": MORNING, "publish_at": NOON, "content": BYTES} | fields
    return PackFactory(public=True, issued=True, **fields)


def reissued(first: Pack, publish_at: dt.datetime) -> Pack:
    """Issue 2 in the place of the first, from that moment on for the public."""
    at = first.publish_at + dt.timedelta(days=30)
    Pack.objects.filter(pk=first.pk).update(standing=Pack.Standing.SUPERSEDED, superseded_at=at)
    return published(
        plan=first.plan,
        made_from__issue=2,
        issue=2,
        supersedes=first,
        erratum=WRONG,
        issued_at=at,
        publish_at=publish_at,
        content=b"%PDF-1.7 another",
    )


def test_an_erratum_is_told_as_the_pack_prints_it_and_never_as_it_was_typed(client):
    first = published()
    typed, printed = "A2 was printed as 9 and is 3", "[Left out of the public edition: small numbers]"
    second = reissued(first, publish_at=NOON + dt.timedelta(days=30))
    damage(second, erratum=typed, imprint=second.imprint.replace(WRONG, printed))
    with time_machine.travel(NOON + dt.timedelta(days=31), tick=False):
        for page in ("/reports/", "/reports/2017-18-q4/", ISSUE, "/reports/2017-18-q4/issue-2/", "/reports/feed.xml"):
            text = text_of(client.get(page))
            assert typed not in text
            assert printed in text, page
        damage(second, imprint="")
        assert typed not in text_of(client.get(ISSUE)) + text_of(client.get("/reports/feed.xml"))


def withdraw(pack: Pack, at: dt.datetime) -> None:
    because = "Issued before the CSP Executive had seen it"
    fields = {"withdrawn_at": at, "withdrawn_by": UserFactory(), "withdrawn_because": because}
    Pack.objects.filter(pk=pack.pk).update(standing=Pack.Standing.WITHDRAWN, **fields)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_one_second_before_nobody_knows_of_it_and_at_the_minute_everybody_reads_it(client):
    pack = published()
    pages = ["/reports/2017-18-q4/", ISSUE, f"{ISSUE}pack.pdf"]
    with time_machine.travel(NOON - SECOND, tick=False):
        assert [client.get(page).status_code for page in pages] == [404, 404, 404]
        assert "No report has been issued yet." in text_of(client.get("/reports/"))
        assert "2017-18 Q4" not in text_of(client.get("/reports/feed.xml"))
    with time_machine.travel(NOON, tick=False):
        assert [client.get(page).status_code for page in pages] == [200, 200, 200]
        assert "Report for 2017-18 Q4" in text_of(client.get("/reports/"))
        assert "Report for 2017-18 Q4, issue 1" in text_of(client.get("/reports/feed.xml"))
        response = client.get(f"{ISSUE}pack.pdf")
    assert hashlib.sha256(response.content).hexdigest() == pack.pdf_sha256
    assert response["Content-Disposition"] == (
        'attachment; filename="tower-hamlets-csp-pack-2017-18-q4-public-issue-1.pdf"'
    )


@time_machine.travel(NOON, tick=False)
def test_who_has_the_bytes_already_is_told_so_and_nobody_keeps_them_without_asking(client):
    pack = published()
    first = client.get(f"{ISSUE}pack.pdf")
    assert first["ETag"] == f'"{pack.pdf_sha256}"'
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get(f"{ISSUE}pack.pdf", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    other = client.get(f"{ISSUE}pack.pdf", headers={"If-None-Match": '"something else"'})
    assert other.content == BYTES
    head = client.head(f"{ISSUE}pack.pdf")
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", str(len(BYTES)))
    assert client.post(f"{ISSUE}pack.pdf").status_code == 405


@time_machine.travel(NOON, tick=False)
def test_a_damaged_file_is_not_handed_out(client):
    pack = published(content=b"%PDF-1.7 to be damaged", pdf="packs/damaged.pdf")
    with default_storage.open("packs/damaged.pdf", "wb") as stored:
        stored.write(b"%PDF-1.7 changed")
    response = client.get(f"{ISSUE}pack.pdf")
    assert response.status_code == 500
    assert "This file can’t be handed out" in text_of(response)
    assert pack.pdf_sha256 in text_of(client.get(ISSUE))  # its page stays


def test_a_superseded_issue_says_what_took_its_place_only_once_the_public_may_know_it(client):
    first = published()
    later = NOON + dt.timedelta(days=31)
    reissued(first, publish_at=later)
    with time_machine.travel(later - SECOND, tick=False):
        page = text_of(client.get(ISSUE))
        assert "This is the issue that stands." in page
        assert WRONG not in page + text_of(client.get("/reports/")) + text_of(client.get("/reports/feed.xml"))
        assert client.get("/reports/2017-18-q4/issue-2/").status_code == 404
    with time_machine.travel(later, tick=False):
        page = text_of(client.get(ISSUE))
        assert "This issue was superseded on 2 July 2018: issue 2 took its place." in page
        assert WRONG in page
        assert 'href="/reports/2017-18-q4/issue-2/"' in page
        assert client.get(f"{ISSUE}pack.pdf").content == BYTES  # it stays readable
        newer = text_of(client.get("/reports/2017-18-q4/issue-2/"))
        assert "This is the issue that stands." in newer and WRONG in newer
        listed = text_of(client.get("/reports/"))
        assert f"Superseded on 2 July 2018 by issue 2: {WRONG}" in listed
        assert listed.index("Q4, issue 2") < listed.index("Q4, issue 1")
        assert "Issue 2 stands, published on 2 July 2018." in text_of(client.get("/reports/2017-18-q4/"))


def test_a_withdrawn_issue_keeps_its_page_and_hands_out_no_file(client):
    pack = published()
    withdraw(pack, NOON + dt.timedelta(days=7))
    with time_machine.travel(NOON + dt.timedelta(days=8), tick=False):
        page = client.get(ISSUE)
        assert page.status_code == 200
        assert "This issue was withdrawn on 8 June 2018." in text_of(page)
        assert "Issued before the CSP Executive had seen it" in text_of(page)
        assert "pack.pdf" not in text_of(page) + text_of(client.get("/reports/"))
        gone = client.get(f"{ISSUE}pack.pdf")
        assert (gone.status_code, gone["Content-Type"]) == (410, "text/html; charset=utf-8")
        assert "Issued before the CSP Executive had seen it" in text_of(gone)
        kept = client.get(f"{ISSUE}pack.pdf", headers={"If-None-Match": f'"{pack.pdf_sha256}"'})
        assert kept.status_code == 410
        assert "No issue stands at the moment." in text_of(client.get("/reports/2017-18-q4/"))
        feed = client.get("/reports/feed.xml").content.decode()
    assert feed.index("Withdrawn: Report for 2017-18 Q4, issue 1") < feed.index(">Report for 2017-18 Q4, issue 1")


def test_one_withdrawn_before_anybody_read_it_says_so(client):
    withdraw(published(), NOON - dt.timedelta(hours=1))
    with time_machine.travel(NOON - SECOND, tick=False):
        assert client.get(ISSUE).status_code == 404
    with time_machine.travel(NOON, tick=False):
        assert "withdrawn on 1 June 2018, before it was published" in text_of(client.get(ISSUE))
        feed = client.get("/reports/feed.xml").content.decode()
    assert feed.count("<entry>") == 1
    assert "<updated>2018-06-01T11:00:00+00:00</updated>" in feed


@time_machine.travel(NOON + dt.timedelta(days=3), tick=False)
def test_addenda_and_assessments_have_addresses_of_their_own(client):
    first = published()
    added = published(
        plan=first.plan,
        kind="addendum",
        adds_to=first,
        made_from__adds_to=first.made_from,
        publish_at=NOON + dt.timedelta(days=2),
    )
    published(plan=first.plan, kind="assessment")
    addendum = text_of(client.get("/reports/2017-18-q4/addendum-1/"))
    assert "Addendum to the report for 2017-18 Q4" in addendum and "This addendum stands." in addendum
    assert f'href="{ISSUE}"' in addendum
    assert 'href="/reports/2017-18-q4/addendum-1/"' in text_of(client.get(ISSUE))
    assert client.get("/reports/2017-18-q4/addendum-1/pack.pdf").status_code == 200
    assert added.pk != first.pk
    assert "1 addendum brings later figures." in text_of(client.get("/reports/2017-18-q4/"))
    assert "Strategic assessment 2017-18" in text_of(client.get("/reports/assessment-2017-18/issue-1/"))
    assert client.get("/reports/assessment-2017-18/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "2017-18-q5/", "2017-19-q1/issue-1/", "2017-18-q4/issue-0/", "2017-18-q4/issue-01/", "2017-18-q4/issue-2/",
        "2017-18-q4/addendum-1/", "assessment-2017-18/", "assessment-2017-18/addendum-1/", "assessment-2017-19/issue-1/",
        "2017-18-q4/issue-99999/", "2017-18-q4/draft-1/",
    ],
)  # fmt: skip
@time_machine.travel(NOON, tick=False)
def test_other_addresses_lead_nowhere(client, address):
    published()
    assert client.get(f"/reports/{address}").status_code == 404


@time_machine.travel(NOON, tick=False)
def test_executive_editions_drafts_and_builds_have_no_address(client):
    plan = PlanFactory()
    PackFactory(plan=plan, issued=True, issued_at=MORNING)
    PackFactory(plan=plan, public=True, made_from__issue=2, publish_at=MORNING)
    assert client.get(ISSUE).status_code == 404
    assert "No report has been issued yet." in text_of(client.get("/reports/"))


@time_machine.travel(NOON, tick=False)
def test_files_beside_the_pdf_are_linked_with_their_checksums(client):
    pack = published()
    beside = [CompanionFactory(pack=pack, form=form) for form in ("csv", "html", "json", "xlsx")]
    page = text_of(client.get(ISSUE))
    assert all(one.sha256 in page for one in beside)
    places = [page.index(f'href="{ISSUE}{name}"') for name in ("pack.pdf", "read/", "workbook.xlsx", "figures.csv")]
    assert places == sorted(places)
    assert f'href="{ISSUE}figures.json"' in text_of(client.get("/reports/"))


@time_machine.travel(NOON, tick=False)
def test_a_sample_says_so(client):
    published(is_sample=True)
    for page in ("/reports/", "/reports/2017-18-q4/", ISSUE):
        assert "Sample figures." in text_of(client.get(page))
    assert 'filename="sample-tower-hamlets' in client.get(f"{ISSUE}pack.pdf")["Content-Disposition"]


@pytest.mark.once
@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("page", ["report-list", "report-feed"])
def test_a_long_register_costs_what_a_short_one_does(client, page, django_assert_num_queries):
    plan = PlanFactory()
    first = published(plan=plan)
    quarter = Q4
    for _ in range(10):
        quarter = quarter.previous
        CompanionFactory(pack=published(plan=plan, quarter=quarter))
    with django_assert_num_queries(4):
        assert client.get(reverse(f"reporting:{page}")).status_code == 200
    assert first.is_published(NOON)
