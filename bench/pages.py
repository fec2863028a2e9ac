"""Ask the application for pages, in this process, as a web server would: `python -m bench.pages SECONDS PATH...`.

The session comes in BENCH_SESSION, without it nobody is signed in; BENCH_MIDDLEWARE=least leaves session and sign-in only. Prints one JSON line: for each path the seconds (median and 95th percentile) and the bytes of its body. No socket and
no client is measured along.
"""

import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.site"

WARM_UP = 20
LEAST = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]


def ask(application: Callable[..., Any], path: str) -> int:
    """Bytes of the body; anything but 200 is an error of the measurement."""
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_COOKIE": f"sessionid={os.environ['BENCH_SESSION']}" if "BENCH_SESSION" in os.environ else "",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
    }
    response = application(environ, lambda status, headers, *rest: said.append(status))
    size = sum(len(part) for part in response)
    response.close()
    if said != ["200 OK"]:
        raise RuntimeError(f"{path} answered {said}")
    return size


def main(seconds: float, paths: list[str]) -> None:
    django.setup()
    if os.environ.get("BENCH_MIDDLEWARE") == "least":
        settings.MIDDLEWARE = LEAST  # allauth refuses to be set up without its own, so after it
    application = WSGIHandler()
    told = {}
    for path in paths:
        for _ in range(WARM_UP):
            size = ask(application, path)
        took, until = [], time.perf_counter() + seconds
        while time.perf_counter() < until:
            began = time.perf_counter()
            ask(application, path)
            took.append(time.perf_counter() - began)
        slowest = statistics.quantiles(took, n=20)[-1]
        told[path] = {"seconds": statistics.median(took), "p95": slowest, "bytes": size}
    print(json.dumps(told))


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
