"""Every URL of ours × every role, written out. The list of URLs is read from the URL configuration, so that a new URL without a row fails.

200 it opens; "on" it sends you on to another page; "in" you are sent to sign in; 403 in sight but not allowed; 404 out of sight. The
second table asks by POST: "ok" means that the view takes it (and tells what is wrong with an empty form, or does its work). What
only takes POST refuses GET, so that no link can change anything.

allauth's pages are held by prefix: they are about the person's own account, whoever they are.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permission_cases import Case, World
from tests.permission_rows import SUBJECTS

IN, ON, OK = "in", "on", "ok"
ROLES = (
    "nobody",
    "data_lead",
    "other_lead",
    "commentary_lead",
    "coordinator",
    "executive",
    "scrutiny",
    "administrator",
    "chair",  # of the body that the rows are about
    "other_chair",
    "support",  # its support officer
)
BY_PREFIX = ("accounts/",)  # allauth

# fmt: off
# Answers that a browser shows rather than keeps, each for its reason.
SHOWN: dict[str, tuple[str, ...]] = {
    "consultation:paper-form": ("application/pdf",),  # our own, to be printed
    "consultation:code-forms": ("application/pdf",),
    "reporting:figure-schema": ("application/schema+json",),  # to be read
    "reporting:report-feed": ("application/atom+xml",),  # for news readers
}

PAGES: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "healthz":                          (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "metrics":                          (404,  404,  404,  404,  404,  404,  404,  404,  404,  404,  404),  # off until it has a token
    # anyone may read what the site says of itself, and the plan
    "reporting:page-accessibility":     (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:page-privacy":           (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:page-cookies":           (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:page-contact":           (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:plan-detail":            (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:plan-sections":          (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:priority-detail":        (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:report-list":            (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "accounts:invitation-accept":       (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "indicators:confirmation-answer":   (200,  200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    "reporting:home":                   (ON,   200,  200,  200,  200,  200,  200,  200,  200,  200,  200),
    # the quarter
    "indicators:return-list":           (IN,   200,  200,  200,  200,  403,  403,  403,  403,  403,  403),
    "indicators:return-detail":         (IN,   200,  404,  200,  200,  200,  404,  404,  404,  404,  404),
    "indicators:return-history":        (IN,   200,  404,  200,  200,  200,  404,  404,  404,  404,  404),
    "indicators:return-edit":           (IN,   200,  404,  403,  200,  403,  404,  404,  404,  404,  404),
    "indicators:return-no-figure":      (IN,   200,  404,  403,  200,  403,  404,  404,  404,  404,  404),
    "indicators:return-send-back":      (IN,   403,  404,  403,  200,  403,  404,  404,  404,  404,  404),
    "indicators:confirmation-ask":      (IN,   403,  404,  403,  200,  403,  404,  404,  404,  404,  404),
    "indicators:return-hand-over":      (IN,   200,  200,  200,  403,  403,  403,  403,  403,  403,  403),
    "indicators:return-hand-over-for":  (IN,   404,  404,  404,  200,  404,  404,  403,  404,  404,  404),
    "indicators:absence-edit":          (IN,   200,  200,  200,  403,  403,  403,  403,  403,  403,  403),
    "indicators:absence-edit-for":      (IN,   404,  404,  404,  200,  404,  404,  403,  404,  404,  404),
    "indicators:commentary-edit":       (IN,   403,  404,  200,  200,  403,  404,  404,  404,  404,  404),
    "indicators:round-list":            (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "indicators:round-open":            (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "indicators:round-detail":          (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "indicators:round-dates":           (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "indicators:round-exceptions":      (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "indicators:round-close":           (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    "indicators:round-reopen":          (IN,   404,  404,  404,  200,  403,  404,  404,  404,  404,  404),
    # files of figures
    "indicators:upload-list":           (IN,   200,  200,  403,  200,  403,  403,  403,  403,  403,  403),
    "indicators:upload-add":            (IN,   200,  200,  403,  200,  403,  403,  403,  403,  403,  403),
    "indicators:upload-detail":         (IN,   404,  404,  404,  200,  404,  404,  404,  404,  404,  404),
    "indicators:upload-progress":       (IN,   404,  404,  404,  200,  404,  404,  404,  404,  404,  404),
    "indicators:upload-undo":           (IN,   404,  404,  404,  200,  404,  404,  404,  404,  404,  404),
    "indicators:upload-marked":         (IN,   404,  404,  404,  200,  404,  404,  404,  404,  404,  404),
    "indicators:return-workbook":       (IN,   200,  404,  403,  200,  403,  403,  403,  403,  403,  403),
    "indicators:feed-list":             (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "indicators:feed-detail":           (IN,   404,  404,  404,  200,  404,  404,  404,  404,  404,  404),
    "indicators:feed-series-add":       (IN,   404,  404,  404,  200,  404,  404,  404,  404,  404,  404),
    # the catalogue
    "indicators:indicator-list":        (IN,   200,  200,  200,  200,  200,  403,  403,  200,  200,  200),
    "indicators:indicator-detail":      (IN,   200,  200,  200,  200,  200,  404,  404,  200,  200,  200),
    "indicators:indicator-csv":         (IN,   200,  200,  200,  200,  200,  404,  404,  200,  200,  200),
    "indicators:lead-list":             (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "indicators:lead-edit":             (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    "indicators:target-add":            (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    "indicators:target-list":           (IN,   200,  200,  200,  200,  200,  403,  403,  200,  200,  200),
    "indicators:target-edit":           (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    "indicators:definition-add":       (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    "indicators:rebase-add":           (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    "indicators:note-add":             (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    "indicators:collecting-edit":      (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    "indicators:serves-edit":          (IN,   403,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    "indicators:indicator-revise":     (IN,   200,  403,  403,  200,  403,  404,  404,  403,  403,  403),
    # revisions
    "indicators:revision-list":        (IN,   200,  200,  200,  200,  200,  403,  403,  403,  403,  403),
    "indicators:revision-detail":      (IN,   200,  404,  200,  200,  200,  404,  404,  404,  404,  404),
    "indicators:revision-send-back":   (IN,   403,  404,  403,  200,  403,  404,  404,  404,  404,  404),
    # the plan, changed
    "priorities:plan-detail":           (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "priorities:priority-edit":         (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "priorities:amendment-list":        (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    # the dashboard
    "reporting:dashboard":              (IN,   403,  403,  403,  ON,   ON,   403,  403,  403,  403,  403),
    "reporting:dashboard-detail":       (IN,   403,  403,  403,  200,  200,  403,  403,  403,  403,  403),
    "reporting:dashboard-csv":          (IN,   403,  403,  403,  200,  200,  403,  403,  403,  403,  403),
    # packs
    "reporting:pack-list":              (IN,   403,  403,  403,  200,  200,  403,  403,  403,  403,  403),
    "reporting:pack-detail":            (IN,   404,  404,  404,  200,  200,  404,  404,  404,  404,  404),
    "reporting:pack-progress":          (IN,   404,  404,  404,  200,  200,  404,  404,  404,  404,  404),
    "reporting:pack-download":          (IN,   404,  404,  404,  200,  200,  404,  404,  404,  404,  404),
    "reporting:first-steps":            (IN,   403,  403,  403,  200,  403,  403,  200,  403,  403,  403),
    # people
    "accounts:user-list":               (IN,   403,  403,  403,  200,  403,  403,  200,  403,  403,  403),
    "accounts:user-detail":             (IN,   404,  404,  404,  200,  404,  404,  200,  404,  404,  404),
    "accounts:user-invite":             (IN,   403,  403,  403,  403,  403,  403,  200,  403,  403,  403),
    "accounts:user-edit":               (IN,   404,  404,  404,  403,  404,  404,  200,  404,  404,  404),
    "accounts:user-roles":              (IN,   404,  404,  404,  403,  404,  404,  200,  404,  404,  404),
    "reporting:user-work":              (IN,   404,  404,  404,  200,  404,  404,  200,  404,  404,  404),
    "reporting:user-deactivate":        (IN,   404,  404,  404,  200,  404,  404,  200,  404,  404,  404),
    "accounts:organisation-list":       (IN,   403,  403,  403,  200,  403,  403,  200,  403,  403,  403),
    "accounts:organisation-add":        (IN,   403,  403,  403,  200,  403,  403,  200,  403,  403,  403),
    "accounts:organisation-edit":       (IN,   403,  403,  403,  200,  403,  403,  200,  403,  403,  403),
    "accounts:organisation-rename":     (IN,   403,  403,  403,  200,  403,  403,  200,  403,  403,  403),
    "accounts:reminder-list":           (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "accounts:event-list":              (IN,   403,  403,  403,  200,  403,  403,  403,  403,  403,  403),
    "accounts:mail-list":               (IN,   403,  403,  403,  403,  403,  403,  200,  403,  403,  403),
    "accounts:mail-detail":             (IN,   403,  403,  403,  403,  403,  403,  200,  403,  403,  403),
}

POSTS: dict[str, tuple[object, ...]] = {
    #                                  nobody  data  other words coord exec  scrut admin chair chair2 supp
    "indicators:return-edit":           (IN,   OK,   404,  403,  OK,   403,  404,  404,  404,  404,  404),
    "indicators:return-no-figure":      (IN,   OK,   404,  403,  OK,   403,  404,  404,  404,  404,  404),
    "indicators:return-verify":         (IN,   403,  404,  403,  OK,   403,  404,  404,  404,  404,  404),
    "indicators:return-send-back":      (IN,   403,  404,  403,  OK,   403,  404,  404,  404,  404,  404),
    "indicators:confirmation-ask":      (IN,   403,  404,  403,  OK,   403,  404,  404,  404,  404,  404),
    "indicators:return-hand-over":      (IN,   OK,   OK,   OK,   403,  403,  403,  403,  403,  403,  403),
    "indicators:return-hand-over-for":  (IN,   404,  404,  404,  OK,   404,  404,  403,  404,  404,  404),
    "indicators:absence-edit":          (IN,   OK,   OK,   OK,   403,  403,  403,  403,  403,  403,  403),
    "indicators:absence-edit-for":      (IN,   404,  404,  404,  OK,   404,  404,  403,  404,  404,  404),
    "indicators:absence-withdraw":      (IN,   OK,   404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "indicators:confirmation-answer":   (OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK),
    "indicators:commentary-edit":       (IN,   403,  404,  OK,   OK,   403,  404,  404,  404,  404,  404),
    "indicators:round-open":            (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "indicators:round-verify":          (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "indicators:round-remind":          (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "indicators:round-dates":           (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "indicators:round-exceptions":      (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "indicators:round-close":           (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "indicators:round-reopen":          (IN,   404,  404,  404,  OK,   403,  404,  404,  404,  404,  404),
    "indicators:upload-add":            (IN,   OK,   OK,   403,  OK,   403,  403,  403,  403,  403,  403),
    "indicators:upload-record":         (IN,   404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "indicators:upload-throw-away":     (IN,   404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "indicators:upload-verify":         (IN,   404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "indicators:upload-undo":           (IN,   404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "indicators:feed-detail":           (IN,   404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "indicators:feed-series-add":       (IN,   404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "indicators:feed-series-remove":    (IN,   404,  404,  404,  OK,   404,  404,  404,  404,  404,  404),
    "indicators:lead-list":             (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "indicators:lead-edit":             (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "indicators:target-add":            (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "indicators:target-edit":           (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "indicators:target-copy":           (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "indicators:target-agree":          (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "indicators:definition-add":       (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "indicators:rebase-add":           (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "indicators:rebase-withdraw":      (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "indicators:note-add":             (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "indicators:note-withdraw":        (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "indicators:collecting-edit":      (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "indicators:serves-edit":          (IN,   403,  403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "indicators:indicator-revise":     (IN,   OK,   403,  403,  OK,   403,  404,  404,  403,  403,  403),
    "indicators:revision-verify":      (IN,   403,  404,  403,  OK,   403,  404,  404,  404,  404,  404),
    "indicators:revision-send-back":   (IN,   403,  404,  403,  OK,   403,  404,  404,  404,  404,  404),
    "priorities:priority-edit":         (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "reporting:pack-request":           (IN,   403,  403,  403,  OK,   403,  403,  403,  403,  403,  403),
    "reporting:user-deactivate":        (IN,   404,  404,  404,  403,  404,  404,  OK,   404,  404,  404),
    "accounts:user-invite":             (IN,   403,  403,  403,  403,  403,  403,  OK,   403,  403,  403),
    "accounts:user-edit":               (IN,   404,  404,  404,  403,  404,  404,  OK,   404,  404,  404),
    "accounts:user-roles":              (IN,   404,  404,  404,  403,  404,  404,  OK,   404,  404,  404),
    "accounts:grant-end":               (IN,   404,  404,  404,  403,  404,  404,  OK,   404,  404,  404),
    "accounts:user-resend":             (IN,   404,  404,  404,  403,  404,  404,  OK,   404,  404,  404),
    "accounts:user-reactivate":         (IN,   404,  404,  404,  403,  404,  404,  OK,   404,  404,  404),
    "accounts:user-reset-second-factor":(IN,   404,  404,  404,  403,  404,  404,  OK,   404,  404,  404),
    "accounts:user-unlink":             (IN,   404,  404,  404,  403,  404,  404,  OK,   404,  404,  404),
    "accounts:organisation-add":        (IN,   403,  403,  403,  OK,   403,  403,  OK,   403,  403,  403),
    "accounts:organisation-edit":       (IN,   403,  403,  403,  OK,   403,  403,  OK,   403,  403,  403),
    "accounts:organisation-rename":     (IN,   403,  403,  403,  OK,   403,  403,  OK,   403,  403,  403),
    "accounts:invitation-accept":       (OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK),
    "csp-report":                       (OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK,   OK),
}
# fmt: on
for subject in SUBJECTS:
    PAGES |= subject.PAGES
    POSTS |= subject.POSTS


def named_urls(resolver: URLResolver | None = None, route: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """(route, name with its namespace) of every URL pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from named_urls(entry, here, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            yield here, f"{namespace}{entry.name}"


def ours() -> set[str]:
    return {name for route, name in named_urls() if not route.startswith(BY_PREFIX)}


def outcome(response) -> object:
    if response.status_code == 302:
        return IN if response.url.startswith(reverse("account_login")) else ON
    return response.status_code


def as_a_file(response) -> str:
    """What is wrong with how an answer that is no page goes out; "" where nothing is."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if response.status_code != 200 or kind in ("text/html", "application/json"):
        return ""
    if response.headers.get("X-Content-Type-Options") != "nosniff":
        return f"{kind} without nosniff"
    told = response.headers.get("Content-Disposition", "")
    if told.startswith("attachment; filename") or kind in SHOWN.get(response.resolver_match.view_name, ()):
        return ""
    return f"{kind} with {told!r}"


def case(world: World, name: str) -> Case:
    """What the URL of that name needs."""
    made = next((subject.CASES[name] for subject in SUBJECTS if name in subject.CASES), None)
    return made(world) if made else world.case(name)


def ask(world: World, name: str, method: str) -> dict[str, object]:
    """What each role gets. What a request changed is undone before the next one."""
    it = case(world, name)
    url = reverse(name, args=it.args)
    got: dict[str, object] = {}
    for role in ROLES:
        client = Client()
        if role != "nobody":
            client.force_login(world.people[role])
        with transaction.atomic():
            response = getattr(client, method)(url, it.data if method == "post" else {})
            got[role] = outcome(response)
            assert as_a_file(response) == "", name
            transaction.set_rollback(True)
    return got


def test_every_url_of_ours_has_a_row_and_every_row_a_url():
    rows = {*PAGES, *POSTS}
    assert ours() - rows == set(), "no row in the permission table"
    assert rows - ours() == set(), "a row without a URL"


def test_what_is_not_in_the_table_is_allauths():
    by_prefix = {name.split("_")[0] for route, name in named_urls() if route.startswith(BY_PREFIX)}
    kinds = {"account", "mfa", "openid", "socialaccount", "None"}
    assert by_prefix <= kinds, "None: our redirects away from changing one's address and from linking accounts"


@pytest.fixture
def world(db) -> World:
    return World()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_who_may_open(world, name):
    assert ask(world, name, "get") == dict(zip(ROLES, PAGES[name], strict=True))


@pytest.mark.parametrize("name", sorted(POSTS))
def test_who_may_change(world, name):
    got = {role: OK if result in (200, ON, 204, 422) else result for role, result in ask(world, name, "post").items()}
    assert got == dict(zip(ROLES, POSTS[name], strict=True))


@pytest.mark.parametrize("name", sorted(set(POSTS) - set(PAGES)))
def test_what_only_takes_post_refuses_get(world, name, client):
    allowed = [role for role, expected in zip(ROLES, POSTS[name], strict=True) if expected == OK]
    assert allowed, "somebody must be able to do it"
    if allowed[0] != "nobody":
        client.force_login(world.people[allowed[0]])
    assert client.get(reverse(name, args=case(world, name).args)).status_code == 405
