"""What a machine may watch, in Prometheus' format: counted from the rows when it asks, so that it holds however many processes there are.

Off until METRICS_TOKEN is set, and then for those who send it. Only counts and ages: no name, no figure, nothing anybody typed.
"""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from accounts.models import Mail, Session
from indicators.models import Return, Upload
from lib import heartbeat, release
from lib.jobs import Job
from reporting.models import Pack

BUILDS = 50  # of the latest, whose times are told
QUANTILES = (0.5, 0.9, 1.0)
HEARTBEATS = ("sweep", "backup")


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    token = settings.METRICS_TOKEN
    if not token:
        raise Http404
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return HttpResponse("A token is needed.\n", status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Rows(timezone.now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Rows(Collector):
    """Everything there is to tell at one moment."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now

    def collect(self) -> Iterable[Metric]:
        yield gauge(
            "cspplan_release_info",
            "1; the release of the code as a label",
            ["release"],
            [((release.fingerprint(),), 1)],
        )
        yield from self.jobs()
        yield from self.mails()
        yield gauge(
            "cspplan_pack_build_seconds",
            f"How long the latest {BUILDS} packs took to build, from start to end of the attempt that ended; quantile 1.0 is the longest",
            ["quantile"],
            [((str(quantile),), seconds) for quantile, seconds in quantiles(self.builds())],
        )
        yield gauge(
            "cspplan_returns_overdue", "Returns of open quarters not given on their day", [], [((), self.overdue())]
        )
        sessions = Session.objects.filter(expire_date__gt=self.now).count()
        yield gauge("cspplan_sessions", "Sessions that have not run out, of visitors too", [], [((), sessions)])
        yield gauge(
            "cspplan_heartbeat_timestamp_seconds",
            "When something that recurs last did: the sweep of jobs every four seconds (beat asks, a worker does), a backup",
            ["what"],
            [((name,), at.timestamp()) for name in HEARTBEATS if (at := heartbeat.last(name))],
        )

    def jobs(self) -> Iterator[Metric]:
        states: list[tuple[Sequence[str], float]] = []
        ages: list[tuple[Sequence[str], float]] = []
        for kind, jobs in (("pack", Pack.objects.all()), ("upload", Upload.objects.all())):
            found = jobs.order_by().values("job_state").annotate(count=Count("pk"), oldest=Min("queued_at"))
            by_state = {row["job_state"]: row for row in found}
            states += [
                ((kind, state), by_state[state]["count"] if state in by_state else 0) for state in Job.JobState.values
            ]
            waiting = by_state.get(Job.JobState.REQUESTED)
            ages.append(((kind,), self.age(waiting and waiting["oldest"])))
        yield gauge("cspplan_jobs", "Packs and uploads by the state of their job", ["kind", "state"], states)
        yield gauge(
            "cspplan_job_oldest_waiting_seconds",
            "Since when the oldest job has waited in the queue for a worker",
            ["kind"],
            ages,
        )

    def mails(self) -> Iterator[Metric]:
        found = Mail.objects.order_by().values("state").annotate(count=Count("pk"), oldest=Min("queued_at"))
        by_state = {row["state"]: row for row in found}
        counts = [((state,), by_state[state]["count"] if state in by_state else 0) for state in Mail.State.values]
        yield gauge("cspplan_mails", "Mails by state; failed ones were given up", ["state"], counts)
        waiting = by_state.get(Mail.State.WAITING)
        oldest = self.age(waiting and waiting["oldest"])
        yield gauge(
            "cspplan_mail_oldest_waiting_seconds", "Since when the oldest unsent mail has waited", [], [((), oldest)]
        )

    def builds(self) -> list[float]:
        ended = Pack.objects.ready().filter(started_at__isnull=False, ended_at__isnull=False).order_by("-ended_at")
        return [(end - start).total_seconds() for start, end in ended.values_list("started_at", "ended_at")[:BUILDS]]

    def overdue(self) -> int:
        on = timezone.localdate(self.now)
        awaited = Return.objects.awaited().filter(round__closed_at__isnull=True).select_related("round", "indicator")
        return sum(return_.is_overdue(on) for return_ in awaited)

    def age(self, since: dt.datetime | None) -> float:
        return max(0.0, (self.now - since).total_seconds()) if since else 0.0


def gauge(name: str, says: str, labels: Sequence[str], values: Iterable[tuple[Sequence[str], float]]) -> Metric:
    family = GaugeMetricFamily(name, says, labels=labels)
    for of, value in values:
        family.add_metric(of, value)
    return family


def quantiles(seconds: Sequence[float]) -> list[tuple[float, float]]:
    """Nearest rank: each is a time that some pack really took. None of nothing."""
    ordered = sorted(seconds)
    return [(one, ordered[math.ceil(one * len(ordered)) - 1]) for one in QUANTILES] if ordered else []
