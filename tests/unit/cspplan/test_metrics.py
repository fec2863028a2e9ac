import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Mail
from cspplan.metrics import quantiles
from lib import heartbeat
from tests.factories.indicators import ReturnFactory
from tests.factories.packs import PackFactory

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-thirty-characters-x"
WITH_TOKEN = {"headers": {"Authorization": f"Bearer {TOKEN}"}}


def told(client: Client) -> dict[str, float]:
    """The values by name and labels."""
    text = client.get("/metrics", **WITH_TOKEN).content.decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert {line.split()[2] for line in text.splitlines() if line.startswith("# HELP")} == {
        line.partition("{")[0].partition(" ")[0] for line in lines
    }
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def test_without_a_token_set_there_is_no_such_page(client: Client):
    assert client.get("/metrics", **WITH_TOKEN).status_code == 404


@pytest.mark.parametrize("sent", ["", "Bearer ", "Bearer another", TOKEN, f"Basic {TOKEN}"])
def test_who_sends_another_token_is_told_nothing(client: Client, settings, sent):
    settings.METRICS_TOKEN = TOKEN

    answer = client.get("/metrics", headers={"Authorization": sent})

    assert (answer.status_code, answer.content, answer["WWW-Authenticate"]) == (401, b"A token is needed.\n", "Bearer")


def test_counts_and_ages_come_from_the_rows_in_few_queries(client: Client, settings, django_assert_num_queries):
    settings.METRICS_TOKEN = TOKEN
    now = timezone.now()
    began = now - dt.timedelta(minutes=5)
    for seconds in (10, 20, 30, 40):
        PackFactory(issue=seconds, started_at=began, ended_at=began + dt.timedelta(seconds=seconds))
    PackFactory(issue=50, job_state="requested", ended_at=None, queued_at=now - dt.timedelta(seconds=90))
    late = ReturnFactory(round__due_on=dt.date(2018, 4, 27), round__closed_at=None)
    ReturnFactory(round=late.round, status="missing", missing_reason="source_lag", missing_at=now)
    for cycle, state in enumerate(["waiting", "failed", "failed"]):
        queued = now - dt.timedelta(hours=1)
        Mail.objects.create(address="a@example.org", stage="x", thing="x:1", cycle=cycle, state=state, queued_at=queued)
    heartbeat.beat("sweep", dt.datetime(2018, 5, 1, 10, tzinfo=dt.UTC))

    with django_assert_num_queries(6):
        found = told(client)

    assert found['cspplan_jobs{kind="pack",state="ready"}'] == 4
    assert found['cspplan_jobs{kind="pack",state="requested"}'] == 1
    assert found['cspplan_jobs{kind="upload",state="failed"}'] == 0
    assert 90 <= found['cspplan_job_oldest_waiting_seconds{kind="pack"}'] < 150
    assert found['cspplan_job_oldest_waiting_seconds{kind="upload"}'] == 0
    assert [found[f'cspplan_pack_build_seconds{{quantile="{one}"}}'] for one in (0.5, 0.9, 1.0)] == [20, 40, 40]
    assert found["cspplan_returns_overdue"] == 1
    assert (found['cspplan_mails{state="failed"}'], found['cspplan_mails{state="sent"}']) == (2, 0)
    assert 3600 <= found["cspplan_mail_oldest_waiting_seconds"] < 3700
    assert found["cspplan_sessions"] == 0
    assert found['cspplan_heartbeat_timestamp_seconds{what="sweep"}'] == 1525168800  # 2018-05-01 10:00 UTC
    assert 'cspplan_heartbeat_timestamp_seconds{what="backup"}' not in found


def test_quantiles_are_times_that_something_took():
    assert quantiles([3.0, 1.0, 2.0]) == [(0.5, 2.0), (0.9, 3.0), (1.0, 3.0)]
    assert quantiles([]) == []
