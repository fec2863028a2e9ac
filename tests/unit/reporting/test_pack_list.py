"""The list of packs: what it says of each quarter, and which one act is next, for whom."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.models import Body, Membership
from lib.quarters import Quarter
from reporting import pack_list
from reporting.models import Pack
from tests.factories.accounts import UserFactory
from tests.factories.governance import BodyFactory, place
from tests.factories.indicators import RoundFactory
from tests.factories.packs import PackFactory
from tests.factories.priorities import PlanFactory

pytestmark = pytest.mark.django_db
Q4 = Quarter.parse("2017-18-q4")
PASSED = dt.datetime(2018, 5, 24, 12, tzinfo=dt.UTC)


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


@pytest.fixture
def jo():
    person = UserFactory(name="Jo Mercer", roles=["executive"])
    body = BodyFactory(kind=Body.Kind.EXECUTIVE, slug="csp-executive", code="CSPE")
    place(person, body, Membership.Role.CHAIR)
    return person


@pytest.fixture
def plan():
    RoundFactory(quarter=Q4, executive_meets_on=dt.date(2018, 5, 24))
    return PlanFactory()


def page(user, may_build=True):
    return pack_list.list_page(Pack.objects.visible_to(user), user, may_build, timezone.localdate())


def row(user, may_build=True):
    return page(user, may_build).rows[0]


def told(lines):
    return [(line.words, line.state) for line in lines]


def test_quarter_without_a_pack_is_built_by_one_button(sam, plan):
    found = page(sam)
    assert found.lede == "No pack is ready yet."
    assert found.first == found.rows[0]
    act = found.first.act
    assert (act.words, act.edition, act.after) == ("Build the pack for 2017-18 Q4", "executive", 0)


def test_what_is_next_from_draft_to_issue(sam, jo, plan):
    draft = PackFactory(plan=plan, standing="draft", requested_by=sam)
    assert told(row(sam).executive) == [("Draft 1 of issue 1", "Draft")]
    assert (row(sam).act.words, row(sam).act.after) == ("Build the pack to be approved", draft.pk)
    pack = PackFactory(plan=plan, build=2, requested_by=sam)
    assert told(row(sam).executive) == [("Issue 1", "Ready to approve")]
    assert row(sam).act.words == "Ask Jo Mercer to approve"
    assert page(sam).lede == "No pack is issued yet. The one for 2017-18 Q4 is ready to approve."
    Pack.objects.filter(pk=pack.pk).update(standing="approved")
    assert (row(sam).act.words, row(sam).act.url) == ("Issue the executive edition", f"/packs/{pack.pk}/issue/")
    Pack.objects.filter(pk=pack.pk).update(standing="issued", issued_at=PASSED)
    assert told(row(sam).executive) == [("Issue 1", "Issued")]
    assert row(sam).executive[0].since == "24 May 2018"
    assert row(sam).act.url == "/packs/build/?quarter=2017-18-q4&what=public"
    assert page(sam).lede == "The newest pack is for 2017-18 Q4, issued on 24 May 2018."


def test_first_line_tells_of_the_quarter_that_is_on_its_way(sam, jo, plan):
    PackFactory(plan=plan, issued=True, issued_at=PASSED)
    later = PackFactory(plan=plan, quarter=Q4.next, requested_by=sam)
    said = "The newest pack is for 2017-18 Q4, issued on 24 May 2018. The one for 2018-19 Q1 is"
    assert page(sam).lede == f"{said} ready to approve."
    Pack.objects.filter(pk=later.pk).update(standing="approved")
    assert page(sam).lede == f"{said} approved."


def test_public_edition_follows_its_own_way_and_then_nothing_is_next(sam, jo, plan):
    executive = PackFactory(plan=plan, issued=True)
    public = PackFactory(plan=plan, edition="public", made_from=executive, requested_by=sam)
    assert told(row(sam).public) == [("Issue 1", "Ready to approve")]
    assert row(sam).act.words == "Ask Jo Mercer to approve"
    Pack.objects.filter(pk=public.pk).update(standing="issued", issued_at=PASSED, publish_at=PASSED)
    assert row(sam).act is None
    assert row(sam).more_url == "/packs/build/?quarter=2017-18-q4"


def test_public_edition_of_an_issue_that_was_replaced_is_to_be_built_from_the_new_one(sam, jo, plan):
    first = PackFactory(plan=plan, issued=True, standing="superseded", superseded_at=PASSED)
    public = PackFactory(plan=plan, edition="public", made_from=first, issued=True)
    second = PackFactory(plan=plan, issue=2, issued=True, supersedes=first, erratum="B2 was wrong")
    assert row(sam).act == pack_list.Act(
        "Build the public edition of the new issue", "/packs/build/?quarter=2017-18-q4&what=public"
    )
    Pack.objects.filter(pk=public.pk).update(standing="superseded", superseded_at=PASSED)
    told = {"supersedes": public, "erratum": "B2 was wrong"}
    PackFactory(plan=plan, edition="public", made_from=second, issue=2, issued=True, **told)
    assert row(sam).act is None


def test_addendum_to_the_executive_edition_is_told_to_the_public_next(sam, jo, plan):
    executive = PackFactory(plan=plan, issued=True)
    public = PackFactory(plan=plan, edition="public", made_from=executive, issued=True)
    addendum = PackFactory(plan=plan, kind="addendum", adds_to=executive, issued=True)
    words, url = "Build the public addendum", "/packs/build/?quarter=2017-18-q4&what=public-addendum"
    assert row(sam).act == pack_list.Act(words, url)
    told = PackFactory(
        plan=plan, kind="addendum", edition="public", adds_to=public, made_from=addendum, requested_by=sam
    )
    assert row(sam).act.words == "Ask Jo Mercer to approve"
    Pack.objects.filter(pk=told.pk).update(standing="issued", issued_at=PASSED, publish_at=PASSED)
    assert row(sam).act is None


def test_chair_finds_what_waits_for_their_word_and_no_draft(sam, jo, plan):
    pack = PackFactory(plan=plan, requested_by=sam)
    PackFactory(plan=plan, build=2, standing="draft")
    assert row(jo, False).act == pack_list.Act("Read and approve the executive edition", f"/packs/{pack.pk}/")
    assert told(row(jo, False).executive) == [("Issue 1", "Ready to approve")]
    assert row(jo, False).more_url == ""


def test_member_without_a_say_has_nothing_to_do(sam, jo, plan):
    PackFactory(plan=plan, requested_by=sam)
    member = UserFactory(roles=["executive"])
    assert row(member, False).act is None
    assert not page(member, False).has_acts


def test_nobody_is_asked_who_asked_for_the_build(jo, sam, plan):
    PackFactory(plan=plan, requested_by=jo)
    assert row(jo, False).act is None
    assert row(sam).act.words == "Record who approved"


@pytest.mark.parametrize(
    ("state", "shown", "act"),
    [("running", "Building", "See how far it is"), ("failed", "Failed", "See why it failed")],
)
def test_build_under_way_or_failed_comes_first(sam, plan, state, shown, act):
    PackFactory(plan=plan, issued=True)
    PackFactory(plan=plan, issue=2, job_state=state)
    assert told(row(sam).executive) == [("Issue 1", "Issued"), ("Issue 2", shown)]
    assert row(sam).act.words == act


def test_set_aside_builds_and_old_drafts_are_not_in_the_list(sam, plan):
    PackFactory(plan=plan, standing="set_aside")
    PackFactory(plan=plan, build=2, standing="draft")
    PackFactory(plan=plan, build=3)
    assert told(row(sam).executive) == [("Issue 1", "Ready to approve")]


def test_withdrawn_issue_is_shown_until_another_stands(sam, plan):
    withdrawn = {"withdrawn_at": PASSED, "withdrawn_by": sam, "withdrawn_because": "Wrong"}
    PackFactory(plan=plan, issued=True, standing="withdrawn", **withdrawn)
    assert told(row(sam).executive) == [("Issue 1", "Withdrawn")]
    assert (row(sam).act.words, row(sam).act.edition) == ("Build a new issue", "executive")
    PackFactory(plan=plan, issue=2, issued=True)
    assert told(row(sam).executive) == [("Issue 2", "Issued")]


def test_addenda_stand_beneath_their_issue(sam, plan):
    first = PackFactory(plan=plan, issued=True)
    PackFactory(plan=plan, kind="addendum", adds_to=first, issued=True)
    assert told(row(sam).executive) == [("Issue 1", "Issued"), ("Addendum number 1", "Issued")]


@pytest.mark.once
def test_same_number_of_queries_for_one_quarter_and_for_many(sam, jo, plan):
    PackFactory(plan=plan, requested_by=sam)
    page(sam)  # what is kept on the person for the rest of the request is read
    with CaptureQueriesContext(connection) as one:
        page(sam)
    for quarter in Q4.back_to(9)[:-1]:
        executive = PackFactory(plan=plan, quarter=quarter, issued=True)
        PackFactory(plan=plan, quarter=quarter, edition="public", made_from=executive, requested_by=sam)
    with CaptureQueriesContext(connection) as many:
        assert len(page(sam).rows) == 9
    assert len(many) == len(one)
