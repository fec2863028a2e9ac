import datetime as dt
import logging

import pytest
import time_machine
from kombu.exceptions import OperationalError

from cspplan import schedules
from cspplan.celery import TIME_LIMIT, VISIBILITY_TIMEOUT, LoggedTask, app
from lib import logging_ids


@pytest.fixture
def task():
    @app.task(name="tests.remember", shared=False)
    def remember() -> None:
        logging.getLogger("inside").info("request=%s job=%s", logging_ids.request_id.get(), logging_ids.job_id.get())

    yield remember
    app.tasks.unregister("tests.remember")


def test_a_job_outlives_its_worker():
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1


def test_no_job_may_run_so_long_that_the_broker_gives_it_to_a_second_worker():
    assert TIME_LIMIT < VISIBILITY_TIMEOUT
    assert app.conf.broker_transport_options["visibility_timeout"] == VISIBILITY_TIMEOUT


def test_every_schedule_starts_a_task_that_exists():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in schedules.SCHEDULES.values()} <= set(app.tasks)


@pytest.mark.parametrize(
    ("day", "hour_in_utc"),
    [(dt.date(2018, 1, 15), 7), (dt.date(2018, 3, 24), 7), (dt.date(2018, 3, 25), 6), (dt.date(2018, 4, 20), 6)],
)
def test_reminders_go_at_half_past_seven_in_london_winter_and_summer(day, hour_in_utc):
    """Clocks go forward on Sunday 25 March 2018."""
    entry = schedules.SCHEDULES["send reminders"]["schedule"]
    entry.app = app
    midnight = dt.datetime.combine(day, dt.time(0, 30), dt.UTC)
    with time_machine.travel(midnight, tick=False):
        left = entry.remaining_estimate(midnight - dt.timedelta(hours=6))
    assert midnight + left == dt.datetime.combine(day, dt.time(hour_in_utc, 30), dt.UTC)


def test_log_lines_of_a_job_carry_its_id_and_the_requests(task, caplog):
    caplog.set_level(logging.INFO)
    token = logging_ids.request_id.set("request-1")
    try:
        result = task.delay()
    finally:
        logging_ids.request_id.reset(token)

    said = [r.getMessage() for r in caplog.records if r.name in ("inside", "job")]
    assert said[0] == f"request=request-1 job={result.id}"
    assert said[1].startswith("task=tests.remember state=done ms=")


def test_a_broker_out_of_reach_does_not_fail_the_page(task, monkeypatch, caplog):
    def refused(*args: object, **options: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(LoggedTask.__mro__[1], "apply_async", refused)

    assert task.delay() is None
    assert "state=not-queued" in caplog.text
