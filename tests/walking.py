"""Requests that nobody's browser would send, for every address: what `test_walk` sends, by somebody who has no business there.

For each URL of the configuration: every method, forged ids, parameters, forms, bodies and headers full of rubbish. What is drawn is drawn
from the URL's own name, so that a run can be repeated.
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
FORM = "application/x-www-form-urlencoded"
APPS = ("accounts", "priorities", "indicators", "consultation", "governance", "reporting", "lib")
HUGE = "9" * 400
RUBBISH = (
    "",
    "0",
    "-1",
    "1",
    "999999999",
    "9223372036854775808",
    HUGE,
    "1e999",
    "NaN",
    "-Infinity",
    "٣",  # a digit to Python
    "²",  # a digit that is no number
    "\x00",
    "a\x00b",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "\r\nSet-Cookie: a=b",
    "../../etc/passwd",
    "%2e%2e%2f",
    "' OR 1=1 --",
    "{{ 7*7 }}{% debug %}",
    "<script>alert(1)</script>",
    "2017-18-q9",
    "9999-00-q4",
    "0000-01-q1",
    "2017-13-45",
    "0001-01-01",
    "9999-12-31",
    "32/13/2017",
    "[]",
    '{"a": {"b": []}}',
    "x" * 20_000,
    "\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH JOINER}\N{PILE OF POO}",
    "//evil.example/",
    "javascript:alert(1)",
)
# In a path: as bytes on the wire.
FORGED = (
    "0",
    "-1",
    "999999999",
    "9223372036854775807",
    "9223372036854775808",
    HUGE,
    "%D9%A3",
    "%00",
    "1%00",
    "%2e%2e",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%FF%FE",
    "%0d%0aSet-Cookie:a=b",
    "x" * 3000,
    "2017-18-q9",
    "9999-00-q4",
    "0000-01-q1",
    "2098-99",
    "a%20b",
    "1.0",
    "%3Cscript%3E",
    "issue-0",
    "issue-99999999999999999999",
    "nobody",
)
HEADERS: tuple[dict[str, str], ...] = (
    {"Host": "evil.example"},
    {"Host": "testserver:99999"},
    {"Host": "a b\x00"},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
    {"X-Forwarded-For": "not-an-address, " * 50},
    {"X-Forwarded-For": "::1%eth0, 999.1.1.1"},
    {"Accept": "*/*;q=999, " * 200},
    {"Accept": "application/json\x00"},
    {"Accept-Language": "xx-" + "y" * 5000},
    {"If-Modified-Since": "Thu, 99 Foo 99999 99:99:99 GMT"},
    {"If-None-Match": '"' + "x" * 3000},
    {"If-Match": "*"},
    {"If-Unmodified-Since": "-1"},
    {"Range": "bytes=-1-9999999999999999999999"},
    {"Range": "bytes=0-0,5-"},
    {"Authorization": "Bearer \x00"},
    {"Authorization": "Basic !!!!"},
    {"Authorization": "Basic " + "A" * 5000},
    {"Cookie": "sessionid=\x00; csrftoken=../; messages=xx"},
    {"Cookie": "sessionid=" + "z" * 4000 + "; ;;=;"},
    {"Referer": "javascript:alert(1)"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"X-Request-ID": "a b\r\nc"},
    {"User-Agent": "\x00" * 100},
    {"X-HTTP-Method-Override": "DELETE"},
)
BODIES: tuple[tuple[bytes, str], ...] = (
    (b"", FORM),
    (b"%", FORM),
    (b"a=%FF%FE&=&&&==", FORM),
    (b"a=b", FORM + "; charset=no-such-charset"),
    (b"\xff\xfe\x00a", FORM + "; charset=utf-16"),
    (b"&".join(b"a=1" for _ in range(4000)), FORM),
    (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
    (b"no boundary at all", "multipart/form-data"),
    (b"--x--", "multipart/form-data; boundary=" + "x" * 400),
    (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="../\x00.csv"\r\n\r\n\x00\xff\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
    ),
    (b'{"a": ', "application/json"),
    (b'{"version": [[[[]]]]}', "application/json"),
    (b"[" * 20_000, "application/json"),
    (b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "application/xml"),
    (b"\x00" * 1000, "\x00/\x00"),
)


class Visitor(Client):
    """Sends straight to the handler: what Django's own client notes of templates would double the time. A fault is raised (`DEBUG_PROPAGATE_EXCEPTIONS`)."""

    def request(self, **request: object):
        return self.handler(self._base_environ(**request))


@dataclass(frozen=True)
class Sent:
    method: str
    path: str
    query: str = ""
    body: bytes = b""
    content_type: str = FORM
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        said = [f"{self.method} {self.path[:80]}", self.query[:80], repr(self.body[:200]), self.content_type[:60]]
        return " ".join([*said, *(f"{name}: {value[:40]!r}" for name, value in self.headers.items())])

    def by(self, client: Client):
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        try:
            return client.generic(
                self.method,
                self.path,
                self.body,
                self.content_type,
                headers=self.headers,
                QUERY_STRING=self.query,
            )
        finally:
            client.cookies.clear()
            for name, value in cookies.items():
                client.cookies[name] = value


@cache
def parameters() -> tuple[str, ...]:
    """The names of all parameters that any view reads."""
    root = Path(__file__).resolve().parent.parent
    read = re.compile(r"request\.GET(?:\.get|\.getlist)?[(\[]\"(\w+)\"")
    texts = (path.read_text() for app in APPS for path in sorted((root / app).rglob("*.py")))
    return tuple(sorted({name for text in texts for name in read.findall(text)}))


def drawn(seed: str) -> random.Random:
    return random.Random(seed)


def every_method(path: str) -> Iterator[Sent]:
    for method in METHODS:
        yield Sent(method, path, body=b"version=1" if method in ("POST", "PUT", "PATCH") else b"")


def forged_ids(path: str, route: str, by: random.Random, most: int) -> Iterator[Sent]:
    """The address with another value in one of its places, for a page and for a form."""
    for forged in by.sample(FORGED, min(most, len(FORGED))):
        if address := _with(path, route, forged, by):
            yield Sent(by.choice(("GET", "POST", "GET", "DELETE")), address)


def _with(path: str, route: str, value: str, by: random.Random) -> str | None:
    """`path`, which the route gave, with `value` in one of the route's places."""
    held = re.sub(r"\\?<(?:\w+:)?\w+>", "\0", route)
    places = held.count("\0")
    if not places:
        return None
    pattern = "([^/]+)".join(re.escape(part) for part in ("/" + held).split("\0"))
    found = re.fullmatch(pattern, path)
    if not found:
        return None
    start, end = found.span(by.randint(1, places))
    return path[:start] + value + path[end:]


def odd_queries(path: str, by: random.Random, most: int) -> Iterator[Sent]:
    for _ in range(most):
        yield odd_query(path, by)
    yield Sent("GET", path, "&".join(f"{name}={quote(by.choice(RUBBISH)[:500])}" for name in parameters()))
    yield Sent("GET", path, "%FF=%&page[]=1&page=%00&" + "a" * 2000)


def odd_query(path: str, by: random.Random) -> Sent:
    """Every parameter that any view knows may be on any of them: a dozen at once, one of them twice."""
    names = by.sample(parameters(), 12)
    return Sent("GET", path, urlencode([(name, by.choice(RUBBISH)[:1000]) for name in (*names, names[0])]))


def odd_headers(path: str, by: random.Random, most: int) -> Iterator[Sent]:
    for headers in by.sample(HEADERS, most):
        yield Sent(by.choice(("GET", "POST")), path, headers=headers)


def odd_bodies(path: str, by: random.Random, most: int) -> Iterator[Sent]:
    for body, content_type in by.sample(BODIES, most):
        yield Sent("POST", path, body=body, content_type=content_type)


def tampered(path: str, fields: list[tuple[str, str]], by: random.Random, most: int) -> Iterator[Sent]:
    """The form as its page holds it, with one field gone, doubled, or of something else."""
    for _ in range(most):
        changed = list(fields)
        if changed:
            at = by.randrange(len(changed))
            name = changed[at][0]
            kind = by.randrange(5)
            if kind == 0:
                changed = [one for one in changed if one[0] != name]
            elif kind == 1:
                changed += [(name, by.choice(RUBBISH)), changed[at]]
            else:
                changed[at] = (name, by.choice(RUBBISH))
        changed += [("version", by.choice(RUBBISH))] if by.random() < 0.2 else []
        if by.random() < 0.5:
            yield Sent("POST", path, body=urlencode(changed).encode())
        else:
            several: dict[str, list[str]] = {}
            for name, value in changed:
                several.setdefault(name, []).append(value)
            yield Sent("POST", path, body=encode_multipart(BOUNDARY, several), content_type=MULTIPART_CONTENT)


class Fields(HTMLParser):
    """The fields of the forms of a page (of all of them together), as a browser would send them; of radios and selects every choice."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.select: str | None = None
        self.area: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        name = has.get("name")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            if "selected" in has or not any(self.select == one for one, _ in self.found):
                self.found = [one for one in self.found if one[0] != self.select]
                self.found.append((self.select, has.get("value") or ""))
        elif tag == "textarea" and name:
            self.area = (name, "")
        elif tag in ("input", "button") and name and name != "csrfmiddlewaretoken":
            if has.get("type") == "radio" and any(name == one for one, _ in self.found) and "checked" not in has:
                return
            self.found.append((name, has.get("value") or ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.area = (self.area[0], self.area[1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = None
        elif tag == "textarea" and self.area:
            self.found.append(self.area)
            self.area = None


def fields_of(page: str) -> list[tuple[str, str]]:
    parser = Fields()
    parser.feed(page)
    return parser.found
