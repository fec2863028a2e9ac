"""The pages on which a pack is built, approved, recorded, issued and withdrawn; and the register."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.models import Body, Membership
from lib.quarters import Quarter
from reporting import snapshots
from reporting.forms.moments import time_of_day
from reporting.models import Pack, PackApproval
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory, place
from tests.factories.indicators import RoundFactory
from tests.factories.packs import CompanionFactory, PackApprovalFactory, PackFactory
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db
Q4 = Quarter.parse("2017-18-q4")
BUILD = reverse("reporting:pack-build")


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def jo():
    person = UserFactory(name="Jo Mercer", roles=["executive"])
    place(person, BodyFactory(kind=Body.Kind.EXECUTIVE, slug="csp-executive", code="CSPE"), Membership.Role.CHAIR)
    return person


@pytest.fixture
def plan():
    RoundFactory(quarter=Q4)
    return PlanFactory()


@pytest.fixture
def team(client, sam, jo):
    client.force_login(sam)
    return client


@pytest.fixture
def chair(client, jo):
    client.force_login(jo)
    return client


def url(name, pack):
    return reverse(f"reporting:pack-{name}", args=[pack.pk])


def words(response):
    return " ".join(response.content.decode().split())


def approved(**fields):
    pack = PackFactory(standing="approved", **fields)
    PackApprovalFactory(pack=pack)
    return pack


# ---------------------------------------------------------------- build


def test_build_page_without_a_quarter_offers_those_that_are_open(team, plan):
    assert '<a class="govuk-link" href="?quarter=2017-18-q4">2017-18 Q4' in words(team.get(BUILD))


def test_draft_is_asked_for(team, plan, sam):
    response = team.post(f"{BUILD}?quarter=2017-18-q4", {"purpose": "draft"})
    pack = Pack.objects.get()
    assert response["Location"] == f"/packs/{pack.pk}/"
    assert (pack.standing, pack.edition, pack.requested_by) == ("draft", "executive", sam)


def test_what_rests_on_something_that_is_not_there_is_not_offered(team, plan):
    for what in ("public", "addendum", "public-addendum"):
        response = team.get(f"{BUILD}?quarter=2017-18-q4&what={what}")
        assert response["Location"] == f"{BUILD}?quarter=2017-18-q4"
    assert team.get(f"{BUILD}?quarter=2017-18-q4&what=x").status_code == 404


def test_public_edition_is_asked_for_with_its_moment(team, plan):
    executive = PackFactory(plan=plan, issued=True)
    day = timezone.localdate() + dt.timedelta(days=2)
    moment = {
        "publish_on_day": day.day,
        "publish_on_month": day.month,
        "publish_on_year": day.year,
        "publish_time": "9.30",
    }
    sent = {"purpose": "final", "issue_when_approved": "on"} | moment
    team.post(f"{BUILD}?quarter=2017-18-q4&what=public", sent)
    pack = Pack.objects.get(edition="public")
    assert (pack.made_from, pack.issue_when_approved) == (executive, True)
    local = timezone.localtime(pack.publish_at)
    assert (local.date(), local.hour, local.minute) == (day, 9, 30)


def test_a_time_without_its_day_and_a_moment_that_has_passed_are_told(team, plan):
    PackFactory(plan=plan, issued=True)
    page = f"{BUILD}?quarter=2017-18-q4&what=public"
    assert "Enter the day of publication as well" in words(team.post(page, {"purpose": "final", "publish_time": "9"}))
    assert "Enter a time like 9:30 or 14:00" in words(team.post(page, {"purpose": "final", "publish_time": "soon"}))
    past = {"publish_on_day": 1, "publish_on_month": 4, "publish_on_year": 2018}
    assert "This moment has passed" in words(team.post(page, {"purpose": "final"} | past))
    assert not Pack.objects.filter(edition="public").exists()


def test_reissue_says_what_was_wrong(team, plan):
    first = PackFactory(plan=plan, issued=True)
    page = f"{BUILD}?quarter=2017-18-q4"
    assert "Say what was wrong with the issue before" in words(team.post(page, {"purpose": "final"}))
    team.post(page, {"purpose": "final", "erratum": "B2 was wrong"})
    pack = Pack.objects.get(issue=2)
    assert (pack.supersedes, pack.erratum) == (first, "B2 was wrong")


def test_public_edition_and_reissue_of_an_assessment_are_asked_for_from_its_page(team, plan):
    page = f"{BUILD}?quarter=2017-18-q4"
    assert team.get(f"{page}&what=assessment").status_code == 302  # the first time it is built where it is written
    first = PackFactory(plan=plan, kind="assessment", issued=True)
    shown = words(team.get(url("detail", first)))
    assert "?quarter=2017-18-q4&amp;what=public-assessment" in shown and "Build the public edition" in shown
    told = words(team.get(f"{page}&what=public-assessment"))
    assert "executive edition, issue 1" in told and "Addendum" not in told
    team.post(f"{page}&what=public-assessment", {"purpose": "final"})
    public = Pack.objects.get(edition="public")
    assert (public.kind, public.made_from, public.standing) == ("assessment", first, "built")
    Pack.objects.filter(pk=public.pk).update(job_state="failed", failure="It was stopped.", ended_at=timezone.now())
    PackFactory(plan=plan, kind="assessment", edition="public", made_from=first, build=2)
    assert "Build a reissue" in words(team.get(url("detail", first)))
    assert "Say what was wrong" in words(team.post(f"{page}&what=assessment", {"purpose": "final"}))
    team.post(f"{page}&what=assessment", {"purpose": "final", "erratum": "B2 was wrong"})
    second = Pack.objects.get(kind="assessment", issue=2)
    assert (second.edition, second.supersedes, second.erratum) == ("executive", first, "B2 was wrong")


def test_addendum_with_nothing_to_bring_is_refused_before_it_is_built(team, plan):
    taken = snapshots.to_json(snapshots.take(plan, Q4, timezone.now()))
    PackFactory(plan=plan, issued=True, snapshot=taken)
    page = words(team.post(f"{BUILD}?quarter=2017-18-q4&what=addendum", {"purpose": "final"}))
    assert "Nothing has come since issue 1: no figure was verified or restated after it" in page
    assert not Pack.objects.filter(kind="addendum").exists()


def test_addendum_adds_to_what_stands(team, plan, monkeypatch):
    monkeypatch.setattr("reporting.since.came", lambda before, now: (object(),))
    first = PackFactory(plan=plan, issued=True)
    team.post(f"{BUILD}?quarter=2017-18-q4&what=addendum", {"purpose": "final"})
    assert Pack.objects.get(kind="addendum").adds_to == first


def test_failed_build_is_tried_again_as_it_was_asked_for(team, plan):
    first = PackFactory(plan=plan, issued=True)
    failed = PackFactory(
        plan=plan, issue=2, job_state="failed", supersedes=first, erratum="B2", issue_when_approved=True
    )
    assert team.post(url("again", failed))["Location"] == f"/packs/{failed.pk}/"
    failed.refresh_from_db()
    assert (failed.job_state, failed.supersedes, failed.erratum) == ("requested", first, "B2")
    assert failed.issue_when_approved


def test_ready_build_is_made_again_from_what_is_there_now(team, plan):
    old = PackFactory(plan=plan, standing="set_aside")
    new = PackFactory(plan=plan, build=2, issued=True)
    public = PackFactory(plan=plan, edition="public", made_from=old)
    team.post(url("again", public), {"after": public.pk})
    assert Pack.objects.filter(edition="public").latest("pk").made_from == new


def test_an_issued_pack_is_not_simply_built_again(team, plan):
    pack = PackFactory(plan=plan, issued=True)
    response = team.post(url("again", pack), follow=True)
    assert "Nothing was built." in words(response)
    assert Pack.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("9:30", dt.time(9, 30)),
        ("09.30", dt.time(9, 30)),
        ("14", dt.time(14)),
        ("12 am", dt.time(0)),
        ("2pm", dt.time(14)),
    ],
)
def test_times_are_read_as_people_write_them(typed, time):
    assert time_of_day(typed) == time


@pytest.mark.parametrize("typed", ["", "noon", "24:00", "9:60", "13pm", "0am", "-1"])
def test_other_times_are_none(typed):
    with pytest.raises(ValueError):
        time_of_day(typed)


# ---------------------------------------------------------------- approve


def test_chair_approves_on_the_packs_own_page(chair, plan, sam):
    pack = PackFactory(plan=plan, requested_by=sam)
    page = words(chair.get(url("detail", pack)))
    assert "Ready to approve. It waits for your word." in page
    assert f'action="{url("approve", pack)}"' in page
    response = chair.post(url("approve", pack), {"version": 1, "do": "approve"}, follow=True)
    assert "Approved. The partnership team can issue it now" in words(response)
    assert PackApproval.objects.get().pdf_sha256 == pack.pdf_sha256


def test_reason_is_asked_for_and_what_was_typed_stays(chair, plan, sam):
    pack = PackFactory(plan=plan, requested_by=sam)
    page = words(chair.post(url("approve", pack), {"version": 1, "do": "refuse"}))
    assert "<title>Error: " in page and "Say why it is not approved" in page
    stale = words(chair.post(url("approve", pack), {"version": 9, "do": "refuse", "said": "D2 says nothing"}))
    assert "has been changed since you opened it" in stale and "D2 says nothing" in stale
    chair.post(url("approve", pack), {"version": 1, "do": "refuse", "said": "D2 says nothing"})
    pack.refresh_from_db()
    assert pack.standing == "set_aside"
    assert "did not approve it" in words(chair.get(url("detail", pack)))


def test_requester_in_the_chair_is_told_whom_to_ask(chair, plan, jo):
    pack = PackFactory(plan=plan, requested_by=jo)
    page = words(chair.get(url("detail", pack)))
    assert "Ready to approve, by somebody else: you asked for this build." in page
    assert "Approve this pack" not in page
    assert "so somebody else approves it" in words(chair.post(url("approve", pack), {"version": 1, "do": "approve"}))


def test_word_given_elsewhere_is_recorded(team, plan, sam):
    pack = PackFactory(plan=plan, requested_by=sam)
    today = timezone.localdate()
    day = {"given_on_day": today.day, "given_on_month": today.month, "given_on_year": today.year}
    sent = {"version": 1, "verdict": "approved", "given_by": "Jo Mercer", "route": "mail"} | day
    assert "Say where it can be read" in words(team.post(url("approval-record", pack), sent))
    team.post(url("approval-record", pack), sent | {"evidence": "Mail of today"})
    page = words(team.get(url("detail", pack)))
    assert "Approved by Jo Mercer on" in page and "by mail, Mail of today" in page and "Recorded by Sam Carrick" in page


def test_nobody_left_to_ask_is_said(team, plan, jo):
    pack = PackFactory(plan=plan, requested_by=jo)
    assert "Nobody may give the CSP Executive’s word on this build" in words(team.get(url("approval-record", pack)))


# ---------------------------------------------------------------- issue, withdraw, register


def test_issue_and_withdrawal_by_their_pages(team, plan):
    pack = approved(plan=plan)
    assert "Issue 1 is issued" in words(team.post(url("issue", pack), {"version": 1}, follow=True))
    page = words(team.post(url("withdraw", pack), {"version": 2, "because": "B2 was wrong"}, follow=True))
    assert "B2 was wrong." in page
    assert "This pack is withdrawn" in words(team.get(url("withdraw", pack), follow=True))


def test_whoever_withdraws_is_told_of_the_public_edition_that_stands(team, plan):
    executive = PackFactory(plan=plan, issued=True)
    assert "The public edition made from it" not in words(team.get(url("withdraw", executive)))
    public = PackFactory(plan=plan, public=True, issued=True, made_from=executive)
    page = words(team.get(url("withdraw", executive)))
    assert "The public edition made from it stands" in page and f'href="/packs/{public.pk}/">issue 1</a>' in page


def test_what_is_to_be_put_right_stands_on_the_page_before_it_is_approved(team, plan):
    pack = PackFactory(plan=plan)
    CompanionFactory(pack=pack, form="html", content=b"<body><p>Lead: TBC</p></body>")
    assert "Left over in the web page: something to be confirmed, in “Lead: TBC”." in words(
        team.get(url("detail", pack))
    )
    late = approved(plan=PlanFactory())
    CompanionFactory(pack=late, form="html", content=b"<body><p>Lead: TBC</p></body>")
    assert "It can’t be issued yet." in words(team.get(url("issue", late)))
    refused = words(team.post(url("issue", late), {"version": 1}))
    assert "<title>Error: " in refused and "something to be confirmed" in refused


def test_who_may_approve_it_reads_what_is_still_to_be_put_right(chair, plan, sam):
    pack = PackFactory(plan=plan, requested_by=sam)
    CompanionFactory(pack=pack, form="html", content=b"<body><p>Lead: TBC</p></body>")
    page = words(chair.get(url("detail", pack)))
    assert "Left over in the web page: something to be confirmed" in page
    assert f'href="/packs/{pack.pk}/files/html/">read it as a web page</a>' in page


def test_an_assessment_leads_to_its_own_page_and_is_said_to_lack_no_commentary(team, plan):
    pack = PackFactory(plan=plan, kind="assessment")
    page = words(team.get(url("detail", pack)))
    assert 'href="/assessments/2017-18/">The assessment and what is written for it</a>' in page
    assert "Back to the assessment" in page and "Back to packs" not in page
    assert "Sections and covering note" not in page and "Covering note" in page
    assert "has no commentary" not in page and "has no commentary" in words(
        team.get(url("detail", PackFactory(plan=plan)))
    )


def test_a_draft_leads_on_to_a_build_that_may_be_approved(team, plan):
    draft = PackFactory(plan=plan, standing="draft")
    page = words(team.get(url("detail", draft)))
    assert 'href="/packs/build/?quarter=2017-18-q4&amp;what=executive"' in page and "Build it to be approved" in page
    public = PackFactory(plan=plan, edition="public", made_from=draft, standing="draft")
    assert "Build it to be approved" not in words(team.get(url("detail", public)))


def test_a_moment_of_publication_that_is_to_come_is_not_told_as_past(team, plan):
    soon = timezone.now() + dt.timedelta(days=1)
    public = PackFactory(plan=plan, public=True, issued=True, publish_at=soon)
    assert "To be published" in words(team.get(url("detail", public)))
    Pack.objects.filter(pk=public.pk).update(publish_at=timezone.now())
    assert "To be published" not in words(team.get(url("detail", public)))


def test_superseded_pack_leads_to_what_took_its_place(team, plan):
    first = PackFactory(plan=plan, issued=True, standing="superseded", superseded_at=timezone.now())
    second = PackFactory(plan=plan, issue=2, issued=True, supersedes=first, erratum="B2 was wrong")
    assert f'href="/packs/{second.pk}/">Open issue 2</a>' in words(team.get(url("detail", first)))
    page = words(team.get(url("detail", second)))
    assert "What was wrong: B2 was wrong" in page and f'href="/packs/{first.pk}/"' in page


def test_member_of_the_executive_sees_no_draft_beside_a_pack(chair, plan):
    pack = PackFactory(plan=plan)
    draft = PackFactory(plan=plan, build=2, standing="draft")
    assert f"/packs/{draft.pk}/" not in words(chair.get(url("detail", pack)))
    assert chair.get(url("detail", draft)).status_code == 404


def test_register_holds_every_file_of_every_issue(team, plan, sam):
    pack = PackFactory(plan=plan, issued=True, issued_by=sam)
    PackApprovalFactory(pack=pack)
    companion = CompanionFactory(pack=pack)
    PackFactory(plan=plan, issue=2)
    page = words(team.get(reverse("reporting:pack-register"))).replace(" ", "")
    assert pack.pdf_sha256 in page and companion.sha256 in page
    content = team.get(reverse("reporting:pack-register-csv")).content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content))
    assert [(row[head.index("File")], row[head.index("SHA-256")]) for row in rows] == [
        ("PDF", pack.pdf_sha256),
        ("Table (CSV)", companion.sha256),
    ]
    assert rows[0][head.index("Approved by")] == "Jo Mercer"


def test_register_costs_the_same_for_one_issue_and_for_many(team, plan):
    address = reverse("reporting:pack-register")
    PackFactory(plan=plan, issued=True)
    with CaptureQueriesContext(connection) as one:
        team.get(address)
    for quarter in Q4.back_to(6)[:-1]:
        CompanionFactory(pack=PackFactory(plan=plan, quarter=quarter, issued=True))
    with CaptureQueriesContext(connection) as many:
        team.get(address)
    assert len(many) == len(one)


def test_register_without_an_issue_says_so(team):
    assert "No pack has been issued yet." in words(team.get(reverse("reporting:pack-register")))
