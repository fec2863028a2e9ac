"""Somebody who has no business there walks every address, with every method, forged ids, tampered forms and rubbish.

Nothing may fail, and nobody may be shown what is out of their sight: all that people have written in the small world of the permission
table carries a mark, its one indicator is restricted, and what refuses somebody (who, is written out in the table) must not hold the mark.
"""

import copy
import logging
import re
import traceback
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import reverse

from accounts.models import OrganisationName, User
from indicators.models import Indicator
from tests import walking
from tests.permission_cases import World
from tests.planting import plant
from tests.test_permissions import OK, PAGES, POSTS, ROLES, case, named_urls
from tests.walking import Sent, Visitor

# In mark-up it would be a tag, and it ends an attribute: what of it comes out as it is was not escaped.
MARK, RESTRICTED = "zqxmark", "zqxhush"
WORDS = "\"'&<{}>"
PARTS = 12
ALLAUTH = {
    name: route for route, name in named_urls() if route.startswith("accounts/") and ":" not in name and name != "None"
}
ROUTES = {name: route for route, name in named_urls() if name in {*PAGES, *POSTS}} | ALLAUTH
ARGUMENTS = {
    "account_reset_password_from_key": ("1", "abc-def"),
    "account_confirm_email": ("abc",),
    "openid_connect_login": ("sso",),
    "openid_connect_callback": ("sso",),
    "mfa_edit_webauthn": (1,),
    "mfa_remove_webauthn": (1,),
}
# The printed plan is public and names what it measures; the supplier's link is for whoever holds it.
NAMES_WHAT_IS_RESTRICTED = {"reporting:priority-detail", "indicators:confirmation-answer"}
# Nothing else of a restricted indicator is for them.
OUTSIDE = ("nobody", "other_lead", "scrutiny", "administrator")
AT_LEAST = -(-10_000 // PARTS)


def refused(name: str, role: str) -> bool:
    """By the permission table, to look and to send alike."""
    rows = [table[name][ROLES.index(role)] for table in (PAGES, POSTS) if name in table]
    return bool(rows) and not {200, OK} & set(rows)


def allowed(name: str) -> str | None:
    """Somebody who may send its form, or at least open it."""
    for table, said in ((POSTS, OK), (PAGES, 200)):
        if name in table and said in table[name]:
            return ROLES[table[name].index(said)]
    return None


def is_html(response: HttpResponseBase) -> bool:
    return str(response.get("Content-Type", "")).startswith("text/html")


class Walk:
    """Counts what was sent and keeps what was wrong."""

    def __init__(self, world: World) -> None:
        self.world, self.sent, self.wrong = world, 0, []
        self.clients = {role: Visitor() for role in ROLES}
        for role, client in self.clients.items():
            if role != "nobody":
                client.force_login(world.people[role])

    def along(self, name: str) -> None:
        """All that is sent to one address, in a world with what it names; undone in the end."""
        with transaction.atomic():
            world = copy.copy(self.world)
            args = ARGUMENTS.get(name) or (case(world, name).args if name not in ALLAUTH else ())
            path = reverse(name, args=args)
            # Everybody's pages say who they are, some whom to ask.
            assert plant(WORDS.format(MARK), but=(User, OrganisationName)) > 20
            Indicator.objects.update(is_restricted=True, name=WORDS.format(RESTRICTED), note=WORDS.format(RESTRICTED))
            world.indicator.placements.update(short_name=WORDS.format(RESTRICTED))
            cache.clear()
            for role, one in self.asked(name, path):
                self.send(name, role, one)
            transaction.set_rollback(True)

    def asked(self, name: str, path: str) -> Iterator[tuple[str, Sent]]:
        """Most of it by nobody; enough by somebody who is refused, and by somebody who gets as far as the form."""
        by, route = walking.drawn(name), ROUTES[name]
        wrong = by.choice([role for role in ROLES if role != "nobody" and refused(name, role)] or ["other_lead"])
        may = allowed(name) or "nobody"
        for one in (
            *walking.every_method(path),
            *walking.forged_ids(path, route, by, 6),
            *walking.odd_queries(path, by, 2),
            *walking.odd_headers(path, by, 4),
            *walking.odd_bodies(path, by, 3),
        ):
            yield "nobody", one
        for one in (Sent("GET", path), Sent("POST", path)):
            yield wrong, one
        if name in PAGES and not path.endswith((".pdf", ".xlsx")) and by.random() < 0.5:
            yield may, walking.odd_query(path, by)
        if name in POSTS or name in ALLAUTH:
            fields = self.fields(may, path) if name in PAGES or name in ALLAUTH else []
            yield from (
                (may, one) for one in (*walking.tampered(path, fields, by, 2), *walking.odd_bodies(path, by, 1))
            )

    def fields(self, role: str, path: str) -> list[tuple[str, str]]:
        with transaction.atomic():
            response = self.clients[role].get(path)
            transaction.set_rollback(True)
        if response.streaming or not is_html(response):
            return []
        self.look(f"{path} by {role}", response, response.content)
        return walking.fields_of(response.content.decode())

    def look(self, asked: str, response: HttpResponseBase, body: bytes) -> None:
        """That what people wrote is text on every page."""
        if is_html(response) and re.search(rb"<zqx(mark|hush)", body):
            self.wrong.append(f"{asked} got {response.status_code} with words as mark-up")

    def send(self, name: str, role: str, one: Sent) -> None:
        self.sent += 1
        asked = f"{name} by {role}: {one}"
        try:
            with transaction.atomic():
                response = one.by(self.clients[role])
                body = b"".join(response.streaming_content) if response.streaming else response.content
                transaction.set_rollback(True)
        except Exception:  # whatever it is, the next request goes on: all faults of a part are told together
            self.wrong.append(f"{asked} failed\n{traceback.format_exc()}")
            return
        self.look(asked, response, body)
        told = body + "\n".join(map(str, response.headers.items())).encode()
        if response.status_code >= 500:
            self.wrong.append(f"{asked} got {response.status_code}")
        if refused(name, role) and MARK.encode() in told:
            self.wrong.append(f"{asked} got {response.status_code} with what it refuses")
        if role in OUTSIDE and name not in NAMES_WHAT_IS_RESTRICTED and RESTRICTED.encode() in told:
            self.wrong.append(f"{asked} got {response.status_code} with what is restricted")


@pytest.fixture(autouse=True)
def _quick_and_loud(settings) -> Iterator[None]:
    """Faults are raised; of ten thousand requests no line is kept."""
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.postgresql  # which takes fewer bytes than SQLite does: no NUL, no number beyond its own
@pytest.mark.django_db
@pytest.mark.parametrize("number", range(PARTS))
def test_asking_wrongly_breaks_nothing_and_shows_nothing(number):
    walk = Walk(World())
    for name in sorted(ROUTES)[number::PARTS]:
        walk.along(name)
    assert walk.wrong == []
    assert walk.sent >= AT_LEAST
