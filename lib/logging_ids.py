"""Log lines that can be followed: every line carries the id of its request or job, and no line carries what people typed.

A line is `key=value` pairs, then the message. Messages are written by programmers; paths, query strings, headers, task
arguments and the text of exceptions may hold what a person typed (or a token), so they are left out: a request is named by its
view, an exception by its type and where it was raised.
"""

import datetime as dt
import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse

REQUEST_HEADER = "X-Request-ID"
SANE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
NO_ID = "-"

request_id: ContextVar[str] = ContextVar("request_id", default=NO_ID)
job_id: ContextVar[str] = ContextVar("job_id", default=NO_ID)

log = logging.getLogger("request")


class RequestIdMiddleware:
    """Give each request an id (a proxy's own, if sane), answer with it in X-Request-ID, and log one line per request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        offered = request.headers.get(REQUEST_HEADER, "")
        current = offered if SANE_ID.fullmatch(offered) else uuid.uuid4().hex
        # Django logs refusals after the last middleware, when the id is no longer in force.
        request.log_id = current  # type: ignore[attr-defined]
        token = request_id.set(current)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response[REQUEST_HEADER] = current
            milliseconds = round((time.perf_counter() - began) * 1000)
            log.info(
                "method=%s view=%s status=%s ms=%s",
                request.method if request.method in METHODS else "other",
                view_name(request),
                response.status_code,
                milliseconds,
            )
            return response
        finally:
            request_id.reset(token)


METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")


def view_name(request: HttpRequest) -> str:
    """The view's name in the URL configuration, or "-" when no URL matched: never the path itself."""
    match = getattr(request, "resolver_match", None)
    return (match and match.view_name) or NO_ID


@contextmanager
def job(id_: str, queued_by: str = NO_ID) -> Iterator[None]:
    """Log lines inside carry the job's id and the id of the request that queued it."""
    job_token, request_token = job_id.set(id_), request_id.set(queued_by)
    try:
        yield
    finally:
        job_id.reset(job_token)
        request_id.reset(request_token)


class IdFilter(logging.Filter):
    """Put the ids in force on each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = getattr(getattr(record, "request", None), "log_id", None) or request_id.get()
        record.job_id = job_id.get()
        return True


class LineFormatter(logging.Formatter):
    """One line per event; a trace follows on lines of its own, with types and places but without the exceptions' words."""

    def __init__(self) -> None:
        super().__init__(
            "%(asctime)s level=%(levelname)s logger=%(name)s request_id=%(request_id)s job_id=%(job_id)s %(message)s",
            defaults={"request_id": NO_ID, "job_id": NO_ID},
        )

    def format(self, record: logging.LogRecord) -> str:
        # A copy: other handlers (the tests' own) keep the record as it was.
        told = logging.makeLogRecord(record.__dict__ | {"exc_text": None, "msg": message(record), "args": None})
        return super().format(told)

    def formatException(self, ei: Any) -> str:
        return "\n".join(trace(ei[1])) if ei[1] else ""


PAIR = re.compile(r"([a-z_]+)=(\S*)")


class JsonFormatter(logging.Formatter):
    """The same as one JSON object a line: pairs of the message as keys, what else it says as "message", a trace as a list of lines."""

    def format(self, record: logging.LogRecord) -> str:
        said = message(record)
        told: dict[str, Any] = dict(PAIR.findall(said))
        told |= {
            "at": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", NO_ID),
            "job_id": getattr(record, "job_id", NO_ID),
        }
        if rest := " ".join(PAIR.sub("", said).split()):
            told["message"] = rest
        if record.exc_info and record.exc_info[1]:
            told["trace"] = trace(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")


def message(record: logging.LogRecord) -> str:
    """The record's message without what a person may have typed."""
    request = getattr(record, "request", None)
    if request is not None or record.name.startswith(("django.request", "django.security")):
        # Django's own lines name the path or the offending header.
        view = view_name(request) if isinstance(request, HttpRequest) else NO_ID
        return f"view={view} status={getattr(record, 'status_code', NO_ID)}"
    if isinstance(record.args, dict) and {"id", "name"} <= record.args.keys():
        # Celery's lines about a task: its arguments, its result and the words of its exception are left out.
        kind = type(record.exc_info[1]).__name__ if record.exc_info and record.exc_info[1] else NO_ID
        state = record.args.get("description", record.msg.split("]")[-1].split("%")[0].strip(" :"))
        return f"task={record.args['name']} task_id={record.args['id']} state={state} exception={kind}"
    return record.getMessage().replace("\n", " ")


def trace(error: BaseException) -> list[str]:
    """Where an exception came from, its causes first: type, file, line, function and the line of code."""
    lines: list[str] = []
    seen: set[int] = set()
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        chain.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    for link in reversed(chain):
        lines.append(f"  {type(link).__module__}.{type(link).__qualname__}")
        lines += [
            f"    {frame.filename}:{frame.lineno} in {frame.name}: {frame.line}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
    return lines


def configuration(form: str, *, level: str) -> dict[str, Any]:
    """The settings of logging: to standard error, as "line" or "json", from that level on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"ids": {"()": "lib.logging_ids.IdFilter"}},
        "formatters": {
            "line": {"()": "lib.logging_ids.LineFormatter"},
            "json": {"()": "lib.logging_ids.JsonFormatter"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "filters": ["ids"],
                "formatter": form,
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
            # One line a job is enough, and `cspplan.celery` writes it.
            "celery.app.trace": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
            "pikepdf": {"level": "WARNING"},
            "weasyprint": {"level": "WARNING"},
        },
    }
