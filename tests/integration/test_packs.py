"""A pack from the real plan and catalogue to the bytes a member of the CSP Executive downloads; and workers that race for one."""

import hashlib
import threading

import pytest
from django.db import connection, connections
from django.urls import reverse

from indicators import catalogue_data
from lib import jobs
from lib.typesetting import gate
from priorities import plan_data
from reporting import snapshots
from reporting.actions import building
from reporting.builds import pack_files, packs
from reporting.models import Pack
from reporting.snapshots import gather
from tests.factories import reporting as data


@pytest.fixture
def plan(db):
    """The plan and the indicators that ship with the product."""
    made, _ = plan_data.load()
    catalogue_data.load(made)
    return made


def give_figures(plan):
    """Figures for two indicators; the others have been asked for and not sent."""
    farida, sam = data.person(), data.person("Sam Carrick", "coordinator")
    for number, placement in enumerate(plan.placements.exclude(reference="").select_related("indicator")):
        return_ = data.return_(placement.indicator, words=True)
        if placement.indicator.is_count and number < 2:
            data.figure(return_, 100 + number, by=farida, verified=data.at(3))
    return sam


@pytest.mark.django_db
def test_from_the_button_to_the_downloaded_bytes(client, plan, django_capture_on_commit_callbacks):
    client.force_login(give_figures(plan))
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("reporting:pack-request"), {"quarter": "2017-18-q4", "issue": "1"})
    pack = Pack.objects.get()
    assert pack.failure == ""
    assert "Download the pack (PDF," in client.get(response["Location"]).content.decode()
    client.force_login(data.person("Lena Fox", "executive"))
    downloaded = client.get(reverse("reporting:pack-download", args=[pack.pk])).content
    assert hashlib.sha256(downloaded).hexdigest() == pack.pdf_sha256
    assert gate.problems(downloaded) == []
    assert snapshots.to_json(snapshots.from_json(pack.snapshot)) == pack.snapshot


@pytest.mark.django_db
def test_quarter_without_returns_is_built_and_passes_the_gate(plan):
    pack = building.request_pack(plan, data.Q4.next, queue=False, by=None)
    packs.build(pack.pk)
    pack.refresh_from_db()
    assert (pack.failure, pack.job_state) == ("", Pack.JobState.READY)
    assert gate.problems(pack_files.read(pack)) == []


@pytest.mark.django_db
def test_snapshot_of_the_shipped_catalogue_holds_all_15_in_plan_order(plan):
    references = [part.reference for part in snapshots.take(plan, data.Q4, data.at(10)).indicators]
    assert references == "A1 A2 A3 B1 B2 B3 B4 C1 C2 C3 C4 D1 D2 D3 D4".split()


# ---------------------------------------------------------------- two at once


def together(*acts):
    """Run these at the same moment, each on a connection of its own; what each returned or raised, in order."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            connection.ensure_connection()
            start.wait(10)
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_workers_race_for_a_pack_and_one_has_it():
    pack = Pack.objects.create(plan=data.plan(), quarter=data.Q4, issue=1)
    for _ in range(5):
        Pack.objects.update(job_state=Pack.JobState.REQUESTED, attempts=0)
        leases = together(*[lambda: jobs.take(Pack, pack.pk)] * 4)
        assert sum(lease is not None for lease in leases) == 1
        pack.refresh_from_db()
        assert pack.attempts == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_people_ask_at_once_and_one_pack_is_built():
    plan = data.plan()
    asked = together(*[lambda: building.request_pack(plan, data.Q4, queue=False, by=None)] * 4)
    assert sum(isinstance(each, Pack) for each in asked) == 1
    assert sum(isinstance(each, building.AlreadyThere) for each in asked) == 3
    assert Pack.objects.get().issue == 1


@pytest.fixture
def changed_meanwhile(monkeypatch):
    """What is appended is called, on a connection of its own where there is one, before the returns are read."""
    calls, read = [], gather._Reading._returns

    def returns(reading):
        for call in calls:
            call()
        return read(reading)

    monkeypatch.setattr(gather._Reading, "_returns", returns)
    return calls


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_what_is_verified_while_a_snapshot_is_read_is_in_it_whole_or_not_at_all(changed_meanwhile):
    plan, farida = data.plan(), data.person()
    return_ = data.return_(data.indicator(plan))
    changed_meanwhile.append(lambda: together(lambda: data.figure(return_, 629, by=farida, verified=data.at(3))))
    assert snapshots.take(plan, data.Q4, data.at(10)).indicators[0].this.state == "awaited"
    changed_meanwhile.clear()
    assert snapshots.take(plan, data.Q4, data.at(10)).indicators[0].this.state == "verified"


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_is_read_in_one_transaction(changed_meanwhile):
    inside = []
    changed_meanwhile.append(lambda: inside.append(connection.in_atomic_block))
    snapshots.take(data.plan(), data.Q4, data.at(10))
    assert inside == [True]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_queue_a_lost_pack_once():
    pack = Pack.objects.create(plan=data.plan(), quarter=data.Q4, issue=1)
    at, queued = pack.queued_at + 2 * jobs.LOST_AFTER, []
    touched = together(
        *[lambda: jobs.sweep(Pack.objects.all(), at, queue=queued.append, give_up=lambda *job: None)] * 3
    )
    assert sorted(touched) == [0, 0, 1]
    assert queued == [pack.pk]
