"""The feed of published figures: who reads it, what is in it at which moment, and how a program asks only for what is new."""

import base64
import csv
import datetime as dt
import io
import json
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEvent, RoleGrant
from lib.quarters import Quarter
from reporting import feed_keys, figure_feed, snapshots
from reporting.actions import feeding
from reporting.models import FeedKey, Pack
from reporting.views import feeding as views
from tests.factories import snapshots as made_up
from tests.factories.accounts import UserFactory
from tests.factories.packs import PackFactory
from tests.unit.reporting.companions import made_up as editions

pytestmark = pytest.mark.django_db
FEED = "/open-data/figures/"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def sam():
    return UserFactory(roles=[RoleGrant.Role.COORDINATOR])


@pytest.fixture
def key(sam) -> str:
    return feeding.make_key("Power BI", by=sam)[1]


@pytest.fixture
def ask(client, key):
    def asked(query: str = "", **headers: str) -> Any:
        return client.get(FEED + query, headers={"authorization": f"Bearer {key}"} | headers)

    return asked


def published(snapshot: snapshots.Snapshot | None = None, **given: Any) -> Pack:
    """A public edition that was issued an hour ago, of this snapshot."""
    text = snapshots.to_json(snapshot or editions.public())
    return PackFactory(public=True, issued=True, snapshot=text, **given)


def figure(answer: Any, key: str, quarter: str = "2017-18-q4") -> dict[str, Any]:
    (found,) = [row for row in answer.json()["figures"] if (row["indicator"], row["quarter"]) == (key, quarter)]
    return found


def calls(number: int) -> snapshots.Snapshot:
    """The public edition in which A1's last quarter is this."""
    made = editions.public()
    first = made.priorities[0]
    part = first.indicators[0]
    cell = replace(part.this, value=made_up.value(number))
    part = replace(part, this=cell, history=(*part.history[:-1], cell), series=())
    return replace(made, priorities=(replace(first, indicators=(part, *first.indicators[1:])), *made.priorities[1:]))


class TestWhoReadsIt:
    @pytest.mark.parametrize(
        "header", ["", "Bearer ", "Bearer csp_wrong", "Basic", "Basic %%%", "Basic Zm9v", "Digest x", "\x00"]
    )
    def test_nobody_without_a_key(self, client, key, header):
        answer = client.get(FEED, headers={"authorization": header})
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert "key" in answer.json()["error"]

    def test_signing_in_opens_nothing(self, client, sam):
        client.force_login(sam)
        assert client.get(FEED).status_code == 401

    def test_a_key_in_the_address_opens_nothing(self, client, key):
        assert client.get(f"{FEED}?key={key}").status_code == 401

    def test_as_a_bearer_or_as_the_password_of_basic_authentication(self, client, ask, key):
        assert ask().status_code == 200
        for name in ("", "anybody"):
            told = base64.b64encode(f"{name}:{key}".encode()).decode()
            assert client.get(FEED, headers={"authorization": f"basic {told}"}).status_code == 200

    def test_a_revoked_key_opens_nothing_from_then_on(self, ask, sam):
        feeding.revoke_key(FeedKey.objects.get(), by=sam)
        assert ask().status_code == 401
        with pytest.raises(ValidationError, match="had been revoked already"):
            feeding.revoke_key(FeedKey.objects.get(), by=sam)
        assert list(AuditEvent.objects.values_list("kind", flat=True).order_by("pk")) == [
            "feed_key_made",
            "feed_key_revoked",
        ]

    def test_only_a_hash_of_it_is_kept(self, key):
        kept = " ".join(str(value) for row in FeedKey.objects.values() for value in row.values())
        trail = " ".join(str(row) for row in AuditEvent.objects.values())
        assert key not in kept + trail
        assert FeedKey.objects.get().key_sha256 == feed_keys.hashed(key)

    def test_nothing_is_changed_by_it(self, client, key):
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(client, method)(FEED, headers={"authorization": f"Bearer {key}"})
            assert answer.status_code == 405

    def test_its_last_use_is_written_once_a_day(self, ask, django_assert_num_queries):
        with time_machine.travel("2026-03-31 22:30Z", tick=False):
            ask()  # half past eleven in the evening, in London
        assert FeedKey.objects.get().last_used_on == dt.date(2026, 3, 31)
        with time_machine.travel("2026-03-31 22:45Z", tick=False), django_assert_num_queries(2):
            ask()  # the key, and which issues stand
        with time_machine.travel("2026-03-31 23:30Z", tick=False):
            ask()
        assert FeedKey.objects.get().last_used_on == dt.date(2026, 4, 1)

    def test_who_asks_too_often_is_told_to_wait_and_the_next_minute_goes_on(self, client, ask, monkeypatch):
        monkeypatch.setattr(views, "MOST_A_MINUTE", 2)
        monkeypatch.setattr(views, "MOST_WRONG_A_MINUTE", 1)
        with time_machine.travel("2026-04-01 12:00:30Z", tick=False):
            assert [client.get(FEED).status_code for _ in range(2)] == [401, 429]
            assert [ask().status_code for _ in range(3)] == [200, 200, 429]  # each is counted for itself
        with time_machine.travel("2026-04-01 12:01:00Z", tick=False):
            assert [client.get(FEED).status_code, ask().status_code] == [401, 200]


class TestWhatIsInIt:
    def test_nothing_before_the_first_report(self, ask):
        published(publish_at=timezone.now() + HOUR)
        PackFactory(issued=True)  # an executive edition
        PackFactory(public=True)  # not issued
        assert ask().json() == {
            "count": 0, "page": 1, "pages": 1, "page_size": 500, "next": None, "previous": None, "figures": [],
        }  # fmt: skip

    def test_from_the_minute_of_publication_on(self, ask):
        at = timezone.now() + HOUR
        published(publish_at=at)
        with time_machine.travel(at - dt.timedelta(seconds=1), tick=False):
            before = ask()
        with time_machine.travel(at, tick=False):
            after = ask(**{"if-none-match": before["ETag"]})
        assert (before.json()["count"], after.status_code) == (0, 200)
        assert after.json()["count"] > 100

    def test_a_row_says_all_of_a_figure(self, ask, settings):
        settings.SITE_URL = "https://csp.example.org"
        pack = published()
        row = figure(ask(), "ete-need-met")
        assert row == {
            "indicator": "ete-need-met", "reference": "D3", "name": row["name"], "priority": "Reducing Re-offending",
            "in_set": True, "measure": "need_met", "unit": "per cent", "polarity": "higher",
            "quarter": "2017-18-q4", "starts_on": "2018-01-01", "ends_on": "2018-03-31", "state": "verified",
            "value": 61.3, "numerator": 19, "denominator": 31, "shown": "19 of 31, 61.3%", "hidden": None,
            "is_provisional": False, "restated_from": None, "reason": None, "note": None, "is_sample": True,
            "published_in": "Quarterly monitoring pack, 2017-18 Q4, issue 1", "published_at": pack.publish_at.isoformat(),
            "report": "https://csp.example.org/reports/2017-18-q4/issue-1/",
        }  # fmt: skip

    def test_a_hidden_figure_has_words_alone(self, ask):
        published()
        row = figure(ask(), "asb-repeat-callers")
        assert (row["value"], row["numerator"], row["shown"]) == (None, None, "fewer than 5")
        assert "mappa" not in ask().content.decode().lower()

    def test_the_last_published_word_on_a_quarter_counts(self, ask):
        now = timezone.now()
        first = published(calls(4000), publish_at=now - 2 * HOUR, issued_at=now - 2 * HOUR)
        later = replace(calls(4111), quarter=Quarter.parse("2018-19-q1"))
        published(later, plan=first.plan, quarter=later.quarter)
        assert figure(ask("?page_size=1000"), "asb-calls")["value"] == 4111

    def test_a_reissue_counts_from_its_own_publication_and_the_issue_before_until_then(self, ask):
        now = timezone.now()
        first = published(calls(4000), publish_at=now - 2 * HOUR, issued_at=now - 2 * HOUR, standing="superseded", superseded_at=now)  # fmt: skip
        published(calls(4222), plan=first.plan, made_from=first.made_from, issue=2, supersedes=first, erratum="A1 was wrong", publish_at=now + HOUR)  # fmt: skip
        assert figure(ask(), "asb-calls")["value"] == 4000
        with time_machine.travel(now + HOUR, tick=False):
            assert figure(ask(), "asb-calls")["value"] == 4222

    def test_what_was_withdrawn_is_gone_and_its_addendum_with_it(self, ask, sam):
        pack = published()
        published(plan=pack.plan, kind="addendum", adds_to=pack)
        assert ask().json()["count"] > 100
        gone = {"standing": "withdrawn", "withdrawn_at": timezone.now(), "withdrawn_by": sam, "withdrawn_because": "It was wrong"}  # fmt: skip
        Pack.objects.filter(pk=pack.pk).update(**gone)
        assert ask().json()["count"] == 0


class TestPages:
    @pytest.fixture(autouse=True)
    def _pack(self):
        published()

    def test_next_leads_through_every_row_once(self, ask):
        seen, address = [], "?page_size=70"
        while address:
            answer = ask(address).json()
            seen += [(row["indicator"], row["quarter"]) for row in answer["figures"]]
            address = answer["next"] and "?" + answer["next"].partition("?")[2]
        assert len(seen) == len(set(seen)) == answer["count"] > 140
        assert answer["page"] == answer["pages"] == -(-answer["count"] // 70)

    @pytest.mark.parametrize(
        "query",
        [
            "?page=0",
            "?page=-1",
            "?page=x",
            "?page=",
            "?page=²",
            "?page_size=0",
            "?page_size=1001",
            "?page_size=1e9",
            "?format=xml",
            "?page=99999999999",
        ],  # fmt: skip
    )
    def test_what_cannot_be_answered_is_refused_with_a_sentence(self, ask, query):
        answer = ask(query)
        assert answer.status_code == 400
        assert answer.json()["error"].endswith(".")

    def test_past_the_end(self, ask):
        answer = ask("?page=2&page_size=1000")
        assert (answer.status_code, answer.json()["error"]) == (404, "There is one page of 1000 rows.")

    def test_as_csv_it_is_one_table(self, ask):
        answer = ask("?format=csv")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert len(rows) == ask().json()["count"]
        assert list(rows[0]) == list(ask().json()["figures"][0])
        (row,) = [one for one in rows if (one["indicator"], one["quarter"]) == ("hate-incidents", "2017-18-q2")]
        assert (row["value"], row["in_set"], row["hidden"]) == ("8123", "yes", "")

    def test_unchanged_is_told_without_the_rows(self, ask):
        first = ask()
        again = ask(**{"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert ask("?page_size=10", **{"if-none-match": first["ETag"]}).status_code == 200
        since = ask(**{"if-modified-since": first["Last-Modified"]})
        assert since.status_code == 304

    def test_no_store_on_the_way_keeps_it(self, ask):
        assert ask()["Cache-Control"] == "private, no-cache"
        assert ask()["Vary"].startswith("Authorization")

    def test_head_says_the_same_without_the_rows(self, client, key, ask):
        answer = client.head(FEED, headers={"authorization": f"Bearer {key}"})
        assert (answer.status_code, answer.content, answer["ETag"]) == (200, b"", ask()["ETag"])


@pytest.mark.once
def test_ten_thousand_rows_cost_the_same_queries_as_a_hundred(ask, django_assert_num_queries):
    """The key, which issues stand, and once in a process what they say."""
    small = published(editions.public())
    ask()
    figure_feed._rows.cache_clear()
    with django_assert_num_queries(3):
        ask()
    Pack.objects.filter(pk=small.pk).update(standing="superseded")
    quarters = [Quarter.parse("2001-02-q1").plus(number) for number in range(68)]  # to 2017-18 Q4
    parts = tuple(
        replace(part, series=tuple(made_up.cell(quarter, 1000 + number) for number, quarter in enumerate(quarters)))
        for part in made_up.many(150).indicators
    )
    large = replace(made_up.sample(edition="public"), priorities=(replace(made_up.sample().priorities[0], indicators=parts, context=()),))  # fmt: skip
    published(large)
    figure_feed._rows.cache_clear()
    with django_assert_num_queries(3):
        answer = ask("?page_size=1000&page=10")
    assert answer.json()["count"] > 10_000
    assert len(answer.json()["figures"]) == 1000
    with django_assert_num_queries(2):
        ask("?page=2")


class TestTheKeysPage:
    PAGE = "/packs/feed-keys/"

    def test_a_key_is_shown_once_and_works(self, client, sam):
        client.force_login(sam)
        answer = client.post(self.PAGE, {"label": "Excel of the analysts"})
        assert (answer.status_code, answer["Location"]) == (302, self.PAGE)
        page = client.get(self.PAGE)
        shown = page.context["made"]
        assert shown.startswith("csp_")
        assert f'<code class="csp-feed-key">{shown}</code>' in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        assert shown not in client.get(self.PAGE).content.decode()
        assert client.get(FEED, headers={"authorization": f"Bearer {shown}"}).status_code == 200

    def test_it_lists_who_made_it_and_when_it_was_last_used(self, client, sam, ask):
        client.force_login(sam)
        assert "never" in client.get(self.PAGE).content.decode()
        with time_machine.travel("2026-04-01 12:00Z", tick=False):
            ask()
        page = client.get(self.PAGE).content.decode()
        assert "1 April 2026" in page
        assert "One program can read" in page

    def test_an_empty_label_is_refused_in_place(self, client, sam):
        client.force_login(sam)
        answer = client.post(self.PAGE, {"label": " "})
        assert answer.status_code == 200
        assert "Enter whose program the key is for" in answer.content.decode()
        assert not FeedKey.objects.exists()

    def test_revoking_twice_tells_the_second_that_it_was_done(self, client, sam, key):
        client.force_login(sam)
        address = f"{self.PAGE}{FeedKey.objects.get().pk}/revoke/"
        client.post(address)
        page = client.post(address, follow=True).content.decode()
        assert "had been revoked already" in page
        assert AuditEvent.objects.filter(kind="feed_key_revoked").count() == 1

    def test_the_number_of_queries_does_not_grow_with_the_keys(self, client, sam, django_assert_num_queries):
        client.force_login(sam)
        client.get(self.PAGE)
        for number in range(3):
            feeding.make_key(f"Program {number}", by=sam)
        with django_assert_num_queries(5):
            client.get(self.PAGE)
        for number in range(20):
            feeding.make_key(f"Another {number}", by=UserFactory())
        with django_assert_num_queries(5):
            client.get(self.PAGE)


def test_the_description_is_served_as_it_is_kept(client):
    answer = client.get("/open-data/schema/1/figures.json")
    assert answer["Content-Type"] == "application/schema+json"
    assert json.loads(answer.content)["properties"]["schema"]["const"] == "/open-data/schema/1/figures.json"
