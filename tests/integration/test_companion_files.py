"""The files beside a report: to whom they are handed out, when, and as which bytes."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.models import RoleGrant
from reporting.builds import pack_files
from reporting.models import Companion, Download, Pack
from tests.factories.accounts import UserFactory
from tests.factories.packs import CompanionFactory, PackFactory

pytestmark = pytest.mark.django_db
Form = Companion.Form
BASE = "/reports/2017-18-q4/issue-1/"
ADDRESSES = {
    Form.PAGE: (f"{BASE}read/", "text/html; charset=utf-8"),
    Form.WORKBOOK: (f"{BASE}workbook.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    Form.TABLE: (f"{BASE}figures.csv", "text/csv; charset=utf-8"),
    Form.DATA: (f"{BASE}figures.json", "application/json"),
}
EVERY = pytest.mark.parametrize("form", list(Form))


def published(form: str, **given: object) -> Pack:
    pack = PackFactory(public=True, issued=True, **given)
    CompanionFactory(pack=pack, form=form, content=b"<p>The stored bytes</p>")
    return pack


@EVERY
def test_anybody_gets_the_stored_bytes_at_an_address_that_stays(client, form):
    published(form)
    address, kind = ADDRESSES[form]
    answer = client.get(address)
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"<p>The stored bytes</p>", kind)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.has_header("Content-Disposition") is (form != Form.PAGE)
    assert "Content-Security-Policy" in answer.headers


def test_a_download_has_a_name_that_says_what_it_is(client):
    published(Form.WORKBOOK, is_sample=True)
    name = "sample-tower-hamlets-csp-pack-2017-18-q4-public-issue-1.xlsx"
    assert name in client.get(ADDRESSES[Form.WORKBOOK][0])["Content-Disposition"]


@EVERY
def test_who_has_the_bytes_gets_none(client, form):
    published(form)
    address, _ = ADDRESSES[form]
    etag = client.get(address)["ETag"]
    again = client.get(address, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(address)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", etag)
    assert client.post(address).status_code == 405


@EVERY
def test_nothing_before_the_minute_of_publication(client, form):
    at = timezone.now() + dt.timedelta(hours=1)
    published(form, publish_at=at)
    address, _ = ADDRESSES[form]
    with time_machine.travel(at - dt.timedelta(seconds=1), tick=False):
        assert client.get(address).status_code == 404
    with time_machine.travel(at, tick=False):
        assert client.get(address).status_code == 200


@EVERY
def test_a_withdrawn_one_says_so(client, form):
    pack = published(form)
    gone = {"standing": "withdrawn", "withdrawn_at": timezone.now(), "withdrawn_by": UserFactory(), "withdrawn_because": "A number was wrong"}  # fmt: skip
    Pack.objects.filter(pk=pack.pk).update(**gone)
    answer = client.get(ADDRESSES[form][0])
    assert answer.status_code == 410
    assert b"The stored bytes" not in answer.content


def test_a_file_that_was_not_made_and_one_of_an_executive_edition_are_not_there(client):
    published(Form.TABLE)
    assert client.get(ADDRESSES[Form.DATA][0]).status_code == 404
    executive = PackFactory(issued=True, quarter=Pack.objects.first().quarter.next)
    CompanionFactory(pack=executive, form=Form.PAGE)
    assert client.get("/reports/2018-19-q1/issue-1/read/").status_code == 404


def test_a_damaged_one_is_not_handed_out(client):
    pack = published(Form.TABLE)
    with pack.companions.get().file.open("wb") as stored:
        stored.write(b"something else")
    answer = client.get(ADDRESSES[Form.TABLE][0])
    assert answer.status_code == 500
    assert b"something else" not in answer.content


class TestForWhoMaySeeThePack:
    @pytest.fixture
    def sam(self, client):
        person = UserFactory(roles=[RoleGrant.Role.COORDINATOR])
        client.force_login(person)
        return person

    def test_before_it_is_issued_too(self, client, sam):
        pack = PackFactory(standing="draft")
        CompanionFactory(pack=pack, form=Form.PAGE, content=b"<p>A draft</p>")
        answer = client.get(f"/packs/{pack.pk}/files/html/")
        assert (answer.status_code, answer.content) == (200, b"<p>A draft</p>")
        assert "no-store" in answer["Cache-Control"]

    def test_who_takes_it_is_kept_and_looking_ahead_is_not(self, client, sam):
        pack = PackFactory(holds_restricted=True)
        CompanionFactory(pack=pack, form=Form.WORKBOOK)
        client.head(f"/packs/{pack.pk}/files/xlsx/")
        assert not Download.objects.exists()
        client.get(f"/packs/{pack.pk}/files/xlsx/")
        assert [(one.by, one.form) for one in Download.objects.all()] == [(sam, "xlsx")]

    def test_scrutiny_reaches_none_of_an_executive_edition(self, client):
        pack = PackFactory(issued=True)
        for form in Form:
            CompanionFactory(pack=pack, form=form)
        client.force_login(UserFactory(roles=[RoleGrant.Role.SCRUTINY]))
        for form in Form:
            assert client.get(f"/packs/{pack.pk}/files/{form}/").status_code == 404

    def test_a_member_of_the_csp_executive_sees_no_draft(self, client):
        pack = PackFactory(standing="draft")
        CompanionFactory(pack=pack, form=Form.PAGE)
        client.force_login(UserFactory(roles=[RoleGrant.Role.EXECUTIVE]))
        assert client.get(f"/packs/{pack.pk}/files/html/").status_code == 404

    def test_a_damaged_one_says_so(self, client, sam):
        pack = PackFactory()
        CompanionFactory(pack=pack, form=Form.TABLE, sha256="0" * 64)
        answer = client.get(f"/packs/{pack.pk}/files/csv/")
        assert answer.status_code == 500
        assert pack_files.Damaged.__name__ not in answer.content.decode()

    @pytest.mark.parametrize("form", ["pdf", "exe", "html.html"])
    def test_other_forms_are_no_addresses(self, client, sam, form):
        assert client.get(f"/packs/{PackFactory().pk}/files/{form}/").status_code == 404
