"""Two machines as one: a web server and a worker each, one beat, one PostgreSQL, one Redis and one S3-compatible store between them.

What is uploaded on one is read by whichever worker is free and seen on the other; a pack has the same bytes on both; and when one machine
is gone, the other goes on. All of it is this test's own.
"""

import json
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import BotoCoreError
from playwright.sync_api import APIRequestContext, Playwright

from tests.services import free_port
from tests.system.conftest import PROGRAMS, Site, execute, gunicorn, wait_for
from tests.system.test_quarter_end_to_end import COORDINATOR, PASSWORD

WITHIN = 60.0  # seconds for anything here, on a busy machine
TOKEN = "for-this-test-and-nothing-else"
KEYS = {"access_key": "for-this-test", "secret_key": "for-this-test", "region_name": "eu-west-2"}
MACHINES = ("a", "b")
FIGURES = "Reference,Quarter,Figure\nC2,2017-18 Q4,{}\n"


def until(true: Callable[[], object], what: str) -> None:
    by = time.monotonic() + WITHIN
    while not true():
        assert time.monotonic() < by, what
        time.sleep(0.2)


@pytest.fixture
def store(site: Site) -> Iterator[str]:
    """The options of an empty bucket in a store of its own."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    site.services.start("store", [str(PROGRAMS / "moto_server"), "-H", "127.0.0.1", "-p", str(port)])
    keys = {"aws_access_key_id": KEYS["access_key"], "aws_secret_access_key": KEYS["secret_key"]}
    client = boto3.client("s3", endpoint_url=address, region_name=KEYS["region_name"], **keys)

    def made() -> bool:
        try:
            client.create_bucket(Bucket="files", CreateBucketConfiguration={"LocationConstraint": KEYS["region_name"]})
        except BotoCoreError:
            return False
        return True

    until(made, "The store does not answer")
    yield json.dumps({"endpoint_url": address, "bucket_name": "files", **KEYS})
    client.close()
    site.services.stop("store")


@pytest.fixture
def machines(site: Site, store: str) -> Iterator[dict[str, str]]:
    """The addresses of both, by name. Their web servers are "web-a" and "web-b", their workers "worker-a" and "worker-b"."""
    execute(site.database_url, "CREATE DATABASE shared TEMPLATE template_installation")
    shared = {
        "DATABASE_URL": f"{site.database_url}/shared",
        "REDIS_URL": site.redis_url.removesuffix("/0") + "/1",
        "FILES_BACKEND": "lib.s3_storage.S3Storage",
        "FILES_OPTIONS": store,
        "METRICS_TOKEN": TOKEN,
    }
    celery, started, addresses = [str(PROGRAMS / "celery"), "--app=cspplan"], [], {}
    for name in MACHINES:
        port = free_port()
        addresses[name] = f"http://127.0.0.1:{port}"
        env = site.env | shared | {"STATE_DIR": str(site.services.folder / name), "SITE_URL": addresses[name]}
        worker = [*celery, "worker", "--concurrency=1", f"--hostname={name}@%h", "--loglevel=INFO"]
        commands = {f"web-{name}": gunicorn(port), f"worker-{name}": [*worker, "--without-gossip", "--without-mingle"]}
        if name == "b":
            commands["one-beat"] = [*celery, "beat", f"--schedule={site.services.folder}/one-beat", "--pidfile="]
        for process, command in commands.items():
            site.services.start(process, command, env=env)
            started.append(process)
    for name, address in addresses.items():
        wait_for(site, f"web-{name}", address)
    yield addresses
    for process in started:
        site.services.stop(process, signal.SIGKILL)
    execute(site.database_url, "DROP DATABASE shared WITH (FORCE)")


@pytest.fixture
def sam(playwright: Playwright, machines: dict[str, str]) -> Iterator[APIRequestContext]:
    """Signed in once, on the first machine."""
    person = playwright.request.new_context(timeout=WITHIN * 1000)
    url = f"{machines['a']}/accounts/login/"
    person.get(url)
    post(person, url, login=COORDINATOR, password=PASSWORD)
    yield person
    person.dispose()


def post(person: APIRequestContext, url: str, **fields: object) -> str:
    """Send a form; the address it led to."""
    token = next(one["value"] for one in person.storage_state()["cookies"] if one["name"] == "csrftoken")
    answer = person.post(url, multipart={"csrfmiddlewaretoken": token, **fields})
    assert answer.ok and answer.url != url, answer.text()
    return answer.url


def path(url: str) -> str:
    return re.sub(r"^http://[^/]+", "", url)


def uploaded(person: APIRequestContext, machine: str, figure: int) -> str:
    person.get(f"{machine}/uploads/add/")
    file = {"name": f"{figure}.csv", "mimeType": "text/csv", "buffer": FIGURES.format(figure).encode()}
    return path(post(person, f"{machine}/uploads/add/", file=file, behalf="own"))


def ended(person: APIRequestContext, address: str) -> Callable[[], bool]:
    return lambda: person.get(f"{address}progress/").json()["finished"]


def test_two_machines_work_as_one_and_either_goes_on_alone(
    site: Site, machines: dict[str, str], sam: APIRequestContext
) -> None:
    a, b = machines["a"], machines["b"]

    # Asked for on one, seen on both.
    upload = uploaded(sam, a, 145)
    pack = path(post(sam, f"{a}/packs/request/", quarter="2017-18-q2", edition="executive"))
    until(ended(sam, b + upload), site.services.log("worker-a"))
    assert "1 changed" in sam.get(b + upload).text()
    until(ended(sam, b + pack), site.services.log("worker-b"))
    content = sam.get(f"{a}{pack}download/").body()
    assert content.startswith(b"%PDF-")
    assert sam.get(f"{b}{pack}download/").body() == content

    # One machine is gone.
    site.services.stop("web-a", signal.SIGKILL)
    site.services.stop("worker-a", signal.SIGKILL)
    again = uploaded(sam, b, 146)
    until(ended(sam, b + again), site.services.log("worker-b"))
    assert "1 changed" in sam.get(b + again).text()
    assert sam.get(f"{b}{pack}download/").body() == content

    # Beat is one, and asks for its sweeps; nothing was kept on either machine.
    watched = sam.get(f"{b}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text()
    assert 'cspplan_heartbeat_timestamp_seconds{what="sweep"}' in watched
    for name in MACHINES:
        assert not Path(site.services.folder, name, "files").exists()
