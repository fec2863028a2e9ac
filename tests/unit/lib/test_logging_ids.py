import json
import logging
import sys

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from lib import logging_ids
from lib.logging_ids import IdFilter, JsonFormatter, LineFormatter, RequestIdMiddleware


def line(record: logging.LogRecord) -> str:
    IdFilter().filter(record)
    return LineFormatter().format(record)


def record(message: str, *args: object, name: str = "anything", **extra: object) -> logging.LogRecord:
    made = logging.getLogger(name).makeRecord(name, logging.INFO, "file.py", 1, message, args, None)
    made.__dict__.update(extra)
    return made


def respond(**headers: str) -> HttpResponse:
    return RequestIdMiddleware(lambda request: HttpResponse(logging_ids.request_id.get()))(
        RequestFactory().get("/", headers=headers)
    )


def test_a_request_gets_an_id_that_its_log_lines_and_its_answer_carry():
    response = respond()

    assert len(response["X-Request-ID"]) == 32
    assert response.content.decode() == response["X-Request-ID"]


def test_a_proxys_own_id_is_kept():
    assert respond(x_request_id="3f2c-aa01-77")["X-Request-ID"] == "3f2c-aa01-77"


@pytest.mark.parametrize(
    "odd", ["", "short", "x" * 65, "has space in it", "a=b level=ERROR", "line\nbreak1", "grün-grün"]
)
def test_an_odd_id_from_outside_is_replaced(odd):
    assert respond(x_request_id=odd)["X-Request-ID"] != odd


def test_the_id_ends_with_its_request():
    respond()

    assert logging_ids.request_id.get() == "-"


def test_a_request_is_named_by_its_view_never_by_its_path(caplog):
    caplog.set_level(logging.INFO, "request")
    request = RequestFactory().get("/invitation/secret-token/?email=lena@example.org")

    RequestIdMiddleware(lambda request: HttpResponse(status=404))(request)

    assert [r.getMessage().rpartition("=")[0] for r in caplog.records] == ["method=GET view=- status=404 ms"]


def test_djangos_own_lines_lose_their_path():
    request = HttpRequest()
    request.log_id = "abcdef0123456789"
    told = line(record("Not Found: %s", "/secret/", name="django.request", request=request, status_code=404))

    assert told.endswith("request_id=abcdef0123456789 job_id=- view=- status=404")


def test_a_refused_host_is_not_repeated():
    told = line(record("Invalid HTTP_HOST header: 'evil'", name="django.security.DisallowedHost"))

    assert "evil" not in told


def test_a_celery_line_names_the_task_without_arguments_or_words_of_the_exception():
    context = {"id": "7", "name": "reporting.build_pack", "exc": "KeyError('secret')", "args": "('secret',)"}
    template = "Task %(name)s[%(id)s] %(description)s: %(exc)s"
    told = line(record(template, {**context, "description": "raised unexpected"}, name="celery.app.trace"))

    assert told.endswith("task=reporting.build_pack task_id=7 state=raised unexpected exception=-")


def test_a_trace_tells_where_but_not_what_was_typed():
    try:
        try:
            int("a name somebody typed")
        except ValueError as error:
            raise RuntimeError("about a name somebody typed") from error
    except RuntimeError:
        failed = record("pack state=failed")
        failed.exc_info = sys.exc_info()
    told = line(failed).splitlines()

    assert "somebody" not in told[0]
    assert told[1] == "  builtins.ValueError"
    assert [words for words in told if words.strip() == "builtins.RuntimeError"]
    # Lines of code are ours; the words of an exception may be anybody's.
    assert not [words for words in told if "about a name" in words and "raise RuntimeError" not in words]


def test_a_message_stays_on_one_line():
    assert "\n" not in line(record("two\nlines"))


def test_a_job_carries_its_own_id_and_that_of_the_request_that_queued_it():
    with logging_ids.job("job-1", "request-1"):
        told = line(record("state=done"))

    assert "request_id=request-1 job_id=job-1" in told
    assert logging_ids.job_id.get() == "-"


def as_json(record: logging.LogRecord) -> dict:
    IdFilter().filter(record)
    (line,) = JsonFormatter().format(record).splitlines()
    return json.loads(line)


def test_as_json_pairs_are_keys_and_the_rest_is_the_message():
    told = as_json(record("view=%s ms=%s and\nmore", "reporting:home", 12, created=1525168800.5))

    assert told == {
        "at": "2018-05-01T10:00:00.500+00:00",
        "level": "INFO",
        "logger": "anything",
        "request_id": "-",
        "job_id": "-",
        "view": "reporting:home",
        "ms": "12",
        "message": "and more",
    }


def test_as_json_a_line_holds_no_more_than_the_other_form():
    typed = " ".join(["typed", "by", "a", "person"])
    try:
        raise ValueError(typed)
    except ValueError:
        failed = record("state=failed", exc_info=sys.exc_info())

    told = as_json(failed)

    assert told["trace"][0] == "  builtins.ValueError"
    assert typed not in json.dumps(told)
    assert as_json(record("Not Found: /secret", name="django.request", status_code=404)) | {"at": ""} == {
        "at": "",
        "level": "INFO",
        "logger": "django.request",
        "request_id": "-",
        "job_id": "-",
        "view": "-",
        "status": "404",
    }
