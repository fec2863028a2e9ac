"""The job engine. Rows are the truth, Celery only carries their ids: what it loses, the sweeps of `schedules` queue again."""

import logging
import os
import time
from typing import Any

from celery import Celery, Task
from celery.signals import beat_init, worker_init
from django.core.exceptions import ImproperlyConfigured
from kombu.exceptions import OperationalError

from lib import logging_ids

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cspplan.settings")

log = logging.getLogger("job")

TIME_LIMIT = 300  # seconds; a job still running then is ended
# Longer than any job may run: Redis hands a job that is not acknowledged by then to a second worker.
VISIBILITY_TIMEOUT = 360


class LoggedTask(Task):
    """A task whose log lines carry its id and the id of the request that queued it."""

    def apply_async(self, *args: Any, **options: Any) -> Any:
        """Queue the task; None when the broker is out of reach. Every task works on a row, and a sweep queues it again."""
        queued_by = logging_ids.request_id.get()
        options["headers"] = {**(options.get("headers") or {}), "queued_by": queued_by}
        try:
            return super().apply_async(*args, **options)
        except OperationalError:
            log.error("task=%s state=not-queued: the broker is out of reach", self.name)
            return None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        headers = self.request.headers or {}
        with logging_ids.job(
            str(self.request.id or logging_ids.NO_ID),
            headers.get("queued_by", logging_ids.NO_ID),
        ):
            began = time.perf_counter()
            state = "failed"
            try:
                result = super().__call__(*args, **kwargs)
                state = "done"
                return result
            finally:
                log.info(
                    "task=%s state=%s ms=%s",
                    self.name,
                    state,
                    round((time.perf_counter() - began) * 1000),
                )


def configuration() -> dict[str, Any]:
    """Read when first needed, so that importing this module does not read the settings."""
    from django.conf import settings

    from cspplan.schedules import SCHEDULES

    return {
        "broker_url": settings.REDIS_URL or "memory://localhost/",
        "broker_connection_retry_on_startup": True,
        # A page never waits long for a broker that is down.
        "task_publish_retry_policy": {"max_retries": 1, "interval_start": 0.2},
        "broker_transport_options": {
            "visibility_timeout": VISIBILITY_TIMEOUT,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            "socket_connect_timeout": 3,
        },
        "task_always_eager": settings.JOBS_IN_PLACE,
        "task_eager_propagates": True,
        # A killed worker's job goes back to the queue; one job at a time is in a worker's hands.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "task_ignore_result": True,
        "task_time_limit": TIME_LIMIT,
        "task_soft_time_limit": TIME_LIMIT - 30,
        "worker_hijack_root_logger": False,  # log as settings.LOGGING says
        "worker_redirect_stdouts": False,
        "timezone": settings.TIME_ZONE,
        "beat_schedule": SCHEDULES,
    }


app = Celery("cspplan", task_cls=LoggedTask)
app.add_defaults(configuration)
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="scheduled")


@worker_init.connect
@beat_init.connect
def refuse_to_start(**kwargs: Any) -> None:
    """As root or with sample data in production. Celery carries on after any ordinary exception here, so a refusal ends the process."""
    from cspplan.not_root import stop_if_root
    from cspplan.sample.guard import stop_if_sample_in_production

    stop_if_root()
    try:
        stop_if_sample_in_production()
    except ImproperlyConfigured as refusal:
        raise SystemExit(str(refusal)) from None
